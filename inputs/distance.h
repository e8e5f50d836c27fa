/* inputs/distance.h - how far every zone is from every school.
 *
 * The matrix is never stored: a pair is looked up or computed when it is asked for. */
#ifndef SEATWISE_DISTANCE_H
#define SEATWISE_DISTANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inputs/district.h"

/* A pair without a way. */
#define UNREACHABLE (-1)

/* A place on the ellipsoid, in metres from the middle of the earth. */
struct point {
	double at[3];
};

struct geod_geodesic;

struct distances {
	size_t n_zones, n_schools;
	int32_t *metres;           /* row-major, n_zones x n_schools; NULL: by what follows */
	const struct district *district;
	size_t *known_of_zone;     /* n_zones + 1: rows of district->known */
	struct point *zones, *schools; /* NULL: what is not known is unreachable */
	double detour;
	struct geod_geodesic *earth;
};

/*
 * Whole metres from every zone to every school: distances.csv where it has the pair; else the
 * geodesic (WGS-84; Karney 2013, PROJ's geodesic.h) times distance.detour, rounded half up; or
 * UNREACHABLE, with distance.missing = unreachable. The district must outlive `made`.
 *
 * Cost: memory and time linear in zones, schools and known pairs.
 */
void distances_make(struct arena *arena, const struct district *district, struct distances *made);

/*
 * Metres, >= 0, or UNREACHABLE.
 *
 * Cost: some 10 ns where the straight line through the earth decides the metre: it is no longer
 * than the geodesic, which is no longer than an arc on that chord as curved as the ellipsoid is
 * anywhere (Schur's comparison theorem). One inverse geodesic, about 0.6 us, where it does not:
 * one pair in a thousand at 10 km, most beyond 100 km.
 */
int64_t distance_metres(const struct distances *distances, size_t zone, size_t school);

/* Metres that no pair exceeds: not far above the longest pair. */
int64_t distances_longest(const struct distances *distances);

/* Metres that a way of at least `chord` metres through the earth is not below. */
int64_t distance_least(const struct distances *distances, double chord);

/* The known pairs of a zone: district->known[*first .. *end). */
void distance_known(const struct distances *distances, size_t zone, size_t *first, size_t *end);

/* Whether distances.csv (or the table) has the pair. */
bool distance_is_known(const struct distances *distances, size_t zone, size_t school);

/* Whether so many metres lie strictly beyond a limit in nano-km. */
static inline bool distance_beyond(int64_t metres, int64_t limit_km)
{
	return metres > limit_km / (NANO / 1000);
}

#endif
