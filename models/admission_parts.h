/* models/admission_parts.h - what both ways to admit, and the search for envy, have in common. */
#ifndef SEATWISE_ADMISSION_PARTS_H
#define SEATWISE_ADMISSION_PARTS_H

#include "models/admission.h"

/* The children that schools have taken. */
struct taken {
	const struct admission *admission;
	int64_t *in_grade;  /* n_schools x n_grades */
	int64_t *under_cap; /* n_schools: admission_counted over the grades */
};

/* Nobody is taken. */
void taken_open(struct taken *taken, const struct admission *admission);
void taken_close(struct taken *taken);

/* Takes so many children into an applicant's grade of a school, or (below 0) lets them go. */
void taken_add(struct taken *taken, size_t school, size_t applicant, int64_t children);

/* The place of an applicant's grade of a school in n_schools x n_grades. */
static inline size_t admission_offering(const struct admission *admission, size_t school,
					size_t applicant)
{
	return school * admission->n_grades + admission->applicants[applicant].grade;
}

static inline int64_t admission_size(const struct admission *admission, size_t applicant)
{
	return (int64_t)admission->applicants[applicant].size;
}

/* Of so many children in an offering, those that count under the cap: no seat that was added. */
static inline int64_t admission_counted(const struct admission *admission, size_t offering,
					int64_t children)
{
	int64_t seats = admission->seats[offering];

	return children < seats ? children : seats;
}

/* Puts applicants in the order of their right at a school. */
void admission_sort(const struct admission *admission, size_t school, size_t *applicants, size_t n);

#endif
