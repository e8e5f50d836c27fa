/* Rooms as decisions: the legal choices, the division of one school, and the optimum of districts
 * small enough to try every choice. */
#include "small_district.h"

#include <string.h>

#include "models/audit_rooms.h"
#include "models/rooms.h"
#include "models/scale.h"
#include "solver/engines/natural.h"
#include "solver/rooms.h"
#include "solver/rooms_bound.h"
#include "solver/rooms_divide.h"
#include "solver/rooms_choice.h"

enum { DISTRICTS = 100, SCHOOLS = 3, ZONES = 2, GROUPS = 2 };

static int64_t draw(uint64_t *state, int64_t n)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)(*state >> 33) % n;
}

/* --- which choices are legal ----------------------------------------------------------------- */

/* A school of grades 1 to n with `classrooms`; class_size.max is 10. */
static void open_school(struct small *small, int64_t classrooms, const int64_t *sections,
			const int64_t *enrolled, const int64_t *most, int n)
{
	small_open(small, 1, 1, 1);
	small_set(small, "sections", "free");
	small_set(small, "class_size.max", "10");
	small->district.schools[0].classrooms = classrooms;
	for (int i = 0; i < n; i++) {
		small_offering(small, 0, 1 + i, sections[i], enrolled[i]);
		small->district.offerings[i].sections_max = most[i];
	}
}

static void expect_start(int64_t classrooms, const int64_t *sections, const int64_t *enrolled,
			 const int64_t *most, const int64_t *want)
{
	struct small small;
	struct rooms rooms;
	int64_t start[3];

	open_school(&small, classrooms, sections, enrolled, most, 3);
	rooms_make(&small.district.arena, &small.district, &rooms);
	rooms_start(&rooms, start);
	for (int i = 0; i < 3; i++)
		cr_expect_eq(start[i], want[i], "grade %d: %lld", 1 + i, (long long)start[i]);
	cr_expect(rooms_legal(&rooms, start));
	small_close(&small);
}

#define ALL(...) (const int64_t[]){__VA_ARGS__}
#define ANY ALL(NOT_GIVEN, NOT_GIVEN, NOT_GIVEN)

Test(rooms, start_from_the_sections_as_given)
{
	expect_start(6, ALL(1, 2, 3), ALL(0, 0, 0), ANY, ALL(1, 2, 3));
	expect_start(8, ALL(1, 2, 3), ALL(0, 0, 0), ANY, ALL(3, 2, 3)); /* the lowest of equals */
	expect_start(4, ALL(1, 3, 3), ALL(0, 0, 0), ANY, ALL(1, 2, 1)); /* the highest gives first */
	expect_start(6, ALL(1, 2, 3), ALL(21, 0, 0), ANY, ALL(3, 2, 1)); /* 21 need 3 */
	expect_start(9, ALL(2, 2, 2), ALL(0, 0, 0), ALL(2, 2, NOT_GIVEN), ALL(2, 2, 5));
}

/* Rooms are left empty where sections_max lets no more be opened; those who stay may need more than
 * there are, and more than sections_max. */
Test(rooms, start_where_there_is_no_choice)
{
	expect_start(9, ALL(0, 0, 0), ALL(0, 0, 0), ALL(2, 1, 3), ALL(2, 1, 3));
	expect_start(4, ALL(2, 2, 0), ALL(30, 11, 0), ANY, ALL(3, 2, 0));
	expect_start(6, ALL(2, 2, 2), ALL(30, 0, 0), ALL(1, 1, 2), ALL(3, 1, 2));
}

