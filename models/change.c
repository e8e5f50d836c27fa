#include "models/change.h"

#include <string.h>

#include "inputs/capacity.h"

bool change_alike(const struct change *a, const struct change *b)
{
	return a->kind == b->kind && a->school == b->school && a->zone == b->zone &&
	       a->group == b->group && a->grade == b->grade;
}

bool change_is_amount(const struct change *change)
{
	return change->kind == CHANGE_SEATS || change->kind == CHANGE_SECTIONS ||
	       change->kind == CHANGE_BEDS || change->kind == CHANGE_PLACES ||
	       change->kind == CHANGE_CAP;
}

/* A copy of a table that the view may write to. */
static void *own(struct arena *arena, const void *rows, size_t n, size_t size)
{
	void *copy = arena_array(arena, n, size);

	if (n > 0)
		memcpy(copy, rows, n * size);
	return copy;
}

static struct school *own_school(struct arena *arena, struct district *changed, size_t school)
{
	changed->schools = own(arena, changed->schools, changed->n_schools,
			       sizeof *changed->schools);
	return &changed->schools[school];
}

/* Gives a group, and all of its classes, what `made` has of limit, share and ownership. */
static void set_group(struct arena *arena, struct district *changed, size_t group,
		      const struct group *made)
{
	size_t whole = district_whole_group(changed, group);

	changed->groups = own(arena, changed->groups, changed->n_groups, sizeof *changed->groups);
	for (size_t g = 0; g < changed->n_groups; g++) {
		struct group *here = &changed->groups[g];

		if (district_whole_group(changed, g) != whole)
			continue;
		here->limit_km = made->limit_km;
		here->max_share = made->max_share;
		here->public_only = made->public_only;
	}
}

/* --- offerings ------------------------------------------------------------------------------- */

static size_t find_offering(const struct district *district, size_t school, int grade)
{
	const struct offering *found = district_offering(district, school, grade);

	return found ? (size_t)(found - district->offerings) : NONE;
}

/* Where an offering of this school and grade belongs. */
static size_t place_of(const struct district *district, size_t school, int grade)
{
	size_t at = 0;

	for (; at < district->n_offerings; at++) {
		const struct offering *here = &district->offerings[at];

		if (here->school > school || (here->school == school && here->grade >= grade))
			break;
	}
	return at;
}

static void insert_offering(struct arena *arena, struct district *changed,
			    const struct offering *offering)
{
	size_t n = changed->n_offerings;
	size_t at = place_of(changed, offering->school, offering->grade);
	struct offering *rows = arena_array(arena, n + 1, sizeof *rows);

	if (at > 0)
		memcpy(rows, changed->offerings, at * sizeof *rows);
	rows[at] = *offering;
	if (at < n)
		memcpy(rows + at + 1, changed->offerings + at, (n - at) * sizeof *rows);
	changed->offerings = rows;
	changed->n_offerings++;
	for (size_t s = 0; s < changed->n_schools; s++) {
		struct school *school = &changed->schools[s];

		if (s == offering->school && school->n_offerings++ == 0)
			school->first_offering = at;
		else if (s != offering->school && school->n_offerings > 0 &&
			 school->first_offering >= at)
			school->first_offering++;
	}
}

static void add_sections(struct arena *arena, struct district *changed,
			 const struct change *change)
{
	size_t i = find_offering(changed, change->school, change->grade);

	if (i == NONE) {
		own_school(arena, changed, change->school);
		insert_offering(arena, changed,
				&(struct offering){change->school, change->grade, change->amount, 0,
						   district_class_size(changed, change->grade),
						   NOT_GIVEN});
		return;
	}
	changed->offerings = own(arena, changed->offerings, changed->n_offerings,
				 sizeof *changed->offerings);
	changed->offerings[i].sections += change->amount;
}

/* A seat more is a pupil fewer who stays: every threshold is that much further off. The school's
 * own count of those who stay is left as it is, and with it what the school may hold. */
static void add_seats(struct arena *arena, struct district *changed, const struct change *change)
{
	size_t i = find_offering(changed, change->school, change->grade);

	changed->offerings = own(arena, changed->offerings, changed->n_offerings,
				 sizeof *changed->offerings);
	changed->offerings[i].enrolled -= change->amount;
}

