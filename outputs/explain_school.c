#include "outputs/explain.h"

enum { ZONES_SHOWN = 12 };

static const struct school *school_of(const struct telling *telling,
				      const struct school_question *question)
{
	return &telling->whys->district->schools[question->school];
}

static bool asked(const struct school_question *question, const struct offering *offering)
{
	return question->grade == 0 || question->grade == offering->grade;
}

/* --- what it is ------------------------------------------------------------------------------ */

static void tell_what(const struct telling *telling, const struct school_question *question)
{
	static const char *const ownerships[] = {"public", "purchased", "private"};
	const struct school *school = school_of(telling, question);

	text_add(telling->text, "School ");
	tell_school(telling, question->school);
	text_printf(telling->text, ": %s%s", ownerships[school->ownership],
		    school->kind == KIND_SPECIAL ? ", special" : "");
	if (!school->open)
		text_printf(telling->text, ", opens %s, after %s", school->opens,
			    telling->whys->district->settings.month);
	text_add(telling->text, ".\n");
}

/* --- how full it is -------------------------------------------------------------------------- */

static void tell_grade(const struct telling *telling, size_t at)
{
	const struct whys *whys = telling->whys;
	const struct offering *offering = &whys->district->offerings[at];
	const struct offering_figures *figures = &whys->plan->offerings[at];

	text_printf(telling->text, "%7d %8lld %6lld %7lld %9lld %14lld %14lld\n", offering->grade,
		    (long long)offering->sections,
		    (long long)(offering->sections * offering->class_size),
		    (long long)figures->load, (long long)offering->enrolled,
		    (long long)figures->largest_class, (long long)figures->large_classes);
}

static const char *cap_name(enum binding binding)
{
	static const char *const names[] = {"", "max_pupils", "floor_m2 and norm.floor_m2",
					    "land_m2 and norm.land_m2"};

	return names[binding];
}

static void tell_whole(const struct telling *telling, const struct school_question *question)
{
	const struct whys *whys = telling->whys;
	const struct school *school = school_of(telling, question);
	const struct school_figures *figures = &whys->plan->schools[question->school];
	const struct school_cap *cap = &whys->capacities.schools[question->school];

	text_printf(telling->text, "  In all %lld pupils on %lld seats at standard size",
		    (long long)figures->load, (long long)figures->seats);
	if (cap->pupils < INT64_MAX)
		text_printf(telling->text, "; it may have %lld (%s)", (long long)cap->pupils,
			    cap_name(cap->cap));
	text_add(telling->text, ".\n");
	if (school->beds > 0)
		text_printf(telling->text, "  Beds used: %lld of %lld.\n",
			    (long long)whys->boarders[question->school], (long long)school->beds);
	if (school->places > 0)
		text_printf(telling->text, "  Inclusion places used: %lld of %lld.\n",
			    (long long)whys->included[question->school],
			    (long long)school->places);
}

static void tell_load(const struct telling *telling, const struct school_question *question)
{
	const struct district *district = telling->whys->district;
	const struct school *school = school_of(telling, question);
	size_t told = 0;

	text_add(telling->text, "\nHow full is it?\n");
	for (size_t i = 0; i < school->n_offerings; i++) {
		if (!asked(question, &district->offerings[school->first_offering + i]))
			continue;
		if (told++ == 0)
			text_add(telling->text,
				 "  grade  classes  seats  pupils  who stay  largest class"
				 "  large classes\n");
		tell_grade(telling, school->first_offering + i);
	}
	if (told == 0 && question->grade > 0)
		text_printf(telling->text, "  It has no grade %d.\n", question->grade);
	tell_whole(telling, question);
}

/* --- who comes, who does not ----------------------------------------------------------------- */

static void tell_zones(const struct telling *telling, const struct zone_pupils *zones, size_t n)
{
	const struct district *district = telling->whys->district;
	int64_t others = 0, at_homes = 0;
	size_t shown = 0, n_homes = 0;

	for (size_t i = 0; i < n; i++) {
		if (district_is_home(district, zones[i].zone)) {
			at_homes += zones[i].pupils; /* together: not one home's way */
			n_homes++;
			continue;
		}
		if (shown++ >= ZONES_SHOWN) {
			others += zones[i].pupils;
			continue;
		}
		text_printf(telling->text, "%7lld  ", (long long)zones[i].pupils);
		tell_zone(telling, zones[i].zone);
		text_add(telling->text, ", ");
		tell_km(telling, zones[i].metres);
		text_add(telling->text, "\n");
	}
	if (shown > ZONES_SHOWN) {
		text_printf(telling->text, "%7lld  from ", (long long)others);
		tell_count(telling, (int64_t)(shown - ZONES_SHOWN), "more zone");
		text_add(telling->text, "\n");
	}
	if (n_homes > 0) {
		text_printf(telling->text, "%7lld  from ", (long long)at_homes);
		tell_count(telling, (int64_t)n_homes, "home");
		text_add(telling->text, "\n");
	}
}

static void tell_groups(const struct telling *telling, const struct school_answer *answer)
{
	const struct district *district = telling->whys->district;
	size_t n = 0;

	for (size_t g = 0; g < district->n_groups; g++)
		if (answer->of_group[g] > 0)
			text_printf(telling->text, "%s%lld %s", n++ ? ", " : ": ",
				    (long long)answer->of_group[g], district->groups[g].id);
}

