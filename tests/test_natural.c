/* Small districts whose optimum follows by reasoning, solved by GLPK on assignment.mod. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "models/gmpl.h"
#include "solver/engines/natural.h"

enum { MOST = 6 };

/* A district filled by hand; schools first, each followed by its offerings. */
struct tiny {
	struct district district;
	struct distances distances;
	struct school schools[MOST];
	struct zone zones[MOST];
	struct group groups[MOST];
	struct offering offerings[MOST];
	struct cell cells[MOST];
	size_t access_of_zone[MOST + 1];
	int32_t metres[MOST * MOST];
	struct diags diags;
	struct natural solved;
};

static void tiny_open(struct tiny *tiny, size_t zones, size_t groups, const char *objective)
{
	struct district *district = &tiny->district;
	const char *wrong;

	memset(tiny, 0, sizeof *tiny);
	arena_open(&district->arena);
	diag_open(&tiny->diags, stderr);
	settings_default(&district->arena, &district->settings);
	wrong = objective_parse(&district->arena, objective, &district->settings.levels);
	cr_assert_null(wrong, "%s", wrong);
	district->schools = tiny->schools, district->zones = tiny->zones;
	district->groups = tiny->groups, district->offerings = tiny->offerings;
	district->cells = tiny->cells, district->access_of_zone = tiny->access_of_zone;
	district->n_zones = zones, district->n_groups = groups;
	for (size_t z = 0; z < zones; z++)
		tiny->zones[z].id = "zone";
	for (size_t g = 0; g < groups; g++)
		tiny->groups[g] = (struct group){.id = "group", .weight = NANO,
						 .limit_km = NOT_GIVEN, .max_share = NOT_GIVEN};
}

static struct school *tiny_school(struct tiny *tiny)
{
	struct school *school = &tiny->schools[tiny->district.n_schools++];

	*school = (struct school){.id = "school", .open = true, .max_pupils = NOT_GIVEN,
				  .land_m2 = NOT_GIVEN, .floor_m2 = NOT_GIVEN,
				  .first_offering = tiny->district.n_offerings};
	return school;
}

/* An offering of the school that was added last. */
static void tiny_offering(struct tiny *tiny, int grade, int64_t sections, int64_t enrolled)
{
	size_t school = tiny->district.n_schools - 1;

	tiny->offerings[tiny->district.n_offerings++] =
		(struct offering){.school = school, .grade = grade, .sections = sections,
				  .enrolled = enrolled, .class_size = 45};
	tiny->schools[school].enrolled += enrolled;
	tiny->schools[school].n_offerings++;
}

static void tiny_cell(struct tiny *tiny, size_t zone, int grade, size_t group, int64_t pupils)
{
	tiny->cells[tiny->district.n_cells++] =
		(struct cell){.zone = zone, .grade = grade, .group = group, .pupils = pupils};
}

/* All ways are of these metres, unless tiny->metres says otherwise. */
static int tiny_solve(struct tiny *tiny, double seconds)
{
	size_t zones = tiny->district.n_zones, schools = tiny->district.n_schools;

	for (size_t i = 0; i < zones * schools; i++)
		if (!tiny->metres[i])
			tiny->metres[i] = 1000;
	tiny->distances = (struct distances){.n_zones = zones, .n_schools = schools,
					     .metres = tiny->metres};
	return natural_solve(&tiny->district.arena, &tiny->district, &tiny->distances, seconds,
			     &tiny->solved, &tiny->diags);
}

static void tiny_expect(struct tiny *tiny, const int64_t *values)
{
	cr_assert_eq(tiny_solve(tiny, 0), 0);
	cr_expect(tiny->solved.optimal);
	for (size_t i = 0; i < tiny->solved.n_levels; i++) {
		const struct natural_level *level = &tiny->solved.levels[i];

		cr_expect_eq(level->value, values[i], "level %zu: %lld, not %lld", i + 1,
			     (long long)level->value, (long long)values[i]);
		cr_expect_eq(level->bound, level->value);
	}
	arena_close(&tiny->district.arena);
}

#define DEFAULT_OBJECTIVE \
	"unplaced; oversized_classes; large_classes; far; travel_km + 3 over_standard"

