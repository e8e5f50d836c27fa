/* solver/engines/natural.h - the optimum by GLPK's branch and cut on assignment.mod: the reference.
 *
 * It shares with the other engines the tables, the matrices and the units of the levels, and no
 * more: the program is the one that assignment.mod states, eligibility that of audit_reach. Small
 * districts only. */
#ifndef SEATWISE_NATURAL_H
#define SEATWISE_NATURAL_H

#include <stdbool.h>
#include <stdint.h>

#include "inputs/distance.h"
#include "inputs/district.h"
#include "models/plan.h"
#include "models/scale.h"

/* In the level's units (models/scale.h). */
struct natural_level {
	int64_t value; /* of the plan */
	int64_t bound; /* no plan as good at the levels before is below this; 0: not known */
	bool proven;   /* value == bound */
};

struct natural {
	size_t n_levels;
	const struct level_scale *scales; /* n_levels */
	struct natural_level *levels;     /* n_levels */
	bool optimal;                     /* every level is proven */
	int64_t *sections;                /* n_offerings: those that the plan opens */
	struct district opened;           /* with these sections: the plan's district */
	struct plan plan;                 /* the last one found; audited */
};

/*
 * Minimises every level in turn, each kept at its optimum while the next is minimised. Values are
 * those of the plan, computed in whole numbers and compared with GLPK's.
 *
 * With sections = free the choice of rooms is part of the model (models/rooms.h).
 *
 *   seconds  of wall clock for the whole call, 0 = no limit; a limit, as well as stop_asked, leaves
 *            the levels from there on unproven. GLPK cannot be stopped while it reads the model.
 *   returns  0; or -1 after an error: DIAG_SOLVER where GLPK failed or strayed beyond its
 *            tolerances, DIAG_AUDIT where its plan breaks a rule
 *
 * Cost: the model takes some 1 kB per cell and eligible school; time may double with each offering
 * whose classes may become large.
 */
int natural_solve(struct arena *arena, const struct district *district,
		  const struct distances *distances, double seconds, struct natural *solved,
		  struct diags *diags);

/* The same with a limit that does not depend on the machine: so many nodes of GLPK's search tree
 * for each level (0 = no limit). */
int natural_try(struct arena *arena, const struct district *district,
		const struct distances *distances, int nodes, double seconds,
		struct natural *solved, struct diags *diags);

#endif
