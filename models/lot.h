/* models/lot.h - lots that anyone can draw again.
 *
 * With the setting `lottery` = sha256 a lot is SHA-256 of the seed and the child's id, and depends
 * on no other child. With `interval` it is a place: all numbers stand in a circle in the order of
 * ids, the one at lottery.start is first, and each lottery.interval-th of those left is next.
 * Twins who go together have one lot: that of the first of them by id. */
#ifndef SEATWISE_LOT_H
#define SEATWISE_LOT_H

#include <stddef.h>
#include <stdint.h>

#include "inputs/base/memory.h"
#include "inputs/district.h"

enum { LOT_BYTES = 32, LOT_TEXT_SIZE = 2 * LOT_BYTES + 1 };

/* A lot: lower is luckier, which is the order of its bytes and of its text alike. */
struct lot {
	uint8_t bytes[LOT_BYTES];
};

/* The lots of a district's children. */
struct lots {
	struct lot *of;  /* n_students, as the district has them */
	size_t *order;   /* n_students: the luckiest first, of equal lots by id */
	int digits;      /* of lots that are places, as text; 0: they are SHA-256 */
};

/* SHA-256 of the text `seed:student`. It depends on nothing else: no other child, no order. */
void lot_draw(const char *seed, const char *student, struct lot *lot);

/*
 * The order in which n numbers in a circle are drawn: the one at `start` (from 1, round and round)
 * first, then each `interval`-th of those who are left.
 *
 *   order  n, filled in: numbers from 0
 *
 * Cost: n log n.
 */
void lot_count_round(size_t n, int64_t start, int64_t interval, size_t *order);

/* A lot as text, with a NUL: lower-case hexadecimal, or a place with zeros before it. */
void lot_write(const struct lots *lots, const struct lot *lot, char text[LOT_TEXT_SIZE]);

/* Draws every child's lot by the settings; in the arena. Cost: 0.3 us a child, a sort. */
void lots_make(struct arena *arena, const struct district *district, struct lots *made);

#endif
