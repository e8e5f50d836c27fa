/* outputs/student_reason.h - why a child goes where it goes, in words from a closed list. */
#ifndef SEATWISE_STUDENT_REASON_H
#define SEATWISE_STUDENT_REASON_H

#include "inputs/base/text.h"
#include "models/enrolment.h"

/* What reasons are told from; all borrowed. */
struct reasoning {
	const struct enrolment *enrolment;
	const char *const *unplaced;   /* of the plan's placements (models/reason.h) */
};

/*
 * Adds one sentence without its full stop. First why the child has its school, or why it has none:
 *
 *   stays at its current school | claims it as its feeder school | claims it, as a child of the
 *   household stays there | chose it k-th | the nearest school that may take the child | the
 *   plan as a whole puts the child there | (the reasons of models/reason.h)
 *
 * then, for the first three schools where it would rather be, why it is not there: "full, its last
 * place went to (class, way, key of that child); this child has (the same)", or "with seats left,
 * but with the child there the plan as a whole would be worse". Names no other child.
 */
void student_reason(struct text *text, const struct reasoning *reasoning, size_t child);

#endif
