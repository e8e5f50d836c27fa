/* inputs/link_parts.h - what the files that join the tables share; for them alone. */
#ifndef SEATWISE_LINK_PARTS_H
#define SEATWISE_LINK_PARTS_H

#include "inputs/link.h"

/* Every row struct begins with its number and, here, its first id. */
struct first_id {
	size_t row;
	const char *id;
};

/* A row with the first bytes of its id as a number: most ids differ in them, and then a sort or a
 * search in many rows need not look at the text. */
struct key {
	uint64_t first;
	const struct first_id *row;
};

/* What linking one district carries along. */
struct linking {
	struct district *district;
	const struct tables *tables;
	struct diags *diags;
	struct key *zones;  /* sorted by id, as in the district */
	const char **sites; /* their ids, sorted */
	size_t zone;        /* found last */
	int result;
};

/* The rows of a table by id, malloc'ed; ids that stand twice are reported. */
struct key *link_keys(struct linking *linking, const struct table *table);

/* Where a row's field stands; once no more errors of the file are shown, just the file. */
struct place link_place(const struct linking *linking, const struct table *table, size_t row,
			const char *column);

/*
 * The index of the id in a row's column, or NONE: then it is reported as unknown, unless the table
 * that would declare it had errors. A school may also be a building site, which has no index.
 */
size_t link_zone(struct linking *linking, const struct table *table, size_t row, const char *id);
size_t link_school(struct linking *linking, const struct table *table, size_t row,
		   const char *column, const char *id);
size_t link_group(struct linking *linking, const struct table *table, size_t row, const char *id);

/* Sorts cells by zone, grade and group and adds up those of the same three; returns how many are
 * left. */
size_t link_cells(struct cell *cells, size_t n);

/* Children, the points where they live and the cells they make (students.c). */
void link_students(struct linking *linking);

/* Births, progressions and years to come (years.c). */
void link_years(struct linking *linking);

/* Gives each child its lead among its twins, who come in the order of ids like `keys`; warns of
 * those who have none, and of those who cannot go together. */
void link_twins(struct linking *linking, const struct key *keys);

#endif
