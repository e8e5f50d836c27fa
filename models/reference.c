#include "models/reference.h"

#include <stdlib.h>

#include "inputs/base/parallel.h"
#include "models/choice.h"
#include "models/reach.h"

/* The nearest school so far of the pupils before their choice. */
struct looking {
	struct choosing choosing;
	struct nearest_school best;
};

/* Boxes as near as the best may hold a school that comes first by id. */
static bool may_be_nearer(void *context, size_t node, int64_t least)
{
	const struct looking *looking = context;

	(void)node;
	return looking->best.school == NONE || least <= looking->best.metres;
}

static void take_nearer(void *context, size_t item, int64_t metres)
{
	struct looking *looking = context;
	size_t school = looking->choosing.choice->schools[item];
	const struct nearest_school *best = &looking->best;

	if (best->school != NONE && (metres > best->metres ||
				     (metres == best->metres && school >= best->school)))
		return;
	if (choice_takes(&looking->choosing, item, metres))
		looking->best = (struct nearest_school){school, metres};
}

/* Beyond max_km a school is out of reach as soon as another one is nearer, even one without
 * sections. */
static bool within_max_km(const struct looking *looking)
{
	const struct district *district = looking->choosing.choice->district;

	return district->settings.max_km == 0 ||
	       !distance_beyond(looking->best.metres, district->settings.max_km) ||
	       looking->best.metres <= choice_most(&looking->choosing);
}

static struct nearest_school nearest_of(struct choices *choices, const struct cell *cell)
{
	static const struct places_visitor visitor = {may_be_nearer, take_nearer};
	struct looking looking = {choice_of(choices_find(choices, cell), cell), {NONE, 0}};

	choice_walk(&looking.choosing, &visitor, &looking);
	if (looking.best.school != NONE && !within_max_km(&looking))
		looking.best = (struct nearest_school){NONE, 0};
	return looking.best;
}

/* Whether an earlier cell of the zone and grade has pupils of the same kind, whom no rule of the
 * zone can tell apart. */
static bool asked_before(const struct district *district, size_t c, size_t *earlier)
{
	const struct cell *cell = &district->cells[c];

	if (district->access_of_zone[cell->zone] < district->access_of_zone[cell->zone + 1])
		return false;
	for (size_t i = c; i > 0 && district->cells[i - 1].zone == cell->zone &&
			   district->cells[i - 1].grade == cell->grade; i--)
		if (choice_kind(district, &district->cells[i - 1]) == choice_kind(district, cell)) {
			*earlier = i - 1;
			return true;
		}
	return false;
}

/* Grades share no school's tree, so each has choices of its own. */
static void find_of_grade(void *context, size_t i)
{
	struct reference *made = context;
	const struct district *district = made->district;
	struct choices choices;
	size_t earlier;

	choices_open(&choices, district, made->distances);
	for (size_t c = 0; c < district->n_cells; c++) {
		if (district->cells[c].grade != (int)i + FIRST_GRADE)
			continue;
		if (asked_before(district, c, &earlier))
			made->nearest[c] = made->nearest[earlier];
		else
			made->nearest[c] = nearest_of(&choices, &district->cells[c]);
	}
	choices_close(&choices);
}

void reference_make(struct arena *arena, const struct district *district,
		    const struct distances *distances, struct reference *made)
{
	struct placement *placements = memory_array(district->n_cells, sizeof *placements);

	*made = (struct reference){.district = district, .distances = distances};
	made->nearest = arena_array(arena, district->n_cells, sizeof *made->nearest);
	parallel_for(N_GRADES, find_of_grade, made);
	for (size_t c = 0; c < district->n_cells; c++)
		placements[c] = (struct placement){c, made->nearest[c].school,
						   district->cells[c].pupils};
	plan_make(arena, district, distances, placements, district->n_cells, &made->plan);
	free(placements);
}
