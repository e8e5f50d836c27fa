#include "models/written_plan.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Thousandths of a KPI are whole numbers that fit. */
#define MOST_KPI 1e15

/* --- orders ---------------------------------------------------------------------------------- */

int plan_cell_compare(const void *a, const void *b)
{
	const struct plan_row *first = a, *second = b;
	int order = strcmp(first->zone, second->zone);

	if (order == 0)
		order = first->grade - second->grade;
	return order ? order : strcmp(first->group, second->group);
}

int plan_school_compare(const void *a, const void *b)
{
	const struct plan_row *first = a, *second = b;

	if (!first->school || !second->school)
		return (first->school == NULL) - (second->school == NULL);
	return strcmp(first->school, second->school);
}

int plan_row_compare(const void *a, const void *b)
{
	int order = plan_cell_compare(a, b);

	return order ? order : plan_school_compare(a, b);
}

int plan_offering_compare(const void *a, const void *b)
{
	const struct plan_offering_row *first = a, *second = b;
	int order = strcmp(first->school, second->school);

	return order ? order : first->grade - second->grade;
}

int plan_group_compare(const void *a, const void *b)
{
	const struct plan_group_row *first = a, *second = b;

	return strcmp(first->group, second->group);
}

/* How the rows of a table are ordered, and what tells one from another. */
struct order {
	int (*compare)(const void *a, const void *b);
	const char *first, *keys;
};

static const struct order assignment_order = {plan_row_compare, "zone",
					      "zone, grade, group and school"};
static const struct order unplaced_order = {plan_row_compare, "zone", "zone, grade and group"};
static const struct order offering_order = {plan_offering_compare, "school", "school and grade"};
static const struct order group_order = {plan_group_compare, "group", "group"};

/* By the keys, then by the number in the file, with which every row begins. */
static int row_compare(const void *a, const void *b, void *context)
{
	const struct order *order = context;
	const size_t *first = a, *second = b;
	int result = order->compare(a, b);

	return result ? result : (*first > *second) - (*first < *second);
}

/* Rows come sorted, and a place costs a reading of the file: only what is shown has one. */
static struct place error_place(const struct table *table, size_t row, const char *column,
				const struct diags *diags)
{
	return diag_shows(diags, table->file.path) ? table_place(table, row, column)
						   : place_file(table->file.path);
}

/* Sorts the rows and reports those that stand twice. */
static int order_table(const struct table *table, const struct order *order, struct diags *diags)
{
	int result = 0;

	memory_sort(table->rows, table->n_rows, table->spec->row_size, row_compare,
		    (void *)(uintptr_t)order);
	for (size_t i = 1; i < table->n_rows; i++) {
		const size_t *row = table_row(table, i);

		if (order->compare(table_row(table, i - 1), row) == 0)
			result = diag_error(diags, DIAG_DUPLICATE,
					    error_place(table, *row, order->first, diags),
					    "a row of the same %s stands before", order->keys);
	}
	return result;
}

/* --- what the tables say of each other ------------------------------------------------------- */

static bool offered(const struct written_plan *plan, const struct plan_row *row)
{
	struct plan_offering_row key = {.school = row->school, .grade = row->grade};

	return plan->offerings.n_rows > 0 &&
	       bsearch(&key, plan->offerings.rows, plan->offerings.n_rows, sizeof key,
		       plan_offering_compare);
}

static bool known_group(const struct written_plan *plan, const struct plan_row *row)
{
	struct plan_group_row key = {.group = row->group};

	return plan->groups.n_rows > 0 &&
	       bsearch(&key, plan->groups.rows, plan->groups.n_rows, sizeof key,
		       plan_group_compare);
}

static int check_row(const struct written_plan *plan, const struct table *table,
		     const struct plan_row *row, struct diags *diags)
{
	int result = 0;

	if (row->pupils < 1)
		result = diag_error(diags, DIAG_CSV_RANGE,
				    error_place(table, row->row, "pupils", diags),
				    "pupils '%" PRId64 "' is outside the range 1..%d",
				    row->pupils, PLAN_MOST_PUPILS);
	if (row->school && !plan->offerings.broken && !offered(plan, row))
		result = diag_error(diags, DIAG_UNKNOWN_ID,
				    error_place(table, row->row, "school", diags),
				    "school '%s' with grade %d is not in offerings.csv",
				    row->school, row->grade);
	if (!plan->groups.broken && !known_group(plan, row))
		result = diag_error(diags, DIAG_UNKNOWN_ID,
				    error_place(table, row->row, "group", diags),
				    "group '%s' is not in groups.csv", row->group);
	return result;
}

