/* models/scale.h - whole-number units for the levels of the objective.
 *
 * A level such as "travel_km + 3 over_standard" is counted in units of 10^-digits, chosen so that
 * every coefficient is whole: metres there, thousandths of a km. Costs are exact integers. */
#ifndef SEATWISE_SCALE_H
#define SEATWISE_SCALE_H

#include <stdbool.h>
#include <stdint.h>

#include "inputs/distance.h"
#include "inputs/district.h"

/* No value of a level reaches this many units, so that doubles count it exactly (2^53). */
#define LEVEL_LIMIT (INT64_C(1) << 53)

/* The coefficients of one level, in its units. */
struct level_scale {
	const char *text;       /* the level as written */
	int digits;             /* a unit is 10^-digits of the level's value; 0 .. 12 */
	int64_t per_metre;      /* of travel_km */
	int64_t far, over_standard, large_classes, oversized_classes;
	int64_t *unplaced;      /* per pupil of each group; n_groups */
	int64_t priority;       /* class whose ways alone count in per_metre and far; 0: all */
};

/* Whether the ways of pupils of a class (0: of none) count in the level. */
static inline bool level_counts(const struct level_scale *scale, int64_t priority)
{
	return scale->priority == 0 || scale->priority == priority;
}

/*
 * The units of every level of the district's objective, in the arena: the fewest digits with which
 * all coefficients of the level are whole. The terms `moved` and `cost` count nothing here.
 *
 *   longest  the longest distance in metres, for the check that no sum reaches LEVEL_LIMIT
 *   returns  n_levels scales, or NULL after DIAG_TOO_LARGE (a level too fine or too large to count)
 */
struct level_scale *level_scales_make(struct arena *arena, const struct district *district,
				      int64_t longest, struct diags *diags);

#endif
