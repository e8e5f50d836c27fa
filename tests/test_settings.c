/* Every setting reads, refuses and writes as its row in the table says. */
#include <criterion/criterion.h>
#include <string.h>

#include "inputs/settings.h"

static const struct {
	const char *key, *value;
	const char *written;  /* what setting_write gives back, or NULL after an error */
	const char *wrong;    /* the error */
} cases[] = {
	{"class_size.max", "65", "65", NULL}, {"class_size.max", " ６０ ", "60", NULL},
	{"class_size.max", "1", "1", NULL}, {"class_size.max", "100000", "100000", NULL},
	{"class_size.max", "0", NULL, "0 is outside the range 1..100000"},
	{"class_size.max", "100001", NULL, "100001 is outside the range 1..100000"},
	{"class_size.max", "60.5", NULL, "'60.5' is not a whole number"},
	{"class_size.max", "", NULL, "'' is not a whole number"},
	{"distance.detour", "1.25", "1.25", NULL}, {"distance.detour", "1", "1", NULL},
	{"distance.detour", "0.999999999", NULL, "0.999999999 is outside the range 1..100"},
	{"limit_km.primary", "2.5", "2.5", NULL}, {"limit_km.primary", "0", "0", NULL},
	{"max_km", "far", NULL, "'far' is not a number"},
	{"max_km", "-1", NULL, "-1 is outside the range 0..100000"},
	{"whole_zones", "yes", "yes", NULL}, {"whole_zones", "TRUE", "yes", NULL},
	{"whole_zones", "否", "no", NULL}, {"whole_zones", "0", "no", NULL},
	{"whole_zones", "maybe", NULL, "'maybe' is neither yes nor no"},
	{"distance.missing", "unreachable", "unreachable", NULL},
	{"distance.missing", "guess", NULL, "'guess' is neither compute nor unreachable"},
	{"month", "2018-09", "2018-09", NULL},
	{"month", "2018-13", NULL, "'2018-13' is not a month such as 2018-09"},
	{"objective", "far; unplaced", "far; unplaced", NULL},
	{"objective", "", NULL, "there is no level in it"},
};

Test(settings, values_are_read_and_written)
{
	struct arena arena;

	arena_open(&arena);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct setting *setting = setting_find(cases[i].key);
		struct settings settings;
		struct text before = {0}, after = {0};
		const char *wrong;

		cr_assert_not_null(setting, "%s", cases[i].key);
		settings_default(&arena, &settings);
		setting_write(&before, &settings, setting);
		wrong = setting_read(&arena, &settings, setting, cases[i].value);
		setting_write(&after, &settings, setting);
		cr_expect_str_eq(wrong ? wrong : "", cases[i].wrong ? cases[i].wrong : "");
		/* an error leaves the value as it was */
		cr_expect_str_eq(after.data ? after.data : "",
				 cases[i].written ? cases[i].written : before.data);
		text_free(&before);
		text_free(&after);
	}
	arena_close(&arena);
}

Test(settings, defaults_are_those_of_the_contract)
{
	static const char *const want[][2] = {
		{"class_size.primary", "45"}, {"class_size.junior", "50"}, {"class_size.large", "56"},
		{"class_size.oversized", "66"}, {"class_size.max", "65"}, {"limit_km.primary", "3"},
		{"limit_km.junior", "5"}, {"norm.floor_m2", "0"}, {"norm.land_m2", "0"},
		{"distance.detour", "1"}, {"distance.missing", "compute"}, {"max_km", "0"},
		{"whole_zones", "no"}, {"budget", "0"},
		{"objective",
		 "unplaced; oversized_classes; large_classes; far; travel_km + 3 over_standard"},
	};
	struct arena arena;
	struct settings settings;

	arena_open(&arena);
	settings_default(&arena, &settings);
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		struct text text = {0};

		setting_write(&text, &settings, setting_find(want[i][0]));
		cr_expect_str_eq(text.data, want[i][1]);
		text_free(&text);
	}
	cr_expect_null(setting_find("class_sise.max"));
	cr_expect_eq(settings.levels.n_levels, 5);
	arena_close(&arena);
}

/* Only large <= oversized is required: a large above the max just cannot arise. */
Test(settings, contradictions)
{
	struct arena arena;
	struct settings settings;
	const char *key = "";

	arena_open(&arena);
	settings_default(&arena, &settings);
	settings.class_max = 40;
	settings.class_large = settings.class_oversized;
	cr_expect_null(settings_contradiction(&arena, &settings, &key));
	settings.class_large++;
	cr_expect_str_eq(settings_contradiction(&arena, &settings, &key),
			 "class_size.large 67 is above class_size.oversized 66");
	cr_expect_str_eq(key, "class_size.large");
	arena_close(&arena);
}
