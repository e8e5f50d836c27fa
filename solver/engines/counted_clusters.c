/* solver/engines/counted_clusters.c - offerings that stand near each other and far from the others.
 *
 * Which offerings of a town are opened matters little, as their pupils change places at small cost;
 * how many classes the town has in all matters much, for no class can be divided between towns. So
 * the search decides on that as well. Towns are found in the minimal spanning tree of the schools:
 * joining along its edges, shortest first, makes gatherings; those that are joined to others only by a
 * much longer edge than any inside are kept. They are nested. */
#include <math.h>

#include "solver/engines/counted_parts.h"

#define SEPARATED 1.4 /* how much longer than the longest edge inside the next one must be */
#define DEGREE 0.017453292519943295

struct edge {
	size_t a, b;
	double length;
};

/* A gathering while gatherings are joined. */
struct gathering {
	size_t parent;       /* union-find; itself: the gathering is one */
	size_t first, n;     /* stations, as a list through `next` */
	double longest;      /* edge inside */
};

struct joining {
	struct counted *counted;
	struct edge *edges;
	struct gathering *gatherings;
	size_t *next, *last;
	size_t *outermost;   /* of each station: the cluster kept last that has it, or NONE */
};

/* Degrees apart, near enough for telling towns. */
static double apart(const struct school *a, const struct school *b)
{
	double east = (a->lon - b->lon) * cos(a->lat * DEGREE);

	return hypot(east, a->lat - b->lat);
}

static const struct school *school_of(const struct counted *counted, size_t station)
{
	const struct district *district = counted->pure.program->district;

	return &district->schools[district->offerings[counted->pure.offerings[station]].school];
}

static int compare_edges(const void *a, const void *b, void *context)
{
	const struct edge *left = a, *right = b;

	(void)context;
	if (left->length < right->length || left->length > right->length)
		return left->length < right->length ? -1 : 1;
	if (left->a != right->a)
		return left->a < right->a ? -1 : 1;
	return left->b < right->b ? -1 : left->b > right->b;
}

/* Prim's minimal spanning tree, its edges sorted. */
static void span(struct joining *joining)
{
	const struct counted *counted = joining->counted;
	size_t n = counted->pure.n_stations, at = 0;
	struct edge *nearest = memory_array(n, sizeof *nearest);
	bool *in = memory_array(n, sizeof *in);

	for (size_t i = 0; i < n; i++)
		nearest[i].length = INFINITY;
	for (size_t made = 0; made + 1 < n; made++) {
		size_t best = NONE;

		in[at] = true;
		for (size_t i = 0; i < n; i++) {
			double length = apart(school_of(counted, at), school_of(counted, i));

			if (in[i])
				continue;
			if (length < nearest[i].length)
				nearest[i] = (struct edge){at, i, length};
			if (best == NONE || nearest[i].length < nearest[best].length)
				best = i;
		}
		joining->edges[made] = nearest[best];
		at = best;
	}
	memory_sort(joining->edges, n ? n - 1 : 0, sizeof *joining->edges, compare_edges, NULL);
	memory_free(nearest);
	memory_free(in);
}

static size_t gathering_of(struct joining *joining, size_t station)
{
	struct gathering *gatherings = joining->gatherings;

	while (gatherings[station].parent != station)
		station = gatherings[station].parent = gatherings[gatherings[station].parent].parent;
	return station;
}

/* Makes a cluster of a gathering, around the clusters that are in it. */
static void keep_cluster(struct joining *joining, const struct gathering *gathering)
{
	struct counted *counted = joining->counted;
	size_t id = counted->n_clusters++;
	struct counted_cluster *cluster = &counted->clusters[id];

	*cluster = (struct counted_cluster){.parent = NONE};
	for (size_t i = 0, s = gathering->first; i < gathering->n; i++, s = joining->next[s]) {
		size_t inner = joining->outermost[s];

		cluster->rise += counted->stations[s].rise;
		if (inner == NONE)
			counted->stations[s].cluster = id;
		else if (counted->clusters[inner].parent == NONE)
			counted->clusters[inner].parent = id;
		joining->outermost[s] = id;
	}
	cluster->most = cluster->rise;
}

/* The gathering is about to be joined to another one by such an edge. */
static void maybe_keep(struct joining *joining, const struct gathering *gathering, double edge)
{
	int64_t rise = 0;

	for (size_t i = 0, s = gathering->first; i < gathering->n; i++, s = joining->next[s])
		rise += joining->counted->stations[s].rise;
	if (gathering->n > 1 && rise > 1 && edge > SEPARATED * gathering->longest)
		keep_cluster(joining, gathering);
}

static void join(struct joining *joining, const struct edge *edge)
{
	size_t a = gathering_of(joining, edge->a), b = gathering_of(joining, edge->b);
	struct gathering *to = &joining->gatherings[a], *from = &joining->gatherings[b];

	maybe_keep(joining, to, edge->length);
	maybe_keep(joining, from, edge->length);
	joining->next[joining->last[a]] = from->first;
	joining->last[a] = joining->last[b];
	from->parent = a;
	to->n += from->n;
	to->longest = edge->length;
}

void counted_find_clusters(struct counted *counted)
{
	size_t n = counted->pure.n_stations;
	struct joining joining = {.counted = counted};

	joining.edges = memory_array(n, sizeof *joining.edges);
	joining.gatherings = memory_array(n, sizeof *joining.gatherings);
	joining.next = memory_array(n, sizeof *joining.next);
	joining.last = memory_array(n, sizeof *joining.last);
	joining.outermost = memory_array(n, sizeof *joining.outermost);
	counted->clusters = memory_array(n, sizeof *counted->clusters);
	for (size_t s = 0; s < n; s++) {
		joining.gatherings[s] = (struct gathering){.parent = s, .first = s, .n = 1};
		joining.last[s] = s;
		joining.outermost[s] = counted->stations[s].cluster = NONE;
	}
	span(&joining);
	for (size_t i = 0; i + 1 < n; i++)
		join(&joining, &joining.edges[i]);
	memory_free(joining.edges);
	memory_free(joining.gatherings);
	memory_free(joining.next);
	memory_free(joining.last);
	memory_free(joining.outermost);
}
