/* Children by name: reading them, their lots, and who of a cell gets which seat. */
#include "scratch_folder.h"
#include "small_district.h"

#include "inputs/pseudonym.h"
#include "models/handout.h"
#include "models/named.h"

#define NOT_KNOWN(place, column) \
	"students.csv:" place ": error: " column " is not known: no such id in its table " \
	"[unknown-id]\n"

/* A district of named children read from a scratch folder. */
struct called {
	struct scratch scratch;
	struct district district;
	int result;
	const char *said;
};

static void named_open(struct called *named, const char *students)
{
	scratch_open(&named->scratch);
	scratch_text(&named->scratch, "district.json", "{\"name\": \"D\", \"year\": 2026}");
	scratch_text(&named->scratch, "zones.csv",
		     "zone,lon,lat\nZ2,104.51,30.38\nZ1,104.50,30.40\n");
	scratch_text(&named->scratch, "schools.csv",
		     "school,lon,lat,grades,classrooms\n"
		     "B,104.51,30.37,1-6,6\nA,104.50,30.39,1-9,9\n");
	scratch_text(&named->scratch, "students.csv", students);
	named->result = district_read(&named->district, named->scratch.path, NULL, 0,
				      &named->scratch.diags);
	named->said = scratch_said(&named->scratch);
}

static void named_close(struct called *named)
{
	district_close(&named->district);
	scratch_close(&named->scratch);
}

/* What is said of a file that is refused. */
static void refused(const char *students, const char *said)
{
	struct called named;

	named_open(&named, students);
	cr_expect_eq(named.result, -1, "%s", students);
	cr_expect_str_eq(named.said, said);
	named_close(&named);
}

/* --- reading --------------------------------------------------------------------------------- */

Test(students, make_the_cells_of_their_zone_grade_and_group)
{
	struct called named;
	const struct cell *cells;

	named_open(&named, "student,grade,group,zone\n"
			   "K3,1,resident,Z2\nK1,1,resident,Z1\nK2,2,resident,Z1\nK4,1,migrant,Z1\n"
			   "K5,1,resident,Z1\n");
	cr_assert_eq(named.result, 0, "%s", named.said);
	cr_expect_str_eq(named.said, "");
	cells = named.district.cells;
	cr_assert_eq(named.district.n_cells, 4);
	cr_expect_str_eq(named.district.groups[cells[0].group].id, "migrant");
	cr_expect_eq(cells[1].pupils, 2); /* K1 and K5 */
	cr_expect_eq(cells[2].grade, 2);
	cr_expect_eq(cells[3].zone, 1);
	cr_assert_eq(named.district.n_students, 5);
	cr_expect_str_eq(named.district.students[0].id, "K1");
	cr_expect_eq(named.district.students[4].cell, 1);
	named_close(&named);
}

Test(students, at_one_point_share_a_home_that_no_table_can_name)
{
	struct called named;
	const struct district *district = &named.district;

	named_open(&named, "student,grade,group,zone,lon,lat\n"
			   "K2,1,resident,,104.500,30.400\nK1,1,resident,,104.505,30.39\n"
			   "K3,1,resident,,104.5,30.4\nK4,1,resident,Z1,,\n");
	cr_assert_eq(named.result, 0, "%s", named.said);
	cr_assert_eq(district->n_homes, 2);
	cr_assert_eq(district->n_zones, 4);
	cr_expect_float_eq(district->zones[2].lon, 104.505, 1e-12); /* K1's comes first */
	cr_expect_eq(district->students[1].cell, district->students[2].cell);
	cr_expect_eq(district->cells[district->students[3].cell].zone, 0);
	cr_expect(district_is_home(district, 2));
	cr_expect_not(district_is_home(district, 1));
	cr_expect_eq(district_zone(district, HOME_POINTS), NONE);
	named_close(&named);
}

Test(students, may_all_live_at_points_without_any_zone)
{
	struct called named;

	named_open(&named, "student,grade,group,lon,lat\nK1,1,resident,104.5,30.4\n");
	scratch_text(&named.scratch, "zones.csv", "zone,lon,lat\n");
	district_close(&named.district);
	cr_expect_eq(district_read(&named.district, named.scratch.path, NULL, 0,
				   &named.scratch.diags), 0);
	cr_expect_eq(named.district.n_cells, 1);
	named_close(&named);
}

