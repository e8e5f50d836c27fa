/* The engines' optimum against every assignment there is, on districts small enough to list. */
#include "small_district.h"

#include "models/program.h"
#include "models/scale.h"
#include "solver/solve.h"

enum { ROOM = 8 };

__extension__ typedef __int128 wide;

/* What a drawn district has; pupils is the most in a cell. */
struct tiny {
	uint32_t seed;
	size_t zones, schools, groups, cells;
	int64_t pupils;
	bool stays, caps, share, needs, access, weights;
	const char *whole, *objective;
};

#define USUAL "unplaced; oversized_classes; large_classes; far; travel_km + 3 over_standard"
#define MIXED "unplaced + 0.5 far; 2 oversized_classes + large_classes + 0.001 travel_km; " \
	"over_standard"

static const struct tiny tinies[] = {
	{1, 2, 2, 1, 4, 7, .stays = true, .whole = "no", .objective = USUAL},
	{2, 3, 3, 2, 4, 4, .stays = true, .caps = true, .whole = "no", .objective = USUAL},
	{3, 2, 2, 2, 4, 6, .share = true, .whole = "no", .objective = USUAL},
	{4, 2, 3, 3, 4, 3, .needs = true, .stays = true, .whole = "no", .objective = USUAL},
	{5, 3, 3, 2, 5, 5, .stays = true, .whole = "yes", .objective = USUAL},
	{6, 2, 3, 3, 4, 4, .share = true, .weights = true, .caps = true, .whole = "no",
	 .objective = USUAL},
	{7, 3, 3, 3, 5, 3, .needs = true, .share = true, .access = true, .whole = "yes",
	 .objective = USUAL},
	{8, 3, 2, 2, 5, 5, .stays = true, .access = true, .whole = "no", .objective = MIXED},
	{9, 2, 3, 2, 4, 4, .stays = true, .weights = true, .caps = true, .whole = "yes",
	 .objective = MIXED},
	{10, 2, 3, 3, 4, 4, .stays = true, .caps = true, .share = true, .needs = true,
	 .access = true, .weights = true, .whole = "no", .objective = USUAL},
	{11, 2, 2, 2, 4, 7, .stays = true, .share = true, .whole = "no",
	 .objective = "travel_km + 9 unplaced"},
	{12, 3, 3, 3, 4, 4, .needs = true, .caps = true, .weights = true, .whole = "no",
	 .objective = "unplaced; 3 large_classes + oversized_classes; far + 0.3 travel_km"},
	{13, 1, 3, 3, 4, 4, .stays = true, .share = true, .weights = true, .whole = "no",
	 .objective = USUAL},
	{14, 1, 3, 3, 4, 5, .stays = true, .caps = true, .needs = true, .whole = "yes",
	 .objective = USUAL},
	{15, 1, 2, 2, 4, 6, .share = true, .caps = true, .whole = "no", .objective = MIXED},
};

static int64_t draw(uint32_t *state, int64_t n)
{
	*state = *state * 1664525 + 1013904223;
	return (int64_t)(*state >> 8) % n;
}

static void draw_schools(struct small *small, const struct tiny *tiny, uint32_t *state)
{
	for (size_t s = 0; s < tiny->schools; s++) {
		struct school *school = &small->district.schools[s];

		for (int grade = 4; grade <= 5; grade++)
			small_offering(small, s, grade, 1 + draw(state, 2),
				       tiny->stays ? draw(state, 5) : 0);
		school->beds = tiny->needs ? draw(state, 3) : 0;
		school->places = tiny->needs ? draw(state, 3) : 0;
		school->ownership = draw(state, 3) ? OWNERSHIP_PUBLIC : OWNERSHIP_PRIVATE;
		if (tiny->caps && s < 2)
			school->max_pupils = school->enrolled + draw(state, 7) - 1;
	}
}

