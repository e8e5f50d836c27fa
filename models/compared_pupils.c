#include "models/compared_pupils.h"

#include <stdlib.h>
#include <string.h>

/* Nano-km in a metre. */
#define NANO_METRE (NANO / 1000)

const char *pupil_change_word(enum pupil_change change)
{
	static const char *const words[] = {
#define X(name, word) [PUPILS_##name] = word,
		PUPIL_CHANGES(X)
#undef X
	};

	return words[change];
}

enum pupil_change pupil_move_change(const struct pupil_move *move)
{
	if (!move->from)
		return PUPILS_NEW;
	if (!move->to)
		return PUPILS_GONE;
	if (!move->from->school)
		return PUPILS_PLACED;
	return move->to->school ? PUPILS_TRANSFERRED : PUPILS_UNPLACED;
}

int64_t move_totals_moved(const struct move_totals *totals)
{
	return totals->changed[PUPILS_TRANSFERRED] + totals->changed[PUPILS_PLACED] +
	       totals->changed[PUPILS_UNPLACED];
}

static int64_t lesser(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* --- the cells ------------------------------------------------------------------------------- */

/* The rows of a plan that belong to one cell, and how many pupils of each are not matched yet. */
struct span {
	const struct plan_row *rows;
	int64_t *left;
	size_t n;
};

/* Both plans on the way through their cells. */
struct matching {
	struct comparison *made;
	struct span plans[2];   /* what is still to come */
	struct move_totals cell; /* of the cell at hand */
};

static int64_t span_pupils(const struct span *span)
{
	int64_t pupils = 0;

	for (size_t i = 0; i < span->n; i++)
		pupils += span->left[i];
	return pupils;
}

static void add_move(struct matching *matching, const struct plan_row *from,
		     const struct plan_row *to, int64_t pupils)
{
	struct comparison *made = matching->made;
	struct pupil_move *move = &made->moves[made->n_moves++];

	*move = (struct pupil_move){from, to, pupils};
	matching->cell.changed[pupil_move_change(move)] += pupils;
}

/* Those whose school is the same in both plans stay there. */
static void keep_those_who_stay(struct span *first, struct span *second)
{
	size_t i = 0, j = 0;

	while (i < first->n && j < second->n) {
		int order = plan_school_compare(&first->rows[i], &second->rows[j]);

		if (order == 0) {
			int64_t stay = lesser(first->left[i], second->left[j]);

			first->left[i] -= stay;
			second->left[j] -= stay;
		}
		i += order <= 0;
		j += order >= 0;
	}
}

static size_t next_left(const struct span *span, size_t i)
{
	while (i < span->n && span->left[i] == 0)
		i++;
	return i;
}

/* Pairs those who are left in order; when one side has come to its end, the rest is new or gone. */
static void pair_the_rest(struct matching *matching, struct span *first, struct span *second)
{
	size_t i = next_left(first, 0), j = next_left(second, 0);

	while (i < first->n || j < second->n) {
		int64_t from = i < first->n ? first->left[i] : INT64_MAX;
		int64_t to = j < second->n ? second->left[j] : INT64_MAX;
		int64_t pupils = lesser(from, to);

		add_move(matching, i < first->n ? &first->rows[i] : NULL,
			 j < second->n ? &second->rows[j] : NULL, pupils);
		if (i < first->n)
			first->left[i] -= pupils;
		if (j < second->n)
			second->left[j] -= pupils;
		i = next_left(first, i);
		j = next_left(second, j);
	}
}

static struct group_change *find_group(const struct comparison *made, const char *id)
{
	size_t low = 0, high = made->n_groups;

	while (low + 1 < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(made->groups[middle].rows[0].group, id) <= 0)
			low = middle;
		else
			high = middle;
	}
	return &made->groups[low];
}

/* Cuts the rows of the cell off what is still to come. */
static struct span cut_cell(struct span *plan, const struct plan_row *cell)
{
	struct span span = *plan;

	span.n = 0;
	while (span.n < plan->n && plan_cell_compare(&plan->rows[span.n], cell) == 0)
		span.n++;
	plan->rows += span.n;
	plan->left += span.n;
	plan->n -= span.n;
	return span;
}

static void add_totals(struct move_totals *totals, const struct move_totals *more)
{
	totals->in_both += more->in_both;
	for (int i = 0; i < PUPIL_CHANGE_COUNT; i++)
		totals->changed[i] += more->changed[i];
}

