/* models/audit_rooms.h - the sections that a plan opens, read back and judged: a second reading.
 *
 * Nothing here is shared with models/rooms.c, so that a misreading there shows. */
#ifndef SEATWISE_AUDIT_ROOMS_H
#define SEATWISE_AUDIT_ROOMS_H

#include "inputs/columns.h"
#include "inputs/district.h"

/* What an offering's finding is reported with, and where. */
struct audit_where {
	enum diag_code code;        /* DIAG_PLAN or DIAG_AUDIT */
	/* The place of an offering's row; NULL: there are none. */
	struct place (*place)(void *context, size_t offering);
	void *context;
};

/* Findings about a plan that is in no file. */
extern const struct audit_where audit_nowhere;

/*
 * Reports every offering and school whose sections break a rule. With sections = fixed, and in
 * schools without classrooms, they are those of the district. Otherwise each grade has at least
 * what those who stay need at class_size.max, and at most sections_max unless they need more; and
 * the school as many as it has classrooms, fewer where all its grades are at sections_max, more
 * where those who stay need them.
 *
 *   district  as read
 *   opened    the same with the sections that the plan opens
 *   returns   0, or -1 where a rule is broken
 */
int audit_rooms(const struct district *district, const struct district *opened,
		const struct audit_where *where, struct diags *diags);

/* offerings.csv of a plan, for its sections. */
struct rooms_file {
	struct table table;
	size_t *row_of;             /* n_offerings: NONE: it has none */
};

/*
 * Reads the sections from offerings.csv of a plan folder. What else is wrong with the table is for
 * plan_tables_check to say: an offering without a row keeps its sections.
 *
 *   opened   a view of the district, its offerings in the arena
 *   returns  0, or -1 when the table cannot be read; rooms_file_close either way
 */
int rooms_file_read(struct rooms_file *file, const struct district *district, const char *folder,
		    struct arena *arena, struct district *opened, struct diags *diags);
void rooms_file_close(struct rooms_file *file);

/* The place of an offering's sections, for audit_where; the context is the rooms_file. */
struct place rooms_file_place(void *file, size_t offering);

#endif
