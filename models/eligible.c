#include "models/eligible.h"

/* The pupils and offerings that every rule looks at. */
struct question {
	const struct district *district;
	const struct distances *distances;
	const struct cell *cell;
	const size_t *offerings;
	size_t n;
	bool *allowed;
};

static const struct school *school_of(const struct question *question, size_t i)
{
	const struct district *district = question->district;

	return &district->schools[district->offerings[question->offerings[i]].school];
}

static int64_t metres_to(const struct question *question, size_t i)
{
	const struct district *district = question->district;

	return distance_metres(question->distances, question->cell->zone,
			       district->offerings[question->offerings[i]].school);
}

/* Special pupils go to special schools and nobody else does; beds and places must be there. */
static bool meets_need(const struct school *school, enum need need)
{
	if ((school->kind == KIND_SPECIAL) != (need == NEED_SPECIAL))
		return false;
	if (need == NEED_BOARDING)
		return school->beds > 0;
	return need != NEED_INCLUSION || school->places > 0;
}

static void filter_needs(const struct question *question)
{
	const struct cell *cell = question->cell;
	enum need need = district_need(question->district, cell->group, cell->grade);
	bool public_only = question->district->groups[cell->group].public_only;

	for (size_t i = 0; i < question->n; i++) {
		const struct school *school = school_of(question, i);

		question->allowed[i] &= meets_need(school, need) &&
					!(public_only && school->ownership == OWNERSHIP_PRIVATE);
	}
}

static bool rule_matches(const struct access *rule, const struct cell *cell)
{
	return (rule->grade == 0 || rule->grade == cell->grade) &&
	       (rule->group == NONE || rule->group == cell->group);
}

/* Whether some matching rule of this kind names the school. */
static bool named(const struct question *question, int kind, size_t school)
{
	const struct district *district = question->district;
	size_t zone = question->cell->zone;

	for (size_t i = district->access_of_zone[zone];
	     i < district->access_of_zone[zone + 1]; i++) {
		const struct access *rule = &district->access[i];

		if (rule->rule == kind && rule->school == school &&
		    rule_matches(rule, question->cell))
			return true;
	}
	return false;
}

static bool any_only(const struct question *question)
{
	const struct district *district = question->district;
	size_t zone = question->cell->zone;

	for (size_t i = district->access_of_zone[zone]; i < district->access_of_zone[zone + 1]; i++)
		if (district->access[i].rule == RULE_ONLY &&
		    rule_matches(&district->access[i], question->cell))
			return true;
	return false;
}

static void filter_access(const struct question *question)
{
	const struct district *district = question->district;
	size_t zone = question->cell->zone;
	bool only;

	if (district->access_of_zone[zone] == district->access_of_zone[zone + 1])
		return;
	only = any_only(question);
	for (size_t i = 0; i < question->n; i++) {
		size_t school = district->offerings[question->offerings[i]].school;

		if (question->allowed[i])
			question->allowed[i] = !named(question, RULE_NEVER, school) &&
					       (!only || named(question, RULE_ONLY, school));
	}
}

static void filter_unreachable(const struct question *question)
{
	for (size_t i = 0; i < question->n; i++)
		question->allowed[i] &= metres_to(question, i) != UNREACHABLE;
}

/* No day pupil goes beyond max_km, unless there is no nearer school: then to the nearest. */
static void filter_max_km(const struct question *question)
{
	const struct cell *cell = question->cell;
	int64_t most = question->district->settings.max_km / (NANO / 1000), nearest = INT64_MAX;

	if (question->district->settings.max_km == 0 ||
	    district_need(question->district, cell->group, cell->grade) == NEED_BOARDING)
		return;
	for (size_t i = 0; i < question->n; i++)
		if (question->allowed[i] && metres_to(question, i) < nearest)
			nearest = metres_to(question, i);
	if (nearest > most)
		most = nearest;
	for (size_t i = 0; i < question->n; i++)
		question->allowed[i] &= metres_to(question, i) <= most;
}

void eligible_filter(const struct district *district, const struct distances *distances,
		     const struct cell *cell, const size_t *offerings, size_t n, bool *allowed)
{
	struct question question = {district, distances, cell, offerings, n, allowed};

	filter_needs(&question);
	filter_access(&question);
	filter_unreachable(&question);
	filter_max_km(&question);
}
