#include "inputs/crosscheck.h"

#include <geodesic.h>
#include <math.h>
#include <stdlib.h>

#define FARTHEST_KM 1000.0 /* no county is larger */
#define ODD_KM 100.0       /* below that a far point is nothing to speak of */
#define ODD_TIMES 20.0     /* times the median distance from the middle */

/* Bounds of WGS-84's radii of curvature, as km of one degree along a meridian; one along a parallel
 * is at most LONGEST_DEGREE_KM times the cosine of its latitude. */
#define SHORTEST_DEGREE_KM 110.5
#define LONGEST_DEGREE_KM 111.7

struct point {
	const struct table *table;
	size_t row;
	double lon, lat;
};

/* All zones, then all schools, then the children who live at a point of their own. */
struct points {
	const struct tables *tables;
	const struct student_row **homes; /* malloc'ed */
	size_t n, n_homes;
	double *values;   /* n, for a median */
	double lon, lat;  /* the middle: median of each coordinate */
	struct geod_geodesic earth;
	double *km;       /* n, from the middle */
	double median_km; /* half of the points lie nearer to the middle */
};

static struct point point_at(const struct points *points, size_t i)
{
	const struct table *zones = &points->tables->zones, *schools = &points->tables->schools;

	if (i < zones->n_rows) {
		const struct zone_row *zone = table_row(zones, i);

		return (struct point){zones, zone->row, zone->lon, zone->lat};
	} else if (i >= zones->n_rows + schools->n_rows) {
		const struct student_row *home =
			points->homes[i - zones->n_rows - schools->n_rows];

		return (struct point){&points->tables->students, home->row, home->lon, home->lat};
	} else {
		const struct school_row *school = table_row(schools, i - zones->n_rows);

		return (struct point){schools, school->row, school->lon, school->lat};
	}
}

static void swap(double *a, double *b)
{
	double kept = *a;

	*a = *b;
	*b = kept;
}

/*
 * The k-th smallest of n values, from 0; moves them about (Hoare 1961). The pivot is drawn by a
 * generator with a fixed seed, so that no usual order of rows is a bad one.
 */
static double select_value(double *values, size_t n, size_t k)
{
	size_t low = 0, high = n - 1;
	uint32_t state = 1;

	while (low < high) {
		size_t i = low, j = high;
		double pivot;

		state = state * 1664525 + 1013904223;
		pivot = values[low + (state >> 8) % (high - low)];
		for (;; swap(&values[i++], &values[j--])) {
			while (values[i] < pivot)
				i++;
			while (values[j] > pivot)
				j--;
			if (i >= j)
				break;
		}
		if (k <= j)
			high = j;
		else
			low = j + 1;
	}
	return values[k];
}

/* The median of a figure over all points. */
static double median(const struct points *points, double (*figure)(const struct points *, size_t))
{
	for (size_t i = 0; i < points->n; i++)
		points->values[i] = figure(points, i);
	return points->n ? select_value(points->values, points->n, points->n / 2) : 0;
}

static double lon_of(const struct points *points, size_t i)
{
	return point_at(points, i).lon;
}

static double lat_of(const struct points *points, size_t i)
{
	return point_at(points, i).lat;
}

static double km_of(const struct points *points, size_t i)
{
	return points->km[i];
}

/* Degrees from the middle. */
static double degrees_east(const struct points *points, size_t i)
{
	return fabs(lon_of(points, i) - points->lon);
}

static double degrees_north(const struct points *points, size_t i)
{
	return fabs(lat_of(points, i) - points->lat);
}

/* Beyond how many km a point is far off. */
static double odd_km(double median_km)
{
	return fmin(fmax(ODD_KM, ODD_TIMES * median_km), FARTHEST_KM);
}

/*
 * Whether degrees alone show that no point is far off, without a geodesic for each: none is longer
 * than the way along the middle's parallel and a meridian, or shorter than that meridian's part.
 */
