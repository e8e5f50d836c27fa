#include "outputs/finding_text.h"

#include <string.h>

#include "models/reason.h"
#include "outputs/sentences.h"

/* A sentence on its way. */
struct saying {
	struct text *text;
	struct telling telling;
	const struct district *district;
};

static struct saying saying_of(struct text *text, const struct plan_output *output)
{
	return (struct saying){text, {.text = text}, output->district};
}

static void say_school(const struct saying *saying, size_t school)
{
	const struct school *here = &saying->district->schools[school];

	tell_name(&saying->telling, here->id, here->name);
}

static void say_zone(const struct saying *saying, size_t zone)
{
	const struct zone *here = &saying->district->zones[zone];

	tell_name(&saying->telling, here->id, here->name);
}

static void say_group(const struct saying *saying, size_t group)
{
	tell_name(&saying->telling, saying->district->groups[group].id, NULL);
}

/* The priority class, where children by name are told apart by it. */
static void say_class(struct text *text, const struct finding *finding)
{
	if (finding->priority > 0)
		text_printf(text, " (class %lld)", (long long)finding->priority);
}

/* The grade, or those that a limit holds for. */
static void say_grades(struct text *text, const char *before, const struct finding *finding)
{
	if (finding->grade == 0)
		return;
	if (finding->kind != FINDING_FAR_ALL)
		text_printf(text, "%sgrade %d", before, finding->grade);
	else
		text_printf(text, "%sgrades %s", before,
			    finding->grade <= LAST_PRIMARY ? "1-6" : "7-9");
}

/* --- where ------------------------------------------------------------------------------------ */

static void next_part(struct text *text, size_t began)
{
	if (text->length > began)
		text_add(text, ", ");
}

void finding_where(struct text *text, const struct plan_output *output,
		   const struct finding *finding)
{
	struct saying saying = saying_of(text, output);
	size_t began = text->length;

	say_grades(text, "", finding);
	if (finding->shortage && finding->shortage->kind != FLOOR_DISTRICT) {
		next_part(text, began);
		tell_name(&saying.telling, finding->shortage->id, finding->shortage->name);
	}
	if (finding->zone != NONE && finding->n_zones == 1) {
		next_part(text, began);
		text_add(text, "zone ");
		say_zone(&saying, finding->zone);
	}
	if (finding->group != NONE) {
		next_part(text, began);
		text_add(text, "group ");
		say_group(&saying, finding->group);
		say_class(text, finding);
	}
	if (finding->school != NONE) {
		next_part(text, began);
		text_add(text, "school ");
		say_school(&saying, finding->school);
	}
	if (text->length == began)
		text_add(text, "all");
}

/* --- why -------------------------------------------------------------------------------------- */

/* "11 pupils of group special in grade 4 and zone Z17" */
static void say_pupils(const struct saying *saying, const struct finding *finding)
{
	tell_count(&saying->telling, finding->count, "pupil");
	if (finding->group != NONE) {
		text_add(saying->text, " of group ");
		say_group(saying, finding->group);
		say_class(saying->text, finding);
	}
	say_grades(saying->text, " in ", finding);
	if (finding->zone == NONE)
		return;
	text_add(saying->text, " from ");
	say_zone(saying, finding->zone);
	if (finding->n_zones > 1)
		text_printf(saying->text, " and %zu other plac%s", finding->n_zones - 1,
			    finding->n_zones == 2 ? "e" : "es");
}

/* Why the nearest school that could take them does not. */
static const char *const lifted[WHY_COUNT] = {
	[WHY_NO_GRADE] = "lacks the grade", [WHY_OPENS_LATER] = "opens later",
	[WHY_HAS_NO_BEDS] = "has no beds", [WHY_HAS_NO_PLACES] = "has no inclusion places",
	[WHY_PRIVATE] = "is private", [WHY_NEVER] = "is barred to them by access.csv",
	[WHY_NOT_NAMED] = "is not named for them in access.csv",
	[WHY_NO_CLASS] = "has no class in the grade", [WHY_TOO_FAR] = "is beyond max_km",
};

