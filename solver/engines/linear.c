#include "solver/engines/linear_parts.h"

#include <math.h>
#include <string.h>

#include "inputs/base/memory.h"
#include "solver/engines/guard.h"
#include "solver/engines/pure.h"
#include "solver/stop.h"

enum { SLICE_MS = 500 }; /* simplex runs no longer before stop_asked is looked at */

#define WHOLE 1e-6 /* a solution nearer than this to whole numbers is whole */

void linear_open(struct linear *linear, const struct block *block)
{
	const struct program *program = block->program;
	const struct district *district = program->district;

	*linear = (struct linear){.block = block, .program = program};
	linear->batch_row = memory_array(program->n_batches, sizeof *linear->batch_row);
	linear->offering_row = memory_array(district->n_offerings, sizeof *linear->offering_row);
	linear->side_row = memory_array(program->n_sides, sizeof *linear->side_row);
	linear->position = memory_array(district->n_offerings, sizeof *linear->position);
	linear->present = memory_array(program->n_batches, sizeof *linear->present);
	linear->kept = memory_array(program->n_levels, sizeof *linear->kept);
	linear->arcs = memory_array(district->n_schools, sizeof *linear->arcs);
	linear->kept_arcs = memory_array(program->n_batches, sizeof *linear->kept_arcs);
	linear->tier_column = memory_array(district->n_offerings, sizeof *linear->tier_column);
	linear->state = memory_array(district->n_offerings, sizeof *linear->state);
	linear->unit = memory_array(program->n_levels, sizeof *linear->unit);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		for (size_t i = 0; i < program->n_offerings_of_grade[g]; i++)
			linear->position[program->offerings_of_grade[g][i]] = i;
	for (size_t b = 0; b < program->n_batches; b++)
		if (block->grades[program->batches[b].grade])
			linear->present[b] = memory_array(
				program->n_offerings_of_grade[program->batches[b].grade],
				sizeof **linear->present);
}

void linear_close(struct linear *linear)
{
	for (size_t b = 0; b < linear->program->n_batches; b++) {
		memory_free(linear->present[b]);
		memory_free(linear->kept_arcs[b].all);
	}
	for (size_t i = 0; i < linear->n_kept; i++)
		memory_free(linear->kept[i].dual);
	memory_free(linear->batch_row);
	memory_free(linear->offering_row);
	memory_free(linear->side_row);
	memory_free(linear->position);
	memory_free(linear->present);
	memory_free(linear->kept);
	memory_free(linear->arcs);
	memory_free(linear->kept_arcs);
	if (linear->network)
		pure_close(linear->network);
	memory_free(linear->tier_column);
	memory_free(linear->state);
	memory_free(linear->unit);
	memory_free(linear->columns);
	memory_free(linear->dual);
}

/* Makes a row basic in the place of a column; returns whether a basis came of it. */
static bool exchange(struct linear *linear, int row, int column)
{
	int row_status = glp_get_row_stat(linear->problem, row);

	glp_set_row_stat(linear->problem, row, GLP_BS);
	glp_set_col_stat(linear->problem, column, GLP_NL);
	if (glp_factorize(linear->problem) == 0)
		return true;
	glp_set_row_stat(linear->problem, row, row_status);
	glp_set_col_stat(linear->problem, column, GLP_BS);
	return false;
}

/*
 * A switch changes the entries of its tiers in a kept row, which may leave the basis singular: then
 * one tier on the cycle that this closes goes, and the row comes. A basis from nothing where even
 * that does not help.
 */
static void repair_basis(struct linear *linear)
{
	for (size_t i = 0; i < linear->n_kept; i++) {
		int row = linear->kept[i].row;

		if (!linear->kept[i].as_row || glp_get_row_stat(linear->problem, row) == GLP_BS)
			continue;
		for (int j = 1; j <= linear->n_columns; j++)
			if (linear->columns[j].kind == COLUMN_TIER &&
			    glp_get_col_stat(linear->problem, j) == GLP_BS &&
			    exchange(linear, row, j))
				return;
	}
	glp_adv_basis(linear->problem, 0);
}

/* Runs the primal simplex in slices, so that a limit or Ctrl-C is seen. */
static int simplex(struct linear *linear)
{
	glp_smcp control;
	int code = GLP_ETMLIM, repaired = 0;

	glp_init_smcp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.meth = GLP_PRIMAL;
	control.tm_lim = SLICE_MS;
	while (code == GLP_ETMLIM && !stop_asked()) {
		code = glp_simplex(linear->problem, &control);
		if (code != 0 && code != GLP_ETMLIM && !repaired++) {
			repair_basis(linear);
			code = GLP_ETMLIM;
		}
	}
	if (code == GLP_ETMLIM)
		return 1;
	return code == 0 && glp_get_status(linear->problem) == GLP_OPT ? 0 : -1;
}

static void clear_duals(struct linear *linear)
{
	memory_free(linear->dual);
	linear->dual = memory_array((size_t)linear->n_rows + 1, sizeof *linear->dual);
}

static void read_duals(struct linear *linear)
{
	clear_duals(linear);
	for (int i = 1; i <= linear->n_rows; i++)
		linear->dual[i] = glp_get_row_dual(linear->problem, i);
}

