/* Who is settled by claims and choices, against the rules read one child at a time. */
#include "drawn_children.h"

#include "models/enrolment.h"
#include "models/reach.h"

enum { DISTRICTS = 300, CHILDREN = 24 };

static const char *const keys[] = {"lot", "points", "distance", "rank"};
static const char *const orders[] = {"stay; feeder; sibling", "sibling; feeder; stay", "feeder",
				     "none"};
static const char *const twins[] = {"skip", "expand", "split"};
static const char *const ways[] = {"optimal", "first-choice", "deferred"};

/* A district whose settings go through all combinations with the seed. */
static void settle(struct crowd *crowd, struct named *named, uint32_t seed)
{
	struct district *district = &crowd->small.district;

	crowd_open(crowd, seed, CHILDREN, "unplaced; travel_km");
	small_set(&crowd->small, "key", keys[seed % 4]);
	small_set(&crowd->small, "rights", orders[seed / 4 % 4]);
	small_set(&crowd->small, "twins", twins[seed % 3]);
	small_set(&crowd->small, "decide", ways[seed / 3 % 3]);
	small_set(&crowd->small, "classes", seed % 5 ? "yes" : "no");
	small_set(&crowd->small, "sibling_km", seed % 7 ? "0" : "1");
	named_make(&district->arena, district, &crowd->small.distances, named);
}

/* --- the order of children, by the letter ---------------------------------------------------- */

static int64_t key_of(const struct named *named, size_t school, size_t child)
{
	const struct district *district = named->rest.whole;
	const struct student *student = &district->students[child];
	int64_t metres;

	switch (district->settings.key) {
	case KEY_POINTS:
		return student->points == POINTS_NOT_GIVEN ? INT64_MAX : -student->points;
	case KEY_RANK:
		return student->rank == NOT_GIVEN ? INT64_MAX : student->rank;
	case KEY_DISTANCE:
		metres = distance_metres(named->precedence.distances,
					 district->cells[student->cell].zone, school);
		if (named->precedence.sibling[child] == school)
			metres -= district->settings.sibling_km / (NANO / 1000);
		return metres;
	default:
		return 0;
	}
}

static int64_t class_of(const struct district *district, size_t child)
{
	int64_t class = district->students[child].priority;

	return !district->settings.classes ? 0 : class == NOT_GIVEN ? 99 : class;
}

/* Whether a goes before b at a school. */
static bool before(const struct named *named, size_t school, size_t a, size_t b)
{
	const struct district *district = named->rest.whole;
	int lots = memcmp(named->lots.of[a].bytes, named->lots.of[b].bytes, LOT_BYTES);

	if (class_of(district, a) != class_of(district, b))
		return class_of(district, a) < class_of(district, b);
	if (key_of(named, school, a) != key_of(named, school, b))
		return key_of(named, school, a) < key_of(named, school, b);
	return lots != 0 ? lots < 0 : a < b;
}

/* --- claims, heard again --------------------------------------------------------------------- */

/* A hearing of all claims, by counting everything anew before each one. */
struct hearing {
	const struct named *named;
	const struct district *district;
	size_t school[CROWD_MOST];
	bool heard[CROWD_MOST];
};

static int grade_of(const struct district *district, size_t child)
{
	return district->cells[district->students[child].cell].grade;
}

static int64_t family(const struct hearing *hearing, size_t lead)
{
	int64_t n = 0;

	if (hearing->district->settings.twins == TWINS_SETTING_SPLIT)
		return 1;
	for (size_t i = 0; i < hearing->district->n_students; i++)
		n += hearing->district->students[i].lead == lead;
	return n;
}

static int64_t room(const struct hearing *hearing, size_t school, int grade, int64_t class_size)
{
	const struct district *district = hearing->district;
	const struct offering *offering = district_offering(district, school, grade);
	int64_t in_grade = offering->enrolled, in_school = district->schools[school].enrolled;
	int64_t left, cap = district->schools[school].max_pupils;

	for (size_t i = 0; i < district->n_students; i++) {
		in_grade += hearing->school[i] == school && grade_of(district, i) == grade;
		in_school += hearing->school[i] == school;
	}
	left = class_size * offering->sections - in_grade;
	if (cap != NOT_GIVEN && cap - in_school < left)
		left = cap - in_school;
	return left > 0 ? left : 0;
}

static void hear(struct hearing *hearing, enum right right, size_t school, size_t lead)
{
	const struct district *district = hearing->district;
	int64_t class_size = right == RIGHT_SIBLING ? district->settings.class_primary
						    : district->settings.class_max;
	int64_t left = room(hearing, school, grade_of(district, lead), class_size);
	int64_t size = family(hearing, lead);

	hearing->heard[lead] = true;
	if (district->settings.twins == TWINS_SETTING_EXPAND ? left == 0 : left < size)
		return;
	for (size_t i = 0; i < district->n_students; i++)
		if (i == lead || (size > 1 && district->students[i].lead == lead))
			hearing->school[i] = school;
}

