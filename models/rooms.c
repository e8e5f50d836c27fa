#include "models/rooms.h"

#include <string.h>

static int64_t least_of(const struct offering *offering, const struct settings *settings)
{
	return offering->enrolled / settings->class_max +
	       (offering->enrolled % settings->class_max > 0);
}

/* The least and most of a school's grades, and what they sum to. */
static void divide(struct rooms *rooms, const struct school *school, struct room_school *made)
{
	const struct district *district = rooms->district;
	int64_t least = 0, most = 0;

	for (size_t i = school->first_offering; i < school->first_offering + school->n_offerings;
	     i++) {
		const struct offering *offering = &district->offerings[i];

		rooms->least[i] = least_of(offering, &district->settings);
		rooms->most[i] = school->classrooms;
		if (offering->sections_max != NOT_GIVEN && offering->sections_max < rooms->most[i])
			rooms->most[i] = offering->sections_max;
		if (rooms->most[i] < rooms->least[i])
			rooms->most[i] = rooms->least[i];
		least += rooms->least[i];
		most += rooms->most[i];
	}
	made->total = most < school->classrooms ? most : school->classrooms;
	if (made->total < least)
		made->total = least;
	made->decided = least < made->total && made->total < most;
}

/* Leaves no choice where there is none: every grade at its least, or at its most. */
static void force(struct rooms *rooms, const struct school *school, int64_t total)
{
	int64_t least = 0;

	for (size_t i = 0; i < school->n_offerings; i++)
		least += rooms->least[school->first_offering + i];
	for (size_t i = school->first_offering; i < school->first_offering + school->n_offerings;
	     i++)
		if (least == total)
			rooms->most[i] = rooms->least[i];
		else
			rooms->least[i] = rooms->most[i];
}

void rooms_make(struct arena *arena, const struct district *district, struct rooms *made)
{
	size_t n = district->n_offerings;

	*made = (struct rooms){.district = district};
	made->schools = arena_array(arena, district->n_schools, sizeof *made->schools);
	made->least = arena_array(arena, n, sizeof *made->least);
	made->most = arena_array(arena, n, sizeof *made->most);
	for (size_t i = 0; i < n; i++)
		made->least[i] = made->most[i] = district->offerings[i].sections;
	if (district->settings.sections != SECTIONS_FREE)
		return;
	for (size_t s = 0; s < district->n_schools; s++) {
		const struct school *school = &district->schools[s];
		struct room_school *here = &made->schools[made->n_schools];

		if (school->classrooms == 0 || school->n_offerings == 0)
			continue;
		here->school = s;
		divide(made, school, here);
		if (!here->decided)
			force(made, school, here->total);
		made->n_decided += here->decided;
		made->n_schools++;
	}
}

/* --- the starting division ------------------------------------------------------------------- */

/* The grade with fewest sections that may have more; of equals the first. */
static size_t poorest(const struct rooms *rooms, const struct school *school,
		      const int64_t *sections)
{
	size_t found = NONE;

	for (size_t i = school->first_offering; i < school->first_offering + school->n_offerings;
	     i++)
		if (sections[i] < rooms->most[i] &&
		    (found == NONE || sections[i] < sections[found]))
			found = i;
	return found;
}

/* The grade with most sections that may have fewer; of equals the last. */
static size_t richest(const struct rooms *rooms, const struct school *school,
		      const int64_t *sections)
{
	size_t found = NONE;

	for (size_t i = school->first_offering; i < school->first_offering + school->n_offerings;
	     i++)
		if (sections[i] > rooms->least[i] &&
		    (found == NONE || sections[i] >= sections[found]))
			found = i;
	return found;
}

void rooms_start(const struct rooms *rooms, int64_t *sections)
{
	const struct district *district = rooms->district;

	for (size_t i = 0; i < district->n_offerings; i++) {
		sections[i] = district->offerings[i].sections;
		if (sections[i] < rooms->least[i])
			sections[i] = rooms->least[i];
		if (sections[i] > rooms->most[i])
			sections[i] = rooms->most[i];
	}
	for (size_t r = 0; r < rooms->n_schools; r++) {
		const struct school *school = &district->schools[rooms->schools[r].school];
		int64_t left = rooms->schools[r].total;

		for (size_t i = 0; i < school->n_offerings; i++)
			left -= sections[school->first_offering + i];
		for (; left > 0; left--)
			sections[poorest(rooms, school, sections)]++;
		for (; left < 0; left++)
			sections[richest(rooms, school, sections)]--;
	}
}

bool rooms_legal(const struct rooms *rooms, const int64_t *sections)
{
	for (size_t i = 0; i < rooms->district->n_offerings; i++)
		if (sections[i] < rooms->least[i] || sections[i] > rooms->most[i])
			return false;
	for (size_t r = 0; r < rooms->n_schools; r++) {
		const struct room_school *here = &rooms->schools[r];
		const struct school *school = &rooms->district->schools[here->school];
		int64_t sum = 0;

		for (size_t i = 0; i < school->n_offerings; i++)
			sum += sections[school->first_offering + i];
		if (sum != here->total)
			return false;
	}
	return true;
}

/* --- views ----------------------------------------------------------------------------------- */

void rooms_view(struct arena *arena, const struct district *district, const int64_t *sections,
		struct district *view)
{
	size_t n = district->n_offerings;

	*view = *district;
	arena_open(&view->arena); /* a view owns nothing */
	view->offerings = arena_array(arena, n, sizeof *view->offerings);
	if (n > 0)
		memcpy(view->offerings, district->offerings, n * sizeof *view->offerings);
	for (size_t i = 0; i < n; i++)
		view->offerings[i].sections = sections[i];
}

void rooms_start_view(struct arena *arena, const struct district *district, struct district *view)
{
	struct rooms rooms;
	int64_t *sections = arena_array(arena, district->n_offerings, sizeof *sections);

	rooms_make(arena, district, &rooms);
	rooms_start(&rooms, sections);
	rooms_view(arena, district, sections, view);
}

void rooms_most_view(struct arena *arena, const struct rooms *rooms, struct district *view)
{
	rooms_view(arena, rooms->district, rooms->most, view);
}
