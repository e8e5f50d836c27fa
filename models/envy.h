/* models/envy.h - who would rather be where one with less right is, or where a seat is free. */
#ifndef SEATWISE_ENVY_H
#define SEATWISE_ENVY_H

#include "inputs/base/memory.h"
#include "models/admission.h"

/*
 * An applicant would rather be at the choices before its own school; at all of them where it has no
 * school, or one that is not among its choices.
 *
 * It envies another of its grade at such a school if it has more right there. With TWINS_SKIP twins
 * do so only where all seats of less right in the grade and the free ones are enough for them. That
 * a cap makes grades compete is not looked at.
 *
 * It wants a free seat of such a school where one is left in its grade and one under the cap; with
 * TWINS_SKIP, one for each of its children.
 */
struct envy {
	size_t *school;  /* n_applicants: the first choice where it envies somebody, or NONE */
	size_t *whom;    /* n_applicants: the one with the least right there, or NONE */
	size_t *seat;    /* n_applicants: the first choice where it wants a free seat, or NONE */
	int64_t n_pairs; /* (one who envies, one who is envied); twins are one applicant */
	size_t n_envious, n_wanting;
};

/*
 * Looks for envy where everyone is.
 *
 *   admission  the seats and the cap may be exceeded: then none is free
 *   school     n_applicants: where it is, a choice of its own or not; NONE: nowhere
 *   made       in the arena
 *
 * Cost: a sort of the admitted, and for each choice before the own school one comparison, or log of
 * the seats where there is envy; 0.05 us a choice.
 */
void envy_find(struct arena *arena, const struct admission *admission, const size_t *school,
	       struct envy *made);

#endif
