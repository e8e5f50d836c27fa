/* solver/commands/assign.c - `seatwise assign`: the main job, from tables to a certified plan. */
#include <stdio.h>
#include <string.h>

#include "inputs/base/parallel.h"
#include "inputs/capacity.h"
#include "inputs/distance.h"
#include "models/floor.h"
#include "models/reason.h"
#include "models/reference.h"
#include "models/suppression.h"
#include "outputs/figures.h"
#include "outputs/finding_text.h"
#include "outputs/input_hash.h"
#include "outputs/plan_folder.h"
#include "solver/commands/commands.h"
#include "solver/planning.h"
#include "solver/stop.h"
#include "solver/ways.h"
#include "solver/worth.h"

enum { SHOWN_FINDINGS = 5 };

/* Everything of one run; all memory is in the district's arena. */
struct assign {
	const struct options *options;
	struct diags *diags;
	struct district district;      /* as read */
	struct distances distances;
	struct planning planning;
	struct worth worth;            /* findings and prices */
	struct capacities capacities;  /* of the district with the sections of the plan */
	struct reference reference;    /* of it, too */
	struct floor floor;
	struct enrolment enrolment;    /* of children by name */
	struct class_lists class_lists;
	struct suppression suppression; /* of tables for the public */
	struct decided_way ways[DECIDE_COUNT];
	size_t n_ways;
	char hash[INPUT_HASH_SIZE];
	struct run_clock clock;
	struct plan_output output;
};

static int prepare(struct assign *run)
{
	struct district *district = &run->district;

	if (district_read(district, run->options->district, run->options->overrides,
			  run->options->n_overrides, run->diags))
		return -1;
	stop_after((double)district->settings.time_limit / (double)NANO);
	run_clock_stage(&run->clock, STAGE_READ);
	distances_make(&district->arena, district, &run->distances);
	return planning_open(&district->arena, district, &run->distances, &run->clock, run->diags,
			     &run->planning);
}

/* offerings.csv has what the last level falls by where that is known; else the node price. */
static void take_seat_prices(struct assign *run)
{
	struct planning *planning = &run->planning;
	const struct district *district = planning->opened;
	int digits = planning->levels[planning->program.n_levels - 1].digits;

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
		planning->solution.seat_price[offering - district->offerings] =
			thousandths > 0 ? thousandths : 0;
	}
}

/* What no plan avoids that leaves as few unplaced: of the rest, and the settled children's ways. */
static void make_floor(struct assign *run, const struct reference *reference,
		       const struct capacities *capacities)
{
	struct planning *planning = &run->planning;
	const struct totals *rest = &planning->rest_plan.totals, *all = &planning->plan.totals;

	floor_make(planning->arena, reference, capacities, rest->unplaced, &run->floor);
	run->floor.far += all->far - rest->far;
	run->floor.metres += all->ways.metres - rest->ways.metres;
}

/* Findings and prices are those of the plan's rooms: where they were chosen, its program is solved
 * once more. The plan is held against every child at the nearest school. */
static int make_worth(struct assign *run)
{
	struct planning *planning = &run->planning;
	struct arena *arena = planning->arena;
	struct worth *worth = &run->worth;
	struct capacities capacities;
	struct reference reference;

	capacities_make(arena, planning->opened, &capacities);
	reference_make(arena, planning->opened, &run->distances, &reference);
	run->capacities = capacities;
	run->reference = reference;
	if (run->district.n_students > 0) { /* else the rest is the whole */
		capacities_make(arena, &planning->whole, &run->capacities);
		reference_make(arena, &planning->whole, &run->distances, &run->reference);
	}
	make_floor(run, &reference, &capacities);
	if (planning_solver(planning))
		return -1;
	*worth = (struct worth){.program = planning->planned, .solver = planning->solver,
				.gains = &planning->gains, .plan = &planning->rest_plan,
				.reference = &reference, .floor = &run->floor};
	worth_make(arena, worth);
	take_seat_prices(run);
	run_clock_stage(&run->clock, STAGE_WORTH);
	return 0;
}

