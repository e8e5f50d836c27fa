/* solver/engines/mathprog.h - a GLPK problem from a model and data in GNU MathProg. */
#ifndef SEATWISE_MATHPROG_H
#define SEATWISE_MATHPROG_H

#include <glpk.h>

#include "inputs/base/diag.h"
#include "inputs/base/text.h"

/* GLPK's translator reads files only: a model and its data in a temporary folder. */
struct mathprog {
	char *folder, *model, *data; /* paths, or NULL */
};

/*
 * Writes the two texts to a new folder under TMPDIR (or /tmp).
 *
 *   returns 0, or -1 after DIAG_OUTPUT_WRITE; mathprog_close must follow either way
 */
int mathprog_open(struct mathprog *files, const char *model, size_t size, const struct text *data,
		  struct diags *diags);

/*
 * Translates and generates the model, its first objective included, and removes the files. To be
 * called inside guard_run; the caller deletes the problem.
 *
 *   returns the problem, with an index of its names; or NULL after DIAG_SOLVER
 */
glp_prob *mathprog_build(struct mathprog *files, struct diags *diags);

/* Removes the files, where they are still there. */
void mathprog_close(struct mathprog *files);

#endif
