#include "solver/planning.h"

#include "models/audit_rooms.h"
#include "models/enrolment.h"
#include "models/reach.h"
#include "models/scale.h"
#include "solver/stop.h"

static void end_stage(const struct planning *planning, enum run_stage stage)
{
	if (planning->clock)
		run_clock_stage(planning->clock, stage);
}

/* --- stating --------------------------------------------------------------------------------- */

/* The program of the rest as it is now. */
static int state(struct planning *planning)
{
	struct arena *arena = planning->arena;
	const struct level_scale *levels;

	rooms_make(arena, &planning->named.rest.district, &planning->rooms);
	rooms_most_view(arena, &planning->rooms, &planning->widest);
	levels = level_scales_make(arena, &planning->widest,
				   distances_longest(planning->distances), planning->diags);
	if (!levels)
		return -1;
	program_make(arena, &planning->widest, planning->distances, levels, &planning->program);
	planning->opened = &planning->widest;
	planning->planned = &planning->program;
	return 0;
}

int planning_open(struct arena *arena, const struct district *district,
		  const struct distances *distances, struct run_clock *clock,
		  struct diags *diags, struct planning *made)
{
	*made = (struct planning){.arena = arena, .district = district, .distances = distances,
				  .clock = clock, .diags = diags};
	named_make(arena, district, distances, &made->named);
	if (state(made))
		return -1;
	program_warn_reachless(&made->program, diags);
	end_stage(made, STAGE_MATRIX);
	return 0;
}

/* --- solving --------------------------------------------------------------------------------- */

/* Units of 10^-18 in one unit of a level. */
static audit_value level_unit(int digits)
{
	audit_value unit = 1;

	for (int i = digits; i < 18; i++)
		unit *= 10;
	return unit;
}

/* Nothing is kept that the second reading of the rules and figures does not confirm. */
static int check_plan(struct planning *planning)
{
	struct audit audited;
	int result;

	planning->audited = audit_plan_of(planning->arena, &planning->rest_plan, DIAG_AUDIT);
	result = audit(planning->arena, &planning->audited, &audited, planning->diags);
	if (audit_rooms(&planning->named.rest.district, planning->opened, &audit_nowhere,
			planning->diags))
		result = -1;
	for (size_t k = 0; k < planning->program.n_levels; k++) {
		const struct level_result *level = &planning->solution.levels[k];

		if (audited.levels[k] != level->value * level_unit(level->digits))
			result = diag_error(planning->diags, DIAG_AUDIT, place_none(),
					    "level '%s': the engine's value is not the plan's",
					    level->terms);
	}
	return result;
}

/* Whether the proof bears out every grade that only the network engine vouches for. */
static bool network_confirmed(const struct planning *planning, const struct proof *proof)
{
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		if (planning->solution.network[g] &&
		    proof->grades[g - FIRST_GRADE].reason != PROOF_HOLDS)
			return false;
	return true;
}

/* The exact proof over all pairs where it applies; else what the engines rest on. The proof is one
 * for the rooms as they are: where they were chosen, the bounds of rooms_bound.h are from prices
 * over all pairs. */
static void certify(struct planning *planning, const struct proof *proof)
{
	struct certificate *certificate = &planning->certificate;

	certificate->holds = true;
	for (size_t k = 0; k < planning->program.n_levels; k++)
		certificate->holds &= planning->solution.levels[k].bound ==
				      planning->solution.levels[k].value;
	if (planning->rooms.n_decided > 0)
		certificate->method =
			planning->solved.by_branching ? "branch-and-bound" : "primal-dual";
	else if (proof->holds)
		*certificate = (struct certificate){
			planning->solution.confirmed ? "glpk-basis" : "primal-dual", true};
	else
		certificate->method =
			planning->solution.linear_only ? "glpk-basis" : "branch-and-bound";
	end_stage(planning, STAGE_CERTIFY);
}

static int solve_fixed(struct planning *planning, bool with_network)
{
	int result;

	solver_close(planning->solver);
	planning->solver = solver_open(&planning->program, with_network, planning->diags);
	result = solver_run(planning->solver);
	if (result == 0)
		solver_results(planning->arena, planning->solver, &planning->solution);
	return result;
}

/* Where sections are free, the choice of rooms comes with the first solution. */
static int solve_program(struct planning *planning, bool with_network)
{
	struct arena *arena = planning->arena;
	struct rooms_solution *solved = &planning->solved;
	int result;

	if (planning->rooms.n_decided == 0)
		return solve_fixed(planning, with_network);
	result = with_network ? rooms_solve(arena, &planning->rooms, &planning->program, solved,
					    planning->diags)
			      : rooms_solve_again(arena, solved, planning->diags);
	planning->solution = solved->solution;
	planning->opened = &solved->opened;
	planning->planned = &solved->program;
	return result;
}