static void open_school(struct arena *arena, struct district *changed, size_t school)
{
	struct school *here = own_school(arena, changed, school);

	here->open = true;
	for (size_t i = 0; i < changed->n_later; i++)
		if (changed->later[i].school == school) {
			insert_offering(arena, changed, &changed->later[i]);
			here->enrolled += changed->later[i].enrolled;
		}
}

/* --- caps ------------------------------------------------------------------------------------ */

static void raise_to(int64_t *limit, int64_t norm, int64_t pupils)
{
	if (*limit != NOT_GIVEN && norm > 0 && *limit / norm < pupils)
		*limit = pupils * norm;
}

static void raise_cap(struct arena *arena, struct district *changed, const struct change *change)
{
	struct school *school = own_school(arena, changed, change->school);
	struct capacities capacities;
	int64_t pupils;

	capacities_make(arena, changed, &capacities);
	pupils = capacities.schools[change->school].pupils;
	if (pupils == INT64_MAX)
		return;
	pupils = (pupils > school->enrolled ? pupils : school->enrolled) + change->amount;
	raise_to(&school->max_pupils, 1, pupils);
	raise_to(&school->floor_m2, changed->settings.norm_floor, pupils);
	raise_to(&school->land_m2, changed->settings.norm_land, pupils);
}

/* --- zoning ---------------------------------------------------------------------------------- */

/* Whether a rule can speak of some of the pupils who are to be let in. */
static bool concerns(const struct district *district, const struct access *rule,
		     const struct change *change)
{
	return (rule->grade == 0 || change->grade == 0 || rule->grade == change->grade) &&
	       (rule->group == NONE || change->group == NONE ||
		district_whole_group(district, rule->group) ==
			district_whole_group(district, change->group));
}

/* An `only` row for the pupils who are let in: one for each class of their group. */
static size_t let_in(const struct district *district, const struct change *change,
		     struct access *rows)
{
	struct access row = {change->zone, change->school, change->group, RULE_ONLY,
			     change->grade, 0};
	size_t n = 0;

	if (change->group == NONE) {
		rows[n++] = row;
		return n;
	}
	for (size_t g = 0; g < district->n_groups; g++) {
		row.group = g;
		if (district_whole_group(district, g) ==
		    district_whole_group(district, change->group))
			rows[n++] = row;
	}
	return n;
}

/* Takes out `never` rows of the school; where `only` rows bind these pupils, adds one. */
static void allow(struct arena *arena, struct district *changed, const struct change *change)
{
	const struct access *old = changed->access;
	size_t n = changed->n_access, zone = change->zone, kept = 0, i = 0;
	size_t *of_zone = arena_array(arena, changed->n_zones + 1, sizeof *of_zone);
	struct access *rows = arena_array(arena, n + 1 + changed->n_groups, sizeof *rows);

	for (size_t z = 0; z < changed->n_zones; z++) {
		bool only = false;

		of_zone[z] = kept;
		for (; i < changed->access_of_zone[z + 1]; i++) {
			bool here = z == zone && concerns(changed, &old[i], change);

			only |= here && old[i].rule == RULE_ONLY;
			if (!here || old[i].rule != RULE_NEVER || old[i].school != change->school)
				rows[kept++] = old[i];
		}
		if (only)
			kept += let_in(changed, change, rows + kept);
	}
	of_zone[changed->n_zones] = kept;
	changed->access = rows;
	changed->access_of_zone = of_zone;
	changed->n_access = kept;
}

struct change_rules change_rules(const struct district *district, const struct change *change)
{
	struct change_rules rules = {.only = false};

	for (size_t i = district->access_of_zone[change->zone];
	     i < district->access_of_zone[change->zone + 1]; i++) {
		const struct access *rule = &district->access[i];

		if (!concerns(district, rule, change))
			continue;
		rules.only |= rule->rule == RULE_ONLY;
		if (rule->rule == RULE_NEVER && rule->school == change->school &&
		    rules.n_never < sizeof rules.never / sizeof *rules.never)
			rules.never[rules.n_never++] = rule->line;
	}
	return rules;
}

/* --- limits ---------------------------------------------------------------------------------- */

bool change_limit_is_setting(const struct district *district, const struct change *change)
{
	return change->group == NONE || district->groups[change->group].limit_km == NOT_GIVEN;
}

int64_t change_limit_now(const struct district *district, const struct change *change)
{
	if (!change_limit_is_setting(district, change))
		return district->groups[change->group].limit_km;
	return change->grade <= LAST_PRIMARY ? district->settings.limit_primary
					     : district->settings.limit_junior;
}

