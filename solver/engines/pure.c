#include "solver/engines/pure.h"

#include <string.h>

#include "inputs/base/memory.h"
#include "models/tiers.h"
#include "models/routes.h"
#include "solver/engines/network.h"
#include "solver/stop.h"

enum {
	NEAREST = 10,      /* lanes a batch begins with */
	PER_ROUND = 6,     /* lanes a batch may gain in one round of pricing */
	MOST_SCALE = 10000 /* slopes of envelopes have a common denominator up to this */
};

#define COST_LIMIT (INT64_MAX / 8) /* a path of costs stays below it */

/* A block on its way into a network. */
struct pure {
	const struct block *block;
	const struct program *program;
	struct network *network;
	size_t n_batches, n_stations;
	size_t *batches;       /* of the network -> of the program */
	size_t *offerings;     /* of the network's stations -> of the district */
	size_t *station_of;    /* of an offering; NONE: not here */
	int64_t *weights;      /* n_levels; 0: the level costs nothing here */
	int64_t scale;         /* common denominator of all envelope slopes */
	struct arc *arcs;
	struct flows *flows;
};

/* --- costs ----------------------------------------------------------------------------------- */

static int64_t common_divisor(int64_t a, int64_t b)
{
	return b ? common_divisor(b, a % b) : a;
}

/* Classes x scale that one pupil in tier `tier` adds, by the envelope; -1 where it is not whole. */
static int64_t class_cost(const struct pure *pure, size_t offering, size_t tier, bool oversized)
{
	const struct seats *seats = &pure->program->seats[offering];
	struct envelope envelope =
		tiers_envelope(pure->program->district, offering, seats, oversized);
	int64_t before = 0, run = seats->spare - envelope.start;

	for (size_t i = 0; i < tier; i++)
		before += seats->tiers[i].width;
	if (envelope.rise == 0 || before < envelope.start)
		return 0;
	return envelope.rise * pure->scale % run ? -1 : envelope.rise * pure->scale / run;
}

static void widen_scale(struct pure *pure, size_t offering, bool oversized)
{
	const struct seats *seats = &pure->program->seats[offering];
	struct envelope envelope =
		tiers_envelope(pure->program->district, offering, seats, oversized);
	int64_t run = seats->spare - envelope.start, more;

	if (envelope.rise == 0)
		return;
	more = run / common_divisor(run, envelope.rise);
	more /= common_divisor(more, pure->scale);
	if (more <= MOST_SCALE / pure->scale)
		pure->scale *= more;
}

static int64_t tier_cost(const struct pure *pure, size_t level, size_t offering, size_t tier)
{
	const struct level_scale *scale = &pure->program->levels[level];
	const struct seats *seats = &pure->program->seats[offering];

	return scale->over_standard * seats->tiers[tier].over_standard * pure->scale +
	       scale->large_classes * class_cost(pure, offering, tier, false) +
	       scale->oversized_classes * class_cost(pure, offering, tier, true);
}

static bool slopes_whole(const struct pure *pure)
{
	for (size_t s = 0; s < pure->n_stations; s++)
		for (size_t i = 0; i < pure->program->seats[pure->offerings[s]].n_tiers; i++)
			if (class_cost(pure, pure->offerings[s], i, false) < 0 ||
			    class_cost(pure, pure->offerings[s], i, true) < 0)
				return false;
	return true;
}

/* The largest costs of a level: of an arc, and of a tier or of staying unplaced. */
static void largest_costs(const struct pure *pure, size_t level, int64_t *arc, int64_t *other)
{
	const struct program *program = pure->program;
	const struct level_scale *scale = &program->levels[level];
	int64_t longest = distances_longest(program->distances);

	*other = 0;
	*arc = (scale->per_metre * longest + scale->far) * pure->scale;
	for (size_t b = 0; b < pure->n_batches; b++) {
		int64_t cost = pure->scale *
			       program_unplaced_cost(program, level, pure->batches[b]);

		*other = cost > *other ? cost : *other;
	}
	for (size_t s = 0; s < pure->n_stations; s++)
		for (size_t i = 0; i < program->seats[pure->offerings[s]].n_tiers; i++) {
			int64_t cost = tier_cost(pure, level, pure->offerings[s], i);

			*other = cost > *other ? cost : *other;
		}
}

/*
 * Weights from the last level up: one unit of a level is more than all that a cycle can gain in
 * the levels behind it: n_stations + 1 arcs and two passages through the root. Each is a multiple
 * of the one behind, so that a cost falls apart into its levels again. False: beyond 64 bits.
 */
