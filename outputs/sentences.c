#include "outputs/sentences.h"

#include <string.h>

#include "models/reach.h"

/* --- numbers and names ----------------------------------------------------------------------- */

void tell_count(const struct telling *telling, int64_t n, const char *noun)
{
	size_t length = strlen(noun);

	text_add_count(telling->text, n);
	text_printf(telling->text, " %s", noun);
	if (n != 1)
		text_add(telling->text, length > 0 && noun[length - 1] == 's' ? "es" : "s");
}

void tell_km(const struct telling *telling, int64_t metres)
{
	text_add_decimal(telling->text, metres, 3, false);
	text_add(telling->text, " km");
}

void tell_nano(const struct telling *telling, int64_t nano)
{
	text_add_decimal(telling->text, nano, 9, true);
}

/* A text of the user. */
static void tell_shown(const struct telling *telling, const char *shown)
{
	for (; *shown; shown++)
		if ((unsigned char)*shown < 0x20 || *shown == 0x7f)
			text_add(telling->text, "?");
		else
			text_add_bytes(telling->text, shown, 1);
}

void tell_name(const struct telling *telling, const char *id, const char *name)
{
	tell_shown(telling, id);
	if (!name || !*name || strcmp(name, id) == 0)
		return;
	text_add(telling->text, " ");
	tell_shown(telling, name);
}

void tell_school(const struct telling *telling, size_t school)
{
	const struct school *here = &telling->whys->district->schools[school];

	tell_name(telling, here->id, here->name);
}

void tell_zone(const struct telling *telling, size_t zone)
{
	const struct zone *here = &telling->whys->district->zones[zone];

	tell_name(telling, here->id, here->name);
}

static const char *id_of(const struct telling *telling, size_t school)
{
	return telling->whys->district->schools[school].id;
}

void tell_far(const struct telling *telling, const struct fellows *fellows, int64_t metres)
{
	const struct district *district = telling->whys->district;
	int64_t limit = audit_limit_metres(district, fellows->choosing[0].cell);
	size_t far = 0;

	for (size_t i = 0; i < fellows->n_cells; i++)
		far += metres > audit_limit_metres(district, fellows->choosing[i].cell);
	if (far == 0)
		return;
	if (far < fellows->n_cells) {
		text_add(telling->text, " (beyond the limit of some of them)");
		return;
	}
	text_add(telling->text, " (beyond the limit of ");
	text_add_decimal(telling->text, limit, 3, true);
	text_add(telling->text, " km)");
}

/* --- prices ---------------------------------------------------------------------------------- */

static const char *const priced_names[] = {
	[PRICED_SEAT] = "seat", [PRICED_SECTION] = "class", [PRICED_BED] = "bed",
	[PRICED_PLACE] = "inclusion place",
};

/* "save 0.84 of travel_km"; counts of classes and pupils in their own words. */
static void tell_gain(const struct telling *telling, const char *terms, int64_t nano)
{
	bool one = nano == NANO;

	if (strcmp(terms, "large_classes") == 0 || strcmp(terms, "oversized_classes") == 0) {
		text_add(telling->text, "end ");
		tell_nano(telling, nano);
		text_printf(telling->text, " %s class%s", *terms == 'l' ? "large" : "oversized",
			    one ? "" : "es");
	} else if (strcmp(terms, "far") == 0) {
		text_add(telling->text, "bring ");
		tell_nano(telling, nano);
		text_printf(telling->text, " pupil%s within the limit", one ? "" : "s");
	} else if (strcmp(terms, "unplaced") == 0) {
		text_add(telling->text, "lower unplaced by ");
		tell_nano(telling, nano);
	} else {
		text_add(telling->text, "save ");
		tell_nano(telling, nano);
		text_add(telling->text, " of ");
		tell_shown(telling, terms);
	}
}

/* What the last level does besides, where it is not the one that falls first. */
static void tell_last(const struct telling *telling, const struct written_price *price)
{
	const struct objective *objective = &telling->whys->district->settings.levels;
	const char *terms = objective->levels[objective->n_levels - 1].text;

	if (price->last == PRICE_NOT_GIVEN || price->last == 0 ||
	    price->level == (int64_t)objective->n_levels)
		return;
	text_add(telling->text, price->last > 0 ? " and save " : ", but add ");
	tell_nano(telling, price->last > 0 ? price->last : -price->last);
	text_add(telling->text, price->last > 0 ? " of " : " to ");
	tell_shown(telling, terms);
}

