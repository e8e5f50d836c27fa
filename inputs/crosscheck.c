#include "inputs/crosscheck.h"

#include <geodesic.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FARTHEST_KM 1000.0 /* no county is larger */
#define ODD_KM 100.0       /* below that a far point is nothing to speak of */
#define ODD_TIMES 20.0     /* times the median distance from the middle */

struct point {
	const struct table *table;
	size_t row;
	double lon, lat;
	double km; /* from the middle */
};

struct points {
	struct point *all;
	size_t n;
	double lon, lat;  /* the middle: median of each coordinate */
	double median_km; /* half of the points lie nearer to the middle */
};

static int compare_reals(const void *a, const void *b, void *context)
{
	double first = *(const double *)a, second = *(const double *)b;

	(void)context;
	return (first > second) - (first < second);
}

/* The median of one double in each point; `offset` says which. */
static double median(const struct points *points, size_t offset)
{
	double *values = memory_array(points->n, sizeof *values), middle;

	for (size_t i = 0; i < points->n; i++)
		memcpy(&values[i], (const char *)&points->all[i] + offset, sizeof *values);
	memory_sort(values, points->n, sizeof *values, compare_reals, NULL);
	middle = points->n ? values[points->n / 2] : 0;
	free(values);
	return middle;
}

static double km_between(const struct points *points, double lon, double lat)
{
	struct geod_geodesic earth;
	double metres;

	geod_init(&earth, 6378137, 1 / 298.257223563); /* WGS-84 */
	geod_inverse(&earth, points->lat, points->lon, lat, lon, &metres, NULL, NULL);
	return metres / 1000;
}

static void collect(struct points *points, const struct tables *tables)
{
	points->all = memory_array(tables->zones.n_rows + tables->schools.n_rows,
				   sizeof *points->all);
	for (size_t i = 0; i < tables->zones.n_rows; i++) {
		const struct zone_row *row = table_row(&tables->zones, i);

		points->all[points->n++] =
			(struct point){&tables->zones, row->row, row->lon, row->lat, 0};
	}
	for (size_t i = 0; i < tables->schools.n_rows; i++) {
		const struct school_row *row = table_row(&tables->schools, i);

		points->all[points->n++] =
			(struct point){&tables->schools, row->row, row->lon, row->lat, 0};
	}
}

static void measure(struct points *points)
{
	points->lon = median(points, offsetof(struct point, lon));
	points->lat = median(points, offsetof(struct point, lat));
	for (size_t i = 0; i < points->n; i++)
		points->all[i].km = km_between(points, points->all[i].lon, points->all[i].lat);
	points->median_km = median(points, offsetof(struct point, km));
}

/* Whether the point would lie among the others with its coordinates the other way round. */
static bool swapped(const struct points *points, const struct point *point)
{
	return point->km > FARTHEST_KM && fabs(point->lon) <= 90 &&
	       km_between(points, point->lat, point->lon) < FARTHEST_KM / 4;
}

static int check_point(const struct points *points, const struct point *point,
		       struct diags *diags)
{
	struct place where;

	if (point->km <= fmax(ODD_KM, ODD_TIMES * points->median_km) && point->km <= FARTHEST_KM)
		return 0;
	where = table_place(point->table, point->row, "lon");
	if (swapped(points, point))
		return diag_error(diags, DIAG_POINT_SWAPPED, where,
				  "lon and lat look swapped: the other way round the point lies "
				  "among the others");
	if (point->km > FARTHEST_KM)
		return diag_error(diags, DIAG_POINT_FAR, where,
				  "the point lies %.0f km from the middle of the district",
				  point->km);
	diag_warning(diags, DIAG_POINT_FAR, where,
		     "the point lies %.0f km from the middle of the district; half of all points "
		     "lie within %.1f km", point->km, points->median_km);
	return 0;
}

int crosscheck(const struct district *district, const struct tables *tables, struct diags *diags)
{
	struct points points = {0};
	int result = 0;

	(void)district;
	collect(&points, tables);
	measure(&points);
	for (size_t i = 0; i < points.n; i++)
		if (check_point(&points, &points.all[i], diags))
			result = -1;
	free(points.all);
	return result;
}
