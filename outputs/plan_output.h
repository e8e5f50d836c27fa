/* outputs/plan_output.h - everything that a plan folder is written from. */
#ifndef SEATWISE_PLAN_OUTPUT_H
#define SEATWISE_PLAN_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inputs/capacity.h"
#include "models/enrolment.h"
#include "models/floor.h"
#include "models/plan.h"
#include "models/price.h"
#include "outputs/run_clock.h"

/* How one level of the objective came out. */
struct level_result {
	const char *terms;       /* as in the objective: "travel_km + 3 over_standard" */
	int digits;              /* value and bound are in units of 10^-digits */
	int64_t value, bound;    /* bound <= value: proven; equal: optimal */
	const char *engine;      /* "network", "linear", "integer" */
	double seconds;
};

/* Why the result may be believed. */
struct certificate {
	const char *method;      /* "glpk-basis", "primal-dual", "branch-and-bound" */
	bool holds;
};

struct findings;    /* models/finding.h */
struct suppression; /* models/suppression.h */

/* What a way to decide (setting `decide`) comes to, children by name being given. */
struct decided_way {
	enum decide decide;
	struct totals totals;
	struct wish_figures wishes;
	bool optimal;            /* every level of its plan is proven */
};

/* What the tables and reports of a plan read; all borrowed. */
struct plan_output {
	const struct district *district;
	const struct capacities *capacities;
	const struct distances *distances;
	const struct plan *plan;            /* the command `matrix` has none */
	const struct level_result *levels;
	size_t n_levels;
	struct certificate certificate;
	const struct plan *nearest;         /* everybody at the nearest school; NULL: none */
	const struct floor *floor;          /* what no plan can avoid; NULL: not known */
	const int64_t *seat_price;          /* thousandths, n_offerings; NULL: not known */
	const struct prices *prices;
	const struct findings *findings;
	const char *const *reasons;         /* n_placements; read where the school is NONE */
	/* Children by name; NULL: there are none. */
	const struct named *named;
	const struct enrolment *enrolment;
	const struct class_lists *class_lists;
	const struct decided_way *ways;     /* n_ways; 0: nobody has choices */
	size_t n_ways;
	const struct suppression *suppression; /* NULL: no tables for the public are asked for */
	const char *input_hash;             /* hexadecimal (outputs/input_hash.h) */
	struct run_clock *clock;            /* run.json; the stage `write` is added */
	int threads;
};

/* Whether every level is proven optimal. */
bool plan_output_optimal(const struct plan_output *output);

#endif
