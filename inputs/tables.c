#include "inputs/tables.h"

#include "inputs/config.h"
#include "inputs/district.h"
#include "inputs/headings.h"

enum { MOST = 100000, MOST_RATIO = 100, FIRST_YEAR = 1900, LAST_YEAR = 2200 };
#define MOST_AREA 1000000000 /* m2 */

#define AT(row, field) .offset = offsetof(struct row, field)
#define IGNORED(heading) {.name = heading, .type = COLUMN_IGNORED}

static const struct column school_columns[] = {
	{"school", COLUMN_ID, true, AT(school_row, school)},
	{"name", COLUMN_TEXT, false, AT(school_row, name)},
	{"lon", COLUMN_REAL, true, AT(school_row, lon), .least = -180, .most = 180},
	{"lat", COLUMN_REAL, true, AT(school_row, lat), .least = -90, .most = 90},
	{"status", COLUMN_WORD, false, AT(school_row, status), .words = words_status},
	{"opens", COLUMN_MONTH, false, AT(school_row, opens)},
	{"ownership", COLUMN_WORD, false, AT(school_row, ownership), .words = words_ownership},
	{"kind", COLUMN_WORD, false, AT(school_row, kind), .words = words_kind},
	{"grades", COLUMN_GRADES, false, AT(school_row, grades)},
	{"classrooms", COLUMN_COUNT, false, AT(school_row, classrooms), .most = MOST},
	{"max_pupils", COLUMN_COUNT, false, AT(school_row, max_pupils), .most = 100 * MOST,
	 .fallback = NOT_GIVEN},
	{"boarding_beds", COLUMN_COUNT, false, AT(school_row, beds), .most = MOST},
	{"inclusion_places", COLUMN_COUNT, false, AT(school_row, places), .most = MOST},
	{"land_m2", COLUMN_DECIMAL, false, AT(school_row, land_m2), .most = MOST_AREA,
	 .fallback = NOT_GIVEN},
	{"floor_m2", COLUMN_DECIMAL, false, AT(school_row, floor_m2), .most = MOST_AREA,
	 .fallback = NOT_GIVEN},
	{0},
};

static const struct column offering_columns[] = {
	{"school", COLUMN_ID, true, AT(offering_row, school)},
	{"grade", COLUMN_GRADE, true, AT(offering_row, grade)},
	{"sections", COLUMN_COUNT, true, AT(offering_row, sections), .most = MOST},
	{"enrolled", COLUMN_COUNT, false, AT(offering_row, enrolled), .most = 100 * MOST},
	{"class_size", COLUMN_COUNT, false, AT(offering_row, class_size), .least = 1, .most = MOST,
	 .fallback = NOT_GIVEN},
	{"sections_max", COLUMN_COUNT, false, AT(offering_row, sections_max), .most = MOST,
	 .fallback = NOT_GIVEN},
	{0},
};

static const struct column zone_columns[] = {
	{"zone", COLUMN_ID, true, AT(zone_row, zone)},
	{"name", COLUMN_TEXT, false, AT(zone_row, name)},
	{"lon", COLUMN_REAL, true, AT(zone_row, lon), .least = -180, .most = 180},
	{"lat", COLUMN_REAL, true, AT(zone_row, lat), .least = -90, .most = 90},
	{"township", COLUMN_TEXT, false, AT(zone_row, township)},
	{"area", COLUMN_WORD, false, AT(zone_row, area), .words = words_area},
	{0},
};

static const struct column demand_columns[] = {
	{"zone", COLUMN_ID, true, AT(demand_row, zone)},
	{"grade", COLUMN_GRADE, true, AT(demand_row, grade)},
	{"group", COLUMN_ID, true, AT(demand_row, group)},
	{"pupils", COLUMN_COUNT, true, AT(demand_row, pupils), .most = MOST},
	{0},
};

static const struct column student_columns[] = {
	{"student", COLUMN_ID, true, AT(student_row, student)},
	{"grade", COLUMN_GRADE, true, AT(student_row, grade)},
	{"group", COLUMN_ID, true, AT(student_row, group)},
	{"zone", COLUMN_ID, false, AT(student_row, zone)},
	{"lon", COLUMN_REAL, false, AT(student_row, lon), .least = -180, .most = 180},
	{"lat", COLUMN_REAL, false, AT(student_row, lat), .least = -90, .most = 90},
	{"household", COLUMN_ID, false, AT(student_row, household)},
	{"twin", COLUMN_WORD, false, AT(student_row, twin), .words = words_yes_no},
	{"class", COLUMN_COUNT, false, AT(student_row, priority), .least = 1,
	 .most = MAX_PRIORITIES, .fallback = NOT_GIVEN},
	{"points", COLUMN_DECIMAL, false, AT(student_row, points), .least = -MOST, .most = MOST,
	 .fallback = POINTS_NOT_GIVEN},
	{"rank", COLUMN_COUNT, false, AT(student_row, rank), .least = 1, .most = 100 * MOST,
	 .fallback = NOT_GIVEN},
	{"sex", COLUMN_WORD, false, AT(student_row, sex), .words = words_sex},
	{"score", COLUMN_DECIMAL, false, AT(student_row, score), .least = -MOST, .most = MOST,
	 .fallback = POINTS_NOT_GIVEN},
	{"current_school", COLUMN_ID, false, AT(student_row, current_school)},
	{"feeder_school", COLUMN_ID, false, AT(student_row, feeder_school)},
	{"choices", COLUMN_ID, false, AT(student_row, choices)},
	{0},
};

