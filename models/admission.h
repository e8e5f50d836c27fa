/* models/admission.h - who is admitted where, by choices and right: at once, or for the time being.
 *
 * Two procedures over the same problem. In both a school goes through those who ask for it in the
 * order of their right and takes each one while there is a seat in the grade and, over all grades,
 * under the cap. Both give the same result in whatever order the applicants stand. */
#ifndef SEATWISE_ADMISSION_H
#define SEATWISE_ADMISSION_H

#include <stddef.h>
#include <stdint.h>

#include "inputs/district.h"

/*
 * What happens to an applicant of several children where fewer seats are left than it needs, but
 * at least one.
 *
 *   TWINS_EXPAND  it is taken: seats are added for it. In a grade only the last one taken can need
 *                 them, so at most its size - 1 are added to the grade. They do not count under
 *                 the cap, which grows with them, and by at most size - 1 more for the last one
 *                 taken of the whole school.
 *   TWINS_SKIP    it is passed over, and the seats go to the next: no seat is added.
 *
 * Where twins are split, each of them is an applicant of its own.
 */
enum twin_rule { TWINS_EXPAND, TWINS_SKIP };

/* Children that are admitted together or not at all: one child, or twins of one grade. */
struct applicant {
	size_t grade;                   /* below n_grades */
	size_t size;                    /* children, >= 1 */
	size_t first_choice, n_choices; /* into `choices`; applicants may share them */
};

struct admission {
	size_t n_applicants, n_schools, n_grades;
	const struct applicant *applicants;
	const size_t *choices;  /* schools, each once in a list, the best first */
	const int64_t *seats;   /* n_schools x n_grades, row-major, >= 0 */
	const int64_t *cap;     /* n_schools: children over all grades, >= 0; INT64_MAX: none */
	enum twin_rule twins;
	/* Below 0: applicant a has more right at the school than b. A strict total order of all
	 * applicants, whatever their grades. */
	int (*compare)(const void *context, size_t school, size_t a, size_t b);
	const void *context;
};

/*
 * First choice first: in round k all who are not admitted yet ask for their k-th choice, and whom a
 * school takes stays there. A second choice gets what first choices left, so it can pay to name
 * another school first (Abdulkadiroglu and Sonmez 2003, who call it the Boston mechanism).
 *
 *   school  n_applicants: the school, or NONE: admitted nowhere. The caller's.
 *
 * Cost: a sort of those who ask, in each round; 0.15 us an application.
 */
void admission_first_choice(const struct admission *admission, size_t *school);

/*
 * Deferred acceptance (Gale and Shapley 1962): a school holds whom it takes for the time being, and
 * those who lose their seat to more right ask for their next choice. `school` as above.
 *
 * An applicant's turn at a school has come when those admitted there with more right leave a seat
 * in its grade and one under the cap. What holds:
 *
 *   - Single children only: everyone is at the best school where its turn has come. So nobody has
 *     more right at a school it would rather be at than one whose seat it could have, and no seat
 *     that someone would rather have stays free. No other such admission is better for anyone, and
 *     no list of choices serves a child better than its true one. (The schools' choices are greedy
 *     on a laminar matroid: substitutes, and more asking never means fewer taken; Hatfield and
 *     Milgrom 2005.)
 *   - TWINS_EXPAND: the same, but for the last: another list than the true one can serve someone
 *     better, because twins that come can free two seats for one.
 *   - TWINS_SKIP: an admission in which everyone is where this rule wants it need not exist. Here
 *     twins are first let in as in TWINS_EXPAND; those that needed a seat added are passed over
 *     at that school, and all begins anew without that choice of theirs (as without those of
 *     grades that have fewer seats than the twins are children). When no seat is added any
 *     more, choices with room for the twins (all their seats are left by those with more right)
 *     are opened again, each once, and all begins anew.
 *     So no grade and no cap is exceeded, and single children are all at the best school where
 *     their turn has come: only twins can have a claim against the result, and only at a school
 *     where they were passed over twice. There the seats may be held by less right, or be free
 *     (envy.h finds them). Another list than the true one can serve someone better.
 *
 * Cost: 0.1 us an application and log of the seats, 0.3 us where a cap binds; with TWINS_SKIP times
 * the number of beginnings: a few where twins are few, dozens where half of the applicants are.
 */
void admission_deferred(const struct admission *admission, size_t *school);

#endif
