#include "inputs/capacity.h"

static const char *const names[] = {"sections", "max_pupils", "floor_m2", "land_m2"};

const char *binding_name(enum binding binding)
{
	return names[binding];
}

int64_t classes_of_at_least(int64_t load, int64_t sections, int64_t least)
{
	int64_t above = load - (least - 1) * sections;

	if (above <= 0)
		return 0;
	return above < sections ? above : sections;
}

static void lower_cap(struct school_cap *cap, int64_t pupils, enum binding binding)
{
	if (pupils < cap->pupils) {
		cap->pupils = pupils;
		cap->cap = binding;
	}
}

static struct school_cap cap_of(const struct district *district, const struct school *school)
{
	const struct settings *settings = &district->settings;
	struct school_cap cap = {INT64_MAX, INT64_MAX, BINDING_SECTIONS, BINDING_SECTIONS};

	if (school->max_pupils != NOT_GIVEN)
		lower_cap(&cap, school->max_pupils, BINDING_MAX_PUPILS);
	if (settings->norm_floor > 0 && school->floor_m2 != NOT_GIVEN)
		lower_cap(&cap, school->floor_m2 / settings->norm_floor, BINDING_FLOOR);
	if (settings->norm_land > 0 && school->land_m2 != NOT_GIVEN)
		lower_cap(&cap, school->land_m2 / settings->norm_land, BINDING_LAND);
	if (cap.pupils < INT64_MAX)
		cap.spare = cap.pupils > school->enrolled ? cap.pupils - school->enrolled : 0;
	return cap;
}

static struct capacity capacity_of(const struct district *district, const struct offering *offering)
{
	const struct settings *settings = &district->settings;
	int64_t most = offering->sections * settings->class_max;

	return (struct capacity){
		.seats_standard = offering->sections * offering->class_size,
		.seats_large = offering->sections * (settings->class_large - 1),
		.seats_max = most,
		.spare = most > offering->enrolled ? most - offering->enrolled : 0,
	};
}

void capacities_make(struct arena *arena, const struct district *district, struct capacities *made)
{
	made->offerings = arena_array(arena, district->n_offerings, sizeof *made->offerings);
	made->schools = arena_array(arena, district->n_schools, sizeof *made->schools);
	for (size_t i = 0; i < district->n_offerings; i++)
		made->offerings[i] = capacity_of(district, &district->offerings[i]);
	for (size_t s = 0; s < district->n_schools; s++) {
		const struct school *school = &district->schools[s];
		int64_t seats = 0;

		made->schools[s] = cap_of(district, school);
		for (size_t i = 0; i < school->n_offerings; i++)
			seats += made->offerings[school->first_offering + i].spare;
		if (seats > made->schools[s].spare)
			made->schools[s].binding = made->schools[s].cap;
	}
}
