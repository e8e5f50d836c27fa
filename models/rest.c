#include "models/rest.h"

#include <string.h>

#include "models/reach.h"

/* The view on its way. */
struct making {
	struct arena *arena;
	struct rest *made;
	size_t classes[MAX_PRIORITIES + 1]; /* what is 1: children of the class are left; 0: none */
	bool by_class;
	size_t *part;              /* n_groups x (MAX_PRIORITIES + 1): the group of a class */
};

static void *copy(struct arena *arena, const void *rows, size_t n, size_t size)
{
	void *made = arena_array(arena, n, size);

	if (n > 0)
		memcpy(made, rows, n * size);
	return made;
}

/* The class of a child as an index: 0 is none. */
static size_t class_of(const struct district *district, size_t child)
{
	int64_t class = district->students[child].priority;

	return class == NOT_GIVEN ? 0 : (size_t)class;
}

/* --- seats taken ----------------------------------------------------------------------------- */

static void take_seats(struct making *making)
{
	const struct settlement *settlement = making->made->settlement;
	struct district *view = &making->made->district;

	view->offerings = copy(making->arena, view->offerings, view->n_offerings,
			       sizeof *view->offerings);
	view->schools = copy(making->arena, view->schools, view->n_schools, sizeof *view->schools);
	for (size_t i = 0; i < view->n_offerings; i++)
		view->offerings[i].enrolled += settlement->in_offering[i];
	for (size_t s = 0; s < view->n_schools; s++) {
		view->schools[s].enrolled += settlement->in_school[s];
		view->schools[s].beds -= settlement->beds[s];
		view->schools[s].places -= settlement->places[s];
	}
}

/* --- groups by class ------------------------------------------------------------------------- */

/* Which classes the children who are left are of: more than one makes levels. Those who are settled
 * for a while count, so that the levels stay what they are. */
static void find_classes(struct making *making)
{
	const struct rest *rest = making->made;
	const struct settings *settings = &rest->whole->settings;
	size_t n = 0;

	for (size_t i = 0; i < rest->whole->n_students; i++)
		if (settlement_leaves(rest->settlement, i) ||
		    rest->settlement->by[i] == SETTLED_TWINS)
			making->classes[class_of(rest->whole, i)] = 1;
	for (size_t p = 0; p <= MAX_PRIORITIES; p++)
		n += making->classes[p];
	making->by_class = n > 1 && settings->classes && !settings->whole_zones &&
			   settings->sections != SECTIONS_FREE;
}

static size_t *part_of(const struct making *making, size_t group, size_t class)
{
	return &making->part[group * (MAX_PRIORITIES + 1) + class];
}

/* A group for each class of a group that has children left; those without a class stay in it. */
static void add_groups(struct making *making)
{
	struct district *view = &making->made->district;
	const struct district *whole = making->made->whole;
	size_t n = whole->n_groups;
	struct group *groups = arena_array(making->arena, n * (MAX_PRIORITIES + 1),
					   sizeof *groups);

	memcpy(groups, whole->groups, n * sizeof *groups);
	for (size_t g = 0; g < whole->n_groups; g++) {
		for (size_t p = 0; p <= MAX_PRIORITIES; p++)
			*part_of(making, g, p) = g;
		for (size_t p = 1; p <= MAX_PRIORITIES && making->by_class; p++) {
			if (!making->classes[p])
				continue;
			groups[n] = whole->groups[g];
			groups[n].priority = (int64_t)p;
			groups[n].part_of = g + 1;
			*part_of(making, g, p) = n++;
		}
	}
	view->groups = groups;
	view->n_groups = n;
}