static bool surely_near(const struct points *points)
{
	double east = 0, north = 0, most_km, median_km;

	for (size_t i = 0; i < points->n; i++) {
		east = fmax(east, degrees_east(points, i));
		north = fmax(north, degrees_north(points, i));
	}
	most_km = LONGEST_DEGREE_KM * (north + east * cos(points->lat * M_PI / 180));
	median_km = SHORTEST_DEGREE_KM * median(points, degrees_north);
	return most_km <= odd_km(median_km);
}

static double km_between(const struct points *points, double lon, double lat)
{
	double metres;

	geod_inverse(&points->earth, points->lat, points->lon, lat, lon, &metres, NULL, NULL);
	return metres / 1000;
}

static void measure(struct points *points)
{
	geod_init(&points->earth, 6378137, 1 / 298.257223563); /* WGS-84 */
	points->km = memory_array(points->n, sizeof *points->km);
	for (size_t i = 0; i < points->n; i++)
		points->km[i] = km_between(points, lon_of(points, i), lat_of(points, i));
	points->median_km = median(points, km_of);
}

/* Whether the point would lie among the others with its coordinates the other way round. */
static bool swapped(const struct points *points, const struct point *point, double km)
{
	return km > FARTHEST_KM && fabs(point->lon) <= 90 &&
	       km_between(points, point->lat, point->lon) < FARTHEST_KM / 4;
}

static int far_home(struct place where, bool too_far, struct diags *diags)
{
	if (too_far)
		return diag_error(diags, DIAG_POINT_FAR, where,
				  "the point lies far outside the district");
	diag_warning(diags, DIAG_POINT_FAR, where,
		     "the point lies far off: half of all points are much nearer to the middle of "
		     "the district");
	return 0;
}

static int check_point(const struct points *points, size_t i, struct diags *diags)
{
	struct point point = point_at(points, i);
	double km = points->km[i];
	struct place where;

	if (km <= odd_km(points->median_km))
		return 0;
	where = table_place(point.table, point.row, "lon");
	if (swapped(points, &point, km))
		return diag_error(diags, DIAG_POINT_SWAPPED, where,
				  "lon and lat look swapped: the other way round the point lies "
				  "among the others");
	if (point.table->spec->secret) /* how far off would say where a child lives */
		return far_home(where, km > FARTHEST_KM, diags);
	if (km > FARTHEST_KM)
		return diag_error(diags, DIAG_POINT_FAR, where,
				  "the point lies %.0f km from the middle of the district", km);
	diag_warning(diags, DIAG_POINT_FAR, where,
		     "the point lies %.0f km from the middle of the district; half of all points "
		     "lie within %.1f km", km, points->median_km);
	return 0;
}

/* Measures all points, and reports those far off. */
static int check_points(struct points *points, struct diags *diags)
{
	int result = 0;

	measure(points);
	for (size_t i = 0; i < points->n; i++)
		if (check_point(points, i, diags))
			result = -1;
	free(points->km);
	return result;
}

static void list_homes(struct points *points)
{
	const struct table *students = &points->tables->students;

	points->homes = memory_array(students->n_rows, sizeof *points->homes);
	for (size_t i = 0; i < students->n_rows; i++) {
		const struct student_row *row = table_row(students, i);

		if (!isnan(row->lon) && !isnan(row->lat))
			points->homes[points->n_homes++] = row;
	}
}

int crosscheck(const struct tables *tables, struct diags *diags)
{
	struct points points = {.tables = tables};
	int result = 0;

	list_homes(&points);
	points.n = tables->zones.n_rows + tables->schools.n_rows + points.n_homes;
	points.values = memory_array(points.n, sizeof *points.values);
	points.lon = median(&points, lon_of);
	points.lat = median(&points, lat_of);
	if (!surely_near(&points))
		result = check_points(&points, diags);
	free(points.values);
	free(points.homes);
	return result;
}
