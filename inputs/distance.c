#include "inputs/distance.h"

#include <geodesic.h>
#include <math.h>

static void compute_row(const struct district *district, const struct zone *zone, int32_t *row)
{
	double detour = (double)district->settings.detour / (double)NANO;
	struct geod_geodesic earth;

	geod_init(&earth, 6378137, 1 / 298.257223563); /* WGS-84 */
	for (size_t s = 0; s < district->n_schools; s++) {
		double metres;

		geod_inverse(&earth, zone->lat, zone->lon, district->schools[s].lat,
			     district->schools[s].lon, &metres, NULL, NULL);
		row[s] = (int32_t)fmin(floor(metres * detour + 0.5), INT32_MAX);
	}
}

void distances_make(struct arena *arena, const struct district *district, struct distances *made)
{
	bool compute = district->settings.distance_missing == DISTANCE_COMPUTE;

	made->n_zones = district->n_zones;
	made->n_schools = district->n_schools;
	made->metres = arena_array(arena, district->n_zones,
				   district->n_schools * sizeof *made->metres);
	for (size_t z = 0; z < district->n_zones; z++) {
		int32_t *row = made->metres + z * district->n_schools;

		for (size_t s = 0; s < district->n_schools && !compute; s++)
			row[s] = UNREACHABLE;
		if (compute)
			compute_row(district, &district->zones[z], row);
	}
	for (size_t i = 0; i < district->n_known; i++) {
		const struct known_distance *known = &district->known[i];

		made->metres[known->zone * district->n_schools + known->school] =
			(int32_t)known->metres;
	}
}
