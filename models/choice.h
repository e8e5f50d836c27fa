/* models/choice.h - who may go where, asked of a few schools: audit_reach without looking at all.
 *
 * The schools that suit a kind of pupils in a grade, wherever they live, are found once and put in
 * a tree by place; the rest of the rules is asked of one school and cell at a time. */
#ifndef SEATWISE_CHOICE_H
#define SEATWISE_CHOICE_H

#include "inputs/places.h"

/* Kinds of pupils: by need, and whether they go to public schools only. */
enum { CHOICE_KINDS = 8 };

/* The schools of a grade that suit one kind of pupils; those without sections are among them. */
struct choice {
	const struct district *district;
	const struct distances *distances;
	size_t n;
	size_t *schools, *offerings; /* n, ascending; in the district */
	struct places places;        /* of the schools */
};

/* The choices of a district, made when they are asked for. Not to be shared between threads. */
struct choices {
	const struct district *district;
	const struct distances *distances;
	struct arena arena;
	struct choice *of[N_GRADES][CHOICE_KINDS]; /* NULL: nobody asked */
};

/* The pupils of a cell before a choice. */
struct choosing {
	const struct choice *choice;
	const struct cell *cell;
	bool ruled, only; /* the zone is in access.csv; an `only` rule matches */
	int64_t most;     /* metres of a way at most: see choice_most */
};

void choices_open(struct choices *choices, const struct district *district,
		  const struct distances *distances);
void choices_close(struct choices *choices);

/* The kind of a cell's pupils, below CHOICE_KINDS. */
size_t choice_kind(const struct district *district, const struct cell *cell);

/* The choice of a cell (its pupils are not read). Cost: that of places_make, once a kind. */
const struct choice *choices_find(struct choices *choices, const struct cell *cell);

/* The pupils of a cell before its choice; `most` is without bounds yet. */
struct choosing choice_of(const struct choice *choice, const struct cell *cell);

/* The longest way that max_km leaves: itself, or the way to the nearest school where that is
 * further; INT64_MAX without it and for boarders. Cost: a walk to the nearest school. */
int64_t choice_most(const struct choosing *choosing);

/* Whether a school of the choice takes them, `metres` away. Cost: the rules of that school. */
bool choice_takes(const struct choosing *choosing, size_t item, int64_t metres);

/* places_walk over the schools that might take them; choice_takes says which do. With an `only`
 * rule those that are named are taken, none is entered, and one may come several times. */
void choice_walk(const struct choosing *choosing, const struct places_visitor *visitor,
		 void *context);

/* What audit_reach says of one school. */
bool choices_eligible(struct choices *choices, const struct cell *cell, size_t school);

#endif