/* 70 stay in one class: nobody joins them, and it counts as large, oversized and 25 above 45. */
Test(natural, those_who_stay)
{
	struct tiny tiny;

	tiny_open(&tiny, 1, 1, DEFAULT_OBJECTIVE);
	tiny_school(&tiny);
	tiny_offering(&tiny, 1, 1, 70);
	tiny_school(&tiny);
	tiny_offering(&tiny, 1, 1, 0);
	tiny_cell(&tiny, 0, 1, 0, 10);
	tiny.metres[0] = 100, tiny.metres[1] = 4000;
	tiny_expect(&tiny, (int64_t[]){0, 1, 1, 10, 10 * 4000 + 3 * 25 * 1000});
}

/* 58 stay in one class that may still grow to 65: large already, so 7 more do not make it worse. */
Test(natural, a_large_class_may_grow)
{
	struct tiny tiny;

	tiny_open(&tiny, 1, 1, "unplaced; large_classes; travel_km");
	tiny_school(&tiny);
	tiny_offering(&tiny, 1, 1, 58);
	tiny_school(&tiny);
	tiny_offering(&tiny, 1, 1, 50);
	tiny_cell(&tiny, 0, 1, 0, 12);
	tiny.metres[0] = 2000, tiny.metres[1] = 1000;
	tiny_expect(&tiny, (int64_t[]){0, 1, 5 * 1000 + 7 * 2000}); /* 55 in the other one */
}

/* Without sections there is no class, and nobody may come; who stays is above the standard. */
Test(natural, no_sections)
{
	struct tiny tiny;

	tiny_open(&tiny, 1, 1, "unplaced; large_classes; over_standard");
	tiny_school(&tiny);
	tiny_offering(&tiny, 1, 0, 3);
	tiny_cell(&tiny, 0, 1, 0, 4);
	tiny_expect(&tiny, (int64_t[]){4, 0, 3});
}

/* 65 seats for 70: those who weigh less stay out. */
Test(natural, weights)
{
	struct tiny tiny;

	tiny_open(&tiny, 1, 2, DEFAULT_OBJECTIVE);
	tiny.groups[0].weight = 2 * NANO + NANO / 2;
	tiny_school(&tiny);
	tiny_offering(&tiny, 1, 1, 0);
	tiny_cell(&tiny, 0, 1, 0, 40);
	tiny_cell(&tiny, 0, 1, 1, 30);
	tiny_expect(&tiny, (int64_t[]){5 * 10, 0, 1, 0, 65 * 1000 + 3 * 20 * 1000});
}

/*
 * Two schools with two classes each; 55 in every class are 220. One large class in each leaves
 * 222, one school filled up 130 + 110 = 240: so 226 make two large classes and 241 three.
 */
static void expect_large(int64_t pupils, int64_t large)
{
	struct tiny tiny;

	tiny_open(&tiny, 1, 1, "unplaced; large_classes");
	for (int i = 0; i < 2; i++) {
		tiny_school(&tiny);
		tiny_offering(&tiny, 1, 2, 0);
	}
	tiny_cell(&tiny, 0, 1, 0, pupils);
	tiny_expect(&tiny, (int64_t[]){0, large});
}

Test(natural, large_classes_are_not_convex)
{
	expect_large(220, 0);
	expect_large(221, 1);
	expect_large(226, 2);
	expect_large(240, 2);
	expect_large(241, 3);
	expect_large(260, 4);
}

/* A near school for 65 and one beyond the limit; zones of 40 and 30. */
static void expect_far(bool whole, int64_t far)
{
	struct tiny tiny;

	tiny_open(&tiny, 2, 1, "unplaced; far");
	tiny.district.settings.whole_zones = whole;
	for (int i = 0; i < 2; i++) {
		tiny_school(&tiny);
		tiny_offering(&tiny, 1, 1, 0);
	}
	tiny_cell(&tiny, 0, 1, 0, 40);
	tiny_cell(&tiny, 1, 1, 0, 30);
	tiny.metres[0] = tiny.metres[2] = 3000; /* not beyond 3 km */
	tiny.metres[1] = tiny.metres[3] = 3001;
	tiny_expect(&tiny, (int64_t[]){0, far});
}

