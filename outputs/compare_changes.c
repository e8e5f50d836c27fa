#include "outputs/compare_changes.h"

#include <inttypes.h>

#include "outputs/figures.h"
#include "outputs/grid.h"

/* Lines of the longest lists; the tables have all of them. */
enum { MOST_LINES = 10 };

/* --- who moves ------------------------------------------------------------------------------- */

static void add_total(struct text *out, const char *before, int64_t number, const char *what)
{
	if (number > 0)
		text_printf(out, "%s%" PRId64 " %s", before, number, what);
}

static void add_move_line(struct text *out, const struct comparison *comparison)
{
	const struct move_totals *totals = &comparison->totals;
	const int64_t *changed = totals->changed;
	int64_t transferred = changed[PUPILS_TRANSFERRED], moved = move_totals_moved(totals);

	text_printf(out, "\n%" PRId64 " of %" PRId64 " pupils move (", moved, totals->in_both);
	text_add_decimal(out, thousandths(moved, totals->in_both), 1, false);
	text_add(out, " %)");
	add_total(out, "; ", changed[PUPILS_PLACED], "of them had no place");
	add_total(out, "; ", changed[PUPILS_UNPLACED], "of them lose their place");
	add_total(out, "\n", changed[PUPILS_NEW], "pupils are only in the second plan (new)");
	add_total(out, "\n", changed[PUPILS_GONE], "pupils are only in the first plan (gone)");
	if (transferred > 0) {
		text_add(out, "\nmean way of those who change school: ");
		text_add_decimal(out, mean_metres(comparison->metres[0], transferred), 3, false);
		text_add(out, " -> ");
		text_add_decimal(out, mean_metres(comparison->metres[1], transferred), 3, false);
		text_add(out, " km");
	}
	text_add(out, "\n");
}

static int64_t everybody(const struct move_totals *totals)
{
	return totals->in_both + totals->changed[PUPILS_NEW] + totals->changed[PUPILS_GONE];
}

/* The changes of a kind have a column where anybody has it. */
static void add_grade(struct grid *grid, int grade, const struct comparison *comparison)
{
	const struct move_totals *totals = &comparison->grades[grade];
	int64_t moved = move_totals_moved(totals);

	grid_number(grid, grade, 0);
	grid_number(grid, totals->in_both, 0);
	grid_number(grid, moved, 0);
	grid_percent(grid, moved, totals->in_both);
	for (int i = PUPILS_PLACED; i < PUPIL_CHANGE_COUNT; i++)
		if (comparison->totals.changed[i] > 0)
			grid_number(grid, totals->changed[i], 0);
	grid_end(grid);
}

static void add_grades(struct text *out, const struct comparison *comparison)
{
	struct grid grid = {.align = "lrrrrrrr"};

	if (comparison->n_moves == 0)
		return;
	grid_text(&grid, "grade");
	grid_text(&grid, "pupils");
	grid_text(&grid, "move");
	grid_text(&grid, "share");
	for (int i = PUPILS_PLACED; i < PUPIL_CHANGE_COUNT; i++)
		if (comparison->totals.changed[i] > 0)
			grid_text(&grid, pupil_change_word((enum pupil_change)i));
	grid_end(&grid);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		if (everybody(&comparison->grades[g]) > 0)
			add_grade(&grid, g, comparison);
	grid_print(&grid, out);
}

/* A heading of a list of which the first lines are shown. */
static void add_heading(struct text *out, const char *what, size_t n)
{
	if (n > MOST_LINES)
		text_printf(out, "\n%s: the first %d of %zu\n", what, MOST_LINES, n);
	else
		text_printf(out, "\n%s\n", what);
}

static void add_flow(struct grid *grid, const struct school_flow *flow)
{
	grid_number(grid, flow->pupils, 0);
	grid_text(grid, flow->from ? flow->from : "(no place)");
	grid_text(grid, "->");
	grid_text(grid, flow->to ? flow->to : "(no place)");
	if (flow->from && flow->to)
		grid_change(grid, mean_metres(flow->metres[0], flow->pupils),
			    mean_metres(flow->metres[1], flow->pupils), 3);
	grid_end(grid);
}

static void add_flows(struct text *out, const struct comparison *comparison)
{
	struct grid grid = {.align = "rlllr"};

	if (comparison->n_flows == 0)
		return;
	add_heading(out, "from school to school, most pupils first", comparison->n_flows);
	grid_header(&grid, "pupils,from,,to,mean km");
	for (size_t i = 0; i < comparison->n_flows && i < MOST_LINES; i++)
		add_flow(&grid, &comparison->flows[i]);
	grid_print(&grid, out);
}

