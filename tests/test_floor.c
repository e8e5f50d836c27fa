/* What no plan can avoid: below every assignment of tiny districts, and by hand. */
#include "tests/every_assignment.h"
#include "tests/mixed_district.h"
#include "tests/small_district.h"

#include "models/floor.h"

enum { DISTRICTS = 200, MOST_LISTED = 20000, MOST_PUPILS = 120 };

/* --- below every assignment ------------------------------------------------------------------ */

enum bound { BOUND_UNPLACED, BOUND_OVERSIZED, BOUND_LARGE, BOUND_FAR, BOUND_OVER, BOUND_TRAVEL,
	     BOUNDS };

/* The floors for every number of pupils left unplaced, and the least of the assignments listed with
 * as many; a district in whose folder a failure may be looked at. */
struct below {
	const char *folder;
	struct floor floors[MOST_PUPILS + 1];
	int64_t least[MOST_PUPILS + 1][BOUNDS];
	bool listed[MOST_PUPILS + 1];
};

static void bounds_of(const struct floor *made, int64_t *bounds)
{
	bounds[BOUND_UNPLACED] = made->unplaced;
	bounds[BOUND_OVERSIZED] = made->oversized_classes;
	bounds[BOUND_LARGE] = made->large_classes;
	bounds[BOUND_FAR] = made->far;
	bounds[BOUND_OVER] = made->over_standard;
	bounds[BOUND_TRAVEL] = made->metres;
}

static void take_least(struct walk *walk, const wide *terms)
{
	struct below *below = walk->context;
	const int64_t figures[BOUNDS] = {
		walk_sent(walk, walk->district->n_schools, NONE, 0),
		(int64_t)(terms[TERM_OVERSIZED_CLASSES] / NANO),
		(int64_t)(terms[TERM_LARGE_CLASSES] / NANO),
		(int64_t)(terms[TERM_FAR] / NANO), (int64_t)(terms[TERM_OVER_STANDARD] / NANO),
		(int64_t)(terms[TERM_TRAVEL_KM] / (NANO / 1000)),
	};
	int64_t unplaced = figures[BOUND_UNPLACED];

	for (int b = 0; b < BOUNDS; b++)
		if (!below->listed[unplaced] || figures[b] < below->least[unplaced][b])
			below->least[unplaced][b] = figures[b];
	below->listed[unplaced] = true;
}

/* Townships and areas, which the drawn tables do not have. */
static void settle_zones(struct district *district, uint64_t seed)
{
	static const char *const townships[] = {"", "T", "U"};

	for (size_t z = 0; z < district->n_zones; z++) {
		district->zones[z].township = townships[(seed / 3 + z * seed) % 3];
		district->zones[z].area = (int)((seed / 7 + z) % 4);
	}
}

static void make_floors(struct district *district, const struct distances *distances,
			struct below *below)
{
	struct reference reference;
	struct capacities capacities;

	reference_make(&district->arena, district, distances, &reference);
	capacities_make(&district->arena, district, &capacities);
	for (int64_t u = 0; u <= district_pupils(district); u++)
		floor_make(&district->arena, &reference, &capacities, u, &below->floors[u]);
}

/* How often a bound was above nothing, and how often the best assignment meets it. */
struct seen {
	size_t listed, above[BOUNDS], met[BOUNDS];
};

static void expect_below(const struct below *below, int64_t pupils, struct seen *seen)
{
	bool first = true;

	for (int64_t u = 0; u <= pupils; u++) {
		int64_t bounds[BOUNDS];

		if (!below->listed[u])
			continue;
		bounds_of(&below->floors[u], bounds);
		for (int b = 0; b < BOUNDS; b++) {
			cr_assert(bounds[b] <= below->least[u][b],
				  "%s: %lld unplaced: bound %d is %lld, an assignment has %lld",
				  below->folder, (long long)u, b, (long long)bounds[b],
				  (long long)below->least[u][b]);
			seen->above[b] += first && bounds[b] > 0;
			seen->met[b] += first && bounds[b] > 0 && bounds[b] == below->least[u][b];
		}
		first = false;
	}
}