static int solve_plan(struct planning *planning, bool with_network)
{
	if (solve_program(planning, with_network))
		return -1;
	plan_make(planning->arena, planning->opened, planning->distances,
		  planning->solution.placements, planning->solution.n_placements,
		  &planning->rest_plan);
	end_stage(planning, STAGE_SOLVE);
	return check_plan(planning);
}

/* The network engine never has the last word: where the proof does not bear it out, GLPK solves
 * the program anew. */
static int solve_and_certify(struct planning *planning)
{
	struct proof proof;

	if (solve_plan(planning, true))
		return -1;
	seat_gains_open(planning->arena, planning->opened, &planning->gains);
	proof_make(&planning->audited, &planning->gains, &proof);
	if (!network_confirmed(planning, &proof)) {
		if (solve_plan(planning, false))
			return -1;
		proof_make(&planning->audited, &planning->gains, &proof);
	}
	certify(planning, &proof);
	return 0;
}

int planning_solver(struct planning *planning)
{
	if (planning->rooms.n_decided == 0)
		return 0;
	solver_close(planning->solver);
	planning->solver = solver_open(planning->planned, true, planning->diags);
	return solver_run(planning->solver);
}

/* --- levels of the whole district ------------------------------------------------------------ */

/* What the ways of settled children come to at a level, in its units. */
static int64_t settled_value(const struct planning *planning, size_t k)
{
	const struct objective *objective = &planning->named.rest.district.settings.levels;

	if (planning->district->n_students == 0)
		return 0;
	return (int64_t)(rest_settled_value(&planning->named.rest, &objective->levels[k]) /
			 level_unit(planning->solution.levels[k].digits));
}

static void take_levels(struct planning *planning)
{
	size_t n = planning->program.n_levels;

	planning->levels = arena_array(planning->arena, n, sizeof *planning->levels);
	for (size_t k = 0; k < n; k++) {
		int64_t settled = settled_value(planning, k);

		planning->levels[k] = planning->solution.levels[k];
		planning->levels[k].value += settled;
		planning->levels[k].bound += settled;
	}
}

/* What was found without the rule that twins go together. */
struct loose {
	struct district widest;            /* the rest */
	const struct level_result *levels; /* of the whole district */
	int64_t *settled;                  /* what settled children come to at each level */
};

static void keep_loose(const struct planning *planning, struct loose *loose)
{
	size_t n = planning->program.n_levels;

	*loose = (struct loose){planning->widest, planning->levels,
				arena_array(planning->arena, n, sizeof(int64_t))};
	for (size_t k = 0; k < n; k++)
		loose->settled[k] = settled_value(planning, k);
}

/* The least that level k can be where the first `same` levels are what they are: 0 where even that
 * is not found. */
static int64_t least_alone(const struct planning *planning, const struct loose *loose, size_t same,
			   size_t k)
{
	const struct objective *objective = &loose->widest.settings.levels;
	struct district view = loose->widest;
	const struct level_scale *scales;
	struct solution solution;
	struct program program;
	struct diags silent = {0};

	view.settings.levels.n_levels = same + 1;
	view.settings.levels.levels = arena_array(planning->arena, same + 1,
						  sizeof *objective->levels);
	for (size_t i = 0; i < same; i++)
		view.settings.levels.levels[i] = objective->levels[i];
	view.settings.levels.levels[same] = objective->levels[k];
	scales = level_scales_make(planning->arena, &view, distances_longest(planning->distances),
				   &silent);
	if (!scales)
		return 0;
	program_make(planning->arena, &view, planning->distances, scales, &program);
	if (solve(planning->arena, &program, true, &solution, &silent))
		return 0;
	return solution.levels[same].bound + loose->settled[k];
}

/* With twins settled, what is known is how good a plan without this rule could be. From the first
 * level that it makes worse, each later one has the bound that it has by itself. */
static void bound_levels(struct planning *planning, const struct loose *loose)
{
	size_t n = planning->program.n_levels, same = 0;

	while (same < n && planning->levels[same].value == loose->levels[same].value)
		same++;
	for (size_t k = 0; k < n; k++) {
		struct level_result *level = &planning->levels[k];

		level->bound = k <= same ? loose->levels[k].bound
					 : least_alone(planning, loose, same, k);
		planning->certificate.holds &= level->bound == level->value;
	}
}

