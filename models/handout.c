#include "models/handout.h"

#include "models/program.h"

/* Seats of the cell at hand in one school, or in none. */
struct seat_block {
	int64_t metres, left;
	size_t school;
};

/* A cell while its seats are handed out. */
struct counter {
	const struct precedence *precedence;
	struct handout *made;
	struct seat_block *blocks;
	size_t n_blocks;
	size_t *families, n_families; /* sizes of those still to come, the largest first */
	int64_t *room;                /* n_blocks: what `fit` works on */
	size_t *turns;                /* n_blocks: in which order a child asks for them */
	bool by_wish;
};

static int compare_blocks(const void *a, const void *b, void *context)
{
	const struct seat_block *left = a, *right = b;

	(void)context;
	if ((left->school == NONE) != (right->school == NONE))
		return left->school == NONE ? 1 : -1;
	if (left->metres != right->metres)
		return left->metres < right->metres ? -1 : 1;
	return (left->school > right->school) - (left->school < right->school);
}

/* --- twins ----------------------------------------------------------------------------------- */

/* How many of the families to come find seats together when `block` has so many fewer. */
static size_t fit(const struct counter *counter, size_t block, int64_t fewer)
{
	size_t n = 0;

	for (size_t i = 0; i < counter->n_blocks; i++)
		counter->room[i] = counter->blocks[i].left - (i == block ? fewer : 0);
	for (size_t f = 0; f < counter->n_families; f++)
		for (size_t i = 0; i < counter->n_blocks; i++)
			if (counter->room[i] >= (int64_t)counter->families[f]) {
				counter->room[i] -= (int64_t)counter->families[f];
				n++;
				break;
			}
	return n;
}

/* Whether it is plain that all of them do: each one as if it were of the largest. */
static bool surely_fit(const struct counter *counter, size_t block, int64_t fewer)
{
	int64_t room = 0, largest;

	if (counter->n_families == 0)
		return true;
	largest = (int64_t)counter->families[0];
	for (size_t i = 0; i < counter->n_blocks && room < (int64_t)counter->n_families; i++)
		room += (counter->blocks[i].left - (i == block ? fewer : 0)) / largest;
	return room >= (int64_t)counter->n_families;
}

/* How far down a child's choices a block's school is; 0 where wishes do not count. */
static size_t wish_of(const struct counter *counter, size_t child, size_t block)
{
	const struct district *district = counter->precedence->district;
	size_t place;

	if (!counter->by_wish)
		return 0;
	place = district_choice(district, child, counter->blocks[block].school);
	return place > 0 ? place : SIZE_MAX;
}

/* The blocks as the child would have them: the nearest first, or by its choices. */
static void take_turns(const struct counter *counter, size_t child)
{
	size_t *turns = counter->turns;

	for (size_t i = 0; i < counter->n_blocks; i++) {
		size_t at = i, wish = wish_of(counter, child, i);

		for (; at > 0 && wish_of(counter, child, turns[at - 1]) > wish; at--)
			turns[at] = turns[at - 1];
		turns[at] = i;
	}
}

/* The first block with so many seats; one where taking them parts nobody, if there is one. */
static size_t find_block(const struct counter *counter, size_t child, int64_t size)
{
	size_t first = NONE, most = counter->n_families ? fit(counter, NONE, 0) : 0;

	take_turns(counter, child);
	for (size_t turn = 0; turn < counter->n_blocks; turn++) {
		size_t i = counter->turns[turn];

		if (counter->blocks[i].left < size)
			continue;
		if (surely_fit(counter, i, size) || fit(counter, i, size) == most)
			return i;
		if (first == NONE)
			first = i;
	}
	return first;
}

static void forget_family(struct counter *counter, size_t size)
{
	size_t at = 0;

	while (counter->families[at] != size)
		at++;
	counter->n_families--;
	for (; at < counter->n_families; at++)
		counter->families[at] = counter->families[at + 1];
}

/* --- seats ----------------------------------------------------------------------------------- */

static void seat(struct counter *counter, size_t child, size_t block)
{
	counter->made->school[child] = counter->blocks[block].school;
	counter->blocks[block].left--;
}

/* Seats a child and its twins; each by itself where no school has seats for them all. */
static void seat_family(struct counter *counter, size_t lead)
{
	const struct precedence *precedence = counter->precedence;
	size_t size = precedence_size(precedence, lead), block;

	if (size > 1)
		forget_family(counter, size);
	block = find_block(counter, lead, (int64_t)size);
	if (block == NONE)
		counter->made->apart[counter->made->n_apart++] = lead;
	for (size_t i = lead; i != NONE; i = precedence->next[i])
		seat(counter, i, block != NONE ? block : find_block(counter, i, 1));
}

/* A block more, or more seats of one. */
static void add_block(struct counter *counter, const struct plan *plan,
		      const struct placement *placement)
{
	size_t i = 0;

	while (i < counter->n_blocks && counter->blocks[i].school != placement->school)
		i++;
	if (i == counter->n_blocks)
		counter->blocks[counter->n_blocks++] = (struct seat_block){
			plan_metres(plan, placement), 0, placement->school};
	counter->blocks[i].left += placement->pupils;
}