static bool lacks_special(const struct district *district, const struct finding *finding)
{
	if (district_need(district, finding->group, finding->grade) != NEED_SPECIAL)
		return false;
	for (size_t s = 0; s < district->n_schools; s++)
		if (district->schools[s].open && district->schools[s].kind == KIND_SPECIAL)
			return false;
	return true;
}

static void say_no_school(const struct saying *saying, const struct finding *finding)
{
	say_pupils(saying, finding);
	text_add(saying->text, finding->count == 1 ? " has" : " have");
	text_add(saying->text, " no school that may take them");
	if (finding->why == WHY_COUNT) {
		text_add(saying->text,
			 lacks_special(saying->district, finding)
				 ? ": no special school is open"
				 : ", and no single change would give them one");
		return;
	}
	text_add(saying->text, "; the nearest that could, ");
	if (finding->school != NONE) {
		say_school(saying, finding->school);
		text_add(saying->text, " at ");
	}
	tell_km(&saying->telling, finding->metres);
	if (finding->n_zones > 1) {
		text_add(saying->text, " from ");
		say_zone(saying, finding->zone);
	} else if (finding->school == NONE) {
		text_add(saying->text, " away");
	}
	text_printf(saying->text, ", %s", lifted[finding->why]);
}

static void say_no_room(const struct saying *saying, const struct finding *finding)
{
	say_pupils(saying, finding);
	text_add(saying->text, finding->count == 1 ? " is" : " are");
	text_printf(saying->text, " unplaced: %s", unplaced_text(finding->why));
	if (finding->school == NONE)
		return;
	text_add(saying->text, "; the nearest of them is ");
	say_school(saying, finding->school);
}

/* "In grade 4, 83 pupils of zone Z17" */
static void say_short_pupils(const struct saying *saying, const struct floor_shortage *shortage)
{
	static const char *const of[] = {
		[FLOOR_AREA] = " of area ", [FLOOR_TOWNSHIP] = " of township ",
		[FLOOR_ZONE] = " of zone ",
	};

	text_printf(saying->text, "In grade %d, ", shortage->grade);
	tell_count(&saying->telling, shortage->pupils, "pupil");
	if (shortage->kind != FLOOR_DISTRICT && shortage->kind != FLOOR_SCHOOL) {
		text_add(saying->text, of[shortage->kind]);
		tell_name(&saying->telling, shortage->id, shortage->name);
	}
	if (shortage->special)
		text_add(saying->text, shortage->pupils == 1 ? " who needs a special school"
							      : " who need a special school");
}

static void say_short(const struct saying *saying, const struct finding *finding)
{
	const struct floor_shortage *shortage = finding->shortage;
	const struct settings *settings = &saying->district->settings;
	bool unplaced = finding->term == TERM_UNPLACED, one = finding->count == 1;

	say_short_pupils(saying, shortage);
	text_add(saying->text, " may go to ");
	if (shortage->kind == FLOOR_SCHOOL) {
		tell_name(&saying->telling, shortage->id, shortage->name);
		text_add(saying->text, " only");
	} else {
		tell_count(&saying->telling, shortage->schools, "school");
	}
	text_add(saying->text, ", with ");
	tell_count(&saying->telling,
		   unplaced ? shortage->seats_most : shortage->seats_below_large, "seat");
	text_printf(saying->text, " left at %lld a class: %lld ",
		    (long long)(unplaced ? settings->class_max : settings->class_large - 1),
		    (long long)finding->count);
	if (unplaced)
		text_add(saying->text, one ? "stays unplaced" : "stay unplaced");
	else
		text_printf(saying->text, "%s no seat in a class below %lld",
			    one ? "finds" : "find", (long long)settings->class_large);
	text_add(saying->text, ", whatever the plan");
}

static void say_large(const struct saying *saying, const struct finding *finding)
{
	bool one = finding->count == 1;

	text_printf(saying->text,
		    "%lld class%s in grade %d %s large (%lld pupils and more): the seats below "
		    "that which its pupils can reach are too few",
		    (long long)finding->count, one ? "" : "es", finding->grade, one ? "is" : "are",
		    (long long)saying->district->settings.class_large);
}