Test(students, headings_and_words_may_be_chinese)
{
	struct called named;
	const struct student *student;

	named_open(&named, "学生编号,年级,群体,小区,家庭,双胞胎,优先级,积分,"
			   "现就读学校,对口学校,志愿\n"
			   "K1,一年级,resident,Z1,H1,是,２,10.5,B,A,B；A\n"
			   "K2,1,resident,Z1,H1,是,,,,,A;\n");
	cr_assert_eq(named.result, 0, "%s", named.said);
	student = &named.district.students[0];
	cr_expect_str_eq(student->household, "H1");
	cr_expect(student->twin);
	cr_expect_eq(student->priority, 2);
	cr_expect_eq(student->points, 10 * NANO + NANO / 2);
	cr_expect_eq(student->current_school, 1);
	cr_expect_eq(student->feeder_school, 0);
	cr_assert_eq(student->n_choices, 2);
	cr_expect_eq(named.district.choices[student->first_choice], 1);
	cr_expect_eq(named.district.choices[student->first_choice + 1], 0);
	student = &named.district.students[1];
	cr_expect_eq(student->points, POINTS_NOT_GIVEN);
	cr_expect_eq(student->current_school, NONE);
	cr_expect_eq(student->n_choices, 1);
	named_close(&named);
}

/* Once a column, however many children have it; a column of nothing but "no" says nothing. */
Test(students, claims_are_no_reason_to_warn)
{
	struct called named;

	named_open(&named, "student,grade,group,zone,household,twin,class,points,current_school,"
			   "feeder_school,choices\n"
			   "K1,1,resident,Z1,,no,1,,A,,A\nK2,1,resident,Z1,,no,1,,A,,A\n");
	cr_assert_eq(named.result, 0);
	cr_expect_str_eq(named.said, "");
	named_close(&named);
}

Test(students, a_lone_twin_is_warned_of)
{
	struct called named;

	named_open(&named, "student,grade,group,zone,household,twin\n"
			   "K1,1,resident,Z1,H1,yes\nK2,1,resident,Z1,H1,yes\n"
			   "K3,1,resident,Z1,H2,yes\nK4,2,resident,Z1,H2,yes\n");
	cr_assert_eq(named.result, 0);
	cr_expect_not_null(strstr(named.said,
		"students.csv:4:21: warning: no other twin has the same household and grade (so 2 "
		"in all) [student-twin]\n"));
	named_close(&named);
}

/* --- errors: all at once, with their places, and without what a child's row says -------------- */

Test(students, unknown_ids_are_reported_all_at_once)
{
	refused("student,grade,group,zone,current_school,feeder_school,choices\n"
		"K1,1,resident,SECRET,,,\nK2,1,resident,Z1,SECRET,,\nK3,1,resident,Z1,,SECRET,\n"
		"K4,1,resident,Z1,,,A;SECRET\n",
		NOT_KNOWN("2:15", "zone")
		NOT_KNOWN("3:18", "current_school")
		NOT_KNOWN("4:19", "feeder_school")
		NOT_KNOWN("5:20", "choices"));
}

Test(students, a_group_that_groups_csv_does_not_have_is_an_error)
{
	struct called named;

	named_open(&named, "student,grade,group,zone\nK1,1,SECRET,Z1\n");
	cr_assert_eq(named.result, 0); /* without groups.csv every group is one */
	district_close(&named.district);
	scratch_text(&named.scratch, "groups.csv", "group\nresident\n");
	cr_expect_eq(district_read(&named.district, named.scratch.path, NULL, 0,
				   &named.scratch.diags), -1);
	cr_expect_str_eq(scratch_said(&named.scratch),
		NOT_KNOWN("2:6", "group"));
	named_close(&named);
}

