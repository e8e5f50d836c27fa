#include "solver/engines/block.h"

#include <math.h>
#include <string.h>

#include "inputs/base/memory.h"
#include "outputs/run_clock.h"
#include "solver/engines/guard.h"
#include "solver/engines/confirm.h"
#include "solver/engines/counted.h"
#include "solver/engines/integer.h"
#include "solver/engines/linear.h"
#include "solver/engines/pure.h"
#include "solver/engines/quota.h"
#include "solver/engines/search.h"
#include "solver/engines/swap.h"
#include "solver/engines/whole.h"
#include "solver/greedy.h"
#include "solver/progress.h"
#include "solver/stop.h"

/* Linear programs that a search ahead may take, before a level is searched alone. */
enum { AHEAD_NODES = 2000, PLAN_NODES = 100 /* where a plan is enough */, TRIAL_NODES = 300 };

/* One run over the levels of a block. */
struct run {
	const struct block *block;
	const struct program *program;
	struct outcome *outcome;
	struct linear linear;
	struct flows trial;      /* a plan not yet known to be better */
	int64_t *trial_value;
	double *weights;         /* of a search, maybe over several levels at once */
	size_t level;            /* that a search is to bring to `wanted` */
	int64_t wanted;
	bool together;           /* some units are several pupils: no network */
	struct whole *whole;     /* then, unless there are too many */
	bool linear_first;       /* the network engine could not take the block */
	size_t proven;           /* levels that it has proven */
	double *optimum;         /* n_levels, of the relaxation */
	double *use;             /* n_sides x (LAST_GRADE + 1): of rows, by the linear solution */
	struct diags *diags;
};

/* The least whole value that is not below the bound of a linear program. */
static int64_t whole_bound(double bound)
{
	return (int64_t)ceil(bound - 1e-6 * fmax(1, fabs(bound) * 1e-4));
}

/* Takes the trial as the plan if it is better; returns whether it was. */
static bool take_trial(struct run *run)
{
	return outcome_take(run->block, run->outcome, &run->trial, run->trial_value);
}

static void raise_bound(struct run *run, size_t level, int64_t bound, enum engine engine)
{
	struct outcome *outcome = run->outcome;

	if (bound > outcome->value[level])
		bound = outcome->value[level];
	if (bound > outcome->bound[level] || outcome->engine[level] == ENGINE_NONE) {
		outcome->bound[level] = bound;
		outcome->engine[level] = engine;
	}
}

/* All levels by the linear program alone: their optima, and a plan where the last solution is
 * whole. */
static int linear_levels(struct run *run, double *optimum)
{
	size_t n = run->program->n_levels, k;
	int result = 0;

	for (k = 0; k < n && result == 0; k++) {
		double began = moment_now().wall;

		result = linear_solve(&run->linear, k);
		run->outcome->seconds[k] += moment_now().wall - began;
		if (result == 0) {
			optimum[k] = run->linear.value;
			linear_keep_face(&run->linear, k);
		}
	}
	return result;
}

static void take_prices(struct run *run)
{
	size_t n = run->program->district->n_offerings;

	for (size_t i = 0; i < n; i++)
		if (run->linear.offering_row[i])
			run->outcome->price[i] = -run->linear.dual[run->linear.offering_row[i]];
}

/* Whether the plan lies on the optimal face of the linear program: a value that only its rounded
 * bound meets does not. */
static bool on_face(const struct run *run, size_t level, double optimum)
{
	return (double)run->outcome->value[level] <= optimum + 1e-6 * fmax(1, fabs(optimum) * 1e-4);
}

/* How many levels, from the first, the plan attains on their faces. */
static size_t levels_attained(const struct run *run, const double *optimum)
{
	size_t k = 0;

	while (k < run->program->n_levels && on_face(run, k, optimum[k]))
		k++;
	return k;
}

/* The linear bound of a level given the plan's values at the levels before it. */
static int level_bound(struct run *run, size_t level, int64_t *bound)
{
	int result = linear_solve(&run->linear, level);

	if (result == 0)
		*bound = whole_bound(run->linear.value);
	return result;
}

