/* tests/small_district.h - districts of a few zones and schools, filled by hand.
 *
 * Ids are Z0.., S0.., G0... Schools are open, public, ordinary and without caps; groups are without
 * rules and weigh 1; every way is 1 km. Add offerings by school and grade, cells by zone, grade and
 * group, rules by zone and school. */
#ifndef SEATWISE_SMALL_DISTRICT_H
#define SEATWISE_SMALL_DISTRICT_H

#include <criterion/criterion.h>

#include "inputs/distance.h"
#include "inputs/district.h"

enum { SMALL_ROOM = 32 };

struct small {
	struct district district;
	struct distances distances;
};

static inline void small_ids(struct arena *arena, void *rows, size_t n, size_t size, char letter)
{
	for (size_t i = 0; i < n; i++) /* each row begins with its id */
		*(const char **)(void *)((char *)rows + i * size) =
			arena_printf(arena, "%c%zu", letter, i);
}

static inline void small_rows(struct district *district)
{
	struct arena *arena = &district->arena;

	district->zones = arena_array(arena, district->n_zones, sizeof *district->zones);
	district->schools = arena_array(arena, district->n_schools, sizeof *district->schools);
	district->groups = arena_array(arena, district->n_groups, sizeof *district->groups);
	district->offerings = arena_array(arena, SMALL_ROOM, sizeof *district->offerings);
	district->cells = arena_array(arena, SMALL_ROOM, sizeof *district->cells);
	district->access = arena_array(arena, SMALL_ROOM, sizeof *district->access);
	district->access_of_zone = arena_array(arena, district->n_zones + 1, sizeof(size_t));
	small_ids(arena, district->zones, district->n_zones, sizeof *district->zones, 'Z');
	small_ids(arena, district->schools, district->n_schools, sizeof *district->schools, 'S');
	small_ids(arena, district->groups, district->n_groups, sizeof *district->groups, 'G');
}

static inline void small_open(struct small *small, size_t n_zones, size_t n_schools,
			      size_t n_groups)
{
	struct district *district = &small->district;

	*small = (struct small){.district = {.n_zones = n_zones, .n_schools = n_schools,
					     .n_groups = n_groups, .name = "small"},
				.distances = {.n_zones = n_zones,
					      .n_schools = n_schools}};
	arena_open(&district->arena);
	settings_default(&district->arena, &district->settings);
	small_rows(district);
	for (size_t s = 0; s < n_schools; s++) {
		struct school *school = &district->schools[s];

		school->open = true;
		school->max_pupils = school->land_m2 = school->floor_m2 = NOT_GIVEN;
	}
	for (size_t g = 0; g < n_groups; g++) {
		district->groups[g].weight = NANO;
		district->groups[g].limit_km = district->groups[g].max_share = NOT_GIVEN;
	}
	small->distances.metres = arena_array(&district->arena, n_zones * n_schools,
					      sizeof(int32_t));
	for (size_t i = 0; i < n_zones * n_schools; i++)
		small->distances.metres[i] = 1000;
}

static inline void small_close(struct small *small)
{
	arena_close(&small->district.arena);
}

static inline void small_offering(struct small *small, size_t school, int grade, int64_t sections,
				  int64_t enrolled)
{
	struct district *district = &small->district;
	struct school *at = &district->schools[school];

	if (at->n_offerings++ == 0)
		at->first_offering = district->n_offerings;
	at->enrolled += enrolled;
	district->offerings[district->n_offerings++] = (struct offering){
		school, grade, sections, enrolled,
		grade <= LAST_PRIMARY ? district->settings.class_primary
				      : district->settings.class_junior,
		NOT_GIVEN};
}

static inline void small_cell(struct small *small, size_t zone, int grade, size_t group,
			      int64_t pupils)
{
	small->district.cells[small->district.n_cells++] =
		(struct cell){.zone = zone, .group = group, .grade = grade, .pupils = pupils};
}

static inline void small_metres(struct small *small, size_t zone, size_t school, int32_t metres)
{
	small->distances.metres[zone * small->distances.n_schools + school] = metres;
}

/* grade 0 and group NONE: all. */
static inline void small_rule(struct small *small, enum rule rule, size_t zone, size_t school,
			      int grade, size_t group)
{
	struct district *district = &small->district;

	district->access[district->n_access++] =
		(struct access){zone, school, group, (int)rule, grade, 2};
	for (size_t z = zone + 1; z <= district->n_zones; z++)
		district->access_of_zone[z] = district->n_access;
}

static inline void small_set(struct small *small, const char *key, const char *value)
{
	const char *wrong = setting_read(&small->district.arena, &small->district.settings,
					 setting_find(key), value);

	cr_assert_null(wrong, "%s: %s", key, wrong);
}

#endif
