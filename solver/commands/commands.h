/* solver/commands/commands.h - the commands: one row of one table each. */
#ifndef SEATWISE_COMMANDS_H
#define SEATWISE_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "inputs/base/diag.h"
#include "inputs/district.h"

/* The command line, read. */
struct options {
	const char *district;       /* DISTRICT */
	const char *plan;           /* PLAN, or NULL */
	const char *out;            /* --out DIR, or NULL */
	bool optimal;               /* --optimal */
	const struct override *overrides; /* --set key=value, in order */
	size_t n_overrides;
};

/* X(function, name, PLAN follows DISTRICT, --out is needed, help) */
#define COMMANDS(X) \
	X(command_check,  "check",  false, false, \
	  "read and check every table of DISTRICT; counts") \
	X(command_matrix, "matrix", false, true,  "write capacity.csv and distance.csv") \
	X(command_assign, "assign", false, true,  "decide which children go to which school") \
	X(command_verify, "verify", true,  false, \
	  "recompute every rule and figure of PLAN; --optimal proves the optimum") \
	X(command_model,  "model",  false, true,  \
	  "write the model and its data for glpsol (GMPL)")

/* Each returns the exit status: diags->status, or STATUS_PARTIAL. */
#define X(function, name, plan, out, help) \
	int function(const struct options *options, struct diags *diags);
COMMANDS(X)
#undef X

#endif
