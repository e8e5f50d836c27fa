#include <stdlib.h>
#include <string.h>

#include "models/floor_parts.h"

/* --- over standard, and classes -------------------------------------------------------------- */

/* An offering beyond the pupils that cost no class: so many more make so many classes more. */
struct rise {
	int64_t pupils, classes;
};

/* Most pupils a class first. */
static int by_ratio(const void *a, const void *b, void *context)
{
	const struct rise *left = a, *right = b;
	int64_t first = left->pupils * right->classes, second = right->pupils * left->classes;

	(void)context;
	return (first < second) - (first > second);
}

/* Returns the pupils who may be sent at no cost. */
static int64_t rise_of(const struct floor_work *work, size_t i, int64_t least, struct rise *rise)
{
	const struct offering *offering = &work->district->offerings[i];
	int64_t stay = offering->enrolled, most = work->seats[i].most, free_seats = most;

	rise->classes = classes_of_at_least(stay + most, offering->sections, least) -
			classes_of_at_least(stay, offering->sections, least);
	if (rise->classes > 0)
		free_seats = (least - 1) * offering->sections - stay;
	if (free_seats < 0)
		free_seats = 0;
	rise->pupils = most - free_seats;
	return free_seats;
}

/*
 * The classes that so many pupils add to the offerings of a set, who all go there. Beyond its free
 * seats an offering's count rises by one a pupil, until all its classes count, and is flat from
 * there: it lies nowhere below the straight line to its value at the most pupils. So the pupils for
 * whom no free seat is left cost at least what they cost along these lines, taken where a class
 * holds most of them, and a whole number that is no less is no less than that rounded up.
 */
static int64_t classes_of(const struct floor_work *work, const struct floor_set *set,
			  int64_t least, int64_t sent)
{
	size_t n = (size_t)set->row.schools, n_rises = 0;
	struct rise *rises = memory_array(n, sizeof *rises);
	int64_t classes = 0, left = sent;

	for (size_t i = 0; i < n; i++) {
		left -= rise_of(work, set->offerings[i], least, &rises[n_rises]);
		n_rises += rises[n_rises].classes > 0;
	}
	if (left > 0)
		memory_sort(rises, n_rises, sizeof *rises, by_ratio, NULL);
	for (size_t i = 0; i < n_rises && left > 0; i++) {
		int64_t here = left < rises[i].pupils ? left : rises[i].pupils;

		classes += (here * rises[i].classes + rises[i].pupils - 1) / rises[i].pupils;
		left -= here;
	}
	free(rises);
	return classes;
}

/* What a set costs at least. */
struct cost {
	int64_t least;
	const struct floor_set *set;
};

/* Dearest first; the order of equals is that of their first offering, then size and name. */
static int by_cost(const void *a, const void *b, void *context)
{
	const struct cost *left = a, *right = b;
	const struct floor_shortage *first = &left->set->row, *second = &right->set->row;

	(void)context;
	if (left->least != right->least)
		return left->least < right->least ? 1 : -1;
	if (first->schools != second->schools)
		return first->schools < second->schools ? -1 : 1;
	if (first->kind != second->kind)
		return first->kind < second->kind ? -1 : 1;
	return strcmp(first->id, second->id);
}

/* Whether none of the set's offerings is taken; then takes them. */
static bool take_apart(const struct floor_work *work, const struct floor_set *set, bool *taken)
{
	size_t n = (size_t)set->row.schools;

	for (size_t i = 0; i < n; i++)
		if (taken[work->item_of[set->offerings[i]]])
			return false;
	for (size_t i = 0; i < n; i++)
		taken[work->item_of[set->offerings[i]]] = true;
	return true;
}

/* Sets that share no offering cost what they cost by themselves: the sum of such ones, the dearest
 * first. */
static int64_t sum_apart(const struct floor_work *work, size_t stream, struct cost *costs)
{
	size_t n = work->found[stream].n;
	bool *taken = memory_array(work->n_offerings[stream], sizeof *taken);
	int64_t sum = 0;

	memory_sort(costs, n, sizeof *costs, by_cost, NULL);
	for (size_t i = 0; i < n && costs[i].least > 0; i++)
		if (take_apart(work, costs[i].set, taken))
			sum += costs[i].least;
	free(taken);
	return sum;
}

int64_t floor_classes(const struct floor_work *work, size_t stream, int64_t least,
		      int64_t unplaced)
{
	const struct floor_found *found = &work->found[stream];
	struct cost *costs = memory_array(found->n, sizeof *costs);
	int64_t sum;

	for (size_t i = 0; i < found->n; i++)
		costs[i] = (struct cost){classes_of(work, &found->sets[i], least,
						    found->sets[i].row.pupils - unplaced),
					 &found->sets[i]};
	sum = sum_apart(work, stream, costs);
	free(costs);
	return sum;
}

int64_t floor_over_standard(const struct floor_work *work, size_t stream)
{
	const struct floor_found *found = &work->found[stream];
	struct cost *costs = memory_array(found->n, sizeof *costs);
	int64_t sum;

	for (size_t i = 0; i < found->n; i++)
		costs[i] = (struct cost){found->sets[i].short_standard, &found->sets[i]};
	sum = sum_apart(work, stream, costs);
	free(costs);
	return sum;
}

/* --- travel ---------------------------------------------------------------------------------- */

/* Pupils and their way to the nearest school. */
struct way {
	int64_t metres, pupils;
};

static int by_length(const void *a, const void *b, void *context)
{
	const struct way *left = a, *right = b;

	(void)context;
	return (left->metres < right->metres) - (left->metres > right->metres);
}

/* Takes so many pupils off the longest ways. */
static void take_off(struct way *ways, size_t n, int64_t pupils)
{
	if (pupils > 0)
		memory_sort(ways, n, sizeof *ways, by_length, NULL);
	for (size_t i = 0; i < n && pupils > 0; i++) {
		int64_t here = ways[i].pupils < pupils ? ways[i].pupils : pupils;

		ways[i].pupils -= here;
		pupils -= here;
	}
}

/* The ways of a stream; returns how many. */
static size_t list_ways(const struct floor_work *work, size_t stream, struct way *ways)
{
	const struct district *district = work->district;
	const struct nearest_school *nearest = work->reference->nearest;
	size_t n = 0;

	for (size_t c = 0; c < district->n_cells; c++)
		if (nearest[c].school != NONE &&
		    floor_stream_of(district, &district->cells[c]) == stream)
			ways[n++] = (struct way){nearest[c].metres, district->cells[c].pupils};
	return n;
}

/* Nobody's way is shorter than that to the nearest school; of each grade those who must stay
 * unplaced, and of all the slack, are taken to be the ones with the longest ways. */
int64_t floor_metres(const struct floor_work *work)
{
	struct way *ways = memory_array(work->district->n_cells, sizeof *ways);
	int64_t metres = 0;
	size_t n = 0;

	for (size_t stream = 0; stream < N_STREAMS; stream++) {
		const struct floor_grade *grade = &work->grades[stream];
		size_t more;

		if (grade->pupils == 0)
			continue;
		more = list_ways(work, stream, ways + n);
		take_off(ways + n, more, grade->unplaced - grade->no_school);
		n += more;
	}
	take_off(ways, n, work->slack);
	for (size_t i = 0; i < n; i++)
		metres += ways[i].metres * ways[i].pupils;
	free(ways);
	return metres;
}
