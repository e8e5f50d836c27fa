/* solver/commands/verify.c - `seatwise verify`: is a plan what the rules say, is it the best? */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/plan_tables.h"
#include "models/proof.h"
#include "models/reason.h"
#include "models/rooms.h"
#include "models/student_check.h"
#include "outputs/student_reason.h"
#include "solver/commands/plan_input.h"
#include "solver/engines/natural.h"
#include "solver/rooms_bound.h"

/* Relative, of levels; absolute, of means and sums of km: a unit of the third decimal. */
#define LEVEL_TOLERANCE 1e-6
#define MEAN_TOLERANCE 0.00101

/* All that is known of the plan. */
struct verify {
	const struct options *options;
	struct diags *diags;
	struct plan_input input;
	struct audit audit;          /* of the whole plan */
	struct audit rest;           /* of what was left for the objective: its rules and levels */
	size_t n_tables;             /* compared beside the plan's own two */
	bool open;                   /* its optimum could not be proven */
};

static void differs(struct verify *verify, const char *name, double found, double want)
{
	diag_error(verify->diags, DIAG_PLAN, place_file(verify->input.summary.path),
		   "%s is %.15g, but should be %.15g", name, found, want);
}

static void judge_kpi(struct verify *verify, const char *name, double want, double tolerance)
{
	const double *found = plan_summary_kpi(&verify->input.summary, name);
	int decimals = tolerance > 0 ? 3 : 0;

	if (!found) {
		diag_error(verify->diags, DIAG_PLAN, place_file(verify->input.summary.path),
			   "kpis: %s is missing", name);
		return;
	}
	printf("%-20s %18.*f %18.*f\n", name, decimals, want, decimals, *found);
	if (!(fabs(*found - want) <= tolerance))
		differs(verify, name, *found, want);
}

static void judge_kpis(struct verify *verify)
{
	const struct audit_totals *totals = &verify->audit.totals;
	const struct audit_ways *ways = &totals->ways;
	double mean = ways->pupils > 0 ? (double)ways->metres / (double)ways->pupils : 0;

	printf("%-20s %18s %18s\n", "figure", "recomputed", "summary.json");
	judge_kpi(verify, "pupils", (double)district_pupils(&verify->input.district), 0);
	judge_kpi(verify, "placed", (double)totals->placed, 0);
	judge_kpi(verify, "unplaced", (double)totals->unplaced, 0);
	judge_kpi(verify, "oversized_classes", (double)totals->oversized, 0);
	judge_kpi(verify, "large_classes", (double)totals->large, 0);
	judge_kpi(verify, "far", (double)totals->far, 0);
	judge_kpi(verify, "over_standard", (double)totals->over_standard, 0);
	judge_kpi(verify, "travel_km", (double)ways->metres / 1000, MEAN_TOLERANCE);
	judge_kpi(verify, "mean_km", mean / 1000, MEAN_TOLERANCE);
	judge_kpi(verify, "p90_km", (double)ways->p90 / 1000, MEAN_TOLERANCE);
	judge_kpi(verify, "max_km", (double)ways->longest / 1000, MEAN_TOLERANCE);
}

static const struct objective *objective_of(const struct verify *verify)
{
	return &verify->input.rest_opened.settings.levels;
}

/* The value of a level over the whole district. */
static audit_value level_value(const struct verify *verify, size_t k)
{
	audit_value value = verify->rest.levels[k];

	if (verify->input.district.n_students > 0)
		value += rest_settled_value(&verify->input.named.rest,
					    &objective_of(verify)->levels[k]);
	return value;
}

static void judge_level(struct verify *verify, size_t k)
{
	const struct plan_level *level = &verify->input.summary.levels[k];
	const char *terms = objective_of(verify)->levels[k].text;
	audit_value value = level_value(verify, k);
	double want = (double)value / ((double)NANO * (double)NANO);
	double slack = LEVEL_TOLERANCE * fmax(1, fabs(want));
	struct text exact = {0};

	audit_value_text(&exact, value);
	printf("level %-14zu %18s %18.15g  %s\n", k + 1, exact.data, level->value, level->terms);
	text_free(&exact);
	if (strcmp(level->terms, terms) != 0)
		diag_error(verify->diags, DIAG_PLAN, place_file(verify->input.summary.path),
			   "level %zu is '%s', but should be '%s'", k + 1, level->terms, terms);
	if (!(fabs(level->value - want) <= slack))
		differs(verify, level->terms, level->value, want);
	if (level->bound > want + slack)
		diag_error(verify->diags, DIAG_PLAN, place_file(verify->input.summary.path),
			   "the bound of '%s' is above its value", level->terms);
	if (verify->input.summary.optimal && level->bound < want - slack)
		diag_error(verify->diags, DIAG_PLAN, place_file(verify->input.summary.path),
			   "status is optimal, but '%s' has a gap", level->terms);
}