/* The one with most right of those who claim a school and were not heard yet, or NONE. */
static size_t next_claim(const struct hearing *hearing, enum right right, size_t school)
{
	const struct district *district = hearing->district;
	bool split = district->settings.twins == TWINS_SETTING_SPLIT;
	size_t best = NONE;

	for (size_t i = 0; i < district->n_students; i++) {
		if (hearing->heard[i] || hearing->school[i] != NONE ||
		    (!split && district->students[i].lead != i) ||
		    settlement_claim(&hearing->named->settlement, right, i) != school)
			continue;
		if (best == NONE || before(hearing->named, school, i, best))
			best = i;
	}
	return best;
}

static void hear_all(struct hearing *hearing, enum right right)
{
	memset(hearing->heard, 0, sizeof hearing->heard);
	for (size_t s = 0; s < CROWD_SCHOOLS; s++)
		for (size_t i; (i = next_claim(hearing, right, s)) != NONE;)
			hear(hearing, right, s, i);
}

static void expect_claims(const struct named *named, uint32_t seed)
{
	const struct right_order *rights = &named->rest.whole->settings.right_order;
	struct hearing hearing = {.named = named, .district = named->rest.whole};
	bool sibling = false;

	for (size_t i = 0; i < CHILDREN; i++)
		hearing.school[i] = NONE;
	for (size_t i = 0; i < rights->n; i++) {
		hear_all(&hearing, rights->order[i]);
		sibling |= rights->order[i] == RIGHT_SIBLING;
	}
	if (!sibling && hearing.district->settings.sibling_km > 0)
		hear_all(&hearing, RIGHT_SIBLING);
	for (size_t i = 0; i < CHILDREN; i++) {
		size_t school = named->settlement.school[i];

		if (named->settlement.by[i] == SETTLED_CHOICE)
			school = NONE;
		cr_expect_eq(school, hearing.school[i], "district %u, child %zu", seed, i);
	}
}

Test(settlement, hears_claims_in_the_order_of_rights)
{
	size_t kept = 0, missed = 0;

	for (uint32_t seed = 1; seed <= DISTRICTS; seed++) {
		struct crowd *crowd = memory_array(1, sizeof *crowd);
		struct named *named = memory_array(1, sizeof *named);

		settle(crowd, named, seed);
		expect_claims(named, seed);
		for (int right = 0; right < RIGHT_COUNT; right++) {
			kept += named->settlement.n_kept[right];
			missed += named->settlement.n_missed[right];
		}
		crowd_close(crowd);
		free(named);
		free(crowd);
	}
	cr_expect_gt(kept, 500);
	cr_expect_gt(missed, 100);
}

/* --- choices --------------------------------------------------------------------------------- */

/* Children at a school in the grade, by claim or choice, who go before a child or have a claim. */
static int64_t ahead(const struct named *named, size_t school, size_t child)
{
	const struct settlement *settlement = &named->settlement;
	const struct district *district = settlement->district;
	int64_t n = 0;

	for (size_t i = 0; i < district->n_students; i++)
		n += settlement->school[i] == school && i != child &&
		     grade_of(district, i) == grade_of(district, child) &&
		     (settlement->by[i] != SETTLED_CHOICE || before(named, school, i, child));
	return n;
}

/* Nobody would rather be at a school that has a seat, or one that someone with less right has. */
static size_t expect_stable(const struct named *named, struct choices *choices, uint32_t seed)
{
	const struct district *district = named->rest.whole;
	size_t asked = 0;

	for (size_t i = 0; i < district->n_students; i++) {
		const struct student *student = &district->students[i];
		size_t own = named->settlement.school[i];

		if (own != NONE && named->settlement.by[i] != SETTLED_CHOICE)
			continue;
		for (size_t k = 0; k < student->n_choices; k++) {
			size_t school = district->choices[student->first_choice + k];
			const struct offering *offering;

			if (school == own)
				break;
			if (!choices_eligible(choices, &district->cells[student->cell], school))
				continue;
			offering = district_offering(district, school, grade_of(district, i));
			cr_expect_geq(offering->enrolled + ahead(named, school, i),
				      offering->sections * district->settings.class_primary,
				      "district %u, child %zu, school %zu", seed, i, school);
			asked++;
		}
	}
	return asked;
}

Test(settlement, admits_by_deferred_acceptance_what_is_stable)
{
	size_t asked = 0;

	for (uint32_t seed = 1; seed <= DISTRICTS; seed++) {
		struct crowd *crowd = memory_array(1, sizeof *crowd);
		struct named *named = memory_array(1, sizeof *named);
		struct district *district = &crowd->small.district;
		struct choices choices;

		crowd_open(crowd, seed, CHILDREN, "unplaced; travel_km");
		for (size_t s = 0; s < CROWD_SCHOOLS; s++)
			district->schools[s].max_pupils = NOT_GIVEN;
		small_set(&crowd->small, "key", keys[seed % 4]);
		small_set(&crowd->small, "twins", "split");
		small_set(&crowd->small, "decide", "deferred");
		named_make(&district->arena, district, &crowd->small.distances, named);
		choices_open(&choices, district, &crowd->small.distances);
		asked += expect_stable(named, &choices, seed);
		choices_close(&choices);
		crowd_close(crowd);
		free(named);
		free(crowd);
	}
	cr_expect_gt(asked, 500);
}

