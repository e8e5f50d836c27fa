/* tests/chance.h - numbers by chance: the same ones from the same seed, on every machine. */
#ifndef SEATWISE_CHANCE_H
#define SEATWISE_CHANCE_H

#include <stdint.h>

/* A number from 0 to n - 1; Knuth's MMIX generator, the upper bits. */
static inline int64_t chance(uint64_t *state, int64_t n)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)(*state >> 33) % n;
}

#endif
