/* solver/engines/counted_search.c - branch and bound over what offerings are decided to be.
 *
 * Of the nodes that are left the one with the least bound is next; from there the search goes down,
 * the nearer side first, until a node is settled. Where to branch is told by what both sides of an
 * offering cost when they were last tried, and by trying them as long as that is not known. */
#include <string.h>

#include "solver/engines/counted_parts.h"
#include "solver/progress.h"
#include "solver/stop.h"

enum {
	MOST_LISTED = 10,    /* offerings, and clusters, that are thought of at a node */
	MOST_TRIED = 8,      /* of both together, so many are tried */
	RELIABLE = 3,        /* trials that tell what an offering's sides cost */
	MOST_TREES = 3000    /* trees that are kept, some 20 kB each for a county's grade; other
				nodes begin where the one above them began */
};

/* One side of a branch: an offering opened or shut, or shut with at least and at most so many large
 * classes; or a cluster with at least and at most so many. */
struct decision {
	size_t station;      /* clusters are numbered behind the stations */
	enum counted_state state;
	int64_t least, most;
};

/* A tree that several nodes begin from. */
struct tree {
	struct network_snapshot *snapshot;
	size_t uses;
};

struct search_node {
	struct search_node *parent;
	size_t uses;          /* by its children and by the list */
	struct decision decision; /* that led here; not at the root */
	struct tree *tree;
	int64_t *value;       /* n_levels: no plan in the node is better */
	size_t depth, order;
};

/* Mean cost of a side of an offering or cluster, for each pupil that the hub takes too few or too
 * many for that side. */
struct experience {
	double gain[2];
	size_t trials[2];
};

struct searching {
	struct counted_search *search;
	struct counted *counted;
	struct search_node **heap;
	size_t n, room, made, n_trees;
	struct experience *experience; /* stations, clusters */
	struct experience all[2];      /* of all stations, of all clusters */
};

/* A way to branch: side 0 opens, or has more classes; side 1 shuts, or has at most `split`. */
struct branch {
	size_t station;
	bool by_state;
	int64_t split;
	int64_t away[2];      /* pupils that the hub takes too few or too many for a side */
	int64_t *value[2];    /* n_levels; NULL: not tried */
	bool hopeless[2];
	double gain[2];       /* by trial, or by experience */
};

static size_t n_levels(const struct counted *counted)
{
	return counted->pure.program->n_levels;
}

/* Whether a value is so little better than the best plan that the setting `gap` lets it go. */
static bool near_enough(const struct counted *counted, const int64_t *value)
{
	double gap = (double)counted->pure.program->district->settings.gap / (double)NANO;
	const int64_t *best = counted->best.value;

	for (size_t k = 0; k < n_levels(counted) && counted->best.found; k++)
		if (value[k] != best[k])
			return value[k] > best[k] ||
			       (double)(best[k] - value[k]) <= gap * (double)best[k];
	return counted->best.found;
}

/* A node stays unsolved: no plan in it is better than this. */
static void leave(struct counted_search *search, const int64_t *value)
{
	size_t n = n_levels(search->counted);

	if (search->bounded && values_compare(search->bound, value, n) <= 0)
		return;
	search->bounded = true;
	memcpy(search->bound, value, n * sizeof *value);
}

/* Whether a node with this value has no plan that is wanted. */
static bool hopeless_value(struct counted_search *search, const int64_t *value)
{
	if (!near_enough(search->counted, value))
		return false;
	if (values_compare(value, search->counted->best.value, n_levels(search->counted)) < 0)
		leave(search, value);
	return true;
}

/* The same of the node whose network was minimised last. */
static bool hopeless(struct counted_search *search)
{
	return counted_breaks(search->counted) ||
	       hopeless_value(search, search->counted->value);
}

/* --- nodes ----------------------------------------------------------------------------------- */

