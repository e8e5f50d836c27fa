/* models/plan_figures.h - every figure that follows from who goes where. */
#ifndef SEATWISE_PLAN_FIGURES_H
#define SEATWISE_PLAN_FIGURES_H

#include "models/plan.h"

/* Makes the figures of a plan whose placements are tidy and complete, in the arena. */
void plan_figures_make(struct arena *arena, struct plan *plan);

#endif
