/* outputs/compare_changes.h - the parts of a comparison's text that say who and what changes. */
#ifndef SEATWISE_COMPARE_CHANGES_H
#define SEATWISE_COMPARE_CHANGES_H

#include "models/comparison.h"

/* How many pupils move, by grade, and the largest moves from school to school. */
void compare_text_pupils(struct text *out, const struct comparison *comparison);

/* How many offerings change and how; those with more large or oversized classes, worst first. */
void compare_text_classes(struct text *out, const struct comparison *comparison);

#endif
