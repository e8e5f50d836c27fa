/* The network simplex against GLPK's simplex and out-of-kilter on random networks: small, tied,
 * over-full and degenerate ones, without pupils or room, and changed after they were solved. */
#include <criterion/criterion.h>
#include <math.h>

#include "inputs/base/memory.h"
#include "solver/engines/guard.h"
#include "solver/engines/confirm.h"
#include "solver/engines/network.h"
#include "solver/engines/network_parts.h"

enum { MOST_BATCHES = 14, MOST_STATIONS = 6, MOST_TIERS = 3, NETWORKS = 3000 };

/* A network in plain numbers; a lane with cost -1 is not there. */
struct plain {
	size_t n_batches, n_stations;
	int64_t units[MOST_BATCHES], unplaced[MOST_BATCHES];
	int64_t lane[MOST_BATCHES][MOST_STATIONS];
	size_t n_tiers[MOST_STATIONS];
	int64_t width[MOST_STATIONS][MOST_TIERS], cost[MOST_STATIONS][MOST_TIERS];
	int64_t sent[MOST_BATCHES][MOST_STATIONS];
	double optimum;
};

static uint64_t state;

static int64_t draw(int64_t n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)((state >> 33) % (uint64_t)n);
}

static void draw_station(struct plain *plain, size_t s, int64_t range)
{
	int64_t cost = 0;

	plain->n_tiers[s] = draw(20) ? 1 + (size_t)draw(MOST_TIERS) : 0;
	for (size_t i = 0; i < plain->n_tiers[s]; i++) {
		plain->width[s][i] = draw(9);
		plain->cost[s][i] = cost;
		cost += draw(range);
	}
}

/* `range` 1 makes all costs tie; small ranges make most of them tie. */
static void draw_network(struct plain *plain, int64_t range)
{
	*plain = (struct plain){.n_batches = 1 + (size_t)draw(MOST_BATCHES),
				.n_stations = 1 + (size_t)draw(MOST_STATIONS)};
	for (size_t s = 0; s < plain->n_stations; s++)
		draw_station(plain, s, range);
	for (size_t b = 0; b < plain->n_batches; b++) {
		plain->units[b] = draw(10);
		plain->unplaced[b] = draw(4) ? 1000 : draw(range);
		for (size_t s = 0; s < plain->n_stations; s++)
			plain->lane[b][s] = draw(4) ? draw(range) : -1;
	}
}

static struct network *build(const struct plain *plain, bool all_lanes)
{
	struct network *network =
		network_open(plain->n_batches, plain->units, plain->n_stations);

	for (size_t s = 0; s < plain->n_stations; s++)
		for (size_t i = 0; i < plain->n_tiers[s]; i++)
			network_tier(network, s, plain->width[s][i], plain->cost[s][i]);
	for (size_t b = 0; b < plain->n_batches; b++) {
		network_unplaced(network, b, plain->unplaced[b]);
		for (size_t s = 0; s < plain->n_stations; s++)
			if (plain->lane[b][s] >= 0 && (all_lanes || (b + s) % 2 == 0))
				network_lane(network, b, s, plain->lane[b][s]);
	}
	return network;
}

/* The lanes that `build` left out. */
static void add_rest(struct network *network, const struct plain *plain)
{
	for (size_t b = 0; b < plain->n_batches; b++)
		for (size_t s = 0; s < plain->n_stations; s++)
			if (plain->lane[b][s] >= 0 && !network_has_lane(network, b, s))
				network_lane(network, b, s, plain->lane[b][s]);
}

static void take(void *context, size_t batch, size_t station, int64_t units)
{
	((struct plain *)context)->sent[batch][station] = units;
}

