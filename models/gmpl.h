/* models/gmpl.h - a district as data for assignment.mod (GNU MathProg). */
#ifndef SEATWISE_GMPL_H
#define SEATWISE_GMPL_H

#include "inputs/base/text.h"
#include "inputs/capacity.h"
#include "inputs/distance.h"
#include "inputs/district.h"
#include "models/scale.h"

/*
 * Adds the data file. Zones, schools and groups are called z1, s1, g1, ... in the order of the
 * district; their ids go along as quoted texts, cut after GMPL_TEXT bytes, control bytes as '?'.
 *
 *   levels  n_levels of the district's objective
 *
 * Eligibility comes from audit_reach, not from what builds the engines' programs, so that this is
 * an independent way to the optimum. With sections = free the schools that divide their rooms
 * (models/rooms.h) come with their rooms and the fewest and most sections of each grade. Cost: one
 * audit_reach for each cell.
 */
void gmpl_write(struct text *text, const struct district *district,
		const struct distances *distances, const struct capacities *capacities,
		const struct level_scale *levels);

/* level_scales_make for the longest way there is. Returns NULL after an error. */
struct level_scale *gmpl_levels(struct arena *arena, const struct district *district,
				const struct distances *distances, struct diags *diags);

/* MathProg takes texts of up to 100 bytes. */
enum { GMPL_TEXT = 96 };

#endif
