/* solver/engines/quota.h - plans where side rows tie grades: each grade gets its part of every row.
 *
 * Beds, places, a school's pupils and a group's share bind over all grades, and a program of all
 * grades at once is large. Once each grade has its part of every row it is a program of its own,
 * and what the grades come to keeps the rows together. How good it is depends on the parts. */
#ifndef SEATWISE_QUOTA_H
#define SEATWISE_QUOTA_H

#include "inputs/base/diag.h"
#include "solver/engines/flow.h"

/* How much of a row one unit of a batch uses: of a share, pupils of its group. */
int64_t quota_use(const struct program *program, const struct side_row *row, size_t batch);

/*
 * A plan of a block of several grades.
 *
 *   use      n_sides x (LAST_GRADE + 1): how much of each active row each grade would use best, in
 *            the row's units (of a share: pupils of the group), or NULL
 *   plan     a plan that the rows are divided by at first, if there is no `use`; or NULL: by what
 *            the grades would use if there were no rows
 *   flows    replaced by the plan's
 *   floor    n_levels, where `plan` is NULL; or NULL: what the grades come to without any rows, in
 *            sum; no plan is below it at a level, as long as it meets it at all levels before
 *   returns  whether a plan came of it; it keeps every row
 */
bool quota_plan(const struct block *block, const double *use, const struct flows *plan,
		struct flows *flows, int64_t *floor, struct diags *diags);

#endif
