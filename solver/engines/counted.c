#include "solver/engines/counted.h"

#include <string.h>

#include "models/routes.h"
#include "solver/engines/counted_parts.h"
#include "solver/stop.h"

/* --- which count binds ----------------------------------------------------------------------- */

static int64_t factor_of(const struct level_scale *scale, bool oversized)
{
	return oversized ? scale->oversized_classes : scale->large_classes;
}

/* The level of a count that has it to itself; false: there are several, or it shares its level. */
static bool find_level(const struct program *program, bool oversized, size_t *level)
{
	size_t found = 0;

	for (size_t k = 0; k < program->n_levels; k++) {
		const struct level_scale *scale = &program->levels[k];

		if (factor_of(scale, oversized) == 0)
			continue;
		if (found++ || factor_of(scale, !oversized) || scale->per_metre || scale->far ||
		    scale->over_standard)
			return false;
		for (size_t g = 0; g < program->district->n_groups; g++)
			if (scale->unplaced[g])
				return false;
		*level = k;
	}
	return found == 1;
}

/* Whether a plan can make any class count in the term. */
static bool can_rise(const struct pure *pure, bool oversized)
{
	for (size_t s = 0; s < pure->n_stations; s++) {
		const struct seats *seats = &pure->program->seats[pure->offerings[s]];

		for (size_t i = 0; i < seats->n_tiers; i++)
			if (oversized ? seats->tiers[i].oversized : seats->tiers[i].large)
				return true;
	}
	return false;
}

/* Whether the plan has no more oversized classes than those who stay make. */
static bool none_oversized(const struct block *block, const struct outcome *outcome, size_t level)
{
	int64_t stay = 0;

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		if (block->grades[g])
			stay += program_constant(block->program, level, g);
	return outcome->value[level] == stay;
}

/* Whether any level has the term. */
static bool wanted(const struct program *program, bool oversized)
{
	for (size_t k = 0; k < program->n_levels; k++)
		if (factor_of(&program->levels[k], oversized))
			return true;
	return false;
}

/* The one count that a plan can still make worse. Both at once, as where classes of 66 cannot be
 * helped, are none of this engine's. */
static bool find_term(const struct pure *pure, size_t proven, const struct outcome *outcome,
		      struct count_term *term)
{
	const struct settings *settings = &pure->program->district->settings;
	bool large = can_rise(pure, false) && wanted(pure->program, false);
	size_t level = 0;

	*term = (struct count_term){.oversized = can_rise(pure, true) &&
						 wanted(pure->program, true)};
	if (term->oversized && large) {
		if (!find_level(pure->program, true, &level) || level >= proven ||
		    !none_oversized(pure->block, outcome, level))
			return false;
		term->oversized = false;
		term->none_oversized = true;
	}
	if (!find_level(pure->program, term->oversized, &term->level) ||
	    (term->none_oversized && term->level < level) || term->level > proven)
		return false;
	term->per_class = (term->none_oversized ? settings->class_oversized - 1
						: settings->class_max) -
			  ((term->oversized ? settings->class_oversized : settings->class_large) -
			   1);
	return term->per_class > 0;
}

/* --- parts ----------------------------------------------------------------------------------- */

/* Batches and stations of the network that a plan as good at the levels before the count may join:
 * pairs with no reduced cost there. */
struct parting {
	const struct pure *pure;
	size_t level;           /* of the count */
	int64_t modulus;        /* costs below it are of the count's level or behind; 0: all are */
	size_t *root;           /* batches, then stations */
	int64_t *station_price;
	struct arc *arcs;
};

static size_t find(struct parting *parting, size_t i)
{
	while (parting->root[i] != i)
		i = parting->root[i] = parting->root[parting->root[i]];
	return i;
}

static void join(struct parting *parting, size_t a, size_t b)
{
	size_t first = find(parting, a), second = find(parting, b);

	if (first < second)
		parting->root[second] = first;
	else
		parting->root[first] = second;
}

static int64_t way_cost(const struct parting *parting, size_t batch, const struct arc *arc)
{
	const struct pure *pure = parting->pure;
	int64_t cost = 0;

	for (size_t k = 0; k < parting->level; k++)
		if (pure->weights[k])
			cost += pure->weights[k] * pure->scale *
				program_arc_cost(pure->program, k, batch, arc);
	return cost;
}

static int64_t unplaced_cost(const struct parting *parting, size_t b)
{
	const struct pure *pure = parting->pure;
	int64_t cost = 0;

	for (size_t k = 0; k < parting->level; k++)
		if (pure->weights[k])
			cost += pure->weights[k] * pure_unplaced_cost(pure, k, b);
	return cost;
}

static void join_batch(struct parting *parting, size_t b)
{
	const struct pure *pure = parting->pure;
	size_t batch = pure->batches[b], n = program_arcs(pure->program, batch, parting->arcs);
	int64_t price = unplaced_cost(parting, b);

	for (size_t i = 0; i < 2 * n; i++) {
		const struct arc *arc = &parting->arcs[i % n];
		size_t station = pure->station_of[arc->offering];
		int64_t cost = way_cost(parting, batch, arc) + parting->station_price[station];

		if (i < n && cost < price)
			price = cost;
		else if (i >= n && cost == price)
			join(parting, b, pure->n_batches + station);
	}
}

