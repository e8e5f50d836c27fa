#include "solver/engines/network.h"

#include "solver/engines/network_parts.h"

enum {
	PRICED = 16,      /* batches priced before the best lane found enters */
	STOP_EVERY = 8192, /* pivots between two looks at stop: some milliseconds */
	FEW = 50          /* batches for each station up to which first homes pay */
};

/* --- stating it ------------------------------------------------------------------------------ */

struct network *network_open(size_t n_batches, const int64_t *units, size_t n_stations)
{
	struct network *network = memory_array(1, sizeof *network);
	size_t spare = n_stations + 3; /* a tree splits no more batches than it joins stations */

	network->n_batches = n_batches;
	network->n_stations = n_stations;
	network->n_nodes = n_stations + 1 + spare;
	network->batches = memory_array(n_batches, sizeof *network->batches);
	network->stations = memory_array(n_stations, sizeof *network->stations);
	network->nodes = memory_array(network->n_nodes, sizeof *network->nodes);
	network->price = memory_array(network->n_nodes, sizeof *network->price);
	network->spare = memory_array(spare, sizeof *network->spare);
	for (size_t b = 0; b < n_batches; b++)
		network->batches[b] = (struct batch){.units = units[b], .node = NO_NODE};
	for (size_t i = spare; i > 0; i--)
		network->spare[network->n_spare++] = (int)(n_stations + i);
	for (size_t i = 0; i <= n_stations; i++)
		network->nodes[i] = (struct node){.parent = NO_NODE, .first_child = NO_NODE,
						  .next = NO_NODE, .before = NO_NODE};
	for (size_t s = 0; s < n_stations; s++)
		network->stations[s].hub = NO_NODE;
	return network;
}

void network_close(struct network *network)
{
	memory_free(network->batches);
	memory_free(network->stations);
	memory_free(network->tiers);
	memory_free(network->lane_cost);
	memory_free(network->lane_node);
	memory_free(network->nodes);
	memory_free(network->price);
	memory_free(network->spare);
	memory_free(network);
}

void network_unplaced(struct network *network, size_t batch, int64_t cost)
{
	network->batches[batch].unplaced = cost;
	network->repriced = true;
}

/* One tier more for an outlet, whose tiers move to the end of all, so that they can grow, unless
 * they are there: they mostly are. */
static void add_tier(struct network *network, struct outlet *here, int64_t width, int64_t cost)
{
	size_t end = here->first_tier + here->n_tiers;

	network->tiers = memory_grow(network->tiers, &network->tiers_room,
				     network->n_tiers + here->n_tiers + 1, sizeof *network->tiers);
	if (here->n_tiers == 0 || end != network->n_tiers) {
		for (size_t i = 0; i < here->n_tiers; i++)
			network->tiers[network->n_tiers + i] = network->tiers[here->first_tier + i];
		here->first_tier = network->n_tiers;
		network->n_tiers += here->n_tiers;
	}
	network->tiers[network->n_tiers++] = (struct tier){width, cost};
	here->high = ++here->n_tiers;
}

void network_tier(struct network *network, size_t station, int64_t width, int64_t cost)
{
	add_tier(network, &network->stations[station].root, width, cost);
}

void network_overflow(struct network *network, size_t station, size_t hub, int64_t width,
		      int64_t cost)
{
	network->stations[station].hub = (int)hub + 1;
	add_tier(network, &network->stations[station].over, width, cost);
}

void network_expect(struct network *network, size_t n_lanes)
{
	size_t room = network->lanes_room;

	network->lane_cost = memory_grow(network->lane_cost, &room, n_lanes,
					 sizeof *network->lane_cost);
	network->lane_node = memory_grow(network->lane_node, &network->lanes_room, n_lanes,
					 sizeof *network->lane_node);
}

/* Makes room for one lane more of a batch: behind its own if they are the last, else all of its
 * lanes move to the end, with some room to grow. */
