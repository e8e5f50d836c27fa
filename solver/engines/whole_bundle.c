#include "solver/engines/whole_bundle.h"

#include <math.h>
#include <string.h>

#include "inputs/base/memory.h"

enum {
	MOST_CUTS = 100,      /* of a pile */
	PASSES = 200,         /* over all piles, for one exact step */
	ROUGH_PASSES = 40,    /* for one that need not be */
	FULL_PASS = 8         /* one in so many looks at the cuts without weight as well */
};

#define LEAST_GAIN 1.0        /* scaled: two cuts that differ by less are alike */
#define NEW_GAIN 8.0          /* scaled: below the model by less, a cut is none */
#define SETTLED 1e-4          /* of the best pass's gain: when passes end */
#define MOST_PRICES 0x1p58    /* what no sum of prices reaches */

/* Units of an item in a cut. */
struct entry {
	uint32_t item;
	float units;
};

/* What a station chose once. */
struct cut {
	struct entry *entries;
	size_t n, room;
	double cost;          /* without prices */
	double weight;        /* of the cuts of a pile, 1 in all */
	double reduced;       /* cost less prices */
	bool usable;          /* the box has it */
	bool active;          /* it has weight, or may soon have some */
	double base;          /* its cost less the prices of items that are decided */
	size_t first, n_live; /* entries of the others, among the bundle's */
};

/* The cuts of a station, or of those who stay unplaced. */
struct pile {
	struct cut cuts[MOST_CUTS];
	size_t n;
};

struct bundle {
	const struct relaxation *relaxation;
	size_t n_piles;
	struct pile *piles;
	struct entry *live;   /* entries of usable cuts whose items are not decided */
	size_t n_live, live_room;
	bool *decided;        /* of an item */
	double *low, *high;   /* of an item in one block */
	double *units;        /* of an item: 0 between uses */
	double *price, *missing; /* of an item, in the model */
	double most_price;
};

struct bundle *bundle_open(const struct relaxation *relaxation)
{
	struct bundle *bundle = memory_array(1, sizeof *bundle);
	size_t n = relaxation->n_items;
	double units = 1;

	for (size_t i = 0; i < n; i++)
		units += (double)relaxation->items[i].units;
	*bundle = (struct bundle){.relaxation = relaxation,
				  .n_piles = relaxation->n_stations + 1,
				  .most_price = MOST_PRICES / units};
	bundle->piles = memory_array(bundle->n_piles, sizeof *bundle->piles);
	bundle->decided = memory_array(n, sizeof *bundle->decided);
	bundle->low = memory_array(n, sizeof *bundle->low);
	bundle->high = memory_array(n, sizeof *bundle->high);
	bundle->units = memory_array(n, sizeof *bundle->units);
	bundle->price = memory_array(n, sizeof *bundle->price);
	bundle->missing = memory_array(n, sizeof *bundle->missing);
	return bundle;
}

void bundle_close(struct bundle *bundle)
{
	if (!bundle)
		return;
	for (size_t b = 0; b < bundle->n_piles; b++)
		for (size_t k = 0; k < bundle->piles[b].n; k++)
			memory_free(bundle->piles[b].cuts[k].entries);
	memory_free(bundle->piles);
	memory_free(bundle->live);
	memory_free(bundle->decided);
	memory_free(bundle->low);
	memory_free(bundle->high);
	memory_free(bundle->units);
	memory_free(bundle->price);
	memory_free(bundle->missing);
	memory_free(bundle);
}

/* --- cuts ------------------------------------------------------------------------------------ */

static double reduced_cost(const struct bundle *bundle, const struct cut *cut)
{
	const struct entry *entry = &bundle->live[cut->first], *end = entry + cut->n_live;
	double sum = cut->base;

	for (; entry < end; entry++)
		sum -= (double)entry->units * bundle->price[entry->item];
	return sum;
}

/* Splits a cut in what is decided, at the prices of the box, and what is not. */
static void make_live(struct bundle *bundle, const struct box *box, struct cut *cut)
{
	bundle->live = memory_grow(bundle->live, &bundle->live_room, bundle->n_live + cut->n + 1,
				   sizeof *bundle->live);
	cut->first = bundle->n_live;
	cut->base = cut->cost;
	for (size_t i = 0; i < cut->n; i++) {
		const struct entry *entry = &cut->entries[i];

		if (bundle->decided[entry->item])
			cut->base -= (double)entry->units * (double)box->price[entry->item];
		else
			bundle->live[bundle->n_live++] = *entry;
	}
	cut->n_live = bundle->n_live - cut->first;
}

/* Whether the box has the cut: no pair above its most, and all that it must take. */
static bool within_box(const struct bundle *bundle, const struct cut *cut, double forced)
{
	for (size_t i = 0; i < cut->n; i++) {
		const struct entry *entry = &cut->entries[i];

		if ((double)entry->units > bundle->high[entry->item])
			return false;
		forced -= fmin(entry->units, bundle->low[entry->item]);
	}
	return forced <= 0;
}

