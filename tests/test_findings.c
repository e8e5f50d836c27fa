/* Shortages planted one by one: the finding names the place, and its cure brings what it says. */
#include <cjson/cJSON.h>
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "inputs/base/memory.h"
#include "inputs/base/text.h"
#include "solver/commands/commands.h"
#include "tests/scratch_folder.h"

enum { MOST_ROWS = 40, MOST_COLUMNS = 12, CELL = 24, MOST_SETTINGS = 8, MOST_LEVELS = 8 };

/* A table whose cells need no quotes; row 0 is the header. */
struct sheet {
	const char *name;
	size_t n_rows, n_columns;
	char cells[MOST_ROWS][MOST_COLUMNS][CELL];
};

enum { SCHOOLS, OFFERINGS, ZONES, DEMAND, GROUPS, ACCESS, DISTANCES, SHEETS };

struct tables {
	struct sheet sheets[SHEETS];
	struct override settings[MOST_SETTINGS];
	char values[MOST_SETTINGS][CELL], keys[MOST_SETTINGS][CELL];
	size_t n_settings;
};

/* Everybody has a seat within the limit, and no class is large. */
static const char *const sound[SHEETS][2] = {
	{"schools.csv",
	 "school,lon,lat,opens,ownership,kind,max_pupils,boarding_beds,inclusion_places,"
	 "floor_m2,grades,classrooms\n"
	 "A,104.50,30.40,,public,ordinary,,10,10,,,\n"
	 "B,104.51,30.40,,public,ordinary,,0,0,,,\n"
	 "C,104.54,30.40,,public,ordinary,,0,0,,,\n"
	 "P,104.505,30.40,,private,ordinary,,0,0,,,\n"
	 "X,104.50,30.41,,public,special,,0,0,,,\n"
	 "N,104.545,30.40,2027-09,public,ordinary,,0,0,,,\n"},
	{"offerings.csv", "school,grade,sections\n"
	 "A,1,1\nA,4,1\nB,1,1\nB,4,1\nC,4,1\nP,1,1\nX,1,1\nX,4,1\nN,1,2\n"},
	{"zones.csv", "zone,lon,lat\nZ1,104.50,30.40\nZ2,104.51,30.40\nZ3,104.54,30.40\n"},
	{"demand.csv", "zone,grade,group,pupils\n"
	 "Z1,1,resident,30\nZ2,1,resident,30\nZ3,1,resident,10\nZ1,4,resident,20\n"
	 "Z2,4,resident,20\nZ3,4,resident,30\nZ3,4,boarder,5\nZ1,1,disabled,3\n"
	 "Z1,1,deaf,2\nZ1,1,migrant,5\n"},
	{"groups.csv", "group,needs,public_only,max_share,limit_km\n"
	 "resident,,,,\nmigrant,,yes,,\nboarder,boarding,,,\ndisabled,inclusion,,,\n"
	 "deaf,special,,,\n"},
	{"access.csv", "zone,school,rule,grade,group\n"},
	{"distances.csv", "zone,school,km\n"
	 "Z1,A,0.5\nZ1,B,1.5\nZ1,C,4.5\nZ1,P,1\nZ1,X,1\nZ1,N,5\n"
	 "Z2,A,1.5\nZ2,B,0.5\nZ2,C,3.5\nZ2,P,1\nZ2,X,2\nZ2,N,4\n"
	 "Z3,A,4.5\nZ3,B,2.5\nZ3,C,0.5\nZ3,P,3.5\nZ3,X,5\nZ3,N,0.5\n"},
};

/* --- tables ----------------------------------------------------------------------------------- */

/* Adds a row of cells that commas part. */
static void add_row(struct sheet *sheet, const char *row, size_t length)
{
	size_t column = 0;

	cr_assert(sheet->n_rows < MOST_ROWS);
	for (size_t i = 0, at = 0; i <= length; i++) {
		if (i < length && row[i] != ',') {
			cr_assert(at + 1 < CELL);
			sheet->cells[sheet->n_rows][column][at++] = row[i];
			continue;
		}
		column++;
		at = 0;
	}
	sheet->n_rows++;
	if (column > sheet->n_columns)
		sheet->n_columns = column;
}

