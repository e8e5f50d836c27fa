/* solver/rooms.h - where schools divide their rooms: the choice, the plan, the bounds. */
#ifndef SEATWISE_SOLVER_ROOMS_H
#define SEATWISE_SOLVER_ROOMS_H

#include "models/rooms.h"
#include "solver/solve.h"

struct rooms_solution {
	struct district opened;    /* the district with the sections that the plan opens */
	struct program program;    /* of it */
	struct solution solution;  /* its bounds hold for all choices of rooms */
	bool by_branching;         /* some bound is that of branch and cut on the whole model */
	int64_t *bounds;           /* n_levels, of all choices; NULL where there is one choice */
};

/*
 * Chooses the rooms and solves the plan with them.
 *
 * A search by networks finds a choice (rooms_search.h); with it the plan is solved exactly. Where
 * the starting division might still do better, it is solved exactly too, and the better one kept:
 * no plan of sections = fixed that opens a legal division is better. Small districts are given to
 * branch and cut on the whole model, which improves the choice or proves it. Every level has a
 * bound over all choices (rooms_bound.h); where it is below the value, that is the honest gap.
 *
 *   rooms    of the district as read
 *   most     the program of the view with every room open (rooms_most_view)
 *   returns  0, or -1 after an error; a limit (stop.h) is no error
 */
int rooms_solve(struct arena *arena, const struct rooms *rooms, const struct program *most,
		struct rooms_solution *made, struct diags *diags);

/* The plan with these rooms anew, by GLPK's engines alone. Returns 0 or -1. */
int rooms_solve_again(struct arena *arena, struct rooms_solution *made, struct diags *diags);

#endif
