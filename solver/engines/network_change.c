/* solver/engines/network_change.c - new numbers for a network that has a tree; snapshots of it. */
#include <string.h>

#include "solver/engines/network_parts.h"

/* --- setting --------------------------------------------------------------------------------- */

void network_units(struct network *network, size_t batch, int64_t units)
{
	network->batches[batch].units = units;
	network->changed = true;
	network->version++;
}

void network_lane_cost(struct network *network, size_t batch, size_t station, int64_t cost)
{
	size_t lane = network_find_lane(network, batch, (int)station + 1);

	if (lane == SIZE_MAX) {
		network_lane(network, batch, station, cost);
		return;
	}
	network->lane_cost[lane] = cost;
	network->repriced = true;
}

void network_tier_cost(struct network *network, size_t station, size_t tier, int64_t cost)
{
	tier_of(network, &network->stations[station].root, tier)->cost = cost;
	network->repriced = true;
}

void network_overflow_cost(struct network *network, size_t station, size_t tier, int64_t cost)
{
	tier_of(network, &network->stations[station].over, tier)->cost = cost;
	network->repriced = true;
}

void network_tier_width(struct network *network, size_t station, size_t tier, int64_t width)
{
	tier_of(network, &network->stations[station].root, tier)->width = width;
	network->changed = true;
	network->version++;
}

void network_overflow_width(struct network *network, size_t station, size_t tier, int64_t width)
{
	tier_of(network, &network->stations[station].over, tier)->width = width;
	network->changed = true;
	network->version++;
}

void network_recost(struct network *network, const struct network_costs *costs, void *context)
{
	for (size_t b = 0; b < network->n_batches; b++) {
		struct batch *batch = &network->batches[b];

		if (batch->unplaced != NETWORK_CLOSED)
			batch->unplaced = costs->unplaced(context, b);
		for (size_t i = batch->first_lane; i < batch->first_lane + batch->n_lanes; i++)
			network->lane_cost[i] =
				costs->lane(context, b, (size_t)network->lane_node[i] - 1);
	}
	for (size_t s = 0; s < network->n_stations; s++)
		for (size_t i = 0; i < network->stations[s].root.n_tiers; i++)
			tier_of(network, &network->stations[s].root, i)->cost =
				costs->tier(context, s, i);
	network->repriced = true;
}

/* --- keeping an optimum ---------------------------------------------------------------------- */

static void keep_lanes(struct network *network, struct batch *batch)
{
	int64_t price = batch_price(network, batch);
	size_t i = batch->first_lane;

	if (batch->unplaced > price)
		batch->unplaced = NETWORK_CLOSED;
	while (i < batch->first_lane + batch->n_lanes) {
		size_t last = batch->first_lane + batch->n_lanes - 1;

		if (network->lane_cost[i] + network->price[network->lane_node[i]] == price) {
			i++;
			continue;
		}
		network->lane_cost[i] = network->lane_cost[last];
		network->lane_node[i] = network->lane_node[last];
		batch->n_lanes--;
	}
}

void network_keep_optimum(struct network *network)
{
	for (size_t b = 0; b < network->n_batches; b++)
		keep_lanes(network, &network->batches[b]);
	for (size_t s = 0; s < network->n_stations; s++) {
		struct outlet *outlet = &network->stations[s].root;
		const struct tier *tiers = &network->tiers[outlet->first_tier];

		while (outlet->low < outlet->high &&
		       tiers[outlet->low].cost < network->price[s + 1])
			outlet->low++;
		while (outlet->high > outlet->low &&
		       tiers[outlet->high - 1].cost > network->price[s + 1])
			outlet->high--;
	}
}

/* --- fitting the tree to new numbers --------------------------------------------------------- */

/* What is worked out from the leaves of the tree up. */
struct settling {
	struct network *network;
	int *order;         /* nodes, parents before their children */
	size_t n;
	int64_t *inflow;    /* of a station: from leaves and from split batches below it */
	int64_t *leaves;    /* of a station: from leaves alone */
	int64_t *used;      /* of a split batch: what it sends down to stations */
	int64_t *excess;    /* of a station: units of leaves that must leave it */
	bool evicting;
};

static int64_t lane_cost(const struct network *network, size_t batch, int node)
{
	if (node == ROOT)
		return network->batches[batch].unplaced;
	return network->lane_cost[network_find_lane(network, batch, node)];
}

