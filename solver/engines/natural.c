#include "solver/engines/natural.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/assignment_mod.h"
#include "models/audit.h"
#include "models/gmpl.h"
#include "models/reach.h"
#include "models/rooms.h"
#include "solver/engines/guard.h"
#include "solver/engines/mathprog.h"
#include "outputs/run_clock.h"
#include "solver/stop.h"

/* How far (relative) GLPK prunes branches short of the best plan: its own 1e-7 would be some metres
 * of a county's ways; and by how much its bounds may be too high. */
#define OBJECTIVE_TOLERANCE 1e-13
#define BOUND_TOLERANCE 1e-10

/* A column that sends pupils of a cell to a school. */
struct sending {
	int column;
	size_t cell, school;
};

/* A column that says how many classes an offering opens. */
struct opening {
	int column;
	size_t offering;
};

/* A call of natural_solve under way. */
struct run {
	struct arena *arena;
	const struct district *district;
	const struct distances *distances;
	struct natural *solved;
	struct diags *diags;
	double deadline;            /* of seconds_wall; INFINITY = none */
	struct mathprog files;
	struct sending *sendings;
	struct opening *openings;
	size_t n_sendings, n_openings;
	int nodes;                  /* 0 = no limit */
	struct placement *placements; /* room for n_sendings */
	double bound;               /* the best one of the search at hand */
};

static double seconds_left(const struct run *run)
{
	return stop_asked() ? 0 : run->deadline - moment_now().wall;
}

/* sent[z1,1,g1,s1] */
static void take_sending(struct run *run, int column, const char *name)
{
	struct sending *sending = &run->sendings[run->n_sendings];
	struct cell key = {0};

	if (sscanf(name, "sent[z%zu,%d,g%zu,s%zu]", &key.zone, &key.grade, &key.group,
		   &sending->school) != 4)
		return;
	key.zone--, key.group--, sending->school--;
	sending->column = column;
	sending->cell = audit_cell(run->district, &key);
	run->n_sendings++;
}

/* opened[s1,1] */
static void take_opening(struct run *run, int column, const char *name)
{
	size_t school;
	int grade;

	if (sscanf(name, "opened[s%zu,%d]", &school, &grade) == 2)
		run->openings[run->n_openings++] = (struct opening){
			column, audit_offering(run->district, school - 1, grade)};
}

/* Finds the columns that a plan is read from. */
static void find_columns(struct run *run, glp_prob *problem)
{
	int n = glp_get_num_cols(problem);

	run->sendings = arena_array(run->arena, (size_t)n, sizeof *run->sendings);
	run->openings = arena_array(run->arena, (size_t)n, sizeof *run->openings);
	run->placements = arena_array(run->arena, (size_t)n, sizeof *run->placements);
	for (int column = 1; column <= n; column++) {
		take_sending(run, column, glp_get_col_name(problem, column));
		take_opening(run, column, glp_get_col_name(problem, column));
	}
}

static int value_column(glp_prob *problem, size_t level)
{
	char name[32];

	snprintf(name, sizeof name, "value[%zu]", level + 1);
	return glp_find_col(problem, name);
}

/* The plan of so many placements and the sections that are open. */
static void make_plan(struct run *run, size_t n)
{
	struct natural *solved = run->solved;

	rooms_view(run->arena, run->district, solved->sections, &solved->opened);
	plan_make(run->arena, &solved->opened, run->distances, run->placements, n, &solved->plan);
}

/* The plan of GLPK's solution. */
static void take_plan(struct run *run, glp_prob *problem)
{
	size_t n = 0;

	for (size_t i = 0; i < run->n_openings; i++)
		run->solved->sections[run->openings[i].offering] =
			llround(glp_mip_col_val(problem, run->openings[i].column));

	for (size_t i = 0; i < run->n_sendings; i++) {
		const struct sending *sending = &run->sendings[i];
		int64_t pupils = llround(glp_mip_col_val(problem, sending->column));

		if (pupils > 0)
			run->placements[n++] =
				(struct placement){sending->cell, sending->school, pupils};
	}
	make_plan(run, n);
}

/* Takes the plan's values from `first` on. Returns -1 where a level before is not what it was. */
static int take_values(struct run *run, size_t first)
{
	struct natural *solved = run->solved;

	for (size_t i = 0; i < solved->n_levels; i++) {
		int64_t value = plan_level_value(&solved->plan, &solved->scales[i]);

		if (i >= first)
			solved->levels[i].value = value;
		else if (value != solved->levels[i].value)
			return diag_error(run->diags, DIAG_SOLVER, place_none(),
					  "GLPK strayed beyond its tolerances: level '%s' was "
					  "%lld, then %lld", solved->scales[i].text,
					  (long long)solved->levels[i].value, (long long)value);
	}
	return 0;
}

static bool nodes_used(glp_tree *tree, const struct run *run)
{
	int all;

	glp_ios_tree_size(tree, NULL, NULL, &all);
	return run->nodes > 0 && all > run->nodes;
}

static void on_search(glp_tree *tree, void *context)
{
	struct run *run = context;
	int node = glp_ios_best_node(tree);

	if (glp_ios_reason(tree) == GLP_ISELECT && node)
		run->bound = fmax(run->bound, glp_ios_node_bound(tree, node));
	if (seconds_left(run) <= 0 || nodes_used(tree, run))
		glp_ios_terminate(tree);
}

