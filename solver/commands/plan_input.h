/* solver/commands/plan_input.h - a plan folder read back together with its district. */
#ifndef SEATWISE_PLAN_INPUT_H
#define SEATWISE_PLAN_INPUT_H

#include "models/audit.h"
#include "models/audit_rooms.h"
#include "models/named.h"
#include "models/plan_file.h"
#include "models/plan_summary.h"
#include "models/rooms.h"
#include "solver/commands/commands.h"

struct plan_input {
	struct arena arena;          /* outlives the messages */
	struct plan_summary summary;
	struct district district;    /* as read, with the settings of the plan */
	struct district opened;      /* with the sections of the plan, where they are free */
	struct distances distances;
	struct plan_file file;
	struct rooms_file rooms;
	struct audit_plan plan;      /* the rows of the file, in the district as opened */
	/* What was left for the objective; without children by name the same as the above. */
	struct named named;
	struct district rest_opened;
	struct audit_plan rest;
};

/*
 * Reads the summary, then the district with the settings that the plan was made with and those of
 * the command line, which win, then the rows. Of children by name the claims and choices are
 * settled anew; the others make the rows of `rest`. Warns where the plan was made from other
 * tables: it may still be right for these.
 *
 *   returns  0, or -1 when something cannot be read; plan_input_close either way
 */
int plan_input_read(struct plan_input *input, const struct options *options,
		    struct diags *diags);

void plan_input_close(struct plan_input *input);

#endif
