#include "solver/rooms.h"

#include <string.h>

#include "inputs/base/memory.h"
#include "solver/engines/flow.h"
#include "solver/engines/natural.h"
#include "solver/rooms_bound.h"
#include "solver/rooms_choice.h"
#include "solver/stop.h"

/* Cells times schools up to which the whole model is tried; and these times the nodes of each of
 * its levels, so that it is a matter of seconds whatever the machine. */
enum { MODEL_MOST = 1000, MODEL_WORK = 400000 };

static size_t n_levels_of(const struct room_choosing *choosing)
{
	return choosing->most->n_levels;
}

/* Whether the starting division may be better than the choice, for all that its measure says. */
static bool start_may_win(const struct room_choosing *choosing, const struct rooms_found *found,
			  const struct room_choice *best)
{
	int order = values_compare(best->values, found->start, found->start_levels);

	return order > 0 || (order == 0 && found->start_levels < n_levels_of(choosing));
}

static int solve_start(const struct room_choosing *choosing, const struct rooms_found *found,
		       struct room_choice *best)
{
	size_t n = choosing->district->n_offerings;
	int64_t *start = arena_array(choosing->arena, n, sizeof *start);
	struct room_choice made;

	rooms_start(choosing->rooms, start);
	if (stop_asked() || memcmp(start, best->sections, n * sizeof *start) == 0 ||
	    !start_may_win(choosing, found, best))
		return 0;
	if (room_choice_solve(choosing, start, &made))
		return -1;
	if (room_choice_better(choosing, &made, best))
		*best = made;
	return 0;
}

/* --- the whole model ------------------------------------------------------------------------- */

/* Takes the model's bounds for as long as its plan has the choice's values before them. */
static void take_bounds(const struct natural *solved, const struct room_choice *best,
			int64_t *bounds, bool *used)
{
	for (size_t k = 0; k < solved->n_levels; k++) {
		if (solved->levels[k].bound > bounds[k]) {
			bounds[k] = solved->levels[k].bound;
			*used = true;
		}
		if (solved->levels[k].value != best->values[k])
			return;
	}
}

static size_t model_size(const struct room_choosing *choosing)
{
	return choosing->district->n_cells * choosing->district->n_schools;
}

static int try_model(const struct room_choosing *choosing, struct room_choice *best,
		     struct natural *solved)
{
	int nodes = (int)(MODEL_WORK / (model_size(choosing) + 1));
	struct room_choice made;

	if (natural_try(choosing->arena, choosing->district, choosing->most->distances, nodes,
			stop_seconds_left(), solved, choosing->diags) ||
	    room_choice_solve(choosing, solved->sections, &made))
		return -1;
	if (room_choice_better(choosing, &made, best))
		*best = made;
	return 0;
}

/* --- the bounds ------------------------------------------------------------------------------ */

static void set_bounds(struct rooms_solution *made)
{
	struct level_result *levels = made->solution.levels;

	for (size_t k = 0; k < made->program.n_levels && made->bounds; k++)
		levels[k].bound = made->bounds[k] < levels[k].value ? made->bounds[k]
								    : levels[k].value;
}

static int check_bounds(const struct room_choosing *choosing, const struct room_choice *best,
			const int64_t *bounds)
{
	for (size_t k = 0; k < n_levels_of(choosing) && bounds[k] >= best->values[k]; k++)
		if (bounds[k] > best->values[k])
			return diag_error(choosing->diags, DIAG_SOLVER, place_none(),
					  "level '%s': the plan's %lld is below the bound %lld",
					  choosing->most->levels[k].text,
					  (long long)best->values[k], (long long)bounds[k]);
	return 0;
}

/* Bounds that are there before any plan hold down to the first that the plan does not meet. */
static void take_early_bounds(const int64_t *early, const struct room_choice *best, size_t n_levels,
			      int64_t *bounds)
{
	for (size_t k = 0; k < n_levels; k++) {
		if (early[k] > bounds[k])
			bounds[k] = early[k];
		if (best->values[k] != early[k])
			return;
	}
}

/* Whether to move rooms by exact plans: not where the search's measure was exact, and not where one
 * plan may take minutes. */
static bool needs_polish(const struct room_choosing *choosing, const struct rooms_found *found,
			 const struct room_choice *best)
{
	return values_compare(found->values, best->values, n_levels_of(choosing)) != 0 &&
	       !best->solution.tied && !choosing->district->settings.whole_zones;
}

static int choose(const struct room_choosing *choosing, struct room_choice *best,
		  struct rooms_solution *made)
{
	bool small = model_size(choosing) <= MODEL_MOST && !stop_asked();
	size_t n_levels = n_levels_of(choosing);
	int64_t *early = arena_array(choosing->arena, n_levels, sizeof *early);
	struct natural solved;
	struct rooms_found found;

	rooms_bound(choosing->most, choosing->rooms, early, 0, early);
	rooms_search(choosing->arena, choosing->most, choosing->rooms, &found);
	if (room_choice_solve(choosing, found.sections, best) ||
	    (needs_polish(choosing, &found, best) &&
	     room_choice_polish(choosing, &found, best)) ||
	    solve_start(choosing, &found, best) ||
	    (small && try_model(choosing, best, &solved)))
		return -1;
	made->bounds = arena_array(choosing->arena, n_levels, sizeof *made->bounds);
	rooms_bound(choosing->most, choosing->rooms, best->values, ROOMS_BOUND_STEPS,
		    made->bounds);
	take_early_bounds(early, best, n_levels, made->bounds);
	if (small)
		take_bounds(&solved, best, made->bounds, &made->by_branching);
	return check_bounds(choosing, best, made->bounds);
}

int rooms_solve(struct arena *arena, const struct rooms *rooms, const struct program *most,
		struct rooms_solution *made, struct diags *diags)
{
	struct room_choosing choosing = {.arena = arena, .district = rooms->district,
					 .rooms = rooms, .most = most, .diags = diags};
	struct room_choice best;
	int result;

	*made = (struct rooms_solution){.bounds = NULL};
	result = rooms->n_decided > 0 ? choose(&choosing, &best, made)
				      : room_choice_solve(&choosing, rooms->least, &best);
	if (result)
		return -1;
	made->opened = best.opened;
	made->program = best.program;
	made->program.district = &made->opened;
	made->solution = best.solution;
	set_bounds(made);
	return 0;
}

int rooms_solve_again(struct arena *arena, struct rooms_solution *made, struct diags *diags)
{
	if (solve(arena, &made->program, false, &made->solution, diags))
		return -1;
	set_bounds(made);
	return 0;
}