bool tell_price(const struct telling *telling, enum priced what, size_t school, int grade)
{
	const struct written_price *price = plan_price(telling->prices, what, school, grade);

	if (!price)
		return false;
	text_printf(telling->text, "one more %s would ", priced_names[what]);
	if (price->level == 0) {
		text_add(telling->text, "change nothing");
	} else {
		tell_gain(telling, price->terms, price->gain);
		tell_last(telling, price);
	}
	if (price->certainty == CERTAINTY_EXACT)
		text_add(telling->text, " (exact)");
	if (price->certainty == CERTAINTY_AT_MOST)
		text_add(telling->text, " (at most)");
	return true;
}

/* --- schools that have no room, or are not as good ------------------------------------------- */

static const struct offering *offering_at(const struct fellows *fellows, size_t school)
{
	return district_offering(fellows->whys->district, school, fellows->choosing[0].cell->grade);
}

static const struct offering_figures *figures_at(const struct fellows *fellows, size_t school)
{
	const struct whys *whys = fellows->whys;

	return &whys->plan->offerings[offering_at(fellows, school) - whys->district->offerings];
}

/* "330 pupils in 6 classes, the largest of 55" */
static void tell_load(const struct telling *telling, const struct fellows *fellows, size_t school)
{
	const struct offering_figures *figures = figures_at(fellows, school);

	tell_count(telling, figures->load, "pupil");
	text_add(telling->text, " in ");
	tell_count(telling, offering_at(fellows, school)->sections, "class");
	text_printf(telling->text, ", the largest of %lld", (long long)figures->largest_class);
}

/* "; a seat there is worth 2.71", in the last level, or what it does to an earlier one; nothing
 * where that is but a bound. */
static void tell_seat(const struct telling *telling, const struct fellows *fellows, size_t school)
{
	int grade = fellows->choosing[0].cell->grade;
	const struct written_price *price = plan_price(telling->prices, PRICED_SEAT, school, grade);

	if (!price || price->level == 0)
		return;
	if (price->level < (int64_t)telling->whys->district->settings.levels.n_levels) {
		if (price->certainty == CERTAINTY_AT_MOST)
			return;
		text_add(telling->text, "; ");
		tell_price(telling, PRICED_SEAT, school, grade);
		return;
	}
	text_add(telling->text, "; ");
	text_printf(telling->text, "a seat there is worth %s",
		    price->certainty == CERTAINTY_AT_MOST ? "at most " : "");
	tell_nano(telling, price->gain);
}

void tell_terms(const struct telling *telling)
{
	const struct settings *settings = &telling->whys->district->settings;

	text_printf(telling->text, "Plan for %s. A class has at most %lld pupils, and is large "
		    "from %lld on.", settings->month, (long long)settings->class_max,
		    (long long)settings->class_large);
	if (telling->prices->n > 0) {
		text_add(telling->text, " A seat is worth what one more would save of ");
		tell_shown(telling, settings->levels.levels[settings->levels.n_levels - 1].text);
		text_add(telling->text, ".");
	}
	text_add(telling->text, "\n");
}

static void tell_cap(const struct telling *telling, size_t school)
{
	const struct school_cap *cap = &telling->whys->capacities.schools[school];
	static const char *const names[] = {
		[BINDING_SECTIONS] = "", [BINDING_MAX_PUPILS] = "max_pupils",
		[BINDING_FLOOR] = "floor_m2 and norm.floor_m2",
		[BINDING_LAND] = "land_m2 and norm.land_m2",
	};

	text_printf(telling->text, "the school has %lld pupils and may have %lld, by %s",
		    (long long)telling->whys->plan->schools[school].load, (long long)cap->pupils,
		    names[cap->cap]);
}

/* "one more", or "all 40 of them" */
static void tell_unit(const struct telling *telling, const struct fellows *fellows)
{
	if (fellows->unit == 1)
		text_add(telling->text, "one more");
	else
		text_printf(telling->text, "all %lld of them", (long long)fellows->unit);
}

/* The group whose share is reached: the first that has one and pupils among these. */
static void tell_share(const struct telling *telling, const struct fellows *fellows, size_t school)
{
	const struct district *district = telling->whys->district;
	const struct school_figures *figures = &telling->whys->plan->schools[school];

	tell_unit(telling, fellows);
	for (size_t i = 0; i < fellows->n_cells; i++) {
		size_t g = fellows->choosing[i].cell->group;
		const struct group *group = &district->groups[g];

		if (group->max_share == NOT_GIVEN)
			continue;
		text_printf(telling->text, " would exceed the max_share of %s, ", group->id);
		tell_nano(telling, group->max_share);
		text_printf(telling->text, ": it is %lld of the %lld sent there",
			    (long long)plan_of_group(telling->whys->plan, school,
						     district_whole_group(district, g)),
			    (long long)figures->assigned);
		return;
	}
}