/* Cost of what was sent; also checks that it is feasible. */
static int64_t cost_of(struct plain *plain)
{
	int64_t cost = 0;

	for (size_t b = 0; b < plain->n_batches; b++) {
		int64_t left = plain->units[b];

		for (size_t s = 0; s < plain->n_stations; s++) {
			cr_assert(plain->sent[b][s] >= 0);
			cr_assert(plain->sent[b][s] == 0 || plain->lane[b][s] >= 0);
			left -= plain->sent[b][s];
			cost += plain->sent[b][s] * plain->lane[b][s];
		}
		cr_assert(left >= 0);
		cost += left * plain->unplaced[b];
	}
	for (size_t s = 0; s < plain->n_stations; s++) {
		int64_t load = 0;

		for (size_t b = 0; b < plain->n_batches; b++)
			load += plain->sent[b][s];
		for (size_t i = 0; i < plain->n_tiers[s] && load > 0; i++) {
			int64_t here = load < plain->width[s][i] ? load : plain->width[s][i];

			cost += here * plain->cost[s][i];
			load -= here;
		}
		cr_assert_eq(load, 0, "a station takes more than its tiers hold");
	}
	return cost;
}

static int glpk_column(glp_prob *problem, int row, int to, double cost, double high)
{
	int column = glp_add_cols(problem, 1), rows[3] = {0, row, to};
	double values[3] = {0, 1, to == row ? 0 : 1};

	guard_column_bounds(problem, column, 0, high);
	guard_cost(problem, column, cost);
	guard_column(problem, column, to ? 2 : 1, rows, values);
	return column;
}

/* The same network as a linear program, by GLPK's simplex. */
static int solve_by_glpk(void *context)
{
	struct plain *plain = context;
	glp_prob *problem = glp_create_prob();
	glp_smcp control;
	int first = (int)plain->n_batches;

	glp_add_rows(problem, first + (int)plain->n_stations);
	for (size_t b = 0; b < plain->n_batches; b++) {
		guard_row_bounds(problem, (int)b + 1, (double)plain->units[b],
				 (double)plain->units[b]);
		glpk_column(problem, (int)b + 1, 0, (double)plain->unplaced[b], INFINITY);
		for (size_t s = 0; s < plain->n_stations; s++)
			if (plain->lane[b][s] >= 0)
				glpk_column(problem, (int)b + 1, first + (int)s + 1,
					    (double)plain->lane[b][s], INFINITY);
	}
	for (size_t s = 0; s < plain->n_stations; s++) {
		guard_row_bounds(problem, first + (int)s + 1, 0, 0);
		for (size_t i = 0; i < plain->n_tiers[s]; i++) {
			int column = glp_add_cols(problem, 1), rows[2] = {0, first + (int)s + 1};
			double values[2] = {0, -1};

			guard_column_bounds(problem, column, 0, (double)plain->width[s][i]);
			guard_cost(problem, column, (double)plain->cost[s][i]);
			guard_column(problem, column, 1, rows, values);
		}
	}
	glp_init_smcp(&control);
	control.msg_lev = GLP_MSG_OFF;
	if (glp_simplex(problem, &control) || glp_get_status(problem) != GLP_OPT)
		return -1;
	plain->optimum = glp_get_obj_val(problem);
	glp_delete_prob(problem);
	return 0;
}

/* What GLPK's graph keeps of a node and of an arc. */
struct okalg_node {
	double supply;
};

struct okalg_arc {
	double low, capacity, cost, flow;
};

static void okalg_arc(glp_graph *graph, size_t from, size_t to, int64_t capacity, int64_t cost)
{
	glp_arc *arc = glp_add_arc(graph, (int)from + 1, (int)to + 1);
	struct okalg_arc *data = arc->data;

	*data = (struct okalg_arc){0, (double)capacity, (double)cost, 0};
}

/* The same by the out-of-kilter method: batches, stations, the root. */
static int solve_by_okalg(void *context)
{
	struct plain *plain = context;
	glp_graph *graph = glp_create_graph(sizeof(struct okalg_node), sizeof(struct okalg_arc));
	size_t first = plain->n_batches, root = first + plain->n_stations;
	int64_t all = 0;
	int result;

	glp_add_vertices(graph, (int)root + 1);
	for (size_t b = 0; b < plain->n_batches; b++) {
		((struct okalg_node *)graph->v[b + 1]->data)->supply = (double)plain->units[b];
		all += plain->units[b];
		okalg_arc(graph, b, root, plain->units[b], plain->unplaced[b]);
		for (size_t s = 0; s < plain->n_stations; s++)
			if (plain->lane[b][s] >= 0)
				okalg_arc(graph, b, first + s, plain->units[b], plain->lane[b][s]);
	}
	((struct okalg_node *)graph->v[root + 1]->data)->supply = -(double)all;
	for (size_t s = 0; s < plain->n_stations; s++)
		for (size_t i = 0; i < plain->n_tiers[s]; i++)
			okalg_arc(graph, first + s, root, plain->width[s][i], plain->cost[s][i]);
	result = glp_mincost_okalg(graph, (int)offsetof(struct okalg_node, supply),
				   (int)offsetof(struct okalg_arc, low),
				   (int)offsetof(struct okalg_arc, capacity),
				   (int)offsetof(struct okalg_arc, cost), &plain->optimum,
				   (int)offsetof(struct okalg_arc, flow), -1);
	glp_delete_graph(graph);
	return result;
}