static bool weigh_levels(struct pure *pure)
{
	__extension__ typedef __int128 wide;
	wide behind = 0, path = 0, stations = (wide)pure->n_stations + 1, last = 1;

	for (size_t k = pure->program->n_levels; k-- > 0;) {
		int64_t arc, other;
		wide weight = (behind + last) / last * last;

		largest_costs(pure, k, &arc, &other);
		if (arc == 0 && other == 0)
			continue;
		behind += weight * (stations * arc + 2 * (wide)other);
		path += weight * (stations * arc + other);
		if (behind > COST_LIMIT || path > COST_LIMIT)
			return false;
		pure->weights[k] = (int64_t)weight;
		last = weight;
	}
	return true;
}

static int64_t arc_cost(const struct pure *pure, size_t batch, const struct arc *arc)
{
	int64_t cost = 0;

	for (size_t k = 0; k < pure->program->n_levels; k++)
		if (pure->weights[k])
			cost += pure->weights[k] * pure->scale *
				program_arc_cost(pure->program, k, batch, arc);
	return cost;
}

/* --- building -------------------------------------------------------------------------------- */

static void list_nodes(struct pure *pure)
{
	const struct program *program = pure->program;
	const struct block *block = pure->block;

	for (size_t b = 0; b < program->n_batches; b++)
		if (block->grades[program->batches[b].grade])
			pure->batches[pure->n_batches++] = b;
	for (size_t i = 0; i < program->district->n_offerings; i++) {
		pure->station_of[i] = NONE;
		if (!block->grades[program->district->offerings[i].grade] ||
		    program->seats[i].spare == 0)
			continue;
		pure->station_of[i] = pure->n_stations;
		pure->offerings[pure->n_stations++] = i;
		widen_scale(pure, i, false);
		widen_scale(pure, i, true);
	}
}

static void add_tiers(struct pure *pure, size_t station)
{
	size_t offering = pure->offerings[station];
	const struct seats *seats = &pure->program->seats[offering];

	for (size_t i = 0; i < seats->n_tiers; i++) {
		int64_t cost = 0;

		for (size_t k = 0; k < pure->program->n_levels; k++)
			cost += pure->weights[k] * tier_cost(pure, k, offering, i);
		network_tier(pure->network, station, seats->tiers[i].width, cost);
	}
}

static void add_batch(struct pure *pure, size_t b)
{
	int64_t cost = 0;

	for (size_t k = 0; k < pure->program->n_levels; k++)
		cost += pure->weights[k] * pure->scale *
			program_unplaced_cost(pure->program, k, pure->batches[b]);
	network_unplaced(pure->network, b, cost);
}

static void add_nearest(struct pure *pure, size_t b)
{
	size_t n = program_arcs(pure->program, pure->batches[b], pure->arcs);

	n = arcs_nearest(pure->arcs, n, NEAREST);
	for (size_t i = 0; i < n; i++)
		network_lane(pure->network, b, pure->station_of[pure->arcs[i].offering],
			     arc_cost(pure, pure->batches[b], &pure->arcs[i]));
}

static void build(struct pure *pure)
{
	int64_t *units = memory_array(pure->n_batches, sizeof *units);

	for (size_t b = 0; b < pure->n_batches; b++)
		units[b] = pure->program->batches[pure->batches[b]].units;
	pure->network = network_open(pure->n_batches, units, pure->n_stations);
	for (size_t s = 0; s < pure->n_stations; s++)
		add_tiers(pure, s);
	for (size_t b = 0; b < pure->n_batches; b++) {
		add_batch(pure, b);
		add_nearest(pure, b);
	}
	memory_free(units);
}

/* --- pricing all pairs ----------------------------------------------------------------------- */

struct found {
	int64_t gain, cost;
	size_t station;
};

static void keep_best(struct found *found, size_t *n, struct found one)
{
	size_t i = *n < PER_ROUND ? (*n)++ : PER_ROUND;

	for (; i > 0 && found[i - 1].gain > one.gain; i--)
		if (i < PER_ROUND)
			found[i] = found[i - 1];
	if (i < PER_ROUND)
		found[i] = one;
}

static size_t price_batch(struct pure *pure, size_t b)
{
	size_t n = program_arcs(pure->program, pure->batches[b], pure->arcs), n_found = 0;
	int64_t price = network_batch_price(pure->network, b);
	struct found found[PER_ROUND];

	for (size_t i = 0; i < n; i++) {
		size_t station = pure->station_of[pure->arcs[i].offering];
		int64_t cost = arc_cost(pure, pure->batches[b], &pure->arcs[i]);
		int64_t gain = cost + network_station_price(pure->network, station) - price;

		if (gain < 0)
			keep_best(found, &n_found, (struct found){gain, cost, station});
	}
	for (size_t i = 0; i < n_found; i++)
		network_lane(pure->network, b, found[i].station, found[i].cost);
	return n_found;
}

