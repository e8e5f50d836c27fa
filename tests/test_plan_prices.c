/* prices.csv of a plan folder, or what stands in for it. */
#include "scratch_folder.h"

#include "models/plan_prices.h"
#include "tests/small_district.h"

struct priced_plan {
	struct scratch scratch;
	struct small small;
	struct plan_prices prices;
	int result;
};

/* A plan folder with one file; its district has the schools S0 and S1. */
static void priced_open(struct priced_plan *plan, const char *file, const char *text)
{
	*plan = (struct priced_plan){0};
	scratch_open(&plan->scratch);
	small_open(&plan->small, 1, 2, 1);
	if (file)
		scratch_text(&plan->scratch, file, text);
	plan->result = plan_prices_read(&plan->prices, &plan->small.district, plan->scratch.path,
					&plan->small.district.arena, &plan->scratch.diags);
}

static void priced_close(struct priced_plan *plan)
{
	small_close(&plan->small);
	scratch_close(&plan->scratch);
}

static const char header[] =
	"what,school,grade,level,terms,gain,last_level,certainty\n";

Test(plan_prices, each_column_is_read)
{
	struct priced_plan plan;
	const struct written_price *price;
	char text[400];

	snprintf(text, sizeof text, "%s%s", header,
		 "section,S1,4,3,large_classes,2,-1.5,at_most\n"
		 "seat,S1,4,,,0,,exact\n"
		 "bed,S0,,5,travel_km,0.84,0.84,exact\n");
	priced_open(&plan, "prices.csv", text);
	cr_assert_eq(plan.result, 0, "%s", scratch_said(&plan.scratch));
	price = plan_price(&plan.prices, PRICED_SECTION, 1, 4);
	cr_assert_not_null(price);
	cr_expect_eq(price->level, 3);
	cr_expect_str_eq(price->terms, "large_classes");
	cr_expect_eq(price->gain, 2 * NANO);
	cr_expect_eq(price->last, -3 * NANO / 2);
	cr_expect_eq(price->certainty, CERTAINTY_AT_MOST);
	price = plan_price(&plan.prices, PRICED_SEAT, 1, 4);
	cr_assert_not_null(price);
	cr_expect_eq(price->level, 0);
	cr_expect_eq(price->last, PRICE_NOT_GIVEN);
	cr_expect_eq(plan_price(&plan.prices, PRICED_BED, 0, 0)->gain, 840000000);
	cr_expect_null(plan_price(&plan.prices, PRICED_SEAT, 0, 4));
	cr_expect_null(plan_price(&plan.prices, PRICED_PLACE, 0, 0));
	priced_close(&plan);
}

Test(plan_prices, without_the_file_seat_prices_are_of_the_last_level)
{
	struct priced_plan plan;
	const struct written_price *price;

	priced_open(&plan, "offerings.csv", "school,grade,seat_price\nS0,4,2.5\nS1,4,\n");
	cr_assert_eq(plan.result, 0, "%s", scratch_said(&plan.scratch));
	price = plan_price(&plan.prices, PRICED_SEAT, 0, 4);
	cr_assert_not_null(price);
	cr_expect_eq(price->level, 5);
	cr_expect_eq(price->gain, 5 * NANO / 2);
	cr_expect_str_eq(price->terms, "travel_km + 3 over_standard");
	cr_expect_eq(price->certainty, CERTAINTY_UNSAID);
	cr_expect_null(plan_price(&plan.prices, PRICED_SEAT, 1, 4));
	priced_close(&plan);
}

Test(plan_prices, neither_file_need_be_there)
{
	struct priced_plan plan;

	priced_open(&plan, NULL, NULL);
	cr_expect_eq(plan.result, 0);
	cr_expect_eq(plan.prices.n, 0);
	cr_expect_str_empty(scratch_said(&plan.scratch));
	priced_close(&plan);
}

Test(plan_prices, what_is_wrong_is_said_where_it_is)
{
	static const char *const wrong[][2] = {
		{"seat,S9,4,,,0,,exact\n", "2:6: error: school 'S9' is not in the district [plan]"},
		{"chair,S0,4,,,0,,exact\n", "2:1: error: what 'chair' is not one of: seat, section,"
		 " bed, inclusion_place [csv-word]"},
		{"seat,S0,4,1,far,x,,exact\n", "2:17: error: gain 'x' is not a number [csv-number]"},
	};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct priced_plan plan;
		char text[200];

		snprintf(text, sizeof text, "%s%s", header, wrong[i][0]);
		priced_open(&plan, "prices.csv", text);
		cr_expect_eq(plan.result, -1);
		cr_expect_not_null(strstr(scratch_said(&plan.scratch), wrong[i][1]), "%s",
				   scratch_said(&plan.scratch));
		priced_close(&plan);
	}
}