static const struct level_scale *level_of(const struct fellows *fellows,
					  const struct why_not *answer)
{
	return &fellows->whys->levels[answer->move.level];
}

static int64_t way_to(const struct fellows *fellows, size_t school)
{
	if (school == NONE)
		return -1;
	return distance_metres(fellows->whys->plan->distances, fellows->choosing[0].cell->zone,
			       school);
}

/* Whether classes over a size that the level counts come with them. */
static bool makes_classes(const struct fellows *fellows, const struct why_not *answer)
{
	const struct level_scale *level = level_of(fellows, answer);

	return (level->oversized_classes > 0 && answer->move.oversized > 0) ||
	       (level->large_classes > 0 && answer->move.large > 0);
}

bool only_further(const struct fellows *fellows, size_t school, const struct why_not *answer)
{
	return answer->why == WHY_WORSE && !makes_classes(fellows, answer) &&
	       answer->move.from != NONE &&
	       way_to(fellows, school) > way_to(fellows, answer->move.from) &&
	       (level_of(fellows, answer)->per_metre > 0 || level_of(fellows, answer)->far > 0);
}

static void tell_classes(const struct telling *telling, const struct fellows *fellows,
			 size_t school, const struct why_not *answer)
{
	const struct level_scale *level = level_of(fellows, answer);
	bool oversized = level->oversized_classes > 0 && answer->move.oversized > 0;
	int64_t n = oversized ? answer->move.oversized : answer->move.large;

	tell_unit(telling, fellows);
	text_add(telling->text, " would make ");
	if (n == 1)
		text_add(telling->text, "a class ");
	else
		text_printf(telling->text, "%lld classes ", (long long)n);
	text_add(telling->text, oversized ? "oversized: " : "large: ");
	tell_load(telling, fellows, school);
	tell_seat(telling, fellows, school);
}

/* "one pupil moved there from S004 would add 2.1 to travel_km + 3 over_standard" */
static void tell_move(const struct telling *telling, const struct fellows *fellows,
		      const struct why_not *answer)
{
	const struct level_scale *level = level_of(fellows, answer);
	int64_t change = answer->move.change;

	if (fellows->unit == 1)
		text_add(telling->text, "one pupil moved there");
	else
		text_printf(telling->text, "all %lld moved there", (long long)fellows->unit);
	if (answer->move.from != NONE)
		text_printf(telling->text, " from %s", id_of(telling, answer->move.from));
	text_add(telling->text, change > 0 ? " would add " : " would save ");
	text_add_decimal(telling->text, change > 0 ? change : -change, level->digits, true);
	text_add(telling->text, change > 0 ? " to " : " of ");
	tell_shown(telling, level->text);
}

static void tell_worse(const struct telling *telling, const struct fellows *fellows, size_t school,
		       const struct why_not *answer)
{
	if (makes_classes(fellows, answer)) {
		tell_classes(telling, fellows, school, answer);
		return;
	}
	if (only_further(fellows, school, answer)) {
		text_add(telling->text, "further away");
		return;
	}
	if (answer->move.over_standard > 0) {
		text_printf(telling->text, "no seat left at the standard size of %lld: ",
			    (long long)offering_at(fellows, school)->class_size);
		tell_load(telling, fellows, school);
	} else {
		text_add(telling->text, "there is room");
	}
	text_add(telling->text, "; ");
	tell_move(telling, fellows, answer);
	tell_seat(telling, fellows, school);
}

static void tell_seats_left(const struct telling *telling, const struct fellows *fellows,
			    size_t school)
{
	const struct whys *whys = telling->whys;
	size_t at = (size_t)(offering_at(fellows, school) - whys->district->offerings);
	int64_t left = whys->capacities.offerings[at].spare - whys->plan->offerings[at].assigned;

	tell_count(telling, left, "seat");
	text_printf(telling->text, " left, but all %lld go together (whole_zones)",
		    (long long)fellows->unit);
}

static void tell_no_room(const struct telling *telling, const struct fellows *fellows,
			 size_t school, enum why why)
{
	const struct school *here = &telling->whys->district->schools[school];

	switch (why) {
	case WHY_FULL:
		text_add(telling->text, "full: ");
		tell_load(telling, fellows, school);
		tell_seat(telling, fellows, school);
		break;
	case WHY_WHOLE:
		tell_seats_left(telling, fellows, school);
		break;
	case WHY_CAP:
		tell_cap(telling, school);
		break;
	case WHY_SHARE:
		tell_share(telling, fellows, school);
		break;
	case WHY_PLACES_USED:
		text_printf(telling->text, "no inclusion place left (%lld in all)",
			    (long long)here->places);
		break;
	default:
		text_printf(telling->text, "no bed left (%lld in all)", (long long)here->beds);
	}
}