static void change_group(struct arena *arena, struct district *changed,
			 const struct change *change)
{
	struct group made = changed->groups[change->group];

	if (change->kind == CHANGE_LIMIT)
		made.limit_km = change->amount;
	else if (change->kind == CHANGE_SHARE)
		made.max_share = change->amount;
	else
		made.public_only = false;
	set_group(arena, changed, change->group, &made);
}

static void set_limit(struct arena *arena, struct district *changed, const struct change *change)
{
	if (!change_limit_is_setting(changed, change))
		change_group(arena, changed, change);
	else if (change->grade <= LAST_PRIMARY)
		changed->settings.limit_primary = change->amount;
	else
		changed->settings.limit_junior = change->amount;
}

void change_apply(struct arena *arena, const struct district *district,
		  const struct change *change, struct district *changed)
{
	*changed = *district;
	switch (change->kind) {
	case CHANGE_NOTHING:
		break;
	case CHANGE_SEATS:
		add_seats(arena, changed, change);
		break;
	case CHANGE_SECTIONS:
		add_sections(arena, changed, change);
		break;
	case CHANGE_BEDS:
		own_school(arena, changed, change->school)->beds += change->amount;
		break;
	case CHANGE_PLACES:
		own_school(arena, changed, change->school)->places += change->amount;
		break;
	case CHANGE_CAP:
		raise_cap(arena, changed, change);
		break;
	case CHANGE_OPEN:
		open_school(arena, changed, change->school);
		break;
	case CHANGE_ALLOW:
		allow(arena, changed, change);
		break;
	case CHANGE_LIMIT:
		set_limit(arena, changed, change);
		break;
	case CHANGE_SHARE:
	case CHANGE_PUBLIC_ONLY:
		change_group(arena, changed, change);
		break;
	case CHANGE_MAX_KM:
		changed->settings.max_km = change->amount;
		break;
	case CHANGE_WHOLE_ZONES:
		changed->settings.whole_zones = false;
		break;
	case CHANGE_CLASS_MAX:
		changed->settings.class_max = change->amount;
		break;
	}
}

/* --- what it touches ------------------------------------------------------------------------- */

static bool opens_grade(const struct district *district, size_t school, int grade)
{
	for (size_t i = 0; i < district->n_later; i++)
		if (district->later[i].school == school && district->later[i].grade == grade)
			return true;
	return false;
}

/* Whether the grade is let in: a `never` row that goes may have barred more than one grade. */
static bool lets_in(const struct district *district, const struct change *change, int grade)
{
	if (change->grade == 0 || change->grade == grade)
		return true;
	for (size_t i = district->access_of_zone[change->zone];
	     i < district->access_of_zone[change->zone + 1]; i++) {
		const struct access *rule = &district->access[i];

		if (rule->rule == RULE_NEVER && rule->school == change->school &&
		    rule->grade == 0 && concerns(district, rule, change))
			return true;
	}
	return false;
}

void change_grades(const struct district *district, const struct change *change,
		   bool grades[LAST_GRADE + 1])
{
	bool limit = change->kind == CHANGE_LIMIT && change_limit_is_setting(district, change);

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		switch (change->kind) {
		case CHANGE_NOTHING:
			grades[g] = false;
			break;
		case CHANGE_SEATS:
		case CHANGE_SECTIONS:
			grades[g] = g == change->grade;
			break;
		case CHANGE_BEDS:
		case CHANGE_PLACES:
		case CHANGE_CAP:
			grades[g] = district_offering(district, change->school, g) != NULL;
			break;
		case CHANGE_ALLOW:
			grades[g] = lets_in(district, change, g);
			break;
		case CHANGE_LIMIT:
			grades[g] = !limit ||
				    (g <= LAST_PRIMARY) == (change->grade <= LAST_PRIMARY);
			break;
		case CHANGE_OPEN:
			grades[g] = opens_grade(district, change->school, g);
			break;
		default:
			grades[g] = true;
		}
	}
}

bool change_keeps_batches(const struct district *district, const struct change *change)
{
	switch (change->kind) {
	case CHANGE_SECTIONS:
		return district_offering(district, change->school, change->grade) != NULL;
	case CHANGE_NOTHING:
	case CHANGE_SEATS:
	case CHANGE_BEDS:
	case CHANGE_PLACES:
	case CHANGE_CAP:
		return true;
	default:
		return false;
	}
}
