/* models/compared_pupils.h - the part of a comparison that matches pupils of one plan with those of
 * the other, cell by cell. */
#ifndef SEATWISE_COMPARED_PUPILS_H
#define SEATWISE_COMPARED_PUPILS_H

#include "models/comparison.h"

/* Fills moves, flows, totals (also of the groups, which are there already) and metres of a
 * comparison whose plans are set. */
void compare_pupils(struct arena *arena, struct comparison *made);

#endif
