/* models/zone_answer.h - the schools around a zone, and why each was or was not taken. */
#ifndef SEATWISE_ZONE_ANSWER_H
#define SEATWISE_ZONE_ANSWER_H

#include "models/why.h"

/* A school seen from the zone. */
struct candidate {
	size_t school;
	int64_t metres;             /* or UNREACHABLE */
	struct why_not answer;
	struct why_not rest;        /* of WHY_TAKEN, where not all are there: why no more are */
};

/*
 * What is said of one batch of pupils. `near` are schools that may take them: all up to the
 * furthest one in use and two beyond it, five at least where there are as many; twelve where some
 * pupils are unplaced. `barred` are those that the rules keep them out of, up to the last of the
 * near ones. Both nearest first; schools at one distance by their order in the district.
 */
struct zone_answer {
	struct candidate *near, *barred;
	size_t n_near, n_barred;
	size_t beyond[WHY_COUNT];   /* where some are unplaced: further schools, by reason */
};

/* Makes the answer in the arena. Cost: a way to every school, and a sort of them. */
void zone_answer_make(struct arena *arena, const struct fellows *fellows,
		      struct zone_answer *made);

/* The nearest school that is full for them, or for those of them who are not there: without a seat,
 * or with none at standard size, or none that does not make a class large. NULL: none of the near
 * ones. */
const struct candidate *zone_answer_full(const struct zone_answer *answer);

#endif
