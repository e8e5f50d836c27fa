/* outputs/compare_text.h - a comparison of two plans as a planner reads it. */
#ifndef SEATWISE_COMPARE_TEXT_H
#define SEATWISE_COMPARE_TEXT_H

#include "models/comparison.h"

/* Adds the text: the plans and their settings where they differ, figures, levels, who moves (by
 * grade, and the largest moves from school to school), classes, groups; of two equal plans only
 * that nothing differs. */
void compare_text(struct text *out, const struct comparison *comparison);

#endif
