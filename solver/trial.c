#include "solver/trial.h"

#include <string.h>

#include "inputs/base/memory.h"
#include "solver/solve_parts.h"
#include "solver/stop.h"

/* A trial of a grade costs 1 for so many batches, several times that where no network settled it;
 * where zones stay whole or rows tie grades, by the square of the batches of all of them. */
enum { BATCHES = 1000, COUNTED = 3, WHOLE_BATCHES = 100, TIED_BATCHES = 10000 };

static void add_levels(const struct solver *solver, int64_t *value, int64_t *bound)
{
	for (size_t k = 0; k < solver->program->n_levels; k++)
		for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
			if (solver->root[g] == g) {
				value[k] += solver->outcomes[g].value[k];
				bound[k] += solver->outcomes[g].bound[k];
			}
}

/* --- costs ----------------------------------------------------------------------------------- */

static bool by_network(const struct outcome *outcome, size_t n_levels)
{
	for (size_t k = 0; k < n_levels; k++)
		if (outcome->engine[k] != ENGINE_NETWORK)
			return false;
	return true;
}

/* Of the block whose root the grade is. */
static int64_t cost_of_block(const struct trial_base *base, int root, int64_t batches, int grades)
{
	const struct program *program = base->program;

	if (program->district->settings.whole_zones)
		return 1 + batches * batches / WHOLE_BATCHES;
	if (grades > 1)
		return 1 + batches * batches / TIED_BATCHES;
	return (batches / BATCHES + 1) *
	       (by_network(&base->solver->outcomes[root], program->n_levels) ? 1 : COUNTED);
}

static void find_costs(struct trial_base *base)
{
	const struct solver *solver = base->solver;
	int64_t batches[LAST_GRADE + 1] = {0};
	int grades[LAST_GRADE + 1] = {0};

	for (size_t b = 0; b < base->program->n_batches; b++)
		batches[solver->root[base->program->batches[b].grade]]++;
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		grades[solver->root[g]]++;
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		if (solver->root[g] == g)
			base->cost[g] = cost_of_block(base, g, batches[g], grades[g]);
}

/* Whether the grade may have to be solved again because a stated row of the school ties it to a
 * grade that the change opens there. */
static bool comes_under(const struct trial_base *base, const struct change *change, int grade)
{
	const struct program *program = base->program;
	bool stated = false;

	if (change->kind != CHANGE_SECTIONS || change_keeps_batches(program->district, change) ||
	    !district_offering(program->district, change->school, grade))
		return false;
	for (size_t r = program->sides_of_school[change->school];
	     r < program->sides_of_school[change->school + 1]; r++)
		stated |= base->solver->active[r];
	return stated;
}

int64_t trial_cost(const struct trial_base *base, const struct change *change)
{
	bool grades[LAST_GRADE + 1] = {false}, touched[LAST_GRADE + 1] = {false};
	int64_t cost = 0;

	change_grades(base->program->district, change, grades);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		touched[base->solver->root[g]] |= grades[g] || comes_under(base, change, g);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		if (touched[g])
			cost += base->cost[g];
	return cost;
}

void trial_base_open(struct trial_base *base, const struct program *program,
		     const struct solver *solver, size_t effort)
{
	*base = (struct trial_base){.program = program, .solver = solver, .effort = effort};
	base->value = memory_array(program->n_levels, sizeof *base->value);
	base->bound = memory_array(program->n_levels, sizeof *base->bound);
	add_levels(solver, base->value, base->bound);
	find_costs(base);
}

void trial_base_close(struct trial_base *base)
{
	memory_free(base->value);
	memory_free(base->bound);
}

/* --- the solver of a trial ------------------------------------------------------------------- */

/* Rows of the base that are stated are stated at once. */
static void state_rows(const struct solver *base, struct solver *solver)
{
	const struct program *before = base->program, *now = solver->program;

	for (size_t r = 0; r < before->n_sides; r++) {
		const struct side_row *row = &before->sides[r];

		if (!base->active[r])
			continue;
		for (size_t i = now->sides_of_school[row->school];
		     i < now->sides_of_school[row->school + 1]; i++)
			if (now->sides[i].kind == row->kind && now->sides[i].group == row->group)
				solver->active[i] = true;
	}
}

