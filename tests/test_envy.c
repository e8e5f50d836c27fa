/* Justified envy and free seats that are wanted: by hand, and against all pairs. */
#include <criterion/criterion.h>

#include "drawn_admission.h"

#include "models/envy.h"

enum { ROUNDS = 150, DRAWN = 60 };

static struct drawn drawn;
static uint64_t state = 2026; /* each test runs in a process of its own */
static struct arena arena;
static struct envy envy;

static void find(const size_t *school)
{
	arena_open(&arena);
	envy_find(&arena, &drawn.admission, school, &envy);
}

/* --- against all pairs ----------------------------------------------------------------------- */

static bool would_rather(const size_t *school, size_t i, size_t s)
{
	return drawn_wish(&drawn, i, s) < drawn_wish(&drawn, i, school[i]);
}

static int64_t needed_by(size_t i)
{
	return drawn.admission.twins == TWINS_SKIP ? (int64_t)drawn.applicants[i].size : 1;
}

/* Seats that are left at a school in the grade of i, and under the cap; below 0: exceeded. */
static int64_t free_for(const size_t *school, size_t i, size_t s)
{
	size_t grade = drawn.applicants[i].grade;
	int64_t left = drawn_seats(&drawn, s, grade) - drawn_there(&drawn, school, s, grade, NONE);
	int64_t under_cap = drawn.cap[s] - drawn_there(&drawn, school, s, NONE, NONE);

	return left < under_cap ? left : under_cap;
}

static bool envies(const size_t *school, size_t i, size_t j)
{
	size_t s = school[j], grade = drawn.applicants[i].grade;
	int64_t seats;

	if (s == NONE || drawn.applicants[j].grade != grade || !would_rather(school, i, s) ||
	    drawn.rank[s][j] < drawn.rank[s][i])
		return false;
	seats = drawn_there(&drawn, school, s, grade, NONE) - drawn_there(&drawn, school, s, grade, i);
	if (free_for(school, i, s) > 0)
		seats += free_for(school, i, s);
	return seats >= needed_by(i);
}

/* The best choice of i where it envies somebody, and whom of them has the least right. */
static void expect_first(const size_t *school, size_t i)
{
	size_t first = NONE, whom = NONE;

	for (size_t j = 0; j < drawn.admission.n_applicants; j++) {
		if (!envies(school, i, j))
			continue;
		if (first == NONE || drawn_wish(&drawn, i, school[j]) < drawn_wish(&drawn, i, first) ||
		    (school[j] == first && drawn.rank[first][j] > drawn.rank[first][whom]))
			whom = j;
		first = school[whom];
	}
	cr_expect_eq(envy.school[i], first);
	cr_expect_eq(envy.whom[i], whom);
}

static void expect_seat(const size_t *school, size_t i)
{
	size_t seat = NONE;

	for (size_t s = 0; s < drawn.admission.n_schools; s++)
		if (would_rather(school, i, s) && free_for(school, i, s) >= needed_by(i) &&
		    (seat == NONE || drawn_wish(&drawn, i, s) < drawn_wish(&drawn, i, seat)))
			seat = s;
	cr_expect_eq(envy.seat[i], seat);
}

static void expect_all(const size_t *school)
{
	size_t n = drawn.admission.n_applicants, n_envious = 0, n_wanting = 0;
	int64_t n_pairs = 0;

	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < n; j++)
			n_pairs += envies(school, i, j);
		expect_first(school, i);
		expect_seat(school, i);
		n_envious += envy.school[i] != NONE;
		n_wanting += envy.seat[i] != NONE;
	}
	cr_expect_eq(envy.n_pairs, n_pairs);
	cr_expect_eq(envy.n_envious, n_envious);
	cr_expect_eq(envy.n_wanting, n_wanting);
}

/* Everyone anywhere: at a choice or not, in a seat or on top of all seats. */
Test(envy, is_what_all_pairs_say)
{
	size_t school[DRAWN_APPLICANTS], several = 0;

	for (size_t round = 0; round < ROUNDS; round++) {
		drawn_make(&drawn, &state, &(struct drawing){DRAWN, 5, 2, 12, 20, 3,
				round % 2 ? TWINS_SKIP : TWINS_EXPAND});
		for (size_t i = 0; i < DRAWN; i++) {
			int64_t at = chance(&state, 6);

			school[i] = at == 5 ? NONE : (size_t)at;
		}
		find(school);
		expect_all(school);
		several += envy.n_pairs > 20 && envy.n_wanting > 5;
		arena_close(&arena);
	}
	cr_expect_gt(several, ROUNDS / 2);
}

/* --- of what is admitted --------------------------------------------------------------------- */

static void expect_none_deferred(int64_t twins_of)
{
	size_t school[DRAWN_APPLICANTS];

	drawn_make(&drawn, &state, &(struct drawing){DRAWN_APPLICANTS, DRAWN_SCHOOLS, DRAWN_GRADES, 15,
			30, twins_of, TWINS_EXPAND});
	admission_deferred(&drawn.admission, school);
	find(school);
	cr_expect_eq(envy.n_pairs, 0);
	cr_expect_eq(envy.n_wanting, 0);
	arena_close(&arena);
}

Test(envy, is_nobodys_where_seats_are_deferred)
{
	for (size_t round = 0; round < ROUNDS / 5; round++) {
		expect_none_deferred(0);
		expect_none_deferred(4);
	}
}

