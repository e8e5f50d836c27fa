/* Zones that stay whole: the engine against every assignment there is, and its parts alone. */
#include <string.h>

#include "small_district.h"

#include "inputs/base/memory.h"
#include "models/program.h"
#include "models/scale.h"
#include "solver/engines/guard.h"
#include "solver/engines/whole_relax.h"
#include "solver/solve.h"

enum { MOST_SCHOOLS = 4, MOST_LUMPS = 9, DISTRICTS = 200 };

#define USUAL "unplaced; oversized_classes; large_classes; far; travel_km + 3 over_standard"

static const char *const objectives[] = {
	USUAL,
	USUAL,
	"unplaced; travel_km",
	"large_classes + 0.5 far; unplaced + 0.25 over_standard; travel_km",
	"travel_km + 20 unplaced",
	"unplaced + far; 2 oversized_classes + large_classes; over_standard; travel_km",
};

enum { N_OBJECTIVES = sizeof objectives / sizeof *objectives };

static int64_t draw(uint64_t *state, int64_t n)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)(*state >> 33) % n;
}

/* --- districts by chance ---------------------------------------------------------------------- */

/* Seats are short, or just enough. */
static void draw_schools(struct small *small, uint64_t *state, size_t grades)
{
	for (size_t s = 0; s < small->district.n_schools; s++)
		for (size_t g = 0; g < grades; g++)
			small_offering(small, s, 4 + (int)g, 1 + draw(state, 3),
				       draw(state, 2) ? draw(state, 6) : 0);
}

static void draw_zones(struct small *small, uint64_t *state, size_t grades)
{
	struct district *district = &small->district;

	for (size_t z = 0; z < district->n_zones; z++) {
		for (size_t s = 0; s < district->n_schools; s++)
			small_metres(small, z, s, (int32_t)(500 + draw(state, 60) * 100));
		for (size_t g = 0; g < grades; g++)
			for (size_t k = 0; k < district->n_groups; k++)
				if (k == 0 || draw(state, 2))
					small_cell(small, z, 4 + (int)g, k, 1 + draw(state, 5));
	}
}

/* One grade of up to six zones, or two grades of three. */
static void draw_district(struct small *small, uint64_t seed, const char *objective)
{
	uint64_t state = seed * 0x9e3779b97f4a7c15u;
	size_t grades = 1 + (size_t)draw(&state, 2);

	small_open(small, grades == 2 ? 3 : 4 + (size_t)draw(&state, 3),
		   2 + (size_t)draw(&state, 2), 1 + (size_t)draw(&state, 2));
	small_set(small, "class_size.primary", "3");
	small_set(small, "class_size.large", "4");
	small_set(small, "class_size.oversized", "6");
	small_set(small, "class_size.max", "7");
	small_set(small, "whole_zones", "yes");
	small_set(small, "objective", objective);
	draw_schools(small, &state, grades);
	if (small->district.n_groups > 1) {
		small->district.groups[1].weight = NANO * (1 + draw(&state, 4)) / 2;
		small->district.groups[1].limit_km = 4 * NANO;
		small->district.groups[1].public_only = draw(&state, 4) == 0;
	}
	small->district.schools[0].ownership = draw(&state, 3) ? OWNERSHIP_PUBLIC
							       : OWNERSHIP_PRIVATE;
	draw_zones(small, &state, grades);
}

/* --- every assignment ------------------------------------------------------------------------- */

__extension__ typedef __int128 wide;

/* All pupils of a zone and grade. */
struct together {
	size_t zone;
	int grade;
	int64_t pupils;
};

struct walk {
	const struct small *small;
	const struct district *district;
	struct together lumps[MOST_LUMPS];
	size_t n, school[MOST_LUMPS]; /* n_schools: unplaced */
	wide best[8];
	bool found;
};

static void list_lumps(struct walk *walk)
{
	for (size_t c = 0; c < walk->district->n_cells; c++) {
		const struct cell *cell = &walk->district->cells[c];
		size_t i = 0;

		while (i < walk->n && (walk->lumps[i].zone != cell->zone ||
				       walk->lumps[i].grade != cell->grade))
			i++;
		if (i == walk->n)
			walk->lumps[walk->n++] = (struct together){cell->zone, cell->grade, 0};
		walk->lumps[i].pupils += cell->pupils;
	}
}

