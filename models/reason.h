/* models/reason.h - why children are unplaced, in one sentence. */
#ifndef SEATWISE_REASON_H
#define SEATWISE_REASON_H

#include "models/plan.h"
#include "models/why.h"

/* The sentence for the most particular reason at the schools that may take unplaced pupils. */
const char *unplaced_text(enum why why);

/* For every placement of the plan: why, where its school is NONE; else "". In the arena. */
const char *const *plan_reasons(struct arena *arena, const struct plan *plan);

/* Why some of these pupils are unplaced, or would be: of what keeps them out of the schools that
 * may take them, the most particular. Cost: a question about every school of the grade. */
const char *unplaced_reason(const struct fellows *fellows);

#endif
