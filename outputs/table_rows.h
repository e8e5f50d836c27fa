/* outputs/table_rows.h - the rows of each output table (tables.c has their headers). */
#ifndef SEATWISE_TABLE_ROWS_H
#define SEATWISE_TABLE_ROWS_H

#include "outputs/csv_out.h"
#include "outputs/plan_output.h"

/* Writes all rows of one table. */
typedef void table_rows(struct csv_out *out, const struct plan_output *output);

table_rows assignment_rows;  /* a placement at a school */
table_rows unplaced_rows;    /* a placement at none, with its reason */
table_rows offering_rows;    /* an open offering */
table_rows school_rows;      /* a school, open or not */
table_rows zone_rows;        /* a zone and grade that has pupils */
table_rows group_rows;       /* a group */
table_rows price_rows;       /* what one more seat, section, bed or place is worth */
table_rows capacity_rows;    /* an open offering */
table_rows used_pair_rows;   /* a zone and a school that it uses */
table_rows pair_rows;        /* a zone and a school that it can reach */

#endif
