/* solver/engines/pure.h - a block without side rows as one network, over all pairs.
 *
 * Levels become one whole number: the cost of a level is weighted so that the least gain in it
 * outweighs all that a cycle of the network can lose in the levels behind. A simple cycle crosses
 * each station once and the root once, so that the weights stay small enough for 64 bits. A flow
 * is best for these costs if and only if no cycle is lexicographically negative: best level by
 * level.
 *
 * Where the weights of all levels do not fit 64 bits, the levels fall into groups whose weights
 * do. A group is minimised over the optimal flows of the group before it alone: those that use no
 * pair, tier or unplaced unit with a reduced cost there. The prices of that optimum tell which
 * pairs these are, so that none need be stored. */
#ifndef SEATWISE_PURE_H
#define SEATWISE_PURE_H

#include "solver/engines/flow.h"
#include "solver/engines/network.h"

enum pure_result {
	PURE_DONE,     /* optimal; the bounds are those of the class counts' envelopes */
	PURE_STOPPED   /* a limit came: the flows are feasible */
};

struct pure;

/*
 * A block as a network; its side rows, active or not, are left out. But where block->gates says so,
 * an active row of beds, places or pupils of a group is a gate: those whom it counts pass it on
 * their way to the school, and it lets no more through.
 *
 *   returns  NULL where it is none: whole zones, a single level whose costs do not fit, pupils who
 *            would pass two gates. The caller passes it to pure_close.
 *
 * Memory: linear in batches, stations and the lanes in use; pairs are never stored.
 */
struct pure *pure_open(const struct block *block);
void pure_close(struct pure *pure);

/* Minimises all levels over all pairs: the network simplex with delayed lanes. */
enum pure_result pure_solve(struct pure *pure);

/* GLPK on the final basis, as confirm_basis; 2 where it is not asked: too many columns, several
 * groups of levels, or gates. */
int pure_confirm(const struct pure *pure, struct diags *diags);

/* How many groups the levels fell into: 1 where one exact cost holds them all. */
size_t pure_groups(const struct pure *pure);

/* Replaces `flows` by those of the network. */
void pure_flows(struct pure *pure, struct flows *flows);

/* n_levels: the optimum of each level with envelopes for class counts, for flows that pure_flows
 * gave; a plan that has the same values is best. */
void pure_optimum(struct pure *pure, const struct flows *flows, double *optimum);

/* Per offering of the block: what one more seat there lowers the last level by. */
void pure_seat_prices(const struct pure *pure, double *price);

/* The network, and what its numbers stand for in the program. */
const struct network *pure_network(const struct pure *pure);
size_t pure_batch(const struct pure *pure, size_t batch);
size_t pure_offering(const struct pure *pure, size_t station);

/* The cost of one unit unplaced or in a tier at one level alone, scaled to be whole. */
int64_t pure_unplaced_cost(const struct pure *pure, size_t level, size_t batch);
int64_t pure_tier_cost(const struct pure *pure, size_t level, size_t station, size_t tier);

/*
 * Calls take(context, batch, station, cost) for every pair that is no lane and whose reduced cost
 * in the last group is at most `gap`, those on the faces of earlier groups only. Numbers are the
 * network's.
 */
void pure_pairs_within(struct pure *pure, int64_t gap,
		       void (*take)(void *context, size_t batch, size_t station, int64_t cost),
		       void *context);

#endif
