#include "models/table_check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Half of the third decimal; a unit of it and what doubles lose. */
#define KM_TOLERANCE 0.0005
#define MEAN_TOLERANCE 0.00101

#define WRONG(checking, column, ...) \
	((checking)->errors++, \
	 (void)diag_error((checking)->diags, (checking)->plan->code, \
			  csv_place(&(checking)->file, (checking)->row, column), __VA_ARGS__))

/* Where a column stands, or NONE. */
static size_t find_column(const struct checking *checking, const char *name)
{
	for (size_t i = 0; i < checking->n_columns; i++)
		if (strcmp(checking->header[i], name) == 0)
			return i;
	return NONE;
}

static const char *field_of(const struct checking *checking, size_t column)
{
	return column == NONE ? "" : checking->fields[column];
}

/* Where a column stands; NONE, and an end to the table, when it does not have it. */
static size_t need_column(struct checking *checking, const char *name)
{
	size_t at = find_column(checking, name);

	if (at == NONE && checking->errors < DIAG_PER_FILE) {
		checking->row = 0;
		WRONG(checking, 0, "column %s is missing", name);
		checking->errors = DIAG_PER_FILE;
	}
	return at;
}

static void want_number(struct checking *checking, const char *column, double want,
			double tolerance)
{
	size_t at = need_column(checking, column);
	const char *text = field_of(checking, at);
	double found;

	if (at == NONE || (number_real(text, &found) == 0 && fabs(found - want) <= tolerance))
		return;
	WRONG(checking, at, "%s is '%s', but should be %.*f", column, text,
	      tolerance > 0 ? 3 : 0, want);
}

void want_count(struct checking *checking, const char *column, int64_t want)
{
	want_number(checking, column, (double)want, 0);
}

void want_km(struct checking *checking, const char *column, int64_t metres)
{
	want_number(checking, column, (double)metres / 1000, KM_TOLERANCE);
}

/* part / whole, or 0 of nothing. */
void want_ratio(struct checking *checking, const char *column, double part, int64_t whole)
{
	want_number(checking, column, whole > 0 ? part / (double)whole : 0, MEAN_TOLERANCE);
}

void want_mean_km(struct checking *checking, const char *column, int64_t metres,
		  int64_t pupils)
{
	want_ratio(checking, column, (double)metres / 1000, pupils);
}

void want_text(struct checking *checking, const char *column, const char *want)
{
	size_t at = need_column(checking, column);

	if (at != NONE && strcmp(field_of(checking, at), want) != 0)
		WRONG(checking, at, "%s is '%s', but should be '%s'", column,
		      field_of(checking, at), want);
}

static void take_header(struct checking *checking, char **fields, size_t n)
{
	checking->n_columns = n;
	checking->header = arena_array(checking->arena, n, sizeof *checking->header);
	for (size_t i = 0; i < n; i++)
		checking->header[i] = arena_text(checking->arena, fields[i], strlen(fields[i]));
}

static void take_row(struct checking *checking)
{
	const struct compared *table = checking->table;
	size_t second = table->keys[1] ? find_column(checking, table->keys[1]) : NONE;
	size_t first = find_column(checking, table->keys[0]), row;
	const char *key = field_of(checking, first), *more = field_of(checking, second);

	row = table->find(checking, key, more);
	if (row == NONE) {
		WRONG(checking, 0, "there should be no row of '%s' '%s'", key, more);
		return;
	}
	if (checking->seen[row])
		WRONG(checking, 0, "'%s' '%s' stands twice", key, more);
	checking->seen[row] = true;
	table->expect(checking, row);
}

static int on_row(void *context, size_t row, char **fields, size_t n_fields)
{
	struct checking *checking = context;

	checking->row = row;
	checking->fields = fields;
	if (row == 0)
		take_header(checking, fields, n_fields);
	else if (n_fields != checking->n_columns)
		WRONG(checking, 0, "row has %zu fields, but the header has %zu columns", n_fields,
		      checking->n_columns);
	else
		take_row(checking);
	return checking->errors >= DIAG_PER_FILE;
}

static void check_whole(struct checking *checking)
{
	size_t n = checking->table->n_rows(checking), missing = 0;

	if (!checking->table->whole || checking->errors >= DIAG_PER_FILE)
		return;
	for (size_t i = 0; i < n; i++)
		missing += !checking->seen[i];
	if (missing > 0) {
		checking->errors++;
		diag_error(checking->diags, checking->plan->code, place_file(checking->file.path),
			   "%zu of %zu rows are missing", missing, n);
	}
}

static void check_open_file(struct checking *checking)
{
	checking->seen = memory_array(checking->table->n_rows(checking), sizeof *checking->seen);
	if (csv_read(&checking->file, on_row, checking, checking->diags))
		checking->errors++;
	check_whole(checking);
	free(checking->seen);
}

int table_check(struct checking *checking, const char *folder)
{
	const char *path = arena_printf(checking->arena, "%s/%s", folder, checking->table->file);

	if (access(path, F_OK) != 0) {
		diag_warning(checking->diags, DIAG_FILE_MISSING, place_file(path),
			     "the plan does not have this table");
		return 1;
	}
	if (csv_open(&checking->file, path, checking->diags))
		return -1;
	check_open_file(checking);
	csv_close(&checking->file);
	return checking->errors > 0 ? -1 : 0;
}
