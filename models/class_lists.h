/* models/class_lists.h - the classes that the children of a plan are divided into, by school. */
#ifndef SEATWISE_CLASS_LISTS_H
#define SEATWISE_CLASS_LISTS_H

#include "models/precedence.h"
#include "models/section_balance.h"

/* The children whom a plan sends to an offering, as an intake. */
struct class_list {
	size_t offering;
	const size_t *children;        /* of the district, by place by lot */
	struct intake intake;          /* of them */
};

struct class_lists {
	struct class_list *lists;      /* by offering; those with children and classes */
	size_t n;
	size_t *section;               /* n_students: the class, from 0, or NONE */
};

/*
 * Who goes where, as intakes (models/section_balance.h), in the arena; `section` is left NONE.
 *
 *   opened  the district with the sections of the plan
 *   school  n_students: where they go, or NONE
 */
void class_lists_make(struct arena *arena, const struct precedence *precedence,
		      const struct district *opened, const size_t *school,
		      struct class_lists *made);

/* Divides the children of every list by models/sectioning.h. */
void class_lists_divide(struct class_lists *lists);

/* Judges the classes of a list (models/section_balance.h). */
void class_list_balance(const struct class_lists *lists, size_t list, struct balance *balance);

#endif
