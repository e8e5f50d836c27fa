#include "outputs/student_reason.h"

enum { MOST_WANTS = 3 };

static const struct district *district_of(const struct reasoning *reasoning)
{
	return reasoning->enrolment->plan->district;
}

static const struct cell *cell_of(const struct reasoning *reasoning, size_t child)
{
	return district_cell_of(district_of(reasoning), child);
}

static void add_km(struct text *text, int64_t metres)
{
	text_add_decimal(text, metres, 3, false);
	text_add(text, " km");
}

static int64_t metres_to(const struct reasoning *reasoning, size_t child, size_t school)
{
	return distance_metres(reasoning->enrolment->plan->distances,
			       cell_of(reasoning, child)->zone, school);
}

/* --- what a child has ------------------------------------------------------------------------ */

static void add_key(struct text *text, const struct reasoning *reasoning, size_t child)
{
	const struct student *student = &district_of(reasoning)->students[child];

	switch (district_of(reasoning)->settings.key) {
	case KEY_POINTS:
		if (student->points == POINTS_NOT_GIVEN) {
			text_add(text, ", no points");
			break;
		}
		text_add(text, ", ");
		text_add_decimal(text, student->points, 9, true);
		text_add(text, " points");
		break;
	case KEY_RANK:
		if (student->rank == NOT_GIVEN)
			text_add(text, ", no rank");
		else
			text_printf(text, ", rank %lld", (long long)student->rank);
		break;
	default:
		break;
	}
	text_printf(text, ", number %zu by lot",
		    reasoning->enrolment->named->precedence.turn[child] + 1);
}

/* "class 2, 1.240 km, 12.5 points, number 31 by lot" */
static void add_right(struct text *text, const struct reasoning *reasoning, size_t child,
		      size_t school)
{
	const struct precedence *precedence = &reasoning->enrolment->named->precedence;
	int64_t class = precedence_class(precedence, child);

	if (class != INT64_MAX)
		text_printf(text, "class %lld, ", (long long)class);
	else if (district_of(reasoning)->settings.classes)
		text_add(text, "no class, ");
	add_km(text, metres_to(reasoning, child, school));
	add_key(text, reasoning, child);
}

/* --- why it is not where it would rather be -------------------------------------------------- */

static const struct offering *offering_of(const struct reasoning *reasoning, size_t child,
					  size_t school)
{
	return district_offering(district_of(reasoning), school, cell_of(reasoning, child)->grade);
}

/* Whether a school is full in the child's grade, and at how many a class. */
static bool is_full(const struct reasoning *reasoning, const struct offering *offering,
		    int64_t *class_size)
{
	const struct district *district = district_of(reasoning);
	int64_t load = reasoning->enrolment->plan->offerings[offering - district->offerings].load;

	*class_size = district->settings.class_max;
	if (load >= *class_size * offering->sections)
		return true;
	*class_size = settlement_choice_size(district, offering);
	return load >= *class_size * offering->sections;
}

static void add_full(struct text *text, const struct reasoning *reasoning, size_t child,
		     const struct offering *offering, int64_t class_size)
{
	const struct district *district = district_of(reasoning);
	size_t last = reasoning->enrolment->last[offering - district->offerings];

	text_printf(text, " is full at %lld a class", (long long)class_size);
	if (last == NONE) {
		text_add(text, " with those who stay or have a claim");
		return;
	}
	text_add(text, ": its last place went to (");
	add_right(text, reasoning, last, offering->school);
	text_add(text, "), and this child has (");
	add_right(text, reasoning, child, offering->school);
	text_add(text, ")");
}

static void add_want_name(struct text *text, const struct reasoning *reasoning, size_t child,
			  size_t at)
{
	const struct wants *wants = &reasoning->enrolment->wants;

	switch ((enum want)wants->why[at]) {
	case WANT_STAY:
		text_add(text, "its current school ");
		break;
	case WANT_FEEDER:
		text_add(text, "its feeder school ");
		break;
	case WANT_SIBLING:
		text_add(text, "the school of its siblings ");
		break;
	case WANT_CHOICE:
		text_printf(text, "choice %zu ",
			    district_choice(district_of(reasoning), child, wants->school[at]));
		break;
	case WANT_NEAREST:
		text_add(text, "the nearest school ");
		break;
	}
	text_add(text, district_of(reasoning)->schools[wants->school[at]].id);
}

static void add_want(struct text *text, const struct reasoning *reasoning, size_t child, size_t at)
{
	size_t school = reasoning->enrolment->wants.school[at];
	const struct offering *offering = offering_of(reasoning, child, school);
	int64_t class_size;

	text_add(text, "; ");
	add_want_name(text, reasoning, child, at);
	if (is_full(reasoning, offering, &class_size))
		add_full(text, reasoning, child, offering, class_size);
	else
		text_add(text, " has seats left, but with the child there the plan as a whole "
			       "would be worse");
}

/* --- why it is where it is ------------------------------------------------------------------- */

/* Children alike come by precedence: which place the child had among them. */
static void add_turn(struct text *text, const struct reasoning *reasoning, size_t child)
{
	size_t alike = reasoning->enrolment->alike[child];

	if (alike > 1)
		text_printf(text, ", place %zu of %zu among children alike",
			    reasoning->enrolment->turn[child], alike);
}

static void add_own(struct text *text, const struct reasoning *reasoning, size_t child)
{
	const struct enrolment *enrolment = reasoning->enrolment;

	if (enrolment->school[child] == NONE) {
		text_add(text, reasoning->unplaced[plan_first(
				       enrolment->plan,
				       district_of(reasoning)->students[child].cell, NONE)]);
		add_turn(text, reasoning, child);
		return;
	}
	switch ((enum settled)enrolment->named->settlement.by[child]) {
	case SETTLED_STAY:
		text_add(text, "stays at its current school");
		break;
	case SETTLED_FEEDER:
		text_add(text, "claims it as its feeder school");
		break;
	case SETTLED_SIBLING:
		text_add(text, "claims it, as a child of the household stays there");
		break;
	case SETTLED_CHOICE:
		text_printf(text, "choice %zu",
			    district_choice(district_of(reasoning), child,
					    enrolment->school[child]));
		break;
	default:
		if (enrolment->nearness[child] == 1)
			text_add(text, "the nearest school that may take the child");
		else
			text_add(text, "the plan as a whole puts the child there");
		add_turn(text, reasoning, child);
		break;
	}
}

void student_reason(struct text *text, const struct reasoning *reasoning, size_t child)
{
	const struct wants *wants = &reasoning->enrolment->wants;
	size_t first = wants->first[child], end = wants->first[child + 1];

	add_own(text, reasoning, child);
	for (size_t at = first; at < end && at < first + MOST_WANTS; at++)
		add_want(text, reasoning, child, at);
}
