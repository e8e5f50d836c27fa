#include "solver/rooms_choice.h"

#include <string.h>

#include "inputs/base/memory.h"
#include "solver/engines/flow.h"
#include "solver/stop.h"

enum {
	WHOLE = 200,    /* cells up to which a district is solved whole for every move */
	WORK = 100000,  /* cells times moves that are tried: seconds */
	TRIES = 500     /* moves that are tried at the most */
};

static size_t n_levels_of(const struct room_choosing *choosing)
{
	return choosing->most->n_levels;
}

int room_choice_solve(const struct room_choosing *choosing, const int64_t *sections,
		      struct room_choice *made)
{
	struct arena *arena = choosing->arena;
	size_t n = choosing->district->n_offerings, n_levels = n_levels_of(choosing);

	made->sections = arena_array(arena, n, sizeof *made->sections);
	if (n > 0)
		memcpy(made->sections, sections, n * sizeof *sections);
	rooms_view(arena, choosing->district, sections, &made->opened);
	program_make(arena, &made->opened, choosing->most->distances, choosing->most->levels,
		     &made->program);
	if (solve(arena, &made->program, true, &made->solution, choosing->diags))
		return -1;
	made->values = arena_array(arena, n_levels, sizeof *made->values);
	for (size_t k = 0; k < n_levels; k++)
		made->values[k] = made->solution.levels[k].value;
	return 0;
}

bool room_choice_better(const struct room_choosing *choosing, const struct room_choice *a,
			const struct room_choice *b)
{
	return values_compare(a->values, b->values, n_levels_of(choosing)) < 0;
}

/* --- moves by exact plans -------------------------------------------------------------------- */

/* The sections that a try changes, and what the grades alone came to before. */
struct polishing {
	const struct room_choosing *choosing;
	struct room_choice *best;
	int64_t *sections;     /* those of `best`, and of the try */
	int64_t *before, *after;
	size_t tried, most_tries;
	bool better;           /* something was, in this round */
};

/* The district with the pupils of two grades alone; its cells are malloc'ed. */
static struct district two_grades(const struct district *district, int a, int b)
{
	struct district view = *district;

	view.cells = memory_array(district->n_cells, sizeof *view.cells);
	view.n_cells = 0;
	for (size_t i = 0; i < district->n_cells; i++)
		if (district->cells[i].grade == a || district->cells[i].grade == b)
			view.cells[view.n_cells++] = district->cells[i];
	return view;
}

/* The levels of two grades with the sections as they are now. */
static int solve_grades(const struct polishing *polishing, int a, int b, int64_t *values)
{
	struct room_choosing choosing = *polishing->choosing;
	struct district view = two_grades(choosing.district, a, b);
	struct room_choice made;
	struct arena arena;
	int result;

	arena_open(&arena);
	choosing.arena = &arena;
	choosing.district = &view;
	result = room_choice_solve(&choosing, polishing->sections, &made);
	if (result == 0)
		memcpy(values, made.values, n_levels_of(&choosing) * sizeof *values);
	arena_close(&arena);
	memory_free(view.cells);
	return result;
}

static void shift(struct polishing *polishing, const struct room_move *move, int64_t by)
{
	polishing->sections[move->from] -= by;
	polishing->sections[move->to] += by;
}

/* Whether the two grades alone are better for the move, which stays made: 1 or 0; -1 after an
 * error. */
static int two_grades_better(struct polishing *polishing, const struct room_move *move)
{
	const struct district *district = polishing->choosing->district;
	int from = district->offerings[move->from].grade, to = district->offerings[move->to].grade;

	if (district->n_cells <= WHOLE) {
		shift(polishing, move, 1);
		return 1;
	}
	if (solve_grades(polishing, from, to, polishing->before))
		return -1;
	shift(polishing, move, 1);
	if (solve_grades(polishing, from, to, polishing->after))
		return -1;
	return values_compare(polishing->after, polishing->before,
			      n_levels_of(polishing->choosing)) < 0;
}

static int try_move(struct polishing *polishing, const struct room_move *move)
{
	const struct room_choosing *choosing = polishing->choosing;
	const struct rooms *rooms = choosing->rooms;
	struct room_choice made;
	int better;

	if (polishing->sections[move->from] <= rooms->least[move->from] ||
	    polishing->sections[move->to] >= rooms->most[move->to])
		return 0;
	polishing->tried++;
	better = two_grades_better(polishing, move);
	if (better < 0 ||
	    (better && room_choice_solve(choosing, polishing->sections, &made)))
		return -1;
	if (better && room_choice_better(choosing, &made, polishing->best)) {
		*polishing->best = made;
		polishing->better = true;
	} else {
		shift(polishing, move, -1);
	}
	return 0;
}

static bool goes_on(const struct polishing *polishing)
{
	return polishing->tried < polishing->most_tries && !stop_asked();
}

int room_choice_polish(const struct room_choosing *choosing, const struct rooms_found *found,
		       struct room_choice *best)
{
	size_t n = choosing->district->n_offerings;
	size_t tries = WORK / (choosing->district->n_cells + 1);
	struct polishing polishing = {.choosing = choosing, .best = best, .better = true,
				      .most_tries = tries < TRIES ? tries : TRIES};
	int result = 0;

	polishing.sections = memory_array(n, sizeof *polishing.sections);
	memcpy(polishing.sections, best->sections, n * sizeof *polishing.sections);
	polishing.before = memory_array(n_levels_of(choosing), sizeof *polishing.before);
	polishing.after = memory_array(n_levels_of(choosing), sizeof *polishing.after);
	while (polishing.better && goes_on(&polishing) && result == 0) {
		polishing.better = false;
		for (size_t i = 0; i < found->n_moves && goes_on(&polishing) && result == 0; i++)
			result = try_move(&polishing, &found->moves[i]);
	}
	memory_free(polishing.sections);
	memory_free(polishing.before);
	memory_free(polishing.after);
	return result;
}
