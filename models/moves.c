#include "models/moves.h"

#include <stdlib.h>
#include <string.h>

#include "inputs/base/memory.h"

enum { FIRST_SLOTS = 1024 };

static void open_slots(struct moves *moves, size_t n_slots)
{
	moves->n_slots = n_slots;
	moves->slots = memory_array(n_slots, sizeof *moves->slots);
	memset(moves->slots, 0xff, n_slots * sizeof *moves->slots);
}

void moves_open(struct moves *moves, size_t n_nodes, size_t n_levels)
{
	*moves = (struct moves){.n_levels = n_levels, .n_nodes = n_nodes};
	moves->first = memory_array(n_nodes, sizeof *moves->first);
	memset(moves->first, 0xff, n_nodes * sizeof *moves->first);
	open_slots(moves, FIRST_SLOTS);
}

void moves_close(struct moves *moves)
{
	free(moves->moves);
	free(moves->costs);
	free(moves->first);
	free(moves->slots);
}

/* The slot that has a move, or the free one where it belongs. */
static size_t find_slot(const struct moves *moves, uint32_t from, uint32_t to)
{
	/* Fibonacci hashing (Knuth, TAOCP 3, 6.4). */
	uint64_t hash = ((uint64_t)from << 32 | to) * UINT64_C(0x9e3779b97f4a7c15);
	size_t at = (hash >> 32) & (moves->n_slots - 1);

	while (moves->slots[at] != NO_MOVE) {
		const struct move *move = &moves->moves[moves->slots[at]];

		if (move->from == from && move->to == to)
			break;
		at = (at + 1) & (moves->n_slots - 1);
	}
	return at;
}

/* Twice the slots, so that half of them at most are in use. */
static void widen(struct moves *moves)
{
	if (2 * moves->n < moves->n_slots)
		return;
	free(moves->slots);
	open_slots(moves, 2 * moves->n_slots);
	for (size_t i = 0; i < moves->n; i++)
		moves->slots[find_slot(moves, moves->moves[i].from, moves->moves[i].to)] =
			(uint32_t)i;
}

static int64_t *add(struct moves *moves, uint32_t from, uint32_t to)
{
	moves->moves = memory_grow(moves->moves, &moves->room, moves->n + 1,
				   sizeof *moves->moves);
	moves->costs = memory_grow(moves->costs, &moves->cost_room,
				   (moves->n + 1) * moves->n_levels, sizeof *moves->costs);
	moves->slots[find_slot(moves, from, to)] = (uint32_t)moves->n;
	moves->moves[moves->n] = (struct move){from, to, moves->first[from]};
	moves->first[from] = (uint32_t)moves->n;
	return moves->costs + moves->n++ * moves->n_levels;
}

bool moves_offer(struct moves *moves, uint32_t from, uint32_t to, const int64_t *cost)
{
	uint32_t found = moves->slots[find_slot(moves, from, to)];
	int64_t *kept = found == NO_MOVE ? NULL : moves->costs + found * moves->n_levels;

	if (kept && !vector_less(cost, kept, moves->n_levels))
		return false;
	if (!kept) {
		widen(moves);
		kept = add(moves, from, to);
	}
	memcpy(kept, cost, moves->n_levels * sizeof *cost);
	return true;
}
