/* solver/rooms_search.h - a good choice of rooms: from a relaxation, then room by room. */
#ifndef SEATWISE_ROOMS_SEARCH_H
#define SEATWISE_ROOMS_SEARCH_H

#include "solver/rooms_network.h"

/* One room from one offering of a school to another. */
struct room_move {
	size_t from, to;
	room_value gain; /* at the most, by the prices of the networks */
};

enum { ROOMS_MOVES = 500 /* that a search leaves */ };

struct rooms_found {
	int64_t *sections;       /* n_offerings: the choice */
	int64_t *start, *values; /* n_levels: of the starting division, and of the choice */
	size_t start_levels;     /* so many, from the first, are bounds of plans that open it */
	struct room_move *moves; /* n_moves: the most promising ones from the choice */
	size_t n_moves;
};

/*
 * Looks for a choice of rooms. Plans are measured by their networks of grades (rooms_network.h),
 * each grade rounded up to whole units: exact where no class count lies above its envelope and no
 * rule ties grades together. It is a bound, level by level, down to the first level that had to be
 * rounded.
 *
 * Begins with the starting division, or with each school's rooms divided for the pupils that the
 * relaxation with shared seats sends there, whichever is better. Then rooms move from one grade of
 * a school to another, most promising moves first, as long as that is better at the first level
 * that changes; a move that is not may still be with an answer: the opposite one in another school.
 * Moves that cannot gain anything by the prices are tried only now and then. A limit (stop.h) ends
 * the search.
 *
 *   program  of the view in which every offering has its most
 *   found    its arrays are in the arena
 */
void rooms_search(struct arena *arena, const struct program *program, const struct rooms *rooms,
		  struct rooms_found *found);

#endif
