/* models/audit.h - what a plan breaks, and every figure of it: a second reading for audits.
 *
 * It takes the rows of a plan and the district as read; loads, classes, caps and sums are worked
 * out here again, by other ways than those that made the plan. */
#ifndef SEATWISE_AUDIT_H
#define SEATWISE_AUDIT_H

#include <stdint.h>

#include "inputs/base/text.h"
#include "inputs/distance.h"
#include "inputs/district.h"
#include "models/plan.h"

/* Value of a level in units of 10^-18: a factor in nano times a weight or a way in nano. */
__extension__ typedef __int128 audit_value;

/* Pupils of one zone, grade and group at one school, or at none (NONE). */
struct audit_row {
	size_t zone, group, school;
	int grade;
	int64_t pupils;
};

/* A plan to be judged; all borrowed. */
struct audit_plan {
	const struct district *district;
	const struct distances *distances;
	const struct audit_row *rows;
	size_t n_rows;
	enum diag_code code;        /* of its errors: DIAG_PLAN or DIAG_AUDIT */
	/* The place of a row, or of the plan (row n_rows); NULL: there are none. */
	struct place (*where)(void *context, size_t row);
	void *context;              /* of `where` */
};

/* Figures over the ways of placed pupils. Metres. */
struct audit_ways {
	int64_t pupils, metres;     /* sums of pupils, of pupil-metres */
	int64_t p50, p90, longest;  /* nearest rank over pupils; 0 of nobody */
};

struct audit_offering {
	int64_t assigned, load, largest_class, over_standard, large, oversized;
};

struct audit_school {
	int64_t assigned, enrolled, load, seats, large; /* seats at standard size */
	int64_t boarders, included;
	struct audit_ways ways;
	int64_t *by_group;          /* assigned pupils, n_groups */
};

struct audit_group {
	int64_t pupils, placed, unplaced, far, in_public;
	struct audit_ways ways;
};

/* The KPIs; `unplaced` counts pupils. */
struct audit_totals {
	int64_t pupils, placed, unplaced;
	int64_t oversized, large, far, over_standard;
	audit_value unplaced_weight; /* nano */
	struct audit_ways ways;
};

struct audit {
	struct audit_offering *offerings; /* n_offerings */
	struct audit_school *schools;     /* n_schools */
	struct audit_group *groups;       /* n_groups */
	struct audit_totals totals;
	audit_value *levels;              /* the objective's levels, exact */
};

/* A plan as the audit takes it: only who goes where, none of its figures. In the arena. */
struct audit_plan audit_plan_of(struct arena *arena, const struct plan *plan, enum diag_code code);

/*
 * Reports every broken rule: pupils of each cell placed or unplaced once, eligibility,
 * class_size.max, caps of schools, beds, inclusion places, max_share, whole_zones. Computes every
 * figure, whatever is broken; everything is in the arena.
 *
 *   returns  0, or -1 where a rule is broken
 *
 * Cost: a sort of the rows, two where they are not in order; with max_km a walk for each row that
 * goes further.
 */
int audit(struct arena *arena, const struct audit_plan *plan, struct audit *made,
	  struct diags *diags);

/* The most pupils a school may have over all grades by max_pupils and the norms; INT64_MAX where
 * there is no cap. */
int64_t audit_cap(const struct district *district, size_t school);

/* The figures alone. Rows with a school that does not offer their grade are in no offering. */
void audit_figures(struct arena *arena, const struct audit_plan *plan, struct audit *made);

/* Metres of a row's way; 0 without a school or a way. */
int64_t audit_metres(const struct audit_plan *plan, const struct audit_row *row);

/* Orders rows by zone, grade, group and school (NONE last), for memory_sort. */
int audit_row_compare(const void *a, const void *b, void *context);

/* Sorts rows and adds up those of the same zone, grade, group and school; returns how many are
 * left. */
size_t audit_rows_join(struct audit_row *rows, size_t n);

/* The row's cell, its pupils left 0. */
struct cell audit_row_cell(const struct audit_row *row);

/* Adds a level's value in the fewest decimals. */
void audit_value_text(struct text *text, audit_value value);

#endif
