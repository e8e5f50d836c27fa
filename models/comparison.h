/* models/comparison.h - what changes from one plan to another, and for whom.
 *
 * The plans may come from other settings, months, schools or pupils: what only one of them has
 * counts as nothing in the other. */
#ifndef SEATWISE_COMPARISON_H
#define SEATWISE_COMPARISON_H

#include "inputs/district.h"
#include "models/written_plan.h"

/* What happens to a pupil; the first three move. New and gone: a cell has more pupils in the second
 * plan, or fewer. */
#define PUPIL_CHANGES(X) \
	X(TRANSFERRED, "transferred") /* from one school to another */ \
	X(PLACED,      "placed")      /* from none to one */ \
	X(UNPLACED,    "unplaced")    /* from one to none */ \
	X(NEW,         "new") \
	X(GONE,        "gone")

enum pupil_change {
#define X(name, word) PUPILS_##name,
	PUPIL_CHANGES(X)
#undef X
	PUPIL_CHANGE_COUNT
};

/* Pupils of one cell who fare alike. */
struct pupil_move {
	const struct plan_row *from, *to; /* of the first and the second plan; NULL: new, gone */
	int64_t pupils;                   /* at least 1 */
};

/* Pupils of a grade, a group, or all. */
struct move_totals {
	int64_t in_both;    /* of each cell the fewer of the two plans' */
	int64_t changed[PUPIL_CHANGE_COUNT];
};

/* The moves of all cells from one school to another; NULL: none. */
struct school_flow {
	const char *from, *to;
	int64_t pupils;
	int64_t metres[2];  /* pupil-metres before and after, where both are schools */
};

/* What happens to an offering; the first that applies. */
#define CLASS_CHANGES(X) \
	X(OPENED,          "opened")          /* only the second plan has it */ \
	X(CLOSED,          "closed")          /* only the first */ \
	X(MORE_OVERSIZED,  "more_oversized") \
	X(FEWER_OVERSIZED, "fewer_oversized") \
	X(MORE_LARGE,      "more_large") \
	X(FEWER_LARGE,     "fewer_large") \
	X(MORE_SECTIONS,   "more_sections") \
	X(FEWER_SECTIONS,  "fewer_sections") \
	X(FULLER,          "fuller") \
	X(EMPTIER,         "emptier")

enum class_change {
#define X(name, word) CLASSES_##name,
	CLASS_CHANGES(X)
#undef X
	CLASS_CHANGE_COUNT
};

/* An offering whose counts differ; a plan without it has a row of nothing. */
struct offering_change {
	struct plan_offering_row rows[2];
	enum class_change change;
};

/* A group of either plan; one without it has a row of nothing. */
struct group_change {
	struct plan_group_row rows[2];
	struct move_totals totals;
};

/* A figure of summary.json; NULL: the plan does not have it. */
struct kpi_change {
	const char *name;
	const double *values[2];
};

struct comparison {
	const struct written_plan *plans[2];
	struct kpi_change *kpis;           /* as the first plan orders them, then the second */
	struct pupil_move *moves;          /* by zone, grade, group; then from and to */
	struct school_flow *flows;         /* most pupils first; without the new and the gone */
	struct offering_change *offerings; /* by school and grade */
	struct group_change *groups;       /* by id */
	size_t n_kpis, n_moves, n_flows, n_offerings, n_groups;
	struct move_totals totals, grades[LAST_GRADE + 1];
	int64_t metres[2];                 /* pupil-metres of the transferred, before and after */
	bool same;                         /* nothing differs, settings aside */
};

/*
 * Compares two plans; everything is in the arena, and refers to them.
 *
 * In each cell as many pupils as can stay at their school (or without one); the others of the first
 * plan are paired with the others of the second in the order of the schools' ids, without one last.
 * No way to match the two moves fewer.
 *
 * Cost: one walk over both plans, and a sort of the moves.
 */
void comparison_make(struct arena *arena, const struct written_plan *first,
		     const struct written_plan *second, struct comparison *made);

enum pupil_change pupil_move_change(const struct pupil_move *move);

/* Those of both plans who move: transferred, placed or unplaced. */
int64_t move_totals_moved(const struct move_totals *totals);

/* The words above. */
const char *pupil_change_word(enum pupil_change change);
const char *class_change_word(enum class_change change);

#endif
