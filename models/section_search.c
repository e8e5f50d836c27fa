#include "models/section_search.h"

#include <string.h>

#include "inputs/district.h"

/* The columns of a class: size, inclusion, male, female, one for each group. */
enum { SIZE, INCLUDED, MALE, FEMALE, GROUPS };

/* Moves to begin with, and for each child; up to so many kicks before a descent, which with a few
 * children is a new start. */
enum { MOVES = 60000, MOVES_PER_CHILD = 60, KICKS = 16 };

struct section_move {
	size_t kind, from, to;
};

/* What can leave a class at once: a child of the kind, or all of a family who are there; with
 * neither, nobody. */
struct piece {
	size_t kind, family;
};

static const struct piece nobody = {NONE, NONE};

/* Up to two pieces for up to two. */
struct exchange {
	size_t a, b;
	struct piece out[2], in[2];
};

struct section_trial {
	struct exchange exchange;           /* at hand */
	struct exchange best;               /* of those tried */
	int64_t best_cost[SECTION_LEVELS];
	bool found;                         /* one that lowers the cost */
	struct piece *pieces_a, *pieces_b;  /* nobody is the first */
	size_t n_pieces_a, n_pieces_b;
};

static bool at_bound(const struct section_search *search)
{
	return memcmp(search->cost, search->bound, sizeof search->bound) == 0;
}

/* Whether cost is lower than `than`: the first level that differs decides. */
static bool cheaper(const int64_t *cost, const int64_t *than)
{
	size_t level = 0;

	while (level + 1 < SECTION_LEVELS && cost[level] == than[level])
		level++;
	return cost[level] < than[level];
}

/* --- the state ------------------------------------------------------------------------------- */

static enum section_level level_of(size_t column)
{
	if (column == INCLUDED)
		return LEVEL_INCLUSION;
	return column < GROUPS ? LEVEL_SEX : LEVEL_GROUP;
}

static void list_columns(struct section_kind *kind)
{
	kind->n_columns = 0;
	kind->columns[kind->n_columns++] = SIZE;
	if (kind->inclusion)
		kind->columns[kind->n_columns++] = INCLUDED;
	if (kind->sex)
		kind->columns[kind->n_columns++] = kind->sex == 1 ? MALE : FEMALE;
	kind->columns[kind->n_columns++] = GROUPS + kind->group;
}

static void list_families(struct arena *arena, struct section_search *search)
{
	size_t *first = arena_array(arena, search->n_families + 2, sizeof *first);

	search->family_kinds = arena_array(arena, search->n_kinds, sizeof *search->family_kinds);
	for (size_t t = 0; t < search->n_kinds; t++)
		if (search->kinds[t].family != NONE)
			first[search->kinds[t].family + 2]++;
	for (size_t f = 0; f < search->n_families; f++)
		first[f + 2] += first[f + 1];
	for (size_t t = 0; t < search->n_kinds; t++)
		if (search->kinds[t].family != NONE)
			search->family_kinds[first[search->kinds[t].family + 1]++] = t;
	search->family_first = first;
}

static size_t largest_family(const struct section_search *search)
{
	size_t largest = 1;

	for (size_t f = 0; f < search->n_families; f++) {
		size_t n = search->family_first[f + 1] - search->family_first[f];

		largest = n > largest ? n : largest;
	}
	return largest;
}

static void lay_out_state(struct arena *arena, struct section_search *search)
{
	size_t n_sections = search->intake->n_sections;

	search->n_state = n_sections * (search->n_columns + search->n_kinds) + search->n_kinds +
		SECTION_LEVELS;
	search->state = arena_array(arena, search->n_state, sizeof *search->state);
	search->count = search->state;
	search->held = search->count + n_sections * search->n_columns;
	search->place = search->held + n_sections * search->n_kinds;
	search->cost = search->place + search->n_kinds;
}

void section_search_open(struct arena *arena, const struct intake *intake,
			 struct section_kind *kinds, size_t n_kinds, size_t n_families,
			 struct section_search *search)
{
	int64_t pupils = intake->enrolled + (int64_t)intake->n_children;

	*search = (struct section_search){.intake = intake, .kinds = kinds, .n_kinds = n_kinds,
					  .n_columns = GROUPS + intake->n_groups,
					  .n_families = n_families};
	for (size_t t = 0; t < n_kinds; t++)
		list_columns(&kinds[t]);
	list_families(arena, search);
	lay_out_state(arena, search);
	search->done = arena_array(arena, 4 * largest_family(search), sizeof *search->done);
	search->trial = arena_array(arena, 1, sizeof *search->trial);
	search->trial->pieces_a = arena_array(arena, 1 + n_kinds + n_families, sizeof nobody);
	search->trial->pieces_b = arena_array(arena, 1 + n_kinds + n_families, sizeof nobody);
	search->size_least = pupils / (int64_t)intake->n_sections;
	search->moves_left = MOVES + MOVES_PER_CHILD * (int64_t)intake->n_children;
	for (size_t c = 0; c < intake->n_sections; c++)
		search->count[c * search->n_columns + SIZE] = section_begin(intake, c);
}

