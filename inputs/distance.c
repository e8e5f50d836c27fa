#include "inputs/distance.h"

#include <geodesic.h>
#include <math.h>

#include "inputs/base/parallel.h"

struct making {
	const struct district *district;
	struct distances *made;
};

/* One zone's distances to all schools. */
static void compute_row(void *context, size_t z)
{
	const struct making *making = context;
	const struct district *district = making->district;
	const struct zone *zone = &district->zones[z];
	int32_t *row = making->made->metres + z * district->n_schools;
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
	size_t n_pairs = district->n_zones * district->n_schools;
	struct making making = {district, made};

	made->n_zones = district->n_zones;
	made->n_schools = district->n_schools;
	made->metres = arena_array(arena, district->n_zones,
				   district->n_schools * sizeof *made->metres);
	if (compute)
		parallel_for(district->n_zones, compute_row, &making);
	for (size_t i = 0; i < n_pairs && !compute; i++)
		made->metres[i] = UNREACHABLE;
	for (size_t i = 0; i < district->n_known; i++) {
		const struct known_distance *known = &district->known[i];

		made->metres[known->zone * district->n_schools + known->school] =
			(int32_t)known->metres;
	}
}
