/* solver/doctor.h - findings: shortages, and the smallest changes that cure them, tried. */
#ifndef SEATWISE_DOCTOR_H
#define SEATWISE_DOCTOR_H

#include "models/shortage.h"
#include "solver/trial.h"

/*
 * Tries the remedies of the shortages, in order, as long as the budget lasts: as much of each as
 * could help, then as little of it as a trial finds to bring the same; where the gain is a mere
 * bound, the amount stays. Those that lower the level by most come first.
 *
 *   budget    see trial_cost; taken down by what was tried
 *   findings  in the arena; a finding whose remedies were not tried has no cures
 *
 * Results do not depend on the number of threads.
 */
void doctor(struct arena *arena, const struct trial_base *base, const struct shortages *shortages,
	    int64_t *budget, struct findings *findings);

#endif
