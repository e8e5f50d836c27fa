#include "solver/engines/pure.h"

#include "solver/engines/confirm.h"
#include "solver/engines/pure_parts.h"
#include "solver/stop.h"

/* --- building -------------------------------------------------------------------------------- */

static bool single_pupils(const struct block *block)
{
	const struct program *program = block->program;

	for (size_t b = 0; b < program->n_batches; b++)
		if (block->grades[program->batches[b].grade] && program->batches[b].size > 1)
			return false;
	return true;
}

static void list_batches(struct pure *pure)
{
	const struct program *program = pure->program;

	pure->batches = memory_array(program->n_batches, sizeof *pure->batches);
	for (size_t b = 0; b < program->n_batches; b++)
		if (pure->block->grades[program->batches[b].grade])
			pure->batches[pure->n_batches++] = b;
}

static void list_stations(struct pure *pure)
{
	const struct program *program = pure->program;
	const struct district *district = program->district;

	pure->offerings = memory_array(district->n_offerings, sizeof *pure->offerings);
	pure->station_of = memory_array(district->n_offerings, sizeof *pure->station_of);
	for (size_t i = 0; i < district->n_offerings; i++) {
		pure->station_of[i] = NONE;
		if (!pure->block->grades[district->offerings[i].grade] ||
		    program->seats[i].spare == 0)
			continue;
		pure->station_of[i] = pure->n_stations;
		pure->offerings[pure->n_stations++] = i;
	}
}

void pure_state(struct pure *pure, const int64_t *units)
{
	pure->network = network_open(pure->n_batches, units, pure->n_stations + pure->n_gates);
	for (size_t s = 0; s < pure->n_stations; s++) {
		const struct seats *seats = &pure->program->seats[pure->offerings[s]];

		for (size_t i = 0; i < seats->n_tiers; i++)
			network_tier(pure->network, s, seats->tiers[i].width,
				     pure_group_tier(pure, s, i));
	}
	pure_state_gates(pure);
	for (size_t b = 0; b < pure->n_batches; b++)
		network_unplaced(pure->network, b, pure_group_unplaced(pure, b));
}

static void state_batches(struct pure *pure)
{
	int64_t *units = memory_array(pure->n_batches, sizeof *units);

	for (size_t b = 0; b < pure->n_batches; b++)
		units[b] = pure->program->batches[pure->batches[b]].units;
	pure_state(pure, units);
	memory_free(units);
}

struct pure *pure_open(const struct block *block)
{
	struct pure *pure;

	if (block->no_network || !single_pupils(block))
		return NULL;
	pure = memory_array(1, sizeof *pure);
	*pure = (struct pure){.block = block, .program = block->program, .scale = 1,
			      .counted = NONE};
	pure->weights = memory_array(block->program->n_levels, sizeof *pure->weights);
	pure->groups = memory_array(block->program->n_levels, sizeof *pure->groups);
	list_batches(pure);
	list_stations(pure);
	if (!pure_find_gates(pure) || !pure_weigh(pure) ||
	    (pure->n_gates > 0 && pure->n_groups > 1)) {
		pure_close(pure);
		return NULL;
	}
	state_batches(pure);
	if (pure->n_gates > 0 || !pure_start_coarse(pure))
		pure_add_nearest(pure);
	return pure;
}

void pure_free_prices(struct pure *pure)
{
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		memory_free(pure->prices[g].item);
		memory_free(pure->prices[g].node);
	}
}

void pure_close(struct pure *pure)
{
	if (pure->network)
		network_close(pure->network);
	for (size_t g = 0; g < pure->n_groups; g++) {
		memory_free(pure->groups[g].station_price);
		memory_free(pure->groups[g].batch_price);
	}
	pure_free_prices(pure);
	memory_free(pure->groups);
	memory_free(pure->weights);
	memory_free(pure->batches);
	memory_free(pure->offerings);
	memory_free(pure->station_of);
	pure_free_gates(pure);
	memory_free(pure);
}

/* --- solving --------------------------------------------------------------------------------- */

static enum pure_result solve_all_pairs(struct pure *pure)
{
	do
		if (network_solve(pure->network, stop_asked))
			return PURE_STOPPED;
	while (pure_price(pure) > 0);
	return PURE_DONE;
}

static int64_t lane_of(void *context, size_t batch, size_t station)
{
	int64_t cost;

	pure_lane_cost(context, batch, station, &cost); /* a lane that is there may be used */
	return cost;
}

static int64_t unplaced_of(void *context, size_t batch)
{
	return pure_group_unplaced(context, batch);
}

static int64_t tier_of(void *context, size_t station, size_t tier)
{
	return pure_group_tier(context, station, tier);
}