static int check_rows(const struct written_plan *plan, const struct table *table,
		      struct diags *diags)
{
	int result = 0;

	for (size_t i = 0; i < table->n_rows; i++)
		if (check_row(plan, table, table_row(table, i), diags))
			result = -1;
	return result;
}

static int check_pupils(const struct written_plan *plan, struct diags *diags)
{
	const double *want = plan_summary_kpi(&plan->summary, "pupils");
	int64_t pupils = 0;

	for (size_t i = 0; i < plan->n_rows; i++)
		pupils += plan->rows[i].pupils;
	if (pupils > PLAN_MOST_PUPILS)
		return diag_error(diags, DIAG_TOO_LARGE, place_file(plan->folder),
				  "there are more than %d pupils", PLAN_MOST_PUPILS);
	if (want && fabs(*want - (double)pupils) > 0)
		return diag_error(diags, DIAG_PLAN, place_file(plan->summary.path),
				  "pupils is %.15g, but assignment.csv and unplaced.csv have %"
				  PRId64, *want, pupils);
	return 0;
}

static int check_kpis(const struct plan_summary *summary, struct diags *diags)
{
	int result = 0;

	for (size_t i = 0; i < summary->n_kpis; i++)
		if (fabs(summary->kpis[i].value) > MOST_KPI)
			result = diag_error(diags, DIAG_TOO_LARGE, place_file(summary->path),
					    "%s is too large", summary->kpis[i].name);
	return result;
}

/* --- reading --------------------------------------------------------------------------------- */

static int check_folder(const char *folder, struct diags *diags)
{
	struct stat status;

	if (stat(folder, &status))
		return diag_error(diags, errno == ENOENT ? DIAG_FILE_MISSING : DIAG_FILE_READ,
				  place_file(folder), "cannot open: %s", strerror(errno));
	if (!S_ISDIR(status.st_mode))
		return diag_error(diags, DIAG_FILE_READ, place_file(folder),
				  "is a file, not a folder");
	return 0;
}

static int read_table(struct table *table, const struct table_spec *spec,
		      const struct order *order, const char *folder, struct arena *arena,
		      struct diags *diags)
{
	const char *path = arena_printf(arena, "%s/%s.csv", folder, spec->name);
	int result = table_read(table, spec, path, true, arena, diags);

	return order_table(table, order, diags) ? -1 : result;
}

/* One list from two that are in order. */
static void merge_rows(struct written_plan *plan, struct arena *arena)
{
	const struct plan_row *placed = table_row(&plan->assignment, 0);
	const struct plan_row *left = table_row(&plan->unplaced, 0);
	size_t n_placed = plan->assignment.n_rows, n_left = plan->unplaced.n_rows;

	plan->rows = arena_array(arena, n_placed + n_left, sizeof *plan->rows);
	while (n_placed > 0 || n_left > 0) {
		bool from_placed = n_placed > 0 &&
				   (n_left == 0 || plan_cell_compare(placed, left) <= 0);

		plan->rows[plan->n_rows++] = from_placed ? *placed++ : *left++;
		n_placed -= from_placed;
		n_left -= !from_placed;
	}
}

static int read_tables(struct written_plan *plan, struct arena *arena, struct diags *diags)
{
	const struct {
		struct table *table;
		const struct table_spec *spec;
		const struct order *order;
	} tables[] = {
		{&plan->assignment, &plan_assignment_spec, &assignment_order},
		{&plan->unplaced, &plan_unplaced_spec, &unplaced_order},
		{&plan->offerings, &plan_offering_spec, &offering_order},
		{&plan->groups, &plan_group_spec, &group_order},
	};
	int result = 0;

	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (read_table(tables[i].table, tables[i].spec, tables[i].order, plan->folder,
			       arena, diags))
			result = -1;
	return result;
}

int written_plan_read(struct written_plan *plan, const char *folder, struct arena *arena,
		      struct diags *diags)
{
	int result;

	*plan = (struct written_plan){.folder = folder};
	if (check_folder(folder, diags))
		return -1;
	result = plan_summary_read(&plan->summary, folder, arena, diags);
	if (check_kpis(&plan->summary, diags))
		result = -1;
	if (read_tables(plan, arena, diags))
		result = -1;
	if (check_rows(plan, &plan->assignment, diags))
		result = -1;
	if (check_rows(plan, &plan->unplaced, diags) || result)
		return -1;
	merge_rows(plan, arena);
	return check_pupils(plan, diags);
}

void written_plan_close(struct written_plan *plan)
{
	table_close(&plan->assignment);
	table_close(&plan->unplaced);
	table_close(&plan->offerings);
	table_close(&plan->groups);
}