static int64_t *copy_values(const struct counted *counted, const int64_t *value)
{
	int64_t *copy = memory_array(n_levels(counted), sizeof *copy);

	memcpy(copy, value, n_levels(counted) * sizeof *copy);
	return copy;
}

/* The tree of the last solution; or `above`, which the node began from, where there are many. */
static struct tree *keep_tree(struct searching *searching, struct tree *above)
{
	struct tree *tree;

	if (above && searching->n_trees >= MOST_TREES) {
		above->uses++;
		return above;
	}
	tree = memory_array(1, sizeof *tree);
	tree->snapshot = network_save(searching->counted->pure.network);
	tree->uses = 1;
	searching->n_trees++;
	return tree;
}

static void drop_tree(struct searching *searching, struct tree *tree)
{
	if (--tree->uses > 0)
		return;
	network_snapshot_free(tree->snapshot);
	memory_free(tree);
	searching->n_trees--;
}

static struct search_node *make_node(struct searching *searching, struct search_node *parent,
				     struct decision decision, const int64_t *value,
				     struct tree *tree)
{
	struct search_node *node = memory_array(1, sizeof *node);

	*node = (struct search_node){.parent = parent, .uses = 1, .decision = decision,
				     .tree = tree, .order = searching->made++};
	node->value = copy_values(searching->counted, value);
	tree->uses++;
	if (parent) {
		parent->uses++;
		node->depth = parent->depth + 1;
	}
	return node;
}

static void drop_node(struct searching *searching, struct search_node *node)
{
	while (node && --node->uses == 0) {
		struct search_node *parent = node->parent;

		if (node->tree)
			drop_tree(searching, node->tree);
		memory_free(node->value);
		memory_free(node);
		node = parent;
	}
}

/* --- the list of nodes, a heap --------------------------------------------------------------- */

static bool before(const struct searching *searching, const struct search_node *a,
		   const struct search_node *b)
{
	int order = values_compare(a->value, b->value, n_levels(searching->counted));

	if (order != 0)
		return order < 0;
	return a->depth != b->depth ? a->depth > b->depth : a->order < b->order;
}

static void put(struct searching *searching, struct search_node *node)
{
	size_t i = searching->n++;

	searching->heap = memory_grow(searching->heap, &searching->room, searching->n,
				      sizeof *searching->heap);
	for (; i > 0 && before(searching, node, searching->heap[(i - 1) / 2]); i = (i - 1) / 2)
		searching->heap[i] = searching->heap[(i - 1) / 2];
	searching->heap[i] = node;
}

static struct search_node *take_first(struct searching *searching)
{
	struct search_node *first = searching->heap[0], *last = searching->heap[--searching->n];
	size_t i = 0;

	for (;;) {
		size_t child = 2 * i + 1;

		if (child + 1 < searching->n && before(searching, searching->heap[child + 1],
						       searching->heap[child]))
			child++;
		if (child >= searching->n || !before(searching, searching->heap[child], last))
			break;
		searching->heap[i] = searching->heap[child];
		i = child;
	}
	searching->heap[i] = last;
	return first;
}

/* --- where to branch ------------------------------------------------------------------------- */

/* Whether a branch is worse counted in the solution than another: the nearer side is farther. */
static int64_t nearer_side(const struct branch *branch)
{
	return branch->away[0] < branch->away[1] ? branch->away[0] : branch->away[1];
}

static void insert(struct branch *all, size_t *n, struct branch one)
{
	size_t i = *n < MOST_LISTED ? (*n)++ : MOST_LISTED;

	for (; i > 0 && nearer_side(&all[i - 1]) < nearer_side(&one); i--)
		if (i < MOST_LISTED)
			all[i] = all[i - 1];
	if (i < MOST_LISTED)
		all[i] = one;
}

