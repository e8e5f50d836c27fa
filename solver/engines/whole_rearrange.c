#include "solver/engines/whole_parts.h"

#include <math.h>
#include <string.h>

#include "inputs/base/memory.h"
#include "solver/engines/guard.h"
#include "solver/stop.h"

enum {
	MOST_NODES = 200,    /* of a tree: where it stops without a clock */
	MOST_SLICE_MS = 60000
};

/* A lump and one way it may go, as a column. */
struct choice {
	size_t lump;
	uint32_t way;
};

/* A few stations whose lumps are rearranged by branch and cut. */
struct rearrangement {
	struct whole *whole;
	struct layout *layout;
	const struct region *region;
	glp_prob *problem;
	struct choice *choices; /* from 1, as the columns */
	size_t choices_room;
	int n_choices;
	bool with_unplaced;   /* somebody is: then everybody may be */
	int *station_row, *standard_row; /* of a station; 0: none */
	int first_side;       /* rows of the whole's side rows, in order; 0: there are none */
	int *level_row;       /* of an earlier level */
	double *incumbent;    /* the layout as it is */
	bool handed_in;
	int *index;           /* room for a column */
	double *value;
};

/* The loads around the one that is there over which no class more or less is counted, and the one
 * from which each pupil is above the standard size. */
struct calm {
	int64_t low, high, standard;
};

static struct calm calm_of(const struct whole *whole, size_t s, int64_t load)
{
	const struct seats *seats = &whole->program->seats[whole->stations[s].offering];
	struct calm calm = {0, whole->stations[s].spare, INT64_MAX};
	int64_t from = 0, to;

	for (size_t i = 0; i < seats->n_tiers; i++, from = to) {
		const struct tier *tier = &seats->tiers[i];

		to = from + tier->width;
		if (tier->over_standard && from < calm.standard)
			calm.standard = from;
		if (!tier->large && !tier->oversized)
			continue;
		if (to <= load)
			calm.low = to;
		else if (calm.high > load && calm.high > from)
			calm.high = from > load ? from : load;
	}
	return calm;
}

static int add_row(struct rearrangement *here, double low, double high)
{
	int row = glp_add_rows(here->problem, 1);

	guard_row_bounds(here->problem, row, low, high);
	return row;
}

static void add_station(struct rearrangement *here, size_t s)
{
	struct calm calm = calm_of(here->whole, s, here->layout->load[s]);

	here->station_row[s] = add_row(here, (double)calm.low, (double)calm.high);
	if (calm.standard < calm.high)
		here->standard_row[s] = add_row(here, -INFINITY, (double)calm.standard);
}

/* Earlier levels, and side rows: their limits are set once it is known what is in the region. */
static void add_limits(struct rearrangement *here)
{
	for (size_t k = 0; k < here->region->level; k++)
		here->level_row[k] = add_row(here, -INFINITY, 0);
	for (size_t r = 0; r < here->whole->n_rows; r++) {
		int row = add_row(here, -INFINITY, 0);

		here->first_side = r == 0 ? row : here->first_side;
	}
}

static int64_t level_cost(const struct whole *whole, size_t level, const struct choice *choice)
{
	const struct lump *lump = &whole->lumps[choice->lump];

	if (choice->way == NO_WAY)
		return program_unplaced_cost(whole->program, level, lump->batch);
	return program_arc_cost(whole->program, level, lump->batch,
				&whole->ways[lump->first_way + choice->way].arc);
}

static void put(struct rearrangement *here, int *n, int row, int64_t value)
{
	if (row == 0 || value == 0)
		return;
	here->index[++*n] = row;
	here->value[*n] = (double)value;
}

/* Entries of a choice in the rows of its station and the side rows. */
static void put_station(struct rearrangement *here, int *n, const struct choice *choice)
{
	const struct whole *whole = here->whole;
	const struct lump *lump = &whole->lumps[choice->lump];
	const struct station *station;
	size_t s;

	if (choice->way == NO_WAY)
		return;
	s = whole->ways[lump->first_way + choice->way].station;
	station = &whole->stations[s];
	put(here, n, here->station_row[s], lump->size);
	put(here, n, here->standard_row[s], lump->size);
	for (size_t r = station->first_row; r < station->first_row + station->n_rows; r++)
		put(here, n, here->first_side + (int)r, whole_coefficient(whole, r, choice->lump));
}

