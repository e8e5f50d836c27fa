/* Networks whose stations may pass units on to a hub, against GLPK's simplex: solved, repriced,
 * put back to an earlier tree, and with other units and widths. */
#include <criterion/criterion.h>
#include <math.h>

#include "inputs/base/memory.h"
#include "solver/engines/guard.h"
#include "solver/engines/network.h"

enum { BATCHES = 12, STATIONS = 7, TIERS = 3, NETWORKS = 3000 };

/* Stations from `hubs` on are hubs; a lane with cost -1 is not there. */
struct hubbed {
	size_t n_batches, n_stations, hubs;
	int64_t units[BATCHES], unplaced[BATCHES], lane[BATCHES][STATIONS];
	size_t n_tiers[STATIONS], n_over[STATIONS], hub[STATIONS];
	int64_t width[STATIONS][TIERS], cost[STATIONS][TIERS];
	int64_t over_width[STATIONS][TIERS], over_cost[STATIONS][TIERS];
	int64_t left[BATCHES];
	double optimum;
};

static uint64_t state;

static int64_t draw(int64_t n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)((state >> 33) % (uint64_t)n);
}

static void draw_costs(struct hubbed *hubbed, int64_t range)
{
	for (size_t b = 0; b < hubbed->n_batches; b++) {
		hubbed->unplaced[b] = draw(4) ? 1000 : draw(range);
		for (size_t s = 0; s < hubbed->n_stations; s++)
			hubbed->lane[b][s] = hubbed->lane[b][s] < 0 ? -1 : draw(range);
	}
	for (size_t s = 0; s < hubbed->n_stations; s++) {
		int64_t cost = 0, over = 0;

		for (size_t i = 0; i < TIERS; i++) {
			hubbed->cost[s][i] = cost += draw(range);
			hubbed->over_cost[s][i] = over += draw(range);
		}
	}
}

static void draw_widths(struct hubbed *hubbed)
{
	for (size_t b = 0; b < hubbed->n_batches; b++)
		hubbed->units[b] = draw(10);
	for (size_t s = 0; s < hubbed->n_stations; s++)
		for (size_t i = 0; i < TIERS; i++) {
			hubbed->width[s][i] = draw(8);
			hubbed->over_width[s][i] = draw(6);
		}
}

static void draw_hubbed(struct hubbed *hubbed, int64_t range)
{
	*hubbed = (struct hubbed){.n_batches = 1 + (size_t)draw(BATCHES)};
	hubbed->hubs = 1 + (size_t)draw(STATIONS - 2);
	hubbed->n_stations = hubbed->hubs + 1 + (size_t)draw(2);
	for (size_t s = 0; s < hubbed->n_stations; s++) {
		bool hub = s >= hubbed->hubs;

		hubbed->n_tiers[s] = 1 + (size_t)draw(TIERS);
		hubbed->n_over[s] = hub ? 0 : (size_t)draw(TIERS);
		hubbed->hub[s] = hubbed->hubs + (size_t)draw(2) % (hubbed->n_stations - hubbed->hubs);
		for (size_t b = 0; b < hubbed->n_batches; b++)
			hubbed->lane[b][s] = draw(hub ? 2 : 4) ? 0 : -1;
	}
	draw_widths(hubbed);
	draw_costs(hubbed, range);
}

static struct network *build(const struct hubbed *hubbed)
{
	struct network *network =
		network_open(hubbed->n_batches, hubbed->units, hubbed->n_stations);

	for (size_t s = 0; s < hubbed->n_stations; s++) {
		for (size_t i = 0; i < hubbed->n_tiers[s]; i++)
			network_tier(network, s, hubbed->width[s][i], hubbed->cost[s][i]);
		for (size_t i = 0; i < hubbed->n_over[s]; i++)
			network_overflow(network, s, hubbed->hub[s], hubbed->over_width[s][i],
					 hubbed->over_cost[s][i]);
	}
	for (size_t b = 0; b < hubbed->n_batches; b++) {
		network_unplaced(network, b, hubbed->unplaced[b]);
		for (size_t s = 0; s < hubbed->n_stations; s++)
			if (hubbed->lane[b][s] >= 0)
				network_lane(network, b, s, hubbed->lane[b][s]);
	}
	return network;
}