/* Keeps the optimum of the group, by its prices, and takes the costs of the next one. */
static void next_group(struct pure *pure)
{
	static const struct network_costs costs = {lane_of, unplaced_of, tier_of};
	struct level_group *group = &pure->groups[pure->group];

	group->station_price = memory_array(pure->n_stations, sizeof *group->station_price);
	group->batch_price = memory_array(pure->n_batches, sizeof *group->batch_price);
	for (size_t s = 0; s < pure->n_stations; s++)
		group->station_price[s] = network_station_price(pure->network, s);
	for (size_t b = 0; b < pure->n_batches; b++)
		group->batch_price[b] = network_batch_price(pure->network, b);
	network_keep_optimum(pure->network);
	pure->group++;
	network_recost(pure->network, &costs, pure);
}

enum pure_result pure_solve(struct pure *pure)
{
	enum pure_result result = solve_all_pairs(pure);

	while (result == PURE_DONE && pure->group + 1 < pure->n_groups) {
		next_group(pure);
		result = solve_all_pairs(pure);
	}
	return result;
}

int pure_confirm(const struct pure *pure, struct diags *diags)
{
	size_t n_levels = pure->program->n_levels, n = 0;
	int64_t *weights;
	int result;

	if (pure->n_groups > 1 || pure->n_gates > 0 ||
	    confirm_columns(pure->network) > CONFIRM_COLUMNS)
		return 2;
	weights = memory_array(n_levels, sizeof *weights);
	for (size_t k = 0; k < n_levels; k++)
		if (pure->weights[k])
			weights[n++] = pure->weights[k];
	result = confirm_basis(pure->network, weights, n, diags);
	memory_free(weights);
	return result;
}

/* --- results --------------------------------------------------------------------------------- */

size_t pure_groups(const struct pure *pure)
{
	return pure->n_groups;
}

const struct network *pure_network(const struct pure *pure)
{
	return pure->network;
}

size_t pure_batch(const struct pure *pure, size_t batch)
{
	return pure->batches[batch];
}

size_t pure_offering(const struct pure *pure, size_t station)
{
	return pure->offerings[station];
}

struct taking {
	const struct pure *pure;
	struct flows *flows;
};

static void take_flow(void *context, size_t batch, size_t station, int64_t units)
{
	const struct taking *taking = context;

	flows_add(taking->flows, taking->pure->batches[batch],
		  taking->pure->offerings[pure_behind(taking->pure, station)], units);
}

void pure_flows(struct pure *pure, struct flows *flows)
{
	struct taking taking = {pure, flows};

	flows_clear(flows);
	network_flows(pure->network, take_flow, &taking);
}

/* What envelopes take off a level's value at a station that is sent so many pupils, scaled. */
static int64_t envelope_gain(const struct pure *pure, size_t level, size_t station, int64_t left)
{
	const struct seats *seats = &pure->program->seats[pure->offerings[station]];
	int64_t gain = 0;

	for (size_t i = 0; i < seats->n_tiers && left > 0; i++) {
		int64_t here = left < seats->tiers[i].width ? left : seats->tiers[i].width;

		gain += here * (pure->scale * program_tier_cost(pure->program, level,
								&seats->tiers[i]) -
				pure_tier_cost(pure, level, station, i));
		left -= here;
	}
	return gain;
}

void pure_optimum(struct pure *pure, const struct flows *flows, double *optimum)
{
	const struct program *program = pure->program;
	int64_t *value = memory_array(program->n_levels, sizeof *value);
	int64_t *assigned = memory_array(program->district->n_offerings, sizeof *assigned);

	flows_value(pure->block, flows, value);
	for (size_t i = 0; i < flows->n; i++)
		assigned[flows->all[i].offering] += flows->all[i].units;
	for (size_t k = 0; k < program->n_levels; k++) {
		int64_t gain = 0;

		for (size_t s = 0; s < pure->n_stations; s++)
			gain += envelope_gain(pure, k, s, assigned[pure->offerings[s]]);
		optimum[k] = (double)value[k] - (double)gain / (double)pure->scale;
	}
	memory_free(value);
	memory_free(assigned);
}

void pure_seat_prices(const struct pure *pure, double *price)
{
	const struct level_group *last = &pure->groups[pure->n_groups - 1];
	int64_t above = INT64_MAX;

	for (size_t k = last->first; k + 1 < last->end; k++)
		if (pure->weights[k])
			above = pure->weights[k];
	for (size_t s = 0; s < pure->n_stations; s++)
		price[pure->offerings[s]] =
			(double)network_station_part(pure->network, s, above) /
			(double)pure->scale;
}