Test(rooms, legal_choices)
{
	struct small small;
	struct rooms rooms;

	open_school(&small, 6, ALL(2, 2, 2), ALL(11, 0, 0), ALL(3, 3, NOT_GIVEN), 3);
	rooms_make(&small.district.arena, &small.district, &rooms);
	cr_expect(rooms_legal(&rooms, ALL(2, 0, 4)));
	cr_expect(rooms_legal(&rooms, ALL(3, 3, 0)));
	cr_expect_not(rooms_legal(&rooms, ALL(1, 3, 2)), "11 do not fit in one class");
	cr_expect_not(rooms_legal(&rooms, ALL(2, 4, 0)), "above sections_max");
	cr_expect_not(rooms_legal(&rooms, ALL(2, 2, 1)), "a room is left empty");
	cr_expect_not(rooms_legal(&rooms, ALL(2, 2, 3)), "there is no such room");
	small_close(&small);
}

Test(rooms, only_schools_with_classrooms_divide_them)
{
	struct small small;
	struct rooms rooms;

	open_school(&small, 0, ALL(2, 2, 2), ALL(0, 0, 0), ANY, 3);
	rooms_make(&small.district.arena, &small.district, &rooms);
	cr_expect_eq(rooms.n_schools, 0);
	cr_expect_not(rooms_legal(&rooms, ALL(1, 3, 2)));
	small.district.schools[0].classrooms = 6;
	small_set(&small, "sections", "fixed");
	rooms_make(&small.district.arena, &small.district, &rooms);
	cr_expect_not(rooms_legal(&rooms, ALL(1, 3, 2)));
	small_close(&small);
}

Test(rooms, a_view_leaves_the_district_as_it_is)
{
	struct small small;
	struct district view;

	open_school(&small, 6, ALL(2, 2, 2), ALL(0, 0, 0), ANY, 3);
	rooms_view(&small.district.arena, &small.district, ALL(4, 0, 2), &view);
	cr_expect_eq(view.offerings[0].sections, 4);
	cr_expect_eq(view.offerings[1].sections, 0);
	cr_expect_eq(small.district.offerings[0].sections, 2);
	cr_expect_eq(view.schools, small.district.schools);
	small_close(&small);
}

/* --- one school's division ------------------------------------------------------------------- */

/* What rooms_divide minimises, the classes dealt out one by one. */
static void costs_of(const struct settings *settings, int64_t load, int64_t m, int64_t size,
		     int64_t *cost)
{
	int64_t left = load < m * settings->class_max ? load : m * settings->class_max;

	cost[0] += load - left;
	for (int64_t i = 0; i < m; i++) {
		int64_t pupils = (left + m - 1 - i) / m;

		cost[1] += pupils >= settings->class_oversized;
		cost[2] += pupils >= settings->class_large;
	}
	cost[3] += load > m * size ? load - m * size : 0;
	cost[4] += m > 0 ? load * load / m : 0;
}

