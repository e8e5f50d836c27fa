/* Why pupils are or are not at a school: each reason on a district made for it, and what a move
 * changes against whole plans. */
#include "models/reach.h"
#include "models/reason.h"
#include "models/school_answer.h"
#include "models/zone_answer.h"
#include "tests/drawn_district.h"

enum { ASKED, OTHER, N_FIXED_GROUPS };
enum { MOST_PLACED = 4 };

/*
 * Zone 0 is 1, 2 and 3 km from schools 0 to 2, which have a section in grade 4 each; its 10 pupils
 * of group ASKED are at school 1. The question is always about school 0, which is nearer.
 */
struct asked {
	struct small small;
	struct placement placements[MOST_PLACED];
	size_t n_placements;
	struct plan plan;
	struct whys whys;
};

static void asked_fixture(struct asked *asked)
{
	*asked = (struct asked){.placements = {{0, 1, 10}}, .n_placements = 1};
	small_open(&asked->small, 2, 3, N_FIXED_GROUPS);
	for (size_t s = 0; s < 3; s++) {
		small_offering(&asked->small, s, 4, 1, 0);
		small_metres(&asked->small, 0, s, (int32_t)(1000 * (s + 1)));
	}
	small_cell(&asked->small, 0, 4, ASKED, 10);
}

static void asked_open(struct asked *asked)
{
	struct district *district = &asked->small.district;
	const struct level_scale *levels;
	struct diags diags = {0};

	plan_make(&district->arena, district, &asked->small.distances, asked->placements,
		  asked->n_placements, &asked->plan);
	levels = level_scales_make(&district->arena, district, 20000, &diags);
	cr_assert_not_null(levels);
	whys_open(&asked->whys, &district->arena, &asked->plan, levels);
}

static void asked_close(struct asked *asked)
{
	whys_close(&asked->whys);
	small_close(&asked->small);
}

static struct school *first(struct asked *asked)
{
	return &asked->small.district.schools[0];
}

static struct offering *first_offering(struct asked *asked)
{
	return &asked->small.district.offerings[0];
}

static struct group *group_asked(struct asked *asked)
{
	return &asked->small.district.groups[ASKED];
}

static void enroll(struct asked *asked, int64_t pupils)
{
	first_offering(asked)->enrolled = first(asked)->enrolled = pupils;
}

/* Pupils of another zone and of a group, who are at a school. */
static void place_other(struct asked *asked, size_t group, size_t school, int64_t pupils)
{
	size_t cell = asked->small.district.n_cells;

	small_cell(&asked->small, 1, 4, group, pupils);
	asked->placements[asked->n_placements++] = (struct placement){cell, school, pupils};
}

static void nothing(struct asked *asked)
{
	(void)asked;
}

static void no_grade(struct asked *asked)
{
	first_offering(asked)->grade = 5;
}

static void opens_later(struct asked *asked)
{
	first(asked)->open = false;
	first(asked)->opens = "2030-09";
	first(asked)->n_offerings = 0;
}

static void opens_later_without_the_grade(struct asked *asked)
{
	opens_later(asked);
	first(asked)->first_grade = 7;
	first(asked)->last_grade = 9;
}

static void opens_later_with_the_grade(struct asked *asked)
{
	opens_later(asked);
	first(asked)->first_grade = 1;
	first(asked)->last_grade = 4;
	first(asked)->ownership = OWNERSHIP_PRIVATE;
	group_asked(asked)->public_only = true;
}

static void special_school(struct asked *asked)
{
	first(asked)->kind = KIND_SPECIAL;
}

static void needs_special(struct asked *asked)
{
	group_asked(asked)->need = NEED_SPECIAL;
}

static void has_no_beds(struct asked *asked)
{
	group_asked(asked)->need = NEED_BOARDING;
}

static void has_no_places(struct asked *asked)
{
	group_asked(asked)->need = NEED_INCLUSION;
}

static void private_school(struct asked *asked)
{
	first(asked)->ownership = OWNERSHIP_PRIVATE;
	group_asked(asked)->public_only = true;
}

static void private_and_full(struct asked *asked)
{
	private_school(asked);
	enroll(asked, 65);
}

static void never(struct asked *asked)
{
	small_rule(&asked->small, RULE_NEVER, 0, 0, 4, ASKED);
}

static void never_for_others(struct asked *asked)
{
	small_rule(&asked->small, RULE_NEVER, 0, 0, 5, NONE);
	small_rule(&asked->small, RULE_NEVER, 0, 0, 0, OTHER);
}

