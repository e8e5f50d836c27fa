#include "models/section_scores.h"

#include "inputs/district.h"

__extension__ typedef __int128 wide;

enum { SWEEPS = 8, ROUNDS_PER_CLASS = 2, TURNS = 4, VALUE_BITS = 62 };

/* Who is in which class: class c has roster[first[c]] .. [first[c + 1]], by kind, the highest
 * value first. */
struct rosters {
	struct section_search *search;
	struct section_member **roster;
	size_t *first;
	int64_t *sum;          /* of values */
};

/* The members [begin, end) of a roster: all of a kind in a class. */
struct stretch {
	size_t section, kind, begin, end;
};

/* Two places in rosters, and what exchanging them adds to the objective, halved. */
struct swap {
	size_t a, b;
	wide gain;
};

/* Values such that a class's sum is N * sum - n * total. */
static void set_values(struct section_member *members, size_t n)
{
	int64_t lowest = INT64_MAX, highest = 0, scored = 0, total = 0, divisor;

	for (size_t i = 0; i < n; i++) {
		int64_t score = members[i].child->score;

		if (score == NOT_GIVEN)
			continue;
		scored++;
		lowest = score < lowest ? score : lowest;
		highest = score > highest ? score : highest;
	}
	divisor = scored ? (int64_t)(((wide)scored * scored * (highest - lowest)) >> VALUE_BITS) + 1
			 : 1;
	for (size_t i = 0; i < n; i++)
		if (members[i].child->score != NOT_GIVEN)
			total += (members[i].child->score - lowest) / divisor;
	for (size_t i = 0; i < n; i++)
		members[i].value = members[i].child->score == NOT_GIVEN ? 0 :
			scored * ((members[i].child->score - lowest) / divisor) - total;
}

/* Members of equal value keep the order in which they are dealt. */
static bool comes_before(const struct section_member *a, const struct section_member *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind;
	return a->value != b->value ? a->value > b->value : a < b;
}

/* Insertion: all but one are in order. */
static void sort_roster(const struct rosters *rosters, size_t section)
{
	struct section_member **roster = rosters->roster;

	for (size_t i = rosters->first[section] + 1; i < rosters->first[section + 1]; i++) {
		struct section_member *member = roster[i];
		size_t at = i;

		for (; at > rosters->first[section] && comes_before(member, roster[at - 1]); at--)
			roster[at] = roster[at - 1];
		roster[at] = member;
	}
}

static void open_rosters(struct arena *arena, struct section_search *search,
			 struct section_member *members, size_t n, struct rosters *rosters)
{
	size_t n_sections = search->intake->n_sections;
	size_t *next = arena_array(arena, n_sections + 2, sizeof *next);

	*rosters = (struct rosters){search, arena_array(arena, n, sizeof *rosters->roster), next,
				    arena_array(arena, n_sections, sizeof *rosters->sum)};
	for (size_t i = 0; i < n; i++)
		next[members[i].section + 2]++;
	for (size_t c = 0; c < n_sections; c++)
		next[c + 2] += next[c + 1];
	for (size_t i = 0; i < n; i++) {
		rosters->roster[next[members[i].section + 1]++] = &members[i];
		rosters->sum[members[i].section] += members[i].value;
	}
	for (size_t c = 0; c < n_sections; c++)
		sort_roster(rosters, c);
}

/* The stretch that begins there; empty at the end of the roster. */
static struct stretch stretch_at(const struct rosters *rosters, size_t section, size_t begin)
{
	struct stretch stretch = {section, NONE, begin, begin};

	if (begin == rosters->first[section + 1])
		return stretch;
	stretch.kind = rosters->roster[begin]->kind;
	while (stretch.end < rosters->first[section + 1] &&
	       rosters->roster[stretch.end]->kind == stretch.kind)
		stretch.end++;
	return stretch;
}

/* The best swap of two stretches: a's sum should rise by half of what b's is above it. Both fall,
 * so the partner that comes nearest to it moves on only. */
static void best_swap(const struct rosters *rosters, const struct stretch *a,
		      const struct stretch *b, struct swap *best)
{
	int64_t above = rosters->sum[a->section] - rosters->sum[b->section];

	for (size_t i = a->begin, j = b->begin; i < a->end; i++) {
		int64_t value = rosters->roster[i]->value;

		while (j + 1 < b->end &&
		       2 * ((wide)rosters->roster[j]->value - value) > -(wide)above)
			j++;
		for (size_t at = j > b->begin ? j - 1 : j; at <= j; at++) {
			wide rise = (wide)rosters->roster[at]->value - value;

			if (rise * (above + rise) < best->gain)
				*best = (struct swap){i, at, rise * (above + rise)};
		}
	}
}