/* Costs of homes and of the arcs in the tree, as they are stated now. */
static void refresh_costs(struct network *network)
{
	for (size_t b = 0; b < network->n_batches; b++) {
		struct batch *batch = &network->batches[b];

		if (batch->node == NO_NODE)
			batch->home_cost = lane_cost(network, b, batch->home);
		else
			network->nodes[batch->node].cost =
				lane_cost(network, b, network->nodes[batch->node].parent);
	}
	for (int x = 1; x <= (int)network->n_stations; x++) {
		struct node *node = &network->nodes[x];
		const struct outlet *outlet;

		if (node->parent == NO_NODE)
			continue;
		outlet = outlet_above(network, x);
		if (outlet && outlet->tier == outlet->n_tiers)
			continue; /* full, and just hung on the root: settling finds its tier */
		node->cost = outlet ? tier_of(network, outlet, outlet->tier)->cost
				    : lane_cost(network, network->nodes[node->parent].batch, x);
	}
}

/* Takes back all that stations pass to hubs, which then hang on the root, both. */
static void empty_overflows(struct network *network)
{
	for (int x = 1; x <= (int)network->n_stations; x++) {
		struct station *station = station_of(network, x);
		int hub = station->hub;

		if (hub == NO_NODE)
			continue;
		station->over.tier = 0;
		if (network->nodes[x].parent == hub) {
			tree_detach(network, x);
			tree_attach(network, x, ROOT);
		} else if (network->nodes[hub].parent == x) {
			tree_detach(network, hub);
			tree_attach(network, hub, ROOT);
		}
	}
}

static void list_nodes(struct settling *settling)
{
	const struct network *network = settling->network;
	int node = network->nodes[ROOT].first_child;

	while (node != NO_NODE) {
		settling->order[settling->n++] = node;
		if (network->nodes[node].first_child != NO_NODE) {
			node = network->nodes[node].first_child;
			continue;
		}
		while (node != ROOT && network->nodes[node].next == NO_NODE)
			node = network->nodes[node].parent;
		node = node == ROOT ? NO_NODE : network->nodes[node].next;
	}
}

/* A split batch below a full station leaves it: its units there become unplaced. */
static void rehang_batches(struct settling *settling, int station, int64_t *over)
{
	struct network *network = settling->network;
	int x = network->nodes[station].first_child, next;

	bool closed = tree_total(network, station) == 0;

	for (; x != NO_NODE && (closed || *over > settling->leaves[station]); x = next) {
		next = network->nodes[x].next;
		*over -= network->nodes[x].flow;
		settling->inflow[station] -= network->nodes[x].flow;
		tree_detach(network, x);
		tree_attach(network, x, ROOT);
		network->nodes[x].cost = network->batches[network->nodes[x].batch].unplaced;
	}
}

/* Hangs a station on the root with what flows in; what it has no room for is to leave it. */
static void root_station(struct settling *settling, int node)
{
	int64_t room = tree_total(settling->network, node) - 1;
	int64_t over;

	settling->evicting |= room < 0;
	if (room < 0)
		room = 0;
	over = settling->inflow[node] - room;
	rehang_batches(settling, node, &over);
	over = settling->inflow[node] - room;
	if (over > 0) {
		settling->excess[node] = over;
		settling->evicting = true;
		settling->inflow[node] -= over;
	}
	tree_root_station(settling->network, node, settling->inflow[node]);
}

static void settle_station(struct settling *settling, int x)
{
	struct network *network = settling->network;
	struct node *node = &network->nodes[x];
	int64_t down = tree_full(network, x) - settling->inflow[x];

	if (node->parent != ROOT && down > 0 && tree_total(network, x) > 0) {
		node->flow = down;
		settling->used[node->parent] += down;
	} else {
		root_station(settling, x);
	}
}

/* A batch that has fewer units than the stations below it need gives some of them up. */
static void settle_batch(struct settling *settling, int x)
{
	struct network *network = settling->network;
	struct node *node = &network->nodes[x];
	int64_t units = network->batches[node->batch].units;
	int parent = node->parent;

	while (settling->used[x] > units) {
		int child = node->first_child;

		settling->used[x] -= network->nodes[child].flow;
		root_station(settling, child);
	}
	node->flow = units - settling->used[x];
	if (parent != ROOT)
		settling->inflow[parent] += node->flow;
	if (node->first_child == NO_NODE)
		tree_merge(network, x);
}

/* Whether a station keeps the leaves that it still has. */
static bool stays(const struct settling *settling, int station)
{
	return settling->excess[station] <= 0 &&
	       settling->network->nodes[station].parent != NO_NODE;
}

/* Leaves of stations that are too full become unplaced, whole batches; what is then free again in
 * the station stays free. */
static void evict(struct settling *settling)
{
	struct network *network = settling->network;

	for (size_t b = 0; b < network->n_batches && settling->evicting; b++) {
		struct batch *batch = &network->batches[b];

		if (batch->node != NO_NODE || batch->home == ROOT || stays(settling, batch->home))
			continue;
		settling->excess[batch->home] -= batch->units;
		if (settling->excess[batch->home] < 0) {
			settling->inflow[batch->home] += settling->excess[batch->home];
			tree_root_station(network, batch->home, settling->inflow[batch->home]);
		}
		batch->home = ROOT;
		batch->home_cost = batch->unplaced;
	}
}

