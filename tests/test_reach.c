/* Who may go where, by the letter of the rules. */
#include "models/choice.h"
#include "models/reach.h"
#include "tests/drawn_district.h"

/* Groups of the fixtures. */
enum { PLAIN, BOARDER, INCLUDED, SPECIAL, MIGRANT, GROUPS };

static void give_needs(struct district *district)
{
	district->groups[BOARDER].need = NEED_BOARDING;
	district->groups[INCLUDED].need = NEED_INCLUSION;
	district->groups[SPECIAL].need = NEED_SPECIAL;
	district->groups[MIGRANT].public_only = true;
}

/* Zone 0 is 1, 2, 3 and 4 km from schools 0 to 3, which have a section in grades 3 and 4 each.
 * School 1 has a bed and is purchased, school 2 has a place and is private, school 3 is special. */
static void reach_fixture(struct small *small)
{
	small_open(small, 2, 4, GROUPS);
	give_needs(&small->district);
	for (size_t s = 0; s < 4; s++) {
		small_metres(small, 0, s, (int32_t)(1000 * (s + 1)));
		small_offering(small, s, 3, 1, 0);
		small_offering(small, s, 4, 1, 0);
	}
	small->district.schools[1].beds = 1;
	small->district.schools[1].ownership = OWNERSHIP_PURCHASED;
	small->district.schools[2].places = 1;
	small->district.schools[2].ownership = OWNERSHIP_PRIVATE;
	small->district.schools[3].kind = KIND_SPECIAL;
}

static void no_change(struct small *small)
{
	(void)small;
}

static void school_0_without_grade_4(struct small *small)
{
	small->district.schools[0].n_offerings = 1;
}

static void school_0_without_sections(struct small *small)
{
	small->district.offerings[1].sections = 0;
}

static void no_way_to_school_0(struct small *small)
{
	small_metres(small, 0, 0, UNREACHABLE);
}

static void only_schools_0_and_3(struct small *small)
{
	small_rule(small, RULE_ONLY, 0, 0, 0, NONE);
	small_rule(small, RULE_ONLY, 0, 3, 0, NONE);
}

static void only_for_others(struct small *small)
{
	small_rule(small, RULE_ONLY, 0, 0, 3, NONE);
	small_rule(small, RULE_ONLY, 0, 0, 4, MIGRANT);
	small_rule(small, RULE_ONLY, 1, 0, 4, PLAIN);
}

static void only_for_these(struct small *small)
{
	small_rule(small, RULE_ONLY, 0, 1, 4, PLAIN);
}

static void only_a_site(struct small *small)
{
	small_rule(small, RULE_ONLY, 0, NONE, 0, NONE);
}

static void never_school_1(struct small *small)
{
	small_rule(small, RULE_NEVER, 0, 1, 0, NONE);
}

static void only_and_never_school_1(struct small *small)
{
	small_rule(small, RULE_ONLY, 0, 0, 0, NONE);
	small_rule(small, RULE_ONLY, 0, 1, 0, NONE);
	small_rule(small, RULE_NEVER, 0, 1, 4, PLAIN);
}

static void at_most_2_km(struct small *small)
{
	small_set(small, "max_km", "2");
}

static void just_below_2_km(struct small *small)
{
	small_set(small, "max_km", "1.9999");
}

static void just_below_2_km_with_beds(struct small *small)
{
	just_below_2_km(small);
	small->district.schools[0].beds = 1;
}

static void at_most_half_a_km(struct small *small)
{
	small_set(small, "max_km", "0.5");
	small_metres(small, 0, 1, 1000);
}

static void at_most_half_a_km_without_sections(struct small *small)
{
	small_set(small, "max_km", "0.5");
	school_0_without_sections(small);
}

