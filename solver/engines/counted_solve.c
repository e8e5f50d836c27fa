/* solver/engines/counted_solve.c - minimising the network of the count, and what comes of it. */
#include <string.h>

#include "solver/engines/counted_parts.h"
#include "solver/stop.h"

/* Pairs become lanes whose reduced costs are up to so many times a hub's seat, and two kilometres
 * or so more. */
enum { REACH_SEATS = 3, REACH_METRES = 2000 };

/* --- solving --------------------------------------------------------------------------------- */

/* Adds what units of a lane cost at each level. */
static void add_lane(struct counted *counted, int64_t cost, int64_t units)
{
	const int64_t *weights = counted->pure.weights;

	for (size_t k = 0; k < counted->pure.program->n_levels; k++) {
		if (!weights[k])
			continue;
		counted->value[k] += cost / weights[k] * units;
		cost %= weights[k];
	}
}

/* Whether the units of a share, or of a waste, must be at the hub; those of a filler need not. */
static bool required(const struct counted *counted, size_t batch)
{
	size_t s = batch - counted->pure.n_batches, n = counted->pure.n_stations;

	if (s >= 2 * n)
		return false;
	return s >= n || counted->stations[s].state == COUNTED_OPENED;
}

/* Units that the hub must take. */
static int64_t required_units(const struct counted *counted)
{
	size_t first = counted->pure.n_batches, n = 2 * counted->pure.n_stations;
	int64_t units = 0;

	for (size_t b = first; b < first + n; b++)
		if (required(counted, b))
			units += network_batch_units(counted->pure.network, b);
	return units;
}

static void measure_flow(void *context, size_t batch, size_t station, int64_t units)
{
	struct counted *counted = context;

	if (batch >= counted->pure.n_batches) {
		counted->lacking -= required(counted, batch) ? units : 0;
		return;
	}
	counted->left[batch] -= units;
	counted->stations[pure_behind(&counted->pure, station)].load += units;
	add_lane(counted, network_cost_of_lane(counted->pure.network, batch, station), units);
}

/* What the load of a station costs, its classes counted apart. */
static void measure_load(struct counted *counted, size_t s)
{
	const struct counted_station *here = &counted->stations[s];
	const struct seats *seats = &counted->pure.program->seats[counted->pure.offerings[s]];
	int64_t left = here->load;

	for (size_t i = 0; i < seats->n_tiers && left > 0; i++) {
		int64_t units = left < seats->tiers[i].width ? left : seats->tiers[i].width;

		for (size_t k = 0; k < counted->pure.program->n_levels; k++)
			if (seats->tiers[i].over_standard)
				counted->value[k] +=
					units * counted->pure.program->levels[k].over_standard;
		left -= units;
	}
	counted->classes += counted_classes(here);
}

/* What the hub takes of a station, and what may not be there. */
static void measure_outlets(struct counted *counted, size_t s)
{
	const struct counted_station *here = &counted->stations[s];
	const struct network *network = counted->pure.network;
	bool shut = here->state == COUNTED_SHUT, opened = here->state == COUNTED_OPENED;

	if (!opened)
		counted->lacking += network_tier_units(network, s, here->n_base + 1);
	if (shut)
		counted->lacking += network_tier_units(network, s, here->n_base) +
				    network_overflow_units(network, s, 1);
	counted->excess +=
		network_overflow_units(network, s, 0) + network_overflow_units(network, s, 1);
}

static void measure_cluster(struct counted *counted, struct counted_cluster *cluster, size_t hub)
{
	int64_t each = counted->term.per_class;

	cluster->taken = network_overflow_total(counted->pure.network, hub);
	if (cluster->taken > cluster->most * each)
		counted->lacking += cluster->taken - cluster->most * each;
	if (cluster->taken < cluster->least * each)
		counted->lacking += cluster->least * each - cluster->taken;
	counted->lacking += network_tier_units(counted->pure.network, hub, 0);
}

static void start_measuring(struct counted *counted)
{
	struct pure *pure = &counted->pure;

	memset(counted->value, 0, pure->program->n_levels * sizeof *counted->value);
	counted->classes = counted->excess = counted->lacking = 0;
	for (size_t b = 0; b < pure->n_batches; b++)
		counted->left[b] = network_batch_units(pure->network, b);
	for (size_t s = 0; s < pure->n_stations; s++)
		counted->stations[s].load = 0;
}

static void finish_measuring(struct counted *counted)
{
	struct pure *pure = &counted->pure;
	size_t n = pure->program->n_levels;

	for (size_t b = 0; b < pure->n_batches; b++)
		for (size_t k = 0; k < n && counted->left[b] > 0; k++)
			counted->value[k] += counted->left[b] * counted->unplaced[b * n + k];
	for (size_t s = 0; s < pure->n_stations; s++)
		measure_load(counted, s);
	counted->value[counted->term.level] = 0;
}

static void measure_solution(struct counted *counted)
{
	start_measuring(counted);
	counted->lacking = required_units(counted);
	network_flows(counted->pure.network, measure_flow, counted);
	finish_measuring(counted);
	for (size_t s = 0; s < counted->pure.n_stations; s++)
		measure_outlets(counted, s);
	for (size_t c = 0; c < counted->n_clusters; c++)
		measure_cluster(counted, &counted->clusters[c], hub_of_cluster(counted, c));
	if (counted->most_classes >= 0)
		counted->lacking +=
			network_tier_units(counted->pure.network, hub_of(counted), 1);
}

