/* inputs/headings.h - Chinese headings of columns, and the keywords of cells in both languages. */
#ifndef SEATWISE_HEADINGS_H
#define SEATWISE_HEADINGS_H

#include "inputs/columns.h"

/* The column's name in English for a folded heading; the heading itself when it is not Chinese. */
const char *heading_column(const char *folded);

extern const struct word words_yes_no[], words_sex[], words_status[], words_ownership[],
	words_kind[], words_area[], words_need[], words_rule[];

#endif
