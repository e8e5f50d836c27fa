/* Who may go where, which pupils are told apart, and what each costs: the program as data. */
#include "small_district.h"

#include "models/program.h"
#include "models/routes.h"

enum { MANY = 8 };

static void make(struct small *small, struct program *program)
{
	struct diags diags;
	struct level_scale *levels;

	diag_open(&diags, stderr);
	levels = level_scales_make(&small->district.arena, &small->district, 100000, &diags);
	cr_assert_not_null(levels);
	program_make(&small->district.arena, &small->district, &small->distances, levels, program);
}

/* Where the batch may go: the digits of the schools. */
static const char *ways(const struct program *program, size_t batch)
{
	static char text[MANY + 1];
	struct arc arcs[MANY];
	size_t n = program_arcs(program, batch, arcs);

	for (size_t i = 0; i < n; i++)
		text[i] = (char)('0' + program->district->offerings[arcs[i].offering].school);
	text[n] = '\0';
	return text;
}

/* Five schools with one class of grades 3 and 4, 1 to 5 km away: one group of 10 pupils. */
static void open_five(struct small *small, int grade)
{
	small_open(small, 1, 5, 1);
	for (size_t s = 0; s < 5; s++) {
		small_offering(small, s, 3, 1, 0);
		small_offering(small, s, 4, 1, 0);
		small_metres(small, 0, s, 1000 * ((int32_t)s + 1));
	}
	small_cell(small, 0, grade, 0, 10);
}

static void plain(struct small *small) { (void)small; }
static void two_special(struct small *small)
{
	small->district.schools[1].kind = KIND_SPECIAL;
	small->district.schools[3].kind = KIND_SPECIAL;
}
static void needs_special(struct small *small)
{
	two_special(small);
	small->district.groups[0].need = NEED_SPECIAL;
}
static void needs_place(struct small *small)
{
	two_special(small);
	small->district.groups[0].need = NEED_INCLUSION;
	small->district.schools[0].places = 1;
	small->district.schools[1].places = 5;
	small->district.schools[4].places = 2;
}
static void needs_bed(struct small *small)
{
	small_set(small, "max_km", "1");
	small->district.groups[0].need = NEED_BOARDING;
	small->district.schools[2].beds = 1;
	small->district.schools[4].beds = 9;
}
static void public_only(struct small *small)
{
	small->district.groups[0].public_only = true;
	small->district.schools[0].ownership = OWNERSHIP_PRIVATE;
	small->district.schools[1].ownership = OWNERSHIP_PURCHASED;
}
static void only_two(struct small *small)
{
	small_rule(small, RULE_ONLY, 0, 1, 4, 0);
	small_rule(small, RULE_ONLY, 0, 3, 0, NONE);
	small_rule(small, RULE_NEVER, 0, 3, 3, 0);
}
static void never_two(struct small *small)
{
	small_rule(small, RULE_NEVER, 0, 0, 4, NONE);
	small_rule(small, RULE_NEVER, 0, 2, 0, 0);
}
static void only_a_site(struct small *small) { small_rule(small, RULE_ONLY, 0, NONE, 4, NONE); }
static void not_beyond_2_km(struct small *small) { small_set(small, "max_km", "2"); }
static void nothing_within(struct small *small)
{
	small_set(small, "max_km", "0.5");
	small_rule(small, RULE_NEVER, 0, 0, 4, NONE);
}
static void equally_far(struct small *small)
{
	small_set(small, "max_km", "0.5");
	small_metres(small, 0, 4, 1000);
}
static void no_way(struct small *small)
{
	small_metres(small, 0, 0, UNREACHABLE);
	small_metres(small, 0, 3, UNREACHABLE);
}
static void full(struct small *small)
{
	small->district.offerings[1].enrolled = 65; /* school 0, grade 4 */
	small->district.offerings[3].sections = 0;  /* school 1, grade 4 */
}
static void together(struct small *small)
{
	small_set(small, "whole_zones", "yes");
	small->district.offerings[1].enrolled = 56; /* 9 seats for 10 */
	small->district.offerings[3].enrolled = 55;
}

