/* models/labels.h - shortest paths in a residual network whose costs are vectors. */
#ifndef SEATWISE_LABELS_H
#define SEATWISE_LABELS_H

#include <stddef.h>

#include "models/residual.h"

/*
 * Looks for a cycle whose cost over the first n_levels levels is lexicographically negative, by
 * Bellman-Ford from all nodes at once, with a search for cycles among the predecessors after each
 * pass. Labels that no arc improves any more are node prices under which no arc has a negative
 * reduced cost: the certificate that there is none.
 *
 *   returns  n_levels when there is no such cycle, else the first level at which one is negative
 *
 * Cost: the lanes of the cells whose label fell, in each of some tens of passes.
 */
size_t labels_open_level(struct residual *network, size_t n_levels);

#endif
