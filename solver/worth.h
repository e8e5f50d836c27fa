/* solver/worth.h - what can be said of a solved plan by trying changes: findings and prices. */
#ifndef SEATWISE_WORTH_H
#define SEATWISE_WORTH_H

#include "models/proof.h"
#include "models/shortage.h"
#include "solver/solve.h"

/* A solved plan; all borrowed. */
struct worth {
	const struct program *program;
	const struct solver *solver;        /* of it */
	const struct seat_gains *gains;     /* of the plan's proof */
	const struct plan *plan;
	const struct reference *reference;
	const struct floor *floor;
	struct findings findings;           /* made, in the arena */
	struct prices prices;
};

/* Findings first, with half of the setting `trials`; prices have what is left. */
void worth_make(struct arena *arena, struct worth *worth);

#endif
