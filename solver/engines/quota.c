#include "solver/engines/quota.h"

#include <math.h>
#include <string.h>

#include "inputs/base/memory.h"
#include "inputs/base/parallel.h"
#include "solver/engines/block.h"
#include "solver/stop.h"

enum {
	GRADES = LAST_GRADE + 1,
	MOST_ROUNDS = 8,   /* until the plan keeps the shares, which depend on the plan */
	EFFORT = 500       /* of a grade's search: it is to be a plan, not a proof */
};

struct quota {
	const struct block *block;
	const struct program *program;
	bool *active;              /* n_sides: stated in the grades; all of a kind that binds */
	double *use;               /* n_sides x GRADES */
	int64_t *part;             /* n_sides x GRADES: of the limit */
	double *cut;               /* n_sides: what is left of a share's cap after it was broken */
	bool rows;                 /* whether grades are solved with rows */
	struct program programs[GRADES]; /* of each grade: its own limits */
	struct outcome outcomes[GRADES];
	struct diags diags[GRADES];
	FILE *out;                 /* of them */
};

/* --- parts ----------------------------------------------------------------------------------- */

int64_t quota_use(const struct program *program, const struct side_row *row, size_t batch)
{
	struct side_row count = *row;

	if (row->kind != SIDE_SHARE)
		return program_side_coefficient(program, row, batch);
	count.share = 0;
	count.whole = 1;
	return program_side_coefficient(program, &count, batch);
}

/* What the grades use of every row, and what each school takes. */
static void measure(struct quota *quota, int64_t *taken)
{
	const struct program *program = quota->program;

	memset(taken, 0, program->district->n_schools * sizeof *taken);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		for (size_t i = 0; i < quota->outcomes[g].flows.n; i++) {
			const struct flow *flow = &quota->outcomes[g].flows.all[i];
			size_t school = program->district->offerings[flow->offering].school;

			taken[school] += flow->units * program->batches[flow->batch].size;
			for (size_t r = program->sides_of_school[school];
			     r < program->sides_of_school[school + 1]; r++)
				quota->use[r * GRADES + (size_t)g] +=
					(double)(flow->units *
						 quota_use(program, &program->sides[r],
							   flow->batch));
		}
}

/* Divides a whole number in proportion to what the grades use, by largest remainder. */
static void divide(const double *use, int64_t limit, int64_t *part)
{
	double sum = 0, rest[GRADES];
	int64_t left = limit;

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		sum += use[g];
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		/* all where less than the limit is used: the others may grow */
		double share = sum > 0 ? use[g] * (double)limit / sum : 0;

		part[g] = (int64_t)floor(share + 1e-9);
		rest[g] = share - (double)part[g];
		left -= part[g];
	}
	while (left > 0 && sum > 0) {
		int most = FIRST_GRADE;

		for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
			if (rest[g] > rest[most])
				most = g;
		part[most]++;
		rest[most] = -1;
		left--;
	}
}

/* The most pupils of its group that a row of a share lets into a school that takes so many. */
static int64_t cap_of(const struct quota *quota, size_t row, int64_t taken)
{
	const struct side_row *side = &quota->program->sides[row];

	return (int64_t)floor((double)(taken * side->share / side->whole) * quota->cut[row]);
}

static void divide_all(struct quota *quota, const int64_t *taken)
{
	const struct program *program = quota->program;

	for (size_t r = 0; r < program->n_sides; r++) {
		const struct side_row *row = &program->sides[r];
		int64_t limit = row->kind == SIDE_SHARE ? cap_of(quota, r, taken[row->school])
							: row->limit;

		if (quota->active[r])
			divide(&quota->use[r * GRADES], limit, &quota->part[r * GRADES]);
	}
}

/* --- grades ---------------------------------------------------------------------------------- */

static void state_grade(struct quota *quota, int grade)
{
	struct program *program = &quota->programs[grade];

	for (size_t r = 0; r < program->n_sides; r++) {
		struct side_row *row = &program->sides[r];

		*row = quota->program->sides[r];
		row->limit = quota->part[r * GRADES + (size_t)grade];
		if (row->kind == SIDE_SHARE) {
			row->share = 0;
			row->whole = 1;
		}
	}
}