/* The base's batches and offerings in the changed program. */
struct telling {
	const struct program *before, *now;
	size_t *batch;                 /* n_batches of before */
	bool grades[LAST_GRADE + 1];   /* must be solved again */
};

static bool same_batch(const struct program *before, const struct batch *a,
		       const struct program *now, const struct batch *b)
{
	return a->zone == b->zone && a->grade == b->grade && a->size == b->size &&
	       a->n_members == b->n_members &&
	       memcmp(before->members + a->first_member, now->members + b->first_member,
		      a->n_members * sizeof *before->members) == 0;
}

/* The next batch of a grade, from i on. */
static size_t next_of_grade(const struct program *program, size_t i, int grade)
{
	while (i < program->n_batches && program->batches[i].grade != grade)
		i++;
	return i;
}

/* Pairs the batches of a grade in order; one that is another makes the grade a changed one. */
static void pair_batches(struct telling *telling, int grade)
{
	const struct program *before = telling->before, *now = telling->now;
	size_t a = next_of_grade(before, 0, grade), b = next_of_grade(now, 0, grade);

	while (a < before->n_batches && b < now->n_batches &&
	       same_batch(before, &before->batches[a], now, &now->batches[b])) {
		telling->batch[a] = b;
		a = next_of_grade(before, a + 1, grade);
		b = next_of_grade(now, b + 1, grade);
	}
	if (a < before->n_batches || b < now->n_batches)
		telling->grades[grade] = true;
}

static void tell(const struct telling *telling, const struct flows *from, struct flows *to)
{
	const struct district *before = telling->before->district;
	const struct district *now = telling->now->district;

	for (size_t i = 0; i < from->n; i++) {
		const struct offering *offering = &before->offerings[from->all[i].offering];
		const struct offering *same =
			district_offering(now, offering->school, offering->grade);

		flows_add(to, telling->batch[from->all[i].batch], (size_t)(same - now->offerings),
			  from->all[i].units);
	}
}

/* Whether the change opens a grade of the row's school whose pupils count in the row. */
static bool opens_under(const struct telling *telling, const struct side_row *row, int grade)
{
	return !district_offering(telling->before->district, row->school, grade) &&
	       solver_touches(telling->now, row, grade);
}

/* A stated row ties the grades that a change opens under it to those that it tied before: all of
 * them are solved again, together. */
static void tie_opened(struct telling *telling, struct solver *solver)
{
	for (size_t r = 0; r < solver->program->n_sides; r++) {
		const struct side_row *row = &solver->program->sides[r];
		bool opened = false;
		int first = 0;

		for (int g = FIRST_GRADE; g <= LAST_GRADE && solver->active[r]; g++)
			opened |= opens_under(telling, row, g);
		for (int g = FIRST_GRADE; g <= LAST_GRADE && opened; g++) {
			if (!solver_touches(telling->now, row, g))
				continue;
			first = first ? first : g;
			solver_join(solver, first, g);
			telling->grades[g] = true;
		}
	}
}

static void keep_outcome(const struct telling *telling, const struct outcome *from,
			 struct outcome *to)
{
	size_t n = telling->before->n_levels;

	tell(telling, &from->flows, &to->flows);
	memcpy(to->value, from->value, n * sizeof *to->value);
	memcpy(to->bound, from->bound, n * sizeof *to->bound);
	memcpy(to->engine, from->engine, n * sizeof *to->engine);
}

/* Blocks without a changed grade are solved; where only seats are others, the base's plan is one
 * to begin with in the rest. */