static void add_choice(struct rearrangement *here, int lump_row, struct choice choice)
{
	int column = glp_add_cols(here->problem, 1), n = 0;

	here->choices = memory_grow(here->choices, &here->choices_room, (size_t)column + 1,
				    sizeof *here->choices);
	here->choices[column] = choice;
	here->n_choices = column;
	glp_set_col_kind(here->problem, column, GLP_BV);
	guard_cost(here->problem, column,
		   (double)level_cost(here->whole, here->region->level, &choice));
	put(here, &n, lump_row, 1);
	put_station(here, &n, &choice);
	for (size_t k = 0; k < here->region->level; k++)
		put(here, &n, here->level_row[k], level_cost(here->whole, k, &choice));
	guard_column(here->problem, column, n, here->index, here->value);
}

/* The ways of a lump into the region that are not priced out, and the one it goes. */
static void add_lump(struct rearrangement *here, size_t i)
{
	const struct whole *whole = here->whole;
	const struct lump *lump = &whole->lumps[i];
	uint32_t now = here->layout->way[i];
	int row = add_row(here, 1, 1);

	for (uint32_t j = 0; j < lump->n_ways; j++) {
		const struct way *way = &whole->ways[lump->first_way + j];


		if (here->station_row[way->station] &&
		    (j == now || way->reduced <= here->region->most_reduced))
			add_choice(here, row, (struct choice){i, j});
	}
	if (here->with_unplaced)
		add_choice(here, row, (struct choice){i, NO_WAY});
}

static bool inside(const struct rearrangement *here, size_t lump)
{
	const struct whole *whole = here->whole;
	size_t s = whole_station(whole, here->layout, lump);

	if (s != SIZE_MAX)
		return here->station_row[s] != 0;
	for (size_t j = 0; j < whole->lumps[lump].n_ways; j++)
		if (here->station_row[whole->ways[whole->lumps[lump].first_way + j].station])
			return true;
	return false;
}

static void add_lumps(struct rearrangement *here)
{
	const struct whole *whole = here->whole;

	for (size_t i = 0; i < whole->n_lumps; i++)
		here->with_unplaced |= here->layout->way[i] == NO_WAY && inside(here, i);
	for (size_t i = 0; i < whole->n_lumps; i++)
		if (inside(here, i))
			add_lump(here, i);
}

/* A column for the pupils above the standard size. */
static void add_excess(struct rearrangement *here, size_t s)
{
	const struct level_scale *levels = here->whole->program->levels;
	int column = glp_add_cols(here->problem, 1), n = 0;

	guard_column_bounds(here->problem, column, 0, INFINITY);
	guard_cost(here->problem, column, (double)levels[here->region->level].over_standard);
	put(here, &n, here->standard_row[s], -1);
	for (size_t k = 0; k < here->region->level; k++)
		put(here, &n, here->level_row[k], levels[k].over_standard);
	guard_column(here->problem, column, n, here->index, here->value);
}

/* The layout as a solution. */
static void read_incumbent(struct rearrangement *here)
{
	const struct layout *layout = here->layout;
	int column = here->n_choices;

	here->incumbent = memory_array((size_t)glp_get_num_cols(here->problem) + 1,
				       sizeof *here->incumbent);
	for (int j = 1; j <= here->n_choices; j++)
		here->incumbent[j] = here->choices[j].way == layout->way[here->choices[j].lump];
	for (size_t i = 0; i < here->region->n; i++) {
		size_t s = here->region->stations[i];

		if (here->standard_row[s]) {
			int row = here->standard_row[s];
			double over = (double)layout->load[s] -
				      glp_get_row_ub(here->problem, row);

			here->incumbent[++column] = over > 0 ? over : 0;
		}
	}
}

/* What the layout has of a row's entries. */
static double has(struct rearrangement *here, int row)
{
	int n = glp_get_mat_row(here->problem, row, here->index, here->value);
	double sum = 0;

	for (int i = 1; i <= n; i++)
		sum += here->value[i] * here->incumbent[here->index[i]];
	return sum;
}

static void set_limits(struct rearrangement *here)
{
	const struct whole *whole = here->whole;

	for (size_t k = 0; k < here->region->level; k++)
		guard_row_bounds(here->problem, here->level_row[k], -INFINITY,
				 has(here, here->level_row[k]));
	for (size_t r = 0; r < whole->n_rows; r++) {
		int row = here->first_side + (int)r;
		int64_t room = whole->rows[r].limit - here->layout->used[r];

		guard_row_bounds(here->problem, row, -INFINITY, has(here, row) + (double)room);
	}
}

