#include "solver/engines/whole_parts.h"

#include <math.h>

#include "inputs/base/memory.h"
#include "inputs/base/parallel.h"
#include "models/routes.h"
#include "solver/progress.h"
#include "solver/stop.h"

enum {
	MOST_LUMPS = 1000000,
	MOST_WAYS = 4000000,
	FEWEST_WAYS = 16      /* of a lump, however many there are */
};

#define NO_LIMIT 86000.0       /* seconds left, of a day, that only a run without limit has */
#define MOST_WEIGHED 0x1p61   /* what no sum of weighed costs reaches */

/* SplitMix64 (Steele, Lea, Flood 2014). */
uint64_t chance_next(struct chance *chance)
{
	uint64_t z = chance->state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

size_t chance_below(struct chance *chance, size_t n)
{
	return (size_t)(((chance_next(chance) >> 32) * n) >> 32);
}

int64_t whole_near_enough(const struct whole *whole, int64_t value)
{
	double gap = (double)whole->program->district->settings.gap / (double)NANO;

	return value > 0 ? value - (int64_t)(gap * (double)value) : value;
}

void whole_show(const struct whole *whole, const struct outcome *outcome, size_t level)
{
	int grade = FIRST_GRADE;

	while (!whole->block->grades[grade])
		grade++;
	progress_level(grade, &whole->program->levels[level], outcome->value[level],
		       outcome->bound[level]);
}

/* --- stating it ------------------------------------------------------------------------------ */

static size_t count_lumps(const struct block *block)
{
	const struct program *program = block->program;
	size_t n = 0;

	for (size_t b = 0; b < program->n_batches; b++)
		if (block->grades[program->batches[b].grade])
			n += (size_t)program->batches[b].units;
	return n;
}

/* The active side rows of the station's school; stations come by school. */
static void add_rows(struct whole *whole, struct station *station)
{
	const struct program *program = whole->program;
	size_t school = program->district->offerings[station->offering].school;

	station->first_row = whole->n_rows;
	for (size_t i = 0; i < whole->n_rows; i++)
		if (program->sides[whole->rows[i].side].school == school) {
			station->first_row = i;
			station->n_rows = whole->n_rows - i;
			return;
		}
	for (size_t r = program->sides_of_school[school]; r < program->sides_of_school[school + 1];
	     r++)
		if (whole->block->active[r])
			whole->rows[whole->n_rows++] = (struct row){r, program->sides[r].limit};
	station->n_rows = whole->n_rows - station->first_row;
}

static void add_stations(struct whole *whole)
{
	const struct program *program = whole->program;
	const struct district *district = program->district;

	whole->stations = memory_array(district->n_offerings, sizeof *whole->stations);
	whole->station_of = memory_array(district->n_offerings, sizeof *whole->station_of);
	whole->rows = memory_array(program->n_sides, sizeof *whole->rows);
	for (size_t i = 0; i < district->n_offerings; i++) {
		struct station *station = &whole->stations[whole->n_stations];

		if (!whole->block->grades[district->offerings[i].grade])
			continue;
		whole->station_of[i] = whole->n_stations++;
		station->offering = i;
		station->spare = program->seats[i].spare;
		station->cost = memory_array((size_t)station->spare + 1, sizeof *station->cost);
		add_rows(whole, station);
	}
}

/* The ways of a batch: all, or the nearest ones where there are very many. */
static size_t list_ways(const struct program *program, size_t batch, size_t most, struct arc *arcs,
			bool *complete)
{
	struct routes routes;
	size_t n;

	if (most >= program->n_offerings_of_grade[program->batches[batch].grade])
		return program_arcs(program, batch, arcs);
	*complete = false;
	routes_open(program, batch, &routes);
	n = routes_nearest(&routes, arcs, most);
	routes_close(&routes);
	return n;
}

static int by_station(const void *a, const void *b, void *context)
{
	const struct way *first = a, *second = b;

	(void)context;
	return first->station < second->station ? -1 : first->station > second->station;
}

/* The lumps of one batch share their ways. */
static void add_batch(struct whole *whole, size_t b, size_t most, struct arc *arcs)
{
	const struct batch *batch = &whole->program->batches[b];
	size_t n = list_ways(whole->program, b, most, arcs, &whole->complete);
	size_t first = whole->n_ways;

	whole->ways = memory_grow(whole->ways, &whole->ways_room, first + n, sizeof *whole->ways);
	for (size_t i = 0; i < n; i++)
		whole->ways[whole->n_ways++] = (struct way){
			.station = (uint32_t)whole->station_of[arcs[i].offering], .arc = arcs[i]};
	memory_sort(&whole->ways[first], n, sizeof *whole->ways, by_station, NULL);
	for (int64_t i = 0; i < batch->units; i++) {
		struct lump *lump = &whole->lumps[whole->n_lumps++];

		*lump = (struct lump){
			.batch = b, .size = batch->size, .first_way = first, .n_ways = n};
		for (; lump->n_near < n && lump->n_near < NEAR; lump->n_near++)
			lump->near[lump->n_near] = (uint32_t)lump->n_near;
	}
}

static void add_lumps(struct whole *whole, size_t n)
{
	const struct program *program = whole->program;
	size_t most = MOST_WAYS / (n + 1) > FEWEST_WAYS ? MOST_WAYS / (n + 1) : FEWEST_WAYS;
	struct arc *arcs = memory_array(program->district->n_schools, sizeof *arcs);

	whole->lumps = memory_array(n, sizeof *whole->lumps);
	for (size_t b = 0; b < program->n_batches; b++)
		if (whole->block->grades[program->batches[b].grade])
			add_batch(whole, b, most, arcs);
	memory_free(arcs);
}

/* Seconds left where the block has had what is due to it: its part of all units, as many times as
 * blocks are solved at a time, so that blocks that come later find time as well. */
static double find_until(const struct block *block, size_t n)
{
	const struct program *program = block->program;
	double left = stop_seconds_left(), all = 0, share;

	for (size_t b = 0; b < program->n_batches; b++)
		all += (double)program->batches[b].units;
	share = (double)n / fmax(1, all) * parallel_threads();
	return left < NO_LIMIT && share < 1 ? left * (1 - share) : 0;
}

bool whole_over(const struct whole *whole)
{
	return stop_asked() || stop_seconds_left() < whole->until;
}

struct whole *whole_open(const struct block *block)
{
	size_t n = count_lumps(block);
	struct whole *whole;

	if (n > MOST_LUMPS)
		return NULL;
	whole = memory_array(1, sizeof *whole);
	*whole = (struct whole){.block = block, .program = block->program, .chance = {1},
				.until = find_until(block, n), .complete = true};
	add_stations(whole);
	add_lumps(whole, n);
	whole->weights = memory_array(whole->program->n_levels, sizeof *whole->weights);
	whole->trial_value = memory_array(whole->program->n_levels, sizeof *whole->trial_value);
	return whole;
}

void whole_close(struct whole *whole)
{
	if (!whole)
		return;
	for (size_t s = 0; s < whole->n_stations; s++)
		memory_free(whole->stations[s].cost);
	memory_free(whole->stations);
	memory_free(whole->station_of);
	memory_free(whole->rows);
	memory_free(whole->lumps);
	memory_free(whole->ways);
	memory_free(whole->weights);
	memory_free(whole->trial_value);
	flows_free(&whole->trial);
	memory_free(whole);
}

/* --- weights of the levels ------------------------------------------------------------------- */

/* What a station full to the brim costs at a level. */
static double full_cost(const struct whole *whole, size_t level, size_t station)
{
	const struct seats *seats = &whole->program->seats[whole->stations[station].offering];
	double cost = 0;

	for (size_t i = 0; i < seats->n_tiers; i++)
		cost += (double)seats->tiers[i].width *
			(double)program_tier_cost(whole->program, level, &seats->tiers[i]);
	return cost;
}

/* The most that a lump costs at a level. */
static double lump_cost(const struct whole *whole, size_t level, size_t lump)
{
	const struct lump *here = &whole->lumps[lump];
	double most = (double)program_unplaced_cost(whole->program, level, here->batch);

	for (size_t i = 0; i < here->n_ways; i++)
		most = fmax(most, (double)program_arc_cost(whole->program, level, here->batch,
							   &whole->ways[here->first_way + i].arc));
	return most;
}

/* At a level: what a swap can change it by, and what it can be in all. */
static void measure(const struct whole *whole, size_t level, double *step, double *sum)
{
	double lump = 0, station = 0;

	*sum = 0;
	for (size_t i = 0; i < whole->n_lumps; i++) {
		double here = lump_cost(whole, level, i);

		lump = fmax(lump, here);
		*sum += here;
	}
	for (size_t s = 0; s < whole->n_stations; s++) {
		double here = full_cost(whole, level, s);

		station = fmax(station, here);
		*sum += here;
	}
	*step = 2 * (lump + station);
}

/* Weights of the levels up to `last`; false where they do not fit. */
static bool weigh_until(struct whole *whole, size_t last, const double *step, const double *sum)
{
	double weight = 1, all = 0;

	for (size_t k = whole->program->n_levels; k-- > 0;) {
		if (k > last) {
			whole->weights[k] = 0;
			continue;
		}
		all += weight * sum[k];
		if (all > MOST_WEIGHED)
			return false;
		whole->weights[k] = (int64_t)weight;
		if (step[k] > 0)
			weight = floor(weight * (step[k] + 1));
	}
	return true;
}

static void weigh_ways(struct whole *whole)
{
	const struct program *program = whole->program;

	for (size_t i = 0; i < whole->n_lumps; i++) {
		struct lump *lump = &whole->lumps[i];

		lump->unplaced = 0;
		for (size_t k = 0; k < program->n_levels; k++)
			lump->unplaced += whole->weights[k] *
					  program_unplaced_cost(program, k, lump->batch);
		for (size_t j = 0; j < lump->n_ways; j++) {
			struct way *way = &whole->ways[lump->first_way + j];

			way->cost = 0;
			for (size_t k = 0; k < program->n_levels; k++)
				way->cost += whole->weights[k] *
					     program_arc_cost(program, k, lump->batch, &way->arc);
		}
	}
}

static void weigh_station(struct whole *whole, struct station *station)
{
	const struct seats *seats = &whole->program->seats[station->offering];
	int64_t load = 0;

	for (size_t i = 0; i < seats->n_tiers; i++) {
		int64_t each = 0;

		for (size_t k = 0; k < whole->program->n_levels; k++)
			each += whole->weights[k] *
				program_tier_cost(whole->program, k, &seats->tiers[i]);
		for (int64_t j = 0; j < seats->tiers[i].width; j++, load++)
			station->cost[load + 1] = station->cost[load] + each;
	}
}

void whole_weigh(struct whole *whole, size_t level)
{
	size_t n = whole->program->n_levels, last = n - 1;
	double *step = memory_array(n, sizeof *step), *sum = memory_array(n, sizeof *sum);

	for (size_t k = 0; k < n; k++)
		measure(whole, k, &step[k], &sum[k]);
	while (!weigh_until(whole, last, step, sum) && last > level)
		last--;
	memory_free(step);
	memory_free(sum);
	weigh_ways(whole);
	for (size_t s = 0; s < whole->n_stations; s++)
		weigh_station(whole, &whole->stations[s]);
}

/* --- asking it ------------------------------------------------------------------------------- */

uint32_t whole_way_to(const struct whole *whole, size_t lump, size_t station)
{
	const struct way *ways = &whole->ways[whole->lumps[lump].first_way];
	size_t low = 0, high = whole->lumps[lump].n_ways;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (ways[middle].station < station)
			low = middle + 1;
		else
			high = middle;
	}
	return low < whole->lumps[lump].n_ways && ways[low].station == station ? (uint32_t)low
										 : NO_WAY;
}

size_t whole_station(const struct whole *whole, const struct layout *layout, size_t lump)
{
	uint32_t way = layout->way[lump];

	return way == NO_WAY ? SIZE_MAX
			     : whole->ways[whole->lumps[lump].first_way + way].station;
}

int64_t whole_way_cost(const struct whole *whole, size_t lump, uint32_t way)
{
	const struct lump *here = &whole->lumps[lump];

	return way == NO_WAY ? here->unplaced : whole->ways[here->first_way + way].cost;
}

int64_t whole_load_cost(const struct whole *whole, size_t station, int64_t load)
{
	const struct station *here = &whole->stations[station];

	if (load <= here->spare)
		return here->cost[load];
	return here->cost[here->spare] + whole->overload * (load - here->spare);
}
