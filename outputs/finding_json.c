#include "outputs/finding_text.h"

/* A text that some function adds to. */
static void add_text(cJSON *object, const char *key, struct text *text)
{
	cJSON_AddStringToObject(object, key, text->data ? text->data : "");
	text_free(text);
}

static void add_number(cJSON *object, const char *key, int64_t value, int digits)
{
	struct text number = {0};

	text_add_decimal(&number, value, digits, true);
	cJSON_AddRawToObject(object, key, number.data);
	text_free(&number);
}

/* --- changes ---------------------------------------------------------------------------------- */

static cJSON *add_table(cJSON *changes, const char *table)
{
	cJSON *change = cJSON_CreateObject();

	cJSON_AddStringToObject(change, "table", table);
	cJSON_AddItemToArray(changes, change);
	return change;
}

static void add_step(cJSON *change, const char *column, int64_t from, int64_t to, int digits)
{
	cJSON_AddStringToObject(change, "column", column);
	if (from == NOT_GIVEN)
		cJSON_AddStringToObject(change, "from", "");
	else
		add_number(change, "from", from, digits);
	add_number(change, "to", to, digits);
}

static const char *school_id(const struct district *district, size_t school)
{
	return district->schools[school].id;
}

static void json_offering(cJSON *changes, const struct district *district, size_t school, int grade,
			  int64_t from, int64_t to)
{
	cJSON *row = add_table(changes, "offerings.csv");

	cJSON_AddStringToObject(row, "school", school_id(district, school));
	add_number(row, "grade", grade, 0);
	add_step(row, "sections", from, to, 0);
}

/* The first row of a school in offerings.csv ends that its grades share its classrooms: then each
 * of them needs a row. */
static void json_sections(cJSON *changes, const struct district *district,
			  const struct change *change)
{
	const struct school *school = &district->schools[change->school];

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		const struct offering *offering = district_offering(district, change->school, g);
		int64_t from = offering ? offering->sections : 0;

		if (g == change->grade)
			json_offering(changes, district, change->school, g, from,
				      from + change->amount);
		else if (school->shares && offering)
			json_offering(changes, district, change->school, g, from, from);
	}
}

/* A column of schools.csv, in units of 10^-digits; one that is not given, or not raised, stays. */
static void json_school(cJSON *changes, const struct district *district, size_t school,
			const char *column, int64_t from, int64_t to, int digits)
{
	cJSON *row;

	if (from == to)
		return;
	row = add_table(changes, "schools.csv");
	cJSON_AddStringToObject(row, "school", school_id(district, school));
	add_step(row, column, from, to, digits);
}

static void json_more(cJSON *changes, const struct district *district, const struct change *change,
		      const char *column, int64_t from)
{
	json_school(changes, district, change->school, column, from, from + change->amount, 0);
}

static void json_cap(cJSON *changes, const struct district *district, const struct change *change)
{
	const struct school *from = &district->schools[change->school], *to;
	struct district changed;
	struct arena arena;

	arena_open(&arena);
	change_apply(&arena, district, change, &changed);
	to = &changed.schools[change->school];
	json_school(changes, district, change->school, "max_pupils", from->max_pupils,
		    to->max_pupils, 0);
	json_school(changes, district, change->school, "floor_m2", from->floor_m2, to->floor_m2, 9);
	json_school(changes, district, change->school, "land_m2", from->land_m2, to->land_m2, 9);
	arena_close(&arena);
}

static void json_open(cJSON *changes, const struct district *district, size_t school)
{
	cJSON *row = add_table(changes, "schools.csv");

	cJSON_AddStringToObject(row, "school", school_id(district, school));
	cJSON_AddStringToObject(row, "column", "opens");
	cJSON_AddStringToObject(row, "from", district->schools[school].opens);
	cJSON_AddStringToObject(row, "to", district->settings.month);
}

/* `never` rows are taken out; an `only` row is added where others bind these pupils. */
static void json_allow(cJSON *changes, const struct district *district,
		       const struct change *change)
{
	struct change_rules rules = change_rules(district, change);
	cJSON *row;

	for (size_t i = 0; i < rules.n_never; i++) {
		row = add_table(changes, "access.csv");
		add_number(row, "remove_line", (int64_t)rules.never[i], 0);
	}
	if (!rules.only)
		return;
	row = add_table(changes, "access.csv");
	cJSON_AddStringToObject(row, "zone", district->zones[change->zone].id);
	cJSON_AddStringToObject(row, "school", school_id(district, change->school));
	cJSON_AddStringToObject(row, "rule", "only");
	add_number(row, "grade", change->grade, 0);
	cJSON_AddStringToObject(row, "group", district->groups[change->group].id);
}

static void json_group(cJSON *changes, const struct district *district,
		       const struct change *change, const char *column, int64_t from, int64_t to)
{
	cJSON *row = add_table(changes, "groups.csv");

	cJSON_AddStringToObject(row, "group", district->groups[change->group].id);
	add_step(row, column, from, to, 9);
}

