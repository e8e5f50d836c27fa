/* models/plan_prices.h - what one more seat, section, bed or place would change, as a plan says. */
#ifndef SEATWISE_PLAN_PRICES_H
#define SEATWISE_PLAN_PRICES_H

#include "inputs/district.h"

enum priced { PRICED_SEAT, PRICED_SECTION, PRICED_BED, PRICED_PLACE };
enum certainty { CERTAINTY_UNSAID, CERTAINTY_EXACT, CERTAINTY_AT_MOST };

/* A number that was not given. */
#define PRICE_NOT_GIVEN INT64_MIN

struct written_price {
	int what, certainty;
	size_t school;
	int grade;          /* 0 of beds and places */
	int64_t level;      /* from 1: the first level that one more would lower; 0: none */
	const char *terms;  /* of that level */
	int64_t gain;       /* nano: how much it falls */
	int64_t last;       /* nano: how much the last level falls, or PRICE_NOT_GIVEN */
};

struct plan_prices {
	struct written_price *prices;
	size_t n;
};

/*
 * Reads prices.csv of a plan folder, or where there is none the seat_price of its offerings.csv,
 * which is of the last level and without certainty. Neither need be there. In the arena.
 *
 *   returns  0, or -1 when what is there cannot be read or names what the district does not have
 */
int plan_prices_read(struct plan_prices *prices, const struct district *district,
		     const char *folder, struct arena *arena, struct diags *diags);

/* The price of one more (grade 0 of beds and places), or NULL: not known. */
const struct written_price *plan_price(const struct plan_prices *prices, enum priced what,
				       size_t school, int grade);

#endif
