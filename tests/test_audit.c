/* What a plan breaks, and what its figures are. */
#include <stdlib.h>

#include "models/audit.h"
#include "models/audit_zones.h"
#include "tests/small_district.h"

/* Groups of the fixtures. */
enum { PLAIN, BOARDER, INCLUDED, SPECIAL, MIGRANT, GROUPS };

static void give_needs(struct district *district)
{
	district->groups[BOARDER].need = NEED_BOARDING;
	district->groups[INCLUDED].need = NEED_INCLUSION;
	district->groups[SPECIAL].need = NEED_SPECIAL;
	district->groups[MIGRANT].public_only = true;
}

/* Zone 0 has 10 plain pupils in grade 4; schools 0 to 2 have a section there, school 0 one in 5. */
static void rules_fixture(struct small *small)
{
	small_open(small, 1, 3, GROUPS);
	give_needs(&small->district);
	small_offering(small, 0, 4, 1, 0);
	small_offering(small, 0, 5, 1, 0);
	small_offering(small, 1, 4, 1, 0);
	small_offering(small, 2, 4, 1, 0);
	small_cell(small, 0, 4, PLAIN, 10);
}

static void no_change(struct small *small)
{
	(void)small;
}

static void never_school_1(struct small *small)
{
	small_rule(small, RULE_NEVER, 0, 1, 0, NONE);
}

static void pupils_65(struct small *small)
{
	small->district.cells[0].pupils = 65;
}

static void pupils_66(struct small *small)
{
	small->district.cells[0].pupils = 66;
}

static void overfull_already(struct small *small)
{
	small->district.offerings[0].enrolled = 70;
	small->district.schools[0].max_pupils = 60;
}

static void enrolled_56(struct small *small)
{
	small->district.offerings[0].enrolled = 56;
}

static void most_10(struct small *small)
{
	small->district.schools[0].max_pupils = 10;
}

static void most_10_with_one_who_stays(struct small *small)
{
	most_10(small);
	small->district.offerings[1].enrolled = 1;
}

static void floor_for_9(struct small *small)
{
	small_set(small, "norm.floor_m2", "2");
	small->district.schools[0].floor_m2 = 19 * NANO + NANO / 2;
}

static void floor_without_norm(struct small *small)
{
	small->district.schools[0].floor_m2 = NANO;
}

static void land_for_9(struct small *small)
{
	small_set(small, "norm.land_m2", "0.3");
	small->district.schools[0].land_m2 = 2999999999;
}

static void land_for_10(struct small *small)
{
	small_set(small, "norm.land_m2", "0.3");
	small->district.schools[0].land_m2 = 3 * NANO;
}

static void two_boarders(struct small *small)
{
	small_cell(small, 0, 4, BOARDER, 2);
	small->district.schools[0].beds = 1;
}

static void two_beds(struct small *small)
{
	two_boarders(small);
	small->district.schools[0].beds = 2;
}

static void two_included(struct small *small)
{
	small_cell(small, 0, 4, INCLUDED, 2);
	small->district.schools[0].places = 1;
}

static void share_below_a_third(struct small *small)
{
	small_cell(small, 0, 4, MIGRANT, 5);
	small->district.groups[MIGRANT].max_share = 333333333;
}

static void share_of_a_third(struct small *small)
{
	share_below_a_third(small);
	small->district.groups[MIGRANT].max_share = 333333334;
}

static void whole(struct small *small)
{
	small_set(small, "whole_zones", "yes");
}

static void whole_with_boarders(struct small *small)
{
	whole(small);
	small_cell(small, 0, 4, BOARDER, 1);
	small_cell(small, 0, 4, MIGRANT, 1);
	small->district.schools[1].beds = 1;
}

/* In grade 3 they sleep at home, and need not stay with the others either. */
static void whole_with_boarders_of_grade_3(struct small *small)
{
	whole(small);
	for (size_t i = 0; i < 4; i++)
		small->district.offerings[i].grade = i == 1 ? 5 : 3;
	small->district.cells[0].grade = 3;
	small_cell(small, 0, 3, BOARDER, 2);
}

static void only_school_0(struct small *small)
{
	small_rule(small, RULE_ONLY, 0, 0, 4, PLAIN);
}

static void school_1_beyond_max_km(struct small *small)
{
	small_set(small, "max_km", "1");
	small_metres(small, 0, 1, 1001);
}