static void json_setting(cJSON *changes, const char *key, int64_t from, int64_t to)
{
	cJSON *row = cJSON_CreateObject();

	cJSON_AddStringToObject(row, "setting", key);
	add_number(row, "from", from, 9);
	add_number(row, "to", to, 9);
	cJSON_AddItemToArray(changes, row);
}

static void json_word(cJSON *changes, const char *key, const char *id, const char *column)
{
	cJSON *row = key ? add_table(changes, "groups.csv") : cJSON_CreateObject();

	if (key)
		cJSON_AddStringToObject(row, key, id);
	else
		cJSON_AddItemToArray(changes, row);
	cJSON_AddStringToObject(row, key ? "column" : "setting", column);
	cJSON_AddStringToObject(row, "from", "yes");
	cJSON_AddStringToObject(row, "to", "no");
}

static void json_limit(cJSON *changes, const struct district *district,
		       const struct change *change)
{
	bool primary = change->grade <= LAST_PRIMARY;
	int64_t from = change_limit_now(district, change);

	if (!change_limit_is_setting(district, change))
		json_group(changes, district, change, "limit_km", from, change->amount);
	else
		json_setting(changes, primary ? "limit_km.primary" : "limit_km.junior", from,
			     change->amount);
}

cJSON *change_json(const struct district *district, const struct change *change)
{
	cJSON *changes = cJSON_CreateArray();

	switch (change->kind) {
	case CHANGE_SECTIONS:
		json_sections(changes, district, change);
		break;
	case CHANGE_BEDS:
		json_more(changes, district, change, "boarding_beds",
			  district->schools[change->school].beds);
		break;
	case CHANGE_PLACES:
		json_more(changes, district, change, "inclusion_places",
			  district->schools[change->school].places);
		break;
	case CHANGE_CAP:
		json_cap(changes, district, change);
		break;
	case CHANGE_OPEN:
		json_open(changes, district, change->school);
		break;
	case CHANGE_ALLOW:
		json_allow(changes, district, change);
		break;
	case CHANGE_LIMIT:
		json_limit(changes, district, change);
		break;
	case CHANGE_SHARE:
		json_group(changes, district, change, "max_share",
			   district->groups[change->group].max_share, change->amount);
		break;
	case CHANGE_PUBLIC_ONLY:
		json_word(changes, "group", district->groups[change->group].id, "public_only");
		break;
	case CHANGE_MAX_KM:
		json_setting(changes, "max_km", district->settings.max_km, change->amount);
		break;
	case CHANGE_WHOLE_ZONES:
		json_word(changes, NULL, NULL, "whole_zones");
		break;
	case CHANGE_CLASS_MAX:
	case CHANGE_NOTHING:
	case CHANGE_SEATS:
		break;
	}
	return changes;
}

/* --- findings --------------------------------------------------------------------------------- */

static void add_cure(cJSON *object, const struct plan_output *output, const struct cure *cure)
{
	const struct level_result *level = &output->levels[cure->gain.level];
	struct text text = {0};

	finding_cure(&text, output, cure);
	add_text(object, "cure", &text);
	add_number(object, "gain", cure->gain.gain, level->digits);
	cJSON_AddStringToObject(object, "gain_of", level->terms);
	cJSON_AddStringToObject(object, "certainty", cure->gain.exact ? "exact" : "at_most");
	if (output->district->settings.sections == SECTIONS_FREE)
		cJSON_AddStringToObject(object, "sections", "as in the plan's offerings.csv");
	cJSON_AddItemToObject(object, "changes", change_json(output->district, &cure->change));
}

static cJSON *finding_json(const struct plan_output *output, const struct finding *finding)
{
	cJSON *object = cJSON_CreateObject();
	struct text where = {0}, why = {0};

	cJSON_AddStringToObject(object, "kind", finding_name(finding->kind));
	finding_where(&where, output, finding);
	add_text(object, "where", &where);
	add_number(object, "how_many", finding->count, 0);
	cJSON_AddStringToObject(object, "of", term_name(finding->term));
	finding_why(&why, output, finding);
	add_text(object, "why", &why);
	cJSON_AddBoolToObject(object, "tried", finding->tried);
	if (finding->n_cures > 0)
		add_cure(object, output, &finding->cures[0]);
	if (finding->n_cures > 1) {
		cJSON *others = cJSON_AddArrayToObject(object, "others");

		for (size_t i = 1; i < finding->n_cures; i++) {
			cJSON *other = cJSON_CreateObject();

			add_cure(other, output, &finding->cures[i]);
			cJSON_AddItemToArray(others, other);
		}
	}
	return object;
}

void findings_json(cJSON *summary, const struct plan_output *output)
{
	cJSON *array = cJSON_AddArrayToObject(summary, "findings");

	for (size_t i = 0; i < output->findings->n; i++)
		cJSON_AddItemToArray(array, finding_json(output, &output->findings->all[i]));
}