static void not_named(struct asked *asked)
{
	small_rule(&asked->small, RULE_ONLY, 0, 1, 0, NONE);
}

static void no_way(struct asked *asked)
{
	small_metres(&asked->small, 0, 0, UNREACHABLE);
}

static void no_class(struct asked *asked)
{
	first_offering(asked)->sections = 0;
}

static void too_far(struct asked *asked)
{
	small_set(&asked->small, "max_km", "0.5");
	small_metres(&asked->small, 0, 1, 500);
}

static void full(struct asked *asked)
{
	enroll(asked, 65);
}

static void full_and_at_its_cap(struct asked *asked)
{
	enroll(asked, 65);
	first(asked)->max_pupils = 65;
}

static void one_seat_left(struct asked *asked)
{
	enroll(asked, 64);
}

static void whole(struct asked *asked)
{
	small_set(&asked->small, "whole_zones", "yes");
	enroll(asked, 56);
}

static void cap(struct asked *asked)
{
	enroll(asked, 20);
	first(asked)->max_pupils = 20;
}

static void norm(struct asked *asked)
{
	enroll(asked, 20);
	small_set(&asked->small, "norm.floor_m2", "10");
	first(asked)->floor_m2 = 209 * NANO;
}

static void share(struct asked *asked)
{
	group_asked(asked)->max_share = NANO / 2;
	place_other(asked, OTHER, 0, 1);
	asked->small.district.cells[1].pupils = asked->placements[1].pupils = 1;
	place_other(asked, ASKED, 0, 1);
}

static void places_used(struct asked *asked)
{
	group_asked(asked)->need = NEED_INCLUSION;
	for (size_t s = 0; s < 3; s++)
		asked->small.district.schools[s].places = 20;
	first(asked)->places = 2;
	place_other(asked, ASKED, 0, 2);
}

static void beds_used(struct asked *asked)
{
	places_used(asked);
	group_asked(asked)->need = NEED_BOARDING;
	for (size_t s = 0; s < 3; s++)
		asked->small.district.schools[s].beds = 20;
	first(asked)->beds = 2;
}

static void share_left(struct asked *asked)
{
	asked->small.district.groups[OTHER].max_share = NANO / 2;
	place_other(asked, OTHER, 1, 10);
}

static void large_class(struct asked *asked)
{
	enroll(asked, 55);
}

static void oversized_class(struct asked *asked)
{
	small_set(&asked->small, "class_size.max", "80");
	enroll(asked, 65);
}

static void over_standard(struct asked *asked)
{
	enroll(asked, 45);
}

static void far(struct asked *asked)
{
	small_metres(&asked->small, 0, 0, 3001);
}

static void further(struct asked *asked)
{
	small_metres(&asked->small, 0, 0, 2500);
}

static void as_far(struct asked *asked)
{
	small_metres(&asked->small, 0, 0, 2000);
}

static void taken(struct asked *asked)
{
	asked->placements[0].pupils = 7;
	asked->placements[asked->n_placements++] = (struct placement){0, 0, 3};
}

static void unplaced(struct asked *asked)
{
	asked->placements[0].school = NONE;
}

static void unplaced_behind_classes(struct asked *asked)
{
	unplaced(asked);
	small_set(&asked->small, "objective", "large_classes; unplaced");
	enroll(asked, 55);
}

