/* solver/engines/counted_network.c - the network of the count: stations, hub, decisions. */
#include <string.h>

#include "solver/engines/counted_parts.h"
#include "solver/stop.h"

enum { LANE_REACH = 3 };

/* --- an offering's tiers --------------------------------------------------------------------- */

static bool counts(const struct count_term *term, const struct tier *tier)
{
	return term->oversized ? tier->oversized : tier->large;
}

/* Whether a plan may use the tier at all. */
static bool allowed(const struct count_term *term, const struct tier *tiers, size_t tier)
{
	for (size_t i = 0; i <= tier; i++)
		if (term->none_oversized && tiers[i].oversized)
			return false;
	return true;
}

/* Splits an offering's seats into those before the count and the rest; false: the rest does not
 * cost the same all over. */
static bool measure(struct counted *counted, size_t s)
{
	const struct seats *seats = &counted->pure.program->seats[counted->pure.offerings[s]];
	struct counted_station *here = &counted->stations[s];
	size_t first = 0;

	while (first < seats->n_tiers && !counts(&counted->term, &seats->tiers[first]))
		first++;
	for (size_t i = 0; i < seats->n_tiers; i++) {
		const struct tier *tier = &seats->tiers[i];

		if (!allowed(&counted->term, seats->tiers, i))
			break;
		here->cost = pure_group_tier(&counted->pure, s, i);
		if (i < first) {
			here->base += tier->width;
			here->n_base++;
			continue;
		}
		if (tier->over_standard != seats->tiers[first].over_standard)
			return false;
		here->width += tier->width;
		here->rise += counts(&counted->term, tier) ? tier->width : 0;
	}
	if (here->width > here->rise * counted->term.per_class)
		here->slack = here->width - here->rise * counted->term.per_class;
	return true;
}

/* --- building -------------------------------------------------------------------------------- */

static size_t hub_of(const struct counted *counted)
{
	return counted->pure.n_stations;
}

static size_t share_of(const struct counted *counted, size_t station)
{
	return counted->pure.n_batches + station;
}

static size_t waste_of(const struct counted *counted, size_t station)
{
	return counted->pure.n_batches + counted->pure.n_stations + station;
}

static void list_part(struct counted *counted, const struct counted_part *part)
{
	struct pure *pure = &counted->pure;
	size_t n_offerings = pure->program->district->n_offerings;

	pure->n_batches = part->n_batches;
	pure->n_stations = part->n_offerings;
	pure->batches = memory_array(part->n_batches, sizeof *pure->batches);
	pure->offerings = memory_array(part->n_offerings, sizeof *pure->offerings);
	pure->station_of = memory_array(n_offerings, sizeof *pure->station_of);
	memcpy(pure->batches, part->batches, part->n_batches * sizeof *pure->batches);
	memcpy(pure->offerings, part->offerings, part->n_offerings * sizeof *pure->offerings);
	for (size_t i = 0; i < n_offerings; i++)
		pure->station_of[i] = NONE;
	for (size_t s = 0; s < part->n_offerings; s++)
		pure->station_of[part->offerings[s]] = s;
}

static void state_station(struct counted *counted, size_t s)
{
	struct network *network = counted->pure.network;
	const struct counted_station *here = &counted->stations[s];
	const struct seats *seats = &counted->pure.program->seats[counted->pure.offerings[s]];
	size_t hub = hub_of(counted);

	for (size_t i = 0; i < here->n_base; i++)
		network_tier(network, s, seats->tiers[i].width,
			     pure_group_tier(&counted->pure, s, i));
	network_tier(network, s, here->slack, here->cost);
	network_tier(network, s, here->width - here->slack, counted->missing + here->cost);
	network_overflow(network, s, hub, 0, here->cost);
	network_overflow(network, s, hub, here->width - here->slack, here->cost);
	network_lane(network, share_of(counted, s), hub, 0);
	network_lane(network, waste_of(counted, s), hub, 0);
	network_unplaced(network, waste_of(counted, s), counted->missing);
}

/* The hub takes what it may, and any number at a cost. */
static void state_hub(struct counted *counted)
{
	int64_t all = 1;

	for (size_t s = 0; s < counted->pure.n_stations; s++)
		all += counted->stations[s].width + counted->term.per_class *
							    counted->stations[s].rise;
	network_tier(counted->pure.network, hub_of(counted), 0, 0);
	network_tier(counted->pure.network, hub_of(counted), 2 * all,
		     counted->pure.weights[counted->term.level]);
}

