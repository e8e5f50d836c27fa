/* What the tables of a folder mean together. */
#include "scratch_folder.h"

#include "inputs/district.h"

/* A district read from a scratch folder; every table but those given is the usual one. */
struct reading {
	struct scratch scratch;
	struct district district;
	int result;
};

static const char *const usual[][2] = {
	{"district.json", "{\"name\": \"D\", \"year\": 2026}"},
	{"zones.csv", "zone,lon,lat\nZ2,104.51,30.38\nZ1,104.50,30.40\n"},
	{"schools.csv",
	 "school,lon,lat,grades,classrooms\nB,104.51,30.37,1-6,14\nA,104.50,30.39,7-9,4\n"},
	{"demand.csv", "zone,grade,group,pupils\nZ1,1,resident,40\n"},
};

/* `tables`: pairs of a file's name and its text, ended by NULL. */
static void district_from(struct reading *reading, const char *const *tables)
{
	scratch_open(&reading->scratch);
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		scratch_text(&reading->scratch, usual[i][0], usual[i][1]);
	for (; *tables; tables += 2)
		scratch_text(&reading->scratch, tables[0], tables[1]);
	reading->result = district_read(&reading->district, reading->scratch.path, NULL, 0,
					&reading->scratch.diags);
	cr_expect_eq(reading->result, 0, "%s", scratch_said(&reading->scratch));
}

static void reading_close(struct reading *reading)
{
	district_close(&reading->district);
	scratch_close(&reading->scratch);
}

/* 14 over 6 = 3,3,2,2,2,2; 4 over 3 = 2,1,1. */
Test(district, classrooms_are_shared_evenly_the_lowest_grades_first)
{
	static const int64_t primary[] = {3, 3, 2, 2, 2, 2}, junior[] = {2, 1, 1};
	struct reading reading;
	struct district *district = &reading.district;

	district_from(&reading, (const char *const[]){NULL});
	cr_assert_eq(district->n_offerings, 9);
	for (int i = 0; i < 3; i++) {
		cr_expect_eq(district->offerings[i].sections, junior[i]);
		cr_expect_eq(district->offerings[i].grade, 7 + i);
		cr_expect_eq(district->offerings[i].class_size, 50);
	}
	for (int i = 0; i < 6; i++) {
		cr_expect_eq(district->offerings[3 + i].sections, primary[i]);
		cr_expect_eq(district->offerings[3 + i].class_size, 45);
	}
	cr_expect_eq(district_offering(district, 1, 6), &district->offerings[8]);
	cr_expect_null(district_offering(district, 0, 6));
	reading_close(&reading);
}

/* A school with rows of its own is not shared out, whatever its classrooms. */
Test(district, offerings_are_taken_as_given)
{
	struct reading reading;
	struct district *district = &reading.district;

	district_from(&reading, (const char *const[]){
		"offerings.csv",
		"school,grade,sections,enrolled,class_size\nB,2,5,30,\nB,1,0,7,40\n", NULL});
	cr_assert_eq(district->n_offerings, 5);
	cr_expect_eq(district->schools[1].enrolled, 37);
	cr_expect(district->offerings[3].grade == 1 && district->offerings[3].sections == 0 &&
		  district->offerings[3].class_size == 40);
	cr_expect(district->offerings[4].enrolled == 30 && district->offerings[4].class_size == 45);
	reading_close(&reading);
}

/* Opening in the month itself is open, a month later is not; the label `new` does not matter. */
Test(district, a_school_opens_in_its_month)
{
	static const struct {
		const char *json;
		bool open[4];
	} cases[] = {
		{"{\"year\": 2026}", {true, true, false, true}},
		{"{\"year\": 2026, \"month\": \"2026-10\"}", {true, true, true, true}},
		{"{\"settings\": {\"month\": \"2026-08\"}}", {true, false, false, true}},
		{"{}", {true, true, true, true}},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct reading reading;

		district_from(&reading, (const char *const[]){
			"district.json", cases[i].json,
			"schools.csv", "school,lon,lat,opens,status\nS1,104.5,30.4,,new\n"
			"S2,104.5,30.4,2026-09,new\nS3,104.5,30.4,2026-10,existing\n"
			"S4,104.5,30.4,1964-09,\n",
			"offerings.csv",
			"school,grade,sections\nS1,1,1\nS2,1,1\nS3,1,1\nS4,1,1\n", NULL});
		for (size_t s = 0; s < 4; s++) {
			cr_expect_eq(reading.district.schools[s].open, cases[i].open[s],
				     "case %zu school %zu", i, s);
			cr_expect_eq(reading.district.schools[s].n_offerings, cases[i].open[s]);
		}
		reading_close(&reading);
	}
}

