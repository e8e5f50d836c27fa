/* models/written_plan.h - a plan folder as it is written, by its own ids: no district is needed. */
#ifndef SEATWISE_WRITTEN_PLAN_H
#define SEATWISE_WRITTEN_PLAN_H

#include "models/plan_columns.h"
#include "models/plan_summary.h"

struct written_plan {
	const char *folder;
	struct plan_summary summary;
	/* Their rows in the order of their ids (bytes): school and grade; group. */
	struct table offerings, groups;
	struct table assignment, unplaced;
	struct plan_row *rows; /* of both, by zone, grade, group and school, the unplaced last */
	size_t n_rows;
};

/*
 * Reads summary.json, assignment.csv, unplaced.csv, offerings.csv and groups.csv of a plan folder,
 * and reports every error of all of them: also rows that stand twice, rows of nobody, ids that are
 * not in offerings.csv or groups.csv, and pupils that are not as many as summary.json says. Whether
 * the plan keeps the rules, and whether its figures are right, is not asked.
 *
 *   folder   must outlive the plan and, as all texts in the arena, the diagnostics
 *   returns  0 or -1; written_plan_close must follow either way
 *
 * Cost: a sort of each table that is not in order.
 */
int written_plan_read(struct written_plan *plan, const char *folder, struct arena *arena,
		      struct diags *diags);

void written_plan_close(struct written_plan *plan);

/* Orders of rows, for bsearch: plan_row by cell, by school (the unplaced after all schools) or by
 * both; plan_offering_row; plan_group_row. */
int plan_cell_compare(const void *a, const void *b);
int plan_school_compare(const void *a, const void *b);
int plan_row_compare(const void *a, const void *b);
int plan_offering_compare(const void *a, const void *b);
int plan_group_compare(const void *a, const void *b);

#endif
