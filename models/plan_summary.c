#include "models/plan_summary.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "inputs/encoding.h"
#include "inputs/settings.h"

/* What reading the summary carries along. */
struct reading {
	struct plan_summary *summary;
	struct arena *arena;
	struct diags *diags;
	int result;
};

static void fail(struct reading *reading, const char *key, const char *wrong)
{
	reading->result = diag_error(reading->diags, DIAG_PLAN, place_file(reading->summary->path),
				     "%s: %s", key, wrong);
}

static const char *copy(const struct reading *reading, const char *text)
{
	return arena_text(reading->arena, text, strlen(text));
}

/* The member of a kind, or NULL after an error. */
static const cJSON *member(struct reading *reading, const cJSON *object, const char *key,
			   cJSON_bool (*kind)(const cJSON *item), const char *needed)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);

	if (item && kind(item))
		return item;
	fail(reading, key, needed);
	return NULL;
}

static cJSON_bool is_finite_number(const cJSON *item)
{
	return cJSON_IsNumber(item) && isfinite(item->valuedouble);
}

/* What is wrong with a setting, or NULL. */
static const char *setting_wrong(const struct reading *reading, const struct override *setting)
{
	const struct setting *known = setting_find(setting->key);
	struct settings scratch = {0};

	if (!known)
		return "there is no such setting";
	return setting_read(reading->arena, &scratch, known, setting->value);
}

/* A setting as a user would write it; NULL: it is not set. */
static const char *setting_text(const struct reading *reading, const cJSON *item)
{
	if (cJSON_IsString(item) && *item->valuestring)
		return copy(reading, item->valuestring);
	if (cJSON_IsBool(item))
		return cJSON_IsTrue(item) ? "yes" : "no";
	if (is_finite_number(item))
		return arena_printf(reading->arena, "%.15g", item->valuedouble);
	return NULL;
}

static void take_settings(struct reading *reading, const cJSON *object)
{
	struct plan_summary *summary = reading->summary;
	const cJSON *item;

	summary->settings = arena_array(reading->arena, (size_t)cJSON_GetArraySize(object),
					sizeof *summary->settings);
	cJSON_ArrayForEach(item, object) {
		struct override made = {copy(reading, item->string), setting_text(reading, item)};
		const char *wrong = made.value ? setting_wrong(reading, &made) : NULL;

		if (wrong)
			fail(reading, made.key, wrong);
		else if (made.value)
			summary->settings[summary->n_settings++] = made;
	}
}

static void take_level(struct reading *reading, const cJSON *object)
{
	const cJSON *terms = member(reading, object, "terms", cJSON_IsString, "a text is needed");
	const cJSON *value, *bound;

	value = member(reading, object, "value", is_finite_number, "a number is needed");
	bound = member(reading, object, "bound", is_finite_number, "a number is needed");
	if (terms && value && bound)
		reading->summary->levels[reading->summary->n_levels++] = (struct plan_level){
			copy(reading, terms->valuestring), value->valuedouble, bound->valuedouble};
}

static void take_levels(struct reading *reading, const cJSON *array)
{
	const cJSON *item;

	reading->summary->levels = arena_array(reading->arena, (size_t)cJSON_GetArraySize(array),
					       sizeof *reading->summary->levels);
	cJSON_ArrayForEach(item, array)
		take_level(reading, item);
}

static void take_kpis(struct reading *reading, const cJSON *object)
{
	struct plan_summary *summary = reading->summary;
	const cJSON *item;

	summary->kpis = arena_array(reading->arena, (size_t)cJSON_GetArraySize(object),
				    sizeof *summary->kpis);
	cJSON_ArrayForEach(item, object)
		if (is_finite_number(item))
			summary->kpis[summary->n_kpis++] = (struct plan_kpi){
				copy(reading, item->string), item->valuedouble};
		else
			fail(reading, item->string, "a number is needed");
}

static void take_document(struct reading *reading, const cJSON *document)
{
	const cJSON *hash = cJSON_GetObjectItemCaseSensitive(document, "input_hash");
	const cJSON *name = cJSON_GetObjectItemCaseSensitive(document, "name");
	const cJSON *status, *settings, *levels, *kpis;

	status = member(reading, document, "status", cJSON_IsString, "a text is needed");
	settings = member(reading, document, "settings", cJSON_IsObject, "an object is needed");
	levels = member(reading, document, "levels", cJSON_IsArray, "a list is needed");
	kpis = member(reading, document, "kpis", cJSON_IsObject, "an object is needed");
	reading->summary->pseudonyms = cJSON_IsTrue(
		cJSON_GetObjectItemCaseSensitive(
			cJSON_GetObjectItemCaseSensitive(document, "children"), "pseudonyms"));
	if (cJSON_IsString(hash))
		reading->summary->input_hash = copy(reading, hash->valuestring);
	if (cJSON_IsString(name))
		reading->summary->name = copy(reading, name->valuestring);
	reading->summary->optimal = status && strcmp(status->valuestring, "optimal") == 0;
	if (settings)
		take_settings(reading, settings);
	if (levels)
		take_levels(reading, levels);
	if (kpis)
		take_kpis(reading, kpis);
}

int plan_summary_read(struct plan_summary *summary, const char *folder, struct arena *arena,
		      struct diags *diags)
{
	struct reading reading = {.summary = summary, .arena = arena, .diags = diags};
	const char *end;
	size_t length;
	char *text;
	cJSON *document;

	*summary = (struct plan_summary){.name = "", .input_hash = ""};
	summary->path = arena_printf(arena, "%s/summary.json", folder);
	if (encoding_read(summary->path, &text, &length, diags))
		return -1;
	end = text;
	document = cJSON_ParseWithOpts(text, &end, 1);
	if (cJSON_IsObject(document))
		take_document(&reading, document);
	else
		reading.result = diag_error(diags, DIAG_JSON,
					    encoding_place(summary->path, text,
							   (size_t)(end - text)),
					    "this is not a summary in JSON");
	cJSON_Delete(document);
	free(text);
	return reading.result;
}

const double *plan_summary_kpi(const struct plan_summary *summary, const char *name)
{
	for (size_t i = 0; i < summary->n_kpis; i++)
		if (strcmp(summary->kpis[i].name, name) == 0)
			return &summary->kpis[i].value;
	return NULL;
}

const char *plan_summary_setting(const struct plan_summary *summary, const char *key)
{
	for (size_t i = 0; i < summary->n_settings; i++)
		if (strcmp(summary->settings[i].key, key) == 0)
			return summary->settings[i].value;
	return "";
}

const struct plan_level *plan_summary_level(const struct plan_summary *summary, const char *terms)
{
	for (size_t i = 0; i < summary->n_levels; i++)
		if (strcmp(summary->levels[i].terms, terms) == 0)
			return &summary->levels[i];
	return NULL;
}
