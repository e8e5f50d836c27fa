/* models/eligible.h - which schools may take the pupils of a zone, grade and group. */
#ifndef SEATWISE_ELIGIBLE_H
#define SEATWISE_ELIGIBLE_H

#include <stdbool.h>
#include <stddef.h>

#include "inputs/distance.h"
#include "inputs/district.h"

/*
 * Takes out of `allowed` (one answer for each of n offerings of one grade, by index into the
 * district's offerings) those that these pupils may not go to: each rule of 'Exact meanings' is one
 * small function. Answers begin as true for every open offering of the grade.
 */
void eligible_filter(const struct district *district, const struct distances *distances,
		     const struct cell *cell, const size_t *offerings, size_t n, bool *allowed);

#endif
