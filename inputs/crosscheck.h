/* inputs/crosscheck.h - what no single row can show: points that lie where no other point lies. */
#ifndef SEATWISE_CROSSCHECK_H
#define SEATWISE_CROSSCHECK_H

#include "inputs/tables.h"

/*
 * Reports points that look as if longitude and latitude were swapped, and points more than 1,000 km
 * from the median of all (errors); points far off for this district are warned of.
 *
 *   returns 0 or -1
 *
 * Cost: linear; one inverse geodesic a point only where degrees leave it open whether any is far.
 */
int crosscheck(const struct tables *tables, struct diags *diags);

#endif
