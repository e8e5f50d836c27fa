/* solver/engines/counted_round.c - plans with at most so many large classes: rounding and swaps. */
#include <string.h>

#include "solver/engines/counted_parts.h"
#include "solver/stop.h"

enum {
	MOST_TRIES = 150, /* exchanges tried before the plan stays as it is */
	NEAR = 24         /* offerings of each side that exchanges of three are made of */
};

/* --- knapsacks ------------------------------------------------------------------------------- */

static int64_t all_rises(const struct counted *counted)
{
	int64_t sum = 0;

	for (size_t s = 0; s < counted->pure.n_stations; s++)
		sum += counted->stations[s].rise;
	return sum;
}

int64_t counted_fewest(const struct counted *counted, int64_t pupils)
{
	int64_t all = all_rises(counted), each = counted->term.per_class, fewest = INT64_MAX;
	bool *sums = memory_array((size_t)all + 1, sizeof *sums);

	sums[0] = true;
	for (size_t s = 0; s < counted->pure.n_stations; s++) {
		int64_t rise = counted->stations[s].rise;

		for (int64_t w = all; w >= rise && rise > 0; w--)
			sums[w] |= sums[w - rise];
	}
	for (int64_t w = 0; w <= all; w++) {
		int64_t rest = pupils - w * each;

		if (sums[w] && w + (rest > 0 ? rest : 0) < fewest)
			fewest = w + (rest > 0 ? rest : 0);
	}
	memory_free(sums);
	return fewest;
}

/* Opens the offerings that together send most to the hub, within the classes; shuts the others. */
static void open_most(struct counted *counted)
{
	size_t n = counted->pure.n_stations, room = (size_t)counted->most_classes + 1;
	int64_t *most = memory_array(room, sizeof *most);
	bool *opened = memory_array(n * room, sizeof *opened);
	size_t left = room - 1;

	for (size_t s = 0; s < n; s++) {
		const struct counted_station *here = &counted->stations[s];
		int64_t taken = here->load - here->base;
		size_t rise = (size_t)here->rise;

		for (size_t w = room; w-- > rise && rise > 0 && taken > 0;)
			if (most[w - rise] + taken > most[w]) {
				most[w] = most[w - rise] + taken;
				opened[s * room + w] = true;
			}
	}
	for (size_t s = n; s-- > 0;) {
		bool open = opened[s * room + left];

		left -= open ? (size_t)counted->stations[s].rise : 0;
		if (counted->stations[s].rise > 0)
			counted_decide(counted, s, open ? COUNTED_OPENED : COUNTED_SHUT);
	}
	memory_free(most);
	memory_free(opened);
}

/* --- exchanges ------------------------------------------------------------------------------- */

/* Up to two offerings shut and up to two opened; NONE: no other. */
struct exchange {
	size_t shut[2], open[2];
	double gain;
};

struct exchanging {
	struct counted *counted;
	struct network_snapshot *snapshot;
	int64_t lacking, *value;   /* of the plan that is exchanged in */
	size_t *opened, *shut;     /* stations: opened ones that are worth least, shut ones most */
	size_t n_opened, n_shut;
	int64_t room;              /* classes that may still be opened */
	struct exchange *all;
	size_t n, n_room;
};

/* What the seats of an offering's large classes are worth, at the last prices. */
static double worth(const struct counted *counted, size_t s)
{
	int64_t price = network_station_price(counted->pure.network, s);

	return (double)(price - counted->stations[s].cost) * (double)counted->stations[s].width;
}

static int compare_worth(const void *a, const void *b, void *context)
{
	size_t first = *(const size_t *)a, second = *(const size_t *)b;
	double left = worth(context, first), right = worth(context, second);

	if (left < right || left > right)
		return left < right ? -1 : 1;
	return first < second ? -1 : first > second;
}

static int compare_gain(const void *a, const void *b, void *context)
{
	const struct exchange *first = a, *second = b;

	(void)context;
	if (first->gain > second->gain || first->gain < second->gain)
		return first->gain > second->gain ? -1 : 1;
	return memcmp(first, second, 4 * sizeof(size_t));
}

static void list_sides(struct exchanging *exchanging)
{
	struct counted *counted = exchanging->counted;

	exchanging->n_opened = exchanging->n_shut = 0;
	exchanging->room = counted->most_classes;
	for (size_t s = 0; s < counted->pure.n_stations; s++) {
		const struct counted_station *here = &counted->stations[s];

		if (here->rise == 0)
			continue;
		if (here->state == COUNTED_OPENED) {
			exchanging->opened[exchanging->n_opened++] = s;
			exchanging->room -= here->rise;
		} else {
			exchanging->shut[exchanging->n_shut++] = s;
		}
	}
	memory_sort(exchanging->opened, exchanging->n_opened, sizeof(size_t), compare_worth,
		    counted);
	memory_sort(exchanging->shut, exchanging->n_shut, sizeof(size_t), compare_worth, counted);
	for (size_t i = 0; 2 * i + 1 < exchanging->n_shut; i++) {
		size_t last = exchanging->n_shut - 1 - i, kept = exchanging->shut[i];

		exchanging->shut[i] = exchanging->shut[last];
		exchanging->shut[last] = kept;
	}
}