bool planning_is_optimal(const struct planning *planning)
{
	for (size_t k = 0; k < planning->program.n_levels; k++)
		if (planning->levels[k].bound != planning->levels[k].value)
			return false;
	return true;
}

/* --- twins ----------------------------------------------------------------------------------- */

/* Whether the plan of the rest sends children of a cell to a school. */
static bool sends_there(const struct planning *planning, size_t cell, size_t school)
{
	const struct plan *plan = &planning->rest_plan;
	size_t at = plan_first(plan, cell, school);

	return at < plan->n_placements && plan->placements[at].cell == cell &&
	       plan->placements[at].school == school;
}

/* Whether a school that may take a cell has seats for twins beside those who are settled. */
static bool has_room(const struct planning *planning, struct choices *choices,
		     const struct cell *cell, size_t school, int64_t size)
{
	const struct offering *offering = district_offering(planning->district, school,
							    cell->grade);

	return offering && choices_eligible(choices, cell, school) &&
	       settlement_room(&planning->named.settlement, offering, cell,
			       planning->district->settings.class_max) >= size;
}

/* The nearest school with room for twins; NONE: there is none.
 *
 *   of_plan  only of those to which the plan sends their cell */
static size_t nearest_for_twins(const struct planning *planning, struct choices *choices,
				size_t lead, bool of_plan)
{
	const struct district *district = planning->district;
	const struct cell *cell = district_cell_of(district, lead);
	int64_t size = (int64_t)precedence_size(&planning->named.precedence, lead);
	int64_t nearest = INT64_MAX;
	size_t best = NONE;

	for (size_t s = 0; s < district->n_schools; s++) {
		int64_t metres = distance_metres(planning->distances, cell->zone, s);

		if (metres == UNREACHABLE || metres >= nearest ||
		    (of_plan && !sends_there(planning, planning->named.rest.cell[lead], s)) ||
		    !has_room(planning, choices, cell, s, size))
			continue;
		nearest = metres;
		best = s;
	}
	return best;
}

/* Settles the twins who are apart: where one of them has a seat, or else at the nearest school with
 * seats for them all, whoever has to go elsewhere; where there is none, without a school. */
static void settle_twins(struct planning *planning)
{
	const struct handout *handout = &planning->handout;
	struct choices choices;

	choices_open(&choices, planning->district, planning->distances);
	for (size_t i = 0; i < handout->n_apart; i++) {
		size_t lead = handout->apart[i];
		size_t school = nearest_for_twins(planning, &choices, lead, true);

		if (school == NONE)
			school = nearest_for_twins(planning, &choices, lead, false);
		settlement_settle(&planning->named.settlement, lead, school, SETTLED_TWINS);
	}
	choices_close(&choices);
}

static void hand_out(struct planning *planning)
{
	handout_make(planning->arena, &planning->rest_plan, &planning->named.rest, false,
		     &planning->handout);
}

static void free_family(struct settlement *settlement, size_t lead)
{
	for (size_t i = lead; i != NONE; i = settlement->precedence->next[i])
		settlement_unsettle(settlement, i);
}

/* Solves again with the twins settled who are apart. Where a limit leaves no plan, all is as it was
 * before. Returns 0, 1 where it is, or -1 after an error. */
static int solve_round(struct planning *planning)
{
	struct planning before = *planning;
	struct diags *silent = arena_array(planning->arena, 1, sizeof *silent);

	settle_twins(planning);
	rest_make(planning->arena, &planning->named.settlement, &planning->named.rest);
	planning->solver = NULL;
	planning->diags = silent;
	if (state(planning) == 0 && solve_and_certify(planning) == 0) {
		solver_close(before.solver);
		planning->diags = before.diags;
		hand_out(planning);
		return 0;
	}
	solver_close(planning->solver);
	for (size_t i = 0; i < before.handout.n_apart; i++)
		free_family(&planning->named.settlement, before.handout.apart[i]);
	*planning = before;
	if (stop_asked())
		return 1;
	return diag_error(planning->diags, DIAG_SOLVER, place_none(),
			  "no plan was found with twins together");
}

/* Twins who are still apart: the plan is not what was asked for, so nothing is proven. */
static void leave_apart(struct planning *planning)
{
	diag_warning(planning->diags, DIAG_STUDENT_TWIN, place_none(),
		     "no time was left to find schools for %zu sets of twins together",
		     planning->handout.n_apart);
	planning->levels[planning->program.n_levels - 1].bound = 0;
	planning->certificate.holds = false;
}

