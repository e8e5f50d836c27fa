#include "models/choice.h"

#include "models/reach.h"

void choices_open(struct choices *choices, const struct district *district,
		  const struct distances *distances)
{
	*choices = (struct choices){.district = district, .distances = distances};
	arena_open(&choices->arena);
}

void choices_close(struct choices *choices)
{
	arena_close(&choices->arena);
}

size_t choice_kind(const struct district *district, const struct cell *cell)
{
	return 2 * (size_t)audit_need(district, cell) + district->groups[cell->group].public_only;
}

static void take_schools(const struct choices *choices, const struct cell *cell,
			 struct choice *made)
{
	for (size_t s = 0; s < choices->district->n_schools; s++) {
		size_t offering = audit_offering(choices->district, s, cell->grade);

		if (offering == NONE || !audit_suits(choices->district, cell, s))
			continue;
		made->schools[made->n] = s;
		made->offerings[made->n++] = offering;
	}
}

static struct choice *make(struct choices *choices, const struct cell *cell)
{
	struct arena *arena = &choices->arena;
	size_t n_schools = choices->district->n_schools;
	struct choice *made = arena_array(arena, 1, sizeof *made);

	*made = (struct choice){.district = choices->district, .distances = choices->distances};
	made->schools = arena_array(arena, n_schools, sizeof *made->schools);
	made->offerings = arena_array(arena, n_schools, sizeof *made->offerings);
	take_schools(choices, cell, made);
	places_make(arena, choices->distances, made->schools, made->n, &made->places);
	return made;
}

const struct choice *choices_find(struct choices *choices, const struct cell *cell)
{
	size_t kind = choice_kind(choices->district, cell);
	struct choice **found = &choices->of[cell->grade - FIRST_GRADE][kind];

	if (!*found)
		*found = make(choices, cell);
	return *found;
}

struct choosing choice_of(const struct choice *choice, const struct cell *cell)
{
	const size_t *rules = &choice->district->access_of_zone[cell->zone];
	struct choosing made = {choice, cell, rules[0] < rules[1], false, INT64_MAX};

	made.only = made.ruled && audit_has_only(choice->district, cell);
	return made;
}

static bool is_let(const struct choosing *choosing, size_t item)
{
	const struct choice *choice = choosing->choice;

	return !choosing->ruled || audit_is_let(choice->district, choosing->cell,
						choice->schools[item], choosing->only);
}

bool choice_takes(const struct choosing *choosing, size_t item, int64_t metres)
{
	const struct choice *choice = choosing->choice;

	return metres <= choosing->most && is_let(choosing, item) &&
	       choice->district->offerings[choice->offerings[item]].sections > 0;
}

/* The item of a school, or NONE. */
static size_t find_item(const struct choice *choice, size_t school)
{
	size_t low = 0, high = choice->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (choice->schools[middle] == school)
			return middle;
		if (choice->schools[middle] < school)
			low = middle + 1;
		else
			high = middle;
	}
	return NONE;
}

static void walk_named(const struct choosing *choosing, const struct places_visitor *visitor,
		       void *context)
{
	const struct district *district = choosing->choice->district;
	size_t zone = choosing->cell->zone;

	for (size_t i = district->access_of_zone[zone]; i < district->access_of_zone[zone + 1];
	     i++) {
		size_t school = district->access[i].school, item = NONE;
		int64_t metres = UNREACHABLE;

		if (district->access[i].rule == RULE_ONLY && school != NONE)
			item = find_item(choosing->choice, school);
		if (item != NONE)
			metres = distance_metres(choosing->choice->distances, zone, school);
		if (metres != UNREACHABLE)
			visitor->take(context, item, metres);
	}
}

void choice_walk(const struct choosing *choosing, const struct places_visitor *visitor,
		 void *context)
{
	if (choosing->only)
		walk_named(choosing, visitor, context);
	else
		places_walk(&choosing->choice->places, choosing->cell->zone, visitor, context);
}

/* --- max_km ---------------------------------------------------------------------------------- */

/* The nearest school so far; nothing is sought once it is within `enough`. */
struct nearest {
	const struct choosing *choosing;
	int64_t metres, enough;
};

static bool may_be_nearer(void *context, size_t node, int64_t least)
{
	const struct nearest *nearest = context;

	(void)node;
	return nearest->metres > nearest->enough && least < nearest->metres;
}

/* A school without sections may be the nearest. */
static void take_nearer(void *context, size_t item, int64_t metres)
{
	struct nearest *nearest = context;

	if (metres < nearest->metres && is_let(nearest->choosing, item))
		nearest->metres = metres;
}

int64_t choice_most(const struct choosing *choosing)
{
	static const struct places_visitor visitor = {may_be_nearer, take_nearer};
	const struct district *district = choosing->choice->district;
	int64_t most = district->settings.max_km / (NANO / 1000);
	struct nearest nearest = {choosing, INT64_MAX, most};

	if (district->settings.max_km == 0 ||
	    audit_need(district, choosing->cell) == NEED_BOARDING)
		return INT64_MAX;
	choice_walk(choosing, &visitor, &nearest);
	return nearest.metres > most ? nearest.metres : most;
}

bool choices_eligible(struct choices *choices, const struct cell *cell, size_t school)
{
	const struct choice *choice = choices_find(choices, cell);
	struct choosing choosing = choice_of(choice, cell);
	int64_t metres = distance_metres(choices->distances, cell->zone, school);
	size_t item = find_item(choice, school);

	if (item == NONE || metres == UNREACHABLE || !choice_takes(&choosing, item, metres))
		return false;
	return metres <= choices->district->settings.max_km / (NANO / 1000) ||
	       metres <= choice_most(&choosing);
}
