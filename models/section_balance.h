/* models/section_balance.h - how even the classes of an offering are, and how even they can be. */
#ifndef SEATWISE_SECTION_BALANCE_H
#define SEATWISE_SECTION_BALANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum section_method {
	SECTION_BY_LOT,     /* scores are not looked at */
	SECTION_SERPENTINE  /* by score, the highest first; children without one after, by lot */
};

enum section_twins { SECTION_TWINS_TOGETHER, SECTION_TWINS_APART };

enum { SECTION_SEXES = 3, SECTION_SCORE_DIGITS = 15 };

struct section_child {
	int sex;            /* 0 not known, 1 male, 2 female */
	size_t group;       /* below n_groups */
	int64_t score;      /* 0 .. 10^SECTION_SCORE_DIGITS, any unit; or NOT_GIVEN */
	bool inclusion;     /* needs an inclusion place */
	size_t turn;        /* place by lot: no two children have the same */
	size_t twins;       /* alike for twins and triplets; NONE */
};

/*
 * The children who enter an offering. Those who stay are divided already: their numbers differ by
 * at most one, and the first classes have one more. Of them no more than the number is known, so
 * only sizes count them; sex, groups, scores and inclusion are those of the children who enter.
 */
struct intake {
	const struct section_child *children;
	size_t n_children, n_groups, n_sections;
	int64_t enrolled;             /* who stay, in all classes */
	int64_t inclusion_per_class;  /* >= 0 */
	enum section_method method;
	enum section_twins twins;
};

/* What tells a good sectioning from a bad one. A range is the most less the least of the classes,
 * those without children among them. */
struct balance {
	int64_t size_range;           /* pupils, with those who stay */
	int64_t twins_broken;         /* together: classes of a family beyond its first, summed;
	                                 apart: children with one of their family before them */
	int64_t inclusion_excess;     /* children beyond inclusion_per_class, summed over classes */
	int64_t inclusion_most;       /* in a class */
	int64_t sex_range;            /* the greater of the boys' and the girls' */
	int64_t group_range;          /* the greatest of all groups' */
	int64_t score_range;          /* of the mean scores, in thousandths, rounded down; a class
	                                 without any score is left out */
};

/* The pupils who stay in a class. */
int64_t section_begin(const struct intake *intake, size_t section);

/*
 * Judges a sectioning, whoever made it.
 *
 *   section  n_children: the class of each child, below n_sections
 *
 * Cost: n_children log n_children for the twins, n_sections * n_groups.
 */
void section_balance(const struct intake *intake, const size_t *section, struct balance *balance);

/*
 * What no sectioning can go below, each number by itself: T things in k classes give a range of 0
 * where k divides T, else 1, and a class with T / k or more. For twins a family needs as many
 * classes as the roomiest can hold of it, and apart not more than there are. score_range is 0.
 *
 * size_range can always be reached. Without twins, so can inclusion_excess, inclusion_most and
 * sex_range, all at once (sectioning.c says why); group_range and the rest are bounds only.
 */
void section_balance_least(const struct intake *intake, struct balance *least);

#endif
