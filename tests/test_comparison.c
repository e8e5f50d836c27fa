/* What changes from one plan to another: who moves, which classes, which figures. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "models/comparison.h"
#include "outputs/compare_folder.h"
#include "outputs/compare_text.h"
#include "outputs/grid.h"
#include "tests/chance.h"

enum { ROOM = 64 };

/* A plan made by hand: rows in order, offerings and groups as they come. */
struct made_plan {
	struct written_plan plan;
	struct plan_row rows[ROOM];
	struct plan_offering_row offerings[ROOM];
	struct plan_group_row groups[ROOM];
	struct plan_kpi kpis[ROOM];
};

static void plan_open(struct made_plan *made)
{
	memset(made, 0, sizeof *made);
	made->groups[0].group = "resident";
	made->plan = (struct written_plan){
		.folder = "plan", .rows = made->rows,
		.summary = {.name = "D", .input_hash = "", .kpis = made->kpis},
		.offerings = {.spec = &plan_offering_spec, .rows = (char *)made->offerings},
		.groups = {.spec = &plan_group_spec, .rows = (char *)made->groups, .n_rows = 1}};
}

/* school NULL: unplaced. */
static void plan_pupils(struct made_plan *made, const char *zone, int grade, const char *school,
			int64_t pupils, int64_t metres)
{
	made->rows[made->plan.n_rows++] = (struct plan_row){
		.zone = zone, .grade = grade, .group = "resident", .school = school,
		.pupils = pupils, .km = metres * (NANO / 1000)};
}

static void plan_offering(struct made_plan *made, const char *school, int grade, int64_t sections,
			  int64_t load, int64_t large, int64_t oversized)
{
	made->offerings[made->plan.offerings.n_rows++] = (struct plan_offering_row){
		0, school, grade, sections, load, large, oversized};
}

static void plan_kpi(struct made_plan *made, const char *name, double value)
{
	made->kpis[made->plan.summary.n_kpis++] = (struct plan_kpi){name, value};
}

/* One cell from "A3 B2 -1": three at A, two at B, one at none. */
static void plan_cell(struct made_plan *made, const char *text)
{
	static const char *const schools[] = {"A", "B", "C", "D", "E"};

	for (; *text; text += strcspn(text, " "), text += *text == ' ')
		plan_pupils(made, "Z", 1, *text == '-' ? NULL : schools[*text - 'A'],
			    strtol(text + 1, NULL, 10), 0);
}

/* "A>C 3; unplaced A> 2": how the comparison moves them. */
static void moves_text(const struct comparison *made, struct text *text)
{
	text_add(text, "");
	for (size_t i = 0; i < made->n_moves; i++) {
		const struct pupil_move *move = &made->moves[i];
		const char *from = move->from && move->from->school ? move->from->school : "";
		const char *to = move->to && move->to->school ? move->to->school : "";

		text_printf(text, "%s%s %s>%s %d", i > 0 ? "; " : "",
			    pupil_change_word(pupil_move_change(move)), from, to,
			    (int)move->pupils);
	}
}

/* Whoever can stay stays; the others are paired in the order of ids, without a school last. */
static const struct {
	const char *first, *second, *moves;
} cells[] = {
	{"A3 B2", "A3 B2", ""},
	{"A10", "A4 B6", "transferred A>B 6"},
	{"A3 B2 E1", "C4 D1 E1", "transferred A>C 3; transferred B>C 1; transferred B>D 1"},
	{"A5 B1", "A1 B5", "transferred A>B 4"},
	{"A5", "A2 -3", "unplaced A> 3"},
	{"-3", "B3", "placed >B 3"},
	{"-3", "-3", ""},
	{"B1 -1", "A1 -1", "transferred B>A 1"},
	{"A3 -1", "B2 -2", "transferred A>B 2; unplaced A> 1"},
	{"A3 B4", "B4", "gone A> 3"},
	{"A3", "A3 B2", "new >B 2"},
	{"A3", "B5", "transferred A>B 3; new >B 2"},
	{"A2 -2", "B2", "transferred A>B 2; gone > 2"},
	{"A2 B3", "C4", "transferred A>C 2; transferred B>C 2; gone B> 1"},
	{"A3", "", "gone A> 3"},
	{"", "-2", "new > 2"},
};

