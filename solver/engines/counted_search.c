/* solver/engines/counted_search.c - branch and bound over what offerings are decided to be. */
#include <string.h>

#include "solver/engines/counted_parts.h"
#include "solver/stop.h"

enum { MOST_TRIED = 8 /* offerings tried at a node before one is branched on */ };

/* How to branch: an offering opens or shuts; a shut one has at most so many classes, or more. */
struct branch {
	size_t station;
	bool by_state;
	int64_t least, most;  /* of the offering before */
	int64_t split;        /* of a shut one: at most split, or more */
	int64_t waste;
	int64_t *value[2];    /* n_levels of either side; lacking sides are hopeless */
	bool hopeless[2];
	double gain[2];
};

static size_t n_levels(const struct counted_search *search)
{
	return search->counted->pure.program->n_levels;
}

/* Whether no plan with these values can be better than the best one; of the last solution. */
static bool hopeless(const struct counted_search *search)
{
	const struct counted *counted = search->counted;

	if (counted_breaks(counted))
		return true;
	return counted->best.found && counted_compare(counted, counted->best.value) >= 0;
}

static bool hopeless_now(const struct counted_search *search, const int64_t *value)
{
	const struct counted_plan *best = &search->counted->best;

	return best->found && values_compare(value, best->value, n_levels(search)) >= 0;
}

/* A node stays unsolved: no plan in it is below its value. */
static void leave(struct counted_search *search, const int64_t *value)
{
	if (search->bounded && values_compare(search->bound, value, n_levels(search)) <= 0)
		return;
	search->bounded = true;
	memcpy(search->bound, value, n_levels(search) * sizeof *value);
}

static bool at_limit(struct counted_search *search)
{
	const struct counted *counted = search->counted;

	if (stop_asked() || (search->most_solved && counted->solved > search->most_solved))
		search->stopped = true;
	return search->stopped;
}

/* --- where to branch ------------------------------------------------------------------------- */

static void insert(struct branch *all, size_t *n, struct branch one)
{
	size_t i = *n < MOST_TRIED ? (*n)++ : MOST_TRIED;

	for (; i > 0 && all[i - 1].waste < one.waste; i--)
		if (i < MOST_TRIED)
			all[i] = all[i - 1];
	if (i < MOST_TRIED)
		all[i] = one;
}

/* Offerings whose classes the solution counts too low, worst first: free ones, or else shut ones
 * with more classes than their share of the waste. */
static size_t list_branches(const struct counted_search *search, struct branch *all)
{
	const struct counted *counted = search->counted;
	size_t n = 0;

	for (size_t s = 0; s < counted->pure.n_stations; s++) {
		const struct counted_station *here = &counted->stations[s];
		struct branch one = {.station = s, .by_state = here->state == COUNTED_FREE,
				     .least = here->least, .most = here->most};

		if (here->rise == 0 || here->state == COUNTED_OPENED)
			continue;
		one.waste = counted_waste(counted, here);
		if (!one.by_state) {
			one.split = counted_classes(here) - 1;
			one.waste = one.split - here->least; /* below all free ones */
			if (one.split < here->least)
				continue;
			one.waste -= INT64_MAX / 2;
		}
		if (one.waste != 0)
			insert(all, &n, one);
	}
	return n;
}

static void go_to(struct counted_search *search, const struct branch *branch, int side)
{
	struct counted *counted = search->counted;

	if (branch->by_state)
		counted_decide(counted, branch->station,
			       side == 0 ? COUNTED_OPENED : COUNTED_SHUT);
	else if (side == 0)
		counted_bound(counted, branch->station, branch->split + 1, branch->most);
	else
		counted_bound(counted, branch->station, branch->least, branch->split);
}

static void go_back(struct counted_search *search, const struct branch *branch)
{
	if (branch->by_state)
		counted_decide(search->counted, branch->station, COUNTED_FREE);
	else
		counted_bound(search->counted, branch->station, branch->least, branch->most);
}