static void tell_comers(const struct telling *telling, const struct school_answer *answer)
{
	text_add(telling->text, "\nWho comes?\n");
	if (answer->n_come == 0) {
		text_add(telling->text, "  Nobody is sent there.\n");
		return;
	}
	text_add(telling->text, "  ");
	tell_count(telling, answer->n_pupils, "pupil");
	text_add(telling->text, " of ");
	tell_count(telling, (int64_t)answer->n_come, "zone");
	if (answer->nearest < answer->furthest) {
		text_add(telling->text, ", from ");
		text_add_decimal(telling->text, answer->nearest, 3, false);
		text_add(telling->text, " to ");
	} else {
		text_add(telling->text, ", at ");
	}
	tell_km(telling, answer->furthest);
	tell_groups(telling, answer);
	text_add(telling->text, ".\n");
	tell_zones(telling, answer->come, answer->n_come);
}

static void tell_reason(const struct telling *telling, int64_t pupils, const char *words)
{
	if (pupils > 0)
		text_printf(telling->text, "  For %lld %s.\n", (long long)pupils, words);
}

static void tell_reasons(const struct telling *telling, const struct school_answer *answer)
{
	const int64_t *because = answer->because;

	tell_reason(telling, because[WHY_FULL], "the grade is full");
	tell_reason(telling, because[WHY_WHOLE],
		    "there are seats, but not for all who go together");
	tell_reason(telling, because[WHY_CAP], "the school is at its most pupils");
	tell_reason(telling, because[WHY_SHARE], "the max_share of their group is reached");
	tell_reason(telling, because[WHY_PLACES_USED], "no inclusion place is left");
	tell_reason(telling, because[WHY_BEDS_USED], "no bed is left");
	tell_reason(telling, because[WHY_SHARE_LEFT],
		    "the school that they left would exceed a max_share");
	tell_reason(telling, answer->because_large, "one more would make a large class");
	tell_reason(telling, answer->because_standard, "no seat is left at standard size");
	tell_reason(telling, because[WHY_WORSE] - answer->because_large - answer->because_standard,
		    "there is room, but the objective puts something else first");
	tell_reason(telling, because[WHY_SAME], "there is room, and elsewhere is as good");
	tell_reason(telling, because[WHY_BETTER], "there is room: the plan is not the best");
}

static void tell_elsewhere(const struct telling *telling, const struct school_answer *answer)
{
	text_add(telling->text, "\nWhose nearest school is it, but they go elsewhere?\n");
	if (answer->n_elsewhere == 0) {
		text_add(telling->text, "  Nobody's.\n");
		return;
	}
	text_add(telling->text, "  Of the schools that may take them it is the nearest for ");
	tell_count(telling, answer->n_pupils_elsewhere, "pupil");
	text_add(telling->text, " of ");
	tell_count(telling, (int64_t)answer->n_elsewhere, "zone");
	text_add(telling->text, " who go elsewhere.\n");
	tell_reasons(telling, answer);
	tell_zones(telling, answer->elsewhere, answer->n_elsewhere);
}

/* --- prices ---------------------------------------------------------------------------------- */

/* Counts prices that are known, and tells those that change anything. */
static size_t tell_priced(const struct telling *telling, const struct school_question *question,
			  enum priced what, int grade)
{
	const struct written_price *price =
		plan_price(telling->prices, what, question->school, grade);

	if (!price || price->level == 0)
		return price != NULL;
	if (grade > 0)
		text_printf(telling->text, "  Grade %d: ", grade);
	else
		text_add(telling->text, what == PRICED_BED ? "  Beds: " : "  Inclusion places: ");
	tell_price(telling, what, question->school, grade);
	text_add(telling->text, ".\n");
	return 1;
}

static size_t tell_grade_prices(const struct telling *telling,
				const struct school_question *question)
{
	const struct school *school = school_of(telling, question);
	size_t known = 0;

	for (size_t i = 0; i < school->n_offerings; i++) {
		const struct offering *offering =
			&telling->whys->district->offerings[school->first_offering + i];

		if (!asked(question, offering))
			continue;
		known += tell_priced(telling, question, PRICED_SEAT, offering->grade);
		known += tell_priced(telling, question, PRICED_SECTION, offering->grade);
	}
	return known;
}

/* Nothing where no price is known. */
static void tell_prices(const struct telling *telling, const struct school_question *question)
{
	size_t heading = telling->text->length, before, known;

	text_add(telling->text, "\nWhat would change with one more?\n");
	before = telling->text->length;
	known = tell_grade_prices(telling, question);
	known += tell_priced(telling, question, PRICED_BED, 0);
	known += tell_priced(telling, question, PRICED_PLACE, 0);
	if (known == 0) {
		telling->text->length = heading;
		telling->text->data[heading] = '\0';
	} else if (telling->text->length == before) {
		text_add(telling->text, "  Nothing.\n");
	}
}

void explain_school(const struct telling *telling, const struct school_question *question,
		    const struct school_answer *answer)
{
	tell_what(telling, question);
	if (!school_of(telling, question)->open)
		return;
	tell_load(telling, question);
	tell_comers(telling, answer);
	tell_elsewhere(telling, answer);
	tell_prices(telling, question);
}
