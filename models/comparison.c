#include "models/comparison.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/compared_pupils.h"

const char *class_change_word(enum class_change change)
{
	static const char *const words[] = {
#define X(name, word) [CLASSES_##name] = word,
		CLASS_CHANGES(X)
#undef X
	};

	return words[change];
}

/* --- two tables side by side ----------------------------------------------------------------- */

/* Tables of both plans, in the order of `compare`, and their next rows. */
struct side_by_side {
	const struct table *tables[2];
	int (*compare)(const void *a, const void *b);
	size_t next[2];
};

static size_t walk_rows(const struct side_by_side *walk)
{
	return walk->tables[0]->n_rows + walk->tables[1]->n_rows;
}

/* The next row of either table, or of both; NULL: that one has none like it. False at the end. */
static bool walk_next(struct side_by_side *walk, const void *rows[2])
{
	int order;

	for (int i = 0; i < 2; i++)
		rows[i] = walk->next[i] < walk->tables[i]->n_rows
				  ? table_row(walk->tables[i], walk->next[i]) : NULL;
	order = rows[0] && rows[1] ? walk->compare(rows[0], rows[1]) : 0;
	if (order > 0)
		rows[0] = NULL;
	if (order < 0)
		rows[1] = NULL;
	for (int i = 0; i < 2; i++)
		walk->next[i] += rows[i] != NULL;
	return rows[0] || rows[1];
}

/* --- figures --------------------------------------------------------------------------------- */

static void compare_kpis(struct arena *arena, struct comparison *made)
{
	const struct plan_summary *first = &made->plans[0]->summary;
	const struct plan_summary *second = &made->plans[1]->summary;

	made->kpis = arena_array(arena, first->n_kpis + second->n_kpis, sizeof *made->kpis);
	for (size_t i = 0; i < first->n_kpis; i++)
		made->kpis[made->n_kpis++] = (struct kpi_change){
			first->kpis[i].name,
			{&first->kpis[i].value, plan_summary_kpi(second, first->kpis[i].name)}};
	for (size_t i = 0; i < second->n_kpis; i++)
		if (!plan_summary_kpi(first, second->kpis[i].name))
			made->kpis[made->n_kpis++] = (struct kpi_change){
				second->kpis[i].name, {NULL, &second->kpis[i].value}};
}

/* --- offerings ------------------------------------------------------------------------------- */

/* The change of two rows that both plans have; CLASS_CHANGE_COUNT: none. */
static enum class_change class_change(const struct plan_offering_row *first,
				      const struct plan_offering_row *second)
{
	if (first->oversized != second->oversized)
		return first->oversized < second->oversized ? CLASSES_MORE_OVERSIZED
							    : CLASSES_FEWER_OVERSIZED;
	if (first->large != second->large)
		return first->large < second->large ? CLASSES_MORE_LARGE : CLASSES_FEWER_LARGE;
	if (first->sections != second->sections)
		return first->sections < second->sections ? CLASSES_MORE_SECTIONS
							  : CLASSES_FEWER_SECTIONS;
	if (first->load != second->load)
		return first->load < second->load ? CLASSES_FULLER : CLASSES_EMPTIER;
	return CLASS_CHANGE_COUNT;
}

/* Takes the next offering of either plan, or of both. */
static void take_offering(struct comparison *made, const struct plan_offering_row *first,
			  const struct plan_offering_row *second)
{
	struct offering_change *offering = &made->offerings[made->n_offerings];
	const struct plan_offering_row *there = first ? first : second;
	struct plan_offering_row none = {.school = there->school, .grade = there->grade};

	offering->rows[0] = first ? *first : none;
	offering->rows[1] = second ? *second : none;
	if (!first)
		offering->change = CLASSES_OPENED;
	else
		offering->change = second ? class_change(first, second) : CLASSES_CLOSED;
	made->n_offerings += offering->change != CLASS_CHANGE_COUNT;
}

static void compare_offerings(struct arena *arena, struct comparison *made)
{
	struct side_by_side walk = {{&made->plans[0]->offerings, &made->plans[1]->offerings},
				    plan_offering_compare, {0}};
	const void *rows[2];

	made->offerings = arena_array(arena, walk_rows(&walk), sizeof *made->offerings);
	while (walk_next(&walk, rows))
		take_offering(made, rows[0], rows[1]);
}

/* --- groups ---------------------------------------------------------------------------------- */

static void take_group(struct comparison *made, const struct plan_group_row *first,
		       const struct plan_group_row *second)
{
	struct group_change *group = &made->groups[made->n_groups++];
	struct plan_group_row none = {.group = first ? first->group : second->group};

	group->rows[0] = first ? *first : none;
	group->rows[1] = second ? *second : none;
}

static void compare_groups(struct arena *arena, struct comparison *made)
{
	struct side_by_side walk = {{&made->plans[0]->groups, &made->plans[1]->groups},
				    plan_group_compare, {0}};
	const void *rows[2];

	made->groups = arena_array(arena, walk_rows(&walk), sizeof *made->groups);
	while (walk_next(&walk, rows))
		take_group(made, rows[0], rows[1]);
}

/* --- whether anything differs ---------------------------------------------------------------- */

static bool same_number(double a, double b)
{
	return !(fabs(a - b) > 0);
}

static bool same_kpi(const struct kpi_change *kpi)
{
	return kpi->values[0] && kpi->values[1] && same_number(*kpi->values[0], *kpi->values[1]);
}

static bool same_levels(const struct plan_summary *first, const struct plan_summary *second)
{
	for (size_t i = 0; i < first->n_levels; i++) {
		const struct plan_level *level = &first->levels[i];
		const struct plan_level *other = plan_summary_level(second, level->terms);

		if (other && !(same_number(level->value, other->value) &&
			       same_number(level->bound, other->bound)))
			return false;
	}
	return true;
}

static bool same_group(const struct group_change *group)
{
	const struct plan_group_row *a = &group->rows[0], *b = &group->rows[1];

	return a->pupils == b->pupils && a->placed == b->placed && a->far == b->far &&
	       a->mean_km == b->mean_km && a->p90 == b->p90;
}

static bool same_plans(const struct comparison *made)
{
	const struct plan_summary *first = &made->plans[0]->summary;
	const struct plan_summary *second = &made->plans[1]->summary;
	bool same = made->n_moves == 0 && made->n_offerings == 0 &&
		    first->optimal == second->optimal && same_levels(first, second);

	for (size_t i = 0; i < made->n_kpis && same; i++)
		same = same_kpi(&made->kpis[i]);
	for (size_t i = 0; i < made->n_groups && same; i++)
		same = same_group(&made->groups[i]);
	return same;
}

void comparison_make(struct arena *arena, const struct written_plan *first,
		     const struct written_plan *second, struct comparison *made)
{
	*made = (struct comparison){.plans = {first, second}};
	compare_kpis(arena, made);
	compare_offerings(arena, made);
	compare_groups(arena, made);
	compare_pupils(arena, made);
	made->same = same_plans(made);
}
