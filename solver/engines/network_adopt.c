/* solver/engines/network_adopt.c - the tree of a network of clusters, for the batches in them. */
#include "solver/engines/network_parts.h"

/* A batch of a cluster, by what it costs more to go to one station instead of another. */
struct choice {
	int64_t more;
	size_t batch;
};

struct adopting {
	struct network *network;
	const struct network *coarse;
	size_t *first, *members;  /* of a cluster: members[first[c] .. first[c + 1]) */
	struct choice *choices;   /* room for the largest cluster */
};

static void list_members(struct adopting *adopting, const uint32_t *cluster)
{
	const struct network *network = adopting->network;
	size_t n = adopting->coarse->n_batches, largest = 0;

	adopting->first = memory_array(n + 2, sizeof *adopting->first);
	adopting->members = memory_array(network->n_batches, sizeof *adopting->members);
	for (size_t b = 0; b < network->n_batches; b++)
		adopting->first[cluster[b] + 2]++;
	for (size_t c = 0; c < n; c++) {
		size_t size = adopting->first[c + 2];

		largest = size > largest ? size : largest;
		adopting->first[c + 2] += adopting->first[c + 1];
	}
	for (size_t b = 0; b < network->n_batches; b++)
		adopting->members[adopting->first[cluster[b] + 1]++] = b;
	adopting->choices = memory_array(largest, sizeof *adopting->choices);
}

/* The batch as a leaf at a node, or unplaced where it has no lane there. */
static void settle_at(struct network *network, size_t b, int node)
{
	struct batch *batch = &network->batches[b];
	size_t lane = node == ROOT ? SIZE_MAX : network_find_lane(network, b, node);

	batch->home = lane == SIZE_MAX ? ROOT : node;
	batch->home_cost = lane == SIZE_MAX ? batch->unplaced : network->lane_cost[lane];
}

static int compare_choices(const void *a, const void *b, void *context)
{
	const struct choice *left = a, *right = b;

	(void)context;
	if (left->more != right->more)
		return left->more < right->more ? -1 : 1;
	return left->batch < right->batch ? -1 : left->batch > right->batch;
}

/* Leaves of the cluster at its parent that could as well go to `to`, the cheapest first. */
static size_t list_choices(const struct adopting *adopting, size_t c, int parent, int to)
{
	const struct network *network = adopting->network;
	size_t n = 0;

	for (size_t i = adopting->first[c]; i < adopting->first[c + 1]; i++) {
		size_t b = adopting->members[i], lane = network_find_lane(network, b, to);
		const struct batch *batch = &network->batches[b];

		if (batch->node == NO_NODE && batch->home == parent && lane != SIZE_MAX)
			adopting->choices[n++] = (struct choice){
				network->lane_cost[lane] - batch->home_cost, b};
	}
	memory_sort(adopting->choices, n, sizeof *adopting->choices, compare_choices, NULL);
	return n;
}

/* A batch becomes the node between its home and the station below it. */
static void link_by(struct network *network, size_t b, int station)
{
	struct batch *batch = &network->batches[b];
	int node = network->spare[--network->n_spare];

	network->nodes[node] = (struct node){.first_child = NO_NODE, .flow = batch->units,
					     .cost = batch->home_cost, .batch = b};
	tree_attach(network, node, batch->home);
	batch->node = node;
	if (network->nodes[station].parent != NO_NODE)
		tree_detach(network, station);
	tree_attach(network, station, node);
}

/* Units of the cluster go to a station below it: leaves, and last the batch that links the two. */
static void send_down(const struct adopting *adopting, size_t c, int parent, int station)
{
	int64_t units = adopting->coarse->nodes[station].flow;
	size_t n = list_choices(adopting, c, parent, station);

	for (size_t i = 0; i < n; i++) {
		size_t b = adopting->choices[i].batch;

		if (adopting->network->batches[b].units >= units) {
			link_by(adopting->network, b, station);
			return;
		}
		units -= adopting->network->batches[b].units;
		settle_at(adopting->network, b, station);
	}
}

static void adopt_cluster(const struct adopting *adopting, size_t c)
{
	const struct network *coarse = adopting->coarse;
	int node = coarse->batches[c].node;
	int parent = node == NO_NODE ? coarse->batches[c].home : coarse->nodes[node].parent;

	for (size_t i = adopting->first[c]; i < adopting->first[c + 1]; i++)
		settle_at(adopting->network, adopting->members[i], parent);
	if (node == NO_NODE)
		return;
	for (int x = coarse->nodes[node].first_child; x != NO_NODE; x = coarse->nodes[x].next)
		send_down(adopting, c, parent, x);
}

/* Every station on the root at first. */
static void adopt_stations(struct network *network, const struct network *coarse)
{
	for (size_t s = 0; s < network->n_stations; s++) {
		if (coarse->nodes[s + 1].parent == NO_NODE)
			network->price[s + 1] = NETWORK_CLOSED;
		else
			tree_root_station(network, (int)s + 1, 0);
	}
}

/* A station that hangs on a batch has the full tiers that it has there. */
static void adopt_tiers(struct network *network, const struct network *coarse)
{
	for (size_t s = 0; s < network->n_stations; s++)
		if (network->nodes[s + 1].parent > ROOT)
			network->stations[s].root.tier = coarse->stations[s].root.tier;
}

void network_adopt(struct network *network, const struct network *coarse, const uint32_t *cluster)
{
	struct adopting adopting = {.network = network, .coarse = coarse};

	list_members(&adopting, cluster);
	adopt_stations(network, coarse);
	for (size_t c = 0; c < coarse->n_batches; c++)
		adopt_cluster(&adopting, c);
	adopt_tiers(network, coarse);
	memory_free(adopting.first);
	memory_free(adopting.members);
	memory_free(adopting.choices);
	network->started = network->changed = true;
}