/*
 * Branch and cut over a growing set of columns, until every pair that could be part of a better
 * plan is among them. Returns as integer_solve.
 */
static int integer_level(struct run *run, size_t level, int64_t bound)
{
	struct outcome *outcome = run->outcome;
	double value;
	bool found = true;
	int result = linear_solve(&run->linear, level);

	if (result)
		return result;
	value = run->linear.value;
	for (;;) {
		flows_clear(&run->trial);
		flows_append(&run->trial, &outcome->flows);
		result = integer_solve(&run->linear, level, outcome->value, &run->trial, &found);
		take_trial(run);
		if (result || outcome->value[level] <= bound)
			return result;
		if (!linear_add_within(&run->linear, level,
				       (double)outcome->value[level] - value -
					       linear_tolerance(&run->linear, level)))
			return 0;
	}
}

/* Keeps the level at the plan's value; columns may have come since the linear optimum. */
static int keep_level(struct run *run, size_t level, double optimum)
{
	int result = 0;

	if (on_face(run, level, optimum)) {
		result = linear_solve(&run->linear, level);
		if (result == 0)
			linear_keep_face(&run->linear, level);
	} else {
		linear_keep_row(&run->linear, level, run->outcome->value[level]);
	}
	return result;
}

/* --- searching the class switches ------------------------------------------------------------ */

static double weighted_value(const struct run *run, const int64_t *value)
{
	double sum = 0;

	for (size_t k = 0; k < run->program->n_levels; k++)
		sum += run->weights[k] * (double)value[k];
	return sum;
}

static double offer(void *context)
{
	struct run *run = context;

	if (linear_flows(&run->linear, &run->trial))
		return INFINITY;
	take_trial(run);
	for (size_t k = 0; k < run->linear.n_kept; k++) {
		size_t level = run->linear.kept[k].level;

		if (run->trial_value[level] > run->outcome->value[level])
			return INFINITY;
	}
	return weighted_value(run, run->trial_value);
}

/* Whether the plan has the value that was wanted. */
static bool enough(void *context)
{
	const struct run *run = context;

	return run->outcome->value[run->level] <= run->wanted;
}

static enum search_result search(struct run *run, size_t most_nodes)
{
	struct search here = {.linear = &run->linear, .weights = run->weights,
			      .best = weighted_value(run, run->outcome->value),
			      .offer = offer, .enough = enough, .context = run,
			      .most_nodes = most_nodes};

	if (most_nodes == 0)
		swap_improve(&here, &run->outcome->flows);
	return enough(run) ? SEARCH_ENOUGH : search_run(&here);
}

/* Whole weights that put each level well above the next, from `level` to the last, as far as
 * doubles carry: it need not be strict, for the plan found is held against each level's bound. */
static void set_weights(struct run *run, size_t level)
{
	double above = 1;

	for (size_t k = run->program->n_levels; k-- > 0;) {
		double most = linear_largest(&run->linear, k);

		run->weights[k] = k >= level && most > 0 ? above : 0;
		if (run->weights[k] > 0 && above * most < 1e9)
			above = ceil(above * most * 50);
	}
}

/* This level alone, to the end. Returns as integer_solve. */
static int search_level(struct run *run, size_t level, int64_t bound)
{
	enum search_result result;

	for (size_t k = 0; k < run->program->n_levels; k++)
		run->weights[k] = k == level;
	result = search(run, run->block->trial ? TRIAL_NODES : 0);
	if (result == SEARCH_STOPPED)
		return 1;
	if (result == SEARCH_DONE || enough(run))
		return 0;
	if (run->block->trial)
		return 1;
	return integer_level(run, level, bound);
}