void tell_why(const struct telling *telling, const struct fellows *fellows, size_t school,
	      const struct why_not *answer)
{
	if (why_no_room(answer->why)) {
		tell_no_room(telling, fellows, school, answer->why);
	} else if (answer->why == WHY_TAKEN) {
		text_add(telling->text, "taken by ");
		tell_count(telling, answer->pupils, "pupil");
	} else if (answer->why == WHY_WORSE) {
		tell_worse(telling, fellows, school, answer);
	} else if (answer->why == WHY_SAME) {
		text_add(telling->text, "there is room, and the objective would be the same");
	} else if (answer->why == WHY_BETTER) {
		text_add(telling->text, "there is room; ");
		tell_move(telling, fellows, answer);
		text_add(telling->text, ": the plan is not the best");
	} else {
		text_add(telling->text, "there is room, but a max_share would be exceeded at the "
			 "school that they left");
	}
}

/* --- schools that the rules keep them out of ------------------------------------------------- */

static const char *const words[WHY_COUNT] = {
	[WHY_NO_GRADE] = "without the grade",
	[WHY_OPENS_LATER] = "opening later",
	[WHY_SPECIAL_SCHOOL] = "special schools",
	[WHY_NEEDS_SPECIAL] = "not special schools, which they need",
	[WHY_HAS_NO_BEDS] = "without beds",
	[WHY_HAS_NO_PLACES] = "without inclusion places",
	[WHY_PRIVATE] = "private, and the group goes to public schools only",
	[WHY_NEVER] = "kept out by a `never` row of access.csv",
	[WHY_NOT_NAMED] = "not named in the zone's `only` rows of access.csv",
	[WHY_NO_WAY] = "without a known way",
	[WHY_NO_CLASS] = "without a class in the grade",
	[WHY_TOO_FAR] = "beyond max_km",
	[WHY_FULL] = "full",
	[WHY_WHOLE] = "without room for all of them",
	[WHY_CAP] = "at their most pupils",
	[WHY_SHARE] = "at the max_share of the group",
	[WHY_PLACES_USED] = "without an inclusion place left",
	[WHY_BEDS_USED] = "without a bed left",
	[WHY_SHARE_LEFT] = "held back by a max_share elsewhere",
	[WHY_WORSE] = "with room, but the objective puts something else first",
	[WHY_SAME] = "as good",
	[WHY_BETTER] = "better than in the plan",
	[WHY_TAKEN] = "taken",
};

const char *why_words(enum why why)
{
	return words[why];
}

/* " (lines 2, 5 and 1 more)" */
static void tell_only_lines(const struct telling *telling, const struct cell *cell)
{
	enum { SHOWN = 6 };
	size_t lines[SHOWN];
	size_t n = why_only_lines(telling->whys->district, cell, lines, SHOWN);

	text_printf(telling->text, " (line%s ", n == 1 ? "" : "s");
	for (size_t i = 0; i < n && i < SHOWN; i++)
		text_printf(telling->text, "%s%zu", i ? ", " : "", lines[i]);
	if (n > SHOWN)
		text_printf(telling->text, " and %zu more", n - SHOWN);
	text_add(telling->text, ")");
}

void tell_rule(const struct telling *telling, const struct fellows *fellows,
	       const struct why_not *answer)
{
	const struct district *district = telling->whys->district;

	(void)fellows;
	text_add(telling->text, words[answer->why]);
	if (answer->why == WHY_NOT_NAMED)
		tell_only_lines(telling, &district->cells[answer->cell]);
	if (answer->why == WHY_TOO_FAR) {
		text_add(telling->text, " (");
		tell_nano(telling, district->settings.max_km);
		text_add(telling->text, " km)");
	}
}

void tell_barred(const struct telling *telling, const struct fellows *fellows, size_t school,
		 int64_t metres, const struct why_not *answer)
{
	const struct district *district = telling->whys->district;
	const struct cell *cell = &district->cells[answer->cell];
	struct text own = {0};

	tell_school(telling, school);
	if (metres != UNREACHABLE) {
		text_add_decimal(&own, metres, 3, false);
		text_add(&own, " km");
	}
	if (answer->why == WHY_OPENS_LATER)
		text_printf(&own, "%s%s", own.length ? ", " : "", district->schools[school].opens);
	if (answer->why == WHY_NEVER)
		text_printf(&own, "%sline %zu", own.length ? ", " : "",
			    why_never_line(district, cell, school));
	if (fellows->n_cells > 1 && fellows->unit > 1)
		text_printf(&own, "%sfor %s", own.length ? ", " : "",
			    district->groups[cell->group].id);
	if (own.length)
		text_printf(telling->text, " (%s)", own.data);
	text_free(&own);
}
