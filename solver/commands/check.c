/* solver/commands/check.c - `seatwise check`: read and check everything; counts. */
#include <stdio.h>

#include "inputs/capacity.h"
#include "inputs/distance.h"
#include "models/program.h"
#include "models/rooms.h"
#include "solver/commands/commands.h"

static void print_counts(const struct district *district, struct arena *arena)
{
	struct capacities capacities;
	int64_t standard = 0, most = 0, sections = 0;
	size_t open = 0;

	capacities_make(arena, district, &capacities);
	for (size_t i = 0; i < district->n_offerings; i++) {
		standard += capacities.offerings[i].seats_standard;
		most += capacities.offerings[i].seats_max;
		sections += district->offerings[i].sections;
	}
	for (size_t s = 0; s < district->n_schools; s++)
		open += district->schools[s].open;
	printf("%s: %zu zones, %zu schools (%zu open in %s), %zu groups\n", district->name,
	       district->n_zones - district->n_homes, district->n_schools, open,
	       district->settings.month, district->n_groups);
	printf("%lld pupils in %zu cells; %lld sections in %zu offerings with %lld seats at "
	       "standard size, %lld at the most\n", (long long)district_pupils(district),
	       district->n_cells, (long long)sections, district->n_offerings,
	       (long long)standard, (long long)most);
	if (district->n_students > 0)
		printf("%zu children by name; %zu points where those without a zone live\n",
		       district->n_students, district->n_homes);
}

/* Warns of cells that no school may take, whatever its rooms; counts with the starting division. */
static void check_district(const struct district *district, struct arena *arena,
			   struct diags *diags)
{
	struct district widest, start;
	struct distances distances;
	struct program program;
	struct rooms rooms;

	rooms_make(arena, district, &rooms);
	rooms_most_view(arena, &rooms, &widest);
	rooms_start_view(arena, district, &start);
	distances_make(arena, district, &distances);
	program_make(arena, &widest, &distances, NULL, &program);
	program_warn_reachless(&program, diags);
	print_counts(&start, arena);
}

int command_check(const struct options *options, struct diags *diags)
{
	struct district district;

	if (!district_read(&district, options->district, options->overrides, options->n_overrides,
			   diags))
		check_district(&district, &district.arena, diags);
	district_close(&district);
	return (int)diags->status;
}
