/* solver/engines/linear.h - the linear relaxation of a block by GLPK's simplex, with delayed columns.
 *
 * Class counts are replaced by their convex envelope. The pairs of batch and offering that matter are
 * added as columns when their reduced cost says so; all others are priced out, exactly as if they
 * were there. Every function is called inside guard_run. */
#ifndef SEATWISE_LINEAR_H
#define SEATWISE_LINEAR_H

#include <glpk.h>

#include "solver/engines/flow.h"

enum column_kind { COLUMN_UNPLACED, COLUMN_TIER, COLUMN_ARC };

/* A column of the program in GLPK. */
struct lp_column {
	enum column_kind kind;
	size_t batch;             /* of UNPLACED and ARC */
	struct arc arc;           /* of ARC; of TIER its offering */
	double over, large, oversized; /* of TIER: what one pupil adds to the counts */
};

/* A level that is kept: as the optimal face, by its duals, or as a row. */
struct kept_level {
	size_t level;
	bool as_row;
	int row;                  /* of as_row */
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
	struct arc *arcs;         /* room for a grade's offerings */
	double *dual;             /* of the rows, after a solve */
	double value;             /* of the level, after a solve, constants included */
	bool stopped;             /* a limit came before the optimum */
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

/* Keeps the level just solved at its optimum: everything off its optimal face is fixed. */
void linear_keep_face(struct linear *linear, size_t level);

/* Keeps a level at no more than a value, as a row. */
void linear_keep_row(struct linear *linear, size_t level, int64_t value);

/* Cost of a column, per unit of it, at a level. */
double linear_cost(const struct linear *linear, size_t level, const struct lp_column *column);

/* Adds the pairs, not yet columns, whose reduced cost at the level just solved is below `gap` and that
 * kept faces allow. Returns how many. */
size_t linear_add_within(struct linear *linear, size_t level, double gap);

/* Makes sure that every arc of these flows is a column. */
void linear_add_flows(struct linear *linear, const struct flows *flows);

/* What is below it counts as zero in reduced costs of the level. */
double linear_tolerance(const struct linear *linear, size_t level);

/*
 * The solution as whole flows.
 *
 *   returns 0, or -1 when it is not whole
 */
int linear_flows(const struct linear *linear, struct flows *flows);

#endif
