#include "solver/rooms_network.h"

#include <string.h>

#include "solver/rooms_parts.h"
#include "solver/stop.h"

/* --- seats ----------------------------------------------------------------------------------- */

static const struct settings *settings_of(const struct room_network *network)
{
	return &network->program->district->settings;
}

/* From how many pupils on a class counts at an edge. */
static int64_t least_of(const struct room_network *network, enum edge edge)
{
	return edge == EDGE_LARGE ? settings_of(network)->class_large
				  : settings_of(network)->class_oversized;
}

int64_t room_edge(const struct room_network *network, const struct room_seats *seats,
		  enum edge edge)
{
	if (edge == EDGE_STANDARD)
		return seats->standard;
	return (least_of(network, edge) - 1) * seats->sections;
}

/* Pupils per class from the edge to class_size.max, over which the envelope rises by one class;
 * 0: no class can count. */
static int64_t run_of(const struct room_network *network, enum edge edge)
{
	int64_t run = settings_of(network)->class_max - least_of(network, edge) + 1;

	return run > 0 ? run : 0;
}

int64_t room_edge_cost(const struct room_network *network, size_t level, enum edge edge)
{
	const struct level_scale *scale = &network->program->levels[level];
	int64_t run;

	if (edge == EDGE_STANDARD)
		return scale->over_standard * network->scale;
	run = run_of(network, edge);
	if (run == 0)
		return 0;
	return (edge == EDGE_LARGE ? scale->large_classes : scale->oversized_classes) *
	       (network->scale / run);
}

static int64_t clip(int64_t load, const struct room_seats *seats)
{
	if (load < seats->stay)
		return seats->stay;
	return load > seats->most ? seats->most : load;
}

int64_t room_tier_width(const struct room_network *network, const struct shape *shape, size_t tier)
{
	const struct room_seats *seats = &shape->seats;
	int64_t from = seats->stay, to = seats->most;

	if (tier > 0)
		from = clip(room_edge(network, seats, shape->order[tier - 1]), seats);
	if (tier < N_EDGES)
		to = clip(room_edge(network, seats, shape->order[tier]), seats);
	return to - from;
}

int64_t room_tier_cost(const struct room_network *network, const struct shape *shape, size_t tier)
{
	int64_t cost = 0;

	for (size_t k = 0; k < network->program->n_levels; k++)
		for (size_t i = 0; i < tier && network->weights[k]; i++)
			cost += network->weights[k] *
				room_edge_cost(network, k, shape->order[i]);
	return cost;
}

/* Orders the edges by what they are of one class. */
static void order_edges(const struct room_network *network, struct shape *shape,
			const struct room_seats *sample)
{
	for (int edge = 0; edge < N_EDGES; edge++) {
		int at = edge;

		for (; at > 0 && room_edge(network, sample, shape->order[at - 1]) >
					 room_edge(network, sample, (enum edge)edge); at--)
			shape->order[at] = shape->order[at - 1];
		shape->order[at] = (enum edge)edge;
	}
}

static int64_t cap_spare(const struct room_network *network, const struct capacities *capacities,
			 size_t school)
{
	int64_t spare = capacities->schools[school].spare;
	int64_t pupils = district_pupils(network->program->district);

	return spare < pupils ? spare : pupils;
}

/* Pupils at the most: class_size.max in every section, or the school's cap; with those who stay
 * beyond that, nobody more. */
static void set_most(const struct room_network *network, struct shape *shape)
{
	struct room_seats *seats = &shape->seats;
	int64_t room = settings_of(network)->class_max * seats->sections - seats->stay;

	if (room > shape->spare)
		room = shape->spare;
	seats->most = seats->stay + (room > 0 ? room : 0);
}

static void set_sections(const struct room_network *network, struct shape *shape, size_t offering,
			 int64_t sections)
{
	shape->seats.sections = sections;
	shape->seats.standard =
		sections * network->program->district->offerings[offering].class_size;
	set_most(network, shape);
}

static void shape_offering(const struct room_network *network, size_t i, int64_t sections,
			   struct shape *shape)
{
	const struct offering *offering = &network->program->district->offerings[i];
	struct room_seats sample = {0, 1, offering->class_size, 0};