static void find_parts(struct parting *parting, const struct pure *pure, size_t level)
{
	size_t n = pure->n_batches + pure->n_stations, longest = 0;

	*parting = (struct parting){.pure = pure, .level = level};
	for (size_t k = 0; k < level; k++)
		if (pure->weights[k])
			parting->modulus = pure->weights[k];
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		if (pure->program->n_offerings_of_grade[g] > longest)
			longest = pure->program->n_offerings_of_grade[g];
	parting->root = memory_array(n, sizeof *parting->root);
	parting->station_price = memory_array(pure->n_stations, sizeof(int64_t));
	parting->arcs = memory_array(longest, sizeof *parting->arcs);
	for (size_t i = 0; i < n; i++)
		parting->root[i] = i;
	for (size_t s = 0; s < pure->n_stations && parting->modulus; s++)
		parting->station_price[s] =
			network_station_price(pure->network, s) -
			network_station_part(pure->network, s, parting->modulus);
	for (size_t b = 0; b < pure->n_batches; b++)
		join_batch(parting, b);
}

static void close_parts(struct parting *parting)
{
	memory_free(parting->root);
	memory_free(parting->station_price);
	memory_free(parting->arcs);
}

/* The part whose first member is `root`. */
static void list_part(struct parting *parting, size_t root, struct counted_part *part)
{
	const struct pure *pure = parting->pure;

	part->n_batches = part->n_offerings = 0;
	for (size_t b = 0; b < pure->n_batches; b++)
		if (find(parting, b) == root)
			part->batches[part->n_batches++] = pure->batches[b];
	for (size_t s = 0; s < pure->n_stations; s++)
		if (find(parting, pure->n_batches + s) == root)
			part->offerings[part->n_offerings++] = pure->offerings[s];
}

/* --- solving a part -------------------------------------------------------------------------- */

/* What the parts that are solved came to. */
struct summing {
	const struct block *block;
	struct pure *pure;
	const struct count_term *term;
	struct outcome *outcome;
	struct flows flows;
	int64_t *missed;     /* n_levels: how far values are from their bounds; -1: not known */
	bool stopped, open, failed;
};

/* Classes of the term that the outcome's plan has in the part. */
static int64_t classes_before(struct counted *counted, const struct outcome *outcome)
{
	int64_t classes = 0;

	for (size_t s = 0; s < counted->pure.n_stations; s++)
		counted->stations[s].load = 0;
	for (size_t i = 0; i < outcome->flows.n; i++) {
		size_t s = counted->pure.station_of[outcome->flows.all[i].offering];

		if (s != NONE)
			counted->stations[s].load += outcome->flows.all[i].units;
	}
	for (size_t s = 0; s < counted->pure.n_stations; s++)
		classes += counted_classes(&counted->stations[s]);
	return classes;
}

/* The outcome's own flows of the part. */
static void keep_flows(struct summing *summing, const struct counted *counted)
{
	const struct flows *flows = &summing->outcome->flows;

	for (size_t i = 0; i < flows->n; i++)
		if (counted->pure.station_of[flows->all[i].offering] != NONE)
			flows_add(&summing->flows, flows->all[i].batch, flows->all[i].offering,
				  flows->all[i].units);
}

static void miss(struct summing *summing, size_t level, int64_t units)
{
	if (summing->missed[level] >= 0)
		summing->missed[level] = units < 0 ? -1 : summing->missed[level] + units;
}

/* Adds how far the best plan is from what is proven: in the first level where it is, and nothing
 * is known of the levels behind. */
static void sum_up(struct summing *summing, const struct counted *counted, int64_t classes,
		   int64_t least_classes, const struct counted_search *search)
{
	size_t n = summing->block->program->n_levels, level = summing->term->level;
	const int64_t *value = counted->best.value;
	size_t first = n;

	if (classes > least_classes) {
		const struct level_scale *scale = &summing->block->program->levels[level];

		miss(summing, level, (classes - least_classes) *
				     factor_of(scale, summing->term->oversized));
		first = level + 1;
	} else if (!counted->best.found) {
		first = level + 1;
	} else if (search->bounded && values_compare(search->bound, value, n) < 0) {
		for (first = 0; search->bound[first] == value[first]; first++)
			;
		miss(summing, first, value[first] - search->bound[first]);
		first++;
	}
	for (size_t k = first; k < n; k++)
		miss(summing, k, -1);
}

/* Looks for a plan with so many classes, and for the best one. Returns false when there is none at
 * all, or none was found before a limit. */
