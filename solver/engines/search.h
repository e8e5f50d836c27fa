/* solver/engines/search.h - branch and bound on class switches; nodes are warm linear programs. */
#ifndef SEATWISE_SEARCH_H
#define SEATWISE_SEARCH_H

#include "solver/engines/linear.h"

enum search_result {
	SEARCH_DONE,     /* no plan is below the best one */
	SEARCH_STOPPED,  /* a limit came first */
	SEARCH_ENOUGH,   /* the plan is as good as was asked for, or as many nodes as allowed */
	SEARCH_OPEN      /* a node was neither whole nor had a switch to branch on */
};

struct search {
	struct linear *linear;
	const double *weights;  /* of the levels, whole numbers: what is minimised */
	double best;            /* weighted value of the best plan so far */
	/* Offers the linear solution, settled in every switch, as a plan. Returns its weighted
	 * value, or INFINITY when it is not whole. */
	double (*offer)(void *context);
	bool (*enough)(void *context); /* asked after each plan that was offered */
	void *context;
	size_t nodes, most_nodes; /* linear programs solved, and allowed; 0 = any number */
	size_t open_nodes;      /* met so far that proved nothing: after MOST_OPEN it is given up */
};

/*
 * Minimises the weighted sum of levels over all plans that keep linear's kept levels. Depth first,
 * nearer half first, pruned by the linear bound. The switches are free again afterwards.
 *
 * Cost: a node is a few pivots and one or two rounds of pricing, some milliseconds for a county.
 */
enum search_result search_run(struct search *search);

#endif
