/* solver/solve_parts.h - what the files that solve whole districts share. */
#ifndef SEATWISE_SOLVE_PARTS_H
#define SEATWISE_SOLVE_PARTS_H

#include <pthread.h>

#include "solver/engines/block.h"
#include "solver/solve.h"

/* The blocks of a district; block i stands for the grades whose root is grade i. */
struct solver {
	const struct program *program;
	struct diags *diags;
	bool *active;              /* n_sides */
	int root[LAST_GRADE + 1];
	bool solved[LAST_GRADE + 1];
	bool failed, with_network;
	bool trial;                /* one of many, beside others: a cut block is not taken up */
	bool relaxed;              /* of a trial: rows are broken, its bounds are all there is */
	size_t effort;             /* of a search: networks */
	pthread_mutex_t lock;      /* of what threads finish */
	struct outcome outcomes[LAST_GRADE + 1];
	double *price;             /* n_offerings, of all blocks */
};

/* Solves blocks and states the rows that their plan breaks, until none is broken. Returns 0 or -1
 * after an error. */
int solver_until_kept(struct solver *solver);

/* Makes one block of two grades' blocks, to be solved again. */
void solver_join(struct solver *solver, int a, int b);

/* Whether pupils of the grade may count in the row. */
bool solver_touches(const struct program *program, const struct side_row *row, int grade);

/* The flows of all blocks; what `all` held is cleared. */
void solver_flows(const struct solver *solver, struct flows *all);

#endif