Test(students, a_child_that_stands_twice_is_not_named)
{
	refused("student,grade,group,zone\nSECRET,1,resident,Z1\nK2,1,resident,Z1\n"
		"SECRET,2,resident,Z1\n",
		"students.csv:4:1: error: student stands twice [duplicate]\n");
}

Test(students, a_home_is_a_zone_or_a_point)
{
	refused("student,grade,group,zone,lon,lat\n"
		"K1,1,resident,,,\nK2,1,resident,Z1,104.5,30.4\nK3,1,resident,,104.5,\n"
		"K4,1,resident,,,30.4\nK5,1,resident,Z1,,30.4\n",
		"students.csv:2:15: error: neither a zone nor a point (lon and lat) is given "
		"[student-home]\n"
		"students.csv:3:15: error: both a zone and a point are given: one of them is "
		"needed [student-home]\n"
		"students.csv:4:22: error: lon is given without lat [student-home]\n"
		"students.csv:5:16: error: lat is given without lon [student-home]\n"
		"students.csv:6:15: error: both a zone and a point are given: one of them is "
		"needed [student-home]\n");
}

Test(students, no_cell_of_a_child_is_quoted)
{
	refused("student,grade,group,zone,lon,lat,twin,class,points\n"
		"K1,SECRET,resident,Z1,,,,,\nK2,1,resident,,SECRET,99,,,\n"
		"K3,1,resident,Z1,,,SECRET,0,SECRET\n,1,resident,Z1,,,,,\n"
		"K\0015,1,resident,Z1,,,,,\n",
		"students.csv:2:4: error: grade is not a grade from 1 to 9 [csv-range]\n"
		"students.csv:3:16: error: lon is not a number [csv-number]\n"
		"students.csv:3:23: error: lat is outside the range -90..90 [csv-range]\n"
		"students.csv:4:20: error: twin is not one of: yes, no [csv-word]\n"
		"students.csv:4:27: error: class is outside the range 1..16 [csv-range]\n"
		"students.csv:4:29: error: points is not a number [csv-number]\n"
		"students.csv:5:1: error: student is empty [csv-value-empty]\n"
		"students.csv:6:1: error: student has a control character in it "
		"[control-character]\n");
}

/* The first child then stands where the headings should. */
Test(students, a_file_without_a_header_quotes_no_child)
{
	refused("SECRET,1,resident,Z1\nK2,1,resident,Z1\n",
		"students.csv:1:1: warning: column 1 is not known and not read [csv-column]\n"
		"students.csv:1:8: warning: column 2 is not known and not read [csv-column]\n"
		"students.csv:1:10: warning: column 3 is not known and not read [csv-column]\n"
		"students.csv:1:19: warning: column 4 is not known and not read [csv-column]\n"
		"students.csv:1:1: error: column student is missing [csv-column]\n"
		"students.csv:1:1: error: column grade is missing [csv-column]\n"
		"students.csv:1:1: error: column group is missing [csv-column]\n");
}

Test(students, a_twin_needs_a_household)
{
	refused("student,grade,group,zone,twin\nK1,1,resident,Z1,yes\n",
		"students.csv:2:18: error: a twin needs its household [student-twin]\n");
}

Test(students, choices_are_schools_each_once)
{
	refused("student,grade,group,zone,choices\nK1,1,resident,Z1,A; A\nK2,1,resident,Z1,A;;B\n",
		"students.csv:2:18: error: a school is chosen twice [student-choices]\n"
		"students.csv:3:18: error: a choice is empty [student-choices]\n");
}

/* How far off it lies would say where the child lives. */
Test(students, a_point_far_off_is_told_without_its_way)
{
	refused("student,grade,group,lon,lat\nK1,1,resident,104.5,30.4\nK2,1,resident,14.5,30.4\n",
		"students.csv:3:15: error: the point lies far outside the district [point-far]\n");
	refused("student,grade,group,lon,lat\nK1,1,resident,30.4,104.5\n",
		"students.csv:2:20: error: lat is outside the range -90..90 [csv-range]\n");
}

