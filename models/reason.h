/* models/reason.h - why children are unplaced, in one sentence. */
#ifndef SEATWISE_REASON_H
#define SEATWISE_REASON_H

#include "models/plan.h"
#include "models/program.h"

/* For every placement of the plan: why, where its school is NONE; else "". In the arena. */
const char *const *plan_reasons(struct arena *arena, const struct program *program,
				const struct plan *plan);

#endif
