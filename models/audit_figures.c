#include <stdlib.h>

#include "models/audit.h"
#include "models/reach.h"

struct cell audit_row_cell(const struct audit_row *row)
{
	return (struct cell){.zone = row->zone, .group = row->group, .grade = row->grade};
}

int64_t audit_metres(const struct audit_plan *plan, const struct audit_row *row)
{
	int64_t metres = UNREACHABLE;

	if (row->school != NONE)
		metres = distance_metres(plan->distances, row->zone, row->school);
	return metres == UNREACHABLE ? 0 : metres;
}

void audit_value_text(struct text *text, audit_value value)
{
	const audit_value unit = (audit_value)NANO * NANO;

	if (value < 0) {
		text_add(text, "-");
		value = -value;
	}
	text_add_count(text, (int64_t)(value / unit));
	if (value % unit != 0) {
		struct text fraction = {0};

		text_add_decimal(&fraction, (int64_t)(value % unit), 18, true);
		text_add(text, fraction.data + 1);
		text_free(&fraction);
	}
}

/* Some pupils' way. */
struct way {
	int64_t metres, pupils;
	uint32_t group, school;
};

static int compare_ways(const void *a, const void *b, void *context)
{
	const struct way *left = a, *right = b;

	(void)context;
	return (left->metres > right->metres) - (left->metres < right->metres);
}

/* The way of the pupil who stands at rank, from 1, among sorted ways. */
static int64_t metres_at_rank(const struct way *ways, size_t n, int64_t rank)
{
	int64_t seen = 0;

	for (size_t i = 0; i < n; i++) {
		seen += ways[i].pupils;
		if (seen >= rank)
			return ways[i].metres;
	}
	return 0;
}

/* Figures of n sorted ways of one key. */
static struct audit_ways ways_figures(const struct way *ways, size_t n)
{
	struct audit_ways figures = {0};

	for (size_t i = 0; i < n; i++) {
		figures.pupils += ways[i].pupils;
		figures.metres += ways[i].pupils * ways[i].metres;
	}
	figures.p50 = metres_at_rank(ways, n, (figures.pupils + 1) / 2);
	figures.p90 = metres_at_rank(ways, n, (9 * figures.pupils + 9) / 10);
	figures.longest = n > 0 ? ways[n - 1].metres : 0;
	return figures;
}

/* What ways are counted by: their key, how many keys there are, and where the figures of one go. */
struct grouping {
	size_t (*key)(const struct way *way);
	size_t n_keys;
	struct audit_ways *(*target)(struct audit *made, size_t key);
};

static size_t group_key(const struct way *way)
{
	return way->group;
}

static struct audit_ways *group_target(struct audit *made, size_t key)
{
	return &made->groups[key].ways;
}

static size_t school_key(const struct way *way)
{
	return way->school;
}

static struct audit_ways *school_target(struct audit *made, size_t key)
{
	return &made->schools[key].ways;
}

/* Deals n sorted ways out by their keys, each key's in the same order. */
static void count_by(const struct grouping *grouping, const struct way *ways, size_t n,
		     struct audit *made)
{
	size_t *end = memory_array(grouping->n_keys + 1, sizeof *end);
	struct way *dealt = memory_array(n, sizeof *dealt);

	for (size_t i = 0; i < n; i++)
		end[grouping->key(&ways[i]) + 1]++;
	for (size_t key = 0; key < grouping->n_keys; key++)
		end[key + 1] += end[key];
	for (size_t i = 0; i < n; i++)
		dealt[end[grouping->key(&ways[i])]++] = ways[i];
	for (size_t key = 0, start = 0; key < grouping->n_keys; start = end[key++])
		*grouping->target(made, key) = ways_figures(dealt + start, end[key] - start);
	free(dealt);
	free(end);
}

/* The ways of placed pupils, the shortest first; malloc'ed. */
static struct way *sorted_ways(const struct audit_plan *plan, size_t *n)
{
	struct way *ways = memory_array(plan->n_rows, sizeof *ways);

	*n = 0;
	for (size_t i = 0; i < plan->n_rows; i++) {
		const struct audit_row *row = &plan->rows[i];

		if (row->school != NONE && row->pupils > 0)
			ways[(*n)++] = (struct way){audit_metres(plan, row), row->pupils,
						    (uint32_t)row->group, (uint32_t)row->school};
	}
	memory_sort(ways, *n, sizeof *ways, compare_ways, NULL);
	return ways;
}

static void count_all_ways(const struct audit_plan *plan, struct audit *made)
{
	const struct grouping groupings[] = {
		{group_key, plan->district->n_groups, group_target},
		{school_key, plan->district->n_schools, school_target},
	};
	size_t n;
	struct way *ways = sorted_ways(plan, &n);

	for (size_t i = 0; i < sizeof groupings / sizeof *groupings; i++)
		count_by(&groupings[i], ways, n, made);
	made->totals.ways = ways_figures(ways, n);
	free(ways);
}

static void count_unplaced(const struct audit_plan *plan, const struct audit_row *row,
			   struct audit *made)
{
	made->groups[row->group].unplaced += row->pupils;
	made->totals.unplaced += row->pupils;
	made->totals.unplaced_weight +=
		(audit_value)plan->district->groups[row->group].weight * row->pupils;
}

static void count_at_school(const struct audit_plan *plan, const struct audit_row *row,
			    struct audit *made)
{
	struct cell cell = audit_row_cell(row);
	size_t offering = audit_offering(plan->district, row->school, row->grade);
	struct audit_school *school = &made->schools[row->school];
	enum need need = audit_need(plan->district, &cell);