Test(natural, whole_zones)
{
	expect_far(false, 5);
	expect_far(true, 30);
}

/* 66 of a zone and grade do not fit together: nobody is placed but the one who has needs. */
Test(natural, whole_zones_or_nobody)
{
	struct tiny tiny;

	tiny_open(&tiny, 1, 3, "unplaced");
	tiny.district.settings.whole_zones = true;
	tiny.groups[2].need = NEED_INCLUSION;
	tiny_school(&tiny)->places = 1;
	tiny_offering(&tiny, 1, 1, 0);
	tiny_cell(&tiny, 0, 1, 0, 60);
	tiny_cell(&tiny, 0, 1, 1, 6);
	tiny_cell(&tiny, 0, 1, 2, 1);
	tiny_expect(&tiny, (int64_t[]){66});
}

/* Those with needs may have no school; the others of their zone do not mind. */
Test(natural, whole_zones_and_needs)
{
	struct tiny tiny;

	tiny_open(&tiny, 1, 2, "unplaced");
	tiny.district.settings.whole_zones = true;
	tiny.groups[1].need = NEED_INCLUSION;
	tiny_school(&tiny);
	tiny_offering(&tiny, 1, 1, 0);
	tiny_cell(&tiny, 0, 1, 0, 10);
	tiny_cell(&tiny, 0, 1, 1, 1);
	tiny_expect(&tiny, (int64_t[]){1});
}

/* At most a quarter of those sent: 10 of 40. */
Test(natural, max_share)
{
	struct tiny tiny;

	tiny_open(&tiny, 1, 2, "unplaced");
	tiny.groups[1].max_share = NANO / 4;
	tiny_school(&tiny);
	tiny_offering(&tiny, 1, 2, 25); /* those who stay do not count */
	tiny_offering(&tiny, 2, 1, 0);
	tiny_cell(&tiny, 0, 1, 0, 30);
	tiny_cell(&tiny, 0, 1, 1, 20);
	tiny_cell(&tiny, 0, 2, 1, 20); /* the share is over all grades */
	tiny_expect(&tiny, (int64_t[]){30});
}

/* A third of nothing but their own. */
Test(natural, max_share_of_nobody_else)
{
	struct tiny tiny;

	tiny_open(&tiny, 1, 1, "unplaced");
	tiny.groups[0].max_share = 333333333;
	tiny_school(&tiny);
	tiny_offering(&tiny, 1, 2, 0);
	tiny_cell(&tiny, 0, 1, 0, 30);
	tiny_expect(&tiny, (int64_t[]){30});
}

/* Three beds for five boarders of grade 5; those of grade 3 are day pupils, and so far. */
Test(natural, beds)
{
	struct tiny tiny;

	tiny_open(&tiny, 1, 1, "unplaced; far");
	tiny.groups[0].need = NEED_BOARDING;
	tiny_school(&tiny)->beds = 3;
	tiny_offering(&tiny, 3, 1, 0);
	tiny_offering(&tiny, 5, 1, 0);
	tiny_cell(&tiny, 0, 3, 0, 7);
	tiny_cell(&tiny, 0, 5, 0, 5);
	tiny.metres[0] = 20000;
	tiny_expect(&tiny, (int64_t[]){2, 7});
}

/* Two inclusion places over all grades. */
Test(natural, inclusion_places)
{
	struct tiny tiny;

	tiny_open(&tiny, 1, 1, "unplaced");
	tiny.groups[0].need = NEED_INCLUSION;
	tiny_school(&tiny)->places = 2;
	tiny_offering(&tiny, 1, 1, 0);
	tiny_offering(&tiny, 2, 1, 0);
	tiny_cell(&tiny, 0, 1, 0, 2);
	tiny_cell(&tiny, 0, 2, 0, 3);
	tiny_expect(&tiny, (int64_t[]){3});
}

/* A cap of 50 over two grades, 20 of whom stay. */
Test(natural, school_cap)
{
	struct tiny tiny;

	tiny_open(&tiny, 1, 1, "unplaced");
	tiny_school(&tiny)->max_pupils = 50;
	tiny_offering(&tiny, 1, 1, 20);
	tiny_offering(&tiny, 2, 1, 0);
	tiny_cell(&tiny, 0, 1, 0, 15);
	tiny_cell(&tiny, 0, 2, 0, 25);
	tiny_expect(&tiny, (int64_t[]){10});
}

