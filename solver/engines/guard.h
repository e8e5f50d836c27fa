/* solver/engines/guard.h - the one way to call GLPK: what would abort becomes a diagnostic. */
#ifndef SEATWISE_GUARD_H
#define SEATWISE_GUARD_H

#include <glpk.h>
#include <stddef.h>

#include "inputs/base/diag.h"

/*
 * Calls body(context) once, with GLPK's output kept from the terminal and its aborts (wrong use,
 * failed assertions, no memory) caught.
 *
 *   body     makes, solves and deletes its GLPK objects; none may come from outside or outlive the
 *            call, because GLPK's environment of the thread is freed at its end. What body mallocs
 *            it keeps in *context, whose owner frees it: an abort leaves body in the middle.
 *   returns  what body returned; or -1 after GLPK aborted (DIAG_SOLVER, with GLPK's own message)
 *
 * GLPK's environment belongs to the thread, and so does this: threads may each run a body at a
 * time. Bodies do not nest: a second guard_run inside one reports and returns -1.
 */
int guard_run(int (*body)(void *context), void *context, struct diags *diags);

/* Ends the body as GLPK's own errors do: guard_run reports the message and returns -1. */
_Noreturn void guard_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The last lines (up to `most`, at most GUARD_LINES) that GLPK wrote in this body, joined by "; ".
 * Valid until GLPK is called again. */
enum { GUARD_LINES = 4 };
const char *guard_said(size_t most);

/*
 * The following set numbers and end the body (guard_fail) when one is NaN or infinite, which GLPK
 * would take in silence. Indices count from 1, as GLPK's; arrays begin at [1]. In bounds, low may
 * be -INFINITY and high INFINITY: no such bound.
 */
void guard_row_bounds(glp_prob *problem, int row, double low, double high);
void guard_column_bounds(glp_prob *problem, int column, double low, double high);
void guard_cost(glp_prob *problem, int column, double cost);
void guard_row(glp_prob *problem, int row, int n, const int columns[], const double values[]);
void guard_column(glp_prob *problem, int column, int n, const int rows[], const double values[]);
void guard_matrix(glp_prob *problem, int n, const int rows[], const int columns[],
		  const double values[]);

/* What a return code of glp_simplex, glp_exact, glp_intopt, ... means (0: "solved"). */
const char *guard_code_text(int code);

/* What a status of glp_get_status, glp_mip_status, ... means. */
const char *guard_status_text(int status);

#endif