/* How much worse the last solution is than its node, all levels in one number. */
static double gain_over(const struct counted_search *search, const int64_t *value)
{
	const struct pure *pure = &search->counted->pure;
	double gain = 0;

	for (size_t k = 0; k < n_levels(search); k++)
		gain += (double)pure->weights[k] * (double)(search->counted->value[k] - value[k]);
	return gain;
}

/* Solves both sides of a branch from the node's tree; false: a limit came. */
static bool try_branch(struct counted_search *search, struct branch *branch,
		       const struct network_snapshot *snapshot, const int64_t *value)
{
	struct counted *counted = search->counted;
	bool solved = true;

	for (int side = 0; side < 2 && solved; side++) {
		go_to(search, branch, side);
		network_restore(counted->pure.network, snapshot);
		solved = counted_minimise(counted);
		branch->hopeless[side] = solved && hopeless(search);
		branch->gain[side] = branch->hopeless[side] ? 1e30 : gain_over(search, value);
		memcpy(branch->value[side], counted->value,
		       n_levels(search) * sizeof *counted->value);
		if (solved)
			counted_take(counted);
		go_back(search, branch);
	}
	return solved;
}

static double score(const struct branch *branch)
{
	double open = branch->gain[0] > 1 ? branch->gain[0] : 1;
	double shut = branch->gain[1] > 1 ? branch->gain[1] : 1;

	return open * shut;
}

/* Tries branches; returns the best, or NULL after a limit. */
static struct branch *choose(struct counted_search *search, struct branch *all, size_t n,
			     const struct network_snapshot *snapshot, const int64_t *value)
{
	struct branch *best = &all[0];

	for (size_t i = 0; i < n; i++) {
		if (!try_branch(search, &all[i], snapshot, value))
			return NULL;
		if (score(&all[i]) > score(best))
			best = &all[i];
		if (all[i].hopeless[0] || all[i].hopeless[1])
			return &all[i];
	}
	return best;
}

/* --- the tree -------------------------------------------------------------------------------- */

static void explore(struct counted_search *search);

/* Both sides of a node, the nearer first. */
static void explore_sides(struct counted_search *search, const struct branch *branch,
			  const struct network_snapshot *snapshot)
{
	int first = branch->gain[1] < branch->gain[0];

	for (int i = 0; i < 2; i++) {
		int side = i == 0 ? first : !first;

		if (branch->hopeless[side] || hopeless_now(search, branch->value[side]))
			continue;
		if (at_limit(search)) {
			leave(search, branch->value[side]);
			continue;
		}
		go_to(search, branch, side);
		network_restore(search->counted->pure.network, snapshot);
		if (counted_minimise(search->counted))
			explore(search);
		else
			leave(search, branch->value[side]);
		go_back(search, branch);
	}
}

static void explore_branches(struct counted_search *search, struct branch *all, size_t n)
{
	struct counted *counted = search->counted;
	struct network_snapshot *snapshot = network_save(counted->pure.network);
	int64_t *values = memory_array((2 * n + 1) * n_levels(search), sizeof *values);
	struct branch *branch;

	memcpy(values, counted->value, n_levels(search) * sizeof *values);
	for (size_t i = 0; i < n; i++)
		for (size_t side = 0; side < 2; side++)
			all[i].value[side] = values + (2 * i + side + 1) * n_levels(search);
	branch = choose(search, all, n, snapshot, values);
	if (branch)
		explore_sides(search, branch, snapshot);
	else
		leave(search, values);
	memory_free(values);
	network_snapshot_free(snapshot);
}

/* The node whose network was just minimised. */
static void explore(struct counted_search *search)
{
	struct counted *counted = search->counted;
	struct branch branches[MOST_TRIED];
	size_t n;

	if (hopeless(search) || (counted_take(counted) && hopeless(search)))
		return;
	if (at_limit(search)) {
		leave(search, counted->value);
		return;
	}
	n = list_branches(search, branches);
	if (n > 0) {
		explore_branches(search, branches, n);
		return;
	}
	search->open = true;
	leave(search, counted->value);
}

void counted_search(struct counted_search *search)
{
	explore(search);
}