void compare_text_pupils(struct text *out, const struct comparison *comparison)
{
	add_move_line(out, comparison);
	add_grades(out, comparison);
	add_flows(out, comparison);
}

/* --- classes --------------------------------------------------------------------------------- */

/* What offerings of one kind of change come to. */
struct class_sums {
	int64_t offerings, sections, load, large, oversized;
};

static void add_class_kind(struct grid *grid, const struct comparison *comparison,
			   enum class_change change)
{
	struct class_sums sums = {0};

	for (size_t i = 0; i < comparison->n_offerings; i++) {
		const struct offering_change *offering = &comparison->offerings[i];
		const struct plan_offering_row *rows = offering->rows;

		if (offering->change != change)
			continue;
		sums.offerings++;
		sums.sections += rows[1].sections - rows[0].sections;
		sums.load += rows[1].load - rows[0].load;
		sums.large += rows[1].large - rows[0].large;
		sums.oversized += rows[1].oversized - rows[0].oversized;
	}
	if (sums.offerings == 0)
		return;
	grid_text(grid, class_change_word(change));
	grid_number(grid, sums.offerings, 0);
	grid_signed(grid, sums.sections, 0);
	grid_signed(grid, sums.load, 0);
	grid_signed(grid, sums.large, 0);
	grid_signed(grid, sums.oversized, 0);
	grid_end(grid);
}

static void add_class_kinds(struct text *out, const struct comparison *comparison)
{
	struct grid grid = {.align = "lrrrrr"};

	text_printf(out, "\n%zu offerings (a school's grade) differ\n", comparison->n_offerings);
	if (comparison->n_offerings == 0)
		return;
	grid_header(&grid, "change,offerings,sections,pupils,large,oversized");
	for (int change = 0; change < CLASS_CHANGE_COUNT; change++)
		add_class_kind(&grid, comparison, (enum class_change)change);
	grid_print(&grid, out);
}

/* How many more oversized and large classes an offering has in the second plan. */
static int64_t more_oversized(const struct offering_change *offering)
{
	return offering->rows[1].oversized - offering->rows[0].oversized;
}

static int64_t more_large(const struct offering_change *offering)
{
	return offering->rows[1].large - offering->rows[0].large;
}

/* The most first; else in the order of their ids, in which they stand in memory. */
static int by_large(const void *a, const void *b, void *context)
{
	const struct offering_change *first = *(const struct offering_change *const *)a;
	const struct offering_change *second = *(const struct offering_change *const *)b;
	int64_t more = more_oversized(second) - more_oversized(first);

	(void)context;
	if (more == 0)
		more = more_large(second) - more_large(first);
	if (more != 0)
		return more > 0 ? 1 : -1;
	return (first > second) - (first < second);
}

static void add_crowded(struct grid *grid, const struct offering_change *offering)
{
	const struct plan_offering_row *rows = offering->rows;

	grid_text(grid, rows[0].school);
	grid_number(grid, rows[0].grade, 0);
	grid_change(grid, rows[0].sections, rows[1].sections, 0);
	grid_change(grid, rows[0].load, rows[1].load, 0);
	grid_change(grid, rows[0].large, rows[1].large, 0);
	grid_change(grid, rows[0].oversized, rows[1].oversized, 0);
	grid_end(grid);
}

/* Where there are more large or oversized classes. */
static void add_more_crowded(struct text *out, const struct comparison *comparison)
{
	const struct offering_change **list = memory_array(comparison->n_offerings, sizeof *list);
	struct grid grid = {.align = "lrrrrr"};
	size_t n = 0;

	for (size_t i = 0; i < comparison->n_offerings; i++)
		if (more_oversized(&comparison->offerings[i]) > 0 ||
		    more_large(&comparison->offerings[i]) > 0)
			list[n++] = &comparison->offerings[i];
	memory_sort(list, n, sizeof *list, by_large, NULL);
	if (n > 0) {
		add_heading(out, "more large or oversized classes", n);
		grid_header(&grid, "school,grade,sections,pupils,large,oversized");
	}
	for (size_t i = 0; i < n && i < MOST_LINES; i++)
		add_crowded(&grid, list[i]);
	grid_print(&grid, out);
	memory_free(list);
}

void compare_text_classes(struct text *out, const struct comparison *comparison)
{
	add_class_kinds(out, comparison);
	add_more_crowded(out, comparison);
}
