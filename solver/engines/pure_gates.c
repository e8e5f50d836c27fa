/* solver/engines/pure_gates.c - rows that only some pupils pass, as stations before the school. */
#include "solver/engines/pure_parts.h"
#include "solver/engines/quota.h"

/* Whether a row may be a gate: it counts pupils one by one. */
static bool is_gate(const struct side_row *row)
{
	return row->kind == SIDE_BEDS || row->kind == SIDE_PLACES ||
	       (row->kind == SIDE_SHARE && row->share == 0 && row->whole == 1);
}

/* Gates of the row's school: one, where the block has one grade. */
static void add_gates(struct pure *pure, size_t row)
{
	const struct district *district = pure->program->district;
	const struct school *school = &district->schools[pure->program->sides[row].school];

	for (size_t i = 0; i < school->n_offerings; i++) {
		size_t station = pure->station_of[school->first_offering + i];

		if (station == NONE)
			continue;
		pure->gate_of_row[row] = pure->n_gates;
		pure->gates[pure->n_gates++] = (struct gate){station, row};
	}
}

/* Whether no pupil would pass two gates of a school. */
static bool apart(const struct pure *pure)
{
	const struct program *program = pure->program;

	for (size_t b = 0; b < pure->n_batches; b++)
		for (size_t s = 0; s < program->district->n_schools; s++) {
			size_t n = 0;

			for (size_t r = program->sides_of_school[s];
			     r < program->sides_of_school[s + 1]; r++)
				n += pure->gate_of_row[r] != NONE &&
				     quota_use(program, &program->sides[r], pure->batches[b]) > 0;
			if (n > 1)
				return false;
		}
	return true;
}

bool pure_find_gates(struct pure *pure)
{
	const struct program *program = pure->program;

	if (!pure->block->gates)
		return true;
	pure->gates = memory_array(program->n_sides, sizeof *pure->gates);
	pure->gate_of_row = memory_array(program->n_sides, sizeof *pure->gate_of_row);
	for (size_t r = 0; r < program->n_sides; r++) {
		pure->gate_of_row[r] = NONE;
		if (pure->block->active[r] && is_gate(&program->sides[r]))
			add_gates(pure, r);
		else if (pure->block->active[r] && program->sides[r].kind != SIDE_CAP)
			return false;
	}
	pure->first_gate = pure->n_stations;
	return apart(pure);
}

/* A gate has no way to the root that is ever taken. */
void pure_state_gates(struct pure *pure)
{
	for (size_t i = 0; i < pure->n_gates; i++) {
		network_tier(pure->network, pure->first_gate + i, 1, NETWORK_CLOSED);
		network_overflow(pure->network, pure->first_gate + i, pure->gates[i].station,
				 pure->program->sides[pure->gates[i].row].limit, 0);
	}
}

void pure_free_gates(struct pure *pure)
{
	memory_free(pure->gates);
	memory_free(pure->gate_of_row);
}

size_t pure_enter(const struct pure *pure, size_t batch, size_t station)
{
	const struct program *program = pure->program;
	const struct batch *here = &program->batches[batch];
	size_t school;

	if (pure->n_gates == 0 || station == NONE ||
	    (here->need == NEED_NONE && !here->counts_share))
		return station;
	school = program->district->offerings[pure->offerings[station]].school;
	for (size_t r = program->sides_of_school[school]; r < program->sides_of_school[school + 1];
	     r++)
		if (pure->gate_of_row[r] != NONE &&
		    quota_use(program, &program->sides[r], batch) > 0)
			return pure->first_gate + pure->gate_of_row[r];
	return station;
}
