#include "outputs/summary.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "inputs/base/memory.h"
#include "outputs/figures.h"
#include "outputs/finding_text.h"

/* Parts in a million, and what is in between. */
__extension__ typedef __int128 wide;

enum { MILLION = 1000000 };

/* A number of so many decimals, exactly as the text says it. */
static void add_decimal(cJSON *object, const char *key, int64_t value, int digits, bool trim)
{
	struct text number = {0};

	text_add_decimal(&number, value, digits, trim);
	cJSON_AddRawToObject(object, key, number.data);
	text_free(&number);
}

static void add_count(cJSON *object, const char *key, int64_t count)
{
	add_decimal(object, key, count, 0, false);
}

/* Seconds or megabytes, to microseconds or bytes. */
static void add_real(cJSON *object, const char *key, double value)
{
	add_decimal(object, key, (int64_t)(value * MILLION + 0.5), 6, false);
}

/* The gap in millionths, rounded up. */
static int64_t gap_millionths(const struct level_result *level)
{
	wide size = 1;

	for (int i = 0; i < level->digits; i++)
		size *= 10;
	if (level->value > size)
		size = level->value;
	return (int64_t)(((wide)(level->value - level->bound) * MILLION + size - 1) / size);
}

static void add_level(cJSON *levels, const struct level_result *level)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddStringToObject(object, "terms", level->terms);
	add_decimal(object, "value", level->value, level->digits, true);
	add_decimal(object, "bound", level->bound, level->digits, true);
	add_decimal(object, "gap", gap_millionths(level), 6, true);
	cJSON_AddStringToObject(object, "engine", level->engine);
	cJSON_AddItemToArray(levels, object);
}

bool plan_output_optimal(const struct plan_output *output)
{
	for (size_t i = 0; i < output->n_levels; i++)
		if (output->levels[i].bound < output->levels[i].value)
			return false;
	return true;
}

static void add_kpis(cJSON *object, const char *key, const struct totals *totals)
{
	cJSON *kpis = cJSON_AddObjectToObject(object, key);
	const struct ways *ways = &totals->ways;

	add_count(kpis, "pupils", totals->pupils);
	add_count(kpis, "placed", totals->placed);
	add_count(kpis, "unplaced", totals->unplaced);
	add_count(kpis, "oversized_classes", totals->oversized_classes);
	add_count(kpis, "large_classes", totals->large_classes);
	add_count(kpis, "far", totals->far);
	add_count(kpis, "over_standard", totals->over_standard);
	add_decimal(kpis, "travel_km", ways->metres, 3, false);
	add_decimal(kpis, "mean_km", mean_metres(ways->metres, ways->pupils), 3, false);
	add_decimal(kpis, "p90_km", ways->p90, 3, false);
	add_decimal(kpis, "max_km", ways->longest, 3, false);
}

static void add_floor(cJSON *references, const struct floor *least)
{
	cJSON *object = cJSON_AddObjectToObject(references, "floor");

	add_count(object, "unplaced", least->unplaced);
	add_count(object, "oversized_classes", least->oversized_classes);
	add_count(object, "large_classes", least->large_classes);
	add_count(object, "far", least->far);
	add_count(object, "over_standard", least->over_standard);
	add_decimal(object, "travel_km", least->metres, 3, false);
}

static void add_claims(cJSON *children, const struct settlement *settlement)
{
	cJSON *claims = cJSON_AddObjectToObject(children, "claims");

	for (int right = 0; right < RIGHT_COUNT; right++) {
		cJSON *object = cJSON_AddObjectToObject(claims, right_name((enum right)right));

		add_count(object, "kept", (int64_t)settlement->n_kept[right]);
		add_count(object, "missed", (int64_t)settlement->n_missed[right]);
	}
}

/* Of all classes the worst figure of each kind. */
static void add_classes(cJSON *children, const struct class_lists *lists)
{
	cJSON *object = cJSON_AddObjectToObject(children, "classes");
	struct balance worst = {0};

	for (size_t i = 0; i < lists->n; i++) {
		struct balance here;

		class_list_balance(lists, i, &here);
		if (here.size_range > worst.size_range)
			worst.size_range = here.size_range;
		if (here.sex_range > worst.sex_range)
			worst.sex_range = here.sex_range;
		if (here.inclusion_most > worst.inclusion_most)
			worst.inclusion_most = here.inclusion_most;
		worst.twins_broken += here.twins_broken;
		worst.inclusion_excess += here.inclusion_excess;
	}
	add_count(object, "size_range", worst.size_range);
	add_count(object, "sex_range", worst.sex_range);
	add_count(object, "inclusion_most", worst.inclusion_most);
	add_count(object, "inclusion_above", worst.inclusion_excess);
	add_count(object, "twins_against_setting", worst.twins_broken);
}