	if (offering != NONE)
		made->offerings[offering].assigned += row->pupils;
	school->assigned += row->pupils;
	school->by_group[row->group] += row->pupils;
	if (need == NEED_BOARDING)
		school->boarders += row->pupils;
	if (need == NEED_INCLUSION)
		school->included += row->pupils;
}

static void count_placed(const struct audit_plan *plan, const struct audit_row *row,
			 struct audit *made)
{
	struct cell cell = audit_row_cell(row);
	struct audit_group *group = &made->groups[row->group];
	int ownership = plan->district->schools[row->school].ownership;

	group->placed += row->pupils;
	made->totals.placed += row->pupils;
	if (audit_metres(plan, row) > audit_limit_metres(plan->district, &cell)) {
		group->far += row->pupils;
		made->totals.far += row->pupils;
	}
	if (ownership == OWNERSHIP_PUBLIC || ownership == OWNERSHIP_PURCHASED)
		group->in_public += row->pupils;
}

/* Deals a load into classes whose sizes differ by at most one: how many have `least` or more? */
static int64_t classes_with(int64_t load, int64_t sections, int64_t least)
{
	int64_t smaller, bigger;

	if (sections == 0)
		return 0;
	smaller = load / sections;
	bigger = load % sections; /* so many classes have one more */
	return (smaller + 1 >= least ? bigger : 0) + (smaller >= least ? sections - bigger : 0);
}

static void judge_offering(const struct audit_plan *plan, size_t i, struct audit *made)
{
	const struct settings *settings = &plan->district->settings;
	const struct offering *offering = &plan->district->offerings[i];
	struct audit_offering *figures = &made->offerings[i];
	int64_t sections = offering->sections, spare = sections * offering->class_size;

	figures->load = offering->enrolled + figures->assigned;
	if (sections > 0)
		figures->largest_class = figures->load / sections + (figures->load % sections > 0);
	figures->over_standard = figures->load > spare ? figures->load - spare : 0;
	figures->large = classes_with(figures->load, sections, settings->class_large);
	figures->oversized = classes_with(figures->load, sections, settings->class_oversized);
}

static void add_offering(const struct audit_plan *plan, size_t i, struct audit *made)
{
	const struct offering *offering = &plan->district->offerings[i];
	const struct audit_offering *figures = &made->offerings[i];
	struct audit_school *school = &made->schools[offering->school];

	school->enrolled += offering->enrolled;
	school->load += figures->load;
	school->seats += offering->sections * offering->class_size;
	school->large += figures->large;
	made->totals.over_standard += figures->over_standard;
	made->totals.large += figures->large;
	made->totals.oversized += figures->oversized;
}

/* The value of a level in which one class alone counts: of no levels but unplaced, ways, far. */
static audit_value class_value(const struct district *district, const struct level *level,
			       const struct audit *made)
{
	const int64_t *factor = level->factor;
	audit_value value = 0;

	for (size_t g = 0; g < district->n_groups; g++) {
		const struct audit_group *group = &made->groups[g];

		if (district->groups[g].priority != level->priority)
			continue;
		value += (audit_value)factor[TERM_UNPLACED] * group->unplaced *
				 district->groups[g].weight +
			 (audit_value)factor[TERM_TRAVEL_KM] * group->ways.metres * (NANO / 1000) +
			 (audit_value)factor[TERM_FAR] * group->far * NANO;
	}
	return value;
}

static audit_value level_value(const struct level *level, const struct audit_totals *totals)
{
	const int64_t *factor = level->factor;
	audit_value nano_km = (audit_value)totals->ways.metres * (NANO / 1000);

	return factor[TERM_UNPLACED] * totals->unplaced_weight +
	       factor[TERM_TRAVEL_KM] * nano_km +
	       (factor[TERM_OVERSIZED_CLASSES] * (audit_value)totals->oversized +
		factor[TERM_LARGE_CLASSES] * (audit_value)totals->large +
		factor[TERM_FAR] * (audit_value)totals->far +
		factor[TERM_OVER_STANDARD] * (audit_value)totals->over_standard) * NANO;
}

static void make_room(struct arena *arena, const struct district *district, struct audit *made)
{
	*made = (struct audit){0};
	made->offerings = arena_array(arena, district->n_offerings, sizeof *made->offerings);
	made->schools = arena_array(arena, district->n_schools, sizeof *made->schools);
	made->groups = arena_array(arena, district->n_groups, sizeof *made->groups);
	made->levels = arena_array(arena, district->settings.levels.n_levels,
				   sizeof *made->levels);
	for (size_t s = 0; s < district->n_schools; s++)
		made->schools[s].by_group =
			arena_array(arena, district->n_groups, sizeof(int64_t));
}

static void count_rows(const struct audit_plan *plan, struct audit *made)
{
	for (size_t i = 0; i < plan->n_rows; i++) {
		const struct audit_row *row = &plan->rows[i];

		made->groups[row->group].pupils += row->pupils;
		made->totals.pupils += row->pupils;
		if (row->school == NONE) {
			count_unplaced(plan, row, made);
			continue;
		}
		count_at_school(plan, row, made);
		count_placed(plan, row, made);
	}
}

void audit_figures(struct arena *arena, const struct audit_plan *plan, struct audit *made)
{
	const struct objective *objective = &plan->district->settings.levels;

	make_room(arena, plan->district, made);
	count_rows(plan, made);
	for (size_t i = 0; i < plan->district->n_offerings; i++) {
		judge_offering(plan, i, made);
		add_offering(plan, i, made);
	}
	count_all_ways(plan, made);
	for (size_t k = 0; k < objective->n_levels; k++)
		made->levels[k] = objective->levels[k].priority
				? class_value(plan->district, &objective->levels[k], made)
				: level_value(&objective->levels[k], &made->totals);
}
