#include "solver/engines/network.h"

#include "inputs/base/memory.h"

enum {
	ROOT = 0,      /* node; stations are 1 .. n_stations, split batches lie behind them */
	NO_NODE = -1,
	PRICED = 24,   /* batches priced before the best lane found enters */
	STOP_EVERY = 8192 /* pivots between two looks at stop: some milliseconds */
};

struct lane {
	size_t station;
	int64_t cost;
};

struct tier {
	int64_t width, cost;
};

struct station {
	struct tier *tiers;
	size_t n_tiers, room;
	size_t tier;        /* below are full ones, above empty ones; itself in the tree or empty */
};

struct batch {
	int64_t units, unplaced;
	struct lane *lanes;
	size_t n_lanes, room;
	int node;           /* in the tree when split; else NO_NODE, a leaf at `home` */
	int home;
	int64_t home_cost;
};

/* A node of the tree. The arc to the parent runs up from a batch, and from a station to the root;
 * from a batch it runs down to a station. */
struct node {
	int parent, first_child, next, before;
	int depth;
	int64_t price;      /* of one unit from here to the root */
	int64_t flow, cost; /* of the arc to the parent */
	size_t batch;       /* of a split batch */
};

struct network {
	size_t n_batches, n_stations;
	struct batch *batches;
	struct station *stations;
	struct node *nodes;
	int *spare;         /* nodes that are not in use */
	size_t n_spare;
	size_t next;        /* where pricing goes on: batches, then stations */
	size_t pivots;
	bool started;
};

/* The arc that enters: units go from node `from` to node `to`. */
struct entering {
	int from, to;
	int64_t cost, gain; /* reduced cost, negative */
	int64_t room;       /* INT64_MAX: any */
	size_t batch;       /* of a lane or an unplaced arc */
	bool of_batch;
	bool emptying;      /* a full tier gives units back: from the root to the station */
};

static bool is_station(const struct network *network, int node)
{
	return node > ROOT && (size_t)node <= network->n_stations;
}

static struct station *station_of(const struct network *network, int node)
{
	return &network->stations[node - 1];
}

/* --- building -------------------------------------------------------------------------------- */

struct network *network_open(size_t n_batches, const int64_t *units, size_t n_stations)
{
	struct network *network = memory_array(1, sizeof *network);

	network->n_batches = n_batches;
	network->n_stations = n_stations;
	network->batches = memory_array(n_batches, sizeof *network->batches);
	network->stations = memory_array(n_stations, sizeof *network->stations);
	network->nodes = memory_array(2 * n_stations + 4, sizeof *network->nodes);
	network->spare = memory_array(n_stations + 3, sizeof *network->spare);
	for (size_t b = 0; b < n_batches; b++)
		network->batches[b] = (struct batch){.units = units[b], .node = NO_NODE};
	for (size_t i = n_stations + 3; i > 0; i--)
		network->spare[network->n_spare++] = (int)(n_stations + i);
	network->nodes[ROOT] = (struct node){NO_NODE, NO_NODE, NO_NODE, NO_NODE, 0, 0, 0, 0, 0};
	return network;
}

void network_close(struct network *network)
{
	for (size_t b = 0; b < network->n_batches; b++)
		memory_free(network->batches[b].lanes);
	for (size_t s = 0; s < network->n_stations; s++)
		memory_free(network->stations[s].tiers);
	memory_free(network->batches);
	memory_free(network->stations);
	memory_free(network->nodes);
	memory_free(network->spare);
	memory_free(network);
}

void network_unplaced(struct network *network, size_t batch, int64_t cost)
{
	network->batches[batch].unplaced = network->batches[batch].home_cost = cost;
}

void network_tier(struct network *network, size_t station, int64_t width, int64_t cost)
{
	struct station *here = &network->stations[station];

	here->tiers = memory_grow(here->tiers, &here->room, here->n_tiers + 1, sizeof *here->tiers);
	here->tiers[here->n_tiers++] = (struct tier){width, cost};
}

