/* models/search.h - the moves that a network's labels do not bear, found by place.
 *
 * A class whose pupils leave node f reaches offering t at label(f) - way(f) + way(t). Among the
 * schools of a box that is no less than at the least way to the box; where this is no less than the
 * highest label in the box already, no label there can fall and the box is left out. */
#ifndef SEATWISE_SEARCH_H
#define SEATWISE_SEARCH_H

#include "models/labels.h"

struct search {
	struct labels *labels;
	uint32_t *searched;             /* of the classes: after which settling; 0: not yet */
	size_t at;                      /* the class that is next */
	int64_t *highest[CHOICE_KINDS]; /* labels in the nodes of each kind's places; or NULL */
	/* Of the class at hand: */
	struct choosing choosing;
	const int64_t *bound;           /* its kind's highest */
	int64_t base[RESIDUAL_LEVELS];  /* its label */
	int64_t limit;                  /* metres, beyond which a way is far */
	int64_t priority;               /* of its pupils */
	const struct residual_flow *flow; /* that gives the label */
	bool found;                     /* a move */
};

void search_open(struct search *search, struct labels *labels);
void search_close(struct search *search);

/*
 * Offers moves that lower a label to labels->moves: some of them, or returns false when there is
 * none. Only classes are asked whose label fell since they were.
 *
 * Cost: about 2 us for each class.
 */
bool search_moves(struct search *search);

#endif
