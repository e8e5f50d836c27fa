/* models/floor.h - what no plan can avoid: lower bounds by arithmetic alone, no solving.
 *
 * Each figure counts pupils against seats, or takes the nearest school for every pupil, and is
 * never above the best plan's; the best plan may well be above it, and no single plan need reach
 * all of them. A planner reads from them what lies in the district, not in the plan. */
#ifndef SEATWISE_FLOOR_H
#define SEATWISE_FLOOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inputs/capacity.h"
#include "models/reference.h"

/* Seats that are left, those who stay taken off; never negative, no more than class_size.max and
 * the school's cap (max_pupils, norms) leave. */
struct floor_seats {
	int64_t standard;        /* at the standard class size */
	int64_t below_large;     /* with class_size.large - 1 a class */
	int64_t below_oversized; /* with class_size.oversized - 1 a class */
	int64_t most;            /* with class_size.max a class */
};

/* A grade: its special schools and the pupils who need one apart from the others, for they share
 * neither pupils nor schools. The bounds are those of struct floor, of this grade alone. */
struct floor_grade {
	int grade;
	bool special;
	int64_t pupils, no_school;  /* all; of them without any eligible school */
	int64_t far_at_nearest;     /* whose nearest eligible school is beyond their limit */
	struct floor_seats seats;   /* of all its open offerings */
	int64_t unplaced;           /* no_school included */
	int64_t oversized_classes, large_classes, far, over_standard;
};

/* Which pupils of a grade: all; or, of those whom rules of their place (access.csv, max_km, ways
 * that are missing) keep from some school that suits them, the ones who live in an area, township
 * or zone, or who may go to one school only. */
enum floor_place {
	FLOOR_DISTRICT, FLOOR_AREA, FLOOR_TOWNSHIP, FLOOR_ZONE, FLOOR_SCHOOL,
	FLOOR_PLACES
};

/* Pupils with too few seats at all schools that any of them may go to (Hall's condition), however
 * the other pupils go. Pupils who may go nowhere are not among them. */
struct floor_shortage {
	enum floor_place kind;
	const char *id, *name;      /* of a zone or school; the township or "urban", "town", "rural"
				     * as both; "" of the district */
	int grade;
	bool special;
	int64_t pupils, schools;
	int64_t seats_most, seats_below_large; /* see floor_seats */
	int64_t short_unplaced;     /* pupils - seats_most: they stay unplaced */
	int64_t short_large;        /* pupils - seats_below_large: unplaced, or where classes are
				     * large */
};

struct floor {
	int64_t unplaced;           /* pupils, not weighted */
	/* Of every plan that leaves at most so many unplaced as floor_make was told: */
	int64_t oversized_classes, large_classes; /* those who stay included */
	int64_t far, over_standard;
	int64_t metres;             /* pupil-metres of travel */
	struct floor_grade *grades; /* those with pupils or offerings, by grade; special last */
	struct floor_shortage *shortages; /* by pupils who stay unplaced, then short_large; most
					   * first */
	size_t n_grades, n_shortages;
};

/*
 * Makes the bounds of a district, in the arena.
 *
 *   reference      the nearest schools, of the same district; it must outlive `made`
 *   capacities     of the same district
 *   unplaced_most  pupils: the bounds other than `unplaced` hold for every plan that leaves no more
 *                  unplaced, for with fewer pupils there are fewer large classes. Less than
 *                  made->unplaced counts as that.
 *
 * With free sections the bounds are those of the rooms as the district has them. Cost: linear in
 * cells and offerings; where pupils must stay unplaced or seats below large run out, a sort of
 * them; with rules of place a walk over the schools that each zone may reach, grade by grade.
 */
void floor_make(struct arena *arena, const struct reference *reference,
		const struct capacities *capacities, int64_t unplaced_most, struct floor *made);

#endif
