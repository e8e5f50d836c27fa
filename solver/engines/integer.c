#include "solver/engines/integer.h"

#include <math.h>
#include <string.h>

#include "inputs/base/memory.h"
#include "solver/engines/guard.h"
#include "solver/stop.h"

/* The natural statement of one level, and where its columns stand. */
struct natural {
	struct linear *linear;
	const struct program *program;
	size_t level;
	glp_prob *problem;
	int *column_of;           /* of linear's columns; 0: not here */
	int *first_tier;          /* of an offering: its first tier; 0: not in the block */
	int *first_switch;        /* of an offering: column of its first switch */
	int first_binary;         /* columns from here on are switches */
	double *incumbent;        /* a solution to begin with, or NULL */
	int *index;               /* room for one row or column */
	double *value;
};

static int new_row(struct natural *natural, double low, double high)
{
	int row = glp_add_rows(natural->problem, 1);

	guard_row_bounds(natural->problem, row, low, high);
	return row;
}

static int new_column(struct natural *natural, double high, int kind)
{
	int column = glp_add_cols(natural->problem, 1);

	guard_column_bounds(natural->problem, column, 0, high);
	glp_set_col_kind(natural->problem, column, kind);
	return column;
}

/* The rows of linear before any kept level: batches, offerings, side rows, in the same places. */
static int base_rows(const struct linear *linear)
{
	for (size_t i = 0; i < linear->n_kept; i++)
		if (linear->kept[i].as_row)
			return linear->kept[i].row - 1;
	return linear->n_rows;
}

static void copy_rows(struct natural *natural)
{
	const struct linear *linear = natural->linear;
	const struct program *program = natural->program;

	glp_add_rows(natural->problem, base_rows(linear));
	for (size_t b = 0; b < program->n_batches; b++)
		if (linear->batch_row[b])
			guard_row_bounds(natural->problem, linear->batch_row[b],
					 (double)program->batches[b].units,
					 (double)program->batches[b].units);
	for (size_t i = 0; i < program->district->n_offerings; i++)
		if (linear->offering_row[i])
			guard_row_bounds(natural->problem, linear->offering_row[i], -INFINITY, 0);
	for (size_t r = 0; r < program->n_sides; r++)
		if (linear->side_row[r])
			guard_row_bounds(natural->problem, linear->side_row[r], -INFINITY,
					 (double)program->sides[r].limit);
}

/* Copies a column of linear with its entries in the base rows. */
static void copy_column(struct natural *natural, int j)
{
	const struct linear *linear = natural->linear;
	int n = glp_get_mat_col(linear->problem, j, natural->index, natural->value), kept = 0;
	int last = base_rows(linear);

	natural->column_of[j] = new_column(
		natural, (double)natural->program->batches[linear->columns[j].batch].units, GLP_IV);
	for (int i = 1; i <= n; i++)
		if (natural->index[i] <= last) {
			natural->index[++kept] = natural->index[i];
			natural->value[kept] = natural->value[i];
		}
	guard_column(natural->problem, natural->column_of[j], kept, natural->index, natural->value);
}

static bool fixed_at_zero(const struct linear *linear, int j)
{
	return glp_get_col_type(linear->problem, j) == GLP_FX &&
	       glp_get_col_ub(linear->problem, j) < 0.5;
}

static void copy_columns(struct natural *natural)
{
	const struct linear *linear = natural->linear;

	for (int j = 1; j <= linear->n_columns; j++)
		if ((linear->columns[j].kind == COLUMN_UNPLACED ||
		     linear->columns[j].kind == COLUMN_ARC) && !fixed_at_zero(linear, j))
			copy_column(natural, j);
}

static void add_tiers(struct natural *natural, size_t offering)
{
	const struct seats *seats = &natural->program->seats[offering];
	int row = natural->linear->offering_row[offering];

	natural->first_tier[offering] = glp_get_num_cols(natural->problem) + 1;
	for (size_t i = 0; i < seats->n_tiers; i++) {
		int column = new_column(natural, (double)seats->tiers[i].width, GLP_CV);

		natural->index[1] = row;
		natural->value[1] = -1;
		guard_column(natural->problem, column, 1, natural->index, natural->value);
	}
}

