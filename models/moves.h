/* models/moves.h - moves of one pupil from one node of a residual network to another.
 *
 * What a move costs is a vector; of all pupils who can make it, one for whom it costs least is
 * kept. The cost does not depend on labels, so that a move once found serves to the end. */
#ifndef SEATWISE_MOVES_H
#define SEATWISE_MOVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NO_MOVE UINT32_MAX

struct move {
	uint32_t from, to;
	uint32_t next;   /* another one with the same `from`, or NO_MOVE */
};

struct moves {
	size_t n_levels, n_nodes;
	struct move *moves;
	int64_t *costs;  /* n x n_levels */
	size_t n, room, cost_room;
	uint32_t *first; /* n_nodes: a move from each, or NO_MOVE */
	uint32_t *slots; /* n_slots, by hash of from and to; NO_MOVE: free */
	size_t n_slots;  /* a power of two */
};

void moves_open(struct moves *moves, size_t n_nodes, size_t n_levels);
void moves_close(struct moves *moves);

/* Takes a move in, if it is new or costs less than it did. Returns whether it does. */
bool moves_offer(struct moves *moves, uint32_t from, uint32_t to, const int64_t *cost);

static inline const int64_t *move_cost(const struct moves *moves, uint32_t move)
{
	return moves->costs + move * moves->n_levels;
}

/* Whether a vector is less than another, the first difference deciding. */
static inline bool vector_less(const int64_t *a, const int64_t *b, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (a[k] != b[k])
			return a[k] < b[k];
	return false;
}

#endif
