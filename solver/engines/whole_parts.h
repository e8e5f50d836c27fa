/* solver/engines/whole_parts.h - what the files of the whole-zone engine share.
 *
 * A lump is what is not split: a unit of a batch, mostly all pupils of a zone and grade. A station
 * is an offering. A layout says which way every lump goes. Levels are weighed into one whole number
 * for the search; what a plan is worth is told by flows_value alone. */
#ifndef SEATWISE_WHOLE_PARTS_H
#define SEATWISE_WHOLE_PARTS_H

#include "solver/engines/whole.h"

/* Numbers by chance that are the same on every machine. */
struct chance {
	uint64_t state;
};

uint64_t chance_next(struct chance *chance);

/* 0 .. n - 1; n below 2^32. */
size_t chance_below(struct chance *chance, size_t n);

struct way {
	uint32_t station;
	struct arc arc;
	int64_t cost;         /* weighed */
	double reduced;       /* cost at the level less the prices of the linear program;
				 FORBIDDEN where earlier levels forbid the way */
	double share;         /* units that the linear program sends */
};

#define FORBIDDEN 1e300

enum {
	NEAR = 10,            /* ways of a lump that the search goes by itself */
	MOST_SMALL = 500      /* lumps of a block that a little search and proof may do for */
};

struct lump {
	size_t batch;
	int64_t size;         /* pupils */
	int64_t unplaced;     /* weighed cost */
	size_t first_way, n_ways; /* by station */
	size_t n_near;
	uint32_t near[NEAR];  /* ways counted from its first, by reduced cost */
};

struct station {
	size_t offering;
	int64_t spare;
	int64_t *cost;        /* spare + 1: weighed cost of so many pupils */
	size_t first_row, n_rows; /* active side rows of its school */
	double price;         /* of a seat at the level, >= 0 */
};

/* An active side row. */
struct row {
	size_t side;          /* in the program */
	int64_t limit;
};

struct whole {
	const struct block *block;
	const struct program *program;
	size_t n_lumps, n_stations, n_rows, n_ways, ways_room;
	struct lump *lumps;
	struct station *stations;
	struct row *rows;     /* by school */
	size_t *station_of;   /* of an offering of the block */
	struct way *ways;
	int64_t *weights;     /* n_levels */
	int64_t overload;     /* weighed cost of a pupil more than there is room for */
	struct flows trial;
	int64_t *trial_value;
	struct chance chance;
	double until;         /* seconds left where the block's share of a time limit ends */
	bool complete;        /* no way was left out: what it proves holds */
};

#define NO_WAY UINT32_MAX     /* unplaced */

struct layout {
	uint32_t *way;        /* of each lump, counted from its first; NO_WAY */
	int64_t *load;        /* of each station: pupils sent */
	int64_t *used;        /* of each row */
	int64_t cost;         /* weighed, overloads included */
};

/* --- the model (whole_model.c) --------------------------------------------------------------- */

/* Weighs the levels for a search that is after `level`: every level well above the next. */
void whole_weigh(struct whole *whole, size_t level);

/* Whether the block has had its share of a time limit, or the run is to stop. */
bool whole_over(const struct whole *whole);

/* The way of a lump to a station; NO_WAY where it has none. */
uint32_t whole_way_to(const struct whole *whole, size_t lump, size_t station);

/* The station of a lump; SIZE_MAX where it is unplaced. */
size_t whole_station(const struct whole *whole, const struct layout *layout, size_t lump);

/* Weighed cost of a lump that goes this way (or NO_WAY). */
int64_t whole_way_cost(const struct whole *whole, size_t lump, uint32_t way);

/* Weighed cost of a station with so many pupils, overload included. */
int64_t whole_load_cost(const struct whole *whole, size_t station, int64_t load);

/* The least bound that is near enough to a plan's value for the setting `gap`. */
int64_t whole_near_enough(const struct whole *whole, int64_t value);

/* Tells how far a level is; of several grades, by the first. */
void whole_show(const struct whole *whole, const struct outcome *outcome, size_t level);

/* --- layouts (whole_layout.c) ---------------------------------------------------------------- */

struct layout *layout_new(const struct whole *whole);
void layout_free(struct layout *layout);
void layout_copy(const struct whole *whole, struct layout *to, const struct layout *from);

/* Loads, rows and cost anew from the ways. */
void layout_count(const struct whole *whole, struct layout *layout);

/* What a lump counts in a row. */
int64_t whole_coefficient(const struct whole *whole, size_t row, size_t lump);

/* Whether no station and no row has more than its room. */
bool layout_fits(const struct whole *whole, const struct layout *layout);

/* What the cost changes by when a lump goes another way; and the change itself. */
int64_t layout_gain(const struct whole *whole, const struct layout *layout, size_t lump,
		    uint32_t way);
void layout_move(const struct whole *whole, struct layout *layout, size_t lump, uint32_t way);

void layout_from_flows(const struct whole *whole, const struct flows *flows,
		       struct layout *layout);
void layout_to_flows(const struct whole *whole, const struct layout *layout, struct flows *flows);

/* Leaves lumps unplaced until everything fits. */
void layout_repair(const struct whole *whole, struct layout *layout);

/* --- what the linear program says (whole_prices.c) ------------------------------------------- */

/* Reduced costs, shares, near ways and prices of a level that `linear` has just solved. */
void whole_take_prices(struct whole *whole, const struct linear *linear, size_t level);

/* Every lump goes where the linear program sends most of it. */
void layout_round(const struct whole *whole, struct layout *layout);

/* --- steps of the search --------------------------------------------------------------------- */

/* Annealing: shifts and swaps of lumps over their near ways (whole_anneal.c). */
struct cooling {
	double hot, cold;     /* weighed cost that is accepted one time in e */
	uint64_t steps;
};
void whole_anneal(struct whole *whole, struct layout *layout, const struct cooling *cooling);

/* Splits the lumps of two stations among them anew, as well as can be, for all pairs of stations
 * until none gains (whole_pairs.c). The layout must fit; it never gets worse. */
void whole_pairs(struct whole *whole, struct layout *layout);

/* A few stations, and which ways count there. */
struct region {
	size_t level;         /* that is to become better, earlier ones being kept */
	size_t *stations;
	size_t n;
	double most_reduced;  /* ways with a larger reduced cost are left out */
};

/* Rearranges the lumps of a region by GLPK's branch and cut, for some hundred nodes; returns
 * whether the layout became better. It must fit (whole_rearrange.c). */
bool whole_rearrange(struct whole *whole, struct layout *layout, const struct region *region);

/* Takes the layout as the outcome's plan if it is better; returns whether it was. */
bool whole_offer(struct whole *whole, struct outcome *outcome, const struct layout *layout);

#endif
