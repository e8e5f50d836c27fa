/* outputs/student_rows.h - the tables of a plan in which children have names. */
#ifndef SEATWISE_STUDENT_ROWS_H
#define SEATWISE_STUDENT_ROWS_H

#include "outputs/table_rows.h"

table_rows student_rows;  /* a child, by id; without a school: the unplaced */
table_rows lottery_rows;  /* a child, the luckiest first */

#endif