static void fill(struct tables *tables)
{
	*tables = (struct tables){.n_settings = 0};
	for (int s = 0; s < SHEETS; s++) {
		const char *text = sound[s][1];

		tables->sheets[s].name = sound[s][0];
		for (; *text; text += strcspn(text, "\n") + 1)
			add_row(&tables->sheets[s], text, strcspn(text, "\n"));
	}
}

static void write_tables(const struct tables *tables, struct scratch *scratch)
{
	for (int s = 0; s < SHEETS; s++) {
		const struct sheet *sheet = &tables->sheets[s];
		struct text text = {0};

		for (size_t r = 0; r < sheet->n_rows; r++)
			for (size_t c = 0; c < sheet->n_columns; c++)
				text_printf(&text, "%s%s", sheet->cells[r][c],
					    c + 1 < sheet->n_columns ? "," : "\n");
		scratch_text(scratch, sheet->name, text.data);
		text_free(&text);
	}
	scratch_text(scratch, "district.json", "{\"name\": \"planted\", \"year\": 2026}\n");
}

static void set_setting(struct tables *tables, const char *key, const char *value)
{
	size_t i = tables->n_settings++;

	cr_assert(i < MOST_SETTINGS);
	snprintf(tables->keys[i], CELL, "%s", key);
	snprintf(tables->values[i], CELL, "%s", value);
	tables->settings[i] = (struct override){tables->keys[i], tables->values[i]};
}

/* --- changes ---------------------------------------------------------------------------------- */

static const char *said(const cJSON *object, const char *key, char *room)
{
	const cJSON *item = cJSON_GetObjectItem(object, key);

	*room = '\0';
	if (cJSON_IsString(item))
		snprintf(room, CELL, "%s", item->valuestring);
	else if (item)
		snprintf(room, CELL, "%.9g", item->valuedouble);
	return room;
}

static size_t column_of(const struct sheet *sheet, const char *name)
{
	for (size_t c = 0; c < sheet->n_columns; c++)
		if (strcmp(sheet->cells[0][c], name) == 0)
			return c;
	cr_assert_fail("%s has no column %s", sheet->name, name);
	return 0;
}

/* Whether a row has what the change says in the columns that are its key. */
static bool is_row(const struct sheet *sheet, size_t row, const cJSON *change)
{
	static const char *const keys[] = {"zone", "school", "grade", "group"};
	char room[CELL];

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (cJSON_HasObjectItem(change, keys[i]) &&
		    strcmp(sheet->cells[row][column_of(sheet, keys[i])],
			   said(change, keys[i], room)) != 0)
			return false;
	return true;
}

static void set_cell(struct sheet *sheet, const cJSON *change)
{
	char column[CELL], to[CELL], from[CELL], school[CELL], grade[CELL], row[4 * CELL];
	size_t r = 1, c = column_of(sheet, said(change, "column", column));

	said(change, "from", from);
	while (r < sheet->n_rows && !is_row(sheet, r, change))
		r++;
	if (r == sheet->n_rows) { /* no class so far, or some of shared classrooms */
		snprintf(row, sizeof row, "%s,%s,%s", said(change, "school", school),
			 said(change, "grade", grade), from);
		add_row(sheet, row, strlen(row));
	}
	cr_assert(strcmp(sheet->cells[r][c], from) == 0 || (!*from && !*sheet->cells[r][c]) ||
			  strcmp(from, "no") == 0, "%s is '%s', not '%s'", column,
		  sheet->cells[r][c], from);
	snprintf(sheet->cells[r][c], CELL, "%s", said(change, "to", to));
}

