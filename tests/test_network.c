/* The network simplex against GLPK on random networks: small, tied, over-full and degenerate ones. */
#include <criterion/criterion.h>
#include <math.h>

#include "inputs/base/memory.h"
#include "solver/engines/guard.h"
#include "solver/engines/network.h"

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

	plain->n_tiers[s] = 1 + (size_t)draw(MOST_TIERS);
	for (size_t i = 0; i < plain->n_tiers[s]; i++) {
		plain->width[s][i] = 1 + draw(8);
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
		plain->units[b] = 1 + draw(9);
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
