/* solver/engines/pure_costs.c - costs of all levels as one whole number, or as a few. */
#include "models/tiers.h"
#include "solver/engines/pure_parts.h"

enum { MOST_SCALE = 10000 /* of envelopes' slopes: their common denominator, as far as it goes */ };

__extension__ typedef __int128 wide;

/* --- slopes of envelopes --------------------------------------------------------------------- */

static int64_t common_divisor(int64_t a, int64_t b)
{
	return b ? common_divisor(b, a % b) : a;
}

/* Classes x scale that one pupil in tier `tier` adds, by the envelope; rounded down where the scale
 * is none of its multiples, which leaves it below the count. */
static int64_t class_cost(const struct pure *pure, size_t offering, size_t tier, bool oversized)
{
	const struct seats *seats = &pure->program->seats[offering];
	struct envelope envelope =
		tiers_envelope(pure->program->district, offering, seats, oversized);
	int64_t before = 0, run = seats->spare - envelope.start;

	for (size_t i = 0; i < tier; i++)
		before += seats->tiers[i].width;
	if (envelope.rise == 0 || before < envelope.start)
		return 0;
	return envelope.rise * pure->scale / run;
}

static void widen_scale(struct pure *pure, size_t offering, bool oversized)
{
	const struct seats *seats = &pure->program->seats[offering];
	struct envelope envelope =
		tiers_envelope(pure->program->district, offering, seats, oversized);
	int64_t run = seats->spare - envelope.start, more;

	if (envelope.rise == 0)
		return;
	more = run / common_divisor(run, envelope.rise);
	more /= common_divisor(more, pure->scale);
	if (more <= MOST_SCALE / pure->scale)
		pure->scale *= more;
}

/* --- costs of one level ---------------------------------------------------------------------- */

int64_t pure_tier_cost(const struct pure *pure, size_t level, size_t station, size_t tier)
{
	const struct level_scale *scale = &pure->program->levels[level];
	size_t offering = pure->offerings[station];
	int64_t cost = scale->over_standard *
		       pure->program->seats[offering].tiers[tier].over_standard * pure->scale;

	if (pure->counted != NONE)
		return cost;
	if (scale->large_classes)
		cost += scale->large_classes * class_cost(pure, offering, tier, false);
	if (scale->oversized_classes)
		cost += scale->oversized_classes * class_cost(pure, offering, tier, true);
	return cost;
}

int64_t pure_unplaced_cost(const struct pure *pure, size_t level, size_t batch)
{
	return pure->scale * program_unplaced_cost(pure->program, level, pure->batches[batch]);
}

/* --- weights --------------------------------------------------------------------------------- */

/* The largest costs of a level: of an arc, and of a tier or of staying unplaced. */
static void largest_costs(const struct pure *pure, size_t level, int64_t longest, wide *arc,
			  wide *other)
{
	const struct level_scale *scale = &pure->program->levels[level];

	*arc = ((wide)scale->per_metre * longest + scale->far) * pure->scale;
	*other = level == pure->counted;
	for (size_t b = 0; b < pure->n_batches; b++) {
		int64_t cost = pure_unplaced_cost(pure, level, b);

		*other = cost > *other ? cost : *other;
	}
	for (size_t s = 0; s < pure->n_stations; s++)
		for (size_t i = 0; i < pure->program->seats[pure->offerings[s]].n_tiers; i++) {
			int64_t cost = pure_tier_cost(pure, level, s, i);

			*other = cost > *other ? cost : *other;
		}
}

/*
 * Weights of the levels of a group from the last one up: one unit of a level is more than all that
 * a cycle can gain in the levels behind it: n_stations + 1 arcs and two passages through the root.
 * Each is a multiple of the one behind, so that a cost falls apart into its levels again. False:
 * beyond 64 bits.
 */
