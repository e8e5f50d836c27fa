#include "solver/engines/whole_relax.h"

#include "inputs/base/memory.h"

enum {
	ROOT_ROUNDS = 400,    /* of the prices */
	TARGET_ROUNDS = 150,  /* of the first box of a target */
	NODE_ROUNDS = 10,
	AGAIN_ROUNDS = 8,     /* once ways were taken out */
	FEW_NODES = 200,      /* where it is not thorough */
	MIXED_NODES = 2000
};

#define MOST_OPEN (size_t)250000000 /* pairs of all open boxes: 2 GB */

/* Branch and bound, depth first: open boxes on a stack. */
struct proof {
	struct whole *whole;
	struct outcome *outcome;
	size_t level;
	struct relaxation *relaxation;
	struct chosen *chosen;
	struct layout *layout;
	int64_t *reach;
	struct box *root;
	int64_t most;         /* scaled: of the plans that are looked for */
	struct box **open;
	size_t n_open, open_room, nodes, most_nodes;
};

/* How a box is split: the pair's units are at least `units`, or fewer. */
struct split {
	size_t pair;
	int32_t units;
	bool fewer_first;
	bool none;           /* there is nothing left to split */
};

static void push(struct proof *proof, const struct box *box)
{
	struct box *copy = box_new(proof->relaxation);

	box_copy(proof->relaxation, copy, box);
	proof->open = memory_grow(proof->open, &proof->open_room, proof->n_open + 1,
				  sizeof *proof->open);
	proof->open[proof->n_open++] = copy;
}

/* --- where to split -------------------------------------------------------------------------- */

static bool decided(const struct box *box, const struct item *item)
{
	for (size_t p = item->first; p < item->first + item->n; p++)
		if (box->low[p] != box->high[p])
			return false;
	return true;
}

/* The two least bounds of the ways that an item has left. */
static void two_least(const struct proof *proof, const struct item *item, int64_t least[2],
		      size_t *first)
{
	least[0] = least[1] = INT64_MAX;
	*first = item->first;
	for (size_t p = item->first; p < item->first + item->n; p++) {
		int64_t reach = proof->reach[p];

		if (reach < least[0]) {
			least[1] = least[0];
			least[0] = reach;
			*first = p;
		} else if (reach < least[1]) {
			least[1] = reach;
		}
	}
}

/* How good a split of an item of one unit is; *pair is the way to split on. Large ones decide most
 * of what fits with what; what both sides gain counts beside the gap that is left to close. */
static double score(const struct proof *proof, const struct box *box, const struct item *item,
		    size_t *pair)
{
	double gap = (double)(proof->most - box->bound) + 1, size = (double)item->size;
	int64_t least[2];

	two_least(proof, item, least, pair);
	if (least[1] == INT64_MAX)
		return 0;
	return size * size * ((double)(least[0] - box->bound) + gap) *
	       ((double)(least[1] - box->bound) + gap);
}

/* A pair of an item of several units. */
static struct split split_units(const struct proof *proof, const struct box *box,
				const struct item *item, int64_t missing)
{
	for (size_t p = item->first; p < item->first + item->n; p++) {
		int32_t units = proof->chosen->units[p];

		if (missing <= 0 && units > box->low[p])
			return (struct split){p, units, missing < 0, false};
		if (missing >= 0 && units < box->high[p])
			return (struct split){p, units + 1, false, false};
	}
	return (struct split){.none = true};
}

/* Lumps that were taken not at all or twice first, by what the sides gain; then any. */
static struct split choose_split(const struct proof *proof, const struct box *box)
{
	const struct relaxation *relaxation = proof->relaxation;
	struct split split = {.none = true};
	double best = -1;

	for (int settled = 0; settled < 2 && split.none; settled++)
		for (size_t i = 0; i < relaxation->n_items; i++) {
			const struct item *item = &relaxation->items[i];
			int64_t missing = proof->chosen->missing[i];
			size_t pair = 0;
			double here;

			if ((missing == 0) != settled || decided(box, item))
				continue;
			if (item->units != 1) {
				if (split.none)
					split = split_units(proof, box, item, missing);
				continue;
			}
			here = score(proof, box, item, &pair);
			if (here > best) {
				best = here;
				split = (struct split){pair, 1, false, false};
			}
		}
	return split;
}

