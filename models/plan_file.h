/* models/plan_file.h - a plan folder read back: who goes where, with the place of every row. */
#ifndef SEATWISE_PLAN_FILE_H
#define SEATWISE_PLAN_FILE_H

#include "inputs/columns.h"
#include "models/audit.h"
#include "models/student_file.h"

/* A row of all children at points of their own: a grade, group and school. */
struct plan_home_row {
	struct audit_row row;     /* its zone stands for them all: the district's first home */
	int64_t km;               /* nano-km as written: their mean */
};

struct plan_file {
	const struct district *district;
	struct table assignment, unplaced;
	struct student_file students; /* where children have names */
	struct plan_home_row *homes; /* malloc'ed, like what follows */
	size_t n_homes;
	/* of assignment.csv, then of unplaced.csv, then of students.csv: one home each */
	struct audit_row *rows;
	size_t *line_of;          /* their row numbers in the file */
	int64_t *km;              /* nano-km as written; of the unplaced 0 */
	const char **reasons;     /* as written; of the placed "" */
	/* The first n_placed are of assignment.csv, the first n_tables of it or unplaced.csv. */
	size_t n_rows, n_placed, n_tables;
	size_t places_asked;      /* each costs a reading of the file */
};

/*
 * Reads assignment.csv and unplaced.csv of a plan folder in terms of the district, and where its
 * children have names, students.csv and lottery.csv. Rows that name an unknown id are reported and
 * left out.
 *
 *   returns  0, or -1 when a table cannot be read; plan_file_close either way
 */
int plan_file_read(struct plan_file *file, const struct district *district, const char *folder,
		   struct arena *arena, struct diags *diags);

/* The place of a row as an audit_plan's `where`, the plan_file being its context. */
struct place plan_file_place(void *file, size_t row);

/* Reports every km that is further than 0.0005 from the matrix. Returns 0 or -1. */
int plan_file_check_km(struct plan_file *file, const struct distances *distances,
		       struct diags *diags);

/* The reason that unplaced.csv gives for pupils of a cell; NULL: it has none of them. */
const char *plan_file_reason(const struct plan_file *file, const struct cell *cell);

void plan_file_close(struct plan_file *file);

#endif