/* Only twins can have any where they are skipped. */
Test(envy, is_no_single_childs_where_twins_are_skipped)
{
	size_t school[DRAWN_APPLICANTS];

	for (size_t round = 0; round < ROUNDS / 5; round++) {
		drawn_make(&drawn, &state, &(struct drawing){DRAWN_APPLICANTS, DRAWN_SCHOOLS, 1, 30, 30,
				5, TWINS_SKIP});
		admission_deferred(&drawn.admission, school);
		find(school);
		for (size_t i = 0; i < DRAWN_APPLICANTS; i++)
			cr_expect(drawn.applicants[i].size > 1 ||
				  (envy.school[i] == NONE && envy.seat[i] == NONE));
		arena_close(&arena);
	}
}

/* Child 2 has the most right at B, but asked for A first, and child 1 has the seat at B. */
Test(envy, is_of_those_who_got_their_first_choice)
{
	size_t school[DRAWN_APPLICANTS];

	drawn_open(&drawn, 2, 1, TWINS_EXPAND);
	drawn.seats[0] = drawn.seats[1] = 1;
	drawn_child(&drawn, 0, "A");
	drawn_child(&drawn, 0, "B");
	drawn_child(&drawn, 0, "AB");
	drawn.rank[1][1] = 2;
	drawn.rank[1][2] = 1;
	admission_first_choice(&drawn.admission, school);
	find(school);
	cr_expect_eq(envy.n_pairs, 1);
	cr_expect_eq(envy.n_envious, 1);
	cr_expect_eq(envy.school[2], 1);
	cr_expect_eq(envy.whom[2], 1);
	cr_expect_eq(envy.school[0], NONE);
	cr_expect_eq(envy.n_wanting, 0);
	arena_close(&arena);
}

/*
 * Twins 3 push twins 2 from B to A, where twins 1 then lack a seat; child 0 comes from A to B, where
 * twins 3 lack one. Without both, all of that is undone and both have room; so it goes twice.
 */
Test(envy, tells_of_seats_that_skipped_twins_could_have)
{
	static const size_t right[2][4] = {{3, 2, 0, 1}, {1, 0, 3, 2}};
	size_t school[DRAWN_APPLICANTS];

	drawn_open(&drawn, 2, 1, TWINS_SKIP);
	drawn.seats[0] = 3;
	drawn.seats[1] = 2;
	drawn_child(&drawn, 0, "AB");
	drawn_twins(&drawn, 0, "A");
	drawn_twins(&drawn, 0, "BA");
	drawn_twins(&drawn, 0, "B");
	for (size_t s = 0; s < 2; s++)
		memcpy(drawn.rank[s], right[s], sizeof right[s]);
	admission_deferred(&drawn.admission, school);
	find(school);
	cr_expect_eq(school[1], NONE);
	cr_expect_eq(envy.seat[1], 0);
	cr_expect_eq(envy.school[1], 0);
	cr_expect_eq(envy.whom[1], 0);
	arena_close(&arena);
}

/* --- of what is not admitted by choices ------------------------------------------------------- */

/* A school of one's own that is not among the choices is behind all of them. */
Test(envy, looks_at_all_choices_of_those_who_are_at_none_of_them)
{
	drawn_open(&drawn, 3, 1, TWINS_EXPAND);
	drawn.seats[1] = 1;
	drawn_child(&drawn, 0, "AB");
	drawn_child(&drawn, 0, "BA");
	find((const size_t[]){2, NONE});
	cr_expect_eq(envy.seat[0], 1);
	cr_expect_eq(envy.seat[1], 1);
	cr_expect_eq(envy.n_pairs, 0);
	arena_close(&arena);
}

Test(envy, needs_the_same_grade_and_more_right)
{
	drawn_open(&drawn, 1, 2, TWINS_EXPAND);
	drawn_child(&drawn, 0, "A");
	drawn_child(&drawn, 1, "A");
	drawn_child(&drawn, 0, "A");
	drawn_child(&drawn, 0, "A");
	find((const size_t[]){NONE, 0, 0, NONE});
	cr_expect_eq(envy.n_pairs, 1);
	cr_expect_eq(envy.whom[0], 2);
	cr_expect_eq(envy.whom[3], NONE);
	arena_close(&arena);
}

/* All seats of the grade are free, but the cap is reached by the other grade. */
Test(envy, no_seat_is_free_where_the_cap_is_reached)
{
	drawn_open(&drawn, 1, 2, TWINS_EXPAND);
	drawn.seats[0] = drawn.seats[1] = 1;
	drawn.cap[0] = 1;
	drawn_child(&drawn, 0, "A");
	drawn_child(&drawn, 1, "A");
	find((const size_t[]){0, NONE});
	cr_expect_eq(envy.n_wanting, 0);
	arena_close(&arena);
	drawn.cap[0] = 2;
	find((const size_t[]){0, NONE});
	cr_expect_eq(envy.seat[1], 0);
	arena_close(&arena);
}

Test(envy, of_nobody_is_none)
{
	drawn_open(&drawn, 0, 0, TWINS_SKIP);
	find(NULL);
	cr_expect_eq(envy.n_pairs, 0);
	cr_expect_eq(envy.n_envious, 0);
	arena_close(&arena);
}
