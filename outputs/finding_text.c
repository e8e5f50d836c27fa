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

	if (finding->grade && finding->kind != FINDING_FAR_ALL)
		text_printf(text, "grade %d", finding->grade);
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
	}
	if (finding->grade && finding->kind != FINDING_FAR_ALL)
		text_printf(saying->text, " in grade %d", finding->grade);
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

static void say_no_school(const struct saying *saying, const struct finding *finding)
{
	say_pupils(saying, finding);
	text_add(saying->text, finding->count == 1 ? " has" : " have");
	text_add(saying->text, " no school that may take them");
	if (finding->why == WHY_COUNT) {
		text_add(saying->text, ", and no change at one school would give them one");
		return;
	}
	text_add(saying->text, "; the nearest that could");
	if (finding->school != NONE) {
		text_add(saying->text, ", ");
		say_school(saying, finding->school);
	}
	text_add(saying->text, " at ");
	tell_km(&saying->telling, finding->metres);
	text_printf(saying->text, ", %s", lifted[finding->why]);
}

static void say_no_room(const struct saying *saying, const struct finding *finding)
{
	say_pupils(saying, finding);
	text_add(saying->text, finding->count == 1 ? " is" : " are");
	text_printf(saying->text, " unplaced: %s", unplaced_text(finding->why));
}

static void say_short(const struct saying *saying, const struct finding *finding)
{
	const struct floor_shortage *shortage = finding->shortage;
	const struct settings *settings = &saying->district->settings;
	bool unplaced = finding->term == TERM_UNPLACED;

	text_printf(saying->text, "grade %d", shortage->grade);
	if (shortage->kind != FLOOR_DISTRICT) {
		text_add(saying->text, ", ");
		tell_name(&saying->telling, shortage->id, shortage->name);
	}
	text_add(saying->text, ": ");
	tell_count(&saying->telling, shortage->pupils, "pupil");
	text_add(saying->text, " may go to ");
	tell_count(&saying->telling, shortage->schools, "school");
	text_printf(saying->text, " with %lld seats left at %lld a class; ",
		    (long long)(unplaced ? shortage->seats_most : shortage->seats_below_large),
		    (long long)(unplaced ? settings->class_max : settings->class_large - 1));
	text_printf(saying->text, unplaced ? "%lld stay unplaced, whatever the plan"
					   : "%lld more fill large classes, whatever the plan",
		    (long long)finding->count);
}

static void say_large(const struct saying *saying, const struct finding *finding)
{
	tell_count(&saying->telling, finding->count, "large class");
	text_printf(saying->text, " in grade %d: the seats below %lld a class that its pupils can "
				  "reach are too few",
		    finding->grade, (long long)saying->district->settings.class_large);
}

static void say_far(const struct saying *saying, const struct finding *finding)
{
	say_pupils(saying, finding);
	text_add(saying->text, finding->count == 1 ? " goes" : " go");
	text_add(saying->text, " beyond the limit");
	if (finding->kind == FINDING_FAR_ALL) {
		text_add(saying->text, ": no school that may take them is within it, and the "
				       "nearest is up to ");
		tell_km(&saying->telling, finding->metres);
		text_add(saying->text, " away");
		return;
	}
	text_add(saying->text, ": ");
	say_school(saying, finding->school);
	text_add(saying->text, " is within it, but has no seat left for them");
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

static void say_limit(const struct saying *saying, const struct change *change, const char *what)
{
	text_printf(saying->text, "%s of ", what);
	tell_nano(&saying->telling, change->amount);
}

static void say_far_limit(const struct saying *saying, const struct change *change)
{
	if (change_limit_is_setting(saying->district, change)) {
		say_limit(saying, change, change->grade <= LAST_PRIMARY ? "limit_km.primary"
									 : "limit_km.junior");
		return;
	}
	say_limit(saying, change, "a limit_km");
	text_add(saying->text, " for group ");
	say_group(saying, change->group);
}

static void say_allow(const struct saying *saying, const struct change *change)
{
	text_add(saying->text, "letting ");
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
		say_more(saying, change, one ? "pupil whom the school may hold"
					     : "pupils whom the school may hold");
		break;
	case CHANGE_OPEN:
		text_add(saying->text, "opening ");
		say_school(saying, change->school);
		text_add(saying->text, " already");
		break;
	case CHANGE_ALLOW:
		say_allow(saying, change);
		break;
	case CHANGE_LIMIT:
		say_far_limit(saying, change);
		break;
	case CHANGE_SHARE:
		say_limit(saying, change, "a max_share");
		text_add(saying->text, " for group ");
		say_group(saying, change->group);
		break;
	case CHANGE_PUBLIC_ONLY:
		text_add(saying->text, "letting group ");
		say_group(saying, change->group);
		text_add(saying->text, " into private schools");
		break;
	case CHANGE_MAX_KM:
		say_limit(saying, change, "a max_km");
		break;
	case CHANGE_WHOLE_ZONES:
		text_add(saying->text, "splitting zones (whole_zones=no)");
		break;
	case CHANGE_CLASS_MAX:
		say_limit(saying, change, "a class_size.max");
		break;
	}
}

/* A level of pupils each of whom counts 1. */
static bool counts_unplaced(const struct district *district, const char *terms)
{
	for (size_t g = 0; g < district->n_groups; g++)
		if (district->groups[g].weight != NANO)
			return false;
	return strcmp(terms, "unplaced") == 0;
}

/* In plain words where the level is one plain term. */
static void say_gain(const struct saying *saying, const struct level_result *level,
		     const struct gain *gain)
{
	const char *before = NULL, *after = "";

	if (counts_unplaced(saying->district, level->terms))
		before = "place", after = " more";
	else if (strcmp(level->terms, "oversized_classes") == 0)
		before = "end", after = gain->gain == 1 ? " oversized class" : " oversized classes";
	else if (strcmp(level->terms, "large_classes") == 0)
		before = "end", after = gain->gain == 1 ? " large class" : " large classes";
	else if (strcmp(level->terms, "far") == 0)
		before = "bring", after = " more within the limit";
	text_add(saying->text, " would ");
	if (!before)
		text_printf(saying->text, "lower %s by", level->terms);
	else
		text_add(saying->text, before);
	text_add(saying->text, gain->exact ? " " : " at most ");
	text_add_decimal(saying->text, gain->gain, level->digits, true);
	text_add(saying->text, after);
}

void finding_cure(struct text *text, const struct plan_output *output, const struct cure *cure)
{
	struct saying saying = saying_of(text, output);

	say_change(&saying, &cure->change);
	say_gain(&saying, &output->levels[cure->gain.level], &cure->gain);
}
