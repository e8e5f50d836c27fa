#include "mincost.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

/* How far from a whole number a flow of a solver in floating point may be. */
#define WHOLE 1e-5

__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fputs("mincost: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(1);
}

static void *alloc(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size);
	if (!memory)
		fail("no memory for %zu x %zu bytes", count, size);
	return memory;
}

/* Reads `count` whole numbers after the letter of a line. */
static int read_numbers(const char *text, size_t count, int64_t *numbers)
{
	for (size_t i = 0; i < count; i++) {
		char *end;
		numbers[i] = strtoll(text, &end, 10);
		if (end == text)
			return 0;
		text = end;
	}
	return 1;
}

static int read_problem(struct mincost *net, const char *line)
{
	int skip = 0;
	int64_t n[2];
	(void)!sscanf(line, "p min %n", &skip);
	if (!skip || net->supply || !read_numbers(line + skip, 2, n) || n[0] < 1 || n[1] < 0 ||
	    n[0] > INT32_MAX)
		return 0;
	net->n_nodes = (size_t)n[0];
	net->n_arcs = (size_t)n[1];
	net->supply = alloc(net->n_nodes, sizeof(*net->supply));
	net->tail = alloc(net->n_arcs, sizeof(*net->tail));
	net->head = alloc(net->n_arcs, sizeof(*net->head));
	net->capacity = alloc(net->n_arcs, sizeof(*net->capacity));
	net->cost = alloc(net->n_arcs, sizeof(*net->cost));
	return 1;
}

static int is_node(const struct mincost *net, int64_t number)
{
	return number >= 1 && (size_t)number <= net->n_nodes;
}

static int read_node(struct mincost *net, const char *line)
{
	int64_t n[2];
	if (!net->supply || !read_numbers(line + 1, 2, n) || !is_node(net, n[0]))
		return 0;
	net->supply[n[0] - 1] = n[1];
	return 1;
}

static int read_arc(struct mincost *net, const char *line, size_t arc)
{
	int64_t n[5];
	if (!net->supply || arc >= net->n_arcs || !read_numbers(line + 1, 5, n) ||
	    !is_node(net, n[0]) || !is_node(net, n[1]) || n[2] != 0 || n[3] < 0)
		return 0;
	net->tail[arc] = (int32_t)(n[0] - 1);
	net->head[arc] = (int32_t)(n[1] - 1);
	net->capacity[arc] = n[3];
	net->cost[arc] = n[4];
	return 1;
}

static int read_line(struct mincost *net, const char *line, size_t *arcs)
{
	switch (line[0]) {
	case 'a': return read_arc(net, line, (*arcs)++);
	case 'n': return read_node(net, line);
	case 'p': return read_problem(net, line);
	default: return line[0] == 'c' || line[0] == '\n';
	}
}

struct mincost mincost_read(const char *path)
{
	struct mincost net = {0};
	char line[256];
	size_t arcs = 0, number = 0;
	FILE *in = fopen(path, "r");
	if (!in)
		fail("cannot open '%s'", path);
	while (fgets(line, sizeof(line), in)) {
		number++;
		if (!read_line(&net, line, &arcs))
			fail("%s:%zu: not a line of a min-cost flow from 0 up", path, number);
	}
	if (ferror(in) || !net.supply || arcs != net.n_arcs)
		fail("'%s' ends early", path);
	fclose(in);
	return net;
}

void mincost_free(struct mincost *net)
{
	free(net->supply);
	free(net->tail);
	free(net->head);
	free(net->capacity);
	free(net->cost);
}

int64_t mincost_value(const struct mincost *net, const double *flow)
{
	int64_t *left = alloc(net->n_nodes, sizeof(*left)), value = 0;
	for (size_t v = 0; v < net->n_nodes; v++)
		left[v] = net->supply[v];
	for (size_t a = 0; a < net->n_arcs; a++) {
		double whole = rint(flow[a]);
		if (!(fabs(flow[a] - whole) <= WHOLE))
			fail("the flow of arc %zu is %.9g", a + 1, flow[a]);
		if (whole < 0 || whole > (double)net->capacity[a])
			fail("the flow of arc %zu is %.0f of %" PRId64, a + 1, whole,
			     net->capacity[a]);
		left[net->tail[a]] -= (int64_t)whole;
		left[net->head[a]] += (int64_t)whole;
		value += (int64_t)whole * net->cost[a];
	}
	for (size_t v = 0; v < net->n_nodes; v++)
		if (left[v])
			fail("node %zu is left with %" PRId64, v + 1, left[v]);
	free(left);
	return value;
}

double mincost_seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void mincost_report(const char *name, int64_t objective, double seconds)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	printf("%s %" PRId64 " %.6f %.1f\n", name, objective, seconds,
	       (double)usage.ru_maxrss / 1024);
}