static void widen_lanes(struct network *network, struct batch *batch)
{
	uint32_t room = batch->n_lanes + (batch->n_lanes ? batch->n_lanes / 2 + 2 : 1);
	size_t first = network->n_lanes;

	if (batch->n_lanes > 0 && batch->first_lane + batch->n_lanes == first) {
		room = batch->n_lanes + 1;
		first = batch->first_lane;
	}
	if (first + room > network->lanes_room)
		network_expect(network, first + room);
	for (size_t i = 0; first != batch->first_lane && i < batch->n_lanes; i++) {
		network->lane_cost[first + i] = network->lane_cost[batch->first_lane + i];
		network->lane_node[first + i] = network->lane_node[batch->first_lane + i];
	}
	batch->first_lane = first;
	batch->room = room;
	network->n_lanes = first + room;
}

void network_lane(struct network *network, size_t batch, size_t station, int64_t cost)
{
	struct batch *here = &network->batches[batch];

	if (here->n_lanes == here->room)
		widen_lanes(network, here);
	network->lane_cost[here->first_lane + here->n_lanes] = cost;
	network->lane_node[here->first_lane + here->n_lanes] = (uint32_t)station + 1;
	here->n_lanes++;
}

size_t network_find_lane(const struct network *network, size_t batch, int node)
{
	const struct batch *here = &network->batches[batch];

	for (size_t i = here->first_lane; i < here->first_lane + here->n_lanes; i++)
		if (network->lane_node[i] == (uint32_t)node)
			return i;
	return SIZE_MAX;
}

bool network_has_lane(const struct network *network, size_t batch, size_t station)
{
	return network_find_lane(network, batch, (int)station + 1) != SIZE_MAX;
}

/* --- the first tree -------------------------------------------------------------------------- */

/* Loads of the stations while batches find their first homes; a unit of room is left in each, so
 * that its arc to the root can always take one more. */
struct filling {
	int64_t load, room, below; /* room: up to which load; below: of the tiers before `tier` */
	size_t tier;
};

static int64_t marginal(const struct network *network, const struct filling *filling, int node)
{
	return tier_of(network, &station_of(network, node)->root, filling->tier)->cost;
}

/* Whether batches begin where they like best, first come, first served. Where very many small ones
 * do, most of them must move again; then they come one by one, each by a pivot, from unplaced. */
static bool gives_homes(const struct network *network)
{
	return network->n_batches < FEW * network->n_stations;
}

/* The cheapest station with room for all units of the batch, or ROOT; its lane's cost. */
static int first_home(const struct network *network, const struct filling *fillings,
		      const struct batch *batch, int64_t *cost)
{
	int64_t least = batch->unplaced;
	int home = ROOT;

	*cost = batch->unplaced;
	for (size_t i = batch->first_lane; i < batch->first_lane + batch->n_lanes; i++) {
		int node = (int)network->lane_node[i];
		const struct filling *filling = &fillings[node - 1];

		if (filling->load + batch->units > filling->room ||
		    network->lane_cost[i] + marginal(network, filling, node) >= least)
			continue;
		least = network->lane_cost[i] + marginal(network, filling, node);
		*cost = network->lane_cost[i];
		home = node;
	}
	return home;
}

static void fill(const struct network *network, struct filling *filling, int node, int64_t units)
{
	const struct outlet *outlet = &station_of(network, node)->root;

	filling->load += units;
	while (filling->load - filling->below >= tier_of(network, outlet, filling->tier)->width)
		filling->below += tier_of(network, outlet, filling->tier++)->width;
}

static void start(struct network *network)
{
	struct filling *fillings = memory_array(network->n_stations, sizeof *fillings);

	for (size_t s = 0; s < network->n_stations; s++) {
		fillings[s].room = tree_total(network, (int)s + 1) - 1;
		if (fillings[s].room >= 0)
			fill(network, &fillings[s], (int)s + 1, 0);
	}
	for (size_t b = 0; b < network->n_batches; b++) {
		struct batch *batch = &network->batches[b];

		batch->home = ROOT;
		batch->home_cost = batch->unplaced;
		if (gives_homes(network))
			batch->home = first_home(network, fillings, batch, &batch->home_cost);
		if (batch->home != ROOT)
			fill(network, &fillings[batch->home - 1], batch->home, batch->units);
	}
	for (size_t s = 0; s < network->n_stations; s++)
		tree_root_station(network, (int)s + 1, fillings[s].load);
	tree_price_all(network);
	memory_free(fillings);
	network->started = true;
	network->changed = network->repriced = false;
}