static void state_network(struct counted *counted)
{
	struct pure *pure = &counted->pure;
	size_t n = pure->n_batches + 2 * pure->n_stations;
	int64_t *units = memory_array(n, sizeof *units);

	for (size_t b = 0; b < pure->n_batches; b++)
		units[b] = pure->program->batches[pure->batches[b]].units;
	for (size_t s = 0; s < pure->n_stations; s++)
		units[share_of(counted, s)] =
			counted->stations[s].rise * counted->term.per_class;
	pure->network = network_open(n, units, pure->n_stations + 1);
	for (size_t b = 0; b < pure->n_batches; b++)
		network_unplaced(pure->network, b, pure_group_unplaced(pure, b));
	for (size_t s = 0; s < pure->n_stations; s++)
		state_station(counted, s);
	state_hub(counted);
	memory_free(units);
}

static void list_unplaced(struct counted *counted)
{
	const struct pure *pure = &counted->pure;
	size_t n = pure->program->n_levels;

	counted->unplaced = memory_array(pure->n_batches * n, sizeof *counted->unplaced);
	for (size_t b = 0; b < pure->n_batches; b++)
		for (size_t k = 0; k < n; k++)
			counted->unplaced[b * n + k] =
				program_unplaced_cost(pure->program, k, pure->batches[b]);
}

bool counted_open(struct counted *counted, const struct block *block,
		  const struct count_term *term, const struct counted_part *part,
		  struct pure *priced)
{
	size_t n = block->program->n_levels;
	struct pure *pure = &counted->pure;

	*counted = (struct counted){.pure = {.block = block, .program = block->program,
					     .scale = 1, .counted = term->level},
				    .term = *term, .most_classes = -1};
	pure->weights = memory_array(n, sizeof *pure->weights);
	pure->groups = memory_array(n, sizeof *pure->groups);
	counted->value = memory_array(n, sizeof *counted->value);
	counted->kept = memory_array(n, sizeof *counted->kept);
	counted->best.value = memory_array(n, sizeof *counted->best.value);
	list_part(counted, part);
	counted->left = memory_array(pure->n_batches, sizeof *counted->left);
	counted->stations = memory_array(pure->n_stations, sizeof *counted->stations);
	counted->station_mark = memory_array(pure->n_stations, sizeof(int64_t));
	counted->batch_mark = memory_array(pure->n_batches, sizeof(int64_t));
	counted->reach = -1;
	if (!pure_weigh(pure) || pure->n_groups > 1 || pure->behind > NETWORK_MOST_COST / 8)
		return false;
	counted->missing = pure->behind;
	for (size_t s = 0; s < pure->n_stations; s++)
		if (!measure(counted, s))
			return false;
	list_unplaced(counted);
	state_network(counted);
	pure_add_cheapest(pure, priced);
	return true;
}

void counted_close(struct counted *counted)
{
	struct pure *pure = &counted->pure;

	if (pure->network)
		network_close(pure->network);
	pure_free_prices(pure);
	memory_free(pure->weights);
	memory_free(pure->groups);
	memory_free(pure->batches);
	memory_free(pure->offerings);
	memory_free(pure->station_of);
	memory_free(counted->stations);
	memory_free(counted->unplaced);
	memory_free(counted->value);
	memory_free(counted->kept);
	memory_free(counted->left);
	memory_free(counted->station_mark);
	memory_free(counted->batch_mark);
	memory_free(counted->best.value);
	flows_free(&counted->best.flows);
}

/* --- decisions ------------------------------------------------------------------------------- */

/* The costs of the seats of width, by what is decided: to the root, to the hub. */
static void reprice(struct counted *counted, size_t s)
{
	const struct counted_station *here = &counted->stations[s];
	struct network *network = counted->pure.network;
	int64_t fine = here->cost, never = counted->missing + here->cost;
	bool shut = here->state == COUNTED_SHUT, opened = here->state == COUNTED_OPENED;

	network_tier_cost(network, s, here->n_base, shut ? never : fine);
	network_tier_cost(network, s, here->n_base + 1, opened ? fine : never);
	network_overflow_cost(network, s, 0, opened ? never : fine);
	network_overflow_cost(network, s, 1, opened || shut ? never : fine);
	network_unplaced(network, share_of(counted, s), opened ? counted->missing : 0);
}

void counted_decide(struct counted *counted, size_t station, enum counted_state state)
{
	if (counted->stations[station].state == state)
		return;
	counted->stations[station].state = state;
	reprice(counted, station);
}

