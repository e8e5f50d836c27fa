/* Proofs of optimality: they hold for the best plans and for no others. */
#include "models/proof.h"
#include "tests/small_district.h"

/* Two zones, each with n pupils of group 0 in grade 1; two schools with a section there. */
static void pair_fixture(struct small *small, const int32_t metres[4], int64_t pupils)
{
	small_open(small, 2, 2, 2);
	for (size_t i = 0; i < 4; i++)
		small_metres(small, i / 2, i % 2, metres[i]);
	small_offering(small, 0, 1, 1, 0);
	small_offering(small, 1, 1, 1, 0);
	small_cell(small, 0, 1, 0, pupils);
	small_cell(small, 1, 1, 0, pupils);
}

/* One seat in each school, one pupil in each zone. */
static void seat_each(struct small *small, int32_t z0s0, int32_t z0s1, int32_t z1s0, int32_t z1s1)
{
	const int32_t metres[] = {z0s0, z0s1, z1s0, z1s1};

	pair_fixture(small, metres, 1);
	small_set(small, "class_size.max", "1");
}

/* Crossed ways are shorter for zone 1, longer for both. */
static void crossing(struct small *small)
{
	seat_each(small, 1000, 2501, 200, 1700);
	small_set(small, "objective", "unplaced; travel_km");
}

/* A pupil goes 1 m too far, so that both ways together are 2.899 km shorter. */
static void far_or_long(struct small *small)
{
	seat_each(small, 3000, 3001, 100, 3000);
}

static void far_first(struct small *small)
{
	far_or_long(small);
	small_set(small, "objective", "unplaced; far; travel_km");
}

static void travel_first(struct small *small)
{
	far_or_long(small);
	small_set(small, "objective", "unplaced; travel_km; far");
}

/* At 2.899 km a far pupil, both plans are worth the same; a metre more or less decides. */
static void far_costs_2_900(struct small *small)
{
	far_or_long(small);
	small_set(small, "objective", "unplaced; 2.9 far + travel_km");
}

static void far_costs_2_898(struct small *small)
{
	far_or_long(small);
	small_set(small, "objective", "unplaced; 2.898 far + travel_km");
}

/* Both zones' pupils want the same school, whose only seat zone 0 wants less. */
static void one_seat(struct small *small)
{
	seat_each(small, 1000, 2000, 1000, 2000);
	small_set(small, "objective", "unplaced; travel_km");
	small->district.n_offerings = 1;
	small->district.schools[1].n_offerings = 0;
}

/* The pupil of zone 1 weighs a little more. */
static void one_seat_for_the_heavier(struct small *small)
{
	one_seat(small);
	small->district.cells[1].group = 1;
	small->district.groups[1].weight = NANO + 1;
}

/* School 0 is 2 km nearer, but standard size is reached there, or all but. */
static void at_standard(struct small *small)
{
	seat_each(small, 1000, 3000, 1000, 3000);
	small_set(small, "class_size.max", "65");
	small->district.offerings[0].enrolled = 45;
}

static void below_standard(struct small *small)
{
	at_standard(small);
	small->district.offerings[0].enrolled = 44;
}

/* The school that is further is too far to be chosen, or just near enough. */
static void at_standard_below_3_km(struct small *small)
{
	at_standard(small);
	small_set(small, "max_km", "2.999");
}

static void at_standard_within_3_km(struct small *small)
{
	at_standard(small);
	small_set(small, "max_km", "3");
}

static void at_standard_alone(struct small *small)
{
	at_standard(small);
	small->district.offerings[1].sections = 0;
}

/* From zone 0, or from either. */
static void at_standard_cut_off(struct small *small)
{
	at_standard(small);
	small_metres(small, 0, 1, UNREACHABLE);
}

static void at_standard_on_an_island(struct small *small)
{
	at_standard_cut_off(small);
	small_metres(small, 1, 1, UNREACHABLE);
}

/* 60 pupils in each zone: 65 and 55, or 60 and 60, or others. */
static void sixties(struct small *small)
{
	const int32_t metres[] = {1000, 1000, 1000, 1000};

	pair_fixture(small, metres, 60);
	small_set(small, "objective", "unplaced; large_classes");
}