static enum pure_result solve_all_pairs(struct pure *pure)
{
	size_t added;

	do {
		added = 0;
		if (network_solve(pure->network, stop_asked))
			return PURE_STOPPED;
		for (size_t b = 0; b < pure->n_batches; b++)
			added += price_batch(pure, b);
	} while (added > 0);
	return PURE_DONE;
}

/* --- results --------------------------------------------------------------------------------- */

static void take_flow(void *context, size_t batch, size_t station, int64_t units)
{
	struct pure *pure = context;

	flows_add(pure->flows, pure->batches[batch], pure->offerings[station], units);
}

/* The value of a level where class counts are taken by their envelopes. */
static double envelope_value(const struct pure *pure, size_t level, const int64_t *value,
			     const int64_t *assigned)
{
	const struct program *program = pure->program;
	double sum = (double)value[level];

	for (size_t s = 0; s < pure->n_stations; s++) {
		const struct seats *seats = &program->seats[pure->offerings[s]];
		int64_t left = assigned[pure->offerings[s]];

		for (size_t i = 0; i < seats->n_tiers && left > 0; i++) {
			int64_t here = left < seats->tiers[i].width ? left : seats->tiers[i].width;
			int64_t cost = tier_cost(pure, level, pure->offerings[s], i);

			sum += (double)(here * cost) / (double)pure->scale;
			sum -= (double)(here *
					program_tier_cost(program, level, &seats->tiers[i]));
			left -= here;
		}
	}
	return sum;
}

static void take_results(struct pure *pure, double *optimum, double *price)
{
	const struct program *program = pure->program;
	int64_t *value = memory_array(program->n_levels, sizeof *value), above = 0;
	int64_t *assigned = memory_array(program->district->n_offerings, sizeof *assigned);

	flows_clear(pure->flows);
	network_flows(pure->network, take_flow, pure);
	flows_value(pure->block, pure->flows, value);
	for (size_t i = 0; i < pure->flows->n; i++)
		assigned[pure->flows->all[i].offering] += pure->flows->all[i].units;
	for (size_t k = 0; k < program->n_levels; k++) {
		optimum[k] = envelope_value(pure, k, value, assigned);
		if (k + 1 < program->n_levels && pure->weights[k])
			above = pure->weights[k];
	}
	for (size_t s = 0; s < pure->n_stations; s++)
		price[pure->offerings[s]] =
			(double)network_station_part(pure->network, s,
						     above ? above : INT64_MAX) /
			(double)pure->scale;
	memory_free(value);
	memory_free(assigned);
}

static bool is_network(const struct block *block)
{
	const struct program *program = block->program;

	for (size_t r = 0; r < program->n_sides; r++) {
		const struct school *school =
			&program->district->schools[program->sides[r].school];

		for (size_t i = 0; block->active[r] && i < school->n_offerings; i++)
			if (block->grades[program->district->offerings[school->first_offering + i]
						  .grade])
				return false;
	}
	for (size_t b = 0; b < program->n_batches; b++)
		if (block->grades[program->batches[b].grade] && program->batches[b].size > 1)
			return false;
	return true;
}

static void open_pure(struct pure *pure, const struct block *block, struct flows *flows)
{
	const struct program *program = block->program;
	size_t n = program->district->n_offerings;

	*pure = (struct pure){.block = block, .program = program, .scale = 1, .flows = flows};
	pure->batches = memory_array(program->n_batches, sizeof *pure->batches);
	pure->offerings = memory_array(n, sizeof *pure->offerings);
	pure->station_of = memory_array(n, sizeof *pure->station_of);
	pure->weights = memory_array(program->n_levels, sizeof *pure->weights);
	pure->arcs = memory_array(program->district->n_schools, sizeof *pure->arcs);
}

static void close_pure(struct pure *pure)
{
	if (pure->network)
		network_close(pure->network);
	memory_free(pure->batches);
	memory_free(pure->offerings);
	memory_free(pure->station_of);
	memory_free(pure->weights);
	memory_free(pure->arcs);
}

enum pure_result pure_solve(const struct block *block, struct flows *flows, double *optimum,
			    double *price)
{
	enum pure_result result = PURE_UNFIT;
	struct pure pure;

	if (block->no_network || !is_network(block))
		return PURE_UNFIT;
	open_pure(&pure, block, flows);
	list_nodes(&pure);
	if (slopes_whole(&pure) && weigh_levels(&pure)) {
		build(&pure);
		result = solve_all_pairs(&pure);
		take_results(&pure, optimum, price);
	}
	close_pure(&pure);
	return result;
}
