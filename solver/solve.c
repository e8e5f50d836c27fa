#include "solver/solve.h"

#include <math.h>
#include <pthread.h>

#include "inputs/base/memory.h"
#include "inputs/base/parallel.h"
#include "solver/engines/block.h"
#include "solver/progress.h"
#include "solver/stop.h"

enum { FIRST_EFFORT = 2000, MORE_EFFORT = 8 };

/* The blocks of a district; block i stands for the grades whose root is grade i. */
struct work {
	const struct program *program;
	struct diags *diags;
	bool *active;              /* n_sides */
	int root[LAST_GRADE + 1];
	bool solved[LAST_GRADE + 1];
	bool failed, with_network;
	size_t effort;             /* of a search: networks */
	pthread_mutex_t lock;      /* of what threads finish */
	struct outcome outcomes[LAST_GRADE + 1];
	double *price;             /* n_offerings, of all blocks */
};

static void open_work(struct work *work, const struct program *program, struct diags *diags)
{
	*work = (struct work){.program = program, .diags = diags};
	pthread_mutex_init(&work->lock, NULL);
	work->active = memory_array(program->n_sides, sizeof *work->active);
	work->price = memory_array(program->district->n_offerings, sizeof *work->price);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		work->root[g] = g;
		outcome_open(&work->outcomes[g], program);
		work->outcomes[g].price = work->price;
	}
}

static void close_work(struct work *work)
{
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		outcome_close(&work->outcomes[g]);
	memory_free(work->active);
	memory_free(work->price);
	pthread_mutex_destroy(&work->lock);
}

static struct block block_of(const struct work *work, int root)
{
	struct block block = {.program = work->program, .active = work->active,
			      .effort = work->effort, .no_network = !work->with_network};

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		block.grades[g] = work->root[g] == root;
	return block;
}

/* Adds what a block reported to the run's diagnostics. */
static void finish_block(struct work *work, int root, const struct diags *diags)
{
	pthread_mutex_lock(&work->lock);
	work->solved[root] = diags->errors == 0;
	work->failed |= diags->errors > 0;
	work->diags->errors += diags->errors;
	if (diags->status > work->diags->status)
		work->diags->status = diags->status;
	pthread_mutex_unlock(&work->lock);
}

/* Blocks share nothing that they write. */
static void solve_block(void *context, size_t i)
{
	struct work *work = context;
	int root = FIRST_GRADE + (int)i;
	struct block block = block_of(work, root);
	struct diags diags;

	if (work->root[root] != root || work->solved[root])
		return;
	progress("solving grade", root);
	diag_open(&diags, work->diags->out);
	block_solve(&block, &work->outcomes[root], &diags);
	finish_block(work, root, &diags);
}

/* Blocks that are cut are solved again, with more effort, once all others are done: a hard grade
 * does not keep the time from an easy one. Returns whether there are any. */
static bool take_up_cut(struct work *work)
{
	bool any = false;

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		if (work->root[g] != g || !work->outcomes[g].cut)
			continue;
		work->solved[g] = false;
		any = true;
	}
	work->effort *= MORE_EFFORT;
	return any;
}

static int solve_blocks(struct work *work)
{
	work->effort = FIRST_EFFORT;
	do
		parallel_for(N_GRADES, solve_block, work);
	while (!work->failed && !stop_asked() && take_up_cut(work));
	return work->failed ? -1 : 0;
}

static void all_flows(const struct work *work, struct flows *all)
{
	flows_clear(all);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		if (work->root[g] == g)
			flows_append(all, &work->outcomes[g].flows);
}

static void join(struct work *work, int a, int b)
{
	int from = work->root[b], to = work->root[a];

	if (from != to) {
		flows_append(&work->outcomes[to].safe, &work->outcomes[from].safe);
		flows_clear(&work->outcomes[from].safe);
	}
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		if (work->root[g] == from)
			work->root[g] = to;
	work->solved[to] = work->outcomes[to].cut = false; /* its plan may break the row */
}

/* Whether pupils of the grade may count in the row. */
static bool touches(const struct program *program, const struct side_row *row, int grade)
{
	if (!district_offering(program->district, row->school, grade))
		return false;
	for (size_t b = 0; b < program->n_batches; b++)
		if (program->batches[b].grade == grade &&
		    program_side_coefficient(program, row, b) != 0)
			return true;
	return false;
}

static void activate(struct work *work, size_t row)
{
	int first = 0;

	work->active[row] = true;
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		if (!touches(work->program, &work->program->sides[row], g))
			continue;
		first = first ? first : g;
		join(work, first, g);
	}
}

static int solve_until_kept(struct work *work)
{
	bool *broken = memory_array(work->program->n_sides, sizeof *broken);
	struct flows all = {0};
	int result;

	while ((result = solve_blocks(work)) == 0) {
		all_flows(work, &all);
		if (flows_broken(work->program, &all, broken) == 0)
			break;
		for (size_t r = 0; r < work->program->n_sides; r++)
			if (broken[r])
				activate(work, r);
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

static void make_placements(struct arena *arena, const struct work *work,
			    struct solution *solution)
{
	const struct program *program = work->program;
	struct handing handing = {.program = program};
	struct flows all = {0};
	size_t n_cells = program->district->n_cells;

	all_flows(work, &all);
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
static bool by_network(const struct work *work, int grade)
{
	const struct outcome *outcome = &work->outcomes[work->root[grade]];

	for (size_t k = 0; k < work->program->n_levels; k++)
		if (outcome->engine[k] != ENGINE_NETWORK)
			return false;
	return true;
}

static void make_levels(struct arena *arena, const struct work *work, struct solution *solution)
{
	const struct program *program = work->program;
	struct level_result *levels = arena_array(arena, program->n_levels, sizeof *levels);

	solution->tied = false;
	for (size_t r = 0; r < program->n_sides; r++)
		solution->tied |= work->active[r];
	solution->linear_only = true;
	for (size_t k = 0; k < program->n_levels; k++) {
		enum engine engine = ENGINE_NETWORK;

		levels[k].terms = program->levels[k].text;
		levels[k].digits = program->levels[k].digits;
		for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
			const struct outcome *outcome = &work->outcomes[g];

			levels[k].seconds += outcome->seconds[k];
			if (work->root[g] != g)
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
		solution->network[g] = by_network(work, g);
	solution->confirmed = true;
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		solution->confirmed &= work->outcomes[work->root[g]].confirmed;
	solution->levels = levels;
}

/* Thousandths of the last level's value per seat. */
static void make_prices(struct arena *arena, const struct work *work, struct solution *solution)
{
	const struct program *program = work->program;
	size_t n = program->district->n_offerings;
	double unit = 1000 / pow(10, program->levels[program->n_levels - 1].digits);

	solution->seat_price = arena_array(arena, n, sizeof *solution->seat_price);
	for (size_t i = 0; i < n; i++)
		solution->seat_price[i] = llround(fmax(0, work->price[i]) * unit);
}

int solve(struct arena *arena, const struct program *program, bool with_network,
	  struct solution *solution, struct diags *diags)
{
	struct work work;
	int result;

	open_work(&work, program, diags);
	work.with_network = with_network;
	result = solve_until_kept(&work);
	progress_end();
	if (result == 0) {
		make_placements(arena, &work, solution);
		make_levels(arena, &work, solution);
		make_prices(arena, &work, solution);
	}
	close_work(&work);
	return result;
}
