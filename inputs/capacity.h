/* inputs/capacity.h - how many pupils every open offering and every school can take. */
#ifndef SEATWISE_CAPACITY_H
#define SEATWISE_CAPACITY_H

#include <stdint.h>

#include "inputs/district.h"

/* Which limit of a school binds first. */
enum binding { BINDING_SECTIONS, BINDING_MAX_PUPILS, BINDING_FLOOR, BINDING_LAND };

/* One row for each of the district's offerings, in their order. Pupils. */
struct capacity {
	int64_t seats_standard, seats_large, seats_max; /* before those who stay */
	int64_t spare;      /* pupils who may still be sent: class_size.max, less those who stay */
};

/* For each school the least of max_pupils, floor_m2 / norm.floor_m2, land_m2 / norm.land_m2. */
struct school_cap {
	int64_t pupils;     /* over all grades, those who stay included; INT64_MAX = no cap */
	int64_t spare;      /* pupils who may still be sent, never negative; INT64_MAX = no cap */
	enum binding cap;   /* which limit is the least one */
	enum binding binding; /* the cap where below the seats, or BINDING_SECTIONS */
};

struct capacities {
	struct capacity *offerings;  /* n_offerings */
	struct school_cap *schools;  /* n_schools */
};

/* Makes the capacity matrix of the open offerings, in the arena. */
void capacities_make(struct arena *arena, const struct district *district, struct capacities *made);

/* "sections", "max_pupils", "floor_m2", "land_m2". */
const char *binding_name(enum binding binding);

/* The number of classes with at least `least` pupils among `sections` balanced ones (sizes differ
 * by at most one): min(m, max(0, t - (least - 1) m)). */
int64_t classes_of_at_least(int64_t load, int64_t sections, int64_t least);

#endif
