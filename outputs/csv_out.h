/* outputs/csv_out.h - rows of CSV, quoted in one place: LF ends, UTF-8 without BOM. */
#ifndef SEATWISE_CSV_OUT_H
#define SEATWISE_CSV_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "outputs/folder.h"

/* A table on its way to a file; zero it, then set the file. */
struct csv_out {
	struct folder_file *file;
	bool in_row;
};

/*
 * One field, quoted only where it must be (a comma, a quote, a line end, a space at either end).
 * Ids pass untouched, since readers join on them; no other text of a user is in a table.
 */
void csv_out_text(struct csv_out *out, const char *text);

/* A whole number. */
void csv_out_count(struct csv_out *out, int64_t number);

/* A double, so that no other has the same digits. */
void csv_out_real(struct csv_out *out, double number);

/* value x 10^-digits, with so many decimals. */
void csv_out_decimal(struct csv_out *out, int64_t value, int digits);

/* Metres as km with 3 decimals; also any other number that is kept in thousandths. */
void csv_out_thousandths(struct csv_out *out, int64_t number);

/* part / whole with 3 decimals, rounded half up; 0 where whole is 0. */
void csv_out_ratio(struct csv_out *out, int64_t part, int64_t whole);

/* The mean of pupil-metres over pupils, as km. */
void csv_out_mean_km(struct csv_out *out, int64_t metres, int64_t pupils);

/* Ends the row. */
void csv_out_end(struct csv_out *out);

#endif
