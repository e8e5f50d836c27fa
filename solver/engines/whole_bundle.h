/* solver/engines/whole_bundle.h - a model of a relaxation's bound, for the next prices to look at.
 *
 * Whatever a station chose at some prices is a cut: at any prices it chooses nothing dearer. The
 * least of a station's cuts, summed over the stations, is a model of the bound that is never below
 * it, and the next prices are where the model less a square of the way there is highest: a bundle
 * method with a bundle a station (Lemarechal 1975; Kiwiel 1990). The square's dual is a problem in
 * weights of the cuts, which shifts between two cuts of a station solve well enough. The model only
 * says where to look; numbers with a point do no harm to a bound. */
#ifndef SEATWISE_WHOLE_BUNDLE_H
#define SEATWISE_WHOLE_BUNDLE_H

#include "solver/engines/whole_relax.h"

struct bundle;

/* Room for some hundred cuts of each station, and of those who stay unplaced. */
struct bundle *bundle_open(const struct relaxation *relaxation);
void bundle_close(struct bundle *bundle);

/* Begins at the prices of a box: cuts that it forbids are left out. */
void bundle_begin(struct bundle *bundle, const struct box *box);

/* Takes what was chosen at some prices, as far as the model is above it there. */
void bundle_add(struct bundle *bundle, const struct box *at, const struct chosen *chosen);

/*
 * The next prices to look at, which go into `trial`.
 *
 *   box      the best prices so far, and `chosen` what was chosen there
 *   step     how far to go: a price of the model may change by this for each pupil of the item and
 *            each unit that is missing
 *   exact    takes longer, and comes nearer to the best prices of the model
 *   returns  what the model has there above what `chosen` was worth
 */
double bundle_next(struct bundle *bundle, const struct box *box, const struct chosen *chosen,
		   double step, bool exact, struct box *trial);

#endif
