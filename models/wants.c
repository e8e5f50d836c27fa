#include "models/wants.h"

static const struct cell *cell_of(const struct wants *wants, size_t child)
{
	return district_cell_of(wants->settlement->district, child);
}

const char *want_name(enum want want)
{
	if (want <= WANT_SIBLING)
		return right_name((enum right)want);
	return want == WANT_CHOICE ? "choice" : "nearest";
}

/* --- what a child wants ---------------------------------------------------------------------- */

static bool wanted_already(const struct wants *wants, size_t child, size_t school)
{
	for (size_t i = wants->first[child]; i < wants->n; i++)
		if (wants->school[i] == school)
			return true;
	return false;
}

static void add(struct wants *wants, size_t child, size_t school, enum want why)
{
	if (wanted_already(wants, child, school))
		return;
	wants->school[wants->n] = school;
	wants->why[wants->n++] = (unsigned char)why;
}

/* Claims of a right that comes before that by which a child has its school. */
static void add_claims(struct wants *wants, size_t child)
{
	const struct district *district = wants->settlement->district;
	const struct right_order *rights = &district->settings.right_order;

	for (size_t i = 0; i < rights->n; i++) {
		size_t school = wants->claims[child * RIGHT_COUNT + rights->order[i]];

		if (school == NONE)
			continue;
		if (school == wants->own[child])
			return;
		add(wants, child, school, (enum want)rights->order[i]);
	}
}

static void add_choices(struct wants *wants, size_t child, struct choices *choices)
{
	const struct district *district = wants->settlement->district;
	const struct student *student = &district->students[child];

	for (size_t i = 0; i < student->n_choices; i++) {
		size_t school = district->choices[student->first_choice + i];

		if (school == wants->own[child])
			return;
		if (school != NONE && choices_eligible(choices, cell_of(wants, child), school))
			add(wants, child, school, WANT_CHOICE);
	}
}

static void add_nearest(struct wants *wants, size_t child)
{
	const struct settlement *settlement = wants->settlement;
	const struct nearest_school *nearest =
		&settlement->nearest[settlement->district->students[child].cell];
	size_t own = wants->own[child];

	if (nearest->school == NONE || nearest->school == own)
		return;
	if (own == NONE ||
	    distance_metres(settlement->precedence->distances, cell_of(wants, child)->zone, own) >
		    nearest->metres)
		add(wants, child, nearest->school, WANT_NEAREST);
}

/* Who has its school by a claim wants at most what an earlier right claims. */
static void add_child(struct wants *wants, size_t child, struct choices *choices)
{
	const struct settlement *settlement = wants->settlement;
	enum settled by = (enum settled)settlement->by[child];

	add_claims(wants, child);
	if (by >= SETTLED_STAY && by <= SETTLED_SIBLING)
		return;
	if (settlement->district->students[child].n_choices > 0)
		add_choices(wants, child, choices);
	else
		add_nearest(wants, child);
}

static void find_claims(struct wants *wants)
{
	size_t n = wants->settlement->district->n_students;

	for (size_t i = 0; i < n; i++)
		for (int right = 0; right < RIGHT_COUNT; right++)
			wants->claims[i * RIGHT_COUNT + (size_t)right] =
				settlement_claim(wants->settlement, (enum right)right, i);
}

void wants_make(struct arena *arena, const struct settlement *settlement, const size_t *own,
		struct choices *choices, struct wants *made)
{
	const struct district *district = settlement->district;
	size_t n = district->n_students, most = n * (RIGHT_COUNT + 1);

	for (size_t i = 0; i < n; i++)
		most += district->students[i].n_choices;
	*made = (struct wants){.settlement = settlement, .own = own};
	made->claims = arena_array(arena, n * RIGHT_COUNT, sizeof *made->claims);
	made->first = arena_array(arena, n + 1, sizeof *made->first);
	made->school = arena_array(arena, most, sizeof *made->school);
	made->why = arena_array(arena, most, sizeof *made->why);
	find_claims(made);
	for (size_t i = 0; i < n; i++) {
		made->first[i] = made->n;
		add_child(made, i, choices);
	}
	made->first[n] = made->n;
}

