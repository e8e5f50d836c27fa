#include "solver/engines/whole_parts.h"

#include <string.h>

#include "inputs/base/memory.h"

struct layout *layout_new(const struct whole *whole)
{
	struct layout *layout = memory_array(1, sizeof *layout);

	layout->way = memory_array(whole->n_lumps, sizeof *layout->way);
	layout->load = memory_array(whole->n_stations, sizeof *layout->load);
	layout->used = memory_array(whole->n_rows, sizeof *layout->used);
	for (size_t i = 0; i < whole->n_lumps; i++)
		layout->way[i] = NO_WAY;
	return layout;
}

void layout_free(struct layout *layout)
{
	if (!layout)
		return;
	memory_free(layout->way);
	memory_free(layout->load);
	memory_free(layout->used);
	memory_free(layout);
}

void layout_copy(const struct whole *whole, struct layout *to, const struct layout *from)
{
	memcpy(to->way, from->way, whole->n_lumps * sizeof *to->way);
	memcpy(to->load, from->load, whole->n_stations * sizeof *to->load);
	memcpy(to->used, from->used, whole->n_rows * sizeof *to->used);
	to->cost = from->cost;
}

int64_t whole_coefficient(const struct whole *whole, size_t row, size_t lump)
{
	return program_side_coefficient(whole->program,
					&whole->program->sides[whole->rows[row].side],
					whole->lumps[lump].batch);
}

static int64_t excess(int64_t used, int64_t limit)
{
	return used > limit ? used - limit : 0;
}

/* What a row costs beyond its limit; rows of shares count in parts of a pupil. */
static int64_t row_cost(const struct whole *whole, size_t row, int64_t used)
{
	const struct side_row *side = &whole->program->sides[whole->rows[row].side];
	int64_t over = excess(used, whole->rows[row].limit);

	if (side->kind == SIDE_SHARE)
		over = (over + side->whole - 1) / side->whole;
	return over * whole->overload;
}

/* Adds the lump to its station, `sign` 1, or takes it away, -1. */
static void put(const struct whole *whole, struct layout *layout, size_t lump, uint32_t way,
		int64_t sign)
{
	const struct station *station;
	size_t s;

	if (way == NO_WAY)
		return;
	s = whole->ways[whole->lumps[lump].first_way + way].station;
	station = &whole->stations[s];
	layout->load[s] += sign * whole->lumps[lump].size;
	for (size_t i = 0; i < station->n_rows; i++)
		layout->used[station->first_row + i] +=
			sign * whole_coefficient(whole, station->first_row + i, lump);
}

void layout_count(const struct whole *whole, struct layout *layout)
{
	memset(layout->load, 0, whole->n_stations * sizeof *layout->load);
	memset(layout->used, 0, whole->n_rows * sizeof *layout->used);
	layout->cost = 0;
	for (size_t i = 0; i < whole->n_lumps; i++) {
		put(whole, layout, i, layout->way[i], 1);
		layout->cost += whole_way_cost(whole, i, layout->way[i]);
	}
	for (size_t s = 0; s < whole->n_stations; s++)
		layout->cost += whole_load_cost(whole, s, layout->load[s]);
	for (size_t r = 0; r < whole->n_rows; r++)
		layout->cost += row_cost(whole, r, layout->used[r]);
}

bool layout_fits(const struct whole *whole, const struct layout *layout)
{
	for (size_t s = 0; s < whole->n_stations; s++)
		if (layout->load[s] > whole->stations[s].spare)
			return false;
	for (size_t r = 0; r < whole->n_rows; r++)
		if (layout->used[r] > whole->rows[r].limit)
			return false;
	return true;
}

/* What a station and its rows cost more with the lump (`sign` 1) or without (-1). */
static int64_t station_gain(const struct whole *whole, const struct layout *layout, size_t lump,
			    uint32_t way, int64_t sign)
{
	const struct lump *here = &whole->lumps[lump];
	const struct station *station;
	int64_t gain;
	size_t s;

	if (way == NO_WAY)
		return 0;
	s = whole->ways[here->first_way + way].station;
	station = &whole->stations[s];
	gain = whole_load_cost(whole, s, layout->load[s] + sign * here->size) -
	       whole_load_cost(whole, s, layout->load[s]);
	for (size_t i = station->first_row; i < station->first_row + station->n_rows; i++) {
		int64_t used = layout->used[i];

		gain += row_cost(whole, i, used + sign * whole_coefficient(whole, i, lump)) -
			row_cost(whole, i, used);
	}
	return gain;
}