static void take_over(const struct solver *base, struct telling *telling, bool only_seats,
		      struct solver *solver)
{
	bool touched[LAST_GRADE + 1] = {false};

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		solver->root[g] = base->root[g];
	if (!only_seats)
		tie_opened(telling, solver);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		touched[solver->root[g]] |= telling->grades[g];
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		if (solver->root[g] != g)
			continue;
		solver->solved[g] = !touched[g];
		if (!touched[g])
			keep_outcome(telling, &base->outcomes[g], &solver->outcomes[g]);
		else if (only_seats)
			tell(telling, &base->outcomes[g].flows, &solver->outcomes[g].safe);
	}
}

/* Where rows are broken the bounds hold without them; the base's plan is there in any case. */
static void take_levels(const struct trial_base *base, const struct solver *solver,
			struct trial *trial)
{
	add_levels(solver, trial->value, trial->bound);
	if (!solver->relaxed)
		return;
	memcpy(trial->value, base->value, base->program->n_levels * sizeof *trial->value);
}

static void solve_changed(const struct trial_base *base, const struct program *changed,
			  const bool grades[], bool only_seats, struct trial *trial)
{
	struct telling telling = {base->program, changed, NULL, {false}};
	struct diags diags;
	struct solver *solver;

	telling.batch = memory_array(base->program->n_batches, sizeof *telling.batch);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		telling.grades[g] = grades[g];
		pair_batches(&telling, g);
	}
	diag_open(&diags, NULL);
	solver = solver_open(changed, base->solver->with_network, &diags);
	solver->trial = true;
	solver->effort = base->effort;
	state_rows(base->solver, solver);
	take_over(base->solver, &telling, only_seats, solver);
	if (stop_asked() || solver_until_kept(solver) || stop_asked())
		trial->failed = true;
	else
		take_levels(base, solver, trial);
	solver_close(solver);
	memory_free(telling.batch);
}

void trial_run(const struct trial_base *base, const struct change *changes, size_t n,
	       struct trial *trial)
{
	const struct program *program = base->program;
	struct district *views;
	struct program changed;
	struct arena arena;
	bool grades[LAST_GRADE + 1] = {false}, same = true;
	const struct district *last = program->district;

	*trial = (struct trial){.failed = false};
	trial->value = memory_array(program->n_levels, sizeof *trial->value);
	trial->bound = memory_array(program->n_levels, sizeof *trial->bound);
	arena_open(&arena);
	views = arena_array(&arena, n, sizeof *views);
	for (size_t i = 0; i < n; i++) {
		bool touched[LAST_GRADE + 1] = {false};

		same &= change_keeps_batches(last, &changes[i]);
		change_grades(last, &changes[i], touched);
		for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
			grades[g] |= touched[g];
		change_apply(&arena, last, &changes[i], &views[i]);
		last = &views[i];
	}
	if (same)
		program_with_seats(&arena, program, last, &changed);
	else
		program_make(&arena, last, program->distances, program->levels, &changed);
	solve_changed(base, &changed, grades, same, trial);
	arena_close(&arena);
}

void trial_close(struct trial *trial)
{
	memory_free(trial->value);
	memory_free(trial->bound);
}

/* --- gains ----------------------------------------------------------------------------------- */

static struct gain no_gain(const struct trial_base *base)
{
	return (struct gain){.level = base->program->n_levels, .exact = true, .has_last = true};
}

struct gain trial_gain(const struct trial_base *base, const struct trial *trial)
{
	size_t n = base->program->n_levels;
	struct gain gain = no_gain(base);

	gain.exact = !trial->failed;
	for (size_t k = 0; k < n && gain.exact && gain.level == n; k++) {
		bool proven = base->value[k] == base->bound[k] &&
			      trial->value[k] == trial->bound[k];

		if (!proven || base->value[k] != trial->value[k]) {
			gain.level = k;
			gain.exact = proven;
			gain.gain = base->value[k] - (proven ? trial->value[k] : trial->bound[k]);
		}
	}
	if (!gain.exact)
		gain.has_last = false;
	for (size_t k = 0; k < n && gain.has_last; k++)
		gain.has_last = base->value[k] == base->bound[k] &&
				trial->value[k] == trial->bound[k];
	if (gain.has_last)
		gain.last = base->value[n - 1] - trial->value[n - 1];
	return gain;
}
