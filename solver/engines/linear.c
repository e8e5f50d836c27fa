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
	memory_free(linear->columns);
	memory_free(linear->dual);
}

double linear_cost(const struct linear *linear, size_t level, const struct lp_column *column)
{
	const struct program *program = linear->program;
	const struct level_scale *scale = &program->levels[level];

	switch (column->kind) {
	case COLUMN_UNPLACED:
		return (double)program_unplaced_cost(program, level, column->batch);
	case COLUMN_ARC:
		return (double)program_arc_cost(program, level, column->batch, &column->arc);
	case COLUMN_TIER:
		break;
	}
	return (double)scale->over_standard * column->over +
	       (double)scale->large_classes * column->large +
	       (double)scale->oversized_classes * column->oversized;
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

/* The slope of an envelope at so many pupils above those who stay. */
static double slope(const struct envelope *envelope, const struct seats *seats, int64_t at)
{
	if (envelope->rise == 0 || at < envelope->start)
		return 0;
	return (double)envelope->rise / (double)(seats->spare - envelope->start);
}

/* One tier column from..to pupils above those who stay; where it costs nothing, room in the row. */
static void add_tier(struct linear *linear, size_t offering, int64_t from, int64_t to, bool over)
{
	const struct program *program = linear->program;
	const struct seats *seats = &program->seats[offering];
	struct envelope large = tiers_envelope(program->district, offering, seats, false);
	struct envelope oversized = tiers_envelope(program->district, offering, seats, true);
	struct lp_column column = {.kind = COLUMN_TIER, .arc = {.offering = offering},
				   .over = over, .large = slope(&large, seats, from),
				   .oversized = slope(&oversized, seats, from)};

	if (to <= from)
		return;
	if (!over && column.large <= 0 && column.oversized <= 0)
		guard_row_bounds(linear->problem, linear->offering_row[offering], -INFINITY,
				 (double)to);
	else
		add_column(linear, column, (double)(to - from));
}

/* Tiers of the offering, cut also where an envelope begins to rise. */
static void add_tiers(struct linear *linear, size_t offering)
{
	const struct program *program = linear->program;
	const struct seats *seats = &program->seats[offering];
	int64_t starts[2] = {
		tiers_envelope(program->district, offering, seats, false).start,
		tiers_envelope(program->district, offering, seats, true).start,
	};
	int64_t from = 0;

	for (size_t i = 0; i < seats->n_tiers; i++) {
		int64_t end = from + seats->tiers[i].width;

		while (from < end) {
			int64_t to = end;

			for (int j = 0; j < 2; j++)
				if (starts[j] > from && starts[j] < to)
					to = starts[j];
			add_tier(linear, offering, from, to, seats->tiers[i].over_standard);
			from = to;
		}
	}
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

static void set_costs(struct linear *linear, size_t level, double weight, bool add)
{
	for (int j = 1; j <= linear->n_columns; j++) {
		double cost = weight * linear_cost(linear, level, &linear->columns[j]);

		guard_cost(linear->problem, j,
			   cost + (add ? glp_get_obj_coef(linear->problem, j) : 0));
	}
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
			glp_adv_basis(linear->problem, 0);
			code = GLP_ETMLIM;
		}
	}
	if (code == GLP_ETMLIM) {
		linear->stopped = true;
		return 1;
	}
	return code == 0 && glp_get_status(linear->problem) == GLP_OPT ? 0 : -1;
}

static void read_duals(struct linear *linear)
{
	memory_free(linear->dual);
	linear->dual = memory_array((size_t)linear->n_rows + 1, sizeof *linear->dual);
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
	size_t level;
	const double *weights; /* of all levels at once, or NULL: only `level` */
	double below;          /* reduced costs wanted are below this */
};

static double pricing_cost(const struct linear *linear, const struct pricing *pricing,
			   const struct lp_column *column)
{
	double cost = 0;

	if (!pricing->weights)
		return linear_cost(linear, pricing->level, column);
	for (size_t k = 0; k < linear->program->n_levels; k++)
		cost += pricing->weights[k] * linear_cost(linear, k, column);
	return cost;
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
		cost = reduced_cost(linear->dual, pricing_cost(linear, pricing, &column), &entries);
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
				   pricing_cost(linear, pricing, &linear->columns[j]));
	} while (linear->n_columns >= first_new);
	return 0;
}

static double largest_cost(const struct linear *linear, size_t level)
{
	double most = 0;

	for (int j = 1; j <= linear->n_columns; j++)
		most = fmax(most, linear_cost(linear, level, &linear->columns[j]));
	return most;
}

double linear_tolerance(const struct linear *linear, size_t level)
{
	return 1e-6 * fmax(1, largest_cost(linear, level) / 1e3);
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
static void rough_weights(const struct linear *linear, double *weights)
{
	size_t n = linear->program->n_levels;
	double above = 1;

	for (size_t k = n; k-- > 0;) {
		double most = largest_cost(linear, k);

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
	for (size_t k = 0; k < linear->program->n_levels; k++)
		set_costs(linear, k, weights[k], k > 0);
	solve_all_pairs(linear, &pricing);
	memory_free(weights);
}

static double constants(const struct linear *linear, size_t level)
{
	double sum = 0;

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		if (linear->block->grades[g])
			sum += (double)program_constant(linear->program, level, g);
	return sum;
}

int linear_solve(struct linear *linear, size_t level)
{
	struct pricing pricing = {.level = level, .below = -linear_tolerance(linear, level)};
	int result;

	set_costs(linear, level, 1, false);
	linear->value = constants(linear, level);
	if (!has_costs(linear, level) && linear->dual) {
		memset(linear->dual, 0, ((size_t)linear->n_rows + 1) * sizeof *linear->dual);
		return linear->stopped ? 1 : 0;
	}
	result = solve_all_pairs(linear, &pricing);
	linear->value += glp_get_obj_val(linear->problem);
	return result;
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
	int *index = memory_array((size_t)linear->n_columns + 1, sizeof *index), n = 0;
	double *cost = memory_array((size_t)linear->n_columns + 1, sizeof *cost);
	int row;

	for (int j = 1; j <= linear->n_columns; j++) {
		double here = linear_cost(linear, level, &linear->columns[j]);

		if (fabs(here) > 0) {
			index[++n] = j;
			cost[n] = here;
		}
	}
	row = add_row(linear, -INFINITY, (double)value - constants(linear, level));
	guard_row(linear->problem, row, n, index, cost);
	glp_set_row_stat(linear->problem, row, GLP_BS);
	linear->kept[linear->n_kept++] =
		(struct kept_level){.level = level, .as_row = true, .row = row};
	memory_free(index);
	memory_free(cost);
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
	struct pricing pricing = {.level = level, .below = gap};
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
