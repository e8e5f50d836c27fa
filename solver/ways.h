/* solver/ways.h - what each way to decide (setting `decide`) would give. */
#ifndef SEATWISE_WAYS_H
#define SEATWISE_WAYS_H

#include "outputs/plan_output.h"
#include "solver/planning.h"

/*
 * Plans the district in the other ways too, in the order of the setting's words; n_made 0 where
 * nobody has choices or sections are free. A way whose plan fails, or that a limit (stop.h) left no
 * time for, is left out.
 *
 *   planning   the plan that was made, and its enrolment
 *   made       room for DECIDE_COUNT
 */
void ways_make(const struct planning *planning, const struct enrolment *enrolment,
	       struct decided_way *made, size_t *n_made);

#endif
