/* models/rest.h - the district that is left for the objective once children are settled.
 *
 * Settled children count as pupils who stay: their seats, beds and inclusion places are taken. The
 * others make the cells. Where the setting `classes` is on and they are of more than one priority
 * class, each class within a group is a group of its own, and the objective has levels for each:
 * before a level with `unplaced` those of class 1, then of class 2, and so on; before a level with
 * `travel_km` likewise. So a class goes before the next strictly, not by weight. */
#ifndef SEATWISE_REST_H
#define SEATWISE_REST_H

#include "models/audit.h"
#include "models/settlement.h"

struct rest {
	const struct district *whole;
	const struct settlement *settlement;
	struct district district; /* a view: never closed; without children by name */
	size_t *cell;             /* n_students: of a child in the view, or NONE: settled */
};

/* Makes the view, in the arena. Cost: a sort of the children who are not settled. */
void rest_make(struct arena *arena, const struct settlement *settlement, struct rest *made);

/* The rest of a district without children by name: the district itself. */
void rest_of_nobody(const struct district *district, struct rest *made);

/* What the ways of settled children, and those held without a school, add to a level of the view's
 * objective: units of 10^-18. */
audit_value rest_settled_value(const struct rest *rest, const struct level *level);

/*
 * Plans by where every child goes.
 *
 *   school  n_students: where they go, or NONE
 *   opened  of rest_plan_make the view, of rest_whole_plan the whole district, in the sections of
 *           the plan; it must outlive it
 */
void rest_plan_make(struct arena *arena, const struct rest *rest, const struct district *opened,
		    const size_t *school, struct plan *made);
void rest_whole_plan(struct arena *arena, const struct rest *rest, const struct district *opened,
		     const size_t *school, struct plan *made);

#endif
