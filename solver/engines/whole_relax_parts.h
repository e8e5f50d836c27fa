/* solver/engines/whole_relax_parts.h - what the files of the relaxation share. */
#ifndef SEATWISE_WHOLE_RELAX_PARTS_H
#define SEATWISE_WHOLE_RELAX_PARTS_H

#include "solver/engines/whole_relax.h"

/* One station's choice: what it may take, and room to work in. */
struct knapsack {
	size_t *taken;        /* pairs that may be taken, one entry a unit: those that pay, and
				 some of the cheapest others where seats must be filled */
	size_t n, taken_room;
	int64_t *table;       /* (n + 1) rows of `width`: from entry p on, so many pupils being
				 there, the least cost */
	size_t table_room;
	int64_t width;        /* room that is left, and one */
	int64_t *reached;     /* of an entry: pupils that may be there before it, and one */
	size_t reached_room;
	int64_t base, forced; /* pupils and cost of the units that must be taken */
	int64_t filler;       /* what a seat at least costs that none of the entries fills */
	int64_t *before;      /* width: the least cost of the entries before */
	size_t before_room;
	int64_t *inside, *outside; /* n_pairs: what the item in, or out, costs the station more */
};

/* What a unit of the pair costs its station, less the price that its item pays. */
int64_t relaxation_gain(const struct relaxation *relaxation, const struct box *box, size_t pair);

/* Pupils of a unit of the pair. */
int64_t relaxation_size(const struct relaxation *relaxation, size_t pair);

/*
 * The least cost of a station, its knapsack's table being filled.
 *
 *   all      the first row for any pupils that are there before, else for none
 *   returns  false where what it must take has no room
 */
bool relaxation_solve(struct relaxation *relaxation, const struct box *box, size_t s, bool all,
		      int64_t *value);

/* What betters prices, and room for it (whole_climb.c). */
struct climber *climber_open(const struct relaxation *relaxation);
void climber_close(struct climber *climber);

#endif
