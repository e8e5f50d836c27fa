#include "solver/engines/flow.h"

#include <string.h>

#include "inputs/base/memory.h"
#include "models/routes.h"

void flows_add(struct flows *flows, size_t batch, size_t offering, int64_t units)
{
	flows->all = memory_grow(flows->all, &flows->room, flows->n + 1, sizeof *flows->all);
	flows->all[flows->n++] = (struct flow){batch, offering, units};
}

void flows_clear(struct flows *flows)
{
	flows->n = 0;
}

void flows_append(struct flows *flows, const struct flows *more)
{
	for (size_t i = 0; i < more->n; i++)
		flows_add(flows, more->all[i].batch, more->all[i].offering, more->all[i].units);
}

void flows_free(struct flows *flows)
{
	memory_free(flows->all);
	*flows = (struct flows){0};
}

void outcome_open(struct outcome *outcome, const struct program *program)
{
	size_t n = program->n_levels;

	*outcome = (struct outcome){0};
	outcome->value = memory_array(n, sizeof *outcome->value);
	outcome->bound = memory_array(n, sizeof *outcome->bound);
	outcome->engine = memory_array(n, sizeof *outcome->engine);
	outcome->seconds = memory_array(n, sizeof *outcome->seconds);
}

void outcome_close(struct outcome *outcome)
{
	flows_free(&outcome->flows);
	flows_free(&outcome->safe);
	memory_free(outcome->value);
	memory_free(outcome->bound);
	memory_free(outcome->engine);
	memory_free(outcome->seconds);
}

const char *engine_name(enum engine engine)
{
	static const char *const names[] = {"none", "network", "linear", "integer"};

	return names[engine];
}

/* The arc of a flow: costs need its metres and far pupils. */
static struct arc arc_of(const struct program *program, const struct flow *flow)
{
	struct arc arc = {flow->offering, 0, 0};

	routes_find(program, flow->batch, flow->offering, &arc);
	return arc;
}

static void add_unplaced(const struct block *block, const int64_t *sent, int64_t *value)
{
	const struct program *program = block->program;

	for (size_t b = 0; b < program->n_batches; b++) {
		const struct batch *batch = &program->batches[b];

		for (size_t k = 0; k < program->n_levels && block->grades[batch->grade]; k++)
			value[k] += (batch->units - sent[b]) *
				    program_unplaced_cost(program, k, b);
	}
}

/* What `assigned` pupils add to a level at an offering, filling its tiers in order. */
static int64_t tiers_value(const struct program *program, size_t level, size_t offering,
			   int64_t assigned)
{
	const struct seats *seats = &program->seats[offering];
	int64_t value = 0;

	for (size_t i = 0; i < seats->n_tiers && assigned > 0; i++) {
		const struct tier *tier = &seats->tiers[i];
		int64_t here = assigned < tier->width ? assigned : tier->width;

		value += here * program_tier_cost(program, level, tier);
		assigned -= here;
	}
	return value;
}

static void add_offerings(const struct block *block, const int64_t *assigned, int64_t *value)
{
	const struct program *program = block->program;

	for (size_t k = 0; k < program->n_levels; k++)
		for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
			if (!block->grades[g])
				continue;
			value[k] += program_constant(program, k, g);
			for (size_t i = 0; i < program->n_offerings_of_grade[g]; i++) {
				size_t offering = program->offerings_of_grade[g][i];

				value[k] += tiers_value(program, k, offering, assigned[offering]);
			}
		}
}

void flows_value(const struct block *block, const struct flows *flows, int64_t *value)
{
	const struct program *program = block->program;
	int64_t *sent = memory_array(program->n_batches, sizeof *sent);
	int64_t *assigned = memory_array(program->district->n_offerings, sizeof *assigned);

	for (size_t k = 0; k < program->n_levels; k++)
		value[k] = 0;
	for (size_t i = 0; i < flows->n; i++) {
		const struct flow *flow = &flows->all[i];
		struct arc arc = arc_of(program, flow);

		sent[flow->batch] += flow->units;
		assigned[flow->offering] += flow->units * program->batches[flow->batch].size;
		for (size_t k = 0; k < program->n_levels; k++)
			value[k] += flow->units *
				    program_arc_cost(program, k, flow->batch, &arc);
	}
	add_unplaced(block, sent, value);
	add_offerings(block, assigned, value);
	memory_free(sent);
	memory_free(assigned);
}

void flows_side_sums(const struct program *program, const struct flows *flows, int64_t *sums)
{
	memset(sums, 0, program->n_sides * sizeof *sums);
	for (size_t i = 0; i < flows->n; i++) {
		const struct flow *flow = &flows->all[i];
		size_t school = program->district->offerings[flow->offering].school;

		for (size_t r = program->sides_of_school[school];
		     r < program->sides_of_school[school + 1]; r++)
			sums[r] += flow->units * program_side_coefficient(
							 program, &program->sides[r], flow->batch);
	}
}

size_t flows_broken(const struct program *program, const struct flows *flows, bool *broken)
{
	int64_t *sums = memory_array(program->n_sides, sizeof *sums);
	size_t n = 0;

	flows_side_sums(program, flows, sums);
	for (size_t r = 0; r < program->n_sides; r++) {
		broken[r] = sums[r] > program->sides[r].limit;
		n += broken[r];
	}
	memory_free(sums);
	return n;
}

int values_compare(const int64_t *a, const int64_t *b, size_t n_levels)
{
	for (size_t k = 0; k < n_levels; k++)
		if (a[k] != b[k])
			return a[k] < b[k] ? -1 : 1;
	return 0;
}

bool flows_keep_rows(const struct program *program, const struct flows *flows)
{
	bool *broken = memory_array(program->n_sides, sizeof *broken);
	bool keeps = flows_broken(program, flows, broken) == 0;

	memory_free(broken);
	return keeps;
}

bool outcome_take(const struct block *block, struct outcome *outcome, const struct flows *flows,
		  int64_t *value)
{
	size_t n = block->program->n_levels;

	flows_value(block, flows, value);
	if (values_compare(value, outcome->value, n) >= 0)
		return false;
	memcpy(outcome->value, value, n * sizeof *value);
	flows_clear(&outcome->flows);
	flows_append(&outcome->flows, flows);
	if (flows_keep_rows(block->program, flows)) {
		flows_clear(&outcome->safe);
		flows_append(&outcome->safe, flows);
	}
	return true;
}