static void try_district(uint64_t seed, struct scratch *scratch, struct seen *seen)
{
	struct below *below = memory_array(1, sizeof *below);
	struct district district;
	struct distances distances;
	struct mixed mixed;
	struct walk walk;

	mixed_draw(&mixed, seed);
	mixed_write_all(&mixed, scratch);
	below->folder = scratch->path;
	cr_assert_eq(district_read(&district, scratch->path, NULL, 0, &scratch->diags), 0);
	cr_assert(district_pupils(&district) <= MOST_PUPILS);
	settle_zones(&district, seed);
	distances_make(&district.arena, &district, &distances);
	make_floors(&district, &distances, below);
	walk_open(&walk, &district, &distances);
	walk.tell = take_least;
	walk.context = below;
	if (walk_length(&walk) <= MOST_LISTED) {
		walk_all(&walk);
		expect_below(below, district_pupils(&district), seen);
		seen->listed++;
	}
	district_close(&district);
	memory_free(below);
}

/* Each assignment is held against the floor for as many unplaced as it has. A failure leaves the
 * district's folder behind, and names it. */
Test(floor, lies_below_every_assignment)
{
	struct scratch scratch;
	struct seen seen = {0};

	scratch_open(&scratch);
	for (uint64_t seed = 0; seen.listed < DISTRICTS; seed++)
		try_district(seed, &scratch, &seen);
	scratch_close(&scratch);
	for (int b = 0; b < BOUNDS; b++)
		cr_log_info("bound %d: above nothing in %zu, met in %zu of %zu", b, seen.above[b],
			    seen.met[b], seen.listed);
	for (int b = 0; b < BOUNDS; b++)
		cr_assert(seen.met[b] > 20, "bound %d is met in %zu districts", b, seen.met[b]);
}

/* --- by hand --------------------------------------------------------------------------------- */

/* A district with its floor. */
struct held {
	struct small small;
	struct reference reference;
	struct capacities capacities;
	struct floor made;
};

static void hold(struct held *held, int64_t unplaced_most)
{
	struct arena *arena = &held->small.district.arena;

	reference_make(arena, &held->small.district, &held->small.distances, &held->reference);
	capacities_make(arena, &held->small.district, &held->capacities);
	floor_make(arena, &held->reference, &held->capacities, unplaced_most, &held->made);
}

static void held_open(struct held *held, size_t n_zones, size_t n_schools, size_t n_groups)
{
	small_open(&held->small, n_zones, n_schools, n_groups);
	for (size_t z = 0; z < n_zones; z++)
		held->small.district.zones[z].township = held->small.district.zones[z].name = "";
	for (size_t s = 0; s < n_schools; s++)
		held->small.district.schools[s].name = "";
}

static void held_close(struct held *held)
{
	small_close(&held->small);
}

static void expect_row(const struct held *held, size_t i, const struct floor_shortage *want)
{
	const struct floor_shortage *row = &held->made.shortages[i];

	cr_assert(i < held->made.n_shortages, "row %zu of %zu", i, held->made.n_shortages);
	cr_assert_eq(row->kind, want->kind, "row %zu: kind %d", i, (int)row->kind);
	cr_assert_str_eq(row->id, want->id, "row %zu", i);
	cr_assert_eq(row->grade, want->grade);
	cr_assert_eq(row->special, want->special);
	cr_assert_eq(row->pupils, want->pupils, "row %zu: %lld", i, (long long)row->pupils);
	cr_assert_eq(row->schools, want->schools, "row %zu: %lld", i, (long long)row->schools);
	cr_assert_eq(row->seats_most, want->seats_most);
	cr_assert_eq(row->seats_below_large, want->seats_below_large);
	cr_assert_eq(row->short_unplaced, want->short_unplaced);
	cr_assert_eq(row->short_large, want->short_large);
}

