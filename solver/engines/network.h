/* solver/engines/network.h - min-cost flow for few stations and many batches: a network simplex.
 *
 * Batches send their units over lanes to stations, or leave them unplaced; a station passes them on
 * to the root through tiers of rising cost. The spanning tree holds only the root, the stations
 * and the batches that are split between several; any other batch is a leaf that is not in it.
 * Costs are whole numbers and everything is exact. Strongly feasible pivots (Cunningham 1976), so
 * that it ends.
 *
 * The network keeps its tree: after more lanes came, network_solve goes on from where it was. */
#ifndef SEATWISE_NETWORK_H
#define SEATWISE_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct network;

/* A network of so many batches (each of `units` > 0) and stations, all units unplaced. The caller
 * frees it with network_close. */
struct network *network_open(size_t n_batches, const int64_t *units, size_t n_stations);
void network_close(struct network *network);

/* What one unit of a batch costs when it is left unplaced. */
void network_unplaced(struct network *network, size_t batch, int64_t cost);

/* The next tier of a station: room for `width` > 0 units at `cost`, not below the tier before. A
 * station without tiers takes nobody. Only before the first network_solve. */
void network_tier(struct network *network, size_t station, int64_t width, int64_t cost);

/* A lane from a batch to a station, which must not be there yet. */
void network_lane(struct network *network, size_t batch, size_t station, int64_t cost);

/* Whether the batch has a lane to the station. */
bool network_has_lane(const struct network *network, size_t batch, size_t station);

/*
 * Minimises the cost over the lanes that are there.
 *
 *   stop     asked every few thousand pivots, may be NULL: true ends the run early
 *   returns  0 at the optimum; 1 when it was stopped (the flow is whole and feasible all the same)
 */
int network_solve(struct network *network, bool (*stop)(void));

/* Cost of one unit more at a station, or of one unit of a batch, at the last optimum. */
int64_t network_station_price(const struct network *network, size_t station);
int64_t network_batch_price(const struct network *network, size_t batch);

/* The station's price if every cost were taken modulo a number: the last level's part of costs in
 * which the levels stand one above the other. */
int64_t network_station_part(const struct network *network, size_t station, int64_t modulus);

/* Calls take(context, batch, station, units) for every lane in use, by batch, then by station. */
void network_flows(const struct network *network,
		   void (*take)(void *context, size_t batch, size_t station, int64_t units),
		   void *context);

/* Pivots made so far. */
size_t network_pivots(const struct network *network);

#endif