/* The same where zones stay whole: not much of each first, which does for small blocks. */
static int whole_level(struct run *run, size_t level, int64_t bound)
{
	int result = 2;

	for (int thorough = run->block->only_plan; run->whole && thorough < 2 && result == 2;
	     thorough++) {
		whole_search(run->whole, &run->linear, run->outcome, level, bound, thorough);
		if (run->outcome->value[level] <= bound || run->block->only_plan)
			return run->outcome->value[level] > bound;
		result = whole_prove(run->whole, &run->linear, run->outcome, level, thorough);
		if (run->block->trial)
			return result != 0;
	}
	return result == 2 ? integer_level(run, level, bound) : result;
}

static size_t nodes_ahead(const struct block *block)
{
	if (block->only_plan)
		return PLAN_NODES;
	return block->trial ? TRIAL_NODES : AHEAD_NODES;
}

/*
 * Brings the plan to the bound, or proves that it cannot be. The first search looks at the levels
 * behind as well: it mostly finds a plan at the bound that is good there too.
 */
static int close_gap(struct run *run, size_t level, int64_t bound)
{
	run->level = level;
	run->wanted = bound;
	if (run->together)
		return whole_level(run, level, bound);
	if (level + 1 < run->program->n_levels) {
		set_weights(run, level);
		if (search(run, nodes_ahead(run->block)) == SEARCH_STOPPED)
			return 1;
	}
	if (run->block->only_plan && !enough(run))
		return 1;
	return enough(run) ? 0 : search_level(run, level, bound);
}

/* Tells how far a level is; of several grades, by the first. */
static void show(const struct run *run, size_t level)
{
	int grade = FIRST_GRADE;

	while (!run->block->grades[grade])
		grade++;
	progress_level(grade, &run->program->levels[level], run->outcome->value[level],
		       run->outcome->bound[level]);
}

static int solve_level(struct run *run, size_t level)
{
	struct outcome *outcome = run->outcome;
	double began = moment_now().wall;
	int64_t bound;
	int result = level_bound(run, level, &bound);
	double optimum = run->linear.value;

	if (result)
		return result;
	raise_bound(run, level, bound, ENGINE_LINEAR);
	show(run, level);
	if (outcome->value[level] > bound)
		result = close_gap(run, level, bound);
	if (result == 0) {
		raise_bound(run, level, outcome->value[level], ENGINE_INTEGER);
		result = keep_level(run, level, optimum);
	}
	outcome->seconds[level] += moment_now().wall - began;
	return result;
}

/* From the level `open` on, exactly: the linear program again, without the faces behind it. */
static int exact_levels(struct run *run, size_t open)
{
	int result = 0;

	linear_close(&run->linear);
	linear_open(&run->linear, run->block);
	linear_start(&run->linear);
	linear_add_flows(&run->linear, &run->outcome->flows);
	for (size_t k = 0; k < run->program->n_levels && result == 0; k++) {
		if (k >= open) {
			result = solve_level(run, k);
			continue;
		}
		result = linear_solve(&run->linear, k);
		if (result == 0)
			linear_keep_face(&run->linear, k);
	}
	return result;
}

/* Proves the levels that the plan attains at these optima, and bounds the next one; returns how
 * many are proven. */
static size_t prove_attained(struct run *run, const double *optimum, enum engine engine)
{
	size_t open = levels_attained(run, optimum);

	for (size_t k = 0; k < open; k++)
		raise_bound(run, k, run->outcome->value[k], engine);
	if (open < run->program->n_levels)
		raise_bound(run, open, whole_bound(optimum[open]), engine);
	return open;
}

/* What the linear solution uses of every row, by grade. */
static void note_use(struct run *run)
{
	const struct linear *linear = &run->linear;
	const struct program *program = run->program;

	memset(run->use, 0, program->n_sides * (LAST_GRADE + 1) * sizeof *run->use);
	for (int j = 1; j <= linear->n_columns; j++) {
		const struct lp_column *column = &linear->columns[j];
		double units = glp_get_col_prim(linear->problem, j);
		size_t school;

		if (column->kind != COLUMN_ARC || units <= 0)
			continue;
		school = program->district->offerings[column->arc.offering].school;
		for (size_t r = program->sides_of_school[school];
		     r < program->sides_of_school[school + 1]; r++)
			run->use[r * (LAST_GRADE + 1) +
				 (size_t)program->batches[column->batch].grade] +=
				units * (double)quota_use(program, &program->sides[r],
							  column->batch);
	}
}

