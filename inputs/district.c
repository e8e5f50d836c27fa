#include "inputs/district.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "inputs/config.h"
#include "inputs/crosscheck.h"
#include "inputs/link.h"
#include "inputs/pseudonym.h"
#include "inputs/tables.h"

/* The settings of the command line, after district.json's. */
static int apply_overrides(struct config *config, const struct override *overrides, size_t n,
			   struct arena *arena, struct diags *diags)
{
	const char *wrong, *key;

	for (size_t i = 0; i < n; i++) {
		const struct setting *setting = setting_find(overrides[i].key);

		if (!setting)
			return diag_error(diags, DIAG_USAGE, place_none(),
					  "--set %s: there is no such setting", overrides[i].key);
		wrong = setting_read(arena, &config->settings, setting, overrides[i].value);
		if (wrong)
			return diag_error(diags, DIAG_USAGE, place_none(), "--set %s: %s",
					  overrides[i].key, wrong);
	}
	wrong = settings_contradiction(arena, &config->settings, &key);
	if (n > 0 && wrong)
		return diag_error(diags, DIAG_USAGE, place_none(), "--set %s: %s", key, wrong);
	return 0;
}

static void default_month(struct config *config, struct arena *arena)
{
	if (*config->settings.month)
		return;
	config->settings.month = config->year ? arena_printf(arena, "%04d-09", (int)config->year)
					      : "9999-12";
}

static int check_folder(const char *path, struct diags *diags)
{
	struct stat status;

	if (stat(path, &status) != 0)
		return diag_error(diags, DIAG_FILE_MISSING, place_file(path), "cannot open: %s",
				  strerror(errno));
	if (!S_ISDIR(status.st_mode))
		return diag_error(diags, DIAG_FILE_READ, place_file(path),
				  "a district is a folder, not a file");
	return 0;
}

/* Every child, and every household, by its pseudonym. */
static int replace_ids(struct district *district, const struct table *students,
		       struct diags *diags)
{
	struct pseudonym_key *key = memory_array(1, sizeof *key);
	int result = pseudonym_key_read(key, district->settings.pseudonyms, diags);
	char text[PSEUDONYM_SIZE];

	for (size_t i = 0; i < students->n_rows && result == 0; i++) {
		struct student_row *row = table_row(students, i);

		pseudonym_of(key, row->student, text);
		row->student = arena_text(&district->arena, text, PSEUDONYM_SIZE - 1);
		if (!*row->household)
			continue;
		pseudonym_of(key, row->household, text);
		row->household = arena_text(&district->arena, text, PSEUDONYM_SIZE - 1);
	}
	memory_free(key);
	return result;
}

static int read_tables(struct district *district, const struct config *config,
		       struct diags *diags)
{
	struct tables tables;
	int result = tables_read(&tables, config, &district->arena, diags);

	if (*district->settings.pseudonyms && replace_ids(district, &tables.students, diags))
		result = -1;
	if (district_link(district, &tables, diags))
		result = -1;
	if (crosscheck(&tables, diags))
		result = -1;
	tables_close(&tables);
	return result;
}

int district_read(struct district *district, const char *path, const struct override *overrides,
		  size_t n_overrides, struct diags *diags)
{
	struct config config;
	struct arena *arena = &district->arena;
	int result;

	*district = (struct district){.path = path};
	arena_open(arena);
	if (check_folder(path, diags))
		return -1;
	result = config_read(&config, path, arena, diags);
	if (apply_overrides(&config, overrides, n_overrides, arena, diags))
		result = -1;
	default_month(&config, arena);
	district->name = config.name;
	district->crs = config.crs;
	district->year = config.year;
	district->settings = config.settings;
	return read_tables(district, &config, diags) ? -1 : result;
}

void district_close(struct district *district)
{
	arena_close(&district->arena);
}

enum need district_need(const struct district *district, size_t group, int grade)
{
	enum need need = (enum need)district->groups[group].need;

	return need == NEED_BOARDING && grade <= 3 ? NEED_NONE : need;
}

int64_t district_limit(const struct district *district, size_t group, int grade)
{
	if (district_need(district, group, grade) == NEED_BOARDING)
		return INT64_MAX;
	if (district->groups[group].limit_km != NOT_GIVEN)
		return district->groups[group].limit_km;
	return grade <= LAST_PRIMARY ? district->settings.limit_primary
				     : district->settings.limit_junior;
}

int64_t district_class_size(const struct district *district, int grade)
{
	return grade <= LAST_PRIMARY ? district->settings.class_primary
				     : district->settings.class_junior;
}

const struct offering *district_offering(const struct district *district, size_t school, int grade)
{
	const struct school *here = &district->schools[school];

	for (size_t i = 0; i < here->n_offerings; i++)
		if (district->offerings[here->first_offering + i].grade == grade)
			return &district->offerings[here->first_offering + i];
	return NULL;
}

/* Every table struct that has an id begins with it. */
static int compare_id(const void *id, const void *element)
{
	return strcmp(id, *(const char *const *)element);
}

static size_t find(const void *table, size_t count, size_t size, const char *id)
{
	const char *found = count ? bsearch(id, table, count, size, compare_id) : NULL;

	return found ? (size_t)(found - (const char *)table) / size : NONE;
}

size_t district_school(const struct district *district, const char *id)
{
	return find(district->schools, district->n_schools, sizeof *district->schools, id);
}

size_t district_zone(const struct district *district, const char *id)
{
	return find(district->zones, district->n_zones - district->n_homes,
		    sizeof *district->zones, id);
}

size_t district_group(const struct district *district, const char *id)
{
	return find(district->groups, district->n_groups, sizeof *district->groups, id);
}

size_t district_student(const struct district *district, const char *id)
{
	return find(district->students, district->n_students, sizeof *district->students, id);
}

size_t district_choice(const struct district *district, size_t child, size_t school)
{
	const struct student *student = &district->students[child];

	for (size_t i = 0; i < student->n_choices && school != NONE; i++)
		if (district->choices[student->first_choice + i] == school)
			return i + 1;
	return 0;
}

int64_t district_pupils(const struct district *district)
{
	int64_t pupils = 0;

	for (size_t i = 0; i < district->n_cells; i++)
		pupils += district->cells[i].pupils;
	return pupils;
}
