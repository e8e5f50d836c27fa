/* models/shortage.h - what a plan is short of, gathered by cause, with changes that might help.
 *
 * Nothing is solved: solver/doctor.h tries the changes. */
#ifndef SEATWISE_SHORTAGE_H
#define SEATWISE_SHORTAGE_H

#include "models/finding.h"
#include "models/reference.h"

enum { MOST_REMEDIES = 6, GATHERED_REMEDIES = 24 };

struct shortage {
	struct finding finding, cause;         /* the cause: what alike ones are known by */
	struct change remedies[GATHERED_REMEDIES]; /* as much of each as could be of use */
	size_t n_remedies;                     /* MOST_REMEDIES at most are kept */
	size_t last_zone;                      /* that was counted */
};

struct shortages {
	struct shortage *all; /* by level of the objective, the largest first; memory_free */
	size_t n, room;
};

/*
 * Gathers unplaced pupils, large classes and far pupils. Where unplaced cells times schools are
 * more than SHORTAGE_LOOKS, only the first of these cells are looked at and counted.
 *
 * Cost: for a cell with unplaced pupils a look at every school, 50 ns.
 */
enum { SHORTAGE_LOOKS = 40000000 };

void shortages_find(struct whys *whys, const struct reference *reference,
		    const struct floor *floor, struct shortages *shortages);

#endif
