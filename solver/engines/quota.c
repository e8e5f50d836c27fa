#include "solver/engines/quota.h"

#include <math.h>
#include <string.h>

#include "inputs/base/memory.h"
#include "inputs/base/parallel.h"
#include "models/tiers.h"
#include "solver/engines/block.h"
#include "solver/stop.h"

enum {
	GRADES = LAST_GRADE + 1,
	MOST_ROUNDS = 12,  /* of dividing the rows, by what the grades came to */
	EFFORT = 500       /* of a grade's search: it is to be a plan, not a proof */
};

struct quota {
	const struct block *block;
	const struct program *program;
	bool *active;              /* n_sides: stated in the grades; but for shares, all of a
				      kind that binds */
	double *use;               /* n_sides x GRADES */
	int64_t *part;             /* n_sides x GRADES: of the limit */
	int64_t unplaced[SIDE_SHARE + 1][GRADES]; /* pupils whom a kind of row may keep out */
	int64_t *best;             /* n_levels: of the best plan */
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

/* Pupils left over, by the kinds of rows that may be why. */
static void measure_unplaced(struct quota *quota)
{
	const struct program *program = quota->program;
	int64_t *left = memory_array(program->n_batches, sizeof *left);

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		for (size_t i = 0; i < quota->outcomes[g].flows.n; i++)
			left[quota->outcomes[g].flows.all[i].batch] -=
				quota->outcomes[g].flows.all[i].units;
	memset(quota->unplaced, 0, sizeof quota->unplaced);
	for (size_t b = 0; b < program->n_batches; b++) {
		const struct batch *batch = &program->batches[b];
		int64_t units = left[b] + batch->units;

		quota->unplaced[SIDE_CAP][batch->grade] += units;
		if (batch->need == NEED_BOARDING)
			quota->unplaced[SIDE_BEDS][batch->grade] += units;
		if (batch->need == NEED_INCLUSION)
			quota->unplaced[SIDE_PLACES][batch->grade] += units;
		if (batch->counts_share)
			quota->unplaced[SIDE_SHARE][batch->grade] += units;
	}
	memory_free(left);
}

/* What the grades use of every row, and what each school takes. */
static void measure(struct quota *quota, int64_t *taken)
{
	const struct program *program = quota->program;

	measure_unplaced(quota);
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

/* Divides a whole number in proportion to what the grades use, or evenly where none does, by
 * largest remainder. */
static void divide(const double *use, int64_t limit, int64_t *part)
{
	double sum = 0, rest[GRADES];
	int64_t left = limit;

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		sum += use[g];
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		double share = sum > 0 ? use[g] * (double)limit / sum
				       : (double)limit / N_GRADES;

		part[g] = (int64_t)floor(share + 1e-9);
		rest[g] = share - (double)part[g];
		left -= part[g];
	}
	while (left > 0) {
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

/* Each grade keeps what it used of its part; what is left goes to those that used all, by how many
 * pupils of the row's kind they could not place, or evenly. */
static void share_out(const double *use, const int64_t *unplaced, int64_t limit, int64_t *part)
{
	int64_t wish[GRADES] = {0}, wishes = 0, left = limit;
	bool any = false;

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		any |= unplaced[g] > 0 && (double)part[g] <= use[g] + 0.5;
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		if ((double)part[g] <= use[g] + 0.5)
			wish[g] = any ? unplaced[g] : 1;
		wishes += wish[g];
		part[g] = (int64_t)(use[g] + 0.5);
		left -= part[g];
	}
	for (int g = FIRST_GRADE; g <= LAST_GRADE && wishes > 0; g++) {
		int64_t more = (left * wish[g] + wishes - 1) / wishes;

		part[g] += more;
		left -= more;
		wishes -= wish[g];
	}
	part[FIRST_GRADE] += left; /* nobody asks for it */
}

/* Whether what the grades use is within a limit. */
static bool fits(const double *use, int64_t limit)
{
	double sum = 0;

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		sum += use[g];
	return sum < (double)limit + 0.5;
}

static void divide_all(struct quota *quota, const int64_t *taken, bool first)
{
	const struct program *program = quota->program;

	for (size_t r = 0; r < program->n_sides; r++) {
		const struct side_row *row = &program->sides[r];
		int64_t limit = row->kind == SIDE_SHARE ? cap_of(quota, r, taken[row->school])
							: row->limit;

		if (quota->active[r] && (first || !fits(&quota->use[r * GRADES], limit)))
			divide(&quota->use[r * GRADES], limit, &quota->part[r * GRADES]);
		else if (quota->active[r])
			share_out(&quota->use[r * GRADES], quota->unplaced[row->kind], limit,
				  &quota->part[r * GRADES]);
	}
}

/* --- grades ---------------------------------------------------------------------------------- */

/* A school's part of its pupils in a grade is seats of the grade. */
static void cap_seats(struct quota *quota, int grade, const struct side_row *row)
{
	const struct district *district = quota->program->district;
	const struct offering *offering = district_offering(district, row->school, grade);
	size_t i;

	if (!offering)
		return;
	i = (size_t)(offering - district->offerings);
	if (row->limit < quota->program->seats[i].spare)
		tiers_make(district, i, row->limit, &quota->programs[grade].seats[i]);
	else
		quota->programs[grade].seats[i] = quota->program->seats[i];
}

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
		if (row->kind == SIDE_CAP && quota->active[r])
			cap_seats(quota, grade, row);
	}
}

