/*
 * scripts/bench/arcs.c - one grade of a district as a min-cost flow on few arcs, in DIMACS' format.
 *
 * Nodes: the cells with pupils, the schools, the sink. Arcs: each cell to its nearest schools
 * (metres), each school to the sink in three tiers of class size, each cell to the sink for those
 * without a place. All solvers get these arcs and no others, so they can be told apart by speed.
 */
#include "towns.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NEAREST 12
#define UNPLACED_COST 1000000

/* Beyond the standard: up to so many pupils a section, at so many metres each. */
static const struct {
	int32_t class_size, cost;
} tiers[] = {{55, 3000}, {65, 20000}};

#define N_TIERS (sizeof(tiers) / sizeof(tiers[0]))

struct network {
	const struct towns_district *district;
	size_t grade; /* from 0 */
	size_t n_cells, n_near, sink;
	int64_t n_pupils;
};

static struct network network_of(const struct towns_district *d, size_t grade)
{
	struct network net = {.district = d, .grade = grade};
	for (size_t z = 0; z < d->spec.n_zones; z++)
		for (size_t k = 0; k < d->spec.n_groups; k++) {
			net.n_cells += towns_pupils(d, z, grade, k) > 0;
			net.n_pupils += towns_pupils(d, z, grade, k);
		}
	net.n_near = d->spec.n_schools < NEAREST ? d->spec.n_schools : NEAREST;
	net.sink = net.n_cells + d->spec.n_schools + 1;
	return net;
}

/* Calls `write` for every cell with pupils, numbered from 1. */
static void each_cell(FILE *out, const struct network *net,
		      void (*write)(FILE *out, const struct network *net, size_t cell, size_t zone,
				    int32_t pupils))
{
	const struct towns_district *d = net->district;
	size_t cell = 0;
	for (size_t z = 0; z < d->spec.n_zones; z++)
		for (size_t k = 0; k < d->spec.n_groups; k++) {
			int32_t pupils = towns_pupils(d, z, net->grade, k);
			if (pupils > 0)
				write(out, net, ++cell, z, pupils);
		}
}

static void write_supply(FILE *out, const struct network *net, size_t cell, size_t zone,
			 int32_t pupils)
{
	(void)net;
	(void)zone;
	fprintf(out, "n %zu %d\n", cell, pupils);
}

static void write_cell_arcs(FILE *out, const struct network *net, size_t cell, size_t zone,
			    int32_t pupils)
{
	struct towns_near near[NEAREST];
	size_t count = towns_nearest(net->district, zone, net->n_near, near);
	for (size_t i = 0; i < count; i++)
		fprintf(out, "a %zu %zu 0 %d %d\n", cell, net->n_cells + near[i].school + 1, pupils,
			near[i].metres);
	fprintf(out, "a %zu %zu 0 %d %d\n", cell, net->sink, pupils, UNPLACED_COST);
}

static void write_school_arcs(FILE *out, const struct network *net, size_t school)
{
	const struct towns_district *d = net->district;
	int32_t sections = d->sections[school * d->spec.n_grades + net->grade];
	int32_t size = towns_class_size(net->grade);
	size_t node = net->n_cells + school + 1;
	fprintf(out, "a %zu %zu 0 %d 0\n", node, net->sink, size * sections);
	for (size_t t = 0; t < N_TIERS; t++) {
		fprintf(out, "a %zu %zu 0 %d %d\n", node, net->sink,
			(tiers[t].class_size - size) * sections, tiers[t].cost);
		size = tiers[t].class_size;
	}
}

static void write_network(FILE *out, const struct network *net)
{
	size_t n_schools = net->district->spec.n_schools;
	fprintf(out, "c %s, grade %zu: %zu cells, %zu schools, a sink\n", net->district->spec.name,
		net->grade + 1, net->n_cells, n_schools);
	fprintf(out, "p min %zu %zu\n", net->sink,
		net->n_cells * (net->n_near + 1) + n_schools * (1 + N_TIERS));
	each_cell(out, net, write_supply);
	fprintf(out, "n %zu %lld\n", net->sink, -(long long)net->n_pupils);
	each_cell(out, net, write_cell_arcs);
	for (size_t s = 0; s < n_schools; s++)
		write_school_arcs(out, net, s);
}

int main(int argc, char **argv)
{
	int grade;
	struct towns_district d = towns_make(towns_spec(argc, argv, &grade));
	struct network net = network_of(&d, (size_t)grade - 1);
	FILE *out = fopen(argv[2], "w");
	if (out)
		write_network(out, &net);
	int broken = !out || ferror(out);
	if ((out && fclose(out)) || broken) {
		fprintf(stderr, "arcs: '%s': %s\n", argv[2], strerror(errno));
		return 1;
	}
	towns_free(&d);
	return 0;
}
