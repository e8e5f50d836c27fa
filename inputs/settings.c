#include "inputs/settings.h"

#include <string.h>

#include "inputs/columns.h"
#include "inputs/headings.h"

const struct setting setting_table[] = {
#define X(ctype, field, type, key, fallback, least, most, help) \
	{key, fallback, help, SETTING_##type, least, most, offsetof(struct settings, field)},
	SETTINGS(X)
#undef X
};
const size_t n_settings = sizeof setting_table / sizeof *setting_table;

/* What a SETTING_WORD may be, in the order of its enum. */
enum { MOST_WORDS = 4 };

static const struct {
	const char *key, *words[MOST_WORDS + 1];
} word_table[] = {
	{"distance.missing", {"compute", "unreachable"}},
	{"sections", {"fixed", "free"}},
	{"lottery", {"sha256", "interval"}},
	{"decide", {"optimal", "first-choice", "deferred"}},
	{"key", {"lot", "points", "distance", "rank"}},
	{"twins", {"skip", "expand", "split"}},
	{"choice_seats", {"standard", "large", "max"}},
	{"sectioning", {"lot", "serpentine"}},
	{"twins.sections", {"together", "apart"}},
};

static const char *const *words_of(const struct setting *setting)
{
	size_t i = 0;

	while (strcmp(word_table[i].key, setting->key) != 0)
		i++;
	return word_table[i].words;
}

const char *decide_name(enum decide decide)
{
	return words_of(setting_find("decide"))[decide];
}

const struct setting *setting_find(const char *key)
{
	for (size_t i = 0; i < n_settings; i++)
		if (strcmp(setting_table[i].key, key) == 0)
			return &setting_table[i];
	return NULL;
}

static const char *read_number(struct arena *arena, const struct setting *setting,
			       const char *folded, int64_t *target)
{
	bool whole = setting->type == SETTING_COUNT;
	int64_t unit = whole ? 1 : NANO, number;
	int result = whole ? number_count(folded, &number) : number_nano(folded, &number);

	if (result < 0)
		return arena_printf(arena, "'%s' is not a %snumber", folded, whole ? "whole " : "");
	if (result > 0 || number < setting->least * unit || number > setting->most * unit)
		return arena_printf(arena, "%s is outside the range %lld..%lld", folded,
				    (long long)setting->least, (long long)setting->most);
	*target = number;
	return NULL;
}

static const char *read_switch(struct arena *arena, const char *folded, bool *target)
{
	for (const struct word *word = words_yes_no; word->text; word++)
		if (strcmp(word->text, folded) == 0) {
			*target = word->value;
			return NULL;
		}
	return arena_printf(arena, "'%s' is neither yes nor no", folded);
}

static const char *read_word(struct arena *arena, const struct setting *setting,
			     const char *folded, int *target)
{
	const char *const *words = words_of(setting);
	struct text all = {0};
	const char *wrong;

	for (int i = 0; words[i]; i++) {
		if (strcmp(words[i], folded) == 0) {
			*target = i;
			text_free(&all);
			return NULL;
		}
		if (i > 0)
			text_add(&all, words[i + 1] ? ", " : " nor ");
		text_add(&all, words[i]);
	}
	wrong = arena_printf(arena, "'%s' is neither %s", folded, all.data);
	text_free(&all);
	return wrong;
}

static const char *read_objective(struct arena *arena, struct settings *settings, const char *value)
{
	const char *wrong = objective_parse(arena, value, &settings->levels);

	if (!wrong)
		settings->objective = arena_text(arena, value, strlen(value));
	return wrong;
}

static const char *const right_names[RIGHT_COUNT] = {"stay", "feeder", "sibling"};

const char *right_name(enum right right)
{
	return right_names[right];
}

static const char *add_right(struct arena *arena, struct right_order *order, const char *name)
{
	int right = 0;

	while (right < RIGHT_COUNT && strcmp(right_names[right], name) != 0)
		right++;
	if (right == RIGHT_COUNT)
		return arena_printf(arena, "'%s' is none of the rights stay, feeder, sibling",
				    name);
	for (size_t i = 0; i < order->n; i++)
		if (order->order[i] == (enum right)right)
			return arena_printf(arena, "the right '%s' stands twice", name);
	order->order[order->n++] = (enum right)right;
	return NULL;
}

/* "stay; feeder", or "none". */
static const char *read_rights(struct arena *arena, struct settings *settings, const char *folded)
{
	struct right_order order = {0};
	char *rest = arena_text(arena, folded, strlen(folded)), *part;

	if (strcmp(folded, "none") != 0)
		while ((part = strsep(&rest, ";"))) {
			const char *name = text_trim(part);
			const char *wrong = *name ? add_right(arena, &order, name) : NULL;

			if (wrong)
				return wrong;
		}
	settings->rights = arena_text(arena, folded, strlen(folded));
	settings->right_order = order;
	return NULL;
}

const char *setting_read(struct arena *arena, struct settings *settings,
			 const struct setting *setting, const char *value)
{
	const char *folded = text_fold(arena, value);
	void *target = (char *)settings + setting->offset;

	switch (setting->type) {
	case SETTING_COUNT:
	case SETTING_DECIMAL:
		return read_number(arena, setting, folded, target);
	case SETTING_SWITCH:
		return read_switch(arena, folded, target);
	case SETTING_WORD:
		return read_word(arena, setting, folded, target);
	case SETTING_MONTH:
		if (!month_valid(folded))
			return arena_printf(arena, "'%s' is not a month such as 2018-09", folded);
		*(const char **)target = folded;
		return NULL;
	case SETTING_TEXT:
		*(const char **)target = arena_text(arena, value, strlen(value));
		return NULL;
	case SETTING_RIGHTS:
		return read_rights(arena, settings, folded);
	case SETTING_LEVELS:
		break;
	}
	return read_objective(arena, settings, value);
}

void settings_default(struct arena *arena, struct settings *settings)
{
	*settings = (struct settings){.month = "", .seed = "", .pseudonyms = ""};
	for (size_t i = 0; i < n_settings; i++)
		if (*setting_table[i].fallback)
			setting_read(arena, settings, &setting_table[i], setting_table[i].fallback);
}

const char *settings_contradiction(struct arena *arena, const struct settings *settings,
				   const char **key)
{
	if (settings->class_large <= settings->class_oversized)
		return NULL;
	*key = "class_size.large";
	return arena_printf(arena, "class_size.large %lld is above class_size.oversized %lld",
			    (long long)settings->class_large, (long long)settings->class_oversized);
}

void setting_write(struct text *text, const struct settings *settings,
		   const struct setting *setting)
{
	const char *field = (const char *)settings + setting->offset;

	switch (setting->type) {
	case SETTING_COUNT:
		text_add_count(text, *(const int64_t *)field);
		break;
	case SETTING_DECIMAL:
		text_add_decimal(text, *(const int64_t *)field, 9, true);
		break;
	case SETTING_SWITCH:
		text_add(text, *(const bool *)field ? "yes" : "no");
		break;
	case SETTING_WORD:
		text_add(text, words_of(setting)[*(const int *)field]);
		break;
	case SETTING_MONTH:
	case SETTING_LEVELS:
	case SETTING_RIGHTS:
	case SETTING_TEXT:
		text_add(text, *(const char *const *)field);
		break;
	}
}
