#include "models/school_answer.h"

#include "models/reach.h"

/* --- who comes, and who does not ------------------------------------------------------------- */

static bool asked_about(const struct whys *whys, const struct school_question *question,
			const struct cell *cell)
{
	return (question->grade == 0 || question->grade == cell->grade) &&
	       (question->group == NONE ||
		question->group == district_whole_group(whys->district, cell->group));
}

/* Pupils of a zone more; cells come zone by zone. */
static void add(struct zone_pupils *zones, size_t *n, size_t zone, int64_t metres, int64_t pupils)
{
	if (*n == 0 || zones[*n - 1].zone != zone)
		zones[(*n)++] = (struct zone_pupils){zone, metres, 0};
	zones[*n - 1].pupils += pupils;
}

static int by_pupils(const void *a, const void *b, void *context)
{
	const struct zone_pupils *left = a, *right = b;

	(void)context;
	if (left->pupils != right->pupils)
		return left->pupils > right->pupils ? -1 : 1;
	if (left->metres != right->metres)
		return left->metres < right->metres ? -1 : 1;
	return (left->zone > right->zone) - (left->zone < right->zone);
}

static void sort_zones(struct zone_pupils *zones, size_t n)
{
	memory_sort(zones, n, sizeof *zones, by_pupils, NULL);
}

static void add_comer(const struct whys *whys, struct school_answer *answer,
		      const struct cell *cell, int64_t metres, int64_t pupils)
{
	add(answer->come, &answer->n_come, cell->zone, metres, pupils);
	answer->of_group[district_whole_group(whys->district, cell->group)] += pupils;
	if (answer->n_pupils == 0 || metres < answer->nearest)
		answer->nearest = metres;
	if (metres > answer->furthest)
		answer->furthest = metres;
	answer->n_pupils += pupils;
}

static void find_comers(const struct whys *whys, const struct school_question *question,
			struct school_answer *answer)
{
	const struct plan *plan = whys->plan;

	for (size_t i = 0; i < plan->n_placements; i++) {
		const struct placement *placement = &plan->placements[i];
		const struct cell *cell = &whys->district->cells[placement->cell];

		if (placement->school == question->school && asked_about(whys, question, cell))
			add_comer(whys, answer, cell, plan_metres(plan, placement),
				  placement->pupils);
	}
	sort_zones(answer->come, answer->n_come);
}

/* --- whose nearest it is --------------------------------------------------------------------- */

/* A search for a school that may take them and is nearer. */
struct nearer {
	const struct fellows *fellows;
	int64_t metres;
	bool found;
};

static bool may_be_nearer(void *context, size_t node, int64_t least)
{
	const struct nearer *nearer = context;

	(void)node;
	return !nearer->found && least < nearer->metres;
}

static void take_nearer(void *context, size_t item, int64_t metres)
{
	struct nearer *nearer = context;
	const struct choice *choice = nearer->fellows->choosing[0].choice;

	if (!nearer->found && metres < nearer->metres)
		nearer->found = why_rules(nearer->fellows, choice->schools[item], NULL) ==
				WHY_LET_IN;
}

/* Whether the school may take them, and no nearer one may. */
static bool is_nearest(const struct fellows *fellows, size_t school, int64_t metres)
{
	static const struct places_visitor visitor = {may_be_nearer, take_nearer};
	struct nearer nearer = {fellows, metres, false};

	if (why_rules(fellows, school, NULL) != WHY_LET_IN)
		return false;
	choice_walk(&fellows->choosing[0], &visitor, &nearer);
	return !nearer.found;
}

static void count_why(const struct why_not *why, int64_t pupils, struct school_answer *answer)
{
	answer->because[why->why] += pupils;
	if (why->why == WHY_WORSE && (why->move.large > 0 || why->move.oversized > 0))
		answer->because_large += pupils;
	else if (why->why == WHY_WORSE && why->move.over_standard > 0)
		answer->because_standard += pupils;
}

/* Pupils of a cell who are not at the school. */
static void judge_cell(struct whys *whys, size_t c, size_t school, int64_t pupils,
		       struct school_answer *answer)
{
	const struct cell *cell = &whys->district->cells[c];
	int64_t metres = distance_metres(whys->plan->distances, cell->zone, school);
	struct fellows fellows;

	if (metres == UNREACHABLE ||
	    audit_offering(whys->district, school, cell->grade) == NONE)
		return;
	fellows_open(&fellows, whys, c, true);
	if (is_nearest(&fellows, school, metres)) {
		struct why_not why = why_no_more(&fellows, school);

		add(answer->elsewhere, &answer->n_elsewhere, cell->zone, metres, pupils);
		answer->n_pupils_elsewhere += pupils;
		count_why(&why, pupils, answer);
	}
	fellows_close(&fellows);
}

static void find_elsewhere(struct whys *whys, const struct school_question *question,
			   struct school_answer *answer)
{
	const struct plan *plan = whys->plan;
	const struct district *district = whys->district;
	size_t at = 0;

	for (size_t c = 0; c < district->n_cells; c++) {
		int64_t pupils = district->cells[c].pupils;

		for (; at < plan->n_placements && plan->placements[at].cell == c; at++)
			if (plan->placements[at].school == question->school)
				pupils -= plan->placements[at].pupils;
		if (pupils > 0 && asked_about(whys, question, &district->cells[c]))
			judge_cell(whys, c, question->school, pupils, answer);
	}
	sort_zones(answer->elsewhere, answer->n_elsewhere);
}

void school_answer_make(struct arena *arena, struct whys *whys,
			const struct school_question *question, struct school_answer *made)
{
	const struct district *district = whys->district;

	*made = (struct school_answer){0};
	made->come = arena_array(arena, district->n_zones, sizeof *made->come);
	made->elsewhere = arena_array(arena, district->n_zones, sizeof *made->elsewhere);
	made->of_group = arena_array(arena, district->n_groups, sizeof *made->of_group);
	find_comers(whys, question, made);
	find_elsewhere(whys, question, made);
}
