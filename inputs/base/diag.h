/* inputs/base/diag.h - what went wrong, where, and what the program exits with. */
#ifndef SEATWISE_DIAG_H
#define SEATWISE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* What the program exits with; a later one in this list outweighs an earlier one. */
enum status {
	STATUS_DONE = 0,
	STATUS_PARTIAL = 1, /* done, but children are unplaced or a limit left a gap */
	STATUS_USAGE = 2,
	STATUS_INPUT = 3,
	STATUS_SOLVER = 4,
	STATUS_OUTPUT = 5
};

/* X(code, id printed in brackets, exit status) */
#define DIAG_CODES(X) \
	X(USAGE,              "usage",              STATUS_USAGE) \
	X(FILE_MISSING,       "file-missing",       STATUS_INPUT) \
	X(FILE_READ,          "file-read",          STATUS_INPUT) \
	X(ENCODING,           "encoding",           STATUS_INPUT) \
	X(NUL_BYTE,           "nul-byte",           STATUS_INPUT) \
	X(JSON,               "json",               STATUS_INPUT) \
	X(SETTING_UNKNOWN,    "setting-unknown",    STATUS_INPUT) \
	X(SETTING_VALUE,      "setting-value",      STATUS_INPUT) \
	X(OBJECTIVE,          "objective",          STATUS_INPUT) \
	X(CSV_EMPTY,          "csv-empty",          STATUS_INPUT) \
	X(CSV_QUOTE,          "csv-quote",          STATUS_INPUT) \
	X(CSV_FIELDS,         "csv-fields",         STATUS_INPUT) \
	X(CSV_HEADER,         "csv-header",         STATUS_INPUT) \
	X(CSV_COLUMN,         "csv-column",         STATUS_INPUT) \
	X(CSV_VALUE_EMPTY,    "csv-value-empty",    STATUS_INPUT) \
	X(CSV_NUMBER,         "csv-number",         STATUS_INPUT) \
	X(CSV_RANGE,          "csv-range",          STATUS_INPUT) \
	X(CSV_WORD,           "csv-word",           STATUS_INPUT) \
	X(CONTROL_CHARACTER,  "control-character",  STATUS_INPUT) \
	X(DUPLICATE,          "duplicate",          STATUS_INPUT) \
	X(UNKNOWN_ID,         "unknown-id",         STATUS_INPUT) \
	X(TABLE_EMPTY,        "table-empty",        STATUS_INPUT) \
	X(TABLE_BOTH,         "table-both",         STATUS_INPUT) \
	X(STUDENT_HOME,       "student-home",       STATUS_INPUT) \
	X(STUDENT_TWIN,       "student-twin",       STATUS_INPUT) \
	X(STUDENT_CHOICES,    "student-choices",    STATUS_INPUT) \
	X(POINT_SWAPPED,      "point-swapped",      STATUS_INPUT) \
	X(POINT_FAR,          "point-far",          STATUS_INPUT) \
	X(UNSUPPORTED,        "unsupported",        STATUS_INPUT) \
	X(NO_SCHOOL,          "no-school",          STATUS_INPUT) \
	X(TOO_LARGE,          "too-large",          STATUS_INPUT) \
	X(PLAN,               "plan",               STATUS_INPUT) \
	X(SOLVER,             "solver",             STATUS_SOLVER) \
	X(AUDIT,              "audit",              STATUS_SOLVER) \
	X(OUTPUT_EXISTS,      "output-exists",      STATUS_OUTPUT) \
	X(OUTPUT_WRITE,       "output-write",       STATUS_OUTPUT)

enum diag_code {
#define X(code, id, status) DIAG_##code,
	DIAG_CODES(X)
#undef X
	DIAG_CODE_COUNT
};

/* Where in a file; line and column count from 1 (a column is a character), 0 = not known. */
struct place {
	const char *file; /* NULL: no file */
	size_t line, column;
};

/* Collects what is reported in a run; zero it, or call diag_open. */
struct diags {
	FILE *out;             /* where lines go; NULL: they are only counted */
	size_t errors, warnings;
	enum status status;    /* the weightiest so far */
	const char *file;      /* of the last error, to stop after DIAG_PER_FILE of one file */
	size_t in_file;
};

enum { DIAG_PER_FILE = 20 };

/* The place of a whole file. */
struct place place_file(const char *file);

/* No place at all. */
struct place place_none(void);

void diag_open(struct diags *diags, FILE *out);

/*
 * Reports `file:line:column: error: text [id]`, control bytes shown as '?'. Of one file the first
 * DIAG_PER_FILE errors are printed; all are counted. Returns -1, so that failing is one line.
 */
int diag_error(struct diags *diags, enum diag_code code, struct place where,
	       const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Whether one more error of this file would be printed: else its place need not be looked for. */
bool diag_shows(const struct diags *diags, const char *file);

/* The same as `warning:`; counted apart, never changes the exit status. */
void diag_warning(struct diags *diags, enum diag_code code, struct place where,
		  const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The id that a code prints, e.g. "csv-number". */
const char *diag_id(enum diag_code code);

/* The exit status of a code. */
enum status diag_status(enum diag_code code);

#endif