static bool is_of(const struct together *lump, const struct cell *cell)
{
	return cell->zone == lump->zone && cell->grade == lump->grade;
}

static bool may_go(const struct walk *walk, size_t lump, size_t school)
{
	const struct district *district = walk->district;

	for (size_t c = 0; school < district->n_schools && c < district->n_cells; c++)
		if (is_of(&walk->lumps[lump], &district->cells[c]) &&
		    district->groups[district->cells[c].group].public_only &&
		    district->schools[school].ownership == OWNERSHIP_PRIVATE)
			return false;
	return true;
}

static int64_t sent_to(const struct walk *walk, const struct offering *offering)
{
	int64_t pupils = 0;

	for (size_t i = 0; i < walk->n; i++)
		if (walk->school[i] == offering->school &&
		    walk->lumps[i].grade == offering->grade)
			pupils += walk->lumps[i].pupils;
	return pupils;
}

/* Classes of so many and more, the pupils dealt out one by one. */
static int64_t classes(int64_t load, int64_t sections, int64_t least)
{
	int64_t n = 0;

	for (int64_t i = 0; i < sections; i++)
		n += (load + sections - 1 - i) / sections >= least;
	return n;
}

static void count_offering(const struct walk *walk, const struct offering *at, wide *terms)
{
	const struct settings *settings = &walk->district->settings;
	int64_t load = at->enrolled + sent_to(walk, at);
	int64_t over = load - at->sections * at->class_size;

	terms[TERM_LARGE_CLASSES] += classes(load, at->sections, settings->class_large);
	terms[TERM_OVERSIZED_CLASSES] += classes(load, at->sections, settings->class_oversized);
	terms[TERM_OVER_STANDARD] += over > 0 ? over : 0;
}

/* Nano-units. */
static void count_cells(const struct walk *walk, wide *terms)
{
	const struct district *district = walk->district;

	for (size_t i = 0; i < walk->n; i++)
		for (size_t c = 0; c < district->n_cells; c++) {
			const struct cell *cell = &district->cells[c];
			const struct group *group = &district->groups[cell->group];
			int64_t limit = group->limit_km == NOT_GIVEN
						? district->settings.limit_primary
						: group->limit_km;
			int64_t metres;

			if (!is_of(&walk->lumps[i], cell))
				continue;
			if (walk->school[i] == district->n_schools) {
				terms[TERM_UNPLACED] += (wide)cell->pupils * group->weight;
				continue;
			}
			metres = distance_metres(&walk->small->distances, cell->zone,
						 walk->school[i]);
			terms[TERM_TRAVEL_KM] += (wide)cell->pupils * metres * (NANO / 1000);
			terms[TERM_FAR] += metres * (NANO / 1000) > limit
						   ? (wide)cell->pupils * NANO
						   : 0;
		}
}

static void judge(struct walk *walk)
{
	const struct district *district = walk->district;
	const struct objective *levels = &district->settings.levels;
	wide terms[TERM_COUNT] = {0};
	bool better = !walk->found;

	for (size_t i = 0; i < district->n_offerings; i++) {
		const struct offering *at = &district->offerings[i];
		int64_t sent = sent_to(walk, at);

		if (sent > 0 &&
		    at->enrolled + sent > at->sections * district->settings.class_max)
			return;
		count_offering(walk, at, terms);
	}
	terms[TERM_LARGE_CLASSES] *= NANO;
	terms[TERM_OVERSIZED_CLASSES] *= NANO;
	terms[TERM_OVER_STANDARD] *= NANO;
	count_cells(walk, terms);
	for (size_t k = 0; k < levels->n_levels; k++) {
		wide value = 0;

		for (int t = 0; t < TERM_COUNT; t++)
			value += terms[t] * levels->levels[k].factor[t];
		if (!better && value > walk->best[k])
			return;
		better |= value < walk->best[k];
		walk->best[k] = value;
	}
	walk->found = true;
}

