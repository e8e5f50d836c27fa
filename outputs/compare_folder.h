/* outputs/compare_folder.h - a comparison of two plans as a folder of CSV tables. */
#ifndef SEATWISE_COMPARE_FOLDER_H
#define SEATWISE_COMPARE_FOLDER_H

#include "models/comparison.h"
#include "outputs/csv_out.h"

/* How one table of a comparison is written. */
struct compare_table {
	const char *file, *header;
	void (*rows)(struct csv_out *out, const struct comparison *comparison);
};

/* kpis.csv, moves.csv, classes.csv and groups.csv; ends with a NULL file. */
extern const struct compare_table compare_tables[];

/* The header and all rows, into `file`. */
void compare_table_write(const struct compare_table *table, struct folder_file *file,
			 const struct comparison *comparison);

/* Writes the folder whole or not at all; returns 0 or -1 after an error. */
int compare_folder_write(const char *path, const struct comparison *comparison,
			 struct diags *diags);

#endif
