/* tests/drawn_children.h - districts with a few children by name, drawn by chance.
 *
 * Two grades, classes of 2 that are large from 3 on and hold at most 4; children in households, with
 * twins, classes, points, ranks, claims and choices. */
#ifndef SEATWISE_DRAWN_CHILDREN_H
#define SEATWISE_DRAWN_CHILDREN_H

#include "chance.h"
#include "small_district.h"

#include "inputs/objective.h"

enum { CROWD_ZONES = 2, CROWD_SCHOOLS = 3, CROWD_GROUPS = 2, CROWD_MOST = 40, CROWD_CHOICES = 3 };

struct crowd {
	struct small small;
	struct student students[CROWD_MOST];
	char ids[CROWD_MOST][8], households[CROWD_MOST][8];
	size_t choices[CROWD_MOST * CROWD_CHOICES];
	struct cell of_child[CROWD_MOST];
	uint64_t state;
};

static inline int64_t crowd_draw(struct crowd *crowd, int64_t n)
{
	return chance(&crowd->state, n);
}

static inline size_t crowd_school(struct crowd *crowd, int64_t one_in)
{
	return crowd_draw(crowd, one_in) == 0 ? (size_t)crowd_draw(crowd, CROWD_SCHOOLS) : NONE;
}

static inline void crowd_seats(struct crowd *crowd)
{
	struct settings *settings = &crowd->small.district.settings;

	settings->class_primary = settings->class_junior = 2;
	settings->class_large = 3;
	settings->class_oversized = 5;
	settings->class_max = 4;
	settings->limit_primary = 2 * NANO;
	for (size_t s = 0; s < CROWD_SCHOOLS; s++) {
		for (int grade = 1; grade <= 2; grade++)
			if (crowd_draw(crowd, 5) > 0)
				small_offering(&crowd->small, s, grade, crowd_draw(crowd, 3),
					       crowd_draw(crowd, 2));
		if (crowd_draw(crowd, 4) == 0)
			crowd->small.district.schools[s].max_pupils = 1 + crowd_draw(crowd, 5);
		for (size_t z = 0; z < CROWD_ZONES; z++)
			small_metres(&crowd->small, z, s, (int32_t)(500 * crowd_draw(crowd, 7)));
	}
}

static inline void crowd_choices(struct crowd *crowd, struct student *student)
{
	size_t *choices = crowd->choices + student->first_choice;

	for (int64_t n = crowd_draw(crowd, CROWD_CHOICES + 1); n > 0; n--) {
		size_t school = (size_t)crowd_draw(crowd, CROWD_SCHOOLS), i = 0;

		while (i < student->n_choices && choices[i] != school)
			i++;
		if (i == student->n_choices)
			choices[student->n_choices++] = school;
	}
}

static inline void crowd_child(struct crowd *crowd, size_t i)
{
	struct student *student = &crowd->students[i];
	bool twin = i > 0 && crowd->students[i - 1].lead == i - 1 && crowd_draw(crowd, 5) == 0;

	snprintf(crowd->ids[i], sizeof crowd->ids[i], "K%02zu", i);
	snprintf(crowd->households[i], sizeof crowd->households[i], "H%d",
		 (int)crowd_draw(crowd, 4));
	if (twin) {
		*student = crowd->students[i - 1];
		student->id = crowd->ids[i];
		student->twin = crowd->students[i - 1].twin = true;
		crowd->of_child[i] = crowd->of_child[i - 1];
		return;
	}
	*student = (struct student){
		.id = crowd->ids[i],
		.household = crowd_draw(crowd, 2) ? crowd->households[i] : "",
		.priority = crowd_draw(crowd, 4) ? 1 + crowd_draw(crowd, 3) : NOT_GIVEN,
		.points = crowd_draw(crowd, 4) ? crowd_draw(crowd, 3) * NANO : POINTS_NOT_GIVEN,
		.score = POINTS_NOT_GIVEN,
		.rank = crowd_draw(crowd, 4) ? 1 + crowd_draw(crowd, 3) : NOT_GIVEN, .lead = i,
		.current_school = crowd_school(crowd, 4), .feeder_school = crowd_school(crowd, 6),
		.first_choice = i * CROWD_CHOICES};
	crowd_choices(crowd, student);
	crowd->of_child[i] = (struct cell){(size_t)crowd_draw(crowd, CROWD_ZONES),
					   (size_t)crowd_draw(crowd, CROWD_GROUPS),
					   1 + (int)crowd_draw(crowd, 2), 1};
	if (!*student->household)
		student->household = crowd->households[i]; /* so that twins have one */
}

/* The cells that the children make, in order. */
static inline void crowd_cells(struct crowd *crowd, size_t n)
{
	struct district *district = &crowd->small.district;

	for (size_t z = 0; z < CROWD_ZONES; z++)
		for (int grade = 1; grade <= 2; grade++)
			for (size_t g = 0; g < CROWD_GROUPS; g++) {
				int64_t pupils = 0;

				for (size_t i = 0; i < n; i++) {
					const struct cell *cell = &crowd->of_child[i];

					if (cell->zone != z || cell->grade != grade ||
					    cell->group != g)
						continue;
					crowd->students[i].cell = district->n_cells;
					pupils++;
				}
				if (pupils > 0)
					small_cell(&crowd->small, z, grade, g, pupils);
			}
}

static inline void crowd_open(struct crowd *crowd, uint32_t seed, size_t n, const char *objective)
{
	struct district *district = &crowd->small.district;

	memset(crowd, 0, sizeof *crowd);
	crowd->state = seed;
	small_open(&crowd->small, CROWD_ZONES, CROWD_SCHOOLS, CROWD_GROUPS);
	small_set(&crowd->small, "objective", objective);
	crowd_seats(crowd);
	for (size_t i = 0; i < n; i++)
		crowd_child(crowd, i);
	crowd_cells(crowd, n);
	district->students = crowd->students;
	district->n_students = n;
	district->choices = crowd->choices;
	if (crowd_draw(crowd, 3) == 0)
		small_rule(&crowd->small, RULE_NEVER, 0, 0, 0, NONE);
	if (crowd_draw(crowd, 3) == 0)
		small_rule(&crowd->small, RULE_ONLY, 1, 1, 0, 1);
}

static inline void crowd_close(struct crowd *crowd)
{
	small_close(&crowd->small);
}

#endif
