#include "solver/engines/linear_parts.h"

#include <math.h>

#include "inputs/base/memory.h"
#include "solver/engines/guard.h"

void linear_allow_missing(struct linear *linear, bool allowed)
{
	for (size_t b = 0; !linear->first_missing && b < linear->program->n_batches; b++)
		if (linear->batch_row[b]) {
			int j = linear_add_column(linear, (struct lp_column){.kind = COLUMN_MISSING,
								      .batch = b}, 0);

			if (!linear->first_missing)
				linear->first_missing = j;
		}
	for (int j = 1; j <= linear->n_columns; j++)
		if (linear->columns[j].kind == COLUMN_MISSING)
			guard_column_bounds(linear->problem, j, 0, allowed ? INFINITY : 0);
}

/* Rows of kept levels that count classes follow what is decided of the switches. */
void linear_refresh_row(struct linear *linear, const struct kept_level *kept, double most)
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
			linear_refresh_row(linear, kept,
				    (double)kept->value - linear_constants(linear, kept->level));
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
		double slope = j ? linear_class_slope(linear, &linear->columns[j], oversized) : 0;

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
