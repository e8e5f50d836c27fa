#include <string.h>

#include "models/reason.h"
#include "outputs/explain.h"

static const struct cell *cell_of(const struct fellows *fellows)
{
	return fellows->choosing[0].cell;
}

/* "Grade 1, left_behind and resident: 31 pupils" */
static void tell_pupils(const struct telling *telling, const struct fellows *fellows)
{
	const struct district *district = telling->whys->district;
	int64_t class;

	text_printf(telling->text, "Grade %d, ", cell_of(fellows)->grade);
	for (size_t i = 0; i < fellows->n_cells; i++) {
		if (i > 0)
			text_add(telling->text, i + 1 < fellows->n_cells ? ", " : " and ");
		text_add(telling->text, district->groups[fellows->choosing[i].cell->group].id);
	}
	class = district->groups[cell_of(fellows)->group].priority;
	if (class > 0)
		text_printf(telling->text, ", class %lld", (long long)class);
	text_add(telling->text, ": ");
	tell_count(telling, fellows->pupils, "pupil");
	if (fellows->unit > 1)
		text_add(telling->text, ", who go together (whole_zones)");
	text_add(telling->text, ".\n");
}

static void tell_use(const struct telling *telling, const struct fellows *fellows,
		     const struct use *use)
{
	int64_t metres = distance_metres(telling->whys->plan->distances, cell_of(fellows)->zone,
					 use->school);

	if (use->pupils == fellows->pupils)
		text_add(telling->text, use->pupils == 1 ? "  Goes to " : "  All go to ");
	else
		text_printf(telling->text, "  %lld go%s to ", (long long)use->pupils,
			    use->pupils == 1 ? "es" : "");
	tell_school(telling, use->school);
	text_add(telling->text, ", ");
	tell_km(telling, metres);
	tell_far(telling, fellows, metres);
	text_add(telling->text, ".\n");
}

/* The reason is worked out anew; what the plan recorded is said where it is another. */
static void tell_unplaced(const struct telling *telling, const struct fellows *fellows,
			  int64_t pupils, const char *recorded)
{
	const char *reason = unplaced_reason(fellows);

	if (pupils == fellows->pupils)
		text_add(telling->text, pupils == 1 ? "  Is unplaced: " : "  All are unplaced: ");
	else
		text_printf(telling->text, "  %lld %s unplaced: ", (long long)pupils,
			    pupils == 1 ? "is" : "are");
	text_printf(telling->text, "%s.\n", reason);
	if (recorded && strcmp(recorded, reason) != 0) {
		text_add(telling->text, "  (unplaced.csv gives another reason: ");
		tell_name(telling, recorded, NULL);
		text_add(telling->text, ")\n");
	}
}

static void tell_uses(const struct telling *telling, const struct fellows *fellows,
		      const char *recorded)
{
	for (size_t i = 0; i < fellows->n_uses; i++)
		if (fellows->uses[i].school == NONE)
			tell_unplaced(telling, fellows, fellows->uses[i].pupils, recorded);
		else
			tell_use(telling, fellows, &fellows->uses[i]);
}

static bool is_plain(const struct fellows *fellows, const struct candidate *candidate)
{
	return only_further(fellows, candidate->school, &candidate->answer);
}

/* Whether some go further than this school, or nowhere. */
static bool rest_goes_further(const struct telling *telling, const struct fellows *fellows,
			      const struct candidate *candidate)
{
	for (size_t i = 0; i < fellows->n_uses; i++) {
		size_t school = fellows->uses[i].school;

		if (school == NONE ||
		    distance_metres(telling->whys->plan->distances, cell_of(fellows)->zone,
				    school) > candidate->metres)
			return true;
	}
	return false;
}

static void tell_near(const struct telling *telling, const struct fellows *fellows,
		      const struct candidate *candidate)
{
	text_add(telling->text, ": ");
	tell_why(telling, fellows, candidate->school, &candidate->answer);
	if (candidate->answer.why != WHY_TAKEN ||
	    candidate->answer.pupils == fellows->pupils ||
	    !rest_goes_further(telling, fellows, candidate))
		return;
	text_add(telling->text, "; for the others: ");
	tell_why(telling, fellows, candidate->school, &candidate->rest);
}