/* 40 pupils may only go to a school with 30 seats; there is room for all in the other one. */
Test(floor, a_zone_with_too_few_seats)
{
	struct held held;

	held_open(&held, 2, 2, 1);
	small_set(&held.small, "class_size.max", "30");
	small_offering(&held.small, 0, 1, 1, 0);
	small_offering(&held.small, 1, 1, 9, 0);
	small_cell(&held.small, 0, 1, 0, 40);
	small_cell(&held.small, 1, 1, 0, 50);
	small_rule(&held.small, RULE_ONLY, 0, 0, 0, NONE);
	hold(&held, 0);
	cr_assert_eq(held.made.unplaced, 10);
	cr_assert_eq(held.made.n_shortages, 2);
	expect_row(&held, 0, &(struct floor_shortage){
		FLOOR_ZONE, "Z0", "", 1, false, 40, 1, 30, 30, 10, 10});
	expect_row(&held, 1, &(struct floor_shortage){
		FLOOR_SCHOOL, "S0", "", 1, false, 40, 1, 30, 30, 10, 10});
	held_close(&held);
}

/* Z0 and Z1 have 60 pupils each for the 110 seats of S0, of 65 a class: each has room, both
 * together want one large class. Z0, whom a rule keeps from S1 as well, counts with them; Z2, which
 * may go anywhere, does not. */
Test(floor, a_township_and_an_area_with_too_few_seats)
{
	struct held held;

	held_open(&held, 3, 2, 1);
	small_offering(&held.small, 0, 2, 2, 0);
	small_offering(&held.small, 1, 2, 9, 0);
	for (size_t z = 0; z < 3; z++) {
		small_cell(&held.small, z, 2, 0, 60);
		held.small.district.zones[z].township = "T";
		held.small.district.zones[z].area = AREA_TOWN;
	}
	small_rule(&held.small, RULE_NEVER, 0, 1, 0, NONE);
	small_rule(&held.small, RULE_ONLY, 1, 0, 2, NONE);
	hold(&held, 0);
	cr_assert_eq(held.made.n_shortages, 3);
	expect_row(&held, 0, &(struct floor_shortage){
		FLOOR_AREA, "town", "", 2, false, 120, 1, 130, 110, 0, 10});
	expect_row(&held, 1, &(struct floor_shortage){
		FLOOR_TOWNSHIP, "T", "", 2, false, 120, 1, 130, 110, 0, 10});
	expect_row(&held, 2, &(struct floor_shortage){
		FLOOR_SCHOOL, "S0", "", 2, false, 120, 1, 130, 110, 0, 10});
	cr_assert_eq(held.made.unplaced, 0);
	cr_assert_eq(held.made.large_classes, 1);
	cr_assert_eq(held.made.over_standard, 120 - 90);
	hold(&held, 9);
	cr_assert_eq(held.made.large_classes, 1);
	cr_assert_eq(held.made.over_standard, 120 - 90 - 9);
	hold(&held, 10);
	cr_assert_eq(held.made.large_classes, 0);
	held_close(&held);
}

/* 131 pupils for two sections: 130 at 65, of which 20 beyond 55 a class make two large classes. */
Test(floor, a_grade_with_too_few_seats)
{
	struct held held;

	held_open(&held, 1, 1, 1);
	small_offering(&held.small, 0, 7, 2, 0);
	small_cell(&held.small, 0, 7, 0, 131);
	hold(&held, 0);
	cr_assert_eq(held.made.n_grades, 1);
	cr_assert_eq(held.made.grades[0].seats.standard, 100);
	cr_assert_eq(held.made.grades[0].seats.below_oversized, 130);
	cr_assert_eq(held.made.unplaced, 1);
	cr_assert_eq(held.made.large_classes, 2);
	cr_assert_eq(held.made.oversized_classes, 0);
	cr_assert_eq(held.made.over_standard, 30);
	cr_assert_eq(held.made.metres, 130 * 1000);
	expect_row(&held, 0, &(struct floor_shortage){
		FLOOR_DISTRICT, "", "", 7, false, 131, 1, 130, 110, 1, 21});
	held_close(&held);
}

/*
 * Where 111 of 130 stay in two classes, one is large already and the other may take 19 pupils and
 * become large; where 70 stay in one, it is large and nobody may join. 10 pupils for 55 - 50 free
 * seats elsewhere, in one section: 5 at no cost, and the other 5 make one class large; with the 19
 * a class they would be one all the same.
 */
