/* inputs/district.h - the checked whole: everything the tables say, ready for the models.
 *
 * Every table is sorted by id (bytes), and rows refer to each other by index, so that nothing below
 * depends on the order of rows in the files. */
#ifndef SEATWISE_DISTRICT_H
#define SEATWISE_DISTRICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inputs/base/diag.h"
#include "inputs/base/memory.h"
#include "inputs/settings.h"

enum { FIRST_GRADE = 1, LAST_PRIMARY = 6, LAST_GRADE = 9, N_GRADES = 9 };

enum ownership { OWNERSHIP_PUBLIC, OWNERSHIP_PURCHASED, OWNERSHIP_PRIVATE };
enum kind { KIND_ORDINARY, KIND_SPECIAL };
enum area { AREA_NONE, AREA_URBAN, AREA_TOWN, AREA_RURAL };
enum need { NEED_NONE, NEED_BOARDING, NEED_INCLUSION, NEED_SPECIAL };
enum rule { RULE_ONLY, RULE_NEVER };
enum sex { SEX_NOT_GIVEN, SEX_MALE, SEX_FEMALE };

/* "Not given" in an int64_t column. */
#define NOT_GIVEN INT64_C(-1)

/* The same of points, which may be negative. */
#define POINTS_NOT_GIVEN INT64_MIN

/* What tables name instead of a zone for children who live at a point of their own. */
#define HOME_POINTS "home-points"

/* The index of no school, no zone, no group. */
#define NONE SIZE_MAX

/* A campus, open or not. */
struct school {
	const char *id, *name;
	double lon, lat;            /* degrees */
	const char *opens;          /* YYYY-MM, "" = open */
	int status;                 /* 0 existing, 1 new: a label */
	int ownership, kind;
	int first_grade, last_grade; /* of `grades`; 0 = not given */
	int64_t classrooms, beds, places;
	int64_t max_pupils;         /* or NOT_GIVEN */
	int64_t land_m2, floor_m2;  /* nano-m2, or NOT_GIVEN */
	bool open;                  /* in settings.month */
	bool shares;                /* no row of offerings.csv: its grades share its classrooms */
	int64_t enrolled;           /* pupils who stay, over its open offerings */
	size_t first_offering, n_offerings;
};

/* A residential area or a village. */
struct zone {
	const char *id, *name, *township;
	double lon, lat;            /* degrees */
	int area;
};

/* A group of pupils with common rules. */
struct group {
	const char *id, *label;
	int64_t weight;             /* nano; of a pupil unplaced */
	int64_t limit_km;           /* nano-km, or NOT_GIVEN */
	int64_t max_share;          /* nano, or NOT_GIVEN */
	int need;
	bool public_only;
	/* Of a priority class within a group, where rights are followed (models/rest.h): */
	int64_t priority;           /* 1 is the first class; 0: no class */
	size_t part_of;             /* 1 + the group whose class it is; 0: it is a group itself */
};

/* A grade of an open school. */
struct offering {
	size_t school;
	int grade;
	int64_t sections, enrolled; /* classes; pupils who stay */
	int64_t class_size;         /* standard size: the row's own, or the setting's */
	int64_t sections_max;       /* where sections are free, or NOT_GIVEN */
};

/* Pupils of one zone, grade and group; never 0 pupils. */
struct cell {
	size_t zone, group;
	int grade;
	int64_t pupils;
};

/* A child. */
struct student {
	const char *id, *household; /* "" = not given */
	size_t cell;
	int64_t priority;           /* class 1..n, or NOT_GIVEN */
	int64_t points, score;      /* nano, or POINTS_NOT_GIVEN */
	int64_t rank;               /* 1..n, or NOT_GIVEN */
	int sex;
	bool twin;
	size_t lead;                /* the first of its twins by id; without twins itself */
	size_t current_school, feeder_school; /* or NONE */
	size_t first_choice, n_choices; /* into district->choices */
};

/* A zoning rule; grade 0 and group NONE: all; `school` may be NONE: the row names a site. */
struct access {
	size_t zone, school, group;
	int rule, grade;
	size_t line;                /* in access.csv, the physical one */
};

