/* Every figure of a plan, worked out by hand on two schools and two zones. */
#include <criterion/criterion.h>

#include "models/plan.h"
#include "models/scale.h"

/*
 * Metres: zone 0 is 3000 from school 0 and 3001 from school 1; zone 1 is 500 and 8000.
 * Grade 1 is far beyond 3 km (3000 is not), the group `near` beyond 0.4 km.
 */
static int32_t metres[] = {3000, 3001, 500, 8000};
static const struct distances distances = {.n_zones = 2, .n_schools = 2, .metres = metres};

static struct school schools[] = {
	{.id = "A", .ownership = OWNERSHIP_PUBLIC, .open = true, .enrolled = 101,
	 .first_offering = 0, .n_offerings = 2},
	{.id = "B", .ownership = OWNERSHIP_PRIVATE, .open = true, .enrolled = 3,
	 .first_offering = 2, .n_offerings = 1},
};
static struct zone zones[] = {{.id = "Z0"}, {.id = "Z1"}};
static struct group groups[] = {
	{.id = "near", .weight = 2 * NANO, .limit_km = 400000000, .max_share = NOT_GIVEN},
	{.id = "resident", .weight = NANO, .limit_km = NOT_GIVEN, .max_share = NOT_GIVEN},
};
static struct offering offerings[] = {
	{.school = 0, .grade = 1, .sections = 2, .enrolled = 101, .class_size = 45},
	{.school = 0, .grade = 2, .sections = 1, .enrolled = 0, .class_size = 40},
	{.school = 1, .grade = 1, .sections = 0, .enrolled = 3, .class_size = 45},
};
static struct cell cells[] = {
	{.zone = 0, .group = 1, .grade = 1, .pupils = 20},
	{.zone = 1, .group = 0, .grade = 1, .pupils = 12},
	{.zone = 1, .group = 1, .grade = 2, .pupils = 5},
};

static void district_make(struct district *district)
{
	*district = (struct district){
		.schools = schools, .zones = zones, .groups = groups, .offerings = offerings,
		.cells = cells, .n_schools = 2, .n_zones = 2, .n_groups = 2, .n_offerings = 3,
		.n_cells = 3};
	arena_open(&district->arena);
	settings_default(&district->arena, &district->settings);
}

/*
 * Of 20: 9 to A (3000 m), 10 to B (3001 m), 1 left over. Of 12 near: 11 to A (500 m) in two rows,
 * 1 unplaced. Of 5: nobody is named. Placed: 11 x 500, 9 x 3000, 10 x 3001.
 */
static const struct placement placements[] = {
	{1, NONE, 1}, {1, 0, 6}, {0, 1, 10}, {0, 0, 9}, {1, 0, 5}, {2, 0, 0},
};

static void expect_ways(const struct ways *ways, int64_t pupils, int64_t sum, int64_t p50,
			int64_t p90, int64_t longest)
{
	cr_assert_eq(ways->pupils, pupils);
	cr_assert_eq(ways->metres, sum);
	cr_assert_eq(ways->p50, p50);
	cr_assert_eq(ways->p90, p90);
	cr_assert_eq(ways->longest, longest);
}

static void expect_placements(const struct plan *plan)
{
	static const struct placement want[] = {
		{0, 0, 9}, {0, 1, 10}, {0, NONE, 1}, {1, 0, 11}, {1, NONE, 1}, {2, NONE, 5},
	};

	cr_assert_eq(plan->n_placements, 6);
	for (size_t i = 0; i < 6; i++) {
		cr_assert_eq(plan->placements[i].cell, want[i].cell);
		cr_assert_eq(plan->placements[i].school, want[i].school);
		cr_assert_eq(plan->placements[i].pupils, want[i].pupils);
	}
}

/* A, grade 1: 121 in classes of 60 and 61, 31 above 2 x 45. B: no class, 13 above nothing. */
static void expect_classes(const struct plan *plan)
{
	static const struct offering_figures want[] = {
		{20, 121, 61, 31, 2, 0}, {0, 0, 0, 0, 0, 0}, {10, 13, 0, 13, 0, 0},
	};

	for (size_t i = 0; i < 3; i++) {
		cr_assert_eq(plan->offerings[i].assigned, want[i].assigned);
		cr_assert_eq(plan->offerings[i].load, want[i].load);
		cr_assert_eq(plan->offerings[i].largest_class, want[i].largest_class);
		cr_assert_eq(plan->offerings[i].over_standard, want[i].over_standard);
		cr_assert_eq(plan->offerings[i].large_classes, want[i].large_classes);
		cr_assert_eq(plan->offerings[i].oversized_classes, want[i].oversized_classes);
	}
}

