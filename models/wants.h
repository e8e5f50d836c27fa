/* models/wants.h - the schools where children would rather be than where a plan has them.
 *
 * In this order: schools to which they have a claim; then, with choices, those before their own
 * (all of them where their own is none of them); without choices, the nearest school that may take
 * them, where it is nearer than their own. */
#ifndef SEATWISE_WANTS_H
#define SEATWISE_WANTS_H

#include "models/envy.h"
#include "models/settlement.h"

/* What makes a child want a school. */
enum want { WANT_STAY, WANT_FEEDER, WANT_SIBLING, WANT_CHOICE, WANT_NEAREST };

/* "stay", "feeder", "sibling", "choice", "nearest" */
const char *want_name(enum want want);

struct wants {
	const struct settlement *settlement;
	const size_t *own;      /* n_students: where they are, or NONE */
	size_t *claims;         /* n_students x RIGHT_COUNT: schools, or NONE */
	size_t *first;          /* n_students + 1: those of child i are [i] .. [i + 1] */
	size_t *school;         /* what they want */
	unsigned char *why;     /* enum want */
	size_t n;
};

/*
 * What the children want, in the arena. Choices that may not take a child are left out.
 *
 *   own  n_students: where they are; it must outlive `made`
 */
void wants_make(struct arena *arena, const struct settlement *settlement, const size_t *own,
		struct choices *choices, struct wants *made);

/* Below 0: child a has more right to a school than b: first by claims, then by precedence. A strict
 * total order. */
int wants_compare(const struct wants *wants, size_t school, size_t a, size_t b);

/*
 * Who is passed over for others with less right (models/envy.h): applicants are the children, twins
 * together; seats are those up to `choice_seats`. In the arena.
 *
 *   leads  n_applicants of made: who they are, in the arena
 */
void wants_envy(struct arena *arena, const struct wants *wants, struct envy *made,
		const size_t **leads);

/* A place in a waiting list. */
struct waiting {
	size_t school, child;
	size_t want;            /* of wants */
	int grade;
};

/* The waiting lists: by school, grade, and right to it. In the arena. Cost: a sort. */
struct waiting *wants_waiting(struct arena *arena, const struct wants *wants);

#endif