/* No lane, tier or unplaced unit is cheaper than the prices say. */
static void check_prices(const struct network *network, const struct plain *plain)
{
	for (size_t b = 0; b < plain->n_batches; b++) {
		int64_t price = network_batch_price(network, b);

		cr_assert(plain->unplaced[b] >= price);
		for (size_t s = 0; s < plain->n_stations; s++)
			if (plain->lane[b][s] >= 0)
				cr_assert(plain->lane[b][s] + network_station_price(network, s) >=
					  price);
	}
}

static const int64_t one_level[] = {1};

static void compare(struct plain *plain, struct network *network, struct diags *diags)
{
	cr_assert_eq(network_solve(network, NULL), 0);
	for (size_t b = 0; b < plain->n_batches; b++)
		for (size_t s = 0; s < plain->n_stations; s++)
			plain->sent[b][s] = 0;
	network_flows(network, take, plain);
	check_prices(network, plain);
	cr_assert_eq(guard_run(solve_by_glpk, plain, diags), 0);
	cr_assert_eq(cost_of(plain), llround(plain->optimum));
	cr_assert_eq(network_cost(network), cost_of(plain));
	cr_assert_eq(guard_run(solve_by_okalg, plain, diags), 0);
	cr_assert_eq(cost_of(plain), llround(plain->optimum));
	cr_assert_eq(confirm_basis(network, one_level, 1, diags), 0);
}

Test(network, equals_glpk_on_random_networks)
{
	static const int64_t ranges[] = {1, 2, 5, 100};
	struct diags diags;
	struct plain plain;

	diag_open(&diags, stderr);
	state = 2018;
	for (size_t i = 0; i < NETWORKS; i++) {
		struct network *network;

		draw_network(&plain, ranges[i % 4]);
		network = build(&plain, true);
		compare(&plain, network, &diags);
		network_close(network);
	}
}

Test(network, goes_on_from_its_tree_when_lanes_come)
{
	struct diags diags;
	struct plain plain;

	diag_open(&diags, stderr);
	state = 7;
	for (size_t i = 0; i < NETWORKS / 3; i++) {
		struct network *network;

		draw_network(&plain, 20);
		network = build(&plain, false);
		network_solve(network, NULL);
		add_rest(network, &plain);
		compare(&plain, network, &diags);
		network_close(network);
	}
}

/* Two batches of 3 and one station of 4 + 1 seats, the fifth at 10: by hand, the dear lane yields. */
Test(network, by_hand)
{
	struct plain plain = {.n_batches = 2, .n_stations = 1, .units = {3, 3},
			      .unplaced = {100, 8}, .lane = {{5}, {1}}, .n_tiers = {2},
			      .width = {{4, 1}}, .cost = {{0, 10}}};
	struct network *network = build(&plain, true);

	network_solve(network, NULL);
	network_flows(network, take, &plain);
	cr_assert_eq(plain.sent[0][0], 3);
	cr_assert_eq(plain.sent[1][0], 1); /* a second one would cost 1 + 10, unplaced 8 */
	cr_assert_eq(cost_of(&plain), 15 + 1 + 16);
	cr_assert_eq(network_station_price(network, 0), 7); /* one seat more: 8 becomes 1 */
	network_close(network);
}

/* --- changes after a solve ------------------------------------------------------------------- */

