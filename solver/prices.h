/* solver/prices.h - what one more seat, section, bed or inclusion place is worth: prices.csv. */
#ifndef SEATWISE_PRICES_H
#define SEATWISE_PRICES_H

#include "models/price.h"
#include "models/proof.h"
#include "solver/trial.h"

/*
 * Prices of every offering's seat and section, and of beds and places where a school has some, in
 * the arena.
 *
 * Where node prices prove a grade they are the seats' prices, exact; where a seat there is worth
 * nothing a section is not either, as gains only fall with their number. All others are tried, the
 * dearest first: the district is changed and its grade solved again. What the budget leaves is
 * bounded: a section brings at most what its largest number of seats would.
 *
 *   gains   of the proof, for the same plan
 *   budget  trials of grades of a thousand batches; taken down by what was tried
 *
 * Results do not depend on the number of threads; after a stop (stop.h) the rest is bounded too.
 */
void prices_make(struct arena *arena, const struct trial_base *base,
		 const struct seat_gains *gains, int64_t *budget, struct prices *prices);

#endif