Test(floor, those_who_stay_may_be_too_many)
{
	struct held held;

	held_open(&held, 1, 3, 1);
	small_offering(&held.small, 0, 1, 2, 111);
	small_offering(&held.small, 1, 1, 1, 70);
	small_offering(&held.small, 2, 1, 1, 50);
	small_cell(&held.small, 0, 1, 0, 10);
	hold(&held, 0);
	cr_assert_eq(held.made.large_classes, 1 + 1 + 1);
	cr_assert_eq(held.made.oversized_classes, 1);
	cr_assert_eq(held.made.over_standard, (111 - 90) + (70 - 45) + (50 - 45) + 10);
	cr_assert_eq(held.made.grades[0].seats.most, 19 + 0 + 15);
	cr_assert_eq(held.made.grades[0].seats.below_large, 0 + 0 + 5);
	held.small.district.cells[0].pupils = 24; /* 5 free, 19 to the school with most a class */
	hold(&held, 0);
	cr_assert_eq(held.made.large_classes, 1 + 1 + 1);
	held.small.district.cells[0].pupils = 25;
	hold(&held, 0);
	cr_assert_eq(held.made.large_classes, 1 + 1 + 2);
	held_close(&held);
}

/* A class may be large at 80 only, but nobody is sent beyond 65: none is. */
Test(floor, large_above_the_most)
{
	struct held held;

	held_open(&held, 1, 1, 1);
	small_set(&held.small, "class_size.large", "80");
	small_set(&held.small, "class_size.oversized", "90");
	small_offering(&held.small, 0, 1, 1, 0);
	held.small.district.offerings[0].class_size = 70;
	small_cell(&held.small, 0, 1, 0, 66);
	hold(&held, 0);
	cr_assert_eq(held.made.grades[0].seats.below_large, 65);
	cr_assert_eq(held.made.grades[0].seats.standard, 65);
	cr_assert_eq(held.made.unplaced, 1);
	cr_assert_eq(held.made.large_classes, 0);
	cr_assert_eq(held.made.over_standard, 0);
	held_close(&held);
}

/* Two grades with 40 seats each share a cap of 50: 70 pupils, no grade too many, 20 in all. The
 * floor of the rest counts on any grade being the one that gives way. */
Test(floor, a_cap_over_grades)
{
	struct held held;

	held_open(&held, 1, 1, 1);
	small_set(&held.small, "class_size.max", "40");
	small_set(&held.small, "class_size.primary", "30");
	small_offering(&held.small, 0, 1, 1, 0);
	small_offering(&held.small, 0, 2, 1, 0);
	held.small.district.schools[0].max_pupils = 50;
	small_cell(&held.small, 0, 1, 0, 35);
	small_cell(&held.small, 0, 2, 0, 35);
	hold(&held, 0);
	cr_assert_eq(held.made.unplaced, 20);
	cr_assert_eq(held.made.over_standard, 0);
	cr_assert_eq(held.made.metres, 50 * 1000);
	held.small.district.schools[0].max_pupils = 64;
	hold(&held, 0);
	cr_assert_eq(held.made.unplaced, 6);
	cr_assert_eq(held.made.over_standard, 10 - 6);
	held_close(&held);
}

/* 15 seats for 20 pupils: five of the ten with the longer way, who are far, stay behind. */
Test(floor, the_longest_ways_come_off)
{
	struct held held;

	held_open(&held, 2, 1, 1);
	small_set(&held.small, "class_size.max", "15");
	small_set(&held.small, "limit_km.primary", "1.5");
	small_offering(&held.small, 0, 3, 1, 0);
	small_metres(&held.small, 1, 0, 2000);
	small_cell(&held.small, 0, 3, 0, 10);
	small_cell(&held.small, 1, 3, 0, 10);
	hold(&held, 0);
	cr_assert_eq(held.made.metres, 10 * 1000 + 5 * 2000);
	cr_assert_eq(held.made.far, 5);
	cr_assert_eq(held.made.grades[0].far_at_nearest, 10);
	hold(&held, 12);
	cr_assert_eq(held.made.unplaced, 5);
	cr_assert_eq(held.made.metres, 8 * 1000);
	cr_assert_eq(held.made.far, 0);
	held_close(&held);
}