void counted_bound(struct counted *counted, size_t station, int64_t least, int64_t most)
{
	struct counted_station *here = &counted->stations[station];
	struct network *network = counted->pure.network;
	int64_t over = here->width - here->slack, part = most < over ? most : over;

	if (here->least == least && here->most == most)
		return;
	here->least = least;
	here->most = most;
	network_overflow_width(network, station, 0, part);
	network_overflow_width(network, station, 1, over - part);
	network_units(network, waste_of(counted, station),
		      least * (counted->term.per_class - 1));
}

void counted_limit(struct counted *counted, int64_t classes, int64_t wasted)
{
	int64_t each = counted->term.per_class - 1;
	size_t hub = hub_of(counted);

	counted->most_classes = classes;
	network_tier_width(counted->pure.network, hub, 0,
			   classes < 0 ? 0 : classes * counted->term.per_class);
	network_tier_cost(counted->pure.network, hub, 1,
			  classes < 0 ? counted->pure.weights[counted->term.level]
				      : counted->missing);
	for (size_t s = 0; s < counted->pure.n_stations; s++) {
		const struct counted_station *here = &counted->stations[s];
		int64_t most = each > 0 ? wasted / each : here->rise;

		if (most >= here->rise)
			most = here->rise > 0 ? here->rise - 1 : 0;
		counted_bound(counted, s, 0, most);
	}
}

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

/* Whether the units of a share, or of a waste, must be at the hub. */
static bool required(const struct counted *counted, size_t batch)
{
	size_t s = batch - counted->pure.n_batches, n = counted->pure.n_stations;

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
	counted->stations[station].load += units;
	add_lane(counted, network_cost_of_lane(counted->pure.network, batch, station), units);
}

/* What the load of a station costs, counted classes apart; and what may not be there. */
static void measure_station(struct counted *counted, size_t s)
{
	const struct counted_station *here = &counted->stations[s];
	const struct network *network = counted->pure.network;
	const struct seats *seats = &counted->pure.program->seats[counted->pure.offerings[s]];
	int64_t left = here->load;
	bool shut = here->state == COUNTED_SHUT, opened = here->state == COUNTED_OPENED;

	for (size_t i = 0; i < seats->n_tiers && left > 0; i++) {
		int64_t units = left < seats->tiers[i].width ? left : seats->tiers[i].width;

		for (size_t k = 0; k < counted->pure.program->n_levels; k++)
			if (seats->tiers[i].over_standard)
				counted->value[k] +=
					units * counted->pure.program->levels[k].over_standard;
		left -= units;
	}
	if (!opened)
		counted->lacking += network_tier_units(network, s, here->n_base + 1);
	if (shut)
		counted->lacking += network_tier_units(network, s, here->n_base) +
				    network_overflow_units(network, s, 1);
	counted->excess +=
		network_overflow_units(network, s, 0) + network_overflow_units(network, s, 1);
	counted->classes += counted_classes(here);
}

static void measure_solution(struct counted *counted)
{
	struct pure *pure = &counted->pure;
	size_t n = pure->program->n_levels;

	memset(counted->value, 0, n * sizeof *counted->value);
	counted->classes = counted->excess = 0;
	counted->lacking = required_units(counted);
	for (size_t b = 0; b < pure->n_batches; b++)
		counted->left[b] = network_batch_units(pure->network, b);
	for (size_t s = 0; s < pure->n_stations; s++)
		counted->stations[s].load = 0;
	network_flows(pure->network, measure_flow, counted);
	for (size_t b = 0; b < pure->n_batches; b++)
		for (size_t k = 0; k < n && counted->left[b] > 0; k++)
			counted->value[k] += counted->left[b] * counted->unplaced[b * n + k];
	for (size_t s = 0; s < pure->n_stations; s++)
		measure_station(counted, s);
	if (counted->most_classes >= 0)
		counted->lacking += network_tier_units(pure->network, hub_of(counted), 1);
	counted->value[counted->term.level] = 0;
}

static void add_lane_within(void *context, size_t batch, size_t station, int64_t cost)
{
	struct counted *counted = context;

	network_lane(counted->pure.network, batch, station, cost);
}

void counted_mark(struct counted *counted)
{
	struct pure *pure = &counted->pure;
	int64_t share = network_station_price(pure->network, hub_of(counted));

	counted->reach = LANE_REACH * share + pure->weights[pure->program->n_levels - 1] * 2000;
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
			  counted->pure.offerings[station], units);
}

bool counted_breaks(const struct counted *counted)
{
	for (size_t k = 0; k < counted->term.level; k++)
		if (counted->value[k] > counted->kept[k])
			return true;
	return counted->lacking > 0;
}

bool counted_take(struct counted *counted)
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
	network_flows(counted->pure.network, take_flow, counted);
	return true;
}
