#include "outputs/explain.h"

static const struct district *district_of(const struct enrolment *enrolment)
{
	return enrolment->plan->district;
}

static void tell_who(const struct telling *telling, const struct enrolment *enrolment,
		     size_t child)
{
	const struct district *district = district_of(enrolment);
	const struct student *student = &district->students[child];
	const struct cell *cell = &district->cells[student->cell];

	text_printf(telling->text, "The child comes to grade %d, ", cell->grade);
	if (!district_is_home(district, cell->zone)) {
		text_add(telling->text, "from ");
		tell_zone(telling, cell->zone);
		text_add(telling->text, ", ");
	}
	text_printf(telling->text, "as %s", district->groups[cell->group].id);
	if (student->priority != NOT_GIVEN)
		text_printf(telling->text, " of class %lld", (long long)student->priority);
	text_printf(telling->text, ", number %zu of %zu by lot.\n",
		    enrolment->named->precedence.turn[child] + 1, district->n_students);
}

static void tell_seat(const struct telling *telling, const struct enrolment *enrolment,
		      const struct plan_student_row *row, size_t child)
{
	const struct district *district = district_of(enrolment);
	size_t school = enrolment->school[child];
	size_t zone = district_cell_of(district, child)->zone;

	if (school == NONE) {
		text_printf(telling->text, "It has no seat: %s.\n", row->reason);
		return;
	}
	text_add(telling->text, "It goes to ");
	tell_school(telling, school);
	if (row->section != NOT_GIVEN)
		text_printf(telling->text, ", class %lld", (long long)row->section);
	text_add(telling->text, ", ");
	tell_km(telling, distance_metres(enrolment->plan->distances, zone, school));
	text_printf(telling->text, " from home, the ");
	if (enrolment->nearness[child] > 1)
		text_printf(telling->text, "%lld. ", (long long)enrolment->nearness[child]);
	text_printf(telling->text, "nearest of the schools that may take it. Why: %s.\n",
		    row->reason);
}

/* How many wait for the school in the grade. */
static size_t waiting_for(const struct enrolment *enrolment, size_t school, int grade)
{
	size_t n = 0;

	for (size_t i = 0; i < enrolment->wants.n; i++)
		n += enrolment->waiting[i].school == school && enrolment->waiting[i].grade == grade;
	return n;
}

void explain_student(const struct telling *telling, const struct enrolment *enrolment,
		     const struct plan_student_row *row, size_t child)
{
	const struct wants *wants = &enrolment->wants;
	const struct district *district = district_of(enrolment);
	int grade = district_cell_of(district, child)->grade;

	tell_who(telling, enrolment, child);
	tell_seat(telling, enrolment, row, child);
	for (size_t k = wants->first[child]; k < wants->first[child + 1]; k++) {
		text_printf(telling->text, "It is number %zu of %zu who wait for ",
			    enrolment->place[k], waiting_for(enrolment, wants->school[k], grade));
		tell_school(telling, wants->school[k]);
		text_printf(telling->text, " (%s).\n", want_name((enum want)wants->why[k]));
	}
}
