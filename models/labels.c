#include "models/labels.h"

#include <stdlib.h>
#include <string.h>

#include "models/search.h"

/* --- moves that need no search: those to and from the sink ------------------------------------ */

static void offer_offering(struct labels *labels, uint32_t node)
{
	const struct residual_offering *offering = &labels->network->offerings[node];
	uint32_t sink = residual_sink(labels->network);
	int64_t saved[RESIDUAL_LEVELS];

	for (size_t k = 0; k < labels->n_levels; k++)
		saved[k] = -offering->cost_fewer[k];
	if (offering->more)
		moves_offer(&labels->moves, node, sink, offering->cost_more);
	if (offering->fewer)
		moves_offer(&labels->moves, sink, node, saved);
}

/* The pupil is left out. */
static void offer_flow(struct labels *labels, const struct residual_flow *flow, int64_t limit)
{
	int64_t cost[RESIDUAL_LEVELS];

	if (flow->node == residual_sink(labels->network))
		return;
	for (size_t k = 0; k < labels->n_levels; k++) {
		const struct level_cost *level = &labels->network->levels[k];

		cost[k] = level->unplaced[flow->group] -
			  residual_way(level, residual_priority(labels->network, flow->group),
				       flow->metres, flow->metres > limit);
	}
	moves_offer(&labels->moves, flow->node, residual_sink(labels->network), cost);
}

static void offer_known(struct labels *labels)
{
	const struct residual *network = labels->network;

	for (uint32_t i = 0; i < network->n_offerings; i++)
		offer_offering(labels, i);
	for (size_t i = 0; i < network->n_classes; i++) {
		int64_t limit = residual_limit(network, i);

		for (uint32_t f = network->classes[i].first_flow;
		     f < network->classes[i + 1].first_flow; f++)
			offer_flow(labels, &network->flows[f], limit);
	}
}

/* --- passes ----------------------------------------------------------------------------------- */

/* Lowers the label where a move leads, if it leads there for less. */
static bool lower(struct labels *labels, uint32_t move)
{
	const struct move *way = &labels->moves.moves[move];
	const int64_t *base = label_of(labels, way->from), *cost = move_cost(&labels->moves, move);
	int64_t *target = label_of(labels, way->to);
	size_t k = 0;

	while (k < labels->n_levels && base[k] + cost[k] == target[k])
		k++;
	if (k == labels->n_levels || base[k] + cost[k] > target[k])
		return false;
	for (; k < labels->n_levels; k++)
		target[k] = base[k] + cost[k];
	labels->by[way->to] = move;
	labels->fell[way->to] = labels->settled;
	labels->waiting[way->to] = true;
	return true;
}

/* Looks at the moves of every node that waits. Returns whether a label fell. */
static bool pass(struct labels *labels)
{
	bool fell = false;

	for (uint32_t node = 0; node < labels->moves.n_nodes; node++) {
		if (!labels->waiting[node])
			continue;
		labels->waiting[node] = false;
		for (uint32_t move = labels->moves.first[node]; move != NO_MOVE;
		     move = labels->moves.moves[move].next)
			fell |= lower(labels, move);
	}
	return fell;
}

/* --- cycles ----------------------------------------------------------------------------------- */

/* Where the label of a node came from, or NONE. */
static size_t before(const struct labels *labels, size_t node)
{
	uint32_t move = labels->by[node];

	return move == NO_MOVE ? NONE : labels->moves.moves[move].from;
}

/* A node on a cycle of predecessors, or NONE. */
static size_t find_cycle(struct labels *labels)
{
	size_t nodes = labels->moves.n_nodes;

	memset(labels->mark, 0, nodes * sizeof *labels->mark);
	for (size_t start = 0; start < nodes; start++) {
		size_t node = start;

		while (node != NONE && labels->mark[node] == 0) {
			labels->mark[node] = start + 1;
			node = before(labels, node);
		}
		if (node != NONE && labels->mark[node] == start + 1)
			return node;
	}
	return NONE;
}

/* The first level at which the cycle through a node costs anything: it saves something there, or
 * else no level is proven. */
static size_t cycle_level(const struct labels *labels, size_t node)
{
	for (size_t k = 0; k < labels->n_levels; k++) {
		int64_t sum = 0;
		size_t at = node;

		do {
			sum += move_cost(&labels->moves, labels->by[at])[k];
			at = before(labels, at);
		} while (at != node);
		if (sum != 0)
			return sum < 0 ? k : 0;
	}
	return 0;
}

/* Passes until no known move lowers a label. As many as there are nodes, and one, never change
 * anything without a negative cycle; were there one that no predecessors show, no level is proven.
 * Returns the level of a cycle, or n_levels. */
static size_t settle(struct labels *labels)
{
	labels->settled++;
	memset(labels->waiting, true, labels->moves.n_nodes * sizeof *labels->waiting);
	for (size_t i = 0; i <= labels->moves.n_nodes; i++) {
		size_t node;

		if (!pass(labels))
			return labels->n_levels;
		node = find_cycle(labels);
		if (node != NONE)
			return cycle_level(labels, node);
	}
	return 0;
}

static size_t run(struct labels *labels)
{
	struct search search;
	size_t level;

	offer_known(labels);
	search_open(&search, labels);
	do
		level = settle(labels);
	while (level == labels->n_levels && search_moves(&search));
	search_close(&search);
	return level;
}

size_t labels_open_level(struct residual *network, size_t n_levels, int64_t *kept)
{
	size_t nodes = residual_nodes(network), level;
	struct labels labels = {.network = network, .n_levels = n_levels};

	moves_open(&labels.moves, nodes, n_levels);
	labels.label = memory_array(nodes * n_levels, sizeof *labels.label);
	labels.by = memory_array(nodes, sizeof *labels.by);
	memset(labels.by, 0xff, nodes * sizeof *labels.by);
	labels.fell = memory_array(nodes, sizeof *labels.fell);
	labels.waiting = memory_array(nodes, sizeof *labels.waiting);
	labels.mark = memory_array(nodes, sizeof *labels.mark);
	level = run(&labels);
	if (kept)
		memcpy(kept, labels.label, nodes * n_levels * sizeof *kept);
	moves_close(&labels.moves);
	free(labels.label);
	free(labels.by);
	free(labels.fell);
	free(labels.waiting);
	free(labels.mark);
	return level;
}
