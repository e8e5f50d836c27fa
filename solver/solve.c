#include "solver/solve_parts.h"

#include <math.h>

#include "inputs/base/memory.h"
#include "inputs/base/parallel.h"
#include "solver/progress.h"
#include "solver/stop.h"

enum { FIRST_EFFORT = 2000, MORE_EFFORT = 8 };
enum { MOST_JOINED = 200 }; /* batches of which a trial joins grades that a row ties */

struct solver *solver_open(const struct program *program, bool with_network, struct diags *diags)
{
	struct solver *solver = memory_array(1, sizeof *solver);

	*solver = (struct solver){.program = program, .diags = diags,
				  .with_network = with_network, .effort = FIRST_EFFORT};
	pthread_mutex_init(&solver->lock, NULL);
	solver->active = memory_array(program->n_sides, sizeof *solver->active);
	solver->price = memory_array(program->district->n_offerings, sizeof *solver->price);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		solver->root[g] = g;
		outcome_open(&solver->outcomes[g], program);
		solver->outcomes[g].price = solver->price;
	}
	return solver;
}

void solver_close(struct solver *solver)
{
	if (!solver)
		return;
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		outcome_close(&solver->outcomes[g]);
	memory_free(solver->active);
	memory_free(solver->price);
	pthread_mutex_destroy(&solver->lock);
	memory_free(solver);
}

static struct block block_of(const struct solver *solver, int root)
{
	struct block block = {.program = solver->program, .active = solver->active,
			      .effort = solver->effort, .no_network = !solver->with_network,
			      .trial = solver->trial};

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		block.grades[g] = solver->root[g] == root;
	return block;
}

/* Adds what a block reported to the run's diagnostics. */
static void finish_block(struct solver *solver, int root, const struct diags *diags)
{
	pthread_mutex_lock(&solver->lock);
	solver->solved[root] = diags->errors == 0;
	solver->failed |= diags->errors > 0;
	solver->diags->errors += diags->errors;
	if (diags->status > solver->diags->status)
		solver->diags->status = diags->status;
	pthread_mutex_unlock(&solver->lock);
}

/* Blocks share nothing that they write. */
static void solve_block(void *context, size_t i)
{
	struct solver *solver = context;
	int root = FIRST_GRADE + (int)i;
	struct block block = block_of(solver, root);
	struct diags diags;

	if (solver->root[root] != root || solver->solved[root])
		return;
	if (!solver->trial)
		progress("solving grade", root);
	diag_open(&diags, solver->diags->out);
	block_solve(&block, &solver->outcomes[root], &diags);
	finish_block(solver, root, &diags);
}

/* Blocks that are cut are solved again, with more effort, once all others are done: a hard grade
 * does not keep the time from an easy one. Returns whether there are any. */
static bool take_up_cut(struct solver *solver)
{
	bool any = false;

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		if (solver->root[g] != g || !solver->outcomes[g].cut)
			continue;
		solver->solved[g] = false;
		any = true;
	}
	solver->effort *= MORE_EFFORT;
	return any;
}

/* One try at every block: of a trial one after the other, for trials run side by side. */
static int solve_blocks(struct solver *solver)
{
	do
		if (solver->trial)
			for (size_t i = 0; i < N_GRADES; i++)
				solve_block(solver, i);
		else
			parallel_for(N_GRADES, solve_block, solver);
	while (!solver->failed && !solver->trial && !stop_asked() && take_up_cut(solver));
	return solver->failed ? -1 : 0;
}

void solver_flows(const struct solver *solver, struct flows *all)
{
	flows_clear(all);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		if (solver->root[g] == g)
			flows_append(all, &solver->outcomes[g].flows);
}

void solver_join(struct solver *solver, int a, int b)
{
	int from = solver->root[b], to = solver->root[a];

	if (from != to) {
		flows_append(&solver->outcomes[to].safe, &solver->outcomes[from].safe);
		flows_clear(&solver->outcomes[from].safe);
	}
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		if (solver->root[g] == from)
			solver->root[g] = to;
	solver->solved[to] = solver->outcomes[to].cut = false; /* its plan may break the row */
}

bool solver_touches(const struct program *program, const struct side_row *row, int grade)
{
	if (!district_offering(program->district, row->school, grade))
		return false;
	for (size_t b = 0; b < program->n_batches; b++)
		if (program->batches[b].grade == grade &&
		    program_side_coefficient(program, row, b) != 0)
			return true;
	return false;
}

static void activate(struct solver *solver, size_t row)
{
	int first = 0;

	solver->active[row] = true;
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		if (!solver_touches(solver->program, &solver->program->sides[row], g))
			continue;
		first = first ? first : g;
		solver_join(solver, first, g);
	}
}

int solver_until_kept(struct solver *solver)
{
	bool *broken = memory_array(solver->program->n_sides, sizeof *broken);
	struct flows all = {0};
	int result;

	while ((result = solve_blocks(solver)) == 0) {
		solver_flows(solver, &all);
		if (flows_broken(solver->program, &all, broken) == 0)
			break;
		solver->relaxed = solver->trial && solver->program->n_batches > MOST_JOINED;
		if (solver->relaxed)
			break;
		for (size_t r = 0; r < solver->program->n_sides; r++)
			if (broken[r])
				activate(solver, r);
	}
	memory_free(broken);
	flows_free(&all);
	return result;
}

