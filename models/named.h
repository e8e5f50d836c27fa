/* models/named.h - children by name, from their lots to what is left for the objective. */
#ifndef SEATWISE_NAMED_H
#define SEATWISE_NAMED_H

#include "models/rest.h"

struct named {
	struct lots lots;
	struct precedence precedence;
	struct reference nearest;     /* of all children, the settled ones too */
	struct settlement settlement;
	struct rest rest;
};

/*
 * Draws lots, settles claims and choices and makes the rest, all in the arena; `made` must stay
 * where it is. Of a district without children by name only the rest is there: the district itself.
 */
void named_make(struct arena *arena, const struct district *district,
		const struct distances *distances, struct named *made);

#endif