static void school_1_special(struct small *small)
{
	small->district.schools[1].kind = KIND_SPECIAL;
}

static void a_special_pupil(struct small *small)
{
	small_cell(small, 0, 4, SPECIAL, 1);
}

static void a_migrant_and_private_school_1(struct small *small)
{
	small_cell(small, 0, 4, MIGRANT, 1);
	small->district.schools[1].ownership = OWNERSHIP_PRIVATE;
}

#define CELL "error: zone 'Z0' grade 4 group 'G0' "

static const struct {
	void (*change)(struct small *small);
	struct audit_row rows[4]; /* zone, group, school, grade, pupils */
	const char *want;
} plans[] = {
	{no_change, {{0, PLAIN, 0, 4, 10}}, ""},
	{no_change, {{0, PLAIN, 0, 4, 4}, {0, PLAIN, 1, 4, 5}, {0, PLAIN, NONE, 4, 1}}, ""},
	{no_change, {{0, PLAIN, 0, 4, 9}},
	 CELL "has 9 pupils placed or unplaced, but demand has 10 [plan]\n"},
	{no_change, {{0, PLAIN, 0, 4, 10}, {0, MIGRANT, 0, 4, 1}},
	 "error: zone 'Z0' grade 4 group 'G4' has 1 pupils placed or unplaced, but demand has 0"
	 " [plan]\n"},
	{no_change, {{0}}, CELL "has 10 pupils, none of them placed or unplaced [plan]\n"},
	{no_change, {{0, PLAIN, 0, 4, 5}, {0, PLAIN, 1, 4, 2}, {0, PLAIN, 0, 4, 3}},
	 CELL "stands twice at school 'S0' [plan]\n"},
	{no_change, {{0, PLAIN, 0, 4, 10}, {0, PLAIN, NONE, 4, 0}},
	 CELL "at school 'none': 0 pupils, at least 1 is needed [plan]\n"},
	{no_change, {{0, PLAIN, 0, 4, 11}, {0, PLAIN, 1, 4, -1}},
	 CELL "at school 'S1': -1 pupils, at least 1 is needed [plan]\n"},
	{never_school_1, {{0, PLAIN, 0, 4, 9}, {0, PLAIN, 1, 4, 1}},
	 CELL "may not be sent to school 'S1' [plan]\n"},
	{only_school_0, {{0, PLAIN, 0, 4, 9}, {0, PLAIN, 1, 4, 1}},
	 CELL "may not be sent to school 'S1' [plan]\n"},
	{school_1_beyond_max_km, {{0, PLAIN, 0, 4, 9}, {0, PLAIN, 1, 4, 1}},
	 CELL "may not be sent to school 'S1' [plan]\n"},
	{school_1_special, {{0, PLAIN, 0, 4, 9}, {0, PLAIN, 1, 4, 1}},
	 CELL "may not be sent to school 'S1' [plan]\n"},
	{a_special_pupil, {{0, PLAIN, 0, 4, 10}, {0, SPECIAL, 0, 4, 1}},
	 "error: zone 'Z0' grade 4 group 'G3' may not be sent to school 'S0' [plan]\n"},
	{a_migrant_and_private_school_1, {{0, PLAIN, 0, 4, 10}, {0, MIGRANT, 1, 4, 1}},
	 "error: zone 'Z0' grade 4 group 'G4' may not be sent to school 'S1' [plan]\n"},
	{no_change, {{0, PLAIN, 0, 4, 9}, {0, PLAIN, 0, 5, 1}},
	 CELL "has 9 pupils placed or unplaced, but demand has 10 [plan]\n"
	 "error: zone 'Z0' grade 5 group 'G0' has 1 pupils placed or unplaced, but demand has 0"
	 " [plan]\n"},
	{pupils_65, {{0, PLAIN, 0, 4, 65}}, ""},
	{pupils_66, {{0, PLAIN, 0, 4, 66}},
	 "error: school 'S0' grade 4 has 66 pupils in 1 sections, above class_size.max 65"
	 " [plan]\n"},
	{enrolled_56, {{0, PLAIN, 0, 4, 10}},
	 "error: school 'S0' grade 4 has 66 pupils in 1 sections, above class_size.max 65"
	 " [plan]\n"},
	{overfull_already, {{0, PLAIN, 1, 4, 10}}, ""},
	{most_10, {{0, PLAIN, 0, 4, 10}}, ""},
	{most_10_with_one_who_stays, {{0, PLAIN, 0, 4, 10}},
	 "error: school 'S0' has 11 pupils, above the 10 of max_pupils [plan]\n"},
	{floor_for_9, {{0, PLAIN, 0, 4, 10}},
	 "error: school 'S0' has 10 pupils, above the 9 of floor_m2 [plan]\n"},
	{floor_for_9, {{0, PLAIN, 0, 4, 9}, {0, PLAIN, 1, 4, 1}}, ""},
	{floor_without_norm, {{0, PLAIN, 0, 4, 10}}, ""},
	{land_for_9, {{0, PLAIN, 0, 4, 10}},
	 "error: school 'S0' has 10 pupils, above the 9 of land_m2 [plan]\n"},
	{land_for_10, {{0, PLAIN, 0, 4, 10}}, ""},
	{two_boarders, {{0, PLAIN, 0, 4, 10}, {0, BOARDER, 0, 4, 2}},
	 "error: school 'S0' has 2 boarders in 1 beds [plan]\n"},
	{two_beds, {{0, PLAIN, 0, 4, 10}, {0, BOARDER, 0, 4, 2}}, ""},
	{two_included, {{0, PLAIN, 0, 4, 10}, {0, INCLUDED, 0, 4, 2}},
	 "error: school 'S0' has 2 pupils in 1 inclusion places [plan]\n"},
	{share_below_a_third, {{0, PLAIN, 0, 4, 10}, {0, MIGRANT, 0, 4, 5}},
	 "error: school 'S0' is sent 5 of group 'G4' among 15 pupils, above its max_share"
	 " [plan]\n"},
	{share_of_a_third, {{0, PLAIN, 0, 4, 10}, {0, MIGRANT, 0, 4, 5}}, ""},
	{whole, {{0, PLAIN, NONE, 4, 10}}, ""},
	{whole, {{0, PLAIN, 0, 4, 9}, {0, PLAIN, 1, 4, 1}},
	 "error: zone 'Z0' grade 4 is split between schools 'S0' and 'S1' in spite of"
	 " whole_zones [plan]\n"},
	{whole, {{0, PLAIN, 0, 4, 9}, {0, PLAIN, NONE, 4, 1}},
	 "error: zone 'Z0' grade 4 is split between schools 'S0' and 'none' in spite of"
	 " whole_zones [plan]\n"},
	{whole_with_boarders,
	 {{0, PLAIN, 0, 4, 10}, {0, BOARDER, 1, 4, 1}, {0, MIGRANT, 0, 4, 1}}, ""},
	{whole_with_boarders_of_grade_3,
	 {{0, PLAIN, 0, 3, 10}, {0, BOARDER, 1, 3, 1}, {0, BOARDER, 2, 3, 1}}, ""},
	{whole_with_boarders,
	 {{0, PLAIN, 0, 4, 10}, {0, BOARDER, 1, 4, 1}, {0, MIGRANT, 2, 4, 1}},
	 "error: zone 'Z0' grade 4 is split between schools 'S0' and 'S2' in spite of"
	 " whole_zones [plan]\n"},
};

