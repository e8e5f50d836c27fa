/* models/lot.h - lots that anyone can draw again: SHA-256 of the seed and the child's id. */
#ifndef SEATWISE_LOT_H
#define SEATWISE_LOT_H

#include <stddef.h>
#include <stdint.h>

#include "inputs/base/memory.h"
#include "inputs/district.h"

enum { LOT_BYTES = 32, LOT_TEXT_SIZE = 2 * LOT_BYTES + 1 };

/* A lot: lower is luckier, which is the order of its bytes and of its hexadecimal digits alike. */
struct lot {
	uint8_t bytes[LOT_BYTES];
};

/* The lots of a district's children. */
struct lots {
	struct lot *of;  /* n_students, as the district has them */
	size_t *order;   /* n_students: the luckiest first */
};

/* SHA-256 of the text `seed:student`. It depends on nothing else: no other child, no order. */
void lot_draw(const char *seed, const char *student, struct lot *lot);

/* In lower-case hexadecimal, with a NUL. */
void lot_write(const struct lot *lot, char text[LOT_TEXT_SIZE]);

/* Draws every child's lot with the setting `seed`; in the arena. Cost: 0.3 us a child, a sort. */
void lots_make(struct arena *arena, const struct district *district, struct lots *made);

#endif
