#include "solver/prices.h"

#include "inputs/base/memory.h"
#include "inputs/base/parallel.h"
#include "solver/progress.h"
#include "solver/solve_parts.h"
#include "solver/stop.h"

/* A price that is to be tried, and what it may be worth at most. */
struct candidate {
	struct price *price;
	bool bounded;       /* price->gain holds a bound already */
	int64_t weight;     /* of an offering whose grade no prices prove */
};

struct pricing {
	const struct trial_base *base;
	const struct program *program;
	const struct seat_gains *gains;
	struct price *all;
	size_t n;
	struct candidate *candidates;
	size_t n_candidates;
	int64_t *load;      /* n_offerings: of the base's plan, those who stay included */
	bool settled;       /* the base's plan is proven at every level */
	bool proven[LAST_GRADE + 1]; /* by node prices, with all grades that rules tie to it */
	bool *loose;        /* n_offerings: no rule over grades can keep its seat from being used */
};

/* --- which rules over several grades are loose ------------------------------------------------ */

/* What a pupil more and another less at the school can add to a row. */
static int64_t margin_of(const struct side_row *row)
{
	return row->kind == SIDE_SHARE ? row->whole : 1;
}

/* Grades in which a row other than a cap is at its limit, at any school that has the grade. */
static void find_tight_grades(const struct pricing *pricing, const struct flows *flows,
			      bool tight[LAST_GRADE + 1])
{
	const struct program *program = pricing->program;
	int64_t *sums = memory_array(program->n_sides, sizeof *sums);

	flows_side_sums(program, flows, sums);
	for (size_t r = 0; r < program->n_sides; r++) {
		const struct side_row *row = &program->sides[r];

		if (row->kind == SIDE_CAP || row->limit - sums[r] >= margin_of(row))
			continue;
		for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
			tight[g] |= district_offering(program->district, row->school, g) != NULL;
	}
	memory_free(sums);
}

/* A school without a seat left has no rows in the program: a new one may need a share. */
static bool shares_unstated(const struct program *program, size_t school)
{
	const struct district *district = program->district;

	if (program->sides_of_school[school] < program->sides_of_school[school + 1])
		return false;
	for (size_t g = 0; g < district->n_groups; g++)
		if (district->groups[g].max_share != NOT_GIVEN)
			return true;
	return false;
}

/* A path of moves brings a pupil more to the school of the new seat alone, but other pupils to
 * every school that it passes: caps are asked at the one, all other rows wherever the grade is. One
 * pupil does not move where zones stay whole. */
static void find_loose(struct pricing *pricing, const struct flows *flows)
{
	const struct district *district = pricing->program->district;
	int64_t *sent = memory_array(district->n_schools, sizeof *sent);
	bool tight[LAST_GRADE + 1] = {false};
	struct capacities capacities;
	struct arena arena;

	arena_open(&arena);
	capacities_make(&arena, district, &capacities);
	find_tight_grades(pricing, flows, tight);
	for (size_t i = 0; i < flows->n; i++)
		sent[district->offerings[flows->all[i].offering].school] +=
			flows->all[i].units *
			pricing->program->batches[flows->all[i].batch].size;
	for (size_t i = 0; i < district->n_offerings; i++) {
		size_t school = district->offerings[i].school;

		pricing->loose[i] = !district->settings.whole_zones &&
				    sent[school] < capacities.schools[school].spare &&
				    !shares_unstated(pricing->program, school) &&
				    !tight[district->offerings[i].grade];
	}
	arena_close(&arena);
	memory_free(sent);
}

/* Whether the base's plan is proven at every level. */
static bool base_proven(const struct pricing *pricing)
{
	for (size_t k = 0; k < pricing->program->n_levels; k++)
		if (pricing->base->value[k] != pricing->base->bound[k])
			return false;
	return true;
}

/*
 * Where node prices bear. A grade's own optimum bounds a gain only if the rest cannot gain with it:
 * all grades that a stated row ties to it are to be at their own optimum as well, and where the
 * rest is not known to be at its best, no row may tie it at all.
 */
