#include "models/envy.h"

#include "models/admission_parts.h"

/* The admitted of all grades of all schools, each grade's most right first. */
struct seated {
	const struct admission *admission;
	size_t *begins;    /* n_schools x n_grades + 1 */
	size_t *order;     /* applicants: those of offering o from [begins[o]] to [begins[o + 1]] */
	int64_t *children; /* of the first i in `order` */
	int64_t *free;     /* n_schools x n_grades: seats that are left, under the cap too */
};

/* --- the admitted in order ------------------------------------------------------------------- */

/* As the applicants stand, offering by offering. */
static void seat(struct seated *seated, const size_t *school)
{
	const struct admission *admission = seated->admission;
	size_t n_offerings = admission->n_schools * admission->n_grades;
	size_t *next = memory_array(n_offerings + 1, sizeof *next);

	for (size_t i = 0; i < admission->n_applicants; i++)
		if (school[i] != NONE)
			seated->begins[admission_offering(admission, school[i], i) + 1]++;
	for (size_t o = 0; o < n_offerings; o++)
		next[o + 1] = seated->begins[o + 1] += seated->begins[o];
	for (size_t i = 0; i < admission->n_applicants; i++)
		if (school[i] != NONE)
			seated->order[next[admission_offering(admission, school[i], i)]++] = i;
	memory_free(next);
}

static void put_in_order(struct seated *seated)
{
	const struct admission *admission = seated->admission;
	size_t n_offerings = admission->n_schools * admission->n_grades;

	for (size_t o = 0; o < n_offerings; o++)
		admission_sort(admission, o / admission->n_grades,
			       seated->order + seated->begins[o],
			       seated->begins[o + 1] - seated->begins[o]);
	for (size_t i = 0; i < seated->begins[n_offerings]; i++)
		seated->children[i + 1] =
			seated->children[i] +
			admission_size(admission, seated->order[i]);
}

static int64_t children_between(const struct seated *seated, size_t begin, size_t end)
{
	return seated->children[end] - seated->children[begin];
}

static void find_free(struct seated *seated)
{
	const struct admission *admission = seated->admission;
	const size_t *begins = seated->begins;

	for (size_t s = 0; s < admission->n_schools; s++) {
		size_t first = s * admission->n_grades, end = first + admission->n_grades;
		int64_t under_cap = admission->cap[s] -
				    children_between(seated, begins[first], begins[end]);

		for (size_t o = first; o < end; o++) {
			int64_t left = admission->seats[o] -
				       children_between(seated, begins[o], begins[o + 1]);

			seated->free[o] = left < under_cap ? left : under_cap;
		}
	}
}

static void seated_open(struct seated *seated, const struct admission *admission,
			const size_t *school)
{
	size_t n_offerings = admission->n_schools * admission->n_grades;

	seated->admission = admission;
	seated->begins = memory_array(n_offerings + 1, sizeof *seated->begins);
	seated->order = memory_array(admission->n_applicants, sizeof *seated->order);
	seated->children = memory_array(admission->n_applicants + 1, sizeof *seated->children);
	seated->free = memory_array(n_offerings, sizeof *seated->free);
	seat(seated, school);
	put_in_order(seated);
	find_free(seated);
}

static void seated_close(struct seated *seated)
{
	memory_free(seated->begins);
	memory_free(seated->order);
	memory_free(seated->children);
	memory_free(seated->free);
}

/* --- who envies whom ------------------------------------------------------------------------- */

/* Where in `order` those begin who have less right than an applicant at a school in its grade. */
static size_t less_right(const struct seated *seated, size_t school, size_t applicant)
{
	const struct admission *admission = seated->admission;
	size_t offering = admission_offering(admission, school, applicant);
	size_t low = seated->begins[offering], end = seated->begins[offering + 1], high = end;

	if (low == high || admission->compare(admission->context, school, seated->order[end - 1],
					      applicant) < 0)
		return end; /* the usual case, without a search */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (admission->compare(admission->context, school, seated->order[middle],
				       applicant) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The seats that an applicant needs to be taken. */
static int64_t needed(const struct admission *admission, size_t applicant)
{
	return admission->twins == TWINS_SKIP ? admission_size(admission, applicant) : 1;
}

/* Whom an applicant envies at a school where it would rather be. */
static void envy_at(const struct seated *seated, size_t school, size_t i, struct envy *made)
{
	size_t offering = admission_offering(seated->admission, school, i);
	size_t end = seated->begins[offering + 1], begin = less_right(seated, school, i);
	int64_t free = seated->free[offering] > 0 ? seated->free[offering] : 0;

	if (begin == end || children_between(seated, begin, end) + free <
				    needed(seated->admission, i))
		return;
	made->n_pairs += (int64_t)(end - begin);
	if (made->school[i] != NONE)
		return;
	made->school[i] = school;
	made->whom[i] = seated->order[end - 1];
	made->n_envious++;
}

static void want_at(const struct seated *seated, size_t school, size_t i, struct envy *made)
{
	size_t offering = admission_offering(seated->admission, school, i);

	if (made->seat[i] != NONE || seated->free[offering] < needed(seated->admission, i))
		return;
	made->seat[i] = school;
	made->n_wanting++;
}

static void look(const struct seated *seated, size_t own, size_t i, struct envy *made)
{
	const struct applicant *applicant = &seated->admission->applicants[i];
	const size_t *choices = seated->admission->choices + applicant->first_choice;

	made->school[i] = made->whom[i] = made->seat[i] = NONE;
	for (size_t k = 0; k < applicant->n_choices && choices[k] != own; k++) {
		envy_at(seated, choices[k], i, made);
		want_at(seated, choices[k], i, made);
	}
}

void envy_find(struct arena *arena, const struct admission *admission, const size_t *school,
	       struct envy *made)
{
	size_t n = admission->n_applicants;
	struct seated seated;

	*made = (struct envy){arena_array(arena, n, sizeof *made->school),
			      arena_array(arena, n, sizeof *made->whom),
			      arena_array(arena, n, sizeof *made->seat), 0, 0, 0};
	seated_open(&seated, admission, school);
	for (size_t i = 0; i < n; i++)
		look(&seated, school[i], i, made);
	seated_close(&seated);
}
