#include "models/plan_file.h"

#include <stdlib.h>
#include <string.h>

#include "models/plan_columns.h"

/* Half of the third decimal, in nano-km. */
enum { KM_TOLERANCE = 500000 };

static int unknown(const struct table *table, const struct plan_row *row, const char *column,
		   const char *id, struct diags *diags)
{
	return diag_error(diags, DIAG_PLAN, table_place(table, row->row, column),
			  "%s '%s' is not in the district", column, id);
}

/* The index of a zone; for the name of all homes that of the first. */
static size_t zone_of(const struct district *district, const char *id)
{
	if (district->n_homes > 0 && strcmp(id, HOME_POINTS) == 0)
		return district->n_zones - district->n_homes;
	return district_zone(district, id);
}

/* Adds a row of the table, unless it names what the district does not have. */
static void take_row(struct plan_file *file, const struct table *table, const struct plan_row *row,
		     struct diags *diags)
{
	const struct district *district = file->district;
	bool placed = table == &file->assignment;
	struct audit_row made = {
		.zone = zone_of(district, row->zone),
		.group = district_group(district, row->group),
		.school = placed ? district_school(district, row->school) : NONE,
		.grade = row->grade, .pupils = row->pupils};

	if (made.zone == NONE)
		unknown(table, row, "zone", row->zone, diags);
	if (made.group == NONE)
		unknown(table, row, "group", row->group, diags);
	if (placed && made.school == NONE)
		unknown(table, row, "school", row->school, diags);
	if (made.zone == NONE || made.group == NONE || (placed && made.school == NONE))
		return;
	if (district_is_home(district, made.zone)) {
		file->homes[file->n_homes++] = (struct plan_home_row){made, row->km};
		return;
	}
	file->rows[file->n_rows] = made;
	file->line_of[file->n_rows] = row->row;
	file->reasons[file->n_rows] = placed ? "" : row->reason;
	file->km[file->n_rows++] = row->km;
}

static void take_table(struct plan_file *file, const struct table *table, struct diags *diags)
{
	for (size_t i = 0; i < table->n_rows; i++)
		take_row(file, table, table_row(table, i), diags);
}

int plan_file_read(struct plan_file *file, const struct district *district, const char *folder,
		   struct arena *arena, struct diags *diags)
{
	const char *placed = arena_printf(arena, "%s/assignment.csv", folder);
	const char *left = arena_printf(arena, "%s/unplaced.csv", folder);
	size_t n = district->n_homes > 0 ? district->n_students : 0;
	int result;

	*file = (struct plan_file){.district = district};
	result = table_read(&file->assignment, &plan_assignment_spec, placed, true, arena, diags);
	if (table_read(&file->unplaced, &plan_unplaced_spec, left, true, arena, diags) || result)
		return -1;
	if (district->n_students > 0 &&
	    student_file_read(&file->students, district, folder, arena, diags))
		return -1;
	n += file->assignment.n_rows + file->unplaced.n_rows;
	file->rows = memory_array(n, sizeof *file->rows);
	file->homes = memory_array(n, sizeof *file->homes);
	file->line_of = memory_array(n, sizeof *file->line_of);
	file->km = memory_array(n, sizeof *file->km);
	file->reasons = memory_array(n, sizeof *file->reasons);
	take_table(file, &file->assignment, diags);
	file->n_placed = file->n_rows;
	take_table(file, &file->unplaced, diags);
	file->n_tables = file->n_rows;
	if (district->n_homes > 0)
		file->n_rows += student_file_homes(&file->students, file->rows + file->n_rows);
	return 0;
}

static struct place place_in(struct plan_file *file, size_t row, const char *column)
{
	const struct table *table = row < file->n_placed || row == file->n_rows
					    ? &file->assignment : &file->unplaced;

	if (row >= file->n_tables && row < file->n_rows)
		return place_file(file->students.students.file.path);
	if (row == file->n_rows || ++file->places_asked > 4 * DIAG_PER_FILE)
		return place_file(table->file.path);
	return table_place(table, file->line_of[row], column);
}

struct place plan_file_place(void *file, size_t row)
{
	return place_in(file, row, "zone");
}

int plan_file_check_km(struct plan_file *file, const struct distances *distances,
		       struct diags *diags)
{
	int result = 0;

	for (size_t i = 0; i < file->n_placed; i++) {
		const struct audit_row *row = &file->rows[i];
		int64_t metres = distance_metres(distances, row->zone, row->school);
		int64_t off = file->km[i] - metres * (NANO / 1000);

		if (metres != UNREACHABLE && off >= -KM_TOLERANCE && off <= KM_TOLERANCE)
			continue;
		result = diag_error(diags, DIAG_PLAN, place_in(file, i, "km"),
				    "km from zone '%s' to school '%s' is %.3f, but should be %.3f",
				    file->district->zones[row->zone].id,
				    file->district->schools[row->school].id,
				    (double)file->km[i] / (double)NANO, (double)metres / 1000);
	}
	return result;
}

const char *plan_file_reason(const struct plan_file *file, const struct cell *cell)
{
	for (size_t i = file->n_placed; i < file->n_tables; i++) {
		const struct audit_row *row = &file->rows[i];

		if (row->zone == cell->zone && row->grade == cell->grade &&
		    row->group == cell->group)
			return file->reasons[i];
	}
	return NULL;
}

void plan_file_close(struct plan_file *file)
{
	table_close(&file->assignment);
	table_close(&file->unplaced);
	student_file_close(&file->students);
	free(file->homes);
	free(file->rows);
	free(file->line_of);
	free(file->km);
	free(file->reasons);
}