static bool solve_for(struct counted *counted, struct counted_search *search, int64_t classes,
		      int64_t excess, const struct flows *known)
{
	struct network_snapshot *root;

	for (size_t s = 0; s < counted->pure.n_stations; s++)
		counted_decide(counted, s, COUNTED_FREE);
	for (size_t c = 0; c < counted->n_clusters; c++)
		counted_bound_cluster(counted, c, 0, counted->clusters[c].rise);
	counted_limit(counted, classes, classes * counted->term.per_class - excess);
	if (!counted_minimise(counted)) {
		search->stopped = true;
		return false;
	}
	counted_mark(counted);
	root = network_save(counted->pure.network);
	if (!counted_take(counted)) {
		counted_adopt(counted, known);
		counted_round(counted);
	}
	network_restore(counted->pure.network, root);
	network_snapshot_free(root);
	search->bounded = false;
	if (counted_minimise(counted))
		counted_search(search);
	else
		search->stopped = true;
	return counted->best.found;
}

/* From the fewest classes that might do upwards. */
static void solve_part(struct summing *summing, struct counted *counted)
{
	size_t n = summing->block->program->n_levels;
	struct counted_search search = {.counted = counted,
					.most_solved = summing->block->effort};
	int64_t excess = 0, classes, least = 0, before;

	search.bound = memory_array(n, sizeof *search.bound);
	before = classes = classes_before(counted, summing->outcome);
	if (counted_minimise(counted)) {
		memcpy(counted->kept, counted->value, n * sizeof *counted->kept);
		excess = counted->excess;
		least = counted_fewest(counted, excess);
		for (classes = least; !solve_for(counted, &search, classes, excess,
						  &summing->outcome->flows); classes++) {
			if (!search.stopped && !search.open)
				least = classes + 1;
			if (classes >= before || stop_asked())
				break;
		}
	} else {
		search.stopped = true;
	}
	if (counted->best.found)
		flows_append(&summing->flows, &counted->best.flows);
	else
		keep_flows(summing, counted);
	sum_up(summing, counted, counted->best.found ? counted->best.classes : before, least,
	       &search);
	summing->stopped |= search.stopped;
	summing->open |= search.open;
	memory_free(search.bound);
}

/* --- the block ------------------------------------------------------------------------------- */

static void solve_each(struct summing *summing, struct counted *all, struct counted_part *part)
{
	struct parting parting;

	find_parts(&parting, &all->pure, summing->term->level);
	for (size_t b = 0; b < all->pure.n_batches && !summing->failed; b++) {
		struct counted counted;

		if (find(&parting, b) != b)
			continue;
		list_part(&parting, b, part);
		if (part->n_offerings == 0)
			continue;
		summing->failed = !counted_open(&counted, summing->block, summing->term, part,
						&all->pure);
		if (!summing->failed)
			solve_part(summing, &counted);
		counted_close(&counted);
	}
	close_parts(&parting);
}

/* The block as one network shows its parts; `part` has room for all of it. */
static void solve_parts(struct summing *summing)
{
	struct pure *pure = summing->pure;
	struct counted_part part = {.n_batches = pure->n_batches,
				    .n_offerings = pure->n_stations};
	struct counted all;

	part.batches = memory_array(pure->n_batches, sizeof *part.batches);
	part.offerings = memory_array(pure->n_stations, sizeof *part.offerings);
	memcpy(part.batches, pure->batches, pure->n_batches * sizeof *part.batches);
	memcpy(part.offerings, pure->offerings, pure->n_stations * sizeof *part.offerings);
	summing->failed = !counted_open(&all, summing->block, summing->term, &part, pure);
	if (!summing->failed && counted_minimise(&all))
		solve_each(summing, &all, &part);
	else
		summing->failed = true;
	counted_close(&all);
	memory_free(part.batches);
	memory_free(part.offerings);
}

/* Takes the plan of all parts if it is better, and the bounds that go with its values. */
static void take_result(struct summing *summing)
{
	struct outcome *outcome = summing->outcome;
	size_t n = summing->block->program->n_levels;
	int64_t *value = memory_array(n, sizeof *value);

	flows_value(summing->block, &summing->flows, value);
	if (values_compare(value, outcome->value, n) <= 0) {
		struct flows before = outcome->flows;

		memcpy(outcome->value, value, n * sizeof *value);
		outcome->flows = summing->flows;
		summing->flows = before;
		for (size_t k = 0; k < n; k++)
			if (summing->missed[k] >= 0 &&
			    (value[k] - summing->missed[k] > outcome->bound[k] ||
			     outcome->engine[k] == ENGINE_NONE)) {
				outcome->bound[k] = value[k] - summing->missed[k];
				outcome->engine[k] = ENGINE_INTEGER;
			}
	}
	memory_free(value);
}

enum counted_result counted_solve(const struct block *block, struct pure *pure, size_t proven,
				  struct outcome *outcome)
{
	struct count_term term;
	struct summing summing = {.block = block, .pure = pure, .term = &term,
				  .outcome = outcome};
	enum counted_result result = COUNTED_NOT;

	if (!find_term(pure, proven, outcome, &term))
		return COUNTED_NOT;
	summing.missed = memory_array(block->program->n_levels, sizeof *summing.missed);
	solve_parts(&summing);
	if (!summing.failed) {
		take_result(&summing);
		result = summing.stopped ? COUNTED_STOPPED
			 : summing.open  ? COUNTED_OPEN
					 : COUNTED_DONE;
	}
	flows_free(&summing.flows);
	memory_free(summing.missed);
	return result;
}