static void change_costs(struct plain *plain, struct network *network, int64_t range)
{
	for (size_t b = 0; b < plain->n_batches; b++) {
		if (draw(3) == 0)
			network_unplaced(network, b, plain->unplaced[b] = draw(2 * range));
		for (size_t s = 0; s < plain->n_stations; s++)
			if (plain->lane[b][s] >= 0 && draw(3) == 0)
				network_lane_cost(network, b, s, plain->lane[b][s] = draw(range));
	}
	for (size_t s = 0; s < plain->n_stations; s++)
		for (size_t i = 0; i < plain->n_tiers[s]; i++) {
			int64_t least = i ? plain->cost[s][i - 1] : 0;

			network_tier_cost(network, s, i, plain->cost[s][i] = least + draw(range));
		}
}

/* Stations that close, open and grow; batches that come and go. */
static void change_sizes(struct plain *plain, struct network *network)
{
	for (size_t s = 0; s < plain->n_stations; s++) {
		bool closed = draw(5) == 0;

		for (size_t i = 0; i < plain->n_tiers[s]; i++)
			if (closed || draw(2))
				network_tier_width(network, s, i,
						   plain->width[s][i] = closed ? 0 : draw(12));
	}
	for (size_t b = 0; b < plain->n_batches; b++)
		if (draw(3) == 0)
			network_units(network, b, plain->units[b] = draw(14));
}

Test(network, goes_on_after_costs_capacities_and_supplies_change)
{
	static const int64_t ranges[] = {2, 5, 100};
	struct diags diags;
	struct plain plain;

	diag_open(&diags, stderr);
	state = 11;
	for (size_t i = 0; i < NETWORKS / 6; i++) {
		struct network *network;

		draw_network(&plain, ranges[i % 3]);
		network = build(&plain, true);
		for (size_t change = 0; change < 8; change++) {
			compare(&plain, network, &diags);
			if (change % 3 != 0)
				change_costs(&plain, network, ranges[i % 3]);
			if (change % 3 != 1)
				change_sizes(&plain, network);
		}
		network_close(network);
	}
}

/* Back to a tree of earlier numbers, with and without the numbers of then. */
Test(network, comes_back_to_a_snapshot)
{
	struct diags diags;
	struct plain plain;

	diag_open(&diags, stderr);
	state = 13;
	for (size_t i = 0; i < NETWORKS / 6; i++) {
		struct network *network;
		struct network_snapshot *snapshot;
		size_t pivots;

		draw_network(&plain, 20);
		network = build(&plain, false);
		network_solve(network, NULL);
		snapshot = network_save(network);
		add_rest(network, &plain);
		change_costs(&plain, network, 20);
		compare(&plain, network, &diags);
		change_sizes(&plain, network);
		compare(&plain, network, &diags);
		network_restore(network, snapshot);
		compare(&plain, network, &diags);
		network_snapshot_free(snapshot);
		snapshot = network_save(network);
		pivots = network_pivots(network);
		network_restore(network, snapshot);
		compare(&plain, network, &diags);
		cr_assert_eq(network_pivots(network), pivots, "an optimal tree needs no pivot");
		network_snapshot_free(snapshot);
		network_close(network);
	}
}

/* --- levels one after another ---------------------------------------------------------------- */

/* The costs of three levels; the network is given those of `level` alone, or of `from` .. `to` as
 * one number. */
struct levels {
	struct plain plain[3];
	int64_t weight[3];
};

static int64_t sum_of(const struct levels *levels, int64_t first, int64_t second, int64_t third)
{
	return first * levels->weight[0] + second * levels->weight[1] + third * levels->weight[2];
}

static int64_t level_lane(void *context, size_t b, size_t s)
{
	const struct levels *levels = context;

	return sum_of(levels, levels->plain[0].lane[b][s], levels->plain[1].lane[b][s],
		      levels->plain[2].lane[b][s]);
}

static int64_t level_unplaced(void *context, size_t b)
{
	const struct levels *levels = context;

	return sum_of(levels, levels->plain[0].unplaced[b], levels->plain[1].unplaced[b],
		      levels->plain[2].unplaced[b]);
}

static int64_t level_tier(void *context, size_t s, size_t i)
{
	const struct levels *levels = context;

	return sum_of(levels, levels->plain[0].cost[s][i], levels->plain[1].cost[s][i],
		      levels->plain[2].cost[s][i]);
}

