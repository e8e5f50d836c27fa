/* models/why.h - why pupils are, or are not, at a school: from the tables and a plan alone.
 *
 * Nothing is solved. Rules are read as audits read them (models/reach.h, models/choice.h), room is
 * counted from the plan, and what the objective says of one more pupil is the exact change of its
 * levels if just that pupil moved. */
#ifndef SEATWISE_WHY_H
#define SEATWISE_WHY_H

#include "inputs/capacity.h"
#include "models/choice.h"
#include "models/plan.h"
#include "models/scale.h"

/* The most basic reason first, in each of the three parts. */
enum why {
	/* The rules keep them out. */
	WHY_NO_GRADE,        /* the school does not offer the grade */
	WHY_OPENS_LATER,     /* than the month of the plan */
	WHY_SPECIAL_SCHOOL,  /* and they do not need one */
	WHY_NEEDS_SPECIAL,   /* they need a special school, which it is not */
	WHY_HAS_NO_BEDS,     /* and they board */
	WHY_HAS_NO_PLACES,   /* no inclusion places */
	WHY_PRIVATE,         /* and their group is public_only */
	WHY_NEVER,           /* a row of access.csv */
	WHY_NOT_NAMED,       /* by the `only` rows of access.csv */
	WHY_NO_WAY,          /* it cannot be reached */
	WHY_NO_CLASS,        /* it offers the grade with 0 sections */
	WHY_TOO_FAR,         /* max_km */
	/* The rules let them in, but there is no room. */
	WHY_FULL,            /* class_size.max */
	WHY_WHOLE,           /* there are seats, but not for all who go together */
	WHY_CAP,             /* max_pupils or a norm of the school */
	WHY_SHARE,           /* max_share of their group there */
	WHY_PLACES_USED,     /* inclusion places */
	WHY_BEDS_USED,
	/* There is room. */
	WHY_SHARE_LEFT,      /* but the school they left would exceed a max_share */
	WHY_WORSE,           /* but the objective would be worse with one more of them there */
	WHY_SAME,            /* and the objective would be the same */
	WHY_BETTER,          /* and the objective would be better: the plan is not the best */
	WHY_TAKEN,           /* some of them are there */
	WHY_COUNT
};

/* What the rules alone say where they let pupils in. */
#define WHY_LET_IN WHY_TAKEN

/* Whether it is the rules that keep them out; whether there is no room. */
static inline bool why_barred(enum why why)
{
	return why < WHY_FULL;
}

static inline bool why_no_room(enum why why)
{
	return why >= WHY_FULL && why < WHY_SHARE_LEFT;
}

/* A plan to be asked. */
struct whys {
	const struct plan *plan;
	const struct district *district;   /* of the plan */
	const struct level_scale *levels;  /* or NULL: then why_not is not asked */
	struct choices choices;
	struct capacities capacities;
	int64_t *boarders, *included;      /* of the plan, in each school; n_schools */
};

/* Pupils of some cells at a school, or at none (NONE). */
struct use {
	size_t school;
	int64_t pupils;
};

/* Pupils of one zone and grade whom no rule tells apart; with whole_zones those who go together. */
struct fellows {
	const struct whys *whys;
	size_t n_cells, *cells;            /* in order */
	struct choosing *choosing;         /* n_cells */
	int64_t pupils, unit;              /* all of them; how many move at once: 1 or all */
	struct use *uses;                  /* where the plan has them, by school, NONE last */
	size_t n_uses;
	int64_t *change, *least;           /* scratch: a value for each level */
};

/* If one more unit moved to the school from `from`: the first level that changes, and by how much
 * in its units (n_levels and 0 where none does); what is counted more at the school itself. */
struct why_move {
	size_t from, level;
	int64_t change;
	int64_t over_standard, large, oversized;
};

struct why_not {
	enum why why;
	size_t cell;                       /* whom the rules keep out, where they differ */
	int64_t pupils;                    /* of WHY_TAKEN */
	struct why_move move;              /* of WHY_WORSE, WHY_SAME, WHY_BETTER */
};

/* Opens a plan for questions; arena: for what is counted once. Cost: linear in the plan. */
void whys_open(struct whys *whys, struct arena *arena, const struct plan *plan,
	       const struct level_scale *levels);
void whys_close(struct whys *whys);

/* All who are like the pupils of a cell; alone: those of the cell, unless others must go with them.
 * Cost: a search in the plan; with max_km a walk. */
void fellows_open(struct fellows *fellows, struct whys *whys, size_t cell, bool alone);
void fellows_close(struct fellows *fellows);

/* How many of them are at a school, or at none. */
int64_t fellows_at(const struct fellows *fellows, size_t school);

/* What the rules say of a school: one that bars them, or WHY_LET_IN; `cell`: whom (or NULL). */
enum why why_rules(const struct fellows *fellows, size_t school, size_t *cell);

/* The same where the way to the school is known. */
enum why why_rules_at(const struct fellows *fellows, size_t school, int64_t metres, size_t *cell);

/* Whether there is room for a unit at a school that may take them: a reason of the second part, or
 * WHY_LET_IN. */
enum why why_room(const struct fellows *fellows, size_t school);

/* Why no more of them are at a school, whether some are or not; not asked where all are. */
struct why_not why_no_more(const struct fellows *fellows, size_t school);

/* The same, or WHY_TAKEN where some are. Cost: classes counted for each school in use. */
struct why_not why_not(const struct fellows *fellows, size_t school);

/* The line of access.csv with the `never` row that keeps a cell out of a school. */
size_t why_never_line(const struct district *district, const struct cell *cell, size_t school);

/* The lines of the `only` rows that match a cell, ascending. Fills at most `room`; returns how
 * many there are. */
size_t why_only_lines(const struct district *district, const struct cell *cell, size_t *lines,
		      size_t room);

#endif
