#include "models/labels.h"

#include <stdlib.h>
#include <string.h>

struct labels {
	struct residual *network;
	size_t n_levels;
	int64_t *label;   /* nodes x n_levels */
	size_t *from;     /* the node that each label came from, or NONE */
	size_t *mark;     /* of the walk that came by, from 1 */
	bool changed;     /* in this pass */
};

static int64_t *label_of(const struct labels *labels, size_t node)
{
	return labels->label + node * labels->n_levels;
}

static size_t node_of_cell(const struct labels *labels, size_t cell)
{
	return labels->network->n_offerings + 1 + cell;
}

/* The cost of a pupil's way from a cell to an offering; sign -1: what not going there saves. */
static int64_t way_cost(const struct level_cost *level, const struct lane *lane, bool far, int sign)
{
	return sign * (level->per_metre * lane->metres + (far ? level->far : 0));
}

/* Lowers the label of `to`, when the way of a lane from `from` leads there for less. */
static bool lower_by_lane(struct labels *labels, size_t from, size_t to, const struct lane *lane,
			  bool far)
{
	const struct level_cost *levels = labels->network->levels;
	const int64_t *base = label_of(labels, from);
	int64_t *target = label_of(labels, to);
	int sign = from > to ? 1 : -1; /* cells have the highest numbers */
	size_t k = 0;

	while (k < labels->n_levels && base[k] + way_cost(&levels[k], lane, far, sign) == target[k])
		k++;
	if (k == labels->n_levels || base[k] + way_cost(&levels[k], lane, far, sign) > target[k])
		return false;
	for (; k < labels->n_levels; k++)
		target[k] = base[k] + way_cost(&levels[k], lane, far, sign);
	labels->from[to] = from;
	labels->changed = true;
	return true;
}

/* The cost at one level of the arc between an offering or cell and the sink. */
static int64_t sink_cost(const struct labels *labels, size_t from, size_t to, size_t k)
{
	const struct residual *network = labels->network;
	size_t sink = residual_sink(network), other = from == sink ? to : from, cell;

	if (other < sink)
		return from == sink ? -network->offerings[other].cost_fewer[k]
				    : network->offerings[other].cost_more[k];
	cell = network->cells[other - sink - 1].cell;
	return (from == sink ? -1 : 1) *
	       network->levels[k].unplaced[network->plan->district->cells[cell].group];
}

/* Lowers the label of `to` by the arc from or to the sink. */
static bool lower_by_sink(struct labels *labels, size_t from, size_t to)
{
	int64_t found[RESIDUAL_LEVELS], *target = label_of(labels, to);
	size_t first = labels->n_levels;

	for (size_t k = labels->n_levels; k-- > 0;) {
		found[k] = label_of(labels, from)[k] + sink_cost(labels, from, to, k);
		if (found[k] != target[k])
			first = k;
	}
	if (first == labels->n_levels || found[first] > target[first])
		return false;
	memcpy(target, found, labels->n_levels * sizeof *found);
	labels->from[to] = from;
	labels->changed = true;
	return true;
}

static void pass_sink(struct labels *labels)
{
	const struct residual *network = labels->network;
	size_t sink = residual_sink(network);

	for (size_t i = 0; i < network->n_offerings; i++)
		if (network->offerings[i].more)
			lower_by_sink(labels, i, sink);
	for (size_t i = 0; i < network->n_offerings; i++)
		if (network->offerings[i].fewer)
			lower_by_sink(labels, sink, i);
}

/* The cell takes a pupil back from where it sends some. Returns whether its label fell. */
static bool pull(struct labels *labels, size_t i)
{
	const struct residual *network = labels->network;
	const struct residual_cell *cell = &network->cells[i];
	bool fell = false;

	for (size_t f = cell->first_flow; f < cell->first_flow + cell->n_flows; f++) {
		const struct lane *lane = &network->flows[f];

		fell |= lower_by_lane(labels, lane->offering, node_of_cell(labels, i), lane,
				      lane->metres > cell->limit_metres);
	}
	if (cell->unplaced)
		fell |= lower_by_sink(labels, residual_sink(network), node_of_cell(labels, i));
	return fell;
}

