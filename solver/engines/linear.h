/* solver/engines/linear.h - the linear relaxation of a block: GLPK's simplex, delayed columns.
 *
 * Class counts are replaced by their convex envelope. The pairs of batch and offering that matter
 * are added as columns when their reduced cost says so; all others are priced out, exactly as if
 * they were there. Every function is called inside guard_run. */
#ifndef SEATWISE_LINEAR_H
#define SEATWISE_LINEAR_H

#include <glpk.h>

#include "solver/engines/flow.h"

enum column_kind { COLUMN_UNPLACED, COLUMN_TIER, COLUMN_ARC, COLUMN_MISSING };

/* A column of the program in GLPK. MISSING stands for pupils whom a branch of the search cannot
 * place: it keeps every linear program feasible, at a price that no plan pays. */
struct lp_column {
	enum column_kind kind;
	bool fixed;               /* by a kept face */
	size_t batch;             /* of UNPLACED, ARC and MISSING */
	struct arc arc;           /* of ARC; of TIER its offering */
	size_t tier;              /* of TIER */
};

/* What is decided of a class switch (models/program.h): nothing, so that its envelope counts; the
 * offering may go beyond the counting tier, and all its classes count; or it may not. */
enum switch_state { SWITCH_FREE, SWITCH_OPEN, SWITCH_SHUT };

/* A level that is kept: as the optimal face, by its duals, or as a row. */
struct kept_level {
	size_t level;
	bool as_row;
	int row;                  /* of as_row */
	int64_t value;            /* of as_row: the most it may be, constants included */
	double *dual;             /* of a face: one for each row */
	double tolerance;         /* a reduced cost above it is not zero */
};

struct linear {
	const struct block *block;
	const struct program *program;
	glp_prob *problem;
	int n_rows, n_columns;
	int *batch_row, *offering_row, *side_row; /* 0: not in the block */
	size_t *position;         /* of an offering in its grade */
	bool **present;           /* per batch: which of its grade's offerings have a column */
	struct lp_column *columns; /* from 1 */
	size_t columns_room;
	struct kept_level *kept;  /* n_levels */
	size_t n_kept;
	int (*tier_column)[MAX_TIERS]; /* per offering; 0: the tier is room in the row */
	enum switch_state (*state)[2]; /* per offering: of its switches */
	int first_missing;        /* column; 0: there are none yet */
	struct arc *arcs;         /* room for a grade's offerings */
	struct kept_arcs {        /* per batch: its ways, once they were asked for */
		struct arc *all;
		size_t n;
	} *kept_arcs;
	size_t n_kept_arcs;
	struct pure *network;     /* that the first basis comes from, while it is taken */
	double *dual;             /* of the rows, after a solve */
	double value;             /* of the level, after a solve, constants included */
	double *unit;             /* n_levels: the weights of one level alone */
};

/* Prepares memory (outside or inside the guard) and frees it; the glp_prob is not freed here, as
 * it goes with the guard. */
void linear_open(struct linear *linear, const struct block *block);
void linear_close(struct linear *linear);

/* States rows, the nearest columns and a first basis, and solves all levels at once with rough
 * weights, so that each level then needs few pivots. */
void linear_start(struct linear *linear);

/*
 * Minimises a level over all pairs, earlier levels being kept.
 *
 *   returns 0; 1 when a limit stopped it; -1 when GLPK found no optimum
 */
int linear_solve(struct linear *linear, size_t level);

/* The same for a weighted sum of levels; `value` is then the weighted sum. */
int linear_minimise(struct linear *linear, const double *weights);

/* Lets pupils be missing, at a price above all others, or no longer. */
void linear_allow_missing(struct linear *linear, bool allowed);

/* Decides a switch of an offering (0 .. n_switches - 1), or frees it. */
void linear_set_switch(struct linear *linear, size_t offering, size_t which,
		       enum switch_state state);

/* Classes that a switch counts in the solution beyond what its envelope says; 0: it is settled. */
double linear_violation(const struct linear *linear, size_t offering, size_t which);

/* The share, 0..1, of a switch's counting and further tiers that the solution fills. */
double linear_share(const struct linear *linear, size_t offering, size_t which);

/* The basis of the linear program, to come back to; basis_free frees it. Columns that came since
 * are at their lower bounds when it is restored. */
struct basis {
	int n_rows, n_columns;
	unsigned char *rows, *columns;
};
void linear_save(const struct linear *linear, struct basis *basis);
void linear_restore(struct linear *linear, const struct basis *basis);
void basis_free(struct basis *basis);

/* Keeps the level just solved at its optimum: everything off its optimal face is fixed. */
void linear_keep_face(struct linear *linear, size_t level);

/* Keeps a level at no more than a value, as a row. */
void linear_keep_row(struct linear *linear, size_t level, int64_t value);

/* Cost of a column, per unit of it, at a level. */
double linear_cost(const struct linear *linear, size_t level, const struct lp_column *column);

/* The largest cost of a column at a level. */
double linear_largest(struct linear *linear, size_t level);

/* Adds the pairs, not yet columns, whose reduced cost at the level just solved is below `gap` and
 * that kept faces allow. Returns how many. */
size_t linear_add_within(struct linear *linear, size_t level, double gap);

/* Makes sure that every arc of these flows is a column. */
void linear_add_flows(struct linear *linear, const struct flows *flows);

/* What is below it counts as zero in reduced costs of the level. */
double linear_tolerance(struct linear *linear, size_t level);

/*
 * The solution as whole flows.
 *
 *   returns 0, or -1 when it is not whole
 */
int linear_flows(const struct linear *linear, struct flows *flows);

#endif