static void state(struct rearrangement *here)
{
	const struct region *region = here->region;

	for (size_t i = 0; i < region->n; i++)
		add_station(here, region->stations[i]);
	add_limits(here);
	add_lumps(here);
	for (size_t i = 0; i < region->n; i++)
		if (here->standard_row[region->stations[i]])
			add_excess(here, region->stations[i]);
	read_incumbent(here);
	set_limits(here);
}

static void on_event(glp_tree *tree, void *context)
{
	struct rearrangement *here = context;
	int nodes;

	glp_ios_tree_size(tree, NULL, NULL, &nodes);
	if (nodes > MOST_NODES || stop_asked())
		glp_ios_terminate(tree);
	else if (glp_ios_reason(tree) == GLP_IHEUR && !here->handed_in) {
		glp_ios_heur_sol(tree, here->incumbent);
		here->handed_in = true;
	}
}

static double incumbent_cost(const struct rearrangement *here)
{
	double cost = 0;

	for (int j = 1; j <= glp_get_num_cols(here->problem); j++)
		cost += glp_get_obj_coef(here->problem, j) * here->incumbent[j];
	return cost;
}

/* Takes out the choices that no better layout can have; false where there is none at all. */
static bool relax(struct rearrangement *here)
{
	glp_smcp control;
	double gap;

	glp_init_smcp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.tm_lim = MOST_SLICE_MS;
	glp_adv_basis(here->problem, 0);
	if (glp_simplex(here->problem, &control) != 0 ||
	    glp_get_status(here->problem) != GLP_OPT)
		return false;
	gap = incumbent_cost(here) - glp_get_obj_val(here->problem);
	if (gap < 0.5)
		return false;
	for (int j = 1; j <= here->n_choices; j++)
		if (glp_get_col_stat(here->problem, j) == GLP_NL &&
		    glp_get_col_dual(here->problem, j) > gap)
			guard_column_bounds(here->problem, j, 0, 0);
	return true;
}

static void branch_and_cut(struct rearrangement *here)
{
	glp_iocp control;

	glp_init_iocp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.cb_func = on_event;
	control.cb_info = here;
	control.mir_cuts = control.cov_cuts = GLP_ON;
	control.mip_gap = 1e-6;
	glp_intopt(here->problem, &control);
}

/* Puts the solution in the place of the layout if that is better. */
static bool take(struct rearrangement *here)
{
	struct layout *layout = here->layout;
	int status = glp_mip_status(here->problem);
	int64_t before = layout->cost;

	if (status != GLP_OPT && status != GLP_FEAS)
		return false;
	for (int j = 1; j <= here->n_choices; j++)
		if (glp_mip_col_val(here->problem, j) > 0.5)
			layout->way[here->choices[j].lump] = here->choices[j].way;
	layout_count(here->whole, layout);
	if (layout->cost < before && layout_fits(here->whole, layout))
		return true;
	for (int j = 1; j <= here->n_choices; j++)
		if (here->incumbent[j] > 0.5)
			layout->way[here->choices[j].lump] = here->choices[j].way;
	layout_count(here->whole, layout);
	return false;
}

bool whole_rearrange(struct whole *whole, struct layout *layout, const struct region *region)
{
	struct rearrangement here = {.whole = whole, .layout = layout, .region = region};
	size_t room = whole->n_lumps * (region->n + 1) + whole->n_stations + whole->n_rows +
		      region->level + 16;
	bool better = false;

	here.problem = glp_create_prob();
	here.station_row = memory_array(whole->n_stations, sizeof *here.station_row);
	here.standard_row = memory_array(whole->n_stations, sizeof *here.standard_row);
	here.level_row = memory_array(region->level, sizeof *here.level_row);
	here.index = memory_array(room, sizeof *here.index);
	here.value = memory_array(room, sizeof *here.value);
	state(&here);
	if (relax(&here)) {
		branch_and_cut(&here);
		better = take(&here);
	}
	glp_delete_prob(here.problem);
	memory_free(here.station_row);
	memory_free(here.standard_row);
	memory_free(here.level_row);
	memory_free(here.index);
	memory_free(here.value);
	memory_free(here.incumbent);
	memory_free(here.choices);
	return better;
}
