#include "solver/engines/whole_parts.h"

#include <math.h>
#include <string.h>

#include "inputs/base/memory.h"
#include "solver/stop.h"

/* How much is done, in steps: what comes out does not depend on a clock. */
enum {
	STARTS = 4,               /* layouts that are cooled from hot */
	WIDENED = 2,              /* of these, that are worked on further */
	STEPS_PER_LUMP = 8000,
	FEWEST_STEPS = 20000,
	MOST_STEPS = 20000000,
	PATIENCE = 60,            /* regions in vain, one after the other, before it ends */
	NEAR_WAYS = 4             /* of a lump, that lead from a region to the next station */
};

/* Temperatures, in mean costs of a pupil at the level. */
#define HOT 1.0
#define COLD 0.003

/* Regions: stations in one, and the ways there, by reduced cost in mean costs of a lump. */
struct range {
	size_t stations;
	double reduced;
};

static const struct range narrow = {3, 0.08}, wide = {5, 0.12}, dense = {4, 0.3};

#define TIME_LEFT 0.35 /* of the time left when a search begins: where it ends, for the proof */

/* One search after a level. */
struct hunt {
	struct whole *whole;
	struct outcome *outcome;
	size_t level;
	int64_t bound;
	double pupil, lump;       /* mean cost of one that is placed, at the level */
	double until;             /* seconds left where it ends */
	struct layout *layout;
	struct layout *good[STARTS]; /* n_good: what the starts came to, the best first */
	size_t n_good;
	struct region region;
};

bool whole_offer(struct whole *whole, struct outcome *outcome, const struct layout *layout)
{
	layout_to_flows(whole, layout, &whole->trial);
	return outcome_take(whole->block, outcome, &whole->trial, whole->trial_value);
}

static bool over(const struct hunt *hunt)
{
	int64_t enough = whole_near_enough(hunt->whole, hunt->outcome->value[hunt->level]);

	return enough <= hunt->bound || whole_over(hunt->whole) ||
	       stop_seconds_left() < hunt->until;
}

/* --- what things cost ------------------------------------------------------------------------ */

static void measure(struct hunt *hunt)
{
	const struct whole *whole = hunt->whole;
	double cost = 0, pupils = 0;

	for (size_t i = 0; i < whole->n_lumps; i++) {
		const struct lump *lump = &whole->lumps[i];
		uint32_t way = hunt->layout->way[i];

		pupils += (double)lump->size;
		if (way != NO_WAY)
			cost += (double)program_arc_cost(whole->program, hunt->level, lump->batch,
							 &whole->ways[lump->first_way + way].arc);
	}
	hunt->pupil = fmax(1, cost / fmax(1, pupils));
	hunt->lump = hunt->pupil * pupils / fmax(1, (double)whole->n_lumps);
}

/* A pupil too many costs more than a seat is worth; where not all are placed, more than to be
 * unplaced, or nobody would be. */
static void price_overload(struct hunt *hunt)
{
	struct whole *whole = hunt->whole;
	double price = 0, weight = (double)whole->weights[hunt->level], unplaced = 0;

	for (size_t s = 0; s < whole->n_stations; s++)
		price = fmax(price, whole->stations[s].price);
	layout_from_flows(whole, &hunt->outcome->flows, hunt->layout);
	for (size_t i = 0; i < whole->n_lumps; i++)
		if (hunt->layout->way[i] == NO_WAY && whole->lumps[i].n_ways > 0)
			unplaced = fmax(unplaced, (double)whole->lumps[i].unplaced /
							  (double)whole->lumps[i].size);
	whole->overload = (int64_t)(weight * (price + 2 * hunt->pupil) + unplaced);
}

/* --- regions --------------------------------------------------------------------------------- */

static bool holds(const struct region *region, size_t station)
{
	for (size_t i = 0; i < region->n; i++)
		if (region->stations[i] == station)
			return true;
	return false;
}

/* Stations that share ways of small reduced cost: a lump leads from one to the next. */
static void draw_region(struct hunt *hunt, size_t most)
{
	struct whole *whole = hunt->whole;
	struct region *region = &hunt->region;

	region->n = 0;
	for (size_t tries = 0; tries < 50 * (whole->n_stations + 10) && region->n < most; tries++) {
		size_t i = chance_below(&whole->chance, whole->n_lumps), from, to;
		const struct lump *lump = &whole->lumps[i];
		size_t n = lump->n_near < NEAR_WAYS ? lump->n_near : NEAR_WAYS;

		if (n == 0)
			continue;
		to = whole->ways[lump->first_way + lump->near[chance_below(&whole->chance, n)]]
			     .station;
		from = whole_station(whole, hunt->layout, i);
		if (from == SIZE_MAX)
			from = to;
		if (region->n > 0 && !holds(region, from))
			continue;
		if (!holds(region, from))
			region->stations[region->n++] = from;
		if (!holds(region, to))
			region->stations[region->n++] = to;
	}
}

