/* outputs/home_rows.h - children at points of their own, summed: no row tells of one home.
 *
 * A row for each home would say how far it is from its school, and several plans together where it
 * is. So all homes of a grade, group and school are one row, under the name HOME_POINTS. */
#ifndef SEATWISE_HOME_ROWS_H
#define SEATWISE_HOME_ROWS_H

#include "outputs/table_rows.h"

table_rows home_assignment_rows; /* a grade, group and school; km is their mean */
table_rows home_unplaced_rows;   /* a grade, group and reason */

#endif