/* The linear program of all levels: a plan, where its solution is whole, and bounds. */
static int relax(void *context)
{
	struct run *run = context;
	int result;

	linear_start(&run->linear);
	result = linear_levels(run, run->optimum);
	if (result == 0) {
		if (linear_flows(&run->linear, &run->trial) == 0)
			take_trial(run);
		note_use(run);
		take_prices(run);
		run->proven = prove_attained(run, run->optimum, ENGINE_LINEAR);
	}
	return result;
}

static int prove(void *context)
{
	struct run *run = context;

	return exact_levels(run, run->proven);
}

/* Without its rows a block is a program of each grade alone: what these are proven to come to
 * bounds the block, down to the first level that the plan does not bring there. */
static void bound_by_grades(struct run *run, const int64_t *floor)
{
	for (size_t k = 0; k < run->program->n_levels; k++) {
		raise_bound(run, k, floor[k], ENGINE_INTEGER);
		if (run->outcome->value[k] > floor[k])
			return;
	}
}

/* Levels, from the first, whose values are proven. */
static size_t levels_proven(const struct run *run)
{
	size_t k = 0;

	while (k < run->program->n_levels && run->outcome->engine[k] != ENGINE_NONE &&
	       run->outcome->value[k] == run->outcome->bound[k])
		k++;
	return k;
}

/* A plan by dividing the rows among the grades, where there are several. */
static void divide_rows(struct run *run, const double *use)
{
	int64_t *floor;
	int grades = 0;

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		grades += run->block->grades[g];
	if (grades < 2 || run->together || stop_asked())
		return;
	floor = memory_array(run->program->n_levels, sizeof *floor);
	if (quota_plan(run->block, use, NULL, &run->trial, floor, run->diags))
		take_trial(run);
	bound_by_grades(run, floor);
	if (levels_proven(run) < run->program->n_levels &&
	    quota_plan(run->block, NULL, &run->outcome->flows, &run->trial, NULL, run->diags))
		take_trial(run);
	memory_free(floor);
}

/* What the network engine leaves: linear programs, and branch and bound. */
static int run_linear(struct run *run)
{
	size_t n = run->program->n_levels;
	int result = 0;

	if (run->linear_first) {
		divide_rows(run, NULL);
		if (levels_proven(run) == n)
			return 0;
		result = guard_run(relax, run, run->diags);
		if (result == 0 && run->proven < n) {
			divide_rows(run, run->use);
			run->proven = prove_attained(run, run->optimum, ENGINE_LINEAR);
			if (levels_proven(run) == n)
				return 0;
		}
	}
	if (result == 0 && run->proven < n)
		result = guard_run(prove, run, run->diags);
	return result;
}

/* Whether a side row ties pupils of the block. */
static bool has_sides(const struct block *block)
{
	const struct program *program = block->program;

	for (size_t r = 0; r < program->n_sides; r++) {
		const struct school *school =
			&program->district->schools[program->sides[r].school];

		for (size_t i = 0; block->active[r] && i < school->n_offerings; i++)
			if (block->grades[program->district->offerings[school->first_offering + i]
						  .grade])
				return true;
	}
	return false;
}

/* Solves the network, lets GLPK confirm it where it is small enough, and takes its plan. */
static enum pure_result run_network(struct run *run, struct pure *pure)
{
	double began = moment_now().wall;
	enum pure_result result = pure_solve(pure);

	if (result == PURE_DONE) {
		int confirmed = pure_confirm(pure, run->diags);

		run->outcome->confirmed = confirmed == 0;
		run->linear_first = confirmed == 1 || confirmed == -1;
	}
	pure_flows(pure, &run->trial);
	pure_optimum(pure, &run->trial, run->optimum);
	pure_seat_prices(pure, run->outcome->price);
	take_trial(run);
	run->outcome->seconds[run->program->n_levels - 1] += moment_now().wall - began;
	return result;
}

