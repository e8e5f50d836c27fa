/* tests/mixed_district.h - tiny districts by chance in which every hard rule may bind at once.
 *
 * They are drawn as tables and go through files into the program, so that what reading does (schools
 * that open later, norms in m2, shares, ways) is tried as well. A rule is lifted by changing the
 * tables before they are written. */
#ifndef SEATWISE_MIXED_DISTRICT_H
#define SEATWISE_MIXED_DISTRICT_H

#include "inputs/district.h"
#include "tests/chance.h"
#include "tests/scratch_folder.h"

enum {
	MIXED_ZONES = 3,
	MIXED_SCHOOLS = 4,
	MIXED_GRADES = 3,
	MIXED_GROUPS = 5,
	MIXED_CELLS = MIXED_ZONES * MIXED_GRADES * MIXED_GROUPS,
	MIXED_OFFERINGS = MIXED_SCHOOLS * MIXED_GRADES,
	MIXED_RULES = MIXED_ZONES * MIXED_SCHOOLS * 2
};

/* The last grade without beds, the first one with, and one with the junior settings. */
static const int mixed_grades[MIXED_GRADES] = {3, 4, 7};

/* Places are on a grid of 100 m; areas are in tenths of m2. NOT_GIVEN: an empty cell. */
struct mixed_school {
	int64_t x, y, max_pupils, beds, places, land, floor;
	const char *kind, *ownership, *opens;
};

struct mixed_group {
	const char *weight, *limit_km, *needs;
	int64_t share; /* in hundredths */
	bool public_only;
};

/* grade 0, group NONE: all. */
struct mixed_rule {
	size_t zone, school, group;
	int grade;
	bool only;
};

struct mixed {
	uint64_t state;
	struct mixed_school schools[MIXED_SCHOOLS];
	struct mixed_group groups[MIXED_GROUPS];
	int64_t zones[MIXED_ZONES][2];
	struct offering offerings[MIXED_OFFERINGS]; /* class_size: NOT_GIVEN for the standard */
	struct cell cells[MIXED_CELLS];
	struct mixed_rule rules[MIXED_RULES];
	int64_t metres[MIXED_ZONES][MIXED_SCHOOLS]; /* in tenths; NOT_GIVEN: not in the table */
	size_t n_offerings, n_cells, n_rules;
	/* Settings; km, m2 and the detour in tenths. */
	int64_t class_primary, class_junior, large, oversized, class_max, limit_primary,
		limit_junior, norm_land, norm_floor, max_km, detour;
	bool roomy;  /* few rules, so that often everybody is placed and class counts decide */
	bool whole_zones, unreachable;
	const char *objective;
};

static inline int64_t mixed_chance(struct mixed *mixed, int64_t n)
{
	return chance(&mixed->state, n);
}

/* One of n words. */
static inline const char *mixed_word(struct mixed *mixed, const char *const *words, int64_t n)
{
	return words[mixed_chance(mixed, n)];
}

#define MIXED_WORD(mixed, words) \
	mixed_word(mixed, words, (int64_t)(sizeof words / sizeof *words))

static inline void mixed_draw_settings(struct mixed *mixed)
{
	static const char *const objectives[] = {
		"unplaced; oversized_classes; large_classes; far; travel_km + 3 over_standard",
		"unplaced; oversized_classes; large_classes; far; travel_km + 3 over_standard",
		"unplaced; large_classes + 2.5 oversized_classes; over_standard; travel_km",
		"unplaced + 0.5 far; 2 oversized_classes + large_classes + 0.001 travel_km",
		"unplaced; travel_km + 2.25 far + 1.5 large_classes",
		"travel_km + 4 unplaced; far; over_standard; large_classes",
	};

	mixed->roomy = mixed_chance(mixed, 3) == 0;
	mixed->class_primary = 2 + mixed_chance(mixed, 2);
	mixed->class_junior = 2 + mixed_chance(mixed, 3);
	mixed->large = 3 + mixed_chance(mixed, 2);
	mixed->oversized = mixed->large + mixed_chance(mixed, 3);
	mixed->class_max = 4 + mixed_chance(mixed, 4);
	mixed->limit_primary = 5 + mixed_chance(mixed, 10);
	mixed->limit_junior = 5 + mixed_chance(mixed, 15);
	mixed->norm_land = mixed_chance(mixed, 2) ? 0 : 11 + mixed_chance(mixed, 20);
	mixed->norm_floor = mixed_chance(mixed, 2) ? 0 : 11 + mixed_chance(mixed, 20);
	mixed->max_km = mixed->roomy || mixed_chance(mixed, 3) ? 0 : 5 + mixed_chance(mixed, 10);
	mixed->detour = mixed_chance(mixed, 3) ? 10 : 13;
	mixed->whole_zones = mixed_chance(mixed, mixed->roomy ? 8 : 4) == 0;
	mixed->unreachable = !mixed->roomy && mixed_chance(mixed, 10) == 0;
	mixed->objective = MIXED_WORD(mixed, objectives);
}