/* A rule for a group is one for each of its classes. */
static void add_rules(struct making *making)
{
	struct district *view = &making->made->district;
	const struct access *old = view->access;
	size_t n = view->n_access, kept = 0, i = 0;
	struct access *rows = arena_array(making->arena, n * (MAX_PRIORITIES + 1), sizeof *rows);
	size_t *of_zone = arena_array(making->arena, view->n_zones + 1, sizeof *of_zone);

	for (size_t z = 0; z < view->n_zones; z++) {
		of_zone[z] = kept;
		for (; i < view->access_of_zone[z + 1]; i++) {
			rows[kept++] = old[i];
			for (size_t p = 1; p <= MAX_PRIORITIES && old[i].group != NONE; p++) {
				if (*part_of(making, old[i].group, p) == old[i].group)
					continue;
				rows[kept] = old[i];
				rows[kept++].group = *part_of(making, old[i].group, p);
			}
		}
	}
	of_zone[view->n_zones] = kept;
	view->access = rows;
	view->access_of_zone = of_zone;
	view->n_access = kept;
}

/* --- levels by class ------------------------------------------------------------------------- */

static void add_level(struct making *making, struct objective *made, enum term term,
		      const struct level *of, size_t class)
{
	struct level *level = &made->levels[made->n_levels++];

	*level = (struct level){.priority = (int64_t)class};
	level->factor[term] = of->factor[term];
	level->text = arena_printf(making->arena, "%s (class %zu)", term_name(term), class);
}

/* Levels of one term for all classes but the last: that is what the level itself then counts. */
static void add_class_levels(struct making *making, struct objective *made, enum term term,
			     const struct level *of)
{
	size_t last = 0;

	if (of->factor[term] == 0)
		return;
	if (!making->classes[0])
		for (size_t p = 1; p <= MAX_PRIORITIES; p++)
			last = making->classes[p] ? p : last;
	for (size_t p = 1; p <= MAX_PRIORITIES; p++)
		if (making->classes[p] && p != last)
			add_level(making, made, term, of, p);
}

static void add_levels(struct making *making)
{
	struct objective *levels = &making->made->district.settings.levels;
	struct objective made = {0};

	made.levels = arena_array(making->arena, levels->n_levels * (1 + 2 * MAX_PRIORITIES),
				  sizeof *made.levels);
	for (size_t k = 0; k < levels->n_levels; k++) {
		add_class_levels(making, &made, TERM_UNPLACED, &levels->levels[k]);
		add_class_levels(making, &made, TERM_TRAVEL_KM, &levels->levels[k]);
		made.levels[made.n_levels++] = levels->levels[k];
	}
	*levels = made;
}

/* --- cells ----------------------------------------------------------------------------------- */

/* A child who is left, by the cell that it will be in. */
struct left {
	struct cell cell;
	size_t child;
};

static int compare_left(const void *a, const void *b, void *context)
{
	const struct left *one = a, *other = b;

	(void)context;
	if (one->cell.zone != other->cell.zone)
		return one->cell.zone < other->cell.zone ? -1 : 1;
	if (one->cell.grade != other->cell.grade)
		return one->cell.grade - other->cell.grade;
	if (one->cell.group != other->cell.group)
		return one->cell.group < other->cell.group ? -1 : 1;
	return (one->child > other->child) - (one->child < other->child);
}

static size_t list_left(const struct making *making, struct left *left)
{
	const struct district *whole = making->made->whole;
	size_t n = 0;

	for (size_t i = 0; i < whole->n_students; i++) {
		if (!settlement_leaves(making->made->settlement, i))
			continue;
		left[n] = (struct left){*district_cell_of(whole, i), i};
		left[n].cell.pupils = 1;
		left[n].cell.group = *part_of(making, left[n].cell.group, class_of(whole, i));
		n++;
	}
	memory_sort(left, n, sizeof *left, compare_left, NULL);
	return n;
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
	return a->zone == b->zone && a->grade == b->grade && a->group == b->group;
}