static void solve_grade(void *context, size_t i)
{
	struct quota *quota = context;
	int grade = FIRST_GRADE + (int)i;
	struct block block = {.program = &quota->programs[grade], .active = quota->active,
			      .effort = EFFORT, .only_plan = true, .gates = quota->rows,
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
		flows_append(flows, &quota->outcomes[g].flows);
}

/* Takes what the grades came to, if it keeps all rows and is better; tells which rows it breaks. */
static bool take_plan(struct quota *quota, struct flows *best, bool *broken)
{
	size_t n = quota->program->n_levels;
	int64_t *value = memory_array(n, sizeof *value);
	struct flows flows = {0};
	bool better;

	gather(quota, &flows);
	flows_value(quota->block, &flows, value);
	better = flows_broken(quota->program, &flows, broken) == 0 &&
		 values_compare(value, quota->best, n) < 0;
	if (better) {
		memcpy(quota->best, value, n * sizeof *value);
		gather(quota, best);
	}
	flows_free(&flows);
	memory_free(value);
	return better;
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
	size_t n = program->n_sides, n_offerings = program->district->n_offerings;
	bool kinds[SIDE_SHARE + 1] = {false};

	*quota = (struct quota){.block = block, .program = program};
	quota->active = memory_array(n, sizeof *quota->active);
	for (size_t r = 0; r < n; r++)
		kinds[program->sides[r].kind] |= block->active[r];
	for (size_t r = 0; r < n; r++)
		quota->active[r] = block->active[r] || (program->sides[r].kind != SIDE_SHARE &&
							kinds[program->sides[r].kind]);
	quota->use = memory_array(n * GRADES, sizeof *quota->use);
	quota->part = memory_array(n * GRADES, sizeof *quota->part);
	quota->cut = memory_array(n, sizeof *quota->cut);
	quota->best = memory_array(program->n_levels, sizeof *quota->best);
	for (size_t k = 0; k < program->n_levels; k++)
		quota->best[k] = INT64_MAX;
	for (size_t r = 0; r < n; r++)
		quota->cut[r] = 1;
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		quota->programs[g] = *program;
		quota->programs[g].sides = memory_array(n, sizeof *program->sides);
		memcpy(quota->programs[g].sides, program->sides, n * sizeof *program->sides);
		quota->programs[g].seats = memory_array(n_offerings, sizeof *program->seats);
		memcpy(quota->programs[g].seats, program->seats,
		       n_offerings * sizeof *program->seats);
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
	memory_free(quota->best);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		memory_free(quota->programs[g].sides);
		memory_free(quota->programs[g].seats);
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

/* Bounds of the grades as they are now, in sum. */
static void sum_bounds(const struct quota *quota, int64_t *floor)
{
	for (size_t k = 0; k < quota->program->n_levels; k++) {
		floor[k] = 0;
		for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
			if (quota->block->grades[g])
				floor[k] += quota->outcomes[g].bound[k];
	}
}

/* What the grades use in a plan. */
static void use_as_in(struct quota *quota, const struct flows *plan, int64_t *taken)
{
	for (size_t i = 0; i < plan->n; i++) {
		const struct flow *flow = &plan->all[i];
		int grade = quota->program->batches[flow->batch].grade;

		flows_add(&quota->outcomes[grade].flows, flow->batch, flow->offering, flow->units);
	}
	measure(quota, taken);
}

bool quota_plan(const struct block *block, const double *use, const struct flows *plan,
		struct flows *flows, int64_t *floor, struct diags *diags)
{
	const struct program *program = block->program;
	int64_t *taken = memory_array(program->district->n_schools, sizeof *taken);
	bool *broken = memory_array(program->n_sides, sizeof *broken), found = false;
	struct quota quota;
	bool fine = true;

	open_quota(&quota, block);
	quota.out = diags->out;
	if (plan)
		use_as_in(&quota, plan, taken);
	else
		fine = use_freely(&quota, taken);
	if (floor)
		sum_bounds(&quota, floor);
	if (fine && use)
		memcpy(quota.use, use, program->n_sides * GRADES * sizeof *use);
	quota.rows = true;
	for (int round = 0; fine && round < MOST_ROUNDS && !stop_asked(); round++) {
		divide_all(&quota, taken, round == 0);
		fine = solve_grades(&quota);
		found |= take_plan(&quota, flows, broken);
		memset(quota.use, 0, program->n_sides * GRADES * sizeof *quota.use);
		measure(&quota, taken);
		tighten(&quota, broken);
	}
	close_quota(&quota);
	memory_free(taken);
	memory_free(broken);
	return found;
}