/* Schools one after the other of which only that is to say share a line. */
static void tell_all_near(const struct telling *telling, const struct fellows *fellows,
			  const struct zone_answer *answer)
{
	for (size_t i = 0; i < answer->n_near; i++) {
		const struct candidate *candidate = &answer->near[i];
		bool plain = is_plain(fellows, candidate);
		bool joins = i > 0 && plain && is_plain(fellows, &answer->near[i - 1]);
		bool joined = i + 1 < answer->n_near && plain &&
			      is_plain(fellows, &answer->near[i + 1]);

		text_add(telling->text, joins ? ", " : "    ");
		tell_school(telling, candidate->school);
		text_add(telling->text, " (");
		tell_km(telling, candidate->metres);
		text_add(telling->text, ")");
		if (joined)
			continue;
		tell_near(telling, fellows, candidate);
		text_add(telling->text, "\n");
	}
}

/* Schools beyond those that are told one by one. */
static void tell_beyond(const struct telling *telling, const struct zone_answer *answer)
{
	size_t n = 0;

	for (int why = WHY_FULL; why < WHY_COUNT; why++) {
		if (answer->beyond[why] == 0)
			continue;
		text_printf(telling->text, "%s%zu %s", n++ ? ", " : "    further away: ",
			    answer->beyond[why], why_words((enum why)why));
	}
	if (n > 0)
		text_add(telling->text, "\n");
}

/* All barred schools of one reason in one line, the first few by name. */
static void tell_barred_for(const struct telling *telling, const struct fellows *fellows,
			    const struct zone_answer *answer, enum why why)
{
	enum { SHOWN = 4 };
	size_t n = 0;

	for (size_t i = 0; i < answer->n_barred; i++) {
		const struct candidate *barred = &answer->barred[i];

		if (barred->answer.why != why || n++ >= SHOWN)
			continue;
		if (n == 1) {
			text_add(telling->text, "    ");
			tell_rule(telling, fellows, &barred->answer);
		}
		text_add(telling->text, n == 1 ? ": " : ", ");
		tell_barred(telling, fellows, barred->school, barred->metres, &barred->answer);
	}
	if (n > SHOWN)
		text_printf(telling->text, " and %zu more", n - SHOWN);
	if (n > 0)
		text_add(telling->text, "\n");
}

static void tell_section(const struct telling *telling, const struct fellows *fellows,
			 const struct candidate *full)
{
	int grade = cell_of(fellows)->grade;
	const struct written_price *price =
		full ? plan_price(telling->prices, PRICED_SECTION, full->school, grade) : NULL;
	int64_t last = (int64_t)telling->whys->district->settings.levels.n_levels;

	/* What an earlier level gains at most says next to nothing. */
	if (!price || (price->certainty == CERTAINTY_AT_MOST && price->level < last))
		return;
	text_add(telling->text, "  At ");
	tell_school(telling, full->school);
	text_add(telling->text, ", the nearest that is full, ");
	tell_price(telling, PRICED_SECTION, full->school, grade);
	text_add(telling->text, ".\n");
}

void explain_fellows(const struct telling *telling, const struct fellows *fellows,
		     const struct zone_answer *answer, const char *recorded)
{
	tell_pupils(telling, fellows);
	tell_uses(telling, fellows, recorded);
	text_add(telling->text, answer->n_near > 0
					? "  Schools that may take them, nearest first:\n"
					: "  No school may take them.\n");
	tell_all_near(telling, fellows, answer);
	tell_beyond(telling, answer);
	if (answer->n_barred > 0)
		text_add(telling->text, "  Schools nearby that may not:\n");
	for (int why = 0; why < WHY_FULL; why++)
		tell_barred_for(telling, fellows, answer, (enum why)why);
	tell_section(telling, fellows, zone_answer_full(answer));
}
