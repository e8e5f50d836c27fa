/* outputs/figures.h - means and shares as every output rounds them. */
#ifndef SEATWISE_FIGURES_H
#define SEATWISE_FIGURES_H

#include <stdint.h>

#include "inputs/base/text.h"

/* The mean way in whole metres, rounded half up; 0 of nobody. */
static inline int64_t mean_metres(int64_t metres, int64_t pupils)
{
	return pupils > 0 ? round_ratio(metres, pupils) : 0;
}

/* part / whole in thousandths, rounded half up; 0 where whole is 0. */
static inline int64_t thousandths(int64_t part, int64_t whole)
{
	return whole > 0 ? round_ratio(1000 * part, whole) : 0;
}

#endif