/* Group 0 has no rules. */
static void draw_groups(struct small *small, const struct tiny *tiny, uint32_t *state)
{
	for (size_t g = 1; g < tiny->groups; g++) {
		struct group *group = &small->district.groups[g];

		if (tiny->share && g == 1)
			group->max_share = (3 + draw(state, 5)) * NANO / 10;
		if (tiny->needs)
			group->need = g == 1 ? NEED_BOARDING : NEED_INCLUSION;
		if (tiny->weights)
			group->weight = (5 + draw(state, 20)) * NANO / 10;
		group->public_only = draw(state, 4) == 0;
		group->limit_km = draw(state, 2) ? NANO : NOT_GIVEN;
	}
}

/* Cells in the order of the district, each another one; a single zone has two groups in a grade. */
static void draw_cell(struct small *small, const struct tiny *tiny, size_t i, int64_t pupils)
{
	size_t half = i / 2 % 2;

	if (tiny->zones == 1)
		small_cell(small, 0, 4 + (int)half, i % 2 + half * (tiny->groups - 2), pupils);
	else
		small_cell(small, i * tiny->zones / tiny->cells, 4 + (int)(i % 2),
			   i % tiny->groups, pupils);
}

static void draw_zones(struct small *small, const struct tiny *tiny, uint32_t *state)
{
	for (size_t z = 0; z < tiny->zones; z++)
		for (size_t s = 0; s < tiny->schools; s++)
			small_metres(small, z, s, (int32_t)(500 + draw(state, 40) * 100));
	for (size_t i = 0; i < tiny->cells; i++)
		draw_cell(small, tiny, i, 1 + draw(state, tiny->pupils));
	if (tiny->access) {
		small_rule(small, RULE_NEVER, 0, 1, 0, NONE);
		small_rule(small, RULE_ONLY, tiny->zones - 1, 0, 4, 0);
	}
}

static void draw_district(struct small *small, const struct tiny *tiny)
{
	uint32_t state = tiny->seed * 2654435761u;

	small_open(small, tiny->zones, tiny->schools, tiny->groups);
	small_set(small, "class_size.primary", "2");
	small_set(small, "class_size.large", "3");
	small_set(small, "class_size.oversized", "4");
	small_set(small, "class_size.max", "5");
	small_set(small, "whole_zones", tiny->whole);
	small_set(small, "objective", tiny->objective);
	draw_schools(small, tiny, &state);
	draw_groups(small, tiny, &state);
	draw_zones(small, tiny, &state);
}

/* The walk over all assignments. Values of levels are in units of 10^-18. */
struct walk {
	const struct small *small;
	const struct district *district;
	bool open[ROOM][ROOM];        /* cell, school */
	int64_t sent[ROOM][ROOM];     /* cell, school; [n_schools]: unplaced */
	wide best[ROOM];
	int64_t found;                /* assignments that keep the rules */
};

static bool rule_matches(const struct access *rule, const struct cell *cell)
{
	return rule->zone == cell->zone && (!rule->grade || rule->grade == cell->grade) &&
	       (rule->group == NONE || rule->group == cell->group);
}

static bool access_lets(const struct district *district, const struct cell *cell, size_t school)
{
	bool any = false, named = false;

	for (size_t i = 0; i < district->n_access; i++) {
		const struct access *rule = &district->access[i];

		if (!rule_matches(rule, cell))
			continue;
		if (rule->rule == RULE_NEVER && rule->school == school)
			return false;
		any |= rule->rule == RULE_ONLY;
		named |= rule->rule == RULE_ONLY && rule->school == school;
	}
	return !any || named;
}

static bool eligible(const struct district *district, const struct cell *cell, size_t s)
{
	const struct group *group = &district->groups[cell->group];
	const struct school *school = &district->schools[s];

	if (group->public_only && school->ownership == OWNERSHIP_PRIVATE)
		return false;
	if ((group->need == NEED_BOARDING && school->beds == 0) ||
	    (group->need == NEED_INCLUSION && school->places == 0))
		return false;
	return access_lets(district, cell, s);
}

