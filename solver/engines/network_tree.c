/* solver/engines/network_tree.c - the spanning tree of the network simplex, and its pivots. */
#include "solver/engines/network_parts.h"

/* --- shape ----------------------------------------------------------------------------------- */

void tree_detach(struct network *network, int child)
{
	struct node *node = &network->nodes[child];

	if (node->before != NO_NODE)
		network->nodes[node->before].next = node->next;
	else if (node->parent != NO_NODE)
		network->nodes[node->parent].first_child = node->next;
	if (node->next != NO_NODE)
		network->nodes[node->next].before = node->before;
	node->next = node->before = node->parent = NO_NODE;
}

void tree_attach(struct network *network, int child, int parent)
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
static void price_node(struct network *network, int child)
{
	struct node *node = &network->nodes[child];
	int64_t price = network->price[node->parent];

	node->depth = network->nodes[node->parent].depth + 1;
	network->price[child] =
		leads_down(network, child) ? price - node->cost : price + node->cost;
}

void tree_price(struct network *network, int top)
{
	int node = top;

	for (;;) {
		price_node(network, node);
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

void tree_price_all(struct network *network)
{
	for (int x = network->nodes[ROOT].first_child; x != NO_NODE; x = network->nodes[x].next)
		tree_price(network, x);
}

/* A leaf becomes a node, with all its units on the arc to its home. */
static int split(struct network *network, size_t b)
{
	struct batch *batch = &network->batches[b];
	int node = network->spare[--network->n_spare];

	network->nodes[node] = (struct node){.first_child = NO_NODE, .flow = batch->units,
					     .cost = batch->home_cost, .batch = b};
	tree_attach(network, node, batch->home);
	price_node(network, node);
	batch->node = node;
	return node;
}

void tree_merge(struct network *network, int node)
{
	struct batch *batch;

	if (node <= (int)network->n_stations || network->nodes[node].first_child != NO_NODE)
		return;
	batch = &network->batches[network->nodes[node].batch];
	batch->home = network->nodes[node].parent;
	batch->home_cost = network->nodes[node].cost;
	batch->node = NO_NODE;
	tree_detach(network, node);
	network->spare[network->n_spare++] = node;
}

/* --- stations -------------------------------------------------------------------------------- */

/* Units in the first tiers of an outlet. */
static int64_t first_tiers(const struct network *network, const struct outlet *outlet, size_t n)
{
	int64_t units = 0;

	for (size_t i = 0; i < n; i++)
		units += tier_of(network, outlet, i)->width;
	return units;
}

int64_t tree_total(const struct network *network, int node)
{
	const struct outlet *outlet = &station_of(network, node)->root;

	return first_tiers(network, outlet, outlet->n_tiers);
}

int64_t tree_full(const struct network *network, int node)
{
	const struct outlet *outlet = &station_of(network, node)->root;

	return first_tiers(network, outlet, outlet->tier);
}

void tree_root_station(struct network *network, int node, int64_t load)
{
	struct outlet *outlet = &station_of(network, node)->root;
	size_t tier = 0;

	if (network->nodes[node].parent != NO_NODE)
		tree_detach(network, node);
	if (tree_total(network, node) == 0) {
		network->price[node] = NETWORK_CLOSED;
		return;
	}
	for (; load >= tier_of(network, outlet, tier)->width; tier++)
		load -= tier_of(network, outlet, tier)->width;
	outlet->tier = tier;
	network->nodes[node].flow = load;
	network->nodes[node].cost = tier_of(network, outlet, tier)->cost;
	tree_attach(network, node, ROOT);
}

/* --- pivots ---------------------------------------------------------------------------------- */

/* Units that the outlet's tier in the tree may take beyond its flow. */
static int64_t room_left(const struct network *network, const struct outlet *outlet, int64_t flow)
{
	return tier_of(network, outlet, outlet->tier)->width - flow;
}

/* How many more units may go from a node up to its parent, or down from the parent to it. */
static int64_t room_up(const struct network *network, int child)
{
	const struct node *node = &network->nodes[child];
	const struct outlet *outlet = outlet_above(network, child);

	if (!is_station(network, child))
		return INT64_MAX;
	if (!outlet || leads_down(network, child))
		return node->flow;
	return room_left(network, outlet, node->flow);
}

static int64_t room_down(const struct network *network, int child)
{
	const struct node *node = &network->nodes[child];
	const struct outlet *outlet;

	if (!leads_down(network, child))
		return node->flow;
	outlet = outlet_above(network, child);
	return outlet ? room_left(network, outlet, node->flow) : INT64_MAX;
}

/* Adds units that go up (or, negative, down) the arc to the parent. */
static void push_up(struct network *network, int child, int64_t units)
{
	network->nodes[child].flow += leads_down(network, child) ? -units : units;
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
	if (units == 0)
		return;
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

		tree_detach(network, x);
		node->flow = flow;
		node->cost = cost;
		tree_attach(network, x, parent);
		if (x == top)
			return;
		parent = x;
		flow = old_flow;
		cost = old_cost;
		x = up;
	}
}

/* The tier of an outlet after the entering or leaving of its arc. */
static void move_tier(struct network *network, const struct entering *entering,
		      const struct leaving *leaving)
{
	if (leaving->node == NO_NODE) {
		entering->outlet->tier += entering->emptying ? (size_t)-1 : 1;
	} else {
		struct outlet *outlet = outlet_above(network, leaving->node);

		/* a tier blocks where it is full: with the flow it gains on its way */
		if (outlet && leaving->from_side == leads_down(network, leaving->node))
			outlet->tier++;
	}
}

static void exchange(struct network *network, const struct entering *entering,
		     const struct leaving *leaving)
{
	int lost = network->nodes[leaving->node].parent;
	int64_t flow = leaving->units;

	if (entering->emptying) {
		entering->outlet->tier--;
		flow = entering->room - leaving->units;
	}
	if (leaving->from_side) {
		hang(network, entering->from, leaving->node, entering->to, flow, entering->cost);
		tree_price(network, entering->from);
	} else {
		hang(network, entering->to, leaving->node, entering->from, flow, entering->cost);
		tree_price(network, entering->to);
	}
	tree_merge(network, leaving->node);
	tree_merge(network, lost);
}

void tree_pivot(struct network *network, struct entering *entering)
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
		tree_merge(network, network->batches[entering->batch].node);
	network->pivots++;
}
