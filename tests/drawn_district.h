/* tests/drawn_district.h - districts by chance, of one grade, whose schools stand at places.
 *
 * There are enough schools for a tree with boxes; some stand at one place. Whether there are known
 * distances, zoning rules, needs, max_km and so on is drawn as well. */
#ifndef SEATWISE_DRAWN_DISTRICT_H
#define SEATWISE_DRAWN_DISTRICT_H

#include "tests/chance.h"
#include "tests/small_district.h"

enum { DRAWN_ZONES = 7, DRAWN_SCHOOLS = 28, DRAWN_GROUPS = 4, DRAWN_GRADE = 4 };

struct drawn {
	struct small small;
	uint64_t state;
	struct known_distance known[DRAWN_ZONES * DRAWN_SCHOOLS];
};

/* A number from 0 to n - 1. */
static inline int64_t draw(struct drawn *drawn, int64_t n)
{
	return chance(&drawn->state, n);
}

/* Within some km, on a grid of about 100 m, so that ways tie. */
static inline void draw_place(struct drawn *drawn, double *lon, double *lat)
{
	int64_t spread = draw(drawn, 3) ? 20 : 90;

	*lon = 104.5 + (double)(draw(drawn, spread) - spread / 2) / 1000;
	*lat = 30.4 + (double)(draw(drawn, spread) - spread / 2) / 1000;
}

static inline void draw_schools(struct drawn *drawn, bool needs)
{
	struct small *small = &drawn->small;

	for (size_t s = 0; s < DRAWN_SCHOOLS; s++) {
		struct school *school = &small->district.schools[s];

		draw_place(drawn, &school->lon, &school->lat);
		if (draw(drawn, 12) > 0)
			small_offering(small, s, DRAWN_GRADE, draw(drawn, 9) ? 1 : 0,
				       draw(drawn, 2));
		school->beds = needs ? draw(drawn, 2) : 0;
		school->places = needs ? draw(drawn, 2) : 0;
		school->kind = needs && draw(drawn, 4) == 0 ? KIND_SPECIAL : KIND_ORDINARY;
		school->ownership = draw(drawn, 4) ? OWNERSHIP_PUBLIC : OWNERSHIP_PRIVATE;
		if (draw(drawn, 8) == 0)
			school->max_pupils = draw(drawn, 4);
	}
}

/* Groups 0 and 1 may be alike. */
static inline void draw_groups(struct drawn *drawn, bool needs)
{
	for (size_t g = 1; g < DRAWN_GROUPS; g++) {
		struct group *group = &drawn->small.district.groups[g];

		group->weight = draw(drawn, 2) ? NANO : NANO * (1 + draw(drawn, 20)) / 8;
		group->public_only = g > 1 && draw(drawn, 3) == 0;
		group->limit_km = g > 1 && draw(drawn, 2) ? NANO * draw(drawn, 3) : NOT_GIVEN;
		if (g > 1 && needs)
			group->need = (int)draw(drawn, 4);
	}
}

/* Three cells in a zone at most. */
static inline void draw_zones(struct drawn *drawn, int64_t most_pupils)
{
	for (size_t z = 0; z < DRAWN_ZONES; z++) {
		struct zone *zone = &drawn->small.district.zones[z];

		draw_place(drawn, &zone->lon, &zone->lat);
		for (size_t g = (size_t)draw(drawn, 2); g < DRAWN_GROUPS; g += 1 + (size_t)draw(drawn, 2))
			small_cell(&drawn->small, z, DRAWN_GRADE, g, 1 + draw(drawn, most_pupils));
	}
}

/* By zone and school, as the district has them. */
static inline void draw_rules(struct drawn *drawn)
{
	for (size_t z = 0; z < DRAWN_ZONES; z++) {
		int64_t only = draw(drawn, 3);

		for (size_t s = 0; s < DRAWN_SCHOOLS; s += 1 + (size_t)draw(drawn, 14))
			if (only < 2 && drawn->small.district.n_access < SMALL_ROOM)
				small_rule(&drawn->small, only ? RULE_ONLY : RULE_NEVER, z, s,
					   draw(drawn, 2) ? DRAWN_GRADE : 0,
					   draw(drawn, 2) ? (size_t)draw(drawn, DRAWN_GROUPS)
							  : NONE);
	}
}

/* Shorter and longer than the straight line. */
static inline void draw_known(struct drawn *drawn, int64_t one_in)
{
	struct district *district = &drawn->small.district;

	district->known = drawn->known;
	for (size_t z = 0; z < DRAWN_ZONES; z++)
		for (size_t s = 0; s < DRAWN_SCHOOLS; s++)
			if (draw(drawn, one_in) == 0)
				drawn->known[district->n_known++] =
					(struct known_distance){z, s, 100 * draw(drawn, 60)};
}

/* Draws a district; to be closed with small_close(&drawn->small). */
static inline void draw_district(struct drawn *drawn, uint64_t seed, const char *objective)
{
	static const char *const longest[] = {"0", "0", "0.4", "2"};
	struct small *small = &drawn->small;
	bool needs;

	drawn->state = seed;
	small_open(small, DRAWN_ZONES, DRAWN_SCHOOLS, DRAWN_GROUPS);
	small_set(small, "class_size.primary", "1");
	small_set(small, "class_size.max", "2");
	small_set(small, "objective", objective);
	small_set(small, "limit_km.primary", "1.5");
	small_set(small, "max_km", longest[draw(drawn, 4)]);
	needs = draw(drawn, 2);
	draw_schools(drawn, needs);
	draw_groups(drawn, needs);
	draw_zones(drawn, 1 + draw(drawn, 5));
	if (draw(drawn, 2))
		draw_rules(drawn);
	if (draw(drawn, 2))
		draw_known(drawn, 1 + draw(drawn, 8));
	if (draw(drawn, 8) == 0)
		small->district.settings.distance_missing = DISTANCE_UNREACHABLE;
	distances_make(&small->district.arena, &small->district, &small->distances);
}

#endif
