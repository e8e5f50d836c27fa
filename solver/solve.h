/* solver/solve.h - the whole district: blocks of grades, side rows stated only where they bind. */
#ifndef SEATWISE_SOLVE_H
#define SEATWISE_SOLVE_H

#include "models/plan.h"
#include "models/program.h"
#include "outputs/plan_output.h"

struct solution {
	struct placement *placements; /* n_placements, in the arena; without children left over */
	size_t n_placements;
	struct level_result *levels;  /* n_levels */
	int64_t *seat_price;          /* n_offerings, thousandths of the last level's unit */
	bool tied;                    /* side rows bind, grades are solved together */
	bool linear_only;             /* every bound comes from linear programs */
	bool confirmed;               /* GLPK confirmed the network's basis of every grade */
	bool network[LAST_GRADE + 1]; /* grades whose optimum only the network engine vouches for */
};

/* A program while it is solved and after; what trials (trial.h) begin with. */
struct solver;

/* Never NULL; solver_close frees it and takes NULL too. The program must outlive it.
 *
 *   with_network  whether the network engine may take blocks that are networks
 */
struct solver *solver_open(const struct program *program, bool with_network, struct diags *diags);
void solver_close(struct solver *solver);

/*
 * Solves the program lexicographically. Each grade is a block of its own at first, without side
 * rows; rows that its plan breaks are then stated and the grades they tie are solved together,
 * until none is broken. A plan that is best without a rule and keeps it is best with it.
 *
 *   returns  0, or -1 after an error; a limit (stop.h) is no error: levels then have
 *            bound < value
 */
int solver_run(struct solver *solver);

/* The plan, its levels and prices, in the arena. */
void solver_results(struct arena *arena, const struct solver *solver, struct solution *solution);

/* All of this at once. Returns 0, or -1 after an error. */
int solve(struct arena *arena, const struct program *program, bool with_network,
	  struct solution *solution, struct diags *diags);

#endif
