/* solver/commands/assign.c - `seatwise assign`: the main job, from tables to a certified plan. */
#include <stdio.h>
#include <string.h>

#include "inputs/base/parallel.h"
#include "inputs/capacity.h"
#include "inputs/distance.h"
#include "models/audit.h"
#include "models/audit_rooms.h"
#include "models/floor.h"
#include "models/handout.h"
#include "models/plan.h"
#include "models/program.h"
#include "models/proof.h"
#include "models/reason.h"
#include "models/reference.h"
#include "models/rooms.h"
#include "models/scale.h"
#include "outputs/figures.h"
#include "outputs/finding_text.h"
#include "outputs/input_hash.h"
#include "outputs/plan_folder.h"
#include "solver/commands/commands.h"
#include "solver/rooms.h"
#include "solver/solve.h"
#include "solver/stop.h"
#include "solver/worth.h"

enum { SHOWN_FINDINGS = 5 };

/* Everything of one run; all memory is in the district's arena. */
struct assign {
	const struct options *options;
	struct diags *diags;
	struct district district;     /* as read */
	struct district widest;       /* with every room open, where sections are free */
	struct distances distances;
	struct rooms rooms;
	struct program program;       /* of the widest */
	struct rooms_solution solved;
	struct solution solution;
	struct solver *solver;        /* of the planned program */
	struct seat_gains gains;
	struct worth worth;           /* findings and prices */
	const struct district *opened; /* with the sections of the plan */
	const struct program *planned; /* of it */
	struct capacities capacities;  /* of it */
	struct plan plan;
	struct audit_plan audited;
	struct lots lots;              /* of children by name */
	struct handout handout;
	struct reference reference;    /* of the opened district, too */
	struct floor floor;
	char hash[INPUT_HASH_SIZE];
	struct run_clock clock;
	struct plan_output output;
};

static int prepare(struct assign *run)
{
	struct district *district = &run->district;
	struct arena *arena = &district->arena;
	const struct level_scale *levels;

	if (district_read(district, run->options->district, run->options->overrides,
			  run->options->n_overrides, run->diags))
		return -1;
	stop_after((double)district->settings.time_limit / (double)NANO);
	run_clock_stage(&run->clock, STAGE_READ);
	distances_make(arena, district, &run->distances);
	rooms_make(arena, district, &run->rooms);
	rooms_most_view(arena, &run->rooms, &run->widest);
	levels = level_scales_make(arena, &run->widest, distances_longest(&run->distances),
				   run->diags);
	if (!levels)
		return -1;
	program_make(arena, &run->widest, &run->distances, levels, &run->program);
	run->opened = &run->widest;
	run->planned = &run->program;
	program_warn_reachless(&run->program, run->diags);
	run_clock_stage(&run->clock, STAGE_MATRIX);
	return 0;
}

/* Units of 10^-18 in one unit of a level. */
static audit_value level_unit(int digits)
{
	audit_value unit = 1;

	for (int i = digits; i < 18; i++)
		unit *= 10;
	return unit;
}

/* Nothing is written that the second reading of the rules and figures does not confirm. */
static int check_plan(struct assign *run)
{
	struct audit audited;
	int result;

	run->audited = audit_plan_of(&run->district.arena, &run->plan, DIAG_AUDIT);
	result = audit(&run->district.arena, &run->audited, &audited, run->diags);
	if (audit_rooms(&run->district, run->opened, &audit_nowhere, run->diags))
		result = -1;
	for (size_t k = 0; k < run->program.n_levels; k++) {
		const struct level_result *level = &run->solution.levels[k];

		if (audited.levels[k] != level->value * level_unit(level->digits))
			result = diag_error(run->diags, DIAG_AUDIT, place_none(),
					    "level '%s': the engine's value is not the plan's",
					    level->terms);
	}
	return result;
}

/* Whether the proof bears out every grade that only the network engine vouches for. */
static bool network_confirmed(const struct assign *run, const struct proof *proof)
{
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		if (run->solution.network[g] &&
		    proof->grades[g - FIRST_GRADE].reason != PROOF_HOLDS)
			return false;
	return true;
}

/* The exact proof over all pairs where it applies; else what the engines rest on. The proof is one
 * for the rooms as they are: where they were chosen, the bounds of rooms_bound.h are from prices
 * over all pairs. */
static void certify(struct assign *run, const struct proof *proof)
{
	struct certificate *certificate = &run->output.certificate;

	certificate->holds = true;
	for (size_t k = 0; k < run->program.n_levels; k++)
		certificate->holds &=
			run->solution.levels[k].bound == run->solution.levels[k].value;
	if (run->rooms.n_decided > 0)
		certificate->method =
			run->solved.by_branching ? "branch-and-bound" : "primal-dual";
	else if (proof->holds)
		*certificate = (struct certificate){
			run->solution.confirmed ? "glpk-basis" : "primal-dual", true};
	else
		certificate->method =
			run->solution.linear_only ? "glpk-basis" : "branch-and-bound";
	run_clock_stage(&run->clock, STAGE_CERTIFY);
}

