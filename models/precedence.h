/* models/precedence.h - which of two children has more right to a school, and whose twins they are.
 *
 * First the priority class (class 1 before class 2; children without a class last), then the key,
 * then the lot. Claims (models/settlement.h) go before all of it. */
#ifndef SEATWISE_PRECEDENCE_H
#define SEATWISE_PRECEDENCE_H

#include "inputs/distance.h"
#include "models/lot.h"

struct precedence {
	const struct district *district;
	const struct distances *distances;
	size_t *turn;    /* n_students: place by lot, from 0; twins stand next to each other */
	size_t *sibling; /* n_students: the school where a child of the household stays, or NONE */
	size_t *lead;    /* n_students: the first of those who go together; without twins itself */
	size_t *next;    /* n_students: the next of those who go together, or NONE */
};

/*
 * Everything in the arena. A child of the household stays at its current school, if that offers the
 * grade it comes to; of several such schools that offer a child's own grade it is the one where
 * most of them stay, then the first by id. Where the setting `twins` splits them, each of them goes
 * alone.
 *
 * Cost: a sort of the children who give a household.
 */
void precedence_make(struct arena *arena, const struct district *district,
		     const struct distances *distances, const struct lots *lots,
		     struct precedence *made);

/* The class that counts: 1 is the first, INT64_MAX none. */
int64_t precedence_class(const struct precedence *precedence, size_t child);

/* Metres to a school as the key `distance` counts them: sibling_km nearer where a child of the
 * household stays, so perhaps below 0. */
int64_t precedence_metres(const struct precedence *precedence, size_t school, size_t child);

/*
 * Below 0: child a has more right than b. A strict total order.
 *
 *   school  NONE: among children of one home, for whom the key `distance` makes no difference
 */
int precedence_compare(const struct precedence *precedence, size_t school, size_t a, size_t b);

/* How many go together with a child who is the first of them, itself included. */
size_t precedence_size(const struct precedence *precedence, size_t lead);

#endif