/* The large class is the last one, so that its count is as convex as any. */
static void sixties_without_room(struct small *small)
{
	sixties(small);
	small_set(small, "class_size.large", "64");
}

/* 19 pupils and two schools of 2 sections with 111 and 110 who stay. The slopes of their envelopes
 * are 1 and 2 of 19 pupils: no more than these 19 can come. */
static void nineteen(struct small *small)
{
	const int32_t metres[] = {1000, 1000, 1000, 1000};

	pair_fixture(small, metres, 19);
	small_set(small, "objective", "unplaced; large_classes");
	small->district.n_cells = 1;
	small->district.offerings[0].sections = small->district.offerings[1].sections = 2;
	small->district.offerings[0].enrolled = 111;
	small->district.offerings[1].enrolled = 110;
}

/* School 0 has a large class anyway. */
static void large_anyway(struct small *small)
{
	nineteen(small);
	small->district.offerings[1].enrolled = 0;
}

/* A pupil of either group lives in zone 0, 1 km from school 0 and 2 from school 1. */
static void two_groups(struct small *small)
{
	seat_each(small, 1000, 2000, 1000, 2000);
	small_set(small, "objective", "unplaced; travel_km");
	small_set(small, "class_size.max", "65");
	small->district.cells[1].zone = 0;
	small->district.cells[1].group = 1;
}

static void two_groups_and_a_rule(struct small *small)
{
	two_groups(small);
	small_rule(small, RULE_NEVER, 0, 0, 0, 1);
}

/* Group 1 goes to school 1 and nowhere else, or group 0 does. */
static void two_groups_only_1(struct small *small)
{
	two_groups(small);
	small_rule(small, RULE_ONLY, 0, 1, 0, 1);
}

static void two_groups_only_0(struct small *small)
{
	two_groups(small);
	small_rule(small, RULE_ONLY, 0, 1, 1, 0);
}

static void two_groups_and_a_need(struct small *small)
{
	two_groups(small);
	small->district.groups[1].need = NEED_INCLUSION;
	small->district.schools[1].places = 1;
}

static void two_groups_one_public(struct small *small)
{
	two_groups(small);
	small->district.groups[1].public_only = true;
	small->district.schools[0].ownership = OWNERSHIP_PRIVATE;
}

/* School 0 is nearer, but full by max_pupils. */
static void capped(struct small *small)
{
	crossing(small);
	small->district.n_cells = 1;
	small->district.schools[0].max_pupils = 0;
}

/* School 0 is nearer, but not for these. */
static void closed(struct small *small)
{
	crossing(small);
	small->district.n_cells = 1;
	small_rule(small, RULE_NEVER, 0, 0, 1, 0);
}

/* The same seats in grade 2. */
static void second_grade(struct small *small)
{
	crossing(small);
	for (size_t i = 0; i < 2; i++) {
		small->district.offerings[i].grade = 2;
		small->district.cells[i].grade = 2;
	}
}

static void too_large(struct small *small)
{
	crossing(small);
	small_metres(small, 0, 0, 1000000); /* 10^18 with the factor: a path of them is too much */
	small_set(small, "objective", "unplaced; 1000000 travel_km + 0.000000001 far");
}

static void counting_nothing(struct small *small)
{
	crossing(small);
	small_set(small, "objective", "moved; 0 far; travel_km");
}