/* Solves again with twins settled who were apart, until none are: each round settles some. */
static int join_twins(struct planning *planning)
{
	struct loose loose;
	bool solved = false;
	int result = 0;

	hand_out(planning);
	if (planning->handout.n_apart == 0 || planning->rooms.n_decided > 0)
		return 0;
	keep_loose(planning, &loose);
	while (planning->handout.n_apart > 0 && result == 0 && !stop_asked()) {
		result = solve_round(planning);
		solved |= result == 0;
	}
	if (result < 0)
		return -1;
	if (solved) {
		take_levels(planning);
		bound_levels(planning, &loose);
	}
	if (planning->handout.n_apart > 0)
		leave_apart(planning);
	return 0;
}

/* --- every child's school -------------------------------------------------------------------- */

/* Twins are free again. Returns the plan of the rest in which they are: in the arena. */
static const struct plan *free_twins(struct planning *planning)
{
	struct settlement *settlement = &planning->named.settlement;
	struct rest *rest = &planning->named.rest;
	struct plan *made = arena_array(planning->arena, 1, sizeof *made);
	const struct plan *plan = &planning->rest_plan;
	size_t n = plan->n_placements, n_students = planning->district->n_students;
	struct placement *placements = memory_array(n + n_students, sizeof *placements);

	for (size_t i = 0; i < n_students; i++)
		if (settlement->by[i] == SETTLED_TWINS) {
			placements[n++] = (struct placement){i, settlement->school[i], 1};
			settlement_unsettle(settlement, i);
		}
	rest_make(planning->arena, settlement, rest);
	for (size_t i = 0; i < plan->n_placements; i++) {
		placements[i] = plan->placements[i];
		placements[i].cell = audit_cell(&rest->district,
						&plan->district->cells[placements[i].cell]);
	}
	for (size_t i = plan->n_placements; i < n; i++)
		placements[i].cell = rest->cell[placements[i].cell];
	plan_make(planning->arena, &rest->district, planning->distances, placements, n, made);
	memory_free(placements);
	return made;
}

/* Whether some twins are settled. */
static bool has_settled_twins(const struct planning *planning)
{
	for (size_t i = 0; i < planning->district->n_students; i++)
		if (planning->named.settlement.by[i] == SETTLED_TWINS)
			return true;
	return false;
}

/* Takes the seats that wishes make of the plan, if fewer envy one another then. */
static bool exchange(struct planning *planning, const struct plan *plan)
{
	struct wish_figures before, after;
	struct handout exchanged;

	handout_make(planning->arena, plan, &planning->named.rest, true, &exchanged);
	wish_figures_make(planning->arena, &planning->named, planning->handout.school, &before);
	wish_figures_make(planning->arena, &planning->named, exchanged.school, &after);
	if (after.envy_pairs >= before.envy_pairs)
		return false;
	planning->handout = exchanged;
	return true;
}

/* All who are not settled get the seats of the plan by one rule, so that a plan alone tells what
 * every child's seat must be. */
static void seat_children(struct planning *planning)
{
	const struct plan *plan = &planning->rest_plan;
	bool twins = has_settled_twins(planning);

	if (twins) {
		plan = free_twins(planning);
		handout_make(planning->arena, plan, &planning->named.rest, false,
			     &planning->handout);
	}
	if (planning->district->settings.fewer_envy && exchange(planning, plan) && !twins)
		rest_plan_make(planning->arena, &planning->named.rest, planning->opened,
			       planning->handout.school, &planning->rest_plan);
}

/* --- the whole ------------------------------------------------------------------------------- */

/* Without children by name the rest is the whole. */
static void take_rest(struct planning *planning)
{
	planning->whole = *planning->opened;
	planning->plan = planning->rest_plan;
}

static void open_whole(struct planning *planning)
{
	const struct district *opened = planning->opened;
	size_t n = opened->n_offerings;
	int64_t *sections = arena_array(planning->arena, n, sizeof *sections);

	for (size_t i = 0; i < n; i++)
		sections[i] = opened->offerings[i].sections;
	rooms_view(planning->arena, planning->district, sections, &planning->whole);
}

int planning_solve(struct planning *planning)
{
	if (solve_and_certify(planning))
		return -1;
	take_levels(planning);
	if (planning->district->n_students == 0) {
		take_rest(planning);
		return 0;
	}
	if (join_twins(planning))
		return -1;
	seat_children(planning);
	open_whole(planning);
	rest_whole_plan(planning->arena, &planning->named.rest, &planning->whole,
			planning->handout.school, &planning->plan);
	return 0;
}

void planning_close(struct planning *planning)
{
	solver_close(planning->solver);
}
