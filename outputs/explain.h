/* outputs/explain.h - answers in plain sentences: where a zone's pupils go, who fills a school. */
#ifndef SEATWISE_EXPLAIN_H
#define SEATWISE_EXPLAIN_H

#include "models/enrolment.h"
#include "models/student_file.h"
#include "models/school_answer.h"
#include "models/zone_answer.h"
#include "outputs/sentences.h"

/*
 * Where these pupils of a zone go, the schools around them, and why each was or was not taken.
 *
 *   recorded  the reason that unplaced.csv gives, or NULL
 */
void explain_fellows(const struct telling *telling, const struct fellows *fellows,
		     const struct zone_answer *answer, const char *recorded);

/* How full a school is, who comes, who would be nearest but goes elsewhere, what would change. */
void explain_school(const struct telling *telling, const struct school_question *question,
		    const struct school_answer *answer);

/* A child by name: where it goes and why, and where it waits; its id and its home are not told.
 *
 *   row  of students.csv */
void explain_student(const struct telling *telling, const struct enrolment *enrolment,
		     const struct plan_student_row *row, size_t child);

#endif