static void judge_levels(struct verify *verify)
{
	size_t n = objective_of(verify)->n_levels;

	if (verify->input.summary.n_levels != n) {
		diag_error(verify->diags, DIAG_PLAN, place_file(verify->input.summary.path),
			   "there are %zu levels, but the objective has %zu",
			   verify->input.summary.n_levels, n);
		return;
	}
	for (size_t k = 0; k < n; k++)
		judge_level(verify, k);
}

static const char *answer(bool holds)
{
	return holds ? "holds" : "does not hold";
}

/* Whether the reasons are those that the plan bears out. */
static void judge_reasons(struct verify *verify, const struct enrolment *enrolment)
{
	const struct student_file *file = &verify->input.file.students;
	struct reasoning reasoning = {
		enrolment, plan_reasons(&verify->input.arena, enrolment->plan)};
	struct text reason = {0};

	for (size_t i = 0; i < verify->input.district.n_students; i++) {
		const struct plan_student_row *row = table_row(&file->students, file->row_of[i]);

		reason.length = 0;
		student_reason(&reason, &reasoning, i);
		if (strcmp(reason.data, row->reason) != 0)
			diag_error(verify->diags, DIAG_PLAN,
				   student_file_place(&file->students, row->row, "reason",
						      verify->diags),
				   "the plan does not bear out this reason");
	}
	text_free(&reason);
}

/* Where children have names, each of them. */
static void judge_children(struct verify *verify)
{
	const struct district *district = &verify->input.district;
	struct child_rules rules = {&verify->input.file, &verify->input.named,
				    &verify->input.opened, &verify->input.rest_opened,
				    !verify->input.summary.optimal};
	struct enrolment enrolment;
	size_t errors = verify->diags->errors;

	if (district->n_students == 0)
		return;
	if (student_check(&verify->input.arena, &rules, &enrolment, verify->diags) == 0)
		judge_reasons(verify, &enrolment);
	printf("children: %zu children judged, their lots drawn again: %s\n",
	       district->n_students, answer(verify->diags->errors == errors));
}

/* Rules first, then figures; rows that could not be read count against the rules. */
static void judge(struct verify *verify)
{
	struct diags *diags = verify->diags;
	struct audit_where where = {DIAG_PLAN, rooms_file_place, &verify->input.rooms};
	size_t broken;

	audit(&verify->input.arena, &verify->input.rest, &verify->rest, diags);
	verify->audit = verify->rest;
	if (verify->input.district.n_students > 0)
		audit_figures(&verify->input.arena, &verify->input.plan, &verify->audit);
	audit_rooms(&verify->input.district, &verify->input.opened, &where, diags);
	broken = diags->errors;
	plan_file_check_km(&verify->input.file, &verify->input.distances, diags);
	plan_tables_check(&verify->input.arena, verify->options->plan, &verify->input.plan,
			  &verify->audit, &verify->n_tables, diags);
	judge_kpis(verify);
	judge_levels(verify);
	printf("rules: %zu rows judged: %s\n", verify->input.file.n_rows, answer(broken == 0));
	printf("figures: %zu tables and summary.json compared: %s\n", verify->n_tables,
	       answer(diags->errors == broken));
	judge_children(verify);
}

/* What solving the whole model anew says of the levels from `open_level` on. */
enum model_answer { MODEL_PROVES, MODEL_REFUTES, MODEL_NOT_AVAILABLE };

/* Units of 10^-18, as the audit has them. */
static audit_value level_units(int64_t value, int digits)
{
	audit_value units = value;

	for (int i = digits; i < 18; i++)
		units *= 10;
	return units;
}

/* Pupils of how many cells could go to how many schools: what the whole model grows with. */
static size_t model_size(const struct verify *verify)
{
	return verify->input.named.rest.district.n_cells * verify->input.district.n_schools;
}

