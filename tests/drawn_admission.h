/* tests/drawn_admission.h - admissions drawn by chance, and what the rules say of them one by one.
 *
 * The rules are read here from the definition, over all pairs; nothing is shared with the modules. */
#ifndef SEATWISE_DRAWN_ADMISSION_H
#define SEATWISE_DRAWN_ADMISSION_H

#include <stdbool.h>
#include <string.h>

#include "chance.h"
#include "models/admission.h"

enum { DRAWN_APPLICANTS = 300, DRAWN_SCHOOLS = 8, DRAWN_GRADES = 3 };

struct drawn {
	struct admission admission;
	struct applicant applicants[DRAWN_APPLICANTS];
	size_t choices[DRAWN_APPLICANTS * DRAWN_SCHOOLS];
	int64_t seats[DRAWN_SCHOOLS * DRAWN_GRADES], cap[DRAWN_SCHOOLS];
	size_t rank[DRAWN_SCHOOLS][DRAWN_APPLICANTS]; /* 0: the most right */
};

/* How admissions are drawn. */
struct drawing {
	size_t n_applicants, n_schools, n_grades;
	int64_t most_seats; /* of a grade of a school; the least is 0 */
	int64_t most_cap;   /* of a school; half of them have none */
	int64_t twins_of;   /* one applicant out of so many is two children; 0: none */
	enum twin_rule twins;
};

static inline int drawn_compare(const void *context, size_t school, size_t a, size_t b)
{
	const struct drawn *drawn = context;
	size_t left = drawn->rank[school][a], right = drawn->rank[school][b];

	return (left > right) - (left < right);
}

/* An applicant without choices and the last right everywhere; returns its number. */
static inline size_t drawn_add(struct drawn *drawn, size_t grade, size_t size)
{
	size_t i = drawn->admission.n_applicants++;

	drawn->applicants[i] = (struct applicant){grade, size, i * DRAWN_SCHOOLS, 0};
	for (size_t s = 0; s < DRAWN_SCHOOLS; s++)
		drawn->rank[s][i] = i;
	return i;
}

/* Nobody asks; no school has a seat; no cap. */
static inline void drawn_open(struct drawn *drawn, size_t n_schools, size_t n_grades,
			      enum twin_rule twins)
{
	memset(drawn, 0, sizeof *drawn);
	drawn->admission = (struct admission){
		.n_schools = n_schools, .n_grades = n_grades, .applicants = drawn->applicants,
		.choices = drawn->choices, .seats = drawn->seats, .cap = drawn->cap,
		.twins = twins, .compare = drawn_compare, .context = drawn};
	for (size_t s = 0; s < n_schools; s++)
		drawn->cap[s] = INT64_MAX;
}

/* Choices by the letters of schools: "BA" is school 1, then school 0. */
static inline void drawn_choose(struct drawn *drawn, size_t i, const char *letters)
{
	struct applicant *applicant = &drawn->applicants[i];

	applicant->n_choices = strlen(letters);
	for (size_t k = 0; k < applicant->n_choices; k++)
		drawn->choices[applicant->first_choice + k] = (size_t)(letters[k] - 'A');
}

/* One child, in the order of right of all schools: the next one. */
static inline size_t drawn_child(struct drawn *drawn, size_t grade, const char *letters)
{
	size_t i = drawn_add(drawn, grade, 1);

	drawn_choose(drawn, i, letters);
	return i;
}

static inline size_t drawn_twins(struct drawn *drawn, size_t grade, const char *letters)
{
	size_t i = drawn_add(drawn, grade, 2);

	drawn_choose(drawn, i, letters);
	return i;
}

static inline void drawn_shuffle(uint64_t *state, size_t *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t other = (size_t)chance(state, (int64_t)i + 1), moved = numbers[i];

		numbers[i] = numbers[other];
		numbers[other] = moved;
	}
}

/* Some of the schools in some order, for everyone; some right at every school. */
static inline void drawn_make(struct drawn *drawn, uint64_t *state, const struct drawing *drawing)
{
	drawn_open(drawn, drawing->n_schools, drawing->n_grades, drawing->twins);
	for (size_t i = 0; i < drawing->n_applicants; i++) {
		bool twins = drawing->twins_of && chance(state, drawing->twins_of) == 0;
		size_t *choices = drawn->choices + i * DRAWN_SCHOOLS;

		drawn_add(drawn, (size_t)chance(state, (int64_t)drawing->n_grades), twins ? 2 : 1);
		for (size_t s = 0; s < drawing->n_schools; s++)
			choices[s] = s;
		drawn_shuffle(state, choices, drawing->n_schools);
		drawn->applicants[i].n_choices = (size_t)chance(state, (int64_t)drawing->n_schools + 1);
	}
	for (size_t s = 0; s < drawing->n_schools; s++) {
		drawn_shuffle(state, drawn->rank[s], drawing->n_applicants);
		for (size_t g = 0; g < drawing->n_grades; g++)
			drawn->seats[s * drawing->n_grades + g] = chance(state, drawing->most_seats + 1);
		if (chance(state, 2))
			drawn->cap[s] = chance(state, drawing->most_cap + 1);
	}
}

