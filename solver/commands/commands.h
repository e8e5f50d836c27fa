/* solver/commands/commands.h - the commands: one row of one table each. */
#ifndef SEATWISE_COMMANDS_H
#define SEATWISE_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "inputs/base/diag.h"
#include "inputs/district.h"

/* The command line, read; what was not said is NULL. */
struct options {
	const char *district;       /* DISTRICT */
	const char *plan;           /* PLAN */
	const char *second_plan;    /* the other PLAN */
	const char *out;            /* --out DIR */
	const char *zone, *school, *grade, *group, *student; /* what a question is about */
	bool optimal;               /* --optimal */
	const struct override *overrides; /* --set key=value, in order */
	size_t n_overrides;
};

/* What may stand behind a command, by its place. */
enum argument { ARGUMENT_NONE, ARGUMENT_DISTRICT, ARGUMENT_PLAN, ARGUMENT_SECOND_PLAN };

/* Options that not every command takes; --out may have to be there. */
enum { TAKES_OUT = 1, TAKES_OPTIMAL = 2, TAKES_QUESTION = 4, NEEDS_OUT = 8 };

/* X(function, name, first argument, second, options, help) */
#define COMMANDS(X) \
	X(command_check,   "check",   DISTRICT, NONE, 0, \
	  "read and check every table of DISTRICT; counts") \
	X(command_matrix,  "matrix",  DISTRICT, NONE, TAKES_OUT | NEEDS_OUT, \
	  "write capacity.csv and distance.csv") \
	X(command_assign,  "assign",  DISTRICT, NONE, TAKES_OUT | NEEDS_OUT, \
	  "decide which children go to which school") \
	X(command_verify,  "verify",  DISTRICT, PLAN, TAKES_OPTIMAL, \
	  "recompute every rule and figure of PLAN; --optimal proves the optimum") \
	X(command_explain, "explain", DISTRICT, PLAN, TAKES_QUESTION, \
	  "why PLAN is as it is for a --zone, a --school or a --student") \
	X(command_compare, "compare", PLAN, SECOND_PLAN, TAKES_OUT, \
	  "what changes from one PLAN to the other, for whom; --out: as tables") \
	X(command_forecast, "forecast", DISTRICT, NONE, TAKES_OUT | NEEDS_OUT, \
	  "pupils of the years to come, and the seats for them") \
	X(command_model,   "model",   DISTRICT, NONE, TAKES_OUT | NEEDS_OUT, \
	  "write the model and its data for glpsol (GMPL)")

/* Each returns the exit status: diags->status, or STATUS_PARTIAL. */
#define X(function, name, first, second, takes, help) \
	int function(const struct options *options, struct diags *diags);
COMMANDS(X)
#undef X

#endif
