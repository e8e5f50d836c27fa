#include "inputs/config.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "inputs/base/text.h"
#include "inputs/columns.h"
#include "inputs/encoding.h"

/* What reading the file carries along. */
struct reading {
	struct config *config;
	struct arena *arena;
	struct diags *diags;
	const char *text;
	int result;
};

/* Where the last part of a key stands in the file, in quotes. */
static struct place key_place(const struct reading *reading, const char *key)
{
	const char *dot = strrchr(key, '.');
	char *quoted = arena_printf(reading->arena, "\"%s\"", key);
	const char *at = strstr(reading->text, quoted);

	if (!at && dot)
		at = strstr(reading->text, arena_printf(reading->arena, "\"%s\"", dot + 1));
	if (!at)
		return place_file(reading->config->path);
	return encoding_place(reading->config->path, reading->text, (size_t)(at - reading->text));
}

static void fail(struct reading *reading, enum diag_code code, const char *key, const char *wrong)
{
	reading->result = diag_error(reading->diags, code, key_place(reading, key), "%s: %s", key,
				     wrong);
}

/* A scalar as a user would write it, or NULL. */
static const char *scalar_text(const struct reading *reading, const cJSON *item)
{
	if (cJSON_IsString(item))
		return item->valuestring;
	if (cJSON_IsBool(item))
		return cJSON_IsTrue(item) ? "yes" : "no";
	if (cJSON_IsNumber(item) && isfinite(item->valuedouble))
		return arena_printf(reading->arena, "%.15g", item->valuedouble);
	return NULL;
}

static void take_setting(struct reading *reading, const char *key, const cJSON *item)
{
	const struct setting *setting = setting_find(key);
	const char *value = scalar_text(reading, item), *wrong;

	if (!setting) {
		fail(reading, DIAG_SETTING_UNKNOWN, key, "there is no such setting");
		return;
	}
	if (!value) {
		fail(reading, DIAG_SETTING_VALUE, key, "a number, a text or yes/no is needed");
		return;
	}
	if (setting->type == SETTING_TEXT && !cJSON_IsString(item)) {
		fail(reading, DIAG_SETTING_VALUE, key, "a text in quotes is needed");
		return;
	}
	wrong = setting_read(reading->arena, &reading->config->settings, setting, value);
	if (wrong)
		fail(reading, setting->type == SETTING_LEVELS ? DIAG_OBJECTIVE : DIAG_SETTING_VALUE,
		     key, wrong);
}

/* Settings may be flat ("class_size.max") or nested; cJSON bounds the depth. */
static void take_settings(struct reading *reading, const char *prefix, const cJSON *object)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, object) {
		const char *key = arena_printf(reading->arena, "%s%s", prefix, item->string);

		if (cJSON_IsObject(item))
			take_settings(reading, arena_printf(reading->arena, "%s.", key), item);
		else
			take_setting(reading, key, item);
	}
}

static void take_files(struct reading *reading, const cJSON *object)
{
	struct config *config = reading->config;
	const cJSON *item;

	config->files = arena_array(reading->arena, (size_t)cJSON_GetArraySize(object),
				    sizeof *config->files);
	cJSON_ArrayForEach(item, object) {
		if (!cJSON_IsString(item) || strchr(item->valuestring, '/')) {
			fail(reading, DIAG_JSON, item->string,
			     "the name of a file in the folder is needed");
			continue;
		}
		config->files[config->n_files++] = (struct override_file){
			arena_text(reading->arena, item->string, strlen(item->string)),
			arena_text(reading->arena, item->valuestring, strlen(item->valuestring))};
	}
}

static void take_year(struct reading *reading, const cJSON *item)
{
	double year = cJSON_IsNumber(item) ? item->valuedouble : 0;

	if (!(year >= 1900 && year <= 2999) || floor(year) < year)
		fail(reading, DIAG_JSON, "year", "a year from 1900 to 2999 is needed");
	else
		reading->config->year = (int64_t)year;
}

static void take_text(struct reading *reading, const char *key, const cJSON *item,
		      const char **target)
{
	if (!cJSON_IsString(item))
		fail(reading, DIAG_JSON, key, "a text is needed");
	else
		*target = arena_text(reading->arena, item->valuestring, strlen(item->valuestring));
}

static bool supported_crs(const char *crs)
{
	return strcmp(crs, "EPSG:4326") == 0 || strcmp(crs, "EPSG:4490") == 0;
}

static void take_member(struct reading *reading, const cJSON *item)
{
	const char *key = item->string;

	if (strcmp(key, "name") == 0)
		take_text(reading, key, item, &reading->config->name);
	else if (strcmp(key, "crs") == 0)
		take_text(reading, key, item, &reading->config->crs);
	else if (strcmp(key, "year") == 0)
		take_year(reading, item);
	else if (strcmp(key, "settings") == 0 && cJSON_IsObject(item))
		take_settings(reading, "", item);
	else if (strcmp(key, "files") == 0 && cJSON_IsObject(item))
		take_files(reading, item);
	else if (setting_find(key))
		take_setting(reading, key, item);
	else if (cJSON_IsObject(item) && strcmp(key, "settings") && strcmp(key, "files"))
		take_settings(reading, arena_printf(reading->arena, "%s.", key), item);
	else
		fail(reading, DIAG_SETTING_UNKNOWN, key, "there is no such setting");
}

static void check_whole(struct reading *reading)
{
	struct config *config = reading->config;
	const char *key, *wrong;

	wrong = settings_contradiction(reading->arena, &config->settings, &key);
	if (wrong)
		fail(reading, DIAG_SETTING_VALUE, key, wrong);
	if (!supported_crs(config->crs))
		fail(reading, DIAG_UNSUPPORTED, "crs",
		     "only EPSG:4326 (WGS-84) and EPSG:4490 (CGCS2000) are read");
}

static int take_document(struct reading *reading)
{
	const char *end = reading->text;
	cJSON *document = cJSON_ParseWithOpts(reading->text, &end, 1);
	const cJSON *item;

	if (!document || !cJSON_IsObject(document)) {
		size_t at = document ? strspn(reading->text, " \t\r\n")
				     : (size_t)(end - reading->text);
		struct place where = encoding_place(reading->config->path, reading->text, at);

		cJSON_Delete(document);
		return diag_error(reading->diags, DIAG_JSON, where, "this is not JSON%s",
				  document ? ": an object in braces is needed" : " from here on");
	}
	cJSON_ArrayForEach(item, document)
		take_member(reading, item);
	check_whole(reading);
	cJSON_Delete(document);
	return reading->result;
}

int config_read(struct config *config, const char *folder, struct arena *arena,
		struct diags *diags)
{
	struct reading reading = {.config = config, .arena = arena, .diags = diags};
	char *text;
	size_t length;
	int result;

	*config = (struct config){.folder = folder, .name = "", .crs = "EPSG:4326"};
	config->path = arena_printf(arena, "%s/district.json", folder);
	settings_default(arena, &config->settings);
	if (encoding_read(config->path, &text, &length, diags))
		return -1;
	reading.text = text;
	result = take_document(&reading);
	free(text);
	return result;
}

const char *config_file(const struct config *config, struct arena *arena, const char *table)
{
	for (size_t i = 0; i < config->n_files; i++)
		if (strcmp(config->files[i].table, table) == 0)
			return arena_printf(arena, "%s/%s", config->folder, config->files[i].file);
	return arena_printf(arena, "%s/%s.csv", config->folder, table);
}
