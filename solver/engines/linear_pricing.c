#include "solver/engines/linear_parts.h"

#include <string.h>

#include "inputs/base/memory.h"
#include "models/routes.h"

enum {
	PER_ROUND = 6,      /* columns a batch may gain in one round of pricing */
	MOST_KEPT = 4000000 /* ways that are kept: 96 MB */
};

/* cost - dual x entries, for an arc that need not be a column. */
static double reduced_cost(const double *dual, double cost, const struct entries *entries)
{
	for (int i = 1; i <= entries->n; i++)
		cost -= dual[entries->row[i]] * entries->value[i];
	return cost;
}

/* Whether every kept face allows the arc to be used. */
static bool on_faces(const struct linear *linear, const struct lp_column *column,
		     const struct entries *entries)
{
	for (size_t i = 0; i < linear->n_kept; i++) {
		const struct kept_level *kept = &linear->kept[i];

		if (!kept->as_row &&
		    reduced_cost(kept->dual, linear_cost(linear, kept->level, column), entries) >
			    kept->tolerance)
			return false;
	}
	return true;
}

/* The `most` best arcs found for one batch, best first. */
struct found {
	double cost;
	struct arc arc;
};

static void keep_best(struct found *found, size_t *n, size_t most, struct found one)
{
	size_t i = *n < most ? (*n)++ : most;

	for (; i > 0 && found[i - 1].cost > one.cost; i--)
		if (i < most)
			found[i] = found[i - 1];
	if (i < most)
		found[i] = one;
}

/* All ways of a batch: found once, as long as there is room to keep them. */
static const struct arc *arcs_of(struct linear *linear, size_t batch, size_t *n)
{
	struct kept_arcs *kept = &linear->kept_arcs[batch];

	if (!kept->all) {
		*n = program_arcs(linear->program, batch, linear->arcs);
		if (linear->n_kept_arcs + *n > MOST_KEPT)
			return linear->arcs;
		kept->all = memory_array(*n, sizeof *kept->all);
		kept->n = *n;
		linear->n_kept_arcs += *n;
		memcpy(kept->all, linear->arcs, *n * sizeof *kept->all);
	}
	*n = kept->n;
	return kept->all;
}

static size_t price_batch(struct linear *linear, size_t batch, const struct pricing *pricing)
{
	size_t n, n_found = 0;
	const struct arc *arcs = arcs_of(linear, batch, &n);
	struct found found[PER_ROUND];
	struct entries entries;

	for (size_t i = 0; i < n; i++) {
		struct lp_column column = {.kind = COLUMN_ARC, .batch = batch,
					   .arc = arcs[i]};
		double cost;

		if (linear->present[batch][linear->position[column.arc.offering]])
			continue;
		linear_entries(linear, &column, &entries);
		cost = linear_weighted_cost(linear, pricing->weights, &column);
		cost = reduced_cost(linear->dual, cost, &entries);
		if (cost < pricing->below && on_faces(linear, &column, &entries))
			keep_best(found, &n_found, PER_ROUND, (struct found){cost, column.arc});
	}
	for (size_t i = 0; i < n_found; i++)
		linear_add_arc(linear, batch, &found[i].arc);
	return n_found;
}

size_t linear_price(struct linear *linear, const struct pricing *pricing)
{
	size_t added = 0;

	for (size_t b = 0; b < linear->program->n_batches; b++)
		if (linear->batch_row[b])
			added += price_batch(linear, b, pricing);
	return added;
}

void linear_add_flows(struct linear *linear, const struct flows *flows)
{
	for (size_t i = 0; i < flows->n; i++) {
		const struct flow *flow = &flows->all[i];
		struct arc arc;

		if (!linear->present[flow->batch][linear->position[flow->offering]] &&
		    routes_find(linear->program, flow->batch, flow->offering, &arc))
			linear_add_arc(linear, flow->batch, &arc);
	}
}

size_t linear_add_within(struct linear *linear, size_t level, double gap)
{
	struct pricing pricing = {linear_unit_weights(linear, level), gap};
	size_t all = 0, added;

	while ((added = linear_price(linear, &pricing)) > 0)
		all += added;
	return all;
}