static const struct column group_columns[] = {
	{"group", COLUMN_ID, true, AT(group_row, group)},
	{"label", COLUMN_TEXT, false, AT(group_row, label)},
	{"weight", COLUMN_DECIMAL, false, AT(group_row, weight), .most = MOST, .fallback = NANO},
	{"limit_km", COLUMN_DECIMAL, false, AT(group_row, limit_km), .most = MOST,
	 .fallback = NOT_GIVEN},
	{"max_share", COLUMN_DECIMAL, false, AT(group_row, max_share), .most = 1,
	 .fallback = NOT_GIVEN},
	{"needs", COLUMN_WORD, false, AT(group_row, needs), .words = words_need},
	{"public_only", COLUMN_WORD, false, AT(group_row, public_only), .words = words_yes_no},
	{0},
};

static const struct column access_columns[] = {
	{"zone", COLUMN_ID, true, AT(access_row, zone)},
	{"school", COLUMN_ID, true, AT(access_row, school)},
	{"rule", COLUMN_WORD, true, AT(access_row, rule), .words = words_rule},
	{"grade", COLUMN_GRADE, false, AT(access_row, grade)},
	{"group", COLUMN_ID, false, AT(access_row, group)},
	{0},
};

static const struct column distance_columns[] = {
	{"zone", COLUMN_ID, true, AT(distance_row, zone)},
	{"school", COLUMN_ID, true, AT(distance_row, school)},
	{"km", COLUMN_DECIMAL, true, AT(distance_row, km), .most = MOST},
	IGNORED("minutes"),
	{0},
};

/* Only the ids: access.csv and distances.csv may name sites. */
static const struct column site_columns[] = {
	{"site", COLUMN_ID, true, AT(site_row, site)},
	IGNORED("option"), IGNORED("name"), IGNORED("lon"),
	IGNORED("lat"), IGNORED("grades"), IGNORED("sections"),
	IGNORED("cost"), IGNORED("max_pupils"), IGNORED("land_m2"),
	IGNORED("floor_m2"), IGNORED("opens_from"), IGNORED("extends"),
	{0},
};

static const struct column births_columns[] = {
	{"zone", COLUMN_ID, true, AT(births_row, zone)},
	{"group", COLUMN_ID, true, AT(births_row, group)},
	{"year", COLUMN_COUNT, true, AT(births_row, year), .least = FIRST_YEAR, .most = LAST_YEAR},
	{"month", COLUMN_COUNT, false, AT(births_row, month), .least = 1, .most = 12},
	{"births", COLUMN_COUNT, true, AT(births_row, births), .most = MOST},
	{0},
};

static const struct column progression_columns[] = {
	{"area", COLUMN_WORD, false, AT(progression_row, area), .words = words_area},
	{"group", COLUMN_ID, false, AT(progression_row, group)},
	{"grade", COLUMN_COUNT, true, AT(progression_row, grade), .most = LAST_GRADE - 1},
	{"ratio", COLUMN_DECIMAL, true, AT(progression_row, ratio), .most = MOST_RATIO},
	{"low", COLUMN_DECIMAL, false, AT(progression_row, low), .most = MOST_RATIO,
	 .fallback = NOT_GIVEN},
	{"high", COLUMN_DECIMAL, false, AT(progression_row, high), .most = MOST_RATIO,
	 .fallback = NOT_GIVEN},
	{0},
};

static const struct column forecast_columns[] = {
	{"year", COLUMN_COUNT, true, AT(forecast_row, year), .least = FIRST_YEAR,
	 .most = LAST_YEAR},
	{"zone", COLUMN_ID, true, AT(forecast_row, zone)},
	{"grade", COLUMN_GRADE, true, AT(forecast_row, grade)},
	{"group", COLUMN_ID, true, AT(forecast_row, group)},
	{"pupils", COLUMN_COUNT, true, AT(forecast_row, pupils), .most = MOST},
	{"low", COLUMN_COUNT, false, AT(forecast_row, low), .most = MOST, .fallback = NOT_GIVEN},
	{"high", COLUMN_COUNT, false, AT(forecast_row, high), .most = MOST,
	 .fallback = NOT_GIVEN},
	{0},
};

#define SPEC(table, name, ...) \
	static const struct table_spec table##_spec = { \
		#table, name##_columns, .row_size = sizeof(struct name##_row), __VA_ARGS__}

SPEC(schools, school, .secret = false);
SPEC(offerings, offering, .secret = false);
SPEC(zones, zone, .secret = false);
SPEC(students, student, .secret = true);
SPEC(demand, demand, .secret = false);
SPEC(groups, group, .secret = false);
SPEC(access, access, .secret = false);
SPEC(distances, distance, .secret = false);
SPEC(sites, site, .secret = false);
SPEC(births, births, .secret = false);
SPEC(progression, progression, .secret = false);
SPEC(forecast, forecast, .secret = false);

/* Cells and children may not both say who the pupils are: nobody could tell which of them hold. */
static int check_pupils_once(const struct tables *tables, struct diags *diags)
{
	if (!tables->students.present || !tables->demand.present)
		return 0;
	return diag_error(diags, DIAG_TABLE_BOTH, place_file(tables->students.file.path),
			  "students.csv stands for demand.csv, which is there too: take one away");
}

int tables_read(struct tables *tables, const struct config *config, struct arena *arena,
		struct diags *diags)
{
	int result = 0;

	arena_open(&tables->texts);
#define X(name, needed, kept, row) \
	if (table_read(&tables->name, &name##_spec, config_file(config, arena, #name), needed, \
		       (kept) ? arena : &tables->texts, diags)) \
		result = -1;
	DISTRICT_TABLES(X)
#undef X
	return check_pupils_once(tables, diags) ? -1 : result;
}

void tables_close(struct tables *tables)
{
#define X(name, needed, kept, row) table_close(&tables->name);
	DISTRICT_TABLES(X)
#undef X
	arena_close(&tables->texts);
}
