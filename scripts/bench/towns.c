#include "towns.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The middle of the district, and metres of 1e-5 degrees there. */
#define MIDDLE_LON 10450000
#define MIDDLE_LAT 3040000
#define LON_METRES 0.96015
#define LAT_METRES 1.1132

/* Demand as a share of the standard seats. */
#define SEATS_USED 0.96

/* Every seventh zone or so is a village: further out than its town's streets. */
#define VILLAGES 0.15
#define VILLAGE_SPREAD 5.0

/* How far a school is from the middle of the zone it was built for. */
#define SCHOOL_SPREAD_KM 0.4

static const struct towns_spec instances[] = {
	{"S1", 500, 180, 100000, 9, 3, 14, 60, 3, 1, 0},
	{"S2", 3000, 1000, 1500000, 9, 3, 30, 100, 8, 2, 0},
	{"S3", 10000, 3000, 4000000, 9, 3, 120, 500, 10, 3, 0},
	{"P1", 100000, 180, 100000, 1, 1, 14, 60, 3, 4, 0},
	{"P2", 1000000, 1000, 1000000, 1, 1, 30, 100, 8, 5, 0},
	{"W1300", 1300, 20, 26000, 1, 1, 10, 30, 4, 6, 0.01},
	{"W1300T", 1300, 20, 26000, 1, 1, 10, 30, 4, 7, 0.001},
	{"W300", 300, 13, 9000, 1, 1, 6, 20, 3, 8, 0.01},
	{"W300T", 300, 13, 9000, 1, 1, 6, 20, 3, 9, 0.001},
};

#define N_INSTANCES (sizeof(instances) / sizeof(instances[0]))

/* Shares of the groups; a district with one group gives it all. */
static const double group_shares[] = {0.70, 0.22, 0.08};

/* The command line */

static void usage(const char *program, const int *grade)
{
	fprintf(stderr,
		"usage: %s S1|S2|S3|P1|P2%s TARGET [--zones N] [--schools N] [--pupils N]%s "
		"[--seed K]\n",
		program, grade ? "" : "|W1300|W1300T|W300|W300T", grade ? " [--grade G]" : "");
	exit(2);
}

/* Whether the text is a whole number of 1 to a hundred million. */
static int read_count(const char *text, size_t *count)
{
	char *end;
	errno = 0;
	unsigned long long number = strtoull(text, &end, 10);
	if (errno || end == text || *end || *text == '-' || number < 1 || number > 100000000)
		return 0;
	*count = number;
	return 1;
}

static int read_instance(const char *name, struct towns_spec *spec)
{
	for (size_t i = 0; i < N_INSTANCES; i++)
		if (!strcmp(instances[i].name, name)) {
			*spec = instances[i];
			return 1;
		}
	return 0;
}

/* Whether every zone is one child. */
static int child_each(const struct towns_spec *spec)
{
	return spec->n_grades == 1 && spec->slack <= 0;
}

struct towns_spec towns_spec(int argc, char **argv, int *grade)
{
	struct towns_spec spec;
	if (argc < 3 || argc % 2 == 0 || !read_instance(argv[1], &spec))
		usage(argv[0], grade);
	size_t zones = spec.n_zones, pupils = 0, seed = spec.seed, wanted = 1;
	for (int i = 3; i < argc; i += 2) {
		size_t *target = !strcmp(argv[i], "--zones")     ? &zones
				 : !strcmp(argv[i], "--schools") ? &spec.n_schools
				 : !strcmp(argv[i], "--pupils")  ? &pupils
				 : !strcmp(argv[i], "--seed")    ? &seed
				 : !strcmp(argv[i], "--grade") && grade ? &wanted
									: NULL;
		if (!target || !read_count(argv[i + 1], target))
			usage(argv[0], grade);
	}
	if (wanted > spec.n_grades || (pupils && child_each(&spec)) || (grade && spec.slack > 0))
		usage(argv[0], grade);
	spec.n_pupils = pupils ? pupils : spec.n_pupils * zones / spec.n_zones;
	spec.n_zones = zones;
	spec.seed = seed;
	if (grade)
		*grade = (int)wanted;
	return spec;
}