static void change_access(struct sheet *sheet, const cJSON *change)
{
	char zone[CELL], school[CELL], grade[CELL], group[CELL], row[5 * CELL];
	const cJSON *line = cJSON_GetObjectItem(change, "remove_line");

	if (line) {
		size_t r = (size_t)line->valueint - 1;

		for (; r + 1 < sheet->n_rows; r++)
			memcpy(sheet->cells[r], sheet->cells[r + 1], sizeof sheet->cells[r]);
		sheet->n_rows--;
		memset(sheet->cells[sheet->n_rows], 0, sizeof sheet->cells[0]);
		return;
	}
	snprintf(row, sizeof row, "%s,%s,only,%s,%s", said(change, "zone", zone),
		 said(change, "school", school), said(change, "grade", grade),
		 said(change, "group", group));
	add_row(sheet, row, strlen(row));
}

static void apply(struct tables *tables, const cJSON *changes)
{
	const cJSON *change;
	char key[CELL], to[CELL];

	cJSON_ArrayForEach(change, changes) {
		if (cJSON_HasObjectItem(change, "setting")) {
			set_setting(tables, said(change, "setting", key), said(change, "to", to));
			continue;
		}
		for (int s = 0; s < SHEETS; s++) {
			if (strcmp(tables->sheets[s].name, said(change, "table", key)) != 0)
				continue;
			if (s == ACCESS)
				change_access(&tables->sheets[s], change);
			else
				set_cell(&tables->sheets[s], change);
		}
	}
}

/* --- solving ---------------------------------------------------------------------------------- */

static cJSON *read_json(const char *path)
{
	static char text[1 << 20];
	FILE *file = fopen(path, "rb");
	size_t length;

	cr_assert_not_null(file, "%s", path);
	length = fread(text, 1, sizeof text - 1, file);
	fclose(file);
	text[length] = '\0';
	return cJSON_Parse(text);
}

/* The summary of the tables' plan; the caller deletes it. */
static cJSON *solve_tables(const struct tables *tables)
{
	struct scratch scratch;
	struct diags diags;
	char out[400];
	struct options options = {.overrides = tables->settings,
				  .n_overrides = tables->n_settings, .out = out};
	cJSON *summary;

	scratch_open(&scratch);
	write_tables(tables, &scratch);
	options.district = scratch.path;
	snprintf(out, sizeof out, "%s/plan", scratch.path);
	diag_open(&diags, scratch.out);
	cr_assert(command_assign(&options, &diags) <= STATUS_PARTIAL, "%s", scratch_said(&scratch));
	snprintf(out, sizeof out, "%s/plan/summary.json", scratch.path);
	summary = read_json(out);
	cr_assert_not_null(summary);
	scratch_close(&scratch);
	return summary;
}

static double level_value(const cJSON *summary, const char *terms, size_t *number)
{
	const cJSON *levels = cJSON_GetObjectItem(summary, "levels");

	for (int k = 0; k < cJSON_GetArraySize(levels); k++) {
		const cJSON *level = cJSON_GetArrayItem(levels, k);

		if (strcmp(cJSON_GetObjectItem(level, "terms")->valuestring, terms) != 0)
			continue;
		*number = (size_t)k;
		return cJSON_GetObjectItem(level, "value")->valuedouble;
	}
	cr_assert_fail("no level %s", terms);
	return 0;
}

/* The change to the tables, solved; the caller deletes it. */
static cJSON *solve_changed(const struct tables *tables, const cJSON *changes)
{
	struct tables changed = *tables;

	for (size_t i = 0; i < changed.n_settings; i++)
		changed.settings[i] = (struct override){changed.keys[i], changed.values[i]};
	apply(&changed, changes);
	return solve_tables(&changed);
}

static double value_at(const cJSON *summary, int level)
{
	return cJSON_GetObjectItem(cJSON_GetArrayItem(cJSON_GetObjectItem(summary, "levels"), level),
				   "value")->valuedouble;
}

