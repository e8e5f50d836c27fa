#include "models/audit.h"

#include <stdlib.h>
#include <string.h>

#include "models/choice.h"
#include "models/reach.h"

/* An audit under way. */
struct judging {
	const struct audit_plan *plan;
	const struct district *district;
	const struct audit *figures;
	struct diags *diags;
	const size_t *order; /* the rows by zone, grade, group, school */
	struct choices choices;
	int result;
};

/* A rule that a row breaks, or the whole plan (row n_rows). */
#define BROKEN(judging, row, ...) \
	((judging)->result = diag_error((judging)->diags, (judging)->plan->code, \
					row_place((judging)->plan, row), __VA_ARGS__))

#define CELL "zone '%s' grade %d group '%s'"

static struct place row_place(const struct audit_plan *plan, size_t row)
{
	return plan->where ? plan->where(plan->context, row) : place_none();
}

static const char *zone_id(const struct judging *judging, size_t zone)
{
	return judging->district->zones[zone].id;
}

static const char *group_id(const struct judging *judging, size_t group)
{
	return judging->district->groups[group].id;
}

static const char *school_id(const struct judging *judging, size_t school)
{
	return school == NONE ? "none" : judging->district->schools[school].id;
}

static int by_index(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

int audit_row_compare(const void *a, const void *b, void *context)
{
	const struct audit_row *left = a, *right = b;
	int order = by_index(left->zone, right->zone);

	(void)context;
	if (!order)
		order = (left->grade > right->grade) - (left->grade < right->grade);
	if (!order)
		order = by_index(left->group, right->group);
	return order ? order : by_index(left->school, right->school);
}

size_t audit_rows_join(struct audit_row *rows, size_t n)
{
	size_t kept = 0;

	memory_sort(rows, n, sizeof *rows, audit_row_compare, NULL);
	for (size_t i = 0; i < n; i++)
		if (kept > 0 && audit_row_compare(&rows[kept - 1], &rows[i], NULL) == 0)
			rows[kept - 1].pupils += rows[i].pupils;
		else
			rows[kept++] = rows[i];
	return kept;
}

static int compare_places(const void *a, const void *b, void *context)
{
	const struct audit_row *rows = context;
	size_t first = *(const size_t *)a, second = *(const size_t *)b;
	int order = audit_row_compare(&rows[first], &rows[second], NULL);

	return order ? order : by_index(first, second);
}

/* Rows as a rule come in order. */
static size_t *sorted_rows(const struct audit_plan *plan)
{
	size_t *order = memory_array(plan->n_rows, sizeof *order);
	void *rows = (void *)(uintptr_t)plan->rows;
	bool sorted = true;

	for (size_t i = 0; i < plan->n_rows; i++) {
		order[i] = i;
		sorted = sorted && (i == 0 || compare_places(&order[i - 1], &order[i], rows) < 0);
	}
	if (!sorted)
		memory_sort(order, plan->n_rows, sizeof *order, compare_places, rows);
	return order;
}

static bool same_class(const struct audit_row *a, const struct audit_row *b)
{
	return a->zone == b->zone && a->grade == b->grade;
}

static bool same_cell(const struct audit_row *a, const struct audit_row *b)
{
	return same_class(a, b) && a->group == b->group;
}

/* A row by itself: its pupils, its school, and whether one before it says the same. */
static void judge_row(struct judging *judging, size_t at, bool twice)
{
	const struct audit_row *row = &judging->plan->rows[at];
	struct cell cell = audit_row_cell(row);
	const char *zone = zone_id(judging, row->zone), *group = group_id(judging, row->group);

	if (row->pupils <= 0)
		BROKEN(judging, at, CELL " at school '%s': %lld pupils, at least 1 is needed", zone,
		       row->grade, group, school_id(judging, row->school),
		       (long long)row->pupils);
	if (twice)
		BROKEN(judging, at, CELL " stands twice at school '%s'", zone, row->grade, group,
		       school_id(judging, row->school));
	if (row->school != NONE && !choices_eligible(&judging->choices, &cell, row->school))
		BROKEN(judging, at, CELL " may not be sent to school '%s'", zone, row->grade,
		       group, school_id(judging, row->school));
}

/* Pupils that demand has of a cell. */
static int64_t demand_of(const struct judging *judging, const struct cell *key)
{
	size_t cell = audit_cell(judging->district, key);

	return cell == NONE ? 0 : judging->district->cells[cell].pupils;
}

/* The rows of one cell, order[start] .. order[end - 1]. */
static void judge_cell(struct judging *judging, size_t start, size_t end)
{
	const struct audit_row *rows = judging->plan->rows, *first = &rows[judging->order[start]];
	struct cell cell = audit_row_cell(first);
	int64_t pupils = 0, demand = demand_of(judging, &cell);

	for (size_t i = start; i < end; i++) {
		const struct audit_row *row = &rows[judging->order[i]];
		bool twice = i > start && rows[judging->order[i - 1]].school == row->school;

		judge_row(judging, judging->order[i], twice);
		pupils += row->pupils;
	}
	if (pupils != demand)
		BROKEN(judging, judging->order[start],
		       CELL " has %lld pupils placed or unplaced, but demand has %lld",
		       zone_id(judging, cell.zone), cell.grade, group_id(judging, cell.group),
		       (long long)pupils, (long long)demand);
}

/* Judges the rows by cell, and returns for each of the district's cells whether it has rows. */
static bool *judge_cells(struct judging *judging)
{
	const struct audit_row *rows = judging->plan->rows;
	bool *seen = memory_array(judging->district->n_cells, sizeof *seen);

	for (size_t start = 0, end; start < judging->plan->n_rows; start = end) {
		const struct audit_row *first = &rows[judging->order[start]];
		struct cell key = audit_row_cell(first);
		size_t cell = audit_cell(judging->district, &key);

		for (end = start; end < judging->plan->n_rows; end++)
			if (!same_cell(first, &rows[judging->order[end]]))
				break;
		judge_cell(judging, start, end);
		if (cell != NONE)
			seen[cell] = true;
	}
	return seen;
}

static void judge_forgotten(struct judging *judging, const bool *seen)
{
	for (size_t c = 0; c < judging->district->n_cells; c++) {
		const struct cell *cell = &judging->district->cells[c];

		if (!seen[c])
			BROKEN(judging, judging->plan->n_rows,
			       CELL " has %lld pupils, none of them placed or unplaced",
			       zone_id(judging, cell->zone), cell->grade,
			       group_id(judging, cell->group), (long long)cell->pupils);
	}
}

/* whole_zones: the pupils without needs of one zone and grade, order[start] .. order[end - 1]. */
static void judge_class(struct judging *judging, size_t start, size_t end)
{
	const struct audit_row *rows = judging->plan->rows, *first = NULL;

	for (size_t i = start; i < end; i++) {
		const struct audit_row *row = &rows[judging->order[i]];

		if (judging->district->groups[row->group].need != NEED_NONE)
			continue;
		if (first && first->school != row->school) {
			BROKEN(judging, judging->order[i],
			       "zone '%s' grade %d is split between schools '%s' and '%s'"
			       " in spite of whole_zones", zone_id(judging, row->zone),
			       row->grade, school_id(judging, first->school),
			       school_id(judging, row->school));
			return;
		}
		first = row;
	}
}

static void judge_classes(struct judging *judging)
{
	const struct audit_row *rows = judging->plan->rows;

	for (size_t start = 0, end; start < judging->plan->n_rows; start = end) {
		for (end = start; end < judging->plan->n_rows; end++)
			if (!same_class(&rows[judging->order[start]], &rows[judging->order[end]]))
				break;
		judge_class(judging, start, end);
	}
}

static void judge_offerings(struct judging *judging)
{
	int64_t most = judging->district->settings.class_max;

	for (size_t i = 0; i < judging->district->n_offerings; i++) {
		const struct offering *offering = &judging->district->offerings[i];
		const struct audit_offering *figures = &judging->figures->offerings[i];

		if (figures->assigned > 0 && figures->load > most * offering->sections)
			BROKEN(judging, judging->plan->n_rows,
			       "school '%s' grade %d has %lld pupils in %lld sections, above"
			       " class_size.max %lld", school_id(judging, offering->school),
			       offering->grade, (long long)figures->load,
			       (long long)offering->sections, (long long)most);
	}
}

/* Nobody may be sent where the pupils exceed the cap; those who stay may exceed it alone. */
static void judge_cap(struct judging *judging, size_t s, int64_t cap, const char *name)
{
	const struct audit_school *figures = &judging->figures->schools[s];

	if (figures->assigned > 0 && figures->enrolled + figures->assigned > cap)
		BROKEN(judging, judging->plan->n_rows,
		       "school '%s' has %lld pupils, above the %lld of %s", school_id(judging, s),
		       (long long)(figures->enrolled + figures->assigned), (long long)cap, name);
}

int64_t audit_cap(const struct district *district, size_t s)
{
	const struct settings *settings = &district->settings;
	const struct school *school = &district->schools[s];
	int64_t cap = INT64_MAX;

	if (school->max_pupils != NOT_GIVEN)
		cap = school->max_pupils;
	if (school->floor_m2 != NOT_GIVEN && settings->norm_floor > 0 &&
	    school->floor_m2 / settings->norm_floor < cap)
		cap = school->floor_m2 / settings->norm_floor;
	if (school->land_m2 != NOT_GIVEN && settings->norm_land > 0 &&
	    school->land_m2 / settings->norm_land < cap)
		cap = school->land_m2 / settings->norm_land;
	return cap;
}

static void judge_caps(struct judging *judging, size_t s)
{
	const struct settings *settings = &judging->district->settings;
	const struct school *school = &judging->district->schools[s];

	if (school->max_pupils != NOT_GIVEN)
		judge_cap(judging, s, school->max_pupils, "max_pupils");
	if (school->floor_m2 != NOT_GIVEN && settings->norm_floor > 0)
		judge_cap(judging, s, school->floor_m2 / settings->norm_floor, "floor_m2");
	if (school->land_m2 != NOT_GIVEN && settings->norm_land > 0)
		judge_cap(judging, s, school->land_m2 / settings->norm_land, "land_m2");
}

static void judge_places(struct judging *judging, size_t s)
{
	const struct school *school = &judging->district->schools[s];
	const struct audit_school *figures = &judging->figures->schools[s];

	if (figures->boarders > school->beds)
		BROKEN(judging, judging->plan->n_rows, "school '%s' has %lld boarders in %lld beds",
		       school->id, (long long)figures->boarders, (long long)school->beds);
	if (figures->included > school->places)
		BROKEN(judging, judging->plan->n_rows,
		       "school '%s' has %lld pupils in %lld inclusion places", school->id,
		       (long long)figures->included, (long long)school->places);
}

/* Pupils of a group, its classes included. */
static int64_t assigned_of(const struct judging *judging, const struct audit_school *figures,
			   size_t group)
{
	int64_t assigned = 0;

	for (size_t g = 0; g < judging->district->n_groups; g++)
		if (district_whole_group(judging->district, g) == group)
			assigned += figures->by_group[g];
	return assigned;
}

static void judge_shares(struct judging *judging, size_t s)
{
	const struct audit_school *figures = &judging->figures->schools[s];

	for (size_t g = 0; g < judging->district->n_groups; g++) {
		const struct group *group = &judging->district->groups[g];
		audit_value share = (audit_value)group->max_share * figures->assigned;
		int64_t assigned = assigned_of(judging, figures, g);

		if (group->max_share != NOT_GIVEN && !group->part_of &&
		    (audit_value)assigned * NANO > share)
			BROKEN(judging, judging->plan->n_rows,
			       "school '%s' is sent %lld of group '%s' among %lld pupils, above"
			       " its max_share", school_id(judging, s),
			       (long long)assigned, group->id,
			       (long long)figures->assigned);
	}
}

int audit(struct arena *arena, const struct audit_plan *plan, struct audit *made,
	  struct diags *diags)
{
	struct judging judging = {.plan = plan, .district = plan->district, .figures = made,
				  .diags = diags};
	size_t *order = sorted_rows(plan);
	bool *seen;

	audit_figures(arena, plan, made);
	judging.order = order;
	choices_open(&judging.choices, plan->district, plan->distances);
	seen = judge_cells(&judging);
	judge_forgotten(&judging, seen);
	if (plan->district->settings.whole_zones)
		judge_classes(&judging);
	judge_offerings(&judging);
	for (size_t s = 0; s < plan->district->n_schools; s++) {
		judge_caps(&judging, s);
		judge_places(&judging, s);
		judge_shares(&judging, s);
	}
	free(seen);
	choices_close(&judging.choices);
	free(order);
	return judging.result;
}

struct audit_plan audit_plan_of(struct arena *arena, const struct plan *plan, enum diag_code code)
{
	struct audit_row *rows = arena_array(arena, plan->n_placements, sizeof *rows);

	for (size_t i = 0; i < plan->n_placements; i++) {
		const struct placement *placement = &plan->placements[i];
		const struct cell *cell = &plan->district->cells[placement->cell];

		rows[i] = (struct audit_row){cell->zone, cell->group, placement->school,
					     cell->grade, placement->pupils};
	}
	return (struct audit_plan){.district = plan->district, .distances = plan->distances,
				   .rows = rows, .n_rows = plan->n_placements, .code = code};
}