/* A distance that distances.csv gives. */
struct known_distance {
	size_t zone, school;
	int64_t metres;
};

/* Children born in a zone, in a year or a month of it. */
struct births {
	size_t zone, group;
	int64_t year, month;        /* month 0: the whole year */
	int64_t births;
};

/* What a grade has of the grade before it a year earlier; nano. */
struct progression {
	int area;                   /* 0: all */
	size_t group;               /* NONE: all */
	int grade;                  /* that is left; 0: from birth, or from other groups' grade 1 */
	int64_t ratio, low, high;
};

/* Pupils of a cell in a year to come. */
struct future {
	int64_t year;
	struct cell cell;
	int64_t low, high;
};

struct district {
	struct arena arena;         /* holds everything below */
	const char *path, *name;
	const char *crs;
	int64_t year;               /* 0 = not given */
	struct settings settings;
	struct school *schools;
	struct zone *zones;         /* of zones.csv; then n_homes points where children live */
	struct group *groups;
	struct offering *offerings; /* open ones, by school and grade */
	struct offering *later;     /* those of schools that open later, likewise */
	struct cell *cells;         /* by zone, grade, group */
	struct access *access;      /* by zone, then as in struct order */
	struct known_distance *known; /* by zone and school */
	struct student *students;   /* of students.csv, by id */
	struct births *births;      /* by zone, group, year and month */
	struct progression *progressions; /* by area, group and grade */
	struct future *futures;     /* by year, zone, grade and group */
	size_t n_births, n_progressions, n_futures;
	size_t *choices;            /* schools, best first; NONE: a building site */
	size_t n_schools, n_zones, n_homes, n_groups, n_offerings, n_later, n_cells, n_access,
	       n_known, n_students;
	size_t *access_of_zone;     /* n_zones + 1: the rows of zone z are [z] .. [z + 1] */
};

/* What the command line adds to a district. */
struct override {
	const char *key, *value;
};

/*
 * Reads and checks the folder `path`; every error of every file is reported.
 *
 *   overrides  n_overrides settings that win over district.json's
 *   returns    0, or -1 after errors; the district may be closed either way
 */
int district_read(struct district *district, const char *path, const struct override *overrides,
		  size_t n_overrides, struct diags *diags);

void district_close(struct district *district);

/* What a pupil of this group needs in this grade: boarding begins in grade 4. */
enum need district_need(const struct district *district, size_t group, int grade);

/* Beyond how many nano-km a pupil of this group and grade is far; INT64_MAX for boarders. */
int64_t district_limit(const struct district *district, size_t group, int grade);

/* The standard class size of a grade, by the settings. */
int64_t district_class_size(const struct district *district, int grade);

/* The offering of a school and grade, or NULL. */
const struct offering *district_offering(const struct district *district, size_t school, int grade);

/* The group that a group or one of its classes belongs to. */
static inline size_t district_whole_group(const struct district *district, size_t group)
{
	size_t part_of = district->groups[group].part_of;

	return part_of ? part_of - 1 : group;
}

/* The index of an id, or NONE. */
size_t district_school(const struct district *district, const char *id);
size_t district_zone(const struct district *district, const char *id);
size_t district_group(const struct district *district, const char *id);

/* The index of a child, or NONE. */
size_t district_student(const struct district *district, const char *id);

/* The cell of a child: where it lives, its grade and its group. */
static inline const struct cell *district_cell_of(const struct district *district, size_t child)
{
	return &district->cells[district->students[child].cell];
}

/* The place of a school among a child's choices, from 1; 0: it is none of them, or NONE. */
size_t district_choice(const struct district *district, size_t child, size_t school);

/* Whether a zone is a home: a point that stands in no output, and that no table can name. */
static inline bool district_is_home(const struct district *district, size_t zone)
{
	return zone >= district->n_zones - district->n_homes;
}

/* Pupils of all cells. */
int64_t district_pupils(const struct district *district);

#endif
