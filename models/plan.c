#include "models/plan.h"

#include <stdlib.h>
#include <string.h>

#include "models/plan_figures.h"
#include "models/scale.h"

static int by_size(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int by_cell(const void *a, const void *b, void *context)
{
	const struct placement *left = a, *right = b;
	int order = by_size(left->cell, right->cell);

	(void)context;
	return order ? order : by_size(left->school, right->school);
}

/* Sorts, adds up the placements of one cell and school, and drops those of nobody. */
static void tidy(struct plan *plan)
{
	struct placement *list = plan->placements;
	size_t kept = 0;

	memory_sort(list, plan->n_placements, sizeof *list, by_cell, NULL);
	for (size_t i = 0; i < plan->n_placements; i++) {
		if (kept > 0 && by_cell(&list[kept - 1], &list[i], NULL) == 0)
			list[kept - 1].pupils += list[i].pupils;
		else if (list[i].pupils != 0)
			list[kept++] = list[i];
	}
	plan->n_placements = kept;
}

/* Pupils of every cell that the placements leave out; malloc'ed. */
static int64_t *pupils_left(const struct district *district, const struct placement *placements,
			    size_t n)
{
	int64_t *left = memory_array(district->n_cells, sizeof *left);

	for (size_t c = 0; c < district->n_cells; c++)
		left[c] = district->cells[c].pupils;
	for (size_t i = 0; i < n; i++)
		left[placements[i].cell] -= placements[i].pupils;
	return left;
}

static void take_placements(struct arena *arena, const struct placement *placements, size_t n,
			    struct plan *plan)
{
	size_t n_cells = plan->district->n_cells, missing = 0;
	int64_t *left = pupils_left(plan->district, placements, n);

	for (size_t c = 0; c < n_cells; c++)
		missing += left[c] > 0;
	plan->placements = arena_array(arena, n + missing, sizeof *placements);
	plan->n_placements = n;
	if (n > 0)
		memcpy(plan->placements, placements, n * sizeof *placements);
	for (size_t c = 0; c < n_cells; c++)
		if (left[c] > 0)
			plan->placements[plan->n_placements++] =
				(struct placement){c, NONE, left[c]};
	free(left);
	tidy(plan);
}

size_t plan_first(const struct plan *plan, size_t cell, size_t school)
{
	const struct placement wanted = {cell, school, 0};
	size_t low = 0, high = plan->n_placements;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (by_cell(&plan->placements[middle], &wanted, NULL) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int64_t plan_metres(const struct plan *plan, const struct placement *placement)
{
	size_t zone = plan->district->cells[placement->cell].zone;
	int64_t metres = UNREACHABLE;

	if (placement->school != NONE)
		metres = distance_metres(plan->distances, zone, placement->school);
	return metres == UNREACHABLE ? 0 : metres;
}

void plan_make(struct arena *arena, const struct district *district,
	       const struct distances *distances, const struct placement *placements, size_t n,
	       struct plan *plan)
{
	*plan = (struct plan){.district = district, .distances = distances};
	take_placements(arena, placements, n, plan);
	plan_figures_make(arena, plan);
}

int64_t plan_of_group(const struct plan *plan, size_t school, size_t group)
{
	int64_t pupils = 0;

	for (size_t g = 0; g < plan->district->n_groups; g++)
		if (district_whole_group(plan->district, g) == group)
			pupils += plan->schools[school].by_group[g];
	return pupils;
}

int64_t plan_level_value(const struct plan *plan, const struct level_scale *scale)
{
	const struct totals *totals = &plan->totals;
	int64_t value = scale->over_standard * totals->over_standard +
			scale->large_classes * totals->large_classes +
			scale->oversized_classes * totals->oversized_classes;

	for (size_t g = 0; g < plan->district->n_groups; g++) {
		const struct group_figures *group = &plan->groups[g];

		value += scale->unplaced[g] * group->unplaced;
		if (level_counts(scale, plan->district->groups[g].priority))
			value += scale->per_metre * group->ways.metres + scale->far * group->far;
	}
	return value;
}
