#include "models/class_lists.h"

#include "models/reach.h"
#include "models/sectioning.h"

enum { NANO_MICRO = 1000 }; /* scores are compared in millionths: nano-units would not fit */

/* The lists on their way. */
struct making {
	const struct precedence *precedence;
	const struct district *opened;
	const size_t *school;
	size_t *begins;          /* n_offerings + 1: the children of offering o */
	size_t *children;        /* by offering, then by place by lot */
	struct section_child *as_children;
};

static size_t offering_of(const struct making *making, size_t child)
{
	return audit_offering(making->opened, making->school[child],
			      district_cell_of(making->opened, child)->grade);
}

/* By place by lot, so that equal lists are equal whatever the order of rows. */
static void list_children(struct making *making)
{
	const struct district *opened = making->opened;
	size_t n = opened->n_students;
	size_t *by_turn = memory_array(n, sizeof *by_turn);
	size_t *next = memory_array(opened->n_offerings + 1, sizeof *next);

	for (size_t i = 0; i < n; i++) {
		by_turn[making->precedence->turn[i]] = i;
		if (making->school[i] != NONE)
			making->begins[offering_of(making, i) + 1]++;
	}
	for (size_t o = 0; o < opened->n_offerings; o++)
		next[o + 1] = making->begins[o + 1] += making->begins[o];
	for (size_t t = 0; t < n; t++)
		if (making->school[by_turn[t]] != NONE)
			making->children[next[offering_of(making, by_turn[t])]++] = by_turn[t];
	memory_free(by_turn);
	memory_free(next);
}

/* The least score given by any of n children, in nano-units. */
static int64_t least_score(const struct district *district, const size_t *children, size_t n)
{
	int64_t least = INT64_MAX;

	for (size_t i = 0; i < n; i++) {
		int64_t score = district->students[children[i]].score;

		if (score != POINTS_NOT_GIVEN && score < least)
			least = score;
	}
	return least;
}

static struct section_child child_of(const struct making *making, size_t child, int64_t least)
{
	const struct precedence *precedence = making->precedence;
	const struct district *district = making->opened;
	const struct student *student = &district->students[child];
	const struct cell *cell = district_cell_of(district, child);
	bool alone = student->lead == child && !student->twin;

	return (struct section_child){
		.sex = student->sex, .group = cell->group,
		.score = student->score == POINTS_NOT_GIVEN
				 ? NOT_GIVEN : (student->score - least) / NANO_MICRO,
		.inclusion = audit_need(district, cell) == NEED_INCLUSION,
		.turn = precedence->turn[child], .twins = alone ? NONE : student->lead};
}

static void make_list(struct making *making, size_t o, struct class_list *list)
{
	const struct district *district = making->opened;
	const struct settings *settings = &district->settings;
	const size_t *children = making->children + making->begins[o];
	size_t n = making->begins[o + 1] - making->begins[o];
	struct section_child *made = making->as_children + making->begins[o];
	int64_t least = least_score(district, children, n);

	for (size_t i = 0; i < n; i++)
		made[i] = child_of(making, children[i], least);
	*list = (struct class_list){o, children, {
		.children = made, .n_children = n, .n_groups = district->n_groups,
		.n_sections = (size_t)district->offerings[o].sections,
		.enrolled = district->offerings[o].enrolled,
		.inclusion_per_class = settings->inclusion_per_class,
		.method = settings->sectioning == SECTIONING_SERPENTINE ? SECTION_SERPENTINE
									: SECTION_BY_LOT,
		.twins = settings->twins_sections == TWINS_APART ? SECTION_TWINS_APART
								 : SECTION_TWINS_TOGETHER}};
}

void class_lists_make(struct arena *arena, const struct precedence *precedence,
		      const struct district *opened, const size_t *school,
		      struct class_lists *made)
{
	struct making making = {.precedence = precedence, .opened = opened, .school = school};
	size_t n = opened->n_students;

	making.begins = memory_array(opened->n_offerings + 1, sizeof *making.begins);
	making.children = arena_array(arena, n, sizeof *making.children);
	making.as_children = arena_array(arena, n, sizeof *making.as_children);
	list_children(&making);
	*made = (struct class_lists){
		.lists = arena_array(arena, opened->n_offerings, sizeof *made->lists),
		.section = arena_array(arena, n, sizeof *made->section)};
	for (size_t o = 0; o < opened->n_offerings; o++)
		if (making.begins[o + 1] > making.begins[o] && opened->offerings[o].sections > 0)
			make_list(&making, o, &made->lists[made->n++]);
	for (size_t i = 0; i < n; i++)
		made->section[i] = NONE;
	memory_free(making.begins);
}

void class_lists_divide(struct class_lists *lists)
{
	for (size_t i = 0; i < lists->n; i++) {
		const struct class_list *list = &lists->lists[i];
		size_t n = list->intake.n_children;
		size_t *section = memory_array(n, sizeof *section);

		sectioning_make(&list->intake, section);
		for (size_t k = 0; k < n; k++)
			lists->section[list->children[k]] = section[k];
		memory_free(section);
	}
}

void class_list_balance(const struct class_lists *lists, size_t i, struct balance *balance)
{
	const struct class_list *list = &lists->lists[i];
	size_t *section = memory_array(list->intake.n_children, sizeof *section);

	for (size_t k = 0; k < list->intake.n_children; k++)
		section[k] = lists->section[list->children[k]];
	section_balance(&list->intake, section, balance);
	memory_free(section);
}
