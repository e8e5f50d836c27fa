#include "models/settlement.h"

#include <string.h>

#include "models/reach.h"

static const struct cell *cell_of(const struct settlement *settlement, size_t child)
{
	return district_cell_of(settlement->district, child);
}

/* --- seats ----------------------------------------------------------------------------------- */

int64_t settlement_choice_size(const struct district *district, const struct offering *offering)
{
	switch (district->settings.choice_seats) {
	case CHOICE_SEATS_LARGE:
		return district->settings.class_large - 1;
	case CHOICE_SEATS_MAX:
		return district->settings.class_max;
	default:
		return offering->class_size;
	}
}

static int64_t less(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

int64_t settlement_room(const struct settlement *settlement, const struct offering *offering,
			const struct cell *cell, int64_t class_size)
{
	const struct district *district = settlement->district;
	size_t s = offering->school, o = (size_t)(offering - district->offerings);
	int64_t cap = settlement->capacities.schools[s].spare;
	int64_t room = class_size * offering->sections - offering->enrolled -
		       settlement->in_offering[o];
	enum need need = audit_need(district, cell);

	if (cap != INT64_MAX)
		room = less(room, cap - settlement->in_school[s]);
	if (need == NEED_BOARDING)
		room = less(room, district->schools[s].beds - settlement->beds[s]);
	if (need == NEED_INCLUSION)
		room = less(room, district->schools[s].places - settlement->places[s]);
	return room > 0 ? room : 0;
}

static const struct offering *offering_of(const struct settlement *settlement, size_t school,
					  size_t child)
{
	return district_offering(settlement->district, school, cell_of(settlement, child)->grade);
}

/* Counts a child in (1) or out (-1) at a school. */
static void count(struct settlement *settlement, size_t child, size_t school, int by)
{
	const struct district *district = settlement->district;
	enum need need = audit_need(district, cell_of(settlement, child));

	settlement->in_offering[offering_of(settlement, school, child) - district->offerings] += by;
	settlement->in_school[school] += by;
	settlement->beds[school] += need == NEED_BOARDING ? by : 0;
	settlement->places[school] += need == NEED_INCLUSION ? by : 0;
}

static void settle_one(struct settlement *settlement, size_t child, size_t school, enum settled by)
{
	settlement->school[child] = school;
	settlement->by[child] = (unsigned char)by;
	if (school != NONE)
		count(settlement, child, school, 1);
}

void settlement_unsettle(struct settlement *settlement, size_t child)
{
	if (settlement->school[child] != NONE)
		count(settlement, child, settlement->school[child], -1);
	settlement->school[child] = NONE;
	settlement->by[child] = SETTLED_NOT;
}

void settlement_settle(struct settlement *settlement, size_t lead, size_t school, enum settled by)
{
	for (size_t i = lead; i != NONE; i = settlement->precedence->next[i])
		settle_one(settlement, i, school, by);
}

/* --- claims ---------------------------------------------------------------------------------- */

/* Whether a claim to a school is good: zoning and distance do not count. */
static bool is_good(const struct settlement *settlement, size_t school, size_t child)
{
	const struct cell *cell = cell_of(settlement, child);
	const struct offering *offering = district_offering(settlement->district, school,
							    cell->grade);

	return offering && offering->sections > 0 &&
	       audit_suits(settlement->district, cell, school) &&
	       distance_metres(settlement->precedence->distances, cell->zone, school) !=
		       UNREACHABLE;
}

static bool counts(const struct district *district, enum right right)
{
	const struct right_order *rights = &district->settings.right_order;

	for (size_t i = 0; i < rights->n; i++)
		if (rights->order[i] == right)
			return true;
	return false;
}

/* Where no right makes it a claim, siblings draw a child so many km. */
static bool is_drawn(const struct settlement *settlement, size_t school, size_t child)
{
	const struct nearest_school *nearest =
		&settlement->nearest[settlement->district->students[child].cell];

	return settlement->district->settings.sibling_km > 0 && nearest->school != NONE &&
	       precedence_metres(settlement->precedence, school, child) <= nearest->metres;
}

size_t settlement_claim(const struct settlement *settlement, enum right right, size_t child)
{
	const struct student *student = &settlement->district->students[child];
	const size_t named[RIGHT_COUNT] = {
		[RIGHT_STAY] = student->current_school,
		[RIGHT_FEEDER] = student->feeder_school,
		[RIGHT_SIBLING] = settlement->precedence->sibling[child]};
	size_t school = named[right];

	if (school == NONE || !is_good(settlement, school, child))
		return NONE;
	if (counts(settlement->district, right))
		return school;
	return right == RIGHT_SIBLING && is_drawn(settlement, school, child) ? school : NONE;
}

/* Children who go together and claim a school. */
struct claim {
	size_t lead, school;
};

static int compare_claims(const void *a, const void *b, void *context)
{
	const struct claim *left = a, *right = b;

	if (left->school != right->school)
		return left->school < right->school ? -1 : 1;
	return precedence_compare(context, left->school, left->lead, right->lead);
}

/* Whether so many who go together are let in where there is room for some. */
static bool fits(const struct district *district, size_t size, int64_t room)
{
	return district->settings.twins == TWINS_SETTING_EXPAND ? room > 0
								: (int64_t)size <= room;
}

static void hear(struct settlement *settlement, const struct claim *claim, enum right right)
{
	const struct district *district = settlement->district;
	const struct offering *offering = offering_of(settlement, claim->school, claim->lead);
	int64_t class_size = right == RIGHT_SIBLING ? settlement_choice_size(district, offering)
						    : district->settings.class_max;
	size_t size = precedence_size(settlement->precedence, claim->lead);

	if (!fits(district, size, settlement_room(settlement, offering,
						  cell_of(settlement, claim->lead), class_size))) {
		settlement->n_missed[right] += size;
		return;
	}
	settlement->n_kept[right] += size;
	settlement_settle(settlement, claim->lead, claim->school,
			  (enum settled)(SETTLED_STAY + (int)right));
}

static void settle_right(struct settlement *settlement, enum right right)
{
	const struct precedence *precedence = settlement->precedence;
	size_t n = 0, n_students = settlement->district->n_students;
	struct claim *claims = memory_array(n_students, sizeof *claims);

	for (size_t i = 0; i < n_students; i++) {
		size_t school;

		if (precedence->lead[i] != i || settlement->school[i] != NONE)
			continue;
		school = settlement_claim(settlement, right, i);
		if (school != NONE)
			claims[n++] = (struct claim){i, school};
	}
	memory_sort(claims, n, sizeof *claims, compare_claims, (void *)(uintptr_t)precedence);
	for (size_t i = 0; i < n; i++)
		hear(settlement, &claims[i], right);
	memory_free(claims);
}

static void settle_claims(struct settlement *settlement)
{
	const struct settings *settings = &settlement->district->settings;

	for (size_t i = 0; i < settings->right_order.n; i++)
		settle_right(settlement, settings->right_order.order[i]);
	if (!counts(settlement->district, RIGHT_SIBLING) && settings->sibling_km > 0)
		settle_right(settlement, RIGHT_SIBLING);
}

/* --- choices --------------------------------------------------------------------------------- */

/* The problem of who is admitted where by choice. */
struct wishes {
	struct admission admission;
	struct applicant *applicants;
	size_t *leads;          /* of the applicants */
	size_t *choices;
	int64_t *seats, *cap;
	const struct precedence *precedence;
};

static int compare_applicants(const void *context, size_t school, size_t a, size_t b)
{
	const struct wishes *wishes = context;

	return precedence_compare(wishes->precedence, school, wishes->leads[a], wishes->leads[b]);
}

/* Whether the rules that tie pupils of a cell to others leave them out of choices. */
static bool takes_part(const struct district *district, const struct cell *cell)
{
	int64_t share = district->groups[cell->group].max_share;

	return audit_need(district, cell) == NEED_NONE && (share == NOT_GIVEN || share >= NANO);
}

/* The choices of a child that it may make. Returns how many. */
static size_t take_choices(const struct district *district, struct choices *choices,
			   const struct student *student, size_t *made)
{
	const struct cell *cell = &district->cells[student->cell];
	size_t n = 0;

	for (size_t i = 0; i < student->n_choices; i++) {
		size_t school = district->choices[student->first_choice + i];

		if (school != NONE && choices_eligible(choices, cell, school))
			made[n++] = school;
	}
	return n;
}

static void add_applicant(struct wishes *wishes, const struct settlement *settled,
			  struct choices *choices, size_t lead, size_t *n_choices)
{
	const struct district *district = settled->district;
	const struct student *student = &district->students[lead];
	const struct cell *cell = &district->cells[student->cell];
	size_t n;

	if (student->n_choices == 0 || !takes_part(district, cell))
		return;
	n = take_choices(district, choices, student, wishes->choices + *n_choices);
	if (n == 0)
		return;
	wishes->leads[wishes->admission.n_applicants] = lead;
	wishes->applicants[wishes->admission.n_applicants++] = (struct applicant){
		(size_t)(cell->grade - FIRST_GRADE), precedence_size(settled->precedence, lead),
		*n_choices, n};
	*n_choices += n;
}

void settlement_seats(const struct settlement *settlement, bool free, int64_t *seats, int64_t *cap)
{
	const struct district *district = settlement->district;

	for (size_t i = 0; i < district->n_offerings; i++) {
		const struct offering *offering = &district->offerings[i];
		size_t at = offering->school * N_GRADES + (size_t)(offering->grade - FIRST_GRADE);
		int64_t left = settlement_choice_size(district, offering) * offering->sections -
			       offering->enrolled - (free ? settlement->in_offering[i] : 0);

		seats[at] = left > 0 ? left : 0;
	}
	for (size_t s = 0; s < district->n_schools; s++) {
		int64_t used = free ? settlement->in_school[s] : 0;

		cap[s] = settlement->capacities.schools[s].spare;
		if (cap[s] != INT64_MAX)
			cap[s] = cap[s] > used ? cap[s] - used : 0;
	}
}

enum twin_rule settlement_twin_rule(const struct district *district)
{
	return district->settings.twins == TWINS_SETTING_EXPAND ? TWINS_EXPAND : TWINS_SKIP;
}

static size_t count_choices(const struct settlement *settled)
{
	size_t n = 0;

	for (size_t i = 0; i < settled->district->n_students; i++)
		n += settled->district->students[i].n_choices;
	return n;
}

/* The applicants, and the seats that are left to them; malloc'ed. */
static void wishes_open(struct wishes *wishes, const struct settlement *settled,
			struct choices *choices)
{
	const struct district *district = settled->district;
	size_t n_choices = 0;

	*wishes = (struct wishes){.precedence = settled->precedence};
	wishes->applicants = memory_array(district->n_students, sizeof *wishes->applicants);
	wishes->leads = memory_array(district->n_students, sizeof *wishes->leads);
	wishes->choices = memory_array(count_choices(settled), sizeof *wishes->choices);
	wishes->seats = memory_array(district->n_schools * N_GRADES, sizeof *wishes->seats);
	wishes->cap = memory_array(district->n_schools, sizeof *wishes->cap);
	for (size_t i = 0; i < district->n_students; i++)
		if (settled->precedence->lead[i] == i && settled->school[i] == NONE)
			add_applicant(wishes, settled, choices, i, &n_choices);
	settlement_seats(settled, true, wishes->seats, wishes->cap);
	wishes->admission.n_schools = district->n_schools;
	wishes->admission.n_grades = N_GRADES;
	wishes->admission.applicants = wishes->applicants;
	wishes->admission.choices = wishes->choices;
	wishes->admission.seats = wishes->seats;
	wishes->admission.cap = wishes->cap;
	wishes->admission.twins = settlement_twin_rule(district);
	wishes->admission.compare = compare_applicants;
	wishes->admission.context = wishes;
}

static void wishes_close(struct wishes *wishes)
{
	memory_free(wishes->applicants);
	memory_free(wishes->leads);
	memory_free(wishes->choices);
	memory_free(wishes->seats);
	memory_free(wishes->cap);
}

static void settle_choices(struct settlement *settlement, struct choices *choices)
{
	struct wishes wishes;
	size_t *school;

	wishes_open(&wishes, settlement, choices);
	school = memory_array(wishes.admission.n_applicants, sizeof *school);
	if (settlement->district->settings.decide == DECIDE_DEFERRED)
		admission_deferred(&wishes.admission, school);
	else
		admission_first_choice(&wishes.admission, school);
	for (size_t i = 0; i < wishes.admission.n_applicants; i++)
		if (school[i] != NONE)
			settlement_settle(settlement, wishes.leads[i], school[i], SETTLED_CHOICE);
	memory_free(school);
	wishes_close(&wishes);
}

void settlement_make(struct arena *arena, const struct precedence *precedence,
		     const struct nearest_school *nearest, struct choices *choices,
		     struct settlement *made)
{
	const struct district *district = precedence->district;

	*made = (struct settlement){.district = district, .precedence = precedence,
				    .nearest = nearest};
	capacities_make(arena, district, &made->capacities);
	made->school = arena_array(arena, district->n_students, sizeof *made->school);
	made->by = arena_array(arena, district->n_students, sizeof *made->by);
	made->in_offering = arena_array(arena, district->n_offerings, sizeof *made->in_offering);
	made->in_school = arena_array(arena, district->n_schools, sizeof *made->in_school);
	made->beds = arena_array(arena, district->n_schools, sizeof *made->beds);
	made->places = arena_array(arena, district->n_schools, sizeof *made->places);
	for (size_t i = 0; i < district->n_students; i++)
		made->school[i] = NONE;
	if (district->settings.sections == SECTIONS_FREE)
		return;
	settle_claims(made);
	if (district->settings.decide != DECIDE_OPTIMAL)
		settle_choices(made, choices);
}
