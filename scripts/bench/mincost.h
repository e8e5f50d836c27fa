/* scripts/bench/mincost.h - a min-cost flow in DIMACS' format, and the one line of a solver. */
#ifndef BENCH_MINCOST_H
#define BENCH_MINCOST_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Nodes and arcs count from 0; every arc's flow is at least 0. */
struct mincost {
	size_t n_nodes, n_arcs;
	int64_t *supply; /* of a node; below 0 is demand; the sum is 0 */
	int32_t *tail, *head;
	int64_t *capacity, *cost;
};

/* Reads a file; the caller passes it to mincost_free. Exits with status 1 if it is no such file. */
struct mincost mincost_read(const char *path);
void mincost_free(struct mincost *net);

/*
 * What the flows cost, summed in whole numbers.
 *
 *   flow     of every arc; values that are not whole by more than 1e-5 are an error
 *
 * Exits with status 1 if a capacity is exceeded or a node does not get rid of its supply, so that
 * no method counts with a cheaper plan that is none.
 */
int64_t mincost_value(const struct mincost *net, const double *flow);

/* CPU seconds of this process, all threads. */
double mincost_seconds(void);

/* Prints `name objective cpu_seconds peak_mb`; the last is the process's largest size so far. */
void mincost_report(const char *name, int64_t objective, double seconds);

#ifdef __cplusplus
}
#endif

#endif
