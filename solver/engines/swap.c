#include "solver/engines/swap.h"

#include <math.h>

#include "inputs/base/memory.h"
#include "solver/stop.h"

enum { MOST_TRIES = 40 }; /* swaps tried in vain before giving up */

/* A class switch, on which side the plan has it, and on which the linear program would. */
struct spot {
	size_t offering, which;
	bool open;
	int64_t classes;     /* that count when it is open */
	double share;        /* of its envelope that the linear program uses */
};

struct spots {
	struct spot *all;
	size_t n, room;
};

/* Two switches to swap: `shut` is open in the plan, `open` is not. */
struct swap {
	size_t shut, open;
	double gain;
};

static void add_spots(const struct linear *linear, size_t offering, int64_t assigned,
		      struct spots *spots)
{
	const struct seats *seats = &linear->program->seats[offering];

	for (size_t w = 0; w < seats->n_switches; w++) {
		int64_t below = 0, counting = 0;

		for (size_t i = 0; i <= seats->switches[w].tier; i++) {
			bool counts = seats->switches[w].oversized ? seats->tiers[i].oversized
								   : seats->tiers[i].large;

			below += seats->tiers[i].width;
			counting += counts ? seats->tiers[i].width : 0;
		}
		spots->all = memory_grow(spots->all, &spots->room, spots->n + 1,
					 sizeof *spots->all);
		spots->all[spots->n++] = (struct spot){
			offering, w, assigned > below, counting,
			linear_share(linear, offering, w)};
	}
}

static void find_spots(const struct search *search, const struct flows *flows,
		       struct spots *spots)
{
	const struct linear *linear = search->linear;
	const struct program *program = linear->program;
	int64_t *assigned = memory_array(program->district->n_offerings, sizeof *assigned);

	for (size_t i = 0; i < flows->n; i++)
		assigned[flows->all[i].offering] +=
			flows->all[i].units * program->batches[flows->all[i].batch].size;
	spots->n = 0;
	for (size_t i = 0; i < program->district->n_offerings; i++)
		if (linear->offering_row[i])
			add_spots(linear, i, assigned[i], spots);
	memory_free(assigned);
}

static int better_swap(const void *a, const void *b, void *context)
{
	const struct swap *first = a, *second = b;

	(void)context;
	if (first->gain > second->gain || first->gain < second->gain)
		return first->gain > second->gain ? -1 : 1;
	if (first->shut != second->shut)
		return first->shut < second->shut ? -1 : 1;
	return first->open < second->open ? -1 : 1;
}

static size_t list_swaps(const struct spots *spots, struct swap *swaps)
{
	size_t n = 0;

	for (size_t i = 0; i < spots->n; i++)
		for (size_t j = 0; j < spots->n; j++) {
			const struct spot *a = &spots->all[i], *b = &spots->all[j];

			if (a->open && !b->open && a->classes == b->classes &&
			    b->share - a->share > -1)
				swaps[n++] = (struct swap){i, j, b->share - a->share};
		}
	memory_sort(swaps, n, sizeof *swaps, better_swap, NULL);
	return n;
}

static void set_spot(struct search *search, const struct spot *spot, bool open)
{
	linear_set_switch(search->linear, spot->offering, spot->which,
			  open ? SWITCH_OPEN : SWITCH_SHUT);
}

/* Solves with every switch decided; returns whether a better plan came of it. */
static bool try_sides(struct search *search)
{
	double before = search->best;

	search->nodes++;
	if (linear_minimise(search->linear, search->weights) ||
	    search->linear->value > search->best - 0.5)
		return false;
	search->best = fmin(search->best, search->offer(search->context));
	return search->best < before;
}

/* Tries swaps until one helps; returns whether one did. */
static bool swap_once(struct search *search, const struct spots *spots, const struct swap *swaps,
		      size_t n)
{
	for (size_t i = 0; i < spots->n; i++)
		set_spot(search, &spots->all[i], spots->all[i].open);
	if (try_sides(search))
		return true;
	for (size_t i = 0; i < n && i < MOST_TRIES && !stop_asked(); i++) {
		const struct spot *shut = &spots->all[swaps[i].shut];
		const struct spot *open = &spots->all[swaps[i].open];

		set_spot(search, shut, false);
		set_spot(search, open, true);
		if (try_sides(search))
			return true;
		set_spot(search, shut, true);
		set_spot(search, open, false);
	}
	return false;
}

static void free_spots(struct search *search, const struct spots *spots)
{
	for (size_t i = 0; i < spots->n; i++)
		linear_set_switch(search->linear, spots->all[i].offering, spots->all[i].which,
				  SWITCH_FREE);
}

void swap_improve(struct search *search, const struct flows *flows)
{
	struct spots spots = {0};
	struct swap *swaps;
	bool better = true;

	linear_allow_missing(search->linear, true);
	while (better && linear_minimise(search->linear, search->weights) == 0) {
		find_spots(search, flows, &spots);
		swaps = memory_array(spots.n * spots.n, sizeof *swaps);
		better = swap_once(search, &spots, swaps, list_swaps(&spots, swaps));
		free_spots(search, &spots);
		memory_free(swaps);
	}
	linear_allow_missing(search->linear, false);
	memory_free(spots.all);
}
