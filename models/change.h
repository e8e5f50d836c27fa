/* models/change.h - one change to a district: what prices and cures are the worth of.
 *
 * A changed district is a view: it shares everything that the change does not touch with the one it
 * came from, and is never closed. */
#ifndef SEATWISE_CHANGE_H
#define SEATWISE_CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "inputs/district.h"

enum change_kind {
	CHANGE_NOTHING,
	CHANGE_SEATS,       /* so many seats more in an offering, at standard size and at every
			       threshold; what the school may hold in all stays */
	CHANGE_SECTIONS,    /* so many classes more; a grade that the school lacks is opened */
	CHANGE_BEDS,        /* so many more */
	CHANGE_PLACES,      /* inclusion places, so many more */
	CHANGE_CAP,         /* room for so many pupils more: max_pupils, floor and land */
	CHANGE_OPEN,        /* the school is open already */
	CHANGE_ALLOW,       /* zoning lets pupils of a zone, grade and group into the school */
	CHANGE_LIMIT,       /* far begins beyond `amount` nano-km, for the group in the grade */
	CHANGE_SHARE,       /* max_share of a group is `amount` (nano) */
	CHANGE_PUBLIC_ONLY, /* the group may go to private schools as well */
	CHANGE_MAX_KM,      /* the setting is `amount` (nano-km; 0: none) */
	CHANGE_WHOLE_ZONES, /* zones may be split */
	CHANGE_CLASS_MAX    /* class_size.max is `amount` */
};

/* What is not used by a kind is 0 or NONE. */
struct change {
	enum change_kind kind;
	size_t school, zone, group;
	int grade;          /* 0: all */
	int64_t amount;
};

/* Whether two changes differ in their amounts at most. */
bool change_alike(const struct change *a, const struct change *b);

/* Whether its amount is so many more of something at a school. */
bool change_is_amount(const struct change *change);

/* Applies it; what is new is in the arena. CHANGE_OPEN needs the district's `later` offerings. */
void change_apply(struct arena *arena, const struct district *district,
		  const struct change *change, struct district *changed);

/* Which grades can come out differently at first; rules over several grades may carry it on. */
void change_grades(const struct district *district, const struct change *change,
		   bool grades[LAST_GRADE + 1]);

/* Whether only seats, caps, beds or places are others: the ways of the pupils then differ only
 * where a school gets its first bed or place. */
bool change_keeps_batches(const struct district *district, const struct change *change);

/* What CHANGE_ALLOW does to access.csv: rows that go, and whether an `only` row comes. */
struct change_rules {
	bool only;
	size_t n_never, never[8]; /* lines; of more rows the first eight are told */
};

struct change_rules change_rules(const struct district *district, const struct change *change);

/* Whether it is the setting that says when pupils of the group and grade are far; else it is the
 * group's own limit. */
bool change_limit_is_setting(const struct district *district, const struct change *change);

/* The limit that a CHANGE_LIMIT changes, as it is: nano-km. */
int64_t change_limit_now(const struct district *district, const struct change *change);

#endif
