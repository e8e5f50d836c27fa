/*
 * scripts/bench/ours.c - Seatwise's network engine on a flow of two sides: `FILE.min`.
 *
 * A node with supply is a batch, a node without is a station, the one with demand is the root; arcs
 * go from batches to stations, from stations to the root (tiers, in order), and from batches to the
 * root (unplaced). Anything else is refused.
 */
#include "mincost.h"

#include <stdio.h>
#include <stdlib.h>

#include "solver/engines/network.h"

/* The nodes of the file as batches and stations, and what the engine sends. */
struct bench {
	struct mincost net;
	size_t *number;       /* of a node among the batches or the stations */
	size_t n_batches, n_stations;
	int64_t *units;
	double *flow;         /* of every arc */
	size_t *first_arc;    /* of a batch's lanes, in the order of the file; n_batches + 1 */
	size_t *lanes;
};

static void *array(size_t count, size_t size)
{
	void *memory = calloc(count + 1, size);
	if (!memory)
		exit(1);
	return memory;
}

static void number_nodes(struct bench *bench)
{
	const struct mincost *net = &bench->net;
	bench->number = array(net->n_nodes, sizeof(*bench->number));
	bench->units = array(net->n_nodes, sizeof(*bench->units));
	for (size_t v = 0; v < net->n_nodes; v++)
		if (net->supply[v] > 0) {
			bench->units[bench->n_batches] = net->supply[v];
			bench->number[v] = bench->n_batches++;
		} else if (net->supply[v] == 0) {
			bench->number[v] = bench->n_stations++;
		}
}

static struct network *build(const struct bench *bench)
{
	const struct mincost *net = &bench->net;
	struct network *network =
		network_open(bench->n_batches, bench->units, bench->n_stations);
	network_expect(network, net->n_arcs);
	for (size_t a = 0; a < net->n_arcs; a++) {
		size_t tail = bench->number[net->tail[a]], head = bench->number[net->head[a]];
		int64_t from = net->supply[net->tail[a]], to = net->supply[net->head[a]];
		if (from > 0 && to == 0)
			network_lane(network, tail, head, net->cost[a]);
		else if (from > 0 && to < 0)
			network_unplaced(network, tail, net->cost[a]);
		else if (from == 0 && to < 0)
			network_tier(network, tail, net->capacity[a], net->cost[a]);
		else
			exit(1);
	}
	return network;
}

/* Lanes of each batch, to find the arc that a flow belongs to. */
static void list_lanes(struct bench *bench)
{
	const struct mincost *net = &bench->net;
	size_t *at = array(bench->n_batches + 1, sizeof(*at));
	bench->first_arc = array(bench->n_batches + 1, sizeof(*bench->first_arc));
	bench->lanes = array(net->n_arcs, sizeof(*bench->lanes));
	for (size_t a = 0; a < net->n_arcs; a++)
		if (net->supply[net->tail[a]] > 0)
			bench->first_arc[bench->number[net->tail[a]] + 1]++;
	for (size_t b = 0; b < bench->n_batches; b++)
		at[b] = bench->first_arc[b + 1] += bench->first_arc[b];
	for (size_t a = net->n_arcs; a-- > 0;)
		if (net->supply[net->tail[a]] > 0)
			bench->lanes[--at[bench->number[net->tail[a]]]] = a;
	free(at);
}

/* All units unplaced and no tier in use, before the flows are taken. */
static void take_flow(void *context, size_t batch, size_t station, int64_t units)
{
	struct bench *bench = context;
	const struct mincost *net = &bench->net;
	for (size_t i = bench->first_arc[batch]; i < bench->first_arc[batch + 1]; i++) {
		size_t a = bench->lanes[i];
		int sink = net->supply[net->head[a]] < 0;
		if (sink)
			bench->flow[a] -= (double)units;
		else if (bench->number[net->head[a]] == station)
			bench->flow[a] += (double)units;
	}
}

static void fill_tiers(struct bench *bench)
{
	const struct mincost *net = &bench->net;
	int64_t *load = array(bench->n_stations, sizeof(*load));
	for (size_t a = 0; a < net->n_arcs; a++)
		if (net->supply[net->tail[a]] > 0 && net->supply[net->head[a]] == 0)
			load[bench->number[net->head[a]]] += (int64_t)bench->flow[a];
	for (size_t a = 0; a < net->n_arcs; a++) {
		int64_t *left = &load[bench->number[net->tail[a]]];
		if (net->supply[net->tail[a]] != 0)
			continue;
		bench->flow[a] = (double)(*left < net->capacity[a] ? *left : net->capacity[a]);
		*left -= (int64_t)bench->flow[a];
	}
	free(load);
}

static void take_flows(struct bench *bench, const struct network *network)
{
	const struct mincost *net = &bench->net;
	bench->flow = array(net->n_arcs, sizeof(*bench->flow));
	for (size_t a = 0; a < net->n_arcs; a++)
		if (net->supply[net->tail[a]] > 0 && net->supply[net->head[a]] < 0)
			bench->flow[a] = (double)net->supply[net->tail[a]];
	network_flows(network, take_flow, bench);
	fill_tiers(bench);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: %s FILE.min\n", argv[0]);
		return 2;
	}
	struct bench bench = {.net = mincost_read(argv[1])};
	number_nodes(&bench);
	double start = mincost_seconds();
	struct network *network = build(&bench);
	network_solve(network, NULL);
	double seconds = mincost_seconds() - start;
	if (getenv("PIVOTS"))
		fprintf(stderr, "%zu pivots\n", network_pivots(network));
	list_lanes(&bench);
	take_flows(&bench, network);
	mincost_report("seatwise", mincost_value(&bench.net, bench.flow), seconds);
	network_close(network);
	return 0;
}