/* One side of a split: of an item of one unit the other ways go as well. */
static void restrict_box(const struct proof *proof, struct box *box, const struct split *split,
			 bool fewer)
{
	const struct relaxation *relaxation = proof->relaxation;
	const struct item *item = &relaxation->items[relaxation->pairs[split->pair].item];

	if (fewer) {
		box->high[split->pair] = split->units - 1;
		return;
	}
	box->low[split->pair] = split->units;
	for (size_t p = item->first; item->units == 1 && p < item->first + item->n; p++)
		if (p != split->pair)
			box->high[p] = 0;
}

static void branch(struct proof *proof, struct box *box, const struct split *split)
{
	int32_t low = box->low[split->pair];

	push(proof, box);
	restrict_box(proof, proof->open[proof->n_open - 1], split, !split->fewer_first);
	box->low[split->pair] = low;
	push(proof, box);
	restrict_box(proof, proof->open[proof->n_open - 1], split, split->fewer_first);
}

/* --- nodes ----------------------------------------------------------------------------------- */

static bool settled(const struct proof *proof)
{
	for (size_t i = 0; i < proof->relaxation->n_items; i++)
		if (proof->chosen->missing[i])
			return false;
	return true;
}

/* The choice as a layout: the lumps of an item follow each other. */
static void take_choice(struct proof *proof)
{
	const struct relaxation *relaxation = proof->relaxation;

	for (size_t i = 0; i < relaxation->n_items; i++) {
		const struct item *item = &relaxation->items[i];
		size_t lump = item->lump;

		for (size_t p = item->first; p < item->first + item->n; p++)
			for (int32_t j = 0; j < proof->chosen->units[p]; j++)
				proof->layout->way[lump++] = relaxation->pairs[p].way;
	}
	layout_count(proof->whole, proof->layout);
}

/* Offers what was chosen, every lump once, as a plan; returns whether nothing in the box can be
 * better at the level. */
static bool offer_choice(struct proof *proof, const struct box *box)
{
	struct whole *whole = proof->whole;
	size_t level = proof->level;

	take_choice(proof);
	if (!layout_fits(whole, proof->layout))
		return false;
	whole_offer(whole, proof->outcome, proof->layout);
	for (size_t k = 0; k < level; k++)
		if (whole->trial_value[k] > proof->outcome->value[k])
			return false;
	return whole->trial_value[level] * proof->relaxation->scale <
	       box->bound + proof->relaxation->scale;
}

/* Bounds a box, and takes out of it what it can; returns whether there is hope left in it. */
static bool tighten(struct proof *proof, struct box *box, int64_t most, int rounds)
{
	struct relaxation *relaxation = proof->relaxation;

	for (int i = 0; i < 4; i++) {
		size_t out;

		relaxation_climb(relaxation, box, most, rounds, proof->chosen);
		if (box->bound > most)
			return false;
		out = relaxation_fix(relaxation, box, most, proof->reach);
		if (out == SIZE_MAX)
			return false;
		if (out == 0)
			return true;
		rounds = AGAIN_ROUNDS;
	}
	relaxation_climb(relaxation, box, most, 0, proof->chosen);
	return box->bound <= most;
}

static void visit(struct proof *proof, struct box *box, int rounds)
{
	struct split split;

	proof->nodes++;
	if (!tighten(proof, box, proof->most, rounds))
		return;
	if (settled(proof) && offer_choice(proof, box))
		return;
	split = choose_split(proof, box);
	if (!split.none)
		branch(proof, box, &split);
}

/* The least whole value that is not below a scaled bound. */
static int64_t whole_value(const struct relaxation *relaxation, int64_t bound)
{
	return bound / relaxation->scale + (bound % relaxation->scale > 0);
}

static void raise_bound(struct proof *proof, int64_t bound)
{
	struct outcome *outcome = proof->outcome;

	if (bound > outcome->value[proof->level])
		bound = outcome->value[proof->level];
	if (bound > outcome->bound[proof->level]) {
		outcome->bound[proof->level] = bound;
		outcome->engine[proof->level] = ENGINE_INTEGER;
	}
}

/*
 * Looks for plans of at most `target` at the level, each one better than the one before.
 *
 *   returns  0 when none is left: the bound is raised; 1 after a limit, 2 when it gave up
 */