static void solve_grade(void *context, size_t i)
{
	struct quota *quota = context;
	int grade = FIRST_GRADE + (int)i;
	struct block block = {.program = &quota->programs[grade], .active = quota->active,
			      .effort = EFFORT, .only_plan = true,
			      .no_network = quota->block->no_network};
	bool *none = memory_array(quota->program->n_sides, sizeof *none);

	if (quota->block->grades[grade]) {
		block.grades[grade] = true;
		if (quota->rows)
			state_grade(quota, grade);
		else
			block.active = none;
		diag_open(&quota->diags[grade], quota->out);
		block_solve(&block, &quota->outcomes[grade], &quota->diags[grade]);
		quota->outcomes[grade].cut = false;
	}
	memory_free(none);
}

static bool solve_grades(struct quota *quota)
{
	bool fine = true;

	parallel_for(N_GRADES, solve_grade, quota);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		fine &= quota->diags[g].errors == 0;
	return fine;
}

static void gather(const struct quota *quota, struct flows *flows)
{
	flows_clear(flows);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		for (size_t i = 0; i < quota->outcomes[g].flows.n; i++)
			flows_add(flows, quota->outcomes[g].flows.all[i].batch,
				  quota->outcomes[g].flows.all[i].offering,
				  quota->outcomes[g].flows.all[i].units);
}

/* States what the plan breaks: rows that were not, and of shares a smaller part. */
static void tighten(struct quota *quota, const bool *broken)
{
	for (size_t r = 0; r < quota->program->n_sides; r++) {
		if (!broken[r])
			continue;
		if (quota->active[r])
			quota->cut[r] = quota->cut[r] < 0.5 ? 0 : quota->cut[r] * 0.95;
		quota->active[r] = true;
	}
}

/* --- the plan -------------------------------------------------------------------------------- */

static void open_quota(struct quota *quota, const struct block *block)
{
	const struct program *program = block->program;
	size_t n = program->n_sides;
	bool kinds[SIDE_SHARE + 1] = {false};

	*quota = (struct quota){.block = block, .program = program};
	quota->active = memory_array(n, sizeof *quota->active);
	for (size_t r = 0; r < n; r++)
		kinds[program->sides[r].kind] |= block->active[r];
	for (size_t r = 0; r < n; r++)
		quota->active[r] = kinds[program->sides[r].kind];
	quota->use = memory_array(n * GRADES, sizeof *quota->use);
	quota->part = memory_array(n * GRADES, sizeof *quota->part);
	quota->cut = memory_array(n, sizeof *quota->cut);
	for (size_t r = 0; r < n; r++)
		quota->cut[r] = 1;
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		quota->programs[g] = *program;
		quota->programs[g].sides = memory_array(n, sizeof *program->sides);
		outcome_open(&quota->outcomes[g], program);
		quota->outcomes[g].price =
			memory_array(program->district->n_offerings, sizeof(double));
	}
}

static void close_quota(struct quota *quota)
{
	memory_free(quota->active);
	memory_free(quota->use);
	memory_free(quota->part);
	memory_free(quota->cut);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		memory_free(quota->programs[g].sides);
		memory_free(quota->outcomes[g].price);
		outcome_close(&quota->outcomes[g]);
	}
}

/* What the grades would use if there were no rows. */
static bool use_freely(struct quota *quota, int64_t *taken)
{
	quota->rows = false;
	if (!solve_grades(quota))
		return false;
	measure(quota, taken);
	return true;
}

bool quota_plan(const struct block *block, const double *use, struct flows *flows,
		struct diags *diags)
{
	const struct program *program = block->program;
	int64_t *taken = memory_array(program->district->n_schools, sizeof *taken);
	bool *broken = memory_array(program->n_sides, sizeof *broken), kept = false;
	struct quota quota;
	bool fine;

	open_quota(&quota, block);
	quota.out = diags->out;
	fine = use_freely(&quota, taken);
	if (fine && use)
		memcpy(quota.use, use, program->n_sides * GRADES * sizeof *use);
	quota.rows = true;
	for (int round = 0; fine && !kept && round < MOST_ROUNDS && !stop_asked(); round++) {
		divide_all(&quota, taken);
		fine = solve_grades(&quota);
		gather(&quota, flows);
		kept = flows_broken(program, flows, broken) == 0;
		memset(quota.use, 0, use ? 0 : program->n_sides * GRADES * sizeof *quota.use);
		if (!use)
			measure(&quota, taken);
		tighten(&quota, broken);
	}
	close_quota(&quota);
	memory_free(taken);
	memory_free(broken);
	return kept;
}
