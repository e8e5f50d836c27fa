/* solver/rooms_network.h - grades as a network whose stations' rooms may change, and its bounds.
 *
 * A station is an offering, or a school that divides its rooms: then all its grades share their
 * seats. The cost of a load is the convex envelope of what it costs, from nobody to class_size.max:
 * pupils above the standard one by one, and of each count of classes the straight line from where
 * the first class counts to where all do. Rules that tie schools or grades together otherwise
 * (beds, places, shares, whole zones) are left out, so that no plan costs less.
 *
 * That a school shares its seats is a relaxation too. Let its grades have t_g pupils in m_g
 * sections, T and M in all. Above the standard are sum max(0, t_g - c_g m_g) >= T - sum c_g m_g
 * pupils, and sum c_g m_g is at most what the best division gives; as t_g <= class_max m_g, a count
 * of classes from L on is at least (t_g - (L - 1) m_g) / (class_max - L + 1), which sums to
 * (T - (L - 1) M) / (class_max - L + 1): the same line. */
#ifndef SEATWISE_ROOMS_NETWORK_H
#define SEATWISE_ROOMS_NETWORK_H

#include "models/program.h"
#include "models/rooms.h"
#include "solver/engines/network.h"

__extension__ typedef __int128 room_value; /* sums of weighted costs */

/* What a station takes. Pupils, those who stay included. */
struct room_seats {
	int64_t stay, sections, standard;
	int64_t most;                 /* at least those who stay */
};

struct room_network;

/*
 * Opens the network of some grades.
 *
 *   program   of the view in which every offering has its most (rooms_most_view); borrowed, as all
 *   grades    LAST_GRADE + 1: which ones
 *   sections  n_offerings: of the offerings as stations; NULL: schools that divide their rooms are
 *             stations, with all of them
 */
struct room_network *room_network_open(const struct program *program, const struct rooms *rooms,
				       const bool *grades, const int64_t *sections);
void room_network_close(struct room_network *network);

/* Costs are whole in this many parts of a level's unit. */
int64_t room_network_scale(const struct room_network *network);

/*
 * Weights by which a network's flow is best at the levels up to `last` in strict order, as far as
 * 64 bits hold: one unit of a level is more than all that a cycle can gain in the levels behind.
 *
 *   loose    n_levels, may be NULL: a weight of its own for levels that are not to be kept at their
 *            best (-1: in order)
 *   returns  whether all levels are in strict order
 */
bool room_network_order(const struct room_network *network, size_t last, const int64_t *loose,
			int64_t *weights);

/* Takes the weights; 0: the level does not count. Pairs that are known stay. */
void room_network_weigh(struct room_network *network, const int64_t *weights);

/* Minimises over the pairs that are known, or over all. Returns 1 when it was to stop. */
int room_network_solve(struct room_network *network, bool all_pairs);

/* New sections of an offering that is a station of its own; and what the weighted optimum falls by
 * at the most, as the prices say: over all pairs they know no more than that. */
void room_network_change(struct room_network *network, size_t offering, int64_t sections);
room_value room_network_gain(const struct room_network *network, size_t offering,
			     int64_t sections);

/* The levels of the flow, envelopes for class counts, in parts of their units; n_levels. */
void room_network_values(const struct room_network *network, int64_t *values);

/* Adds the pupils of the flow to loads (n_offerings). */
void room_network_loads(const struct room_network *network, int64_t *loads);

/* No flow costs less by the weights: worked out from the stations' prices over all pairs, whatever
 * they are (weak duality), in parts of a unit. */
room_value room_network_bound(struct room_network *network);

/* The tree as it is, and back to it after changes; see network.h. */
struct network_snapshot *room_network_save(const struct room_network *network);
void room_network_restore(struct room_network *network, const struct network_snapshot *snapshot);

#endif
