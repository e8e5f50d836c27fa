#include "solver/engines/linear_parts.h"

#include <math.h>

#include "inputs/base/memory.h"
#include "models/routes.h"
#include "solver/engines/guard.h"

enum { NEAREST = 8 }; /* columns a batch begins with */

int linear_add_row(struct linear *linear, double low, double high)
{
	int row = glp_add_rows(linear->problem, 1);

	guard_row_bounds(linear->problem, row, low, high);
	linear->n_rows = row;
	return row;
}

static void add_rows(struct linear *linear)
{
	const struct program *program = linear->program;

	for (size_t b = 0; b < program->n_batches; b++) {
		double units = (double)program->batches[b].units;

		if (linear->block->grades[program->batches[b].grade])
			linear->batch_row[b] = linear_add_row(linear, units, units);
	}
	for (size_t i = 0; i < program->district->n_offerings; i++)
		if (linear->block->grades[program->district->offerings[i].grade])
			linear->offering_row[i] = linear_add_row(linear, -INFINITY, 0);
	for (size_t r = 0; r < program->n_sides; r++)
		if (linear->block->active[r])
			linear->side_row[r] = linear_add_row(linear, -INFINITY,
						      (double)program->sides[r].limit);
}

static void put(struct entries *entries, int row, double value)
{
	if (row == 0 || fabs(value) <= 0)
		return;
	if (entries->n + 1 >= MAX_ENTRIES)
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

void linear_entries(const struct linear *linear, const struct lp_column *column,
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

int linear_add_column(struct linear *linear, struct lp_column column, double high)
{
	int index = glp_add_cols(linear->problem, 1);
	struct entries entries;

	linear->columns = memory_grow(linear->columns, &linear->columns_room, (size_t)index + 1,
				      sizeof *linear->columns);
	linear->columns[index] = column;
	linear->n_columns = index;
	guard_column_bounds(linear->problem, index, 0, high);
	linear_entries(linear, &column, &entries);
	guard_column(linear->problem, index, entries.n, entries.row, entries.value);
	return index;
}

void linear_add_arc(struct linear *linear, size_t batch, const struct arc *arc)
{
	struct lp_column column = {.kind = COLUMN_ARC, .batch = batch, .arc = *arc};

	linear->present[batch][linear->position[arc->offering]] = true;
	linear_add_column(linear, column, INFINITY);
}

/* Whether a pupil in the tier costs nothing in any count. */
static bool free_tier(const struct linear *linear, const struct lp_column *column)
{
	const struct seats *seats = &linear->program->seats[column->arc.offering];

	return !seats->tiers[column->tier].over_standard &&
	       linear_class_slope(linear, column, false) <= 0 &&
	       linear_class_slope(linear, column, true) <= 0;
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
			linear_add_column(linear, column, (double)seats->tiers[column.tier].width);
}

static void add_nearest(struct linear *linear, size_t batch)
{
	struct routes routes;
	size_t n;

	routes_open(linear->program, batch, &routes);
	n = routes_nearest(&routes, linear->arcs, NEAREST);
	routes_close(&routes);
	for (size_t i = 0; i < n; i++)
		linear_add_arc(linear, batch, &linear->arcs[i]);
}

static void add_columns(struct linear *linear)
{
	const struct program *program = linear->program;

	for (size_t b = 0; b < program->n_batches; b++) {
		struct lp_column column = {.kind = COLUMN_UNPLACED, .batch = b};

		if (linear->batch_row[b])
			linear_add_column(linear, column, INFINITY);
	}
	for (size_t i = 0; i < program->district->n_offerings; i++)
		if (linear->offering_row[i])
			add_tiers(linear, i);
}

static void add_all_nearest(struct linear *linear)
{
	for (size_t b = 0; b < linear->program->n_batches; b++)
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

void linear_state(struct linear *linear)
{
	linear->problem = glp_create_prob();
	glp_set_obj_dir(linear->problem, GLP_MIN);
	add_rows(linear);
	add_columns(linear);
	if (linear_take_network(linear))
		return;
	add_all_nearest(linear);
	first_basis(linear);
}
