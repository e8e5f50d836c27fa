/* solver/rooms_divide.h - a school's rooms over its grades, when the pupils of each are given. */
#ifndef SEATWISE_ROOMS_DIVIDE_H
#define SEATWISE_ROOMS_DIVIDE_H

#include "models/rooms.h"

/* Rooms up to which a school is divided: time grows with their square. */
enum { ROOMS_DIVIDE_MOST = 400 };

/*
 * The best division for fixed loads, by dynamic programming over the grades and the rooms that are
 * used up. Best is, in strict order: fewest pupils beyond class_size.max, oversized classes, large
 * classes, pupils above the standard size, and, so that what is left over goes where it is fullest,
 * the least sum of load^2 / sections.
 *
 *   school    index into rooms->schools
 *   loads     n_offerings: pupils, those who stay included
 *   sections  n_offerings: those of the school are filled in; a school of more than
 *             ROOMS_DIVIDE_MOST rooms is left as it is
 */
void rooms_divide(const struct rooms *rooms, size_t school, const int64_t *loads,
		  int64_t *sections);

#endif
