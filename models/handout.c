#include "models/handout.h"

/* A placement of the cell at hand, to be put in order. */
struct seat_block {
	int64_t metres;
	size_t school, placement;
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

/* The children cell by cell, each cell's luckiest first: child i of cell c is at begins[c] + i. */
static size_t *children_by_cell(const struct district *district, const struct lots *lots,
				size_t *begins)
{
	size_t *children = memory_array(district->n_students, sizeof *children);
	size_t *next = memory_array(district->n_cells + 1, sizeof *next);

	for (size_t c = 0; c < district->n_cells; c++)
		begins[c + 1] = next[c + 1] = begins[c] + (size_t)district->cells[c].pupils;
	for (size_t i = 0; i < district->n_students; i++) {
		size_t child = lots->order[i];

		children[next[district->students[child].cell]++] = child;
	}
	memory_free(next);
	return children;
}

/* Hands out the seats of one cell to its children, in their order. */
static void hand_out_cell(const struct plan *plan, size_t cell, const size_t *children,
			  struct handout *made)
{
	size_t first = made->first[cell], n = made->first[cell + 1] - first, child = 0;
	struct seat_block *blocks = memory_array(n, sizeof *blocks);

	for (size_t i = 0; i < n; i++) {
		const struct placement *placement = &plan->placements[first + i];

		blocks[i] = (struct seat_block){plan_metres(plan, placement), placement->school,
						first + i};
	}
	memory_sort(blocks, n, sizeof *blocks, compare_blocks, NULL);
	for (size_t i = 0; i < n; i++)
		for (int64_t k = 0; k < plan->placements[blocks[i].placement].pupils; k++) {
			made->placement[children[child]] = blocks[i].placement;
			made->turn[children[child]] = child + 1;
			child++;
		}
	memory_free(blocks);
}

void handout_make(struct arena *arena, const struct plan *plan, const struct lots *lots,
		  struct handout *made)
{
	const struct district *district = plan->district;
	size_t *begins = memory_array(district->n_cells + 1, sizeof *begins), at = 0;
	size_t *children = children_by_cell(district, lots, begins);

	made->placement = arena_array(arena, district->n_students, sizeof *made->placement);
	made->turn = arena_array(arena, district->n_students, sizeof *made->turn);
	made->first = arena_array(arena, district->n_cells + 1, sizeof *made->first);
	for (size_t c = 0; c < district->n_cells; c++) {
		made->first[c] = at;
		while (at < plan->n_placements && plan->placements[at].cell == c)
			at++;
		made->first[c + 1] = at;
		hand_out_cell(plan, c, children + begins[c], made);
	}
	memory_free(children);
	memory_free(begins);
}
