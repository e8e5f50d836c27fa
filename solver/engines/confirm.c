#include "solver/engines/confirm.h"

#include <math.h>

#include "inputs/base/memory.h"
#include "solver/engines/guard.h"

/* Duals of a network with whole costs are whole: anything above it is at least 1. */
#define HALF 0.5

/* A linear program on its way into GLPK. Rows: batches, then stations. */
struct statement {
	const struct network *network;
	const int64_t *weights;
	size_t n_weights;
	glp_prob *problem;
	int n_batches;
	int *station_row;     /* 0: without room */
	int64_t *cost;        /* of a column; room for all, from 1 */
	size_t cost_room;
	int result;
};

struct counting {
	size_t n;
};

static void count_lane(void *context, size_t batch, size_t station, int64_t cost,
		       enum network_state state)
{
	(void)batch, (void)station, (void)cost, (void)state;
	((struct counting *)context)->n++;
}

static void count_unplaced(void *context, size_t batch, int64_t cost, enum network_state state)
{
	(void)batch, (void)cost, (void)state;
	((struct counting *)context)->n++;
}

static void count_tier(void *context, size_t station, size_t tier, enum network_state state)
{
	(void)station, (void)tier, (void)state;
	((struct counting *)context)->n++;
}

size_t confirm_columns(const struct network *network)
{
	static const struct network_basis basis = {count_lane, count_unplaced, count_tier};
	struct counting counting = {0};

	network_basis(network, &basis, &counting);
	return counting.n;
}

static void add_column(struct statement *statement, int64_t cost, double high,
		       enum network_state state, int row, int other)
{
	static const int statuses[] = {[NETWORK_EMPTY] = GLP_NL, [NETWORK_BASIC] = GLP_BS,
				       [NETWORK_FULL] = GLP_NU};
	int column = glp_add_cols(statement->problem, 1), rows[] = {0, row, other};
	double values[] = {0, row > statement->n_batches ? -1 : 1, 1};

	guard_column_bounds(statement->problem, column, 0, high);
	guard_column(statement->problem, column, other ? 2 : 1, rows, values);
	glp_set_col_stat(statement->problem, column, statuses[state]);
	statement->cost = memory_grow(statement->cost, &statement->cost_room, (size_t)column + 1,
				      sizeof *statement->cost);
	statement->cost[column] = cost;
}

static void add_lane(void *context, size_t batch, size_t station, int64_t cost,
		     enum network_state state)
{
	struct statement *statement = context;

	if (statement->station_row[station])
		add_column(statement, cost, INFINITY, state, (int)batch + 1,
			   statement->station_row[station]);
}

static void add_unplaced(void *context, size_t batch, int64_t cost, enum network_state state)
{
	add_column(context, cost, INFINITY, state, (int)batch + 1, 0);
}

static void add_tier(void *context, size_t station, size_t tier, enum network_state state)
{
	struct statement *statement = context;

	if (statement->station_row[station])
		add_column(statement, network_cost_of_tier(statement->network, station, tier),
			   (double)network_width(statement->network, station, tier), state,
			   statement->station_row[station], 0);
}

static void add_row(struct statement *statement, double units)
{
	int row = glp_add_rows(statement->problem, 1);

	guard_row_bounds(statement->problem, row, units, units);
	glp_set_row_stat(statement->problem, row, GLP_NS);
}

static void state_program(struct statement *statement)
{
	static const struct network_basis basis = {add_lane, add_unplaced, add_tier};
	const struct network *network = statement->network;
	size_t n_batches = network_n_batches(network);

	statement->problem = glp_create_prob();
	statement->n_batches = (int)n_batches;
	for (size_t b = 0; b < n_batches; b++)
		add_row(statement, (double)network_batch_units(network, b));
	for (size_t s = 0; s < network_n_stations(network); s++) {
		if (!network_has_room(network, s))
			continue;
		add_row(statement, 0);
		statement->station_row[s] = glp_get_num_rows(statement->problem);
	}
	network_basis(network, &basis, statement);
}

/* The part of every cost that belongs to a level; what is left goes to the levels behind. */
static void set_costs(struct statement *statement, int64_t weight)
{
	for (int j = 1; j <= glp_get_num_cols(statement->problem); j++) {
		guard_cost(statement->problem, j, (double)(statement->cost[j] / weight));
		statement->cost[j] %= weight;
	}
}

static bool stops_at_once(glp_prob *problem)
{
	glp_smcp control;
	int before = glp_get_it_cnt(problem);

	glp_init_smcp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.meth = GLP_PRIMAL;
	control.it_lim = 1;
	return glp_simplex(problem, &control) == 0 && glp_get_status(problem) == GLP_OPT &&
	       glp_get_it_cnt(problem) == before;
}

static void fix_priced(glp_prob *problem)
{
	for (int j = 1; j <= glp_get_num_cols(problem); j++) {
		int status = glp_get_col_stat(problem, j);
		double at = status == GLP_NU ? glp_get_col_ub(problem, j) : 0;

		if (status != GLP_BS && status != GLP_NS &&
		    fabs(glp_get_col_dual(problem, j)) > HALF)
			guard_column_bounds(problem, j, at, at);
	}
}

static int body(void *context)
{
	struct statement *statement = context;

	state_program(statement);
	for (size_t k = 0; k < statement->n_weights && statement->result == 0; k++) {
		set_costs(statement, statement->weights[k]);
		if (!stops_at_once(statement->problem))
			statement->result = 1;
		else
			fix_priced(statement->problem);
	}
	glp_delete_prob(statement->problem);
	return statement->result;
}

int confirm_basis(const struct network *network, const int64_t *weights, size_t n_weights,
		  struct diags *diags)
{
	struct statement statement = {.network = network, .weights = weights,
				      .n_weights = n_weights};
	int result;

	statement.station_row = memory_array(network_n_stations(network),
					     sizeof *statement.station_row);
	result = guard_run(body, &statement, diags);
	memory_free(statement.station_row);
	memory_free(statement.cost);
	return result;
}
