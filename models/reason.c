#include "models/reason.h"



/* What keeps pupils out of a school that may take them, from the plainest to the most particular.
 */
static const char *const texts[WHY_COUNT] = {
	[WHY_FULL] = "every school that may take these pupils is full",
	[WHY_WHOLE] = "no school that may take them has room for all of the zone and grade",
	[WHY_CAP] = "the schools with seats left are at their most pupils (max_pupils or a norm)",
	[WHY_SHARE] = "max_share lets no more of a group into the schools with seats left",
	[WHY_PLACES_USED] = "no inclusion place is left in the schools with seats left",
	[WHY_BEDS_USED] = "no bed is left in the schools with seats left",
	[WHY_LET_IN] = "seats are left, but the objective puts something else first",
};

const char *unplaced_text(enum why why)
{
	return why_barred(why) ? "no school may take these pupils" : texts[why];
}

const char *unplaced_reason(const struct fellows *fellows)
{
	const struct choice *choice = fellows->choosing[0].choice;
	enum why most = WHY_NO_GRADE;

	for (size_t i = 0; i < choice->n && most != WHY_LET_IN; i++) {
		enum why here;

		if (why_rules(fellows, choice->schools[i], NULL) != WHY_LET_IN)
			continue;
		here = why_room(fellows, choice->schools[i]);
		if (here > most)
			most = here;
	}
	return unplaced_text(most);
}

const char *const *plan_reasons(struct arena *arena, const struct plan *plan)
{
	const char **reasons = arena_array(arena, plan->n_placements, sizeof *reasons);
	struct whys whys;

	whys_open(&whys, arena, plan, NULL);
	for (size_t i = 0; i < plan->n_placements; i++) {
		struct fellows fellows;

		reasons[i] = "";
		if (plan->placements[i].school != NONE)
			continue;
		fellows_open(&fellows, &whys, plan->placements[i].cell, true);
		reasons[i] = unplaced_reason(&fellows);
		fellows_close(&fellows);
	}
	whys_close(&whys);
	return reasons;
}
