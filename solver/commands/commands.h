/* solver/commands/commands.h - the commands: one row of one table each. */
#ifndef SEATWISE_COMMANDS_H
#define SEATWISE_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "inputs/base/diag.h"
#include "inputs/district.h"

/* The command line, read. */
struct options {
	const char *district;       /* DISTRICT, or NULL */
	const char *plan;           /* PLAN, or NULL */
	const char *second_plan;    /* the other PLAN, or NULL */
	const char *out;            /* --out DIR, or NULL */
	bool optimal;               /* --optimal */
	const struct override *overrides; /* --set key=value, in order */
	size_t n_overrides;
};

/* What stands behind a command's name on its line: folders, all of them needed. */
enum arguments { ARGUMENTS_DISTRICT, ARGUMENTS_DISTRICT_PLAN, ARGUMENTS_PLAN_PLAN };

/* X(function, name, arguments, --out is needed, help) */
#define COMMANDS(X) \
	X(command_check,  "check",  ARGUMENTS_DISTRICT, false, \
	  "read and check every table of DISTRICT; counts") \
	X(command_matrix, "matrix", ARGUMENTS_DISTRICT, true, \
	  "write capacity.csv and distance.csv") \
	X(command_assign, "assign", ARGUMENTS_DISTRICT, true, \
	  "decide which children go to which school") \
	X(command_verify, "verify", ARGUMENTS_DISTRICT_PLAN, false, \
	  "recompute every rule and figure of PLAN; --optimal proves the optimum") \
	X(command_compare, "compare", ARGUMENTS_PLAN_PLAN, false, \
	  "what changes from one PLAN to the other, for whom; --out: as tables") \
	X(command_model,  "model",  ARGUMENTS_DISTRICT, true, \
	  "write the model and its data for glpsol (GMPL)")

/* Each returns the exit status: diags->status, or STATUS_PARTIAL. */
#define X(function, name, arguments, out, help) \
	int function(const struct options *options, struct diags *diags);
COMMANDS(X)
#undef X

#endif
