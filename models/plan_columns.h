/* models/plan_columns.h - tables of a plan folder that are read back: their columns and rows. */
#ifndef SEATWISE_PLAN_COLUMNS_H
#define SEATWISE_PLAN_COLUMNS_H

#include "inputs/columns.h"

/* The most pupils that a row may have, or a plan that is compared. */
#define PLAN_MOST_PUPILS 1000000000

/* A row of assignment.csv or unplaced.csv; the unplaced have no school (NULL) and no km. */
struct plan_row {
	size_t row;
	const char *zone, *group, *school, *reason;
	int grade;
	int64_t pupils; /* what is wrong with a number below 1 is for the reader to say */
	int64_t km;     /* nano-km */
};

/* A row of offerings.csv. */
struct plan_offering_row {
	size_t row;
	const char *school;
	int grade;
	int64_t sections, load, large, oversized;
};

/* A row of groups.csv. */
struct plan_group_row {
	size_t row;
	const char *group;
	int64_t pupils, placed, far;
	int64_t mean_km, p90; /* nano-km */
};

extern const struct table_spec plan_assignment_spec, plan_unplaced_spec; /* struct plan_row */
extern const struct table_spec plan_offering_spec, plan_group_spec;

#endif