static void make_cells(struct making *making)
{
	struct rest *made = making->made;
	const struct district *whole = made->whole;
	struct left *left = memory_array(whole->n_students, sizeof *left);
	size_t n = list_left(making, left), n_cells = 0;

	made->cell = arena_array(making->arena, whole->n_students, sizeof *made->cell);
	made->district.cells = arena_array(making->arena, n, sizeof(struct cell));
	for (size_t i = 0; i < whole->n_students; i++)
		made->cell[i] = NONE;
	for (size_t i = 0; i < n; i++) {
		struct cell *cells = made->district.cells;

		if (n_cells > 0 && same_cell(&cells[n_cells - 1], &left[i].cell))
			cells[n_cells - 1].pupils++;
		else
			cells[n_cells++] = left[i].cell;
		made->cell[left[i].child] = n_cells - 1;
	}
	made->district.n_cells = n_cells;
	memory_free(left);
}

void rest_make(struct arena *arena, const struct settlement *settlement, struct rest *made)
{
	struct making making = {.arena = arena, .made = made};
	size_t n_groups = settlement->district->n_groups;

	*made = (struct rest){.whole = settlement->district, .settlement = settlement,
			      .district = *settlement->district};
	making.part = memory_array(n_groups * (MAX_PRIORITIES + 1), sizeof *making.part);
	find_classes(&making);
	take_seats(&making);
	add_groups(&making);
	if (making.by_class) {
		add_rules(&making);
		add_levels(&making);
	}
	make_cells(&making);
	made->district.n_students = 0;
	memory_free(making.part);
}

void rest_of_nobody(const struct district *district, struct rest *made)
{
	*made = (struct rest){.whole = district, .district = *district};
}

/* --- back to the whole ----------------------------------------------------------------------- */

/* Whether a settled child counts in a level. */
static bool in_level(const struct district *whole, size_t child, const struct level *level)
{
	return level->priority == 0 || level->priority == whole->students[child].priority;
}

audit_value rest_settled_value(const struct rest *rest, const struct level *level)
{
	const struct district *whole = rest->whole;
	audit_value metres = 0, far = 0, unplaced = 0;

	for (size_t i = 0; i < whole->n_students; i++) {
		const struct cell *cell = district_cell_of(whole, i);
		int64_t way;

		if (settlement_leaves(rest->settlement, i) || !in_level(whole, i, level))
			continue;
		if (rest->settlement->school[i] == NONE) {
			unplaced += whole->groups[cell->group].weight;
			continue;
		}
		way = distance_metres(rest->settlement->precedence->distances, cell->zone,
				      rest->settlement->school[i]);
		metres += way;
		far += way > audit_limit_metres(whole, cell);
	}
	return level->factor[TERM_TRAVEL_KM] * metres * (NANO / 1000) +
	       level->factor[TERM_FAR] * far * NANO + level->factor[TERM_UNPLACED] * unplaced;
}

/* --- plans by child -------------------------------------------------------------------------- */

/* One placement a child: of its cell in the whole district, or of that in the view. */
static void plan_children(struct arena *arena, const struct rest *rest, bool whole,
			  const struct district *opened, const size_t *school, struct plan *made)
{
	size_t n_students = rest->whole->n_students, n = 0;
	struct placement *placements = memory_array(n_students, sizeof *placements);

	for (size_t i = 0; i < n_students; i++) {
		size_t cell = whole ? rest->whole->students[i].cell : rest->cell[i];

		if (cell != NONE)
			placements[n++] = (struct placement){cell, school[i], 1};
	}
	plan_make(arena, opened, rest->settlement->precedence->distances, placements, n, made);
	memory_free(placements);
}

void rest_plan_make(struct arena *arena, const struct rest *rest, const struct district *opened,
		    const size_t *school, struct plan *made)
{
	plan_children(arena, rest, false, opened, school, made);
}

void rest_whole_plan(struct arena *arena, const struct rest *rest, const struct district *opened,
		     const size_t *school, struct plan *made)
{
	plan_children(arena, rest, true, opened, school, made);
}