/* Counts classes exactly where the network's optimum does not settle all levels. */
static void count_classes(struct run *run, struct pure *pure)
{
	size_t n = run->program->n_levels;
	double began = moment_now().wall;

	if (run->proven == n)
		return;
	switch (counted_solve(run->block, pure, run->proven, run->outcome)) {
	case COUNTED_STOPPED:
		run->outcome->cut = !stop_asked();
		run->proven = n;
		break;
	case COUNTED_DONE:
		run->proven = n;
		break;
	case COUNTED_OPEN:
	case COUNTED_NOT:
		break;
	}
	run->outcome->seconds[n - 1] += moment_now().wall - began;
}

/* The network engine first, where the block is one: mostly it settles every level. Returns whether
 * anything is left to do. */
static bool try_network(struct run *run)
{
	bool rows = has_sides(run->block) && !run->block->gates;
	struct pure *pure = rows ? NULL : pure_open(run->block);
	enum pure_result result = PURE_STOPPED;

	run->linear_first = !pure;
	if (pure)
		result = run_network(run, pure);
	if (result != PURE_DONE) {
		greedy(run->block, &run->trial);
		take_trial(run);
	}
	if (result == PURE_DONE && !run->linear_first) {
		run->proven = prove_attained(run, run->optimum, ENGINE_NETWORK);
		count_classes(run, pure);
	}
	if (pure)
		pure_close(pure);
	return run->linear_first || (result == PURE_DONE && !run->block->trial &&
				     run->proven < run->program->n_levels);
}

/* What is known before anything is solved: no plan but those of runs before, and that nobody new
 * costs nothing. */
static void start_outcome(struct run *run)
{
	struct outcome *outcome = run->outcome;

	flows_clear(&run->trial);
	if (outcome->cut)
		flows_append(&run->trial, &outcome->flows);
	flows_clear(&outcome->flows);
	outcome->confirmed = false;
	for (size_t k = 0; k < run->program->n_levels; k++) {
		outcome->value[k] = INT64_MAX;
		outcome->bound[k] = 0;
		outcome->engine[k] = ENGINE_NONE;
		outcome->seconds[k] = 0;
		for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
			if (run->block->grades[g])
				outcome->bound[k] += program_constant(run->program, k, g);
	}
	if (outcome->cut)
		take_trial(run);
	outcome->cut = false;
	flows_clear(&run->trial);
	flows_append(&run->trial, &outcome->safe);
	if (flows_keep_rows(run->program, &run->trial))
		take_trial(run);
}

int block_solve(const struct block *block, struct outcome *outcome, struct diags *diags)
{
	struct run run = {.block = block, .program = block->program, .outcome = outcome,
			  .diags = diags};
	int result = 0;

	for (size_t b = 0; b < block->program->n_batches; b++)
		run.together |= block->grades[block->program->batches[b].grade] &&
				block->program->batches[b].size > 1;
	run.trial_value = memory_array(block->program->n_levels, sizeof *run.trial_value);
	run.weights = memory_array(block->program->n_levels, sizeof *run.weights);
	start_outcome(&run);
	run.optimum = memory_array(block->program->n_levels, sizeof *run.optimum);
	run.use = memory_array(block->program->n_sides * (LAST_GRADE + 1), sizeof *run.use);
	if (try_network(&run)) {
		linear_open(&run.linear, block);
		run.whole = run.together ? whole_open(block) : NULL;
		result = run_linear(&run);
		linear_close(&run.linear);
		whole_close(run.whole);
	}
	flows_free(&run.trial);
	memory_free(run.trial_value);
	memory_free(run.weights);
	memory_free(run.optimum);
	memory_free(run.use);
	if (result < 0 && diags->status < STATUS_SOLVER)
		return diag_error(diags, DIAG_SOLVER, place_none(),
				  "GLPK found no optimum of a program that has one");
	return result < 0 ? -1 : 0;
}