Test(students, a_zone_may_not_have_the_name_of_all_homes)
{
	struct called named;

	named_open(&named, "student,grade,group,lon,lat\nK1,1,resident,104.5,30.4\n");
	district_close(&named.district);
	scratch_text(&named.scratch, "zones.csv", "zone,lon,lat\nhome-points,104.5,30.4\n");
	cr_expect_eq(district_read(&named.district, named.scratch.path, NULL, 0,
				   &named.scratch.diags), -1);
	cr_expect_str_eq(scratch_said(&named.scratch),
		"zones.csv:2:1: error: zone 'home-points' has the name under which children with a "
		"point "
		"of their own stand [duplicate]\n");
	named_close(&named);
}

/* --- lots ------------------------------------------------------------------------------------ */

static void lot_is(const char *seed, const char *student, const char *want)
{
	struct lots lots = {.digits = 0};
	char text[LOT_TEXT_SIZE];
	struct lot lot;

	lot_draw(seed, student, &lot);
	lot_write(&lots, &lot, text);
	cr_expect_str_eq(text, want);
}

/* printf 'seed:student' | sha256sum */
Test(students, lots_are_what_sha256sum_says)
{
	lot_is("", "K1", "355607f58b3320c7272381f07aeda28b7f13e31cba4b2a47ee71a907470cb46c");
	lot_is("2026-09-01 简阳", "K1",
	"5efd2381145c4e02fc43f82699ff746a321b6b637daa813ded38c650627ee51d");
	lot_is("a:b", "c", "b0ee04f880c4ff4261479e2e7822b7410aee4c7159f4185ad5b0d88a312b495e");
	lot_is("a", "b:c", "b0ee04f880c4ff4261479e2e7822b7410aee4c7159f4185ad5b0d88a312b495e"); /*
	the same text: ids and seeds are what they are */
}

Test(students, lots_ascend_and_depend_on_no_other_child)
{
	struct district district = {.settings = {.seed = "2026"}};
	struct student students[] = {{.id = "K1"}, {.id = "K2", .lead = 1},
				     {.id = "K3", .lead = 2}, {.id = "K4", .lead = 3}};
	struct lots all, fewer;
	struct arena arena;

	arena_open(&arena);
	district.students = students;
	district.n_students = 4;
	lots_make(&arena, &district, &all);
	for (size_t i = 1; i < 4; i++)
		cr_expect_lt(memcmp(all.of[all.order[i - 1]].bytes, all.of[all.order[i]].bytes,
				    LOT_BYTES), 0);
	district.students = students + 2;
	district.n_students = 2;
	students[2].lead = 0;
	students[3].lead = 1;
	lots_make(&arena, &district, &fewer);
	cr_expect_arr_eq(fewer.of, all.of + 2, 2 * sizeof *all.of);
	arena_close(&arena);
}

/* Twins have the lot of the first of them; nobody else's changes. */
Test(students, twins_share_a_lot)
{
	struct district district = {.settings = {.seed = "2026"}, .n_students = 3};
	struct student students[] = {{.id = "K1"}, {.id = "K2", .lead = 1}, {.id = "K3"}};
	struct lots lots;
	struct lot alone;
	struct arena arena;

	arena_open(&arena);
	district.students = students;
	lots_make(&arena, &district, &lots);
	cr_expect_arr_eq(lots.of[2].bytes, lots.of[0].bytes, LOT_BYTES);
	lot_draw("2026", "K2", &alone);
	cr_expect_arr_eq(lots.of[1].bytes, alone.bytes, LOT_BYTES);
	arena_close(&arena);
}

/* Nanchang 2023: 20 numbers from 6 on, each third, and the 15 that were drawn. */
Test(students, are_counted_round_as_published)
{
	static const size_t published[] = {6, 9, 12, 15, 18, 1, 4, 8, 13, 17, 2, 7, 14, 20, 10};
	size_t order[20];

	lot_count_round(20, 6, 3, order);
	for (size_t i = 0; i < sizeof published / sizeof *published; i++)
		cr_expect_eq(order[i] + 1, published[i]);
}

