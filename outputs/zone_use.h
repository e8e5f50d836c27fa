/* outputs/zone_use.h - where the pupils of each zone go, zone by zone or also grade by grade. */
#ifndef SEATWISE_ZONE_USE_H
#define SEATWISE_ZONE_USE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inputs/base/text.h"
#include "models/plan.h"

/* The pupils of one zone (and grade) and the schools that they go to. */
struct zone_use {
	size_t zone;
	int grade;                 /* of the first cell */
	int64_t pupils;            /* all of them */
	int64_t placed, metres;    /* pupils, pupil-metres */
	const size_t *schools;     /* in use, by id; in the walk's memory, until the next step */
	size_t n_schools;
};

struct zone_walk {
	const struct plan *plan;
	bool by_grade;
	size_t cell, placement;    /* the next ones */
	size_t *schools;
	bool *used;                /* n_schools */
};

void zone_walk_open(struct zone_walk *walk, const struct plan *plan, bool by_grade);

/* The next zone (and grade) that has pupils, in order; false after the last. */
bool zone_walk_next(struct zone_walk *walk, struct zone_use *use);

void zone_walk_close(struct zone_walk *walk);

/* Ids of the schools in use, joined by ';'. */
void zone_use_schools(const struct zone_walk *walk, const struct zone_use *use, struct text *text);

#endif
