/* models/student_file.h - the tables of a plan folder on children by name, read back. */
#ifndef SEATWISE_STUDENT_FILE_H
#define SEATWISE_STUDENT_FILE_H

#include "inputs/columns.h"
#include "models/audit.h"

/* A row of students.csv. */
struct plan_student_row {
	size_t row;
	const char *student, *school, *reason; /* school "": unplaced */
	int64_t km;                 /* nano-km; NOT_GIVEN where empty */
	int64_t rank, section, nearness; /* NOT_GIVEN where empty */
};

/* A row of lottery.csv. */
struct plan_lot_row {
	size_t row;
	const char *student, *lot;
};

/* A row of waiting.csv. */
struct plan_waiting_row {
	size_t row;
	const char *school, *student, *wants;
	int64_t grade, place;
};

/* A row of notices.csv: what students.csv says as well. */
struct plan_notice_row {
	size_t row;
	const char *student, *school;
	int64_t section;
};

struct student_file {
	const struct district *district;
	struct table students, lottery, waiting, notices;
	size_t *row_of;             /* n_students: its row in the table, from 0, or NONE */
	size_t *school;             /* n_students: where it goes, or NONE; malloc'ed, like row_of */
};

/*
 * Reads the tables in terms of the district. Reports, without naming any, children that are not in
 * the district, stand twice or are missing, and schools that are not known.
 *
 *   returns  0, or -1 when a table cannot be read; student_file_close either way
 */
int student_file_read(struct student_file *file, const struct district *district,
		      const char *folder, struct arena *arena, struct diags *diags);

/*
 * The children at points of their own as rows of a plan, which no other table has.
 *
 *   rows     room for n_students
 *   returns  how many there are
 */
size_t student_file_homes(const struct student_file *file, struct audit_row *rows);

/* Whether every child has a row. */
bool student_file_is_whole(const struct student_file *file);

/* The place of a column's field in a row of a table; once no more errors of the file are shown,
 * just the file. */
struct place student_file_place(const struct table *table, size_t row, const char *column,
				const struct diags *diags);

void student_file_close(struct student_file *file);

#endif