/* Solves and prices until no pair is missing. */
static int solve_all_pairs(struct linear *linear, const struct pricing *pricing)
{
	int first_new, result;

	do {
		result = simplex(linear);
		if (result)
			return result;
		read_duals(linear);
		first_new = linear->n_columns + 1;
		linear_price(linear, pricing);
		for (int j = first_new; j <= linear->n_columns; j++)
			guard_cost(linear->problem, j,
				   linear_weighted_cost(linear, pricing->weights,
						 &linear->columns[j]));
	} while (linear->n_columns >= first_new);
	return 0;
}

/* Weights that put each level some four times above the next one's largest cost: rough, but the
 * basis they end in is nearly optimal for every level in turn. */
static void rough_weights(struct linear *linear, double *weights)
{
	size_t n = linear->program->n_levels;
	double above = 1;

	for (size_t k = n; k-- > 0;) {
		double most = linear_largest_cost(linear, linear_unit_weights(linear, k));

		weights[k] = most > 0 ? above / most : 0;
		if (most > 0)
			above *= 4;
	}
}

void linear_start(struct linear *linear)
{
	double *weights = memory_array(linear->program->n_levels, sizeof *weights);
	struct pricing pricing = {.weights = weights, .below = -1e-7};

	linear_state(linear);
	rough_weights(linear, weights);
	linear_set_costs(linear, weights);
	solve_all_pairs(linear, &pricing);
	memory_free(weights);
}

int linear_minimise(struct linear *linear, const double *weights)
{
	struct pricing pricing = {weights, -linear_weighted_tolerance(linear, weights)};
	int result;

	linear_set_costs(linear, weights);
	linear->value = 0;
	for (size_t k = 0; k < linear->program->n_levels; k++)
		if (weights[k] > 0)
			linear->value += weights[k] * linear_constants(linear, k);
	result = solve_all_pairs(linear, &pricing);
	linear->value += glp_get_obj_val(linear->problem);
	return result;
}

/* There is a solution, the plan at hand: where GLPK finds none from the basis that a search left,
 * it begins anew. */
static int minimise_feasible(struct linear *linear, const double *weights)
{
	int result = linear_minimise(linear, weights);

	if (result >= 0)
		return result;
	glp_adv_basis(linear->problem, 0);
	return linear_minimise(linear, weights);
}

int linear_solve(struct linear *linear, size_t level)
{
	if (linear_has_costs(linear, level) || !linear->dual)
		return minimise_feasible(linear, linear_unit_weights(linear, level));
	linear->value = linear_constants(linear, level);
	clear_duals(linear);
	return stop_asked();
}

static void fix_columns(struct linear *linear, double tolerance)
{
	for (int j = 1; j <= linear->n_columns; j++) {
		int status = glp_get_col_stat(linear->problem, j);
		double at = status == GLP_NU ? glp_get_col_ub(linear->problem, j) : 0;

		if (status == GLP_BS || status == GLP_NS ||
		    fabs(glp_get_col_dual(linear->problem, j)) <= tolerance)
			continue;
		guard_column_bounds(linear->problem, j, at, at);
		linear->columns[j].fixed = true;
	}
}

static void fix_rows(struct linear *linear, double tolerance)
{
	for (int i = 1; i <= linear->n_rows; i++) {
		double at;

		if (glp_get_row_stat(linear->problem, i) != GLP_NU ||
		    fabs(linear->dual[i]) <= tolerance)
			continue;
		at = glp_get_row_ub(linear->problem, i);
		guard_row_bounds(linear->problem, i, at, at);
	}
}

void linear_keep_face(struct linear *linear, size_t level)
{
	double tolerance = linear_tolerance(linear, level);
	struct kept_level *kept = &linear->kept[linear->n_kept];

	if (!linear_has_costs(linear, level))
		return;
	fix_columns(linear, tolerance);
	fix_rows(linear, tolerance);
	*kept = (struct kept_level){.level = level, .tolerance = tolerance};
	kept->dual = memory_array((size_t)linear->n_rows + linear->program->n_levels + 1,
				  sizeof *kept->dual);
	memcpy(kept->dual, linear->dual, ((size_t)linear->n_rows + 1) * sizeof *kept->dual);
	linear->n_kept++;
}

void linear_keep_row(struct linear *linear, size_t level, int64_t value)
{
	struct kept_level *kept = &linear->kept[linear->n_kept++];

	*kept = (struct kept_level){.level = level, .as_row = true, .value = value};
	kept->row = linear_add_row(linear, -INFINITY, 0);
	linear_refresh_row(linear, kept, (double)value - linear_constants(linear, level));
	glp_set_row_stat(linear->problem, kept->row, GLP_BS);
}

int linear_flows(const struct linear *linear, struct flows *flows)
{
	flows_clear(flows);
	for (int j = 1; j <= linear->n_columns; j++) {
		const struct lp_column *column = &linear->columns[j];
		double units = glp_get_col_prim(linear->problem, j);

		if (column->kind != COLUMN_ARC)
			continue;
		if (fabs(units - round(units)) > WHOLE)
			return -1;
		if (units > 0.5)
			flows_add(flows, column->batch, column->arc.offering,
				  (int64_t)llround(units));
	}
	return 0;
}