/* Stations that are not in the tree but have room come into it. The others are closed, though they
 * may have had a price before the tree was restored. */
static void hang_stations(struct network *network)
{
	for (int x = 1; x <= (int)network->n_stations; x++)
		if (network->nodes[x].parent == NO_NODE && tree_total(network, x) > 0)
			tree_root_station(network, x, 0);
		else if (network->nodes[x].parent == NO_NODE)
			network->price[x] = NETWORK_CLOSED;
}

static void settle_flows(struct network *network)
{
	struct settling settling = {.network = network};

	settling.order = memory_array(network->n_nodes, sizeof *settling.order);
	settling.inflow = memory_array(network->n_nodes, sizeof *settling.inflow);
	settling.leaves = memory_array(network->n_nodes, sizeof *settling.leaves);
	settling.used = memory_array(network->n_nodes, sizeof *settling.used);
	settling.excess = memory_array(network->n_nodes, sizeof *settling.excess);
	for (size_t b = 0; b < network->n_batches; b++)
		if (network->batches[b].node == NO_NODE && network->batches[b].home != ROOT)
			settling.leaves[network->batches[b].home] += network->batches[b].units;
	memcpy(settling.inflow, settling.leaves, network->n_nodes * sizeof *settling.inflow);
	list_nodes(&settling);
	for (size_t i = settling.n; i-- > 0;)
		if (is_station(network, settling.order[i]))
			settle_station(&settling, settling.order[i]);
		else
			settle_batch(&settling, settling.order[i]);
	evict(&settling);
	memory_free(settling.order);
	memory_free(settling.inflow);
	memory_free(settling.leaves);
	memory_free(settling.used);
	memory_free(settling.excess);
}

void network_settle(struct network *network)
{
	if (network->changed)
		empty_overflows(network);
	refresh_costs(network);
	if (network->changed) {
		settle_flows(network);
		hang_stations(network);
	}
	tree_price_all(network);
	network->changed = network->repriced = false;
}

/* --- snapshots ------------------------------------------------------------------------------- */

struct seat_of_batch {
	int node, home;
};

struct network_snapshot {
	struct node *nodes;
	int *spare;
	size_t n_spare, next;
	struct seat_of_batch *batches;
	size_t (*tiers)[2];
	size_t version;
};

struct network_snapshot *network_save(const struct network *network)
{
	struct network_snapshot *made = memory_array(1, sizeof *made);
	size_t room = network->n_stations + 3;

	made->nodes = memory_array(network->n_nodes, sizeof *made->nodes);
	made->spare = memory_array(room, sizeof *made->spare);
	made->batches = memory_array(network->n_batches, sizeof *made->batches);
	made->tiers = memory_array(network->n_stations, sizeof *made->tiers);
	memcpy(made->nodes, network->nodes, network->n_nodes * sizeof *made->nodes);
	memcpy(made->spare, network->spare, room * sizeof *made->spare);
	made->n_spare = network->n_spare;
	made->next = network->next;
	for (size_t b = 0; b < network->n_batches; b++)
		made->batches[b] = (struct seat_of_batch){network->batches[b].node,
							  network->batches[b].home};
	for (size_t s = 0; s < network->n_stations; s++) {
		made->tiers[s][0] = network->stations[s].root.tier;
		made->tiers[s][1] = network->stations[s].over.tier;
	}
	made->version = network->version;
	return made;
}

void network_restore(struct network *network, const struct network_snapshot *snapshot)
{
	memcpy(network->nodes, snapshot->nodes, network->n_nodes * sizeof *network->nodes);
	memcpy(network->spare, snapshot->spare,
	       (network->n_stations + 3) * sizeof *network->spare);
	network->n_spare = snapshot->n_spare;
	network->next = snapshot->next;
	for (size_t b = 0; b < network->n_batches; b++) {
		network->batches[b].node = snapshot->batches[b].node;
		network->batches[b].home = snapshot->batches[b].home;
	}
	for (size_t s = 0; s < network->n_stations; s++) {
		network->stations[s].root.tier = snapshot->tiers[s][0];
		network->stations[s].over.tier = snapshot->tiers[s][1];
	}
	network->changed = network->version != snapshot->version;
	network->repriced = true;
}

void network_snapshot_free(struct network_snapshot *snapshot)
{
	memory_free(snapshot->nodes);
	memory_free(snapshot->spare);
	memory_free(snapshot->batches);
	memory_free(snapshot->tiers);
	memory_free(snapshot);
}
