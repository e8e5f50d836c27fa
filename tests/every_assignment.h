/* tests/every_assignment.h - the best of all assignments of a tiny district, found by listing them.
 *
 * A reading of the rules of its own, on nothing but the district's tables and the matrix of ways:
 * it shares no function with what makes programs or with the audit. */
#ifndef SEATWISE_EVERY_ASSIGNMENT_H
#define SEATWISE_EVERY_ASSIGNMENT_H

#include "inputs/distance.h"
#include "inputs/district.h"

enum { LISTED_CELLS = 16, LISTED_SCHOOLS = 8, LISTED_LEVELS = 8 };

__extension__ typedef __int128 wide;

/* The walk over all assignments. Values of levels are in units of 10^-18. */
struct walk {
	const struct district *district;
	const struct distances *distances;
	bool open[LISTED_CELLS][LISTED_SCHOOLS];
	int64_t sent[LISTED_CELLS][LISTED_SCHOOLS + 1]; /* [n_schools]: unplaced */
	wide best[LISTED_LEVELS];
	int64_t found;                /* assignments that keep the rules */
	/* Told of each of these, with its terms in nano-units; may be NULL. */
	void (*tell)(struct walk *walk, const wide *terms);
	void *context;                /* of `tell` */
};

/* --- who may go where ------------------------------------------------------------------------ */

static inline bool walk_boards(const struct district *district, const struct cell *cell)
{
	return district->groups[cell->group].need == NEED_BOARDING && cell->grade >= 4;
}

static inline bool walk_offers(const struct district *district, const struct cell *cell, size_t s)
{
	for (size_t i = 0; i < district->n_offerings; i++)
		if (district->offerings[i].school == s &&
		    district->offerings[i].grade == cell->grade)
			return true;
	return false;
}

static inline bool walk_access(const struct district *district, const struct cell *cell, size_t s)
{
	bool any = false, named = false;

	for (size_t i = 0; i < district->n_access; i++) {
		const struct access *rule = &district->access[i];

		if (rule->zone != cell->zone || (rule->grade && rule->grade != cell->grade) ||
		    (rule->group != NONE && rule->group != cell->group))
			continue;
		if (rule->rule == RULE_NEVER && rule->school == s)
			return false;
		any |= rule->rule == RULE_ONLY;
		named |= rule->rule == RULE_ONLY && rule->school == s;
	}
	return !any || named;
}

/* All that says who may go where, max_km left out. */
static inline bool walk_lets(const struct walk *walk, const struct cell *cell, size_t s)
{
	const struct district *district = walk->district;
	const struct group *group = &district->groups[cell->group];
	const struct school *school = &district->schools[s];

	if ((group->need == NEED_SPECIAL) != (school->kind == KIND_SPECIAL) ||
	    (walk_boards(district, cell) && school->beds == 0) ||
	    (group->need == NEED_INCLUSION && school->places == 0) ||
	    (group->public_only && school->ownership == OWNERSHIP_PRIVATE))
		return false;
	return school->open && walk_offers(district, cell, s) &&
	       distance_metres(walk->distances, cell->zone, s) != UNREACHABLE &&
	       walk_access(district, cell, s);
}

/* max_km: a school further away is out of reach as soon as any other is nearer. */
static inline bool walk_reaches(const struct walk *walk, const struct cell *cell, size_t s)
{
	const struct district *district = walk->district;
	int64_t metres = distance_metres(walk->distances, cell->zone, s);

	if (!walk_lets(walk, cell, s))
		return false;
	if (district->settings.max_km == 0 || walk_boards(district, cell) ||
	    metres * (NANO / 1000) <= district->settings.max_km)
		return true;
	for (size_t other = 0; other < district->n_schools; other++)
		if (walk_lets(walk, cell, other) &&
		    distance_metres(walk->distances, cell->zone, other) < metres)
			return false;
	return true;
}

/* --- the rules over many pupils -------------------------------------------------------------- */

/* Of a school: pupils sent of a group (NONE: any) and grade (0: any). */
static inline int64_t walk_sent(const struct walk *walk, size_t school, size_t group, int grade)
{
	int64_t pupils = 0;

	for (size_t c = 0; c < walk->district->n_cells; c++) {
		const struct cell *cell = &walk->district->cells[c];

		if ((group == NONE || cell->group == group) && (!grade || cell->grade == grade))
			pupils += walk->sent[c][school];
	}
	return pupils;
}

