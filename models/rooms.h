/* models/rooms.h - schools that divide their classrooms over their grades, and how they may.
 *
 * With the setting `sections` = free, how many classes a grade opens is decided for every open
 * school that has classrooms and offers a grade. Its grades are those it offers today. A grade
 * needs at least ceil(enrolled / class_size.max) rooms, for those who stay, and takes at most
 * sections_max (any number where it is not given, and never below the least). All rooms are used as
 * far as sections_max lets them: the sections of the school sum to min(classrooms, sum of
 * sections_max). Where the least of all grades is more than the classrooms, every grade gets
 * exactly its least, and nothing is infeasible. A grade whose pupils all left may get 0 sections:
 * then nobody may be sent there. All other schools keep their sections.
 *
 * A choice of rooms is an array of sections, one for each of the district's offerings. Who reads a
 * district with another choice than the one it came with is given a view of it. */
#ifndef SEATWISE_ROOMS_H
#define SEATWISE_ROOMS_H

#include <stdbool.h>
#include <stdint.h>

#include "inputs/district.h"

/* A school that divides its rooms: over its own offerings of the district. */
struct room_school {
	size_t school;
	int64_t total;        /* sections over all its grades */
	bool decided;         /* there is more than one choice */
};

struct rooms {
	const struct district *district; /* as read */
	struct room_school *schools;
	size_t n_schools;
	int64_t *least, *most;           /* n_offerings; where they are kept: the sections */
	size_t n_decided;                /* schools that have a choice */
};

/* What may be decided, in the arena; nothing where the setting is `fixed`. */
void rooms_make(struct arena *arena, const struct district *district, struct rooms *made);

/*
 * The starting division: the sections as read, kept between least and most; then rooms that are
 * over go one by one to the grade that has fewest, and those that lack come from the one that has
 * most (the lowest grade of equals gets, the highest gives).
 *
 *   sections  n_offerings, filled in
 */
void rooms_start(const struct rooms *rooms, int64_t *sections);

/* Whether a choice keeps every rule. */
bool rooms_legal(const struct rooms *rooms, const int64_t *sections);

/*
 * The district with other sections, all else shared; the arena holds its offerings. The district
 * must outlive the view, which owns nothing: it is never closed.
 */
void rooms_view(struct arena *arena, const struct district *district, const int64_t *sections,
		struct district *view);

/* The view of the starting division. */
void rooms_start_view(struct arena *arena, const struct district *district, struct district *view);

/* The view in which every offering has its most: whoever may be sent somewhere by any choice may
 * be sent there. It is not itself a choice. */
void rooms_most_view(struct arena *arena, const struct rooms *rooms, struct district *view);

#endif