/* --- who comes first ------------------------------------------------------------------------- */

/* The place of the first right by which a child claims a school. */
static size_t claim_rank(const struct wants *wants, size_t school, size_t child)
{
	const struct right_order *rights = &wants->settlement->district->settings.right_order;

	for (size_t i = 0; i < rights->n; i++)
		if (wants->claims[child * RIGHT_COUNT + rights->order[i]] == school)
			return i;
	return wants->claims[child * RIGHT_COUNT + RIGHT_SIBLING] == school ? rights->n
									    : rights->n + 1;
}

int wants_compare(const struct wants *wants, size_t school, size_t a, size_t b)
{
	size_t left = claim_rank(wants, school, a), right = claim_rank(wants, school, b);

	if (left != right)
		return left < right ? -1 : 1;
	return precedence_compare(wants->settlement->precedence, school, a, b);
}

/* --- envy ------------------------------------------------------------------------------------ */

/* Children as applicants who ask for what they want. */
struct asking_children {
	const struct wants *wants;
	size_t *leads;
};

static int compare_applicants(const void *context, size_t school, size_t a, size_t b)
{
	const struct asking_children *asking = context;

	return wants_compare(asking->wants, school, asking->leads[a], asking->leads[b]);
}

static size_t list_applicants(const struct wants *wants, struct asking_children *asking,
			      struct applicant *applicants)
{
	const struct precedence *precedence = wants->settlement->precedence;
	size_t n = 0;

	for (size_t i = 0; i < wants->settlement->district->n_students; i++) {
		if (precedence->lead[i] != i)
			continue;
		asking->leads[n] = i;
		applicants[n++] = (struct applicant){
			(size_t)(cell_of(wants, i)->grade - FIRST_GRADE),
			precedence_size(precedence, i), wants->first[i],
			wants->first[i + 1] - wants->first[i]};
	}
	return n;
}

void wants_envy(struct arena *arena, const struct wants *wants, struct envy *made,
		const size_t **leads)
{
	const struct settlement *settlement = wants->settlement;
	const struct district *district = settlement->district;
	struct applicant *applicants = memory_array(district->n_students, sizeof *applicants);
	int64_t *seats = memory_array(district->n_schools * N_GRADES, sizeof *seats);
	int64_t *cap = memory_array(district->n_schools, sizeof *cap);
	size_t *school = memory_array(district->n_students, sizeof *school);
	struct asking_children asking = {wants, arena_array(arena, district->n_students,
							    sizeof *asking.leads)};
	struct admission admission = {.n_schools = district->n_schools, .n_grades = N_GRADES,
				      .applicants = applicants, .choices = wants->school,
				      .seats = seats, .cap = cap,
				      .compare = compare_applicants, .context = &asking};

	admission.twins = settlement_twin_rule(district);
	admission.n_applicants = list_applicants(wants, &asking, applicants);
	settlement_seats(settlement, false, seats, cap);
	for (size_t i = 0; i < admission.n_applicants; i++)
		school[i] = wants->own[asking.leads[i]];
	envy_find(arena, &admission, school, made);
	*leads = asking.leads;
	memory_free(applicants);
	memory_free(seats);
	memory_free(cap);
	memory_free(school);
}

/* --- waiting lists --------------------------------------------------------------------------- */

static int compare_waiting(const void *a, const void *b, void *context)
{
	const struct waiting *left = a, *right = b;

	if (left->school != right->school)
		return left->school < right->school ? -1 : 1;
	if (left->grade != right->grade)
		return left->grade - right->grade;
	return wants_compare(context, left->school, left->child, right->child);
}

struct waiting *wants_waiting(struct arena *arena, const struct wants *wants)
{
	struct waiting *waiting = arena_array(arena, wants->n, sizeof *waiting);
	size_t n = 0;

	for (size_t i = 0; i < wants->settlement->district->n_students; i++)
		for (size_t k = wants->first[i]; k < wants->first[i + 1]; k++)
			waiting[n++] = (struct waiting){wants->school[k], i, k,
							cell_of(wants, i)->grade};
	memory_sort(waiting, n, sizeof *waiting, compare_waiting, (void *)(uintptr_t)wants);
	return waiting;
}
