#include "solver/greedy.h"

#include "inputs/base/memory.h"
#include "models/routes.h"

/* Room that is left while batches are placed. */
struct rooms {
	const struct program *program;
	int64_t *offering; /* pupils */
	int64_t *side;     /* limit less what is used */
	struct arc *arcs;
};

static int nearer(const void *a, const void *b, void *context)
{
	const struct arc *first = a, *second = b;

	(void)context;
	if (first->metres != second->metres)
		return first->metres < second->metres ? -1 : 1;
	return first->offering < second->offering ? -1 : 1;
}

/* Units of the batch that still fit at an offering. */
static int64_t fitting(const struct rooms *rooms, size_t batch, size_t offering, int64_t units)
{
	const struct program *program = rooms->program;
	size_t school = program->district->offerings[offering].school;
	int64_t fit = rooms->offering[offering] / program->batches[batch].size;

	if (fit < units)
		units = fit;
	for (size_t r = program->sides_of_school[school]; r < program->sides_of_school[school + 1];
	     r++) {
		int64_t each = program_side_coefficient(program, &program->sides[r], batch);

		if (each > 0 && rooms->side[r] / each < units)
			units = rooms->side[r] / each;
	}
	return units > 0 ? units : 0;
}

static void take(struct rooms *rooms, size_t batch, size_t offering, int64_t units)
{
	const struct program *program = rooms->program;
	size_t school = program->district->offerings[offering].school;

	rooms->offering[offering] -= units * program->batches[batch].size;
	for (size_t r = program->sides_of_school[school]; r < program->sides_of_school[school + 1];
	     r++)
		rooms->side[r] -=
			units * program_side_coefficient(program, &program->sides[r], batch);
}

static void place(struct rooms *rooms, size_t batch, struct flows *flows)
{
	const struct program *program = rooms->program;
	int64_t left = program->batches[batch].units;
	size_t n = program_arcs(program, batch, rooms->arcs);

	memory_sort(rooms->arcs, n, sizeof *rooms->arcs, nearer, NULL);
	for (size_t i = 0; i < n && left > 0; i++) {
		size_t offering = rooms->arcs[i].offering;
		int64_t units = fitting(rooms, batch, offering, left);

		if (units == 0)
			continue;
		take(rooms, batch, offering, units);
		flows_add(flows, batch, offering, units);
		left -= units;
	}
}

static void open_rooms(struct rooms *rooms, const struct program *program)
{
	*rooms = (struct rooms){.program = program};
	rooms->offering = memory_array(program->district->n_offerings, sizeof *rooms->offering);
	rooms->side = memory_array(program->n_sides, sizeof *rooms->side);
	rooms->arcs = memory_array(program->district->n_schools, sizeof *rooms->arcs);
	for (size_t i = 0; i < program->district->n_offerings; i++)
		rooms->offering[i] = program->seats[i].spare;
	for (size_t r = 0; r < program->n_sides; r++)
		rooms->side[r] = program->sides[r].limit;
}

/* Scarce needs first, groups with a share last: their room grows with the others. */
static int turn(const struct batch *batch)
{
	if (batch->counts_share)
		return 2;
	return batch->need == NEED_NONE;
}

void greedy(const struct block *block, struct flows *flows)
{
	const struct program *program = block->program;
	struct rooms rooms;

	open_rooms(&rooms, program);
	flows_clear(flows);
	for (int now = 0; now < 3; now++)
		for (size_t b = 0; b < program->n_batches; b++)
			if (block->grades[program->batches[b].grade] &&
			    turn(&program->batches[b]) == now)
				place(&rooms, b, flows);
	memory_free(rooms.offering);
	memory_free(rooms.side);
	memory_free(rooms.arcs);
}