/* Each rule, and where pupils of grades 3 and 4 may go under it. */
static const struct {
	void (*change)(struct small *);
	const char *grade_3, *grade_4;
} rules[] = {
	{plain, "01234", "01234"},      {two_special, "024", "024"},
	{needs_special, "13", "13"},    {needs_place, "04", "04"},
	{needs_bed, "0", "24"},         {public_only, "1234", "1234"},
	{only_two, "", "13"},           {never_two, "0134", "134"},
	{only_a_site, "01234", ""},     {not_beyond_2_km, "01", "01"},
	{nothing_within, "0", "1"},     {equally_far, "04", "04"},
	{no_way, "124", "124"},         {full, "01234", "234"},
	{together, "01234", "1234"},
};

Test(program, each_rule_says_where_a_pupil_may_go)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		for (int grade = 3; grade <= 4; grade++) {
			struct small small;
			struct program program;

			open_five(&small, grade);
			rules[i].change(&small);
			make(&small, &program);
			cr_expect_str_eq(ways(&program, 0),
					 grade == 3 ? rules[i].grade_3 : rules[i].grade_4,
					 "rule %zu, grade %d: %s", i, grade, ways(&program, 0));
			small_close(&small);
		}
}

/* Groups 0 and 1 are alike, 2 weighs more, 3 boards. */
static void open_groups(struct small *small)
{
	small_open(small, 1, 2, 4);
	small_offering(small, 0, 4, 1, 0);
	small_offering(small, 0, 5, 1, 0);
	small_offering(small, 1, 4, 1, 0);
	small->district.groups[2].weight = 2 * NANO;
	small->district.groups[3].need = NEED_BOARDING;
	small->district.schools[1].beds = 3;
	for (size_t g = 0; g < 4; g++)
		small_cell(small, 0, 4, g, 1 + (int64_t)g);
}

Test(program, pupils_whom_no_rule_tells_apart_form_a_batch)
{
	static const int64_t units[] = {1 + 2, 3, 4};
	struct small small;
	struct program program;

	open_groups(&small);
	make(&small, &program);
	cr_assert_eq(program.n_batches, 3);
	for (size_t i = 0; i < 3; i++)
		cr_expect(program.batches[i].units == units[i] && program.batches[i].size == 1,
			  "batch %zu", i);
	cr_expect_eq(program_unplaced_cost(&program, 0, 0) * 2,
		     program_unplaced_cost(&program, 0, 1));
	small_close(&small);
}

/* With whole_zones those without needs are one unit: 1 + 2 + 3 pupils, weighing 1 + 2 + 2 x 3. */
Test(program, a_whole_zone_is_one_unit)
{
	struct small small;
	struct program program;

	open_groups(&small);
	small_set(&small, "whole_zones", "yes");
	make(&small, &program);
	cr_assert_eq(program.n_batches, 2);
	cr_expect(program.batches[0].units == 1 && program.batches[0].size == 6);
	cr_expect(program.batches[1].units == 4 && program.batches[1].size == 1);
	cr_expect_eq(program_unplaced_cost(&program, 0, 0),
		     9 * program_unplaced_cost(&program, 0, 1));
	small_close(&small);
}

/* Boarders have needs in every grade for whole_zones, though in grade 3 they sleep at home. */
Test(program, boarders_of_grade_3_are_no_part_of_a_whole_zone)
{
	struct small small;
	struct program program;

	open_groups(&small);
	small_set(&small, "whole_zones", "yes");
	for (size_t i = 0; i < 3; i++)
		small.district.offerings[i].grade = i == 1 ? 5 : 3;
	for (size_t c = 0; c < 4; c++)
		small.district.cells[c].grade = 3;
	make(&small, &program);
	cr_assert_eq(program.n_batches, 2);
	cr_expect(program.batches[0].units == 1 && program.batches[0].size == 6);
	cr_expect(program.batches[1].units == 4 && program.batches[1].size == 1);
	cr_expect_eq(program.batches[1].need, NEED_NONE);
	cr_expect_str_eq(ways(&program, 1), "01");
	small_close(&small);
}

/* What the rows that tie pupils together count. School 0: a cap of 2, half of those sent of
 * group 0; school 1: 3 beds. A unit of group 0 is 1 pupil, so 1 x 2 - 1 x 1; of another group 0 - 1 x 1. */
