/* solver/commands/matrix.c - `seatwise matrix`: the capacity and distance matrices only. */
#include <stdio.h>

#include "inputs/capacity.h"
#include "inputs/distance.h"
#include "models/rooms.h"
#include "outputs/plan_folder.h"
#include "solver/commands/commands.h"

int command_matrix(const struct options *options, struct diags *diags)
{
	struct district district, start;
	struct capacities capacities;
	struct distances distances;

	if (folder_check(options->out, diags))
		return (int)diags->status;
	if (!district_read(&district, options->district, options->overrides, options->n_overrides,
			   diags)) {
		struct plan_output output = {.district = &start, .capacities = &capacities,
					     .distances = &distances};

		rooms_start_view(&district.arena, &district, &start);
		capacities_make(&district.arena, &start, &capacities);
		distances_make(&district.arena, &district, &distances);
		if (!matrix_folder_write(options->out, &output, diags))
			printf("wrote %s/capacity.csv and %s/distance.csv\n", options->out,
			       options->out);
	}
	district_close(&district);
	return (int)diags->status;
}
