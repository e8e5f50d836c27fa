/* What one more is said to be worth, against the tables with one more solved anew. */
#include "mixed_district.h"

#include "models/plan.h"
#include "models/program.h"
#include "models/proof.h"
#include "models/scale.h"
#include "solver/prices.h"
#include "solver/solve.h"

enum { DISTRICTS = 50, BUDGET = 100000, EFFORT = 500, KINDS = PRICE_PLACE + 1 };

/* A drawn district, solved. */
struct solved {
	struct district district;
	struct distances distances;
	struct program program;
	struct solver *solver;
	struct solution solution;
	struct plan plan;
	struct diags diags;
};

static void solved_open(struct solved *solved, const struct mixed *mixed, struct scratch *scratch,
			size_t offering)
{
	struct district *district = &solved->district;
	struct level_scale *levels;

	*solved = (struct solved){.solver = NULL};
	mixed_write_all(mixed, scratch);
	diag_open(&solved->diags, scratch->out);
	cr_assert_eq(district_read(district, scratch->path, NULL, 0, &solved->diags), 0);
	/* A seat more: the count of those who stay, in the offering alone. */
	if (offering != NONE)
		district->offerings[offering].enrolled--;
	distances_make(&district->arena, district, &solved->distances);
	levels = level_scales_make(&district->arena, district,
				   distances_longest(&solved->distances), &solved->diags);
	cr_assert_not_null(levels);
	program_make(&district->arena, district, &solved->distances, levels, &solved->program);
	solved->solver = solver_open(&solved->program, true, &solved->diags);
	cr_assert_eq(solver_run(solved->solver), 0);
	solver_results(&district->arena, solved->solver, &solved->solution);
	plan_make(&district->arena, district, &solved->distances, solved->solution.placements,
		  solved->solution.n_placements, &solved->plan);
}

static void solved_close(struct solved *solved)
{
	solver_close(solved->solver);
	district_close(&solved->district);
}

static void find_prices(struct solved *solved, struct prices *prices)
{
	struct arena *arena = &solved->district.arena;
	struct audit_plan audited = audit_plan_of(arena, &solved->plan, DIAG_AUDIT);
	struct seat_gains gains;
	struct trial_base base;
	struct proof proof;
	int64_t budget = BUDGET;

	seat_gains_open(arena, &solved->district, &gains);
	proof_make(&audited, &gains, &proof);
	trial_base_open(&base, &solved->program, solved->solver, EFFORT);
	prices_make(arena, &base, &gains, &budget, prices);
	trial_base_close(&base);
}

/* The drawn offering of a school and grade; closed schools have no price. */
static struct offering *drawn_offering(struct mixed *mixed, const struct price *price)
{
	for (size_t i = 0; i < mixed->n_offerings; i++)
		if (mixed->offerings[i].school == price->school &&
		    mixed->offerings[i].grade == price->grade)
			return &mixed->offerings[i];
	cr_assert_fail("no such offering");
	return NULL;
}

/* Puts one more into the tables. A seat is put in after reading; returns its offering or NONE. */
static size_t put_one_more(struct mixed *mixed, const struct district *district,
			   const struct price *price)
{
	switch (price->what) {
	case PRICE_SEAT:
		return (size_t)(district_offering(district, price->school, price->grade) -
				district->offerings);
	case PRICE_SECTION:
		drawn_offering(mixed, price)->sections++;
		break;
	case PRICE_BED:
		mixed->schools[price->school].beds++;
		break;
	case PRICE_PLACE:
		mixed->schools[price->school].places++;
		break;
	}
	return NONE;
}

/* The price against the levels before and after. */
static void expect_price(const struct price *price, const struct solved *before,
			 const struct solved *after, const char *where)
{
	size_t n = before->program.n_levels, k = 0;
	const struct level_result *old = before->solution.levels, *new = after->solution.levels;

	while (k < n && old[k].value == new[k].value)
		k++;
	if (!price->gain.exact) {
		cr_assert(price->gain.level <= k, "%s: level %zu falls", where, k + 1);
		cr_assert(price->gain.level < k || k == n ||
				  price->gain.gain >= old[k].value - new[k].value,
			  "%s: the bound of level %zu is passed", where, k + 1);
		return;
	}
	cr_assert_eq(price->gain.level, k, "%s: level %zu, not %zu", where, k + 1,
		     price->gain.level + 1);
	if (k < n)
		cr_assert_eq(price->gain.gain, old[k].value - new[k].value, "%s: %lld, not %lld",
			     where, (long long)(old[k].value - new[k].value),
			     (long long)price->gain.gain);
	if (price->gain.has_last)
		cr_assert_eq(price->gain.last, old[n - 1].value - new[n - 1].value,
			     "%s: the last level", where);
}

/* How many exact prices of each kind, and how many of them are not 0. */
struct counts {
	size_t exact[KINDS], worth[KINDS], bounds;
};

static void try_price(const struct mixed *mixed, const struct solved *before,
		      const struct price *price, uint64_t seed, struct counts *counts)
{
	struct mixed changed = *mixed;
	struct scratch scratch;
	struct solved after;
	char where[80];
	size_t offering = put_one_more(&changed, &before->district, price);

	snprintf(where, sizeof where, "district %d, %s at S%zu grade %d", (int)seed,
		 price_name(price->what), price->school, price->grade);
	scratch_open(&scratch);
	solved_open(&after, &changed, &scratch, offering);
	expect_price(price, before, &after, where);
	solved_close(&after);
	scratch_close(&scratch);
	counts->exact[price->what] += price->gain.exact;
	counts->worth[price->what] += price->gain.exact &&
				      price->gain.level < before->program.n_levels;
	counts->bounds += !price->gain.exact;
}

static void try_district(uint64_t seed, struct counts *counts)
{
	struct mixed mixed;
	struct scratch scratch;
	struct solved solved;
	struct prices prices;

	mixed_draw(&mixed, seed);
	scratch_open(&scratch);
	solved_open(&solved, &mixed, &scratch, NONE);
	find_prices(&solved, &prices);
	for (size_t i = 0; i < prices.n; i++)
		try_price(&mixed, &solved, &prices.all[i], seed, counts);
	solved_close(&solved);
	scratch_close(&scratch);
}

/* Every exact price is the difference of two solves, and no bound is passed. */
static void try_districts(uint64_t first, uint64_t end)
{
	static const size_t least[KINDS] = {40, 40, 0, 1};
	struct counts counts = {{0}, {0}, 0};

	for (uint64_t seed = first; seed < end; seed++)
		try_district(seed, &counts);
	for (int i = 0; i < KINDS; i++)
		cr_assert(counts.worth[i] >= least[i] && counts.exact[i] > counts.worth[i],
			  "%s: %zu exact, %zu worth something", price_name(i), counts.exact[i],
			  counts.worth[i]);
	cr_assert(counts.bounds > 20);
}

Test(prices, equal_the_tables_with_one_more)
{
	try_districts(0, DISTRICTS / 2);
}

Test(prices, equal_the_tables_with_one_more_elsewhere)
{
	try_districts(DISTRICTS / 2, DISTRICTS);
}
