#include "models/precedence.h"

#include <string.h>

/* Those who give a household, each household together and by id. */
struct members {
	const struct district *district;
	size_t *children, n;
};

/* --- siblings -------------------------------------------------------------------------------- */

static int grade_of_child(const struct district *district, size_t child)
{
	return district_cell_of(district, child)->grade;
}

static bool offers(const struct district *district, size_t school, int grade)
{
	const struct offering *offering = district_offering(district, school, grade);

	return offering && offering->sections > 0;
}

/* The school where a child stays, or NONE. */
static size_t stays_at(const struct district *district, size_t child)
{
	size_t school = district->students[child].current_school;

	return school != NONE && offers(district, school, grade_of_child(district, child))
		       ? school : NONE;
}

static int compare_members(const void *a, const void *b, void *context)
{
	const struct district *district = context;
	size_t left = *(const size_t *)a, right = *(const size_t *)b;
	int order = strcmp(district->students[left].household,
			   district->students[right].household);

	return order ? order : (left > right) - (left < right);
}

/* A school where children of a household stay, and how many do. */
struct stay {
	size_t school, n;
};

static int compare_stays(const void *a, const void *b, void *context)
{
	const struct stay *left = a, *right = b;

	(void)context;
	return (left->school > right->school) - (left->school < right->school);
}

/* The schools where children of a household stay, by id. Returns how many there are. */
static size_t list_stays(const struct members *members, size_t first, size_t end,
			 struct stay *stays)
{
	size_t n = 0, kept = 0;

	for (size_t i = first; i < end; i++) {
		size_t school = stays_at(members->district, members->children[i]);

		if (school != NONE)
			stays[n++] = (struct stay){school, 1};
	}
	memory_sort(stays, n, sizeof *stays, compare_stays, NULL);
	for (size_t i = 0; i < n; i++)
		if (kept > 0 && stays[kept - 1].school == stays[i].school)
			stays[kept - 1].n++;
		else
			stays[kept++] = stays[i];
	return kept;
}

/* Where most of the others stay, of those that offer the child's grade; of equals the first. */
static size_t sibling_school(const struct district *district, const struct stay *stays, size_t n,
			     size_t child)
{
	size_t own = stays_at(district, child), best = NONE, most = 0;

	for (size_t i = 0; i < n; i++) {
		size_t others = stays[i].n - (stays[i].school == own);

		if (others <= most || !offers(district, stays[i].school,
					      grade_of_child(district, child)))
			continue;
		best = stays[i].school;
		most = others;
	}
	return best;
}

static void find_of_household(struct precedence *made, const struct members *members, size_t first,
			      size_t end)
{
	struct stay *stays = memory_array(end - first, sizeof *stays);
	size_t n = list_stays(members, first, end, stays);

	for (size_t i = first; i < end; i++)
		made->sibling[members->children[i]] =
			sibling_school(made->district, stays, n, members->children[i]);
	memory_free(stays);
}

static void find_siblings(struct precedence *made)
{
	const struct district *district = made->district;
	struct members members = {district, NULL, 0};
	const struct student *students = district->students;
	size_t first = 0;

	members.children = memory_array(district->n_students, sizeof *members.children);
	for (size_t i = 0; i < district->n_students; i++) {
		made->sibling[i] = NONE;
		if (*students[i].household)
			members.children[members.n++] = i;
	}
	memory_sort(members.children, members.n, sizeof *members.children, compare_members,
		    (void *)(uintptr_t)district);
	for (size_t i = 1; i <= members.n; i++) {
		if (i < members.n && strcmp(students[members.children[first]].household,
					    students[members.children[i]].household) == 0)
			continue;
		if (i - first > 1)
			find_of_household(made, &members, first, i);
		first = i;
	}
	memory_free(members.children);
}

/* --- twins ----------------------------------------------------------------------------------- */

/* Twins have the same claims (inputs/twins.c), so the first of them speaks for all. */
static void join_twins(struct precedence *made)
{
	const struct district *district = made->district;
	bool together = district->settings.twins != TWINS_SETTING_SPLIT;
	size_t *last = memory_array(district->n_students, sizeof *last);

	for (size_t i = 0; i < district->n_students; i++) {
		size_t lead = district->students[i].lead;

		made->next[i] = NONE;
		made->lead[i] = i;
		last[i] = i;
		if (!together || lead == i)
			continue;
		made->lead[i] = lead;
		made->next[last[lead]] = i;
		last[lead] = i;
	}
	memory_free(last);
}

size_t precedence_size(const struct precedence *precedence, size_t lead)
{
	size_t n = 0;

	for (size_t i = lead; i != NONE; i = precedence->next[i])
		n++;
	return n;
}

/* --- the order ------------------------------------------------------------------------------- */

int64_t precedence_class(const struct precedence *precedence, size_t child)
{
	int64_t class = precedence->district->students[child].priority;

	return precedence->district->settings.classes && class != NOT_GIVEN ? class : INT64_MAX;
}

int64_t precedence_metres(const struct precedence *precedence, size_t school, size_t child)
{
	const struct district *district = precedence->district;
	size_t zone = district_cell_of(district, child)->zone;
	int64_t metres = distance_metres(precedence->distances, zone, school);

	if (metres != UNREACHABLE && precedence->sibling[child] == school)
		metres -= district->settings.sibling_km / (NANO / 1000);
	return metres;
}

static int by_least(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Points are counted from the most down; who has none comes last, as POINTS_NOT_GIVEN is least. */
static int by_key(const struct precedence *precedence, size_t school, size_t a, size_t b)
{
	const struct student *left = &precedence->district->students[a];
	const struct student *right = &precedence->district->students[b];

	switch (precedence->district->settings.key) {
	case KEY_POINTS:
		return by_least(right->points, left->points);
	case KEY_RANK:
		return by_least(left->rank == NOT_GIVEN ? INT64_MAX : left->rank,
				right->rank == NOT_GIVEN ? INT64_MAX : right->rank);
	case KEY_DISTANCE:
		if (school != NONE)
			return by_least(precedence_metres(precedence, school, a),
					precedence_metres(precedence, school, b));
		return 0;
	default:
		return 0;
	}
}

int precedence_compare(const struct precedence *precedence, size_t school, size_t a, size_t b)
{
	int order = by_least(precedence_class(precedence, a), precedence_class(precedence, b));

	if (order == 0)
		order = by_key(precedence, school, a, b);
	return order ? order : by_least((int64_t)precedence->turn[a], (int64_t)precedence->turn[b]);
}

void precedence_make(struct arena *arena, const struct district *district,
		     const struct distances *distances, const struct lots *lots,
		     struct precedence *made)
{
	size_t n = district->n_students;

	*made = (struct precedence){.district = district, .distances = distances};
	made->turn = arena_array(arena, n, sizeof *made->turn);
	made->sibling = arena_array(arena, n, sizeof *made->sibling);
	made->lead = arena_array(arena, n, sizeof *made->lead);
	made->next = arena_array(arena, n, sizeof *made->next);
	for (size_t i = 0; i < n; i++)
		made->turn[lots->order[i]] = i;
	find_siblings(made);
	join_twins(made);
}
