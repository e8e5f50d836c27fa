#include "solver/engines/whole_relax_parts.h"

#include "inputs/base/memory.h"

/* What every pair of the station costs it more when it is in, or out. */
static void weigh_pairs(struct relaxation *relaxation, const struct box *box, size_t s)
{
	struct knapsack *knapsack = relaxation->knapsack;
	int64_t width = knapsack->width, best = knapsack->table[0];

	for (size_t i = relaxation->first_of[s]; i < relaxation->first_of[s + 1]; i++) {
		size_t pair = relaxation->by_station[i];
		int64_t size = relaxation_size(relaxation, pair);

		knapsack->outside[pair] = 0;
		knapsack->inside[pair] =
			box->low[pair] ? 0
			: size < width ? knapsack->table[size] +
						 relaxation_gain(relaxation, box, pair) - best
				       : INT64_MAX / 4;
	}
}

/* The same for the pairs that the station would like to take: over all loads before and behind. */
static void weigh_taken(struct relaxation *relaxation, const struct box *box)
{
	struct knapsack *knapsack = relaxation->knapsack;
	int64_t width = knapsack->width, best = knapsack->table[0];

	knapsack->before = memory_grow(knapsack->before, &knapsack->before_room, (size_t)width,
				       sizeof *knapsack->before);
	for (int64_t used = 0; used < width; used++)
		knapsack->before[used] = used == 0 ? 0 : INT64_MAX / 4;
	for (size_t p = 0; p < knapsack->n; p++) {
		size_t pair = knapsack->taken[p];
		const int64_t *next = &knapsack->table[(p + 1) * (size_t)width];
		int64_t size = relaxation_size(relaxation, pair);
		int64_t gain = relaxation_gain(relaxation, box, pair);
		int64_t in = INT64_MAX / 4, out = INT64_MAX / 4, *before = knapsack->before;

		for (int64_t used = 0; used < width; used++) {
			int64_t without = before[used] + next[used];

			out = without < out ? without : out;
			if (used + size < width) {
				int64_t with = before[used] + gain + next[used + size];

				in = with < in ? with : in;
			}
		}
		knapsack->inside[pair] = in - best;
		knapsack->outside[pair] = out - best;
		for (int64_t used = width - 1; used >= size; used--)
			if (before[used - size] + gain < before[used])
				before[used] = before[used - size] + gain;
	}
}

/* Bounds on plans that have each pair of the item; those above `most` go. */
static size_t fix_item(struct relaxation *relaxation, struct box *box, size_t i, int64_t most,
		       int64_t *reach)
{
	const struct item *item = &relaxation->items[i];
	const struct knapsack *knapsack = relaxation->knapsack;
	int64_t outside = 0;
	size_t out = 0, left = 0, last = 0;

	for (size_t p = item->first; p < item->first + item->n; p++) {
		outside += box->high[p] ? knapsack->outside[p] : 0;
		reach[p] = INT64_MAX;
	}
	if (item->units != 1)
		return 0;
	for (size_t p = item->first; p < item->first + item->n; p++) {
		if (!box->high[p])
			continue;
		reach[p] = box->bound + outside - knapsack->outside[p] + knapsack->inside[p];
		if (reach[p] > most && !box->low[p]) {
			box->high[p] = 0;
			reach[p] = INT64_MAX;
			out++;
		} else {
			last = p;
			left++;
		}
	}
	if (left == 1 && !box->low[last]) {
		box->low[last] = 1;
		out++;
	}
	return left == 0 ? SIZE_MAX : out;
}

static void weigh_unplaced(struct relaxation *relaxation, const struct box *box)
{
	struct knapsack *knapsack = relaxation->knapsack;
	const size_t *first = &relaxation->first_of[relaxation->n_stations];

	for (size_t i = first[0]; i < first[1]; i++) {
		size_t p = relaxation->by_station[i];
		int64_t gain = relaxation_gain(relaxation, box, p);

		knapsack->inside[p] = gain < 0 || box->low[p] ? 0 : gain;
		knapsack->outside[p] = gain < 0 && !box->low[p] ? -gain : 0;
	}
}

size_t relaxation_fix(struct relaxation *relaxation, struct box *box, int64_t most,
		      int64_t *reach)
{
	int64_t value;
	size_t out = 0;

	for (size_t s = 0; s < relaxation->n_stations; s++) {
		if (!relaxation_solve(relaxation, box, s, true, &value))
			return SIZE_MAX;
		weigh_pairs(relaxation, box, s);
		weigh_taken(relaxation, box);
	}
	weigh_unplaced(relaxation, box);
	for (size_t i = 0; i < relaxation->n_items; i++) {
		size_t here = fix_item(relaxation, box, i, most, reach);

		if (here == SIZE_MAX)
			return SIZE_MAX;
		out += here;
	}
	return out;
}