/* The seats that the plan has for the cells whose `alike` is `cell`: those of first..end. */
static void list_blocks(struct counter *counter, const struct plan *plan, const size_t *alike,
			size_t cell, size_t first, size_t end)
{
	counter->blocks = memory_array(end - first, sizeof *counter->blocks);
	counter->room = memory_array(end - first, sizeof *counter->room);
	counter->turns = memory_array(end - first, sizeof *counter->turns);
	for (size_t i = first; i < end; i++)
		if (alike[plan->placements[i].cell] == cell)
			add_block(counter, plan, &plan->placements[i]);
	memory_sort(counter->blocks, counter->n_blocks, sizeof *counter->blocks, compare_blocks,
		    NULL);
}

static int compare_sizes(const void *a, const void *b, void *context)
{
	size_t left = *(const size_t *)a, right = *(const size_t *)b;

	(void)context;
	return (left < right) - (left > right);
}

static void list_families(struct counter *counter, const size_t *children, size_t n)
{
	const struct precedence *precedence = counter->precedence;

	counter->families = memory_array(n, sizeof *counter->families);
	for (size_t i = 0; i < n; i++)
		if (precedence->lead[children[i]] == children[i] &&
		    precedence->next[children[i]] != NONE)
			counter->families[counter->n_families++] =
				precedence_size(precedence, children[i]);
	memory_sort(counter->families, counter->n_families, sizeof *counter->families,
		    compare_sizes, NULL);
}

/* Hands out the seats to the children, in their order. */
static void hand_out_seats(struct counter *counter, const size_t *children, size_t n)
{
	list_families(counter, children, n);
	for (size_t i = 0; i < n; i++)
		if (counter->precedence->lead[children[i]] == children[i])
			seat_family(counter, children[i]);
	memory_free(counter->blocks);
	memory_free(counter->room);
	memory_free(counter->turns);
	memory_free(counter->families);
}

/* --- cells ----------------------------------------------------------------------------------- */

/* What the order of the children is asked of. */
struct order {
	const struct precedence *precedence;
	const size_t *cell, *alike;
};

static int compare_children(const void *a, const void *b, void *context)
{
	const struct order *order = context;
	size_t left = *(const size_t *)a, right = *(const size_t *)b;
	size_t left_cell = order->alike[order->cell[left]];
	size_t right_cell = order->alike[order->cell[right]];

	if (left_cell != right_cell)
		return left_cell < right_cell ? -1 : 1;
	return precedence_compare(order->precedence, NONE, left, right);
}

/* The children who are not settled, by what is alike and precedence. Returns how many. */
static size_t list_children(const struct rest *rest, const size_t *alike, size_t *children)
{
	struct order order = {rest->settlement->precedence, rest->cell, alike};
	size_t n = 0;

	for (size_t i = 0; i < rest->whole->n_students; i++)
		if (rest->cell[i] != NONE)
			children[n++] = i;
	memory_sort(children, n, sizeof *children, compare_children, &order);
	return n;
}

/* For each cell the first one that is alike: only itself, unless wishes count. */
static size_t *find_alike(const struct district *district, bool by_wish)
{
	size_t *alike = memory_array(district->n_cells, sizeof *alike);

	for (size_t c = 0; c < district->n_cells; c++) {
		const struct cell *cell = &district->cells[c];

		alike[c] = c;
		for (size_t d = c; by_wish && d-- > 0;) {
			const struct cell *other = &district->cells[d];

			if (other->zone != cell->zone || other->grade != cell->grade)
				break;
			if (program_alike(district, other, cell))
				alike[c] = alike[d];
		}
	}
	return alike;
}

/* Where in the plan the last placement of a zone and grade ends. */
static size_t end_of_place(const struct plan *plan, size_t first)
{
	const struct cell *cells = plan->district->cells;
	const struct cell *cell = &cells[plan->placements[first].cell];
	size_t end = first;

	while (end < plan->n_placements && cells[plan->placements[end].cell].zone == cell->zone &&
	       cells[plan->placements[end].cell].grade == cell->grade)
		end++;
	return end;
}

/* Hands out the seats of those who are alike to the first of `children`. Returns how many. */
static size_t hand_out_alike(const struct plan *plan, const struct rest *rest, const size_t *alike,
			     size_t first, const size_t *children, size_t n, bool by_wish,
			     struct handout *made)
{
	size_t cell = alike[rest->cell[children[0]]], taken = 0;
	struct counter counter = {.precedence = rest->settlement->precedence, .made = made,
				  .by_wish = by_wish};

	while (taken < n && alike[rest->cell[children[taken]]] == cell)
		taken++;
	list_blocks(&counter, plan, alike, cell, first, end_of_place(plan, first));
	hand_out_seats(&counter, children, taken);
	return taken;
}

static void open_handout(struct arena *arena, const struct rest *rest, struct handout *made)
{
	size_t n = rest->whole->n_students;

	*made = (struct handout){.school = arena_array(arena, n, sizeof *made->school),
				 .apart = arena_array(arena, n, sizeof *made->apart)};
	for (size_t i = 0; i < n; i++)
		made->school[i] = rest->settlement->school[i];
}

void handout_make(struct arena *arena, const struct plan *plan, const struct rest *rest,
		  bool by_wish, struct handout *made)
{
	size_t *children = memory_array(rest->whole->n_students, sizeof *children);
	size_t *alike = find_alike(&rest->district, by_wish);
	size_t at = 0, n = list_children(rest, alike, children);

	open_handout(arena, rest, made);
	for (size_t child = 0; child < n;) {
		size_t cell = alike[rest->cell[children[child]]];

		while (plan->placements[at].cell < cell)
			at++;
		child += hand_out_alike(plan, rest, alike, at, children + child, n - child,
					by_wish, made);
	}
	memory_free(alike);
	memory_free(children);
}