static void assign(struct walk *walk, size_t lump)
{
	if (lump == walk->n) {
		judge(walk);
		return;
	}
	for (size_t s = 0; s <= walk->district->n_schools; s++) {
		walk->school[lump] = s;
		if (may_go(walk, lump, s))
			assign(walk, lump + 1);
	}
}

static void list_all(struct walk *walk, const struct small *small)
{
	*walk = (struct walk){.small = small, .district = &small->district};
	list_lumps(walk);
	assign(walk, 0);
}

static wide in_units(const struct level_result *level, int64_t value)
{
	wide units = value;

	for (int i = level->digits; i < 18; i++)
		units *= 10;
	return units;
}

/* --- the whole engine ------------------------------------------------------------------------- */

static void make_program(struct small *small, struct program *program, struct diags *diags)
{
	struct arena *arena = &small->district.arena;
	struct level_scale *levels;

	diag_open(diags, stderr);
	levels = level_scales_make(arena, &small->district, 10000, diags);
	cr_assert_not_null(levels);
	program_make(arena, &small->district, &small->distances, levels, program);
}

static void expect_best(uint64_t seed)
{
	struct small small;
	struct walk walk;
	struct program program;
	struct solution solution;
	struct diags diags;

	draw_district(&small, seed, objectives[seed % N_OBJECTIVES]);
	list_all(&walk, &small);
	make_program(&small, &program, &diags);
	cr_assert_eq(solve(&small.district.arena, &program, true, &solution, &diags), 0);
	for (size_t k = 0; k < program.n_levels; k++) {
		const struct level_result *level = &solution.levels[k];

		cr_assert(in_units(level, level->value) == walk.best[k],
			  "district %zu, level %zu: solved %.9g, listed %.9g", (size_t)seed, k + 1,
			  (double)in_units(level, level->value) / 1e18,
			  (double)walk.best[k] / 1e18);
		cr_assert_eq(level->bound, level->value, "district %zu, level %zu: bound %lld",
			     (size_t)seed, k + 1, (long long)level->bound);
	}
	small_close(&small);
}

Test(whole, finds_the_best_of_all_assignments)
{
	for (uint64_t seed = 1; seed <= DISTRICTS; seed++)
		expect_best(seed);
}

/* Grade 4 of a drawn district, as the engine sees it: levels weighed, all ways near. */
struct seen {
	struct small small;
	struct program program;
	struct block block;
	struct diags diags;
	struct whole *whole;
};

static void see(struct seen *seen, uint64_t seed, const char *objective)
{
	draw_district(&seen->small, seed, objective);
	make_program(&seen->small, &seen->program, &seen->diags);
	seen->block = (struct block){.program = &seen->program};
	seen->block.grades[4] = true;
	seen->whole = whole_open(&seen->block);
	whole_weigh(seen->whole, seen->program.n_levels - 1);
	seen->whole->overload = INT64_C(1) << 40;
}

static void close_seen(struct seen *seen)
{
	whole_close(seen->whole);
	small_close(&seen->small);
}

/* Each lump somewhere, as far as there is room. */
static struct layout *draw_layout(const struct seen *seen, uint64_t *state)
{
	const struct whole *whole = seen->whole;
	struct layout *layout = layout_new(whole);

	for (size_t i = 0; i < whole->n_lumps; i++)
		if (whole->lumps[i].n_ways > 0 && draw(state, 6) > 0)
			layout->way[i] = (uint32_t)draw(state, (int64_t)whole->lumps[i].n_ways);
	layout_count(whole, layout);
	layout_repair(whole, layout);
	return layout;
}

