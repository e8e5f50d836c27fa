/* scripts/bench/towns.h - made-up districts of clustered towns, the same on every machine. */
#ifndef BENCH_TOWNS_H
#define BENCH_TOWNS_H

#include <stddef.h>
#include <stdint.h>

/* What is asked for; `towns_spec` fills it from an instance's name and options. */
struct towns_spec {
	const char *name;
	size_t n_zones, n_schools, n_pupils; /* pupils over all grades, met within about 1 % */
	size_t n_grades, n_groups, n_towns;
	double side_km;   /* the towns' centres lie in a square of this side */
	double spread_km; /* standard deviation of the largest town; others by root of size */
	uint64_t seed;
	double slack;     /* seats beyond the pupils, as a share of them, for zones that are whole;
			     0: sections at the standard, zones that may be split */
};

/* A place in 1e-5 degrees, as it is written to the tables. */
struct towns_point {
	int32_t lon, lat;
};

struct towns_district {
	struct towns_spec spec;
	struct towns_point *zones, *schools;
	int32_t *pupils;   /* [zone][grade][group], from 0 */
	int32_t *sections; /* [school][grade], at least 1; of one seat each where zones are whole */
	uint32_t *by_lon;  /* the schools from west to east */
};

/* A school and how far it is. */
struct towns_near {
	int32_t metres;
	uint32_t school;
};

/*
 * The instance of the command line `PROGRAM NAME TARGET [--zones N] [--schools N] [--pupils N]
 * [--grade G] [--seed K]`.
 *
 * Exits with status 2 and a usage line if it is none. More zones bring more pupils unless --pupils
 * is given; where a zone is a child (P1, P2), there are as many pupils as zones. `grade`, from 1,
 * is NULL for a program without such an option, which alone knows whole zones (W...).
 */
struct towns_spec towns_spec(int argc, char **argv, int *grade);

/* The district of a spec; the caller passes it to towns_free. Exits when memory ends. */
struct towns_district towns_make(struct towns_spec spec);
void towns_free(struct towns_district *district);

/* Pupils of a zone, grade and group; grades and groups from 0. */
int32_t towns_pupils(const struct towns_district *d, size_t zone, size_t grade, size_t group);

/* Seats of a section at the standard, of a grade from 0: 45, from grade 7 on 50. */
int32_t towns_class_size(size_t grade);

/*
 * The nearest schools of a zone, nearest first, ties by number.
 *
 *   near     room for `most` of them
 *   returns  how many there are: `most`, or all schools if that is less
 *
 * Straight-line metres on a plane that touches the district's latitude.
 */
size_t towns_nearest(const struct towns_district *d, size_t zone, size_t most,
		     struct towns_near *near);

/* count * size zeroed bytes; exits when there are none. */
void *towns_alloc(size_t count, size_t size);

#endif
