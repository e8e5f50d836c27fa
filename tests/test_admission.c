/* First choice first and deferred acceptance, against the definition, by hand and over all cases. */
#include <criterion/criterion.h>

#include "drawn_admission.h"

enum { TINY = 2000, MIDDLE = 60, LARGE = 15 };

static struct drawn drawn;
static uint64_t state = 2026; /* each test runs in a process of its own */

static void make(size_t n, size_t n_schools, size_t n_grades, int64_t most_seats, int64_t most_cap,
		 int64_t twins_of, enum twin_rule twins)
{
	drawn_make(&drawn, &state, &(struct drawing){n, n_schools, n_grades, most_seats, most_cap,
						     twins_of, twins});
}

/* Letters of the schools, '-' for none, one applicant after the other. */
static void admitted(void (*admit)(const struct admission *, size_t *), const char *want)
{
	size_t school[DRAWN_APPLICANTS];
	char got[DRAWN_APPLICANTS + 1] = "";

	admit(&drawn.admission, school);
	for (size_t i = 0; i < drawn.admission.n_applicants; i++)
		got[i] = school[i] == NONE ? '-' : (char)('A' + (int)school[i]);
	cr_expect_str_eq(got, want);
}

/* The order of right at a school, by applicants' numbers. */
static void rank(size_t school, const char *order)
{
	for (size_t r = 0; order[r]; r++)
		drawn.rank[school][order[r] - '0'] = r;
}

static void open_one_grade(size_t n_schools, const int64_t *seats, enum twin_rule twins)
{
	drawn_open(&drawn, n_schools, 1, twins);
	memcpy(drawn.seats, seats, n_schools * sizeof *seats);
}

/* --- against the definition ------------------------------------------------------------------ */

/* Whether i would rather be at s, and a seat is free or one of less right is in its way. */
static bool blocks(const size_t *school, size_t i, size_t s)
{
	size_t grade = drawn.applicants[i].grade;
	bool seat = drawn_there(&drawn, school, s, grade, NONE) < drawn_seats(&drawn, s, grade);
	bool under_cap = drawn_there(&drawn, school, s, NONE, NONE) < drawn.cap[s];

	if (drawn_wish(&drawn, i, s) >= drawn_wish(&drawn, i, school[i]))
		return false;
	if (seat && under_cap)
		return true;
	for (size_t j = 0; j < drawn.admission.n_applicants; j++)
		if (school[j] == s && drawn.rank[s][i] < drawn.rank[s][j] &&
		    (seat || drawn.applicants[j].grade == grade))
			return true;
	return false;
}

/* Stable as it is usually said: nothing exceeded, and no pair of a child and a school blocks. */
static bool stable(const size_t *school)
{
	if (!drawn_fits(&drawn, school))
		return false;
	for (size_t i = 0; i < drawn.admission.n_applicants; i++)
		for (size_t s = 0; s < drawn.admission.n_schools; s++)
			if (blocks(school, i, s))
				return false;
	return true;
}

/* Keeps the best for everyone among the stable ones, one child at a time. */
static void keep_best(struct every *every)
{
	bool unlike = false;

	for (size_t i = 0; i < drawn.admission.n_applicants; i++) {
		if (every->found == 0 || drawn_wish(&drawn, i, every->school[i]) <
						 drawn_wish(&drawn, i, every->best[i]))
			every->best[i] = every->school[i];
		unlike |= every->school[i] != every->best[i];
	}
	every->n_unlike += unlike;
	every->found++;
}

static void keep_stable(struct every *every)
{
	if (stable(every->school))
		keep_best(every);
}

static void keep_right(struct every *every)
{
	if (drawn_everyone_is_right(every->drawn, every->school))
		keep_best(every);
}

/* Deferred acceptance gives everyone the best that any of these admissions gives; how many. */
static size_t expect_best_of(void (*keep)(struct every *))
{
	struct every every = {.drawn = &drawn, .tell = keep};
	size_t school[DRAWN_APPLICANTS];

	every_from(&every, 0);
	cr_expect_gt(every.found, 0);
	admission_deferred(&drawn.admission, school);
	cr_expect_arr_eq(school, every.best, drawn.admission.n_applicants * sizeof *school);
	return every.found;
}