void network_lane(struct network *network, size_t batch, size_t station, int64_t cost)
{
	struct batch *here = &network->batches[batch];

	here->lanes = memory_grow(here->lanes, &here->room, here->n_lanes + 1, sizeof *here->lanes);
	here->lanes[here->n_lanes++] = (struct lane){station, cost};
}

bool network_has_lane(const struct network *network, size_t batch, size_t station)
{
	const struct batch *here = &network->batches[batch];

	for (size_t i = 0; i < here->n_lanes; i++)
		if (here->lanes[i].station == station)
			return true;
	return false;
}

/* --- the tree -------------------------------------------------------------------------------- */

static void detach(struct network *network, int child)
{
	struct node *node = &network->nodes[child];

	if (node->before == NO_NODE)
		network->nodes[node->parent].first_child = node->next;
	else
		network->nodes[node->before].next = node->next;
	if (node->next != NO_NODE)
		network->nodes[node->next].before = node->before;
	node->next = node->before = NO_NODE;
}

static void attach(struct network *network, int child, int parent)
{
	struct node *node = &network->nodes[child];
	int first = network->nodes[parent].first_child;

	node->parent = parent;
	node->before = NO_NODE;
	node->next = first;
	if (first != NO_NODE)
		network->nodes[first].before = child;
	network->nodes[parent].first_child = child;
}

/* Price and depth of a node from its parent's. */
static void set_price(struct network *network, int child)
{
	struct node *node = &network->nodes[child];
	const struct node *parent = &network->nodes[node->parent];

	node->depth = parent->depth + 1;
	if (is_station(network, child) && node->parent != ROOT)
		node->price = parent->price - node->cost; /* the arc runs down */
	else
		node->price = parent->price + node->cost;
}

/* The same for all nodes at and below `top`. */
static void set_prices(struct network *network, int top)
{
	int node = top;

	for (;;) {
		set_price(network, node);
		if (network->nodes[node].first_child != NO_NODE) {
			node = network->nodes[node].first_child;
			continue;
		}
		while (node != top && network->nodes[node].next == NO_NODE)
			node = network->nodes[node].parent;
		if (node == top)
			return;
		node = network->nodes[node].next;
	}
}

/* A leaf becomes a node, with all its units on the arc to its home. */
static int split(struct network *network, size_t b)
{
	struct batch *batch = &network->batches[b];
	int node = network->spare[--network->n_spare];

	network->nodes[node] = (struct node){.first_child = NO_NODE, .flow = batch->units,
					     .cost = batch->home_cost, .batch = b};
	attach(network, node, batch->home);
	set_price(network, node);
	batch->node = node;
	return node;
}

/* A split batch whose only arc is the one to its parent becomes a leaf again. */
static void merge(struct network *network, int node)
{
	struct batch *batch;

	if (node <= (int)network->n_stations || network->nodes[node].first_child != NO_NODE)
		return;
	batch = &network->batches[network->nodes[node].batch];
	batch->home = network->nodes[node].parent;
	batch->home_cost = network->nodes[node].cost;
	batch->node = NO_NODE;
	detach(network, node);
	network->spare[network->n_spare++] = node;
}

static void start(struct network *network)
{
	for (size_t s = 0; s < network->n_stations; s++) {
		int node = (int)s + 1;

		network->nodes[node] = (struct node){.first_child = NO_NODE, .next = NO_NODE,
						     .before = NO_NODE, .parent = NO_NODE};
		if (network->stations[s].n_tiers == 0)
			continue;
		network->nodes[node].cost = network->stations[s].tiers[0].cost;
		attach(network, node, ROOT);
		set_price(network, node);
	}
	network->started = true;
}

/* --- pivots ---------------------------------------------------------------------------------- */

/* How many more units may go from a node up to its parent, or down from the parent to it. */
static int64_t room_up(const struct network *network, int child)
{
	const struct node *node = &network->nodes[child];

	if (!is_station(network, child))
		return INT64_MAX;
	if (node->parent == ROOT)
		return station_of(network, child)->tiers[station_of(network, child)->tier].width -
		       node->flow;
	return node->flow;
}

