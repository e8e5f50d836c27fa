#include "models/enrolment.h"

#include "models/reach.h"

/* --- how near the own school is -------------------------------------------------------------- */

/* How many schools that may take a cell are nearer than `metres`. */
struct nearer {
	const struct choosing *choosing;
	int64_t metres, n;
};

static bool may_be_nearer(void *context, size_t node, int64_t least)
{
	(void)node;
	return least < ((const struct nearer *)context)->metres;
}

static void count_nearer(void *context, size_t item, int64_t metres)
{
	struct nearer *nearer = context;

	if (metres < nearer->metres && choice_takes(nearer->choosing, item, metres))
		nearer->n++;
}

/* Rules that name schools may name one several times: every school is asked once. */
static int64_t nearer_of_named(struct choices *choices, const struct cell *cell, int64_t metres)
{
	int64_t n = 0;

	for (size_t s = 0; s < choices->district->n_schools; s++) {
		int64_t way = distance_metres(choices->distances, cell->zone, s);

		n += way != UNREACHABLE && way < metres && choices_eligible(choices, cell, s);
	}
	return n;
}

static int64_t nearer_schools(struct choices *choices, const struct cell *cell, int64_t metres)
{
	static const struct places_visitor visitor = {may_be_nearer, count_nearer};
	struct choosing choosing = choice_of(choices_find(choices, cell), cell);
	struct nearer nearer = {&choosing, metres, 0};

	if (choosing.only)
		return nearer_of_named(choices, cell, metres);
	choosing.most = choice_most(&choosing);
	choice_walk(&choosing, &visitor, &nearer);
	return nearer.n;
}

/* For each placement of the plan; 0 of the unplaced. malloc'ed. */
static int64_t *nearness_of_placements(const struct plan *plan, struct choices *choices)
{
	int64_t *nearness = memory_array(plan->n_placements, sizeof *nearness);

	for (size_t i = 0; i < plan->n_placements; i++) {
		const struct placement *placement = &plan->placements[i];
		const struct cell *cell = &plan->district->cells[placement->cell];

		if (placement->school != NONE)
			nearness[i] = 1 + nearer_schools(choices, cell,
							 plan_metres(plan, placement));
	}
	return nearness;
}

static void find_nearness(struct arena *arena, struct choices *choices, struct enrolment *made)
{
	const struct district *district = made->plan->district;
	int64_t *of_placement = nearness_of_placements(made->plan, choices);

	made->nearness = arena_array(arena, district->n_students, sizeof *made->nearness);
	for (size_t i = 0; i < district->n_students; i++)
		if (made->school[i] != NONE)
			made->nearness[i] = of_placement[plan_first(
				made->plan, district->students[i].cell, made->school[i])];
	memory_free(of_placement);
}

/* --- who came last --------------------------------------------------------------------------- */

static bool has_claim(const struct named *named, size_t child)
{
	enum settled by = (enum settled)named->settlement.by[child];

	return by >= SETTLED_STAY && by <= SETTLED_SIBLING;
}

static void find_last(struct arena *arena, struct enrolment *made)
{
	const struct district *district = made->plan->district;

	made->last = arena_array(arena, district->n_offerings, sizeof *made->last);
	for (size_t o = 0; o < district->n_offerings; o++)
		made->last[o] = NONE;
	for (size_t i = 0; i < district->n_students; i++) {
		size_t school = made->school[i], *last;

		if (school == NONE || has_claim(made->named, i))
			continue;
		last = &made->last[audit_offering(
			district, school, district_cell_of(district, i)->grade)];
		if (*last == NONE || wants_compare(&made->wants, school, *last, i) < 0)
			*last = i;
	}
}

/* --- places ---------------------------------------------------------------------------------- */

static void find_waiting(struct arena *arena, struct enrolment *made)
{
	const struct waiting *waiting;
	size_t place = 0;

	made->waiting = wants_waiting(arena, &made->wants);
	made->place = arena_array(arena, made->wants.n, sizeof *made->place);
	waiting = made->waiting;
	for (size_t i = 0; i < made->wants.n; i++) {
		bool first = i == 0 || waiting[i].school != waiting[i - 1].school ||
			     waiting[i].grade != waiting[i - 1].grade;

		place = first ? 1 : place + 1;
		made->place[waiting[i].want] = place;
	}
}

