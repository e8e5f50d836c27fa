/* outputs/tables.h - every CSV of a plan folder: one row of one table each. */
#ifndef SEATWISE_OUTPUT_TABLES_H
#define SEATWISE_OUTPUT_TABLES_H

#include "outputs/table_rows.h"

/* How one CSV is written. */
struct output_table {
	const char *file;     /* "assignment.csv" */
	const char *header;   /* a column "*share_" stands for one column share_GROUP a group */
	table_rows *rows;
};

/* The tables of a plan, those that children by name add, and those of the command `matrix` (all
 * reachable pairs); each ends with a NULL file. */
extern const struct output_table plan_tables[], student_tables[], way_tables[], public_tables[],
	matrix_tables[];

/* The header and all rows, into `file`. */
void table_write(const struct output_table *table, struct folder_file *file,
		 const struct plan_output *output);

/* All tables of the list, each a file of the folder. Returns 0 or -1 after an error. */
int tables_write(const struct output_table *tables, struct folder *folder,
		 const struct plan_output *output);

#endif
