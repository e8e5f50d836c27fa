/* models/suppression.h - counts that tables for the public leave out, so that none is too small.
 *
 * Counts from 1 to least - 1 are hidden. So that none can be had by taking the counts that are
 * shown from a total, what is hidden under each total is nothing, or at least two counts that sum
 * to `least` or more: else the smallest count shown is hidden too, or, where none is shown, the
 * total; and among the totals of one kind likewise. (Complementary suppression: Hundepool and
 * others 2012, Statistical Disclosure Control, chapter 4.) Against one who combines totals of
 * several kinds this is no guarantee. */
#ifndef SEATWISE_SUPPRESSION_H
#define SEATWISE_SUPPRESSION_H

#include "models/plan.h"

/* Pupils of a zone (all homes are one, the first), grade and group at a school, or at NONE. */
struct public_count {
	size_t zone, group, school;
	int grade;
	int64_t pupils;
	bool hidden;
};

/* What totals are over. */
enum total_kind {
	TOTAL_ZONE_GRADE,
	TOTAL_GROUP,
	TOTAL_GROUP_PLACED,  /* placed or not: two totals a group */
	TOTAL_SCHOOL,        /* NONE too */
	TOTAL_KINDS
};

struct public_total {
	const struct public_count *first; /* a count that is in it: what it is of */
	int64_t pupils, hidden_pupils;
	size_t n_hidden;
	bool hidden;
};

struct public_totals {
	struct public_total *all;
	size_t n;
	size_t *of_count;             /* n_counts: the total that a count is in */
};

struct suppression {
	struct public_count *counts;  /* by zone, grade, group and school, NONE last */
	size_t n_counts;
	struct public_totals totals[TOTAL_KINDS];
};

/* Hides what must be, in the arena. Cost: a pass over the counts for each one that is hidden beside
 * those below `least`, at worst. */
void suppression_make(struct arena *arena, const struct plan *plan, int64_t least,
		      struct suppression *made);

#endif
