/* models/student_check.h - children by name: whether a plan treats each as it says it does. */
#ifndef SEATWISE_STUDENT_CHECK_H
#define SEATWISE_STUDENT_CHECK_H

#include "models/plan_file.h"

/*
 * Reports, without naming a child: schools whose children in students.csv are not those that
 * assignment.csv and unplaced.csv have of a cell; a child that goes further than an unluckier one
 * of its cell; a wrong km or rank; in lottery.csv lots that are not SHA-256 of `seed:student`, out
 * of order, or of no child, and children without one. Every lot is drawn again. Whether a child may
 * go to its school follows from its cell, which audits judge.
 *
 *   returns 0, or -1 when anything is wrong
 */
int student_check(const struct plan_file *file, const struct distances *distances,
		  struct diags *diags);

#endif
