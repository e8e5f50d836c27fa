#include "models/admission_parts.h"

#include <stdbool.h>
#include <string.h>

#include "inputs/base/memory.h"

/* A heap of those whom a grade of a school holds; the one with the least right is the first. */
struct held {
	size_t *applicants;
	size_t n, room;
};

struct deferring {
	struct taken taken;
	struct held *held;   /* n_schools x n_grades */
	size_t *n_tried;     /* n_applicants: choices that it has asked for */
	size_t *school;      /* the caller's: where each is held */
	size_t *rejected;    /* a stack of those who ask next; room for all */
	size_t n_rejected;
	unsigned char *passed; /* how twins fared with a choice, see below; NULL: all are open */
	size_t *first_passed;  /* n_applicants: its first choice in `passed` */
};

static bool more_right(const struct deferring *run, size_t school, size_t a, size_t b)
{
	const struct admission *admission = run->taken.admission;

	return admission->compare(admission->context, school, a, b) < 0;
}

static void held_push(const struct deferring *run, size_t school, struct held *held, size_t i)
{
	size_t at = held->n++;

	held->applicants = memory_grow(held->applicants, &held->room, held->n,
				       sizeof *held->applicants);
	while (at > 0) {
		size_t parent = (at - 1) / 2;

		if (!more_right(run, school, held->applicants[parent], i))
			break;
		held->applicants[at] = held->applicants[parent];
		at = parent;
	}
	held->applicants[at] = i;
}

/* Takes the first from the heap. */
static size_t held_pop(const struct deferring *run, size_t school, struct held *held)
{
	size_t first = held->applicants[0], last = held->applicants[--held->n], at = 0;

	for (size_t child = 1; child < held->n; child = 2 * at + 1) {
		if (child + 1 < held->n && more_right(run, school, held->applicants[child],
						      held->applicants[child + 1]))
			child++;
		if (!more_right(run, school, last, held->applicants[child]))
			break;
		held->applicants[at] = held->applicants[child];
		at = child;
	}
	held->applicants[at] = last;
	return first;
}

/* The grade of a school's offering whose first has the least right of the whole school, or NONE. */
static size_t least_right(const struct deferring *run, size_t school)
{
	size_t n_grades = run->taken.admission->n_grades, found = NONE;

	for (size_t o = school * n_grades; o < (school + 1) * n_grades; o++)
		if (run->held[o].n && (found == NONE ||
				       more_right(run, school, run->held[found].applicants[0],
						  run->held[o].applicants[0])))
			found = o;
	return found;
}

static void reject(struct deferring *run, size_t school, size_t offering)
{
	size_t i = held_pop(run, school, &run->held[offering]);

	taken_add(&run->taken, school, i, -admission_size(run->taken.admission, i));
	run->school[i] = NONE;
	run->rejected[run->n_rejected++] = i;
}

/* Whether the others of the grade leave a seat to its first. */
static bool grade_holds(const struct deferring *run, size_t offering)
{
	const struct admission *admission = run->taken.admission;
	int64_t others = run->taken.in_grade[offering] -
			 admission_size(admission, run->held[offering].applicants[0]);

	return others < admission->seats[offering];
}

/* Whether the others of the school leave a seat under the cap to the first of an offering. */
static bool cap_holds(const struct deferring *run, size_t school, size_t offering)
{
	const struct admission *admission = run->taken.admission;
	int64_t all = run->taken.in_grade[offering];
	int64_t others = all - admission_size(admission, run->held[offering].applicants[0]);

	return run->taken.under_cap[school] - admission_counted(admission, offering, all) +
		       admission_counted(admission, offering, others) <
	       admission->cap[school];
}

/* A school rejects those whose turn no longer comes, after one came to an offering of it. */
static void choose(struct deferring *run, size_t school, size_t offering)
{
	while (run->held[offering].n && !grade_holds(run, offering))
		reject(run, school, offering);
	while (run->taken.under_cap[school] >= run->taken.admission->cap[school]) {
		size_t last = least_right(run, school);

		if (last == NONE || cap_holds(run, school, last))
			break;
		reject(run, school, last);
	}
}

/* Whether twins were passed over at a choice. */
static bool is_passed(const struct deferring *run, size_t i, size_t choice)
{
	return run->passed && run->passed[run->first_passed[i] + choice] % 2;
}

/* Whether a grade is full of more right: a short way to what `choose` would find. */
static bool hopeless(const struct deferring *run, size_t school, size_t offering, size_t i)
{
	const struct held *held = &run->held[offering];

	if (run->taken.in_grade[offering] < run->taken.admission->seats[offering])
		return false;
	return held->n == 0 || more_right(run, school, held->applicants[0], i);
}

/* Asks for its choices from the next one on, until a school does not refuse at once. */
static void ask(struct deferring *run, size_t i)
{
	const struct admission *admission = run->taken.admission;
	const struct applicant *applicant = &admission->applicants[i];

	while (run->n_tried[i] < applicant->n_choices) {
		size_t choice = run->n_tried[i]++;
		size_t s = admission->choices[applicant->first_choice + choice];
		size_t offering = admission_offering(admission, s, i);

		if (is_passed(run, i, choice) || hopeless(run, s, offering, i))
			continue;
		held_push(run, s, &run->held[offering], i);
		taken_add(&run->taken, s, i, admission_size(admission, i));
		run->school[i] = s;
		choose(run, s, offering);
		return;
	}
}

