/* scripts/bench/peer_clp.cc - CLP's primal or dual simplex on a flow's rows: `primal|dual FILE`. */
#include "mincost.h"

#include <coin/ClpSimplex.hpp>
#include <cstdio>
#include <cstring>
#include <vector>

/* One row a node, one column an arc: out of its tail, into its head. */
static void build(const struct mincost &net, ClpSimplex &model)
{
	std::vector<CoinBigIndex> starts(net.n_arcs + 1);
	std::vector<int> rows(2 * net.n_arcs);
	std::vector<double> values(2 * net.n_arcs), lower(net.n_arcs);
	std::vector<double> upper(net.capacity, net.capacity + net.n_arcs);
	std::vector<double> cost(net.cost, net.cost + net.n_arcs);
	std::vector<double> supply(net.supply, net.supply + net.n_nodes);
	for (size_t a = 0; a < net.n_arcs; a++) {
		starts[a + 1] = static_cast<CoinBigIndex>(2 * (a + 1));
		rows[2 * a] = net.tail[a];
		rows[2 * a + 1] = net.head[a];
		values[2 * a] = 1;
		values[2 * a + 1] = -1;
	}
	model.loadProblem(static_cast<int>(net.n_arcs), static_cast<int>(net.n_nodes),
			  starts.data(), rows.data(), values.data(), lower.data(), upper.data(),
			  cost.data(), supply.data(), supply.data());
}

int main(int argc, char **argv)
{
	if (argc != 3 || (strcmp(argv[1], "primal") && strcmp(argv[1], "dual"))) {
		fprintf(stderr, "usage: %s primal|dual FILE.min\n", argv[0]);
		return 2;
	}
	bool primal = !strcmp(argv[1], "primal");
	struct mincost net = mincost_read(argv[2]);
	double start = mincost_seconds();
	ClpSimplex model;
	model.setLogLevel(0);
	build(net, model);
	ClpSolve options;
	options.setSolveType(primal ? ClpSolve::usePrimal : ClpSolve::useDual);
	model.initialSolve(options);
	double seconds = mincost_seconds() - start;
	if (!model.isProvenOptimal()) {
		fprintf(stderr, "%s: not solved\n", argv[0]);
		return 1;
	}
	mincost_report(primal ? "clp-primal" : "clp-dual",
		       mincost_value(&net, model.primalColumnSolution()), seconds);
	mincost_free(&net);
	return 0;
}
