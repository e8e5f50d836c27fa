#include "models/named.h"

void named_make(struct arena *arena, const struct district *district,
		const struct distances *distances, struct named *made)
{
	struct choices choices;

	if (district->n_students == 0) {
		rest_of_nobody(district, &made->rest);
		return;
	}
	lots_make(arena, district, &made->lots);
	precedence_make(arena, district, distances, &made->lots, &made->precedence);
	reference_make(arena, district, distances, &made->nearest);
	choices_open(&choices, district, distances);
	settlement_make(arena, &made->precedence, made->nearest.nearest, &choices,
			&made->settlement);
	choices_close(&choices);
	rest_make(arena, &made->settlement, &made->rest);
}