/* A station that may pass nothing to the root, whatever it may pass to a hub, is closed. */
static bool closed(const struct hubbed *hubbed, size_t s)
{
	int64_t room = 0;

	for (size_t i = 0; i < hubbed->n_tiers[s]; i++)
		room += hubbed->width[s][i];
	return room == 0;
}

static void add_column(glp_prob *problem, int from, int to, double cost, double high)
{
	int column = glp_add_cols(problem, 1), rows[3] = {0, from, to};
	double values[3] = {0, 1, -1};

	guard_column_bounds(problem, column, 0, high);
	guard_cost(problem, column, cost);
	guard_column(problem, column, to ? 2 : 1, rows, values);
}

static void add_outlets(glp_prob *problem, const struct hubbed *hubbed, size_t s)
{
	int first = (int)hubbed->n_batches + 1;

	for (size_t i = 0; i < hubbed->n_tiers[s]; i++)
		add_column(problem, first + (int)s, 0, (double)hubbed->cost[s][i],
			   (double)hubbed->width[s][i]);
	for (size_t i = 0; i < hubbed->n_over[s] && !closed(hubbed, s); i++)
		add_column(problem, first + (int)s, first + (int)hubbed->hub[s],
			   (double)hubbed->over_cost[s][i], (double)hubbed->over_width[s][i]);
}

/* One row a batch, what it sends; one a station, what goes out less what comes in. */
static int solve_by_glpk(void *context)
{
	struct hubbed *hubbed = context;
	glp_prob *problem = glp_create_prob();
	int first = (int)hubbed->n_batches + 1;
	glp_smcp control;

	glp_add_rows(problem, first + (int)hubbed->n_stations - 1);
	for (size_t b = 0; b < hubbed->n_batches; b++) {
		guard_row_bounds(problem, (int)b + 1, (double)hubbed->units[b],
				 (double)hubbed->units[b]);
		add_column(problem, (int)b + 1, 0, (double)hubbed->unplaced[b], INFINITY);
		for (size_t s = 0; s < hubbed->n_stations; s++)
			if (hubbed->lane[b][s] >= 0)
				add_column(problem, (int)b + 1, first + (int)s,
					   (double)hubbed->lane[b][s], INFINITY);
	}
	for (size_t s = 0; s < hubbed->n_stations; s++) {
		guard_row_bounds(problem, first + (int)s, 0, 0);
		add_outlets(problem, hubbed, s);
	}
	glp_init_smcp(&control);
	control.msg_lev = GLP_MSG_OFF;
	if (glp_simplex(problem, &control) || glp_get_status(problem) != GLP_OPT)
		return -1;
	hubbed->optimum = glp_get_obj_val(problem);
	glp_delete_prob(problem);
	return 0;
}

static void take(void *context, size_t batch, size_t station, int64_t units)
{
	struct hubbed *hubbed = context;

	cr_assert(units > 0);
	cr_assert(hubbed->lane[batch][station] >= 0);
	hubbed->left[batch] -= units;
}

static void compare(struct hubbed *hubbed, struct network *network)
{
	struct diags diags;

	diag_open(&diags, stderr);
	cr_assert_eq(network_solve(network, NULL), 0);
	for (size_t b = 0; b < hubbed->n_batches; b++)
		hubbed->left[b] = hubbed->units[b];
	network_flows(network, take, hubbed);
	for (size_t b = 0; b < hubbed->n_batches; b++)
		cr_assert(hubbed->left[b] >= 0);
	cr_assert_eq(guard_run(solve_by_glpk, hubbed, &diags), 0);
	cr_assert_eq(network_cost(network), llround(hubbed->optimum));
}

static void reprice(const struct hubbed *hubbed, struct network *network)
{
	for (size_t b = 0; b < hubbed->n_batches; b++) {
		network_unplaced(network, b, hubbed->unplaced[b]);
		for (size_t s = 0; s < hubbed->n_stations; s++)
			if (hubbed->lane[b][s] >= 0)
				network_lane_cost(network, b, s, hubbed->lane[b][s]);
	}
	for (size_t s = 0; s < hubbed->n_stations; s++) {
		for (size_t i = 0; i < hubbed->n_tiers[s]; i++)
			network_tier_cost(network, s, i, hubbed->cost[s][i]);
		for (size_t i = 0; i < hubbed->n_over[s]; i++)
			network_overflow_cost(network, s, i, hubbed->over_cost[s][i]);
	}
}