static bool counts(const struct tier *tier, bool oversized)
{
	return oversized ? tier->oversized : tier->large;
}

/* tier <= (or >=) width x switch. */
static void link_tier(struct natural *natural, int tier, int binary, double width, bool full)
{
	int row = new_row(natural, full ? 0 : -INFINITY, full ? INFINITY : 0);

	natural->index[1] = tier;
	natural->value[1] = 1;
	natural->index[2] = binary;
	natural->value[2] = -width;
	guard_row(natural->problem, row, 2, natural->index, natural->value);
}

/* Pupils beyond the counting tiers only when these are full. */
static void add_switches(struct natural *natural, size_t offering)
{
	const struct seats *seats = &natural->program->seats[offering];
	int first = natural->first_tier[offering];

	natural->first_switch[offering] = glp_get_num_cols(natural->problem) + 1;
	for (size_t i = 0; i < seats->n_switches; i++) {
		const struct class_switch *here = &seats->switches[i];
		int binary = new_column(natural, 1, GLP_BV);

		for (size_t j = 0; j < seats->n_tiers; j++) {
			double width = (double)seats->tiers[j].width;

			if (j > here->tier)
				link_tier(natural, first + (int)j, binary, width, false);
			else if (counts(&seats->tiers[j], here->oversized))
				link_tier(natural, first + (int)j, binary, width, true);
		}
	}
}

static void add_offerings(struct natural *natural)
{
	size_t n = natural->program->district->n_offerings;

	for (size_t i = 0; i < n; i++)
		if (natural->linear->offering_row[i])
			add_tiers(natural, i);
	natural->first_binary = glp_get_num_cols(natural->problem) + 1;
	for (size_t i = 0; i < n; i++)
		if (natural->linear->offering_row[i])
			add_switches(natural, i);
}

/* Cost of every column at a level; `cost` counts from 1. */
static void costs_of(const struct natural *natural, size_t level, double *cost)
{
	const struct linear *linear = natural->linear;
	const struct program *program = natural->program;

	memset(cost, 0, ((size_t)glp_get_num_cols(natural->problem) + 1) * sizeof *cost);
	for (int j = 1; j <= linear->n_columns; j++)
		if (natural->column_of[j])
			cost[natural->column_of[j]] =
				linear_cost(linear, level, &linear->columns[j]);
	for (size_t i = 0; i < program->district->n_offerings; i++)
		for (size_t j = 0; natural->first_tier[i] && j < program->seats[i].n_tiers; j++)
			cost[natural->first_tier[i] + (int)j] = (double)program_tier_cost(
				program, level, &program->seats[i].tiers[j]);
}

static int64_t constants(const struct natural *natural, size_t level)
{
	int64_t sum = 0;

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		if (natural->linear->block->grades[g])
			sum += program_constant(natural->program, level, g);
	return sum;
}

/* Keeps a level at `most`: where that is nothing above those who stay, by fixing columns. */
static void keep_level(struct natural *natural, const double *cost, int64_t most)
{
	int n = 0, columns = glp_get_num_cols(natural->problem);

	for (int j = 1; j <= columns; j++) {
		if (cost[j] <= 0)
			continue;
		if (most == 0)
			guard_column_bounds(natural->problem, j, 0, 0);
		natural->index[++n] = j;
		natural->value[n] = cost[j];
	}
	if (n > 0 && most > 0)
		guard_row(natural->problem, new_row(natural, -INFINITY, (double)most), n,
			  natural->index, natural->value);
}

static void state(struct natural *natural, const int64_t *values)
{
	double *cost;

	copy_rows(natural);
	copy_columns(natural);
	add_offerings(natural);
	cost = memory_array((size_t)glp_get_num_cols(natural->problem) + 1, sizeof *cost);
	for (size_t k = 0; k < natural->level; k++) {
		costs_of(natural, k, cost);
		keep_level(natural, cost, values[k] - constants(natural, k));
	}
	costs_of(natural, natural->level, cost);
	for (int j = 1; j <= glp_get_num_cols(natural->problem); j++)
		guard_cost(natural->problem, j, cost[j]);
	memory_free(cost);
}

/* --- the incumbent --------------------------------------------------------------------------- */