Test(comparison, moves_of_a_cell)
{
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		struct arena arena;
		struct made_plan first, second;
		struct comparison made;
		struct text text = {0};

		arena_open(&arena);
		plan_open(&first);
		plan_open(&second);
		plan_cell(&first, cells[i].first);
		plan_cell(&second, cells[i].second);
		comparison_make(&arena, &first.plan, &second.plan, &made);
		moves_text(&made, &text);
		cr_assert_str_eq(text.data, cells[i].moves, "%s to %s", cells[i].first,
				 cells[i].second);
		cr_assert_eq(made.same, made.n_moves == 0);
		text_free(&text);
		arena_close(&arena);
	}
}

/* Two zones and grades: 5 of 9 move, 4 of them from A to B; one of Z2's is new, three are gone. */
static void plans_of_two_zones(struct made_plan *first, struct made_plan *second)
{
	plan_open(first);
	plan_open(second);
	plan_pupils(first, "Z1", 1, "A", 3, 1000);
	plan_pupils(first, "Z1", 2, NULL, 1, 0);
	plan_pupils(first, "Z2", 1, "A", 5, 2000);
	plan_pupils(first, "Z3", 1, "C", 3, 70);
	plan_pupils(second, "Z1", 1, "B", 3, 500);
	plan_pupils(second, "Z1", 2, "A", 1, 1000);
	plan_pupils(second, "Z2", 1, "A", 4, 2000);
	plan_pupils(second, "Z2", 1, "B", 1, 4500);
	plan_pupils(second, "Z2", 2, NULL, 1, 0);
}

Test(comparison, totals_and_flows)
{
	struct arena arena;
	struct made_plan first, second;
	struct comparison made;

	arena_open(&arena);
	plans_of_two_zones(&first, &second);
	comparison_make(&arena, &first.plan, &second.plan, &made);
	cr_assert_eq(made.totals.in_both, 9);
	cr_assert_eq(made.totals.changed[PUPILS_TRANSFERRED], 4);
	cr_assert_eq(made.totals.changed[PUPILS_PLACED], 1);
	cr_assert_eq(made.totals.changed[PUPILS_UNPLACED], 0);
	cr_assert_eq(made.totals.changed[PUPILS_NEW], 1);
	cr_assert_eq(made.totals.changed[PUPILS_GONE], 3);
	cr_assert_eq(move_totals_moved(&made.totals), 5);
	cr_assert_eq(made.grades[1].in_both, 8);
	cr_assert_eq(move_totals_moved(&made.grades[1]), 4);
	cr_assert_eq(move_totals_moved(&made.groups[0].totals), 5);
	cr_assert_eq(made.metres[0], 3 * 1000 + 1 * 2000);
	cr_assert_eq(made.metres[1], 3 * 500 + 1 * 4500);
	cr_assert_eq(made.n_flows, 2);
	cr_assert_str_eq(made.flows[0].from, "A");
	cr_assert_str_eq(made.flows[0].to, "B");
	cr_assert_eq(made.flows[0].pupils, 4);
	cr_assert_null(made.flows[1].from);
	arena_close(&arena);
}

static struct offering_change change_of(const struct plan_offering_row *a,
					const struct plan_offering_row *b)
{
	struct arena arena;
	struct made_plan first, second;
	struct comparison made;
	struct offering_change change = {.change = CLASS_CHANGE_COUNT};

	arena_open(&arena);
	plan_open(&first);
	plan_open(&second);
	if (a)
		plan_offering(&first, "A", 1, a->sections, a->load, a->large, a->oversized);
	if (b)
		plan_offering(&second, "A", 1, b->sections, b->load, b->large, b->oversized);
	comparison_make(&arena, &first.plan, &second.plan, &made);
	cr_assert_eq(made.same, made.n_offerings == 0);
	if (made.n_offerings > 0)
		change = made.offerings[0];
	arena_close(&arena);
	return change;
}

