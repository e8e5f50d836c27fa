/* solver/engines/network.h - min-cost flow for few stations and many batches: a network simplex.
 *
 * Batches send their units over lanes to stations, or leave them unplaced; a station passes them on
 * to the root through tiers of rising cost, or to a hub: another station that several share. The
 * spanning tree holds only the root, the stations and the batches that are split between several;
 * any other batch is a leaf that is not in it. Costs are whole numbers and everything is exact.
 * Strongly feasible pivots (Cunningham 1976), so that it ends.
 *
 * It is made to be solved again and again: lanes may come, costs, widths and units may change, and
 * network_solve goes on from the tree that is there. */
#ifndef SEATWISE_NETWORK_H
#define SEATWISE_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Every cost is at most this, and so is the sum of the costs along any path. */
#define NETWORK_MOST_COST (INT64_MAX / 8)

/* The cost of what may not be: a batch that must be placed, a tier or a lane that is closed. It is
 * never chosen; what is there already stays where nothing else is open. */
#define NETWORK_CLOSED (INT64_MAX / 4)

struct network;

/* --- stating it ------------------------------------------------------------------------------ */

/* A network of so many batches (each of `units` >= 0) and stations. The caller frees it with
 * network_close. Memory: 48 bytes a batch, 12 a lane, some 100 a station. */
struct network *network_open(size_t n_batches, const int64_t *units, size_t n_stations);
void network_close(struct network *network);

/* What one unit of a batch costs when it is left unplaced: 0 at first. */
void network_unplaced(struct network *network, size_t batch, int64_t cost);

/* The next tier of a station: room for `width` >= 0 units at `cost`, not below the tier before. A
 * station without room takes nobody. Only before the first network_solve. */
void network_tier(struct network *network, size_t station, int64_t width, int64_t cost);

/* The next tier of what a station may pass to a hub, beside its tiers to the root: always the same
 * hub. A hub may have a hub in turn, not in a circle. A station without tiers to the root takes
 * nobody all the same. Only before the first network_solve. */
void network_overflow(struct network *network, size_t station, size_t hub, int64_t width,
		      int64_t cost);

/* A lane from a batch to a station, which must not be there yet. */
void network_lane(struct network *network, size_t batch, size_t station, int64_t cost);

/* Room for so many lanes in all; more may come. */
void network_expect(struct network *network, size_t n_lanes);

/* Whether the batch has a lane to the station. */
bool network_has_lane(const struct network *network, size_t batch, size_t station);

/* --- solving it ------------------------------------------------------------------------------ */

/*
 * Minimises the cost over the lanes that are there: from the nearest places at first, then from the
 * last tree.
 *
 *   stop     asked every few thousand pivots, may be NULL: true ends the run early
 *   returns  0 at the optimum; 1 when it was stopped (the flow is whole and feasible all the same)
 */
int network_solve(struct network *network, bool (*stop)(void));

/* Cost of one unit more at a station, or of one unit of a batch, at the last optimum. A station
 * without room costs NETWORK_CLOSED. */
int64_t network_station_price(const struct network *network, size_t station);
int64_t network_batch_price(const struct network *network, size_t batch);

/* The station's price if every cost were taken modulo a number: the last level's part of costs in
 * which the levels stand one above the other. */
int64_t network_station_part(const struct network *network, size_t station, int64_t modulus);

/* Calls take(context, batch, station, units) for every lane in use, by batch. */
void network_flows(const struct network *network,
		   void (*take)(void *context, size_t batch, size_t station, int64_t units),
		   void *context);

/* The cost of the flow, as long as it fits 64 bits. */
int64_t network_cost(const struct network *network);

/* Pivots made so far. */
size_t network_pivots(const struct network *network);

/* --- changing it ------------------------------------------------------------------------------ */

/* New numbers for what is there; the next network_solve begins with the old tree. Where it does
 * not fit any more, the parts that break are hung anew: a station on the root, batches that find no
 * room unplaced. network_unplaced may be called at any time as well. */
void network_units(struct network *network, size_t batch, int64_t units);
int64_t network_batch_units(const struct network *network, size_t batch);
void network_lane_cost(struct network *network, size_t batch, size_t station, int64_t cost);
void network_tier_cost(struct network *network, size_t station, size_t tier, int64_t cost);
void network_overflow_cost(struct network *network, size_t station, size_t tier, int64_t cost);
void network_overflow_width(struct network *network, size_t station, size_t tier, int64_t width);
void network_tier_width(struct network *network, size_t station, size_t tier, int64_t width);

/* Takes every cost anew from a function, lanes and tiers as they are numbered here. */
struct network_costs {
	int64_t (*lane)(void *context, size_t batch, size_t station);
	int64_t (*unplaced)(void *context, size_t batch);
	int64_t (*tier)(void *context, size_t station, size_t tier);
};
void network_recost(struct network *network, const struct network_costs *costs, void *context);

/*
 * Keeps the optimum for whatever costs come next: only flows that are optimal for the costs of the
 * last network_solve stay possible. What has a reduced cost is taken away (lanes), closed (units
 * left unplaced) or left as full or empty as it is (tiers), for good.
 */
void network_keep_optimum(struct network *network);

/* The tree as it is, to come back to: also after numbers changed or lanes came, not after
 * network_keep_optimum. network_restore takes it; the caller frees it. */
struct network_snapshot;
struct network_snapshot *network_save(const struct network *network);
void network_restore(struct network *network, const struct network_snapshot *snapshot);
void network_snapshot_free(struct network_snapshot *snapshot);

/*
 * Gives a network that was never solved the tree of a solved one that has the same stations and
 * tiers and fewer batches, each standing for several of these: `cluster` tells for each batch here
 * which one there. Its batches go where their cluster goes, as far as their lanes allow; where a
 * cluster joins two stations, a batch of it does.
 */
void network_adopt(struct network *network, const struct network *coarse, const uint32_t *cluster);

/* --- its basis -------------------------------------------------------------------------------- */

/* Where a lane, a tier or the unplaced units of a batch stand in the basis. */
enum network_state { NETWORK_EMPTY, NETWORK_BASIC, NETWORK_FULL };

/* Calls of network_basis; costs are as stated. A basic tier or lane may carry 0 units. */
struct network_basis {
	void (*lane)(void *context, size_t batch, size_t station, int64_t cost,
		     enum network_state state);
	void (*unplaced)(void *context, size_t batch, int64_t cost, enum network_state state);
	void (*tier)(void *context, size_t station, size_t tier, enum network_state state);
};

/* Tells every column of the linear program that a network without hubs is, with its state: exactly
 * one basic column for each batch and for each station with room. Any call may be NULL. */
void network_basis(const struct network *network, const struct network_basis *basis,
		   void *context);

size_t network_n_batches(const struct network *network);
size_t network_n_stations(const struct network *network);

/* Whether the tree reaches the station: it has room. */
bool network_has_room(const struct network *network, size_t station);
int64_t network_width(const struct network *network, size_t station, size_t tier);
int64_t network_cost_of_tier(const struct network *network, size_t station, size_t tier);
int64_t network_cost_of_lane(const struct network *network, size_t batch, size_t station);

/* Units that pass through a tier at the last solution. */
int64_t network_tier_units(const struct network *network, size_t station, size_t tier);
int64_t network_overflow_units(const struct network *network, size_t station, size_t tier);

/* Units that pass to the hub, in all tiers. */
int64_t network_overflow_total(const struct network *network, size_t station);

#endif