static int64_t room_down(const struct network *network, int child)
{
	const struct node *node = &network->nodes[child];

	return is_station(network, child) && node->parent != ROOT ? INT64_MAX : node->flow;
}

/* Adds units that go up (or, negative, down) the arc to the parent. */
static void push_up(struct network *network, int child, int64_t units)
{
	bool down = is_station(network, child) && network->nodes[child].parent != ROOT;

	network->nodes[child].flow += down ? -units : units;
}

static int apex_of(const struct network *network, int a, int b)
{
	while (a != b)
		if (network->nodes[a].depth >= network->nodes[b].depth)
			a = network->nodes[a].parent;
		else
			b = network->nodes[b].parent;
	return a;
}

/* The arc that leaves: that of `node` to its parent, or the entering one itself (NO_NODE). */
struct leaving {
	int node;
	bool from_side; /* on the path of entering->from */
	int64_t units;
};

/* The last arc that blocks, along the cycle from its apex in the direction of the entering arc. */
static struct leaving find_leaving(const struct network *network, const struct entering *entering,
				   int apex)
{
	struct leaving leaving = {NO_NODE, false, INT64_MAX};

	for (int x = entering->from; x != apex; x = network->nodes[x].parent)
		if (room_down(network, x) < leaving.units)
			leaving = (struct leaving){x, true, room_down(network, x)};
	if (entering->room <= leaving.units)
		leaving = (struct leaving){NO_NODE, false, entering->room};
	for (int x = entering->to; x != apex; x = network->nodes[x].parent)
		if (room_up(network, x) <= leaving.units)
			leaving = (struct leaving){x, false, room_up(network, x)};
	return leaving;
}

static void push_round(struct network *network, const struct entering *entering, int apex,
		       int64_t units)
{
	for (int x = entering->from; x != apex; x = network->nodes[x].parent)
		push_up(network, x, -units);
	for (int x = entering->to; x != apex; x = network->nodes[x].parent)
		push_up(network, x, units);
}

/* Turns the path from `low` up to `top` round and hangs it below `parent` by the entering arc. */
static void hang(struct network *network, int low, int top, int parent, int64_t flow, int64_t cost)
{
	for (int x = low;;) {
		struct node *node = &network->nodes[x];
		int up = node->parent;
		int64_t old_flow = node->flow, old_cost = node->cost;

		detach(network, x);
		node->flow = flow;
		node->cost = cost;
		attach(network, x, parent);
		if (x == top)
			return;
		parent = x;
		flow = old_flow;
		cost = old_cost;
		x = up;
	}
}

/* The tier of a station after the entering or leaving of its arc to the root. */
static void move_tier(struct network *network, const struct entering *entering,
		      const struct leaving *leaving)
{
	if (leaving->node == NO_NODE && entering->emptying)
		station_of(network, entering->to)->tier--;
	else if (leaving->node == NO_NODE)
		station_of(network, entering->from)->tier++;
	else if (is_station(network, leaving->node) && !leaving->from_side &&
		 network->nodes[leaving->node].parent == ROOT)
		station_of(network, leaving->node)->tier++;
}

static void exchange(struct network *network, const struct entering *entering,
		     const struct leaving *leaving)
{
	int lost = network->nodes[leaving->node].parent;
	int64_t flow = leaving->units;

	if (entering->emptying) {
		station_of(network, entering->to)->tier--;
		flow = entering->room - leaving->units;
	}
	if (leaving->from_side) {
		hang(network, entering->from, leaving->node, entering->to, flow, entering->cost);
		set_prices(network, entering->from);
	} else {
		hang(network, entering->to, leaving->node, entering->from, flow, entering->cost);
		set_prices(network, entering->to);
	}
	merge(network, leaving->node);
	merge(network, lost);
}

