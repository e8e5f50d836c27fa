#include "solver/engines/linear_parts.h"

#include <math.h>

#include "models/tiers.h"
#include "solver/engines/guard.h"

/* Classes that one pupil in a tier adds to a count, by what is decided of its switch. */
double linear_class_slope(const struct linear *linear, const struct lp_column *column,
			  bool oversized)
{
	const struct program *program = linear->program;
	size_t offering = column->arc.offering;
	const struct seats *seats = &program->seats[offering];
	struct envelope envelope = tiers_envelope(program->district, offering, seats, oversized);
	int64_t before = 0;

	for (size_t i = 0; i < seats->n_switches; i++) {
		if (seats->switches[i].oversized != oversized)
			continue;
		if (linear->state[offering][i] == SWITCH_OPEN)
			return 0;
		if (linear->state[offering][i] == SWITCH_SHUT)
			return oversized ? seats->tiers[column->tier].oversized
					 : seats->tiers[column->tier].large;
	}
	for (size_t i = 0; i < column->tier; i++)
		before += seats->tiers[i].width;
	if (envelope.rise == 0 || before < envelope.start)
		return 0;
	return (double)envelope.rise / (double)(seats->spare - envelope.start);
}

static double tier_cost(const struct linear *linear, size_t level, const struct lp_column *column)
{
	const struct level_scale *scale = &linear->program->levels[level];
	const struct seats *seats = &linear->program->seats[column->arc.offering];
	double cost = (double)(scale->over_standard * seats->tiers[column->tier].over_standard);

	if (scale->large_classes)
		cost += (double)scale->large_classes * linear_class_slope(linear, column, false);
	if (scale->oversized_classes)
		cost += (double)scale->oversized_classes * linear_class_slope(linear, column, true);
	return cost;
}

double linear_cost(const struct linear *linear, size_t level, const struct lp_column *column)
{
	const struct program *program = linear->program;

	switch (column->kind) {
	case COLUMN_UNPLACED:
		return (double)program_unplaced_cost(program, level, column->batch);
	case COLUMN_ARC:
		return (double)program_arc_cost(program, level, column->batch, &column->arc);
	case COLUMN_TIER:
		return tier_cost(linear, level, column);
	case COLUMN_MISSING:
		break;
	}
	return 0;
}

double linear_weighted_cost(const struct linear *linear, const double *weights,
			    const struct lp_column *column)
{
	double cost = 0;

	for (size_t k = 0; k < linear->program->n_levels; k++)
		if (weights[k] > 0)
			cost += weights[k] * linear_cost(linear, k, column);
	return cost;
}

double linear_largest_cost(const struct linear *linear, const double *weights)
{
	double most = 0;

	for (int j = 1; j <= linear->n_columns; j++)
		most = fmax(most, linear_weighted_cost(linear, weights, &linear->columns[j]));
	return most;
}

/* The weights of one level alone. */
const double *linear_unit_weights(struct linear *linear, size_t level)
{
	for (size_t k = 0; k < linear->program->n_levels; k++)
		linear->unit[k] = k == level;
	return linear->unit;
}

double linear_weighted_tolerance(const struct linear *linear, const double *weights)
{
	return 1e-6 * fmax(1, linear_largest_cost(linear, weights) / 1e3);
}

double linear_tolerance(struct linear *linear, size_t level)
{
	return linear_weighted_tolerance(linear, linear_unit_weights(linear, level));
}

double linear_largest(struct linear *linear, size_t level)
{
	return linear_largest_cost(linear, linear_unit_weights(linear, level));
}

bool linear_has_costs(const struct linear *linear, size_t level)
{
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		if (linear->block->grades[g] &&
		    program_level_matters(linear->program, level, g))
			return true;
	return false;
}

/* What switches that are open add to a level: all their classes count. */
static double open_classes(const struct linear *linear, size_t level, size_t offering)
{
	const struct program *program = linear->program;
	const struct level_scale *scale = &program->levels[level];
	const struct seats *seats = &program->seats[offering];
	double sum = 0;

	for (size_t i = 0; i < seats->n_switches; i++) {
		bool oversized = seats->switches[i].oversized;

		if (linear->state[offering][i] == SWITCH_OPEN)
			sum += (double)((oversized ? scale->oversized_classes
						   : scale->large_classes) *
					tiers_envelope(program->district, offering, seats,
						       oversized).rise);
	}
	return sum;
}

double linear_constants(const struct linear *linear, size_t level)
{
	double sum = 0;

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		if (linear->block->grades[g])
			sum += (double)program_constant(linear->program, level, g);
	for (size_t i = 0; i < linear->program->district->n_offerings; i++)
		if (linear->offering_row[i])
			sum += open_classes(linear, level, i);
	return sum;
}

/* Whether a switch that is shut lies before the tier. */
static bool shut_off(const struct linear *linear, const struct lp_column *column)
{
	const struct seats *seats = &linear->program->seats[column->arc.offering];

	for (size_t w = 0; column->kind == COLUMN_TIER && w < seats->n_switches; w++)
		if (linear->state[column->arc.offering][w] == SWITCH_SHUT &&
		    column->tier > seats->switches[w].tier)
			return true;
	return false;
}

/* What no plan pays, in times of the largest cost of a column. A price in the place of a bound
 * keeps the basis feasible, so that a branch is a few pivots away; it can only lower the bound. */
#define FORBIDDING 1000

void linear_set_costs(struct linear *linear, const double *weights)
{
	double forbidding = FORBIDDING * fmax(1, linear_largest_cost(linear, weights));

	for (int j = 1; j <= linear->n_columns; j++) {
		const struct lp_column *column = &linear->columns[j];
		bool forbidden = column->kind == COLUMN_MISSING || shut_off(linear, column);

		guard_cost(linear->problem, j,
			   forbidden ? forbidding : linear_weighted_cost(linear, weights, column));
	}
}