/* How rights, choices and classes of children by name came out. */
static void add_children(cJSON *summary, const struct plan_output *output)
{
	const struct wish_figures *figures = &output->enrolment->figures;
	cJSON *children = cJSON_AddObjectToObject(summary, "children");

	cJSON_AddBoolToObject(children, "pseudonyms",
			      *output->district->settings.pseudonyms != '\0');
	add_claims(children, &output->named->settlement);
	add_count(children, "choosing", figures->choosing);
	add_count(children, "first_choice", figures->first);
	add_count(children, "other_choice", figures->other);
	add_count(children, "no_choice", figures->none);
	add_count(children, "envy_pairs", figures->envy_pairs);
	add_count(children, "envious", figures->envious);
	add_count(children, "waiting", figures->waiting);
	add_count(children, "twin_sets", figures->twin_sets);
	add_count(children, "twins_apart", figures->twins_apart);
	add_classes(children, output->class_lists);
}

/* What the plan is held against. */
static void add_references(cJSON *summary, const struct plan_output *output)
{
	cJSON *references;

	if (!output->nearest && !output->floor)
		return;
	references = cJSON_AddObjectToObject(summary, "references");
	if (output->nearest)
		add_kpis(references, "nearest", &output->nearest->totals);
	if (output->floor)
		add_floor(references, output->floor);
}

/* Numbers as numbers, the rest as texts. */
static void add_setting(cJSON *object, const struct settings *settings,
			const struct setting *setting)
{
	struct text value = {0};

	text_add(&value, "");
	setting_write(&value, settings, setting);
	if (setting->type == SETTING_COUNT || setting->type == SETTING_DECIMAL)
		cJSON_AddRawToObject(object, setting->key, value.data);
	else
		cJSON_AddStringToObject(object, setting->key, value.data);
	text_free(&value);
}

static void add_settings(cJSON *summary, const struct settings *settings)
{
	cJSON *object = cJSON_AddObjectToObject(summary, "settings");

	/* Where the key lies is nobody's business: that there was one is said apart. */
	for (size_t i = 0; i < n_settings; i++)
		if (strcmp(setting_table[i].key, "pseudonyms") != 0)
			add_setting(object, settings, &setting_table[i]);
}

static void add_certificate(cJSON *summary, const struct certificate *certificate)
{
	cJSON *object = cJSON_AddObjectToObject(summary, "certificate");

	cJSON_AddStringToObject(object, "method", certificate->method);
	cJSON_AddBoolToObject(object, "holds", certificate->holds);
}

/* Adds the text of a tree, and deletes the tree. */
static void print(struct text *text, cJSON *tree)
{
	char *printed = cJSON_Print(tree);

	if (printed)
		text_add(text, printed);
	text_add(text, "\n");
	free(printed);
	cJSON_Delete(tree);
}

void summary_write(struct text *text, const struct plan_output *output)
{
	cJSON *summary = cJSON_CreateObject(), *levels;
	bool optimal = plan_output_optimal(output);

	cJSON_AddStringToObject(summary, "name", output->district->name);
	cJSON_AddStringToObject(summary, "version", SEATWISE_VERSION);
	cJSON_AddStringToObject(summary, "input_hash", output->input_hash);
	cJSON_AddStringToObject(summary, "status", optimal ? "optimal" : "feasible");
	levels = cJSON_AddArrayToObject(summary, "levels");
	for (size_t i = 0; i < output->n_levels; i++)
		add_level(levels, &output->levels[i]);
	add_certificate(summary, &output->certificate);
	add_kpis(summary, "kpis", &output->plan->totals);
	if (output->named)
		add_children(summary, output);
	add_references(summary, output);
	if (output->findings)
		findings_json(summary, output);
	add_settings(summary, &output->district->settings);
	print(text, summary);
}

/* Two objects of the same keys: seconds on the wall, and of the processor. */
static void add_moment(cJSON *seconds, cJSON *cpu_seconds, const char *key, struct moment moment)
{
	add_real(seconds, key, moment.wall);
	add_real(cpu_seconds, key, moment.cpu);
}

static void add_stages(cJSON *run, const struct run_clock *clock)
{
	cJSON *seconds = cJSON_AddObjectToObject(run, "seconds");
	cJSON *cpu_seconds = cJSON_AddObjectToObject(run, "cpu_seconds");
	struct moment total = {clock->last.wall - clock->started.wall,
			       clock->last.cpu - clock->started.cpu};

	for (int stage = 0; stage < STAGE_COUNT; stage++)
		add_moment(seconds, cpu_seconds, run_stage_key(stage), clock->stages[stage]);
	add_moment(seconds, cpu_seconds, "total", total);
}

static void add_level_seconds(cJSON *run, const struct plan_output *output)
{
	cJSON *levels = cJSON_AddArrayToObject(run, "levels");

	for (size_t i = 0; i < output->n_levels; i++) {
		cJSON *object = cJSON_CreateObject();

		cJSON_AddStringToObject(object, "terms", output->levels[i].terms);
		add_real(object, "seconds", output->levels[i].seconds);
		cJSON_AddItemToArray(levels, object);
	}
}

void run_write(struct text *text, const struct plan_output *output)
{
	cJSON *run = cJSON_CreateObject();

	add_stages(run, output->clock);
	add_level_seconds(run, output);
	add_real(run, "peak_mb", run_peak_mb());
	add_count(run, "threads", output->threads);
	print(text, run);
}
