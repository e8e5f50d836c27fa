/* models/school_answer.h - who fills a school, and whose nearest it is though they go elsewhere. */
#ifndef SEATWISE_SCHOOL_ANSWER_H
#define SEATWISE_SCHOOL_ANSWER_H

#include "models/why.h"

/* Pupils of a zone who come, or who do not. */
struct zone_pupils {
	size_t zone;
	int64_t metres, pupils;
};

/* Which pupils are asked about: grade 0 and group NONE: all. */
struct school_question {
	size_t school, group;
	int grade;
};

/* Zones by pupils, most first; those of equal pupils by way, then by their order. */
struct school_answer {
	struct zone_pupils *come;
	size_t n_come;
	int64_t n_pupils, nearest, furthest;    /* pupils who come; metres, 0 of nobody */
	int64_t *of_group;                      /* pupils who come, n_groups */
	struct zone_pupils *elsewhere;          /* no school that may take them is nearer */
	size_t n_elsewhere;
	int64_t n_pupils_elsewhere;
	int64_t because[WHY_COUNT];             /* pupils elsewhere, by reason; of WHY_WORSE: */
	int64_t because_large, because_standard; /* a class more would be large; be over standard */
};

/*
 * Makes the answer in the arena.
 *
 * Cost: for every cell with pupils elsewhere a walk to the schools that are nearer to it.
 */
void school_answer_make(struct arena *arena, struct whys *whys,
			const struct school_question *question, struct school_answer *made);

#endif
