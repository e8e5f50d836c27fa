/* models/reach.h - who may go where, by the letter of the rules: a second reading for audits.
 *
 * Nothing here is shared with what builds programs, so that a misreading there shows. */
#ifndef SEATWISE_REACH_H
#define SEATWISE_REACH_H

#include <stdbool.h>
#include <stdint.h>

#include "inputs/distance.h"
#include "inputs/district.h"

/*
 * Which schools may take the pupils of a zone, grade and group (cell->pupils is not read).
 *
 * A school that is open, offers the grade, is of the kind and has what the group needs, is public
 * or purchased where the group asks for it, is let by access.csv and has a way; of these, with
 * max_km and for day pupils, those within it, or the nearest ones where there is none. Last, a
 * school without sections in the grade is taken out.
 *
 *   reach  n_schools answers, filled in
 *
 * Cost: some 5 ns per school and rule of the zone.
 */
void audit_reach(const struct district *district, const struct distances *distances,
		 const struct cell *cell, bool *reach);

/* Whether a school that offers the grade may take the pupils wherever they live: by its kind, what
 * the group needs, and public_only. */
bool audit_suits(const struct district *district, const struct cell *cell, size_t school);

/* Whether an `only` rule of access.csv matches, be it for a building site. */
bool audit_has_only(const struct district *district, const struct cell *cell);

/* Whether access.csv lets the pupils into a school; `only` as audit_has_only says. Cost: the rules
 * of the zone that name the school. */
bool audit_is_let(const struct district *district, const struct cell *cell, size_t school,
		  bool only);

/* What a pupil needs: boarding from grade 4, otherwise as the group says. */
enum need audit_need(const struct district *district, const struct cell *cell);

/* The longest way in whole metres that is not far; INT64_MAX for boarders. */
int64_t audit_limit_metres(const struct district *district, const struct cell *cell);

/* The index of a cell by zone, grade and group, or NONE. */
size_t audit_cell(const struct district *district, const struct cell *key);

/* The same, when it is likely to be cell `guess` or one of the next few. */
size_t audit_cell_near(const struct district *district, const struct cell *key, size_t guess);

/* The index of an open school's offering of a grade, or NONE. */
size_t audit_offering(const struct district *district, size_t school, int grade);

#endif
