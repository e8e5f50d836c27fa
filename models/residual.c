#include "models/residual.h"

#include <stdlib.h>

#include "models/reach.h"

/* Lanes that are kept at most: 128 MB. */
#define LANES_KEPT ((size_t)1 << 24)

static void take_offerings(struct residual *network)
{
	const struct district *district = network->plan->district;

	network->offerings = memory_array(district->n_offerings, sizeof *network->offerings);
	network->number_of = memory_array(district->n_offerings, sizeof *network->number_of);
	for (size_t i = 0; i < district->n_offerings; i++) {
		if (district->offerings[i].grade != network->grade)
			continue;
		network->number_of[i] = (uint32_t)network->n_offerings;
		network->offerings[network->n_offerings++].offering = i;
	}
}

static void take_cells(struct residual *network)
{
	const struct district *district = network->plan->district;

	network->cells = memory_array(district->n_cells, sizeof *network->cells);
	for (size_t c = 0; c < district->n_cells; c++) {
		if (district->cells[c].grade != network->grade)
			continue;
		network->pupils += district->cells[c].pupils;
		network->cells[network->n_cells++] = (struct residual_cell){
			.cell = c, .first_lane = NONE,
			.limit_metres = audit_limit_metres(district, &district->cells[c])};
	}
}

static bool zone_has_group_rules(const struct district *district, size_t zone)
{
	for (size_t i = district->access_of_zone[zone]; i < district->access_of_zone[zone + 1]; i++)
		if (district->access[i].group != NONE)
			return true;
	return false;
}

/* Whether two cells of the grade reach the same schools for sure. */
static bool reach_alike(const struct district *district, const struct cell *a, const struct cell *b)
{
	return a->zone == b->zone && audit_need(district, a) == audit_need(district, b) &&
	       district->groups[a->group].public_only == district->groups[b->group].public_only &&
	       !zone_has_group_rules(district, a->zone);
}

/* Writes the lanes of a cell to `lanes`, with room for one of every school; returns how many. */
static size_t find_lanes(struct residual *network, const struct cell *cell, struct lane *lanes)
{
	const struct district *district = network->plan->district;
	const struct distances *distances = network->plan->distances;
	size_t n = 0;

	audit_reach(district, distances, cell, network->reach);
	for (size_t s = 0; s < district->n_schools; s++)
		if (network->reach[s])
			lanes[n++] = (struct lane){
				network->number_of[audit_offering(district, s, cell->grade)],
				(int32_t)distance_metres(distances, cell->zone, s)};
	return n;
}

static const struct cell *cell_at(const struct residual *network, size_t i)
{
	return &network->plan->district->cells[network->cells[i].cell];
}

static void keep_lanes(struct residual *network, size_t i)
{
	const struct district *district = network->plan->district;
	struct residual_cell *cell = &network->cells[i];
	size_t n;

	if (i > 0 && reach_alike(district, cell_at(network, i - 1), cell_at(network, i))) {
		cell->first_lane = cell[-1].first_lane;
		cell->n_lanes = cell[-1].n_lanes;
		return;
	}
	if (network->n_lanes + district->n_schools > LANES_KEPT)
		return;
	network->lanes = memory_grow(network->lanes, &network->lane_room,
				     network->n_lanes + district->n_schools,
				     sizeof *network->lanes);
	n = find_lanes(network, cell_at(network, i), network->lanes + network->n_lanes);
	cell->first_lane = network->n_lanes;
	cell->n_lanes = n;
	network->n_lanes += n;
}

const struct lane *residual_lanes(struct residual *network, size_t i, size_t *n)
{
	const struct residual_cell *cell = &network->cells[i];

	if (cell->first_lane == NONE) {
		*n = find_lanes(network, cell_at(network, i), network->scratch);
		return network->scratch;
	}
	*n = cell->n_lanes;
	return network->lanes + cell->first_lane;
}

/* The rows of the grade that place or leave out somebody, as numbers of their cells. */
struct cell_row {
	size_t cell; /* in the district */
	const struct audit_row *row;
};

static int compare_cell_rows(const void *a, const void *b, void *context)
{
	const struct cell_row *left = a, *right = b;

	(void)context;
	if (left->cell != right->cell)
		return left->cell < right->cell ? -1 : 1;
	return (left->row->school > right->row->school) - (left->row->school < right->row->school);
}

static struct cell_row *rows_by_cell(const struct residual *network, size_t *n)
{
	const struct audit_plan *plan = network->plan;
	struct cell_row *rows = memory_array(plan->n_rows, sizeof *rows);

	*n = 0;
	for (size_t i = 0; i < plan->n_rows; i++) {
		struct cell key = audit_row_cell(&plan->rows[i]);
		size_t cell = audit_cell(plan->district, &key);

		if (key.grade == network->grade && cell != NONE && plan->rows[i].pupils > 0)
			rows[(*n)++] = (struct cell_row){cell, &plan->rows[i]};
	}
	memory_sort(rows, *n, sizeof *rows, compare_cell_rows, NULL);
	return rows;
}

static void take_flow(struct residual *network, struct residual_cell *cell,
		      const struct audit_row *row)
{
	size_t offering = NONE;

	if (row->school != NONE)
		offering = audit_offering(network->plan->district, row->school, row->grade);
	if (offering == NONE) {
		cell->unplaced = true;
		return;
	}
	network->flows[network->n_flows++] = (struct lane){
		network->number_of[offering], (int32_t)audit_metres(network->plan, row)};
	cell->n_flows++;
}

static void take_flows(struct residual *network)
{
	size_t n, at = 0;
	struct cell_row *rows = rows_by_cell(network, &n);

	network->flows = memory_array(n, sizeof *network->flows);
	for (size_t i = 0; i < network->n_cells; i++) {
		struct residual_cell *cell = &network->cells[i];

		cell->first_flow = network->n_flows;
		for (; at < n && rows[at].cell == cell->cell; at++)
			take_flow(network, cell, rows[at].row);
	}
	free(rows);
}

void residual_open(struct residual *network, const struct audit_plan *plan, int grade)
{
	size_t n_schools = plan->district->n_schools;

	*network = (struct residual){.plan = plan, .grade = grade};
	network->reach = memory_array(n_schools, sizeof *network->reach);
	network->scratch = memory_array(n_schools, sizeof *network->scratch);
	take_offerings(network);
	take_cells(network);
	take_flows(network);
	for (size_t i = 0; i < network->n_cells; i++)
		keep_lanes(network, i);
	residual_levels(network);
	residual_costs(network);
}

void residual_close(struct residual *network)
{
	for (size_t k = 0; k < network->n_levels; k++)
		free(network->levels[k].unplaced);
	free(network->offerings);
	free(network->number_of);
	free(network->cells);
	free(network->lanes);
	free(network->flows);
	free(network->scratch);
	free(network->reach);
}