/* Free offerings whose classes the solution counts too low. */
static size_t list_free(const struct counted *counted, struct branch *all)
{
	size_t n = 0;

	for (size_t s = 0; s < counted->pure.n_stations; s++) {
		const struct counted_station *here = &counted->stations[s];
		int64_t waste = counted_waste(counted, here);
		int64_t all_of = counted_classes(here) * counted->term.per_class;

		if (here->state == COUNTED_FREE && here->rise > 0 && waste > 0)
			insert(all, &n, (struct branch){.station = s, .by_state = true,
							.away = {waste, all_of - waste}});
	}
	return n;
}

/* Clusters that take a part of a class at the hub. */
static size_t list_clusters(const struct counted *counted, struct branch *all)
{
	int64_t each = counted->term.per_class;
	size_t n = 0;

	for (size_t c = 0; c < counted->n_clusters; c++) {
		const struct counted_cluster *cluster = &counted->clusters[c];
		int64_t part = cluster->taken % each;

		if (part > 0)
			insert(all, &n, (struct branch){.station = counted->pure.n_stations + c,
							.split = cluster->taken / each,
							.away = {each - part, part}});
	}
	return n;
}

/* Shut offerings with more large classes than what is wasted at the hub for them. */
static size_t list_shut(const struct counted *counted, struct branch *all)
{
	size_t n = 0;

	for (size_t s = 0; s < counted->pure.n_stations; s++) {
		const struct counted_station *here = &counted->stations[s];
		int64_t classes = counted_classes(here);

		if (here->state == COUNTED_SHUT && classes > here->least)
			insert(all, &n, (struct branch){.station = s, .split = classes - 1,
							.away = {1, classes - here->least}});
	}
	return n;
}

/* A cluster, or an offering, as it is decided now. */
static struct decision decision_now(const struct counted *counted, size_t station)
{
	const struct counted_station *here = &counted->stations[station];
	const struct counted_cluster *cluster =
		&counted->clusters[station - counted->pure.n_stations];

	if (station < counted->pure.n_stations)
		return (struct decision){station, here->state, here->least, here->most};
	return (struct decision){station, COUNTED_FREE, cluster->least, cluster->most};
}

static struct decision decision_of(const struct counted *counted, const struct branch *branch,
				   int side)
{
	struct decision decision = decision_now(counted, branch->station);

	if (branch->by_state)
		decision.state = side == 0 ? COUNTED_OPENED : COUNTED_SHUT;
	else if (side == 0)
		decision.least = branch->split + 1;
	else
		decision.most = branch->split;
	return decision;
}

static void decide(struct counted *counted, const struct decision *decision)
{
	size_t n = counted->pure.n_stations, station = decision->station;

	if (station >= n) {
		counted_bound_cluster(counted, station - n, decision->least, decision->most);
		return;
	}
	counted_decide(counted, station, decision->state);
	counted_bound(counted, station, decision->least, decision->most);
}

/* As it is where nothing is decided. */
static void set_free(struct counted *counted, size_t station)
{
	size_t n = counted->pure.n_stations;
	struct decision free = {station, COUNTED_FREE, 0, 0};

	free.most = station < n ? counted_most(counted, station)
				: counted->clusters[station - n].rise;
	decide(counted, &free);
}

/* How much worse the last solution is than its node, all levels in one number. */
static double gain_over(const struct counted *counted, const int64_t *value)
{
	double gain = 0;

	for (size_t k = 0; k < n_levels(counted); k++)
		gain += (double)counted->pure.weights[k] *
			(double)(counted->value[k] - value[k]);
	return gain > 0 ? gain : 0;
}

static void learn(struct experience *experience, int side, double gain)
{
	size_t n = ++experience->trials[side];

	experience->gain[side] += (gain - experience->gain[side]) / (double)n;
}

/* The experience with all stations, or all clusters. */
static struct experience *all_like(struct searching *searching, const struct branch *branch)
{
	return &searching->all[branch->station >= searching->counted->pure.n_stations];
}