Test(program, side_rows_and_their_coefficients)
{
	static const struct {
		enum side_kind kind;
		size_t school;
		int64_t limit, of_sharers, of_others, of_boarders;
	} want[] = {
		{SIDE_CAP, 0, 2, 1, 1, 1}, {SIDE_SHARE, 0, 0, 1, -1, -1},
		{SIDE_BEDS, 1, 3, 0, 0, 1}, {SIDE_SHARE, 1, 0, 1, -1, -1},
	};
	struct small small;
	struct program program;

	open_groups(&small);
	small_cell(&small, 0, 5, 3, 9); /* or the cap would bind one grade only, and need no row */
	small.district.schools[0].max_pupils = 2;
	small.district.groups[0].max_share = NANO / 2;
	small.district.groups[2].weight = NANO; /* now alike to group 1 */
	make(&small, &program);
	cr_assert_eq(program.n_batches, 4);
	cr_assert_eq(program.n_sides, 4);
	for (size_t i = 0; i < 4; i++) {
		const struct side_row *row = &program.sides[i];

		cr_expect(row->kind == want[i].kind && row->school == want[i].school &&
			  row->limit == want[i].limit, "row %zu", i);
		cr_expect_eq(program_side_coefficient(&program, row, 0), want[i].of_sharers);
		cr_expect_eq(program_side_coefficient(&program, row, 1), want[i].of_others);
		cr_expect_eq(program_side_coefficient(&program, row, 2), want[i].of_boarders);
	}
	small_close(&small);
}

/* Classes of so many and more, the pupils dealt out one by one. */
static int64_t dealt_out(int64_t load, int64_t sections, int64_t least)
{
	int64_t classes = 0;

	for (int64_t i = 0; i < sections; i++)
		classes += load / sections + (i < load % sections) >= least;
	return classes;
}

/* Walks up the tiers pupil by pupil, and compares with the load counted afresh. */
static void expect_tiers(const struct seats *seats, int64_t stay, int64_t sections)
{
	int64_t over = seats->over_standard, large = seats->large_classes;
	int64_t oversized = seats->oversized_classes, load = stay;

	for (size_t t = 0; t < seats->n_tiers; t++)
		for (int64_t i = 0; i < seats->tiers[t].width; i++) {
			load++;
			over += seats->tiers[t].over_standard;
			large += seats->tiers[t].large;
			oversized += seats->tiers[t].oversized;
			cr_expect_eq(over, load > 45 * sections ? load - 45 * sections : 0);
			cr_expect_eq(large, dealt_out(load, sections, 56), "load %d", (int)load);
			cr_expect_eq(oversized, dealt_out(load, sections, 66), "load %d",
				     (int)load);
		}
	cr_expect_eq(load, stay + seats->spare);
}

Test(program, tiers_add_up_to_what_a_load_costs)
{
	for (int64_t sections = 0; sections <= 3; sections++)
		for (int64_t stay = 0; stay <= 210; stay += 15) {
			struct small small;
			struct program program;
			int64_t room = 70 * sections - stay;

			small_open(&small, 1, 1, 1);
			small_set(&small, "class_size.max", "70");
			small_offering(&small, 0, 1, sections, stay);
			small_cell(&small, 0, 1, 0, 300);
			make(&small, &program);
			cr_expect_eq(program.seats[0].spare, room > 0 ? room : 0);
			expect_tiers(&program.seats[0], stay, sections);
			small_close(&small);
		}
}

/* 2 km; far beyond 1.5 km. Levels: unplaced; far; travel_km + 3 over_standard (in metres). */
Test(program, costs_of_a_way)
{
	struct small small;
	struct program program;
	struct arc arc;
	struct tier tier = {.width = 1, .over_standard = true};

	small_open(&small, 1, 1, 1);
	small_set(&small, "objective", "2.5 unplaced; far; travel_km + 3 over_standard");
	small_set(&small, "limit_km.primary", "1.5");
	small_metres(&small, 0, 0, 2000);
	small_offering(&small, 0, 1, 1, 0);
	small_cell(&small, 0, 1, 0, 4);
	make(&small, &program);
	cr_assert_eq(program_arcs(&program, 0, &arc), 1);
	cr_expect(arc.metres == 2000 && arc.far == 1);
	cr_expect_eq(program_arc_cost(&program, 0, 0, &arc), 0);
	cr_expect_eq(program_arc_cost(&program, 1, 0, &arc), 1);
	cr_expect_eq(program_arc_cost(&program, 2, 0, &arc), 2000);
	cr_expect_eq(program_unplaced_cost(&program, 0, 0), 25); /* in tenths */
	cr_expect_eq(program_tier_cost(&program, 2, &tier), 3000);
	cr_expect_eq(program_tier_cost(&program, 1, &tier), 0);
	small_close(&small);
}