Test(natural, nobody_to_place)
{
	struct tiny tiny;

	tiny_open(&tiny, 1, 1, DEFAULT_OBJECTIVE);
	tiny_school(&tiny);
	tiny_offering(&tiny, 1, 1, 56);
	tiny_expect(&tiny, (int64_t[]){0, 0, 1, 0, 3 * 11 * 1000});
}

static void fill_plain(struct tiny *tiny)
{
	tiny_open(tiny, 1, 1, "unplaced; travel_km");
	tiny_school(tiny);
	tiny_offering(tiny, 1, 1, 0);
	tiny_cell(tiny, 0, 1, 0, 9);
}

Test(natural, no_time)
{
	struct tiny tiny;

	fill_plain(&tiny);
	cr_assert_eq(tiny_solve(&tiny, 1e-9), 0);
	cr_expect_not(tiny.solved.optimal);
	cr_expect_eq(tiny.solved.levels[0].value, 9);
	cr_expect_eq(tiny.solved.levels[0].bound, 0);
	cr_expect_eq(tiny.solved.plan.totals.unplaced, 9);
	arena_close(&tiny.district.arena);
}

/* Whatever the ids are, they come through MathProg. */
Test(natural, ids_of_all_kinds)
{
	struct tiny tiny;
	struct text id = {0};

	for (int i = 0; i < 60; i++)
		text_add(&id, "\xe5\xad\xa6'");
	fill_plain(&tiny);
	tiny.schools[0].id = id.data;
	tiny.zones[0].id = "a'b\n\"c\";\\ # /* end; \x7f";
	tiny.groups[0].id = "";
	tiny_expect(&tiny, (int64_t[]){0, 9000});
	text_free(&id);
}

Test(natural, temporary_files_are_removed)
{
	struct tiny tiny;
	char folder[] = "/tmp/test-natural-XXXXXX";

	cr_assert_not_null(mkdtemp(folder));
	setenv("TMPDIR", folder, 1);
	fill_plain(&tiny);
	tiny_expect(&tiny, (int64_t[]){0, 9000});
	cr_expect_eq(rmdir(folder), 0);
}

Test(natural, no_temporary_folder)
{
	struct tiny tiny;

	setenv("TMPDIR", "/nowhere", 1);
	fill_plain(&tiny);
	tiny.diags.out = NULL;
	cr_expect_eq(tiny_solve(&tiny, 0), -1);
	cr_expect_eq(tiny.diags.status, STATUS_OUTPUT);
	arena_close(&tiny.district.arena);
}

/* Quotes are doubled, control bytes replaced; long ids are cut between characters: 2 + 31 x 3. */
Test(natural, quoted_ids)
{
	struct tiny tiny;
	struct text text = {0}, id = {0}, expected = {0};
	struct capacities capacities;

	text_add(&id, "yz");
	for (int i = 0; i < 40; i++)
		text_add(&id, "\xe5\xad\xa6");
	text_add(&expected, " s1 '");
	text_add_bytes(&expected, id.data, 2 + 31 * 3);
	text_add(&expected, "' 0 0\n");
	fill_plain(&tiny);
	tiny.zones[0].id = "a'b\nc";
	tiny.schools[0].id = id.data;
	tiny.metres[0] = UNREACHABLE;
	tiny.distances = (struct distances){.n_zones = 1, .n_schools = 1, .metres = tiny.metres};
	capacities_make(&tiny.district.arena, &tiny.district, &capacities);
	gmpl_write(&text, &tiny.district, &tiny.distances, &capacities,
		   gmpl_levels(&tiny.district.arena, &tiny.district, &tiny.distances, &tiny.diags));
	cr_expect(strstr(text.data, " z1 'a''b?c'\n"));
	cr_expect(strstr(text.data, expected.data));
	cr_expect(strstr(text.data, "set ELIGIBLE[z1,1,g1] :=;\n"));
	cr_expect(strstr(text.data, "param metres : s1 :=\n z1 .\n;"));
	text_free(&text);
	text_free(&id);
	text_free(&expected);
	arena_close(&tiny.district.arena);
}
