/* The exact count of large classes on networks with a hub, against GLPK's branch and cut on
 * assignment.mod; knapsacks by hand. */
#include "small_district.h"

#include "models/program.h"
#include "solver/engines/counted_parts.h"
#include "solver/engines/natural.h"

enum { DISTRICTS = 400, ZONES = 7, SCHOOLS = 6, LEVELS = 5 };

#define USUAL "unplaced; oversized_classes; large_classes; far; travel_km + 3 over_standard"

static uint64_t state;

static int64_t draw(int64_t n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)((state >> 33) % (uint64_t)n);
}

/* What is drawn of a district: classes of 2 that are large with 4 and hold up to `most`; schools in
 * three towns. */
struct drawing {
	const char *most, *oversized, *objective;
	bool stays, rules, weights, near;
};

static const struct drawing drawings[] = {
	{"8", "9", USUAL, .rules = true},
	{"8", "9", USUAL, .stays = true},
	{"6", "7", USUAL, .stays = true, .rules = true, .weights = true},
	{"7", "8", "unplaced; large_classes; travel_km + far", .near = true},
	{"9", "7", USUAL, .stays = true, .near = true},
	{"8", "6", "unplaced; oversized_classes; far; travel_km", .stays = true},
	{"5", "6", "large_classes; unplaced; travel_km", .weights = true, .stays = true},
	{"9", "9", "unplaced; travel_km + 9 far; large_classes; over_standard", .rules = true},
};

enum { KINDS = sizeof drawings / sizeof *drawings };

static void draw_schools(struct small *small, const struct drawing *drawing)
{
	for (size_t s = 0; s < SCHOOLS; s++) {
		small_offering(small, s, 1, 1 + draw(4), drawing->stays ? draw(14) : 0);
		small->district.schools[s].lon = 104 + (double)(s % 3);
		small->district.schools[s].lat = 30 + (double)draw(10) / 100;
	}
}

static void draw_zones(struct small *small, const struct drawing *drawing)
{
	for (size_t z = 0; z < ZONES; z++) {
		for (size_t s = 0; s < SCHOOLS; s++)
			small_metres(small, z, s, (int32_t)(100 * (1 + draw(60))));
		small_cell(small, z, 1, 0, 1 + draw(drawing->stays ? 9 : 14));
		if (draw(2))
			small_cell(small, z, 1, 1, 1 + draw(4));
		if (drawing->rules && draw(3) == 0)
			for (int i = 0; i < 2; i++)
				small_rule(small, RULE_ONLY, z, (size_t)(3 * i + draw(3)), 0, NONE);
	}
}

static void draw_district(struct small *small, const struct drawing *drawing)
{
	small_open(small, ZONES, SCHOOLS, 2);
	small_set(small, "class_size.primary", "2");
	small_set(small, "class_size.large", "4");
	small_set(small, "class_size.oversized", drawing->oversized);
	small_set(small, "class_size.max", drawing->most);
	small_set(small, "objective", drawing->objective);
	small_set(small, "max_km", drawing->near ? "2" : "0");
	if (drawing->weights)
		small->district.groups[1].weight = 3 * NANO / 2;
	draw_schools(small, drawing);
	draw_zones(small, drawing);
}

/* A block of grade 1, its network at its optimum, and what comes of it. */
struct made {
	struct small small;
	struct program program;
	struct block block;
	struct pure *pure;
	struct outcome outcome;
	size_t proven;
};

static void open_made(struct made *made, const struct drawing *drawing)
{
	struct arena *arena;
	struct level_scale *levels;
	struct diags diags;

	*made = (struct made){0};
	diag_open(&diags, stderr);
	draw_district(&made->small, drawing);
	arena = &made->small.district.arena;
	levels = level_scales_make(arena, &made->small.district,
				   distances_longest(&made->small.distances), &diags);
	cr_assert_not_null(levels);
	program_make(arena, &made->small.district, &made->small.distances, levels,
		     &made->program);
	made->block = (struct block){.program = &made->program};
	made->block.active = arena_array(arena, made->program.n_sides + 1, 1);
	made->block.grades[1] = true;
	made->outcome.value = arena_array(arena, LEVELS, sizeof(int64_t));
	made->outcome.bound = arena_array(arena, LEVELS, sizeof(int64_t));
	made->outcome.engine = arena_array(arena, LEVELS, sizeof(enum engine));
}

/* The network's plan; false: it settles every level, or is none. */
static bool solve_network(struct made *made)
{
	double optimum[LEVELS];
	size_t n = made->program.n_levels;

	made->pure = pure_open(&made->block);
	if (!made->pure)
		return false;
	cr_assert_eq(pure_solve(made->pure), PURE_DONE);
	pure_flows(made->pure, &made->outcome.flows);
	pure_optimum(made->pure, &made->outcome.flows, optimum);
	flows_value(&made->block, &made->outcome.flows, made->outcome.value);
	while (made->proven < n &&
	       (double)made->outcome.value[made->proven] < optimum[made->proven] + 1e-6)
		made->proven++;
	return made->proven < n;
}

static void close_made(struct made *made)
{
	if (made->pure)
		pure_close(made->pure);
	flows_free(&made->outcome.flows);
	small_close(&made->small);
}

