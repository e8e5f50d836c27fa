/* models/floor_parts.h - what the files of models/floor.h share. */
#ifndef SEATWISE_FLOOR_PARTS_H
#define SEATWISE_FLOOR_PARTS_H

#include "models/floor.h"

/* A stream is a grade's special schools and pupils, or the others. */
enum { N_STREAMS = 2 * N_GRADES };

/* Pupils and all offerings that any of them may go to: too few at standard size at least. */
struct floor_set {
	struct floor_shortage row;
	int64_t short_standard;           /* pupils - seats at standard size */
	const size_t *offerings;          /* row.schools of them, ascending */
};

/* The sets of a stream, in no order. */
struct floor_found {
	struct arena arena;               /* holds their offerings */
	struct floor_set *sets;           /* malloc'ed */
	size_t n, room;
	/* Pupils unplaced in disjoint places of one kind add up. */
	int64_t unplaced[FLOOR_PLACES];
};

/* Bounds on their way. */
struct floor_work {
	const struct reference *reference;
	const struct district *district;
	const struct capacities *capacities;
	int64_t slack;                    /* pupils who may be unplaced besides those who must */
	struct floor_seats *seats;        /* n_offerings */
	size_t *offerings[N_STREAMS];     /* those with sections, ascending */
	size_t n_offerings[N_STREAMS];
	size_t *item_of;                  /* of an offering in its stream */
	size_t *zones, *first_cell;       /* by township; n_zones + 1: of zones as the district's */
	struct floor_grade grades[N_STREAMS];
	struct floor_found found[N_STREAMS];
};

size_t floor_stream_of(const struct district *district, const struct cell *cell);

/* Finds the sets by zone, township, area and school. The work has its seats, offerings, zones and
 * first cells. */
void floor_places_find(struct floor_work *work, size_t stream);

/* Adds a set, its row's kind, names and pupils given, unless there are seats enough; copies the
 * offerings. */
void floor_found_add(struct floor_work *work, size_t stream, const struct floor_shortage *row,
		     const size_t *offerings, size_t n);

/* The least classes of at least `least` pupils in a stream, those who stay not counted, where all
 * pupils but so many are sent. */
int64_t floor_classes(const struct floor_work *work, size_t stream, int64_t least,
		      int64_t unplaced);

/* The least pupils above standard size in a stream, those who stay not counted, where everybody is
 * sent who has a school: one less a pupil who is not. */
int64_t floor_over_standard(const struct floor_work *work, size_t stream);

/* The least pupil-metres with work->slack and each grade's `unplaced` left at home. */
int64_t floor_metres(const struct floor_work *work);

#endif