static const struct network_costs level_costs = {level_lane, level_unplaced, level_tier};

/* Three levels over one shape, in small numbers so that they tie. */
static void draw_levels(struct levels *levels)
{
	draw_network(&levels->plain[0], 3);
	for (size_t k = 1; k < 3; k++) {
		struct plain *plain = &levels->plain[k];

		*plain = levels->plain[0];
		for (size_t b = 0; b < plain->n_batches; b++) {
			plain->unplaced[b] = draw(6);
			for (size_t s = 0; s < plain->n_stations; s++)
				plain->lane[b][s] = plain->lane[b][s] < 0 ? -1 : draw(4);
		}
		for (size_t s = 0; s < plain->n_stations; s++)
			for (size_t i = 0; i < plain->n_tiers[s]; i++)
				plain->cost[s][i] = (i ? plain->cost[s][i - 1] : 0) + draw(3);
	}
}

static void set_weights(struct levels *levels, int64_t first, int64_t second, int64_t third)
{
	levels->weight[0] = first;
	levels->weight[1] = second;
	levels->weight[2] = third;
}

static void value_levels(struct levels *levels, const struct network *network, int64_t value[3])
{
	for (size_t k = 0; k < 3; k++) {
		struct plain *plain = &levels->plain[k];

		for (size_t b = 0; b < plain->n_batches; b++)
			for (size_t s = 0; s < plain->n_stations; s++)
				plain->sent[b][s] = 0;
		network_flows(network, take, plain);
		value[k] = cost_of(plain);
	}
}

/* Keeping the optimum by reduced costs level by level gives what one number of all levels gives. */
Test(network, keeps_an_optimum_while_the_next_level_is_minimised)
{
	struct diags diags;
	struct levels levels;
	const int64_t weights[] = {1000000, 1000, 1};

	diag_open(&diags, stderr);
	state = 17;
	for (size_t i = 0; i < NETWORKS / 3; i++) {
		struct network *network;
		int64_t together[3], apart[3];

		draw_levels(&levels);
		network = build(&levels.plain[0], true);
		set_weights(&levels, weights[0], weights[1], weights[2]);
		network_recost(network, &level_costs, &levels);
		network_solve(network, NULL);
		value_levels(&levels, network, together);
		cr_assert_eq(confirm_basis(network, weights, 3, &diags), 0);
		network_close(network);
		network = build(&levels.plain[0], true);
		for (size_t k = 0; k < 3; k++) {
			set_weights(&levels, k == 0, k == 1, k == 2);
			network_recost(network, &level_costs, &levels);
			network_solve(network, NULL);
			network_keep_optimum(network);
		}
		value_levels(&levels, network, apart);
		for (size_t k = 0; k < 3; k++)
			cr_assert_eq(together[k], apart[k], "network %zu, level %zu", i, k);
		network_close(network);
	}
}

/* --- clusters -------------------------------------------------------------------------------- */

/* Any clusters give the same optimum, good or bad as they are. */
Test(network, adopts_the_tree_of_clusters)
{
	struct diags diags;
	struct plain plain, coarse;

	diag_open(&diags, stderr);
	state = 19;
	for (size_t i = 0; i < NETWORKS / 3; i++) {
		uint32_t cluster[MOST_BATCHES];
		struct network *network, *clusters;

		draw_network(&plain, 20);
		coarse = plain;
		coarse.n_batches = 1 + (plain.n_batches - 1) / 3;
		for (size_t c = 0; c < coarse.n_batches; c++)
			coarse.units[c] = 0;
		for (size_t b = 0; b < plain.n_batches; b++) {
			cluster[b] = (uint32_t)(b / 3);
			coarse.units[b / 3] += plain.units[b];
		}
		clusters = build(&coarse, true);
		network_solve(clusters, NULL);
		network = build(&plain, true);
		network_adopt(network, clusters, cluster);
		compare(&plain, network, &diags);
		network_close(network);
		network_close(clusters);
	}
}

/* --- faults ---------------------------------------------------------------------------------- */

/* What a broken engine would leave behind, on a network that is not degenerate: batch 0 (3 units)
 * at station 0 for 1, batch 1 (3) at station 1 for 2, one place of tier 1 at station 0 in use. */