static int solve_fixed(struct assign *run, bool with_network)
{
	int result;

	solver_close(run->solver);
	run->solver = solver_open(&run->program, with_network, run->diags);
	result = solver_run(run->solver);
	if (result == 0)
		solver_results(&run->district.arena, run->solver, &run->solution);
	return result;
}

/* Where sections are free, the choice of rooms comes with the first solution. */
static int solve_program(struct assign *run, bool with_network)
{
	struct arena *arena = &run->district.arena;
	int result;

	if (run->rooms.n_decided == 0)
		return solve_fixed(run, with_network);
	result = with_network ? rooms_solve(arena, &run->rooms, &run->program, &run->solved,
					    run->diags)
			      : rooms_solve_again(arena, &run->solved, run->diags);
	run->solution = run->solved.solution;
	run->opened = &run->solved.opened;
	run->planned = &run->solved.program;
	return result;
}

static int solve_plan(struct assign *run, bool with_network)
{
	struct arena *arena = &run->district.arena;

	if (solve_program(run, with_network))
		return -1;
	plan_make(arena, run->opened, &run->distances, run->solution.placements,
		  run->solution.n_placements, &run->plan);
	run_clock_stage(&run->clock, STAGE_SOLVE);
	return check_plan(run);
}

/* offerings.csv has what the last level falls by where that is known; else the node price. */
static void take_seat_prices(struct assign *run)
{
	const struct district *district = run->opened;
	int digits = run->program.levels[run->program.n_levels - 1].digits;

	for (size_t i = 0; i < run->worth.prices.n; i++) {
		const struct price *price = &run->worth.prices.all[i];
		const struct offering *offering =
			price->what == PRICE_SEAT
				? district_offering(district, price->school, price->grade) : NULL;
		int64_t thousandths = price->gain.last;

		if (!offering || !price->gain.has_last)
			continue;
		for (int d = digits; d < 3; d++)
			thousandths *= 10;
		for (int d = digits; d > 3; d--)
			thousandths /= 10;
		run->solution.seat_price[offering - district->offerings] =
			thousandths > 0 ? thousandths : 0;
	}
}

/* The network engine never has the last word: where the proof does not bear it out, GLPK solves
 * the program anew. */
static int solve_and_certify(struct assign *run)
{
	struct proof proof;

	if (solve_plan(run, true))
		return -1;
	seat_gains_open(&run->district.arena, run->opened, &run->gains);
	proof_make(&run->audited, &run->gains, &proof);
	if (!network_confirmed(run, &proof)) {
		if (solve_plan(run, false))
			return -1;
		proof_make(&run->audited, &run->gains, &proof);
	}
	certify(run, &proof);
	return 0;
}

/* What the plan is held against: every child at the nearest school, and what no plan avoids that
 * leaves as few unplaced. */
static void make_references(struct assign *run)
{
	struct arena *arena = &run->district.arena;

	capacities_make(arena, run->opened, &run->capacities);
	reference_make(arena, run->opened, &run->distances, &run->reference);
	floor_make(arena, &run->reference, &run->capacities, run->plan.totals.unplaced,
		   &run->floor);
}

/* Findings and prices are those of the plan's rooms: where they were chosen, its program is solved
 * once more. */
static int make_worth(struct assign *run)
{
	struct worth *worth = &run->worth;

	make_references(run);
	if (run->rooms.n_decided > 0) {
		run->solver = solver_open(run->planned, true, run->diags);
		if (solver_run(run->solver))
			return -1;
	}
	*worth = (struct worth){.program = run->planned, .solver = run->solver,
				.gains = &run->gains, .plan = &run->plan,
				.reference = &run->reference, .floor = &run->floor};
	worth_make(&run->district.arena, worth);
	take_seat_prices(run);
	run_clock_stage(&run->clock, STAGE_WORTH);
	return 0;
}

/* Where children have names, each gets a seat of its cell. */
static void hand_out(struct assign *run)
{
	if (run->district.n_students == 0)
		return;
	lots_make(&run->district.arena, &run->district, &run->lots);
	handout_make(&run->district.arena, &run->plan, &run->lots, &run->handout);
	run->output.lots = &run->lots;
	run->output.handout = &run->handout;
}

static int write_plan(struct assign *run)
{
	struct plan_output *output = &run->output;

	hand_out(run);
	output->nearest = &run->reference.plan;
	output->floor = &run->floor;
	output->district = run->opened;
	output->capacities = &run->capacities;
	output->distances = &run->distances;
	output->plan = &run->plan;
	output->levels = run->solution.levels;
	output->n_levels = run->program.n_levels;
	output->seat_price = run->solution.seat_price;
	output->prices = &run->worth.prices;
	output->findings = &run->worth.findings;
	output->reasons = plan_reasons(&run->district.arena, &run->plan);
	output->clock = &run->clock;
	output->threads = parallel_threads();
	input_hash(&run->district, run->hash);
	output->input_hash = run->hash;
	return plan_folder_write(run->options->out, output, run->diags);
}