static inline bool walk_caps_hold(const struct walk *walk, const struct school *school, int64_t sent)
{
	const struct settings *settings = &walk->district->settings;
	int64_t all = school->enrolled + sent;

	if (school->max_pupils != NOT_GIVEN && all > school->max_pupils)
		return false;
	if (school->land_m2 != NOT_GIVEN && all * settings->norm_land > school->land_m2)
		return false;
	return school->floor_m2 == NOT_GIVEN || all * settings->norm_floor <= school->floor_m2;
}

static inline bool walk_places_hold(const struct walk *walk, size_t s)
{
	const struct district *district = walk->district;
	int64_t boarders = 0, included = 0;

	for (size_t c = 0; c < district->n_cells; c++) {
		if (walk_boards(district, &district->cells[c]))
			boarders += walk->sent[c][s];
		if (district->groups[district->cells[c].group].need == NEED_INCLUSION)
			included += walk->sent[c][s];
	}
	return boarders <= district->schools[s].beds && included <= district->schools[s].places;
}

static inline bool walk_school_holds(const struct walk *walk, size_t s)
{
	const struct district *district = walk->district;
	int64_t all = walk_sent(walk, s, NONE, 0);

	for (size_t g = 0; g < district->n_groups; g++)
		if (district->groups[g].max_share != NOT_GIVEN &&
		    walk_sent(walk, s, g, 0) * NANO > district->groups[g].max_share * all)
			return false;
	return all == 0 || (walk_caps_hold(walk, &district->schools[s], all) &&
			    walk_places_hold(walk, s));
}

static inline bool walk_class_holds(const struct walk *walk, const struct offering *offering)
{
	int64_t sent = walk_sent(walk, offering->school, NONE, offering->grade);

	return sent == 0 || offering->enrolled + sent <=
				    offering->sections * walk->district->settings.class_max;
}

/* Whether two cells that whole_zones keeps together are in one place. */
static inline bool walk_together(const struct walk *walk, size_t a, size_t b)
{
	size_t ways = 0;

	for (size_t s = 0; s <= walk->district->n_schools; s++)
		ways += walk->sent[a][s] + walk->sent[b][s] > 0;
	return ways == 1;
}

/* Whether cells without needs of one zone and grade stay together. */
static inline bool walk_zones_hold(const struct walk *walk)
{
	const struct district *district = walk->district;

	for (size_t a = 0; a < district->n_cells; a++)
		for (size_t b = a; b < district->n_cells; b++) {
			const struct cell *first = &district->cells[a];
			const struct cell *second = &district->cells[b];

			if (first->zone == second->zone && first->grade == second->grade &&
			    district->groups[first->group].need == NEED_NONE &&
			    district->groups[second->group].need == NEED_NONE &&
			    !walk_together(walk, a, b))
				return false;
		}
	return true;
}

static inline bool walk_holds(const struct walk *walk)
{
	const struct district *district = walk->district;

	for (size_t i = 0; i < district->n_offerings; i++)
		if (!walk_class_holds(walk, &district->offerings[i]))
			return false;
	for (size_t s = 0; s < district->n_schools; s++)
		if (!walk_school_holds(walk, s))
			return false;
	return !district->settings.whole_zones || walk_zones_hold(walk);
}

/* --- what an assignment costs ---------------------------------------------------------------- */

/* Classes of so many and more, the pupils dealt out one by one. */
static inline int64_t walk_classes(int64_t load, int64_t sections, int64_t least)
{
	int64_t n = 0;

	for (int64_t i = 0; i < sections; i++)
		n += (load + sections - 1 - i) / sections >= least;
	return n;
}

/* Whether a pupil of the cell is far at so many metres. */
static inline bool walk_far(const struct district *district, const struct cell *cell,
			    int64_t metres)
{
	int64_t limit = cell->grade <= 6 ? district->settings.limit_primary
					 : district->settings.limit_junior;

	if (district->groups[cell->group].limit_km != NOT_GIVEN)
		limit = district->groups[cell->group].limit_km;
	return !walk_boards(district, cell) && metres * (NANO / 1000) > limit;
}

