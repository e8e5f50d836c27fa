#include "models/reason.h"

#include "models/routes.h"

/* What is used of the program by a plan. */
struct usage {
	const struct program *program;
	const struct plan *plan;
	size_t *batch_of;   /* of a cell */
	int64_t *side;      /* sums of the side rows */
	struct arc *arcs;   /* room for a grade's offerings */
};

/* What keeps a batch out of an offering, from the plainest to the most particular. */
enum block {
	BLOCK_NO_SCHOOL,
	BLOCK_SEATS,
	BLOCK_WHOLE,
	BLOCK_CAP,
	BLOCK_SHARE,
	BLOCK_PLACES,
	BLOCK_BEDS,
	BLOCK_NOTHING
};

static const char *const texts[] = {
	[BLOCK_NO_SCHOOL] = "no school may take these pupils",
	[BLOCK_SEATS] = "every school that may take these pupils is full",
	[BLOCK_WHOLE] = "no school that may take them has room for all of the zone and grade",
	[BLOCK_CAP] = "the schools with seats left are at their most pupils (max_pupils or a norm)",
	[BLOCK_SHARE] = "max_share lets no more of a group into the schools with seats left",
	[BLOCK_PLACES] = "no inclusion place is left in the schools with seats left",
	[BLOCK_BEDS] = "no bed is left in the schools with seats left",
	[BLOCK_NOTHING] = "seats are left, but the objective puts something else first",
};

static const enum block block_of_side[] = {
	[SIDE_CAP] = BLOCK_CAP, [SIDE_BEDS] = BLOCK_BEDS,
	[SIDE_PLACES] = BLOCK_PLACES, [SIDE_SHARE] = BLOCK_SHARE,
};

static void count_batches(struct arena *arena, struct usage *usage)
{
	const struct program *program = usage->program;

	usage->batch_of = arena_array(arena, program->district->n_cells, sizeof(size_t));
	for (size_t b = 0; b < program->n_batches; b++)
		for (size_t i = 0; i < program->batches[b].n_members; i++)
			usage->batch_of[program->members[program->batches[b].first_member + i]] = b;
}

/* Side rows count by unit; a placement may be part of one, so whole units only are counted once,
 * at the unit's first member. */
static void count_sides(struct arena *arena, struct usage *usage)
{
	const struct program *program = usage->program;

	usage->side = arena_array(arena, program->n_sides, sizeof *usage->side);
	for (size_t i = 0; i < usage->plan->n_placements; i++) {
		const struct placement *placement = &usage->plan->placements[i];
		size_t b = usage->batch_of[placement->cell], school = placement->school;
		const struct batch *batch = &program->batches[b];
		bool first = placement->cell == program->members[batch->first_member];
		int64_t units = batch->size == 1 ? placement->pupils : first;

		for (size_t r = school == NONE ? 0 : program->sides_of_school[school];
		     school != NONE && r < program->sides_of_school[school + 1]; r++)
			usage->side[r] +=
				units * program_side_coefficient(program, &program->sides[r], b);
	}
}

static enum block block_at(const struct usage *usage, size_t b, size_t offering)
{
	const struct program *program = usage->program;
	size_t school = program->district->offerings[offering].school;
	int64_t room = program->seats[offering].spare - usage->plan->offerings[offering].assigned;
	enum block block = BLOCK_NOTHING;

	if (room < program->batches[b].size)
		return room > 0 ? BLOCK_WHOLE : BLOCK_SEATS;
	for (size_t r = program->sides_of_school[school]; r < program->sides_of_school[school + 1];
	     r++) {
		const struct side_row *row = &program->sides[r];
		int64_t more = program_side_coefficient(program, row, b);

		if (more > 0 && usage->side[r] + more > row->limit)
			block = block_of_side[row->kind];
	}
	return block;
}

static const char *why(const struct usage *usage, const struct placement *placement)
{
	size_t b = usage->batch_of[placement->cell];
	size_t n = program_arcs(usage->program, b, usage->arcs);
	enum block most = BLOCK_NO_SCHOOL;

	for (size_t i = 0; i < n; i++) {
		enum block here = block_at(usage, b, usage->arcs[i].offering);

		if (here > most)
			most = here;
	}
	return texts[most];
}

const char *const *plan_reasons(struct arena *arena, const struct program *program,
				const struct plan *plan)
{
	const char **reasons = arena_array(arena, plan->n_placements, sizeof *reasons);
	struct usage usage = {.program = program, .plan = plan};

	usage.arcs = arena_array(arena, program->district->n_schools, sizeof *usage.arcs);
	count_batches(arena, &usage);
	count_sides(arena, &usage);
	for (size_t i = 0; i < plan->n_placements; i++)
		reasons[i] = plan->placements[i].school == NONE
				     ? why(&usage, &plan->placements[i]) : "";
	return reasons;
}
