/* solver/engines/whole_relax.h - bounds by the Lagrangian relaxation of "every lump goes once".
 *
 * Each batch has a price that it pays for every unit that is taken; then offerings choose apart
 * from each other which units they would take, each by a knapsack over its seats whose load costs
 * what it really costs. The sum is a bound for any prices, and at the best ones never below the
 * linear program's (Geoffrion 1974; for this problem Fisher, Jaikumar and Van Wassenhove 1986):
 * lumps and class counts are exact in it. All numbers are whole: costs are scaled by a power of
 * two. */
#ifndef SEATWISE_WHOLE_RELAX_H
#define SEATWISE_WHOLE_RELAX_H

#include "solver/engines/whole_parts.h"

#define NO_STATION UINT32_MAX

/* A batch and where its units may go: a station, or the last one of a batch: unplaced. */
struct pair {
	uint32_t item, station;
	uint32_t way;         /* of the item's first lump; NO_WAY */
	int64_t cost;         /* scaled */
};

struct item {
	size_t lump;          /* its first */
	int64_t units, size;
	size_t first, n;      /* pairs */
};

/* The relaxation of one level. */
struct relaxation {
	const struct whole *whole;
	size_t level;
	size_t n_items, n_pairs, n_stations;
	struct item *items;
	struct pair *pairs;   /* by item */
	size_t *first_of;     /* n_stations + 2: where a station begins in by_station; the last:
				 those who stay unplaced */
	size_t *by_station;   /* pairs */
	int64_t *room;        /* of a station: pupils at most */
	int64_t *least;       /* of a station: pupils at least, for the others have no more room */
	int64_t **load_cost;  /* of a station: scaled, room + 1; never falling */
	int64_t constant;     /* scaled: those who stay, less what kept levels are priced at */
	int64_t scale;
	int64_t aim;          /* scaled value of the best plan: how far prices may have to go */
	struct knapsack *knapsack;
	struct climber *climber;
};

/* Bounds on the units of every pair, and prices of the items. */
struct box {
	int32_t *low, *high;  /* n_pairs */
	int64_t *price;       /* n_items, scaled */
	int64_t bound;        /* scaled: at these prices */
};

/* What the relaxation chose at some prices. */
struct chosen {
	int32_t *units;       /* n_pairs */
	int64_t *missing;     /* n_items: units that no pair took; < 0: too many */
	int64_t *value;       /* n_stations + 1, scaled, at the prices; the last: those who stay
				 unplaced */
};

/*
 * The relaxation of the level that `linear` has just solved and whose prices the whole has taken;
 * levels before it are kept at these values: pairs and loads that they forbid are left out, the
 * others, and side rows, are priced as in the linear program. relaxation_close frees it.
 */
struct relaxation *relaxation_open(const struct whole *whole, const struct linear *linear,
				   size_t level, const int64_t *values);
void relaxation_close(struct relaxation *relaxation);

struct box *box_new(const struct relaxation *relaxation);
void box_free(struct box *box);
void box_copy(const struct relaxation *relaxation, struct box *to, const struct box *from);

/* Takes the pairs that the box has taken out, out of the relaxation and the box; other boxes and
 * choices are of no use then. */
void relaxation_shrink(struct relaxation *relaxation, struct box *box);

struct chosen *chosen_new(const struct relaxation *relaxation);
void chosen_free(struct chosen *chosen);

/* The bound of a box at its prices, and what was chosen there. */
int64_t relaxation_value(struct relaxation *relaxation, const struct box *box,
			 struct chosen *chosen);

/*
 * Betters the prices of a box by a bundle method (whole_bundle.h), `rounds` times at most, until
 * its bound is above `most` or there is little to hope for; `chosen` is what the best prices chose.
 */
void relaxation_climb(struct relaxation *relaxation, struct box *box, int64_t most, int rounds,
		      struct chosen *chosen);

/*
 * Takes out of the box what no plan of at most `most` (scaled) can have: pairs of items that are
 * one unit. The bound of the box must be that of its prices.
 *
 *   reach    n_pairs: a bound on plans that have the pair; INT64_MAX where it is out or unknown
 *   returns  how many went; SIZE_MAX where an item has none left
 */
size_t relaxation_fix(struct relaxation *relaxation, struct box *box, int64_t most,
		      int64_t *reach);

#endif
