/* solver/engines/pure.h - a block without side rows as one network: all levels in one exact cost.
 *
 * Levels become one whole number: the cost of a level is weighted so that the least gain in it
 * outweighs all that a cycle of the network can lose in the levels behind. A simple cycle crosses
 * each station once and the root once, so that the weights stay small enough for 64 bits. A flow
 * is best for these costs if and only if no cycle is lexicographically negative: best level by
 * level. */
#ifndef SEATWISE_PURE_H
#define SEATWISE_PURE_H

#include "solver/engines/flow.h"

enum pure_result {
	PURE_DONE,     /* optimal; the bounds are those of the class counts' envelopes */
	PURE_STOPPED,  /* a limit came: the flows are feasible */
	PURE_UNFIT     /* not a network, or its costs do not fit: nothing was done */
};

/*
 * Solves the block over all pairs by the network simplex with delayed lanes.
 *
 *   flows    replaced by the best flows
 *   optimum  n_levels: the optimum of each level with envelopes for class counts; a plan that has
 *            the same values is best
 *   price    per offering: what one more seat there lowers the last level by
 */
enum pure_result pure_solve(const struct block *block, struct flows *flows, double *optimum,
			    double *price);

#endif
