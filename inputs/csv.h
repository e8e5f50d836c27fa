/* inputs/csv.h - a CSV file as rows of fields, each with its place; libcsv behind it. */
#ifndef SEATWISE_CSV_H
#define SEATWISE_CSV_H

#include <stddef.h>

#include "inputs/base/diag.h"
#include "inputs/base/memory.h"

/* A row of a file, and the byte and line where it begins, all from 0. */
struct csv_mark {
	size_t row, start, line;
};

/* A file in memory, decoded to UTF-8. */
struct csv_file {
	const char *path;
	char *text;      /* UTF-8 without BOM, NUL-terminated, malloc'ed */
	size_t length;
	struct csv_mark *mark; /* the row that csv_place came to last; malloc'ed */
};

/* What csv_read calls for every row that is not blank: fields are trimmed and valid only during the
 * call; row counts from 0, the header. Returns nonzero to stop. */
typedef int csv_row(void *context, size_t row, char **fields, size_t n_fields);

/* Reads and decodes the file (encoding.h). Returns 0 or -1 after an error. */
int csv_open(struct csv_file *file, const char *path, struct diags *diags);

/* Calls `row` for every row in order. Returns 0, or -1 after an error in the file's quoting. */
int csv_read(const struct csv_file *file, csv_row *row, void *context, struct diags *diags);

/*
 * The line and column where a field begins (its quote included). The file is read again up to
 * there, or from the place that was asked for last, if that comes before: which an error is worth.
 * A field that the row does not have gives the row's beginning.
 */
struct place csv_place(const struct csv_file *file, size_t row, size_t field);

void csv_close(struct csv_file *file);

#endif
