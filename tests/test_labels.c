/* The proof against plain Bellman-Ford over all nodes and pairs, on plans from any to the best. */
#include <string.h>

#include "models/proof.h"
#include "models/reach.h"
#include "tests/drawn_district.h"

/* Levels of the objective below. */
enum { LEVELS = 3, CELLS = SMALL_ROOM, SINK = CELLS + DRAWN_SCHOOLS, NODES };

#define OBJECTIVE "unplaced; far; travel_km + 3 over_standard"

/* A plan of a drawn district: flow[c][s] of its cell c to school s, or to none. */
struct tried {
	struct drawn drawn;
	int64_t flow[CELLS][DRAWN_SCHOOLS + 1];
	int64_t load[DRAWN_SCHOOLS];
	bool reach[CELLS][DRAWN_SCHOOLS];
};

/* Whether one pupil can go on from a node to another, and what it costs: nano-weights, pupils who
 * go far, metres. Nodes are cells, schools, the sink. */
struct arc {
	bool there;
	int64_t cost[LEVELS];
};

static const struct offering *offering_of(const struct tried *tried, size_t s)
{
	return district_offering(&tried->drawn.small.district, s, DRAWN_GRADE);
}

/* The most pupils of a school in the grade. */
static int64_t room_of(const struct tried *tried, size_t s)
{
	const struct school *school = &tried->drawn.small.district.schools[s];
	int64_t most = 2 * offering_of(tried, s)->sections;

	return school->max_pupils != NOT_GIVEN && school->max_pupils < most ? school->max_pupils
									    : most;
}

static struct arc way_arc(const struct tried *tried, size_t c, size_t s, int sign)
{
	const struct district *district = &tried->drawn.small.district;
	const struct cell *cell = &district->cells[c];
	int64_t metres = distance_metres(&tried->drawn.small.distances, cell->zone, s);
	bool far = distance_beyond(metres, district_limit(district, cell->group, DRAWN_GRADE));

	return (struct arc){sign > 0 ? tried->reach[c][s] : tried->flow[c][s] > 0,
			    {0, sign * far, sign * metres}};
}

/* A pupil who is added to a school's load, or taken from it (sign -1). */
static struct arc seat_arc(const struct tried *tried, size_t s, int sign)
{
	const struct offering *offering = offering_of(tried, s);
	struct arc arc = {0};
	int64_t last; /* the pupil in question, counted from 1 */

	if (!offering)
		return arc;
	last = tried->load[s] + (sign > 0);
	arc.there = sign > 0 ? last <= room_of(tried, s) : last > offering->enrolled;
	arc.cost[2] = last > offering->sections ? sign * 3000 : 0; /* the standard is 1 */
	return arc;
}

static struct arc unplaced_arc(const struct tried *tried, size_t c, int sign)
{
	const struct district *district = &tried->drawn.small.district;
	int64_t weight = district->groups[district->cells[c].group].weight;

	return (struct arc){sign > 0 || tried->flow[c][DRAWN_SCHOOLS] > 0, {sign * weight, 0, 0}};
}

static struct arc arc_between(const struct tried *tried, size_t from, size_t to)
{
	bool by_cell = from < CELLS, to_cell = to < CELLS;
	size_t n_cells = tried->drawn.small.district.n_cells;

	if ((by_cell && from >= n_cells) || (to_cell && to >= n_cells) || by_cell == to_cell) {
		if (by_cell || to_cell || (from == SINK) == (to == SINK))
			return (struct arc){0};
		return from == SINK ? seat_arc(tried, to - CELLS, -1)
				    : seat_arc(tried, from - CELLS, 1);
	}
	if (by_cell)
		return to == SINK ? unplaced_arc(tried, from, 1)
				  : way_arc(tried, from, to - CELLS, 1);
	return from == SINK ? unplaced_arc(tried, to, -1) : way_arc(tried, to, from - CELLS, -1);
}

/* --- the plain way ---------------------------------------------------------------------------- */

static struct arc arcs[NODES][NODES];
static int64_t label[NODES][LEVELS];
static size_t previous[NODES];

static void list_arcs(const struct tried *tried)
{
	for (size_t i = 0; i < NODES; i++)
		for (size_t j = 0; j < NODES; j++)
			arcs[i][j] = arc_between(tried, i, j);
}

static bool lower(size_t from, size_t to, size_t n_levels)
{
	int64_t found[LEVELS];
	size_t k = 0;

	for (size_t i = 0; i < LEVELS; i++)
		found[i] = label[from][i] + arcs[from][to].cost[i];
	while (k < n_levels && found[k] == label[to][k])
		k++;
	if (!arcs[from][to].there || k == n_levels || found[k] > label[to][k])
		return false;
	memcpy(label[to], found, sizeof found);
	previous[to] = from;
	return true;
}

