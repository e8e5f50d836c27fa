/* solver/engines/integer.h - the exact class counts and whole numbers of a block: GLPK's branch and
 * cut on the natural statement, over the columns that can matter. Called inside guard_run. */
#ifndef SEATWISE_INTEGER_H
#define SEATWISE_INTEGER_H

#include "solver/engines/linear.h"

/*
 * Minimises a level exactly over the columns that `linear` has and does not fix, earlier levels
 * staying at or below `values`.
 *
 *   best     flows that keep the earlier levels, or none (n = 0 and `found` false); replaced by
 *            better ones
 *   found    whether `best` holds a plan
 *   returns  0 when no plan over these columns is better than `best`; 1 when a limit came first; -1
 *            when there is none
 */
int integer_solve(struct linear *linear, size_t level, const int64_t *values, struct flows *best,
		  bool *found);

#endif
