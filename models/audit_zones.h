/* models/audit_zones.h - a plan's figures zone by zone and grade by grade. */
#ifndef SEATWISE_AUDIT_ZONES_H
#define SEATWISE_AUDIT_ZONES_H

#include "models/audit.h"

/* The pupils of a zone and grade. */
struct audit_zone {
	size_t zone;
	int grade;
	int64_t pupils, placed, metres; /* of demand; of the rows; their pupil-metres */
	const char *schools;            /* ids in use, in order, joined by ';' */
};

struct audit_zones {
	size_t n;
	struct audit_zone *zones;       /* by zone and grade, of those with demand */
};

/* Makes the figures in the arena. Rows without demand in their zone and grade count nowhere. */
void audit_zones_make(struct arena *arena, const struct audit_plan *plan,
		      struct audit_zones *made);

/* The index of a zone and grade, or NONE. */
size_t audit_zone_find(const struct audit_zones *zones, size_t zone, int grade);

#endif
