/* models/eligible.h - which schools may take the pupils of a zone, grade and group. */
#ifndef SEATWISE_ELIGIBLE_H
#define SEATWISE_ELIGIBLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inputs/distance.h"
#include "inputs/district.h"
#include "inputs/places.h"

/* What the rules ask of the pupils of a cell, worked out once for all schools. */
struct asking {
	const struct district *district;
	const struct cell *cell;
	enum need need;
	bool public_only;
	bool ruled, only;    /* access.csv has rows of the zone; an `only` row matches */
	int64_t most_metres; /* by max_km, or as far as the nearest eligible school */
};

/*
 * Prepares the questions about a cell.
 *
 *   places  the schools with an open offering of the cell's grade: max_km looks for the nearest
 */
void eligible_ask(const struct district *district, const struct places *places,
		  const struct cell *cell, struct asking *asking);

/* Whether a school that offers the grade, so many metres away (or UNREACHABLE), may take them: each
 * rule of 'Exact meanings' is one small function. */
bool eligible(const struct asking *asking, size_t school, int64_t metres);

#endif