static bool weigh_group(struct pure *pure, const wide *arc, const wide *other,
			const struct level_group *group)
{
	wide behind = 0, path = 0, last = 1;
	wide hubs = pure->counted == NONE ? 1 : 2, stations = (wide)pure->n_stations + hubs;
	wide most = pure->block->most_cost ? pure->block->most_cost : NETWORK_MOST_COST;

	for (size_t k = group->end; k-- > group->first;) {
		wide weight = (behind + last) / last * last;

		pure->weights[k] = 0;
		if (arc[k] == 0 && other[k] == 0)
			continue;
		behind += weight * (stations * arc[k] + 2 * hubs * other[k]);
		path += weight * (stations * arc[k] + hubs * other[k]);
		if (behind > most || path > most)
			return false;
		pure->weights[k] = (int64_t)weight;
		last = weight;
	}
	pure->behind = (int64_t)(behind / last * last + last);
	return true;
}

static void sum_up(const struct pure *pure, struct level_group *group)
{
	for (size_t k = group->first; k < group->end; k++) {
		const struct level_scale *scale = &pure->program->levels[k];

		for (int64_t p = 0; p <= MAX_PRIORITIES; p++) {
			if (!level_counts(scale, p))
				continue;
			group->per_metre[p] += pure->weights[k] * pure->scale * scale->per_metre;
			group->far[p] += pure->weights[k] * pure->scale * scale->far;
		}
	}
}

/* As many levels as fit in each group, from the first on. */
static bool weigh_all(struct pure *pure, const wide *arc, const wide *other)
{
	size_t n = pure->program->n_levels, first = 0;

	while (first < n) {
		struct level_group *group = &pure->groups[pure->n_groups++];

		for (*group = (struct level_group){.first = first, .end = n};
		     !weigh_group(pure, arc, other, group); group->end--)
			if (group->end == first + 1)
				return false;
		sum_up(pure, group);
		first = group->end;
	}
	return true;
}

bool pure_weigh(struct pure *pure)
{
	size_t n = pure->program->n_levels;
	wide *arc = memory_array(n, sizeof *arc), *other = memory_array(n, sizeof *other);
	int64_t longest = distances_longest(pure->program->distances);
	bool fits;

	for (size_t s = 0; s < pure->n_stations && pure->counted == NONE; s++) {
		widen_scale(pure, pure->offerings[s], false);
		widen_scale(pure, pure->offerings[s], true);
	}
	for (size_t k = 0; k < n; k++)
		largest_costs(pure, k, longest, &arc[k], &other[k]);
	fits = weigh_all(pure, arc, other);
	memory_free(arc);
	memory_free(other);
	return fits;
}

/* --- costs of the group that is being minimised ---------------------------------------------- */

int64_t pure_group_lane(const struct level_group *group, const struct routes *routes,
			int64_t metres)
{
	int64_t priority = routes->batch->priority;

	return group->per_metre[priority] * metres +
	       (metres > routes->limit_metres ? group->far[priority] : 0);
}

bool pure_lane_cost(const struct pure *pure, size_t batch, size_t station, int64_t *cost)
{
	const struct program *program = pure->program;
	size_t offering = pure->offerings[station];
	struct routes routes;
	struct arc arc = {0};
	bool found;

	routes_open(program, pure->batches[batch], &routes);
	found = routes_arc(&routes, program->item_of[offering],
			   distance_metres(program->distances, routes.batch->zone,
					   program->district->offerings[offering].school), &arc);
	*cost = pure_group_lane(&pure->groups[pure->group], &routes, arc.metres);
	routes_close(&routes);
	return found;
}

int64_t pure_group_unplaced(const struct pure *pure, size_t batch)
{
	const struct level_group *group = &pure->groups[pure->group];
	int64_t cost = 0;

	for (size_t k = group->first; k < group->end; k++)
		if (pure->weights[k])
			cost += pure->weights[k] * pure_unplaced_cost(pure, k, batch);
	return cost;
}

int64_t pure_group_tier(const struct pure *pure, size_t station, size_t tier)
{
	const struct level_group *group = &pure->groups[pure->group];
	int64_t cost = 0;

	for (size_t k = group->first; k < group->end; k++)
		if (pure->weights[k])
			cost += pure->weights[k] * pure_tier_cost(pure, k, station, tier);
	return cost;
}