/* Regions in vain, one after the other, before it ends: fewer where there are not many. */
static size_t patience_for(const struct whole *whole, const struct range *range)
{
	size_t n = whole->n_stations;

	if (n <= range->stations)
		return 1;
	if (n > PATIENCE)
		return n;
	return n * n / 2 < PATIENCE ? n * n / 2 : PATIENCE;
}

/* Rearranges region after region until that is in vain. */
static void rearrange(struct hunt *hunt, const struct range *range)
{
	size_t patience = patience_for(hunt->whole, range);

	hunt->region.most_reduced = range->reduced * hunt->lump;
	for (size_t fails = 0; fails < patience && !over(hunt); fails++) {
		whole_show(hunt->whole, hunt->outcome, hunt->level);
		draw_region(hunt, range->stations);
		if (!whole_rearrange(hunt->whole, hunt->layout, &hunt->region))
			continue;
		whole_offer(hunt->whole, hunt->outcome, hunt->layout);
		fails = 0;
	}
}

/* --- the search ------------------------------------------------------------------------------ */

static void start(struct hunt *hunt)
{
	struct whole *whole = hunt->whole;
	double weight = (double)whole->weights[hunt->level] * hunt->pupil;
	struct cooling cooling = {HOT * weight, COLD * weight,
				  (uint64_t)whole->n_lumps * STEPS_PER_LUMP};

	if (cooling.steps < FEWEST_STEPS)
		cooling.steps = FEWEST_STEPS;
	if (cooling.steps > MOST_STEPS)
		cooling.steps = MOST_STEPS;
	layout_round(whole, hunt->layout);
	whole_anneal(whole, hunt->layout, &cooling);
	layout_repair(whole, hunt->layout);
	whole_pairs(whole, hunt->layout);
	if (layout_fits(whole, hunt->layout))
		whole_offer(whole, hunt->outcome, hunt->layout);
}

/* Keeps the layout among the good ones. */
static void keep_good(struct hunt *hunt)
{
	size_t at = hunt->n_good;

	if (!layout_fits(hunt->whole, hunt->layout))
		return;
	hunt->good[at] = layout_new(hunt->whole);
	layout_copy(hunt->whole, hunt->good[at], hunt->layout);
	hunt->n_good++;
	for (; at > 0 && hunt->good[at - 1]->cost > hunt->good[at]->cost; at--) {
		struct layout *other = hunt->good[at];

		hunt->good[at] = hunt->good[at - 1];
		hunt->good[at - 1] = other;
	}
}

/* From each of the good layouts in a range; *best is the best that comes of it. */
static void widen(struct hunt *hunt, const struct range *range, size_t n, struct layout *best)
{
	for (size_t i = 0; i < n && !over(hunt); i++) {
		layout_copy(hunt->whole, hunt->layout, hunt->good[i]);
		rearrange(hunt, range);
		if (i == 0 || hunt->layout->cost < best->cost)
			layout_copy(hunt->whole, best, hunt->layout);
	}
}

static void open_hunt(struct hunt *hunt, const struct linear *linear)
{
	struct whole *whole = hunt->whole;

	whole_weigh(whole, hunt->level);
	whole_take_prices(whole, linear, hunt->level);
	hunt->layout = layout_new(whole);
	hunt->region.level = hunt->level;
	hunt->region.stations = memory_array(whole->n_stations + 2, sizeof(size_t));
	hunt->until = whole->until + TIME_LEFT * (stop_seconds_left() - whole->until);
	layout_round(whole, hunt->layout);
	measure(hunt);
	price_overload(hunt);
}

static void close_hunt(struct hunt *hunt)
{
	layout_free(hunt->layout);
	for (size_t i = 0; i < STARTS; i++)
		layout_free(hunt->good[i]);
	memory_free(hunt->region.stations);
}

/* Cools some layouts, rearranges a few stations at a time in each, then more in the best ones. */
static void run(struct hunt *hunt, bool thorough)
{
	struct whole *whole = hunt->whole;
	struct layout *best;

	for (int i = 0; i < (thorough ? STARTS : 1) && !over(hunt); i++) {
		start(hunt);
		rearrange(hunt, &narrow);
		keep_good(hunt);
	}
	if (!thorough || hunt->n_good == 0 || over(hunt))
		return;
	best = layout_new(whole);
	widen(hunt, &wide, hunt->n_good < WIDENED ? hunt->n_good : WIDENED, best);
	layout_copy(whole, hunt->layout, best);
	rearrange(hunt, &dense);
	layout_free(best);
}

void whole_search(struct whole *whole, const struct linear *linear, struct outcome *outcome,
		  size_t level, int64_t bound, bool thorough)
{
	struct hunt hunt = {.whole = whole, .outcome = outcome, .level = level, .bound = bound};

	if (!thorough && whole->n_lumps > MOST_SMALL)
		return;
	open_hunt(&hunt, linear);
	run(&hunt, thorough);
	close_hunt(&hunt);
}