void section_search_put(struct section_search *search, size_t kind, size_t section)
{
	const struct section_kind *put = &search->kinds[kind];

	for (size_t i = 0; i < put->n_columns; i++)
		search->count[section * search->n_columns + put->columns[i]]++;
	search->held[section * search->n_kinds + kind]++;
	search->place[kind] = (int64_t)section;
}

/* Members of the family in the class. */
static int64_t family_in(const struct section_search *search, size_t family, size_t section)
{
	int64_t n = 0;

	for (size_t i = search->family_first[family]; i < search->family_first[family + 1]; i++)
		n += search->place[search->family_kinds[i]] == (int64_t)section;
	return n;
}

static int64_t family_broken(const struct section_search *search, size_t family)
{
	size_t first = search->family_first[family], end = search->family_first[family + 1];
	int64_t classes = 0;

	for (size_t i = first; i < end; i++) {
		size_t before = first;

		while (search->place[search->family_kinds[before]] !=
		       search->place[search->family_kinds[i]])
			before++;
		classes += before == i;
	}
	if (search->intake->twins == SECTION_TWINS_TOGETHER)
		return classes - 1;
	return (int64_t)(end - first) - classes;
}

/* What the children cost who have been put into classes. */
static void count_cost(struct section_search *search)
{
	const struct intake *intake = search->intake;

	memset(search->cost, 0, sizeof search->bound);
	for (size_t f = 0; f < search->n_families; f++)
		search->cost[LEVEL_TWINS] += family_broken(search, f);
	for (size_t c = 0; c < intake->n_sections; c++) {
		const int64_t *count = search->count + c * search->n_columns;

		if (count[INCLUDED] > intake->inclusion_per_class)
			search->cost[LEVEL_EXCESS] += count[INCLUDED] - intake->inclusion_per_class;
		for (size_t column = INCLUDED; column < search->n_columns; column++)
			search->cost[level_of(column)] += count[column] * count[column];
	}
}

/* The least that the squares of whole numbers can sum to, if the numbers sum to `total`. */
static int64_t least_squares(int64_t total, int64_t n)
{
	int64_t low = total / n, more = total % n;

	return (n - more) * low * low + more * (low + 1) * (low + 1);
}

static void find_bound(struct section_search *search)
{
	size_t n_sections = search->intake->n_sections;
	struct balance least;

	section_balance_least(search->intake, &least);
	search->bound[LEVEL_TWINS] = least.twins_broken;
	search->bound[LEVEL_EXCESS] = least.inclusion_excess;
	for (size_t column = INCLUDED; column < search->n_columns; column++) {
		int64_t total = 0;

		for (size_t c = 0; c < n_sections; c++)
			total += search->count[c * search->n_columns + column];
		search->bound[level_of(column)] += least_squares(total, (int64_t)n_sections);
	}
}

/* --- moves ----------------------------------------------------------------------------------- */

/* A child of the kind goes to another class. */
static void move(struct section_search *search, size_t kind, size_t from, size_t to)
{
	const struct section_kind *moved = &search->kinds[kind];
	int64_t *count_from = search->count + from * search->n_columns;
	int64_t *count_to = search->count + to * search->n_columns, *cost = search->cost;

	count_from[SIZE]--;
	count_to[SIZE]++;
	if (moved->inclusion)
		cost[LEVEL_EXCESS] += (count_to[INCLUDED] >= search->intake->inclusion_per_class) -
			(count_from[INCLUDED] > search->intake->inclusion_per_class);
	for (size_t i = 1; i < moved->n_columns; i++) {
		size_t column = moved->columns[i];

		cost[level_of(column)] += 2 * (count_to[column]++ - --count_from[column]);
	}
	search->held[from * search->n_kinds + kind]--;
	search->held[to * search->n_kinds + kind]++;
	if (moved->family != NONE) {
		cost[LEVEL_TWINS] -= family_broken(search, moved->family);
		search->place[kind] = (int64_t)to;
		cost[LEVEL_TWINS] += family_broken(search, moved->family);
	}
	search->moves_left--;
}

