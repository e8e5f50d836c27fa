/* solver/engines/counted_network.c - the network of the count: stations, hub, decisions. */
#include <string.h>

#include "solver/engines/counted_parts.h"

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
	size_t hub = hub_of_cluster(counted, here->cluster);

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

/* A cluster's hub passes each class's pupils on in a tier of its own, so that bounds change but
 * costs; nothing goes past it but at the cost of what may not be. */
static void state_cluster(struct counted *counted, size_t c)
{
	struct network *network = counted->pure.network;
	const struct counted_cluster *cluster = &counted->clusters[c];
	size_t hub = hub_of_cluster(counted, c);

	network_tier(network, hub, 1, 2 * counted->missing);
	for (int64_t i = 0; i < cluster->rise; i++)
		network_overflow(network, hub, hub_of_cluster(counted, cluster->parent),
				 counted->term.per_class, 0);
	network_lane(network, filler_of(counted, c), hub, 0);
}

static void state_network(struct counted *counted)
{
	struct pure *pure = &counted->pure;
	size_t n = pure->n_batches + 2 * pure->n_stations + counted->n_clusters;
	int64_t *units = memory_array(n, sizeof *units);

	for (size_t b = 0; b < pure->n_batches; b++)
		units[b] = pure->program->batches[pure->batches[b]].units;
	for (size_t s = 0; s < pure->n_stations; s++)
		units[share_of(counted, s)] =
			counted->stations[s].rise * counted->term.per_class;
	for (size_t c = 0; c < counted->n_clusters; c++)
		units[filler_of(counted, c)] =
			counted->clusters[c].rise * counted->term.per_class;
	pure->first_gate = pure->n_stations + 1 + counted->n_clusters;
	pure->network = network_open(n, units, pure->first_gate + pure->n_gates);
	pure_state_gates(pure);
	for (size_t b = 0; b < pure->n_batches; b++)
		network_unplaced(pure->network, b, pure_group_unplaced(pure, b));
	for (size_t s = 0; s < pure->n_stations; s++)
		state_station(counted, s);
	state_hub(counted);
	for (size_t c = 0; c < counted->n_clusters; c++)
		state_cluster(counted, c);
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
	if (!pure_find_gates(pure) || !pure_weigh(pure) || pure->n_groups > 1 ||
	    pure->behind > NETWORK_MOST_COST / 8)
		return false;
	counted->missing = pure->behind;
	for (size_t s = 0; s < pure->n_stations; s++)
		if (!measure(counted, s))
			return false;
	counted_find_clusters(counted);
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
	pure_free_gates(pure);
	memory_free(pure->weights);
	memory_free(pure->groups);
	memory_free(pure->batches);
	memory_free(pure->offerings);
	memory_free(pure->station_of);
	memory_free(counted->stations);
	memory_free(counted->clusters);
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

int64_t counted_most(const struct counted *counted, size_t station)
{
	int64_t each = counted->term.per_class - 1, rise = counted->stations[station].rise;
	int64_t most = each > 0 ? counted->wasted / each : rise;

	return most < rise ? most : rise > 0 ? rise - 1 : 0;
}

void counted_limit(struct counted *counted, int64_t classes, int64_t wasted)
{
	size_t hub = hub_of(counted);

	counted->most_classes = classes;
	counted->wasted = wasted;
	network_tier_width(counted->pure.network, hub, 0,
			   classes < 0 ? 0 : classes * counted->term.per_class);
	network_tier_cost(counted->pure.network, hub, 1,
			  classes < 0 ? counted->pure.weights[counted->term.level]
				      : counted->missing);
	for (size_t s = 0; s < counted->pure.n_stations; s++)
		counted_bound(counted, s, 0, counted_most(counted, s));
}

void counted_bound_cluster(struct counted *counted, size_t c, int64_t least, int64_t most)
{
	struct counted_cluster *cluster = &counted->clusters[c];
	struct network *network = counted->pure.network;

	if (cluster->least == least && cluster->most == most)
		return;
	for (int64_t i = 0; i < cluster->rise; i++) {
		int64_t cost = i < least ? -counted->missing : i < most ? 0 : counted->missing;

		network_overflow_cost(network, hub_of_cluster(counted, c), (size_t)i, cost);
	}
	cluster->least = least;
	cluster->most = most;
}