/* Solves a side from the node's tree; false: a limit came. */
static bool try_side(struct searching *searching, struct branch *branch, int side,
		     const struct tree *tree, const int64_t *value)
{
	struct counted *counted = searching->counted;
	struct decision was = decision_now(counted, branch->station);
	struct decision decision = decision_of(counted, branch, side);
	bool solved;

	decide(counted, &decision);
	network_restore(counted->pure.network, tree->snapshot);
	solved = counted_minimise(counted);
	if (solved) {
		double gain = gain_over(counted, value);

		branch->hopeless[side] = hopeless(searching->search) ||
					 (counted_take(counted) && hopeless(searching->search));
		branch->value[side] = copy_values(counted, counted->value);
		branch->gain[side] = branch->hopeless[side] ? 1e30 : gain;
		if (!counted_breaks(counted)) {
			gain /= (double)branch->away[side];
			learn(&searching->experience[branch->station], side, gain);
			learn(all_like(searching, branch), side, gain);
		}
	}
	decide(counted, &was);
	return solved;
}

static double score(const struct branch *branch)
{
	double open = branch->gain[0] > 1 ? branch->gain[0] : 1;
	double shut = branch->gain[1] > 1 ? branch->gain[1] : 1;

	return open * shut;
}

/* What the sides of a branch should cost, by experience. */
static void expect(struct searching *searching, struct branch *branch)
{
	const struct experience *own = &searching->experience[branch->station];

	for (int side = 0; side < 2; side++)
		branch->gain[side] = (double)branch->away[side] *
				     (own->trials[side] ? own->gain[side]
							: all_like(searching, branch)->gain[side]);
}

static bool reliable(const struct searching *searching, const struct branch *branch)
{
	const struct experience *own = &searching->experience[branch->station];

	return own->trials[0] >= RELIABLE && own->trials[1] >= RELIABLE;
}

static void sort_by_score(struct branch *all, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t j = i; j > 0 && score(&all[j]) > score(&all[j - 1]); j--) {
			struct branch one = all[j];

			all[j] = all[j - 1];
			all[j - 1] = one;
		}
}

/* Tries what is not known well enough; returns the best branch, or NULL after a limit. */
static struct branch *choose(struct searching *searching, struct branch *all, size_t n,
			     const struct tree *tree, const int64_t *value)
{
	struct branch *best = NULL;
	size_t tried = 0;

	for (size_t i = 0; i < n; i++)
		expect(searching, &all[i]);
	sort_by_score(all, n);
	for (size_t i = 0; i < n; i++) {
		if (!reliable(searching, &all[i]) && tried < MOST_TRIED) {
			tried++;
			if (!try_side(searching, &all[i], 0, tree, value) ||
			    !try_side(searching, &all[i], 1, tree, value))
				return NULL;
			if (all[i].hopeless[0] || all[i].hopeless[1])
				return &all[i];
		}
		if (!best || score(&all[i]) > score(best))
			best = &all[i];
	}
	return best;
}

/* --- the search ------------------------------------------------------------------------------ */

static bool at_limit(struct counted_search *search)
{
	const struct counted *counted = search->counted;

	if (stop_asked() || (search->most_solved && counted->solved > search->most_solved))
		search->stopped = true;
	return search->stopped;
}

/* Tells the first level that is open, of the node that comes next. */
static void show(const struct counted *counted, const int64_t *bound)
{
	const struct program *program = counted->pure.program;
	int grade = program->batches[counted->pure.batches[0]].grade;
	size_t k = 0;

	while (counted->best.found && k + 1 < n_levels(counted) &&
	       bound[k] == counted->best.value[k])
		k++;
	if (counted->best.found)
		progress_level(grade, &program->levels[k],
			       counted->best.value[k] + program_constant(program, k, grade),
			       bound[k] + program_constant(program, k, grade));
	else
		progress_level(grade, &program->levels[counted->term.level], INT64_MAX,
			       counted->most_classes +
				       program_constant(program, counted->term.level, grade));
}

