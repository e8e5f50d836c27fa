#include "solver/engines/guard.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { LINE_ROOM = 256 };

/* What GLPK wrote in the body: its last lines, in a ring, and the one that is not complete yet. */
struct said {
	char lines[GUARD_LINES][LINE_ROOM], line[LINE_ROOM];
	size_t n_lines, length;
	char joined[GUARD_LINES * LINE_ROOM];
};

static _Thread_local struct guard {
	bool active;
	jmp_buf out;
	struct said said;
} guard;

static void end_line(struct said *said)
{
	if (!said->length)
		return;
	said->line[said->length] = '\0';
	memcpy(said->lines[said->n_lines++ % GUARD_LINES], said->line, said->length + 1);
	said->length = 0;
}

static int on_output(void *info, const char *output)
{
	struct said *said = info;

	for (; *output; output++)
		if (*output == '\n')
			end_line(said);
		else if (said->length < LINE_ROOM - 1)
			said->line[said->length++] = *output;
	return 1;
}

static void on_abort(void *info)
{
	struct guard *here = info;

	longjmp(here->out, 1);
}

const char *guard_said(size_t most)
{
	struct said *said = &guard.said;
	size_t n, length = 0;

	end_line(said);
	n = said->n_lines < GUARD_LINES ? said->n_lines : GUARD_LINES;
	n = most < n ? most : n;
	said->joined[0] = '\0';
	for (size_t i = said->n_lines - n; i < said->n_lines; i++) {
		const char *line = said->lines[i % GUARD_LINES];

		length += (size_t)snprintf(said->joined + length, sizeof said->joined - length,
					   "%s%s", length ? "; " : "", line);
		if (length >= sizeof said->joined)
			break;
	}
	return said->joined;
}

static void enter(void)
{
	memset(&guard.said, 0, sizeof guard.said);
	guard.active = true;
	glp_term_hook(on_output, &guard.said);
	glp_error_hook(on_abort, &guard);
}

/* Frees all that GLPK holds for this thread, hooks and forgotten objects included. */
static void leave(void)
{
	glp_free_env();
	guard.active = false;
}

int guard_run(int (*body)(void *context), void *context, struct diags *diags)
{
	int result;

	if (guard.active)
		return diag_error(diags, DIAG_SOLVER, place_none(),
				  "GLPK is already running in this thread");
	enter();
	if (setjmp(guard.out)) {
		/* GLPK's message, then "Error detected in file F at line N" */
		result = diag_error(diags, DIAG_SOLVER, place_none(), "GLPK: %s", guard_said(2));
		leave();
		return result;
	}
	result = body(context);
	leave();
	return result;
}

void guard_fail(const char *format, ...)
{
	char message[LINE_ROOM];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(message, sizeof message, format, arguments);
	va_end(arguments);
	glp_error("%s\n", message);
	__builtin_unreachable(); /* glp_error jumps, or aborts outside of a body */
}

/* GLPK's type of a row or column with these bounds. */
static int bounds_type(const char *what, int index, double low, double high)
{
	if (isnan(low) || isnan(high) || low == (double)INFINITY || high == -(double)INFINITY)
		guard_fail("%s %d: bounds %g..%g are not numbers", what, index, low, high);
	if (isinf(low))
		return isinf(high) ? GLP_FR : GLP_UP;
	if (isinf(high))
		return GLP_LO;
	return low < high || low > high ? GLP_DB : GLP_FX;
}

void guard_row_bounds(glp_prob *problem, int row, double low, double high)
{
	int type = bounds_type("row", row, low, high);

	glp_set_row_bnds(problem, row, type, low, high);
}

void guard_column_bounds(glp_prob *problem, int column, double low, double high)
{
	int type = bounds_type("column", column, low, high);

	glp_set_col_bnds(problem, column, type, low, high);
}

void guard_cost(glp_prob *problem, int column, double cost)
{
	if (!isfinite(cost))
		guard_fail("column %d: cost %g is not a number", column, cost);
	glp_set_obj_coef(problem, column, cost);
}

static void check_values(const char *what, int index, int n, const double values[])
{
	for (int i = 1; i <= n; i++)
		if (!isfinite(values[i]))
			guard_fail("%s %d: value %d, %g, is not a number", what, index, i,
				   values[i]);
}

void guard_row(glp_prob *problem, int row, int n, const int columns[], const double values[])
{
	check_values("row", row, n, values);
	glp_set_mat_row(problem, row, n, columns, values);
}

void guard_column(glp_prob *problem, int column, int n, const int rows[], const double values[])
{
	check_values("column", column, n, values);
	glp_set_mat_col(problem, column, n, rows, values);
}

void guard_matrix(glp_prob *problem, int n, const int rows[], const int columns[],
		  const double values[])
{
	check_values("matrix", 0, n, values);
	glp_load_matrix(problem, n, rows, columns, values);
}

struct meaning {
	int number;
	const char *text;
};

static const struct meaning codes[] = {
	{0, "solved"},
	{GLP_EBADB, "the basis is not valid"},
	{GLP_ESING, "the basis is singular"},
	{GLP_ECOND, "the basis is ill-conditioned"},
	{GLP_EBOUND, "a lower bound exceeds an upper bound"},
	{GLP_EFAIL, "the solver failed"},
	{GLP_EOBJLL, "the objective reached its lower limit"},
	{GLP_EOBJUL, "the objective reached its upper limit"},
	{GLP_EITLIM, "the limit on iterations was reached"},
	{GLP_ETMLIM, "the time limit was reached"},
	{GLP_ENOPFS, "there is no feasible solution"},
	{GLP_ENODFS, "there is no dual feasible solution"},
	{GLP_EROOT, "the root relaxation has no optimal basis"},
	{GLP_ESTOP, "the search was stopped"},
	{GLP_EMIPGAP, "the gap allowed was reached"},
	{GLP_ENOFEAS, "neither primal nor dual is feasible"},
	{GLP_ENOCVG, "the solver did not converge"},
	{GLP_EINSTAB, "the solver became unstable"},
	{GLP_EDATA, "the data are not valid"},
	{GLP_ERANGE, "a result is out of range"},
};

static const struct meaning statuses[] = {
	{GLP_UNDEF, "undefined"},
	{GLP_FEAS, "feasible"},
	{GLP_INFEAS, "infeasible"},
	{GLP_NOFEAS, "without a feasible solution"},
	{GLP_OPT, "optimal"},
	{GLP_UNBND, "unbounded"},
};

static const char *meaning_of(const struct meaning *table, size_t n, int number)
{
	for (size_t i = 0; i < n; i++)
		if (table[i].number == number)
			return table[i].text;
	return "unknown to this program";
}

const char *guard_code_text(int code)
{
	return meaning_of(codes, sizeof codes / sizeof *codes, code);
}

const char *guard_status_text(int status)
{
	return meaning_of(statuses, sizeof statuses / sizeof *statuses, status);
}
