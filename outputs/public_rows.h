/* outputs/public_rows.h - tables for the public: counts that would tell of few are left empty. */
#ifndef SEATWISE_PUBLIC_ROWS_H
#define SEATWISE_PUBLIC_ROWS_H

#include "outputs/table_rows.h"

table_rows public_assignment_rows; /* zone, grade, group and school; without one: the unplaced */
table_rows public_zone_rows;       /* zone and grade */
table_rows public_group_rows;      /* group */
table_rows public_school_rows;     /* school: of all grades, those who stay left out */

#endif