static void match_cell(struct matching *matching, const struct plan_row *cell)
{
	struct comparison *made = matching->made;
	struct span first = cut_cell(&matching->plans[0], cell);
	struct span second = cut_cell(&matching->plans[1], cell);

	matching->cell = (struct move_totals){
		.in_both = lesser(span_pupils(&first), span_pupils(&second))};
	keep_those_who_stay(&first, &second);
	pair_the_rest(matching, &first, &second);
	add_totals(&made->totals, &matching->cell);
	add_totals(&made->grades[cell->grade], &matching->cell);
	add_totals(&find_group(made, cell->group)->totals, &matching->cell);
}

/* The row whose cell is next in either plan. */
static const struct plan_row *next_cell(const struct matching *matching)
{
	const struct span *first = &matching->plans[0], *second = &matching->plans[1];

	if (first->n == 0 || second->n == 0)
		return first->n > 0 ? first->rows : second->rows;
	return plan_cell_compare(first->rows, second->rows) <= 0 ? first->rows : second->rows;
}

static struct span all_rows(struct arena *arena, const struct written_plan *plan)
{
	struct span span = {plan->rows, arena_array(arena, plan->n_rows, sizeof *span.left),
			    plan->n_rows};

	for (size_t i = 0; i < plan->n_rows; i++)
		span.left[i] = plan->rows[i].pupils;
	return span;
}

/* --- from school to school ------------------------------------------------------------------- */

static int name_compare(const char *a, const char *b)
{
	if (!a || !b)
		return (a == NULL) - (b == NULL);
	return strcmp(a, b);
}

static int by_schools(const void *a, const void *b, void *context)
{
	const struct school_flow *first = a, *second = b;
	int order = name_compare(first->from, second->from);

	(void)context;
	return order ? order : name_compare(first->to, second->to);
}

static int by_pupils(const void *a, const void *b, void *context)
{
	const struct school_flow *first = a, *second = b;
	int order = (first->pupils < second->pupils) - (first->pupils > second->pupils);

	return order ? order : by_schools(a, b, context);
}

static struct school_flow flow_of(const struct pupil_move *move)
{
	struct school_flow flow = {move->from->school, move->to->school, move->pupils, {0}};

	if (flow.from && flow.to) {
		flow.metres[0] = move->pupils * round_ratio(move->from->km, NANO_METRE);
		flow.metres[1] = move->pupils * round_ratio(move->to->km, NANO_METRE);
	}
	return flow;
}

/* Adds up flows of the same schools that stand together. */
static void join_flows(struct comparison *made)
{
	size_t n = 0;

	for (size_t i = 0; i < made->n_flows; i++) {
		const struct school_flow *flow = &made->flows[i];
		struct school_flow *last = n > 0 ? &made->flows[n - 1] : NULL;

		if (!last || by_schools(last, flow, NULL) != 0) {
			made->flows[n++] = *flow;
			continue;
		}
		last->pupils += flow->pupils;
		last->metres[0] += flow->metres[0];
		last->metres[1] += flow->metres[1];
	}
	made->n_flows = n;
}

static void make_flows(struct arena *arena, struct comparison *made)
{
	made->flows = arena_array(arena, made->n_moves, sizeof *made->flows);
	for (size_t i = 0; i < made->n_moves; i++)
		if (made->moves[i].from && made->moves[i].to)
			made->flows[made->n_flows++] = flow_of(&made->moves[i]);
	memory_sort(made->flows, made->n_flows, sizeof *made->flows, by_schools, NULL);
	join_flows(made);
	memory_sort(made->flows, made->n_flows, sizeof *made->flows, by_pupils, NULL);
	for (size_t i = 0; i < made->n_flows; i++) {
		made->metres[0] += made->flows[i].metres[0];
		made->metres[1] += made->flows[i].metres[1];
	}
}

void compare_pupils(struct arena *arena, struct comparison *made)
{
	struct matching matching = {.made = made, .plans = {all_rows(arena, made->plans[0]),
							    all_rows(arena, made->plans[1])}};

	/* Each move uses up what is left of a row, in one of the plans at least. */
	made->moves = arena_array(arena, matching.plans[0].n + matching.plans[1].n,
				  sizeof *made->moves);
	while (matching.plans[0].n > 0 || matching.plans[1].n > 0)
		match_cell(&matching, next_cell(&matching));
	make_flows(arena, made);
}
