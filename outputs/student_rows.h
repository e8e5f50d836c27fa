/* outputs/student_rows.h - the tables of a plan in which children have names. */
#ifndef SEATWISE_STUDENT_ROWS_H
#define SEATWISE_STUDENT_ROWS_H

#include "outputs/table_rows.h"

table_rows student_rows;  /* a child, by id; without a school: the unplaced */
table_rows lottery_rows;  /* a child, the luckiest first */
table_rows waiting_rows;  /* a child who would rather be at a school, by right */
table_rows notice_rows;   /* a child, by id: for mail merge */
table_rows way_rows;      /* a way to decide (setting `decide`) */

#endif
