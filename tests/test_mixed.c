/* All hard rules at once, and each by itself where it binds: the engines against GLPK on
 * assignment.mod, against the list of all assignments, and against the audit. */
#include "every_assignment.h"
#include "mixed_rules.h"

#include "models/audit.h"
#include "models/plan.h"
#include "models/program.h"
#include "models/scale.h"
#include "solver/engines/natural.h"
#include "solver/solve.h"

/* Districts of `make test`; those of `make test-long` are as many as DISTRICTS says and have other
 * seeds. Most assignments that are listed; districts for each rule, and most that are drawn. */
enum { DISTRICTS = 200, LONG_SEED = 1000000, MOST_LISTED = 20000, EACH_RULE = 10, MOST_DRAWN = 1000 };

/* A drawn district on its way to a plan. */
struct trial {
	struct district district;
	struct distances distances;
	struct program program;
	struct solution solution;
	struct plan plan;
	struct diags diags;
};

static void trial_open(struct trial *trial, const struct mixed *mixed, struct scratch *scratch)
{
	struct district *district = &trial->district;
	struct level_scale *levels;

	mixed_write_all(mixed, scratch);
	diag_open(&trial->diags, scratch->out);
	cr_assert_eq(district_read(district, scratch->path, NULL, 0, &trial->diags), 0, "%s: %s",
		     scratch->path, scratch_said(scratch));
	distances_make(&district->arena, district, &trial->distances);
	levels = level_scales_make(&district->arena, district, distances_longest(&trial->distances),
				   &trial->diags);
	cr_assert_not_null(levels);
	program_make(&district->arena, district, &trial->distances, levels, &trial->program);
}

static void trial_close(struct trial *trial)
{
	district_close(&trial->district);
}

static void trial_solve(struct trial *trial, bool with_network, struct scratch *scratch)
{
	struct district *district = &trial->district;

	cr_assert_eq(solve(&district->arena, &trial->program, with_network, &trial->solution,
			   &trial->diags), 0, "%s, network %d: %s", district->path, with_network,
		     scratch_said(scratch));
	plan_make(&district->arena, district, &trial->distances, trial->solution.placements,
		  trial->solution.n_placements, &trial->plan);
}

/* How the levels of two solved districts with the same objective compare: < 0, 0, > 0. */
static int compare(const struct trial *a, const struct trial *b)
{
	for (size_t k = 0; k < a->program.n_levels; k++) {
		int64_t first = a->solution.levels[k].value, second = b->solution.levels[k].value;

		if (first != second)
			return first < second ? -1 : 1;
	}
	return 0;
}

/* Every level is proven, no rule is broken, and the plan is worth what the levels say. */
static void expect_sound(struct trial *trial, const char *folder)
{
	struct arena *arena = &trial->district.arena;
	struct audit_plan plan = audit_plan_of(arena, &trial->plan, DIAG_AUDIT);
	struct audit made;

	cr_assert_eq(audit(arena, &plan, &made, &trial->diags), 0, "%s", folder);
	for (size_t k = 0; k < trial->program.n_levels; k++) {
		const struct level_result *level = &trial->solution.levels[k];

		cr_assert_eq(level->bound, level->value, "%s, level %zu", folder, k + 1);
		cr_assert(made.levels[k] == walk_units(level->value, level->digits),
			  "%s, level %zu", folder, k + 1);
	}
}

/* GLPK on assignment.mod finds the same. */
static void expect_natural(struct trial *trial, const char *folder)
{
	struct natural natural = {0};

	cr_assert_eq(natural_solve(&trial->district.arena, &trial->district, &trial->distances, 0,
				   &natural, &trial->diags), 0, "%s", folder);
	cr_assert(natural.optimal);
	for (size_t k = 0; k < trial->program.n_levels; k++)
		cr_assert_eq(natural.levels[k].value, trial->solution.levels[k].value,
			     "%s, level %zu: assignment.mod has %lld, the engines %lld", folder,
			     k + 1, (long long)natural.levels[k].value,
			     (long long)trial->solution.levels[k].value);
}

/* No assignment is better, where they are few enough to list. Returns whether they were. */
static bool expect_best_of_all(const struct trial *trial, const char *folder)
{
	struct walk walk;

	walk_open(&walk, &trial->district, &trial->distances);
	if (walk_length(&walk) > MOST_LISTED)
		return false;
	walk_all(&walk);
	for (size_t k = 0; k < trial->program.n_levels; k++) {
		const struct level_result *level = &trial->solution.levels[k];

		cr_assert(walk.best[k] == walk_units(level->value, level->digits),
			  "%s, level %zu: listed %.9g, solved %.9g", folder, k + 1,
			  (double)walk.best[k] / 1e18,
			  (double)walk_units(level->value, level->digits) / 1e18);
	}
	return true;
}

/* In how many districts something came about. */
struct seen {
	size_t unplaced, large, oversized, far, integer, listed;
};

static void count_district(const struct trial *trial, bool listed, struct seen *seen)
{
	const struct totals *totals = &trial->plan.totals;
	bool integer = false;

	for (size_t k = 0; k < trial->program.n_levels; k++)
		integer |= strcmp(trial->solution.levels[k].engine, "integer") == 0;
	seen->unplaced += totals->unplaced > 0;
	seen->large += totals->large_classes > 0;
	seen->oversized += totals->oversized_classes > 0;
	seen->far += totals->far > 0;
	seen->integer += integer;
	seen->listed += listed;
}