static void judge_case(size_t i, struct diags *diags)
{
	struct small small;
	struct audit made;
	struct audit_plan plan = {.rows = plans[i].rows, .code = DIAG_PLAN};

	rules_fixture(&small);
	plans[i].change(&small);
	plan.district = &small.district;
	plan.distances = &small.distances;
	while (plan.n_rows < 4 && plans[i].rows[plan.n_rows].grade != 0)
		plan.n_rows++;
	cr_assert_eq(audit(&small.district.arena, &plan, &made, diags), *plans[i].want ? -1 : 0);
	small_close(&small);
}

Test(audit, every_broken_rule_is_named_once)
{
	for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
		struct diags diags;
		size_t length;
		char *text;

		diag_open(&diags, open_memstream(&text, &length));
		judge_case(i, &diags);
		fclose(diags.out);
		cr_assert_str_eq(text, plans[i].want, "case %zu", i);
		free(text);
	}
}

static struct place place_of_row(void *context, size_t row)
{
	return (struct place){context, 10 + row, 1};
}

Test(audit, errors_stand_where_their_row_stands)
{
	struct small small;
	struct audit made;
	struct diags diags;
	size_t length;
	char *text, file[] = "a.csv";
	struct audit_row rows[] = {{0, PLAIN, 0, 4, 5}, {0, PLAIN, 0, 4, 4}};
	struct audit_plan plan = {&small.district, &small.distances, rows, 2, DIAG_AUDIT,
				  place_of_row, file};

	rules_fixture(&small);
	diag_open(&diags, open_memstream(&text, &length));
	audit(&small.district.arena, &plan, &made, &diags);
	fclose(diags.out);
	cr_assert_str_eq(text, "a.csv:11:1: " CELL "stands twice at school 'S0' [audit]\n"
			 "a.csv:10:1: " CELL "has 9 pupils placed or unplaced, but demand has 10"
			 " [audit]\n");
	cr_assert_eq(diags.status, STATUS_SOLVER);
	free(text);
	small_close(&small);
}

