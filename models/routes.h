/* models/routes.h - the ways a batch of a program may go, found when they are asked for. */
#ifndef SEATWISE_ROUTES_H
#define SEATWISE_ROUTES_H

#include "models/eligible.h"
#include "models/program.h"

/* What is worked out once for a batch. Open it, ask, close it. */
struct routes {
	const struct program *program;
	const struct batch *batch;
	const size_t *offerings;      /* of the grade: those of its places' items */
	int64_t limit_metres;         /* beyond it a pupil is far, where units are single pupils */
	struct asking first, *others; /* of the first cell; of whole zones also of the others */
	size_t n_others;
};

void routes_open(const struct program *program, size_t batch, struct routes *routes);
void routes_close(struct routes *routes);

/* The school of an item of the grade's places as a way, `metres` from the zone; false: no pupils
 * of the batch may go there, or there is no room for a unit. */
bool routes_arc(const struct routes *routes, size_t item, int64_t metres, struct arc *arc);

/* Far pupils of one unit at so many metres. */
int64_t routes_far(const struct routes *routes, int64_t metres);

/* The way to one offering of the grade. */
bool routes_find(const struct program *program, size_t batch, size_t offering, struct arc *arc);

/*
 * Fills `arcs` with every way the batch may go, by offering; the array must have room for the
 * grade's offerings. Returns how many.
 *
 * Cost: some 30 ns an offering of the grade.
 */
size_t program_arcs(const struct program *program, size_t batch, struct arc *arcs);

/*
 * Fills `arcs` (room for `most`) with the nearest ways of a batch, by metres and then offering:
 * a walk over the places near it. Returns how many.
 */
size_t routes_nearest(const struct routes *routes, struct arc *arcs, size_t most);

#endif
