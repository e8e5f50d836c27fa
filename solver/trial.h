/* solver/trial.h - what a change to the district would come to, beginning from its solved program.
 *
 * Only blocks whose grades the change touches are solved again; all others keep what they came to.
 * Trials share nothing that they write and may run side by side. */
#ifndef SEATWISE_TRIAL_H
#define SEATWISE_TRIAL_H

#include "models/change.h"
#include "models/price.h"
#include "solver/solve.h"

/* What is tried; all borrowed. */
struct trial_base {
	const struct program *program;
	const struct solver *solver;  /* of it, after solver_run */
	int64_t *value, *bound;       /* n_levels, of the solver's plan */
	size_t effort;                /* networks that a search of class counts may take */
	int64_t cost[LAST_GRADE + 1]; /* of a trial in the block of each root: see trial_cost */
};

/* What a change came to, over the whole district; arrays of n_levels, trial_close frees them. */
struct trial {
	int64_t *value, *bound;
	bool failed;                  /* an error, or a stop came first: no result */
};

/* Fills the values and bounds of the base, which the caller frees by trial_base_close. */
void trial_base_open(struct trial_base *base, const struct program *program,
		     const struct solver *solver, size_t effort);
void trial_base_close(struct trial_base *base);

/* Solves the district with the changes, one after the other applied. */
void trial_run(const struct trial_base *base, const struct change *changes, size_t n,
	       struct trial *trial);
void trial_close(struct trial *trial);

/* What a trial of the change costs: 1 for a grade of up to a thousand batches that is a network,
 * more for larger ones, for class counts, and for grades that rules tie. */
int64_t trial_cost(const struct trial_base *base, const struct change *change);

/*
 * Compares a trial with its base. The gain is exact where both are proven down to its level; else
 * it is the base's value less the trial's bound, which no gain can exceed.
 */
struct gain trial_gain(const struct trial_base *base, const struct trial *trial);

#endif
