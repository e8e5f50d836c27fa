/*
 * scripts/bench/peer_glpk.c - GLPK's primal simplex or out-of-kilter: `simplex|okalg FILE`.
 *
 * GLPK reads the file itself, which is a check on mincost.c; its graph is then part of the reading,
 * and the time is that of the linear program or of okalg.
 */
#include "mincost.h"

#include <glpk.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of a node and of an arc. */
struct node {
	double supply;
};

struct arc {
	double low, capacity, cost, flow;
};

#define AT(type, field) (int)offsetof(struct type, field)

/* The columns of the program are the arcs in the order of this walk, too. */
static int solve_simplex(glp_graph *graph)
{
	glp_prob *problem = glp_create_prob();
	glp_mincost_lp(problem, graph, GLP_OFF, AT(node, supply), AT(arc, low), AT(arc, capacity),
		       AT(arc, cost));
	glp_smcp settings;
	glp_init_smcp(&settings);
	settings.msg_lev = GLP_MSG_OFF;
	settings.meth = GLP_PRIMAL;
	int failed = glp_simplex(problem, &settings) || glp_get_status(problem) != GLP_OPT;
	int column = 0;
	for (int v = 1; v <= graph->nv; v++)
		for (glp_arc *arc = graph->v[v]->out; arc; arc = arc->t_next)
			((struct arc *)arc->data)->flow = glp_get_col_prim(problem, ++column);
	glp_delete_prob(problem);
	return failed;
}

static int solve_okalg(glp_graph *graph)
{
	double objective;
	return glp_mincost_okalg(graph, AT(node, supply), AT(arc, low), AT(arc, capacity),
				 AT(arc, cost), &objective, AT(arc, flow), -1);
}

static void *array(int count, size_t size)
{
	void *memory = calloc((size_t)count + 1, size);
	if (!memory)
		exit(1);
	return memory;
}

/* The cost of the graph's flow, by mincost.c's check. */
static int64_t value_of(const glp_graph *graph)
{
	struct mincost net = {
		.n_nodes = (size_t)graph->nv,
		.n_arcs = (size_t)graph->na,
		.supply = array(graph->nv, sizeof(*net.supply)),
		.tail = array(graph->na, sizeof(*net.tail)),
		.head = array(graph->na, sizeof(*net.head)),
		.capacity = array(graph->na, sizeof(*net.capacity)),
		.cost = array(graph->na, sizeof(*net.cost)),
	};
	double *flow = array(graph->na, sizeof(*flow));
	size_t a = 0;
	for (int v = 1; v <= graph->nv; v++) {
		net.supply[v - 1] = (int64_t)((struct node *)graph->v[v]->data)->supply;
		for (glp_arc *arc = graph->v[v]->out; arc; arc = arc->t_next, a++) {
			const struct arc *data = arc->data;
			net.tail[a] = arc->tail->i - 1;
			net.head[a] = arc->head->i - 1;
			net.capacity[a] = (int64_t)data->capacity;
			net.cost[a] = (int64_t)data->cost;
			flow[a] = data->flow;
		}
	}
	int64_t value = mincost_value(&net, flow);
	mincost_free(&net);
	free(flow);
	return value;
}

int main(int argc, char **argv)
{
	if (argc != 3 || (strcmp(argv[1], "simplex") && strcmp(argv[1], "okalg"))) {
		fprintf(stderr, "usage: %s simplex|okalg FILE.min\n", argv[0]);
		return 2;
	}
	int simplex = !strcmp(argv[1], "simplex");
	glp_term_out(GLP_OFF);
	glp_graph *graph = glp_create_graph(sizeof(struct node), sizeof(struct arc));
	if (glp_read_mincost(graph, AT(node, supply), AT(arc, low), AT(arc, capacity),
			     AT(arc, cost), argv[2])) {
		fprintf(stderr, "%s: cannot read '%s'\n", argv[0], argv[2]);
		return 1;
	}
	double start = mincost_seconds();
	int failed = simplex ? solve_simplex(graph) : solve_okalg(graph);
	double seconds = mincost_seconds() - start;
	if (failed) {
		fprintf(stderr, "%s: not solved\n", argv[0]);
		return 1;
	}
	mincost_report(simplex ? "glpk-simplex" : "glpk-okalg", value_of(graph), seconds);
	glp_delete_graph(graph);
	return 0;
}