/* Those who stay may be above class_size.max, and there may be no section at all. */
static inline int64_t mixed_draw_offerings(struct mixed *mixed, size_t school)
{
	int64_t enrolled = 0;

	for (size_t g = 0; g < MIXED_GRADES; g++) {
		int64_t sections = mixed_chance(mixed, 16) ? 1 + mixed_chance(mixed, 2) : 0;
		int64_t most = sections * mixed->class_max;
		int64_t stay = mixed_chance(mixed, 8) ? mixed_chance(mixed, most / 2 + 1)
						      : most + mixed_chance(mixed, 3);

		if (mixed_chance(mixed, 8) == 0)
			continue;
		enrolled += stay;
		mixed->offerings[mixed->n_offerings++] = (struct offering){
			school, mixed_grades[g], sections, stay,
			mixed_chance(mixed, 4) ? NOT_GIVEN : 1 + mixed_chance(mixed, 5), NOT_GIVEN};
	}
	return enrolled;
}

/* An area for so many pupils or some fewer or more, and a bit; or none. */
static inline int64_t mixed_draw_area(struct mixed *mixed, int64_t pupils, int64_t norm)
{
	return mixed->roomy || mixed_chance(mixed, 3) ? NOT_GIVEN
				      : norm * (pupils + mixed_chance(mixed, 14)) +
						mixed_chance(mixed, 12);
}

static inline void mixed_draw_schools(struct mixed *mixed)
{
	static const char *const kinds[] = {"", "", "ordinary", "ordinary",
					       "ordinary", "ordinary", "special"};
	static const char *const owners[] = {"", "public", "purchased", "private", "private"};
	static const char *const opens[] = {"", "", "", "2020-01",
						"2026-09", "2026-09", "2026-10"};

	for (size_t s = 0; s < MIXED_SCHOOLS; s++) {
		struct mixed_school *school = &mixed->schools[s];
		int64_t stay = mixed_draw_offerings(mixed, s);

		school->x = mixed_chance(mixed, 16), school->y = mixed_chance(mixed, 16);
		school->kind = s == 0 ? "special" : MIXED_WORD(mixed, kinds);
		school->ownership = MIXED_WORD(mixed, owners);
		school->opens = MIXED_WORD(mixed, opens);
		school->max_pupils = mixed->roomy || mixed_chance(mixed, 3)
					     ? NOT_GIVEN
					     : (stay > 0 ? stay - 1 : 0) + mixed_chance(mixed, 20);
		school->beds = mixed_chance(mixed, 4);
		school->places = mixed_chance(mixed, 4);
		school->land = mixed_draw_area(mixed, stay, mixed->norm_land);
		school->floor = mixed_draw_area(mixed, stay, mixed->norm_floor);
	}
}

/* The first has no rules, the second may be like it; the third boards, and so on. */
static inline void mixed_draw_groups(struct mixed *mixed)
{
	static const char *const needs[] = {"", "", "boarding", "inclusion", "special"};
	static const char *const weights[] = {"", "1", "1.5", "2", "0.25"};
	static const char *const limits[] = {"", "", "0.7", "1", "1.25"};

	for (size_t g = 0; g < MIXED_GROUPS; g++) {
		struct mixed_group *group = &mixed->groups[g];

		*group = (struct mixed_group){"", "", needs[g], NOT_GIVEN, false};
		if (g == 0)
			continue;
		group->weight = MIXED_WORD(mixed, weights);
		group->limit_km = MIXED_WORD(mixed, limits);
		group->public_only = mixed_chance(mixed, 3) == 0;
		if (!mixed->roomy && mixed_chance(mixed, g == 1 ? 2 : 4) == 0)
			group->share = 20 + mixed_chance(mixed, 60);
	}
}

/* Two cells in a zone and grade on average, by zone, grade and group. */
static inline void mixed_draw_zones(struct mixed *mixed)
{
	for (size_t z = 0; z < MIXED_ZONES; z++) {
		mixed->zones[z][0] = mixed_chance(mixed, 16);
		mixed->zones[z][1] = mixed_chance(mixed, 16);
		for (size_t i = 0; i < MIXED_GRADES * MIXED_GROUPS; i++) {
			size_t group = i % MIXED_GROUPS;
			int64_t pupils = 1 + mixed_chance(mixed, group < 2 ? 5 : 3);

			if (mixed_chance(mixed, group < 2 ? 4 : mixed->roomy ? 30 : 12) == 0)
				mixed->cells[mixed->n_cells++] = (struct cell){
					z, group, mixed_grades[i / MIXED_GROUPS], pupils};
		}
	}
}