/* Lists an exchange if the classes allow it. */
static void offer(struct exchanging *exchanging, size_t shut, size_t other_shut, size_t open,
		  size_t other_open)
{
	const struct counted *counted = exchanging->counted;
	struct exchange one = {{shut, other_shut}, {open, other_open}, 0};
	int64_t room = exchanging->room;

	for (int i = 0; i < 2; i++) {
		if (one.shut[i] != NONE) {
			room += counted->stations[one.shut[i]].rise;
			one.gain -= worth(counted, one.shut[i]);
		}
		if (one.open[i] != NONE) {
			room -= counted->stations[one.open[i]].rise;
			one.gain += worth(counted, one.open[i]);
		}
	}
	if (room < 0 || one.gain <= 0)
		return;
	exchanging->all = memory_grow(exchanging->all, &exchanging->n_room, exchanging->n + 1,
				      sizeof *exchanging->all);
	exchanging->all[exchanging->n++] = one;
}

static void list_exchanges(struct exchanging *exchanging)
{
	size_t opened = exchanging->n_opened, shut = exchanging->n_shut;

	exchanging->n = 0;
	for (size_t j = 0; j < shut; j++) {
		offer(exchanging, NONE, NONE, exchanging->shut[j], NONE);
		for (size_t i = 0; i < opened; i++)
			offer(exchanging, exchanging->opened[i], NONE, exchanging->shut[j], NONE);
	}
	for (size_t i = 0; i < opened && i < NEAR; i++)
		for (size_t j = 0; j < shut && j < NEAR; j++) {
			for (size_t k = 0; k < i; k++)
				offer(exchanging, exchanging->opened[i], exchanging->opened[k],
				      exchanging->shut[j], NONE);
			for (size_t k = 0; k < j; k++)
				offer(exchanging, exchanging->opened[i], NONE, exchanging->shut[j],
				      exchanging->shut[k]);
		}
	memory_sort(exchanging->all, exchanging->n, sizeof *exchanging->all, compare_gain, NULL);
}

static void decide(struct exchanging *exchanging, const struct exchange *one, bool forward)
{
	for (int i = 0; i < 2; i++) {
		if (one->shut[i] != NONE)
			counted_decide(exchanging->counted, one->shut[i],
				       forward ? COUNTED_SHUT : COUNTED_OPENED);
		if (one->open[i] != NONE)
			counted_decide(exchanging->counted, one->open[i],
				       forward ? COUNTED_OPENED : COUNTED_SHUT);
	}
}

/* Whether the last solution is better than the plan that is exchanged in. */
static bool better(const struct exchanging *exchanging)
{
	const struct counted *counted = exchanging->counted;

	if (counted->lacking != exchanging->lacking)
		return counted->lacking < exchanging->lacking;
	return values_compare(counted->value, exchanging->value,
			      counted->pure.program->n_levels) < 0;
}

static void keep(struct exchanging *exchanging)
{
	struct counted *counted = exchanging->counted;

	counted_take(counted);
	exchanging->lacking = counted->lacking;
	memcpy(exchanging->value, counted->value,
	       counted->pure.program->n_levels * sizeof *exchanging->value);
	network_snapshot_free(exchanging->snapshot);
	exchanging->snapshot = network_save(counted->pure.network);
}

/* Tries exchanges until one helps; returns whether one did. */
static bool exchange_once(struct exchanging *exchanging)
{
	struct counted *counted = exchanging->counted;

	list_sides(exchanging);
	list_exchanges(exchanging);
	for (size_t i = 0; i < exchanging->n && i < MOST_TRIES; i++) {
		const struct exchange *one = &exchanging->all[i];

		decide(exchanging, one, true);
		network_restore(counted->pure.network, exchanging->snapshot);
		if (!counted_minimise(counted))
			return false;
		if (better(exchanging)) {
			keep(exchanging);
			return true;
		}
		decide(exchanging, one, false);
	}
	return false;
}

void counted_round(struct counted *counted)
{
	size_t n = counted->pure.n_stations;
	struct exchanging exchanging = {.counted = counted};

	exchanging.value = memory_array(counted->pure.program->n_levels, sizeof(int64_t));
	exchanging.opened = memory_array(n, sizeof *exchanging.opened);
	exchanging.shut = memory_array(n, sizeof *exchanging.shut);
	open_most(counted);
	if (counted_minimise(counted)) {
		exchanging.snapshot = network_save(counted->pure.network);
		keep(&exchanging);
		while (exchange_once(&exchanging))
			;
		network_snapshot_free(exchanging.snapshot);
	}
	for (size_t s = 0; s < n; s++)
		counted_decide(counted, s, COUNTED_FREE);
	memory_free(exchanging.value);
	memory_free(exchanging.opened);
	memory_free(exchanging.shut);
	memory_free(exchanging.all);
}
