/* solver/planning.h - from a district to a certified plan, children by name included.
 *
 * Children with claims or choices are settled first; what is left (models/rest.h) is solved, with
 * twins together; then every child has its school. Level values and bounds are those of the whole
 * district. */
#ifndef SEATWISE_PLANNING_H
#define SEATWISE_PLANNING_H

#include "models/handout.h"
#include "models/named.h"
#include "models/proof.h"
#include "models/rooms.h"
#include "solver/rooms.h"
#include "solver/solve.h"

/* Everything of one plan; all memory is in the arena. */
struct planning {
	struct arena *arena;
	const struct district *district;  /* as read */
	const struct distances *distances;
	struct run_clock *clock;          /* NULL: nobody asks */
	struct diags *diags;

	struct named named;
	struct district widest;           /* the rest with every room open */
	struct rooms rooms;
	struct program program;           /* of the widest */
	struct rooms_solution solved;
	struct solution solution;
	struct solver *solver;            /* of the planned program */
	struct seat_gains gains;
	const struct district *opened;    /* the rest with the sections of the plan */
	const struct program *planned;    /* of it */
	struct plan rest_plan;            /* of the rest, as opened */
	struct audit_plan audited;        /* it, as audits take it */
	struct certificate certificate;
	struct level_result *levels;      /* n_levels of the program: of the whole district */
	struct handout handout;           /* of children by name */

	struct district whole;            /* the district with the sections of the plan */
	struct plan plan;                 /* of it */
};

/*
 * Reads nothing: states the program of a district, its claims settled.
 *
 *   made     must stay where it is; planning_close follows either way
 *   returns  0, or -1 after an error
 */
int planning_open(struct arena *arena, const struct district *district,
		  const struct distances *distances, struct run_clock *clock,
		  struct diags *diags, struct planning *made);

/*
 * Solves and certifies. Nothing is kept that the second reading of the rules and figures does not
 * confirm. Where the plan of the rest leaves twins no seats together, they are settled where one of
 * them has a seat, and the rest is solved again: the first solution then is a bound.
 *
 *   returns  0, or -1 after an error; a limit (stop.h) is no error
 */
int planning_solve(struct planning *planning);

/* The solver of the planned program, solved: where rooms were chosen it is solved once more.
 * Returns 0 or -1. */
int planning_solver(struct planning *planning);

/* Whether every level is proven optimal. */
bool planning_is_optimal(const struct planning *planning);

void planning_close(struct planning *planning);

#endif
