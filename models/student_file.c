#include "models/student_file.h"

#include <stdlib.h>

enum { MOST_KM = 100000, MOST_RANK = 1000000, MOST_SECTION = 100000, MOST_PLACE = 100000000 };

#define AT(row, field) .offset = offsetof(struct row, field)

static const struct column student_columns[] = {
	{"student", COLUMN_ID, true, AT(plan_student_row, student)},
	{"school", COLUMN_ID, false, AT(plan_student_row, school)},
	{"section", COLUMN_COUNT, false, AT(plan_student_row, section), .least = 1,
	 .most = MOST_SECTION, .fallback = NOT_GIVEN},
	{"km", COLUMN_DECIMAL, false, AT(plan_student_row, km), .most = MOST_KM,
	 .fallback = NOT_GIVEN},
	{"rank", COLUMN_COUNT, false, AT(plan_student_row, rank), .least = 1, .most = MOST_RANK,
	 .fallback = NOT_GIVEN},
	{"reason", COLUMN_TEXT, true, AT(plan_student_row, reason)},
	{"nearness", COLUMN_COUNT, false, AT(plan_student_row, nearness), .least = 1,
	 .most = MOST_RANK, .fallback = NOT_GIVEN},
	{0},
};

static const struct column lot_columns[] = {
	{"student", COLUMN_ID, true, AT(plan_lot_row, student)},
	{"lot", COLUMN_ID, true, AT(plan_lot_row, lot)},
	{0},
};

static const struct column waiting_columns[] = {
	{"school", COLUMN_ID, true, AT(plan_waiting_row, school)},
	{"grade", COLUMN_COUNT, true, AT(plan_waiting_row, grade), .least = FIRST_GRADE,
	 .most = LAST_GRADE},
	{"place", COLUMN_COUNT, true, AT(plan_waiting_row, place), .least = 1, .most = MOST_PLACE},
	{"student", COLUMN_ID, true, AT(plan_waiting_row, student)},
	{"wants", COLUMN_ID, true, AT(plan_waiting_row, wants)},
	{0},
};

static const struct column notice_columns[] = {
	{"student", COLUMN_ID, true, AT(plan_notice_row, student)},
	{.name = "grade", .type = COLUMN_IGNORED},
	{"school", COLUMN_ID, false, AT(plan_notice_row, school)},
	{.name = "school_name", .type = COLUMN_IGNORED},
	{"section", COLUMN_COUNT, false, AT(plan_notice_row, section), .least = 1,
	 .most = MOST_SECTION, .fallback = NOT_GIVEN},
	{.name = "km", .type = COLUMN_IGNORED},
	{.name = "waiting", .type = COLUMN_IGNORED},
	{.name = "notice", .type = COLUMN_IGNORED},
	{0},
};

static const struct table_spec students_spec = {"students", student_columns,
						.row_size = sizeof(struct plan_student_row),
						.secret = true};
static const struct table_spec lottery_spec = {"lottery", lot_columns,
					       .row_size = sizeof(struct plan_lot_row),
					       .secret = true};
static const struct table_spec waiting_spec = {"waiting", waiting_columns,
					       .row_size = sizeof(struct plan_waiting_row),
					       .secret = true};
static const struct table_spec notices_spec = {"notices", notice_columns,
					       .row_size = sizeof(struct plan_notice_row),
					       .secret = true};

struct place student_file_place(const struct table *table, size_t row, const char *column,
				const struct diags *diags)
{
	if (!diag_shows(diags, table->file.path))
		return place_file(table->file.path);
	return table_place(table, row, column);
}

static void wrong(const struct student_file *file, const struct plan_student_row *row,
		  const char *column, const char *text, struct diags *diags)
{
	diag_error(diags, DIAG_PLAN, student_file_place(&file->students, row->row, column, diags),
		   "%s", text);
}

static void take_row(struct student_file *file, size_t i, struct diags *diags)
{
	const struct plan_student_row *row = table_row(&file->students, i);
	size_t student = district_student(file->district, row->student);

	if (student == NONE) {
		wrong(file, row, "student", "this child is not in the district", diags);
		return;
	}
	if (file->row_of[student] != NONE) {
		wrong(file, row, "student", "this child stands twice", diags);
		return;
	}
	file->row_of[student] = i;
	file->school[student] = *row->school ? district_school(file->district, row->school) : NONE;
	if (*row->school && file->school[student] == NONE)
		wrong(file, row, "school", "this school is not in the district", diags);
}

static void take_rows(struct student_file *file, struct diags *diags)
{
	size_t n = file->district->n_students, missing = 0;

	file->row_of = memory_array(n, sizeof *file->row_of);
	file->school = memory_array(n, sizeof *file->school);
	for (size_t i = 0; i < n; i++)
		file->row_of[i] = file->school[i] = NONE;
	for (size_t i = 0; i < file->students.n_rows; i++)
		take_row(file, i, diags);
	for (size_t i = 0; i < n; i++)
		missing += file->row_of[i] == NONE;
	if (missing > 0)
		diag_error(diags, DIAG_PLAN, place_file(file->students.file.path),
			   "%zu of the district's %zu children are missing", missing, n);
}

int student_file_read(struct student_file *file, const struct district *district,
		      const char *folder, struct arena *arena, struct diags *diags)
{
	const struct {
		const char *name;
		struct table *table;
		const struct table_spec *spec;
	} tables[] = {{"students", &file->students, &students_spec},
		      {"lottery", &file->lottery, &lottery_spec},
		      {"waiting", &file->waiting, &waiting_spec},
		      {"notices", &file->notices, &notices_spec}};
	int result = 0;

	*file = (struct student_file){.district = district};
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (table_read(tables[i].table, tables[i].spec,
			       arena_printf(arena, "%s/%s.csv", folder, tables[i].name), true,
			       arena, diags))
			result = -1;
	if (result)
		return -1;
	take_rows(file, diags);
	return 0;
}

size_t student_file_homes(const struct student_file *file, struct audit_row *rows)
{
	const struct district *district = file->district;
	size_t n = 0;

	for (size_t i = 0; i < district->n_students; i++) {
		const struct cell *cell = district_cell_of(district, i);

		if (file->row_of[i] != NONE && district_is_home(district, cell->zone))
			rows[n++] = (struct audit_row){cell->zone, cell->group, file->school[i],
						       cell->grade, 1};
	}
	return audit_rows_join(rows, n);
}

bool student_file_is_whole(const struct student_file *file)
{
	for (size_t i = 0; i < file->district->n_students; i++)
		if (file->row_of[i] == NONE)
			return false;
	return true;
}

void student_file_close(struct student_file *file)
{
	if (!file->district)
		return;
	table_close(&file->students);
	table_close(&file->lottery);
	table_close(&file->waiting);
	table_close(&file->notices);
	free(file->row_of);
	free(file->school);
}
