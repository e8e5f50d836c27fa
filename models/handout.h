/* models/handout.h - which child of a cell goes to which of the cell's schools. */
#ifndef SEATWISE_HANDOUT_H
#define SEATWISE_HANDOUT_H

#include "models/lot.h"
#include "models/plan.h"

struct handout {
	size_t *placement;      /* n_students: index into the plan's placements */
	size_t *turn;           /* n_students: place by lot in its cell, from 1 */
	size_t *first;          /* n_cells + 1: placements of cell c are [c] .. [c + 1] */
};

/*
 * A plan says how many children of a cell (alike in zone or point, grade and group) go to each
 * school. The luckiest go to the nearest of these schools, the next to the next nearest (equally
 * near ones by id), and those without a seat are the least lucky. In the arena.
 */
void handout_make(struct arena *arena, const struct plan *plan, const struct lots *lots,
		  struct handout *made);

#endif
