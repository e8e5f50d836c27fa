/* scripts/bench/peer_lemon.cc - LEMON's network simplex or cost scaling: `simplex|scaling FILE`. */
#include "mincost.h"

#include <cstdio>
#include <cstring>
#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>
#include <vector>

using Graph = lemon::SmartDigraph;

template <typename Solver> static std::vector<double> solve(const struct mincost &net)
{
	Graph graph;
	graph.reserveNode(static_cast<int>(net.n_nodes));
	graph.reserveArc(static_cast<int>(net.n_arcs));
	for (size_t v = 0; v < net.n_nodes; v++)
		graph.addNode();
	for (size_t a = 0; a < net.n_arcs; a++)
		graph.addArc(Graph::nodeFromId(net.tail[a]), Graph::nodeFromId(net.head[a]));
	Graph::ArcMap<int64_t> capacity(graph), cost(graph);
	Graph::NodeMap<int64_t> supply(graph);
	for (size_t a = 0; a < net.n_arcs; a++) {
		capacity[Graph::arcFromId(static_cast<int>(a))] = net.capacity[a];
		cost[Graph::arcFromId(static_cast<int>(a))] = net.cost[a];
	}
	for (size_t v = 0; v < net.n_nodes; v++)
		supply[Graph::nodeFromId(static_cast<int>(v))] = net.supply[v];

	Solver solver(graph);
	solver.upperMap(capacity).costMap(cost).supplyMap(supply);
	std::vector<double> flow;
	if (solver.run() != Solver::OPTIMAL)
		return flow;
	for (size_t a = 0; a < net.n_arcs; a++)
		flow.push_back(static_cast<double>(
			solver.flow(Graph::arcFromId(static_cast<int>(a)))));
	return flow;
}

int main(int argc, char **argv)
{
	if (argc != 3 || (strcmp(argv[1], "simplex") && strcmp(argv[1], "scaling"))) {
		fprintf(stderr, "usage: %s simplex|scaling FILE.min\n", argv[0]);
		return 2;
	}
	bool simplex = !strcmp(argv[1], "simplex");
	struct mincost net = mincost_read(argv[2]);
	double start = mincost_seconds();
	std::vector<double> flow = simplex
		? solve<lemon::NetworkSimplex<Graph, int64_t, int64_t>>(net)
		: solve<lemon::CostScaling<Graph, int64_t, int64_t>>(net);
	double seconds = mincost_seconds() - start;
	if (flow.size() != net.n_arcs) {
		fprintf(stderr, "%s: not solved\n", argv[0]);
		return 1;
	}
	mincost_report(simplex ? "lemon-simplex" : "lemon-scaling",
		       mincost_value(&net, flow.data()), seconds);
	mincost_free(&net);
	return 0;
}