static void print_levels(const struct assign *run)
{
	struct text line = {0};

	for (size_t k = 0; k < run->output.n_levels; k++) {
		const struct level_result *level = &run->output.levels[k];

		text_printf(&line, "  %zu. %s = ", k + 1, level->terms);
		text_add_decimal(&line, level->value, level->digits, true);
		if (level->bound == level->value) {
			text_add(&line, " (optimal)\n");
		} else {
			text_add(&line, " (proven bound ");
			text_add_decimal(&line, level->bound, level->digits, true);
			text_add(&line, ")\n");
		}
	}
	fputs(line.data ? line.data : "", stdout);
	text_free(&line);
}

static void print_row(const char *what, int64_t plan, int64_t nearest, int64_t least, int digits)
{
	const int64_t numbers[] = {plan, nearest, least};

	printf("  %-18s", what);
	for (int i = 0; i < 3; i++) {
		struct text number = {0};

		text_add_decimal(&number, numbers[i], digits, false);
		printf("%15s", number.data);
		text_free(&number);
	}
	putchar('\n');
}

/* The plan between what the nearest schools would bring and what no plan avoids. */
static void print_references(const struct assign *run)
{
	const struct totals *plan = &run->plan.totals, *nearest = &run->reference.plan.totals;
	const struct floor *least = &run->floor;

	/* Other rooms might do with less than these. */
	printf("  %-18s%15s%15s%15s\n", "", "plan", "nearest school",
	       run->rooms.n_decided > 0 ? "in these rooms" : "no plan below");
	print_row("unplaced", plan->unplaced, nearest->unplaced, least->unplaced, 0);
	print_row("oversized classes", plan->oversized_classes, nearest->oversized_classes,
		  least->oversized_classes, 0);
	print_row("large classes", plan->large_classes, nearest->large_classes,
		  least->large_classes, 0);
	print_row("far", plan->far, nearest->far, least->far, 0);
	print_row("over standard", plan->over_standard, nearest->over_standard,
		  least->over_standard, 0);
	print_row("mean km", mean_metres(plan->ways.metres, plan->placed),
		  mean_metres(nearest->ways.metres, nearest->placed),
		  mean_metres(least->metres, plan->placed), 3);
}

/* The gravest findings, with what would help most. */
static void print_findings(const struct assign *run)
{
	const struct findings *findings = &run->worth.findings;
	size_t shown = findings->n < SHOWN_FINDINGS ? findings->n : SHOWN_FINDINGS;

	for (size_t i = 0; i < shown; i++) {
		const struct finding *finding = &findings->all[i];
		struct text line = {0};

		finding_why(&line, &run->output, finding);
		text_add(&line, ".");
		if (finding->n_cures > 0) {
			text_add(&line, "\n    Cure: ");
			finding_cure(&line, &run->output, &finding->cures[0]);
			text_add(&line, ".");
		}
		printf("%s  %s\n", i == 0 ? "findings\n" : "", line.data);
		text_free(&line);
	}
	if (shown < findings->n)
		printf("  and %zu more in summary.json\n", findings->n - shown);
}

static void print_summary(const struct assign *run)
{
	const struct totals *totals = &run->plan.totals;

	printf("%s, %s: %lld pupils, %lld placed, %lld unplaced\n", run->district.name,
	       run->district.settings.month, (long long)totals->pupils, (long long)totals->placed,
	       (long long)totals->unplaced);
	print_references(run);
	print_levels(run);
	print_findings(run);
	printf("proof: %s, %s\nplan in %s\n", run->output.certificate.method,
	       run->output.certificate.holds ? "holds" : "open", run->options->out);
}

static int finish(struct assign *run)
{
	if (write_plan(run))
		return (int)run->diags->status;
	print_summary(run);
	return run->plan.totals.unplaced > 0 || !plan_output_optimal(&run->output)
		       ? STATUS_PARTIAL : STATUS_DONE;
}

int command_assign(const struct options *options, struct diags *diags)
{
	struct assign *run = memory_array(1, sizeof *run);
	int status = STATUS_DONE;

	run->options = options;
	run->diags = diags;
	run_clock_start(&run->clock);
	if (folder_check(options->out, diags) == 0) {
		if (prepare(run) == 0 && solve_and_certify(run) == 0 && make_worth(run) == 0)
			status = finish(run);
		solver_close(run->solver);
		district_close(&run->district);
	}
	memory_free(run);
	return diags->status > STATUS_DONE ? (int)diags->status : status;
}
