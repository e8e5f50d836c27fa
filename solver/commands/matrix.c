/* solver/commands/matrix.c - `seatwise matrix`: the capacity and distance matrices only. */
#include <stdio.h>

#include "inputs/capacity.h"
#include "inputs/distance.h"
#include "outputs/plan_folder.h"
#include "solver/commands/commands.h"

int command_matrix(const struct options *options, struct diags *diags)
{
	struct district district;
	struct capacities capacities;
	struct distances distances;

	if (folder_check(options->out, diags))
		return (int)diags->status;
	if (!district_read(&district, options->district, options->overrides, options->n_overrides,
			   diags)) {
		struct plan_output output = {.district = &district, .capacities = &capacities,
					     .distances = &distances};

		capacities_make(&district.arena, &district, &capacities);
		distances_make(&district.arena, &district, &distances);
		if (!matrix_folder_write(options->out, &output, diags))
			printf("wrote %s/capacity.csv and %s/distance.csv\n", options->out,
			       options->out);
	}
	district_close(&district);
	return (int)diags->status;
}