static void find_proven(struct pricing *pricing)
{
	const int *root = pricing->base->solver->root;
	bool open[LAST_GRADE + 1] = {false};

	pricing->settled = base_proven(pricing);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		open[root[g]] |= !pricing->gains->grades[g];
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		pricing->proven[g] = !open[root[g]] &&
				     (pricing->settled || pricing->program->n_sides == 0);
}

static void count_loads(struct pricing *pricing)
{
	const struct district *district = pricing->program->district;
	struct flows flows = {0};

	solver_flows(pricing->base->solver, &flows);
	for (size_t i = 0; i < district->n_offerings; i++)
		pricing->load[i] = district->offerings[i].enrolled;
	for (size_t i = 0; i < flows.n; i++)
		pricing->load[flows.all[i].offering] +=
			flows.all[i].units * pricing->program->batches[flows.all[i].batch].size;
	find_loose(pricing, &flows);
	find_proven(pricing);
	flows_free(&flows);
}

/* --- what the proof says ---------------------------------------------------------------------- */

/* Units of 10^-18 in one unit of a level. */
static audit_value unit_of(const struct level_scale *level)
{
	audit_value unit = 1;

	for (int i = level->digits; i < 18; i++)
		unit *= 10;
	return unit;
}

/* The proof's gain of a seat, or a bound on that of `seats` of them. */
static struct gain proven_gain(const struct pricing *pricing, size_t offering, int64_t seats,
			       bool exact)
{
	const struct program *program = pricing->program;
	size_t n = program->n_levels, k = 0;
	const audit_value *gain = pricing->gains->gain + offering * n;
	struct gain made = {.level = n, .exact = true, .has_last = true};

	while (k < n && gain[k] == 0)
		k++;
	if (k == n)
		return made;
	made.level = k;
	made.gain = (int64_t)(gain[k] * seats / unit_of(&program->levels[k]));
	made.exact = made.has_last = exact;
	made.last = (int64_t)(gain[n - 1] / unit_of(&program->levels[n - 1]));
	return made;
}

static int64_t most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* By how many seats a section moves the furthest threshold. */
static int64_t widest_class(const struct district *district, const struct offering *offering)
{
	const struct settings *settings = &district->settings;

	return most(most(offering->class_size, settings->class_max),
		    settings->class_oversized - 1);
}

/* --- candidates ------------------------------------------------------------------------------- */

/* All that the first level which is not 0 comes to, in one grade or (0) in all: nothing can gain
 * more. */
static struct gain whole_level(const struct pricing *pricing, int grade)
{
	const struct solver *solver = pricing->base->solver;
	const int64_t *value = grade ? solver->outcomes[solver->root[grade]].value
				     : pricing->base->value;
	size_t n = pricing->program->n_levels, k = 0;

	if (!pricing->settled)
		value = pricing->base->value;
	while (k < n && value[k] == 0)
		k++;
	return (struct gain){.level = k, .exact = k == n, .has_last = k == n,
			     .gain = k < n ? value[k] : 0};
}

static void add_candidate(struct pricing *pricing, struct price *price, bool bounded,
			  int64_t weight)
{
	if (price->gain.level == pricing->program->n_levels && price->gain.exact)
		return;
	pricing->candidates[pricing->n_candidates++] = (struct candidate){price, bounded, weight};
}

static struct price *add_price(struct pricing *pricing, enum price_what what, size_t school,
			       int grade, struct gain gain)
{
	struct price *price = &pricing->all[pricing->n++];

	*price = (struct price){what, school, grade, gain};
	return price;
}

/* Where no prices prove the grade: crowded offerings first. */
static int64_t crowding(const struct pricing *pricing, size_t i)
{
	const struct offering *offering = &pricing->program->district->offerings[i];
	int64_t sections = offering->sections > 0 ? offering->sections : 1;

	return pricing->load[i] * 1000 / sections;
}

/* Whether every class is large: divided over one class more, the same pupils may then make one
 * large class more, so that a section can even do harm. */
