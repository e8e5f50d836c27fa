/* Cohort survival by hand: thirds of births, ratios, shares, whole pupils, seats, turns. */
#include "small_district.h"

#include "models/forecast.h"

static int forecast_small(struct small *small, struct forecast *made)
{
	struct diags diags = {0};

	small->district.path = "small";
	return forecast_make(&small->district.arena, &small->district, &small->distances, made,
			     &diags);
}

static void small_births(struct small *small, size_t n, const struct births *births)
{
	small->district.births = arena_array(&small->district.arena, n, sizeof *births);
	memcpy(small->district.births, births, n * sizeof *births);
	small->district.n_births = n;
}

static void small_progressions(struct small *small, size_t n, const struct progression *rows)
{
	small->district.progressions = arena_array(&small->district.arena, n, sizeof *rows);
	memcpy(small->district.progressions, rows, n * sizeof *rows);
	small->district.n_progressions = n;
}

static int64_t middle(const struct forecast *made, size_t year, size_t zone, size_t group, int grade)
{
	return forecast_pupils(made, OUTLOOK_MIDDLE, year, zone, group, grade);
}

/* Born 2012: 30, two thirds of whom enter in 2018 and a third in 2019; born 2013: 60; 2014: 90.
 * 2019: 30 / 3 + 60 x 2 / 3 = 50. 2020: 60 / 3 + 90 x 2 / 3 = 80. */
Test(forecast, a_third_of_a_year_enters_a_year_later)
{
	static const struct births births[] = {{0, 0, 2012, 0, 30}, {0, 0, 2013, 0, 60},
					       {0, 0, 2014, 0, 90}};
	struct forecast made;
	struct small small;

	small_open(&small, 1, 1, 1);
	small_set(&small, "month", "2018-09");
	small_set(&small, "forecast.until", "2020");
	small_births(&small, 3, births);
	small_cell(&small, 0, 1, 0, 40);
	cr_assert_eq(forecast_small(&small, &made), 0);
	cr_assert_eq(made.n_years, 3);
	cr_expect_eq(middle(&made, 0, 0, 0, 1), 40);
	cr_expect_eq(middle(&made, 1, 0, 0, 1), 50);
	cr_expect_eq(middle(&made, 2, 0, 0, 1), 80);
	cr_expect_eq(middle(&made, 1, 0, 0, 2), 40);
	cr_expect_eq(middle(&made, 2, 0, 0, 2), 50);
	cr_expect_eq(middle(&made, 2, 0, 0, 3), 40);
	cr_expect_eq(made.basis[0], BASIS_COUNTED);
	cr_expect_eq(made.basis[2], BASIS_BIRTHS);
	small_close(&small);
}

/* August 2013 enters in 2019, September 2013 in 2020. */
Test(forecast, months_decide_the_cohort)
{
	static const struct births births[] = {{0, 0, 2012, 9, 7}, {0, 0, 2013, 8, 10},
					       {0, 0, 2013, 9, 20}, {0, 0, 2014, 1, 40}};
	struct forecast made;
	struct small small;

	small_open(&small, 1, 1, 1);
	small_set(&small, "month", "2018-09");
	small_set(&small, "forecast.until", "2020");
	small_births(&small, 4, births);
	cr_assert_eq(forecast_small(&small, &made), 0);
	cr_expect_eq(middle(&made, 1, 0, 0, 1), 17);
	cr_expect_eq(middle(&made, 2, 0, 0, 1), 60);
	small_close(&small);
}

/* Of 100 in grade 6 and 100 in grade 7: the ratio of the area and group goes first, then that of the
 * area, then that of the group; low and high are apart. */
Test(forecast, the_closest_ratio_holds)
{
	static const struct progression rows[] = {
		{AREA_NONE, NONE, 6, NANO / 10, NANO / 10, NANO / 10},
		{AREA_NONE, 1, 6, 2 * NANO / 10, 2 * NANO / 10, 2 * NANO / 10},
		{AREA_URBAN, NONE, 6, 3 * NANO / 10, 3 * NANO / 10, 3 * NANO / 10},
		{AREA_URBAN, 1, 6, 4 * NANO / 10, 35 * NANO / 100, 5 * NANO / 10}};
	static const int64_t want[2][2] = {{30, 40}, {10, 20}}; /* by zone and group */
	struct forecast made;
	struct small small;

	small_open(&small, 2, 1, 2);
	small_set(&small, "month", "2018-09");
	small_set(&small, "forecast.until", "2019");
	small.district.zones[0].area = AREA_URBAN;
	small.district.zones[1].area = AREA_RURAL;
	small_progressions(&small, 4, rows);
	for (size_t z = 0; z < 2; z++)
		for (size_t g = 0; g < 2; g++)
			small_cell(&small, z, 6, g, 100);
	cr_assert_eq(forecast_small(&small, &made), 0);
	for (size_t z = 0; z < 2; z++)
		for (size_t g = 0; g < 2; g++)
			cr_expect_eq(middle(&made, 1, z, g, 7), want[z][g]);
	cr_expect_eq(forecast_pupils(&made, OUTLOOK_LOW, 1, 0, 1, 7), 35);
	cr_expect_eq(forecast_pupils(&made, OUTLOOK_HIGH, 1, 0, 1, 7), 50);
	small_close(&small);
}