static void begin_pile(struct bundle *bundle, const struct box *box, size_t b)
{
	const struct relaxation *relaxation = bundle->relaxation;
	struct pile *pile = &bundle->piles[b];
	double forced = 0;

	memset(bundle->low, 0, relaxation->n_items * sizeof *bundle->low);
	memset(bundle->high, 0, relaxation->n_items * sizeof *bundle->high);
	for (size_t i = relaxation->first_of[b]; i < relaxation->first_of[b + 1]; i++) {
		size_t pair = relaxation->by_station[i];

		bundle->low[relaxation->pairs[pair].item] = box->low[pair];
		bundle->high[relaxation->pairs[pair].item] = box->high[pair];
		forced += box->low[pair];
	}
	for (size_t k = 0; k < pile->n; k++) {
		struct cut *cut = &pile->cuts[k];

		cut->usable = cut->active = within_box(bundle, cut, forced);
		if (cut->usable)
			make_live(bundle, box, cut);
		else
			cut->weight = 0;
	}
}

void bundle_begin(struct bundle *bundle, const struct box *box)
{
	const struct relaxation *relaxation = bundle->relaxation;

	bundle->n_live = 0;
	for (size_t i = 0; i < relaxation->n_items; i++) {
		const struct item *item = &relaxation->items[i];

		bundle->price[i] = (double)box->price[i];
		bundle->decided[i] = true;
		for (size_t p = item->first; p < item->first + item->n; p++)
			bundle->decided[i] &= box->low[p] == box->high[p];
	}
	for (size_t b = 0; b < bundle->n_piles; b++)
		begin_pile(bundle, box, b);
}

/* Room for one more: in the place of the dearest without weight, or of the one that has least. */
static struct cut *new_cut(struct pile *pile)
{
	struct cut *worst = &pile->cuts[0];

	if (pile->n < MOST_CUTS)
		return &pile->cuts[pile->n++];
	for (size_t k = 1; k < MOST_CUTS; k++) {
		struct cut *cut = &pile->cuts[k];

		if (cut->weight < worst->weight ||
		    (cut->weight <= 0 && cut->reduced > worst->reduced))
			worst = cut;
	}
	return worst;
}

static void fill_cut(const struct bundle *bundle, size_t b, const struct box *at,
		     const struct chosen *chosen, struct cut *cut)
{
	const struct relaxation *relaxation = bundle->relaxation;

	cut->n = 0;
	cut->cost = (double)chosen->value[b];
	for (size_t i = relaxation->first_of[b]; i < relaxation->first_of[b + 1]; i++) {
		size_t pair = relaxation->by_station[i];
		uint32_t item = relaxation->pairs[pair].item;

		if (!chosen->units[pair])
			continue;
		cut->entries = memory_grow(cut->entries, &cut->room, cut->n + 1,
					   sizeof *cut->entries);
		cut->entries[cut->n++] = (struct entry){item, (float)chosen->units[pair]};
		cut->cost += (double)chosen->units[pair] * (double)at->price[item];
	}
}

void bundle_add(struct bundle *bundle, const struct box *at, const struct chosen *chosen)
{
	for (size_t b = 0; b < bundle->n_piles; b++) {
		struct pile *pile = &bundle->piles[b];
		double least = INFINITY;
		struct cut *cut;

		for (size_t k = 0; k < pile->n; k++) {
			cut = &pile->cuts[k];
			if (!cut->usable)
				continue;
			cut->reduced = reduced_cost(bundle, cut);
			least = fmin(least, cut->reduced);
		}
		if ((double)chosen->value[b] > least - NEW_GAIN)
			continue;
		cut = new_cut(pile);
		fill_cut(bundle, b, at, chosen, cut);
		cut->reduced = (double)chosen->value[b];
		cut->weight = 0;
		cut->usable = cut->active = true;
		make_live(bundle, at, cut);
	}
}

/* --- the model ------------------------------------------------------------------------------- */

/* So much more of a cut: less of its items is missing, and their prices follow. */
static void add_weight(struct bundle *bundle, const struct box *box, double step,
		       const struct cut *cut, double weight)
{
	for (size_t j = cut->first; j < cut->first + cut->n_live; j++) {
		uint32_t i = bundle->live[j].item;

		bundle->missing[i] -= weight * (double)bundle->live[j].units;
		bundle->price[i] = (double)box->price[i] +
				   step * (double)bundle->relaxation->items[i].size *
					   bundle->missing[i];
	}
}

/* Makes the weights of a pile 1 in all again, whatever cuts have gone. */
static void level_weights(struct pile *pile)
{
	double sum = 0;
	size_t usable = SIZE_MAX;

	for (size_t k = pile->n; k-- > 0;) {
		sum += pile->cuts[k].weight;
		usable = pile->cuts[k].usable ? k : usable;
	}
	for (size_t k = 0; sum > 0 && k < pile->n; k++)
		pile->cuts[k].weight /= sum;
	if (sum <= 0 && usable != SIZE_MAX)
		pile->cuts[usable].weight = 1;
}

