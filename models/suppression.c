#include "models/suppression.h"

/* --- counts and totals ----------------------------------------------------------------------- */

static int by_size(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int compare_counts(const void *a, const void *b, void *context)
{
	const struct public_count *left = a, *right = b;
	int order = by_size(left->zone, right->zone);

	(void)context;
	if (order == 0)
		order = left->grade - right->grade;
	if (order == 0)
		order = by_size(left->group, right->group);
	return order ? order : by_size(left->school, right->school);
}

static void list_counts(struct arena *arena, const struct plan *plan, int64_t least,
			struct suppression *made)
{
	const struct district *district = plan->district;
	size_t homes = district->n_zones - district->n_homes, kept = 0;
	struct public_count *counts = arena_array(arena, plan->n_placements, sizeof *counts);

	for (size_t i = 0; i < plan->n_placements; i++) {
		const struct placement *placement = &plan->placements[i];
		const struct cell *cell = &district->cells[placement->cell];

		counts[i] = (struct public_count){cell->zone < homes ? cell->zone : homes,
						  cell->group, placement->school, cell->grade,
						  placement->pupils, false};
	}
	memory_sort(counts, plan->n_placements, sizeof *counts, compare_counts, NULL);
	for (size_t i = 0; i < plan->n_placements; i++)
		if (kept > 0 && compare_counts(&counts[kept - 1], &counts[i], NULL) == 0)
			counts[kept - 1].pupils += counts[i].pupils;
		else
			counts[kept++] = counts[i];
	for (size_t i = 0; i < kept; i++)
		counts[i].hidden = counts[i].pupils < least;
	made->counts = counts;
	made->n_counts = kept;
}

/* What a count is summed under: two numbers that tell the totals of a kind apart. */
struct total_key {
	size_t first, second, count;
};

static struct total_key key_of(const struct public_count *count, enum total_kind kind, size_t i)
{
	switch (kind) {
	case TOTAL_ZONE_GRADE:
		return (struct total_key){count->zone, (size_t)count->grade, i};
	case TOTAL_GROUP:
		return (struct total_key){count->group, 0, i};
	case TOTAL_GROUP_PLACED:
		return (struct total_key){count->group, count->school == NONE, i};
	default:
		return (struct total_key){count->school, 0, i};
	}
}

static int compare_keys(const void *a, const void *b, void *context)
{
	const struct total_key *left = a, *right = b;
	int order = by_size(left->first, right->first);

	(void)context;
	if (order == 0)
		order = by_size(left->second, right->second);
	return order ? order : by_size(left->count, right->count);
}

static void list_totals(struct arena *arena, const struct suppression *made, enum total_kind kind,
			struct public_totals *totals)
{
	struct total_key *keys = memory_array(made->n_counts, sizeof *keys);

	totals->all = arena_array(arena, made->n_counts, sizeof *totals->all);
	totals->of_count = arena_array(arena, made->n_counts, sizeof *totals->of_count);
	totals->n = 0;
	for (size_t i = 0; i < made->n_counts; i++)
		keys[i] = key_of(&made->counts[i], kind, i);
	memory_sort(keys, made->n_counts, sizeof *keys, compare_keys, NULL);
	for (size_t i = 0; i < made->n_counts; i++) {
		const struct public_count *count = &made->counts[keys[i].count];

		if (i == 0 || keys[i].first != keys[i - 1].first ||
		    keys[i].second != keys[i - 1].second)
			totals->all[totals->n++].first = count;
		totals->of_count[keys[i].count] = totals->n - 1;
		totals->all[totals->n - 1].pupils += count->pupils;
	}
	memory_free(keys);
}

/* --- hiding ---------------------------------------------------------------------------------- */

/* Whether so much hidden could be told. */
static bool tells(size_t n_hidden, int64_t hidden_pupils, int64_t least)
{
	return n_hidden > 0 && (n_hidden < 2 || hidden_pupils < least);
}

static void sum_hidden(const struct suppression *made, struct public_totals *totals)
{
	for (size_t t = 0; t < totals->n; t++) {
		totals->all[t].n_hidden = 0;
		totals->all[t].hidden_pupils = 0;
	}
	for (size_t i = 0; i < made->n_counts; i++)
		if (made->counts[i].hidden) {
			totals->all[totals->of_count[i]].n_hidden++;
			totals->all[totals->of_count[i]].hidden_pupils += made->counts[i].pupils;
		}
}

/* Hides under every total that tells something its smallest count; returns whether any was. */
static bool hide_counts(struct suppression *made, struct public_totals *totals, int64_t least)
{
	struct public_count **smallest = memory_array(totals->n, sizeof *smallest);
	bool changed = false;

	sum_hidden(made, totals);
	for (size_t i = 0; i < made->n_counts; i++) {
		struct public_count *count = &made->counts[i], **so_far;

		so_far = &smallest[totals->of_count[i]];
		if (!count->hidden && (!*so_far || count->pupils < (*so_far)->pupils))
			*so_far = count;
	}
	for (size_t t = 0; t < totals->n; t++) {
		struct public_total *total = &totals->all[t];

		if (total->hidden || !tells(total->n_hidden, total->hidden_pupils, least))
			continue;
		changed = true;
		if (smallest[t])
			smallest[t]->hidden = true;
		else
			total->hidden = true;
	}
	memory_free(smallest);
	return changed;
}

/* The same for the totals of a kind under that of the whole district. */
static bool hide_totals(struct public_totals *totals, int64_t least)
{
	struct public_total *smallest = NULL;
	size_t n_hidden = 0;
	int64_t hidden = 0;

	for (size_t t = 0; t < totals->n; t++) {
		struct public_total *total = &totals->all[t];

		if (total->hidden) {
			n_hidden++;
			hidden += total->pupils;
		} else if (!smallest || total->pupils < smallest->pupils) {
			smallest = total;
		}
	}
	if (!smallest || !tells(n_hidden, hidden, least))
		return false;
	smallest->hidden = true;
	return true;
}

void suppression_make(struct arena *arena, const struct plan *plan, int64_t least,
		      struct suppression *made)
{
	bool changed = true;

	list_counts(arena, plan, least, made);
	for (int kind = 0; kind < TOTAL_KINDS; kind++) {
		list_totals(arena, made, (enum total_kind)kind, &made->totals[kind]);
		for (size_t t = 0; t < made->totals[kind].n; t++)
			made->totals[kind].all[t].hidden =
				made->totals[kind].all[t].pupils < least;
	}
	while (changed) {
		changed = false;
		for (int kind = 0; kind < TOTAL_KINDS; kind++) {
			while (hide_counts(made, &made->totals[kind], least))
				changed = true;
			while (hide_totals(&made->totals[kind], least))
				changed = true;
		}
	}
}
