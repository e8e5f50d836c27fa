/* solver/engines/flow.h - what an engine is given and what it gives back. */
#ifndef SEATWISE_FLOW_H
#define SEATWISE_FLOW_H

#include "models/program.h"

/* Grades that are solved together, and the side rows that tie them. */
struct block {
	const struct program *program;
	bool grades[LAST_GRADE + 1];
	const bool *active;   /* n_sides: rows that are in the program; the others are not stated */
	bool no_network;      /* GLPK's engines only */
	bool gates;           /* active rows are of one grade: pupils pass gates (pure.h) */
	bool only_plan;       /* a good plan is enough: no search to the end */
	bool trial;           /* one of many: searches that do not end soon are left open */
	size_t effort;        /* networks that a search may take before it gives up; 0: any */
	int64_t most_cost;    /* of one exact cost for several levels; 0: what 64 bits hold */
};

/* Units of a batch sent to an offering. */
struct flow {
	size_t batch, offering;
	int64_t units;
};

/* A growing list of flows; zero it before use, flows_free it after. */
struct flows {
	struct flow *all;
	size_t n, room;
};

enum engine { ENGINE_NONE, ENGINE_NETWORK, ENGINE_LINEAR, ENGINE_INTEGER };

/* What a block came to; the arrays have n_levels elements. */
struct outcome {
	struct flows flows;
	struct flows safe;       /* the best plan so far that keeps all rows, stated or not */
	int64_t *value, *bound;  /* exact, in the units of the level */
	enum engine *engine;     /* which proved the level's bound */
	bool confirmed;          /* the network's basis was, by GLPK */
	bool cut;                /* effort was too little: flows are a plan to go on from */
	double *seconds;         /* wall, of each level */
	double *price;           /* n_offerings of the district: what one more seat lowers the last
				    level by, in its units; the block's offerings are set */
};

/* The arrays of an outcome but its prices; and all of it but them again. */
void outcome_open(struct outcome *outcome, const struct program *program);
void outcome_close(struct outcome *outcome);

void flows_add(struct flows *flows, size_t batch, size_t offering, int64_t units);
void flows_clear(struct flows *flows);
void flows_append(struct flows *flows, const struct flows *more);
void flows_free(struct flows *flows);

/* "network", "linear", "integer". */
const char *engine_name(enum engine engine);

/* The exact value of every level for these flows, over the block's grades, units left over being
 * unplaced; `value` has n_levels elements. */
void flows_value(const struct block *block, const struct flows *flows, int64_t *value);

/* What the flows sum to in every side row; `sums` has n_sides elements. */
void flows_side_sums(const struct program *program, const struct flows *flows, int64_t *sums);

/*
 * Marks the side rows that the flows break; `broken` has n_sides elements.
 *
 *   returns how many
 */
size_t flows_broken(const struct program *program, const struct flows *flows, bool *broken);

/* Whether the flows keep every side row, stated or not. */
bool flows_keep_rows(const struct program *program, const struct flows *flows);

/*
 * Takes flows as the outcome's plan if they are better at the first level that differs, and as its
 * safe one if they keep all rows too.
 *
 *   value    n_levels: gets what they come to, as flows_value
 *   returns  whether they were better
 */
bool outcome_take(const struct block *block, struct outcome *outcome, const struct flows *flows,
		  int64_t *value);

/* -1, 0 or 1: which of two values of all levels is better, the first that differs deciding. */
int values_compare(const int64_t *a, const int64_t *b, size_t n_levels);

#endif
