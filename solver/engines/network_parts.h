/* solver/engines/network_parts.h - what the files of the network simplex share. */
#ifndef SEATWISE_NETWORK_PARTS_H
#define SEATWISE_NETWORK_PARTS_H

#include "inputs/base/memory.h"
#include "solver/engines/network.h"

enum {
	ROOT = 0,    /* node; stations are 1 .. n_stations, split batches lie behind them */
	NO_NODE = -1
};

struct tier {
	int64_t width, cost;
};

/* The tiers from a station to the root or to its hub, as one arc of rising cost. */
struct outlet {
	size_t first_tier, n_tiers;
	size_t tier;        /* below are full ones, above empty ones; itself in the tree or empty */
	size_t low, high;   /* tiers that may change: the others are kept as they are */
};

struct station {
	struct outlet root, over; /* over: to the hub */
	int hub;                  /* a station's node, or NO_NODE */
};

struct batch {
	int64_t units, unplaced;
	int64_t home_cost;
	size_t first_lane;
	uint32_t n_lanes, room;
	int node;           /* in the tree when split; else NO_NODE, a leaf at `home` */
	int home;           /* a station's node, or ROOT: unplaced */
};

/* A node of the tree. The arc to the parent runs up from a batch, and from a station to the root;
 * from a batch it runs down to a station. A station without a parent is not in the tree. */
struct node {
	int parent, first_child, next, before;
	int depth;
	int64_t flow, cost; /* of the arc to the parent */
	size_t batch;       /* of a split batch */
};

struct network {
	size_t n_batches, n_stations;
	struct batch *batches;
	struct station *stations;
	struct tier *tiers;
	size_t n_tiers, tiers_room;
	int64_t *lane_cost;   /* all lanes; those of a batch stand together */
	uint32_t *lane_node;  /* the station's node */
	size_t n_lanes, lanes_room;
	struct node *nodes;
	int64_t *price;       /* of one unit from a node to the root */
	size_t n_nodes;
	int *spare;           /* nodes that are not in use */
	size_t n_spare;
	size_t next;          /* where pricing goes on: batches, then stations */
	size_t pivots;
	bool started;
	bool changed, repriced; /* units or widths, costs: since the tree was last fitted to them */
	size_t version;         /* of units and widths: counts their changes */
};

/* The arc that enters: units go from node `from` to node `to`. */
struct entering {
	int from, to;
	int64_t cost, gain; /* reduced cost, negative */
	int64_t room;       /* INT64_MAX: any */
	size_t batch;       /* of a lane or an unplaced arc */
	bool of_batch;
	struct outlet *outlet; /* of a station, else NULL */
	bool emptying;      /* a full tier gives units back: from the root or hub to the station */
};

static inline bool is_station(const struct network *network, int node)
{
	return node > ROOT && (size_t)node <= network->n_stations;
}

static inline struct station *station_of(const struct network *network, int node)
{
	return &network->stations[node - 1];
}

static inline struct tier *tier_of(const struct network *network, const struct outlet *outlet,
				   size_t tier)
{
	return &network->tiers[outlet->first_tier + tier];
}

/* Whether the arc of the tree between a node and its parent leads from the parent: a lane from a
 * batch down to a station, or what a station passes down to its hub. */
static inline bool leads_down(const struct network *network, int child)
{
	int parent = network->nodes[child].parent;

	return is_station(network, child) && parent != ROOT &&
	       station_of(network, child)->hub != parent;
}

/* The outlet whose tier is the arc between a node and its parent; NULL: it is a lane. */
static inline struct outlet *outlet_above(const struct network *network, int child)
{
	int parent = network->nodes[child].parent;

	if (!is_station(network, child))
		return NULL;
	if (parent == ROOT)
		return &station_of(network, child)->root;
	if (station_of(network, child)->hub == parent)
		return &station_of(network, child)->over;
	return is_station(network, parent) ? &station_of(network, parent)->over : NULL;
}

static inline int64_t batch_price(const struct network *network, const struct batch *batch)
{
	return batch->node != NO_NODE ? network->price[batch->node]
				      : batch->home_cost + network->price[batch->home];
}

/* --- the tree (network_tree.c) ---------------------------------------------------------------- */

void tree_detach(struct network *network, int child);
void tree_attach(struct network *network, int child, int parent);

/* Prices and depths of all nodes at and below `top`, from its parent's. */
void tree_price(struct network *network, int top);

/* The same for the whole tree. */
void tree_price_all(struct network *network);

/* A split batch whose only arc is the one to its parent becomes a leaf again. */
void tree_merge(struct network *network, int node);

/* Hangs a station, which carries `load` units to the root by itself, on the root; a station without
 * room leaves the tree. */
void tree_root_station(struct network *network, int node, int64_t load);

/* Units a station passes to the root at the most, and in full tiers. */
int64_t tree_total(const struct network *network, int node);
int64_t tree_full(const struct network *network, int node);

/* Brings an arc with a reduced cost below 0 into the tree. */
void tree_pivot(struct network *network, struct entering *entering);

/* --- changes (network_change.c) --------------------------------------------------------------- */

/* Fits flows, costs and prices of the tree to the numbers as they are now. What stations pass to
 * hubs is taken back at first where units or widths have changed. */
void network_settle(struct network *network);

/* The place of a lane among all lanes, or SIZE_MAX. */
size_t network_find_lane(const struct network *network, size_t batch, int node);

#endif
