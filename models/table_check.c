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

/* The slot that has a row, or the free one where it belongs. */
static size_t *find_slot(const struct seen_rows *seen, size_t row)
{
	/* Fibonacci hashing (Knuth, TAOCP 3, 6.4). */
	size_t at = ((uint64_t)row * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (seen->n_slots - 1);

	while (seen->slots[at] != NONE && seen->slots[at] != row)
		at = (at + 1) & (seen->n_slots - 1);
	return &seen->slots[at];
}

/* Twice the slots, so that half of them at most are in use. */
static void widen(struct seen_rows *seen)
{
	struct seen_rows wider = {.n_slots = seen->n_slots ? 2 * seen->n_slots : 256};

	if (2 * seen->n < seen->n_slots)
		return;
	wider.slots = memory_array(wider.n_slots, sizeof *wider.slots);
	memset(wider.slots, 0xff, wider.n_slots * sizeof *wider.slots);
	for (size_t i = 0; i < seen->n_slots; i++)
		if (seen->slots[i] != NONE)
			*find_slot(&wider, seen->slots[i]) = seen->slots[i];
	wider.n = seen->n;
	free(seen->slots);
	*seen = wider;
}

/* Whether the row came before; it did from now on. */
static bool seen_before(struct seen_rows *seen, size_t row)
{
	size_t *slot;

	widen(seen);
	slot = find_slot(seen, row);
	if (*slot == row)
		return true;
	*slot = row;
	seen->n++;
	return false;
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
	if (seen_before(&checking->seen, row))
		WRONG(checking, 0, "'%s' '%s' stands twice", key, more);
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
	size_t n;

	if (!checking->table->n_rows || checking->errors >= DIAG_PER_FILE)
		return;
	n = checking->table->n_rows(checking);
	if (checking->seen.n < n) {
		checking->errors++;
		diag_error(checking->diags, checking->plan->code, place_file(checking->file.path),
			   "%zu of %zu rows are missing", n - checking->seen.n, n);
	}
}

static void check_open_file(struct checking *checking)
{
	if (csv_read(&checking->file, on_row, checking, checking->diags))
		checking->errors++;
	check_whole(checking);
	free(checking->seen.slots);
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