static const struct {
	const char *name;
	void (*make)(struct small *small);
	struct audit_row rows[5]; /* zone, group, school, grade, pupils */
	size_t open_level;
	enum proof_reason reason;
} cases[] = {
	{"nearest", crossing, {{0, 0, 0, 1, 1}, {1, 0, 1, 1, 1}}, 2, PROOF_HOLDS},
	{"crossed", crossing, {{0, 0, 1, 1, 1}, {1, 0, 0, 1, 1}}, 1, PROOF_IMPROVABLE},
	{"left out", crossing, {{0, 0, 0, 1, 1}, {1, 0, NONE, 1, 1}}, 0, PROOF_IMPROVABLE},
	{"far first", far_first, {{0, 0, 0, 1, 1}, {1, 0, 1, 1, 1}}, 3, PROOF_HOLDS},
	{"far after all", far_first, {{0, 0, 1, 1, 1}, {1, 0, 0, 1, 1}}, 1, PROOF_IMPROVABLE},
	{"travel first", travel_first, {{0, 0, 1, 1, 1}, {1, 0, 0, 1, 1}}, 3, PROOF_HOLDS},
	{"long after all", travel_first, {{0, 0, 0, 1, 1}, {1, 0, 1, 1, 1}}, 1,
	 PROOF_IMPROVABLE},
	{"far costs more", far_costs_2_900, {{0, 0, 0, 1, 1}, {1, 0, 1, 1, 1}}, 2, PROOF_HOLDS},
	{"far costs less", far_costs_2_898, {{0, 0, 1, 1, 1}, {1, 0, 0, 1, 1}}, 2, PROOF_HOLDS},
	{"far too dear", far_costs_2_900, {{0, 0, 1, 1, 1}, {1, 0, 0, 1, 1}}, 1,
	 PROOF_IMPROVABLE},
	{"far so cheap", far_costs_2_898, {{0, 0, 0, 1, 1}, {1, 0, 1, 1, 1}}, 1,
	 PROOF_IMPROVABLE},
	{"one seat", one_seat, {{0, 0, 0, 1, 1}, {1, 0, NONE, 1, 1}}, 2, PROOF_HOLDS},
	{"heavier in", one_seat_for_the_heavier, {{0, 0, NONE, 1, 1}, {1, 1, 0, 1, 1}}, 2,
	 PROOF_HOLDS},
	{"heavier out", one_seat_for_the_heavier, {{0, 0, 0, 1, 1}, {1, 1, NONE, 1, 1}}, 0,
	 PROOF_IMPROVABLE},
	{"standard kept", at_standard, {{0, 0, 1, 1, 1}, {1, 0, 1, 1, 1}}, 5, PROOF_HOLDS},
	{"standard passed", at_standard, {{0, 0, 1, 1, 1}, {1, 0, 0, 1, 1}}, 4,
	 PROOF_IMPROVABLE},
	{"too far to choose", at_standard_below_3_km, {{0, 0, 0, 1, 1}, {1, 0, 0, 1, 1}}, 5,
	 PROOF_HOLDS},
	{"near enough", at_standard_within_3_km, {{0, 0, 0, 1, 1}, {1, 0, 0, 1, 1}}, 4,
	 PROOF_IMPROVABLE},
	{"no sections", at_standard_alone, {{0, 0, 0, 1, 1}, {1, 0, 0, 1, 1}}, 5, PROOF_HOLDS},
	{"no way", at_standard_on_an_island, {{0, 0, 0, 1, 1}, {1, 0, 0, 1, 1}}, 5, PROOF_HOLDS},
	{"a way for one", at_standard_cut_off, {{0, 0, 0, 1, 1}, {1, 0, 0, 1, 1}}, 4,
	 PROOF_IMPROVABLE},
	{"the way taken", at_standard_cut_off, {{0, 0, 0, 1, 1}, {1, 0, 1, 1, 1}}, 5, PROOF_HOLDS},
	{"standard reached", below_standard, {{0, 0, 0, 1, 1}, {1, 0, 1, 1, 1}}, 5, PROOF_HOLDS},
	{"standard not used", below_standard, {{0, 0, 1, 1, 1}, {1, 0, 1, 1, 1}}, 4,
	 PROOF_IMPROVABLE},
	{"65 and 55", sixties, {{0, 0, 0, 1, 60}, {1, 0, 0, 1, 5}, {1, 0, 1, 1, 55}}, 2,
	 PROOF_HOLDS},
	{"60 and 60", sixties, {{0, 0, 0, 1, 60}, {1, 0, 1, 1, 60}}, 1, PROOF_ENVELOPE},
	{"59 and 60", sixties, {{0, 0, 0, 1, 60}, {1, 0, 1, 1, 59}, {1, 0, NONE, 1, 1}}, 0,
	 PROOF_IMPROVABLE},
	{"64 is large", sixties_without_room, {{0, 0, 0, 1, 60}, {1, 0, 1, 1, 60}}, 2,
	 PROOF_HOLDS},
	{"19 to 130", nineteen, {{0, 0, 0, 1, 19}}, 2, PROOF_HOLDS},
	{"19 to 129", nineteen, {{0, 0, 1, 1, 19}}, 1, PROOF_IMPROVABLE},
	{"large anyway", large_anyway, {{0, 0, 1, 1, 19}}, 2, PROOF_HOLDS},
	{"two groups", two_groups, {{0, 0, 0, 1, 1}, {0, 1, 1, 1, 1}}, 1, PROOF_IMPROVABLE},
	{"kept by a rule", two_groups_and_a_rule, {{0, 0, 0, 1, 1}, {0, 1, 1, 1, 1}}, 2,
	 PROOF_HOLDS},
	{"named for it", two_groups_only_1, {{0, 0, 0, 1, 1}, {0, 1, 1, 1, 1}}, 2, PROOF_HOLDS},
	{"named for another", two_groups_only_0, {{0, 0, 1, 1, 1}, {0, 1, 1, 1, 1}}, 1,
	 PROOF_IMPROVABLE},
	{"kept by a need", two_groups_and_a_need, {{0, 0, 0, 1, 1}, {0, 1, 1, 1, 1}}, 2,
	 PROOF_HOLDS},
	{"kept public", two_groups_one_public, {{0, 0, 0, 1, 1}, {0, 1, 1, 1, 1}}, 2,
	 PROOF_HOLDS},
	{"cap", capped, {{0, 0, 1, 1, 1}}, 2, PROOF_HOLDS},
	{"closed", closed, {{0, 0, 1, 1, 1}}, 2, PROOF_HOLDS},
	{"grade 2", second_grade, {{0, 0, 1, 2, 1}, {1, 0, 0, 2, 1}}, 1, PROOF_IMPROVABLE},
	{"too large", too_large, {{0, 0, 0, 1, 1}, {1, 0, 1, 1, 1}}, 1, PROOF_TOO_LARGE},
	{"levels of nothing", counting_nothing, {{0, 0, 1, 1, 1}, {1, 0, 0, 1, 1}}, 2,
	 PROOF_IMPROVABLE},
};

