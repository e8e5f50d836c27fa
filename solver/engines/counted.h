/* solver/engines/counted.h - the exact count of large (or oversized) classes of a block.
 *
 * A class count is concave in an offering's load: beyond the last seats at which no class is large
 * all its classes become so, one by one, and then no more. Say `per_class` pupils more fit a large
 * class than one that is not (10: 55 and 65), and rise is how many classes may become large. Then
 * a plan with at most C large classes sends at most per_class x C pupils beyond those last seats,
 * and that is a capacity: all offerings pass these pupils on to one hub that takes so many. An
 * offering that is decided to be open has its classes' share of the hub to itself, used or not; one
 * that is shut sends nothing there. So each node of the search over offerings is a pure network,
 * whose costs alone differ from its parent's: a warm start of a few pivots. The network of a node
 * is the linear relaxation with the count as a row.
 *
 * Partial loads are counted as they are: a shut offering may still have a few large classes, one a
 * pupil, as long as what they waste of the hub's capacity may be wasted at all. */
#ifndef SEATWISE_COUNTED_H
#define SEATWISE_COUNTED_H

#include "solver/engines/pure.h"

enum counted_result {
	COUNTED_DONE,     /* every level is proven, or as near as the setting `gap` asks for */
	COUNTED_STOPPED,  /* a limit came: plans and bounds as far as they are */
	COUNTED_OPEN,     /* the search left something open; bounds as far as they are */
	COUNTED_NOT       /* the block is none of this kind: nothing was done */
};

/*
 * Minimises a block's levels from its class count on, those before being proven already.
 *
 *   pure     the block's network, solved; its side rows are left out here too
 *   proven   levels that its optimum attains
 *   outcome  its plan; a better one, and better bounds, take its place
 */
enum counted_result counted_solve(const struct block *block, struct pure *pure, size_t proven,
				  struct outcome *outcome);

#endif