	shape->single = true;
	shape->school = offering->school;
	shape->seats.stay = offering->enrolled;
	set_sections(network, shape, i, sections);
	order_edges(network, shape, &sample);
}

/* The most standard seats that a division gives: rooms beyond the least go where classes are
 * largest. */
static int64_t most_standard(const struct rooms *rooms, const struct room_school *here)
{
	const struct district *district = rooms->district;
	const struct school *school = &district->schools[here->school];
	size_t end = school->first_offering + school->n_offerings;
	int64_t left = here->total, seats = 0, below = INT64_MAX;

	for (size_t i = school->first_offering; i < end; i++) {
		left -= rooms->least[i];
		seats += rooms->least[i] * district->offerings[i].class_size;
	}
	while (left > 0) { /* the sizes that there are, from the largest down */
		int64_t size = 0, more = 0;

		for (size_t i = school->first_offering; i < end; i++) {
			int64_t one = district->offerings[i].class_size;

			if (one < below && one > size)
				size = one;
		}
		for (size_t i = school->first_offering; i < end; i++)
			if (district->offerings[i].class_size == size)
				more += rooms->most[i] - rooms->least[i];
		seats += size * (more < left ? more : left);
		left -= more;
		below = size;
	}
	return seats;
}

static void shape_school(const struct room_network *network, const struct room_school *here,
			 struct shape *shape)
{
	shape->school = here->school;
	shape->seats = (struct room_seats){
		network->program->district->schools[here->school].enrolled, here->total,
		most_standard(network->rooms, here), 0};
	set_most(network, shape);
	order_edges(network, shape, &shape->seats);
}

/* --- building -------------------------------------------------------------------------------- */

static void list_batches(struct room_network *network)
{
	const struct program *program = network->program;

	network->batches = memory_array(program->n_batches, sizeof *network->batches);
	for (size_t b = 0; b < program->n_batches; b++)
		if (network->grades[program->batches[b].grade])
			network->batches[network->n_batches++] = b;
	network->routes = memory_array(network->n_batches, sizeof *network->routes);
	for (size_t b = 0; b < network->n_batches; b++)
		routes_open(program, network->batches[b], &network->routes[b]);
}

/* Stations of the schools that divide their rooms; the other offerings are left NONE. */
static void list_schools(struct room_network *network, const struct capacities *capacities)
{
	const struct rooms *rooms = network->rooms;

	for (size_t r = 0; r < rooms->n_schools; r++) {
		const struct room_school *here = &rooms->schools[r];
		const struct school *school = &network->program->district->schools[here->school];

		if (!here->decided)
			continue;
		network->shapes[network->n_stations].spare =
			cap_spare(network, capacities, here->school);
		shape_school(network, here, &network->shapes[network->n_stations]);
		for (size_t i = 0; i < school->n_offerings; i++)
			network->station_of[school->first_offering + i] = network->n_stations;
		network->n_stations++;
	}
}

static void list_offerings(struct room_network *network, const struct capacities *capacities,
			   const int64_t *sections)
{
	const struct district *district = network->program->district;

	for (size_t i = 0; i < district->n_offerings; i++) {
		const struct offering *offering = &district->offerings[i];

		if (!network->grades[offering->grade] || network->station_of[i] != NONE)
			continue;
		network->shapes[network->n_stations].spare =
			cap_spare(network, capacities, offering->school);
		shape_offering(network, i, sections ? sections[i] : offering->sections,
			       &network->shapes[network->n_stations]);
		network->station_of[i] = network->n_stations++;
	}
}

static void list_stations(struct room_network *network, const int64_t *sections)
{
	const struct district *district = network->program->district;
	struct arena arena;
	struct capacities capacities;

	arena_open(&arena);
	capacities_make(&arena, district, &capacities);
	network->shapes = memory_array(district->n_offerings, sizeof *network->shapes);
	network->station_of = memory_array(district->n_offerings, sizeof *network->station_of);
	for (size_t i = 0; i < district->n_offerings; i++)
		network->station_of[i] = NONE;
	if (!sections)
		list_schools(network, &capacities);
	list_offerings(network, &capacities, sections);
	arena_close(&arena);
}

