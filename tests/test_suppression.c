/* Counts that tables for the public leave out: by reasoning, and by what must hold of any plan. */
#include "chance.h"
#include "small_district.h"

#include "models/suppression.h"

enum { LEAST = 5 };

static void hide(struct small *small, const struct placement *placements, size_t n,
		 struct plan *plan, struct suppression *made)
{
	plan_make(&small->district.arena, &small->district, &small->distances, placements, n, plan);
	suppression_make(&small->district.arena, plan, LEAST, made);
}

/* One zone, grade and group: 20, 3 and 8 at three schools. 3 is hidden; alone it would be the total
 * less 28, so 8 is hidden too. The school of the 3 has no other pupils: its total is hidden, and
 * beside it that of the 8, for the district's is known. */
Test(suppression, hides_another_count_under_the_same_total)
{
	static const bool want[] = {false, true, true};
	struct placement placements[] = {{0, 0, 20}, {0, 1, 3}, {0, 2, 8}};
	struct suppression made;
	struct small small;
	struct plan plan;

	small_open(&small, 1, 3, 1);
	small_cell(&small, 0, 1, 0, 31);
	hide(&small, placements, 3, &plan, &made);
	cr_assert_eq(made.n_counts, 3);
	for (size_t i = 0; i < 3; i++) {
		cr_expect_eq(made.counts[i].hidden, want[i], "count %zu", i);
		cr_expect_eq(made.totals[TOTAL_SCHOOL].all[i].hidden, want[i], "school %zu", i);
	}
	cr_expect_not(made.totals[TOTAL_ZONE_GRADE].all[0].hidden);
	cr_expect_not(made.totals[TOTAL_GROUP].all[0].hidden);
	small_close(&small);
}

Test(suppression, hides_nothing_where_all_counts_are_large)
{
	struct placement placements[] = {{0, 0, 5}, {0, 1, 6}};
	struct suppression made;
	struct small small;
	struct plan plan;

	small_open(&small, 1, 2, 1);
	small_cell(&small, 0, 1, 0, 11);
	hide(&small, placements, 2, &plan, &made);
	for (size_t i = 0; i < 2; i++)
		cr_expect_not(made.counts[i].hidden);
	small_close(&small);
}

/* What is hidden under a total that is shown. */
static void expect_safe(size_t n, int64_t pupils, uint64_t seed, const char *what)
{
	cr_expect(n == 0 || (n >= 2 && pupils >= LEAST), "plan %llu, %s: %zu hidden, %lld pupils",
		  (unsigned long long)seed, what, n, (long long)pupils);
}

static void judge(const struct suppression *made, const struct public_totals *totals, uint64_t seed)
{
	size_t n_totals = 0;
	int64_t of_totals = 0;

	for (size_t t = 0; t < totals->n; t++) {
		size_t n = 0;
		int64_t pupils = 0, all = 0;

		for (size_t i = 0; i < made->n_counts; i++) {
			if (totals->of_count[i] != t)
				continue;
			all += made->counts[i].pupils;
			n += made->counts[i].hidden;
			pupils += made->counts[i].hidden ? made->counts[i].pupils : 0;
		}
		cr_expect_eq(totals->all[t].pupils, all);
		cr_expect(totals->all[t].hidden || all >= LEAST);
		n_totals += totals->all[t].hidden;
		of_totals += totals->all[t].hidden ? all : 0;
		if (!totals->all[t].hidden)
			expect_safe(n, pupils, seed, "counts");
	}
	if (n_totals < totals->n)
		expect_safe(n_totals, of_totals, seed, "totals");
}

Test(suppression, no_total_tells_of_few)
{
	for (uint64_t seed = 1; seed <= 200; seed++) {
		struct placement placements[64];
		struct suppression made;
		struct small small;
		struct plan plan;
		uint64_t state = seed;
		size_t n = 0;

		small_open(&small, 3, 4, 2);
		for (size_t z = 0; z < 3; z++)
			for (int grade = 1; grade <= 2; grade++)
				for (size_t g = 0; g < 2; g++)
					small_cell(&small, z, grade, g, 0);
		for (size_t c = 0; c < 12; c++)
			for (size_t s = 0; s <= 4; s++) {
				int64_t pupils = chance(&state, 3) ? chance(&state, 15) : 0;

				if (pupils == 0)
					continue;
				small.district.cells[c].pupils += pupils;
				placements[n++] = (struct placement){c, s < 4 ? s : NONE, pupils};
			}
		hide(&small, placements, n, &plan, &made);
		for (size_t i = 0; i < made.n_counts; i++)
			cr_expect(made.counts[i].hidden || made.counts[i].pupils >= LEAST);
		for (int kind = 0; kind < TOTAL_KINDS; kind++)
			judge(&made, &made.totals[kind], seed);
		small_close(&small);
	}
}
