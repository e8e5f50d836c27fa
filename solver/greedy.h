/* solver/greedy.h - a plan to begin with: each batch to its nearest school with room. */
#ifndef SEATWISE_GREEDY_H
#define SEATWISE_GREEDY_H

#include "solver/engines/flow.h"

/* Replaces `flows` by a plan of the block's grades that keeps every rule, side rows that are not
 * active included. It is far from best: it is what a run falls back on. */
void greedy(const struct block *block, struct flows *flows);

#endif