/* Fills an offering's tiers with its pupils in order, and its switches as they follow. */
static void fill_offering(const struct natural *natural, size_t offering, double pupils, double *x)
{
	const struct seats *seats = &natural->program->seats[offering];
	int first = natural->first_tier[offering];

	for (size_t j = 0; j < seats->n_tiers; j++) {
		x[first + (int)j] = fmin(pupils, (double)seats->tiers[j].width);
		pupils -= x[first + (int)j];
	}
	for (size_t i = 0; i < seats->n_switches; i++) {
		size_t next = seats->switches[i].tier + 1;

		x[natural->first_switch[offering] + (int)i] = x[first + (int)next] > 0.5;
	}
}

/* Flows by batch and offering, and what they leave and fill. */
struct tally {
	struct flows flows;
	int64_t *left;     /* units of each batch not sent */
	int64_t *assigned; /* pupils of each offering */
};

static int compare_flows(const void *a, const void *b, void *context)
{
	const struct flow *first = a, *second = b;

	(void)context;
	if (first->batch != second->batch)
		return first->batch < second->batch ? -1 : 1;
	return (first->offering > second->offering) - (first->offering < second->offering);
}

static void open_tally(const struct program *program, const struct flows *flows,
		       struct tally *tally)
{
	*tally = (struct tally){.left = memory_array(program->n_batches, sizeof(int64_t)),
				.assigned = memory_array(program->district->n_offerings,
							 sizeof(int64_t))};
	for (size_t b = 0; b < program->n_batches; b++)
		tally->left[b] = program->batches[b].units;
	for (size_t i = 0; i < flows->n; i++) {
		const struct flow *flow = &flows->all[i];

		flows_add(&tally->flows, flow->batch, flow->offering, flow->units);
		tally->left[flow->batch] -= flow->units;
		tally->assigned[flow->offering] += flow->units * program->batches[flow->batch].size;
	}
	memory_sort(tally->flows.all, tally->flows.n, sizeof *tally->flows.all, compare_flows,
		    NULL);
}

static void close_tally(struct tally *tally)
{
	flows_free(&tally->flows);
	memory_free(tally->left);
	memory_free(tally->assigned);
}

/* Units of an arc's flow; 0 where there is none. */
static int64_t units_of(const struct tally *tally, const struct lp_column *column)
{
	size_t low = 0, high = tally->flows.n;
	struct flow key = {column->batch, column->arc.offering, 0};

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_flows(&tally->flows.all[middle], &key, NULL);

		if (order == 0)
			return tally->flows.all[middle].units;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}

/* The flows as a solution; false when one of them has no column here. */
static bool solution_of(const struct natural *natural, const struct flows *flows, double *x)
{
	const struct linear *linear = natural->linear;
	struct tally tally;
	size_t met = 0, n = flows->n;

	open_tally(natural->program, flows, &tally);
	for (int j = 1; j <= linear->n_columns; j++) {
		const struct lp_column *column = &linear->columns[j];
		int64_t units;

		if (!natural->column_of[j])
			continue;
		units = column->kind == COLUMN_ARC ? units_of(&tally, column)
						   : tally.left[column->batch];
		x[natural->column_of[j]] = (double)units;
		met += column->kind == COLUMN_ARC && units > 0;
	}
	for (size_t i = 0; i < natural->program->district->n_offerings; i++)
		if (natural->first_tier[i])
			fill_offering(natural, i, (double)tally.assigned[i], x);
	close_tally(&tally);
	return met == n;
}

/* --- branch and cut -------------------------------------------------------------------------- */

/* Branches on the class switch nearest to one half, before anything else. */
static void branch_on_switch(glp_tree *tree, const struct natural *natural)
{
	int n = glp_get_num_cols(natural->problem), best = 0;
	double nearest = 0.5 - 1e-6;

	for (int j = natural->first_binary; j <= n; j++) {
		double away;

		if (!glp_ios_can_branch(tree, j))
			continue;
		away = fabs(glp_get_col_prim(glp_ios_get_prob(tree), j) - 0.5);
		if (away < nearest) {
			nearest = away;
			best = j;
		}
	}
	if (best)
		glp_ios_branch_upon(tree, best, GLP_NO_BRNCH);
}

