#include "models/zone_answer.h"

enum { FEWEST = 5, FEWEST_BEYOND = 2, FEWEST_UNPLACED = 12 };

static int by_way(const void *a, const void *b, void *context)
{
	const struct candidate *left = a, *right = b;
	int64_t near = left->metres, far = right->metres;

	(void)context;
	if (near != far && (near == UNREACHABLE || far == UNREACHABLE))
		return near == UNREACHABLE ? 1 : -1;
	if (near != far)
		return near < far ? -1 : 1;
	return (left->school > right->school) - (left->school < right->school);
}

/* Every school by its way; malloc'ed. */
static struct candidate *schools_by_way(const struct fellows *fellows)
{
	const struct whys *whys = fellows->whys;
	size_t zone = fellows->choosing[0].cell->zone, n = whys->district->n_schools;
	struct candidate *all = memory_array(n, sizeof *all);

	for (size_t s = 0; s < n; s++)
		all[s] = (struct candidate){
			.school = s, .metres = distance_metres(whys->plan->distances, zone, s)};
	memory_sort(all, n, sizeof *all, by_way, NULL);
	return all;
}

/* How far the answer has come. */
struct progress {
	int64_t furthest;           /* metres to the furthest school in use; -1: none is */
	size_t beyond;              /* near schools further than that */
	bool unplaced;
};

static struct progress progress_start(const struct fellows *fellows)
{
	const struct whys *whys = fellows->whys;
	struct progress progress = {.furthest = -1};

	for (size_t i = 0; i < fellows->n_uses; i++) {
		size_t school = fellows->uses[i].school;
		int64_t metres = UNREACHABLE;

		if (school == NONE)
			progress.unplaced = true;
		else
			metres = distance_metres(whys->plan->distances,
						 fellows->choosing[0].cell->zone, school);
		if (metres > progress.furthest)
			progress.furthest = metres;
	}
	return progress;
}

static bool is_enough(const struct zone_answer *answer, const struct progress *progress)
{
	size_t fewest = progress->unplaced ? FEWEST_UNPLACED : FEWEST;

	return answer->n_near >= fewest && progress->beyond >= FEWEST_BEYOND;
}

static void take(struct zone_answer *answer, struct progress *progress,
		 const struct candidate *next)
{
	if (is_enough(answer, progress)) {
		answer->beyond[next->answer.why]++;
	} else if (why_barred(next->answer.why)) {
		answer->barred[answer->n_barred++] = *next;
	} else {
		answer->near[answer->n_near++] = *next;
		progress->beyond += next->metres > progress->furthest;
	}
}

/* Where few schools may take them, all the others are barred: those beyond the last that may, and
 * beyond the nearest few, are left out. */
static void cut_barred(struct zone_answer *answer)
{
	int64_t last = answer->n_near > 0 ? answer->near[answer->n_near - 1].metres : -1;
	size_t kept = answer->n_barred < FEWEST ? answer->n_barred : FEWEST;

	while (kept < answer->n_barred && answer->barred[kept].metres != UNREACHABLE &&
	       answer->barred[kept].metres <= last)
		kept++;
	answer->n_barred = kept;
}

void zone_answer_make(struct arena *arena, const struct fellows *fellows,
		      struct zone_answer *made)
{
	size_t n = fellows->whys->district->n_schools;
	struct candidate *all = schools_by_way(fellows);
	struct progress progress = progress_start(fellows);

	*made = (struct zone_answer){0};
	made->near = arena_array(arena, n, sizeof *made->near);
	made->barred = arena_array(arena, n, sizeof *made->barred);
	for (size_t i = 0; i < n; i++) {
		if (is_enough(made, &progress) && !progress.unplaced)
			break;
		all[i].answer = why_not(fellows, all[i].school);
		if (all[i].answer.why == WHY_TAKEN && all[i].answer.pupils < fellows->pupils)
			all[i].rest = why_no_more(fellows, all[i].school);
		take(made, &progress, &all[i]);
	}
	cut_barred(made);
	memory_free(all);
}

static bool is_full(const struct why_not *answer)
{
	const struct why_move *move = &answer->move;

	if (answer->why == WHY_WORSE)
		return move->over_standard > 0 || move->large > 0 || move->oversized > 0;
	return answer->why == WHY_FULL || answer->why == WHY_WHOLE;
}

const struct candidate *zone_answer_full(const struct zone_answer *answer)
{
	for (size_t i = 0; i < answer->n_near; i++)
		if (is_full(&answer->near[i].answer) || is_full(&answer->near[i].rest))
			return &answer->near[i];
	return NULL;
}
