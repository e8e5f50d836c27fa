/* inputs/columns.h - a table's columns, typed: one row of a table each.
 *
 * A table is declared by its columns; reading one fills an array of row structs through the
 * columns' offsets. Every row struct begins with `size_t row`, its number in the file (the header
 * is 0). */
#ifndef SEATWISE_COLUMNS_H
#define SEATWISE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inputs/csv.h"

enum column_type {
	COLUMN_ID,      /* const char *, never folded, never empty when required */
	COLUMN_TEXT,    /* const char *, "" when empty */
	COLUMN_COUNT,   /* int64_t */
	COLUMN_DECIMAL, /* int64_t, nano-units */
	COLUMN_REAL,    /* double */
	COLUMN_GRADE,   /* int, 0 when empty */
	COLUMN_GRADES,  /* struct grade_range, 0-0 when empty */
	COLUMN_MONTH,   /* const char *: YYYY-MM, "" when empty */
	COLUMN_WORD,    /* int: the value of the word */
	COLUMN_IGNORED  /* known, not read by this command */
};

struct grade_range {
	int first, last;
};

/* A keyword and its value; the array ends with a NULL text. */
struct word {
	const char *text;
	int value;
};

struct column {
	const char *name;
	enum column_type type;
	bool required;      /* the column must exist and no cell may be empty */
	size_t offset;      /* into the row struct */
	int64_t least, most;
	int64_t fallback;   /* of an empty cell: count, decimal (nano) or word value; reals: NAN */
	const struct word *words;
};

enum { MAX_COLUMNS = 24 };

struct table_spec {
	const char *name;            /* "schools", the key in district.json's files */
	const struct column *columns; /* ends with a NULL name */
	size_t row_size;
	bool secret;                 /* about children: no message quotes a cell of it */
};

/* A table as read. */
struct table {
	const struct table_spec *spec;
	struct csv_file file;
	bool present;               /* the file exists */
	bool broken;                /* it had errors: rows, or all of it, are not here */
	char *rows;                 /* n_rows x spec->row_size, malloc'ed */
	size_t n_rows, room;
	int field_of[MAX_COLUMNS];  /* where column i stands in the file, -1 = absent */
};

/* The i-th row. */
static inline void *table_row(const struct table *table, size_t i)
{
	return table->rows + i * table->spec->row_size;
}

/*
 * Reads the file at path into the table; texts go to the arena. An absent file is an error only
 * when `needed`. All errors of the file are reported.
 *
 *   returns 0 or -1
 */
int table_read(struct table *table, const struct table_spec *spec, const char *path, bool needed,
	       struct arena *arena, struct diags *diags);

/* The place of a column's field in a row (its number in the file). */
struct place table_place(const struct table *table, size_t row, const char *column);

void table_close(struct table *table);

/* Whether a text is a month such as 2018-09. */
bool month_valid(const char *text);

/* A grade as text: 1-9, with 年级 behind it or not, or in Chinese digits; 0 when it is none. */
int grade_of(const char *folded);

#endif