/* Every other grade is proven; the one of the rows as far as the whole plan. */
static void expect_grades(const struct proof *proof, int grade, size_t n_levels)
{
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		cr_assert_eq(proof->grades[g - FIRST_GRADE].open_level,
			     g == grade ? proof->open_level : n_levels);
}

Test(proof, holds_for_the_best_plan_only)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct small small;
		struct proof proof;
		struct audit_plan plan = {.rows = cases[i].rows, .code = DIAG_PLAN};

		cases[i].make(&small);
		plan.district = &small.district;
		plan.distances = &small.distances;
		while (cases[i].rows[plan.n_rows].grade != 0)
			plan.n_rows++;
		proof_make(&plan, NULL, &proof);
		cr_assert_eq(proof.open_level, cases[i].open_level, "%s: level %zu",
			     cases[i].name, proof.open_level);
		cr_assert_eq(proof.reason, cases[i].reason, "%s: reason %d", cases[i].name,
			     (int)proof.reason);
		cr_assert_eq(proof.holds, cases[i].reason == PROOF_HOLDS);
		expect_grades(&proof, cases[i].rows[0].grade,
			      small.district.settings.levels.n_levels);
		small_close(&small);
	}
}

/* Grade 1 leaves somebody out, grade 2 has somebody go too far. */
Test(proof, the_first_open_level_of_all_grades_counts)
{
	struct small small;
	struct proof proof;
	struct audit_row rows[] = {{0, 0, NONE, 1, 1}, {1, 0, 1, 2, 1}};
	struct audit_plan plan = {&small.district, &small.distances, rows, 2, DIAG_PLAN, NULL,
				  NULL};

	small_open(&small, 2, 2, 1);
	for (size_t s = 0; s < 2; s++)
		for (int grade = 1; grade <= 2; grade++)
			small_offering(&small, s, grade, 1, 0);
	small_cell(&small, 0, 1, 0, 1);
	small_cell(&small, 1, 2, 0, 1);
	small_metres(&small, 1, 1, 1001);
	proof_make(&plan, NULL, &proof);
	cr_assert_eq(proof.grades[0].open_level, 0);
	cr_assert_eq(proof.grades[1].open_level, 4);
	cr_assert_eq(proof.grades[2].open_level, 5);
	cr_assert_eq(proof.open_level, 0);
	cr_assert_not(proof.holds);
	small_close(&small);
}