/* --- pricing --------------------------------------------------------------------------------- */

static void price_batch(const struct network *network, size_t b, struct entering *best)
{
	const struct batch *batch = &network->batches[b];
	int64_t price = batch_price(network, batch);
	size_t end = batch->first_lane + batch->n_lanes, found = end;
	int64_t gain = best->gain;

	if (batch->unplaced - price < gain) {
		gain = batch->unplaced - price;
		*best = (struct entering){.to = ROOT, .cost = batch->unplaced, .gain = gain,
					  .room = INT64_MAX, .batch = b, .of_batch = true};
	}
	for (size_t i = batch->first_lane; i < end; i++) {
		int64_t one = network->lane_cost[i] + network->price[network->lane_node[i]] - price;

		if (one < gain) {
			gain = one;
			found = i;
		}
	}
	if (found < end)
		*best = (struct entering){.to = (int)network->lane_node[found],
					  .cost = network->lane_cost[found], .gain = gain,
					  .room = INT64_MAX, .batch = b, .of_batch = true};
}

/* An outlet that is not in the tree may pass on more units, or give some back. */
static void price_outlet(const struct network *network, int node, int head, struct outlet *outlet,
			 struct entering *best)
{
	int64_t price = network->price[node] - network->price[head];

	if (outlet->tier < outlet->high) {
		const struct tier *tier = tier_of(network, outlet, outlet->tier);

		if (tier->cost - price < best->gain)
			*best = (struct entering){.from = node, .to = head, .cost = tier->cost,
						  .gain = tier->cost - price,
						  .room = tier->width, .outlet = outlet};
	}
	if (outlet->tier > outlet->low) {
		const struct tier *tier = tier_of(network, outlet, outlet->tier - 1);

		if (price - tier->cost < best->gain)
			*best = (struct entering){.from = head, .to = node, .cost = tier->cost,
						  .gain = price - tier->cost,
						  .room = tier->width, .outlet = outlet,
						  .emptying = true};
	}
}

static void price_station(const struct network *network, size_t s, struct entering *best)
{
	struct station *station = &network->stations[s];
	int node = (int)s + 1, parent = network->nodes[node].parent, hub = station->hub;

	if (parent == NO_NODE)
		return;
	if (parent != ROOT)
		price_outlet(network, node, ROOT, &station->root, best);
	if (hub != NO_NODE && parent != hub && network->nodes[hub].parent != node &&
	    network->nodes[hub].parent != NO_NODE)
		price_outlet(network, node, hub, &station->over, best);
}

/* The best of the next few batches and stations that have anything to gain; false: none has. */
static bool find_entering(struct network *network, struct entering *best)
{
	size_t n = network->n_batches + network->n_stations, few = 0;

	*best = (struct entering){.gain = 0};
	for (size_t seen = 0; seen < n; seen++) {
		size_t at = network->next;

		network->next = at + 1 < n ? at + 1 : 0;
		if (at < network->n_batches)
			price_batch(network, at, best);
		else
			price_station(network, at - network->n_batches, best);
		if (++few >= PRICED && best->gain < 0)
			return true;
	}
	return best->gain < 0;
}

int network_solve(struct network *network, bool (*stop)(void))
{
	struct entering entering;

	if (!network->started)
		start(network);
	else if (network->changed || network->repriced)
		network_settle(network);
	while (find_entering(network, &entering)) {
		if (stop && network->pivots % STOP_EVERY == STOP_EVERY - 1 && stop())
			return 1;
		tree_pivot(network, &entering);
	}
	return 0;
}