static int search(struct run *run, glp_prob *problem)
{
	glp_iocp options;
	double left = seconds_left(run);

	run->bound = 0;
	if (left <= 0)
		return GLP_ETMLIM;
	glp_init_iocp(&options);
	options.msg_lev = GLP_MSG_ERR;
	options.presolve = GLP_ON;
	options.tol_obj = OBJECTIVE_TOLERANCE;
	options.tm_lim = left < INT_MAX / 1000 ? (int)(left * 1000) + 1 : INT_MAX;
	options.cb_func = on_search;
	options.cb_info = run;
	return glp_intopt(problem, &options);
}

/* The bound of a search that ended early, in whole units. */
static int64_t whole_bound(double bound, int64_t value)
{
	int64_t whole = (int64_t)ceil(bound - BOUND_TOLERANCE * fmax(1, bound) - 1e-6);

	return whole < 0 ? 0 : whole < value ? whole : value;
}

static int failed(struct run *run, size_t level, const char *what)
{
	return diag_error(run->diags, DIAG_SOLVER, place_none(), "GLPK, level '%s': %s",
			  run->solved->scales[level].text, what);
}

/* Minimises a level. Returns 0; 1 when time was up; -1 after an error. */
static int solve_level(struct run *run, glp_prob *problem, size_t i)
{
	struct natural_level *level = &run->solved->levels[i];
	int code = search(run, problem), status = glp_mip_status(problem);
	bool stopped = code == GLP_ETMLIM || code == GLP_ESTOP;

	if (code && !stopped)
		return failed(run, i, guard_code_text(code));
	if (!code && status != GLP_OPT)
		return failed(run, i, guard_status_text(status));
	if (!stopped || (status == GLP_FEAS && llround(glp_mip_obj_val(problem)) < level->value)) {
		take_plan(run, problem);
		if (take_values(run, i))
			return -1;
	}
	if (!stopped && llround(glp_mip_obj_val(problem)) != level->value)
		return failed(run, i, "the model counts otherwise than the plan");
	level->bound = stopped ? whole_bound(run->bound, level->value) : level->value;
	level->proven = level->bound == level->value;
	return stopped;
}

static int solve_levels(struct run *run, glp_prob *problem)
{
	int result = 0;

	for (size_t i = 0; i < run->solved->n_levels && !result; i++) {
		for (size_t j = 0; j < run->solved->n_levels; j++)
			guard_cost(problem, value_column(problem, j), j == i);
		if (i > 0)
			guard_column_bounds(problem, value_column(problem, i - 1), 0,
					    (double)run->solved->levels[i - 1].value);
		result = solve_level(run, problem, i);
	}
	return result;
}

static int body(void *context)
{
	struct run *run = context;
	glp_prob *problem = mathprog_build(&run->files, run->diags);
	int result;

	if (!problem)
		return -1;
	find_columns(run, problem);
	result = solve_levels(run, problem);
	glp_delete_prob(problem);
	return result < 0 ? -1 : 0;
}

/* Every rule, judged by the auditor, who knows nothing of the model. */
static int audit_natural(struct run *run)
{
	struct audit_plan judged = audit_plan_of(run->arena, &run->solved->plan, DIAG_AUDIT);
	struct audit made;

	return audit(run->arena, &judged, &made, run->diags);
}

/* Everybody unplaced: a plan that keeps all rules, for want of a better one. */
static void begin(struct run *run)
{
	struct rooms rooms;

	run->solved->sections = arena_array(run->arena, run->district->n_offerings,
					    sizeof *run->solved->sections);
	rooms_make(run->arena, run->district, &rooms);
	rooms_start(&rooms, run->solved->sections);
	make_plan(run, 0);
	take_values(run, 0);
}

static int run_model(struct run *run, const struct capacities *capacities)
{
	struct text data = {0};
	int result;

	gmpl_write(&data, run->district, run->distances, capacities, run->solved->scales);
	result = mathprog_open(&run->files, assignment_mod, assignment_mod_size, &data, run->diags);
	text_free(&data);
	if (result == 0)
		result = guard_run(body, run, run->diags);
	mathprog_close(&run->files);
	return result;
}

int natural_try(struct arena *arena, const struct district *district,
		const struct distances *distances, int nodes, double seconds,
		struct natural *solved, struct diags *diags)
{
	struct run run = {.arena = arena, .district = district, .distances = distances,
			  .solved = solved, .diags = diags, .nodes = nodes};
	struct capacities capacities;

	run.deadline = seconds > 0 ? moment_now().wall + seconds : (double)INFINITY;
	solved->n_levels = district->settings.levels.n_levels;
	solved->levels = arena_array(arena, solved->n_levels, sizeof *solved->levels);
	solved->scales = gmpl_levels(arena, district, distances, diags);
	if (!solved->scales)
		return -1;
	begin(&run);
	capacities_make(arena, district, &capacities);
	if (run_model(&run, &capacities) || audit_natural(&run))
		return -1;
	solved->optimal = true;
	for (size_t i = 0; i < solved->n_levels; i++)
		solved->optimal = solved->optimal && solved->levels[i].proven;
	return 0;
}

int natural_solve(struct arena *arena, const struct district *district,
		  const struct distances *distances, double seconds, struct natural *solved,
		  struct diags *diags)
{
	return natural_try(arena, district, distances, 0, seconds, solved, diags);
}
