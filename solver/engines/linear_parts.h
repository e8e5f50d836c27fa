/* solver/engines/linear_parts.h - what the files of the linear engine share. */
#ifndef SEATWISE_LINEAR_PARTS_H
#define SEATWISE_LINEAR_PARTS_H

#include "solver/engines/linear.h"

/* --- costs (linear_costs.c) ------------------------------------------------------------------ */

/* Classes that one pupil in a TIER column adds to a count, by what is decided of its switch. */
double linear_class_slope(const struct linear *linear, const struct lp_column *column,
			  bool oversized);

/* Cost of a column under weights of the levels; and the largest one of all columns. */
double linear_weighted_cost(const struct linear *linear, const double *weights,
			    const struct lp_column *column);
double linear_largest_cost(const struct linear *linear, const double *weights);

/* What is below it counts as zero in reduced costs under these weights. */
double linear_weighted_tolerance(const struct linear *linear, const double *weights);

/* The weights of one level alone; valid until the next call. */
const double *linear_unit_weights(struct linear *linear, size_t level);

/* Whether any column can cost something at the level. */
bool linear_has_costs(const struct linear *linear, size_t level);

/* What those who stay, and switches that are open, cost at a level. */
double linear_constants(const struct linear *linear, size_t level);

/* Gives every column of the problem its cost. */
void linear_set_costs(struct linear *linear, const double *weights);

/* --- rows and columns (linear_statement.c) --------------------------------------------------- */

enum { MAX_ENTRIES = 64 };

/* Sparse entries of one column, as GLPK takes them: from [1] to [n]. */
struct entries {
	int row[MAX_ENTRIES];
	double value[MAX_ENTRIES];
	int n;
};

/* Rows, first columns, and a first basis: those of the network, or the nearest ones with everybody
 * unplaced. */
void linear_state(struct linear *linear);

/* Columns and a first basis from the block's network; false: it is none, nothing was done. */
bool linear_take_network(struct linear *linear);

/* A new row; a new column with its entries, from 0 to `high`; the column of an arc. */
int linear_add_row(struct linear *linear, double low, double high);
int linear_add_column(struct linear *linear, struct lp_column column, double high);
void linear_add_arc(struct linear *linear, size_t batch, const struct arc *arc);

/* The entries of a column, whether it is in the problem or not. */
void linear_entries(const struct linear *linear, const struct lp_column *column,
		    struct entries *entries);

/* --- pricing (linear_pricing.c) -------------------------------------------------------------- */

/* What pricing looks for: arcs whose reduced cost under the weights is below a number. */
struct pricing {
	const double *weights;
	double below;
};

/* One round: every batch gains its best few. Returns how many columns came. */
size_t linear_price(struct linear *linear, const struct pricing *pricing);

/* --- kept rows (linear_switches.c) ----------------------------------------------------------- */

/* Writes the entries of a level that is kept as a row anew, at no more than `most`. */
void linear_refresh_row(struct linear *linear, const struct kept_level *kept, double most);

#endif
