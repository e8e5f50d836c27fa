/* inputs/link.h - from the tables as read to the district: sorted, joined by index, checked. */
#ifndef SEATWISE_LINK_H
#define SEATWISE_LINK_H

#include "inputs/district.h"
#include "inputs/tables.h"

/*
 * Fills the district's arrays from the tables. Reports every key that stands twice and every id
 * that no table declares; ids of a table that had errors may be missing and are not asked for.
 *
 *   returns 0 or -1
 */
int district_link(struct district *district, const struct tables *tables, struct diags *diags);

#endif
