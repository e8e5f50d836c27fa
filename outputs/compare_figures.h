/* outputs/compare_figures.h - figures of two plans as the tables and the text of a comparison round
 * them: whole thousandths, so that the difference is that of what is shown. */
#ifndef SEATWISE_COMPARE_FIGURES_H
#define SEATWISE_COMPARE_FIGURES_H

#include "models/comparison.h"

/* A KPI in units of 10^-digits: counts have no decimals, km and all else three. */
struct shown_kpi {
	bool there[2];
	int64_t values[2]; /* 0 where it is not there */
	int digits;        /* 0 or 3 */
};

struct shown_kpi shown_kpi(const struct kpi_change *kpi);

/* Metres of nano-km, rounded half up. */
static inline int64_t shown_metres(int64_t nano_km)
{
	return round_ratio(nano_km, NANO / 1000);
}

#endif