/* A node whose label fell in the last pass, or NONE. */
static size_t pass(size_t n_levels)
{
	size_t fell = NONE;

	for (size_t i = 0; i < NODES; i++)
		for (size_t j = 0; j < NODES; j++)
			if (lower(i, j, n_levels))
				fell = j;
	return fell;
}

/* A node on a cycle that is negative over n_levels, or NONE. */
static size_t find_cycle(size_t n_levels)
{
	size_t node = NONE;

	memset(label, 0, sizeof label);
	for (size_t i = 0; i <= NODES; i++) {
		node = pass(n_levels);
		if (node == NONE)
			return NONE;
	}
	for (size_t i = 0; i < NODES; i++)
		node = previous[node];
	return node;
}

/* The first level at which the plan can be better, with a cycle by which it is; LEVELS: none. */
static size_t plain_open_level(size_t *cycle)
{
	for (size_t n = 1; n <= LEVELS; n++) {
		*cycle = find_cycle(n);
		if (*cycle != NONE)
			return n - 1;
	}
	return LEVELS;
}

/* --- plans ------------------------------------------------------------------------------------ */

static void send(struct tried *tried, size_t c, size_t s, int64_t pupils)
{
	tried->flow[c][s] += pupils;
	if (s < DRAWN_SCHOOLS)
		tried->load[s] += pupils;
}

/* A school of the cell's reach with room, or none. */
static size_t any_school(struct tried *tried, size_t c)
{
	for (int i = 0; i < 40; i++) {
		size_t s = (size_t)draw(&tried->drawn, DRAWN_SCHOOLS);

		if (tried->reach[c][s] && tried->load[s] < room_of(tried, s))
			return s;
	}
	return DRAWN_SCHOOLS;
}

static void draw_plan(struct tried *tried, uint64_t seed)
{
	const struct district *district = &tried->drawn.small.district;

	*tried = (struct tried){0};
	draw_district(&tried->drawn, seed, OBJECTIVE);
	for (size_t s = 0; s < DRAWN_SCHOOLS; s++)
		tried->load[s] = offering_of(tried, s) ? offering_of(tried, s)->enrolled : 0;
	for (size_t c = 0; c < district->n_cells; c++) {
		audit_reach(district, &tried->drawn.small.distances, &district->cells[c],
			    tried->reach[c]);
		for (int64_t i = 0; i < district->cells[c].pupils; i++)
			send(tried, c, any_school(tried, c), 1);
	}
}

/* Sends a pupil round the cycle. */
static void improve(struct tried *tried, size_t cycle)
{
	size_t to = cycle;

	do {
		size_t from = previous[to];

		if (from < CELLS)
			send(tried, from, to - CELLS, 1);
		else if (to < CELLS)
			send(tried, to, from - CELLS, -1);
		to = from;
	} while (to != cycle);
}

static size_t proof_open_level(const struct tried *tried)
{
	const struct small *small = &tried->drawn.small;
	struct audit_row rows[CELLS * (DRAWN_SCHOOLS + 1)];
	struct audit_plan plan = {&small->district, &small->distances, rows, 0, DIAG_PLAN, NULL,
				  NULL};
	struct proof_grade made;

	for (size_t c = 0; c < small->district.n_cells; c++)
		for (size_t s = 0; s <= DRAWN_SCHOOLS; s++)
			if (tried->flow[c][s] > 0)
				rows[plan.n_rows++] = (struct audit_row){
					small->district.cells[c].zone,
					small->district.cells[c].group,
					s < DRAWN_SCHOOLS ? s : NONE, DRAWN_GRADE,
					tried->flow[c][s]};
	made = proof_of_grade(&plan, DRAWN_GRADE);
	cr_assert_eq(made.reason == PROOF_HOLDS, made.open_level == LEVELS);
	return made.open_level;
}

/* From a drawn plan to a best one, a cycle at a time; at each the first open level is found. */
Test(proof, finds_what_plain_bellman_ford_finds)
{
	static struct tried tried;
	size_t steps[LEVELS + 1] = {0};

	for (uint64_t seed = 0; seed < 150; seed++) {
		size_t cycle, level;

		draw_plan(&tried, seed);
		do {
			list_arcs(&tried);
			level = plain_open_level(&cycle);
			steps[level]++;
			cr_assert_eq(proof_open_level(&tried), level,
				     "seed %d: level %zu, but %zu", (int)seed,
				     proof_open_level(&tried), level);
			if (level < LEVELS)
				improve(&tried, cycle);
		} while (level < LEVELS);
		small_close(&tried.drawn.small);
	}
	for (size_t k = 0; k <= LEVELS; k++)
		cr_assert_gt(steps[k], 50, "level %zu: %zu plans", k, steps[k]);
}
