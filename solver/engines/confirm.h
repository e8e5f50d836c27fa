/* solver/engines/confirm.h - GLPK on the final basis of a network: it must stop without a pivot. */
#ifndef SEATWISE_CONFIRM_H
#define SEATWISE_CONFIRM_H

#include "inputs/base/diag.h"
#include "solver/engines/network.h"

/* Columns of a network up to which GLPK is asked: loading them costs about as much as solving the
 * network did. Beyond, the proof over all pairs alone bears the plan out. */
enum { CONFIRM_COLUMNS = 10000 };

/* Lanes, tiers and unplaced arcs of a network: the columns of its linear program. */
size_t confirm_columns(const struct network *network);

/*
 * States the network as a linear program, lanes, tiers and unplaced arcs as columns, gives GLPK its
 * basis and lets the simplex run, level by level: what has a reduced cost at a level is fixed in
 * the next. The flow is a best one over these columns if and only if no run makes a pivot, as long
 * as GLPK is right.
 *
 *   weights  n_weights: of the levels, each a multiple of the one behind, as the costs hold them;
 *            {1} where costs are of one level
 *   returns  0 when GLPK confirms; 1 when it finds the basis singular, infeasible or not optimal;
 *            -1 after a diagnostic
 */
int confirm_basis(const struct network *network, const int64_t *weights, size_t n_weights,
		  struct diags *diags);

#endif
