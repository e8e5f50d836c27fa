#include "solver/engines/whole_relax_parts.h"

#include <string.h>

#include "inputs/base/memory.h"

enum { FILLERS = 16 };

#define DEAREST (INT64_C(1) << 38) /* a seat that nothing is left for: above all costs of a pupil */

/* --- one station ----------------------------------------------------------------------------- */

int64_t relaxation_gain(const struct relaxation *relaxation, const struct box *box, size_t pair)
{
	const struct pair *here = &relaxation->pairs[pair];

	return here->cost - box->price[here->item];
}

int64_t relaxation_size(const struct relaxation *relaxation, size_t pair)
{
	return relaxation->items[relaxation->pairs[pair].item].size;
}

static void add_entry(struct knapsack *knapsack, size_t pair)
{
	knapsack->taken = memory_grow(knapsack->taken, &knapsack->taken_room, knapsack->n + 1,
				      sizeof *knapsack->taken);
	knapsack->taken[knapsack->n++] = pair;
}

/* What the station must take, and what it would like to; false: there is no room for the first. */
static bool collect(struct relaxation *relaxation, const struct box *box, size_t s)
{
	struct knapsack *knapsack = relaxation->knapsack;

	knapsack->n = 0;
	knapsack->base = knapsack->forced = 0;
	for (size_t i = relaxation->first_of[s]; i < relaxation->first_of[s + 1]; i++) {
		size_t pair = relaxation->by_station[i];
		int64_t gain = relaxation_gain(relaxation, box, pair);

		knapsack->base += box->low[pair] * relaxation_size(relaxation, pair);
		knapsack->forced += box->low[pair] * gain;
		for (int32_t j = box->low[pair]; gain < 0 && j < box->high[pair]; j++)
			add_entry(knapsack, pair);
	}
	knapsack->width = relaxation->room[s] - knapsack->base + 1;
	return knapsack->width > 0;
}

/* Pairs that do not pay, by what they cost a seat. */
struct fillers {
	size_t pair[FILLERS];
	int64_t each[FILLERS];
	size_t n;
	int64_t next;         /* the least of those that are not among them */
};

static void add_filler(struct fillers *fillers, size_t pair, int64_t each)
{
	size_t at = fillers->n;

	if (at == FILLERS) {
		int64_t last = fillers->each[FILLERS - 1];
		int64_t left = last > each ? last : each;

		fillers->next = left < fillers->next ? left : fillers->next;
		if (each >= last)
			return;
		at--;
	} else {
		fillers->n++;
	}
	for (; at > 0 && fillers->each[at - 1] > each; at--) {
		fillers->pair[at] = fillers->pair[at - 1];
		fillers->each[at] = fillers->each[at - 1];
	}
	fillers->pair[at] = pair;
	fillers->each[at] = each;
}

/* Where seats must be filled: the cheapest pairs that do not pay come as well; seats that all these
 * leave empty cost what the cheapest of the rest would. */
static void collect_fillers(struct relaxation *relaxation, const struct box *box, size_t s)
{
	struct knapsack *knapsack = relaxation->knapsack;
	struct fillers fillers = {.next = DEAREST};

	knapsack->filler = 0;
	if (relaxation->least[s] <= knapsack->base)
		return;
	for (size_t i = relaxation->first_of[s]; i < relaxation->first_of[s + 1]; i++) {
		size_t pair = relaxation->by_station[i];
		int64_t gain = relaxation_gain(relaxation, box, pair);

		for (int32_t j = box->low[pair]; gain >= 0 && j < box->high[pair]; j++)
			add_filler(&fillers, pair, gain / relaxation_size(relaxation, pair));
	}
	for (size_t i = 0; i < fillers.n; i++)
		add_entry(knapsack, fillers.pair[i]);
	knapsack->filler = fillers.next;
}

/* The last row: what so many pupils cost, and the seats that must yet be filled. */
static void fill_last_row(struct relaxation *relaxation, size_t s)
{
	struct knapsack *knapsack = relaxation->knapsack;
	int64_t *row = &knapsack->table[knapsack->n * (size_t)knapsack->width];
	int64_t missing = relaxation->least[s] - knapsack->base;

	memcpy(row, &relaxation->load_cost[s][knapsack->base],
	       (size_t)knapsack->width * sizeof *row);
	for (int64_t used = 0; used < missing && used < knapsack->width; used++)
		row[used] += (missing - used) * knapsack->filler;
}

