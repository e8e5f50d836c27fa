#include "inputs/places.h"

#include <math.h>

enum {
	LEAF = 6,       /* schools that are not divided any more */
	MOST_DEPTH = 64 /* halving: beyond any number of schools */
};

static const struct point *point_of(const struct places *places, uint32_t item)
{
	return &places->distances->schools[places->schools[item]];
}

/* --- building -------------------------------------------------------------------------------- */

struct axis {
	const struct places *places;
	int of;
};

static int compare_along(const void *a, const void *b, void *context)
{
	const struct axis *axis = context;
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	double first = point_of(axis->places, left)->at[axis->of];
	double second = point_of(axis->places, right)->at[axis->of];

	if (first < second || first > second)
		return first < second ? -1 : 1;
	return left < right ? -1 : left > right;
}

static void set_box(const struct places *places, struct places_node *node)
{
	for (int i = 0; i < 3; i++) {
		node->low[i] = INFINITY;
		node->high[i] = -INFINITY;
		for (uint32_t k = node->first; k < node->end; k++) {
			double at = point_of(places, places->order[k])->at[i];

			node->low[i] = fmin(node->low[i], at);
			node->high[i] = fmax(node->high[i], at);
		}
	}
}

static int widest_axis(const struct places_node *node)
{
	int widest = 0;

	for (int i = 1; i < 3; i++)
		if (node->high[i] - node->low[i] > node->high[widest] - node->low[widest])
			widest = i;
	return widest;
}

/* Makes the node of order[first .. end) and all below it; returns its number. */
static uint32_t build(struct places *places, uint32_t first, uint32_t end)
{
	uint32_t number = (uint32_t)places->n_nodes++, middle = first + (end - first) / 2;
	struct places_node *node = &places->nodes[number];
	struct axis axis = {.places = places};

	*node = (struct places_node){.first = first, .end = end};
	set_box(places, node);
	if (end - first <= LEAF)
		return number;
	axis.of = widest_axis(node);
	memory_sort(places->order + first, end - first, sizeof *places->order, compare_along,
		    &axis);
	build(places, first, middle);
	node->right = build(places, middle, end);
	return number;
}

void places_make(struct arena *arena, const struct distances *distances, const size_t *schools,
		 size_t n, struct places *made)
{
	*made = (struct places){.distances = distances, .schools = schools, .n = n};
	if (distances->metres || !distances->zones || n == 0)
		return;
	made->order = arena_array(arena, n, sizeof *made->order);
	made->nodes = arena_array(arena, 2 * n, sizeof *made->nodes);
	for (size_t i = 0; i < n; i++)
		made->order[i] = (uint32_t)i;
	build(made, 0, (uint32_t)n);
}

void places_least(const struct places *places, const int64_t *of_item, int64_t *of_node)
{
	for (size_t i = places->n_nodes; i-- > 0;) {
		const struct places_node *node = &places->nodes[i];
		int64_t least = INT64_MAX;

		if (node->right)
			least = of_node[i + 1] < of_node[node->right] ? of_node[i + 1]
								       : of_node[node->right];
		for (uint32_t k = node->first; !node->right && k < node->end; k++)
			if (of_item[places->order[k]] < least)
				least = of_item[places->order[k]];
		of_node[i] = least;
	}
}

/* --- walking --------------------------------------------------------------------------------- */

struct walk {
	const struct places *places;
	size_t zone;
	bool known; /* some of the zone's distances are in distances.csv */
	const struct places_visitor *visitor;
	void *context;
};

static void take_table(const struct walk *walk)
{
	for (size_t i = 0; i < walk->places->n; i++) {
		int64_t metres = distance_metres(walk->places->distances, walk->zone,
						 walk->places->schools[i]);

		if (metres != UNREACHABLE)
			walk->visitor->take(walk->context, i, metres);
	}
}

/* Both lists ascend by school. */
static void take_known(const struct walk *walk, size_t at, size_t end)
{
	const struct places *places = walk->places;
	const struct known_distance *known = places->distances->district->known;

	for (size_t i = 0; i < places->n && at < end; i++) {
		while (at < end && known[at].school < places->schools[i])
			at++;
		if (at < end && known[at].school == places->schools[i] &&
		    known[at].metres != UNREACHABLE)
			walk->visitor->take(walk->context, i, known[at].metres);
	}
}

static void take_leaf(const struct walk *walk, const struct places_node *node)
{
	const struct places *places = walk->places;

	for (uint32_t k = node->first; k < node->end; k++) {
		uint32_t item = places->order[k];
		size_t school = places->schools[item];

		if (walk->known && distance_is_known(places->distances, walk->zone, school))
			continue;
		walk->visitor->take(walk->context, item,
				    distance_metres(places->distances, walk->zone, school));
	}
}

/* Square of the way from a point to a box. */
static double square_to(const struct point *from, const struct places_node *node)
{
	double square = 0;

	for (int i = 0; i < 3; i++) {
		double below = node->low[i] - from->at[i], above = from->at[i] - node->high[i];
		double apart = below > above ? below : above;

		if (apart > 0)
			square += apart * apart;
	}
	return square;
}

struct step {
	uint32_t node;
	double square;
};

static void walk_tree(const struct walk *walk)
{
	const struct places *places = walk->places;
	const struct point *from = &places->distances->zones[walk->zone];
	struct step stack[MOST_DEPTH] = {{0, square_to(from, &places->nodes[0])}};
	size_t height = 1;

	while (height > 0) {
		struct step step = stack[--height];
		const struct places_node *node = &places->nodes[step.node];
		struct step near = {step.node + 1, 0}, far = {node->right, 0};

		if (!walk->visitor->enter(walk->context, step.node,
					  distance_least(places->distances, sqrt(step.square))))
			continue;
		if (!node->right) {
			take_leaf(walk, node);
			continue;
		}
		near.square = square_to(from, &places->nodes[near.node]);
		far.square = square_to(from, &places->nodes[far.node]);
		stack[height++] = near.square <= far.square ? far : near;
		stack[height++] = near.square <= far.square ? near : far;
	}
}

void places_walk(const struct places *places, size_t zone, const struct places_visitor *visitor,
		 void *context)
{
	struct walk walk = {places, zone, false, visitor, context};
	size_t first, end;

	if (places->distances->metres) {
		take_table(&walk);
		return;
	}
	distance_known(places->distances, zone, &first, &end);
	walk.known = first < end;
	if (walk.known)
		take_known(&walk, first, end);
	if (places->n_nodes > 0)
		walk_tree(&walk);
}