/* Levels: 0 unplaced, 1 oversized, 2 large, 3 far, 4 travel_km + 3 over_standard in thousandths. */
static const struct {
	const char *name;
	void (*change)(struct asked *asked);
	enum why want;
	size_t level;
	int64_t by;
} answers[] = {
	{"nothing", nothing, WHY_BETTER, 4, -1000},
	{"no grade", no_grade, WHY_NO_GRADE, 0, 0},
	{"opens later", opens_later, WHY_OPENS_LATER, 0, 0},
	{"opens later, no grade", opens_later_without_the_grade, WHY_NO_GRADE, 0, 0},
	{"opens later, private", opens_later_with_the_grade, WHY_OPENS_LATER, 0, 0},
	{"special school", special_school, WHY_SPECIAL_SCHOOL, 0, 0},
	{"needs special", needs_special, WHY_NEEDS_SPECIAL, 0, 0},
	{"no beds", has_no_beds, WHY_HAS_NO_BEDS, 0, 0},
	{"no places", has_no_places, WHY_HAS_NO_PLACES, 0, 0},
	{"private", private_school, WHY_PRIVATE, 0, 0},
	{"private and full", private_and_full, WHY_PRIVATE, 0, 0},
	{"never", never, WHY_NEVER, 0, 0},
	{"never for others", never_for_others, WHY_BETTER, 4, -1000},
	{"not named", not_named, WHY_NOT_NAMED, 0, 0},
	{"no way", no_way, WHY_NO_WAY, 0, 0},
	{"no class", no_class, WHY_NO_CLASS, 0, 0},
	{"too far", too_far, WHY_TOO_FAR, 0, 0},
	{"full", full, WHY_FULL, 0, 0},
	{"full and at its cap", full_and_at_its_cap, WHY_FULL, 0, 0},
	{"one seat left", one_seat_left, WHY_WORSE, 4, 2000},
	{"whole", whole, WHY_WHOLE, 0, 0},
	{"cap", cap, WHY_CAP, 0, 0},
	{"norm", norm, WHY_CAP, 0, 0},
	{"share", share, WHY_SHARE, 0, 0},
	{"places used", places_used, WHY_PLACES_USED, 0, 0},
	{"beds used", beds_used, WHY_BEDS_USED, 0, 0},
	{"share left", share_left, WHY_SHARE_LEFT, 5, 0},
	{"large class", large_class, WHY_WORSE, 2, 1},
	{"oversized class", oversized_class, WHY_WORSE, 1, 1},
	{"over standard", over_standard, WHY_WORSE, 4, 2000},
	{"far", far, WHY_WORSE, 3, 1},
	{"further", further, WHY_WORSE, 4, 500},
	{"as far", as_far, WHY_SAME, 5, 0},
	{"taken", taken, WHY_TAKEN, 0, 0},
	{"unplaced", unplaced, WHY_BETTER, 0, -1},
	{"unplaced behind classes", unplaced_behind_classes, WHY_WORSE, 0, 1},
};

Test(why, each_reason_in_a_district_made_for_it)
{
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		struct asked asked;
		struct fellows fellows;
		struct why_not found;

		asked_fixture(&asked);
		answers[i].change(&asked);
		asked_open(&asked);
		fellows_open(&fellows, &asked.whys, 0, false);
		found = why_not(&fellows, 0);
		cr_expect_eq(found.why, answers[i].want, "%s: %d", answers[i].name, found.why);
		cr_expect_eq(found.move.level, answers[i].level, "%s: level %zu", answers[i].name,
			     found.move.level);
		cr_expect_eq(found.move.change, answers[i].by, "%s: %lld", answers[i].name,
			     (long long)found.move.change);
		fellows_close(&fellows);
		asked_close(&asked);
	}
}

Test(why, rules_name_their_lines)
{
	struct asked asked;
	const struct cell *cell;
	size_t lines[2];

	asked_fixture(&asked);
	for (size_t s = 0; s < 3; s++)
		small_rule(&asked.small, RULE_ONLY, 0, s, 0, NONE);
	small_rule(&asked.small, RULE_ONLY, 0, 2, 5, NONE);
	small_rule(&asked.small, RULE_NEVER, 0, 2, 0, NONE);
	for (size_t i = 0; i < 5; i++)
		asked.small.district.access[i].line = 9 - i;
	cell = &asked.small.district.cells[0];
	cr_expect_eq(why_only_lines(&asked.small.district, cell, lines, 2), 3);
	cr_expect_eq(lines[0], 7);
	cr_expect_eq(lines[1], 8);
	cr_expect_eq(why_never_line(&asked.small.district, cell, 2), 5);
	cr_expect_eq(why_never_line(&asked.small.district, cell, 1), 0);
	small_close(&asked.small);
}

/* Groups that no rule tells apart are told together; alone, or where one is public_only, not. */
Test(why, fellows_are_those_whom_no_rule_tells_apart)
{
	struct asked asked;
	struct fellows fellows;

	asked_fixture(&asked);
	small_cell(&asked.small, 0, 4, OTHER, 5);
	asked.placements[asked.n_placements++] = (struct placement){1, 2, 5};
	asked_open(&asked);
	fellows_open(&fellows, &asked.whys, 1, false);
	cr_expect_eq(fellows.n_cells, 2);
	cr_expect_eq(fellows.pupils, 15);
	cr_expect_eq(fellows.n_uses, 2);
	cr_expect_eq(fellows_at(&fellows, 1), 10);
	cr_expect_eq(fellows_at(&fellows, 2), 5);
	fellows_close(&fellows);
	fellows_open(&fellows, &asked.whys, 1, true);
	cr_expect_eq(fellows.pupils, 5);
	fellows_close(&fellows);
	group_asked(&asked)->public_only = true;
	fellows_open(&fellows, &asked.whys, 0, false);
	cr_expect_eq(fellows.pupils, 10);
	fellows_close(&fellows);
	asked_close(&asked);
}

