/* models/student_check.h - children by name: whether a plan treats each as it says it does. */
#ifndef SEATWISE_STUDENT_CHECK_H
#define SEATWISE_STUDENT_CHECK_H

#include "models/enrolment.h"
#include "models/plan_file.h"

/* What a plan is checked against; all borrowed. */
struct child_rules {
	const struct plan_file *file;
	const struct named *named;           /* of the district as read, made anew */
	const struct district *opened;       /* the whole district, in the sections of the plan */
	const struct district *rest_opened;  /* what was left for the objective, likewise */
	bool twins_may_part;                 /* the plan is not proven: time may have run out */
};

/*
 * Reports, without naming a child:
 *
 *   - schools whose children in students.csv are not those that assignment.csv and unplaced.csv
 *     have of a cell;
 *   - a child whose claim or choice gives it another school than it has; twins apart who could be
 *     together; a seat that is another child's by right, among children alike;
 *   - a wrong km, rank or nearness;
 *   - classes that differ by more than one, have more inclusion children or more twins apart than
 *     need be, or are not those that are drawn anew;
 *   - waiting lists and notices that are not so;
 *   - lots that are not those drawn anew, out of order, or of no child, and children without one.
 *
 * Whether a child whom the objective placed may go to its school is for audits to judge.
 *
 *   enrolment  made where the schools are all right, in the arena
 *   returns    0, or -1 when anything is wrong
 */
int student_check(struct arena *arena, const struct child_rules *rules,
		  struct enrolment *enrolment, struct diags *diags);

#endif
