#include "models/eligible.h"

/* Special pupils go to special schools and nobody else does; beds and places must be there. */
static bool meets_need(const struct school *school, enum need need)
{
	if ((school->kind == KIND_SPECIAL) != (need == NEED_SPECIAL))
		return false;
	if (need == NEED_BOARDING)
		return school->beds > 0;
	return need != NEED_INCLUSION || school->places > 0;
}

static bool meets_ownership(const struct school *school, bool public_only)
{
	return !(public_only && school->ownership == OWNERSHIP_PRIVATE);
}

static bool rule_matches(const struct access *rule, const struct cell *cell)
{
	return (rule->grade == 0 || rule->grade == cell->grade) &&
	       (rule->group == NONE || rule->group == cell->group);
}

/* Whether some matching rule of this kind names the school. */
static bool named(const struct asking *asking, int kind, size_t school)
{
	const struct district *district = asking->district;
	size_t zone = asking->cell->zone;

	for (size_t i = district->access_of_zone[zone];
	     i < district->access_of_zone[zone + 1]; i++) {
		const struct access *rule = &district->access[i];

		if (rule->rule == kind && rule->school == school &&
		    rule_matches(rule, asking->cell))
			return true;
	}
	return false;
}

static bool any_only(const struct district *district, const struct cell *cell)
{
	for (size_t i = district->access_of_zone[cell->zone];
	     i < district->access_of_zone[cell->zone + 1]; i++)
		if (district->access[i].rule == RULE_ONLY &&
		    rule_matches(&district->access[i], cell))
			return true;
	return false;
}

static bool meets_access(const struct asking *asking, size_t school)
{
	return !asking->ruled || (!named(asking, RULE_NEVER, school) &&
				  (!asking->only || named(asking, RULE_ONLY, school)));
}

bool eligible(const struct asking *asking, size_t school, int64_t metres)
{
	const struct school *here = &asking->district->schools[school];

	return metres != UNREACHABLE && metres <= asking->most_metres &&
	       meets_need(here, asking->need) && meets_ownership(here, asking->public_only) &&
	       meets_access(asking, school);
}

/* The nearest school that the other rules allow. */
struct nearest {
	const struct asking *asking;
	const struct places *places;
	int64_t metres;
};

static bool may_be_nearer(void *context, size_t node, int64_t least)
{
	(void)node;
	return least < ((const struct nearest *)context)->metres;
}

static void take_nearer(void *context, size_t item, int64_t metres)
{
	struct nearest *nearest = context;

	if (metres < nearest->metres &&
	    eligible(nearest->asking, nearest->places->schools[item], metres))
		nearest->metres = metres;
}

/* No day pupil goes beyond max_km, unless there is no nearer school: then to the nearest. */
static int64_t most_metres(const struct asking *asking, const struct places *places)
{
	static const struct places_visitor visitor = {may_be_nearer, take_nearer};
	struct nearest nearest = {asking, places, INT64_MAX};
	int64_t most = asking->district->settings.max_km / (NANO / 1000);

	if (asking->district->settings.max_km == 0 || asking->need == NEED_BOARDING)
		return INT64_MAX;
	places_walk(places, asking->cell->zone, &visitor, &nearest);
	return nearest.metres > most ? nearest.metres : most;
}

void eligible_ask(const struct district *district, const struct places *places,
		  const struct cell *cell, struct asking *asking)
{
	*asking = (struct asking){
		.district = district, .cell = cell,
		.need = district_need(district, cell->group, cell->grade),
		.public_only = district->groups[cell->group].public_only,
		.ruled = district->access_of_zone[cell->zone] <
			 district->access_of_zone[cell->zone + 1],
		.most_metres = INT64_MAX};
	asking->only = asking->ruled && any_only(district, cell);
	asking->most_metres = most_metres(asking, places);
}