/*
 * School 0 (public) has 2 sections of grade 4 and 92 who stay, school 1 (private) a section of
 * grade 7. Of zone 0's plain pupils 10 go to school 0 (3000 m) and 1 stays out; 2 migrants, who
 * weigh 2.5, stay out. Of zone 1 (3001 m) 9 plain pupils go to school 0; 1 goes to school 1 in
 * grade 7 (9000 m); a boarder goes to school 0 (3001 m).
 */
static const struct audit_row figure_rows[] = {
	{0, PLAIN, 0, 4, 10}, {0, PLAIN, NONE, 4, 1}, {0, MIGRANT, NONE, 4, 2},
	{1, PLAIN, 0, 4, 9},  {1, BOARDER, 0, 4, 1},  {1, PLAIN, 1, 7, 1},
};

static void figures_fixture(struct small *small)
{
	small_open(small, 2, 2, GROUPS);
	give_needs(&small->district);
	small->district.schools[0].beds = 1;
	small->district.schools[1].ownership = OWNERSHIP_PRIVATE;
	small->district.groups[MIGRANT].weight = 2500000000;
	small_offering(small, 0, 4, 2, 92);
	small_offering(small, 1, 7, 1, 0);
	small_metres(small, 0, 0, 3000);
	small_metres(small, 1, 0, 3001);
	small_metres(small, 1, 1, 9000);
	small_cell(small, 0, 4, PLAIN, 11);
	small_cell(small, 0, 4, MIGRANT, 2);
	small_cell(small, 1, 4, PLAIN, 9);
	small_cell(small, 1, 4, BOARDER, 1);
	small_cell(small, 1, 7, PLAIN, 1);
}

static void expect_offering(const struct audit_offering *found, struct audit_offering want)
{
	cr_assert_eq(found->assigned, want.assigned);
	cr_assert_eq(found->load, want.load);
	cr_assert_eq(found->largest_class, want.largest_class);
	cr_assert_eq(found->over_standard, want.over_standard);
	cr_assert_eq(found->large, want.large);
	cr_assert_eq(found->oversized, want.oversized);
}

static void expect_ways(const struct audit_ways *found, struct audit_ways want)
{
	cr_assert_eq(found->pupils, want.pupils);
	cr_assert_eq(found->metres, want.metres);
	cr_assert_eq(found->p50, want.p50, "p50 %lld", (long long)found->p50);
	cr_assert_eq(found->p90, want.p90, "p90 %lld", (long long)found->p90);
	cr_assert_eq(found->longest, want.longest);
}

static void expect_group(const struct audit_group *found, struct audit_group want)
{
	cr_assert_eq(found->pupils, want.pupils);
	cr_assert_eq(found->placed, want.placed);
	cr_assert_eq(found->unplaced, want.unplaced);
	cr_assert_eq(found->far, want.far);
	cr_assert_eq(found->in_public, want.in_public);
}

static void expect_level(const struct audit *made, size_t level, const char *want)
{
	struct text text = {0};

	audit_value_text(&text, made->levels[level]);
	cr_assert_str_eq(text.data, want);
	text_free(&text);
}