/* What a level falls by from one summary to another, where those before it are as they were. */
static double fall(const cJSON *before, const cJSON *after, const char *terms, bool *kept)
{
	size_t number = 0;
	double gain = level_value(before, terms, &number) - level_value(after, terms, &number);

	*kept = true;
	for (int k = 0; k < (int)number; k++)
		*kept &= fabs(value_at(before, k) - value_at(after, k)) < 1e-6;
	return gain;
}

/* How much less of a column or setting is the next lower amount; 0: it is not an amount. Not of
 * max_share: where shares bind, a trial is cut short and may miss that a little less would do. */
static double step_of(const cJSON *change)
{
	static const struct {
		const char *name;
		double step;
	} steps[] = {
		{"sections", 1}, {"boarding_beds", 1}, {"inclusion_places", 1}, {"max_pupils", 1},
		{"limit_km", 0.1}, {"limit_km.primary", 0.1},
		{"limit_km.junior", 0.1}, {"max_km", 0.1},
	};
	const cJSON *name = cJSON_GetObjectItem(change, "column");

	name = name ? name : cJSON_GetObjectItem(change, "setting");
	for (size_t i = 0; name && i < sizeof steps / sizeof *steps; i++)
		if (strcmp(name->valuestring, steps[i].name) == 0)
			return steps[i].step;
	return 0;
}

/* Takes one step off the only amount that changes; false: there is none, or it was one step. */
static bool lessen(cJSON *changes)
{
	cJSON *change;

	cJSON_ArrayForEach(change, changes) {
		cJSON *from = cJSON_GetObjectItem(change, "from");
		cJSON *to = cJSON_GetObjectItem(change, "to");
		double step = step_of(change), start = from ? from->valuedouble : 0;

		if (step == 0 || to->valuedouble - start < step / 2)
			continue; /* a row that is told as it is */
		cJSON_SetNumberValue(to, round((to->valuedouble - step) * 1e6) / 1e6);
		return to->valuedouble - start > step / 2;
	}
	return false;
}

/* One less does not bring the same. */
static void expect_least(const struct tables *tables, const cJSON *before, const cJSON *cure,
			 const char *where)
{
	cJSON *changes = cJSON_Duplicate(cJSON_GetObjectItem(cure, "changes"), true);
	bool kept;

	if (lessen(changes)) {
		cJSON *after = solve_changed(tables, changes);
		double gain = fall(before, after, cJSON_GetObjectItem(cure, "gain_of")->valuestring,
				   &kept);

		cr_assert(gain < cJSON_GetObjectItem(cure, "gain")->valuedouble - 1e-6,
			  "%s: %s: less brings as much", where,
			  cJSON_GetObjectItem(cure, "cure")->valuestring);
		cJSON_Delete(after);
	}
	cJSON_Delete(changes);
}

/* The change makes the level fall by what is promised, and leaves those before it as they are. */
static void expect_cure(const struct tables *tables, const cJSON *before, const cJSON *cure,
			const char *where)
{
	const char *terms = cJSON_GetObjectItem(cure, "gain_of")->valuestring;
	const char *sentence = cJSON_GetObjectItem(cure, "cure")->valuestring;
	double promised = cJSON_GetObjectItem(cure, "gain")->valuedouble, gain;
	bool exact = strcmp(cJSON_GetObjectItem(cure, "certainty")->valuestring, "exact") == 0, kept;
	cJSON *after = solve_changed(tables, cJSON_GetObjectItem(cure, "changes"));

	gain = fall(before, after, terms, &kept);
	cr_assert(kept && (exact ? fabs(gain - promised) < 1e-6 : gain < promised + 1e-6),
		  "%s: %s: %g, not %g", where, sentence, gain, promised);
	cJSON_Delete(after);
	if (exact)
		expect_least(tables, before, cure, where);
}

/* --- the shortages ---------------------------------------------------------------------------- */