Test(admission, deferred_is_the_stable_one_that_is_best_for_everyone)
{
	size_t several = 0;

	for (size_t round = 0; round < TINY; round++) {
		make(6, 3, 1 + round % 2, 2, 3, 0, TWINS_EXPAND);
		several += expect_best_of(keep_stable) > 1;
	}
	cr_expect_gt(several, TINY / 100, "only %zu with a choice", several);
}

Test(admission, deferred_with_added_seats_is_best_for_everyone_too)
{
	size_t several = 0;

	for (size_t round = 0; round < TINY; round++) {
		make(6, 3, 1 + round % 2, 3, 4, 2, TWINS_EXPAND);
		several += expect_best_of(keep_right) > 1;
	}
	cr_expect_gt(several, TINY / 100, "only %zu with a choice", several);
}

Test(admission, deferred_leaves_nobody_a_claim)
{
	size_t school[DRAWN_APPLICANTS];

	for (size_t round = 0; round < LARGE; round++) {
		make(DRAWN_APPLICANTS, DRAWN_SCHOOLS, DRAWN_GRADES, 15, 30, 0, TWINS_EXPAND);
		admission_deferred(&drawn.admission, school);
		cr_expect(stable(school));
		make(DRAWN_APPLICANTS, DRAWN_SCHOOLS, DRAWN_GRADES, 15, 30, 3, TWINS_EXPAND);
		admission_deferred(&drawn.admission, school);
		cr_expect(drawn_everyone_is_right(&drawn, school));
	}
}

/* A school where the first choices of a child go before the second choices of all others. */
static int compare_choice_first(const void *context, size_t school, size_t a, size_t b)
{
	size_t left = drawn_wish(&drawn, a, school), right = drawn_wish(&drawn, b, school);

	return left != right ? (left > right) - (left < right)
			     : drawn_compare(context, school, a, b);
}

/* Nobody who asks later can take a seat away: so to defer is to decide at once. */
Test(admission, first_choice_is_deferred_where_choices_go_before_right)
{
	size_t at_once[DRAWN_APPLICANTS], deferred[DRAWN_APPLICANTS];

	for (size_t round = 0; round < MIDDLE; round++) {
		make(60, DRAWN_SCHOOLS, DRAWN_GRADES, 4, 8, 3, TWINS_EXPAND);
		admission_first_choice(&drawn.admission, at_once);
		drawn.admission.compare = compare_choice_first;
		admission_deferred(&drawn.admission, deferred);
		cr_expect_arr_eq(at_once, deferred, 60 * sizeof *deferred);
	}
}

/* --- what a false list does ------------------------------------------------------------------ */

/* All lists of up to three of three schools: ABC, AB, A and so on. */
static const char *const lists[] = {"", "A", "B", "C", "AB", "AC", "BA", "BC", "CA", "CB", "ABC",
				    "ACB", "BAC", "BCA", "CAB", "CBA"};

/* Whether some list serves applicant i better than its own. */
static bool can_lie(void (*admit)(const struct admission *, size_t *), size_t i)
{
	const struct drawn truth = drawn;
	size_t school[DRAWN_APPLICANTS], own;
	bool can = false;

	admit(&drawn.admission, school);
	own = drawn_wish(&truth, i, school[i]);
	for (size_t list = 0; list < sizeof lists / sizeof *lists; list++) {
		drawn_choose(&drawn, i, lists[list]);
		admit(&drawn.admission, school);
		can |= drawn_wish(&truth, i, school[i]) < own;
	}
	drawn = truth;
	return can;
}

static size_t liars(void (*admit)(const struct admission *, size_t *))
{
	size_t n = 0;

	for (size_t i = 0; i < drawn.admission.n_applicants; i++)
		n += can_lie(admit, i);
	return n;
}

Test(admission, no_false_list_serves_a_child_better_when_seats_are_deferred)
{
	size_t at_once = 0;

	for (size_t round = 0; round < 200; round++) {
		make(7, 3, 1 + round % 2, 2, 3, 0, TWINS_EXPAND);
		cr_expect_eq(liars(admission_deferred), 0);
		at_once += liars(admission_first_choice);
	}
	cr_expect_gt(at_once, 0);
}

/* Child 2 has the most right at B, but asks for A first and finds B full. */
static void open_second_choice_lost(void)
{
	open_one_grade(3, (const int64_t[]){1, 1, 0}, TWINS_EXPAND);
	drawn_child(&drawn, 0, "A");
	drawn_child(&drawn, 0, "B");
	drawn_child(&drawn, 0, "AB");
	rank(0, "012");
	rank(1, "210");
}

