/* solver/engines/network_results.c - prices, flows and the basis of a network. */
#include "solver/engines/network_parts.h"

int64_t network_batch_price(const struct network *network, size_t batch)
{
	return batch_price(network, &network->batches[batch]);
}

int64_t network_station_price(const struct network *network, size_t station)
{
	return network->price[station + 1];
}

int64_t network_station_part(const struct network *network, size_t station, int64_t modulus)
{
	int64_t sum = 0;

	for (int x = (int)station + 1; x > ROOT; x = network->nodes[x].parent)
		sum += leads_down(network, x) ? -(network->nodes[x].cost % modulus)
					      : network->nodes[x].cost % modulus;
	return sum;
}

int64_t network_batch_units(const struct network *network, size_t batch)
{
	return network->batches[batch].units;
}

size_t network_pivots(const struct network *network)
{
	return network->pivots;
}

/* --- flows ----------------------------------------------------------------------------------- */

/* Units that a split batch sends to a station: over its own arc, or down to a child. */
static int64_t split_flow(const struct network *network, int node, uint32_t station)
{
	const struct node *child = &network->nodes[station];

	if (network->nodes[node].parent == (int)station)
		return network->nodes[node].flow;
	return child->parent == node ? child->flow : 0;
}

void network_flows(const struct network *network,
		   void (*take)(void *context, size_t batch, size_t station, int64_t units),
		   void *context)
{
	for (size_t b = 0; b < network->n_batches; b++) {
		const struct batch *batch = &network->batches[b];

		if (batch->node == NO_NODE) {
			if (batch->home != ROOT && batch->units > 0)
				take(context, b, (size_t)batch->home - 1, batch->units);
			continue;
		}
		for (size_t i = batch->first_lane; i < batch->first_lane + batch->n_lanes; i++) {
			uint32_t station = network->lane_node[i];
			int64_t units = split_flow(network, batch->node, station);

			if (units > 0)
				take(context, b, (size_t)station - 1, units);
		}
	}
}

struct costing {
	const struct network *network;
	int64_t cost, *left;
};

static void add_flow(void *context, size_t batch, size_t station, int64_t units)
{
	struct costing *costing = context;
	const struct network *network = costing->network;

	costing->left[batch] -= units;
	costing->cost += units * network->lane_cost[network_find_lane(network, batch,
								       (int)station + 1)];
}

/* Of the full tiers of an outlet. */
static int64_t full_cost(const struct network *network, const struct outlet *outlet)
{
	int64_t cost = 0;

	for (size_t i = 0; i < outlet->tier; i++)
		cost += tier_of(network, outlet, i)->width * tier_of(network, outlet, i)->cost;
	return cost;
}

/* Of what stations pass on. */
static int64_t outlets_cost(const struct network *network)
{
	int64_t cost = 0;

	for (int x = 1; x <= (int)network->n_stations; x++) {
		const struct node *node = &network->nodes[x];

		cost += full_cost(network, &station_of(network, x)->root) +
			full_cost(network, &station_of(network, x)->over);
		if (node->parent != NO_NODE && outlet_above(network, x))
			cost += node->flow * node->cost;
	}
	return cost;
}

int64_t network_cost(const struct network *network)
{
	struct costing costing = {.network = network, .cost = outlets_cost(network)};

	costing.left = memory_array(network->n_batches, sizeof *costing.left);
	for (size_t b = 0; b < network->n_batches; b++)
		costing.left[b] = network->batches[b].units;
	network_flows(network, add_flow, &costing);
	for (size_t b = 0; b < network->n_batches; b++)
		if (costing.left[b] > 0)
			costing.cost += costing.left[b] * network->batches[b].unplaced;
	memory_free(costing.left);
	return costing.cost;
}

/* --- the basis ------------------------------------------------------------------------------- */

/* Whether the arc from the batch to the node is in the tree. */
static bool in_tree(const struct network *network, const struct batch *batch, int to)
{
	if (batch->node == NO_NODE)
		return batch->home == to;
	return network->nodes[batch->node].parent == to ||
	       (to != ROOT && network->nodes[to].parent == batch->node);
}

