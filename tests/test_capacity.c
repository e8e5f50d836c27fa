/* Seats, caps, and what binds. */
#include "small_district.h"

#include "inputs/capacity.h"

/* Classes of so many and more, the pupils dealt out one by one. */
static int64_t dealt_out(int64_t load, int64_t sections, int64_t least)
{
	int64_t classes = 0;

	for (int64_t i = 0; i < sections; i++)
		classes += load / sections + (i < load % sections) >= least;
	return classes;
}

Test(capacity, balanced_classes_are_counted_as_if_dealt_out)
{
	for (int64_t sections = 0; sections <= 5; sections++)
		for (int64_t least = 1; least <= 8; least++)
			for (int64_t load = 0; load <= 50; load++)
				cr_assert_eq(classes_of_at_least(load, sections, least),
					     dealt_out(load, sections, least), "%d in %d, %d",
					     (int)load, (int)sections, (int)least);
}

/* A school with two classes of two grades, so seats for 4 x 65 = 260, and 100 who stay. */
static const struct {
	int64_t max_pupils, floor_m2, land_m2; /* m2 in thousandths; NOT_GIVEN */
	const char *norm_floor, *norm_land;
	int64_t cap, spare;
	enum binding binding;
} cases[] = {
	{NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, "5", "10", INT64_MAX, INT64_MAX, BINDING_SECTIONS},
	{300, NOT_GIVEN, NOT_GIVEN, "0", "0", 300, 200, BINDING_SECTIONS},
	{260, NOT_GIVEN, NOT_GIVEN, "0", "0", 260, 160, BINDING_SECTIONS}, /* 160 seats */
	{259, NOT_GIVEN, NOT_GIVEN, "0", "0", 259, 159, BINDING_MAX_PUPILS},
	{0, NOT_GIVEN, NOT_GIVEN, "0", "0", 0, 0, BINDING_MAX_PUPILS},
	{99, NOT_GIVEN, NOT_GIVEN, "0", "0", 99, 0, BINDING_MAX_PUPILS}, /* more stay */
	{NOT_GIVEN, 1000000, NOT_GIVEN, "0", "0", INT64_MAX, INT64_MAX, BINDING_SECTIONS},
	{NOT_GIVEN, 1000000, NOT_GIVEN, "7", "0", 142, 42, BINDING_FLOOR},  /* 1000 / 7 = 142.9 */
	{NOT_GIVEN, NOT_GIVEN, 1000000, "7", "7", 142, 42, BINDING_LAND},
	{150, 1000000, 1600000, "7", "12.5", 128, 28, BINDING_LAND},
	{120, 1000000, 1600000, "7", "12.5", 120, 20, BINDING_MAX_PUPILS},
	{NOT_GIVEN, 999999, NOT_GIVEN, "10", "0", 99, 0, BINDING_FLOOR},
};

static int64_t nano_m2(int64_t thousandths)
{
	return thousandths == NOT_GIVEN ? NOT_GIVEN : thousandths * (NANO / 1000);
}

Test(capacity, the_least_cap_rounded_down)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct small small;
		struct capacities made;
		struct school *school;

		small_open(&small, 1, 1, 1);
		small_offering(&small, 0, 1, 2, 90);
		small_offering(&small, 0, 2, 2, 10);
		school = &small.district.schools[0];
		school->max_pupils = cases[i].max_pupils;
		school->floor_m2 = nano_m2(cases[i].floor_m2);
		school->land_m2 = nano_m2(cases[i].land_m2);
		small_set(&small, "norm.floor_m2", cases[i].norm_floor);
		small_set(&small, "norm.land_m2", cases[i].norm_land);
		capacities_make(&small.district.arena, &small.district, &made);
		cr_expect_eq(made.schools[0].pupils, cases[i].cap, "case %zu", i);
		cr_expect_eq(made.schools[0].spare, cases[i].spare, "case %zu", i);
		cr_expect_eq(made.schools[0].binding, cases[i].binding, "case %zu", i);
		small_close(&small);
	}
}

Test(capacity, seats_of_an_offering)
{
	struct small small;
	struct capacities made;

	small_open(&small, 1, 1, 1);
	small_offering(&small, 0, 1, 2, 90);
	small_offering(&small, 0, 7, 1, 66); /* more stay than class_size.max: nobody is added */
	small_offering(&small, 0, 8, 0, 0);
	small.district.offerings[0].class_size = 40;
	capacities_make(&small.district.arena, &small.district, &made);
	cr_expect(made.offerings[0].seats_standard == 80 && made.offerings[0].seats_large == 110 &&
		  made.offerings[0].seats_max == 130 && made.offerings[0].spare == 40);
	cr_expect(made.offerings[1].seats_standard == 50 && made.offerings[1].spare == 0);
	cr_expect(made.offerings[2].seats_max == 0 && made.offerings[2].spare == 0);
	cr_expect_str_eq(binding_name(BINDING_SECTIONS), "sections");
	cr_expect_str_eq(binding_name(BINDING_MAX_PUPILS), "max_pupils");
	cr_expect_str_eq(binding_name(BINDING_FLOOR), "floor_m2");
	cr_expect_str_eq(binding_name(BINDING_LAND), "land_m2");
	small_close(&small);
}
