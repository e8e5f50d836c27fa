/* solver/engines/pure_pricing.c - finding the pairs that matter among all pairs.
 *
 * A pair can improve the flow only if its cost and the station's price are less than the batch's
 * price. A walk over the places near the zone leaves out every box of the tree whose least distance
 * and least price already say no, so that all pairs are priced without looking at most of them. */
#include "solver/engines/pure_parts.h"

enum {
	NEAREST = 8,  /* lanes a batch begins with */
	PER_ROUND = 4, /* lanes a batch may gain in one round of pricing */
	MOST_LINKS = 6 /* stations of a split cluster that its batches gain lanes to */
};

struct found {
	int64_t gain, cost;
	size_t station;
};

/* The walk for one batch. */
struct pricing {
	struct pure *pure;
	const struct level_group *group;
	const struct prices *prices;
	struct routes routes;
	size_t batch;
	int64_t price;       /* of the batch */
	int64_t below;       /* a pair is looked for whose reduced cost is below it */
	struct found found[PER_ROUND];
	size_t n_found;
	void (*take)(void *context, size_t batch, size_t station, int64_t cost);
	void *context;
};

static void set_prices(struct pure *pure)
{
	const struct program *program = pure->program;

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		const struct places *places = &program->places[g];
		struct prices *prices = &pure->prices[g];

		if (!pure->block->grades[g])
			continue;
		if (!prices->item) {
			prices->item = memory_array(places->n, sizeof *prices->item);
			prices->node = memory_array(places->n_nodes, sizeof *prices->node);
		}
		for (size_t i = 0; i < places->n; i++) {
			size_t station = pure->station_of[program->offerings_of_grade[g][i]];

			prices->item[i] = station == NONE ? NETWORK_CLOSED
					: network_station_price(pure->network, station);
		}
		places_least(places, prices->item, prices->node);
	}
}

static bool may_matter(void *context, size_t node, int64_t least)
{
	const struct pricing *pricing = context;

	return pure_group_lane(pricing->group, &pricing->routes, least) +
		       pricing->prices->node[node] - pricing->price < pricing->below;
}

/* Whether the pair has no reduced cost in any earlier group. */
static bool on_faces(const struct pricing *pricing, size_t station, int64_t metres)
{
	const struct pure *pure = pricing->pure;

	for (size_t g = 0; g < pure->group; g++) {
		const struct level_group *group = &pure->groups[g];

		if (pure_group_lane(group, &pricing->routes, metres) +
			    group->station_price[station] != group->batch_price[pricing->batch])
			return false;
	}
	return true;
}

static void keep_best(struct pricing *pricing, struct found one)
{
	size_t i = pricing->n_found < PER_ROUND ? pricing->n_found++ : PER_ROUND - 1;

	for (; i > 0 && pricing->found[i - 1].gain > one.gain; i--)
		pricing->found[i] = pricing->found[i - 1];
	pricing->found[i] = one;
	if (pricing->n_found == PER_ROUND)
		pricing->below = pricing->found[PER_ROUND - 1].gain;
}

/* The station of an item whose reduced cost is low enough, if the batch may go there; or NONE. */
static size_t station_at(const struct pricing *pricing, size_t item, int64_t metres)
{
	const struct pure *pure = pricing->pure;
	size_t station = pure->station_of[pricing->routes.offerings[item]];
	struct arc arc;

	if (station == NONE || !routes_arc(&pricing->routes, item, metres, &arc) ||
	    !on_faces(pricing, station, metres))
		return NONE;
	return pure_enter(pure, pure->batches[pricing->batch], station);
}

/* What a gate costs beyond the station behind it. */
static int64_t gate_price(const struct pricing *pricing, size_t station)
{
	const struct pure *pure = pricing->pure;
	size_t behind = pure_behind(pure, station);

	return behind == station ? 0
				 : network_station_price(pure->network, station) -
					   network_station_price(pure->network, behind);
}

static void take_better(void *context, size_t item, int64_t metres)
{
	struct pricing *pricing = context;
	int64_t cost = pure_group_lane(pricing->group, &pricing->routes, metres);
	int64_t gain = cost + pricing->prices->item[item] - pricing->price;
	size_t station;

	if (gain >= pricing->below)
		return;
	station = station_at(pricing, item, metres);
	if (station == NONE)
		return;
	gain += gate_price(pricing, station);
	if (gain < pricing->below)
		keep_best(pricing, (struct found){gain, cost, station});
}

static void open_pricing(struct pricing *pricing, struct pure *pure, size_t b, int64_t below)
{
	size_t batch = pure->batches[b];

	*pricing = (struct pricing){.pure = pure, .group = &pure->groups[pure->group],
				    .prices = &pure->prices[pure->program->batches[batch].grade],
				    .batch = b, .below = below};
	pricing->price = network_batch_price(pure->network, b);
	routes_open(pure->program, batch, &pricing->routes);
}