/* Of a school: pupils sent of a group (NONE: any), grade (0: any) and need (-1: any). */
static int64_t sent_to(const struct walk *walk, size_t school, size_t group, int grade, int need)
{
	const struct district *district = walk->district;
	int64_t pupils = 0;

	for (size_t c = 0; c < district->n_cells; c++) {
		const struct cell *cell = &district->cells[c];

		if ((group == NONE || cell->group == group) && (!grade || cell->grade == grade) &&
		    (need < 0 || district->groups[cell->group].need == need))
			pupils += walk->sent[c][school];
	}
	return pupils;
}

static bool school_holds(const struct walk *walk, size_t s)
{
	const struct district *district = walk->district;
	const struct school *school = &district->schools[s];
	int64_t all = sent_to(walk, s, NONE, 0, -1);

	if (all > 0 && school->max_pupils != NOT_GIVEN &&
	    school->enrolled + all > school->max_pupils)
		return false;
	if (sent_to(walk, s, NONE, 0, NEED_BOARDING) > school->beds ||
	    sent_to(walk, s, NONE, 0, NEED_INCLUSION) > school->places)
		return false;
	for (size_t g = 0; g < district->n_groups; g++)
		if (district->groups[g].max_share != NOT_GIVEN &&
		    sent_to(walk, s, g, 0, -1) * NANO > district->groups[g].max_share * all)
			return false;
	return true;
}

static bool class_holds(const struct walk *walk, const struct offering *offering)
{
	int64_t sent = sent_to(walk, offering->school, NONE, offering->grade, -1);

	return sent == 0 || offering->enrolled + sent <=
				    offering->sections * walk->district->settings.class_max;
}

/* Whether cells without needs of one zone and grade stay together. */
static bool zones_hold(const struct walk *walk)
{
	const struct district *district = walk->district;

	for (size_t a = 0; a < district->n_cells; a++)
		for (size_t b = a; b < district->n_cells; b++) {
			const struct cell *first = &district->cells[a];
			const struct cell *second = &district->cells[b];
			size_t ways = 0;

			if (first->zone != second->zone || first->grade != second->grade ||
			    district->groups[first->group].need != NEED_NONE ||
			    district->groups[second->group].need != NEED_NONE)
				continue;
			for (size_t s = 0; s <= district->n_schools; s++)
				ways += walk->sent[a][s] + walk->sent[b][s] > 0;
			if (ways > 1)
				return false;
		}
	return true;
}

static bool holds(const struct walk *walk)
{
	const struct district *district = walk->district;

	for (size_t i = 0; i < district->n_offerings; i++)
		if (!class_holds(walk, &district->offerings[i]))
			return false;
	for (size_t s = 0; s < district->n_schools; s++)
		if (!school_holds(walk, s))
			return false;
	return !district->settings.whole_zones || zones_hold(walk);
}

/* Classes of so many and more, the pupils dealt out one by one. */
static int64_t classes(int64_t load, int64_t sections, int64_t least)
{
	int64_t n = 0;

	for (int64_t i = 0; i < sections; i++)
		n += (load + sections - 1 - i) / sections >= least;
	return n;
}

static void count_ways(const struct walk *walk, wide *terms)
{
	const struct district *district = walk->district;

	for (size_t c = 0; c < district->n_cells; c++) {
		const struct cell *cell = &district->cells[c];
		const struct group *group = &district->groups[cell->group];
		int64_t limit = group->limit_km == NOT_GIVEN ? district->settings.limit_primary
							     : group->limit_km;

		terms[TERM_UNPLACED] += (wide)walk->sent[c][district->n_schools] * group->weight;
		for (size_t s = 0; s < district->n_schools; s++) {
			int64_t metres = distance_metres(&walk->small->distances, cell->zone, s);

			terms[TERM_TRAVEL_KM] += (wide)walk->sent[c][s] * metres * (NANO / 1000);
			if (group->need != NEED_BOARDING && metres * (NANO / 1000) > limit)
				terms[TERM_FAR] += (wide)walk->sent[c][s] * NANO;
		}
	}
}