/* What the plan means for each child by name. */
static void enrol(struct assign *run)
{
	struct planning *planning = &run->planning;
	struct arena *arena = planning->arena;
	const size_t *school = planning->handout.school;

	if (run->district.n_students == 0)
		return;
	enrolment_make(arena, &planning->named, &planning->plan, school, &run->enrolment);
	class_lists_make(arena, &planning->named.precedence, &planning->whole, school,
			 &run->class_lists);
	class_lists_divide(&run->class_lists);
	ways_make(planning, &run->enrolment, run->ways, &run->n_ways);
	run_clock_stage(&run->clock, STAGE_CHILDREN);
}

static int write_plan(struct assign *run)
{
	struct plan_output *output = &run->output;
	struct planning *planning = &run->planning;

	enrol(run);
	if (run->district.settings.suppress_below > 0) {
		suppression_make(planning->arena, &planning->plan,
				 run->district.settings.suppress_below, &run->suppression);
		output->suppression = &run->suppression;
	}
	output->nearest = &run->reference.plan;
	output->floor = &run->floor;
	output->district = &planning->whole;
	output->capacities = &run->capacities;
	output->distances = &run->distances;
	output->plan = &planning->plan;
	output->levels = planning->levels;
	output->n_levels = planning->program.n_levels;
	output->certificate = planning->certificate;
	output->seat_price = planning->solution.seat_price;
	output->prices = &run->worth.prices;
	output->findings = &run->worth.findings;
	output->reasons = plan_reasons(&run->district.arena, &planning->plan);
	if (run->district.n_students > 0) {
		output->named = &planning->named;
		output->enrolment = &run->enrolment;
		output->class_lists = &run->class_lists;
		output->ways = run->ways;
		output->n_ways = run->n_ways;
	}
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
	const struct totals *plan = &run->planning.plan.totals;
	const struct totals *nearest = &run->reference.plan.totals;
	const struct floor *least = &run->floor;

	/* Other rooms might do with less than these. */
	printf("  %-18s%15s%15s%15s\n", "", "plan", "nearest school",
	       run->planning.rooms.n_decided > 0 ? "in these rooms" : "no plan below");
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

static void print_way(const struct decided_way *way)
{
	const struct totals *totals = &way->totals;
	struct text km = {0};

	text_add_decimal(&km, mean_metres(totals->ways.metres, totals->placed), 3, false);
	printf("  %-12s %lld first choices, %s km on average, %lld large classes, %lld pairs of "
	       "envy\n", decide_name(way->decide), (long long)way->wishes.first, km.data,
	       (long long)totals->large_classes, (long long)way->wishes.envy_pairs);
	text_free(&km);
}

/* What rights and choices came to, and what the other ways to decide would give. */
static void print_children(const struct assign *run)
{
	const struct settlement *settlement = &run->planning.named.settlement;
	const struct wish_figures *figures = &run->enrolment.figures;

	if (run->district.n_students == 0)
		return;
	printf("children\n ");
	for (int right = 0; right < RIGHT_COUNT; right++)
		printf(" %s: %zu kept, %zu missed%s", right_name((enum right)right),
		       settlement->n_kept[right], settlement->n_missed[right],
		       right + 1 < RIGHT_COUNT ? ";" : "\n");
	if (figures->choosing > 0)
		printf("  of %lld with choices %lld have their first and %lld another one\n",
		       (long long)figures->choosing, (long long)figures->first,
		       (long long)figures->other);
	printf("  passed over for others with less right: %lld\n", (long long)figures->envious);
	for (size_t i = 0; i < run->n_ways; i++)
		print_way(&run->ways[i]);
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
	const struct totals *totals = &run->planning.plan.totals;

	printf("%s, %s: %lld pupils, %lld placed, %lld unplaced\n", run->district.name,
	       run->district.settings.month, (long long)totals->pupils, (long long)totals->placed,
	       (long long)totals->unplaced);
	print_references(run);
	print_levels(run);
	print_children(run);
	print_findings(run);
	printf("proof: %s, %s\nplan in %s\n", run->output.certificate.method,
	       run->output.certificate.holds ? "holds" : "open", run->options->out);
}

static int finish(struct assign *run)
{
	if (write_plan(run))
		return (int)run->diags->status;
	print_summary(run);
	return run->planning.plan.totals.unplaced > 0 || !plan_output_optimal(&run->output)
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
		if (prepare(run) == 0 && planning_solve(&run->planning) == 0 &&
		    make_worth(run) == 0)
			status = finish(run);
		planning_close(&run->planning);
		district_close(&run->district);
	}
	memory_free(run);
	return diags->status > STATUS_DONE ? (int)diags->status : status;
}
