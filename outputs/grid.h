/* outputs/grid.h - rows of text in columns that line up, as a terminal shows them. */
#ifndef SEATWISE_GRID_H
#define SEATWISE_GRID_H

#include "inputs/base/text.h"

/* Zero it, then set align. Rows are filled cell by cell; a row may end early. */
struct grid {
	const char *align;   /* 'l' or 'r' a column; at most GRID_COLUMNS */
	struct text cells;   /* each with a tab behind it, each row with a line end */
};

enum { GRID_COLUMNS = 16 };

/* A row of headings, separated by commas. */
void grid_header(struct grid *grid, const char *headings);

/* One cell. Control bytes are shown as '?'. */
void grid_text(struct grid *grid, const char *text);

/* value / 10^digits; signed: with a plus in front where it is above 0. */
void grid_number(struct grid *grid, int64_t value, int digits);
void grid_signed(struct grid *grid, int64_t value, int digits);

/* "first -> second", or one number where they are equal. */
void grid_change(struct grid *grid, int64_t first, int64_t second, int digits);

/* part / whole in percent with one decimal; 0 of nothing. */
void grid_percent(struct grid *grid, int64_t part, int64_t whole);

void grid_end(struct grid *grid);

/* Adds all rows to `out`, two columns in from the left, wide characters counted as two; then frees
 * and empties the grid. */
void grid_print(struct grid *grid, struct text *out);

#endif
