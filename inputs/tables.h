/* inputs/tables.h - the tables of a district folder: their columns and the rows as read. */
#ifndef SEATWISE_TABLES_H
#define SEATWISE_TABLES_H

#include "inputs/columns.h"

struct school_row {
	size_t row;
	const char *school, *name, *opens;
	double lon, lat;
	int status, ownership, kind;
	struct grade_range grades;
	int64_t classrooms, max_pupils, beds, places, land_m2, floor_m2;
};

struct offering_row {
	size_t row;
	const char *school;
	int grade;
	int64_t sections, enrolled, class_size, sections_max;
};

struct zone_row {
	size_t row;
	const char *zone, *name, *township;
	double lon, lat;
	int area;
};

struct demand_row {
	size_t row;
	const char *zone, *group;
	int grade;
	int64_t pupils;
};

struct student_row {
	size_t row;
	const char *student, *zone, *group, *household, *current_school, *feeder_school, *choices;
	double lon, lat;            /* NAN: not given */
	int grade, twin, sex;
	int64_t priority;           /* the column `class`; NOT_GIVEN */
	int64_t points, score;      /* nano; POINTS_NOT_GIVEN */
	int64_t rank;               /* or NOT_GIVEN */
};

struct group_row {
	size_t row;
	const char *group, *label;
	int64_t weight, limit_km, max_share;
	int needs, public_only;
};

struct access_row {
	size_t row;
	const char *zone, *school, *group;
	int rule, grade;
};

struct distance_row {
	size_t row;
	const char *zone, *school;
	int64_t km;
};

struct site_row {
	size_t row;
	const char *site;
};

struct births_row {
	size_t row;
	const char *zone, *group;
	int64_t year, month, births; /* month 0: the whole year */
};

struct progression_row {
	size_t row;
	const char *group;          /* "": all */
	int area;                   /* 0: all */
	int64_t grade;              /* 0: from birth to grade 1 */
	int64_t ratio, low, high;   /* nano; low, high or NOT_GIVEN */
};

struct forecast_row {
	size_t row;
	const char *zone, *group;
	int64_t year;
	int grade;
	int64_t pupils, low, high;  /* low, high or NOT_GIVEN */
};

/* X(table, needed, kept, row struct): every file that a district may have, read in this order. The
 * texts of one that is kept live in the district; the others only refer to it, by ids. Children by
 * name stand for demand.csv. */
#define DISTRICT_TABLES(X) \
	X(schools, true, true, struct school_row) \
	X(offerings, false, false, struct offering_row) \
	X(zones, true, true, struct zone_row) \
	X(students, false, true, struct student_row) \
	X(demand, !tables->students.present, false, struct demand_row) \
	X(groups, false, true, struct group_row) \
	X(access, false, false, struct access_row) \
	X(distances, false, false, struct distance_row) \
	X(sites, false, false, struct site_row) \
	X(births, false, false, struct births_row) \
	X(progression, false, false, struct progression_row) \
	X(forecast, false, false, struct forecast_row)

struct tables {
	struct arena texts; /* of the tables that are not kept */
#define X(name, needed, kept, row) struct table name;
	DISTRICT_TABLES(X)
#undef X
};

struct config;

/* Reads every table of the folder; all errors of all files. The arena is the district's. Returns 0
 * or -1; tables_close must follow either way. */
int tables_read(struct tables *tables, const struct config *config, struct arena *arena,
		struct diags *diags);

void tables_close(struct tables *tables);

#endif
