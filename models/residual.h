/* models/residual.h - the residual network of a plan's grade, for the proof.
 *
 * Nodes are numbered: offerings of the grade, then the sink, then cells. Pupils who are unplaced go
 * from their cell straight to the sink. Costs are vectors over the levels, in whole numbers. */
#ifndef SEATWISE_RESIDUAL_H
#define SEATWISE_RESIDUAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/audit.h"

enum { RESIDUAL_LEVELS = 16 };

/* What one level of the objective costs, common divisors taken out and times the scale. */
struct level_cost {
	size_t level;                     /* in the objective */
	int64_t per_metre, far, over_standard;
	int64_t large, oversized;         /* of one class, without the scale */
	int64_t *unplaced;                /* n_groups */
};

/* A school in reach of a cell, by its number in the network. */
struct lane {
	uint32_t offering;
	int32_t metres;
};

struct residual_cell {
	size_t cell;                      /* in the district */
	int64_t limit_metres;
	size_t first_lane, n_lanes;       /* first_lane NONE: not kept */
	size_t first_flow, n_flows;       /* lanes that the plan uses */
	bool unplaced;                    /* the plan leaves some out */
};

struct residual_offering {
	size_t offering;                  /* in the district */
	bool more, fewer;                 /* one pupil more or fewer can be sent */
	int64_t cost_more[RESIDUAL_LEVELS], cost_fewer[RESIDUAL_LEVELS]; /* fewer: what is saved */
};

struct residual {
	const struct audit_plan *plan;
	int grade;
	size_t n_levels;
	struct level_cost levels[RESIDUAL_LEVELS];
	int64_t scale;                    /* of the costs: slopes of envelopes are whole then */
	size_t tight_levels;              /* before the first whose envelope is below the plan */
	size_t fitting_levels;            /* before the first whose path costs exceed 64 bits */
	size_t n_offerings, n_cells;
	int64_t pupils;                   /* of all cells: no load can grow by more */
	struct residual_offering *offerings;
	uint32_t *number_of;              /* of the district's offerings in the network */
	struct residual_cell *cells;
	struct lane *lanes, *flows, *scratch;
	size_t n_lanes, lane_room, n_flows;
	bool *reach;                      /* n_schools, scratch */
};

/* Builds the network of a grade. */
void residual_open(struct residual *network, const struct audit_plan *plan, int grade);

void residual_close(struct residual *network);

/* The lanes of a cell, valid until the next call. */
const struct lane *residual_lanes(struct residual *network, size_t cell, size_t *n);

/* Sets the costs of one pupil more or fewer at every offering, and scale, tight_levels and
 * fitting_levels; the network's offerings, flows and levels are there. */
void residual_costs(struct residual *network);

/* The costs of the levels: those that count nothing in a grade are left out. */
void residual_levels(struct residual *network);

static inline size_t residual_sink(const struct residual *network)
{
	return network->n_offerings;
}

static inline size_t residual_nodes(const struct residual *network)
{
	return network->n_offerings + 1 + network->n_cells;
}

#endif