/* Chance */

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t draw(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* In [0, 1). */
static double uniform(uint64_t *state)
{
	return (double)(draw(state) >> 11) * 0x1p-53;
}

/* Nearly normal, by a sum of twelve: the same on every machine, which a logarithm need not be. */
static double normal(uint64_t *state)
{
	double sum = -6;
	for (int i = 0; i < 12; i++)
		sum += uniform(state);
	return sum;
}

/* An index drawn by its weight; `sums` are the weights' running sums. */
static size_t draw_by(uint64_t *state, const double *sums, size_t count)
{
	double target = uniform(state) * sums[count - 1];
	size_t low = 0, high = count - 1;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (sums[middle] > target)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* Places */

void *towns_alloc(size_t count, size_t size)
{
	void *memory = calloc(count, size);
	if (!memory) {
		fprintf(stderr, "towns: no memory for %zu x %zu bytes\n", count, size);
		exit(1);
	}
	return memory;
}

static struct towns_point moved(struct towns_point from, double east_km, double north_km)
{
	from.lon += (int32_t)lrint(east_km * 1000 / LON_METRES);
	from.lat += (int32_t)lrint(north_km * 1000 / LAT_METRES);
	return from;
}

static struct towns_point scattered(uint64_t *state, struct towns_point from, double spread_km)
{
	double east = normal(state) * spread_km;
	return moved(from, east, normal(state) * spread_km);
}

/* The zones around centres whose sizes fall as 1, 1/2, 1/3 and so on (Zipf). */
static void place_zones(struct towns_district *d, uint64_t *state)
{
	const struct towns_spec *spec = &d->spec;
	struct towns_point *centres = towns_alloc(spec->n_towns, sizeof(*centres));
	double *sums = towns_alloc(spec->n_towns, sizeof(*sums));
	double sum = 0;
	for (size_t t = 0; t < spec->n_towns; t++) {
		double east = (uniform(state) - 0.5) * spec->side_km;
		double north = (uniform(state) - 0.5) * spec->side_km;
		centres[t] = moved((struct towns_point){MIDDLE_LON, MIDDLE_LAT}, east, north);
		sums[t] = sum += 1 / (double)(t + 1);
	}
	for (size_t z = 0; z < spec->n_zones; z++) {
		size_t town = draw_by(state, sums, spec->n_towns);
		double spread = spec->spread_km / sqrt((double)(town + 1));
		if (uniform(state) < VILLAGES)
			spread *= VILLAGE_SPREAD;
		d->zones[z] = scattered(state, centres[town], spread);
	}
	free(centres);
	free(sums);
}

/* Every zone's share of the pupils, as running sums. A zone that is a child weighs 1. */
static double *weigh_zones(const struct towns_district *d, uint64_t *state)
{
	double *sums = towns_alloc(d->spec.n_zones, sizeof(*sums)), sum = 0;
	for (size_t z = 0; z < d->spec.n_zones; z++) {
		double u = uniform(state);
		sums[z] = sum += child_each(&d->spec) ? 1 : 0.25 + 3 * u * u;
	}
	return sums;
}

static void place_schools(struct towns_district *d, uint64_t *state, const double *sums)
{
	for (size_t s = 0; s < d->spec.n_schools; s++) {
		size_t zone = draw_by(state, sums, d->spec.n_zones);
		d->schools[s] = scattered(state, d->zones[zone], SCHOOL_SPREAD_KM);
	}
}

static int by_lon(const void *left, const void *right, void *context)
{
	const struct towns_point *schools = context;
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	if (schools[a].lon != schools[b].lon)
		return schools[a].lon < schools[b].lon ? -1 : 1;
	return (a > b) - (a < b);
}

static void sort_schools(struct towns_district *d)
{
	for (size_t s = 0; s < d->spec.n_schools; s++)
		d->by_lon[s] = (uint32_t)s;
	qsort_r(d->by_lon, d->spec.n_schools, sizeof(*d->by_lon), by_lon, d->schools);
}

static int32_t metres_between(struct towns_point a, struct towns_point b)
{
	double east = (a.lon - b.lon) * LON_METRES, north = (a.lat - b.lat) * LAT_METRES;
	return (int32_t)lrint(sqrt(east * east + north * north));
}

/* Puts a school where it belongs among the nearest so far; their number afterwards. */
static size_t insert(struct towns_near *near, size_t count, size_t most, struct towns_near one)
{
	size_t at = count < most ? count : most;
	while (at > 0 && (one.metres < near[at - 1].metres ||
			  (one.metres == near[at - 1].metres && one.school < near[at - 1].school)))
		at--;
	if (at == most)
		return count;
	size_t kept = count < most ? count : most - 1;
	memmove(near + at + 1, near + at, (kept - at) * sizeof(*near));
	near[at] = one;
	return kept + 1;
}

/* The first school that is not west of the place. */
static size_t first_east(const struct towns_district *d, int32_t lon)
{
	size_t low = 0, high = d->spec.n_schools;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (d->schools[d->by_lon[middle]].lon < lon)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Goes from the place to both sides at once, the nearer longitude first, until that is too far. */
size_t towns_nearest(const struct towns_district *d, size_t zone, size_t most,
		     struct towns_near *near)
{
	struct towns_point from = d->zones[zone];
	size_t east = first_east(d, from.lon), west = east, n = d->spec.n_schools, count = 0;
	while (west > 0 || east < n) {
		int64_t to_east = east < n ? d->schools[d->by_lon[east]].lon - from.lon : INT64_MAX;
		int64_t to_west = west ? from.lon - d->schools[d->by_lon[west - 1]].lon : INT64_MAX;
		int64_t apart = to_east < to_west ? to_east : to_west;
		if (count == most && (double)apart * LON_METRES > near[most - 1].metres + 1)
			break;
		uint32_t school = d->by_lon[to_east <= to_west ? east++ : --west];
		struct towns_near one = {metres_between(from, d->schools[school]), school};
		count = insert(near, count, most, one);
	}
	return count;
}

/* People and seats */

int32_t towns_class_size(size_t grade)
{
	return grade < 6 ? 45 : 50;
}

static int32_t *cell_of(const struct towns_district *d, size_t zone, size_t grade, size_t group)
{
	return &d->pupils[(zone * d->spec.n_grades + grade) * d->spec.n_groups + group];
}

int32_t towns_pupils(const struct towns_district *d, size_t zone, size_t grade, size_t group)
{
	return *cell_of(d, zone, grade, group);
}

static void draw_pupils(struct towns_district *d, uint64_t *state, const double *sums)
{
	const struct towns_spec *spec = &d->spec;
	double scale = (double)spec->n_pupils / sums[spec->n_zones - 1] / (double)spec->n_grades;
	for (size_t z = 0; z < spec->n_zones; z++) {
		double expected = (sums[z] - (z ? sums[z - 1] : 0)) * scale;
		for (size_t g = 0; g < spec->n_grades; g++)
			for (size_t k = 0; k < spec->n_groups; k++) {
				double share = spec->n_groups == 1 ? 1 : group_shares[k];
				share *= 0.7 + 0.6 * uniform(state);
				*cell_of(d, z, g, k) =
					(int32_t)(expected * share + uniform(state));
			}
	}
}

static void one_child_each(struct towns_district *d)
{
	for (size_t z = 0; z < d->spec.n_zones; z++)
		*cell_of(d, z, 0, 0) = 1;
}

static int64_t pupils_of_grade(const struct towns_district *d, size_t grade)
{
	int64_t sum = 0;
	for (size_t z = 0; z < d->spec.n_zones; z++)
		for (size_t k = 0; k < d->spec.n_groups; k++)
			sum += *cell_of(d, z, grade, k);
	return sum;
}

/* How much each school is wanted: the share of zones it is nearest to, give or take 40 %. */
static double *weigh_schools(const struct towns_district *d, uint64_t *state, const double *sums)
{
	double *weights = towns_alloc(d->spec.n_schools, sizeof(*weights));
	struct towns_near near;
	for (size_t z = 0; z < d->spec.n_zones; z++)
		if (towns_nearest(d, z, 1, &near))
			weights[near.school] += sums[z] - (z ? sums[z - 1] : 0);
	for (size_t s = 0; s < d->spec.n_schools; s++)
		weights[s] *= 0.6 + 0.8 * uniform(state);
	return weights;
}

/* One section each; what the grade's pupils need beyond that goes by the weights. */
static void build_sections(struct towns_district *d, const double *weights)
{
	size_t n = d->spec.n_schools;
	double total = 0;
	for (size_t s = 0; s < n; s++)
		total += weights[s];
	for (size_t g = 0; g < d->spec.n_grades; g++) {
		double seats = (double)pupils_of_grade(d, g) / SEATS_USED;
		double spare = rint(seats / towns_class_size(g)) - (double)n;
		double sum = 0, given = 0;
		for (size_t s = 0; s < n; s++) {
			sum += weights[s];
			double due = spare > 0 && total > 0 ? rint(spare * sum / total) : 0;
			d->sections[s * d->spec.n_grades + g] = 1 + (int32_t)(due - given);
			given = due;
		}
	}
}

/* Single seats by the weights, a tenth of them evenly: the pupils and the slack, to one. */
static void build_seats(struct towns_district *d, const double *weights)
{
	size_t n = d->spec.n_schools;
	double total = 0, sum = 0, given = 0;
	double seats = rint((double)pupils_of_grade(d, 0) * (1 + d->spec.slack));
	for (size_t s = 0; s < n; s++)
		total += weights[s];
	for (size_t s = 0; s < n; s++) {
		sum += 0.9 * weights[s] / total + 0.1 / (double)n;
		double due = s + 1 < n ? rint(seats * sum) : seats;
		d->sections[s] = (int32_t)(due - given);
		given = due;
	}
}

struct towns_district towns_make(struct towns_spec spec)
{
	struct towns_district d = {.spec = spec};
	uint64_t state = spec.seed;
	d.zones = towns_alloc(spec.n_zones, sizeof(*d.zones));
	d.schools = towns_alloc(spec.n_schools, sizeof(*d.schools));
	d.by_lon = towns_alloc(spec.n_schools, sizeof(*d.by_lon));
	d.pupils = towns_alloc(spec.n_zones * spec.n_grades * spec.n_groups, sizeof(*d.pupils));
	d.sections = towns_alloc(spec.n_schools * spec.n_grades, sizeof(*d.sections));

	place_zones(&d, &state);
	double *sums = weigh_zones(&d, &state);
	place_schools(&d, &state, sums);
	sort_schools(&d);
	if (child_each(&spec))
		one_child_each(&d);
	else
		draw_pupils(&d, &state, sums);
	double *weights = weigh_schools(&d, &state, sums);
	if (spec.slack > 0)
		build_seats(&d, weights);
	else
		build_sections(&d, weights);
	free(weights);
	free(sums);
	return d;
}

void towns_free(struct towns_district *district)
{
	free(district->zones);
	free(district->schools);
	free(district->by_lon);
	free(district->pupils);
	free(district->sections);
}