static int look_for(struct proof *proof, int64_t target)
{
	const int64_t *value = &proof->outcome->value[proof->level];
	int result = 0, rounds = TARGET_ROUNDS;

	push(proof, proof->root);
	while (proof->n_open > 0) {
		struct box *box = proof->open[--proof->n_open];

		if (result == 0 && whole_over(proof->whole))
			result = 1;
		if (result == 0 && (proof->n_open * proof->relaxation->n_pairs > MOST_OPEN ||
				    proof->nodes > proof->most_nodes))
			result = 2;
		proof->most = target * proof->relaxation->scale;
		if (result == 0)
			visit(proof, box, rounds);
		whole_show(proof->whole, proof->outcome, proof->level);
		rounds = NODE_ROUNDS;
		if (target >= whole_near_enough(proof->whole, *value))
			target = whole_near_enough(proof->whole, *value) - 1;
		box_free(box);
	}
	if (result == 0)
		raise_bound(proof, target + 1);
	return result;
}

/* --- the proof ------------------------------------------------------------------------------- */

static void start_prices(struct proof *proof, const struct linear *linear)
{
	const struct relaxation *relaxation = proof->relaxation;

	for (size_t i = 0; i < relaxation->n_items; i++) {
		int row = linear->batch_row[proof->whole->lumps[relaxation->items[i].lump].batch];

		proof->root->price[i] =
			(int64_t)(linear->dual[row] * (double)relaxation->scale);
	}
}

/* Raises the bound in steps, each of which looks for plans up to a target: those far below the plan
 * are done with soon, and tell where the best one is. */
static int climb_by_targets(struct proof *proof)
{
	static const int percent[] = {12, 25, 40, 55, 70, 85, 100};
	const int64_t *value = &proof->outcome->value[proof->level];
	const int64_t *bound = &proof->outcome->bound[proof->level];
	int64_t first = *bound;

	for (size_t step = 0; *bound < whole_near_enough(proof->whole, *value);) {
		int64_t end = whole_near_enough(proof->whole, *value);
		int64_t target = first + (end - first) * percent[step] / 100 - 1;
		int result = 0;

		if (target >= *bound)
			result = look_for(proof, target);
		if (result)
			return result;
		step++;
	}
	return *bound < *value;
}

/* Better prices for everything, then without what no better plan can have. */
static void start_root(struct proof *proof, const struct linear *linear)
{
	struct relaxation *relaxation = proof->relaxation;
	int64_t most = (proof->outcome->value[proof->level] - 1) * relaxation->scale;

	proof->chosen = chosen_new(relaxation);
	proof->reach = memory_array(relaxation->n_pairs, sizeof *proof->reach);
	proof->root = box_new(relaxation);
	start_prices(proof, linear);
	relaxation_climb(relaxation, proof->root, most, ROOT_ROUNDS, proof->chosen);
	if (proof->root->bound > most ||
	    relaxation_fix(relaxation, proof->root, most, proof->reach) == SIZE_MAX)
		raise_bound(proof, proof->outcome->value[proof->level]);
	else
		raise_bound(proof, whole_value(relaxation, proof->root->bound));
	relaxation_shrink(relaxation, proof->root);
}

/* Pupils who go alone and are alike, and side rows, are not what this is made for: GLPK goes on. */
static size_t most_nodes(const struct whole *whole)
{
	if (whole->n_rows > 0)
		return MIXED_NODES;
	for (size_t i = 0; i < whole->n_lumps; i++)
		if (whole->program->batches[whole->lumps[i].batch].units > 1)
			return MIXED_NODES;
	return SIZE_MAX;
}

int whole_prove(struct whole *whole, const struct linear *linear, struct outcome *outcome,
		size_t level, bool thorough)
{
	struct proof proof = {.whole = whole, .outcome = outcome, .level = level,
			      .most_nodes = thorough ? most_nodes(whole) : FEW_NODES};
	int result;

	if (outcome->bound[level] >= whole_near_enough(whole, outcome->value[level]))
		return outcome->bound[level] < outcome->value[level];
	if (!whole->complete || (!thorough && whole->n_lumps > MOST_SMALL))
		return 2;
	proof.relaxation = relaxation_open(whole, linear, level, outcome->value);
	proof.layout = layout_new(whole);
	start_root(&proof, linear);
	result = climb_by_targets(&proof);
	box_free(proof.root);
	layout_free(proof.layout);
	chosen_free(proof.chosen);
	relaxation_close(proof.relaxation);
	memory_free(proof.reach);
	memory_free(proof.open);
	return result;
}
