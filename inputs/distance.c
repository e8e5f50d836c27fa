#include "inputs/distance.h"

#include <geodesic.h>
#include <math.h>

/* WGS-84. */
#define EQUATOR_RADIUS 6378137.0
#define FLATTENING (1 / 298.257223563)
/* The least radius of curvature anywhere: b^2 / a, along a meridian at the equator. */
#define LEAST_RADIUS (EQUATOR_RADIUS * (1 - FLATTENING) * (1 - FLATTENING))
/* No geodesic is longer: half a meridian is 20,003,931.5 m. */
#define LONGEST_GEODESIC 20003932.0
/* What rounding may do to a chord or to PROJ's geodesic, each some nanometres, in metres. */
#define SLACK 1e-6

static struct point place(double lon, double lat)
{
	double square = FLATTENING * (2 - FLATTENING), degree = M_PI / 180;
	double sine = sin(lat * degree), cosine = cos(lat * degree);
	double normal = EQUATOR_RADIUS / sqrt(1 - square * sine * sine);

	return (struct point){{normal * cosine * cos(lon * degree),
			       normal * cosine * sin(lon * degree), normal * (1 - square) * sine}};
}

static void place_all(struct arena *arena, const struct district *district, struct distances *made)
{
	made->earth = arena_array(arena, 1, sizeof *made->earth);
	geod_init(made->earth, EQUATOR_RADIUS, FLATTENING);
	made->zones = arena_array(arena, made->n_zones, sizeof *made->zones);
	made->schools = arena_array(arena, made->n_schools, sizeof *made->schools);
	for (size_t z = 0; z < made->n_zones; z++)
		made->zones[z] = place(district->zones[z].lon, district->zones[z].lat);
	for (size_t s = 0; s < made->n_schools; s++)
		made->schools[s] = place(district->schools[s].lon, district->schools[s].lat);
}

void distances_make(struct arena *arena, const struct district *district, struct distances *made)
{
	size_t at = 0;

	*made = (struct distances){.n_zones = district->n_zones, .n_schools = district->n_schools,
				   .district = district};
	made->detour = (double)district->settings.detour / (double)NANO;
	made->known_of_zone = arena_array(arena, made->n_zones + 1, sizeof(size_t));
	for (size_t z = 0; z < made->n_zones; z++) {
		made->known_of_zone[z] = at;
		while (at < district->n_known && district->known[at].zone == z)
			at++;
	}
	made->known_of_zone[made->n_zones] = at;
	if (district->settings.distance_missing == DISTANCE_COMPUTE)
		place_all(arena, district, made);
}

void distance_known(const struct distances *distances, size_t zone, size_t *first, size_t *end)
{
	*first = distances->known_of_zone[zone];
	*end = distances->known_of_zone[zone + 1];
}

/* The known pair, or NULL. */
static const struct known_distance *find_known(const struct distances *distances, size_t zone,
					       size_t school)
{
	const struct known_distance *known = distances->district->known;
	size_t low, high;

	distance_known(distances, zone, &low, &high);
	if (high - low == distances->n_schools)
		return &known[low + school];
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (known[middle].school == school)
			return &known[middle];
		if (known[middle].school < school)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

bool distance_is_known(const struct distances *distances, size_t zone, size_t school)
{
	return distances->metres || find_known(distances, zone, school);
}

static int64_t rounded(const struct distances *distances, double metres)
{
	return (int64_t)fmin(floor(metres * distances->detour + 0.5), INT32_MAX);
}

/* The longest arc on a chord: of a circle of the least radius, by asin(x) <= x + x^3 (1 + x^2) / 6,
 * which holds up to x = 0.7. */
static double longest_arc(double chord)
{
	double x = chord / (2 * LEAST_RADIUS);

	return x < 0.7 ? 2 * LEAST_RADIUS * (x + x * x * x * (1 + x * x) / 6) : LONGEST_GEODESIC;
}

static int64_t by_geodesic(const struct distances *distances, size_t zone, size_t school)
{
	const struct zone *from = &distances->district->zones[zone];
	const struct school *to = &distances->district->schools[school];
	double metres;

	geod_inverse(distances->earth, from->lat, from->lon, to->lat, to->lon, &metres, NULL, NULL);
	return rounded(distances, metres);
}

static int64_t computed(const struct distances *distances, size_t zone, size_t school)
{
	const double *from = distances->zones[zone].at, *to = distances->schools[school].at;
	double square = 0, chord;
	int64_t least;

	for (int i = 0; i < 3; i++)
		square += (from[i] - to[i]) * (from[i] - to[i]);
	chord = sqrt(square);
	least = distance_least(distances, chord);
	if (least == rounded(distances, longest_arc(chord) + SLACK))
		return least;
	return by_geodesic(distances, zone, school);
}

int64_t distance_least(const struct distances *distances, double chord)
{
	return chord > SLACK ? rounded(distances, chord - SLACK) : 0;
}

int64_t distance_metres(const struct distances *distances, size_t zone, size_t school)
{
	const struct known_distance *known;

	if (distances->metres)
		return distances->metres[zone * distances->n_schools + school];
	known = find_known(distances, zone, school);
	if (known)
		return known->metres;
	return distances->zones ? computed(distances, zone, school) : UNREACHABLE;
}

/* Widens the box from low to high so that it holds the points. */
static void widen(double low[3], double high[3], const struct point *points, size_t n)
{
	for (size_t p = 0; p < n; p++)
		for (int i = 0; i < 3; i++) {
			low[i] = fmin(low[i], points[p].at[i]);
			high[i] = fmax(high[i], points[p].at[i]);
		}
}

static int64_t longest_computed(const struct distances *distances)
{
	double low[3] = {INFINITY, INFINITY, INFINITY}, high[3] = {-INFINITY, -INFINITY, -INFINITY};
	double square = 0;

	if (!distances->zones || distances->n_zones == 0 || distances->n_schools == 0)
		return 0;
	widen(low, high, distances->zones, distances->n_zones);
	widen(low, high, distances->schools, distances->n_schools);
	for (int i = 0; i < 3; i++)
		square += (high[i] - low[i]) * (high[i] - low[i]);
	return rounded(distances, longest_arc(sqrt(square)) + SLACK);
}

int64_t distances_longest(const struct distances *distances)
{
	int64_t longest = 0;

	for (size_t i = 0; distances->metres && i < distances->n_zones * distances->n_schools; i++)
		if (distances->metres[i] > longest)
			longest = distances->metres[i];
	if (distances->metres)
		return longest;
	longest = longest_computed(distances);
	for (size_t i = 0; i < distances->district->n_known; i++)
		if (distances->district->known[i].metres > longest)
			longest = distances->district->known[i].metres;
	return longest;
}