/* Every slope of an envelope is whole in these parts. */
static void set_scale(struct room_network *network)
{
	int64_t large = run_of(network, EDGE_LARGE), oversized = run_of(network, EDGE_OVERSIZED);
	int64_t a = large ? large : 1, b = oversized ? oversized : 1;

	network->scale = a;
	while (b) {
		int64_t rest = a % b;

		a = b;
		b = rest;
	}
	network->scale = network->scale / a * (oversized ? oversized : 1);
}

static void state(struct room_network *network)
{
	int64_t *units = memory_array(network->n_batches, sizeof *units);

	for (size_t b = 0; b < network->n_batches; b++) {
		const struct batch *batch = &network->program->batches[network->batches[b]];

		units[b] = batch->units * batch->size;
	}
	network->network = network_open(network->n_batches, units, network->n_stations);
	for (size_t s = 0; s < network->n_stations; s++)
		for (size_t i = 0; i < N_SHAPE_TIERS; i++)
			network_tier(network->network, s,
				     room_tier_width(network, &network->shapes[s], i),
				     room_tier_cost(network, &network->shapes[s], i));
	for (size_t b = 0; b < network->n_batches; b++)
		network_unplaced(network->network, b, room_unplaced_cost(network, b));
	memory_free(units);
}

struct room_network *room_network_open(const struct program *program, const struct rooms *rooms,
				       const bool *grades, const int64_t *sections)
{
	struct room_network *network = memory_array(1, sizeof *network);

	network->program = program;
	network->rooms = rooms;
	memcpy(network->grades, grades, sizeof network->grades);
	network->weights = memory_array(program->n_levels, sizeof *network->weights);
	set_scale(network);
	list_batches(network);
	list_stations(network, sections);
	return network;
}

void room_network_close(struct room_network *network)
{
	if (network->network)
		network_close(network->network);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		memory_free(network->prices[g].item);
		memory_free(network->prices[g].node);
	}
	for (size_t b = 0; b < network->n_batches; b++)
		routes_close(&network->routes[b]);
	memory_free(network->routes);
	memory_free(network->batches);
	memory_free(network->station_of);
	memory_free(network->shapes);
	memory_free(network->weights);
	memory_free(network);
}

int64_t room_network_scale(const struct room_network *network)
{
	return network->scale;
}

/* --- weights --------------------------------------------------------------------------------- */

/* What a cycle may gain at a level, in parts of its unit: n_stations + 1 ways, and two passages
 * through the root; and what a path may cost. */
static void cycle_of(const struct room_network *network, size_t level, room_value *cycle,
		     room_value *path)
{
	const struct program *program = network->program;
	const struct level_scale *scale = &program->levels[level];
	room_value way = (room_value)scale->per_metre * distances_longest(program->distances);
	room_value other = 0;

	way = (way + scale->far) * network->scale * ((room_value)network->n_stations + 1);
	for (int edge = 0; edge < N_EDGES; edge++)
		other += room_edge_cost(network, level, (enum edge)edge);
	for (size_t b = 0; b < network->n_batches; b++) {
		room_value unplaced =
			(room_value)network->scale *
			program_unplaced_cost(program, level, network->batches[b]) /
			program->batches[network->batches[b]].size;

		other = unplaced > other ? unplaced : other;
	}
	*cycle = way + 2 * other;
	*path = way + other;
}

bool room_network_order(const struct room_network *network, size_t last, const int64_t *loose,
			int64_t *weights)
{
	room_value behind = 0, costs = 0, cycle, path;
	bool strict = true;

	memset(weights, 0, network->program->n_levels * sizeof *weights);
	for (size_t k = last + 1; k-- > 0;) {
		room_value weight = behind + 1, room;

		cycle_of(network, k, &cycle, &path);
		if (path == 0) {
			weights[k] = k == last;
			continue;
		}
		if (loose && loose[k] >= 0)
			weight = loose[k];
		/* What fits may be shared with the levels that are still to come. */
		room = (NETWORK_MOST_COST - costs) / (cycle * (room_value)(k + 1));
		if (weight > room) {
			weight = room;
			strict = false;
		}
		weights[k] = (int64_t)weight;
		behind += weight * cycle;
		costs += weight * cycle;
	}
	return strict;
}