static void tell_batch(const struct network *network, size_t b, const struct network_basis *basis,
		       void *context)
{
	const struct batch *batch = &network->batches[b];

	if (basis->unplaced)
		basis->unplaced(context, b, batch->unplaced,
				in_tree(network, batch, ROOT) ? NETWORK_BASIC : NETWORK_EMPTY);
	for (size_t i = batch->first_lane; basis->lane && i < batch->first_lane + batch->n_lanes;
	     i++)
		basis->lane(context, b, (size_t)network->lane_node[i] - 1, network->lane_cost[i],
			    in_tree(network, batch, (int)network->lane_node[i]) ? NETWORK_BASIC
										: NETWORK_EMPTY);
}

static enum network_state tier_state(const struct network *network, size_t station, size_t tier)
{
	const struct outlet *here = &network->stations[station].root;

	if (tier != here->tier)
		return tier < here->tier ? NETWORK_FULL : NETWORK_EMPTY;
	return network->nodes[station + 1].parent == ROOT ? NETWORK_BASIC : NETWORK_EMPTY;
}

void network_basis(const struct network *network, const struct network_basis *basis, void *context)
{
	for (size_t b = 0; b < network->n_batches; b++)
		tell_batch(network, b, basis, context);
	for (size_t s = 0; basis->tier && s < network->n_stations; s++)
		for (size_t i = 0; i < network->stations[s].root.n_tiers; i++)
			basis->tier(context, s, i, tier_state(network, s, i));
}

size_t network_n_batches(const struct network *network)
{
	return network->n_batches;
}

size_t network_n_stations(const struct network *network)
{
	return network->n_stations;
}

bool network_has_room(const struct network *network, size_t station)
{
	return network->nodes[station + 1].parent != NO_NODE;
}

int64_t network_width(const struct network *network, size_t station, size_t tier)
{
	return tier_of(network, &network->stations[station].root, tier)->width;
}

int64_t network_cost_of_tier(const struct network *network, size_t station, size_t tier)
{
	return tier_of(network, &network->stations[station].root, tier)->cost;
}

int64_t network_cost_of_lane(const struct network *network, size_t batch, size_t station)
{
	return network->lane_cost[network_find_lane(network, batch, (int)station + 1)];
}

/* Units in a tier of an outlet whose arc is that of the tree above `node`, or of none (NO_NODE). */
static int64_t units_in(const struct network *network, const struct outlet *outlet, size_t tier,
			int node)
{
	if (tier != outlet->tier)
		return tier < outlet->tier ? tier_of(network, outlet, tier)->width : 0;
	return node == NO_NODE ? 0 : network->nodes[node].flow;
}

int64_t network_tier_units(const struct network *network, size_t station, size_t tier)
{
	int node = (int)station + 1;

	return units_in(network, &network->stations[station].root, tier,
			network->nodes[node].parent == ROOT ? node : NO_NODE);
}

/* The node whose arc to its parent is what the station passes to its hub, or NO_NODE. */
static int over_node(const struct network *network, size_t station)
{
	int node = (int)station + 1, hub = network->stations[station].hub;

	if (hub == NO_NODE || network->nodes[node].parent == hub)
		return hub == NO_NODE ? NO_NODE : node;
	return network->nodes[hub].parent == node ? hub : NO_NODE;
}

int64_t network_overflow_units(const struct network *network, size_t station, size_t tier)
{
	if (network->stations[station].hub == NO_NODE)
		return 0;
	return units_in(network, &network->stations[station].over, tier,
			over_node(network, station));
}

int64_t network_overflow_total(const struct network *network, size_t station)
{
	const struct outlet *outlet = &network->stations[station].over;
	int node = over_node(network, station);
	int64_t units = node == NO_NODE ? 0 : network->nodes[node].flow;

	for (size_t i = 0; i < outlet->tier; i++)
		units += tier_of(network, outlet, i)->width;
	return units;
}