static inline void walk_count_ways(const struct walk *walk, wide *terms)
{
	const struct district *district = walk->district;

	for (size_t c = 0; c < district->n_cells; c++) {
		const struct cell *cell = &district->cells[c];

		terms[TERM_UNPLACED] += (wide)walk->sent[c][district->n_schools] *
					district->groups[cell->group].weight;
		for (size_t s = 0; s < district->n_schools; s++) {
			int64_t metres = distance_metres(walk->distances, cell->zone, s);

			if (walk->sent[c][s] == 0)
				continue;
			terms[TERM_TRAVEL_KM] += (wide)walk->sent[c][s] * metres * (NANO / 1000);
			if (walk_far(district, cell, metres))
				terms[TERM_FAR] += (wide)walk->sent[c][s] * NANO;
		}
	}
}

/* Every term in nano-units. */
static inline void walk_count(const struct walk *walk, wide *terms)
{
	const struct settings *settings = &walk->district->settings;

	for (size_t i = 0; i < walk->district->n_offerings; i++) {
		const struct offering *at = &walk->district->offerings[i];
		int64_t load = at->enrolled + walk_sent(walk, at->school, NONE, at->grade);
		int64_t over = load - at->sections * at->class_size;

		terms[TERM_LARGE_CLASSES] +=
			NANO * walk_classes(load, at->sections, settings->class_large);
		terms[TERM_OVERSIZED_CLASSES] +=
			NANO * walk_classes(load, at->sections, settings->class_oversized);
		terms[TERM_OVER_STANDARD] += NANO * (over > 0 ? over : 0);
	}
	walk_count_ways(walk, terms);
}

static inline void walk_judge(struct walk *walk)
{
	const struct objective *levels = &walk->district->settings.levels;
	wide terms[TERM_COUNT] = {0};
	bool better = walk->found == 0;

	if (!walk_holds(walk))
		return;
	walk_count(walk, terms);
	if (walk->tell)
		walk->tell(walk, terms);
	for (size_t k = 0; k < levels->n_levels; k++) {
		wide value = 0;

		for (int t = 0; t < TERM_COUNT; t++)
			value += terms[t] * levels->levels[k].factor[t];
		if (!better && value > walk->best[k])
			break;
		better |= value < walk->best[k];
		walk->best[k] = value;
	}
	walk->found++;
}

/* --- the walk -------------------------------------------------------------------------------- */

/* All ways to split what is left of a cell over the schools from `school` on. */
static inline void walk_split(struct walk *walk, size_t cell, size_t school, int64_t left)
{
	const struct district *district = walk->district;

	if (cell == district->n_cells) {
		walk_judge(walk);
		return;
	}
	if (school == district->n_schools) {
		walk->sent[cell][school] = left;
		walk_split(walk, cell + 1, 0, cell + 1 < district->n_cells ?
				   district->cells[cell + 1].pupils : 0);
		return;
	}
	for (int64_t n = 0; n <= (walk->open[cell][school] ? left : 0); n++) {
		walk->sent[cell][school] = n;
		walk_split(walk, cell, school + 1, left - n);
	}
}

static inline void walk_open(struct walk *walk, const struct district *district,
			     const struct distances *distances)
{
	*walk = (struct walk){.district = district, .distances = distances};
	for (size_t c = 0; c < district->n_cells; c++)
		for (size_t s = 0; s < district->n_schools; s++)
			walk->open[c][s] = walk_reaches(walk, &district->cells[c], s);
}

/* How many assignments there are, those that break rules over many pupils included. */
static inline double walk_length(const struct walk *walk)
{
	const struct district *district = walk->district;
	double length = 1;

	for (size_t c = 0; c < district->n_cells; c++) {
		int64_t schools = 0;

		for (size_t s = 0; s < district->n_schools; s++)
			schools += walk->open[c][s];
		for (int64_t i = 1; i <= schools; i++) /* pupils + schools over schools */
			length *= (double)(district->cells[c].pupils + i) / (double)i;
	}
	return length;
}

/* Lists all assignments; walk->best then has the best values, level by level. */
static inline void walk_all(struct walk *walk)
{
	walk_split(walk, 0, 0, walk->district->n_cells ? walk->district->cells[0].pupils : 0);
}

/* A value in units of 10^-digits, in those of the walk. */
static inline wide walk_units(int64_t value, int digits)
{
	wide units = value;

	for (int i = digits; i < 18; i++)
		units *= 10;
	return units;
}

#endif
