/* models/price.h - what one more of something scarce is worth. */
#ifndef SEATWISE_PRICE_H
#define SEATWISE_PRICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum price_what { PRICE_SEAT, PRICE_SECTION, PRICE_BED, PRICE_PLACE };

/* The first level that a change lowers, and by how much. */
struct gain {
	size_t level;       /* in the objective; n_levels: none, the gain is 0 */
	int64_t gain;       /* in the level's units (models/scale.h) */
	bool exact;         /* else it is no more than this */
	bool has_last;      /* whether `last` is known */
	int64_t last;       /* what the last level falls by; negative: it rises */
};

struct price {
	enum price_what what;
	size_t school;
	int grade;          /* 0 of beds and places */
	struct gain gain;
};

struct prices {
	struct price *all;  /* by school, grade and what */
	size_t n;
};

/* "seat", "section", "bed", "inclusion_place". */
const char *price_name(enum price_what what);

#endif