static void resize(const struct hubbed *hubbed, struct network *network)
{
	for (size_t b = 0; b < hubbed->n_batches; b++)
		network_units(network, b, hubbed->units[b]);
	for (size_t s = 0; s < hubbed->n_stations; s++) {
		for (size_t i = 0; i < hubbed->n_tiers[s]; i++)
			network_tier_width(network, s, i, hubbed->width[s][i]);
		for (size_t i = 0; i < hubbed->n_over[s]; i++)
			network_overflow_width(network, s, i, hubbed->over_width[s][i]);
	}
}

Test(hubs, equal_glpk_when_solved_and_repriced)
{
	static const int64_t ranges[] = {1, 2, 5, 100};
	struct hubbed hubbed;

	state = 2018;
	for (size_t i = 0; i < NETWORKS; i++) {
		struct network *network;

		draw_hubbed(&hubbed, ranges[i % 4]);
		network = build(&hubbed);
		compare(&hubbed, network);
		for (int again = 0; again < 3; again++) {
			draw_costs(&hubbed, ranges[(i + 1) % 4]);
			reprice(&hubbed, network);
			compare(&hubbed, network);
		}
		network_close(network);
	}
}

Test(hubs, equal_glpk_after_going_back_to_an_earlier_tree)
{
	struct hubbed first, second;

	state = 7;
	for (size_t i = 0; i < NETWORKS; i++) {
		struct network_snapshot *snapshot;
		struct network *network;

		draw_hubbed(&first, 20);
		network = build(&first);
		compare(&first, network);
		snapshot = network_save(network);
		second = first;
		draw_costs(&second, 20);
		reprice(&second, network);
		compare(&second, network);
		network_restore(network, snapshot);
		reprice(&first, network);
		compare(&first, network);
		network_snapshot_free(snapshot);
		network_close(network);
	}
}

Test(hubs, equal_glpk_when_units_and_widths_change)
{
	struct hubbed hubbed;

	state = 11;
	for (size_t i = 0; i < NETWORKS; i++) {
		struct network *network;

		draw_hubbed(&hubbed, 20);
		network = build(&hubbed);
		compare(&hubbed, network);
		for (int again = 0; again < 3; again++) {
			draw_widths(&hubbed);
			resize(&hubbed, network);
			compare(&hubbed, network);
		}
		network_close(network);
	}
}

/* As a search does: other widths and costs, and then a tree from before them. */
Test(hubs, equal_glpk_after_all_kinds_of_changes)
{
	struct hubbed hubbed;

	state = 13;
	for (size_t i = 0; i < NETWORKS; i++) {
		struct network_snapshot *snapshot;
		struct network *network;

		draw_hubbed(&hubbed, 20);
		network = build(&hubbed);
		compare(&hubbed, network);
		snapshot = network_save(network);
		for (int again = 0; again < 4; again++) {
			if (draw(2))
				draw_widths(&hubbed);
			if (draw(2))
				draw_costs(&hubbed, 20);
			resize(&hubbed, network);
			reprice(&hubbed, network);
			compare(&hubbed, network);
			if (draw(2))
				network_restore(network, snapshot);
			compare(&hubbed, network);
		}
		network_snapshot_free(snapshot);
		network_close(network);
	}
}

/* 7 pupils, one school of 2 seats, 5 more at 1 each through a hub that has 3 to pass on: 2 stay
 * unplaced at 9. */
Test(hubs, by_hand)
{
	struct hubbed hubbed = {.n_batches = 1, .n_stations = 2, .hubs = 1, .units = {7},
				.unplaced = {9}, .lane = {{0, -1}}, .n_tiers = {1, 1},
				.n_over = {1}, .hub = {1}, .width = {{2}, {3}},
				.over_width = {{5}}, .over_cost = {{1}}};
	struct network *network = build(&hubbed);

	cr_assert_eq(network_solve(network, NULL), 0);
	cr_assert_eq(network_cost(network), 3 + 18);
	cr_assert_eq(network_station_price(network, 0), 9);
	cr_assert_eq(network_station_price(network, 1), 8);
	network_close(network);
}
