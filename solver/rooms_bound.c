#include "solver/rooms_bound.h"

#include <math.h>
#include <string.h>

#include "inputs/base/memory.h"
#include "solver/stop.h"

struct bounding {
	struct room_network *network;
	int steps;
	const int64_t *values;
	int64_t *bounds;
	bool *met;         /* n_levels: the relaxation attains the value itself */
	int64_t *loose;    /* n_levels: -1: kept in order; else the level's price */
	int64_t *weights, *reached;
};

/* Upwards to a whole number, at least 0. */
static int64_t whole(room_value parts, int64_t scale)
{
	return parts <= 0 ? 0 : (int64_t)((parts + scale - 1) / scale);
}

/* The bound of level k at the prices as they are. */
static void evaluate(struct bounding *bounding, size_t k)
{
	int64_t scale = room_network_scale(bounding->network), bound;
	room_value parts;

	if (stop_asked())
		return;
	room_network_order(bounding->network, k, bounding->loose, bounding->weights);
	room_network_weigh(bounding->network, bounding->weights);
	if (room_network_solve(bounding->network, true))
		return;
	room_network_values(bounding->network, bounding->reached);
	parts = room_network_bound(bounding->network);
	for (size_t j = 0; j < k; j++)
		parts -= (room_value)bounding->weights[j] * scale * bounding->values[j];
	bound = whole(parts, scale);
	if (bound > bounding->bounds[k])
		bounding->bounds[k] = bound;
	bounding->met[k] |= parts >= (room_value)scale * bounding->values[k];
}

/* Finds the price of level j under level k: the higher, the lower level j comes out. */
static void bisect(struct bounding *bounding, size_t k, size_t j)
{
	int64_t wanted = bounding->values[j] * room_network_scale(bounding->network);
	double low = 0, high;

	if (bounding->reached[j] <= wanted)
		return;
	bounding->loose[j] = -1;
	room_network_order(bounding->network, k, bounding->loose, bounding->weights);
	high = (double)bounding->weights[j];
	for (int step = 0; step < bounding->steps && high > 1 && !stop_asked(); step++) {
		double middle = low > 0 ? sqrt(low * high) : high / 64;

		bounding->loose[j] = middle < 1 ? 1 : (int64_t)middle;
		evaluate(bounding, k);
		if (bounding->reached[j] > wanted)
			low = middle;
		else
			high = middle;
	}
	bounding->loose[j] = (int64_t)high;
}

static void bound_level(struct bounding *bounding, size_t k)
{
	size_t first = k;

	bounding->loose[k] = -1;
	for (size_t j = k; j-- > 0;) {
		bounding->loose[j] = -1;
		if (bounding->met[j])
			continue;
		bounding->loose[j] = 0;
		first = j;
	}
	evaluate(bounding, k);
	if (first < k && bounding->steps > 0)
		bisect(bounding, k, first);
}

void rooms_bound(const struct program *program, const struct rooms *rooms, const int64_t *values,
		 int steps, int64_t *bounds)
{
	bool grades[LAST_GRADE + 1];
	struct bounding bounding = {.steps = steps, .values = values, .bounds = bounds};

	memset(grades, 1, sizeof grades);
	memset(bounds, 0, program->n_levels * sizeof *bounds);
	bounding.network = room_network_open(program, rooms, grades, NULL);
	bounding.met = memory_array(program->n_levels, sizeof *bounding.met);
	bounding.loose = memory_array(program->n_levels, sizeof *bounding.loose);
	bounding.weights = memory_array(program->n_levels, sizeof *bounding.weights);
	bounding.reached = memory_array(program->n_levels, sizeof *bounding.reached);
	for (size_t k = 0; k < program->n_levels; k++)
		bound_level(&bounding, k);
	room_network_close(bounding.network);
	memory_free(bounding.met);
	memory_free(bounding.loose);
	memory_free(bounding.weights);
	memory_free(bounding.reached);
}
