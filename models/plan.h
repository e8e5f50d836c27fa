/* models/plan.h - a plan: who goes where, and every figure that follows from it. */
#ifndef SEATWISE_PLAN_H
#define SEATWISE_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inputs/capacity.h"
#include "inputs/distance.h"
#include "inputs/district.h"

/* Pupils of one cell who go to one school (or to none: NONE). Never 0 pupils. */
struct placement {
	size_t cell, school;
	int64_t pupils;
};

/* Figures over the ways of some placed pupils. Metres. */
struct ways {
	int64_t pupils, metres;     /* sum of pupils, of pupil-metres */
	int64_t p50, p90, longest;  /* nearest rank over pupils; 0 of nobody */
};

/* One for each of the district's offerings. */
struct offering_figures {
	int64_t assigned, load, largest_class, over_standard, large_classes, oversized_classes;
};

struct school_figures {
	int64_t assigned, load, seats; /* seats at standard size, of its open offerings */
	int64_t large_classes, largest_class;
	struct ways ways;
	int64_t *by_group;             /* assigned pupils, n_groups */
};

struct group_figures {
	int64_t pupils, placed, unplaced, far, in_public;
	struct ways ways;
};

/* The terms of the objective and the rest of the KPIs, over all. `unplaced` is not weighted. */
struct totals {
	int64_t pupils, placed, unplaced;
	int64_t oversized_classes, large_classes, far, over_standard;
	struct ways ways;
};

struct plan {
	const struct district *district;
	const struct distances *distances;
	size_t n_placements;
	struct placement *placements;     /* by cell, then school; NONE last */
	struct offering_figures *offerings;
	struct school_figures *schools;
	struct group_figures *groups;
	struct totals totals;
};

/*
 * Makes a plan of n placements: sorts them, adds up those of one cell and school, and computes
 * every figure from the district's tables. Cells' pupils that no placement names are added as
 * unplaced. Rules are not checked: pupils at a school without the grade count in no offering.
 * Everything is in the arena.
 *
 * Cost: two sorts of the placements.
 */
void plan_make(struct arena *arena, const struct district *district,
	       const struct distances *distances, const struct placement *placements, size_t n,
	       struct plan *plan);

/* The first placement that does not come before that of a cell at a school. */
size_t plan_first(const struct plan *plan, size_t cell, size_t school);

/* Metres of a placement's way; 0 of the unplaced, and where there is no way. */
int64_t plan_metres(const struct plan *plan, const struct placement *placement);

/* Pupils of a group, its classes included, whom the plan sends to a school. */
int64_t plan_of_group(const struct plan *plan, size_t school, size_t group);

/* The exact value of a level for a plan, in the level's units (models/scale.h). */
struct level_scale;
int64_t plan_level_value(const struct plan *plan, const struct level_scale *scale);

#endif
