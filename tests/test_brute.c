/* The engines' optimum against every assignment there is, on districts small enough to list. */
#include "every_assignment.h"
#include "small_district.h"

#include "models/program.h"
#include "models/scale.h"
#include "solver/solve.h"

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

static void expect_values(const struct tiny *tiny, const struct walk *walk,
			  const struct program *program, const struct solution *solution)
{
	for (size_t k = 0; k < program->n_levels; k++) {
		const struct level_result *level = &solution->levels[k];

		cr_assert(walk_units(level->value, level->digits) == walk->best[k],
			  "district %u, level %zu: solved %.9g, listed %.9g", tiny->seed, k + 1,
			  (double)walk_units(level->value, level->digits) / 1e18,
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
	walk_open(&walk, &small.district, &small.distances);
	walk_all(&walk);
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
