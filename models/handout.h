/* models/handout.h - which child of a cell goes to which of the cell's schools. */
#ifndef SEATWISE_HANDOUT_H
#define SEATWISE_HANDOUT_H

#include "models/rest.h"

struct handout {
	size_t *school;         /* n_students: or NONE; settled children have theirs */
	size_t *apart, n_apart; /* the first of twins who did not get seats together */
};

/*
 * A plan says how many children of a cell (alike in zone or point, grade, group and class) go to
 * each school. They come by precedence, and each takes the nearest of these schools that has a seat
 * left (equally near ones by id); those without a seat come last. Twins who go together come when
 * the first of them does and take seats at one school, and nobody before them takes a seat that
 * would part twins, if another is left. In the arena.
 *
 *   plan     of the view rest->district
 *   by_wish  all whom the objective does not tell apart (program_alike) take seats of one another's
 *            cells, each the first of its choices that has one left, else the nearest: then none of
 *            them would rather be where another of them is with less right
 *
 * Cost: a sort of the children; in cells with twins more.
 */
void handout_make(struct arena *arena, const struct plan *plan, const struct rest *rest,
		  bool by_wish, struct handout *made);

#endif
