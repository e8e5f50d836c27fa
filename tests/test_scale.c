/* Levels are counted in whole units, exactly or not at all. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "models/scale.h"

/* One group's weight, the objective, and what its first level is counted in. */
struct scale_case {
	const char *objective;
	int64_t weight;      /* nano */
	int64_t pupils, longest;
	const char *error;   /* NULL: none */
	int digits;
	int64_t per_metre, far, over_standard, large, unplaced;
};

/* A metre is a thousandth of a km, so travel_km alone needs 3 digits. */
static const struct scale_case cases[] = {
	{"far", NANO, 10, 100, NULL, 0, 0, 1, 0, 0, 0},
	{"travel_km + 3 over_standard", NANO, 10, 100, NULL, 3, 1, 0, 3000, 0, 0},
	{"1000 travel_km", NANO, 10, 100, NULL, 0, 1, 0, 0, 0, 0},
	{"0.25 far + 1.5 large_classes", NANO, 10, 100, NULL, 2, 0, 25, 0, 150, 0},
	{"unplaced", 450000000, 10, 100, NULL, 2, 0, 0, 0, 0, 45},
	{"0.001 unplaced + far", 1, 10, 100, NULL, 12, 0, INT64_C(1000000000000), 0, 0, 1},
	{"0.0001 unplaced", 1, 10, 100, "too fine", 0, 0, 0, 0, 0, 0},
	/* 2^53 = 9007199254740992: the value itself is already out, one less is in */
	{"far", NANO, INT64_C(9007199254740991), 0, NULL, 0, 0, 1, 0, 0, 0},
	{"far", NANO, INT64_C(9007199254740992), 0, "too large", 0, 0, 0, 0, 0, 0},
	{"travel_km", NANO, 100000, INT64_C(90071992547), NULL, 3, 1, 0, 0, 0, 0},
	{"travel_km", NANO, 100000, INT64_C(90071992548), "too large", 0, 0, 0, 0, 0, 0},
	{"1000000 far + 0.000000001 travel_km", NANO, 1, 1, "too large", 0, 0, 0, 0, 0, 0},
};

static void expect_level(const struct scale_case *want, const struct level_scale *made)
{
	cr_assert_eq(made->digits, want->digits, "%s: %d digits", want->objective, made->digits);
	cr_assert_eq(made->per_metre, want->per_metre, "%s", want->objective);
	cr_assert_eq(made->far, want->far, "%s", want->objective);
	cr_assert_eq(made->over_standard, want->over_standard, "%s", want->objective);
	cr_assert_eq(made->large_classes, want->large, "%s", want->objective);
	cr_assert_eq(made->unplaced[0], want->unplaced, "%s", want->objective);
}

static void expect_case(const struct scale_case *want)
{
	struct group group = {.id = "resident", .weight = want->weight};
	struct cell cell = {.grade = 1, .pupils = want->pupils};
	struct district district = {.groups = &group, .n_groups = 1, .cells = &cell, .n_cells = 1};
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	struct diags diags;
	struct level_scale *made;

	diag_open(&diags, out);
	arena_open(&district.arena);
	cr_assert_null(objective_parse(&district.arena, want->objective,
				       &district.settings.levels));
	made = level_scales_make(&district.arena, &district, want->longest, &diags);
	fclose(out);
	cr_assert_eq(made == NULL, want->error != NULL, "%s: %s", want->objective, text);
	if (made)
		expect_level(want, made);
	else
		cr_assert(strstr(text, want->error), "'%s' is not in: %s", want->error, text);
	arena_close(&district.arena);
	free(text);
}

Test(scale, every_coefficient_is_whole)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect_case(&cases[i]);
}
