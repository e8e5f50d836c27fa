/* Children by name: reading them, their lots, and who of a cell gets which seat. */
#include "scratch_folder.h"
#include "small_district.h"

#include "models/handout.h"

#define NOT_USED(place, column) \
	"students.csv:" place ": warning: " column " is read and checked, but the plan does not " \
	"follow it yet [not-used]\n"
#define NOT_KNOWN(place, column) \
	"students.csv:" place ": error: " column " is not known: no such id in its table " \
	"[unknown-id]\n"

/* A district of named children read from a scratch folder. */
struct named {
	struct scratch scratch;
	struct district district;
	int result;
	const char *said;
};

static void named_open(struct named *named, const char *students)
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

static void named_close(struct named *named)
{
	district_close(&named->district);
	scratch_close(&named->scratch);
}

/* What is said of a file that is refused. */
static void refused(const char *students, const char *said)
{
	struct named named;

	named_open(&named, students);
	cr_expect_eq(named.result, -1, "%s", students);
	cr_expect_str_eq(named.said, said);
	named_close(&named);
}

/* --- reading --------------------------------------------------------------------------------- */

Test(students, make_the_cells_of_their_zone_grade_and_group)
{
	struct named named;
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
	struct named named;
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
	struct named named;

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
	struct named named;
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
Test(students, columns_that_no_plan_follows_are_said_to_be_so)
{
	struct named named;

	named_open(&named, "student,grade,group,zone,household,twin,class,points,current_school,"
			   "feeder_school,choices\n"
			   "K1,1,resident,Z1,,no,1,,A,,A\nK2,1,resident,Z1,,no,1,,A,,A\n");
	cr_assert_eq(named.result, 0);
	cr_expect_str_eq(named.said,
		NOT_USED("1:41", "class")
		NOT_USED("1:54", "current_school")
		NOT_USED("1:83", "choices"));
	named_close(&named);
}

Test(students, a_lone_twin_is_warned_of)
{
	struct named named;

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
		NOT_KNOWN("5:20", "choices")
		NOT_USED("1:26", "current_school")
		NOT_USED("1:41", "feeder_school")
		NOT_USED("1:55", "choices"));
}

Test(students, a_group_that_groups_csv_does_not_have_is_an_error)
{
	struct named named;

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
		"students.csv:4:27: error: class is outside the range 1..100000 [csv-range]\n"
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
		"students.csv:2:18: error: a twin needs its household [student-twin]\n"
		NOT_USED("1:26", "twin"));
}

Test(students, choices_are_schools_each_once)
{
	refused("student,grade,group,zone,choices\nK1,1,resident,Z1,A; A\nK2,1,resident,Z1,A;;B\n",
		"students.csv:2:18: error: a school is chosen twice [student-choices]\n"
		"students.csv:3:18: error: a choice is empty [student-choices]\n"
		NOT_USED("1:26", "choices"));
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
	struct named named;

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
	char text[LOT_TEXT_SIZE];
	struct lot lot;

	lot_draw(seed, student, &lot);
	lot_write(&lot, text);
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
	struct student students[] = {{.id = "K1"}, {.id = "K2"}, {.id = "K3"}, {.id = "K4"}};
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
	lots_make(&arena, &district, &fewer);
	cr_expect_arr_eq(fewer.of, all.of + 2, 2 * sizeof *all.of);
	arena_close(&arena);
}

/* --- who gets which seat --------------------------------------------------------------------- */

/* Four children of one cell: one seat 2 km off, two 1 km off, one child is left out. */
Test(students, the_luckiest_go_to_the_nearest_school)
{
	struct small small;
	struct placement placements[] = {{0, 0, 1}, {0, 1, 2}, {0, NONE, 1}};
	struct student students[4] = {{.id = "K1"}, {.id = "K2"}, {.id = "K3"}, {.id = "K4"}};
	static const size_t want[] = {1, 1, 0, NONE};
	struct handout handout;
	struct plan plan;
	struct lots lots;

	small_open(&small, 1, 2, 1);
	small_offering(&small, 0, 1, 1, 0);
	small_offering(&small, 1, 1, 1, 0);
	small_metres(&small, 0, 0, 2000);
	small_cell(&small, 0, 1, 0, 4);
	small.district.students = students;
	small.district.n_students = 4;
	plan_make(&small.district.arena, &small.district, &small.distances, placements, 3, &plan);
	lots_make(&small.district.arena, &small.district, &lots);
	handout_make(&small.district.arena, &plan, &lots, &handout);
	for (size_t i = 0; i < 4; i++) {
		size_t child = lots.order[i];

		cr_expect_eq(plan.placements[handout.placement[child]].school, want[i]);
		cr_expect_eq(handout.turn[child], i + 1);
	}
	small_close(&small);
}

/* Two cells do not mix: each child goes to a school that its own cell has. */
Test(students, cells_are_handed_out_apart)
{
	struct small small;
	struct placement placements[] = {{0, 0, 2}, {1, 1, 2}};
	struct student students[4] = {{.id = "K1", .cell = 1}, {.id = "K2", .cell = 0},
				      {.id = "K3", .cell = 1}, {.id = "K4", .cell = 0}};
	struct handout handout;
	struct plan plan;
	struct lots lots;

	small_open(&small, 2, 2, 1);
	small_cell(&small, 0, 1, 0, 2);
	small_cell(&small, 1, 1, 0, 2);
	small.district.students = students;
	small.district.n_students = 4;
	plan_make(&small.district.arena, &small.district, &small.distances, placements, 2, &plan);
	lots_make(&small.district.arena, &small.district, &lots);
	handout_make(&small.district.arena, &plan, &lots, &handout);
	for (size_t i = 0; i < 4; i++)
		cr_expect_eq(plan.placements[handout.placement[i]].cell, students[i].cell);
	small_close(&small);
}