/* Three zones with 10 pupils and a ratio of 0.55: 16.5 pupils are 17, 6 in the first two zones. */
Test(forecast, whole_pupils_keep_the_sum)
{
	static const struct progression rows[] = {
		{AREA_NONE, NONE, 1, 55 * NANO / 100, 55 * NANO / 100, 55 * NANO / 100}};
	struct forecast made;
	struct small small;

	small_open(&small, 3, 1, 1);
	small_set(&small, "month", "2018-09");
	small_set(&small, "forecast.until", "2019");
	small_progressions(&small, 1, rows);
	for (size_t z = 0; z < 3; z++)
		small_cell(&small, z, 1, 0, 10);
	cr_assert_eq(forecast_small(&small, &made), 0);
	cr_expect_eq(middle(&made, 1, 0, 0, 2), 6);
	cr_expect_eq(middle(&made, 1, 1, 0, 2), 6);
	cr_expect_eq(middle(&made, 1, 2, 0, 2), 5);
	cr_expect_eq(middle(&made, 1, 0, 0, 1), 10); /* nothing is known of births: as it was */
	small_close(&small);
}

/* Group 1 has no births: 0.1 for each who enters of group 0. */
Test(forecast, migrants_come_by_their_share)
{
	static const struct births births[] = {{0, 0, 2012, 0, 60}, {0, 0, 2013, 0, 60}};
	static const struct progression rows[] = {{AREA_NONE, 1, 0, NANO / 10, NANO / 20,
						   NANO / 5}};
	struct forecast made;
	struct small small;

	small_open(&small, 1, 1, 2);
	small_set(&small, "month", "2018-09");
	small_set(&small, "forecast.until", "2020");
	small_births(&small, 2, births);
	small_progressions(&small, 1, rows);
	cr_assert_eq(forecast_small(&small, &made), 0);
	cr_expect_eq(middle(&made, 1, 0, 0, 1), 60);
	cr_expect_eq(middle(&made, 1, 0, 1, 1), 6);
	cr_expect_eq(forecast_pupils(&made, OUTLOOK_LOW, 1, 0, 1, 1), 3);
	cr_expect_eq(forecast_pupils(&made, OUTLOOK_HIGH, 1, 0, 1, 1), 12);
	/* Of 2020 half is known: the mean of 2018 (nobody) and 2019. */
	cr_expect_eq(middle(&made, 2, 0, 0, 1), 30);
	cr_expect_eq(made.basis[2], BASIS_ASSUMED);
	small_close(&small);
}

/* One class of 45 with 5 who stay, and one more from 2019 on: 40, 85 and 85 seats for 40, 82 and 78:
 * 1, 0.96 and 0.92 pupils a seat. */
Test(forecast, seats_open_with_their_schools)
{
	struct future futures[] = {{2018, {0, 0, 1, 40}, 40, 40}, {2019, {0, 0, 1, 82}, 80, 90},
				   {2020, {0, 0, 1, 78}, 70, 80}};
	struct offering later = {1, 1, 1, 0, 45, NOT_GIVEN};
	static const int64_t seats[] = {40, 85, 85};
	static const enum warning warnings[] = {WARNING_ORANGE, WARNING_YELLOW, WARNING_NONE};
	struct forecast made;
	struct small small;

	small_open(&small, 1, 2, 1);
	small_set(&small, "month", "2018-09");
	small.district.schools[0].opens = "";
	small.district.schools[1].opens = "2019-09";
	small.district.zones[0].area = AREA_TOWN;
	small_offering(&small, 0, 1, 1, 5);
	small.district.later = &later;
	small.district.n_later = 1;
	small.district.futures = futures;
	small.district.n_futures = 3;
	cr_assert_eq(forecast_small(&small, &made), 0);
	cr_assert_eq(made.n_balances, 3); /* there are no junior pupils or seats */
	for (size_t i = 0; i < 3; i++) {
		cr_expect_eq(made.balances[i].area, AREA_TOWN);
		cr_expect_eq(made.balances[i].seats, seats[i]);
		cr_expect_eq(made.balances[i].warning, warnings[i]);
		cr_expect_eq(made.balances[i].basis, BASIS_GIVEN);
	}
	cr_assert_eq(made.n_turns, 1);
	cr_expect_eq(made.turns[0].peak->year, 2019);
	cr_expect_eq(made.turns[0].trough->year, 2020);
	small_close(&small);
}