/* Loads: 92 + 20 = 112 = 56 + 56. */
Test(audit, figures_are_worked_out_from_the_tables)
{
	struct small small;
	struct audit made;
	struct audit_plan plan = {&small.district, &small.distances, figure_rows, 6, DIAG_PLAN,
				  NULL, NULL};

	figures_fixture(&small);
	small_set(&small, "objective", "unplaced + 2 large_classes; oversized_classes; "
		  "0.5 far; travel_km + 3 over_standard");
	audit_figures(&small.district.arena, &plan, &made);
	expect_offering(&made.offerings[0], (struct audit_offering){20, 112, 56, 22, 2, 0});
	expect_offering(&made.offerings[1], (struct audit_offering){1, 1, 1, 0, 0, 0});
	cr_assert_eq(made.schools[0].enrolled, 92);
	cr_assert_eq(made.schools[0].seats, 90);
	cr_assert_eq(made.schools[1].seats, 50);
	cr_assert_eq(made.schools[0].load, 112);
	cr_assert_eq(made.schools[0].large, 2);
	cr_assert_eq(made.schools[0].by_group[PLAIN], 19);
	expect_ways(&made.schools[0].ways, (struct audit_ways){20, 60010, 3000, 3001, 3001});
	expect_group(&made.groups[PLAIN], (struct audit_group){21, 20, 1, 10, 19, {0}});
	expect_group(&made.groups[BOARDER], (struct audit_group){1, 1, 0, 0, 1, {0}});
	expect_group(&made.groups[MIGRANT], (struct audit_group){2, 0, 2, 0, 0, {0}});
	expect_ways(&made.totals.ways, (struct audit_ways){21, 69010, 3001, 3001, 9000});
	expect_level(&made, 0, "10");
	expect_level(&made, 1, "0");
	expect_level(&made, 2, "5");
	expect_level(&made, 3, "135.01");
	small_close(&small);
}

/* One less leaves 111 = 56 + 55; a limit of the group's own; 132 = 66 + 66; 0 sections. */
Test(audit, figures_at_the_edges)
{
	struct small small;
	struct audit made;
	struct audit_row rows[] = {{0, PLAIN, 0, 4, 10}, {1, PLAIN, 0, 4, 9}};
	struct audit_plan plan = {&small.district, &small.distances, rows, 2, DIAG_PLAN, NULL,
				  NULL};

	figures_fixture(&small);
	audit_figures(&small.district.arena, &plan, &made);
	expect_offering(&made.offerings[0], (struct audit_offering){19, 111, 56, 21, 1, 0});
	expect_ways(&made.totals.ways, (struct audit_ways){19, 57009, 3000, 3001, 3001});
	cr_assert_eq(made.totals.far, 9);
	small.district.groups[PLAIN].limit_km = 2999999999;
	small.district.offerings[0].enrolled = 112;
	audit_figures(&small.district.arena, &plan, &made);
	cr_assert_eq(made.totals.far, 19);
	expect_offering(&made.offerings[0], (struct audit_offering){19, 131, 66, 41, 2, 1});
	small.district.offerings[0].sections = 0;
	audit_figures(&small.district.arena, &plan, &made);
	expect_offering(&made.offerings[0], (struct audit_offering){19, 131, 0, 131, 0, 0});
	small_close(&small);
}

Test(audit, zones_add_up_by_grade)
{
	struct small small;
	struct audit_zones zones;
	struct audit_row rows[] = {{0, PLAIN, 1, 4, 4},   {0, PLAIN, 0, 4, 5}, {1, PLAIN, 1, 7, 1},
				   {0, MIGRANT, 0, 4, 1}, {0, PLAIN, NONE, 4, 2}};
	struct audit_plan plan = {&small.district, &small.distances, rows, 5, DIAG_PLAN, NULL,
				  NULL};
	const struct audit_zone *first;

	figures_fixture(&small);
	audit_zones_make(&small.district.arena, &plan, &zones);
	cr_assert_eq(zones.n, 3);
	first = &zones.zones[audit_zone_find(&zones, 0, 4)];
	cr_assert_str_eq(first->schools, "S0;S1");
	cr_assert_eq(first->pupils, 13);
	cr_assert_eq(first->placed, 10);
	cr_assert_eq(first->metres, 6 * 3000 + 4 * 1000);
	cr_assert_str_eq(zones.zones[audit_zone_find(&zones, 1, 4)].schools, "");
	cr_assert_str_eq(zones.zones[audit_zone_find(&zones, 1, 7)].schools, "S1");
	cr_assert_eq(audit_zone_find(&zones, 0, 7), NONE);
	small_close(&small);
}