/* The least cost when the lumps from `lump` on that are at a or b are split between these. */
static int64_t least_split(const struct whole *whole, struct layout *layout, size_t lump, size_t a,
			   size_t b)
{
	int64_t least = INT64_MAX;
	uint32_t before;
	size_t at;

	if (lump == whole->n_lumps)
		return layout_fits(whole, layout) ? layout->cost : INT64_MAX;
	at = whole_station(whole, layout, lump);
	if (at != a && at != b)
		return least_split(whole, layout, lump + 1, a, b);
	before = layout->way[lump];
	for (int i = 0; i < 2; i++) {
		uint32_t way = whole_way_to(whole, lump, i ? b : a);
		int64_t here;

		if (way == NO_WAY)
			continue;
		layout_move(whole, layout, lump, way);
		here = least_split(whole, layout, lump + 1, a, b);
		least = here < least ? here : least;
	}
	layout_move(whole, layout, lump, before);
	return least;
}

Test(whole, no_pair_of_stations_can_be_split_better)
{
	size_t better = 0;

	for (uint64_t seed = 1; seed <= DISTRICTS; seed++) {
		uint64_t state = seed;
		struct seen seen;
		struct layout *layout;
		int64_t before;

		see(&seen, seed, objectives[seed % N_OBJECTIVES]);
		layout = draw_layout(&seen, &state);
		before = layout->cost;
		whole_pairs(seen.whole, layout);
		cr_assert(layout_fits(seen.whole, layout));
		cr_assert_leq(layout->cost, before);
		better += layout->cost < before;
		for (size_t a = 0; a < seen.whole->n_stations; a++)
			for (size_t b = a + 1; b < seen.whole->n_stations; b++)
				cr_assert_eq(least_split(seen.whole, layout, 0, a, b),
					     layout->cost, "district %zu", (size_t)seed);
		layout_free(layout);
		close_seen(&seen);
	}
	cr_assert_gt(better, DISTRICTS / 2, "%zu became better", better);
}

Test(whole, annealing_never_ends_worse_than_it_began)
{
	size_t better = 0;

	for (uint64_t seed = 1; seed <= DISTRICTS; seed++) {
		uint64_t state = seed;
		struct seen seen;
		struct layout *layout;
		struct cooling cooling;
		int64_t before;

		see(&seen, seed, objectives[seed % N_OBJECTIVES]);
		layout = draw_layout(&seen, &state);
		before = layout->cost;
		cooling = (struct cooling){(double)before + 1, (double)before / 2 + 1, 2000};
		whole_anneal(seen.whole, layout, &cooling);
		cr_assert(layout_fits(seen.whole, layout));
		cr_assert_leq(layout->cost, before, "district %zu", (size_t)seed);
		better += layout->cost < before;
		before = layout->cost;
		layout_count(seen.whole, layout);
		cr_assert_eq(layout->cost, before, "what was added up is what is counted");
		layout_free(layout);
		close_seen(&seen);
	}
	cr_assert_gt(better, DISTRICTS / 3, "%zu became better", better);
}

/* --- bounds ----------------------------------------------------------------------------------- */

struct bounding {
	struct seen *seen;
	struct linear linear;
	size_t level;         /* the last one: those before are kept */
	int64_t best[4];      /* of each level, by listing */
	uint64_t seed;
};

/* The best of all layouts by weighed cost. */
static void find_best(const struct whole *whole, struct layout *layout, size_t lump,
		      struct layout *best)
{
	if (lump == whole->n_lumps) {
		if (layout_fits(whole, layout) && layout->cost < best->cost)
			layout_copy(whole, best, layout);
		return;
	}
	for (uint32_t way = 0; way <= whole->lumps[lump].n_ways; way++) {
		layout_move(whole, layout, lump,
			    way == whole->lumps[lump].n_ways ? NO_WAY : way);
		find_best(whole, layout, lump + 1, best);
	}
}

static void list_best(struct bounding *here)
{
	const struct seen *seen = here->seen;
	struct layout *layout = layout_new(seen->whole), *best = layout_new(seen->whole);
	struct flows flows = {0};

	layout_count(seen->whole, layout);
	best->cost = INT64_MAX;
	find_best(seen->whole, layout, 0, best);
	layout_to_flows(seen->whole, best, &flows);
	flows_value(&seen->block, &flows, here->best);
	flows_free(&flows);
	layout_free(layout);
	layout_free(best);
}