int64_t layout_gain(const struct whole *whole, const struct layout *layout, size_t lump,
		    uint32_t way)
{
	uint32_t now = layout->way[lump];

	if (way == now)
		return 0;
	return whole_way_cost(whole, lump, way) - whole_way_cost(whole, lump, now) +
	       station_gain(whole, layout, lump, now, -1) +
	       station_gain(whole, layout, lump, way, 1);
}

void layout_move(const struct whole *whole, struct layout *layout, size_t lump, uint32_t way)
{
	layout->cost += layout_gain(whole, layout, lump, way);
	put(whole, layout, lump, layout->way[lump], -1);
	put(whole, layout, lump, way, 1);
	layout->way[lump] = way;
}

/* --- flows ----------------------------------------------------------------------------------- */

/* The lumps of a batch follow each other. */
void layout_from_flows(const struct whole *whole, const struct flows *flows,
		       struct layout *layout)
{
	size_t *first = memory_array(whole->program->n_batches, sizeof *first);

	for (size_t i = whole->n_lumps; i-- > 0;) {
		first[whole->lumps[i].batch] = i;
		layout->way[i] = NO_WAY;
	}
	for (size_t i = 0; i < flows->n; i++) {
		const struct flow *flow = &flows->all[i];
		size_t station = whole->station_of[flow->offering];

		for (int64_t j = 0; j < flow->units; j++) {
			size_t lump = first[flow->batch]++;

			layout->way[lump] = whole_way_to(whole, lump, station);
		}
	}
	memory_free(first);
	layout_count(whole, layout);
}

static int by_batch(const void *a, const void *b, void *context)
{
	const struct flow *first = a, *second = b;

	(void)context;
	if (first->batch != second->batch)
		return first->batch < second->batch ? -1 : 1;
	return first->offering < second->offering ? -1 : first->offering > second->offering;
}

void layout_to_flows(const struct whole *whole, const struct layout *layout, struct flows *flows)
{
	size_t kept = 0;

	flows_clear(flows);
	for (size_t i = 0; i < whole->n_lumps; i++) {
		size_t station = whole_station(whole, layout, i);

		if (station != SIZE_MAX)
			flows_add(flows, whole->lumps[i].batch,
				  whole->stations[station].offering, 1);
	}
	memory_sort(flows->all, flows->n, sizeof *flows->all, by_batch, NULL);
	for (size_t i = 0; i < flows->n; i++) {
		if (kept > 0 && by_batch(&flows->all[kept - 1], &flows->all[i], NULL) == 0)
			flows->all[kept - 1].units++;
		else
			flows->all[kept++] = flows->all[i];
	}
	flows->n = kept;
}

/* Whether the lump is where there is not room enough. */
static bool crowded(const struct whole *whole, const struct layout *layout, size_t lump)
{
	size_t s = whole_station(whole, layout, lump);

	if (s == SIZE_MAX)
		return false;
	if (layout->load[s] > whole->stations[s].spare)
		return true;
	for (size_t i = 0; i < whole->stations[s].n_rows; i++) {
		size_t row = whole->stations[s].first_row + i;

		if (layout->used[row] > whole->rows[row].limit &&
		    whole_coefficient(whole, row, lump) > 0)
			return true;
	}
	return false;
}

void layout_repair(const struct whole *whole, struct layout *layout)
{
	while (!layout_fits(whole, layout)) {
		size_t worst = SIZE_MAX;

		for (size_t i = 0; i < whole->n_lumps; i++)
			if (crowded(whole, layout, i) &&
			    (worst == SIZE_MAX || whole->lumps[i].size < whole->lumps[worst].size))
				worst = i;
		if (worst == SIZE_MAX)
			return;
		layout_move(whole, layout, worst, NO_WAY);
	}
}