/* From the beginning: nobody is held, nobody has asked. */
static void defer(struct deferring *run)
{
	const struct admission *admission = run->taken.admission;
	size_t n_offerings = admission->n_schools * admission->n_grades;

	for (size_t o = 0; o < n_offerings; o++) {
		run->held[o].n = 0;
		run->taken.in_grade[o] = 0;
	}
	memset(run->taken.under_cap, 0, admission->n_schools * sizeof *run->taken.under_cap);
	for (size_t i = 0; i < admission->n_applicants; i++) {
		run->n_tried[i] = 0;
		run->school[i] = NONE;
	}
	for (size_t i = 0; i < admission->n_applicants; i++) {
		ask(run, i);
		while (run->n_rejected)
			ask(run, run->rejected[--run->n_rejected]);
	}
}

/* --- twins that are passed over -------------------------------------------------------------- */

/* A choice is open, passed over, open again or passed over for good; the odd ones are passed. */
enum { PASSED_ONCE = 1, PASSED_FOR_GOOD = 3 };

static void pass_over(struct deferring *run, size_t offering)
{
	size_t i = run->held[offering].applicants[0];

	run->passed[run->first_passed[i] + run->n_tried[i] - 1]++;
}

/* Passes over the twins for whom seats are added at a school; false: there are none. */
static bool pass_over_at(struct deferring *run, size_t school)
{
	const struct admission *admission = run->taken.admission;
	size_t n_grades = admission->n_grades;
	bool any = false;

	for (size_t o = school * n_grades; o < (school + 1) * n_grades; o++)
		if (run->taken.in_grade[o] > admission->seats[o]) {
			pass_over(run, o);
			any = true;
		}
	if (!any && run->taken.under_cap[school] > admission->cap[school]) {
		pass_over(run, least_right(run, school));
		any = true;
	}
	return any;
}

/* The children of a grade of a school who have more right there than an applicant. */
static int64_t children_ahead(const struct deferring *run, size_t school, size_t offering, size_t i)
{
	const struct held *held = &run->held[offering];
	int64_t children = 0;

	for (size_t k = 0; k < held->n; k++)
		if (more_right(run, school, held->applicants[k], i))
			children += admission_size(run->taken.admission, held->applicants[k]);
	return children;
}

/* Whether those with more right leave twins all their seats, where no seat is added. */
static bool has_room(const struct deferring *run, size_t school, size_t i)
{
	const struct admission *admission = run->taken.admission;
	size_t own = admission_offering(admission, school, i), n_grades = admission->n_grades;
	int64_t needed = admission_size(admission, i), under_cap = 0;

	if (admission->seats[own] - children_ahead(run, school, own, i) < needed)
		return false;
	for (size_t o = school * n_grades; o < (school + 1) * n_grades; o++)
		under_cap += children_ahead(run, school, o, i);
	return admission->cap[school] - under_cap >= needed;
}

/* Opens the choices again that twins were passed over at once, would rather have and could. */
static bool open_again(struct deferring *run, size_t i)
{
	const struct admission *admission = run->taken.admission;
	const size_t *choices = admission->choices + admission->applicants[i].first_choice;
	size_t n = run->n_tried[i] - (run->school[i] != NONE);
	bool any = false;

	for (size_t k = 0; k < n; k++) {
		unsigned char *passed = &run->passed[run->first_passed[i] + k];

		if (*passed == PASSED_ONCE && has_room(run, choices[k], i)) {
			++*passed;
			any = true;
		}
	}
	return any;
}

/* What keeps an admission from being the last: false if nothing does. */
static bool defer_anew(struct deferring *run)
{
	const struct admission *admission = run->taken.admission;
	bool any = false;

	for (size_t s = 0; s < admission->n_schools; s++)
		any |= pass_over_at(run, s);
	if (any)
		return true;
	for (size_t i = 0; i < admission->n_applicants; i++)
		any |= open_again(run, i);
	return any;
}

/* No choice is passed over yet, but those that have fewer seats than the twins are children. */
static void passed_open(struct deferring *run)
{
	const struct admission *admission = run->taken.admission;
	size_t n_choices = 0;

	run->first_passed = memory_array(admission->n_applicants, sizeof *run->first_passed);
	for (size_t i = 0; i < admission->n_applicants; i++) {
		run->first_passed[i] = n_choices;
		n_choices += admission->applicants[i].n_choices;
	}
	run->passed = memory_array(n_choices, sizeof *run->passed);
	for (size_t i = 0; i < admission->n_applicants; i++) {
		const struct applicant *at = &admission->applicants[i];

		for (size_t k = 0; at->size > 1 && k < at->n_choices; k++)
			if (!has_room(run, admission->choices[at->first_choice + k], i))
				run->passed[run->first_passed[i] + k] = PASSED_FOR_GOOD;
	}
}

/* Defers without the choices at which twins are passed over. */
static void defer_skipping(struct deferring *run)
{
	passed_open(run);
	do
		defer(run);
	while (defer_anew(run));
	memory_free(run->passed);
	memory_free(run->first_passed);
}

void admission_deferred(const struct admission *admission, size_t *school)
{
	size_t n_offerings = admission->n_schools * admission->n_grades;
	struct deferring run = {.school = school};

	taken_open(&run.taken, admission);
	run.held = memory_array(n_offerings, sizeof *run.held);
	run.n_tried = memory_array(admission->n_applicants, sizeof *run.n_tried);
	run.rejected = memory_array(admission->n_applicants, sizeof *run.rejected);
	if (admission->twins == TWINS_SKIP)
		defer_skipping(&run);
	else
		defer(&run);
	for (size_t o = 0; o < n_offerings; o++)
		memory_free(run.held[o].applicants);
	memory_free(run.held);
	memory_free(run.n_tried);
	memory_free(run.rejected);
	taken_close(&run.taken);
}