/* A shortage is planted by setting a cell, adding or taking a row, or a setting. */
struct planted {
	const char *name;
	struct {
		int sheet;
		const char *first, *second; /* of the row; second: NULL where one is enough, or
					       two cells */
		const char *column, *value; /* column NULL: the row is taken out */
	} cells[5];
	const char *rules[3];           /* rows of access.csv */
	const char *setting, *value;
	/* What is found: */
	const char *kind, *where;       /* where: what the text holds */
	int how_many;
	const char *cure;               /* what some cure's sentence holds */
};

static const struct planted shortages[] = {
	{"too few seats", {{DEMAND, "Z1", "1", "pupils", "250"}}, {NULL}, NULL, NULL,
	 "no_room", "grade 1", 103, "2 more classes in grade 1 at "},
	{"the only school lacks the grade", {{0}}, {"Z3,C,only,1,"}, NULL, NULL,
	 "no_school", "Z3", 10, "1 more class in grade 1 at C"},
	{"the only school is full", {{DEMAND, "Z2", "1", "pupils", "80"}}, {"Z2,B,only,1,"}, NULL,
	 NULL, "no_room", "school B", 15, "Z2"},
	{"a never row", {{0}}, {"Z1,X,never,,"}, NULL, NULL, "no_school", "Z1", 2,
	 "dropping what bars Z1 from X in access.csv would place 2"},
	{"a never row that bars two grades",
	 {{DEMAND, "Z1", "4,resident", "group", "deaf"}, {DEMAND, "Z1", "4,deaf", "pupils", "4"}},
	 {"Z1,X,never,,"}, NULL, NULL, "no_school", "grade 4, zone Z1", 4,
	 "dropping what bars Z1 from X in access.csv would place 6"},
	{"the special school lacks the grade", {{OFFERINGS, "X", "1", NULL, NULL}}, {NULL}, NULL,
	 NULL, "no_school", "group deaf", 2, "1 more class in grade 1 at X"},
	{"no inclusion places", {{SCHOOLS, "A", NULL, "inclusion_places", "0"}}, {NULL}, NULL, NULL,
	 "no_school", "group disabled", 3, "3 more inclusion places at A"},
	{"too few inclusion places", {{SCHOOLS, "A", NULL, "inclusion_places", "1"}}, {NULL}, NULL,
	 NULL, "no_room", "group disabled", 2, "2 more inclusion places at A"},
	{"no beds", {{SCHOOLS, "A", NULL, "boarding_beds", "0"}}, {NULL}, NULL, NULL,
	 "no_school", "group boarder", 5, "5 more beds at C"},
	{"too few beds", {{SCHOOLS, "A", NULL, "boarding_beds", "2"}}, {NULL}, NULL, NULL,
	 "no_room", "group boarder", 3, "3 more beds at A"},
	{"public schools are full", {{DEMAND, "Z1", "1", "pupils", "0"},
				     {GROUPS, "resident", NULL, "public_only", "yes"},
				     {DEMAND, "Z2", "1", "pupils", "150"}}, {NULL}, NULL, NULL,
	 "no_room", "grade 1", 38, "letting group resident into private schools"},
	{"max_km is short", {{DEMAND, "Z1", "1", "pupils", "150"}}, {NULL}, "max_km", "1",
	 "no_room", "grade 1", 28, "raising max_km from 1 to "},
	{"a school's cap", {{SCHOOLS, "A", NULL, "max_pupils", "40"},
			    {OFFERINGS, "A", "4", NULL, NULL}, {OFFERINGS, "B", "1", NULL, NULL},
			    {OFFERINGS, "P", "1", NULL, NULL}}, {NULL}, NULL, NULL,
	 "no_room", "grade 1", 38, "allowing A 25 more pupils"},
	{"a share", {{GROUPS, "migrant", NULL, "max_share", "0.02"}}, {NULL}, NULL, NULL,
	 "no_room", "group migrant", 2, "raising max_share from 0.02 to "},
	{"a school opens later", {{0}}, {"Z3,N,only,1,"}, NULL, NULL, "no_school", "Z3", 10,
	 "opening N in 2026-09 instead of 2027-09"},
	{"a zone is too large", {{DEMAND, "Z1", "1", "pupils", "70"}}, {NULL}, "whole_zones", "yes",
	 "no_room", "grade 1", 75, "letting zones be split"},
	{"large classes", {{DEMAND, "Z1", "1", "pupils", "90"},
			   {DEMAND, "Z2", "1", "pupils", "80"}}, {NULL}, NULL, NULL,
	 "large_classes", "grade 1", 3, "1 more class in grade 1"},
	{"a school within the limit is full", {{DEMAND, "Z2", "1", "pupils", "50"}},
	 {"Z2,B,only,1,"}, NULL, NULL, "far_full", "school B", 5, "1 more class in grade 1 at B"},
	{"no school within the limit", {{0}}, {NULL}, "limit_km.primary", "2", "far_all", "Z3", 10,
	 "raising limit_km.primary from 2 to 2.5 km would bring 10"},
	{"a norm of a school", {{SCHOOLS, "A", NULL, "floor_m2", "320"},
				{OFFERINGS, "A", "4", NULL, NULL}, {OFFERINGS, "B", "1", NULL, NULL},
				{OFFERINGS, "P", "1", NULL, NULL}}, {NULL}, "norm.floor_m2", "8",
	 "no_room", "grade 1", 38, "allowing A 25 more pupils"},
	{"no special school has a seat", {{DEMAND, "Z1", "1,deaf", "pupils", "70"}}, {NULL}, NULL,
	 NULL, "no_room", "school X", 5, "1 more class in grade 1 at X would place 5"},
	{"a limit of a group", {{GROUPS, "deaf", NULL, "limit_km", "0.5"}}, {NULL}, NULL, NULL,
	 "far_all", "group deaf", 2, "raising limit_km from 0.5 to 1 km for group deaf would bring 2"},
	{"a school within the limit has no seat", {{DEMAND, "Z2", "1", "pupils", "50"}},
	 {"Z2,B,only,1,"}, "class_size.max", "55", "far_full", "school B", 5,
	 "1 more class in grade 1 at B would bring 5 more pupils within the limit"},
	{"a share that ties a grade which the change opens",
	 {{DEMAND, "Z3", "4,resident", "pupils", "15"}, {DEMAND, "Z3", "4,boarder", "group", "migrant"},
	  {DEMAND, "Z3", "4,migrant", "pupils", "10"}, {GROUPS, "migrant", NULL, "max_share", "0.25"}},
	 {"Z3,C,only,,", "Z1,A,only,4,", "Z2,B,only,4,"}, NULL, NULL, "no_school",
	 "group resident, school C", 10,
	 /* the 10, and 5 migrants of grade 4: more residents come to C, so more of them may */
	 "1 more class in grade 1 at C would place 15 more pupils"},
	{"a school that divides its classrooms", {{OFFERINGS, "B", "1", NULL, NULL},
		{OFFERINGS, "B", "4", NULL, NULL}, {SCHOOLS, "B", NULL, "grades", "1-6"},
		{SCHOOLS, "B", NULL, "classrooms", "6"}, {DEMAND, "Z2", "1", "pupils", "80"}},
	 {"Z2,B,only,,"}, NULL, NULL, "no_room", "school B", 15,
	 /* its grade 4 must keep its class: Z2 has no other */
	 "1 more class in grade 1 at B would place 15 more pupils"},
};