static int compare(const int64_t *a, const int64_t *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

static void expect_division(uint64_t seed)
{
	struct small small;
	struct rooms rooms;
	uint64_t state = seed;
	int64_t loads[3], made[3], try[3], got[5] = {0}, best[5];
	bool found = false;

	open_school(&small, 1 + draw(&state, 9), ALL(1, 1, 1),
		    ALL(draw(&state, 25), draw(&state, 12), 0),
		    ALL(NOT_GIVEN, draw(&state, 6), 1 + draw(&state, 4)), 3);
	small_set(&small, "class_size.large", "6");
	small_set(&small, "class_size.oversized", "8");
	for (int i = 0; i < 3; i++) {
		small.district.offerings[i].class_size = 4 + draw(&state, 3);
		loads[i] = small.district.offerings[i].enrolled + draw(&state, 40);
	}
	rooms_make(&small.district.arena, &small.district, &rooms);
	rooms_start(&rooms, made);
	rooms_divide(&rooms, 0, loads, made);
	cr_assert(rooms_legal(&rooms, made), "school %llu", (unsigned long long)seed);
	for (int i = 0; i < 3; i++)
		costs_of(&small.district.settings, loads[i], made[i],
			 small.district.offerings[i].class_size, got);
	for (try[0] = 0; try[0] < 12; try[0]++)
		for (try[1] = 0; try[1] < 12; try[1]++)
			for (try[2] = 0; try[2] < 12; try[2]++) {
				int64_t cost[5] = {0};

				if (!rooms_legal(&rooms, try))
					continue;
				for (int i = 0; i < 3; i++)
					costs_of(&small.district.settings, loads[i], try[i],
						 small.district.offerings[i].class_size, cost);
				if (!found || compare(cost, best, 5) < 0)
					memcpy(best, cost, sizeof best);
				found = true;
			}
	cr_assert(found);
	cr_expect_eq(compare(got, best, 5), 0, "school %llu", (unsigned long long)seed);
	small_close(&small);
}

Test(rooms, a_division_is_best_for_its_loads)
{
	for (uint64_t seed = 1; seed <= 300; seed++)
		expect_division(seed);
}

/* --- whole districts ------------------------------------------------------------------------- */

static void draw_schools(struct small *small, uint64_t *state)
{
	bool caps = draw(state, 3) == 0, needs = draw(state, 3) == 0;

	for (size_t s = 0; s < SCHOOLS; s++) {
		struct school *school = &small->district.schools[s];

		school->classrooms = s + 1 < SCHOOLS ? 1 + draw(state, 4) : draw(state, 3);
		for (int grade = 4; grade <= 5 + (s == 0); grade++) {
			small_offering(small, s, grade, draw(state, 3),
				       draw(state, 3) ? 0 : draw(state, 7));
			if (draw(state, 4) == 0)
				small->district.offerings[small->district.n_offerings - 1]
					.sections_max = draw(state, 3);
		}
		if (caps && s == 0)
			school->max_pupils = school->enrolled + draw(state, 9);
		school->beds = needs ? draw(state, 4) : 0;
	}
	if (needs)
		small->district.groups[1].need = NEED_BOARDING;
}

static void draw_zones(struct small *small, uint64_t *state)
{
	for (size_t z = 0; z < ZONES; z++) {
		for (size_t s = 0; s < SCHOOLS; s++)
			small_metres(small, z, s, (int32_t)(500 + draw(state, 40) * 100));
		for (int grade = 4; grade <= 6; grade++)
			for (size_t g = 0; g < GROUPS; g++)
				if (draw(state, 2 + (int64_t)g))
					small_cell(small, z, grade, g, 1 + draw(state, 8));
	}
	if (small->district.n_cells == 0)
		small_cell(small, 0, 4, 0, 3);
}

static void draw_district(struct small *small, uint64_t seed)
{
	static const char *const objectives[] = {
		"unplaced; oversized_classes; large_classes; far; travel_km + 3 over_standard",
		"unplaced; oversized_classes; large_classes; far; travel_km + 3 over_standard",
		"unplaced + 0.5 far; 2 oversized_classes + large_classes; over_standard + travel_km",
		"over_standard + 2 unplaced; travel_km",
	};
	uint64_t state = seed * 77 + 1;

	small_open(small, ZONES, SCHOOLS, GROUPS);
	small_set(small, "sections", "free");
	small_set(small, "class_size.primary", "3");
	small_set(small, "class_size.large", "4");
	small_set(small, "class_size.oversized", draw(&state, 2) ? "5" : "7");
	small_set(small, "class_size.max", draw(&state, 4) ? "6" : "3");
	small_set(small, "objective", objectives[draw(&state, 4)]);
	small_set(small, "whole_zones", draw(&state, 6) ? "no" : "yes");
	if (draw(&state, 5) == 0)
		small->district.groups[1].max_share = NANO / 2;
	draw_schools(small, &state);
	draw_zones(small, &state);
}

/* Of the districts: how many choices there were, and how often the search alone found a best
 * one, and with its choice polished. */
struct tally {
	size_t choices, found, polished;
};

/* The walk over all choices of rooms. */
struct walk {
	struct arena *arena;
	const struct small *small;
	const struct rooms *rooms;
	const struct level_scale *levels;
	struct diags *diags;
	int64_t sections[SMALL_ROOM], best[8];
	size_t n_levels, choices;
};

/* The exact levels of a choice. */
static void solve_choice(const struct walk *walk, const int64_t *sections, int64_t *values)
{
	struct district view;
	struct program program;
	struct solution solution;

	rooms_view(walk->arena, &walk->small->district, sections, &view);
	program_make(walk->arena, &view, &walk->small->distances, walk->levels, &program);
	cr_assert_eq(solve(walk->arena, &program, true, &solution, walk->diags), 0);
	for (size_t k = 0; k < walk->n_levels; k++) {
		values[k] = solution.levels[k].value;
		cr_assert_eq(solution.levels[k].bound, values[k]);
	}
}

static void try_choice(struct walk *walk)
{
	int64_t values[8];

	if (!rooms_legal(walk->rooms, walk->sections))
		return;
	solve_choice(walk, walk->sections, values);
	if (walk->choices++ == 0 || compare(values, walk->best, walk->n_levels) < 0)
		memcpy(walk->best, values, sizeof values);
}

static void try_all(struct walk *walk, size_t offering)
{
	if (offering == walk->small->district.n_offerings) {
		try_choice(walk);
		return;
	}
	for (int64_t m = walk->rooms->least[offering]; m <= walk->rooms->most[offering]; m++) {
		walk->sections[offering] = m;
		try_all(walk, offering + 1);
	}
}

static void expect_bounds(struct walk *walk, const struct program *most, uint64_t seed)
{
	int64_t bounds[8];

	rooms_bound(most, walk->rooms, walk->best, ROOMS_BOUND_STEPS, bounds);
	for (size_t k = 0; k < walk->n_levels; k++)
		cr_expect_leq(bounds[k], walk->best[k], "district %llu, level %zu",
			      (unsigned long long)seed, k + 1);
}

static void expect_natural(struct walk *walk, uint64_t seed)
{
	struct natural solved;

	cr_assert_eq(natural_solve(walk->arena, &walk->small->district, &walk->small->distances,
				   0, &solved, walk->diags), 0);
	for (size_t k = 0; k < walk->n_levels; k++)
		cr_expect_eq(solved.levels[k].value, walk->best[k],
			     "district %llu, level %zu: GLPK %lld, tried %lld",
			     (unsigned long long)seed, k + 1, (long long)solved.levels[k].value,
			     (long long)walk->best[k]);
	cr_expect(solved.optimal);
	cr_expect(rooms_legal(walk->rooms, solved.sections));
}

static void expect_solved(struct walk *walk, const struct program *most, uint64_t seed)
{
	struct rooms_solution made;
	int64_t sections[SMALL_ROOM];

	cr_assert_eq(rooms_solve(walk->arena, walk->rooms, most, &made, walk->diags), 0);
	for (size_t k = 0; k < walk->n_levels; k++) {
		const struct level_result *level = &made.solution.levels[k];

		cr_expect_eq(level->value, walk->best[k],
			     "district %llu, level %zu: solved %lld, tried %lld",
			     (unsigned long long)seed, k + 1, (long long)level->value,
			     (long long)walk->best[k]);
		cr_expect_eq(level->bound, level->value, "district %llu, level %zu",
			     (unsigned long long)seed, k + 1);
	}
	for (size_t i = 0; i < walk->small->district.n_offerings; i++)
		sections[i] = made.opened.offerings[i].sections;
	cr_expect(rooms_legal(walk->rooms, sections));
	cr_expect_eq(audit_rooms(&walk->small->district, &made.opened, &audit_nowhere,
				 walk->diags), 0);
}

/* Prices over all pairs bear out the relaxation's own flow: weak duality is tight. */
static void expect_dual(struct walk *walk, const struct program *most, const int64_t *sections)
{
	bool grades[LAST_GRADE + 1];
	struct room_network *network;
	int64_t weights[8], values[8];
	room_value cost = 0;

	memset(grades, 1, sizeof grades);
	network = room_network_open(most, walk->rooms, grades, sections);
	room_network_order(network, walk->n_levels - 1, NULL, weights);
	room_network_weigh(network, weights);
	cr_assert_eq(room_network_solve(network, true), 0);
	room_network_values(network, values);
	for (size_t k = 0; k < walk->n_levels; k++)
		cost += (room_value)weights[k] * values[k];
	cr_expect(room_network_bound(network) == cost);
	room_network_close(network);
}

/* What the search finds is legal, and its measures are bounds where it says so. Polishing makes
 * nothing worse. Counts the best choices. */
static void expect_found(struct walk *walk, const struct program *most, struct tally *tally)
{
	struct room_choosing choosing = {walk->arena, &walk->small->district, walk->rooms, most,
				    walk->diags};
	struct rooms_found found;
	struct room_choice polished;
	int64_t start[SMALL_ROOM], values[8];

	rooms_search(walk->arena, most, walk->rooms, &found);
	cr_assert(rooms_legal(walk->rooms, found.sections));
	cr_expect_leq(compare(found.values, found.start, walk->n_levels), 0);
	rooms_start(walk->rooms, start);
	solve_choice(walk, start, values);
	cr_expect_leq(compare(found.start, values, found.start_levels), 0);
	solve_choice(walk, found.sections, values);
	tally->found += compare(values, walk->best, walk->n_levels) == 0;
	cr_assert_eq(room_choice_solve(&choosing, found.sections, &polished), 0);
	cr_expect_eq(compare(polished.values, values, walk->n_levels), 0);
	cr_assert_eq(room_choice_polish(&choosing, &found, &polished), 0);
	cr_expect_leq(compare(polished.values, values, walk->n_levels), 0);
	cr_expect(rooms_legal(walk->rooms, polished.sections));
	tally->polished += compare(polished.values, walk->best, walk->n_levels) == 0;
}

static void expect_best(uint64_t seed, struct tally *tally)
{
	struct small small;
	struct rooms rooms;
	struct district widest;
	struct program most;
	struct diags diags;
	struct arena *arena = &small.district.arena;
	struct walk walk = {.arena = arena, .small = &small, .rooms = &rooms, .diags = &diags};

	diag_open(&diags, stderr);
	draw_district(&small, seed);
	rooms_make(arena, &small.district, &rooms);
	rooms_most_view(arena, &rooms, &widest);
	walk.levels = level_scales_make(arena, &widest, 10000, &diags);
	walk.n_levels = small.district.settings.levels.n_levels;
	program_make(arena, &widest, &small.distances, walk.levels, &most);
	try_all(&walk, 0);
	cr_assert_gt(walk.choices, 0);
	expect_bounds(&walk, &most, seed);
	if (!small.district.settings.whole_zones) {
		expect_dual(&walk, &most, NULL);
		expect_dual(&walk, &most, rooms.least);
	}
	expect_found(&walk, &most, tally);
	tally->choices += walk.choices;
	expect_natural(&walk, seed);
	expect_solved(&walk, &most, seed);
	small_close(&small);
}

Test(rooms, no_other_choice_is_better)
{
	struct tally tally = {0, 0, 0};

	for (uint64_t seed = 1; seed <= DISTRICTS; seed++)
		expect_best(seed, &tally);
	cr_expect_gt(tally.choices, 10 * DISTRICTS, "%zu choices", tally.choices);
	/* The search is no proof: it finds three in four, and nine in ten when polished. */
	cr_expect_geq(4 * tally.found, 3 * DISTRICTS, "%zu found", tally.found);
	cr_expect_geq(10 * tally.polished, 9 * DISTRICTS, "%zu polished", tally.polished);
}