/* --- costs by the weights -------------------------------------------------------------------- */

int64_t room_lane_cost(const struct room_network *network, const struct routes *routes,
		       int64_t metres)
{
	room_value far = (room_value)network->far * routes_far(routes, metres);

	return network->per_metre * metres + (int64_t)(far / routes->batch->size);
}

int64_t room_unplaced_cost(const struct room_network *network, size_t batch)
{
	const struct program *program = network->program;
	size_t here = network->batches[batch];
	room_value cost = 0;

	for (size_t k = 0; k < program->n_levels; k++)
		if (network->weights[k])
			cost += (room_value)network->weights[k] * network->scale *
				program_unplaced_cost(program, k, here);
	return (int64_t)(cost / program->batches[here].size);
}

static int64_t lane_of(void *context, size_t batch, size_t station)
{
	const struct room_network *network = context;
	const struct routes *routes = &network->routes[batch];

	return room_lane_cost(network, routes,
			      distance_metres(network->program->distances, routes->batch->zone,
					      network->shapes[station].school));
}

static int64_t unplaced_of(void *context, size_t batch)
{
	return room_unplaced_cost(context, batch);
}

static int64_t tier_of(void *context, size_t station, size_t tier)
{
	const struct room_network *network = context;

	return room_tier_cost(network, &network->shapes[station], tier);
}

void room_network_weigh(struct room_network *network, const int64_t *weights)
{
	static const struct network_costs costs = {lane_of, unplaced_of, tier_of};
	const struct program *program = network->program;

	memcpy(network->weights, weights, program->n_levels * sizeof *weights);
	network->per_metre = network->far = 0;
	for (size_t k = 0; k < program->n_levels; k++) {
		network->per_metre += weights[k] * network->scale * program->levels[k].per_metre;
		network->far += weights[k] * network->scale * program->levels[k].far;
	}
	if (network->network) {
		network_recost(network->network, &costs, network);
		return;
	}
	state(network);
	room_add_nearest(network);
}

/* --- solving --------------------------------------------------------------------------------- */

int room_network_solve(struct room_network *network, bool all_pairs)
{
	do
		if (network_solve(network->network, stop_asked))
			return 1;
	while (all_pairs && room_price(network) > 0);
	return 0;
}

struct network_snapshot *room_network_save(const struct room_network *network)
{
	return network_save(network->network);
}

void room_network_restore(struct room_network *network, const struct network_snapshot *snapshot)
{
	network_restore(network->network, snapshot);
}

/* --- other rooms ----------------------------------------------------------------------------- */

int64_t room_stay_cost(const struct room_network *network, const struct shape *shape,
		       size_t level)
{
	const struct level_scale *scale = &network->program->levels[level];
	const struct room_seats *seats = &shape->seats;
	int64_t cost = 0, m = seats->sections;

	for (int edge = 0; edge < N_EDGES; edge++) {
		int64_t above = seats->stay - room_edge(network, seats, (enum edge)edge);

		if (above > 0 && (edge == EDGE_STANDARD || !shape->single ||
				  seats->most > seats->stay))
			cost += above * room_edge_cost(network, level, (enum edge)edge);
	}
	if (shape->single && seats->most == seats->stay) /* nobody comes: the count itself */
		cost += network->scale *
			(scale->large_classes *
				 classes_of_at_least(seats->stay, m,
						     settings_of(network)->class_large) +
			 scale->oversized_classes *
				 classes_of_at_least(seats->stay, m,
						     settings_of(network)->class_oversized));
	return cost;
}

void room_network_change(struct room_network *network, size_t offering, int64_t sections)
{
	size_t station = network->station_of[offering];

	set_sections(network, &network->shapes[station], offering, sections);
	for (size_t i = 0; i < N_SHAPE_TIERS; i++)
		network_tier_width(network->network, station, i,
				   room_tier_width(network, &network->shapes[station], i));
}