static const struct {
	void (*change)(struct small *small);
	size_t group;
	int grade;
	const char *want; /* an x for every school in reach */
} reaches[] = {
	{no_change, PLAIN, 4, "xxx-"},
	{no_change, PLAIN, 5, "----"},
	{no_change, BOARDER, 4, "-x--"},
	{no_change, BOARDER, 3, "xxx-"},
	{no_change, INCLUDED, 4, "--x-"},
	{no_change, SPECIAL, 4, "---x"},
	{no_change, MIGRANT, 4, "xx--"},
	{school_0_without_grade_4, PLAIN, 4, "-xx-"},
	{school_0_without_sections, PLAIN, 4, "-xx-"},
	{no_way_to_school_0, PLAIN, 4, "-xx-"},
	{only_schools_0_and_3, PLAIN, 4, "x---"},
	{only_schools_0_and_3, SPECIAL, 4, "---x"},
	{only_schools_0_and_3, INCLUDED, 4, "----"},
	{only_for_others, PLAIN, 4, "xxx-"},
	{only_for_others, MIGRANT, 4, "x---"},
	{only_for_these, PLAIN, 4, "-x--"},
	{only_a_site, PLAIN, 4, "----"},
	{never_school_1, PLAIN, 4, "x-x-"},
	{only_and_never_school_1, PLAIN, 4, "x---"},
	{only_and_never_school_1, MIGRANT, 4, "xx--"},
	{at_most_2_km, PLAIN, 4, "xx--"},
	{just_below_2_km, PLAIN, 4, "x---"},
	{just_below_2_km_with_beds, BOARDER, 4, "xx--"},
	{just_below_2_km_with_beds, BOARDER, 3, "x---"},
	{at_most_half_a_km, PLAIN, 4, "xx--"},
	{at_most_half_a_km, INCLUDED, 4, "--x-"},
	{at_most_half_a_km_without_sections, PLAIN, 4, "----"},
};

Test(audit, reach_follows_the_letter_of_the_rules)
{
	for (size_t i = 0; i < sizeof reaches / sizeof *reaches; i++) {
		struct small small;
		struct cell cell = {.group = reaches[i].group, .grade = reaches[i].grade};
		struct choices choices;
		char found[5] = "----";
		bool reach[4];

		reach_fixture(&small);
		reaches[i].change(&small);
		audit_reach(&small.district, &small.distances, &cell, reach);
		choices_open(&choices, &small.district, &small.distances);
		for (size_t s = 0; s < 4; s++) {
			found[s] = reach[s] ? 'x' : '-';
			cr_assert_eq(choices_eligible(&choices, &cell, s), reach[s], "case %zu", i);
		}
		choices_close(&choices);
		cr_assert_str_eq(found, reaches[i].want, "case %zu", i);
		small_close(&small);
	}
}

/* The schools that a walk finds. */
struct found {
	const struct choosing *choosing;
	bool schools[DRAWN_SCHOOLS];
};

static bool enter_all(void *context, size_t node, int64_t least)
{
	(void)context;
	(void)node;
	return least >= 0;
}

static void find(void *context, size_t item, int64_t metres)
{
	struct found *found = context;

	if (choice_takes(found->choosing, item, metres))
		found->schools[found->choosing->choice->schools[item]] = true;
}

static void check_cell(struct drawn *drawn, struct choices *choices, const struct cell *cell)
{
	static const struct places_visitor visitor = {enter_all, find};
	struct choosing choosing = choice_of(choices_find(choices, cell), cell);
	struct found found = {.choosing = &choosing};
	bool reach[DRAWN_SCHOOLS];

	choosing.most = choice_most(&choosing);
	choice_walk(&choosing, &visitor, &found);
	audit_reach(&drawn->small.district, &drawn->small.distances, cell, reach);
	for (size_t s = 0; s < DRAWN_SCHOOLS; s++) {
		cr_assert_eq(choices_eligible(choices, cell, s), reach[s]);
		cr_assert_eq(found.schools[s], reach[s]);
	}
}

/* Every cell and school of drawn districts. */
Test(audit, choices_are_those_of_audit_reach)
{
	for (uint64_t seed = 0; seed < 400; seed++) {
		struct drawn drawn;
		struct choices choices;

		draw_district(&drawn, seed, "unplaced; travel_km");
		choices_open(&choices, &drawn.small.district, &drawn.small.distances);
		for (size_t c = 0; c < drawn.small.district.n_cells; c++)
			check_cell(&drawn, &choices, &drawn.small.district.cells[c]);
		choices_close(&choices);
		small_close(&drawn.small);
	}
}