/* Decides all offerings as they are in a node. */
static void go_to(struct counted *counted, const struct search_node *node)
{
	size_t n = counted->pure.n_stations + counted->n_clusters;
	bool *met = memory_array(n, sizeof *met);

	for (; node->parent; node = node->parent) {
		if (!met[node->decision.station])
			decide(counted, &node->decision);
		met[node->decision.station] = true;
	}
	for (size_t s = 0; s < n; s++)
		if (!met[s])
			set_free(counted, s);
	memory_free(met);
}

/* Makes the sides of a branch that have hope; returns the nearer one to go on with, or NULL. */
static struct search_node *make_sides(struct searching *searching, struct search_node *node,
				      const struct branch *branch, const int64_t *value)
{
	struct counted *counted = searching->counted;
	struct tree *tree = keep_tree(searching, node->tree);
	struct search_node *made[2] = {NULL, NULL};
	int nearer = branch->gain[1] < branch->gain[0];

	for (int side = 0; side < 2; side++) {
		const int64_t *bound = branch->value[side] ? branch->value[side] : value;

		if (!branch->hopeless[side] && !hopeless_value(searching->search, bound))
			made[side] = make_node(searching, node, decision_of(counted, branch, side),
					       bound, tree);
	}
	drop_tree(searching, tree);
	if (!made[nearer])
		nearer = !nearer;
	if (made[nearer] && made[!nearer])
		put(searching, made[!nearer]);
	return made[nearer];
}

static struct search_node *branch_at(struct searching *searching, struct search_node *node,
				     struct branch *all, size_t n)
{
	struct counted *counted = searching->counted;
	int64_t *value = copy_values(counted, counted->value);
	struct tree here = {network_save(counted->pure.network), 1};
	struct branch *branch = choose(searching, all, n, &here, value);
	struct search_node *next = NULL;

	if (branch) {
		network_restore(counted->pure.network, here.snapshot);
		next = make_sides(searching, node, branch, value);
	} else {
		leave(searching->search, value);
	}
	for (size_t i = 0; i < n; i++)
		for (int side = 0; side < 2; side++)
			memory_free(all[i].value[side]);
	network_snapshot_free(here.snapshot);
	memory_free(value);
	return next;
}

/* Solves a node; returns one of its sides to go on with, or NULL. */
static struct search_node *visit(struct searching *searching, struct search_node *node)
{
	struct counted *counted = searching->counted;
	struct branch branches[2 * MOST_LISTED];
	size_t n;

	show(counted, node->value);
	go_to(counted, node);
	network_restore(counted->pure.network, node->tree->snapshot);
	if (!counted_minimise(counted)) {
		leave(searching->search, node->value);
		return NULL;
	}
	if (hopeless(searching->search) ||
	    (counted_take(counted) && hopeless(searching->search)))
		return NULL;
	n = list_free(counted, branches);
	n = n > 0 ? n + list_clusters(counted, branches + n) : list_shut(counted, branches);
	if (n > 0)
		return branch_at(searching, node, branches, n);
	searching->search->open = true;
	leave(searching->search, counted->value);
	return NULL;
}

/* Visits a node and what is below it, as long as it goes down. */
static void go_down(struct searching *searching, struct search_node *node)
{
	while (node) {
		struct search_node *next = NULL;

		if (!hopeless_value(searching->search, node->value)) {
			if (at_limit(searching->search))
				leave(searching->search, node->value);
			else
				next = visit(searching, node);
		}
		drop_node(searching, node);
		node = next;
	}
}

void counted_search(struct counted_search *search)
{
	struct counted *counted = search->counted;
	struct searching searching = {.search = search, .counted = counted};
	struct decision none = {0};
	struct tree *root;

	searching.experience = memory_array(counted->pure.n_stations + counted->n_clusters,
					    sizeof(struct experience));
	root = keep_tree(&searching, NULL);
	put(&searching, make_node(&searching, NULL, none, counted->value, root));
	drop_tree(&searching, root);
	while (searching.n > 0)
		go_down(&searching, take_first(&searching));
	memory_free(searching.experience);
	memory_free(searching.heap);
}