/* --- envy and waiting lists ------------------------------------------------------------------ */

static size_t claim_rank(const struct named *named, size_t school, size_t child)
{
	const struct right_order *rights = &named->rest.whole->settings.right_order;
	size_t i = 0;

	while (i < rights->n &&
	       settlement_claim(&named->settlement, rights->order[i], child) != school)
		i++;
	return i;
}

static bool more_right(const struct named *named, size_t school, size_t a, size_t b)
{
	size_t left = claim_rank(named, school, a), right = claim_rank(named, school, b);

	return left != right ? left < right : before(named, school, a, b);
}

/* Every child at a random school that offers the grade: pairs counted one by one. */
static void expect_envy(struct crowd *crowd, const struct named *named, uint32_t seed)
{
	struct district *district = &crowd->small.district;
	size_t own[CROWD_MOST];
	struct wish_figures figures;
	struct choices choices;
	struct wants wants;
	int64_t pairs = 0;

	for (size_t i = 0; i < CHILDREN; i++) {
		own[i] = named->settlement.school[i];
		if (own[i] == NONE)
			own[i] = (size_t)crowd_draw(crowd, CROWD_SCHOOLS);
		if (!district_offering(district, own[i], grade_of(district, i)))
			own[i] = NONE;
	}
	choices_open(&choices, district, &crowd->small.distances);
	wants_make(&district->arena, &named->settlement, own, &choices, &wants);
	for (size_t i = 0; i < CHILDREN; i++)
		for (size_t k = wants.first[i]; k < wants.first[i + 1]; k++)
			for (size_t j = 0; j < CHILDREN; j++)
				pairs += own[j] == wants.school[k] &&
					 grade_of(district, i) == grade_of(district, j) &&
					 more_right(named, own[j], i, j);
	wish_figures_make(&district->arena, named, own, &figures);
	cr_expect_eq(figures.envy_pairs, pairs, "district %u", seed);
	cr_expect_eq(figures.waiting, (int64_t)wants.n);
	choices_close(&choices);
}

Test(settlement, envy_is_counted_pair_by_pair)
{
	for (uint32_t seed = 1; seed <= DISTRICTS; seed++) {
		struct crowd *crowd = memory_array(1, sizeof *crowd);
		struct named *named = memory_array(1, sizeof *named);

		crowd_open(crowd, seed, CHILDREN, "unplaced; travel_km");
		small_set(&crowd->small, "key", keys[seed % 4]);
		small_set(&crowd->small, "twins", "split");
		small_set(&crowd->small, "sibling_km", seed % 7 ? "0" : "1");
		named_make(&crowd->small.district.arena, &crowd->small.district,
			   &crowd->small.distances, named);
		expect_envy(crowd, named, seed);
		crowd_close(crowd);
		free(named);
		free(crowd);
	}
}

/* --- siblings -------------------------------------------------------------------------------- */

/* Of the household two stay at school 2 and one at school 1. Who stays nowhere and who stays at 1 see
 * two at 2; each of those at 2 sees one at either, and the first by id counts. */
Test(settlement, siblings_draw_to_where_most_of_them_stay)
{
	struct crowd *crowd = memory_array(1, sizeof *crowd);
	struct district *district = &crowd->small.district;
	static const size_t stay[] = {1, 2, 2, NONE, 1};
	static const size_t want[] = {2, 1, 1, 2, NONE};
	struct named named;

	crowd->state = 1;
	small_open(&crowd->small, 1, 3, 1);
	for (size_t s = 0; s < 3; s++)
		for (int grade = 1; grade <= 2; grade++)
			small_offering(&crowd->small, s, grade, 1, 0);
	small_cell(&crowd->small, 0, 1, 0, 4);
	small_cell(&crowd->small, 0, 2, 0, 1);
	for (size_t i = 0; i < 5; i++)
		crowd->students[i] = (struct student){
			.id = "K", .household = i < 4 ? "H" : "", .priority = NOT_GIVEN,
			.cell = i == 2, .points = POINTS_NOT_GIVEN, .rank = NOT_GIVEN, .lead = i,
			.current_school = stay[i], .feeder_school = NONE};
	district->students = crowd->students;
	district->n_students = 5;
	named_make(&district->arena, district, &crowd->small.distances, &named);
	for (size_t i = 0; i < 5; i++)
		cr_expect_eq(named.precedence.sibling[i], want[i], "child %zu", i);
	crowd_close(crowd);
	free(crowd);
}
