/* solver/engines/pure_coarse.c - a first tree for very many batches: from clusters of neighbours.
 *
 * Batches of one group that live near each other are taken together, at the place of one of them,
 * and the small network of these clusters is solved first. Its prices tell which stations matter to
 * each batch, and its tree becomes the first one of all batches (network_adopt). This changes where
 * the network simplex begins, never where it ends. */
#include <math.h>

#include "solver/engines/pure_parts.h"

enum {
	MANY = 20000,      /* batches from which it pays, */
	PER_STATION = 40,  /* where there are so many for each station */
	CLUSTERS = 12      /* clusters for each station */
};

struct clustering {
	const struct pure *pure;
	uint32_t *order;      /* batches of the network, those of a cluster together */
	uint32_t *cluster;    /* of a batch */
	size_t *representative, n, room; /* of a cluster: a batch */
	int64_t *units;       /* of a cluster; its room is in units_room */
	size_t units_room, most; /* most: batches of a cluster */
};

static const struct batch *batch_at(const struct clustering *clustering, uint32_t b)
{
	return &clustering->pure->program->batches[clustering->pure->batches[b]];
}

static const double *place_of(const struct clustering *clustering, uint32_t b)
{
	return clustering->pure->program->distances->zones[batch_at(clustering, b)->zone].at;
}

static size_t group_of(const struct clustering *clustering, uint32_t b)
{
	const struct program *program = clustering->pure->program;

	return program->district
		->cells[program->members[batch_at(clustering, b)->first_member]].group;
}

/* By grade and group: only batches of one kind are taken together. */
static int compare_kinds(const struct clustering *clustering, uint32_t a, uint32_t b)
{
	int grades = batch_at(clustering, a)->grade - batch_at(clustering, b)->grade;
	size_t first = group_of(clustering, a), second = group_of(clustering, b);

	return grades != 0 ? grades : (first > second) - (first < second);
}

static int compare_batches(const void *a, const void *b, void *context)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	int kinds = compare_kinds(context, left, right);

	return kinds != 0 ? kinds : (left > right) - (left < right);
}

/* The middle of the places order[first .. end), and the axis along which they lie widest. */
static int middle_of(const struct clustering *clustering, size_t first, size_t end,
		     double middle[3])
{
	double low[3] = {INFINITY, INFINITY, INFINITY};
	double high[3] = {-INFINITY, -INFINITY, -INFINITY};
	int widest = 0;

	for (size_t k = first; k < end; k++)
		for (int i = 0; i < 3; i++) {
			double at = place_of(clustering, clustering->order[k])[i];

			low[i] = fmin(low[i], at);
			high[i] = fmax(high[i], at);
		}
	for (int i = 0; i < 3; i++) {
		middle[i] = (low[i] + high[i]) / 2;
		widest = high[i] - low[i] > high[widest] - low[widest] ? i : widest;
	}
	return widest;
}

static double square_apart(const double *a, const double *b)
{
	double square = 0;

	for (int i = 0; i < 3; i++)
		square += (a[i] - b[i]) * (a[i] - b[i]);
	return square;
}

static void make_cluster(struct clustering *clustering, size_t first, size_t end,
			 const double middle[3])
{
	uint32_t best = clustering->order[first];
	double least = square_apart(place_of(clustering, best), middle);
	int64_t units = 0;

	for (size_t k = first; k < end; k++) {
		uint32_t b = clustering->order[k];
		double square = square_apart(place_of(clustering, b), middle);

		if (square < least) {
			least = square;
			best = b;
		}
		units += batch_at(clustering, b)->units;
		clustering->cluster[b] = (uint32_t)clustering->n;
	}
	clustering->representative =
		memory_grow(clustering->representative, &clustering->room, clustering->n + 1,
			    sizeof *clustering->representative);
	clustering->units = memory_grow(clustering->units, &clustering->units_room,
					clustering->n + 1, sizeof *clustering->units);
	clustering->representative[clustering->n] = best;
	clustering->units[clustering->n++] = units;
}

/* Puts the places below the middle along an axis first; returns where the others begin. */
static size_t part(struct clustering *clustering, size_t first, size_t end, int axis, double middle)
{
	size_t at = first;

	for (size_t k = first; k < end; k++) {
		uint32_t b = clustering->order[k];

		if (place_of(clustering, b)[axis] >= middle)
			continue;
		clustering->order[k] = clustering->order[at];
		clustering->order[at++] = b;
	}
	return at;
}

/* Halves boxes until their batches are few enough, or all in one place. */
static void divide(struct clustering *clustering, size_t first, size_t end)
{
	double middle[3];
	int axis = middle_of(clustering, first, end, middle);
	size_t at = end;

	if (end - first > clustering->most)
		at = part(clustering, first, end, axis, middle[axis]);
	if (at == first || at == end) {
		make_cluster(clustering, first, end, middle);
		return;
	}
	divide(clustering, first, at);
	divide(clustering, at, end);
}

static void make_clusters(struct clustering *clustering)
{
	size_t n = clustering->pure->n_batches, first = 0;

	clustering->order = memory_array(n, sizeof *clustering->order);
	clustering->cluster = memory_array(n, sizeof *clustering->cluster);
	clustering->most = n / (CLUSTERS * clustering->pure->n_stations) + 1;
	for (size_t b = 0; b < n; b++)
		clustering->order[b] = (uint32_t)b;
	memory_sort(clustering->order, n, sizeof *clustering->order, compare_batches,
		    clustering);
	for (size_t i = 1; i <= n; i++) {
		if (i < n && compare_kinds(clustering, clustering->order[first],
					   clustering->order[i]) == 0)
			continue;
		divide(clustering, first, i);
		first = i;
	}
}

/* The clusters as a network of their own, of the first group of levels. */
static struct pure *coarse_open(const struct pure *pure, const struct clustering *clustering)
{
	struct pure *coarse = memory_array(1, sizeof *coarse);

	*coarse = (struct pure){.block = pure->block, .program = pure->program,
				.n_stations = pure->n_stations, .offerings = pure->offerings,
				.station_of = pure->station_of, .weights = pure->weights,
				.scale = pure->scale, .groups = pure->groups, .n_groups = 1};
	coarse->n_batches = clustering->n;
	coarse->batches = memory_array(clustering->n, sizeof *coarse->batches);
	for (size_t c = 0; c < clustering->n; c++)
		coarse->batches[c] = pure->batches[clustering->representative[c]];
	pure_state(coarse, clustering->units);
	pure_add_nearest(coarse);
	return coarse;
}

/* What is shared with the network of all batches stays. */
static void coarse_close(struct pure *coarse)
{
	network_close(coarse->network);
	pure_free_prices(coarse);
	memory_free(coarse->batches);
	memory_free(coarse);
}

bool pure_start_coarse(struct pure *pure)
{
	struct clustering clustering = {.pure = pure};
	struct pure *coarse;

	if (pure->n_batches < MANY || pure->n_batches < PER_STATION * pure->n_stations ||
	    pure->n_stations == 0 || !pure->program->distances->zones)
		return false;
	make_clusters(&clustering);
	coarse = coarse_open(pure, &clustering);
	if (pure_solve(coarse) == PURE_DONE) {
		pure_add_cheapest(pure, coarse);
		pure_add_links(pure, coarse, clustering.cluster);
		network_adopt(pure->network, coarse->network, clustering.cluster);
	} else {
		pure_add_nearest(pure);
	}
	coarse_close(coarse);
	memory_free(clustering.order);
	memory_free(clustering.cluster);
	memory_free(clustering.representative);
	memory_free(clustering.units);
	return true;
}