/* As the block does: earlier levels are kept on their faces or as rows. */
static void solve_levels(struct bounding *here)
{
	linear_start(&here->linear);
	for (size_t k = 0; k < here->level; k++) {
		cr_assert_eq(linear_solve(&here->linear, k), 0);
		if ((double)here->best[k] < here->linear.value + 1e-6)
			linear_keep_face(&here->linear, k);
		else
			linear_keep_row(&here->linear, k, here->best[k]);
	}
	cr_assert_eq(linear_solve(&here->linear, here->level), 0);
	whole_take_prices(here->seen->whole, &here->linear, here->level);
}

/* At any prices the bound holds; nothing that the best plan has is taken out. */
static int check_bounds(void *context)
{
	struct bounding *here = context;
	struct whole *whole = here->seen->whole;
	struct relaxation *relaxation;
	struct chosen *chosen;
	struct box *box;
	int64_t *reach;
	uint64_t state = here->seed;

	solve_levels(here);
	relaxation = relaxation_open(whole, &here->linear, here->level, here->best);
	chosen = chosen_new(relaxation);
	reach = memory_array(relaxation->n_pairs, sizeof *reach);
	for (int i = 0; i < 20; i++) {
		int64_t most = here->best[here->level] * relaxation->scale;

		box = box_new(relaxation);
		for (size_t j = 0; j < relaxation->n_items; j++)
			box->price[j] = draw(&state, 40000) * relaxation->scale;
		box->bound = relaxation_value(relaxation, box, chosen);
		cr_assert_leq(box->bound, most, "district %zu", (size_t)here->seed);
		relaxation_climb(relaxation, box, most - 1, 200, chosen);
		cr_assert_leq(box->bound, most, "district %zu", (size_t)here->seed);
		cr_assert_neq(relaxation_fix(relaxation, box, most, reach), SIZE_MAX);
		box->bound = relaxation_value(relaxation, box, chosen);
		cr_assert_leq(box->bound, most, "district %zu", (size_t)here->seed);
		box_free(box);
	}
	memory_free(reach);
	chosen_free(chosen);
	relaxation_close(relaxation);
	return 0;
}

/* Calls the check inside the guard, for a district whose best plan is listed. */
static void bounding(uint64_t seed, int (*check)(void *context))
{
	static const char *const objectives_here[] = {
		"travel_km + 9 unplaced + 4 large_classes + 2 over_standard",
		"unplaced; travel_km",
		"unplaced; large_classes; travel_km + 3 over_standard",
		"unplaced; far; travel_km",
	};
	struct seen seen;
	struct bounding here = {.seen = &seen, .seed = seed};
	bool *active;

	see(&seen, seed, objectives_here[seed % 4]);
	here.level = seen.program.n_levels - 1;
	list_best(&here);
	active = memory_array(seen.program.n_sides, sizeof *active);
	seen.block.active = active;
	linear_open(&here.linear, &seen.block);
	cr_assert_eq(guard_run(check, &here, &seen.diags), 0);
	linear_close(&here.linear);
	memory_free(active);
	close_seen(&seen);
}

Test(whole, bounds_hold_at_any_prices)
{
	for (uint64_t seed = 1; seed <= DISTRICTS; seed++)
		bounding(seed, check_bounds);
}

/* From any prices the climb comes to the linear bound at least (Geoffrion 1974), or above what it
 * is asked for. */
static int check_climb(void *context)
{
	struct bounding *here = context;
	struct whole *whole = here->seen->whole;
	struct relaxation *relaxation;
	struct chosen *chosen;
	struct box *box;
	uint64_t state = here->seed;
	double linear;
	int64_t most;

	solve_levels(here);
	linear = here->linear.value;
	relaxation = relaxation_open(whole, &here->linear, here->level, here->best);
	chosen = chosen_new(relaxation);
	box = box_new(relaxation);
	for (size_t i = 0; i < relaxation->n_items; i++)
		box->price[i] = draw(&state, 40000) * relaxation->scale;
	most = here->best[here->level] * relaxation->scale;
	relaxation_climb(relaxation, box, most, 1000, chosen);
	cr_assert_gt((double)box->bound / (double)relaxation->scale, linear - 1 - 1e-4 * linear,
		     "district %zu: %.3f, linear %.3f", (size_t)here->seed,
		     (double)box->bound / (double)relaxation->scale, linear);
	box_free(box);
	chosen_free(chosen);
	relaxation_close(relaxation);
	return 0;
}

