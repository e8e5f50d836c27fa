/* models/labels.h - shortest paths in a residual network whose costs are vectors. */
#ifndef SEATWISE_LABELS_H
#define SEATWISE_LABELS_H

#include "models/moves.h"
#include "models/residual.h"

/* Labels of the nodes: no more than the cost of some path there. They only fall. */
struct labels {
	struct residual *network;
	struct moves moves;
	size_t n_levels;
	int64_t *label;    /* nodes x n_levels */
	uint32_t *by;      /* the move that lowered it last, or NO_MOVE */
	uint32_t *fell;    /* in which settling it fell last */
	uint32_t settled;  /* settlings so far, from 1 */
	bool *waiting;     /* its moves are to be looked at */
	size_t *mark;      /* of the walk that came by, from 1 */
};

static inline int64_t *label_of(const struct labels *labels, size_t node)
{
	return labels->label + node * labels->n_levels;
}

/*
 * Looks for a cycle whose cost over the first n_levels levels is lexicographically negative: by
 * Bellman-Ford from all nodes at once over the moves that are known, with a search for cycles
 * among the predecessors after each pass; then by a search for moves that the labels do not bear
 * (models/search.h), and so on in turn. Labels that no move improves any more are node prices under
 * which no arc has a negative reduced cost: the certificate that there is none.
 *
 *   kept     NULL, or room for nodes x n_levels: the labels at the end. Where there is no such
 *            cycle each is the least cost of a path there from anywhere, at most 0
 *   returns  n_levels when there is no such cycle, else a level at which one is negative, those
 *            before it being 0
 */
size_t labels_open_level(struct residual *network, size_t n_levels, int64_t *kept);

#endif