/* Goes from one to the next, number by number. */
static void count_by_hand(size_t n, int64_t start, int64_t interval, size_t *order)
{
	bool *drawn = memory_array(n, sizeof *drawn);
	size_t at = (size_t)(start - 1) % n;

	for (size_t i = 0; i < n; i++) {
		order[i] = at;
		drawn[at] = true;
		for (int64_t k = 0; k < interval && i + 1 < n; k++)
			do
				at = (at + 1) % n;
			while (drawn[at]);
	}
	free(drawn);
}

Test(students, are_counted_round_as_by_hand)
{
	size_t order[60], want[60];

	for (size_t n = 1; n <= 60; n += 1 + n / 7)
		for (int64_t start = 1; start < 80; start += 13)
			for (int64_t interval = 1; interval < 70; interval += 9) {
				lot_count_round(n, start, interval, order);
				count_by_hand(n, start, interval, want);
				cr_expect_arr_eq(order, want, n * sizeof *order, "%zu %lld %lld",
						 n, (long long)start, (long long)interval);
			}
}

/* Four numbers, K1 and K3 being twins: 1 K1 K3, 2 K2, 3 K4, 4 K5; from the second on, each third. */
Test(students, are_counted_round_with_twins_as_one)
{
	struct district district = {.settings = {.lottery = LOTTERY_INTERVAL, .lottery_start = 2,
						 .lottery_interval = 3}, .n_students = 5};
	struct student students[] = {{.id = "K1"}, {.id = "K2", .lead = 1}, {.id = "K3"},
				     {.id = "K4", .lead = 3}, {.id = "K5", .lead = 4}};
	static const char *const want[] = {"2", "1", "2", "3", "4"};
	struct lots lots;
	struct arena arena;

	arena_open(&arena);
	district.students = students;
	lots_make(&arena, &district, &lots);
	for (size_t i = 0; i < 5; i++) {
		char text[LOT_TEXT_SIZE];

		lot_write(&lots, &lots.of[i], text);
		cr_expect_str_eq(text, want[i], "%s: %s", students[i].id, text);
	}
	arena_close(&arena);
}

/* --- who gets which seat --------------------------------------------------------------------- */

/* Children of a small district, nobody settled, and a plan of it. */
struct seats {
	struct small small;
	struct named named;
	struct plan plan;
	struct handout handout;
};

static void hand_out(struct seats *seats, struct student *students, size_t n,
		     const struct placement *placements, size_t n_placements)
{
	struct district *district = &seats->small.district;

	district->students = students;
	district->n_students = n;
	named_make(&district->arena, district, &seats->small.distances, &seats->named);
	plan_make(&district->arena, &seats->named.rest.district, &seats->small.distances,
		  placements, n_placements, &seats->plan);
	handout_make(&district->arena, &seats->plan, &seats->named.rest, false,
		     &seats->handout);
}

#define LONER(name, lead_of) \
	{.id = name, .household = "", .priority = NOT_GIVEN, .points = POINTS_NOT_GIVEN, \
	 .rank = NOT_GIVEN, .lead = lead_of, .current_school = NONE, .feeder_school = NONE}

/* Four children of one cell: one seat 2 km off, two 1 km off, one child is left out. */
Test(students, the_luckiest_go_to_the_nearest_school)
{
	struct placement placements[] = {{0, 0, 1}, {0, 1, 2}, {0, NONE, 1}};
	struct student students[4] = {LONER("K1", 0), LONER("K2", 1), LONER("K3", 2),
				      LONER("K4", 3)};
	static const size_t want[] = {1, 1, 0, NONE};
	struct seats seats;

	small_open(&seats.small, 1, 2, 1);
	small_metres(&seats.small, 0, 0, 2000);
	small_cell(&seats.small, 0, 1, 0, 4);
	hand_out(&seats, students, 4, placements, 3);
	for (size_t i = 0; i < 4; i++)
		cr_expect_eq(seats.handout.school[seats.named.lots.order[i]], want[i]);
	small_close(&seats.small);
}

