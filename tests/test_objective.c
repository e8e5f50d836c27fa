/* The objective's text becomes levels of factors. */
#include <criterion/criterion.h>
#include <string.h>

#include "inputs/base/text.h"
#include "inputs/objective.h"

#define TERMS "(there are: unplaced, oversized_classes, large_classes, far, over_standard, " \
	"travel_km, moved, cost)"

/* Each level as TERM NUMBER=FACTOR in nano-units, joined by spaces; levels by "; ". */
static const struct {
	const char *text, *levels, *wrong;
} cases[] = {
	{"unplaced", "unplaced=1000000000", NULL},
	{" unplaced ;\n far ; ", "unplaced=1000000000; far=1000000000", NULL},
	{"travel_km + 3 over_standard", "over_standard=3000000000 travel_km=1000000000", NULL},
	{"0.5far+2.25 far", "far=2750000000", NULL},
	{";;far;;", "far=1000000000", NULL},
	{"0 far", "", NULL},
	{"1000000 moved + .000000001 cost", "moved=1000000000000000 cost=1", NULL},
	{"1000000.000000001 cost", NULL, "the factor of cost is above 1000000"},
	{"999999 far + 2 far", NULL, "the factor of far is above 1000000"},
	{"", NULL, "there is no level in it"},
	{" ; ;", NULL, "there is no level in it"},
	{"happiness", NULL, "'happiness' is not a term " TERMS},
	{"far +", NULL, "'' is not a term " TERMS},
	{"far 3", NULL, "'far 3' is not a term " TERMS},
	{"-1 far", NULL, "'-1 far' is not a term " TERMS},
	{"1.2.3 far", NULL, "'1.2.3' is not a factor"},
	{"Far", NULL, "'Far' is not a term " TERMS},
	{"far;far;far;far;far;far;far;far;far;far;far;far;far;far;far;far;far", NULL,
	 "there are more than 16 levels"},
};

static void list_levels(struct text *text, const struct objective *objective)
{
	text_add(text, "");
	for (size_t k = 0; k < objective->n_levels; k++) {
		const char *gap = k ? "; " : "";

		for (int t = 0; t < TERM_COUNT; t++)
			if (objective->levels[k].factor[t]) {
				text_printf(text, "%s%s=%lld", gap, term_name((enum term)t),
					    (long long)objective->levels[k].factor[t]);
				gap = " ";
			}
	}
}

Test(objective, levels_and_errors)
{
	struct arena arena;

	arena_open(&arena);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct objective objective = {77, NULL};
		const char *wrong = objective_parse(&arena, cases[i].text, &objective);
		struct text levels = {0};

		cr_expect_str_eq(wrong ? wrong : "", cases[i].wrong ? cases[i].wrong : "");
		if (wrong) {
			cr_expect_eq(objective.n_levels, 77, "an error leaves it as it was");
			continue;
		}
		list_levels(&levels, &objective);
		cr_expect_str_eq(levels.data, cases[i].levels ? cases[i].levels : "");
		text_free(&levels);
	}
	arena_close(&arena);
}

Test(objective, a_level_keeps_its_text_without_extra_space)
{
	struct arena arena;
	struct objective objective;

	arena_open(&arena);
	cr_assert_null(objective_parse(&arena, "  travel_km \t+\n 3  over_standard ;far",
				       &objective));
	cr_expect_str_eq(objective.levels[0].text, "travel_km + 3 over_standard");
	cr_expect_str_eq(objective.levels[1].text, "far");
	arena_close(&arena);
}