static void try_district(uint64_t seed, struct scratch *scratch, struct seen *seen)
{
	struct mixed mixed;
	struct trial trial;
	bool listed;

	mixed_draw(&mixed, seed);
	trial_open(&trial, &mixed, scratch);
	for (int with_network = 1; with_network >= 0; with_network--) {
		trial_solve(&trial, with_network, scratch);
		expect_sound(&trial, scratch->path);
	}
	listed = expect_best_of_all(&trial, scratch->path);
	expect_natural(&trial, scratch->path);
	count_district(&trial, listed, seen);
	trial_close(&trial);
}

/* A failure leaves the district's folder behind, and names it. */
Test(mixed, all_ways_lead_to_one_optimum)
{
	const char *more = getenv("DISTRICTS");
	uint64_t first = more ? LONG_SEED : 0, n = more ? strtoull(more, NULL, 10) : DISTRICTS;
	struct scratch scratch;
	struct seen seen = {0};

	scratch_open(&scratch);
	for (uint64_t i = 0; i < n; i++)
		try_district(first + i, &scratch, &seen);
	scratch_close(&scratch);
	cr_log_info("of %zu districts: children unplaced in %zu, large classes in %zu, oversized in %zu, "
		    "far pupils in %zu; branch and bound in %zu; all assignments listed of %zu",
		    (size_t)n, seen.unplaced, seen.large, seen.oversized, seen.far, seen.integer, seen.listed);
	cr_assert(seen.unplaced > n / 4 && seen.large > n / 4 && seen.oversized > n / 4);
	cr_assert(seen.far > n / 4 && seen.integer > n / 4 && seen.listed > n / 4);
}

/* --- one rule at a time ---------------------------------------------------------------------- */

/* Every error names the rule, and there is one. */
static void expect_refused(struct trial *trial, const struct trial *lifted,
			   const struct hard_rule *rule)
{
	struct audit_plan plan =
		audit_plan_of(&trial->district.arena, &lifted->plan, DIAG_PLAN);
	struct diags diags;
	struct audit made;
	char *text;
	size_t length;

	plan.district = &trial->district;
	plan.distances = &trial->distances;
	diag_open(&diags, open_memstream(&text, &length));
	cr_assert_eq(audit(&trial->district.arena, &plan, &made, &diags), -1, "%s",
		     rule->name);
	fclose(diags.out);
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		cr_assert(strstr(line, rule->says) || (rule->also && strstr(line, rule->also)),
			  "%s: %s", rule->name, line);
	free(text);
}

/* Whether the plan sends pupils where those who stay are too many by class_size.max already. */
static bool joins_too_many(const struct trial *trial, int64_t class_max)
{
	for (size_t i = 0; i < trial->district.n_offerings; i++)
		if (trial->district.offerings[i].enrolled >
			    class_max * trial->district.offerings[i].sections &&
		    trial->plan.offerings[i].assigned > 0)
			return true;
	return false;
}

/*
 * Whether the rule keeps the district from a better plan. Where it does, both optima are found by
 * GLPK as well, and the better plan, which breaks nothing else, is refused.
 */
static bool rule_binds(const struct hard_rule *rule, const struct mixed *mixed, struct trial *trial,
		       struct scratch *scratch)
{
	struct mixed without = *mixed;
	struct trial lifted;
	bool binds;

	rule->lift(&without);
	trial_open(&lifted, &without, scratch);
	trial_solve(&lifted, true, scratch);
	binds = compare(&lifted, trial) < 0 &&
		(rule->lift != lift_class_max || joins_too_many(&lifted, mixed->class_max)) &&
		(rule->lift != lift_special || !mixed->whole_zones);
	if (binds) {
		expect_sound(&lifted, scratch->path);
		expect_natural(&lifted, scratch->path);
		expect_natural(trial, scratch->path);
		expect_refused(trial, &lifted, rule);
	}
	trial_close(&lifted);
	return binds;
}

Test(mixed, each_rule_binds_somewhere_and_is_audited)
{
	struct scratch scratch;
	size_t found[HARD_RULES] = {0};

	scratch_open(&scratch);
	for (uint64_t seed = 0, missing = 1; seed < MOST_DRAWN && missing; seed++) {
		struct mixed mixed;
		struct trial trial;

		mixed_draw(&mixed, seed);
		trial_open(&trial, &mixed, &scratch);
		trial_solve(&trial, true, &scratch);
		missing = 0;
		for (size_t r = 0; r < HARD_RULES; r++) {
			if (found[r] < EACH_RULE)
				found[r] += rule_binds(&hard_rules[r], &mixed, &trial, &scratch);
			missing += found[r] < EACH_RULE;
		}
		trial_close(&trial);
	}
	scratch_close(&scratch);
	for (size_t r = 0; r < HARD_RULES; r++)
		cr_assert_eq(found[r], EACH_RULE, "%s binds in %zu", hard_rules[r].name, found[r]);
}
