#include "models/reason.h"

/* Whether any school may take the pupils of a cell. */
static bool reachable(const struct program *program, size_t cell, struct arc *arcs)
{
	for (size_t b = 0; b < program->n_batches; b++) {
		const struct batch *batch = &program->batches[b];

		for (size_t i = 0; i < batch->n_members; i++)
			if (program->members[batch->first_member + i] == cell)
				return program_arcs(program, b, arcs) > 0;
	}
	return false;
}

static const char *why(const struct program *program, const struct placement *placement,
		       struct arc *arcs)
{
	if (placement->school != NONE)
		return "";
	if (!reachable(program, placement->cell, arcs))
		return "no school may take these pupils";
	return "every school that may take these pupils is full";
}

const char *const *plan_reasons(struct arena *arena, const struct program *program,
				const struct plan *plan)
{
	const char **reasons = arena_array(arena, plan->n_placements, sizeof *reasons);
	struct arc *arcs = arena_array(arena, program->district->n_schools, sizeof *arcs);

	for (size_t i = 0; i < plan->n_placements; i++)
		reasons[i] = why(program, &plan->placements[i], arcs);
	return reasons;
}