/* Seats of special schools are nobody else's: 3 special pupils for 2 of them, 60 seats for 70. */
Test(floor, special_schools_are_apart)
{
	struct held held;

	held_open(&held, 1, 2, 2);
	small_set(&held.small, "class_size.max", "2");
	small_offering(&held.small, 0, 1, 1, 0);
	small_offering(&held.small, 1, 1, 30, 0);
	held.small.district.schools[0].kind = KIND_SPECIAL;
	held.small.district.groups[1].need = NEED_SPECIAL;
	small_cell(&held.small, 0, 1, 0, 70);
	small_cell(&held.small, 0, 1, 1, 3);
	small_cell(&held.small, 0, 5, 1, 4);
	hold(&held, 0);
	cr_assert_eq(held.made.unplaced, 10 + 1 + 4);
	cr_assert_eq(held.made.n_grades, 3);
	cr_assert_eq(held.made.grades[0].unplaced, 10);
	cr_assert_eq(held.made.grades[1].unplaced, 1);
	cr_assert_eq(held.made.grades[2].no_school, 4);
	expect_row(&held, 1, &(struct floor_shortage){
		FLOOR_DISTRICT, "", "", 1, true, 3, 1, 2, 2, 1, 1});
	held_close(&held);
}

/* A school's cap binds a single grade, too: max_pupils 20, of whom 5 stay in another grade. */
Test(floor, a_cap_on_one_grade)
{
	struct held held;

	held_open(&held, 1, 1, 1);
	small_offering(&held.small, 0, 1, 2, 0);
	small_offering(&held.small, 0, 2, 1, 5);
	held.small.district.schools[0].max_pupils = 20;
	small_cell(&held.small, 0, 1, 0, 40);
	hold(&held, 0);
	cr_assert_eq(held.made.grades[0].seats.standard, 15);
	cr_assert_eq(held.made.grades[0].seats.most, 15);
	cr_assert_eq(held.made.grades[0].unplaced, 25);
	held_close(&held);
}

/* max_km leaves Z0 the first school only, and Z1, from which none is nearer, the second. */
Test(floor, max_km_is_a_rule_of_place)
{
	struct held held;

	held_open(&held, 2, 2, 1);
	small_set(&held.small, "class_size.max", "50");
	small_set(&held.small, "max_km", "1.5");
	small_offering(&held.small, 0, 1, 1, 0);
	small_offering(&held.small, 1, 1, 9, 0);
	small_metres(&held.small, 0, 1, 1501);
	small_metres(&held.small, 1, 0, 1700);
	small_metres(&held.small, 1, 1, 1600);
	small_cell(&held.small, 0, 1, 0, 53);
	small_cell(&held.small, 1, 1, 0, 54);
	hold(&held, 0);
	cr_assert_eq(held.made.unplaced, 3);
	cr_assert_eq(held.made.n_shortages, 2);
	expect_row(&held, 0, &(struct floor_shortage){
		FLOOR_ZONE, "Z0", "", 1, false, 53, 1, 50, 50, 3, 3});
	held_close(&held);
}

/* Of 100 schools Z0 may go to two: there is no school that is its only one. */
Test(floor, many_schools)
{
	enum { SCHOOLS = 100 };
	struct held held;

	held_open(&held, 1, SCHOOLS, 1);
	small_set(&held.small, "class_size.max", "20");
	held.small.district.offerings = arena_array(&held.small.district.arena, SCHOOLS,
						    sizeof(struct offering));
	for (size_t s = 0; s < SCHOOLS; s++)
		small_offering(&held.small, s, 1, 1, 0);
	small_cell(&held.small, 0, 1, 0, 47);
	small_rule(&held.small, RULE_ONLY, 0, 3, 0, NONE);
	small_rule(&held.small, RULE_ONLY, 0, 98, 0, NONE);
	hold(&held, 0);
	cr_assert_eq(held.made.unplaced, 7);
	cr_assert_eq(held.made.n_shortages, 1);
	expect_row(&held, 0, &(struct floor_shortage){
		FLOOR_ZONE, "Z0", "", 1, false, 47, 2, 40, 40, 7, 7});
	held_close(&held);
}