static inline void mixed_draw_rule(struct mixed *mixed, bool only, size_t zone, size_t school)
{
	mixed->rules[mixed->n_rules++] = (struct mixed_rule){
		zone, school,
		mixed_chance(mixed, 2) ? NONE : (size_t)mixed_chance(mixed, MIXED_GROUPS),
		mixed_chance(mixed, 2) ? 0 : mixed_grades[mixed_chance(mixed, MIXED_GRADES)], only};
}

static inline void mixed_draw_rules(struct mixed *mixed)
{
	for (size_t z = 0; z < MIXED_ZONES && !mixed->roomy; z++) {
		bool only = mixed_chance(mixed, 6) == 0;

		for (size_t s = 0; s < MIXED_SCHOOLS; s++) {
			if (only && mixed_chance(mixed, 2))
				mixed_draw_rule(mixed, true, z, s);
			if (mixed_chance(mixed, 9) == 0)
				mixed_draw_rule(mixed, false, z, s);
		}
	}
}

/* To a tenth of a metre, so that rounding matters. */
static inline void mixed_draw_ways(struct mixed *mixed)
{
	for (size_t z = 0; z < MIXED_ZONES; z++)
		for (size_t s = 0; s < MIXED_SCHOOLS; s++)
			mixed->metres[z][s] = mixed_chance(mixed, mixed->unreachable ? 5 : 3) ?
						      NOT_GIVEN : mixed_chance(mixed, 2000) * 10 +
								  mixed_chance(mixed, 2) * 5;
	if (mixed->unreachable) /* else most would be out of reach */
		for (size_t z = 0; z < MIXED_ZONES; z++)
			for (size_t s = 0; s < MIXED_SCHOOLS; s++)
				if (mixed->metres[z][s] == NOT_GIVEN && mixed_chance(mixed, 4))
					mixed->metres[z][s] = mixed_chance(mixed, 200) * 100;
}

/* Draws the tables of a district. */
static inline void mixed_draw(struct mixed *mixed, uint64_t seed)
{
	*mixed = (struct mixed){.state = (seed + 1) * UINT64_C(0x9E3779B97F4A7C15)};
	mixed_draw_settings(mixed);
	mixed_draw_schools(mixed);
	mixed_draw_groups(mixed);
	mixed_draw_zones(mixed);
	mixed_draw_rules(mixed);
	mixed_draw_ways(mixed);
}

/* --- as files -------------------------------------------------------------------------------- */

static inline void mixed_write(struct scratch *scratch, const char *name, struct text *text)
{
	scratch_text(scratch, name, text->data);
	text_free(text);
	*text = (struct text){0};
}

/* A number after a comma, or nothing. */
static inline void mixed_field(struct text *text, int64_t number, int digits)
{
	text_add(text, ",");
	if (number != NOT_GIVEN)
		text_add_decimal(text, number, digits, true);
}

static inline void mixed_write_settings(const struct mixed *mixed, struct scratch *scratch)
{
	const struct {
		const char *key;
		int64_t value;
		int digits;
	} settings[] = {
		{"class_size.primary", mixed->class_primary, 0},
		{"class_size.junior", mixed->class_junior, 0},
		{"class_size.large", mixed->large, 0},
		{"class_size.oversized", mixed->oversized, 0},
		{"class_size.max", mixed->class_max, 0},
		{"limit_km.primary", mixed->limit_primary, 1},
		{"limit_km.junior", mixed->limit_junior, 1},
		{"norm.land_m2", mixed->norm_land, 1},
		{"norm.floor_m2", mixed->norm_floor, 1},
		{"max_km", mixed->max_km, 1},
		{"distance.detour", mixed->detour, 1},
	};
	struct text text = {0};

	text_add(&text, "{\"name\": \"mixed\", \"year\": 2026, \"settings\": {");
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
		text_printf(&text, "\"%s\": ", settings[i].key);
		text_add_decimal(&text, settings[i].value, settings[i].digits, true);
		text_add(&text, ", ");
	}
	text_printf(&text, "\"whole_zones\": %s, \"distance.missing\": \"%s\", "
			   "\"objective\": \"%s\"}}\n", mixed->whole_zones ? "true" : "false",
		    mixed->unreachable ? "unreachable" : "compute", mixed->objective);
	mixed_write(scratch, "district.json", &text);
}

/* A point of the grid: some 100 m a step. */
static inline void mixed_point(struct text *text, int64_t x, int64_t y)
{
	text_printf(text, ",104.5%02d,30.4%02d", (int)x, (int)y);
}