static bool is_planted(const struct sheet *sheet, size_t row, const char *first, const char *second)
{
	char both[2 * CELL];

	snprintf(both, sizeof both, "%s,%s", sheet->cells[row][1], sheet->cells[row][2]);
	return strcmp(sheet->cells[row][0], first) == 0 &&
	       (!second || strcmp(sheet->cells[row][1], second) == 0 || strcmp(both, second) == 0);
}

static void plant_cell(struct tables *tables, const struct planted *planted, size_t i)
{
	struct sheet *sheet = &tables->sheets[planted->cells[i].sheet];
	size_t r = 1;

	while (r < sheet->n_rows &&
	       !is_planted(sheet, r, planted->cells[i].first, planted->cells[i].second))
		r++;
	cr_assert(r < sheet->n_rows);
	if (planted->cells[i].column) {
		snprintf(sheet->cells[r][column_of(sheet, planted->cells[i].column)], CELL, "%s",
			 planted->cells[i].value);
		return;
	}
	for (; r + 1 < sheet->n_rows; r++)
		memcpy(sheet->cells[r], sheet->cells[r + 1], sizeof sheet->cells[r]);
	sheet->n_rows--;
}

static void plant(struct tables *tables, const struct planted *planted)
{
	fill(tables);
	for (size_t i = 0; i < 5; i++)
		if (planted->cells[i].first)
			plant_cell(tables, planted, i);
	for (size_t i = 0; i < 3 && planted->rules[i]; i++)
		add_row(&tables->sheets[ACCESS], planted->rules[i], strlen(planted->rules[i]));
	if (planted->setting)
		set_setting(tables, planted->setting, planted->value);
}