/* Takes the best swap of two stretches, if it is better and leaves the levels as they are. */
static void try_unlike(struct rosters *rosters, const struct stretch *a, const struct stretch *b,
		       struct swap *best)
{
	struct section_search *search = rosters->search;
	struct swap swap = *best;

	best_swap(rosters, a, b, &swap);
	if (swap.gain >= best->gain ||
	    !section_search_swap_even(search, a->section, a->kind, b->section, b->kind))
		return;
	section_search_swap_even(search, b->section, a->kind, a->section, b->kind);
	*best = swap;
}

static void do_swap(struct rosters *rosters, size_t a, size_t b, const struct swap *swap)
{
	struct section_member *from_a = rosters->roster[swap->a];
	struct section_member *from_b = rosters->roster[swap->b];

	if (from_a->kind != from_b->kind)
		section_search_swap_even(rosters->search, a, from_a->kind, b, from_b->kind);
	rosters->sum[a] += from_b->value - from_a->value;
	rosters->sum[b] += from_a->value - from_b->value;
	rosters->roster[swap->a] = from_b;
	rosters->roster[swap->b] = from_a;
	from_b->section = a;
	from_a->section = b;
	sort_roster(rosters, a);
	sort_roster(rosters, b);
}

/* The best exchange of two children of a kind, between two classes. */
static bool improve_like(struct rosters *rosters, size_t a, size_t b)
{
	struct swap best = {0, 0, 0};
	struct stretch in_a = stretch_at(rosters, a, rosters->first[a]);
	struct stretch in_b = stretch_at(rosters, b, rosters->first[b]);

	while (in_a.kind != NONE && in_b.kind != NONE) {
		size_t kind_a = in_a.kind, kind_b = in_b.kind;

		if (kind_a == kind_b)
			best_swap(rosters, &in_a, &in_b, &best);
		if (kind_a <= kind_b)
			in_a = stretch_at(rosters, a, in_a.end);
		if (kind_b <= kind_a)
			in_b = stretch_at(rosters, b, in_b.end);
	}
	if (best.gain < 0)
		do_swap(rosters, a, b, &best);
	return best.gain < 0;
}

/* The best exchange of any two children of two classes that leaves the levels as they are. */
static bool improve_any(struct rosters *rosters, size_t a, size_t b)
{
	struct swap best = {0, 0, 0};
	struct stretch in_a = stretch_at(rosters, a, rosters->first[a]);

	for (; in_a.kind != NONE; in_a = stretch_at(rosters, a, in_a.end)) {
		struct stretch in_b = stretch_at(rosters, b, rosters->first[b]);

		for (; in_b.kind != NONE; in_b = stretch_at(rosters, b, in_b.end))
			try_unlike(rosters, &in_a, &in_b, &best);
	}
	if (best.gain < 0)
		do_swap(rosters, a, b, &best);
	return best.gain < 0;
}

static bool improve_all(struct rosters *rosters)
{
	size_t n_sections = rosters->search->intake->n_sections;
	bool improved = false;

	for (size_t a = 0; a + 1 < n_sections; a++)
		for (size_t b = a + 1; b < n_sections; b++)
			improved |= improve_like(rosters, a, b);
	return improved;
}

/* The class of the highest sum, or of the lowest if sign is -1. */
static size_t extreme(const struct rosters *rosters, int64_t sign)
{
	size_t found = 0;

	for (size_t c = 1; c < rosters->search->intake->n_sections; c++)
		if (sign * rosters->sum[c] > sign * rosters->sum[found])
			found = c;
	return found;
}

/* Exchanges between the highest class and the lowest, else between one of them and another. */
static bool improve_extremes(struct rosters *rosters)
{
	size_t high = extreme(rosters, 1), low = extreme(rosters, -1);

	if (high == low)
		return false;
	if (improve_any(rosters, high, low))
		return true;
	for (size_t c = 0; c < rosters->search->intake->n_sections; c++)
		if (c != high && c != low &&
		    (improve_any(rosters, high, c) || improve_any(rosters, low, c)))
			return true;
	return false;
}

static void exchange_like(struct rosters *rosters)
{
	for (int i = 0; i < SWEEPS && improve_all(rosters); i++)
		;
}

static bool exchange_any(struct rosters *rosters)
{
	size_t rounds = ROUNDS_PER_CLASS * rosters->search->intake->n_sections, left = rounds;

	while (left && improve_extremes(rosters))
		left--;
	return left < rounds;
}

void section_scores_even_out(struct section_search *search, struct section_member *members,
			     size_t n_members)
{
	struct arena arena;
	struct rosters rosters;

	arena_open(&arena);
	set_values(members, n_members);
	open_rosters(&arena, search, members, n_members, &rosters);
	exchange_like(&rosters);
	for (int i = 0; i < TURNS && exchange_any(&rosters); i++)
		exchange_like(&rosters);
	arena_close(&arena);
}
