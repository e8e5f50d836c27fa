/* solver/engines/linear_network.c - the linear program begins where the network of the block ends.
 *
 * Without its side rows the block is a network; that is solved first, its lanes become the first
 * columns, and its tree, with the side rows basic, is a basis of the linear program: optimal for
 * all levels but for the side rows that it breaks. */
#include "inputs/base/memory.h"
#include "models/routes.h"
#include "solver/engines/linear_parts.h"
#include "solver/engines/pure.h"

struct starting {
	struct linear *linear;
	const struct pure *pure;
};

static const int statuses[] = {[NETWORK_EMPTY] = GLP_NL, [NETWORK_BASIC] = GLP_BS,
			       [NETWORK_FULL] = GLP_NU};

static void take_lane(void *context, size_t batch, size_t station, int64_t cost,
		      enum network_state state)
{
	const struct starting *starting = context;
	struct linear *linear = starting->linear;
	struct arc arc;

	(void)cost;
	if (!routes_find(linear->program, pure_batch(starting->pure, batch),
			 pure_offering(starting->pure, station), &arc))
		return;
	linear_add_arc(linear, pure_batch(starting->pure, batch), &arc);
	glp_set_col_stat(linear->problem, linear->n_columns, statuses[state]);
}

/* Columns of unplaced pupils are the first ones, by batch. */
static void take_unplaced(void *context, size_t batch, int64_t cost, enum network_state state)
{
	const struct starting *starting = context;

	(void)cost;
	glp_set_col_stat(starting->linear->problem, (int)batch + 1, statuses[state]);
}

/* A tier without a column is room of the row: where it is the basic one, the row is. */
static void take_tier(void *context, size_t station, size_t tier, enum network_state state)
{
	const struct starting *starting = context;
	struct linear *linear = starting->linear;
	size_t offering = pure_offering(starting->pure, station);
	int column = linear->tier_column[offering][tier];

	if (column)
		glp_set_col_stat(linear->problem, column, statuses[state]);
	else if (state == NETWORK_BASIC)
		glp_set_row_stat(linear->problem, linear->offering_row[offering], GLP_BS);
}

/* Rows of batches are equal to their units; those of stations at their most unless a free tier is
 * the basic one, which take_tier says. */
static void set_rows(struct linear *linear)
{
	const struct program *program = linear->program;

	for (size_t b = 0; b < program->n_batches; b++)
		if (linear->batch_row[b])
			glp_set_row_stat(linear->problem, linear->batch_row[b], GLP_NS);
	for (size_t i = 0; i < program->district->n_offerings; i++)
		if (linear->offering_row[i])
			glp_set_row_stat(linear->problem, linear->offering_row[i],
					 program->seats[i].spare > 0 ? GLP_NU : GLP_BS);
}

bool linear_take_network(struct linear *linear)
{
	static const struct network_basis basis = {take_lane, take_unplaced, take_tier};
	struct block block = *linear->block;
	struct starting starting = {linear, NULL};
	struct pure *pure;
	bool done;

	block.gates = false; /* the linear program has the rows themselves */
	pure = linear->network = pure_open(&block);
	starting.pure = pure;
	done = pure && pure_solve(pure) == PURE_DONE && pure_groups(pure) == 1;
	if (done) {
		glp_std_basis(linear->problem);
		set_rows(linear);
		network_basis(pure_network(pure), &basis, &starting);
	}
	if (pure)
		pure_close(pure);
	linear->network = NULL;
	return done;
}
