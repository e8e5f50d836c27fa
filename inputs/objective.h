/* inputs/objective.h - the objective: levels of terms, in strict order. */
#ifndef SEATWISE_OBJECTIVE_H
#define SEATWISE_OBJECTIVE_H

#include <stddef.h>
#include <stdint.h>

#include "inputs/base/memory.h"

/* X(TERM, name in the setting, what one unit is) */
#define OBJECTIVE_TERMS(X) \
	X(UNPLACED,          "unplaced",          "weighted pupils without a school") \
	X(OVERSIZED_CLASSES, "oversized_classes", "classes of class_size.oversized and more") \
	X(LARGE_CLASSES,     "large_classes",     "classes of class_size.large and more") \
	X(FAR,               "far",               "pupils sent beyond their limit") \
	X(OVER_STANDARD,     "over_standard",     "pupils above standard size x sections") \
	X(TRAVEL_KM,         "travel_km",         "pupil-km, one way") \
	X(MOVED,             "moved",             "pupils who leave their current school") \
	X(COST,              "cost",              "money")

enum term {
#define X(name, text, unit) TERM_##name,
	OBJECTIVE_TERMS(X)
#undef X
	TERM_COUNT
};

struct level {
	const char *text;            /* as written, spaces folded: "travel_km + 3 over_standard" */
	int64_t factor[TERM_COUNT];  /* nano-units; 0: the term is not in this level */
	int64_t priority;            /* pupils of this class alone count in it; 0: all of them */
};

struct objective {
	size_t n_levels;
	struct level *levels;
};

/* The name of a term, as in the setting. */
const char *term_name(enum term term);

/*
 * Reads "a; b + 3 c". Returns NULL, or what is wrong with it (in the arena), and then leaves
 * *objective as it was.
 */
const char *objective_parse(struct arena *arena, const char *text, struct objective *objective);

#endif
