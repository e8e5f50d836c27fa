#include "models/plan_figures.h"

#include <stdlib.h>

static void make_room(struct arena *arena, struct plan *plan)
{
	const struct district *district = plan->district;
	size_t n_groups = district->n_groups;
	int64_t *by_group = arena_array(arena, district->n_schools * n_groups, sizeof *by_group);

	plan->offerings = arena_array(arena, district->n_offerings, sizeof *plan->offerings);
	plan->schools = arena_array(arena, district->n_schools, sizeof *plan->schools);
	plan->groups = arena_array(arena, n_groups, sizeof *plan->groups);
	for (size_t s = 0; s < district->n_schools; s++)
		plan->schools[s].by_group = by_group + s * n_groups;
}

static void count_at_school(struct plan *plan, const struct placement *placement)
{
	const struct district *district = plan->district;
	const struct cell *cell = &district->cells[placement->cell];
	const struct offering *offering =
		district_offering(district, placement->school, cell->grade);
	struct school_figures *school = &plan->schools[placement->school];

	if (offering)
		plan->offerings[offering - district->offerings].assigned += placement->pupils;
	school->assigned += placement->pupils;
	school->by_group[cell->group] += placement->pupils;
}

static void count_of_group(struct plan *plan, const struct placement *placement)
{
	const struct district *district = plan->district;
	const struct cell *cell = &district->cells[placement->cell];
	struct group_figures *group = &plan->groups[cell->group];
	int64_t limit = district_limit(district, cell->group, cell->grade);

	group->placed += placement->pupils;
	if (distance_beyond(plan_metres(plan, placement), limit))
		group->far += placement->pupils;
	if (district->schools[placement->school].ownership != OWNERSHIP_PRIVATE)
		group->in_public += placement->pupils;
}

static void count_placements(struct plan *plan)
{
	for (size_t i = 0; i < plan->n_placements; i++) {
		const struct placement *placement = &plan->placements[i];
		size_t group = plan->district->cells[placement->cell].group;

		plan->groups[group].pupils += placement->pupils;
		if (placement->school == NONE) {
			plan->groups[group].unplaced += placement->pupils;
			continue;
		}
		count_at_school(plan, placement);
		count_of_group(plan, placement);
	}
}

static void offering_classes(const struct settings *settings, const struct offering *offering,
			     struct offering_figures *figures)
{
	int64_t sections = offering->sections, seats = sections * offering->class_size, load;

	load = figures->load = offering->enrolled + figures->assigned;
	figures->largest_class = sections > 0 ? load / sections + (load % sections != 0) : 0;
	figures->over_standard = load > seats ? load - seats : 0;
	figures->large_classes = classes_of_at_least(load, sections, settings->class_large);
	figures->oversized_classes = classes_of_at_least(load, sections, settings->class_oversized);
}

static void add_to_school(struct school_figures *school, const struct offering *offering,
			  const struct offering_figures *figures)
{
	school->load += figures->load;
	school->seats += offering->sections * offering->class_size;
	school->large_classes += figures->large_classes;
	if (figures->largest_class > school->largest_class)
		school->largest_class = figures->largest_class;
}

static void count_classes(struct plan *plan)
{
	const struct district *district = plan->district;
	struct totals *totals = &plan->totals;

	for (size_t i = 0; i < district->n_offerings; i++) {
		const struct offering *offering = &district->offerings[i];
		struct offering_figures *figures = &plan->offerings[i];

		offering_classes(&district->settings, offering, figures);
		add_to_school(&plan->schools[offering->school], offering, figures);
		totals->over_standard += figures->over_standard;
		totals->large_classes += figures->large_classes;
		totals->oversized_classes += figures->oversized_classes;
	}
}

static void count_groups(struct plan *plan)
{
	struct totals *totals = &plan->totals;

	for (size_t g = 0; g < plan->district->n_groups; g++) {
		const struct group_figures *group = &plan->groups[g];

		totals->pupils += group->pupils;
		totals->placed += group->placed;
		totals->unplaced += group->unplaced;
		totals->far += group->far;
	}
}

/* A way and who takes it. */
struct way {
	int64_t metres;
	size_t placement;
};

enum { DIGIT = 11, BUCKETS = 1 << DIGIT };

/* Orders ways by 11 bits of their metres, and leaves the order of equal ones. */
static void order_by_digit(const struct way *from, struct way *to, size_t n, int shift)
{
	size_t next[BUCKETS + 1] = {0};

	for (size_t i = 0; i < n; i++)
		next[(from[i].metres >> shift) % BUCKETS + 1]++;
	for (size_t b = 1; b < BUCKETS; b++)
		next[b] += next[b - 1];
	for (size_t i = 0; i < n; i++)
		to[next[(from[i].metres >> shift) % BUCKETS]++] = from[i];
}

/* Adds the next longer way of `all` placed pupils: the ranks ceil(0.5 all) and ceil(0.9 all) are
 * where it stops being true that fewer have come by. */
static void ways_add(struct ways *ways, int64_t all, int64_t metres, int64_t pupils)
{
	int64_t before = ways->pupils, after = before + pupils;

	if (before < all - all / 2 && after >= all - all / 2)
		ways->p50 = metres;
	if (before < all - all / 10 && after >= all - all / 10)
		ways->p90 = metres;
	ways->longest = metres;
	ways->pupils = after;
	ways->metres += metres * pupils;
}

/* Sorts by metres, digit by digit from the lowest (Knuth, volume 3, 5.2.5); `spare` holds n, too.
 * Returns the array of the two that holds the result. */
static struct way *sort_ways(struct way *ways, struct way *spare, size_t n)
{
	int64_t longest = 0;

	for (size_t i = 0; i < n; i++)
		if (ways[i].metres > longest)
			longest = ways[i].metres;
	for (int shift = 0; longest >> shift > 0; shift += DIGIT) {
		struct way *ordered = spare;

		order_by_digit(ways, ordered, n, shift);
		spare = ways;
		ways = ordered;
	}
	return ways;
}

static size_t list_ways(const struct plan *plan, struct way *ways)
{
	size_t n = 0;

	for (size_t i = 0; i < plan->n_placements; i++)
		if (plan->placements[i].school != NONE)
			ways[n++] = (struct way){plan_metres(plan, &plan->placements[i]), i};
	return n;
}

static void add_way(struct plan *plan, const struct way *way)
{
	const struct placement *placement = &plan->placements[way->placement];
	size_t group = plan->district->cells[placement->cell].group;
	struct school_figures *school = &plan->schools[placement->school];
	int64_t pupils = placement->pupils;

	ways_add(&plan->totals.ways, plan->totals.placed, way->metres, pupils);
	ways_add(&plan->groups[group].ways, plan->groups[group].placed, way->metres, pupils);
	ways_add(&school->ways, school->assigned, way->metres, pupils);
}

static void measure_ways(struct plan *plan)
{
	struct way *ways = memory_array(2 * plan->n_placements, sizeof *ways);
	size_t n = list_ways(plan, ways);
	const struct way *sorted = sort_ways(ways, ways + n, n);

	for (size_t i = 0; i < n; i++)
		add_way(plan, &sorted[i]);
	free(ways);
}

void plan_figures_make(struct arena *arena, struct plan *plan)
{
	make_room(arena, plan);
	count_placements(plan);
	count_classes(plan);
	count_groups(plan);
	measure_ways(plan);
}
