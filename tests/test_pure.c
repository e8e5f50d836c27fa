/* A block's network: levels in one number or in groups, and the pairs that are priced out. */
#include "chance.h"
#include "small_district.h"

#include "models/program.h"
#include "models/routes.h"
#include "solver/engines/flow.h"
#include "solver/engines/pure.h"

enum { DISTRICTS = 150, ZONES = 6, SCHOOLS = 4 };

static uint64_t state;

static int64_t draw(int64_t n)
{
	return chance(&state, n);
}

struct made {
	struct small small;
	struct program program;
	struct block block;
};

/* Six zones, four schools with a class or two, mostly tight; ways of 0 to 7 km. */
static void open_made(struct made *made, const char *objective)
{
	struct small *small = &made->small;
	struct level_scale *levels;
	struct diags diags;

	diag_open(&diags, stderr);
	small_open(small, ZONES, SCHOOLS, 2);
	small_set(small, "objective", objective);
	small->district.groups[1].weight = 3 * NANO / 2;
	for (size_t s = 0; s < SCHOOLS; s++)
		small_offering(small, s, 1, 1 + draw(2), draw(20));
	for (size_t z = 0; z < ZONES; z++) {
		for (size_t s = 0; s < SCHOOLS; s++)
			small_metres(small, z, s, (int32_t)(500 * draw(15)));
		small_cell(small, z, 1, 0, 1 + draw(50));
		small_cell(small, z, 1, 1, 1 + draw(30));
	}
	levels = level_scales_make(&small->district.arena, &small->district,
				   distances_longest(&small->distances), &diags);
	cr_assert_not_null(levels);
	program_make(&small->district.arena, &small->district, &small->distances, levels,
		     &made->program);
	made->block = (struct block){.program = &made->program};
	made->block.active = arena_array(&small->district.arena, made->program.n_sides + 1, 1);
	made->block.grades[1] = true;
}

/* The optimum of every level with so much room for one number; returns how many groups it took. */
static size_t solve_within(struct made *made, int64_t most_cost, double *optimum)
{
	struct flows flows = {0};
	struct pure *pure;
	size_t groups;

	made->block.most_cost = most_cost;
	pure = pure_open(&made->block);
	cr_assert_not_null(pure);
	cr_assert_eq(pure_solve(pure), PURE_DONE);
	pure_flows(pure, &flows);
	pure_optimum(pure, &flows, optimum);
	groups = pure_groups(pure);
	flows_free(&flows);
	pure_close(pure);
	return groups;
}

/* With the default levels, whose slopes need large numbers, and with fewer, which one number holds:
 * what 2^40, 2^32 and 10^8 hold takes more groups and finds the same. */
Test(pure, groups_of_levels_find_what_one_number_finds)
{
	static const int64_t most[] = {INT64_C(1) << 40, INT64_C(1) << 32, 100000000};
	static const char *const objectives[] = {
		"unplaced; oversized_classes; large_classes; far; travel_km + 3 over_standard",
		"unplaced; far; travel_km + 3 over_standard"};
	size_t more = 0;

	state = 31;
	for (size_t i = 0; i < DISTRICTS; i++) {
		struct made made;
		double one[5] = {0}, apart[5] = {0};
		size_t groups;

		open_made(&made, objectives[i % 2]);
		groups = solve_within(&made, 0, one);
		cr_assert(i % 2 == 0 || groups == 1);
		for (size_t m = 0; m < 3; m++) {
			more += solve_within(&made, most[m], apart) > groups;
			for (size_t k = 0; k < 5; k++)
				cr_assert_float_eq(apart[k], one[k], 1e-9, "district %zu", i);
		}
		small_close(&made.small);
	}
	cr_assert_gt(more, DISTRICTS);
}

/* Ten levels do not fit one number: the program splits them by itself. */
Test(pure, many_levels_fall_into_groups)
{
	struct made made;
	double optimum[16];

	state = 37;
	open_made(&made, "unplaced; far; travel_km; 2 far; 3 travel_km; 4 far; 5 travel_km; "
			 "6 far; 7 travel_km; over_standard");
	cr_assert_gt(solve_within(&made, 0, optimum), 1);
	small_close(&made.small);
}

struct listing {
	const struct pure *pure;
	bool told[2 * ZONES][SCHOOLS];
};

static void take(void *context, size_t batch, size_t station, int64_t cost)
{
	struct listing *listing = context;

	cr_assert_geq(cost + network_station_price(pure_network(listing->pure), station),
		      network_batch_price(pure_network(listing->pure), batch));
	listing->told[batch][station] = true;
}

/* Every pair is a lane, or is told when the gap is wide enough. */
Test(pure, tells_the_pairs_within_a_gap)
{
	state = 41;
	for (size_t i = 0; i < DISTRICTS / 5; i++) {
		struct made made;
		struct listing all = {0}, few = {0};
		struct pure *pure;

		open_made(&made, "unplaced; travel_km");
		pure = pure_open(&made.block);
		pure_solve(pure);
		all.pure = few.pure = pure;
		pure_pairs_within(pure, INT64_MAX / 16, take, &all);
		pure_pairs_within(pure, 1000, take, &few);
		for (size_t b = 0; b < network_n_batches(pure_network(pure)); b++)
			for (size_t s = 0; s < network_n_stations(pure_network(pure)); s++) {
				cr_assert(all.told[b][s] !=
					  network_has_lane(pure_network(pure), b, s));
				cr_assert(!few.told[b][s] || all.told[b][s]);
			}
		pure_close(pure);
		small_close(&made.small);
	}
}
