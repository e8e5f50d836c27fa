/* models/residual.h - the residual network of a plan's grade, for the proof.
 *
 * Its nodes are the offerings of the grade and, last, the sink: where pupils go who are unplaced.
 * Cells are no nodes: what a cell allows is to move one of its pupils from where the plan sends it
 * to anywhere in its reach. Costs are vectors over the levels, in whole numbers. */
#ifndef SEATWISE_RESIDUAL_H
#define SEATWISE_RESIDUAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/audit.h"
#include "models/choice.h"

enum { RESIDUAL_LEVELS = 16 + 2 * MAX_PRIORITIES };

/* What one level of the objective costs, common divisors taken out and times the scale. */
struct level_cost {
	size_t level;                     /* in the objective */
	int64_t per_metre, far, over_standard;
	int64_t large, oversized;         /* of one class, without the scale */
	audit_value divisor;              /* that was taken out, in units of 10^-18 */
	int64_t *unplaced;                /* n_groups */
	int64_t priority;                 /* class whose ways alone count; 0: all */
};

/* Pupils of one cell whom the plan sends to one node. */
struct residual_flow {
	uint32_t node;
	int32_t metres;
	uint32_t group;
};

/* Cells of one zone that may go to the same schools at the same costs: they are asked as one. Its
 * flows go up to those of the next class. */
struct residual_class {
	uint32_t cell;                    /* the first one, in the district */
	uint32_t first_flow;
};

struct residual_offering {
	size_t offering;                  /* in the district */
	bool more, fewer;                 /* one pupil more or fewer can be sent */
	int64_t cost_more[RESIDUAL_LEVELS], cost_fewer[RESIDUAL_LEVELS]; /* fewer: what is saved */
};

struct residual {
	const struct audit_plan *plan;
	int grade;
	struct choices choices;
	size_t n_levels;
	struct level_cost levels[RESIDUAL_LEVELS];
	int64_t scale;                    /* of the costs: slopes of envelopes are whole then */
	size_t tight_levels;              /* before the first whose envelope is below the plan */
	size_t fitting_levels;            /* before the first whose path costs exceed 64 bits */
	size_t n_offerings, n_classes, n_flows;
	int64_t pupils;                   /* of all cells: no load can grow by more */
	struct residual_offering *offerings;
	uint32_t *number_of;              /* of the district's offerings in the network */
	struct residual_class *classes;   /* n_classes, and one where the flows end */
	int32_t *most;                    /* choice_most of the classes; NULL without max_km */
	struct residual_flow *flows;
};

/* Builds the network of a grade. Cost: the rows of the plan, and a walk for each class where there
 * is a max_km. */
void residual_open(struct residual *network, const struct audit_plan *plan, int grade);

void residual_close(struct residual *network);

/* The pupils of a class before their choice. */
struct choosing residual_choosing(struct residual *network, size_t class);

/* Metres beyond which a way of the class is far. */
int64_t residual_limit(const struct residual *network, size_t class);

/* Sets the costs of one pupil more or fewer at every offering, and scale, tight_levels and
 * fitting_levels; the network's offerings, flows and levels are there. */
void residual_costs(struct residual *network);

/* The costs of the levels: those that count nothing in a grade are left out. */
void residual_levels(struct residual *network);

static inline uint32_t residual_sink(const struct residual *network)
{
	return (uint32_t)network->n_offerings;
}

static inline size_t residual_nodes(const struct residual *network)
{
	return network->n_offerings + 1;
}

/* The class of a group's pupils. */
static inline int64_t residual_priority(const struct residual *network, size_t group)
{
	return network->plan->district->groups[group].priority;
}

/* The cost of the way of a pupil of a class; far: beyond the limit. */
static inline int64_t residual_way(const struct level_cost *level, int64_t priority,
				   int64_t metres, bool far)
{
	if (level->priority != 0 && level->priority != priority)
		return 0;
	return level->per_metre * metres + (far ? level->far : 0);
}

#endif