Test(whole, climbs_to_the_linear_bound_from_any_prices)
{
	/* One level: with levels before it, they are kept at other values than the linear ones. */
	for (uint64_t seed = 4; seed <= 2 * DISTRICTS; seed += 4)
		bounding(seed, check_climb);
}

/* From a value that no plan has to the best plan, and no further. */
static int check_proof(void *context)
{
	struct bounding *here = context;
	size_t level = here->level;
	enum engine engine[4] = {ENGINE_LINEAR};
	int64_t value[4], bound[4] = {0};
	struct outcome outcome = {.value = value, .bound = bound, .engine = engine};

	solve_levels(here);
	memcpy(value, here->best, sizeof value);
	value[level] += 5000;
	bound[level] = INT64_MIN;
	cr_assert_eq(whole_prove(here->seen->whole, &here->linear, &outcome, level, true), 0);
	cr_assert_eq(value[level], here->best[level], "district %zu: %lld", (size_t)here->seed,
		     (long long)value[level]);
	cr_assert_eq(bound[level], here->best[level], "district %zu: bound %lld",
		     (size_t)here->seed, (long long)bound[level]);
	flows_free(&outcome.flows);
	flows_free(&outcome.safe);
	return 0;
}

Test(whole, branch_and_bound_finds_and_proves_the_best)
{
	for (uint64_t seed = 1; seed <= DISTRICTS; seed++)
		bounding(seed, check_proof);
}

/* With a gap of a tenth: what is proven holds, and is as near as was asked for. */
static int check_gap(void *context)
{
	struct bounding *here = context;
	size_t level = here->level;
	enum engine engine[4] = {ENGINE_LINEAR};
	int64_t value[4], bound[4] = {0}, best = here->best[level];
	struct outcome outcome = {.value = value, .bound = bound, .engine = engine};
	int result;

	solve_levels(here);
	here->seen->small.district.settings.gap = NANO / 10;
	memcpy(value, here->best, sizeof value);
	value[level] += value[level] / 5 + 10;
	bound[level] = INT64_MIN;
	result = whole_prove(here->seen->whole, &here->linear, &outcome, level, true);
	cr_assert_eq(result, bound[level] < value[level]);
	cr_assert_leq(bound[level], best, "district %zu", (size_t)here->seed);
	cr_assert_geq(value[level], best, "district %zu", (size_t)here->seed);
	cr_assert_leq(10 * (value[level] - bound[level]), value[level], "district %zu: %lld, %lld",
		      (size_t)here->seed, (long long)value[level], (long long)bound[level]);
	flows_free(&outcome.flows);
	flows_free(&outcome.safe);
	return 0;
}

Test(whole, stops_as_near_as_the_gap_allows)
{
	for (uint64_t seed = 1; seed <= DISTRICTS; seed++)
		bounding(seed, check_gap);
}

/* Two engines that know nothing of each other. */
Test(whole, chance_is_the_same_every_time)
{
	for (uint64_t seed = 1; seed <= DISTRICTS; seed++) {
		struct cooling cooling = {20000, 10, 300};
		struct layout *layouts[2];
		struct seen seen[2];

		for (int i = 0; i < 2; i++) {
			uint64_t state = seed;

			see(&seen[i], seed, USUAL);
			layouts[i] = draw_layout(&seen[i], &state);
			whole_anneal(seen[i].whole, layouts[i], &cooling);
		}
		for (size_t i = 0; i < seen[0].whole->n_lumps; i++)
			cr_assert_eq(layouts[0]->way[i], layouts[1]->way[i], "district %zu",
				     (size_t)seed);
		for (int i = 0; i < 2; i++) {
			layout_free(layouts[i]);
			close_seen(&seen[i]);
		}
	}
}
