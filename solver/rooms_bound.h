/* solver/rooms_bound.h - what no choice of rooms can go below. */
#ifndef SEATWISE_ROOMS_BOUND_H
#define SEATWISE_ROOMS_BOUND_H

#include "solver/rooms_network.h"

/* Steps of a bisection that find a price well. */
enum { ROOMS_BOUND_STEPS = 12 };

/*
 * Bounds of every level over all choices of rooms and all plans: level k is at least bounds[k] in
 * any plan that is no worse than `values` at the levels before it.
 *
 * By the relaxation in which a school's grades share its seats (rooms_network.h). Levels before k
 * that came out at their bounds are kept by weights that put them in strict order; the first one
 * that did not is priced (Lagrangian relaxation), its price found by bisection: whatever the
 * price, min(level k + price x (level j - values[j])) is a bound. Each is worked out in whole
 * numbers from prices of stations, over all pairs.
 *
 *   program  of the view in which every offering has its most
 *   values   n_levels, of a plan; or `bounds` itself: then each bound holds for plans that meet the
 *            bounds before it
 *   steps    of each bisection; without any, only values that meet their bounds matter later
 *   bounds   n_levels, filled in; 0 where a limit (stop.h) came first
 */
void rooms_bound(const struct program *program, const struct rooms *rooms, const int64_t *values,
		 int steps, int64_t *bounds);

#endif