Test(admission, second_choices_get_what_first_choices_left)
{
	open_second_choice_lost();
	admitted(admission_first_choice, "AB-");
	admitted(admission_deferred, "A-B");
}

Test(admission, first_choice_rewards_a_false_list)
{
	open_second_choice_lost();
	cr_expect(can_lie(admission_first_choice, 2));
	cr_expect_not(can_lie(admission_deferred, 2));
	drawn_choose(&drawn, 2, "BA");
	admitted(admission_first_choice, "A-B");
}

/* Child 1 names A, the twins go to B, child 0 to A, and child 1 nowhere; or it names only B. */
Test(admission, added_seats_can_reward_a_false_list)
{
	open_one_grade(2, (const int64_t[]){1, 2}, TWINS_EXPAND);
	drawn_child(&drawn, 0, "BA");
	drawn_child(&drawn, 0, "AB");
	drawn_twins(&drawn, 0, "AB");
	rank(0, "012");
	rank(1, "210");
	admitted(admission_deferred, "A-B");
	drawn_choose(&drawn, 1, "B");
	admitted(admission_deferred, "BBA");
}

/* --- seats, grades and caps ------------------------------------------------------------------ */

static void both(const char *want)
{
	admitted(admission_first_choice, want);
	admitted(admission_deferred, want);
}

Test(admission, nobody_and_no_school_are_fine)
{
	drawn_open(&drawn, 2, 2, TWINS_EXPAND);
	both("");
	drawn_open(&drawn, 0, 0, TWINS_SKIP);
	both("");
	drawn_open(&drawn, 1, 1, TWINS_SKIP);
	drawn_child(&drawn, 0, "");
	both("-");
}

Test(admission, a_school_without_seats_takes_nobody)
{
	open_one_grade(2, (const int64_t[]){0, 2}, TWINS_EXPAND);
	drawn_twins(&drawn, 0, "AB");
	drawn_child(&drawn, 0, "A");
	both("B-");
	drawn.admission.twins = TWINS_SKIP;
	both("B-");
}

Test(admission, a_cap_of_nothing_takes_nobody)
{
	open_one_grade(2, (const int64_t[]){5, 5}, TWINS_EXPAND);
	drawn.cap[0] = 0;
	drawn_twins(&drawn, 0, "AB");
	drawn_child(&drawn, 0, "A");
	both("B-");
	drawn.admission.twins = TWINS_SKIP;
	both("B-");
}

Test(admission, grades_have_seats_of_their_own)
{
	drawn_open(&drawn, 1, 2, TWINS_EXPAND);
	drawn.seats[0] = 1;
	drawn.seats[1] = 2;
	drawn_child(&drawn, 0, "A");
	drawn_child(&drawn, 0, "A");
	drawn_child(&drawn, 1, "A");
	drawn_child(&drawn, 1, "A");
	both("A-AA");
}

/* Two seats under the cap: the least right goes, whatever its grade. */
Test(admission, a_cap_lets_the_least_right_of_all_grades_go)
{
	drawn_open(&drawn, 1, 2, TWINS_EXPAND);
	drawn.seats[0] = drawn.seats[1] = 2;
	drawn.cap[0] = 2;
	drawn_child(&drawn, 0, "A");
	drawn_child(&drawn, 1, "A");
	drawn_child(&drawn, 0, "A");
	both("AA-");
	rank(0, "210");
	both("-AA");
	rank(0, "201");
	both("A-A");
}

/* Those a grade has no seat for do not use up the cap. */
Test(admission, a_full_grade_leaves_the_cap_to_the_others)
{
	drawn_open(&drawn, 1, 2, TWINS_EXPAND);
	drawn.seats[0] = drawn.seats[1] = 1;
	drawn.cap[0] = 2;
	drawn_child(&drawn, 0, "A");
	drawn_child(&drawn, 0, "A");
	drawn_child(&drawn, 1, "A");
	both("A-A");
}

/* --- twins ----------------------------------------------------------------------------------- */

static void open_last_seat(enum twin_rule twins)
{
	open_one_grade(1, (const int64_t[]){2}, twins);
	drawn_child(&drawn, 0, "A");
	drawn_twins(&drawn, 0, "A");
	drawn_child(&drawn, 0, "A");
}

