#include "solver/ways.h"

#include "solver/stop.h"

static bool has_choices(const struct district *district)
{
	for (size_t i = 0; i < district->n_students; i++)
		if (district->students[i].n_choices > 0)
			return true;
	return false;
}

/* Plans the district in another way; nothing is said of it. Returns 0 or -1. */
static int plan_way(const struct planning *planning, enum decide decide, struct decided_way *made)
{
	struct district district = *planning->district;
	struct planning *other = memory_array(1, sizeof *other);
	struct diags silent = {0};
	struct arena arena;
	int result = -1;

	arena_open(&arena);
	district.settings.decide = (int)decide;
	if (planning_open(&arena, &district, planning->distances, NULL, &silent, other) == 0 &&
	    planning_solve(other) == 0) {
		*made = (struct decided_way){.decide = decide, .totals = other->plan.totals,
					     .optimal = planning_is_optimal(other)};
		wish_figures_make(&arena, &other->named, other->handout.school, &made->wishes);
		result = 0;
	}
	planning_close(other);
	memory_free(other);
	arena_close(&arena);
	return result;
}

void ways_make(const struct planning *planning, const struct enrolment *enrolment,
	       struct decided_way *made, size_t *n_made)
{
	const struct district *district = planning->district;

	*n_made = 0;
	if (!has_choices(district) || district->settings.sections == SECTIONS_FREE)
		return;
	for (int decide = 0; decide < DECIDE_COUNT; decide++) {
		struct decided_way *way = &made[*n_made];

		if (decide == district->settings.decide) {
			*way = (struct decided_way){(enum decide)decide, planning->plan.totals,
						    enrolment->figures,
						    planning_is_optimal(planning)};
			++*n_made;
		} else if (!stop_asked() && plan_way(planning, (enum decide)decide, way) == 0) {
			++*n_made;
		}
	}
}
