/* inputs/places.h - a set of schools in a tree by place, to find those near a zone.
 *
 * A k-d tree (Bentley 1975): every node is a box around some of the schools. What is asked about
 * all of a node's schools (the least price, the highest label) is kept by the asker in an array of
 * its own, one value a node. */
#ifndef SEATWISE_PLACES_H
#define SEATWISE_PLACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inputs/distance.h"

/* A box around the items order[first .. end). Children have higher numbers: the left one is the
 * next node; right 0: a leaf. */
struct places_node {
	double low[3], high[3];
	uint32_t first, end, right;
};

struct places {
	const struct distances *distances;
	const size_t *schools;       /* n items: a school each, ascending */
	size_t n;
	uint32_t *order;             /* items as the tree has them */
	struct places_node *nodes;   /* in preorder */
	size_t n_nodes;              /* 0: without points, all pairs are known or unreachable */
};

/* Makes the tree of some schools, ascending; they must outlive it. Cost: n log^2 n. */
void places_make(struct arena *arena, const struct distances *distances, const size_t *schools,
		 size_t n, struct places *made);

/* What a walk asks and tells. */
struct places_visitor {
	/* Whether to look at the schools of a node, none of which is nearer than `least` metres. */
	bool (*enter)(void *context, size_t node, int64_t least);
	/* An item and its metres from the zone; unreachable ones are left out. */
	void (*take)(void *context, size_t item, int64_t metres);
};

/*
 * Visits the schools from a zone: first those whose distance is known, all of them; then, nearer
 * boxes first, those of the nodes that `enter` lets in.
 */
void places_walk(const struct places *places, size_t zone, const struct places_visitor *visitor,
		 void *context);

/* Fills of_node (n_nodes) with the least of_item of each node's items. */
void places_least(const struct places *places, const int64_t *of_item, int64_t *of_node);

#endif