/* The cell sends a pupil anywhere in its reach, or leaves it out. */
static void push(struct labels *labels, size_t i)
{
	int64_t limit = labels->network->cells[i].limit_metres;
	size_t n, node = node_of_cell(labels, i);
	const struct lane *lanes = residual_lanes(labels->network, i, &n);

	for (size_t l = 0; l < n; l++)
		lower_by_lane(labels, node, lanes[l].offering, &lanes[l], lanes[l].metres > limit);
	lower_by_sink(labels, node, residual_sink(labels->network));
}

static void pass(struct labels *labels, bool first)
{
	labels->changed = false;
	pass_sink(labels);
	for (size_t i = 0; i < labels->network->n_cells; i++)
		if (pull(labels, i) || first)
			push(labels, i);
}

/* A node on a cycle of predecessors, or NONE. */
static size_t find_cycle(struct labels *labels)
{
	size_t nodes = residual_nodes(labels->network);

	memset(labels->mark, 0, nodes * sizeof *labels->mark);
	for (size_t start = 0; start < nodes; start++) {
		size_t node = start;

		while (node != NONE && labels->mark[node] == 0) {
			labels->mark[node] = start + 1;
			node = labels->from[node];
		}
		if (node != NONE && labels->mark[node] == start + 1)
			return node;
	}
	return NONE;
}

/* The cost at one level of the arc that a label came by. */
static int64_t arc_cost(const struct labels *labels, size_t to, size_t k)
{
	const struct residual *network = labels->network;
	const struct audit_plan *plan = network->plan;
	size_t from = labels->from[to], sink = residual_sink(network);
	size_t cell_node = from > to ? from : to, offering_node = from > to ? to : from;
	const struct residual_cell *cell;
	struct lane lane = {.offering = (uint32_t)offering_node};
	size_t offering;

	if (from == sink || to == sink)
		return sink_cost(labels, from, to, k);
	cell = &network->cells[cell_node - sink - 1];
	offering = network->offerings[offering_node].offering;
	lane.metres = (int32_t)distance_metres(plan->distances,
					       plan->district->cells[cell->cell].zone,
					       plan->district->offerings[offering].school);
	return way_cost(&network->levels[k], &lane, lane.metres > cell->limit_metres,
			from > to ? 1 : -1);
}

/* The first level at which the cycle through a node costs anything. */
static size_t cycle_level(const struct labels *labels, size_t node)
{
	for (size_t k = 0; k < labels->n_levels; k++) {
		int64_t sum = 0;
		size_t at = node;

		do {
			sum += arc_cost(labels, at, k);
			at = labels->from[at];
		} while (at != node);
		if (sum != 0)
			return k;
	}
	return labels->n_levels;
}

/* A pass more than there are nodes never changes anything without a negative cycle; were there one
 * that no predecessors show, no level is proven. */
static size_t run_passes(struct labels *labels)
{
	size_t nodes = residual_nodes(labels->network);

	for (size_t i = 0; i <= nodes; i++) {
		size_t node;

		pass(labels, i == 0);
		if (!labels->changed)
			return labels->n_levels;
		node = find_cycle(labels);
		if (node != NONE)
			return cycle_level(labels, node);
	}
	return 0;
}

size_t labels_open_level(struct residual *network, size_t n_levels)
{
	size_t nodes = residual_nodes(network), level;
	struct labels labels = {.network = network, .n_levels = n_levels};

	labels.label = memory_array(nodes * n_levels, sizeof *labels.label);
	labels.from = memory_array(nodes, sizeof *labels.from);
	labels.mark = memory_array(nodes, sizeof *labels.mark);
	for (size_t i = 0; i < nodes; i++)
		labels.from[i] = NONE;
	level = run_passes(&labels);
	free(labels.label);
	free(labels.from);
	free(labels.mark);
	return level;
}