/* --- districts by chance --------------------------------------------------------------------- */

static void expect_rules(struct drawn *drawn, struct whys *whys, size_t c)
{
	const struct cell *cell = &drawn->small.district.cells[c];
	struct fellows fellows;
	bool reach[DRAWN_SCHOOLS];

	audit_reach(&drawn->small.district, &drawn->small.distances, cell, reach);
	fellows_open(&fellows, whys, c, true);
	for (size_t s = 0; s < DRAWN_SCHOOLS; s++)
		cr_assert_eq(why_rules(&fellows, s, NULL) == WHY_LET_IN, reach[s]);
	fellows_close(&fellows);
}

/* A pupil of every cell anywhere, the others nowhere. */
static void draw_plan(struct drawn *drawn, struct plan *plan)
{
	struct district *district = &drawn->small.district;
	struct placement placements[SMALL_ROOM];

	for (size_t c = 0; c < district->n_cells; c++)
		placements[c] = (struct placement){c, (size_t)draw(drawn, DRAWN_SCHOOLS), 1};
	plan_make(&district->arena, district, &drawn->small.distances, placements,
		  district->n_cells, plan);
}

/* The level that first differs, and by how much, when a pupil of a cell moves. */
static size_t move_in_full(struct drawn *drawn, const struct whys *whys, size_t cell, size_t from,
			   size_t to, int64_t *change)
{
	struct district *district = &drawn->small.district;
	const struct plan *plan = whys->plan;
	struct placement placements[3 * SMALL_ROOM];
	size_t n = plan->n_placements, k = 0;
	struct plan moved;

	for (size_t i = 0; i < n; i++)
		placements[i] = plan->placements[i];
	placements[n] = (struct placement){cell, from, -1};
	placements[n + 1] = (struct placement){cell, to, 1};
	plan_make(&district->arena, district, plan->distances, placements, n + 2, &moved);
	for (; k < district->settings.levels.n_levels; k++) {
		*change = plan_level_value(&moved, &whys->levels[k]) -
			  plan_level_value(plan, &whys->levels[k]);
		if (*change != 0)
			break;
	}
	return k;
}

static void expect_moves(struct drawn *drawn, struct whys *whys, size_t c)
{
	struct fellows fellows;

	fellows_open(&fellows, whys, c, true);
	for (size_t s = 0; s < DRAWN_SCHOOLS; s++) {
		struct why_not why = why_not(&fellows, s);
		int64_t change = 0;

		if (why.why != WHY_WORSE && why.why != WHY_SAME && why.why != WHY_BETTER)
			continue;
		cr_assert_eq(why.move.level,
			     move_in_full(drawn, whys, c, why.move.from, s, &change));
		cr_assert_eq(why.move.change, change);
		cr_assert_eq(why.why, change > 0 ? WHY_WORSE : change < 0 ? WHY_BETTER : WHY_SAME);
		for (size_t i = 0; i < fellows.n_uses; i++) {
			size_t k = move_in_full(drawn, whys, c, fellows.uses[i].school, s, &change);

			cr_assert(k > why.move.level || why.move.change <= 0 || change > 0);
			cr_assert(k != why.move.level || change >= why.move.change);
		}
	}
	fellows_close(&fellows);
}

Test(why, rules_are_those_of_the_audit_and_moves_those_of_whole_plans)
{
	for (uint64_t seed = 0; seed < 150; seed++) {
		struct diags diags = {0};
		struct drawn drawn;
		struct whys whys;
		struct plan plan;
		const struct level_scale *levels;

		draw_district(&drawn, seed, seed % 2 ? "unplaced; far; travel_km + 3 over_standard"
						     : "large_classes; unplaced; 2 far + travel_km");
		levels = level_scales_make(&drawn.small.district.arena, &drawn.small.district,
					   distances_longest(&drawn.small.distances), &diags);
		cr_assert_not_null(levels);
		draw_plan(&drawn, &plan);
		whys_open(&whys, &drawn.small.district.arena, &plan, levels);
		for (size_t c = 0; c < drawn.small.district.n_cells; c++) {
			expect_rules(&drawn, &whys, c);
			expect_moves(&drawn, &whys, c);
		}
		whys_close(&whys);
		small_close(&drawn.small);
	}
}