static void pivot(struct network *network, struct entering *entering)
{
	struct leaving leaving;
	int apex;

	if (entering->of_batch) {
		entering->from = network->batches[entering->batch].node;
		if (entering->from == NO_NODE)
			entering->from = split(network, entering->batch);
	}
	apex = apex_of(network, entering->from, entering->to);
	leaving = find_leaving(network, entering, apex);
	push_round(network, entering, apex, leaving.units);
	move_tier(network, entering, &leaving);
	if (leaving.node != NO_NODE)
		exchange(network, entering, &leaving);
	if (entering->of_batch && network->batches[entering->batch].node != NO_NODE)
		merge(network, network->batches[entering->batch].node);
	network->pivots++;
}

/* --- pricing --------------------------------------------------------------------------------- */

int64_t network_batch_price(const struct network *network, size_t b)
{
	const struct batch *batch = &network->batches[b];

	if (batch->node != NO_NODE)
		return network->nodes[batch->node].price;
	return batch->home_cost + network->nodes[batch->home].price;
}

int64_t network_station_price(const struct network *network, size_t station)
{
	return network->nodes[station + 1].price;
}

int64_t network_station_part(const struct network *network, size_t station, int64_t modulus)
{
	int64_t sum = 0;

	for (int x = (int)station + 1; x != ROOT; x = network->nodes[x].parent) {
		bool down = is_station(network, x) && network->nodes[x].parent != ROOT;

		sum += down ? -(network->nodes[x].cost % modulus)
			    : network->nodes[x].cost % modulus;
	}
	return sum;
}

static void price_batch(const struct network *network, size_t b, struct entering *best)
{
	const struct batch *batch = &network->batches[b];
	int64_t price = network_batch_price(network, b);

	if (batch->unplaced - price < best->gain)
		*best = (struct entering){.to = ROOT, .cost = batch->unplaced,
					  .gain = batch->unplaced - price, .room = INT64_MAX,
					  .batch = b, .of_batch = true};
	for (size_t i = 0; i < batch->n_lanes; i++) {
		const struct lane *lane = &batch->lanes[i];
		int64_t gain = lane->cost + network->nodes[lane->station + 1].price - price;

		if (gain < best->gain)
			*best = (struct entering){.to = (int)lane->station + 1, .cost = lane->cost,
						  .gain = gain, .room = INT64_MAX, .batch = b,
						  .of_batch = true};
	}
}

/* A station whose arc to the root is not in the tree may use more of its tiers, or less. */
static void price_station(const struct network *network, size_t s, struct entering *best)
{
	const struct station *station = &network->stations[s];
	const struct node *node = &network->nodes[s + 1];

	if (station->n_tiers == 0 || node->parent == ROOT)
		return;
	if (station->tier < station->n_tiers) {
		const struct tier *tier = &station->tiers[station->tier];

		if (tier->cost - node->price < best->gain)
			*best = (struct entering){.from = (int)s + 1, .to = ROOT,
						  .cost = tier->cost,
						  .gain = tier->cost - node->price,
						  .room = tier->width};
	}
	if (station->tier > 0) {
		const struct tier *tier = &station->tiers[station->tier - 1];

		if (node->price - tier->cost < best->gain)
			*best = (struct entering){.from = ROOT, .to = (int)s + 1,
						  .cost = tier->cost,
						  .gain = node->price - tier->cost,
						  .room = tier->width, .emptying = true};
	}
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
	while (find_entering(network, &entering)) {
		if (stop && network->pivots % STOP_EVERY == STOP_EVERY - 1 && stop())
			return 1;
		pivot(network, &entering);
	}
	return 0;
}

/* --- results --------------------------------------------------------------------------------- */

/* Units that a split batch sends to a station: over its own arc, or down to a child. */
static int64_t split_flow(const struct network *network, int node, size_t station)
{
	const struct node *child = &network->nodes[station + 1];

	if (network->nodes[node].parent == (int)station + 1)
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
			if (batch->home != ROOT)
				take(context, b, (size_t)batch->home - 1, batch->units);
			continue;
		}
		for (size_t i = 0; i < batch->n_lanes; i++) {
			int64_t units =
				split_flow(network, batch->node, batch->lanes[i].station);

			if (units > 0)
				take(context, b, batch->lanes[i].station, units);
		}
	}
}

size_t network_pivots(const struct network *network)
{
	return network->pivots;
}