/* Rows of one cell add up; none of 0 pupils; sorted by zone, grade, group. */
Test(district, demand_of_a_cell_adds_up)
{
	static const int64_t pupils[] = {9, 7, 3, 2};
	struct reading reading;
	struct district *district = &reading.district;

	district_from(&reading, (const char *const[]){
		"demand.csv",
		"zone,grade,group,pupils\nZ2,1,resident,2\nZ1,2,migrant,3\nZ1,1,resident,4\n"
		"Z1,1,migrant,9\nZ1,1,resident,3\nZ2,2,resident,0\n", NULL});
	cr_assert_eq(district->n_cells, 4);
	for (size_t i = 0; i < 4; i++)
		cr_expect_eq(district->cells[i].pupils, pupils[i], "cell %zu", i);
	cr_expect_eq(district_pupils(district), 21);
	reading_close(&reading);
}

/* Without groups.csv: those of the demand, weight 1, no rules. */
Test(district, groups_may_be_implied)
{
	struct reading reading;
	struct district *district = &reading.district;

	district_from(&reading, (const char *const[]){
		"demand.csv",
		"zone,grade,group,pupils\nZ1,1,resident,4\nZ1,1,migrant,9\nZ2,1,resident,1\n",
		NULL});
	cr_assert_eq(district->n_groups, 2);
	cr_expect_str_eq(district->groups[0].id, "migrant");
	cr_expect_eq(district->groups[1].weight, NANO);
	cr_expect_eq(district->groups[1].limit_km, NOT_GIVEN);
	cr_expect_eq(district->groups[1].max_share, NOT_GIVEN);
	cr_expect_eq(district_limit(district, 0, 6), 3 * NANO);
	cr_expect_eq(district_limit(district, 0, 7), 5 * NANO);
	reading_close(&reading);
}

/* Boarding begins in grade 4, and then no distance is too far. */
Test(district, groups_may_be_declared)
{
	struct reading reading;
	struct district *district = &reading.district;

	district_from(&reading, (const char *const[]){
		"groups.csv", "group,weight,limit_km,max_share,needs,public_only\nresident,,,,,\n"
		"boarder,2.5,1.5,0.45,boarding,yes\n", NULL});
	cr_expect_eq(district->groups[0].weight, 2500000000);
	cr_expect_eq(district->groups[0].max_share, 450000000);
	cr_expect(district->groups[0].public_only && !district->groups[1].public_only);
	cr_expect_eq(district_need(district, 0, 3), NEED_NONE);
	cr_expect_eq(district_need(district, 0, 4), NEED_BOARDING);
	cr_expect_eq(district_limit(district, 0, 3), 1500000000);
	cr_expect_eq(district_limit(district, 0, 4), INT64_MAX);
	cr_expect_eq(district->groups[1].weight, NANO);
	reading_close(&reading);
}

/* A school's row with nothing but its point. */
Test(district, defaults_and_other_file_names)
{
	struct reading reading;
	struct school *school;

	district_from(&reading, (const char *const[]){
		"district.json",
		"{\"files\": {\"schools\": \"campuses.csv\"}, \"class_size\": {\"max\": 60}}",
		"campuses.csv", "school,lon,lat\nonly,104.5,30.4\n",
		"schools.csv", "not a table of schools\n", NULL});
	cr_assert_eq(reading.district.n_schools, 1);
	school = &reading.district.schools[0];
	cr_expect(school->open && school->ownership == OWNERSHIP_PUBLIC &&
		  school->kind == KIND_ORDINARY && school->max_pupils == NOT_GIVEN &&
		  school->land_m2 == NOT_GIVEN && school->beds == 0 && school->n_offerings == 0);
	cr_expect_eq(reading.district.settings.class_max, 60);
	cr_expect_eq(district_school(&reading.district, "only"), 0);
	cr_expect_eq(district_school(&reading.district, "none"), NONE);
	reading_close(&reading);
}

/* Half up, once, to whole metres; ids of building sites are known but not read. */
Test(district, known_distances_are_whole_metres)
{
	static const int64_t want[] = {0, 1, 2501};
	struct reading reading;

	district_from(&reading, (const char *const[]){
		"schools.csv", "school,lon,lat\nA,104.5,30.4\nB,104.5,30.4\nC,104.5,30.4\n",
		"sites.csv", "site,option,lon,lat\nNEW,1,0,0\n",
		"distances.csv",
		"zone,school,km,minutes\nZ1,C,2.5005,9\nZ1,NEW,1,\nZ1,A,0.000499999999,\n"
		"Z1,B,0.0005,\n", NULL});
	cr_assert_eq(reading.district.n_known, 3);
	for (size_t i = 0; i < 3; i++)
		cr_expect_eq(reading.district.known[i].metres, want[i]);
	reading_close(&reading);
}
