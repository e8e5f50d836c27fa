/*
 * scripts/bench/engine.c - the network engine alone on every grade of a district: `DISTRICT`.
 *
 * Prints `pupils pivots groups cpu_seconds warm_ms peak_mb`: the seconds of stating and solving all
 * grades over all pairs, one after another, on one thread, with the tables already read; and with
 * WARM set the median milliseconds of a warm solve of grade 1 after one batch has a pupil more.
 */
#include "mincost.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "models/program.h"
#include "solver/engines/pure.h"

enum { WARM_SOLVES = 101 };

struct run {
	struct district district;
	struct distances distances;
	struct program program;
	bool *active;
	size_t pivots, groups;
	double seconds, warm_ms;
};

static int read_tables(struct run *run, const char *path, struct diags *diags)
{
	const struct level_scale *levels;
	if (district_read(&run->district, path, NULL, 0, diags))
		return -1;
	distances_make(&run->district.arena, &run->district, &run->distances);
	levels = level_scales_make(&run->district.arena, &run->district,
				   distances_longest(&run->distances), diags);
	if (!levels)
		return -1;
	program_make(&run->district.arena, &run->district, &run->distances, levels, &run->program);
	run->active = calloc(run->program.n_sides + 1, sizeof(*run->active));
	return run->active ? 0 : -1;
}

static int by_size(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return left < right ? -1 : left > right;
}

/* One pupil more in a batch, solved again, and back. */
static double warm_solves(struct pure *pure, size_t n_batches)
{
	struct network *network = (struct network *)pure_network(pure);
	double ms[WARM_SOLVES];
	for (size_t i = 0; i < WARM_SOLVES; i++) {
		size_t batch = i * 7919 % n_batches;
		int64_t units = network_batch_units(network, batch);
		double start = mincost_seconds();
		network_units(network, batch, units + 1);
		if (pure_solve(pure) != PURE_DONE)
			exit(1);
		ms[i] = (mincost_seconds() - start) * 1000;
		network_units(network, batch, units);
	}
	qsort(ms, WARM_SOLVES, sizeof(*ms), by_size);
	return ms[WARM_SOLVES / 2];
}

static void solve_grade(struct run *run, int grade)
{
	struct block block = {.program = &run->program, .active = run->active};
	size_t n_batches = 0;
	block.grades[grade] = true;
	for (size_t b = 0; b < run->program.n_batches; b++)
		n_batches += run->program.batches[b].grade == grade;
	double start = mincost_seconds();
	struct pure *pure = n_batches ? pure_open(&block) : NULL;
	if (!pure)
		return;
	if (pure_solve(pure) != PURE_DONE)
		exit(1);
	run->seconds += mincost_seconds() - start;
	run->pivots += network_pivots(pure_network(pure));
	run->groups = pure_groups(pure) > run->groups ? pure_groups(pure) : run->groups;
	if (grade == FIRST_GRADE && getenv("WARM") && *getenv("WARM"))
		run->warm_ms = warm_solves(pure, n_batches);
	pure_close(pure);
}

int main(int argc, char **argv)
{
	static struct run run;
	struct diags diags;
	struct rusage usage;
	if (argc != 2) {
		fprintf(stderr, "usage: %s DISTRICT\n", argv[0]);
		return 2;
	}
	diag_open(&diags, stderr);
	if (read_tables(&run, argv[1], &diags))
		return 1;
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		solve_grade(&run, g);
	getrusage(RUSAGE_SELF, &usage);
	printf("%lld %zu %zu %.4f %.3f %.1f\n", (long long)district_pupils(&run.district),
	       run.pivots, run.groups, run.seconds, run.warm_ms, (double)usage.ru_maxrss / 1024);
	free(run.active);
	district_close(&run.district);
	return 0;
}