static void move_and_note(struct section_search *search, size_t kind, size_t from, size_t to)
{
	move(search, kind, from, to);
	search->done[search->n_done++] = (struct section_move){kind, from, to};
}

/* False if the child has left already. */
static bool move_piece(struct section_search *search, const struct piece *piece, size_t from,
		       size_t to)
{
	size_t family = piece->family;

	if (family != NONE) {
		for (size_t i = search->family_first[family];
		     i < search->family_first[family + 1]; i++)
			if (search->place[search->family_kinds[i]] == (int64_t)from)
				move_and_note(search, search->family_kinds[i], from, to);
	} else if (piece->kind != NONE) {
		if (!search->held[from * search->n_kinds + piece->kind])
			return false;
		move_and_note(search, piece->kind, from, to);
	}
	return true;
}

/* As the sum of all sizes is what it is, no class can have more than one above the least. */
static bool size_fits(const struct section_search *search, size_t section)
{
	int64_t above = search->count[section * search->n_columns + SIZE] - search->size_least;

	return above == 0 || above == 1;
}

/* Does as much of the exchange as can be done; true if it is all, and sizes stay right. */
static bool do_exchange(struct section_search *search, const struct exchange *exchange)
{
	size_t a = exchange->a, b = exchange->b;

	search->n_done = 0;
	for (int i = 0; i < 2; i++)
		if (!move_piece(search, &exchange->out[i], a, b) ||
		    !move_piece(search, &exchange->in[i], b, a))
			return false;
	return size_fits(search, a) && size_fits(search, b);
}

static void take_back(struct section_search *search)
{
	while (search->n_done) {
		const struct section_move *last = &search->done[--search->n_done];

		move(search, last->kind, last->to, last->from);
	}
}

/* --- trying ---------------------------------------------------------------------------------- */

/* Whatever can leave the class at once, nobody first; returns how many. */
static size_t list_pieces(const struct section_search *search, size_t section,
			  struct piece *pieces)
{
	const int64_t *held = search->held + section * search->n_kinds;
	size_t n = 0;

	pieces[n++] = nobody;
	for (size_t t = 0; t < search->n_kinds; t++)
		if (held[t])
			pieces[n++] = (struct piece){t, NONE};
	if (search->intake->twins == SECTION_TWINS_TOGETHER)
		for (size_t f = 0; f < search->n_families; f++)
			if (family_in(search, f, section) > 1)
				pieces[n++] = (struct piece){NONE, f};
	return n;
}

static void begin_trial(struct section_search *search, size_t a, size_t b)
{
	struct section_trial *trial = search->trial;

	trial->found = false;
	trial->exchange = (struct exchange){a, b, {nobody, nobody}, {nobody, nobody}};
	memcpy(trial->best_cost, search->cost, sizeof trial->best_cost);
}

/* Does the exchange at hand, looks at the cost, and takes it back. */
static void try_exchange(struct section_search *search)
{
	struct section_trial *trial = search->trial;

	if (do_exchange(search, &trial->exchange) && cheaper(search->cost, trial->best_cost)) {
		trial->best = trial->exchange;
		trial->found = true;
		memcpy(trial->best_cost, search->cost, sizeof trial->best_cost);
	}
	take_back(search);
}

static bool do_best(struct section_search *search)
{
	if (search->trial->found)
		do_exchange(search, &search->trial->best);
	return search->trial->found;
}

/* One or two pieces of a are chosen: every choice of up to `width` pieces of b for them. */
static void try_returns(struct section_search *search, int width)
{
	struct section_trial *trial = search->trial;

	for (size_t i = 0; i < trial->n_pieces_b; i++) {
		trial->exchange.in[0] = trial->pieces_b[i];
		for (size_t j = 0; j <= (width == 2 ? i : 0); j++) {
			trial->exchange.in[1] = trial->pieces_b[j];
			try_exchange(search);
		}
	}
}

/* The best exchange of up to `width` pieces between two classes. */
static bool improve_pair(struct section_search *search, size_t a, size_t b, int width)
{
	struct section_trial *trial = search->trial;

	begin_trial(search, a, b);
	trial->n_pieces_a = list_pieces(search, a, trial->pieces_a);
	trial->n_pieces_b = list_pieces(search, b, trial->pieces_b);
	for (size_t i = 0; i < trial->n_pieces_a; i++) {
		trial->exchange.out[0] = trial->pieces_a[i];
		for (size_t j = 0; j <= (width == 2 ? i : 0) && search->moves_left > 0; j++) {
			trial->exchange.out[1] = trial->pieces_a[j];
			try_returns(search, width);
		}
	}
	return do_best(search);
}