/* Prices and what is missing at the weights that are there. */
static void start_model(struct bundle *bundle, const struct box *box, double step)
{
	const struct relaxation *relaxation = bundle->relaxation;

	for (size_t i = 0; i < relaxation->n_items; i++) {
		const struct item *item = &relaxation->items[i];

		bundle->missing[i] = bundle->decided[i] ? 0 : (double)item->units;
		bundle->price[i] = (double)box->price[i] +
				   step * (double)item->size * bundle->missing[i];
	}
	for (size_t b = 0; b < bundle->n_piles; b++) {
		struct pile *pile = &bundle->piles[b];

		level_weights(pile);
		for (size_t k = 0; k < pile->n; k++)
			if (pile->cuts[k].weight > 0)
				add_weight(bundle, box, step, &pile->cuts[k],
					   pile->cuts[k].weight);
	}
}

/* What a whole weight's shift from one cut to the other changes the difference of their reduced
 * costs by, for a step of 1. */
static double curvature(struct bundle *bundle, const struct cut *one, const struct cut *other)
{
	const struct item *items = bundle->relaxation->items;
	const struct entry *live = bundle->live;
	double sum = 0, *units = bundle->units;

	for (size_t j = one->first; j < one->first + one->n_live; j++)
		units[live[j].item] = (double)live[j].units;
	for (size_t j = other->first; j < other->first + other->n_live; j++) {
		double left = units[live[j].item] - (double)live[j].units;

		sum += left * left * (double)items[live[j].item].size;
		units[live[j].item] = 0;
	}
	for (size_t j = one->first; j < one->first + one->n_live; j++) {
		uint32_t i = live[j].item;

		sum += units[i] * units[i] * (double)items[i].size;
		units[i] = 0;
	}
	return sum;
}

/* The cheapest cut of a pile, and the dearest that has weight; false where there is no such. */
static bool extremes(const struct bundle *bundle, struct pile *pile, bool full,
		     struct cut **least, struct cut **most)
{
	*least = *most = NULL;
	for (size_t k = 0; k < pile->n; k++) {
		struct cut *cut = &pile->cuts[k];

		if (!(full ? cut->usable : cut->active))
			continue;
		cut->reduced = reduced_cost(bundle, cut);
		cut->active = cut->weight > 0;
		if (!*least || cut->reduced < (*least)->reduced)
			*least = cut;
		if (cut->weight > 0 && (!*most || cut->reduced > (*most)->reduced))
			*most = cut;
	}
	if (*least)
		(*least)->active = true;
	return *least && *most;
}

/* Shifts weight between two cuts of a pile, as much as is best; returns what that gained. */
static double shift(struct bundle *bundle, const struct box *box, double step, size_t b, bool full)
{
	struct cut *least, *most;
	double gain, bend, moved;

	if (!extremes(bundle, &bundle->piles[b], full, &least, &most))
		return 0;
	gain = most->reduced - least->reduced;
	if (!(gain > LEAST_GAIN))
		return 0;
	bend = curvature(bundle, least, most) * step;
	moved = bend > 0 ? fmin(gain / bend, most->weight) : most->weight;
	most->weight -= moved;
	least->weight += moved;
	add_weight(bundle, box, step, least, moved);
	add_weight(bundle, box, step, most, -moved);
	return gain * moved;
}

/* What the model has at its prices above what was chosen at the box's. */
static double model_gain(struct bundle *bundle, const struct box *box, const struct chosen *chosen)
{
	const struct relaxation *relaxation = bundle->relaxation;
	double sum = 0;

	for (size_t i = 0; i < relaxation->n_items; i++)
		sum += (bundle->price[i] - (double)box->price[i]) *
		       (double)relaxation->items[i].units;
	for (size_t b = 0; b < bundle->n_piles; b++) {
		const struct pile *pile = &bundle->piles[b];
		double least = INFINITY;

		for (size_t k = 0; k < pile->n; k++)
			if (pile->cuts[k].usable)
				least = fmin(least, reduced_cost(bundle, &pile->cuts[k]));
		sum += least - (double)chosen->value[b];
	}
	return sum;
}

double bundle_next(struct bundle *bundle, const struct box *box, const struct chosen *chosen,
		   double step, bool exact, struct box *trial)
{
	const int passes = exact ? PASSES : ROUGH_PASSES;
	const double most = bundle->most_price;
	double best = 0;

	start_model(bundle, box, step);
	for (int pass = 0; pass < passes; pass++) {
		bool full = pass % FULL_PASS == 0;
		double gain = 0;

		for (size_t b = 0; b < bundle->n_piles; b++)
			gain += shift(bundle, box, step, b, full);
		best = fmax(best, gain);
		if (full && gain <= SETTLED * best)
			break;
	}
	for (size_t i = 0; i < bundle->relaxation->n_items; i++) {
		bundle->price[i] = fmax(-most, fmin(bundle->price[i], most));
		trial->price[i] = (int64_t)rint(bundle->price[i]);
	}
	return model_gain(bundle, box, chosen);
}
