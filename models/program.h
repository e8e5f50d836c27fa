/* models/program.h - what is optimised, as plain data: batches, arcs, tiers, switches, side rows.
 *
 * Pupils of a zone and grade whom no rule tells apart form a batch. A batch sends its units
 * (pupils; with whole_zones one unit: all of them) over arcs to offerings, or leaves them unplaced.
 * Every cost is a whole number in the units of its level (models/scale.h). Nothing here solves
 * anything. */
#ifndef SEATWISE_PROGRAM_H
#define SEATWISE_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inputs/capacity.h"
#include "inputs/distance.h"
#include "inputs/district.h"
#include "inputs/places.h"
#include "models/scale.h"

/* Pupils whom the program need not tell apart. */
struct batch {
	size_t zone;
	int grade;
	int64_t units, size;  /* units x size pupils; a unit is not split */
	size_t first_member, n_members; /* into program->members: cells, in order */
	enum need need;       /* of its pupils in this grade */
	bool counts_share;    /* its groups have a max_share */
	int64_t priority;     /* class of its pupils; 0: none */
};

/* A way a batch may go. */
struct arc {
	size_t offering;      /* index into the district's offerings */
	int64_t metres;
	int64_t far;          /* pupils of one unit who are far there */
};

/* A stretch of an offering's load, from those who stay up: what one more pupil there adds. */
struct tier {
	int64_t width;        /* pupils */
	bool over_standard, large, oversized; /* counts one in the term */
};

enum { MAX_TIERS = 8 };

/* A count of classes is not convex: beyond this tier a pupil may only be sent once it is full. */
struct class_switch {
	size_t tier;          /* the counting tier, inside the offering */
	bool oversized;       /* which count */
};

struct seats {
	int64_t spare;        /* pupils who may still be sent */
	size_t n_tiers, n_switches;
	struct tier tiers[MAX_TIERS]; /* widths sum to spare */
	struct class_switch switches[2];
	int64_t over_standard, large_classes, oversized_classes; /* of those who stay alone */
};

enum side_kind { SIDE_CAP, SIDE_BEDS, SIDE_PLACES, SIDE_SHARE };

/* sum of coefficient x units over the arcs into one school <= limit. */
struct side_row {
	enum side_kind kind;
	size_t school, group; /* group: of SIDE_SHARE */
	int64_t limit;
	int64_t share, whole; /* of SIDE_SHARE: group's pupils x whole - all pupils x share <= 0 */
};

struct program {
	const struct district *district;
	const struct distances *distances;
	const struct level_scale *levels;  /* n_levels */
	size_t n_levels;
	struct batch *batches;             /* by zone and grade, then by their first cell */
	size_t n_batches;
	size_t *members;
	struct seats *seats;               /* one for each of the district's offerings */
	struct side_row *sides;            /* by school */
	size_t n_sides;
	size_t *sides_of_school;           /* n_schools + 1 */
	int64_t grade_pupils[LAST_GRADE + 1];
	size_t *offerings_of_grade[LAST_GRADE + 1]; /* open ones, ascending */
	size_t n_offerings_of_grade[LAST_GRADE + 1];
	struct places places[LAST_GRADE + 1]; /* the schools of a grade's offerings, item by item */
	size_t *item_of;                   /* of an offering in its grade */
};

/* Makes the program of a district, in the arena. */
void program_make(struct arena *arena, const struct district *district,
		  const struct distances *distances, const struct level_scale *levels,
		  struct program *program);

/* Whether the pupils of a cell go with all of their zone and grade, by whole_zones. */
bool program_goes_whole(const struct district *district, const struct cell *cell);

/* Whether no rule tells the pupils of two cells of one zone and grade apart: they are one batch. */
bool program_alike(const struct district *district, const struct cell *a, const struct cell *b);

/* The program of a changed district (models/change.h) that keeps the batches: all but the seats and
 * side rows is shared with the base. In the arena. */
void program_with_seats(struct arena *arena, const struct program *base,
			const struct district *changed, struct program *program);

/* Cost of one unit on an arc, and of one unit left unplaced, at a level. */
int64_t program_arc_cost(const struct program *program, size_t level, size_t batch,
			 const struct arc *arc);
int64_t program_unplaced_cost(const struct program *program, size_t level, size_t batch);

/* Cost of one more pupil in a tier, at a level. */
int64_t program_tier_cost(const struct program *program, size_t level, const struct tier *tier);

/* What those who stay cost at a level, over the offerings of a grade. */
int64_t program_constant(const struct program *program, size_t level, int grade);

/* The coefficient of one unit of the batch, sent to the row's school, in a side row. */
int64_t program_side_coefficient(const struct program *program, const struct side_row *row,
				 size_t batch);

/* Whether the level's cost is nonzero anywhere in the grade. */
bool program_level_matters(const struct program *program, size_t level, int grade);

/* Warns of every cell that no school may take. Returns their pupils. */
int64_t program_warn_reachless(const struct program *program, struct diags *diags);

#endif
