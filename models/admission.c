#include "models/admission_parts.h"

#include <stdbool.h>
#include <string.h>

#include "inputs/base/memory.h"

struct order {
	const struct admission *admission;
	size_t school;
};

static int compare_right(const void *a, const void *b, void *context)
{
	const struct order *order = context;

	return order->admission->compare(order->admission->context, order->school,
					 *(const size_t *)a, *(const size_t *)b);
}

void admission_sort(const struct admission *admission, size_t school, size_t *applicants, size_t n)
{
	struct order order = {admission, school};

	memory_sort(applicants, n, sizeof *applicants, compare_right, &order);
}

void taken_open(struct taken *taken, const struct admission *admission)
{
	size_t n_offerings = admission->n_schools * admission->n_grades;

	taken->admission = admission;
	taken->in_grade = memory_array(n_offerings, sizeof *taken->in_grade);
	taken->under_cap = memory_array(admission->n_schools, sizeof *taken->under_cap);
}

void taken_close(struct taken *taken)
{
	memory_free(taken->in_grade);
	memory_free(taken->under_cap);
}

void taken_add(struct taken *taken, size_t school, size_t applicant, int64_t children)
{
	size_t offering = admission_offering(taken->admission, school, applicant);
	int64_t *in_grade = &taken->in_grade[offering];

	taken->under_cap[school] -= admission_counted(taken->admission, offering, *in_grade);
	*in_grade += children;
	taken->under_cap[school] += admission_counted(taken->admission, offering, *in_grade);
}

/* --- first choice first ---------------------------------------------------------------------- */

/* Whether a school has seats for the next one in the order of right. */
static bool has_seats(const struct taken *taken, size_t school, size_t applicant)
{
	const struct admission *admission = taken->admission;
	size_t offering = admission_offering(admission, school, applicant);
	int64_t needed = admission->twins == TWINS_SKIP ? admission_size(admission, applicant) : 1;

	return admission->seats[offering] - taken->in_grade[offering] >= needed &&
	       admission->cap[school] - taken->under_cap[school] >= needed;
}

/* The school that an applicant asks for in a round, or NONE. */
static size_t asked(const struct admission *admission, const size_t *school, size_t i, size_t round)
{
	const struct applicant *applicant = &admission->applicants[i];

	if (school[i] != NONE || round >= applicant->n_choices)
		return NONE;
	return admission->choices[applicant->first_choice + round];
}

/* Who asks for which school: those of school s from [begins[s]] to [begins[s + 1]]. */
static size_t collect(const struct admission *admission, const size_t *school, size_t round,
		      size_t *begins, size_t *asking)
{
	size_t *next = memory_array(admission->n_schools + 1, sizeof *next);

	memset(begins, 0, (admission->n_schools + 1) * sizeof *begins);
	for (size_t i = 0; i < admission->n_applicants; i++) {
		size_t s = asked(admission, school, i, round);

		if (s != NONE)
			begins[s + 1]++;
	}
	for (size_t s = 0; s < admission->n_schools; s++)
		next[s + 1] = begins[s + 1] += begins[s];
	for (size_t i = 0; i < admission->n_applicants; i++) {
		size_t s = asked(admission, school, i, round);

		if (s != NONE)
			asking[next[s]++] = i;
	}
	memory_free(next);
	return begins[admission->n_schools];
}

/* A school takes whom it has seats for. */
static void take(struct taken *taken, size_t s, size_t *asking, size_t n, size_t *school)
{
	admission_sort(taken->admission, s, asking, n);
	for (size_t i = 0; i < n; i++) {
		if (!has_seats(taken, s, asking[i]))
			continue;
		taken_add(taken, s, asking[i], admission_size(taken->admission, asking[i]));
		school[asking[i]] = s;
	}
}

static size_t most_choices(const struct admission *admission)
{
	size_t most = 0;

	for (size_t i = 0; i < admission->n_applicants; i++)
		if (admission->applicants[i].n_choices > most)
			most = admission->applicants[i].n_choices;
	return most;
}

void admission_first_choice(const struct admission *admission, size_t *school)
{
	size_t *begins = memory_array(admission->n_schools + 1, sizeof *begins);
	size_t *asking = memory_array(admission->n_applicants, sizeof *asking);
	size_t n_rounds = most_choices(admission);
	struct taken taken;

	taken_open(&taken, admission);
	for (size_t i = 0; i < admission->n_applicants; i++)
		school[i] = NONE;
	for (size_t round = 0; round < n_rounds; round++) {
		if (collect(admission, school, round, begins, asking) == 0)
			continue;
		for (size_t s = 0; s < admission->n_schools; s++)
			take(&taken, s, asking + begins[s], begins[s + 1] - begins[s], school);
	}
	taken_close(&taken);
	memory_free(asking);
	memory_free(begins);
}