/* What keeps far pupils out of the school within their limit. */
static const char *const kept_out[WHY_COUNT] = {
	[WHY_FULL] = "is full", [WHY_WHOLE] = "has no room for all who go together",
	[WHY_CAP] = "is at its most pupils (max_pupils or a norm)",
	[WHY_SHARE] = "may take no more of their group (max_share)",
	[WHY_PLACES_USED] = "has no inclusion place left", [WHY_BEDS_USED] = "has no bed left",
};

static void say_far(const struct saying *saying, const struct finding *finding)
{
	struct change limit = {CHANGE_LIMIT, NONE, NONE, finding->group, finding->grade, 0};
	const char *why = kept_out[finding->why];

	say_pupils(saying, finding);
	text_add(saying->text, finding->count == 1 ? " goes" : " go");
	text_add(saying->text, " beyond the limit");
	if (finding->kind == FINDING_FAR_ALL) {
		text_add(saying->text, " of ");
		tell_nano(&saying->telling, change_limit_now(saying->district, &limit));
		text_add(saying->text, " km");
		text_add(saying->text, ": no school that may take them is within it, and the "
				       "nearest is up to ");
		tell_km(&saying->telling, finding->metres);
		text_add(saying->text, " away");
		return;
	}
	text_add(saying->text, ": ");
	say_school(saying, finding->school);
	text_printf(saying->text, " is within it, but %s",
		    why ? why : "more of them there would cost what the objective puts first");
}

void finding_why(struct text *text, const struct plan_output *output,
		 const struct finding *finding)
{
	struct saying saying = saying_of(text, output);

	switch (finding->kind) {
	case FINDING_SEATS_SHORT:
		say_short(&saying, finding);
		break;
	case FINDING_NO_SCHOOL:
		say_no_school(&saying, finding);
		break;
	case FINDING_NO_ROOM:
		say_no_room(&saying, finding);
		break;
	case FINDING_LARGE:
		say_large(&saying, finding);
		break;
	case FINDING_FAR_FULL:
	case FINDING_FAR_ALL:
		say_far(&saying, finding);
		break;
	}
}

/* --- cures ------------------------------------------------------------------------------------ */

static void say_more(const struct saying *saying, const struct change *change, const char *noun)
{
	text_printf(saying->text, "%lld more %s", (long long)change->amount, noun);
	if (change->grade)
		text_printf(saying->text, " in grade %d", change->grade);
	text_add(saying->text, " at ");
	say_school(saying, change->school);
}

static void say_raise(const struct saying *saying, const char *what, int64_t from,
		      const struct change *change, const char *unit)
{
	text_printf(saying->text, "raising %s from ", what);
	tell_nano(&saying->telling, from);
	text_add(saying->text, " to ");
	tell_nano(&saying->telling, change->amount);
	text_add(saying->text, unit);
}

static void say_far_limit(const struct saying *saying, const struct change *change)
{
	bool setting = change_limit_is_setting(saying->district, change);
	const char *key = change->grade <= LAST_PRIMARY ? "limit_km.primary" : "limit_km.junior";

	say_raise(saying, setting ? key : "limit_km", change_limit_now(saying->district, change),
		  change, " km");
	if (setting)
		return;
	text_add(saying->text, " for group ");
	say_group(saying, change->group);
}

static void say_allow(const struct saying *saying, const struct change *change)
{
	if (change_rules(saying->district, change).n_never > 0) {
		/* the rows go as a whole, and may have barred others as well */
		text_add(saying->text, "dropping what bars ");
		say_zone(saying, change->zone);
		text_add(saying->text, " from ");
		say_school(saying, change->school);
		text_add(saying->text, " in access.csv");
		return;
	}
	text_add(saying->text, "letting group ");
	say_group(saying, change->group);
	text_add(saying->text, " of ");
	say_zone(saying, change->zone);
	text_add(saying->text, " into ");
	say_school(saying, change->school);
	text_printf(saying->text, " in grade %d", change->grade);
}

