/* solver/rooms_parts.h - what the files of the network with rooms share. */
#ifndef SEATWISE_ROOMS_PARTS_H
#define SEATWISE_ROOMS_PARTS_H

#include "inputs/base/memory.h"
#include "models/routes.h"
#include "solver/rooms_network.h"

/* Loads where the cost of one pupil more rises. */
enum edge { EDGE_STANDARD, EDGE_LARGE, EDGE_OVERSIZED, N_EDGES, N_SHAPE_TIERS = N_EDGES + 1 };

struct shape {
	struct room_seats seats;
	size_t school;
	int64_t spare;                /* pupils who may still come, by the school's cap */
	bool single;                  /* one offering, not a school */
	enum edge order[N_EDGES];     /* ascending; the same whatever the sections */
};

/* Prices of the stations as the places of a grade have them. */
struct room_prices {
	int64_t *item, *node;
};

struct room_network {
	const struct program *program;
	const struct rooms *rooms;
	bool grades[LAST_GRADE + 1];
	struct network *network;
	size_t n_batches, n_stations;
	size_t *batches;              /* of the network -> of the program */
	struct routes *routes;        /* n_batches, open */
	size_t *station_of;           /* of an offering; NONE: of no grade here */
	struct shape *shapes;         /* n_stations */
	int64_t *weights;             /* n_levels */
	int64_t scale;                /* parts of a unit */
	int64_t per_metre, far;       /* of a pupil, by the weights */
	struct room_prices prices[LAST_GRADE + 1];
};

/* What one pupil of the batch costs on a way, and left unplaced, by the weights. Where a unit is
 * several pupils, its cost is shared and rounded down. */
int64_t room_lane_cost(const struct room_network *network, const struct routes *routes,
		       int64_t metres);
int64_t room_unplaced_cost(const struct room_network *network, size_t batch);

/* Those who stay, at one level, in parts of its unit. */
int64_t room_stay_cost(const struct room_network *network, const struct shape *shape,
		       size_t level);

/* A station's part of the dual by the weights: what its tiers are worth at a price, and what those
 * who stay cost. */
room_value room_station_dual(const struct room_network *network, const struct shape *shape,
			     int64_t price);

/* The width and the cost of a tier of these seats. */
int64_t room_tier_width(const struct room_network *network, const struct shape *shape, size_t tier);
int64_t room_tier_cost(const struct room_network *network, const struct shape *shape, size_t tier);

/* Costs of a pupil beyond an edge, at one level, in parts of its unit. */
int64_t room_edge_cost(const struct room_network *network, size_t level, enum edge edge);

/* The load at an edge. */
int64_t room_edge(const struct room_network *network, const struct room_seats *seats,
		  enum edge edge);

/* --- pricing (rooms_pricing.c) ---------------------------------------------------------------- */

/* Lanes to the nearest stations; and to those that would improve the flow. Returns how many. */
void room_add_nearest(struct room_network *network);
size_t room_price(struct room_network *network);

/* The most that a pupil of any batch would pay at an offering without room, beyond its way. */
int64_t room_worth(const struct room_network *network, size_t offering);

#endif
