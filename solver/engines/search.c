#include "solver/engines/search.h"

#include <math.h>

#include "inputs/base/memory.h"
#include "solver/stop.h"

#define SETTLED 1e-5     /* a violation below it (in classes) is none */
#define WHOLE_STEP 0.99  /* plans differ by whole units: a node this near below cannot improve */

enum {
	MOST_TRIED = 10, /* switches tried at a node before one is branched on */
	MOST_OPEN = 50   /* nodes that are not whole before the search is no way to a proof */
};

/* A switch decided on the way to a node. */
struct decision {
	size_t offering, which;
	enum switch_state state;
	double other;        /* bound of the other side; INFINITY once it is dealt with */
};

struct path {
	struct decision *all;
	size_t n, room;
};

/* A switch that the linear program leaves open, and how far. */
struct candidate {
	size_t offering, which;
	double violation;
	double bound[2];     /* with the switch open, and shut */
};

/* What a node came to. */
enum node { NODE_BRANCH, NODE_CLOSED, NODE_STOPPED };

static void offer_candidate(struct candidate *all, size_t *n, struct candidate one)
{
	size_t i = *n < MOST_TRIED ? (*n)++ : MOST_TRIED;

	for (; i > 0 && all[i - 1].violation < one.violation; i--)
		if (i < MOST_TRIED)
			all[i] = all[i - 1];
	if (i < MOST_TRIED)
		all[i] = one;
}

/* The switches of one offering whose classes the linear program undercounts. */
static void add_candidates(const struct linear *linear, size_t offering, struct candidate *all,
			   size_t *n)
{
	for (size_t w = 0; w < linear->program->seats[offering].n_switches; w++) {
		struct candidate one = {offering, w, 0, {0, 0}};

		if (linear->state[offering][w] != SWITCH_FREE)
			continue;
		one.violation = linear_violation(linear, offering, w);
		if (one.violation > SETTLED)
			offer_candidate(all, n, one);
	}
}

/* Those that are undercounted most, worst first. */
static size_t find_candidates(const struct linear *linear, struct candidate *all)
{
	size_t n = 0;

	for (size_t i = 0; i < linear->program->district->n_offerings; i++)
		if (linear->offering_row[i])
			add_candidates(linear, i, all, &n);
	return n;
}

static bool hopeless(const struct search *search, double bound)
{
	return bound > search->best - WHOLE_STEP;
}

/* The linear bound of a node; NAN after a limit or a failure. */
static double bound_here(struct search *search)
{
	search->nodes++;
	return linear_minimise(search->linear, search->weights) ? NAN : search->linear->value;
}

static enum switch_state side(int i)
{
	return i == 0 ? SWITCH_OPEN : SWITCH_SHUT;
}

/* Tries both sides of a switch from the node's basis, which is put back. */
static void try_both(struct search *search, struct candidate *candidate, struct basis *basis)
{
	for (int i = 0; i < 2; i++) {
		linear_set_switch(search->linear, candidate->offering, candidate->which, side(i));
		candidate->bound[i] = bound_here(search);
		if (isnan(candidate->bound[i]))
			candidate->bound[i] = -INFINITY;
		linear_set_switch(search->linear, candidate->offering, candidate->which,
				  SWITCH_FREE);
		linear_restore(search->linear, basis);
	}
}

/* Product of what the two sides gain: large where either side brings the search further. */
static double score(const struct candidate *candidate, double value)
{
	double open = fmin(fmax(candidate->bound[0] - value, 1), 1e12);
	double shut = fmin(fmax(candidate->bound[1] - value, 1), 1e12);

	return open * shut;
}

/* The decision to branch on: a switch with a hopeless side at once, else the best score. */
static struct decision choose(struct search *search, struct candidate *all, size_t n)
{
	double value = search->linear->value;
	struct candidate *best = &all[0];
	struct basis basis;
	int first;

	linear_save(search->linear, &basis);
	for (size_t i = 0; i < n; i++) {
		try_both(search, &all[i], &basis);
		if (i == 0 || score(&all[i], value) > score(best, value))
			best = &all[i];
		if (hopeless(search, all[i].bound[0]) || hopeless(search, all[i].bound[1]))
			break;
	}
	basis_free(&basis);
	first = best->bound[1] < best->bound[0];
	return (struct decision){best->offering, best->which, side(first), best->bound[!first]};
}

static void push(struct search *search, struct path *path, struct decision decision)
{
	path->all = memory_grow(path->all, &path->room, path->n + 1, sizeof *path->all);
	path->all[path->n++] = decision;
	linear_set_switch(search->linear, decision.offering, decision.which, decision.state);
}

/* Goes to the other side of the last decision whose other side has hope; false: there is none. */
static bool back_up(struct search *search, struct path *path)
{
	while (path->n > 0) {
		struct decision *last = &path->all[path->n - 1];

		if (!hopeless(search, last->other)) {
			last->other = INFINITY;
			last->state = last->state == SWITCH_OPEN ? SWITCH_SHUT : SWITCH_OPEN;
			linear_set_switch(search->linear, last->offering, last->which, last->state);
			return true;
		}
		linear_set_switch(search->linear, last->offering, last->which, SWITCH_FREE);
		path->n--;
	}
	return false;
}

/* Solves a node; *decision says how to branch. */
static enum node visit(struct search *search, struct decision *decision,
		       enum search_result *result)
{
	struct candidate candidates[MOST_TRIED];
	double bound = bound_here(search);
	size_t n;

	if (isnan(bound)) {
		*result = stop_asked() ? SEARCH_STOPPED : SEARCH_OPEN;
		return stop_asked() ? NODE_STOPPED : NODE_CLOSED;
	}
	if (hopeless(search, bound))
		return NODE_CLOSED;
	if (search->most_nodes && search->nodes > search->most_nodes) {
		*result = SEARCH_ENOUGH;
		return NODE_STOPPED;
	}
	n = find_candidates(search->linear, candidates);
	if (n > 0) {
		*decision = choose(search, candidates, n);
		return NODE_BRANCH;
	}
	search->best = fmin(search->best, search->offer(search->context));
	if (search->enough(search->context)) {
		*result = SEARCH_ENOUGH;
		return NODE_STOPPED;
	}
	if (hopeless(search, bound))
		return NODE_CLOSED;
	*result = SEARCH_OPEN;
	return ++search->open_nodes > MOST_OPEN ? NODE_STOPPED : NODE_CLOSED;
}

static void free_switches(struct search *search, struct path *path)
{
	while (path->n > 0) {
		path->n--;
		linear_set_switch(search->linear, path->all[path->n].offering,
				  path->all[path->n].which, SWITCH_FREE);
	}
	memory_free(path->all);
}

enum search_result search_run(struct search *search)
{
	enum search_result result = SEARCH_DONE;
	struct path path = {0};
	struct decision decision;
	enum node node;

	linear_allow_missing(search->linear, true);
	do {
		while ((node = visit(search, &decision, &result)) == NODE_BRANCH)
			push(search, &path, decision);
	} while (node != NODE_STOPPED && back_up(search, &path));
	free_switches(search, &path);
	linear_allow_missing(search->linear, false);
	return result;
}