Test(admission, twins_before_the_last_seat)
{
	open_last_seat(TWINS_EXPAND);
	both("AA-");
	open_last_seat(TWINS_SKIP);
	both("A-A");
}

Test(admission, twins_before_two_seats_need_no_rule)
{
	open_last_seat(TWINS_EXPAND);
	rank(0, "102");
	both("-A-");
	drawn.admission.twins = TWINS_SKIP;
	both("-A-");
}

/* The cap leaves one seat; the grade would have two. */
Test(admission, twins_before_the_last_seat_under_the_cap)
{
	drawn_open(&drawn, 1, 2, TWINS_EXPAND);
	drawn.seats[0] = drawn.seats[1] = 3;
	drawn.cap[0] = 2;
	drawn_child(&drawn, 1, "A");
	drawn_twins(&drawn, 0, "A");
	drawn_child(&drawn, 1, "A");
	both("AA-");
	drawn.admission.twins = TWINS_SKIP;
	both("A-A");
}

/* The twins' second seat comes on top of the cap: child 1 is taken as if there were no twins. */
Test(admission, a_seat_added_to_a_grade_is_added_to_the_cap)
{
	drawn_open(&drawn, 1, 2, TWINS_EXPAND);
	drawn.seats[0] = drawn.seats[1] = 1;
	drawn.cap[0] = 2;
	drawn_twins(&drawn, 0, "A");
	drawn_child(&drawn, 1, "A");
	drawn_child(&drawn, 1, "A");
	both("AA-");
}

/* What the twins push out elsewhere comes back once they are passed over. */
Test(admission, twins_passed_over_disturb_nobody)
{
	open_one_grade(2, (const int64_t[]){2, 1}, TWINS_SKIP);
	drawn_child(&drawn, 0, "A");
	drawn_twins(&drawn, 0, "A");
	drawn_child(&drawn, 0, "AB");
	drawn_child(&drawn, 0, "B");
	admitted(admission_deferred, "A-AB");
}

/*
 * Twins 3 lack a seat at B and push child 1 to A, where twins 0 then lack one. Once twins 3 are passed
 * over child 1 stays at B, and twins 0 have both seats of A.
 */
Test(admission, twins_get_a_second_chance_where_there_is_room)
{
	open_one_grade(2, (const int64_t[]){2, 2}, TWINS_SKIP);
	drawn_twins(&drawn, 0, "A");
	drawn_child(&drawn, 0, "BA");
	drawn_child(&drawn, 0, "B");
	drawn_twins(&drawn, 0, "B");
	rank(0, "1032");
	rank(1, "0231");
	admitted(admission_deferred, "ABB-");
}

/* Naming B too, child 0 would push child 1 to A, and so cost the twins a seat: they are passed over. */
Test(admission, skipped_twins_can_reward_a_false_list)
{
	open_one_grade(2, (const int64_t[]){2, 1}, TWINS_SKIP);
	drawn_child(&drawn, 0, "A");
	drawn_child(&drawn, 0, "BA");
	drawn_twins(&drawn, 0, "A");
	rank(0, "120");
	rank(1, "021");
	admitted(admission_deferred, "-BA");
	drawn_choose(&drawn, 0, "AB");
	admitted(admission_deferred, "AB-");
}

/* One seat is never enough for them, so they are not even in the way of the children. */
Test(admission, twins_do_not_disturb_where_they_can_never_be)
{
	open_one_grade(2, (const int64_t[]){1, 1}, TWINS_SKIP);
	drawn_child(&drawn, 0, "AB");
	drawn_twins(&drawn, 0, "BA");
	drawn_child(&drawn, 0, "BA");
	rank(0, "210");
	rank(1, "012");
	admitted(admission_deferred, "A-B");
	open_one_grade(2, (const int64_t[]){2, 3}, TWINS_SKIP);
	drawn.cap[1] = 1;
	drawn_child(&drawn, 0, "BA");
	drawn_twins(&drawn, 0, "A");
	drawn_twins(&drawn, 0, "B");
	rank(1, "201");
	admitted(admission_deferred, "BA-");
}

/* Triplets need three seats, and may have two added for them. */
Test(admission, three_at_once_are_taken_or_passed_over)
{
	open_one_grade(1, (const int64_t[]){3}, TWINS_EXPAND);
	drawn_twins(&drawn, 0, "A");
	drawn_add(&drawn, 0, 3);
	drawn_choose(&drawn, 1, "A");
	drawn_child(&drawn, 0, "A");
	both("AA-");
	drawn.admission.twins = TWINS_SKIP;
	both("A-A");
}

