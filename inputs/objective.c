#include "inputs/objective.h"

#include <string.h>

#include "inputs/base/text.h"

static const char *const names[] = {
#define X(name, text, unit) text,
	OBJECTIVE_TERMS(X)
#undef X
};

enum { MAX_LEVELS = 16 };

const char *term_name(enum term term)
{
	return names[term];
}

static enum term find_term(const char *name)
{
	for (int i = 0; i < TERM_COUNT; i++)
		if (strcmp(names[i], name) == 0)
			return (enum term)i;
	return TERM_COUNT;
}

/* Runs of white space as one space, none at the ends. */
static char *squeeze(char *text)
{
	char *out = text;

	for (char *c = text; *c; c++) {
		bool space = strchr(" \t\r\n", *c) != NULL;

		if (!space)
			*out++ = *c;
		else if (out > text && out[-1] != ' ')
			*out++ = ' ';
	}
	if (out > text && out[-1] == ' ')
		out--;
	*out = '\0';
	return text;
}

/* "3 over_standard", "0.5far" or "far". Returns NULL or what is wrong. */
static const char *parse_term(struct arena *arena, char *text, struct level *level)
{
	size_t digits = strspn(text, "0123456789.");
	char *name = text + digits;
	int64_t factor = NANO, sum;
	enum term term;
	char save = *name;

	*name = '\0';
	if (digits && number_nano(text, &factor))
		return arena_printf(arena, "'%s' is not a factor", text);
	*name = save;
	term = find_term(text_trim(name));
	if (term == TERM_COUNT)
		return arena_printf(arena, "'%s' is not a term (there are: unplaced, "
				    "oversized_classes, large_classes, far, over_standard, "
				    "travel_km, moved, cost)", text_trim(name));
	if (__builtin_add_overflow(level->factor[term], factor, &sum) || sum > NANO * 1000000)
		return arena_printf(arena, "the factor of %s is above 1000000", names[term]);
	level->factor[term] = sum;
	return NULL;
}

static const char *parse_level(struct arena *arena, char *text, struct level *level)
{
	char *rest = arena_text(arena, text, strlen(text)), *term;

	*level = (struct level){.text = text};
	while ((term = strsep(&rest, "+"))) {
		const char *wrong = parse_term(arena, text_trim(term), level);

		if (wrong)
			return wrong;
	}
	return NULL;
}

const char *objective_parse(struct arena *arena, const char *text, struct objective *objective)
{
	struct objective parsed = {0, arena_array(arena, MAX_LEVELS, sizeof(struct level))};
	char *rest = arena_text(arena, text, strlen(text)), *part;

	while ((part = strsep(&rest, ";"))) {
		const char *wrong;

		if (!*squeeze(part))
			continue;
		if (parsed.n_levels == MAX_LEVELS)
			return arena_printf(arena, "there are more than %d levels", MAX_LEVELS);
		wrong = parse_level(arena, part, &parsed.levels[parsed.n_levels++]);
		if (wrong)
			return wrong;
	}
	if (parsed.n_levels == 0)
		return "there is no level in it";
	*objective = parsed;
	return NULL;
}
