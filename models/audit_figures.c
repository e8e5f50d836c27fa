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

/* Some pupils' way, under the key that it is counted by: a group, a school, or 0 for all. */
struct way {
	size_t key;
	int64_t metres, pupils;
};

static int compare_ways(const void *a, const void *b, void *context)
{
	const struct way *left = a, *right = b;

	(void)context;
	if (left->key != right->key)
		return left->key < right->key ? -1 : 1;
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

/* Where the figures of a key go. */
typedef struct audit_ways *ways_target(struct audit *made, size_t key);

static struct audit_ways *ways_of_group(struct audit *made, size_t key)
{
	return &made->groups[key].ways;
}

static struct audit_ways *ways_of_school(struct audit *made, size_t key)
{
	return &made->schools[key].ways;
}

static struct audit_ways *ways_of_all(struct audit *made, size_t key)
{
	(void)key;
	return &made->totals.ways;
}

static void count_ways(struct audit *made, struct way *ways, size_t n, ways_target *target)
{
	memory_sort(ways, n, sizeof *ways, compare_ways, NULL);
	for (size_t start = 0, end; start < n; start = end) {
		for (end = start; end < n && ways[end].key == ways[start].key;)
			end++;
		*target(made, ways[start].key) = ways_figures(ways + start, end - start);
	}
}

static size_t key_of(const struct audit_row *row, ways_target *target)
{
	if (target == ways_of_group)
		return row->group;
	return target == ways_of_school ? row->school : 0;
}

static void count_all_ways(const struct audit_plan *plan, struct audit *made)
{
	static ways_target *const targets[] = {ways_of_group, ways_of_school, ways_of_all};
	struct way *ways = memory_array(plan->n_rows, sizeof *ways);

	for (size_t t = 0; t < sizeof targets / sizeof *targets; t++) {
		size_t n = 0;

		for (size_t i = 0; i < plan->n_rows; i++) {
			const struct audit_row *row = &plan->rows[i];

			if (row->school != NONE && row->pupils > 0)
				ways[n++] = (struct way){key_of(row, targets[t]),
							 audit_metres(plan, row), row->pupils};
		}
		count_ways(made, ways, n, targets[t]);
	}
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
		made->levels[k] = level_value(&objective->levels[k], &made->totals);
}