static void compare_with_glpk(struct made *made, size_t district)
{
	int64_t value[LEVELS];
	struct natural natural;
	struct diags diags;

	diag_open(&diags, stderr);
	flows_value(&made->block, &made->outcome.flows, value);
	cr_assert_eq(natural_solve(&made->small.district.arena, &made->small.district,
				   &made->small.distances, 0, &natural, &diags), 0);
	cr_assert(natural.optimal);
	for (size_t k = 0; k < made->program.n_levels; k++) {
		cr_assert_eq(value[k], natural.levels[k].value, "district %zu, level %zu: %ld, %ld",
			     district, k, (long)value[k], (long)natural.levels[k].value);
		cr_assert_eq(made->outcome.value[k], value[k]);
		cr_assert(k < made->proven || made->outcome.bound[k] == value[k],
			  "district %zu, level %zu: %ld, bound %ld", district, k, (long)value[k],
			  (long)made->outcome.bound[k]);
	}
}

/* Most districts need the count; where the levels are such that it can tell, it proves them all. */
Test(counted, equals_branch_and_cut)
{
	size_t counted = 0, other = 0;

	state = 56;
	for (size_t i = 0; i < DISTRICTS; i++) {
		struct made made;

		open_made(&made, &drawings[i % KINDS]);
		if (solve_network(&made)) {
			enum counted_result result =
				counted_solve(&made.block, made.pure, made.proven, &made.outcome);

			cr_assert(result == COUNTED_DONE || result == COUNTED_NOT);
			if (result == COUNTED_DONE)
				compare_with_glpk(&made, i);
			counted += result == COUNTED_DONE;
			other += result == COUNTED_NOT;
		}
		close_made(&made);
	}
	cr_assert_geq(counted, DISTRICTS / 2);
	cr_assert_leq(other, DISTRICTS / 6);
}

/* What a search that ended early says is true: no bound is above the optimum, and none below a level
 * that is still open says anything. Returns whether a level was open. */
static bool check_bounds(struct made *made, double gap)
{
	struct natural natural;
	struct diags diags;
	size_t k = 0;

	diag_open(&diags, stderr);
	cr_assert_eq(natural_solve(&made->small.district.arena, &made->small.district,
				   &made->small.distances, 0, &natural, &diags), 0);
	for (; k < made->program.n_levels &&
	       (k < made->proven || made->outcome.bound[k] == made->outcome.value[k]); k++)
		cr_assert_eq(made->outcome.value[k], natural.levels[k].value);
	if (k == made->program.n_levels)
		return false;
	cr_assert_leq(made->outcome.bound[k], natural.levels[k].value);
	cr_assert_geq(made->outcome.value[k], natural.levels[k].value);
	cr_assert((double)(made->outcome.value[k] - made->outcome.bound[k]) <=
		  gap * (double)made->outcome.value[k] + 1e-9);
	return true;
}

Test(counted, bounds_are_true_after_a_limit_and_within_a_gap)
{
	size_t open[2] = {0, 0};

	state = 99;
	for (size_t i = 0; i < DISTRICTS; i++) {
		struct made made;
		bool by_effort = i / KINDS % 2;

		open_made(&made, &drawings[i % KINDS]);
		if (by_effort)
			made.block.effort = 4;
		else
			small_set(&made.small, "gap", "0.1");
		if (solve_network(&made) &&
		    counted_solve(&made.block, made.pure, made.proven, &made.outcome) !=
			    COUNTED_NOT)
			open[by_effort] += check_bounds(&made, by_effort ? 1 : 0.1);
		close_made(&made);
	}
	cr_assert_geq(open[0], 5);
	cr_assert_geq(open[1], 5);
}

/* Offerings with 3 and 4 classes, 10 pupils a class beyond the others: 31 need 4 classes, as one
 * offering of 4 or 3 and a single one; 70 need all; 9 need one offering's 3, as 9 single ones are
 * more; 2 need 2 single ones. */
Test(counted, fewest_classes_by_hand)
{
	struct counted_station stations[] = {{.rise = 3}, {.rise = 4}};
	struct counted counted = {.stations = stations, .term = {.per_class = 10}};

	counted.pure.n_stations = 2;
	cr_assert_eq(counted_fewest(&counted, 0), 0);
	cr_assert_eq(counted_fewest(&counted, 2), 2);
	cr_assert_eq(counted_fewest(&counted, 9), 3);
	cr_assert_eq(counted_fewest(&counted, 31), 4);
	cr_assert_eq(counted_fewest(&counted, 41), 5); /* 4 and a single one, not 7 */
	cr_assert_eq(counted_fewest(&counted, 70), 7);
}

/* 3 sections at 55, and one pupil more: the offering's first large class, counted as one. */
Test(counted, classes_and_waste_by_hand)
{
	struct counted counted = {.term = {.per_class = 10}};
	struct counted_station station = {.base = 165, .width = 30, .rise = 3, .load = 165};

	cr_assert_eq(counted_classes(&station), 0);
	station.load = 166;
	cr_assert_eq(counted_classes(&station), 1);
	cr_assert_eq(counted_waste(&counted, &station), 9);
	station.load = 190;
	cr_assert_eq(counted_classes(&station), 3);
	cr_assert_eq(counted_waste(&counted, &station), 5);
}
