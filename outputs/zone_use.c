#include "outputs/zone_use.h"

#include <stdlib.h>

void zone_walk_open(struct zone_walk *walk, const struct plan *plan, bool by_grade)
{
	size_t n = plan->district->n_schools;

	*walk = (struct zone_walk){.plan = plan, .by_grade = by_grade};
	walk->schools = memory_array(n, sizeof *walk->schools);
	walk->used = memory_array(n, sizeof *walk->used);
}

void zone_walk_close(struct zone_walk *walk)
{
	free(walk->schools);
	free(walk->used);
	*walk = (struct zone_walk){0};
}

static void use_placement(struct zone_walk *walk, const struct placement *placement,
			  struct zone_use *use)
{
	if (placement->school == NONE)
		return;
	use->placed += placement->pupils;
	use->metres += plan_metres(walk->plan, placement) * placement->pupils;
	if (!walk->used[placement->school])
		walk->schools[use->n_schools++] = placement->school;
	walk->used[placement->school] = true;
}

/* The placements of the cells before `end`, which the walk has not come to yet. */
static void use_placements(struct zone_walk *walk, size_t end, struct zone_use *use)
{
	const struct plan *plan = walk->plan;

	for (; walk->placement < plan->n_placements; walk->placement++) {
		if (plan->placements[walk->placement].cell >= end)
			break;
		use_placement(walk, &plan->placements[walk->placement], use);
	}
}

static int by_index(const void *a, const void *b, void *context)
{
	const size_t *left = a, *right = b;

	(void)context;
	return (*left > *right) - (*left < *right);
}

bool zone_walk_next(struct zone_walk *walk, struct zone_use *use)
{
	const struct district *district = walk->plan->district;
	const struct cell *first = &district->cells[walk->cell];

	if (walk->cell >= district->n_cells)
		return false;
	*use = (struct zone_use){.zone = first->zone, .grade = first->grade};
	for (; walk->cell < district->n_cells; walk->cell++) {
		const struct cell *cell = &district->cells[walk->cell];

		if (cell->zone != first->zone || (walk->by_grade && cell->grade != first->grade))
			break;
		use->pupils += cell->pupils;
	}
	use_placements(walk, walk->cell, use);
	memory_sort(walk->schools, use->n_schools, sizeof *walk->schools, by_index, NULL);
	for (size_t i = 0; i < use->n_schools; i++)
		walk->used[walk->schools[i]] = false;
	use->schools = walk->schools;
	return true;
}

void zone_use_schools(const struct zone_walk *walk, const struct zone_use *use, struct text *text)
{
	for (size_t i = 0; i < use->n_schools; i++) {
		if (i > 0)
			text_add(text, ";");
		text_add(text, walk->plan->district->schools[use->schools[i]].id);
	}
}
