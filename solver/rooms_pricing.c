/* solver/rooms_pricing.c - pairs that matter, and the dual over all pairs, of a network with rooms.
 *
 * The walks are those of solver/engines/pure_pricing.c: a box of the tree of places is left out
 * where its least distance and least price already say no. */
#include "solver/rooms_parts.h"

enum { NEAREST = 8 /* lanes a batch begins with */, PER_ROUND = 2 /* and may gain in one */ };

struct found {
	int64_t sum, cost; /* way and price; way */
	size_t station;
};

/* The walk for one batch: its cheapest pairs below a sum. */
struct walk {
	const struct room_network *network;
	const struct routes *routes;
	const struct room_prices *prices;
	int64_t below;
	size_t most;       /* pairs looked for */
	struct found found[PER_ROUND];
	size_t n_found;
};

static void set_prices(struct room_network *network)
{
	const struct program *program = network->program;

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		const struct places *places = &program->places[g];
		struct room_prices *prices = &network->prices[g];

		if (!network->grades[g])
			continue;
		if (!prices->item) {
			prices->item = memory_array(places->n, sizeof *prices->item);
			prices->node = memory_array(places->n_nodes, sizeof *prices->node);
		}
		for (size_t i = 0; i < places->n; i++)
			prices->item[i] = network_station_price(
				network->network,
				network->station_of[program->offerings_of_grade[g][i]]);
		places_least(places, prices->item, prices->node);
	}
}

static bool may_matter(void *context, size_t node, int64_t least)
{
	const struct walk *walk = context;

	return room_lane_cost(walk->network, walk->routes, least) + walk->prices->node[node] <
	       walk->below;
}

static void keep(struct walk *walk, struct found one)
{
	size_t i = walk->n_found < walk->most ? walk->n_found++ : walk->most - 1;

	for (; i > 0 && walk->found[i - 1].sum > one.sum; i--)
		walk->found[i] = walk->found[i - 1];
	walk->found[i] = one;
	if (walk->n_found == walk->most)
		walk->below = walk->found[walk->most - 1].sum;
}

static void take_cheaper(void *context, size_t item, int64_t metres)
{
	struct walk *walk = context;
	int64_t cost = room_lane_cost(walk->network, walk->routes, metres);
	int64_t sum = cost + walk->prices->item[item];
	struct arc arc;

	if (sum < walk->below && routes_arc(walk->routes, item, metres, &arc))
		keep(walk, (struct found){sum, cost, walk->network->station_of[arc.offering]});
}

static void walk_places(struct walk *walk, const struct room_network *network, size_t batch,
			int64_t below, size_t most)
{
	static const struct places_visitor visitor = {may_matter, take_cheaper};
	const struct routes *routes = &network->routes[batch];
	int grade = routes->batch->grade;

	*walk = (struct walk){.network = network, .routes = routes,
			      .prices = &network->prices[grade], .below = below, .most = most};
	places_walk(&network->program->places[grade], routes->batch->zone, &visitor, walk);
}

size_t room_price(struct room_network *network)
{
	size_t added = 0;

	set_prices(network);
	for (size_t b = 0; b < network->n_batches; b++) {
		struct walk walk;

		walk_places(&walk, network, b, network_batch_price(network->network, b), PER_ROUND);
		for (size_t i = 0; i < walk.n_found; i++)
			network_lane(network->network, b, walk.found[i].station,
				     walk.found[i].cost);
		added += walk.n_found;
	}
	return added;
}

void room_add_nearest(struct room_network *network)
{
	struct arc arcs[NEAREST];

	network_expect(network->network, NEAREST * network->n_batches);
	for (size_t b = 0; b < network->n_batches; b++) {
		size_t n = routes_nearest(&network->routes[b], arcs, NEAREST);

		for (size_t i = 0; i < n; i++)
			network_lane(network->network, b, network->station_of[arcs[i].offering],
				     room_lane_cost(network, &network->routes[b], arcs[i].metres));
	}
}

room_value room_network_bound(struct room_network *network)
{
	room_value sum = 0;

	set_prices(network);
	for (size_t b = 0; b < network->n_batches; b++) {
		const struct batch *batch = network->routes[b].batch;
		struct walk walk;

		walk_places(&walk, network, b, room_unplaced_cost(network, b), 1);
		sum += (room_value)(batch->units * batch->size) * walk.below;
	}
	for (size_t s = 0; s < network->n_stations; s++)
		sum += room_station_dual(network, &network->shapes[s],
					 network_station_price(network->network, s));
	return sum;
}

int64_t room_worth(const struct room_network *network, size_t offering)
{
	const struct program *program = network->program;
	size_t item = program->item_of[offering];
	size_t school = program->district->offerings[offering].school;
	int64_t worth = 0;

	for (size_t b = 0; b < network->n_batches; b++) {
		const struct routes *routes = &network->routes[b];
		int64_t metres = distance_metres(program->distances, routes->batch->zone, school);
		int64_t left = network_batch_price(network->network, b);
		struct arc arc;

		if (metres == UNREACHABLE)
			continue;
		left -= room_lane_cost(network, routes, metres);
		if (left > worth && routes_arc(routes, item, metres, &arc))
			worth = left;
	}
	return worth;
}