static void walk(struct pricing *pricing, const struct places_visitor *visitor)
{
	const struct batch *batch = pricing->routes.batch;

	places_walk(&pricing->pure->program->places[batch->grade], batch->zone, visitor, pricing);
	routes_close(&pricing->routes);
}

/* Lanes for the best pairs below what is looked for. Returns how many. */
static size_t add_better(struct pricing *pricing)
{
	static const struct places_visitor visitor = {may_matter, take_better};

	walk(pricing, &visitor);
	for (size_t i = 0; i < pricing->n_found; i++)
		network_lane(pricing->pure->network, pricing->batch, pricing->found[i].station,
			     pricing->found[i].cost);
	return pricing->n_found;
}

void pure_add_cheapest(struct pure *pure, struct pure *priced)
{
	set_prices(priced);
	for (size_t b = 0; b < pure->n_batches; b++) {
		struct pricing pricing;

		open_pricing(&pricing, pure, b, NETWORK_CLOSED);
		pricing.price = 0;
		pricing.prices = &priced->prices[pricing.routes.batch->grade];
		add_better(&pricing);
	}
}

/* The stations of the split clusters. */
struct links {
	struct pure *pure;
	const uint32_t *cluster;
	size_t (*of_cluster)[MOST_LINKS]; /* stations, NONE behind the last */
};

static void take_link(void *context, size_t cluster, size_t station, int64_t cost,
		      enum network_state state)
{
	struct links *links = context;

	(void)cost;
	for (size_t i = 0; state == NETWORK_BASIC && i < MOST_LINKS; i++)
		if (links->of_cluster[cluster][i] == NONE) {
			links->of_cluster[cluster][i] = station;
			return;
		}
}

/* Lanes of one batch to the stations of its cluster, where it may go there. */
static void add_links(const struct links *links, size_t b)
{
	struct pure *pure = links->pure;
	const size_t *stations = links->of_cluster[links->cluster[b]];

	for (size_t i = 0; i < MOST_LINKS && stations[i] != NONE; i++) {
		int64_t cost;

		if (!network_has_lane(pure->network, b, stations[i]) &&
		    pure_lane_cost(pure, b, stations[i], &cost))
			network_lane(pure->network, b, stations[i], cost);
	}
}

void pure_add_links(struct pure *pure, const struct pure *coarse, const uint32_t *cluster)
{
	static const struct network_basis basis = {.lane = take_link};
	struct links links = {.pure = pure, .cluster = cluster};

	links.of_cluster = memory_array(coarse->n_batches, sizeof *links.of_cluster);
	for (size_t c = 0; c < coarse->n_batches; c++)
		for (size_t i = 0; i < MOST_LINKS; i++)
			links.of_cluster[c][i] = NONE;
	network_basis(coarse->network, &basis, &links);
	for (size_t b = 0; b < pure->n_batches; b++)
		add_links(&links, b);
	memory_free(links.of_cluster);
}

size_t pure_price(struct pure *pure)
{
	size_t added = 0;

	set_prices(pure);
	for (size_t b = 0; b < pure->n_batches; b++) {
		struct pricing pricing;

		open_pricing(&pricing, pure, b, 0);
		added += add_better(&pricing);
	}
	return added;
}

void pure_add_nearest(struct pure *pure)
{
	const struct level_group *group = &pure->groups[pure->group];
	struct arc arcs[NEAREST];

	network_expect(pure->network, NEAREST * pure->n_batches);
	for (size_t b = 0; b < pure->n_batches; b++) {
		struct routes routes;
		size_t n;

		routes_open(pure->program, pure->batches[b], &routes);
		n = routes_nearest(&routes, arcs, NEAREST);
		for (size_t i = 0; i < n; i++)
			network_lane(pure->network, b,
				     pure_enter(pure, pure->batches[b],
						pure->station_of[arcs[i].offering]),
				     pure_group_lane(group, &routes, arcs[i].metres));
		routes_close(&routes);
	}
}

static void take_within(void *context, size_t item, int64_t metres)
{
	struct pricing *pricing = context;
	int64_t cost = pure_group_lane(pricing->group, &pricing->routes, metres);
	size_t station;

	if (cost + pricing->prices->item[item] - pricing->price >= pricing->below)
		return;
	station = station_at(pricing, item, metres);
	if (station != NONE &&
	    cost + pricing->prices->item[item] + gate_price(pricing, station) - pricing->price <
		    pricing->below &&
	    !network_has_lane(pricing->pure->network, pricing->batch, station))
		pricing->take(pricing->context, pricing->batch, station, cost);
}

void pure_pairs_within(struct pure *pure, int64_t gap,
		       void (*take)(void *context, size_t batch, size_t station, int64_t cost),
		       void *context)
{
	static const struct places_visitor visitor = {may_matter, take_within};
	struct pricing pricing;

	set_prices(pure);
	for (size_t b = 0; b < pure->n_batches; b++) {
		open_pricing(&pricing, pure, b, gap + 1);
		pricing.take = take;
		pricing.context = context;
		walk(&pricing, &visitor);
	}
}