/* The best exchange of one piece for another of any class, if it is the family's. */
static bool improve_family(struct section_search *search, size_t family)
{
	struct section_trial *trial = search->trial;

	begin_trial(search, 0, 0);
	for (size_t b = 0; b < search->intake->n_sections; b++) {
		trial->exchange.b = b;
		trial->n_pieces_b = list_pieces(search, b, trial->pieces_b);
		for (size_t i = search->family_first[family];
		     i < search->family_first[family + 1]; i++) {
			size_t kind = search->family_kinds[i];

			trial->exchange.a = (size_t)search->place[kind];
			if (trial->exchange.a == b)
				continue;
			trial->exchange.out[0] = (struct piece){kind, NONE};
			try_returns(search, 1);
			trial->exchange.out[0] = (struct piece){NONE, family};
			try_returns(search, 1);
		}
	}
	return do_best(search);
}

/* Families first: nothing is worth more, and like children to exchange are easily found. */
static void mend_families(struct section_search *search)
{
	for (size_t f = 0; f < search->n_families; f++)
		while (search->cost[LEVEL_TWINS] > search->bound[LEVEL_TWINS] &&
		       family_broken(search, f) && improve_family(search, f))
			;
}

/* --- the search ------------------------------------------------------------------------------ */

/* Whether no exchange between the two can help: numbers within one of each other cannot be evened
 * out, and their squares summed cannot fall. */
static bool settled(const struct section_search *search, size_t a, size_t b)
{
	const int64_t *count_a = search->count + a * search->n_columns;
	const int64_t *count_b = search->count + b * search->n_columns;

	for (size_t column = INCLUDED; column < search->n_columns; column++)
		if (count_a[column] - count_b[column] > 1 || count_b[column] - count_a[column] > 1)
			return false;
	return true;
}

static bool improve_all_pairs(struct section_search *search, int width)
{
	bool broken = width == 2 && search->cost[LEVEL_TWINS] > search->bound[LEVEL_TWINS];
	bool improved = false;

	for (size_t a = 0; a + 1 < search->intake->n_sections; a++)
		for (size_t b = a + 1; b < search->intake->n_sections; b++)
			while ((broken || !settled(search, a, b)) && search->moves_left > 0 &&
			       improve_pair(search, a, b, width))
				improved = true;
	return improved;
}

static void descend(struct section_search *search)
{
	do {
		mend_families(search);
		while (improve_all_pairs(search, 1))
			;
	} while (!at_bound(search) && improve_all_pairs(search, 2));
}

/* Knuth's MMIX generator, the upper bits. */
static size_t draw(struct section_search *search, size_t n)
{
	search->chance = search->chance * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(search->chance >> 33) % n;
}

/* Exchanges two pieces of two classes, whatever the cost. */
static void kick(struct section_search *search)
{
	struct section_trial *trial = search->trial;
	size_t a = draw(search, search->intake->n_sections);
	size_t b = draw(search, search->intake->n_sections);

	begin_trial(search, a, b);
	trial->n_pieces_a = list_pieces(search, a, trial->pieces_a);
	trial->n_pieces_b = list_pieces(search, b, trial->pieces_b);
	trial->exchange.out[0] = trial->pieces_a[draw(search, trial->n_pieces_a)];
	trial->exchange.in[0] = trial->pieces_b[draw(search, trial->n_pieces_b)];
	if (a == b || !do_exchange(search, &trial->exchange))
		take_back(search);
	search->moves_left--;
}

/* Kicks and descends; a worse end is forgotten. */
static void descend_again(struct section_search *search, int64_t *kept)
{
	size_t bytes = search->n_state * sizeof *kept;
	int n = 1 + (int)draw(search, KICKS);

	memcpy(kept, search->state, bytes);
	for (int i = 0; i < n; i++)
		kick(search);
	descend(search);
	if (cheaper(kept + (search->cost - search->state), search->cost))
		memcpy(search->state, kept, bytes);
}

void section_search_run(struct section_search *search)
{
	int64_t *kept = memory_array(search->n_state, sizeof *kept);

	count_cost(search);
	find_bound(search);
	descend(search);
	while (!at_bound(search) && search->moves_left > 0)
		descend_again(search, kept);
	memory_free(kept);
}

bool section_search_swap_even(struct section_search *search, size_t a, size_t kind_a, size_t b,
			      size_t kind_b)
{
	int64_t before[SECTION_LEVELS];

	memcpy(before, search->cost, sizeof before);
	move(search, kind_a, a, b);
	move(search, kind_b, b, a);
	if (memcmp(search->cost, before, sizeof before) == 0)
		return true;
	move(search, kind_a, b, a);
	move(search, kind_b, a, b);
	return false;
}
