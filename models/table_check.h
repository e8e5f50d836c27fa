/* models/table_check.h - one table of a plan folder against what it should say. */
#ifndef SEATWISE_TABLE_CHECK_H
#define SEATWISE_TABLE_CHECK_H

#include "inputs/csv.h"
#include "models/audit_zones.h"

struct compared;

/* Rows of a table that have come, in an open hash table: a plan has few of all the pairs. */
struct seen_rows {
	size_t n, n_slots; /* slots: 0, or a power of two */
	size_t *slots;     /* the row, or NONE; malloc'ed */
};

/* One table on its way through. */
struct checking {
	const struct audit_plan *plan;
	const struct audit *audit;
	const struct audit_zones *zones;
	const struct compared *table;
	struct arena *arena;       /* outlives diags, which keeps the path */
	struct csv_file file;
	char **header, **fields;   /* fields: of the row at hand */
	size_t n_columns, row;
	struct seen_rows seen;
	size_t errors;             /* the table is left after DIAG_PER_FILE */
	struct diags *diags;
};

/* A table of the contract: which rows it should have, and what they should say. */
struct compared {
	const char *file, *keys[2];
	/* How many there must be, each once; NULL: any of them may be there. */
	size_t (*n_rows)(const struct checking *checking);
	size_t (*find)(const struct checking *checking, const char *first, const char *second);
	void (*expect)(struct checking *checking, size_t row);
};

/* Compares a field of the row at hand: a count exactly, km to the third decimal, part / whole (0 of
 * nothing) and means to a thousandth. */
void want_count(struct checking *checking, const char *column, int64_t want);
void want_km(struct checking *checking, const char *column, int64_t metres);
void want_ratio(struct checking *checking, const char *column, double part, int64_t whole);
void want_mean_km(struct checking *checking, const char *column, int64_t metres, int64_t pupils);
void want_text(struct checking *checking, const char *column, const char *want);

/*
 * Compares the table in the folder. plan, audit, zones, table, arena and diags are set, the rest is
 * zero.
 *
 *   returns  0, -1 when anything differs, or 1 when it is not there, which is a warning
 */
int table_check(struct checking *checking, const char *folder);

#endif
