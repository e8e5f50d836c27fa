/* solver/engines/pure_parts.h - what the files of the network of a block share. */
#ifndef SEATWISE_PURE_PARTS_H
#define SEATWISE_PURE_PARTS_H

#include "inputs/base/memory.h"
#include "models/routes.h"
#include "solver/engines/pure.h"

/* Levels whose costs are one number; and the prices at their optimum, once it is there. */
struct level_group {
	size_t first, end;            /* levels */
	/* Of a pair, by the class of its pupils. */
	int64_t per_metre[MAX_PRIORITIES + 1], far[MAX_PRIORITIES + 1];
	int64_t *station_price, *batch_price; /* of an earlier group */
};

/* Prices of the stations as the places of a grade have them. */
struct prices {
	int64_t *item, *node;         /* of an item; the least of a node of the tree */
};

struct pure {
	const struct block *block;
	const struct program *program;
	struct network *network;
	size_t n_batches, n_stations;
	size_t *batches;              /* of the network -> of the program */
	size_t *offerings;            /* of the network's stations -> of the district */
	size_t *station_of;           /* of an offering; NONE: not here */
	int64_t *weights;             /* n_levels; 0: the level costs nothing here */
	int64_t scale;                /* common denominator of all envelope slopes */
	size_t counted;               /* a level of class counts that is counted apart, or NONE: no
					 tier has a class's cost, one unit at a hub costs 1 */
	int64_t behind;               /* more than what any cycle can gain in all levels */
	struct level_group *groups;         /* at most n_levels */
	size_t n_groups, group;       /* group: being minimised */
	struct prices prices[LAST_GRADE + 1];
	struct gate {
		size_t station;       /* behind it */
		size_t row;
	} *gates;
	size_t n_gates, first_gate;   /* gates are stations of the network from first_gate on */
	size_t *gate_of_row;          /* n_sides; NONE: no gate */
};

/* --- gates (pure_gates.c) --------------------------------------------------------------------- */

/* Finds the gates of the stations; false: the rows are not such. */
bool pure_find_gates(struct pure *pure);
void pure_state_gates(struct pure *pure);
void pure_free_gates(struct pure *pure);

/* Where the network takes a batch (of the program) in that goes to a station: a gate or itself. */
size_t pure_enter(const struct pure *pure, size_t batch, size_t station);

/* The station behind a station of the network. */
static inline size_t pure_behind(const struct pure *pure, size_t station)
{
	return pure->n_gates && station >= pure->first_gate
		       ? pure->gates[station - pure->first_gate].station
		       : station;
}

/* --- building (pure.c) ------------------------------------------------------------------------ */

/* The network of the batches and stations, without lanes; `units` of each batch. */
void pure_state(struct pure *pure, const int64_t *units);
void pure_free_prices(struct pure *pure);

/* --- costs (pure_costs.c) --------------------------------------------------------------------- */

/* Sets scale, weights and groups; false: a level does not fit. */
bool pure_weigh(struct pure *pure);

/* Costs in a group. */
int64_t pure_group_lane(const struct level_group *group, const struct routes *routes,
			int64_t metres);
/* The cost of a lane in the group being minimised; false: the batch may not go there. */
bool pure_lane_cost(const struct pure *pure, size_t batch, size_t station, int64_t *cost);
int64_t pure_group_unplaced(const struct pure *pure, size_t batch);
int64_t pure_group_tier(const struct pure *pure, size_t station, size_t tier);

/* --- pricing (pure_pricing.c) ----------------------------------------------------------------- */

/* Lanes to the nearest stations of every batch. */
void pure_add_nearest(struct pure *pure);

/* Lanes to the stations that are cheapest for each batch at the prices of a network of the same
 * stations. */
void pure_add_cheapest(struct pure *pure, struct pure *priced);

/* For every batch whose cluster is split in a network of clusters, lanes to the stations that it is
 * split between; `cluster` has the cluster of each batch. */
void pure_add_links(struct pure *pure, const struct pure *coarse, const uint32_t *cluster);

/* Lanes for the pairs that would improve the flow, the best few of each batch. Returns how many. */
size_t pure_price(struct pure *pure);

/* --- clusters (pure_coarse.c) ----------------------------------------------------------------- */

/* Lanes and a first tree for very many batches, where it pays; false: nothing was done. */
bool pure_start_coarse(struct pure *pure);

#endif
