/* models/settlement.h - children who have a school before the objective places the others.
 *
 * First claims, in the order of the setting `rights`: children who stay at their current school,
 * those with a feeder school, those of whose household a child stays somewhere. Then, where the
 * setting `decide` says so, choices (models/admission.h). A claim goes before zoning and max_km; it
 * needs an open school with the grade, of the right kind, and a way to it. */
#ifndef SEATWISE_SETTLEMENT_H
#define SEATWISE_SETTLEMENT_H

#include "inputs/capacity.h"
#include "models/admission.h"
#include "models/choice.h"
#include "models/precedence.h"
#include "models/reference.h"

/* By what a child has its school. The first ones are those of enum right, one higher. */
enum settled {
	SETTLED_NOT,
	SETTLED_STAY,
	SETTLED_FEEDER,
	SETTLED_SIBLING,
	SETTLED_CHOICE,
	/* For a while, by who solves: twins for whom the plan left no two seats, at a school or,
	 * where none has two for them, at NONE. */
	SETTLED_TWINS
};

struct settlement {
	const struct district *district;
	const struct precedence *precedence;
	const struct nearest_school *nearest; /* n_cells: of the cells of the district */
	struct capacities capacities;
	size_t *school;         /* n_students: or NONE */
	unsigned char *by;      /* n_students: enum settled */
	int64_t *in_offering;   /* n_offerings: settled children */
	int64_t *in_school, *beds, *places; /* n_schools: settled children, beds and places used */
	size_t n_kept[RIGHT_COUNT], n_missed[RIGHT_COUNT]; /* children whose claim was heard */
};

/*
 * Settles claims, then choices, in the arena. Claims to a current or a feeder school are kept up to
 * class_size.max, those of siblings and choices up to `choice_seats`; caps of schools, beds and
 * inclusion places hold. At a school the children of one right come by precedence. Twins for whom
 * fewer seats are left than they need are passed over, or get one seat more where the setting is
 * `expand`.
 *
 * Children with needs and those whose group has a max_share take no part in choices. A claim missed
 * is none any more: the child has its choices, then the objective. Without the right `sibling`, but
 * with sibling_km, that school is claimed where so many km less make it the nearest. Where sections
 * are free nobody is settled.
 *
 *   nearest  n_cells: the nearest eligible schools
 *   choices  of the district: who may go where
 *
 * Cost: a sort of the claims of each right, and that of the admission.
 */
void settlement_make(struct arena *arena, const struct precedence *precedence,
		     const struct nearest_school *nearest, struct choices *choices,
		     struct settlement *made);

/* The school that a right gives a child a claim to, or NONE: also where the claim is void, or the
 * right counts nothing. */
size_t settlement_claim(const struct settlement *settlement, enum right right, size_t child);

/* Seats left for children of a cell at an offering, with classes of so many pupils. */
int64_t settlement_room(const struct settlement *settlement, const struct offering *offering,
			const struct cell *cell, int64_t class_size);

/* The class size up to which choices are admitted. */
int64_t settlement_choice_size(const struct district *district, const struct offering *offering);

/* Settles a child, and those who go together with it; at NONE they stay without a school. */
void settlement_settle(struct settlement *settlement, size_t lead, size_t school, enum settled by);

/* Takes it back. */
void settlement_unsettle(struct settlement *settlement, size_t child);

/* Whether the objective is to place a child. */
static inline bool settlement_leaves(const struct settlement *settlement, size_t child)
{
	return settlement->by[child] == SETTLED_NOT;
}

/*
 * Seats up to `choice_seats`, in every grade of every school, and under its cap (INT64_MAX: none).
 *
 *   free       those that settled children left; else those of children who stay are taken off only
 *   seats      n_schools x N_GRADES, row-major, filled in; zeroed before
 *   cap        n_schools, filled in
 */
void settlement_seats(const struct settlement *settlement, bool free, int64_t *seats,
		      int64_t *cap);

/* What admissions do with twins who need more seats than are left. */
enum twin_rule settlement_twin_rule(const struct district *district);

#endif