static bool all_large(const struct pricing *pricing, size_t i)
{
	const struct district *district = pricing->program->district;
	const struct offering *offering = &district->offerings[i];

	return pricing->load[i] >= district->settings.class_large * offering->sections;
}

static struct gain no_gain(const struct pricing *pricing)
{
	return (struct gain){.level = pricing->program->n_levels, .exact = true, .has_last = true};
}

/* What one pupil more at one offering can add to a level: one class in each count, and a pupil
 * unplaced; INT64_MAX where ways or sizes count as well. */
static int64_t one_more(const struct program *program, size_t level)
{
	const struct level_scale *scale = &program->levels[level];
	int64_t unplaced = 0;

	if (scale->per_metre || scale->far || scale->over_standard)
		return INT64_MAX;
	for (size_t g = 0; g < program->district->n_groups; g++)
		unplaced = most(unplaced, scale->unplaced[g]);
	return scale->large_classes + scale->oversized_classes + unplaced;
}

/*
 * A bound on what a seat brings where no prices prove the grade, the levels before the first that
 * is not 0 being 0 in any case. Take the best plan with the seat. Without it one pupil of the
 * offering may have to leave: unplaced, where somebody is already; else along the moves by which
 * that plan differs from the base's, to an offering that has no more pupils then than in the base.
 * So the base's level is at most what one pupil adds above the other plan's. Rules that are not
 * stated only take plans away from those with the seat.
 */
static struct gain seat_bound(const struct pricing *pricing, int grade)
{
	const struct solver *solver = pricing->base->solver;
	struct gain gain = whole_level(pricing, grade);
	bool alone = solver->root[grade] == grade && pricing->settled &&
		     !pricing->program->district->settings.whole_zones;
	int64_t bound;

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		alone &= g == grade || solver->root[g] != grade;
	for (size_t r = 0; r < pricing->program->n_sides; r++)
		alone &= !solver->active[r];
	if (gain.level == pricing->program->n_levels || !alone)
		return gain;
	bound = one_more(pricing->program, gain.level);
	gain.gain = bound < gain.gain ? bound : gain.gain;
	return gain;
}

/* A seat needs a class to stand in: an offering without one has no such price. */
static void price_seat(struct pricing *pricing, size_t i)
{
	const struct offering *offering = &pricing->program->district->offerings[i];
	bool known = pricing->gains->known[i] && pricing->proven[offering->grade];
	struct price *seat;
	struct gain gain;

	if (offering->sections == 0)
		return;
	gain = known ? proven_gain(pricing, i, 1, pricing->gains->exact[i] && pricing->loose[i])
		     : seat_bound(pricing, offering->grade);
	seat = add_price(pricing, PRICE_SEAT, offering->school, offering->grade, gain);
	if (!gain.exact)
		add_candidate(pricing, seat, known, known ? 0 : crowding(pricing, i));
}

/* A first class lets in pupils who had no way there: prices know nothing of it. */
static void price_section(struct pricing *pricing, size_t i)
{
	const struct district *district = pricing->program->district;
	const struct offering *offering = &district->offerings[i];
	bool known = pricing->gains->known[i] && pricing->proven[offering->grade] &&
		     offering->sections > 0;
	struct gain gain = whole_level(pricing, offering->grade);
	struct price *section;

	if (known)
		gain = proven_gain(pricing, i, widest_class(district, offering), false);
	if (all_large(pricing, i) && gain.level == pricing->program->n_levels)
		gain.exact = gain.has_last = false;
	section = add_price(pricing, PRICE_SECTION, offering->school, offering->grade, gain);
	add_candidate(pricing, section, known, known ? 0 : crowding(pricing, i));
}

/* Beds or places of a school. One more is worth nothing where the plan is best although their row
 * was never stated. */
static void price_side(struct pricing *pricing, size_t r)
{
	const struct side_row *row = &pricing->program->sides[r];
	enum price_what what = row->kind == SIDE_BEDS ? PRICE_BED : PRICE_PLACE;
	bool idle = !pricing->base->solver->active[r] && base_proven(pricing);
	struct price *price = add_price(pricing, what, row->school, 0,
					idle ? no_gain(pricing) : whole_level(pricing, 0));

	add_candidate(pricing, price, false, INT64_MAX);
}