static struct network *sound(struct plain *plain)
{
	struct network *network;

	*plain = (struct plain){.n_batches = 3, .n_stations = 2, .units = {3, 3, 2},
				.unplaced = {100, 100, 100}, .lane = {{1, 9}, {9, 2}, {4, 20}},
				.n_tiers = {2, 2}, .width = {{4, 4}, {4, 4}},
				.cost = {{0, 10}, {0, 10}}};
	network = build(plain, true);
	network_solve(network, NULL);
	return network;
}

static void stale_lane(struct network *network)
{
	network->lane_cost[network->batches[0].first_lane] = 50;
}
static void stale_home(struct network *network)
{
	network->batches[1].home = 1;
	network->batches[1].home_cost = 9;
}
static void stale_tier(struct network *network) { network->stations[0].root.tier = 0; }
static void lost_in_tree(struct network *network) { network->batches[1].home = ROOT; }
static void stale_cost_of_tier(struct network *network)
{
	network->tiers[network->stations[1].root.first_tier].cost = 40;
}

Test(network, faults_are_found_by_the_certificate)
{
	static void (*const faults[])(struct network *) = {stale_lane, stale_home, stale_tier,
							   lost_in_tree, stale_cost_of_tier};
	struct diags diags;
	struct plain plain;

	diag_open(&diags, stderr);
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		struct network *network = sound(&plain);

		cr_assert_eq(confirm_basis(network, one_level, 1, &diags), 0);
		faults[i](network);
		cr_expect_eq(confirm_basis(network, one_level, 1, &diags), 1, "fault %zu", i);
		network_close(network);
	}
}

/* A wrong potential stops the engine short of the optimum: the certificate sees through it. */
Test(network, a_wrong_potential_is_found_by_the_certificate)
{
	struct diags diags;
	struct plain plain;
	size_t wrong = 0;

	diag_open(&diags, stderr);
	state = 23;
	for (size_t i = 0; i < NETWORKS / 6; i++) {
		struct network *network;
		bool optimal;

		draw_network(&plain, 50);
		network = build(&plain, false);
		network_solve(network, NULL);
		add_rest(network, &plain);
		for (size_t s = 0; s < plain.n_stations; s++)
			network->price[s + 1] += 1000; /* no lane to it will look cheap */
		network_solve(network, NULL);
		cr_assert_eq(guard_run(solve_by_glpk, &plain, &diags), 0);
		optimal = network_cost(network) == llround(plain.optimum);
		cr_assert_neq(confirm_basis(network, one_level, 1, &diags), -1);
		if (!optimal)
			cr_assert_eq(confirm_basis(network, one_level, 1, &diags), 1);
		wrong += !optimal;
		network_close(network);
	}
	cr_assert_gt(wrong, 100);
}

/* A station that had no room when the tree was kept has none again, whatever it was in between: its
 * price must not lure anybody. Batch 0 may go to either station, batch 1 to the first. */
Test(network, comes_back_to_a_closed_station)
{
	static const int64_t units[] = {2, 2};
	struct network *network = network_open(2, units, 2);
	struct network_snapshot *snapshot;

	for (size_t b = 0; b < 2; b++) {
		network_unplaced(network, b, 1000);
		network_lane(network, b, 0, 10);
	}
	network_lane(network, 0, 1, 5);
	network_tier(network, 0, 3, 0);
	network_tier(network, 1, 0, 0);
	cr_assert_eq(network_solve(network, NULL), 0);
	cr_expect_eq(network_cost(network), 3 * 10 + 1000);
	cr_expect_eq(network_station_price(network, 1), NETWORK_CLOSED);
	snapshot = network_save(network);
	network_tier_width(network, 1, 0, 2);
	cr_assert_eq(network_solve(network, NULL), 0);
	cr_expect_eq(network_cost(network), 2 * 5 + 2 * 10);
	network_tier_width(network, 1, 0, 0);
	network_restore(network, snapshot);
	network_snapshot_free(snapshot);
	cr_assert_eq(network_solve(network, NULL), 0);
	cr_expect_eq(network_cost(network), 3 * 10 + 1000);
	cr_expect_eq(network_station_price(network, 1), NETWORK_CLOSED);
	network_close(network);
}
