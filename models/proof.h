/* models/proof.h - whether a plan is the best one, shown in whole numbers over all pairs.
 *
 * Without the rules that tie grades or groups together (caps of schools, beds, places, shares,
 * whole zones) every grade is a min-cost flow of its own. A plan that keeps all rules and is best
 * there is best with the rules too. It is best there if and only if no cycle of its residual
 * network has a cost that is lexicographically negative (Ahuja, Magnanti, Orlin 1993, theorem 9.1,
 * which needs no more of the costs than an ordered group). Class counts are not convex; they are
 * replaced by their convex envelope, which proves the plan best wherever its loads lie on it. */
#ifndef SEATWISE_PROOF_H
#define SEATWISE_PROOF_H

#include <stdbool.h>
#include <stddef.h>

#include "models/audit.h"

/* Why a level stays open. */
enum proof_reason {
	PROOF_HOLDS,      /* it does not */
	PROOF_IMPROVABLE, /* better without the rules that tie grades or groups together */
	PROOF_ENVELOPE,   /* a load lies above the envelope of its class count */
	PROOF_TOO_LARGE   /* costs that do not fit 64 bits */
};

/* Levels before open_level are proven; open_level is their number where all are. */
struct proof_grade {
	size_t open_level;
	enum proof_reason reason;
};

struct proof {
	bool holds;
	size_t open_level; /* the least of the grades */
	enum proof_reason reason;
	struct proof_grade grades[N_GRADES];
};

/*
 * What one more seat in every offering would lower the levels by, read off the node prices. A seat
 * more moves every threshold of an offering by one pupil; what its school may hold in all stays.
 * The gain is the least cost of a cycle through the new seat, so it is no estimate: with the rules
 * that tie grades or groups together it can only be less.
 */
struct seat_gains {
	audit_value *gain; /* n_offerings x n_levels, in units of 10^-18: lexicographic */
	bool grades[LAST_GRADE + 1]; /* that are proven */
	bool *known;       /* n_offerings: the grade is proven, the gain is an upper bound; not
			      where those who stay make large classes alone */
	bool *exact;       /* n_offerings: and it is attained, but for those rules */
};

void seat_gains_open(struct arena *arena, const struct district *district,
		     struct seat_gains *gains);

/*
 * Tries to prove that no plan is better. The plan must have passed the audit.
 *
 *   gains   NULL, or opened: filled for the grades that are proven
 *
 * Cost: memory by cells and offerings; each class of cells that are alike is asked some times for
 * the offerings near it, 2 us or so, since others are borne out by a bound (models/search.h).
 */
void proof_make(const struct audit_plan *plan, struct seat_gains *gains, struct proof *made);

/* The proof of one grade; grades without pupils hold. */
struct proof_grade proof_of_grade(const struct audit_plan *plan, int grade);

/* "without ..." in words, for a message. */
const char *proof_reason_text(enum proof_reason reason);

#endif
