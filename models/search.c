#include "models/search.h"

#include <stdlib.h>
#include <string.h>

/* --- highest labels of boxes ------------------------------------------------------------------ */

/* No label is as low. */
#define LOWEST (INT64_MIN / 2)

static void raise(int64_t *highest, const int64_t *label, size_t n)
{
	if (vector_less(highest, label, n))
		memcpy(highest, label, n * sizeof *label);
}

/* Offerings without sections take nobody, so their labels do not count. */
static void raise_by_items(const struct search *search, const struct choice *choice, size_t node,
			   int64_t *highest)
{
	const struct residual *network = search->labels->network;
	const struct places_node *box = &choice->places.nodes[node];

	for (uint32_t i = box->first; i < box->end; i++) {
		size_t offering = choice->offerings[choice->places.order[i]];

		if (choice->district->offerings[offering].sections > 0)
			raise(highest, label_of(search->labels, network->number_of[offering]),
			      search->labels->n_levels);
	}
}

static void fold(const struct search *search, const struct choice *choice, int64_t *highest)
{
	size_t n_levels = search->labels->n_levels;

	for (size_t i = choice->places.n_nodes; i-- > 0;) {
		const struct places_node *node = &choice->places.nodes[i];
		int64_t *here = highest + i * n_levels;

		for (size_t k = 0; k < n_levels; k++)
			here[k] = LOWEST;
		if (node->right) {
			raise(here, highest + (i + 1) * n_levels, n_levels);
			raise(here, highest + node->right * n_levels, n_levels);
		} else {
			raise_by_items(search, choice, i, here);
		}
	}
}

/* For the kinds of pupils that there are in the grade. */
static void fold_all(struct search *search)
{
	const struct residual *network = search->labels->network;

	for (size_t kind = 0; kind < CHOICE_KINDS; kind++) {
		const struct choice *choice =
			network->choices.of[network->grade - FIRST_GRADE][kind];

		if (!choice)
			continue;
		if (!search->highest[kind])
			search->highest[kind] =
				memory_array(choice->places.n_nodes * search->labels->n_levels,
					     sizeof(int64_t));
		fold(search, choice, search->highest[kind]);
	}
}

/* --- one class -------------------------------------------------------------------------------- */

static bool fell_since(const struct search *search, size_t class)
{
	const struct residual *network = search->labels->network;
	const struct residual_class *at = &network->classes[class];

	for (uint32_t f = at->first_flow; f < at[1].first_flow; f++)
		if (search->labels->fell[network->flows[f].node] > search->searched[class])
			return true;
	return search->searched[class] == 0;
}

/* What a pupil saves who leaves a flow, after the label of its node. */
static void label_by_flow(const struct search *search, const struct residual_flow *flow,
			  int64_t *label)
{
	const struct residual *network = search->labels->network;
	const int64_t *from = label_of(search->labels, flow->node);
	bool unplaced = flow->node == residual_sink(network);

	for (size_t k = 0; k < search->labels->n_levels; k++) {
		const struct level_cost *level = &network->levels[k];

		label[k] = from[k] - (unplaced ? level->unplaced[flow->group]
					       : residual_way(level, search->priority,
							      flow->metres,
							      flow->metres > search->limit));
	}
}

/* The label of the class is the least of those that its flows give. */
static void label_class(struct search *search, size_t class)
{
	const struct residual *network = search->labels->network;
	const struct residual_class *at = &network->classes[class];
	size_t n_levels = search->labels->n_levels;

	search->flow = NULL;
	search->limit = residual_limit(network, class);
	search->priority = residual_priority(
		network, network->plan->district->cells[at->cell].group);
	for (uint32_t f = at->first_flow; f < at[1].first_flow; f++) {
		int64_t label[RESIDUAL_LEVELS];

		label_by_flow(search, &network->flows[f], label);
		if (search->flow && !vector_less(label, search->base, n_levels))
			continue;
		memcpy(search->base, label, n_levels * sizeof *label);
		search->flow = &network->flows[f];
	}
}

/* Whether the class's label and a way of so many metres are less than a label. */
static inline bool improves(const struct search *search, int64_t metres, const int64_t *label)
{
	const struct level_cost *levels = search->labels->network->levels;
	bool far = metres > search->limit;

	for (size_t k = 0; k < search->labels->n_levels; k++) {
		int64_t found = search->base[k] +
				residual_way(&levels[k], search->priority, metres, far);

		if (found != label[k])
			return found < label[k];
	}
	return false;
}

static bool enter(void *context, size_t node, int64_t least)
{
	const struct search *search = context;

	return least <= search->choosing.most &&
	       improves(search, least, search->bound + node * search->labels->n_levels);
}

static void offer(struct search *search, uint32_t to, int64_t metres)
{
	const int64_t *from = label_of(search->labels, search->flow->node);
	int64_t cost[RESIDUAL_LEVELS];

	for (size_t k = 0; k < search->labels->n_levels; k++)
		cost[k] = search->base[k] - from[k] +
			  residual_way(&search->labels->network->levels[k], search->priority,
				       metres, metres > search->limit);
	search->found |= moves_offer(&search->labels->moves, search->flow->node, to, cost);
}

static void take(void *context, size_t item, int64_t metres)
{
	struct search *search = context;
	const struct residual *network = search->labels->network;
	uint32_t to = network->number_of[search->choosing.choice->offerings[item]];

	if (improves(search, metres, label_of(search->labels, to)) &&
	    choice_takes(&search->choosing, item, metres))
		offer(search, to, metres);
}

static void search_class(struct search *search, size_t class)
{
	static const struct places_visitor visitor = {enter, take};
	struct residual *network = search->labels->network;
	const struct cell *cell = &network->plan->district->cells[network->classes[class].cell];

	search->choosing = residual_choosing(network, class);
	search->bound = search->highest[choice_kind(network->plan->district, cell)];
	label_class(search, class);
	search->searched[class] = search->labels->settled;
	if (search->flow)
		choice_walk(&search->choosing, &visitor, search);
}

/* --- all classes ------------------------------------------------------------------------------ */

void search_open(struct search *search, struct labels *labels)
{
	struct residual *network = labels->network;

	*search = (struct search){.labels = labels};
	search->searched = memory_array(network->n_classes, sizeof *search->searched);
}

void search_close(struct search *search)
{
	for (size_t kind = 0; kind < CHOICE_KINDS; kind++)
		free(search->highest[kind]);
	free(search->searched);
}

/* Labels are settled anew after so many new moves, or so many classes where some are new: early on
 * a part of the classes sets labels nearly right for all. */
static bool is_enough(const struct search *search, size_t n_new, size_t n_searched)
{
	const struct residual *network = search->labels->network;

	return n_new >= network->n_offerings || n_searched > network->n_classes / 8;
}

bool search_moves(struct search *search)
{
	size_t n_classes = search->labels->network->n_classes, n_searched = 0;
	size_t n_moves = search->labels->moves.n;

	search->found = false;
	fold_all(search);
	for (size_t i = 0; i < n_classes; i++) {
		size_t class = search->at;

		search->at = class + 1 < n_classes ? class + 1 : 0;
		if (!fell_since(search, class))
			continue;
		search_class(search, class);
		n_searched++;
		if (search->found &&
		    is_enough(search, search->labels->moves.n - n_moves, n_searched))
			break;
	}
	return search->found;
}