static void on_event(glp_tree *tree, void *context)
{
	struct natural *natural = context;

	if (stop_asked())
		glp_ios_terminate(tree);
	else if (glp_ios_reason(tree) == GLP_IHEUR && natural->incumbent) {
		glp_ios_heur_sol(tree, natural->incumbent);
		memory_free(natural->incumbent);
		natural->incumbent = NULL;
	} else if (glp_ios_reason(tree) == GLP_IBRANCH) {
		branch_on_switch(tree, natural);
	}
}

static int root(glp_prob *problem)
{
	glp_smcp control;
	int code = GLP_ETMLIM;

	glp_init_smcp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.tm_lim = 500;
	glp_adv_basis(problem, 0);
	while (code == GLP_ETMLIM && !stop_asked())
		code = glp_simplex(problem, &control);
	if (code)
		return code == GLP_ETMLIM ? 1 : -1;
	return glp_get_status(problem) == GLP_OPT ? 0 : -1;
}

static int branch_and_cut(struct natural *natural)
{
	glp_iocp control;
	int code = root(natural->problem);
	double left = stop_seconds_left();

	if (code)
		return code;
	glp_init_iocp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.cb_func = on_event;
	control.cb_info = natural;
	control.mir_cuts = control.gmi_cuts = control.cov_cuts = GLP_ON;
	control.mip_gap = (double)natural->program->district->settings.gap / (double)NANO;
	control.tm_lim = left > 1e6 ? INT32_MAX : (int)(left * 1000) + 1;
	code = glp_intopt(natural->problem, &control);
	if (code == GLP_ETMLIM || code == GLP_ESTOP || code == GLP_EMIPGAP)
		return 1;
	return code == 0 && glp_mip_status(natural->problem) == GLP_OPT ? 0 : -1;
}

static void take_flows(const struct natural *natural, struct flows *best)
{
	const struct linear *linear = natural->linear;

	flows_clear(best);
	for (int j = 1; j <= linear->n_columns; j++) {
		const struct lp_column *column = &linear->columns[j];
		int64_t units;

		if (column->kind != COLUMN_ARC || !natural->column_of[j])
			continue;
		units = (int64_t)llround(glp_mip_col_val(natural->problem, natural->column_of[j]));
		if (units > 0)
			flows_add(best, column->batch, column->arc.offering, units);
	}
}

static void take_result(const struct natural *natural, struct flows *best, bool *found)
{
	int status = glp_mip_status(natural->problem);

	if (status != GLP_OPT && status != GLP_FEAS)
		return;
	take_flows(natural, best);
	*found = true;
}

static void open_natural(struct natural *natural, struct linear *linear, size_t level)
{
	size_t n = linear->program->district->n_offerings;
	size_t room = (size_t)linear->n_columns + (size_t)linear->n_rows + n * (MAX_TIERS + 8) + 80;

	*natural = (struct natural){.linear = linear, .program = linear->program, .level = level};
	natural->problem = glp_create_prob();
	natural->column_of = memory_array((size_t)linear->n_columns + 1, sizeof(int));
	natural->first_tier = memory_array(n, sizeof(int));
	natural->first_switch = memory_array(n, sizeof(int));
	natural->index = memory_array(room, sizeof(int));
	natural->value = memory_array(room, sizeof(double));
}

static void close_natural(struct natural *natural)
{
	glp_delete_prob(natural->problem);
	memory_free(natural->column_of);
	memory_free(natural->first_tier);
	memory_free(natural->first_switch);
	memory_free(natural->index);
	memory_free(natural->value);
	memory_free(natural->incumbent);
}

int integer_solve(struct linear *linear, size_t level, const int64_t *values, struct flows *best,
		  bool *found)
{
	struct natural natural;
	int result;

	open_natural(&natural, linear, level);
	state(&natural, values);
	if (*found) {
		natural.incumbent = memory_array(
			(size_t)glp_get_num_cols(natural.problem) + 1, sizeof(double));
		if (!solution_of(&natural, best, natural.incumbent)) {
			memory_free(natural.incumbent);
			natural.incumbent = NULL;
		}
	}
	result = branch_and_cut(&natural);
	take_result(&natural, best, found);
	close_natural(&natural);
	return result;
}
