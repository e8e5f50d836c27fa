/* inputs/distance.h - how far every zone is from every school. */
#ifndef SEATWISE_DISTANCE_H
#define SEATWISE_DISTANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inputs/district.h"

/* A pair without a way. */
#define UNREACHABLE (-1)

struct distances {
	size_t n_zones, n_schools;
	int32_t *metres; /* row-major, n_zones x n_schools, in the arena of the maker */
};

/*
 * Whole metres from every zone to every school: distances.csv where it has the pair; else the
 * geodesic (WGS-84; Karney 2013, PROJ's geodesic.h) times distance.detour, rounded half up; or
 * UNREACHABLE, with distance.missing = unreachable.
 *
 * Cost: one inverse geodesic, about 0.6 us, per pair that is computed.
 */
void distances_make(struct arena *arena, const struct district *district, struct distances *made);

/* Metres, >= 0, or UNREACHABLE. */
static inline int64_t distance_metres(const struct distances *distances, size_t zone, size_t school)
{
	return distances->metres[zone * distances->n_schools + school];
}

/* Whether so many metres lie strictly beyond a limit in nano-km. */
static inline bool distance_beyond(int64_t metres, int64_t limit_km)
{
	return metres > limit_km / (NANO / 1000);
}

#endif