/* --- answers --------------------------------------------------------------------------------- */

Test(zone_answer, near_are_those_in_use_and_two_beyond_barred_ones_are_apart)
{
	struct asked asked;
	struct fellows fellows;
	struct zone_answer answer;

	asked_fixture(&asked);
	never(&asked);
	asked_open(&asked);
	fellows_open(&fellows, &asked.whys, 0, false);
	zone_answer_make(&asked.small.district.arena, &fellows, &answer);
	cr_expect_eq(answer.n_near, 2);
	cr_expect_eq(answer.near[0].school, 1);
	cr_expect_eq(answer.near[0].answer.why, WHY_TAKEN);
	cr_expect_eq(answer.near[1].metres, 3000);
	cr_expect_eq(answer.n_barred, 1);
	cr_expect_eq(answer.barred[0].answer.why, WHY_NEVER);
	cr_expect_null(zone_answer_full(&answer));
	fellows_close(&fellows);
	asked_close(&asked);
}

Test(zone_answer, the_rest_of_a_school_in_use_and_the_nearest_full_one)
{
	struct asked asked;
	struct fellows fellows;
	struct zone_answer answer;

	asked_fixture(&asked);
	taken(&asked);
	enroll(&asked, 62);
	asked_open(&asked);
	fellows_open(&fellows, &asked.whys, 0, false);
	zone_answer_make(&asked.small.district.arena, &fellows, &answer);
	cr_expect_eq(answer.near[0].answer.pupils, 3);
	cr_expect_eq(answer.near[0].rest.why, WHY_FULL);
	cr_expect_eq(zone_answer_full(&answer), &answer.near[0]);
	fellows_close(&fellows);
	asked_close(&asked);
}

/* School 0 is nearest to zone 0, whose pupils are at school 1, and to zone 1, of which 2 come. */
Test(school_answer, counts_who_comes_and_whose_nearest_it_is)
{
	struct asked asked;
	struct school_answer answer;
	struct school_question question = {0, NONE, 0};

	asked_fixture(&asked);
	large_class(&asked);
	place_other(&asked, OTHER, 0, 2);
	small_metres(&asked.small, 1, 0, 700);
	asked_open(&asked);
	school_answer_make(&asked.small.district.arena, &asked.whys, &question, &answer);
	cr_expect_eq(answer.n_pupils, 2);
	cr_expect_eq(answer.nearest, 700);
	cr_expect_eq(answer.of_group[OTHER], 2);
	cr_expect_eq(answer.n_pupils_elsewhere, 10);
	cr_expect_eq(answer.elsewhere[0].zone, 0);
	cr_expect_eq(answer.because[WHY_WORSE], 10);
	cr_expect_eq(answer.because_standard, 10, "the class is large already");
	question.group = OTHER;
	school_answer_make(&asked.small.district.arena, &asked.whys, &question, &answer);
	cr_expect_eq(answer.n_pupils_elsewhere, 0);
	question.school = 2;
	school_answer_make(&asked.small.district.arena, &asked.whys, &question, &answer);
	cr_expect_eq(answer.n_come, 0);
	cr_expect_eq(answer.n_elsewhere, 0);
	asked_close(&asked);
}

Test(reason, of_the_unplaced_the_most_particular_of_the_schools_that_may_take_them)
{
	static const struct {
		void (*change)(struct asked *asked);
		const char *want;
	} reasons[] = {
		{full, "every school that may take these pupils is full"},
		{cap, "the schools with seats left are at their most pupils (max_pupils or a norm)"},
		{never, "no school may take these pupils"},
		{one_seat_left, "seats are left, but the objective puts something else first"},
	};

	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
		struct asked asked;

		asked_fixture(&asked);
		reasons[i].change(&asked);
		unplaced(&asked);
		asked.small.district.offerings[1].grade = asked.small.district.offerings[2].grade = 9;
		asked_open(&asked);
		cr_expect_str_eq(plan_reasons(&asked.small.district.arena, &asked.plan)[0],
				 reasons[i].want);
		asked_close(&asked);
	}
}
