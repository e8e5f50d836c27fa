/* models/reference.h - what a plan is held against: every child at the nearest school.
 *
 * As if seats were no object: class_size.max, caps of schools, beds, places and shares limit
 * nobody, and whole_zones ties nobody to anybody. Who may go where (needs, access.csv, public_only,
 * max_km) holds as ever. The figures of this plan say how full the nearest schools would be. */
#ifndef SEATWISE_REFERENCE_H
#define SEATWISE_REFERENCE_H

#include <stddef.h>
#include <stdint.h>

#include "inputs/distance.h"
#include "inputs/district.h"
#include "models/plan.h"

/* The nearest school that may take the pupils of a cell; NONE and 0: no school may. */
struct nearest_school {
	size_t school;
	int64_t metres;
};

struct reference {
	const struct district *district;
	const struct distances *distances;
	struct nearest_school *nearest; /* n_cells */
	struct plan plan;               /* every cell at its nearest school */
};

/*
 * Finds the nearest eligible school with sections in the grade for every cell (of equally near ones
 * the first by id), and makes the plan in which everybody goes there. In the arena; the district
 * and the distances must outlive it. Where sections are free, the district is that of a choice of
 * rooms (models/rooms.h): closed grades take nobody.
 *
 * Cost: a walk of about 1 us for each zone, grade and kind of pupils, and that of plan_make; with
 * max_km another walk for those beyond it.
 */
void reference_make(struct arena *arena, const struct district *district,
		    const struct distances *distances, struct reference *made);

#endif
