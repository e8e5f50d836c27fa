/* models/enrolment.h - what a plan means for each child by name: classes, wishes, waiting lists. */
#ifndef SEATWISE_ENROLMENT_H
#define SEATWISE_ENROLMENT_H

#include "models/class_lists.h"
#include "models/named.h"
#include "models/wants.h"

/* How the wishes of children came out; all count children but `pairs` and `sets`. */
struct wish_figures {
	int64_t choosing, first, other, none; /* with choices: got the first, another, none */
	int64_t envy_pairs, envious;          /* models/envy.h: passed over for less right */
	int64_t twin_sets, twins_apart;       /* sets; those not all at one school */
	int64_t waiting;                      /* places in waiting lists */
};

struct enrolment {
	const struct named *named;
	const size_t *school;       /* n_students: where they go, or NONE */
	const struct plan *plan;    /* of the whole district */
	struct wants wants;
	struct envy envy;
	const size_t *leads;        /* of the applicants of envy */
	struct waiting *waiting;    /* wants.n */
	size_t *place;              /* wants.n: of each want in its waiting list, from 1 */
	size_t *last;               /* n_offerings: who has the least right of those who have no
				       claim to their seat; NONE: nobody */
	int64_t *nearness;          /* n_students: 1: no school that may take the child is nearer
				       than its own; 2: one is, ...; 0: unplaced */
	size_t *turn, *alike;       /* n_students: of children whom the objective placed, the place
				       among those of their home, grade, group and class, from 1,
				       and how many they are; 0: settled */
	struct wish_figures figures;
};

/*
 * In the arena; all that is given must outlive it.
 *
 *   plan    of the whole district, with the sections of the plan
 *   school  n_students: where they go, or NONE
 *
 * Cost: sorts of what children want; a walk for each home, grade, group and school.
 */
void enrolment_make(struct arena *arena, const struct named *named, const struct plan *plan,
		    const size_t *school, struct enrolment *made);

/* The wishes alone: for the comparison of ways to decide. */
void wish_figures_make(struct arena *arena, const struct named *named, const size_t *school,
		       struct wish_figures *made);

#endif