static inline void mixed_write_schools(const struct mixed *mixed, struct scratch *scratch)
{
	struct text text = {0};

	text_add(&text, "school,lon,lat,kind,ownership,opens,max_pupils,boarding_beds,"
			"inclusion_places,land_m2,floor_m2\n");
	for (size_t s = 0; s < MIXED_SCHOOLS; s++) {
		const struct mixed_school *school = &mixed->schools[s];

		text_printf(&text, "S%zu", s);
		mixed_point(&text, school->x, school->y);
		text_printf(&text, ",%s,%s,%s", school->kind, school->ownership, school->opens);
		mixed_field(&text, school->max_pupils, 0);
		mixed_field(&text, school->beds, 0);
		mixed_field(&text, school->places, 0);
		mixed_field(&text, school->land, 1);
		mixed_field(&text, school->floor, 1);
		text_add(&text, "\n");
	}
	mixed_write(scratch, "schools.csv", &text);
	text_add(&text, "school,grade,sections,enrolled,class_size\n");
	for (size_t i = 0; i < mixed->n_offerings; i++) {
		const struct offering *offering = &mixed->offerings[i];

		text_printf(&text, "S%zu,%d", offering->school, offering->grade);
		mixed_field(&text, offering->sections, 0);
		mixed_field(&text, offering->enrolled, 0);
		mixed_field(&text, offering->class_size, 0);
		text_add(&text, "\n");
	}
	mixed_write(scratch, "offerings.csv", &text);
}

static inline void mixed_write_groups(const struct mixed *mixed, struct scratch *scratch)
{
	struct text text = {0};

	text_add(&text, "group,weight,limit_km,max_share,needs,public_only\n");
	for (size_t g = 0; g < MIXED_GROUPS; g++) {
		const struct mixed_group *group = &mixed->groups[g];

		text_printf(&text, "G%zu,%s,%s", g, group->weight, group->limit_km);
		mixed_field(&text, group->share, 2);
		text_printf(&text, ",%s,%s\n", group->needs, group->public_only ? "yes" : "");
	}
	mixed_write(scratch, "groups.csv", &text);
}

static inline void mixed_write_zones(const struct mixed *mixed, struct scratch *scratch)
{
	struct text text = {0};

	text_add(&text, "zone,lon,lat\n");
	for (size_t z = 0; z < MIXED_ZONES; z++) {
		text_printf(&text, "Z%zu", z);
		mixed_point(&text, mixed->zones[z][0], mixed->zones[z][1]);
		text_add(&text, "\n");
	}
	mixed_write(scratch, "zones.csv", &text);
	text_add(&text, "zone,grade,group,pupils\n");
	for (size_t c = 0; c < mixed->n_cells; c++) {
		const struct cell *cell = &mixed->cells[c];

		text_printf(&text, "Z%zu,%d,G%zu,%d\n", cell->zone, cell->grade, cell->group,
			    (int)cell->pupils);
	}
	mixed_write(scratch, "demand.csv", &text);
}

static inline void mixed_write_ways(const struct mixed *mixed, struct scratch *scratch)
{
	struct text text = {0};

	text_add(&text, "zone,school,rule,grade,group\n");
	for (size_t i = 0; i < mixed->n_rules; i++) {
		const struct mixed_rule *rule = &mixed->rules[i];

		text_printf(&text, "Z%zu,S%zu,%s", rule->zone, rule->school,
			    rule->only ? "only" : "never");
		mixed_field(&text, rule->grade ? rule->grade : NOT_GIVEN, 0);
		if (rule->group == NONE)
			text_add(&text, ",\n");
		else
			text_printf(&text, ",G%zu\n", rule->group);
	}
	mixed_write(scratch, "access.csv", &text);
	text_add(&text, "zone,school,km\n");
	for (size_t z = 0; z < MIXED_ZONES; z++)
		for (size_t s = 0; s < MIXED_SCHOOLS; s++) {
			if (mixed->metres[z][s] == NOT_GIVEN)
				continue;
			text_printf(&text, "Z%zu,S%zu", z, s);
			mixed_field(&text, mixed->metres[z][s], 4);
			text_add(&text, "\n");
		}
	mixed_write(scratch, "distances.csv", &text);
}

/* Writes the tables into the folder, over those of the district before. */
static inline void mixed_write_all(const struct mixed *mixed, struct scratch *scratch)
{
	mixed_write_settings(mixed, scratch);
	mixed_write_schools(mixed, scratch);
	mixed_write_groups(mixed, scratch);
	mixed_write_zones(mixed, scratch);
	mixed_write_ways(mixed, scratch);
}

#endif
