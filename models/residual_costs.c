#include <stdlib.h>

#include "models/reach.h"
#include "models/residual.h"

/* The scale stays below this; a steeper fraction is rounded down, which is an envelope still. */
enum { MOST_SCALE = 1000000 };

/* The convex envelope of a class count from those who stay to class_size.max: level to the knee,
 * then a straight line. */
struct envelope {
	int64_t sections, least; /* of the class count */
	int64_t knee;            /* pupils */
	int64_t rise, run;       /* the slope beyond it: classes per pupils */
};

static int64_t count_classes(int64_t load, int64_t sections, int64_t least)
{
	int64_t beyond = load - (least - 1) * sections;

	if (beyond <= 0)
		return 0;
	return beyond < sections ? beyond : sections;
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* The largest load: class_size.max, or what the cap of the school leaves this one grade, or all
 * pupils of the grade. */
static int64_t top_of(const struct residual *network, const struct offering *offering)
{
	const struct district *district = network->plan->district;
	int64_t top = district->settings.class_max * offering->sections;
	int64_t cap = audit_cap(district, offering->school);
	int64_t stay = district->schools[offering->school].enrolled;

	top = least(top, offering->enrolled + network->pupils);
	if (cap == INT64_MAX)
		return top;
	return least(top, offering->enrolled + (cap > stay ? cap - stay : 0));
}

static struct envelope envelope_of(const struct residual *network, const struct offering *offering,
				   int64_t least)
{
	int64_t sections = offering->sections, top = top_of(network, offering);
	int64_t knee = (least - 1) * sections;
	struct envelope envelope = {sections, least, 0, 0, 1};

	envelope.knee = knee > offering->enrolled ? knee : offering->enrolled;
	if (envelope.knee < top) {
		envelope.rise = count_classes(top, sections, least) -
				count_classes(envelope.knee, sections, least);
		envelope.run = top - envelope.knee;
	}
	return envelope;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
	return b == 0 ? a : common_divisor(b, a % b);
}

/* Widens the scale so that the envelope's slope is whole in it, if it does not grow too large. */
static void widen_scale(struct residual *network, const struct envelope *envelope)
{
	int64_t more = envelope->run / common_divisor(envelope->run, envelope->rise);

	more /= common_divisor(more, network->scale);
	if (more <= MOST_SCALE / network->scale)
		network->scale *= more;
}

static const struct offering *offering_at(const struct residual *network, size_t i)
{
	return &network->plan->district->offerings[network->offerings[i].offering];
}

static void choose_scale(struct residual *network)
{
	const struct settings *settings = &network->plan->district->settings;
	bool large = false, oversized = false;

	network->scale = 1;
	for (size_t k = 0; k < network->n_levels; k++) {
		large |= network->levels[k].large != 0;
		oversized |= network->levels[k].oversized != 0;
	}
	for (size_t i = 0; i < network->n_offerings; i++) {
		const struct offering *offering = offering_at(network, i);
		struct envelope big = envelope_of(network, offering, settings->class_large);
		struct envelope over = envelope_of(network, offering, settings->class_oversized);

		if (large)
			widen_scale(network, &big);
		if (oversized)
			widen_scale(network, &over);
	}
}

/* Costs end here, so that sums of a few do not overflow; a path of them does not fit 64 bits. */
#define COST_LIMIT (INT64_MAX / 8)

static int64_t bounded(audit_value cost)
{
	return cost < COST_LIMIT ? (int64_t)cost : COST_LIMIT;
}

static void apply_scale(struct residual *network)
{
	audit_value scale = network->scale;

	for (size_t k = 0; k < network->n_levels; k++) {
		struct level_cost *cost = &network->levels[k];

		cost->per_metre = bounded(cost->per_metre * scale);
		cost->far = bounded(cost->far * scale);
		cost->over_standard = bounded(cost->over_standard * scale);
		for (size_t g = 0; g < network->plan->district->n_groups; g++)
			cost->unplaced[g] = bounded(cost->unplaced[g] * scale);
	}
}

static audit_value shared_divisor(audit_value a, audit_value b)
{
	return b == 0 ? a : shared_divisor(b, a % b);
}

/* Units of 10^-18 of one thing counted, by term. */
static audit_value unit_cost(const struct level *level, enum term term)
{
	audit_value factor = level->factor[term];

	if (term == TERM_UNPLACED)
		return factor; /* times the group's nano */
	return term == TERM_TRAVEL_KM ? factor * (NANO / 1000) : factor * NANO;
}

/* Whether a pupil of the group counts in the level who is unplaced. */
static bool counts_group(const struct district *district, const struct level *level, size_t group)
{
	return level->priority == 0 || level->priority == district->groups[group].priority;
}

/* The greatest number that divides all costs of a level; 0: there are none. */
static audit_value level_divisor(const struct district *district, const struct level *level)
{
	static const enum term terms[] = {TERM_OVERSIZED_CLASSES, TERM_LARGE_CLASSES, TERM_FAR,
					  TERM_OVER_STANDARD, TERM_TRAVEL_KM};
	audit_value divisor = 0;

	for (size_t t = 0; t < sizeof terms / sizeof *terms; t++)
		divisor = shared_divisor(divisor, unit_cost(level, terms[t]));
	for (size_t g = 0; g < district->n_groups; g++)
		if (counts_group(district, level, g))
			divisor = shared_divisor(divisor, unit_cost(level, TERM_UNPLACED) *
							  district->groups[g].weight);
	return divisor;
}

void residual_levels(struct residual *network)
{
	const struct district *district = network->plan->district;
	const struct objective *objective = &district->settings.levels;

	for (size_t k = 0; k < objective->n_levels && k < RESIDUAL_LEVELS; k++) {
		const struct level *level = &objective->levels[k];
		audit_value by = level_divisor(district, level);
		struct level_cost *cost = &network->levels[network->n_levels];

		if (by == 0)
			continue;
		network->n_levels++;
		cost->level = k;
		cost->priority = level->priority;
		cost->divisor = by;
		cost->per_metre = bounded(unit_cost(level, TERM_TRAVEL_KM) / by);
		cost->far = bounded(unit_cost(level, TERM_FAR) / by);
		cost->over_standard = bounded(unit_cost(level, TERM_OVER_STANDARD) / by);
		cost->large = bounded(unit_cost(level, TERM_LARGE_CLASSES) / by);
		cost->oversized = bounded(unit_cost(level, TERM_OVERSIZED_CLASSES) / by);
		cost->unplaced = memory_array(district->n_groups, sizeof *cost->unplaced);
		for (size_t g = 0; g < district->n_groups; g++)
			if (counts_group(district, level, g))
				cost->unplaced[g] = bounded(unit_cost(level, TERM_UNPLACED) *
							    district->groups[g].weight / by);
	}
}

/* Scaled classes per pupil beyond the knee. */
static int64_t slope(const struct residual *network, const struct envelope *envelope)
{
	return envelope->rise * network->scale / envelope->run;
}

/* Whether the envelope meets the class count at this load. */
static bool is_tight(const struct residual *network, const struct envelope *envelope, int64_t load)
{
	int64_t level = load < envelope->knee ? load : envelope->knee;
	int64_t value = network->scale * count_classes(level, envelope->sections, envelope->least);

	if (load > envelope->knee)
		value += slope(network, envelope) * (load - envelope->knee);
	return value == network->scale * count_classes(load, envelope->sections, envelope->least);
}

/* An offering as the plan fills it. */
struct filling {
	const struct offering *offering;
	int64_t load;
	struct envelope large, oversized;
};

/* What the pupil costs who makes it `load` + 1. */
static int64_t step_cost(const struct residual *network, const struct filling *filling,
			 const struct level_cost *cost, int64_t load)
{
	int64_t standard = filling->offering->sections * filling->offering->class_size;
	audit_value sum = 0;

	if (load >= standard)
		sum += cost->over_standard;
	if (load >= filling->large.knee)
		sum += (audit_value)cost->large * slope(network, &filling->large);
	if (load >= filling->oversized.knee)
		sum += (audit_value)cost->oversized * slope(network, &filling->oversized);
	return bounded(sum);
}

static void set_costs(struct residual *network, struct residual_offering *target,
		      const struct filling *filling)
{
	target->more = filling->load < top_of(network, filling->offering);
	target->fewer = filling->load > filling->offering->enrolled;
	for (size_t k = 0; k < network->n_levels; k++) {
		const struct level_cost *cost = &network->levels[k];

		target->cost_more[k] = step_cost(network, filling, cost, filling->load);
		target->cost_fewer[k] = step_cost(network, filling, cost, filling->load - 1);
		if (k < network->tight_levels &&
		    ((cost->large && !is_tight(network, &filling->large, filling->load)) ||
		     (cost->oversized && !is_tight(network, &filling->oversized, filling->load))))
			network->tight_levels = k;
	}
}

/* Loads by the rows of the plan, for the network's offerings; malloc'ed. */
static int64_t *plan_loads(const struct residual *network)
{
	const struct audit_plan *plan = network->plan;
	int64_t *loads = memory_array(network->n_offerings, sizeof *loads);

	for (size_t i = 0; i < network->n_offerings; i++)
		loads[i] = offering_at(network, i)->enrolled;
	for (size_t i = 0; i < plan->n_rows; i++) {
		const struct audit_row *row = &plan->rows[i];
		size_t offering = NONE;

		if (row->grade == network->grade && row->school != NONE)
			offering = audit_offering(plan->district, row->school, row->grade);
		if (offering != NONE)
			loads[network->number_of[offering]] += row->pupils;
	}
	return loads;
}

/* The largest cost of any arc, at one level. */
static int64_t largest_cost(const struct residual *network, size_t k, int64_t longest)
{
	const struct level_cost *cost = &network->levels[k];
	int64_t most, unplaced = 0;

	for (size_t g = 0; g < network->plan->district->n_groups; g++)
		if (cost->unplaced[g] > unplaced)
			unplaced = cost->unplaced[g];
	if (__builtin_mul_overflow(cost->per_metre, longest, &most) ||
	    __builtin_add_overflow(most, cost->far, &most))
		return INT64_MAX;
	if (unplaced > most)
		most = unplaced;
	for (size_t i = 0; i < network->n_offerings; i++)
		if (network->offerings[i].cost_more[k] > most)
			most = network->offerings[i].cost_more[k];
	return most;
}

/* A label is the cost of a path of moves past every node once, and of those of one more pass; a
 * move is the difference of two arcs. */
static void count_fitting(struct residual *network)
{
	int64_t longest = distances_longest(network->plan->distances);
	int64_t nodes = (int64_t)residual_nodes(network);

	while (network->fitting_levels < network->n_levels &&
	       largest_cost(network, network->fitting_levels, longest) < INT64_MAX / 8 / nodes)
		network->fitting_levels++;
}

void residual_costs(struct residual *network)
{
	const struct settings *settings = &network->plan->district->settings;
	int64_t *loads = plan_loads(network);

	network->tight_levels = network->n_levels;
	choose_scale(network);
	apply_scale(network);
	for (size_t i = 0; i < network->n_offerings; i++) {
		const struct offering *offering = offering_at(network, i);
		struct filling filling = {
			offering, loads[i], envelope_of(network, offering, settings->class_large),
			envelope_of(network, offering, settings->class_oversized)};

		set_costs(network, &network->offerings[i], &filling);
	}
	count_fitting(network);
	free(loads);
}