static void say_change(const struct saying *saying, const struct change *change)
{
	bool one = change->amount == 1;

	switch (change->kind) {
	case CHANGE_NOTHING:
	case CHANGE_SEATS:
		say_more(saying, change, one ? "seat" : "seats");
		break;
	case CHANGE_SECTIONS:
		say_more(saying, change, one ? "class" : "classes");
		break;
	case CHANGE_BEDS:
		say_more(saying, change, one ? "bed" : "beds");
		break;
	case CHANGE_PLACES:
		say_more(saying, change, one ? "inclusion place" : "inclusion places");
		break;
	case CHANGE_CAP:
		text_add(saying->text, "allowing ");
		say_school(saying, change->school);
		text_printf(saying->text, " %lld more pupil%s (max_pupils or a norm)",
			    (long long)change->amount, one ? "" : "s");
		break;
	case CHANGE_OPEN:
		text_add(saying->text, "opening ");
		say_school(saying, change->school);
		text_printf(saying->text, " in %s instead of %s", saying->district->settings.month,
			    saying->district->schools[change->school].opens);
		break;
	case CHANGE_ALLOW:
		say_allow(saying, change);
		break;
	case CHANGE_LIMIT:
		say_far_limit(saying, change);
		break;
	case CHANGE_SHARE:
		say_raise(saying, "max_share",
			  saying->district->groups[change->group].max_share, change, "");
		text_add(saying->text, " for group ");
		say_group(saying, change->group);
		break;
	case CHANGE_PUBLIC_ONLY:
		text_add(saying->text, "letting group ");
		say_group(saying, change->group);
		text_add(saying->text, " into private schools");
		break;
	case CHANGE_MAX_KM:
		say_raise(saying, "max_km", saying->district->settings.max_km, change, " km");
		break;
	case CHANGE_WHOLE_ZONES:
		text_add(saying->text, "letting zones be split (whole_zones = no)");
		break;
	case CHANGE_CLASS_MAX:
		text_printf(saying->text, "a class_size.max of %lld", (long long)change->amount);
		break;
	}
}

/* Whether every unplaced pupil counts 1. */
static bool weights_are_one(const struct district *district)
{
	for (size_t g = 0; g < district->n_groups; g++)
		if (district->groups[g].weight != NANO)
			return false;
	return true;
}

/* A level that is one plain term, in plain words: what is before and after the number. */
struct plain {
	const char *terms, *before, *after, *after_one;
};

static const struct plain plain_levels[] = {
	{"unplaced", "place", " more pupils", " more pupil"},
	{"oversized_classes", "end", " oversized classes", " oversized class"},
	{"large_classes", "end", " large classes", " large class"},
	{"far", "bring", " more pupils within the limit", " more pupil within the limit"},
};

static const struct plain *plain_of(const struct district *district, const char *terms)
{
	for (size_t i = 0; i < sizeof plain_levels / sizeof *plain_levels; i++)
		if (strcmp(terms, plain_levels[i].terms) == 0)
			return strcmp(terms, "unplaced") != 0 || weights_are_one(district)
				       ? &plain_levels[i] : NULL;
	return NULL;
}

static void say_gain(const struct saying *saying, const struct level_result *level,
		     const struct gain *gain)
{
	const struct plain *plain = plain_of(saying->district, level->terms);

	text_add(saying->text, " would ");
	if (plain)
		text_add(saying->text, plain->before);
	else if (strcmp(level->terms, "unplaced") == 0)
		text_add(saying->text, "lower the weighted count of unplaced pupils by");
	else
		text_printf(saying->text, "lower %s by", level->terms);
	text_add(saying->text, gain->exact ? " " : " at most ");
	text_add_decimal(saying->text, gain->gain, level->digits, true);
	if (plain)
		text_add(saying->text, gain->gain == 1 ? plain->after_one : plain->after);
	if (saying->district->settings.sections == SECTIONS_FREE)
		text_add(saying->text, " with the classes of this plan");
}

void finding_cure(struct text *text, const struct plan_output *output, const struct cure *cure)
{
	struct saying saying = saying_of(text, output);

	say_change(&saying, &cure->change);
	say_gain(&saying, &output->levels[cure->gain.level], &cure->gain);
}