room_value room_station_dual(const struct room_network *network, const struct shape *shape,
			     int64_t price)
{
	room_value sum = 0;

	for (size_t i = 0; i < N_SHAPE_TIERS; i++) {
		int64_t cost = room_tier_cost(network, shape, i);

		if (cost < price)
			sum += (room_value)(cost - price) * room_tier_width(network, shape, i);
	}
	for (size_t k = 0; k < network->program->n_levels; k++)
		if (network->weights[k])
			sum += (room_value)network->weights[k] *
			       room_stay_cost(network, shape, k);
	return sum;
}

room_value room_network_gain(const struct room_network *network, size_t offering,
			     int64_t sections)
{
	const struct shape *shape = &network->shapes[network->station_of[offering]];
	struct shape other = *shape;
	int64_t price = network_station_price(network->network, network->station_of[offering]);

	set_sections(network, &other, offering, sections);
	if (shape->seats.most == shape->seats.stay)
		price = room_worth(network, offering);
	return room_station_dual(network, shape, price) -
	       room_station_dual(network, &other, price);
}

/* --- results --------------------------------------------------------------------------------- */

/* A flow being added up. */
struct adding {
	const struct room_network *network;
	int64_t *values, *loads, *left; /* loads: of the stations, or of the district's offerings */
};

static void add_way(void *context, size_t batch, size_t station, int64_t units)
{
	struct adding *adding = context;
	const struct room_network *network = adding->network;
	const struct routes *routes = &network->routes[batch];
	const struct program *program = network->program;
	int64_t metres = distance_metres(program->distances, routes->batch->zone,
					 network->shapes[station].school);
	int64_t far = routes_far(routes, metres);

	for (size_t k = 0; k < program->n_levels; k++)
		adding->values[k] +=
			units * network->scale *
			(program->levels[k].per_metre * metres +
			 program->levels[k].far * far / routes->batch->size);
	adding->loads[station] += units;
	adding->left[batch] -= units;
}

static void add_station(struct adding *adding, size_t s)
{
	const struct room_network *network = adding->network;
	const struct shape *shape = &network->shapes[s];
	const struct room_seats *seats = &shape->seats;
	int64_t load = seats->stay + adding->loads[s];

	for (size_t k = 0; k < network->program->n_levels; k++) {
		adding->values[k] += room_stay_cost(network, shape, k);
		for (int edge = 0; edge < N_EDGES && load > seats->stay; edge++) {
			int64_t from = clip(room_edge(network, seats, (enum edge)edge), seats);

			if (load > from)
				adding->values[k] += (load - from) *
					room_edge_cost(network, k, (enum edge)edge);
		}
	}
}

void room_network_values(const struct room_network *network, int64_t *values)
{
	const struct program *program = network->program;
	struct adding adding = {.network = network, .values = values};

	memset(values, 0, program->n_levels * sizeof *values);
	adding.loads = memory_array(network->n_stations, sizeof *adding.loads);
	adding.left = memory_array(network->n_batches, sizeof *adding.left);
	for (size_t b = 0; b < network->n_batches; b++)
		adding.left[b] = network_batch_units(network->network, b);
	network_flows(network->network, add_way, &adding);
	for (size_t b = 0; b < network->n_batches; b++)
		for (size_t k = 0; k < program->n_levels && adding.left[b] > 0; k++)
			values[k] += adding.left[b] * network->scale *
				     program_unplaced_cost(program, k, network->batches[b]) /
				     program->batches[network->batches[b]].size;
	for (size_t s = 0; s < network->n_stations; s++)
		add_station(&adding, s);
	memory_free(adding.loads);
	memory_free(adding.left);
}

static void add_load(void *context, size_t batch, size_t station, int64_t units)
{
	struct adding *adding = context;
	const struct room_network *network = adding->network;
	const struct district *district = network->program->district;
	const struct offering *offering =
		district_offering(district, network->shapes[station].school,
				  network->routes[batch].batch->grade);

	adding->loads[offering - district->offerings] += units;
}

void room_network_loads(const struct room_network *network, int64_t *loads)
{
	struct adding adding = {.network = network, .loads = loads};

	network_flows(network->network, add_load, &adding);
}