/* --- pairs ----------------------------------------------------------------------------------- */

static void add_lane_within(void *context, size_t batch, size_t station, int64_t cost)
{
	struct counted *counted = context;

	network_lane(counted->pure.network, batch, station, cost);
}

void counted_mark(struct counted *counted)
{
	struct pure *pure = &counted->pure;
	int64_t seat = network_station_price(pure->network, hub_of(counted));
	int64_t last = pure->weights[pure->program->n_levels - 1];

	if (pure->n_gates > 0)
		return; /* gates have prices of their own */
	counted->reach = REACH_SEATS * seat + REACH_METRES * last;
	pure_pairs_within(pure, counted->reach, add_lane_within, counted);
	for (size_t s = 0; s < pure->n_stations; s++)
		counted->station_mark[s] = network_station_price(pure->network, s);
	for (size_t b = 0; b < pure->n_batches; b++)
		counted->batch_mark[b] = network_batch_price(pure->network, b);
}

/* Whether no pair can have become cheap since the mark: a pair's reduced cost falls by no more than
 * its batch's price has risen and its station's fallen. */
static bool within_reach(const struct counted *counted)
{
	const struct network *network = counted->pure.network;
	int64_t risen = INT64_MIN, fallen = INT64_MIN;

	if (counted->reach < 0)
		return false;
	for (size_t b = 0; b < counted->pure.n_batches; b++) {
		int64_t more = network_batch_price(network, b) - counted->batch_mark[b];

		risen = more > risen ? more : risen;
	}
	for (size_t s = 0; s < counted->pure.n_stations; s++) {
		int64_t less = counted->station_mark[s] - network_station_price(network, s);

		fallen = less > fallen ? less : fallen;
	}
	return risen <= counted->reach && fallen <= counted->reach - risen;
}

bool counted_minimise(struct counted *counted)
{
	counted->solved++;
	do
		if (network_solve(counted->pure.network, stop_asked))
			return false;
	while (!within_reach(counted) && pure_price(&counted->pure) > 0);
	measure_solution(counted);
	return true;
}

int64_t counted_classes(const struct counted_station *station)
{
	int64_t beyond = station->load - station->base;

	if (beyond <= 0)
		return 0;
	return beyond < station->rise ? beyond : station->rise;
}

int64_t counted_waste(const struct counted *counted, const struct counted_station *station)
{
	int64_t taken = station->load - station->base - station->slack;

	return counted_classes(station) * counted->term.per_class - (taken > 0 ? taken : 0);
}

int counted_compare(const struct counted *counted, const int64_t *value)
{
	if (counted->lacking > 0)
		return 1;
	return values_compare(counted->value, value, counted->pure.program->n_levels);
}

static void take_flow(void *context, size_t batch, size_t station, int64_t units)
{
	struct counted *counted = context;

	if (batch < counted->pure.n_batches)
		flows_add(&counted->best.flows, counted->pure.batches[batch],
			  counted->pure.offerings[pure_behind(&counted->pure, station)], units);
}

bool counted_breaks(const struct counted *counted)
{
	for (size_t k = 0; k < counted->term.level; k++)
		if (counted->value[k] > counted->kept[k])
			return true;
	return counted->lacking > 0;
}

/* Makes what was measured last the best plan, without its flows yet; false: it is not better. */
static bool take_values(struct counted *counted)
{
	struct counted_plan *best = &counted->best;

	if (counted_breaks(counted) || counted->classes > counted->most_classes ||
	    (best->found && counted_compare(counted, best->value) >= 0))
		return false;
	best->found = true;
	best->classes = counted->classes;
	memcpy(best->value, counted->value,
	       counted->pure.program->n_levels * sizeof *best->value);
	flows_clear(&best->flows);
	return true;
}

bool counted_take(struct counted *counted)
{
	if (!take_values(counted))
		return false;
	network_flows(counted->pure.network, take_flow, counted);
	return true;
}

/* The part's own number of a batch of the program, or NONE. */
static size_t batch_here(const struct counted *counted, size_t batch)
{
	const size_t *batches = counted->pure.batches;
	size_t low = 0, high = counted->pure.n_batches;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (batches[middle] < batch)
			low = middle + 1;
		else
			high = middle;
	}
	return low < counted->pure.n_batches && batches[low] == batch ? low : NONE;
}

void counted_adopt(struct counted *counted, const struct flows *flows)
{
	start_measuring(counted);
	for (size_t i = 0; i < flows->n; i++) {
		const struct flow *flow = &flows->all[i];
		size_t b = batch_here(counted, flow->batch);
		size_t s = counted->pure.station_of[flow->offering];
		int64_t cost;

		if (b == NONE || s == NONE)
			continue;
		counted->left[b] -= flow->units;
		counted->stations[s].load += flow->units;
		pure_lane_cost(&counted->pure, b, s, &cost);
		add_lane(counted, cost, flow->units);
	}
	finish_measuring(counted);
	if (!take_values(counted))
		return;
	for (size_t i = 0; i < flows->n; i++)
		if (batch_here(counted, flows->all[i].batch) != NONE)
			flows_add(&counted->best.flows, flows->all[i].batch,
				  flows->all[i].offering, flows->all[i].units);
}
