/* solver/engines/block.h - all levels of one block, each kept while the next is minimised. */
#ifndef SEATWISE_BLOCK_H
#define SEATWISE_BLOCK_H

#include "solver/engines/flow.h"

/*
 * Solves the block lexicographically: as a network with exact class counts where it is one; else
 * the linear engine level by level, and from the first level whose whole solution is worse than its
 * linear bound, the integer engine. The outcome's arrays are the caller's; its flows are replaced,
 * and where it was cut before they are a plan to begin with, as is the safe one. A limit leaves the
 * best plan so far with true bounds.
 *
 *   returns 0, or -1 after an error
 */
int block_solve(const struct block *block, struct outcome *outcome, struct diags *diags);

#endif
