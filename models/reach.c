#include "models/reach.h"

#include <stdlib.h>

enum { FIRST_BOARDING_GRADE = 4 };

enum need audit_need(const struct district *district, const struct cell *cell)
{
	enum need need = (enum need)district->groups[cell->group].need;

	if (need == NEED_BOARDING && cell->grade < FIRST_BOARDING_GRADE)
		return NEED_NONE;
	return need;
}

int64_t audit_limit_metres(const struct district *district, const struct cell *cell)
{
	const struct settings *settings = &district->settings;
	int64_t limit = district->groups[cell->group].limit_km;

	if (audit_need(district, cell) == NEED_BOARDING)
		return INT64_MAX;
	if (limit == NOT_GIVEN)
		limit = cell->grade <= LAST_PRIMARY ? settings->limit_primary
						    : settings->limit_junior;
	return limit / (NANO / 1000);
}

static int compare_cells(const struct cell *a, const struct cell *b)
{
	if (a->zone != b->zone)
		return a->zone < b->zone ? -1 : 1;
	if (a->grade != b->grade)
		return a->grade < b->grade ? -1 : 1;
	return (a->group > b->group) - (a->group < b->group);
}

size_t audit_cell(const struct district *district, const struct cell *key)
{
	size_t low = 0, high = district->n_cells;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_cells(&district->cells[middle], key);

		if (order == 0)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NONE;
}

size_t audit_cell_near(const struct district *district, const struct cell *key, size_t guess)
{
	enum { NEAR = 16 };

	for (size_t i = 0; i < NEAR && guess + i < district->n_cells; i++)
		if (compare_cells(&district->cells[guess + i], key) == 0)
			return guess + i;
	return audit_cell(district, key);
}

size_t audit_offering(const struct district *district, size_t index, int grade)
{
	const struct school *school = &district->schools[index];

	for (size_t i = 0; i < school->n_offerings; i++)
		if (district->offerings[school->first_offering + i].grade == grade)
			return school->first_offering + i;
	return NONE;
}

bool audit_suits(const struct district *district, const struct cell *cell, size_t index)
{
	const struct school *school = &district->schools[index];
	const struct group *group = &district->groups[cell->group];
	enum need need = audit_need(district, cell);

	if (school->kind != (need == NEED_SPECIAL ? KIND_SPECIAL : KIND_ORDINARY))
		return false;
	if (need == NEED_BOARDING && school->beds <= 0)
		return false;
	if (need == NEED_INCLUSION && school->places <= 0)
		return false;
	return !group->public_only || school->ownership == OWNERSHIP_PUBLIC ||
	       school->ownership == OWNERSHIP_PURCHASED;
}

static bool rule_matches(const struct access *rule, const struct cell *cell)
{
	return (rule->grade == 0 || rule->grade == cell->grade) &&
	       (rule->group == NONE || rule->group == cell->group);
}

/* Marks the schools of the rules of one kind that match; returns how many rules do. */
static size_t mark_ruled(const struct district *district, const struct cell *cell, enum rule kind,
			 bool *marked)
{
	size_t n = 0;

	for (size_t i = district->access_of_zone[cell->zone];
	     i < district->access_of_zone[cell->zone + 1]; i++) {
		const struct access *rule = &district->access[i];

		if (rule->rule != (int)kind || !rule_matches(rule, cell))
			continue;
		if (rule->school != NONE)
			marked[rule->school] = true;
		n++;
	}
	return n;
}

/* An `only` rule for a building site names no school, yet closes all that are not named. */
static void apply_access(const struct district *district, const struct cell *cell, bool *reach)
{
	bool *marked;

	if (district->access_of_zone[cell->zone] == district->access_of_zone[cell->zone + 1])
		return;
	marked = memory_array(district->n_schools, sizeof *marked);
	if (mark_ruled(district, cell, RULE_ONLY, marked) > 0)
		for (size_t s = 0; s < district->n_schools; s++)
			reach[s] = reach[s] && marked[s];
	for (size_t s = 0; s < district->n_schools; s++)
		marked[s] = false;
	if (mark_ruled(district, cell, RULE_NEVER, marked) > 0)
		for (size_t s = 0; s < district->n_schools; s++)
			reach[s] = reach[s] && !marked[s];
	free(marked);
}

/* max_km: keeps those within it, or the nearest where there is none. */
static void apply_max_km(const struct district *district, const struct distances *distances,
			 size_t zone, bool *reach)
{
	int64_t most = district->settings.max_km / (NANO / 1000), nearest = INT64_MAX;

	for (size_t s = 0; s < district->n_schools; s++)
		if (reach[s] && distance_metres(distances, zone, s) < nearest)
			nearest = distance_metres(distances, zone, s);
	if (nearest > most)
		most = nearest;
	for (size_t s = 0; s < district->n_schools; s++)
		reach[s] = reach[s] && distance_metres(distances, zone, s) <= most;
}

static int64_t sections_of(const struct district *district, size_t school, int grade)
{
	return district->offerings[audit_offering(district, school, grade)].sections;
}

void audit_reach(const struct district *district, const struct distances *distances,
		 const struct cell *cell, bool *reach)
{
	enum need need = audit_need(district, cell);

	for (size_t s = 0; s < district->n_schools; s++)
		reach[s] = audit_suits(district, cell, s) &&
			   audit_offering(district, s, cell->grade) != NONE &&
			   distance_metres(distances, cell->zone, s) != UNREACHABLE;
	apply_access(district, cell, reach);
	if (district->settings.max_km > 0 && need != NEED_BOARDING)
		apply_max_km(district, distances, cell->zone, reach);
	for (size_t s = 0; s < district->n_schools; s++)
		reach[s] = reach[s] && sections_of(district, s, cell->grade) > 0;
}

bool audit_has_only(const struct district *district, const struct cell *cell)
{
	for (size_t i = district->access_of_zone[cell->zone];
	     i < district->access_of_zone[cell->zone + 1]; i++)
		if (district->access[i].rule == RULE_ONLY &&
		    rule_matches(&district->access[i], cell))
			return true;
	return false;
}

/* The first rule of the zone that names this school or a later one; those of sites come last. */
static size_t first_rule(const struct district *district, size_t zone, size_t school)
{
	size_t low = district->access_of_zone[zone], high = district->access_of_zone[zone + 1];

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (district->access[middle].school < school)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool audit_is_let(const struct district *district, const struct cell *cell, size_t school,
		  bool only)
{
	bool named = false;

	for (size_t i = first_rule(district, cell->zone, school);
	     i < district->access_of_zone[cell->zone + 1]; i++) {
		const struct access *rule = &district->access[i];

		if (rule->school != school)
			break;
		if (!rule_matches(rule, cell))
			continue;
		if (rule->rule == RULE_NEVER)
			return false;
		named = true;
	}
	return named || !only;
}