/* Every term in nano-units. */
static void count_terms(const struct walk *walk, wide *terms)
{
	const struct settings *settings = &walk->district->settings;

	for (size_t i = 0; i < walk->district->n_offerings; i++) {
		const struct offering *at = &walk->district->offerings[i];
		int64_t load = at->enrolled + sent_to(walk, at->school, NONE, at->grade, -1);
		int64_t over = load - at->sections * at->class_size;

		terms[TERM_LARGE_CLASSES] +=
			NANO * classes(load, at->sections, settings->class_large);
		terms[TERM_OVERSIZED_CLASSES] +=
			NANO * classes(load, at->sections, settings->class_oversized);
		terms[TERM_OVER_STANDARD] += NANO * (over > 0 ? over : 0);
	}
	count_ways(walk, terms);
}

static void judge(struct walk *walk)
{
	const struct objective *levels = &walk->district->settings.levels;
	wide terms[TERM_COUNT] = {0};
	bool better = walk->found == 0;

	if (!holds(walk))
		return;
	count_terms(walk, terms);
	for (size_t k = 0; k < levels->n_levels; k++) {
		wide value = 0;

		for (int t = 0; t < TERM_COUNT; t++)
			value += terms[t] * levels->levels[k].factor[t];
		if (!better && value > walk->best[k])
			break;
		better |= value < walk->best[k];
		walk->best[k] = value;
	}
	walk->found++;
}

/* All ways to split what is left of a cell over the schools from `school` on. */
static void split(struct walk *walk, size_t cell, size_t school, int64_t left)
{
	const struct district *district = walk->district;

	if (cell == district->n_cells) {
		judge(walk);
		return;
	}
	if (school == district->n_schools) {
		walk->sent[cell][school] = left;
		split(walk, cell + 1, 0,
		      cell + 1 < district->n_cells ? district->cells[cell + 1].pupils : 0);
		return;
	}
	for (int64_t n = 0; n <= (walk->open[cell][school] ? left : 0); n++) {
		walk->sent[cell][school] = n;
		split(walk, cell, school + 1, left - n);
	}
}

static void list_all(struct walk *walk, const struct small *small)
{
	*walk = (struct walk){.small = small, .district = &small->district};
	for (size_t c = 0; c < small->district.n_cells; c++)
		for (size_t s = 0; s < small->district.n_schools; s++)
			walk->open[c][s] = eligible(&small->district, &small->district.cells[c], s);
	split(walk, 0, 0, small->district.cells[0].pupils);
}

static wide in_units(const struct level_result *level, int64_t value)
{
	wide units = value;

	for (int i = level->digits; i < 18; i++)
		units *= 10;
	return units;
}

static void expect_values(const struct tiny *tiny, const struct walk *walk,
			  const struct program *program, const struct solution *solution)
{
	for (size_t k = 0; k < program->n_levels; k++) {
		const struct level_result *level = &solution->levels[k];

		cr_assert(in_units(level, level->value) == walk->best[k],
			  "district %u, level %zu: solved %.9g, listed %.9g", tiny->seed, k + 1,
			  (double)in_units(level, level->value) / 1e18,
			  (double)walk->best[k] / 1e18);
		cr_assert_eq(level->bound, level->value, "district %u, level %zu", tiny->seed,
			     k + 1);
	}
}

/* With the network engine where it fits, and by GLPK's engines alone. */
static void expect_optimum(const struct tiny *tiny)
{
	struct small small;
	struct walk walk;
	struct program program;
	struct solution solution;
	struct diags diags;
	struct arena *arena = &small.district.arena;
	struct level_scale *levels;

	diag_open(&diags, stderr);
	draw_district(&small, tiny);
	list_all(&walk, &small);
	levels = level_scales_make(arena, &small.district, 10000, &diags);
	cr_assert_not_null(levels);
	program_make(arena, &small.district, &small.distances, levels, &program);
	for (int with_network = 0; with_network < 2; with_network++) {
		cr_assert_eq(solve(arena, &program, with_network, &solution, &diags), 0,
			     "district %u", tiny->seed);
		expect_values(tiny, &walk, &program, &solution);
	}
	small_close(&small);
}

Test(brute, engines_find_the_best_of_all_assignments)
{
	for (size_t i = 0; i < sizeof tinies / sizeof *tinies; i++)
		expect_optimum(&tinies[i]);
}