static void list_prices(struct pricing *pricing)
{
	const struct program *program = pricing->program;
	const struct district *district = program->district;

	for (size_t s = 0; s < district->n_schools; s++) {
		const struct school *school = &district->schools[s];

		for (size_t i = school->first_offering;
		     i < school->first_offering + school->n_offerings; i++) {
			price_seat(pricing, i);
			price_section(pricing, i);
		}
		for (size_t r = program->sides_of_school[s]; r < program->sides_of_school[s + 1];
		     r++)
			if (program->sides[r].kind == SIDE_BEDS ||
			    program->sides[r].kind == SIDE_PLACES)
				price_side(pricing, r);
	}
}

/* --- trials ----------------------------------------------------------------------------------- */

/* The dearest first: by the level that may fall, what it may fall by, how crowded it is. */
static int compare_candidates(const void *a, const void *b, void *context)
{
	const struct candidate *first = a, *second = b;
	const struct gain *one = &first->price->gain, *two = &second->price->gain;

	(void)context;
	if (first->weight != second->weight)
		return first->weight > second->weight ? -1 : 1;
	if (one->level != two->level)
		return one->level < two->level ? -1 : 1;
	if (one->gain != two->gain)
		return one->gain > two->gain ? -1 : 1;
	return (first->price > second->price) - (first->price < second->price);
}

static struct change change_of(const struct price *price)
{
	static const enum change_kind kinds[] = {
		[PRICE_SEAT] = CHANGE_SEATS, [PRICE_SECTION] = CHANGE_SECTIONS,
		[PRICE_BED] = CHANGE_BEDS, [PRICE_PLACE] = CHANGE_PLACES,
	};

	return (struct change){kinds[price->what], price->school, NONE, NONE, price->grade, 1};
}

static void try_price(void *context, size_t i)
{
	struct pricing *pricing = context;
	struct candidate *candidate = &pricing->candidates[i];
	struct change change = change_of(candidate->price);
	struct trial trial;

	if (stop_asked())
		return;
	trial_run(pricing->base, &change, 1, &trial);
	if (!trial.failed) {
		struct gain gain = trial_gain(pricing->base, &trial);

		if (gain.exact || !candidate->bounded)
			candidate->price->gain = gain;
	}
	trial_close(&trial);
}

static void try_dearest(struct pricing *pricing, int64_t *budget)
{
	size_t n = 0;

	memory_sort(pricing->candidates, pricing->n_candidates, sizeof *pricing->candidates,
		    compare_candidates, NULL);
	for (size_t i = 0; i < pricing->n_candidates; i++) {
		struct change change = change_of(pricing->candidates[i].price);
		int64_t cost = trial_cost(pricing->base, &change);

		if (cost > *budget)
			continue;
		*budget -= cost;
		pricing->candidates[n++] = pricing->candidates[i];
	}
	if (n > 0)
		progress("prices: trials", (int)n);
	parallel_for(n, try_price, pricing);
	progress_end();
}

void prices_make(struct arena *arena, const struct trial_base *base,
		 const struct seat_gains *gains, int64_t *budget, struct prices *prices)
{
	const struct program *program = base->program;
	size_t n = program->district->n_offerings;
	size_t most_prices = 2 * n + 2 * program->district->n_schools;
	struct pricing pricing = {.base = base, .program = program, .gains = gains};

	pricing.all = arena_array(arena, most_prices, sizeof *pricing.all);
	pricing.candidates = memory_array(most_prices, sizeof *pricing.candidates);
	pricing.load = memory_array(n, sizeof *pricing.load);
	pricing.loose = memory_array(n, sizeof *pricing.loose);
	count_loads(&pricing);
	list_prices(&pricing);
	try_dearest(&pricing, budget);
	*prices = (struct prices){pricing.all, pricing.n};
	memory_free(pricing.candidates);
	memory_free(pricing.load);
	memory_free(pricing.loose);
}
