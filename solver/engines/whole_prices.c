#include "solver/engines/whole_parts.h"

#include "inputs/base/memory.h"
#include "solver/engines/linear_parts.h"

static double reduced_cost(const double *dual, double cost, const struct entries *entries)
{
	for (int i = 1; i <= entries->n; i++)
		cost -= dual[entries->row[i]] * entries->value[i];
	return cost;
}

/* The reduced cost of a way at the level just solved, if the kept faces allow it. */
static double priced(const struct linear *linear, size_t level, const struct lp_column *column)
{
	struct entries entries;

	linear_entries(linear, column, &entries);
	for (size_t i = 0; i < linear->n_kept; i++) {
		const struct kept_level *kept = &linear->kept[i];

		if (!kept->as_row &&
		    reduced_cost(kept->dual, linear_cost(linear, kept->level, column), &entries) >
			    kept->tolerance)
			return FORBIDDEN;
	}
	return reduced_cost(linear->dual, linear_cost(linear, level, column), &entries);
}

/* Lumps of one batch, from `first`, share their ways: they are priced once. */
static void price_ways(struct whole *whole, const struct linear *linear, size_t level,
		       const struct lump *lump)
{
	for (size_t i = 0; i < lump->n_ways; i++) {
		struct way *way = &whole->ways[lump->first_way + i];
		struct lp_column column = {.kind = COLUMN_ARC, .batch = lump->batch,
					   .arc = way->arc};

		way->reduced = priced(linear, level, &column);
		way->share = 0;
	}
}

/* The ways of the least reduced cost, best first. */
static void find_near(const struct whole *whole, struct lump *lump)
{
	const struct way *ways = &whole->ways[lump->first_way];

	lump->n_near = 0;
	for (uint32_t i = 0; i < lump->n_ways; i++) {
		size_t at = lump->n_near < NEAR ? lump->n_near++ : NEAR;

		for (; at > 0 && ways[lump->near[at - 1]].reduced > ways[i].reduced; at--)
			if (at < NEAR)
				lump->near[at] = lump->near[at - 1];
		if (at < NEAR)
			lump->near[at] = i;
	}
}

/* The first lump of each batch; SIZE_MAX where the batch has none. */
static size_t *first_lumps(const struct whole *whole)
{
	size_t n = whole->program->n_batches;
	size_t *first = memory_array(n, sizeof *first);

	for (size_t b = 0; b < n; b++)
		first[b] = SIZE_MAX;
	for (size_t i = whole->n_lumps; i-- > 0;)
		first[whole->lumps[i].batch] = i;
	return first;
}

static void take_shares(struct whole *whole, const struct linear *linear, const size_t *first)
{
	for (int j = 1; j <= linear->n_columns; j++) {
		const struct lp_column *column = &linear->columns[j];
		size_t lump;
		uint32_t way;

		if (column->kind != COLUMN_ARC)
			continue;
		lump = first[column->batch];
		way = whole_way_to(whole, lump, whole->station_of[column->arc.offering]);
		if (way != NO_WAY)
			whole->ways[whole->lumps[lump].first_way + way].share =
				glp_get_col_prim(linear->problem, j);
	}
}

void whole_take_prices(struct whole *whole, const struct linear *linear, size_t level)
{
	size_t *first = first_lumps(whole);

	for (size_t i = 0; i < whole->n_lumps; i++) {
		struct lump *lump = &whole->lumps[i];

		if (first[lump->batch] == i)
			price_ways(whole, linear, level, lump);
		find_near(whole, lump);
	}
	take_shares(whole, linear, first);
	for (size_t s = 0; s < whole->n_stations; s++) {
		int row = linear->offering_row[whole->stations[s].offering];

		whole->stations[s].price = -linear->dual[row];
	}
	memory_free(first);
}

/* The way that most of what is left of a batch goes. */
static uint32_t largest_share(const struct lump *lump, const double *left)
{
	uint32_t best = NO_WAY;

	for (uint32_t i = 0; i < lump->n_ways; i++)
		if (left[i] > 1e-6 && (best == NO_WAY || left[i] > left[best]))
			best = i;
	return best;
}

void layout_round(const struct whole *whole, struct layout *layout)
{
	double *left = memory_array(whole->n_stations, sizeof *left);

	for (size_t i = 0; i < whole->n_lumps; i++) {
		const struct lump *lump = &whole->lumps[i];

		if (i == 0 || whole->lumps[i - 1].batch != lump->batch)
			for (size_t j = 0; j < lump->n_ways; j++)
				left[j] = whole->ways[lump->first_way + j].share;
		layout->way[i] = largest_share(lump, left);
		if (layout->way[i] != NO_WAY)
			left[layout->way[i]] -= 1;
	}
	memory_free(left);
	layout_count(whole, layout);
}