/*
 * With the twins at A child 2 is at B, so child 1 goes before the twins at A; without them child 2
 * is at A and child 1 at B, so it is the twins' turn.
 */
Test(admission, no_admission_may_be_right_where_twins_are_skipped)
{
	struct every every = {.drawn = &drawn, .tell = keep_right};

	open_one_grade(2, (const int64_t[]){2, 1}, TWINS_SKIP);
	drawn_twins(&drawn, 0, "A");
	drawn_child(&drawn, 0, "BA");
	drawn_child(&drawn, 0, "AB");
	rank(0, "102");
	rank(1, "210");
	every_from(&every, 0);
	cr_expect_eq(every.found, 0);
	admitted(admission_deferred, "-BA");
}

/* Whether no single child would rather be at a school where its turn has come. */
static bool single_children_are_right(const size_t *school)
{
	for (size_t i = 0; i < drawn.admission.n_applicants; i++) {
		const struct applicant *at = &drawn.applicants[i];

		for (size_t k = 0; at->size == 1 && k < drawn_wish(&drawn, i, school[i]); k++) {
			size_t s = drawn.choices[at->first_choice + k];

			if (drawn_left(&drawn, school, s, at->grade, i) > 0)
				return false;
		}
	}
	return true;
}

Test(admission, skipped_twins_alone_can_have_a_claim)
{
	size_t school[DRAWN_APPLICANTS];

	for (size_t round = 0; round < MIDDLE; round++) {
		make(100, DRAWN_SCHOOLS, DRAWN_GRADES, 8, 15, 6, TWINS_SKIP);
		admission_deferred(&drawn.admission, school);
		cr_expect(drawn_fits(&drawn, school));
		cr_expect(single_children_are_right(school));
		admission_first_choice(&drawn.admission, school);
		cr_expect(drawn_fits(&drawn, school));
	}
}

/* Where everyone can be where the rule wants it, that is nearly always found. */
Test(admission, skipped_twins_nearly_always_get_what_can_be)
{
	size_t possible = 0, found = 0, school[DRAWN_APPLICANTS];

	for (size_t round = 0; round < TINY; round++) {
		struct every every = {.drawn = &drawn, .tell = keep_right};
		make(6, 3, 1 + round % 2, 3, 5, 3, TWINS_SKIP);
		every_from(&every, 0);
		admission_deferred(&drawn.admission, school);
		possible += every.found > 0;
		found += drawn_everyone_is_right(&drawn, school);
	}
	cr_expect_gt(possible, TINY * 9 / 10);
	cr_expect_geq(found + TINY / 200, possible, "%zu of %zu", found, possible);
}

/* --- the order of the applicants ------------------------------------------------------------- */

/* The same children under other numbers: child i is now number to[i]. */
static void renumber(const struct drawn *from, const size_t *to)
{
	for (size_t i = 0; i < from->admission.n_applicants; i++) {
		drawn.applicants[to[i]] = from->applicants[i]; /* its choices stay where they are */
		for (size_t s = 0; s < DRAWN_SCHOOLS; s++)
			drawn.rank[s][to[i]] = from->rank[s][i];
	}
}

static void expect_same_shuffled(void (*admit)(const struct admission *, size_t *))
{
	size_t before[DRAWN_APPLICANTS], after[DRAWN_APPLICANTS], to[DRAWN_APPLICANTS];
	const struct drawn from = drawn;

	for (size_t i = 0; i < from.admission.n_applicants; i++)
		to[i] = i;
	drawn_shuffle(&state, to, from.admission.n_applicants);
	admit(&drawn.admission, before);
	renumber(&from, to);
	admit(&drawn.admission, after);
	for (size_t i = 0; i < from.admission.n_applicants; i++)
		cr_expect_eq(before[i], after[to[i]]);
	drawn = from;
}

Test(admission, the_order_of_the_applicants_does_not_matter)
{
	for (size_t round = 0; round < MIDDLE; round++) {
		make(60, DRAWN_SCHOOLS, 2, 6, 8, 2, round % 2 ? TWINS_SKIP : TWINS_EXPAND);
		expect_same_shuffled(admission_first_choice);
		expect_same_shuffled(admission_deferred);
	}
}
