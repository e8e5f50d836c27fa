/* models/finding.h - who is short of what, why, and the least that would cure it. */
#ifndef SEATWISE_FINDING_H
#define SEATWISE_FINDING_H

#include "models/change.h"
#include "models/floor.h"
#include "models/price.h"
#include "models/why.h"

enum finding_kind {
	FINDING_SEATS_SHORT, /* by arithmetic: no plan can avoid it */
	FINDING_NO_SCHOOL,   /* unplaced: no school may take them */
	FINDING_NO_ROOM,     /* unplaced: schools may, but none has room */
	FINDING_LARGE,       /* large classes of a grade */
	FINDING_FAR_FULL,    /* far, though their nearest school is not: it is full */
	FINDING_FAR_ALL      /* far: every school that may take them is */
};

enum { MOST_CURES = 5 };

/* A change that helps, as small as it may be for what it gains. */
struct cure {
	struct change change;
	struct gain gain;
};

/* What is not told is 0, NONE or NULL. */
struct finding {
	enum finding_kind kind;
	enum term term;       /* of the objective: what is counted */
	enum why why;         /* what stands in the way at the school, or at the nearest ones */
	int64_t count;        /* pupils, or classes */
	int grade;
	size_t zone, group;   /* where they live and what they are, if all are alike */
	int64_t priority;     /* class of a group's children by name; 0: not one */
	size_t n_zones;       /* how many zones they live in */
	size_t school;        /* that they would go to */
	int64_t metres;       /* the way to it: of the first zone; FINDING_FAR_ALL: the longest */
	const struct floor_shortage *shortage; /* of FINDING_SEATS_SHORT */
	struct cure cures[MOST_CURES];         /* the best first */
	size_t n_cures;
	bool tried;           /* else no change was: the setting `trials` did not reach it */
};

struct findings {
	struct finding *all;  /* by level of the objective, the largest first */
	size_t n;
};

/* "seats_short", ... */
const char *finding_name(enum finding_kind kind);

#endif