/* Whether the finding is the one; its cures are tried in any case. */
static bool try_finding(const struct tables *tables, const cJSON *summary, const cJSON *finding,
			const struct planted *planted, bool *cured)
{
	const char *kind = cJSON_GetObjectItem(finding, "kind")->valuestring;
	const char *where = cJSON_GetObjectItem(finding, "where")->valuestring;
	bool found = strcmp(kind, planted->kind) == 0 && strstr(where, planted->where) &&
		     cJSON_GetObjectItem(finding, "how_many")->valueint == planted->how_many;
	const cJSON *others = cJSON_GetObjectItem(finding, "others"), *other;

	if (cJSON_HasObjectItem(finding, "cure")) {
		expect_cure(tables, summary, finding, planted->name);
		*cured |= found && strstr(cJSON_GetObjectItem(finding, "cure")->valuestring,
					  planted->cure);
	}
	cJSON_ArrayForEach(other, others) {
		expect_cure(tables, summary, other, planted->name);
		*cured |= found && strstr(cJSON_GetObjectItem(other, "cure")->valuestring,
					  planted->cure);
	}
	return found;
}

Test(findings, name_the_place_and_a_cure_that_works)
{
	for (size_t i = 0; i < sizeof shortages / sizeof *shortages; i++) {
		const struct planted *planted = &shortages[i];
		struct tables tables;
		cJSON *summary;
		const cJSON *finding;
		bool found = false, cured = false;
		char *text;

		plant(&tables, planted);
		summary = solve_tables(&tables);
		cJSON_ArrayForEach(finding, cJSON_GetObjectItem(summary, "findings"))
			found |= try_finding(&tables, summary, finding, planted, &cured);
		text = cJSON_Print(cJSON_GetObjectItem(summary, "findings"));
		cr_assert(found && cured, "%s: found %d, cured %d: %s",
			  planted->name, found, cured, text);
		free(text);
		cJSON_Delete(summary);
	}
}

Test(findings, say_whether_changes_were_tried)
{
	for (int tried = 0; tried < 2; tried++) {
		struct tables tables;
		const cJSON *finding;
		cJSON *summary;

		plant(&tables, &shortages[0]);
		set_setting(&tables, "trials", tried ? "500" : "0");
		summary = solve_tables(&tables);
		finding = cJSON_GetArrayItem(cJSON_GetObjectItem(summary, "findings"), 0);
		cr_assert_eq(cJSON_IsTrue(cJSON_GetObjectItem(finding, "tried")), tried);
		cr_assert_eq(cJSON_HasObjectItem(finding, "cure"), tried);
		cJSON_Delete(summary);
	}
}

Test(findings, none_where_nothing_is_short)
{
	struct tables tables;
	cJSON *summary;

	fill(&tables);
	summary = solve_tables(&tables);
	cr_assert_eq(cJSON_GetArraySize(cJSON_GetObjectItem(summary, "findings")), 0);
	cJSON_Delete(summary);
}