/* What outweighs what: oversized, large, sections, load. */
Test(comparison, changes_of_an_offering)
{
	static const struct plan_offering_row base = {.sections = 2, .load = 120, .large = 2,
						      .oversized = 1};
	static const struct {
		struct plan_offering_row second;
		enum class_change change;
	} table[] = {
		{{.sections = 2, .load = 120, .large = 2, .oversized = 1}, CLASS_CHANGE_COUNT},
		{{.sections = 3, .load = 99, .large = 1, .oversized = 2}, CLASSES_MORE_OVERSIZED},
		{{.sections = 3, .load = 199, .large = 3, .oversized = 0}, CLASSES_FEWER_OVERSIZED},
		{{.sections = 3, .load = 99, .large = 3, .oversized = 1}, CLASSES_MORE_LARGE},
		{{.sections = 3, .load = 199, .large = 1, .oversized = 1}, CLASSES_FEWER_LARGE},
		{{.sections = 3, .load = 99, .large = 2, .oversized = 1}, CLASSES_MORE_SECTIONS},
		{{.sections = 1, .load = 199, .large = 2, .oversized = 1}, CLASSES_FEWER_SECTIONS},
		{{.sections = 2, .load = 121, .large = 2, .oversized = 1}, CLASSES_FULLER},
		{{.sections = 2, .load = 119, .large = 2, .oversized = 1}, CLASSES_EMPTIER},
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		cr_assert_eq(change_of(&base, &table[i].second).change, table[i].change, "%zu", i);
	cr_assert_eq(change_of(NULL, &base).change, CLASSES_OPENED);
	cr_assert_eq(change_of(NULL, &base).rows[0].load, 0);
	cr_assert_eq(change_of(&base, NULL).change, CLASSES_CLOSED);
	cr_assert_eq(change_of(&base, NULL).rows[1].sections, 0);
}

/* Two plans of the same pupils or not, by chance: at most 3 at each of five schools and none. */
static void plan_by_chance(struct made_plan *made, uint64_t *state, int64_t counts[6])
{
	static const char *const schools[] = {"A", "B", "C", "D", "E", NULL};

	plan_open(made);
	for (int i = 0; i < 6; i++) {
		counts[i] = chance(state, 4);
		if (counts[i] > 0)
			plan_pupils(made, "Z", 1, schools[i], counts[i], 0);
	}
}

static void apply(const struct pupil_move *move, int64_t counts[6])
{
	if (move->from)
		counts[move->from->school ? *move->from->school - 'A' : 5] -= move->pupils;
	if (move->to)
		counts[move->to->school ? *move->to->school - 'A' : 5] += move->pupils;
}

static void check_by_chance(uint64_t *state)
{
	int64_t before[6], after[6], stay = 0, all[2] = {0}, both;
	struct made_plan first, second;
	struct comparison made;
	struct arena arena;

	arena_open(&arena);
	plan_by_chance(&first, state, before);
	plan_by_chance(&second, state, after);
	for (int i = 0; i < 6; i++) {
		stay += before[i] < after[i] ? before[i] : after[i];
		all[0] += before[i];
		all[1] += after[i];
	}
	both = all[0] < all[1] ? all[0] : all[1];
	comparison_make(&arena, &first.plan, &second.plan, &made);
	cr_assert_eq(move_totals_moved(&made.totals), both - stay);
	cr_assert_eq(made.totals.changed[PUPILS_NEW], all[1] - both);
	cr_assert_eq(made.totals.changed[PUPILS_GONE], all[0] - both);
	for (size_t i = 0; i < made.n_moves; i++)
		apply(&made.moves[i], before);
	for (int i = 0; i < 6; i++)
		cr_assert_eq(before[i], after[i]);
	arena_close(&arena);
}

/* The moves lead from the first plan to the second, and no fewer pupils could move. */
Test(comparison, moves_by_chance)
{
	uint64_t state = 1;

	for (int i = 0; i < 2000; i++)
		check_by_chance(&state);
}

/* --- tables and text ------------------------------------------------------------------------- */

static const char *const table_texts[] = {
	"kpi,first,second,difference\npupils,12,10,-2\nmean_km,1.500,2.000,0.500\ncost,7,,\n"
	"share,,0.250,\n",
	"zone,grade,group,change,from,to,pupils,from_km,to_km\n"
	"Z1,1,resident,transferred,A,B,3,1.000,0.500\n"
	"Z1,2,resident,placed,,A,1,,1.000\n"
	"Z2,1,resident,transferred,A,B,1,2.000,4.500\n"
	"Z2,2,resident,new,,,1,,\n"
	"Z3,1,resident,gone,C,,3,0.070,\n",
	"school,grade,sections_first,sections_second,load_first,load_second,large_classes_first,"
	"large_classes_second,oversized_classes_first,oversized_classes_second,change\n"
	"A,1,2,1,60,59,0,1,0,0,more_large\n"
	"B,1,0,1,0,4,0,0,0,0,opened\n",
	"group,pupils_first,pupils_second,placed_first,placed_second,mean_km_first,mean_km_second,"
	"p90_first,p90_second,far_first,far_second,moved\n"
	"resident,12,10,11,9,1.500,2.001,0.000,0.000,0,0,5\n",
};

static void plans_with_figures(struct made_plan *first, struct made_plan *second)
{
	plans_of_two_zones(first, second);
	plan_offering(first, "A", 1, 2, 60, 0, 0);
	plan_offering(second, "A", 1, 1, 59, 1, 0);
	plan_offering(second, "B", 1, 1, 4, 0, 0);
	plan_kpi(first, "pupils", 12);
	plan_kpi(second, "pupils", 10);
	plan_kpi(first, "mean_km", 1.5);
	plan_kpi(second, "mean_km", 2);
	plan_kpi(first, "cost", 7);
	plan_kpi(second, "share", 0.25);
	first->groups[0] = (struct plan_group_row){.group = "resident", .pupils = 12, .placed = 11,
						   .mean_km = 3 * NANO / 2};
	second->groups[0] = (struct plan_group_row){.group = "resident", .pupils = 10, .placed = 9,
						    .mean_km = 2 * NANO + NANO / 2000};
}

Test(comparison, every_table)
{
	struct arena arena;
	struct made_plan first, second;
	struct comparison made;
	size_t n = sizeof table_texts / sizeof *table_texts;

	arena_open(&arena);
	plans_with_figures(&first, &second);
	comparison_make(&arena, &first.plan, &second.plan, &made);
	for (size_t i = 0; i < n; i++) {
		struct folder_file file = {0};

		compare_table_write(&compare_tables[i], &file, &made);
		cr_assert_str_eq(file.text.data, table_texts[i]);
		text_free(&file.text);
	}
	cr_assert_null(compare_tables[n].file);
	arena_close(&arena);
}

/* Classes that become large are named; a level that one plan leaves open is marked. */
Test(comparison, text_of_what_is_worse)
{
	static struct plan_level levels[] = {{"unplaced", 0, 0}, {"travel_km", 7.25, 7}};
	static struct plan_level others[] = {{"travel_km", 8, 8}};
	struct arena arena;
	struct made_plan first, second;
	struct comparison made;
	struct text text = {0};

	arena_open(&arena);
	plans_with_figures(&first, &second);
	first.plan.summary.levels = levels;
	first.plan.summary.n_levels = 2;
	second.plan.summary.levels = others;
	second.plan.summary.n_levels = 1;
	comparison_make(&arena, &first.plan, &second.plan, &made);
	compare_text(&text, &made);
	cr_assert(strstr(text.data, "  level      first  second\n"
				    "  travel_km  7.25*       8\n"
				    "  * not proven: there may be a better plan\n"));
	cr_assert(strstr(text.data, "more large or oversized classes\n"
				    "  school  grade  sections    pupils   large  oversized\n"
				    "  A           1    2 -> 1  60 -> 59  0 -> 1          0\n"));
	text_free(&text);
	arena_close(&arena);
}

/* Numbers end where numbers end; a wide character takes two columns, a control byte is none. */
Test(comparison, columns_line_up)
{
	struct grid grid = {.align = "lrl"};
	struct text text = {0};

	grid_header(&grid, "group,pupils,");
	grid_text(&grid, "随迁");
	grid_signed(&grid, 1500, 3);
	grid_text(&grid, "x\ty");
	grid_end(&grid);
	grid_text(&grid, "g");
	grid_change(&grid, 7, 5, 0);
	grid_percent(&grid, 1, 3);
	grid_end(&grid);
	grid_text(&grid, "h");
	grid_change(&grid, -7, -7, 0);
	grid_end(&grid);
	grid_print(&grid, &text);
	cr_assert_str_eq(text.data, "  group  pupils\n"
				    "  随迁   +1.500  x?y\n"
				    "  g      7 -> 5  33.3 %\n"
				    "  h          -7\n");
	text_free(&text);
}