/* A row of the table up to `reached`: with one entry more, so many pupils being there. */
static void fill_row(int64_t *row, const int64_t *next, int64_t width, int64_t reached,
		     int64_t size, int64_t gain)
{
	int64_t both = width > size ? width - size : 0;

	both = both < reached ? both : reached;
	for (int64_t used = 0; used < both; used++) {
		int64_t with = next[used + size] + gain;

		row[used] = with < next[used] ? with : next[used];
	}
	for (int64_t used = both; used < reached; used++)
		row[used] = next[used];
}

/* How far each row is looked at, if nobody is there before the first entry (or so many). */
static void find_reach(struct relaxation *relaxation, int64_t at_first)
{
	struct knapsack *knapsack = relaxation->knapsack;
	int64_t reached = at_first;

	knapsack->reached = memory_grow(knapsack->reached, &knapsack->reached_room, knapsack->n + 1,
					sizeof *knapsack->reached);
	for (size_t p = 0; p < knapsack->n; p++) {
		reached = reached < knapsack->width ? reached : knapsack->width;
		knapsack->reached[p] = reached;
		reached += relaxation_size(relaxation, knapsack->taken[p]);
	}
}

bool relaxation_solve(struct relaxation *relaxation, const struct box *box, size_t s, bool all,
		      int64_t *value)
{
	struct knapsack *knapsack = relaxation->knapsack;
	int64_t width;

	if (!collect(relaxation, box, s))
		return false;
	collect_fillers(relaxation, box, s);
	width = knapsack->width;
	find_reach(relaxation, all ? width : 1);
	knapsack->table = memory_grow(knapsack->table, &knapsack->table_room,
				      (knapsack->n + 1) * (size_t)width,
				      sizeof *knapsack->table);
	fill_last_row(relaxation, s);
	for (size_t p = knapsack->n; p-- > 0;)
		fill_row(&knapsack->table[p * (size_t)width],
			 &knapsack->table[(p + 1) * (size_t)width], width,
			 knapsack->reached[p],
			 relaxation_size(relaxation, knapsack->taken[p]),
			 relaxation_gain(relaxation, box, knapsack->taken[p]));
	*value = knapsack->table[0] + knapsack->forced;
	return true;
}

/* Goes through the table again: what was taken. */
static void trace(const struct relaxation *relaxation, const struct box *box,
		  struct chosen *chosen)
{
	const struct knapsack *knapsack = relaxation->knapsack;
	int64_t width = knapsack->width, used = 0;

	for (size_t p = 0; p < knapsack->n; p++) {
		size_t pair = knapsack->taken[p];
		const int64_t *next = &knapsack->table[(p + 1) * (size_t)width];
		int64_t with = used + relaxation_size(relaxation, pair);

		if (with < width &&
		    next[with] + relaxation_gain(relaxation, box, pair) < next[used]) {
			chosen->units[pair]++;
			used = with;
		}
	}
}

/* --- all of them ----------------------------------------------------------------------------- */

/* Units that stay unplaced: where that costs less than the price. */
static int64_t choose_unplaced(const struct relaxation *relaxation, const struct box *box,
			       struct chosen *chosen)
{
	const size_t *first = &relaxation->first_of[relaxation->n_stations];
	int64_t value = 0;

	for (size_t i = first[0]; i < first[1]; i++) {
		size_t p = relaxation->by_station[i];
		int64_t gain = relaxation_gain(relaxation, box, p);

		chosen->units[p] = gain < 0 ? box->high[p] : box->low[p];
		value += gain * chosen->units[p];
	}
	return value;
}

int64_t relaxation_value(struct relaxation *relaxation, const struct box *box,
			 struct chosen *chosen)
{
	size_t n = relaxation->n_stations;
	int64_t value = relaxation->constant;

	memcpy(chosen->units, box->low, relaxation->n_pairs * sizeof *chosen->units);
	chosen->value[n] = choose_unplaced(relaxation, box, chosen);
	value += chosen->value[n];
	for (size_t s = 0; s < n; s++) {
		if (!relaxation_solve(relaxation, box, s, false, &chosen->value[s]))
			return INT64_MAX;
		trace(relaxation, box, chosen);
		value += chosen->value[s];
	}
	for (size_t i = 0; i < relaxation->n_items; i++) {
		const struct item *item = &relaxation->items[i];

		value += box->price[i] * item->units;
		chosen->missing[i] = item->units;
		for (size_t p = item->first; p < item->first + item->n; p++)
			chosen->missing[i] -= chosen->units[p];
	}
	return value;
}
