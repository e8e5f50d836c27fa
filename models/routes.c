#include "models/routes.h"

static const struct cell *member(const struct program *program, const struct batch *batch, size_t i)
{
	return &program->district->cells[program->members[batch->first_member + i]];
}

void routes_open(const struct program *program, size_t batch, struct routes *routes)
{
	const struct batch *here = &program->batches[batch];
	const struct places *places = &program->places[here->grade];
	const struct cell *first = member(program, here, 0);
	const struct district *district = program->district;

	*routes = (struct routes){.program = program, .batch = here,
				  .offerings = program->offerings_of_grade[here->grade]};
	routes->limit_metres = district_limit(district, first->group, first->grade) / (NANO / 1000);
	eligible_ask(district, places, first, &routes->first);
	if (here->size == 1 || here->n_members == 1)
		return;
	routes->others = memory_array(here->n_members - 1, sizeof *routes->others);
	for (size_t i = 1; i < here->n_members; i++)
		eligible_ask(district, places, member(program, here, i),
			     &routes->others[routes->n_others++]);
}

void routes_close(struct routes *routes)
{
	memory_free(routes->others);
}

int64_t routes_far(const struct routes *routes, int64_t metres)
{
	const struct program *program = routes->program;
	int64_t far = 0;

	if (routes->batch->size == 1)
		return metres > routes->limit_metres;
	for (size_t i = 0; i < routes->batch->n_members; i++) {
		const struct cell *cell = member(program, routes->batch, i);

		if (distance_beyond(metres, district_limit(program->district, cell->group,
							   cell->grade)))
			far += cell->pupils;
	}
	return far;
}

bool routes_arc(const struct routes *routes, size_t item, int64_t metres, struct arc *arc)
{
	size_t offering = routes->offerings[item];
	size_t school = routes->program->district->offerings[offering].school;

	if (routes->program->seats[offering].spare < routes->batch->size ||
	    !eligible(&routes->first, school, metres))
		return false;
	for (size_t i = 0; i < routes->n_others; i++)
		if (!eligible(&routes->others[i], school, metres))
			return false;
	*arc = (struct arc){offering, metres, routes_far(routes, metres)};
	return true;
}

bool routes_find(const struct program *program, size_t batch, size_t offering, struct arc *arc)
{
	const struct batch *here = &program->batches[batch];
	size_t school = program->district->offerings[offering].school;
	struct routes routes;
	bool found;

	routes_open(program, batch, &routes);
	found = routes_arc(&routes, program->item_of[offering],
			   distance_metres(program->distances, here->zone, school), arc);
	routes_close(&routes);
	return found;
}

size_t program_arcs(const struct program *program, size_t batch, struct arc *arcs)
{
	const struct batch *here = &program->batches[batch];
	const struct places *places = &program->places[here->grade];
	struct routes routes;
	size_t kept = 0;

	routes_open(program, batch, &routes);
	for (size_t i = 0; i < places->n; i++)
		kept += routes_arc(&routes, i,
				   distance_metres(program->distances, here->zone,
						   places->schools[i]), &arcs[kept]);
	routes_close(&routes);
	return kept;
}

static bool nearer(const struct arc *a, const struct arc *b)
{
	return a->metres < b->metres || (a->metres == b->metres && a->offering < b->offering);
}

/* The nearest so far, in order. */
struct nearest {
	const struct routes *routes;
	struct arc *arcs;
	size_t n, most;
};

static bool may_be_nearer(void *context, size_t node, int64_t least)
{
	const struct nearest *nearest = context;

	(void)node;
	return nearest->n < nearest->most || least <= nearest->arcs[nearest->n - 1].metres;
}

static void take_nearer(void *context, size_t item, int64_t metres)
{
	struct nearest *nearest = context;
	size_t at = nearest->n;
	struct arc one;

	if (at == nearest->most && metres > nearest->arcs[at - 1].metres)
		return;
	if (!routes_arc(nearest->routes, item, metres, &one) ||
	    (at == nearest->most && !nearer(&one, &nearest->arcs[at - 1])))
		return;
	if (at == nearest->most)
		at--;
	else
		nearest->n++;
	for (; at > 0 && nearer(&one, &nearest->arcs[at - 1]); at--)
		nearest->arcs[at] = nearest->arcs[at - 1];
	nearest->arcs[at] = one;
}

size_t routes_nearest(const struct routes *routes, struct arc *arcs, size_t most)
{
	static const struct places_visitor visitor = {may_be_nearer, take_nearer};
	struct nearest nearest = {routes, arcs, 0, most};

	if (most > 0)
		places_walk(&routes->program->places[routes->batch->grade], routes->batch->zone,
			    &visitor, &nearest);
	return nearest.n;
}
