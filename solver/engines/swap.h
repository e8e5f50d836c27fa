/* solver/engines/swap.h - better plans before the search: one offering opens, another one shuts. */
#ifndef SEATWISE_SWAP_H
#define SEATWISE_SWAP_H

#include "solver/engines/search.h"

/*
 * Improves the best plan of a search by swapping the sides of two class switches of equal size, as
 * long as that helps. Pairs are tried in the order of what the linear program would rather have.
 *
 *   flows  of the best plan; offers go through search->offer, which keeps them up to date
 */
void swap_improve(struct search *search, const struct flows *flows);

#endif