static bool alike(const struct precedence *precedence, size_t a, size_t b)
{
	const struct student *students = precedence->district->students;

	return students[a].cell == students[b].cell &&
	       precedence_class(precedence, a) == precedence_class(precedence, b);
}

static int compare_turns(const void *a, const void *b, void *context)
{
	const struct precedence *precedence = context;
	const struct student *students = precedence->district->students;
	size_t left = *(const size_t *)a, right = *(const size_t *)b;

	if (students[left].cell != students[right].cell)
		return students[left].cell < students[right].cell ? -1 : 1;
	return precedence_compare(precedence, NONE, left, right);
}

static void find_turns(struct arena *arena, struct enrolment *made)
{
	const struct precedence *precedence = &made->named->precedence;
	size_t n_students = made->plan->district->n_students, n = 0, first = 0;
	size_t *children = memory_array(n_students, sizeof *children);

	made->turn = arena_array(arena, n_students, sizeof *made->turn);
	made->alike = arena_array(arena, n_students, sizeof *made->alike);
	for (size_t i = 0; i < n_students; i++)
		if (made->named->settlement.by[i] == SETTLED_NOT)
			children[n++] = i;
	memory_sort(children, n, sizeof *children, compare_turns, (void *)(uintptr_t)precedence);
	for (size_t i = 1; i <= n; i++) {
		if (i < n && alike(precedence, children[first], children[i]))
			continue;
		for (size_t k = first; k < i; k++) {
			made->turn[children[k]] = k - first + 1;
			made->alike[children[k]] = i - first;
		}
		first = i;
	}
	memory_free(children);
}

/* --- figures --------------------------------------------------------------------------------- */

static void count_choices(const struct district *district, const size_t *school,
			  struct wish_figures *figures)
{
	for (size_t i = 0; i < district->n_students; i++) {
		size_t place = district_choice(district, i, school[i]);

		if (district->students[i].n_choices == 0)
			continue;
		figures->choosing++;
		figures->first += place == 1;
		figures->other += place > 1;
		figures->none += place == 0;
	}
}

/* Twins by their own lead, whether or not the setting splits them. */
static void count_twins(const struct district *district, const size_t *school,
			struct wish_figures *figures)
{
	bool *apart = memory_array(district->n_students, sizeof *apart);
	bool *several = memory_array(district->n_students, sizeof *several);

	for (size_t i = 0; i < district->n_students; i++) {
		size_t lead = district->students[i].lead;

		several[lead] |= lead != i;
		apart[lead] |= school[lead] != school[i];
	}
	for (size_t i = 0; i < district->n_students; i++) {
		figures->twin_sets += several[i];
		figures->twins_apart += apart[i];
	}
	memory_free(apart);
	memory_free(several);
}

static void count_all(const struct named *named, const size_t *school, const struct wants *wants,
		      const struct envy *envy, struct wish_figures *made)
{
	const struct district *district = named->rest.whole;

	*made = (struct wish_figures){.envy_pairs = envy->n_pairs,
				      .envious = (int64_t)envy->n_envious,
				      .waiting = (int64_t)wants->n};
	count_choices(district, school, made);
	count_twins(district, school, made);
}

void wish_figures_make(struct arena *arena, const struct named *named, const size_t *school,
		       struct wish_figures *made)
{
	struct choices choices;
	struct wants wants;
	struct envy envy;
	const size_t *leads;

	choices_open(&choices, named->rest.whole, named->precedence.distances);
	wants_make(arena, &named->settlement, school, &choices, &wants);
	wants_envy(arena, &wants, &envy, &leads);
	count_all(named, school, &wants, &envy, made);
	choices_close(&choices);
}

void enrolment_make(struct arena *arena, const struct named *named, const struct plan *plan,
		    const size_t *school, struct enrolment *made)
{
	struct choices choices;

	*made = (struct enrolment){.named = named, .school = school, .plan = plan};
	choices_open(&choices, plan->district, plan->distances);
	wants_make(arena, &named->settlement, school, &choices, &made->wants);
	wants_envy(arena, &made->wants, &made->envy, &made->leads);
	find_waiting(arena, made);
	find_turns(arena, made);
	find_nearness(arena, &choices, made);
	find_last(arena, made);
	count_all(named, school, &made->wants, &made->envy, &made->figures);
	choices_close(&choices);
}