static void expect_schools(const struct plan *plan)
{
	const struct school_figures *school = &plan->schools[0];

	cr_assert_eq(school->load, 121);
	cr_assert_eq(school->seats, 130);
	cr_assert_eq(school->large_classes, 2);
	cr_assert_eq(school->largest_class, 61);
	cr_assert_eq(school->by_group[0], 11);
	cr_assert_eq(school->by_group[1], 9);
	expect_ways(&school->ways, 20, 32500, 500, 3000, 3000);
	expect_ways(&plan->schools[1].ways, 10, 30010, 3001, 3001, 3001);
}

/* `near` is far at 500 m; of the residents only the 10 at 3001 m are. */
static void expect_groups(const struct plan *plan)
{
	const struct group_figures *nearby = &plan->groups[0], *resident = &plan->groups[1];

	cr_assert_eq(nearby->pupils, 12);
	cr_assert_eq(nearby->unplaced, 1);
	cr_assert_eq(nearby->far, 11);
	cr_assert_eq(resident->pupils, 25);
	cr_assert_eq(resident->placed, 19);
	cr_assert_eq(resident->unplaced, 6);
	cr_assert_eq(resident->far, 10);
	cr_assert_eq(resident->in_public, 9);
	/* of 19 the ranks are 10 and ceil(17.1) = 18 */
	expect_ways(&resident->ways, 19, 57010, 3001, 3001, 3001);
}

static void expect_totals(const struct plan *plan)
{
	const struct totals *totals = &plan->totals;

	cr_assert_eq(totals->pupils, 37);
	cr_assert_eq(totals->placed, 30);
	cr_assert_eq(totals->unplaced, 7);
	cr_assert_eq(totals->far, 21);
	cr_assert_eq(totals->over_standard, 44);
	cr_assert_eq(totals->large_classes, 2);
	/* of 30 the ranks are 15 and 27: the 15th is among 12..20, the 27th among 21..30 */
	expect_ways(&totals->ways, 30, 62510, 3000, 3001, 3001);
}

Test(plan, every_figure)
{
	struct district district;
	struct plan plan;

	district_make(&district);
	plan_make(&district.arena, &district, &distances, placements, 6, &plan);
	expect_placements(&plan);
	expect_classes(&plan);
	expect_schools(&plan);
	expect_groups(&plan);
	expect_totals(&plan);
	arena_close(&district.arena);
}

/* unplaced: 2 x 1 + 6; the last level: 62.510 km + 3 x 44. */
Test(plan, value_of_each_level)
{
	static const int64_t want[] = {8, 0, 2, 21, 62510 + 132000};
	struct district district;
	struct plan plan;
	struct diags diags;
	struct level_scale *scales;

	district_make(&district);
	diag_open(&diags, NULL);
	cr_assert_null(objective_parse(&district.arena, district.settings.objective,
				       &district.settings.levels));
	scales = level_scales_make(&district.arena, &district, 8000, &diags);
	plan_make(&district.arena, &district, &distances, placements, 6, &plan);
	for (size_t i = 0; i < 5; i++)
		cr_assert_eq(plan_level_value(&plan, &scales[i]), want[i], "level %zu", i);
	arena_close(&district.arena);
}

/* With one pupil more or less the nearest rank moves as the ceiling says. */
Test(plan, nearest_ranks)
{
	static const struct {
		int64_t nearer, further, p50, p90;
	} ranks[] = {
		{1, 0, 500, 500},  {1, 1, 500, 8000}, {1, 2, 8000, 8000}, {9, 1, 500, 500},
		{8, 2, 500, 8000}, {10, 1, 500, 500}, {5, 6, 8000, 8000}, {0, 0, 0, 0},
	};
	struct district district;

	district_make(&district);
	for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++) {
		struct placement list[] = {{1, 0, ranks[i].nearer}, {1, 1, ranks[i].further}};
		struct plan plan;

		plan_make(&district.arena, &district, &distances, list, 2, &plan);
		cr_assert_eq(plan.totals.ways.p50, ranks[i].p50, "p50 of case %zu", i);
		cr_assert_eq(plan.totals.ways.p90, ranks[i].p90, "p90 of case %zu", i);
	}
	arena_close(&district.arena);
}
