/* models/plan_tables.h - the tables of a plan folder against the figures of an audit. */
#ifndef SEATWISE_PLAN_TABLES_H
#define SEATWISE_PLAN_TABLES_H

#include "models/audit.h"

/*
 * Compares offerings.csv, schools.csv, zones.csv, groups.csv, capacity.csv and distance.csv of a
 * plan folder, field by field, with what they should say: counts and single ways exactly, means and
 * shares within a thousandth. A table that is not there is a warning. seat_price is not compared.
 *
 *   arena     must outlive diags, which keeps paths
 *   n_tables  the number of tables that were there
 *   returns   0, or -1 when anything differs
 */
int plan_tables_check(struct arena *arena, const char *folder, const struct audit_plan *plan,
		      const struct audit *audit, size_t *n_tables, struct diags *diags);

#endif