/* --- what the rules say ---------------------------------------------------------------------- */

/* How much an applicant wants a school: its number in the list; behind all choices if it is not. */
static inline size_t drawn_wish(const struct drawn *drawn, size_t i, size_t school)
{
	const struct applicant *applicant = &drawn->applicants[i];
	size_t k = 0;

	while (k < applicant->n_choices && drawn->choices[applicant->first_choice + k] != school)
		k++;
	return k;
}

/* Children of a grade (NONE: all) at a school who have more right there than i (NONE: all). */
static inline int64_t drawn_there(const struct drawn *drawn, const size_t *school, size_t s,
				  size_t grade, size_t i)
{
	int64_t children = 0;

	for (size_t j = 0; j < drawn->admission.n_applicants; j++)
		if (school[j] == s && (grade == NONE || drawn->applicants[j].grade == grade) &&
		    (i == NONE || drawn->rank[s][j] < drawn->rank[s][i]))
			children += (int64_t)drawn->applicants[j].size;
	return children;
}

static inline int64_t drawn_seats(const struct drawn *drawn, size_t s, size_t grade)
{
	return drawn->seats[s * drawn->admission.n_grades + grade];
}

/* Seats that those with more right than i (NONE: all) leave in a grade, and under the cap. */
static inline int64_t drawn_left(const struct drawn *drawn, const size_t *school, size_t s,
				 size_t grade, size_t i)
{
	int64_t under_cap = drawn->cap[s];
	int64_t left = drawn_seats(drawn, s, grade) - drawn_there(drawn, school, s, grade, i);

	for (size_t g = 0; g < drawn->admission.n_grades; g++) {
		int64_t there = drawn_there(drawn, school, s, g, i), seats = drawn_seats(drawn, s, g);

		under_cap -= there < seats ? there : seats;
	}
	return left < under_cap ? left : under_cap;
}

/* Whether everyone is at the best school where those with more right leave it what it needs. */
static inline bool drawn_everyone_is_right(const struct drawn *drawn, const size_t *school)
{
	for (size_t i = 0; i < drawn->admission.n_applicants; i++) {
		const struct applicant *at = &drawn->applicants[i];
		int64_t needed = drawn->admission.twins == TWINS_SKIP ? (int64_t)at->size : 1;
		size_t best = NONE;

		for (size_t k = at->n_choices; k-- > 0;) {
			size_t s = drawn->choices[at->first_choice + k];

			if (drawn_left(drawn, school, s, at->grade, i) >= needed)
				best = s;
		}
		if (school[i] != best)
			return false;
	}
	return true;
}

/* Whether no grade and no cap is exceeded; single children only, or twins that are skipped. */
static inline bool drawn_fits(const struct drawn *drawn, const size_t *school)
{
	for (size_t s = 0; s < drawn->admission.n_schools; s++) {
		for (size_t g = 0; g < drawn->admission.n_grades; g++)
			if (drawn_there(drawn, school, s, g, NONE) > drawn_seats(drawn, s, g))
				return false;
		if (drawn_there(drawn, school, s, NONE, NONE) > drawn->cap[s])
			return false;
	}
	return true;
}

/* --- every admission ------------------------------------------------------------------------- */

/* Calls `tell` with every way to send everyone to one of its choices or nowhere. */
struct every {
	const struct drawn *drawn;
	size_t school[DRAWN_APPLICANTS];
	void (*tell)(struct every *every);
	size_t best[DRAWN_APPLICANTS]; /* of `tell` */
	size_t found, n_unlike;        /* of `tell` */
};

static inline void every_from(struct every *every, size_t i)
{
	const struct applicant *applicant = &every->drawn->applicants[i];

	if (i == every->drawn->admission.n_applicants) {
		every->tell(every);
		return;
	}
	for (size_t k = 0; k < applicant->n_choices; k++) {
		every->school[i] = every->drawn->choices[applicant->first_choice + k];
		every_from(every, i + 1);
	}
	every->school[i] = NONE;
	every_from(every, i + 1);
}

#endif
