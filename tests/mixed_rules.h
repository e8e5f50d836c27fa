/* tests/mixed_rules.h - every hard rule of a mixed district, and how to lift it. */
#ifndef SEATWISE_MIXED_RULES_H
#define SEATWISE_MIXED_RULES_H

#include "tests/mixed_district.h"

enum { PLENTY = 1000 };

static inline void keep_rules(struct mixed *mixed, bool only)
{
	size_t kept = 0;

	for (size_t i = 0; i < mixed->n_rules; i++)
		if (mixed->rules[i].only == only)
			mixed->rules[kept++] = mixed->rules[i];
	mixed->n_rules = kept;
}

static inline void lift_only(struct mixed *mixed)
{
	keep_rules(mixed, false);
}

static inline void lift_never(struct mixed *mixed)
{
	keep_rules(mixed, true);
}

/* More beds where there are some: the row that counts them. */
static inline void lift_beds(struct mixed *mixed)
{
	for (size_t s = 0; s < MIXED_SCHOOLS; s++)
		if (mixed->schools[s].beds > 0)
			mixed->schools[s].beds = PLENTY;
}

/* Beds where there are none: the ways that are closed. */
static inline void lift_no_beds(struct mixed *mixed)
{
	for (size_t s = 0; s < MIXED_SCHOOLS; s++)
		if (mixed->schools[s].beds == 0)
			mixed->schools[s].beds = PLENTY;
}

static inline void lift_places(struct mixed *mixed)
{
	for (size_t s = 0; s < MIXED_SCHOOLS; s++)
		if (mixed->schools[s].places > 0)
			mixed->schools[s].places = PLENTY;
}

static inline void lift_no_places(struct mixed *mixed)
{
	for (size_t s = 0; s < MIXED_SCHOOLS; s++)
		if (mixed->schools[s].places == 0)
			mixed->schools[s].places = PLENTY;
}

/* Everybody may go to every school. */
static inline void lift_special(struct mixed *mixed)
{
	for (size_t s = 0; s < MIXED_SCHOOLS; s++)
		mixed->schools[s].kind = "ordinary";
	for (size_t g = 0; g < MIXED_GROUPS; g++)
		if (strcmp(mixed->groups[g].needs, "special") == 0)
			mixed->groups[g].needs = "";
}

static inline void lift_public_only(struct mixed *mixed)
{
	for (size_t g = 0; g < MIXED_GROUPS; g++)
		mixed->groups[g].public_only = false;
}

static inline void lift_max_pupils(struct mixed *mixed)
{
	for (size_t s = 0; s < MIXED_SCHOOLS; s++)
		mixed->schools[s].max_pupils = NOT_GIVEN;
}

static inline void lift_land(struct mixed *mixed)
{
	mixed->norm_land = 0;
}

static inline void lift_floor(struct mixed *mixed)
{
	mixed->norm_floor = 0;
}

static inline void lift_share(struct mixed *mixed)
{
	for (size_t g = 0; g < MIXED_GROUPS; g++)
		mixed->groups[g].share = NOT_GIVEN;
}

static inline void lift_class_max(struct mixed *mixed)
{
	mixed->class_max = PLENTY;
}

static inline void lift_max_km(struct mixed *mixed)
{
	mixed->max_km = 0;
}

static inline void lift_opens(struct mixed *mixed)
{
	for (size_t s = 0; s < MIXED_SCHOOLS; s++)
		mixed->schools[s].opens = "";
}

static inline void lift_whole_zones(struct mixed *mixed)
{
	mixed->whole_zones = false;
}

/* A rule, how to lift it, and a part of what the audit says of a plan that breaks it; it may say
 * another thing as well. */
struct hard_rule {
	const char *name;
	void (*lift)(struct mixed *mixed);
	const char *says, *also;
};

#define CLOSED_WAY " may not be sent to school "

static const struct hard_rule hard_rules[] = {
	{"access only", lift_only, CLOSED_WAY, NULL},
	{"access never", lift_never, CLOSED_WAY, NULL},
	{"boarding beds", lift_beds, " boarders in ", NULL},
	{"schools without beds", lift_no_beds, CLOSED_WAY, " in 0 beds"},
	{"inclusion places", lift_places, " inclusion places", NULL},
	{"schools without places", lift_no_places, CLOSED_WAY, " in 0 inclusion places"},
	{"special schools", lift_special, CLOSED_WAY, NULL},
	{"public_only", lift_public_only, CLOSED_WAY, NULL},
	{"max_pupils", lift_max_pupils, " of max_pupils", NULL},
	{"norm.land_m2", lift_land, " of land_m2", NULL},
	{"norm.floor_m2", lift_floor, " of floor_m2", NULL},
	{"max_share", lift_share, " above its max_share", NULL},
	{"class_size.max", lift_class_max, " above class_size.max", NULL},
	{"max_km", lift_max_km, CLOSED_WAY, NULL},
	{"opens", lift_opens, CLOSED_WAY, NULL},
	{"whole_zones", lift_whole_zones, " in spite of whole_zones", NULL},
};

enum { HARD_RULES = sizeof hard_rules / sizeof *hard_rules };

#endif
