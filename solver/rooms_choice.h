/* solver/rooms_choice.h - a choice of rooms and its exact plan; better choices by exact plans. */
#ifndef SEATWISE_ROOMS_CHOICE_H
#define SEATWISE_ROOMS_CHOICE_H

#include "solver/rooms_search.h"
#include "solver/solve.h"

/* What is being chosen for; all borrowed. */
struct room_choosing {
	struct arena *arena;
	const struct district *district; /* as read */
	const struct rooms *rooms;
	const struct program *most;      /* of the view with every room open */
	struct diags *diags;
};

/* What a choice came to; in the arena. */
struct room_choice {
	int64_t *sections;         /* n_offerings */
	struct district opened;
	struct program program;
	struct solution solution;
	int64_t *values;           /* n_levels */
};

/* Solves the plan of a choice exactly. Returns 0, or -1 after an error. */
int room_choice_solve(const struct room_choosing *choosing, const int64_t *sections,
		      struct room_choice *made);

/* Whether the first is better at the first level where they differ. */
bool room_choice_better(const struct room_choosing *choosing, const struct room_choice *a,
			const struct room_choice *b);

/*
 * Moves single rooms as long as the exact plan is better for it: the moves that the search left as
 * the most promising ones, as many as some seconds allow. Only the two grades that a move touches
 * are solved, without the rest, before the whole plan is; small districts are solved whole at once,
 * so that rules that tie grades together are seen.
 *
 *   best     replaced by what is better
 *   returns  0, or -1 after an error
 */
int room_choice_polish(const struct room_choosing *choosing, const struct rooms_found *found,
		       struct room_choice *best);

#endif