enum { MODEL_MOST = 30000, MODEL_SECONDS = 120 };

static enum model_answer optimality_by_model(struct verify *verify, size_t open_level)
{
	struct natural solved;

	if (model_size(verify) > MODEL_MOST ||
	    natural_solve(&verify->input.arena, &verify->input.named.rest.district,
			  &verify->input.distances, MODEL_SECONDS, &solved, verify->diags))
		return MODEL_NOT_AVAILABLE;
	for (size_t k = open_level; k < solved.n_levels; k++) {
		audit_value value = level_units(solved.levels[k].value, solved.scales[k].digits);

		if (value < verify->rest.levels[k])
			return MODEL_REFUTES;
		if (!solved.levels[k].proven)
			return MODEL_NOT_AVAILABLE;
	}
	return MODEL_PROVES;
}

static void say_open(struct verify *verify, size_t open_level, const char *why)
{
	const struct level *level = &objective_of(verify)->levels[open_level];

	verify->open = true;
	printf("optimum: proven for %zu of %zu levels; '%s' stays open (%s)\n", open_level,
	       objective_of(verify)->n_levels, level->text, why);
}

/* Where nothing else proves it, the whole model: from the level `open_level` on. */
static void judge_by_model(struct verify *verify, size_t open_level, const char *why)
{
	switch (optimality_by_model(verify, open_level)) {
	case MODEL_PROVES:
		printf("optimum: holds, by solving the whole model\n");
		break;
	case MODEL_REFUTES:
		diag_error(verify->diags, DIAG_PLAN, place_file(verify->input.summary.path),
			   "the whole model has a better plan");
		printf("optimum: does not hold\n");
		break;
	case MODEL_NOT_AVAILABLE:
		say_open(verify, open_level, why);
	}
}

/* Levels, from the first, that no choice of rooms can better: by prices of seats that all grades of
 * a school share, over all pairs. */
static size_t levels_bounded(struct verify *verify, const struct rooms *rooms)
{
	struct arena *arena = &verify->input.arena;
	size_t n = objective_of(verify)->n_levels, k = 0;
	int64_t *values = arena_array(arena, n, sizeof *values);
	int64_t *bounds = arena_array(arena, n, sizeof *bounds);
	const struct level_scale *levels;
	struct district widest;
	struct program most;

	rooms_most_view(arena, rooms, &widest);
	levels = level_scales_make(arena, &widest, distances_longest(&verify->input.distances),
				   verify->diags);
	if (!levels)
		return 0;
	program_make(arena, &widest, &verify->input.distances, levels, &most);
	for (size_t i = 0; i < n; i++)
		values[i] = (int64_t)(verify->rest.levels[i] / level_units(1, levels[i].digits));
	rooms_bound(&most, rooms, values, ROOMS_BOUND_STEPS, bounds);
	while (k < n && bounds[k] >= values[k])
		k++;
	return k;
}

/* The proof of a plan by its rooms as they are is none that other rooms are not better. */
static void judge_rooms(struct verify *verify, const struct rooms *rooms)
{
	size_t proven = levels_bounded(verify, rooms);

	if (proven == objective_of(verify)->n_levels)
		printf("optimum: holds, by prices of seats that grades share, over all pairs\n");
	else
		judge_by_model(verify, proven, "other rooms may do better");
}

static void judge_optimum(struct verify *verify)
{
	struct proof proof;
	struct rooms rooms;

	rooms_make(&verify->input.arena, &verify->input.named.rest.district, &rooms);
	if (rooms.n_decided > 0) {
		judge_rooms(verify, &rooms);
		return;
	}
	proof_make(&verify->input.rest, NULL, &proof);
	if (proof.holds)
		printf("optimum: holds, by node prices over all pairs\n");
	else
		judge_by_model(verify, proof.open_level, proof_reason_text(proof.reason));
}

int command_verify(const struct options *options, struct diags *diags)
{
	struct verify verify = {.options = options, .diags = diags};
	bool right = false;

	if (plan_input_read(&verify.input, options, diags) == 0) {
		judge(&verify);
		right = diags->errors == 0;
		if (options->optimal && right)
			judge_optimum(&verify);
	}
	plan_input_close(&verify.input);
	return right && verify.open && diags->errors == 0 ? STATUS_PARTIAL : (int)diags->status;
}
