#include "solver/engines/whole_relax_parts.h"

#include <math.h>
#include <string.h>

#include "inputs/base/memory.h"
#include "solver/stop.h"

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
	int64_t value = 0;

	for (size_t p = 0; p < relaxation->n_pairs; p++) {
		int64_t gain;

		if (relaxation->pairs[p].station != NO_STATION)
			continue;
		gain = relaxation_gain(relaxation, box, p);
		chosen->units[p] = gain < 0 ? box->high[p] : box->low[p];
		value += gain * chosen->units[p];
	}
	return value;
}

int64_t relaxation_value(struct relaxation *relaxation, const struct box *box,
			 struct chosen *chosen)
{
	int64_t value = relaxation->constant, station;

	memcpy(chosen->units, box->low, relaxation->n_pairs * sizeof *chosen->units);
	value += choose_unplaced(relaxation, box, chosen);
	for (size_t s = 0; s < relaxation->n_stations; s++) {
		if (!relaxation_solve(relaxation, box, s, false, &station))
			return INT64_MAX;
		trace(relaxation, box, chosen);
		value += station;
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

/* The state of a climb. */
struct climb {
	struct box *trial;
	struct chosen *seen;
	double *direction;
	double step;
	int fails;
};

/* One step along the direction, which is turned towards what is missing. */
static void advance(const struct relaxation *relaxation, struct climb *climb, int64_t value)
{
	double norm = 0, length;

	for (size_t i = 0; i < relaxation->n_items; i++)
		norm += (double)climb->seen->missing[i] * (double)climb->seen->missing[i];
	length = climb->step * fmax(1, (double)(relaxation->aim - value)) / fmax(1, norm);
	for (size_t i = 0; i < relaxation->n_items; i++) {
		climb->direction[i] = 0.7 * climb->direction[i] +
				      (double)climb->seen->missing[i];
		climb->trial->price[i] += (int64_t)rint(length * climb->direction[i]);
	}
}

static void keep(const struct relaxation *relaxation, const struct climb *climb, struct box *box,
		 struct chosen *chosen)
{
	memcpy(box->price, climb->trial->price, relaxation->n_items * sizeof *box->price);
	memcpy(chosen->units, climb->seen->units, relaxation->n_pairs * sizeof *chosen->units);
	memcpy(chosen->missing, climb->seen->missing,
	       relaxation->n_items * sizeof *chosen->missing);
}

/* Back to the best prices, with shorter steps. */
static void turn_back(const struct relaxation *relaxation, struct climb *climb,
		      const struct box *box, const struct chosen *chosen)
{
	memcpy(climb->trial->price, box->price, relaxation->n_items * sizeof *box->price);
	memcpy(climb->seen->missing, chosen->missing,
	       relaxation->n_items * sizeof *chosen->missing);
	for (size_t i = 0; i < relaxation->n_items; i++)
		climb->direction[i] = 0;
	climb->step *= 0.6;
	climb->fails = 0;
}

static bool settled(const struct relaxation *relaxation, const struct chosen *chosen)
{
	for (size_t i = 0; i < relaxation->n_items; i++)
		if (chosen->missing[i])
			return false;
	return true;
}

void relaxation_climb(struct relaxation *relaxation, struct box *box, int64_t most, int rounds,
		      struct chosen *chosen)
{
	enum { PATIENCE = 10 };
	struct climb climb = {.trial = box_new(relaxation), .seen = chosen_new(relaxation),
			      .step = rounds > 100 ? 0.5 : 0.15};
	int64_t best = INT64_MIN;

	climb.direction = memory_array(relaxation->n_items, sizeof *climb.direction);
	box_copy(relaxation, climb.trial, box);
	for (int i = 0; i <= rounds && best <= most && !(i > 0 && stop_asked()); i++) {
		int64_t value = relaxation_value(relaxation, climb.trial, climb.seen);

		if (value > best) {
			best = value;
			keep(relaxation, &climb, box, chosen);
			climb.fails = 0;
		} else if (++climb.fails >= PATIENCE) {
			turn_back(relaxation, &climb, box, chosen);
			value = best;
		}
		if (best == INT64_MAX || settled(relaxation, climb.seen))
			break;
		advance(relaxation, &climb, value);
	}
	box->bound = best;
	box_free(climb.trial);
	chosen_free(climb.seen);
	memory_free(climb.direction);
}