/* Two cells do not mix: each child goes to a school that its own cell has. */
Test(students, cells_are_handed_out_apart)
{
	struct placement placements[] = {{0, 0, 2}, {1, 1, 2}};
	struct student students[4] = {LONER("K1", 0), LONER("K2", 1), LONER("K3", 2),
				      LONER("K4", 3)};
	struct seats seats;

	small_open(&seats.small, 2, 2, 1);
	small_cell(&seats.small, 0, 1, 0, 2);
	small_cell(&seats.small, 1, 1, 0, 2);
	students[0].cell = students[2].cell = 1;
	hand_out(&seats, students, 4, placements, 2);
	for (size_t i = 0; i < 4; i++)
		cr_expect_eq(seats.handout.school[i], students[i].cell);
	small_close(&seats.small);
}

/* Three children, two of them twins: one seat 1 km off, two 2 km off. Whatever the lots, the single
 * one has the near seat, for the twins could not have it together. */
Test(students, nobody_takes_a_seat_that_parts_twins)
{
	struct placement placements[] = {{0, 0, 1}, {0, 1, 2}};

	for (size_t lone = 0; lone < 3; lone++) {
		struct student students[3] = {LONER("K1", 0), LONER("K2", 1), LONER("K3", 2)};
		size_t lead = lone == 0 ? 1 : 0;
		struct seats seats;

		students[lone == 2 ? 1 : 2].lead = lead;
		small_open(&seats.small, 1, 2, 1);
		small_metres(&seats.small, 0, 1, 2000);
		small_cell(&seats.small, 0, 1, 0, 3);
		hand_out(&seats, students, 3, placements, 2);
		for (size_t i = 0; i < 3; i++)
			cr_expect_eq(seats.handout.school[i], i == lone ? 0 : 1, "%zu %zu", lone,
				     i);
		cr_expect_eq(seats.handout.n_apart, 0);
		small_close(&seats.small);
	}
}

/* Two seats in two schools: twins cannot have them together. */
Test(students, twins_for_whom_there_is_no_school_are_told)
{
	struct placement placements[] = {{0, 0, 1}, {0, 1, 1}};
	struct student students[2] = {LONER("K1", 0), LONER("K2", 0)};
	struct seats seats;

	small_open(&seats.small, 1, 2, 1);
	small_cell(&seats.small, 0, 1, 0, 2);
	hand_out(&seats, students, 2, placements, 2);
	cr_assert_eq(seats.handout.n_apart, 1);
	cr_expect_eq(seats.handout.apart[0], 0);
	small_close(&seats.small);
}

/* --- pseudonyms ------------------------------------------------------------------------------ */

/* The key is n times a byte. */
static void pseudonym_is(int byte, size_t n, const char *id, const char *want)
{
	struct pseudonym_key key = {.length = n};
	char text[PSEUDONYM_SIZE];

	memset(key.bytes, byte, n);
	pseudonym_of(&key, id, text);
	cr_expect_str_eq(text, want);
}

/* RFC 4231, test cases 1 and 5: of the first the first 128 bits, the second is cut to them there. */
Test(students, pseudonyms_are_what_rfc_4231_says)
{
	pseudonym_is(0x0b, 20, "Hi There", "b0344c61d8db38535ca8afceaf0bf12b");
	pseudonym_is(0x0c, 20, "Test With Truncation", "a3b6167473100ee06e0c796c2955552b");
}

/* Line ends at the end of the file are no part of the key. */
Test(students, a_key_may_end_with_a_line)
{
	struct scratch scratch;
	struct pseudonym_key key;

	scratch_open(&scratch);
	cr_expect_eq(pseudonym_key_read(&key, scratch_text(&scratch, "key",
							   "0123456789abcdef\r\n"),
					&scratch.diags), 0);
	cr_expect_eq(key.length, 16);
	scratch_close(&scratch);
}

Test(students, a_key_that_is_short_is_refused_and_not_shown)
{
	struct scratch scratch;
	struct pseudonym_key key;

	scratch_open(&scratch);
	cr_expect_eq(pseudonym_key_read(&key, scratch_text(&scratch, "key", "0123456789abcde\n"),
					&scratch.diags), -1);
	cr_expect_str_eq(scratch_said(&scratch),
			 "key: error: a key has at least 16 bytes [setting-value]\n");
	scratch_close(&scratch);
}