/* --- from flows to placements ---------------------------------------------------------------- */

/* Hands out a batch's flows to its cells: cells in order, offerings in order. */
struct handing {
	const struct program *program;
	int64_t *left;             /* of each cell */
	struct placement *placements;
	size_t n;
};

static void place(struct handing *handing, size_t cell, size_t school, int64_t pupils)
{
	handing->placements[handing->n++] = (struct placement){cell, school, pupils};
	handing->left[cell] -= pupils;
}

static void hand_out(struct handing *handing, const struct flow *flow)
{
	const struct program *program = handing->program;
	const struct batch *batch = &program->batches[flow->batch];
	size_t school = program->district->offerings[flow->offering].school;
	int64_t pupils = flow->units * batch->size;

	for (size_t i = 0; i < batch->n_members && pupils > 0; i++) {
		size_t cell = program->members[batch->first_member + i];
		int64_t here = handing->left[cell] < pupils ? handing->left[cell] : pupils;

		if (here == 0)
			continue;
		place(handing, cell, school, here);
		pupils -= here;
	}
}

static int compare_flows(const void *a, const void *b, void *context)
{
	const struct flow *first = a, *second = b;

	(void)context;
	if (first->batch != second->batch)
		return first->batch < second->batch ? -1 : 1;
	return first->offering < second->offering ? -1 : first->offering > second->offering;
}

static void make_placements(struct arena *arena, const struct solver *solver,
			    struct solution *solution)
{
	const struct program *program = solver->program;
	struct handing handing = {.program = program};
	struct flows all = {0};
	size_t n_cells = program->district->n_cells;

	solver_flows(solver, &all);
	memory_sort(all.all, all.n, sizeof *all.all, compare_flows, NULL);
	handing.left = memory_array(n_cells, sizeof *handing.left);
	handing.placements = arena_array(arena, all.n + n_cells, sizeof *handing.placements);
	for (size_t i = 0; i < n_cells; i++)
		handing.left[i] = program->district->cells[i].pupils;
	for (size_t i = 0; i < all.n; i++)
		hand_out(&handing, &all.all[i]);
	solution->placements = handing.placements;
	solution->n_placements = handing.n;
	memory_free(handing.left);
	flows_free(&all);
}

/* Whether every level of a grade's block was settled by the network engine. */
static bool by_network(const struct solver *solver, int grade)
{
	const struct outcome *outcome = &solver->outcomes[solver->root[grade]];

	for (size_t k = 0; k < solver->program->n_levels; k++)
		if (outcome->engine[k] != ENGINE_NETWORK)
			return false;
	return true;
}

static void make_levels(struct arena *arena, const struct solver *solver, struct solution *solution)
{
	const struct program *program = solver->program;
	struct level_result *levels = arena_array(arena, program->n_levels, sizeof *levels);

	solution->tied = false;
	for (size_t r = 0; r < program->n_sides; r++)
		solution->tied |= solver->active[r];
	solution->linear_only = true;
	for (size_t k = 0; k < program->n_levels; k++) {
		enum engine engine = ENGINE_NETWORK;

		levels[k].terms = program->levels[k].text;
		levels[k].digits = program->levels[k].digits;
		for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
			const struct outcome *outcome = &solver->outcomes[g];

			levels[k].seconds += outcome->seconds[k];
			if (solver->root[g] != g)
				continue;
			levels[k].value += outcome->value[k];
			levels[k].bound += outcome->bound[k];
			if (outcome->engine[k] > engine)
				engine = outcome->engine[k];
		}
		levels[k].engine = engine_name(engine);
		solution->linear_only &= engine != ENGINE_INTEGER;
	}
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		solution->network[g] = by_network(solver, g);
	solution->confirmed = true;
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		solution->confirmed &= solver->outcomes[solver->root[g]].confirmed;
	solution->levels = levels;
}

/* Thousandths of the last level's value per seat. */
static void make_prices(struct arena *arena, const struct solver *solver, struct solution *solution)
{
	const struct program *program = solver->program;
	size_t n = program->district->n_offerings;
	double unit = 1000 / pow(10, program->levels[program->n_levels - 1].digits);

	solution->seat_price = arena_array(arena, n, sizeof *solution->seat_price);
	for (size_t i = 0; i < n; i++)
		solution->seat_price[i] = llround(fmax(0, solver->price[i]) * unit);
}

int solver_run(struct solver *solver)
{
	int result = solver_until_kept(solver);

	progress_end();
	return result;
}

void solver_results(struct arena *arena, const struct solver *solver, struct solution *solution)
{
	make_placements(arena, solver, solution);
	make_levels(arena, solver, solution);
	make_prices(arena, solver, solution);
}

int solve(struct arena *arena, const struct program *program, bool with_network,
	  struct solution *solution, struct diags *diags)
{
	struct solver *solver = solver_open(program, with_network, diags);
	int result = solver_run(solver);

	if (result == 0)
		solver_results(arena, solver, solution);
	solver_close(solver);
	return result;
}
