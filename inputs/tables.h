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
	int64_t sections, enrolled, class_size;
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

/* X(table, needed, row struct): every file that a district may have, read in this order. */
#define DISTRICT_TABLES(X) \
	X(schools, true, struct school_row) \
	X(offerings, false, struct offering_row) \
	X(zones, true, struct zone_row) \
	X(demand, true, struct demand_row) \
	X(groups, false, struct group_row) \
	X(access, false, struct access_row) \
	X(distances, false, struct distance_row) \
	X(sites, false, struct site_row)

struct tables {
#define X(name, needed, row) struct table name;
	DISTRICT_TABLES(X)
#undef X
};

struct config;

/* Reads every table of the folder; all errors of all files. Returns 0 or -1. */
int tables_read(struct tables *tables, const struct config *config, struct arena *arena,
		struct diags *diags);

void tables_close(struct tables *tables);

#endif