/*
 * A ring of schools with a seat each and of zones with a pupil each, who reach their own school and
 * the next one. Everybody at home, or everybody one school on: each is changed into the other by a
 * cycle through all schools, and by nothing else.
 */
enum { RING = 12 };

static void ring_fixture(struct small *small)
{
	small_open(small, RING, RING, 1);
	small_set(small, "class_size.max", "1");
	small_set(small, "objective", "unplaced; travel_km");
	for (size_t i = 0; i < RING; i++) {
		for (size_t s = 0; s < RING; s++)
			small_metres(small, i, s, s == i ? 1000 : UNREACHABLE);
		small_metres(small, i, (i + 1) % RING, i == 0 ? 999 + RING : 999);
		small_offering(small, i, 1, 1, 0);
		small_cell(small, i, 1, 0, 1);
	}
}

/* At home the sum is 1000 RING; one seat on it is 999 RING + RING, the same; a metre decides. */
Test(proof, long_cycles_are_found)
{
	for (int32_t more = -1; more <= 1; more++) {
		struct small small;
		struct audit_row rows[RING];
		struct audit_plan plan = {&small.district, &small.distances, rows, RING, DIAG_PLAN,
					  NULL, NULL};

		ring_fixture(&small);
		small_metres(&small, 0, 1, 999 + RING + more);
		for (size_t i = 0; i < RING; i++)
			rows[i] = (struct audit_row){i, 0, (i + 1) % RING, 1, 1};
		cr_assert_eq(proof_of_grade(&plan, 1).reason,
			     more > 0 ? PROOF_IMPROVABLE : PROOF_HOLDS, "%d", (int)more);
		for (size_t i = 0; i < RING; i++)
			rows[i].school = i;
		cr_assert_eq(proof_of_grade(&plan, 1).reason,
			     more < 0 ? PROOF_IMPROVABLE : PROOF_HOLDS, "%d", (int)more);
		small_close(&small);
	}
}

/* Zone 0 is where school 0 is, schools 1 to 11 stand ever further off. All are open. */
enum { ROAD = 12 };

static void road_fixture(struct small *small)
{
	small_open(small, 1, ROAD, 1);
	small_set(small, "objective", "unplaced; travel_km");
	for (size_t s = 0; s < ROAD; s++) {
		small->district.schools[s].lon = (double)s / 10;
		small_offering(small, s, 1, 1, 0);
	}
	small_cell(small, 0, 1, 0, 1);
}

/* Known ways count, were they shorter than the straight line or longer. */
Test(proof, known_ways_are_found)
{
	static const struct {
		struct known_distance known[2];
		size_t school, open_level;
	} ways[] = {
		{{{0, 10, 50000}, {0, 11, 50000}}, 0, 2}, {{{0, 10, 50000}, {0, 11, 50000}}, 1, 1},
		{{{0, 0, 7}, {0, 11, 6}}, 0, 1},	  {{{0, 0, 7}, {0, 11, 6}}, 11, 2},
		{{{0, 0, 7}, {0, 11, 7}}, 0, 2},	  {{{0, 0, 7}, {0, 11, 7}}, 11, 2},
		{{{0, 0, 11132}, {0, 9, 90000}}, 0, 2},	  {{{0, 0, 11132}, {0, 9, 90000}}, 1, 2},
		{{{0, 0, 11133}, {0, 9, 90000}}, 0, 1},
	};

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		struct small small;
		struct known_distance known[] = {ways[i].known[0], ways[i].known[1]};
		struct audit_row row = {0, 0, ways[i].school, 1, 1};
		struct audit_plan plan = {&small.district, &small.distances, &row, 1, DIAG_PLAN,
					  NULL, NULL};

		road_fixture(&small);
		small.district.known = known;
		small.district.n_known = 2;
		distances_make(&small.district.arena, &small.district, &small.distances);
		cr_assert_eq(proof_of_grade(&plan, 1).open_level, ways[i].open_level, "case %zu", i);
		small_close(&small);
	}
}
