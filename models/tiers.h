/* models/tiers.h - the costs of an offering's load, in tiers where each pupil adds the same. */
#ifndef SEATWISE_TIERS_H
#define SEATWISE_TIERS_H

#include "models/program.h"

/* The tiers and switches of an offering (by index) that may be sent `spare` more pupils. */
void tiers_make(const struct district *district, size_t offering, int64_t spare,
		struct seats *seats);

/*
 * The slope of the convex envelope of a count of classes over all loads the offering may have: the
 * count's own value at those who stay, and at the most, joined by the steepest function below it.
 *
 *   start   load from which the envelope rises, pupils above those who stay
 *   rise    classes between start and spare; 0 when the count never rises
 */
struct envelope {
	int64_t start, rise;
};
struct envelope tiers_envelope(const struct district *district, size_t offering,
			       const struct seats *seats, bool oversized);

#endif
