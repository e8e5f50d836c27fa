#include "models/residual.h"

#include <stdlib.h>

#include "models/reach.h"

static void take_offerings(struct residual *network)
{
	const struct district *district = network->plan->district;
	size_t n = 0;

	network->number_of = memory_array(district->n_offerings, sizeof *network->number_of);
	for (size_t i = 0; i < district->n_offerings; i++)
		n += district->offerings[i].grade == network->grade;
	network->offerings = memory_array(n, sizeof *network->offerings);
	for (size_t i = 0; i < district->n_offerings; i++) {
		if (district->offerings[i].grade != network->grade)
			continue;
		network->number_of[i] = (uint32_t)network->n_offerings;
		network->offerings[network->n_offerings++].offering = i;
	}
}

/* --- flows ----------------------------------------------------------------------------------- */

/* The flows of the grade's cells, in their order: those of the district's cell c begin at first[c]
 * of the network's flows. */
struct sorting {
	struct residual *network;
	uint32_t *first;  /* n_cells + 1 */
	uint32_t *placed; /* n_cells: flows that are there */
};

/* The cell of a row that sends or leaves out somebody in the grade, or NONE. */
static size_t cell_of_row(const struct residual *network, const struct audit_row *row, size_t guess)
{
	struct cell key = audit_row_cell(row);

	if (row->grade != network->grade || row->pupils <= 0)
		return NONE;
	return audit_cell_near(network->plan->district, &key, guess);
}

static void count_flows(const struct sorting *sorting)
{
	const struct audit_plan *plan = sorting->network->plan;
	size_t cell = 0;

	for (size_t i = 0; i < plan->n_rows; i++) {
		size_t found = cell_of_row(sorting->network, &plan->rows[i], cell);

		if (found == NONE)
			continue;
		cell = found;
		sorting->first[cell + 1]++;
		sorting->network->n_flows++;
	}
	for (size_t c = 0; c < plan->district->n_cells; c++)
		sorting->first[c + 1] += sorting->first[c];
}

static struct residual_flow flow_of(const struct residual *network, const struct audit_row *row)
{
	size_t offering = NONE;
	struct residual_flow flow = {residual_sink(network), 0, (uint32_t)row->group};

	if (row->school != NONE)
		offering = audit_offering(network->plan->district, row->school, row->grade);
	if (offering == NONE)
		return flow;
	flow.node = network->number_of[offering];
	flow.metres = (int32_t)audit_metres(network->plan, row);
	return flow;
}

static void place_flows(const struct sorting *sorting)
{
	const struct residual *network = sorting->network;
	const struct audit_plan *plan = network->plan;
	size_t cell = 0;

	for (size_t i = 0; i < plan->n_rows; i++) {
		size_t found = cell_of_row(network, &plan->rows[i], cell);

		if (found == NONE)
			continue;
		cell = found;
		network->flows[sorting->first[cell] + sorting->placed[cell]++] =
			flow_of(network, &plan->rows[i]);
	}
}

/* --- classes --------------------------------------------------------------------------------- */

static bool zone_has_group_rules(const struct district *district, size_t zone)
{
	for (size_t i = district->access_of_zone[zone]; i < district->access_of_zone[zone + 1]; i++)
		if (district->access[i].group != NONE)
			return true;
	return false;
}

/* Whether two cells of the grade go to the same schools at the same costs for sure. */
static bool alike(const struct district *district, const struct cell *a, const struct cell *b)
{
	return a->zone == b->zone && choice_kind(district, a) == choice_kind(district, b) &&
	       audit_limit_metres(district, a) == audit_limit_metres(district, b) &&
	       district->groups[a->group].priority == district->groups[b->group].priority &&
	       !zone_has_group_rules(district, a->zone);
}

static void take_classes(struct residual *network, const uint32_t *first_flow)
{
	const struct district *district = network->plan->district;
	const struct cell *last = NULL;
	size_t n = 0;

	for (size_t c = 0; c < district->n_cells; c++)
		n += district->cells[c].grade == network->grade;
	network->classes = memory_array(n + 1, sizeof *network->classes);
	for (size_t c = 0; c < district->n_cells; c++) {
		const struct cell *cell = &district->cells[c];

		if (cell->grade != network->grade)
			continue;
		network->pupils += cell->pupils;
		if (!last || !alike(district, last, cell))
			network->classes[network->n_classes++] =
				(struct residual_class){(uint32_t)c, first_flow[c]};
		choices_find(&network->choices, cell);
		last = cell;
	}
	network->classes[network->n_classes].first_flow = (uint32_t)network->n_flows;
}

static void take_cells(struct residual *network)
{
	size_t n_cells = network->plan->district->n_cells;
	struct sorting sorting = {network, memory_array(n_cells + 1, sizeof(uint32_t)),
				  memory_array(n_cells, sizeof(uint32_t))};

	count_flows(&sorting);
	network->flows = memory_array(network->n_flows, sizeof *network->flows);
	place_flows(&sorting);
	take_classes(network, sorting.first);
	free(sorting.first);
	free(sorting.placed);
}

struct choosing residual_choosing(struct residual *network, size_t class)
{
	const struct cell *cell =
		&network->plan->district->cells[network->classes[class].cell];
	struct choosing made = choice_of(choices_find(&network->choices, cell), cell);

	if (network->most && network->most[class] != UNREACHABLE)
		made.most = network->most[class];
	return made;
}

int64_t residual_limit(const struct residual *network, size_t class)
{
	const struct district *district = network->plan->district;

	return audit_limit_metres(district, &district->cells[network->classes[class].cell]);
}

/* UNREACHABLE in `most` stands for no bound. */
static void bound_ways(struct residual *network)
{
	if (network->plan->district->settings.max_km == 0)
		return;
	network->most = memory_array(network->n_classes, sizeof *network->most);
	for (size_t i = 0; i < network->n_classes; i++) {
		struct choosing choosing;
		int64_t most;

		network->most[i] = UNREACHABLE;
		choosing = residual_choosing(network, i);
		most = choice_most(&choosing);
		if (most <= INT32_MAX)
			network->most[i] = (int32_t)most;
	}
}

void residual_open(struct residual *network, const struct audit_plan *plan, int grade)
{
	*network = (struct residual){.plan = plan, .grade = grade};
	choices_open(&network->choices, plan->district, plan->distances);
	take_offerings(network);
	take_cells(network);
	bound_ways(network);
	residual_levels(network);
	residual_costs(network);
}

void residual_close(struct residual *network)
{
	for (size_t k = 0; k < network->n_levels; k++)
		free(network->levels[k].unplaced);
	choices_close(&network->choices);
	free(network->offerings);
	free(network->number_of);
	free(network->classes);
	free(network->most);
	free(network->flows);
}
