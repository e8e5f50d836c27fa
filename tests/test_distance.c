/* Whole metres, rounded once. */
#include <geodesic.h>
#include <math.h>

#include "small_district.h"

static struct distances made_for(struct small *small)
{
	struct distances made;

	distances_make(&small->district.arena, &small->district, &made);
	return made;
}

static void place(struct small *small, double zone_lat, double zone_lon, double lat, double lon)
{
	small->district.zones[0].lat = zone_lat;
	small->district.zones[0].lon = zone_lon;
	small->district.schools[0].lat = lat;
	small->district.schools[0].lon = lon;
}

/* JFK to LHR is the example of GeographicLib's GeodSolve(1): 5551759.400 m. A degree of latitude at
 * the equator is 110574.389 m, of longitude 6378137 pi / 180 = 111319.491 m. */
static const struct {
	double zone_lat, zone_lon, lat, lon;
	const char *detour;
	int64_t metres;
} ways[] = {
	{40.6, -73.8, 51.6, -0.5, "1", 5551759},
	{40.6, -73.8, 51.6, -0.5, "1.5", 8327639}, /* 8327639.1 */
	{40.6, -73.8, 51.6, -0.5, "1.00001", 5551815}, /* 5551814.92 */
	{0, 0, 1, 0, "1", 110574}, {0, 0, 0, 1, "1", 111319}, {0, 179.5, 0, -179.5, "1", 111319},
	{30, 104, 30, 104, "1", 0},
};

Test(distance, geodesic_times_detour)
{
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		struct small small;

		small_open(&small, 1, 1, 1);
		place(&small, ways[i].zone_lat, ways[i].zone_lon, ways[i].lat, ways[i].lon);
		small_set(&small, "distance.detour", ways[i].detour);
		small.distances = made_for(&small);
		cr_expect_eq(distance_metres(&small.distances, 0, 0), ways[i].metres,
			     "case %zu: %d", i,
			     (int)distance_metres(&small.distances, 0, 0));
		small_close(&small);
	}
}

/* What is known wins and is not multiplied; what is missing is computed, or there is no way. */
Test(distance, known_and_missing)
{
	static const struct {
		const char *missing;
		int64_t first, second;
	} cases[] = {{"compute", 7, 221149}, {"unreachable", 7, UNREACHABLE}};

	for (size_t i = 0; i < 2; i++) {
		struct small small;
		struct known_distance known = {0, 0, 7};

		small_open(&small, 1, 2, 1);
		place(&small, 0, 0, 1, 0);
		small.district.schools[1].lat = 1;
		small.district.schools[1].lon = 0;
		small_set(&small, "distance.detour", "2");
		small_set(&small, "distance.missing", cases[i].missing);
		small.district.known = &known;
		small.district.n_known = 1;
		small.distances = made_for(&small);
		cr_expect_eq(distance_metres(&small.distances, 0, 0), cases[i].first);
		cr_expect_eq(distance_metres(&small.distances, 0, 1), cases[i].second);
		small_close(&small);
	}
}

/* Strictly: 3 km is not beyond 3 km, but it is beyond a nanokilometre less. */
Test(distance, beyond_is_strict)
{
	cr_expect_not(distance_beyond(3000, 3 * NANO));
	cr_expect(distance_beyond(3001, 3 * NANO));
	cr_expect(distance_beyond(3000, 3 * NANO - 1));
	cr_expect_not(distance_beyond(0, 0));
	cr_expect_not(distance_beyond(INT32_MAX, INT64_MAX));
}

/* Between -1 and 1. */
static double draw(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (double)(*state >> 11) * 0x1p-52 - 1;
}

/* What the straight line decides is what PROJ says, near and far, at every latitude. */
Test(distance, equals_the_geodesic_everywhere)
{
	struct small small;
	struct geod_geodesic earth;
	uint64_t state = 1;

	geod_init(&earth, 6378137, 1 / 298.257223563);
	small_open(&small, 1, 1, 1);
	small_set(&small, "distance.detour", "1.3");
	for (int i = 0; i < 200000; i++) {
		double reach = i % 3 == 0 ? 90 : i % 3 == 1 ? 0.3 : 0.01, metres;
		double lat = 89 * draw(&state), lon = 180 * draw(&state);

		small.district.zones[0].lat = lat;
		small.district.zones[0].lon = lon;
		small.district.schools[0].lat = fmax(-90, fmin(90, lat + reach * draw(&state)));
		small.district.schools[0].lon = lon + reach * draw(&state);
		small.distances = made_for(&small);
		geod_inverse(&earth, lat, lon, small.district.schools[0].lat,
			     small.district.schools[0].lon, &metres, NULL, NULL);
		cr_assert_eq(distance_metres(&small.distances, 0, 0),
			     (int64_t)floor(metres * 1.3 + 0.5));
		cr_assert_geq(distances_longest(&small.distances),
			      (int64_t)floor(metres * 1.3 + 0.5));
	}
	small_close(&small);
}
