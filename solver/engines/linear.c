#include "solver/engines/linear.h"

#include <math.h>
#include <string.h>

#include "inputs/base/memory.h"
#include "models/tiers.h"
#include "solver/engines/guard.h"
#include "solver/stop.h"

enum {
	NEAREST = 8,      /* columns a batch begins with */
	PER_ROUND = 6,    /* columns a batch may gain in one round of pricing */
	SLICE_MS = 500    /* simplex runs no longer than this before stop_asked is looked at */
};

#define WHOLE 1e-6        /* a solution nearer than this to whole numbers is whole */

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
	for (size_t b = 0; b < linear->program->n_batches; b++)
		memory_free(linear->present[b]);
	for (size_t i = 0; i < linear->n_kept; i++)
		memory_free(linear->kept[i].dual);
	memory_free(linear->batch_row);
	memory_free(linear->offering_row);
	memory_free(linear->side_row);
	memory_free(linear->position);
	memory_free(linear->present);
	memory_free(linear->kept);
	memory_free(linear->arcs);
	memory_free(linear->tier_column);
	memory_free(linear->state);
	memory_free(linear->unit);
	memory_free(linear->columns);
	memory_free(linear->dual);
}

/* Classes that one pupil in a tier adds to a count, by what is decided of its switch. */
static double class_slope(const struct linear *linear, const struct lp_column *column,
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
		cost += (double)scale->large_classes * class_slope(linear, column, false);
	if (scale->oversized_classes)
		cost += (double)scale->oversized_classes * class_slope(linear, column, true);
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

/* --- rows ------------------------------------------------------------------------------------ */

static int add_row(struct linear *linear, double low, double high)
{
	int row = glp_add_rows(linear->problem, 1);

	guard_row_bounds(linear->problem, row, low, high);
	linear->n_rows = row;
	return row;
}

static void add_rows(struct linear *linear)
{
	const struct program *program = linear->program;

	for (size_t b = 0; b < program->n_batches; b++)
		if (linear->block->grades[program->batches[b].grade])
			linear->batch_row[b] = add_row(linear, (double)program->batches[b].units,
						       (double)program->batches[b].units);
	for (size_t i = 0; i < program->district->n_offerings; i++)
		if (linear->block->grades[program->district->offerings[i].grade])
			linear->offering_row[i] = add_row(linear, -INFINITY, 0);
	for (size_t r = 0; r < program->n_sides; r++)
		if (linear->block->active[r])
			linear->side_row[r] = add_row(linear, -INFINITY,
						      (double)program->sides[r].limit);
}

/* --- columns --------------------------------------------------------------------------------- */

/* Sparse entries of one column, as GLPK takes them. */
struct entries {
	int row[64];
	double value[64];
	int n;
};

static void put(struct entries *entries, int row, double value)
{
	if (row == 0 || fabs(value) <= 0)
		return;
	if (entries->n + 1 >= 64)
		guard_fail("a column has too many rows");
	entries->row[++entries->n] = row;
	entries->value[entries->n] = value;
}

static void put_sides(const struct linear *linear, struct entries *entries,
		      const struct lp_column *column)
{
	const struct program *program = linear->program;
	size_t school = program->district->offerings[column->arc.offering].school;

	for (size_t r = program->sides_of_school[school]; r < program->sides_of_school[school + 1];
	     r++)
		if (linear->side_row[r])
			put(entries, linear->side_row[r],
			    (double)program_side_coefficient(program, &program->sides[r],
							     column->batch));
}

static void fill_entries(const struct linear *linear, const struct lp_column *column,
			 struct entries *entries)
{
	entries->n = 0;
	if (column->kind != COLUMN_TIER)
		put(entries, linear->batch_row[column->batch], 1);
	else
		put(entries, linear->offering_row[column->arc.offering], -1);
	if (column->kind == COLUMN_ARC) {
		put(entries, linear->offering_row[column->arc.offering],
		    (double)linear->program->batches[column->batch].size);
		put_sides(linear, entries, column);
	}
	for (size_t i = 0; i < linear->n_kept; i++)
		if (linear->kept[i].as_row)
			put(entries, linear->kept[i].row,
			    linear_cost(linear, linear->kept[i].level, column));
}

static int add_column(struct linear *linear, struct lp_column column, double high)
{
	int index = glp_add_cols(linear->problem, 1);
	struct entries entries;

	linear->columns = memory_grow(linear->columns, &linear->columns_room, (size_t)index + 1,
				      sizeof *linear->columns);
	linear->columns[index] = column;
	linear->n_columns = index;
	guard_column_bounds(linear->problem, index, 0, high);
	fill_entries(linear, &column, &entries);
	guard_column(linear->problem, index, entries.n, entries.row, entries.value);
	return index;
}

static void add_arc(struct linear *linear, size_t batch, const struct arc *arc)
{
	linear->present[batch][linear->position[arc->offering]] = true;
	add_column(linear, (struct lp_column){.kind = COLUMN_ARC, .batch = batch, .arc = *arc},
		   INFINITY);
}

/* Whether a pupil in the tier costs nothing in any count. */
static bool free_tier(const struct linear *linear, const struct lp_column *column)
{
	const struct seats *seats = &linear->program->seats[column->arc.offering];

	return !seats->tiers[column->tier].over_standard &&
	       class_slope(linear, column, false) <= 0 && class_slope(linear, column, true) <= 0;
}

/* A column for each tier; those at the beginning that cost nothing are room in the row. */
static void add_tiers(struct linear *linear, size_t offering)
{
	const struct seats *seats = &linear->program->seats[offering];
	struct lp_column column = {.kind = COLUMN_TIER, .arc = {.offering = offering}};
	double room = 0;

	for (; column.tier < seats->n_tiers && free_tier(linear, &column); column.tier++)
		room += (double)seats->tiers[column.tier].width;
	guard_row_bounds(linear->problem, linear->offering_row[offering], -INFINITY, room);
	for (; column.tier < seats->n_tiers; column.tier++)
		linear->tier_column[offering][column.tier] =
			add_column(linear, column, (double)seats->tiers[column.tier].width);
}

static int nearer(const void *a, const void *b, void *context)
{
	const struct arc *first = a, *second = b;

	(void)context;
	if (first->metres != second->metres)
		return first->metres < second->metres ? -1 : 1;
	return first->offering < second->offering ? -1 : 1;
}

static void add_nearest(struct linear *linear, size_t batch)
{
	size_t n = program_arcs(linear->program, batch, linear->arcs);

	memory_sort(linear->arcs, n, sizeof *linear->arcs, nearer, NULL);
	for (size_t i = 0; i < n && i < NEAREST; i++)
		add_arc(linear, batch, &linear->arcs[i]);
}

static void add_columns(struct linear *linear)
{
	const struct program *program = linear->program;

	for (size_t b = 0; b < program->n_batches; b++)
		if (linear->batch_row[b])
			add_column(linear, (struct lp_column){.kind = COLUMN_UNPLACED, .batch = b},
				   INFINITY);
	for (size_t i = 0; i < program->district->n_offerings; i++)
		if (linear->offering_row[i])
			add_tiers(linear, i);
	for (size_t b = 0; b < program->n_batches; b++)
		if (linear->batch_row[b])
			add_nearest(linear, b);
}

/* Everybody unplaced: a basis that is feasible from the first. */
static void first_basis(struct linear *linear)
{
	glp_std_basis(linear->problem);
	for (int j = 1; j <= linear->n_columns; j++)
		if (linear->columns[j].kind == COLUMN_UNPLACED) {
			glp_set_col_stat(linear->problem, j, GLP_BS);
			glp_set_row_stat(linear->problem,
					 linear->batch_row[linear->columns[j].batch], GLP_NS);
		}
}

/* --- solving --------------------------------------------------------------------------------- */

static double weighted_cost(const struct linear *linear, const double *weights,
			    const struct lp_column *column)
{
	double cost = 0;

	for (size_t k = 0; k < linear->program->n_levels; k++)
		if (weights[k] > 0)
			cost += weights[k] * linear_cost(linear, k, column);
	return cost;
}

static double largest_cost(const struct linear *linear, const double *weights)
{
	double most = 0;

	for (int j = 1; j <= linear->n_columns; j++)
		most = fmax(most, weighted_cost(linear, weights, &linear->columns[j]));
	return most;
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

/* What no plan pays, in times of the largest cost of a column. A price in the place of a bound keeps
 * the basis feasible, so that a branch is a few pivots away; it can only lower the bound. */
#define FORBIDDING 1000

static void set_costs(struct linear *linear, const double *weights)
{
	double forbidding = FORBIDDING * fmax(1, largest_cost(linear, weights));

	for (int j = 1; j <= linear->n_columns; j++) {
		const struct lp_column *column = &linear->columns[j];
		bool forbidden = column->kind == COLUMN_MISSING || shut_off(linear, column);

		guard_cost(linear->problem, j,
			   forbidden ? forbidding : weighted_cost(linear, weights, column));
	}
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

/* What pricing looks for. */
struct pricing {
	const double *weights; /* of the levels */
	double below;          /* reduced costs wanted are below this */
};

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

static size_t price_batch(struct linear *linear, size_t batch, const struct pricing *pricing)
{
	size_t n = program_arcs(linear->program, batch, linear->arcs), n_found = 0;
	struct found found[PER_ROUND];
	struct entries entries;

	for (size_t i = 0; i < n; i++) {
		struct lp_column column = {.kind = COLUMN_ARC, .batch = batch,
					   .arc = linear->arcs[i]};
		double cost;

		if (linear->present[batch][linear->position[column.arc.offering]])
			continue;
		fill_entries(linear, &column, &entries);
		cost = reduced_cost(linear->dual, weighted_cost(linear, pricing->weights, &column), &entries);
		if (cost < pricing->below && on_faces(linear, &column, &entries))
			keep_best(found, &n_found, PER_ROUND, (struct found){cost, column.arc});
	}
	for (size_t i = 0; i < n_found; i++)
		add_arc(linear, batch, &found[i].arc);
	return n_found;
}

static size_t price(struct linear *linear, const struct pricing *pricing)
{
	size_t added = 0;

	for (size_t b = 0; b < linear->program->n_batches; b++)
		if (linear->batch_row[b])
			added += price_batch(linear, b, pricing);
	return added;
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
		price(linear, pricing);
		for (int j = first_new; j <= linear->n_columns; j++)
			guard_cost(linear->problem, j,
				   weighted_cost(linear, pricing->weights,
						 &linear->columns[j]));
	} while (linear->n_columns >= first_new);
	return 0;
}

/* The weights of one level alone. */
static const double *unit_weights(struct linear *linear, size_t level)
{
	for (size_t k = 0; k < linear->program->n_levels; k++)
		linear->unit[k] = k == level;
	return linear->unit;
}

static double tolerance_of(const struct linear *linear, const double *weights)
{
	return 1e-6 * fmax(1, largest_cost(linear, weights) / 1e3);
}

double linear_tolerance(struct linear *linear, size_t level)
{
	return tolerance_of(linear, unit_weights(linear, level));
}

double linear_largest(struct linear *linear, size_t level)
{
	return largest_cost(linear, unit_weights(linear, level));
}

static bool has_costs(const struct linear *linear, size_t level)
{
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		if (linear->block->grades[g] &&
		    program_level_matters(linear->program, level, g))
			return true;
	return false;
}

/* Weights that put each level some four times above the next one's largest cost: rough, but the
 * basis they end in is nearly optimal for every level in turn. */
static void rough_weights(struct linear *linear, double *weights)
{
	size_t n = linear->program->n_levels;
	double above = 1;

	for (size_t k = n; k-- > 0;) {
		double most = largest_cost(linear, unit_weights(linear, k));

		weights[k] = most > 0 ? above / most : 0;
		if (most > 0)
			above *= 4;
	}
}

void linear_start(struct linear *linear)
{
	double *weights = memory_array(linear->program->n_levels, sizeof *weights);
	struct pricing pricing = {.weights = weights, .below = -1e-7};

	linear->problem = glp_create_prob();
	glp_set_obj_dir(linear->problem, GLP_MIN);
	add_rows(linear);
	add_columns(linear);
	first_basis(linear);
	rough_weights(linear, weights);
	set_costs(linear, weights);
	solve_all_pairs(linear, &pricing);
	memory_free(weights);
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

static double constants(const struct linear *linear, size_t level)
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

int linear_minimise(struct linear *linear, const double *weights)
{
	struct pricing pricing = {weights, -tolerance_of(linear, weights)};
	int result;

	set_costs(linear, weights);
	linear->value = 0;
	for (size_t k = 0; k < linear->program->n_levels; k++)
		if (weights[k] > 0)
			linear->value += weights[k] * constants(linear, k);
	result = solve_all_pairs(linear, &pricing);
	linear->value += glp_get_obj_val(linear->problem);
	return result;
}

int linear_solve(struct linear *linear, size_t level)
{
	if (has_costs(linear, level) || !linear->dual)
		return linear_minimise(linear, unit_weights(linear, level));
	linear->value = constants(linear, level);
	clear_duals(linear);
	return stop_asked();
}

/* --- switches -------------------------------------------------------------------------------- */

void linear_allow_missing(struct linear *linear, bool allowed)
{
	for (size_t b = 0; !linear->first_missing && b < linear->program->n_batches; b++)
		if (linear->batch_row[b]) {
			int j = add_column(linear, (struct lp_column){.kind = COLUMN_MISSING,
								      .batch = b}, 0);

			if (!linear->first_missing)
				linear->first_missing = j;
		}
	for (int j = 1; j <= linear->n_columns; j++)
		if (linear->columns[j].kind == COLUMN_MISSING)
			guard_column_bounds(linear->problem, j, 0, allowed ? INFINITY : 0);
}

/* Rows of kept levels that count classes follow what is decided of the switches. */
static void refresh_row(struct linear *linear, const struct kept_level *kept, double most)
{
	int *index = memory_array((size_t)linear->n_columns + 1, sizeof *index), n = 0;
	double *cost = memory_array((size_t)linear->n_columns + 1, sizeof *cost);

	for (int j = 1; j <= linear->n_columns; j++) {
		double here = linear_cost(linear, kept->level, &linear->columns[j]);

		if (fabs(here) > 0) {
			index[++n] = j;
			cost[n] = here;
		}
	}
	guard_row(linear->problem, kept->row, n, index, cost);
	guard_row_bounds(linear->problem, kept->row, -INFINITY, most);
	memory_free(index);
	memory_free(cost);
}

static void refresh_rows(struct linear *linear)
{
	for (size_t i = 0; i < linear->n_kept; i++) {
		const struct kept_level *kept = &linear->kept[i];
		const struct level_scale *scale = &linear->program->levels[kept->level];

		if (kept->as_row && (scale->large_classes || scale->oversized_classes))
			refresh_row(linear, kept,
				    (double)kept->value - constants(linear, kept->level));
	}
}

void linear_set_switch(struct linear *linear, size_t offering, size_t which,
		       enum switch_state state)
{
	linear->state[offering][which] = state;
	refresh_rows(linear);
}

/* Pupils in the tiers over which the envelope of a count rises. */
struct rise {
	double counting, all; /* room in the tiers that count, and in all of them */
	double sent, envelope; /* pupils there, and the classes that the envelope counts */
};

static struct rise rise_of(const struct linear *linear, size_t offering, bool oversized)
{
	const struct seats *seats = &linear->program->seats[offering];
	struct rise rise = {0, 0, 0, 0};

	for (size_t i = 0; i < seats->n_tiers; i++) {
		int j = linear->tier_column[offering][i];
		bool counts = oversized ? seats->tiers[i].oversized : seats->tiers[i].large;
		double slope = j ? class_slope(linear, &linear->columns[j], oversized) : 0;

		rise.counting += counts ? (double)seats->tiers[i].width : 0;
		if (slope <= 0)
			continue;
		rise.all += (double)seats->tiers[i].width;
		rise.sent += glp_get_col_prim(linear->problem, j);
		rise.envelope += slope * glp_get_col_prim(linear->problem, j);
	}
	return rise;
}

double linear_violation(const struct linear *linear, size_t offering, size_t which)
{
	bool oversized = linear->program->seats[offering].switches[which].oversized;
	struct rise rise = rise_of(linear, offering, oversized);

	return fmin(rise.counting, rise.sent) - rise.envelope;
}

double linear_share(const struct linear *linear, size_t offering, size_t which)
{
	bool oversized = linear->program->seats[offering].switches[which].oversized;
	struct rise rise = rise_of(linear, offering, oversized);

	return rise.all > 0 ? rise.sent / rise.all : 0;
}

void linear_save(const struct linear *linear, struct basis *basis)
{
	*basis = (struct basis){.n_rows = linear->n_rows, .n_columns = linear->n_columns};
	basis->rows = memory_array((size_t)basis->n_rows + 1, 1);
	basis->columns = memory_array((size_t)basis->n_columns + 1, 1);
	for (int i = 1; i <= basis->n_rows; i++)
		basis->rows[i] = (unsigned char)glp_get_row_stat(linear->problem, i);
	for (int j = 1; j <= basis->n_columns; j++)
		basis->columns[j] = (unsigned char)glp_get_col_stat(linear->problem, j);
}

void linear_restore(struct linear *linear, const struct basis *basis)
{
	for (int i = 1; i <= basis->n_rows; i++)
		glp_set_row_stat(linear->problem, i, basis->rows[i]);
	for (int j = 1; j <= linear->n_columns; j++)
		glp_set_col_stat(linear->problem, j,
				 j <= basis->n_columns ? basis->columns[j] : GLP_NL);
}

void basis_free(struct basis *basis)
{
	memory_free(basis->rows);
	memory_free(basis->columns);
}

/* --- keeping levels -------------------------------------------------------------------------- */

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

	if (!has_costs(linear, level))
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
	kept->row = add_row(linear, -INFINITY, 0);
	refresh_row(linear, kept, (double)value - constants(linear, level));
	glp_set_row_stat(linear->problem, kept->row, GLP_BS);
}

void linear_add_flows(struct linear *linear, const struct flows *flows)
{
	for (size_t i = 0; i < flows->n; i++) {
		const struct flow *flow = &flows->all[i];
		size_t n = program_arcs(linear->program, flow->batch, linear->arcs);

		for (size_t j = 0; j < n; j++)
			if (linear->arcs[j].offering == flow->offering &&
			    !linear->present[flow->batch][linear->position[flow->offering]])
				add_arc(linear, flow->batch, &linear->arcs[j]);
	}
}

size_t linear_add_within(struct linear *linear, size_t level, double gap)
{
	struct pricing pricing = {unit_weights(linear, level), gap};
	size_t all = 0, added;

	while ((added = price(linear, &pricing)) > 0)
		all += added;
	return all;
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
			flows_add(flows, column->batch, column->arc.offering, (int64_t)lround(units));
	}
	return 0;
}
