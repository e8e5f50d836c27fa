#include "models/shortage.h"

#include <string.h>

#include "inputs/base/memory.h"
#include "models/reach.h"

enum { KEPT_LARGE = 3, KEPT_LATER = 2, STEP_METRES = 100 };

/* The plan that is looked at. */
struct gathering {
	struct whys *whys;
	const struct district *district;
	const struct plan *plan;
	const struct reference *reference;
	const struct floor *floor;
	struct shortages *shortages;
	int64_t *metres;   /* n_schools: from the zone looked at last */
	size_t zone;       /* which that is, or NONE */
};

/* --- shortages and remedies ------------------------------------------------------------------- */

static bool same_cause(const struct finding *a, const struct finding *b)
{
	return a->kind == b->kind && a->why == b->why && a->grade == b->grade &&
	       a->zone == b->zone && a->group == b->group && a->school == b->school;
}

/* The shortage of this cause; a new one where there is none yet. */
static struct shortage *find_shortage(struct gathering *gathering, const struct finding *cause)
{
	struct shortages *shortages = gathering->shortages;

	for (size_t i = 0; i < shortages->n; i++)
		if (same_cause(&shortages->all[i].cause, cause))
			return &shortages->all[i];
	shortages->all = memory_grow(shortages->all, &shortages->room, shortages->n + 1,
				     sizeof *shortages->all);
	shortages->all[shortages->n] = (struct shortage){.finding = *cause, .cause = *cause,
							       .last_zone = NONE};
	return &shortages->all[shortages->n++];
}

/* Placements come zone by zone. */
static void count_pupils(struct shortage *shortage, size_t zone, int64_t pupils)
{
	struct finding *finding = &shortage->finding;

	finding->count += pupils;
	if (shortage->last_zone == zone)
		return;
	shortage->last_zone = zone;
	if (finding->n_zones++ == 0)
		finding->zone = zone;
}

/* Amounts of one remedy add up, or the largest is enough where it is a limit. */
static void add_remedy(struct shortage *shortage, struct change change)
{
	for (size_t i = 0; i < shortage->n_remedies; i++) {
		struct change *there = &shortage->remedies[i];

		if (!change_alike(there, &change))
			continue;
		if (change.kind == CHANGE_MAX_KM || change.kind == CHANGE_LIMIT ||
		    change.kind == CHANGE_SHARE)
			there->amount = change.amount > there->amount ? change.amount
								      : there->amount;
		else
			there->amount += change.amount;
		return;
	}
	if (shortage->n_remedies < GATHERED_REMEDIES)
		shortage->remedies[shortage->n_remedies++] = change;
}

/* Metres as nano-km, a little rounded up. */
static int64_t limit_of(int64_t metres)
{
	return (metres + STEP_METRES - 1) / STEP_METRES * STEP_METRES * (NANO / 1000);
}

/* The change that takes a reason away at a school for the pupils of a cell, CHANGE_NOTHING where
 * there is none; amounts are in pupils, also of sections. */
static struct change lifting(const struct district *district, const struct cell *cell, enum why why,
			     size_t school, int64_t metres, int64_t pupils)
{
	struct change change = {CHANGE_NOTHING, school, NONE, NONE, 0, pupils};

	switch (why) {
	case WHY_NO_GRADE:
	case WHY_NO_CLASS:
	case WHY_FULL:
	case WHY_WHOLE:
	case WHY_WORSE: /* of far pupils: one more would make a class large */
		change.kind = CHANGE_SECTIONS;
		change.grade = cell->grade;
		break;
	case WHY_OPENS_LATER:
		change.kind = CHANGE_OPEN;
		break;
	case WHY_HAS_NO_BEDS:
	case WHY_BEDS_USED:
		change.kind = CHANGE_BEDS;
		break;
	case WHY_HAS_NO_PLACES:
	case WHY_PLACES_USED:
		change.kind = CHANGE_PLACES;
		break;
	case WHY_PRIVATE:
		change = (struct change){CHANGE_PUBLIC_ONLY, NONE, NONE, cell->group, 0, 0};
		break;
	case WHY_NEVER:
	case WHY_NOT_NAMED:
		change = (struct change){CHANGE_ALLOW, school, cell->zone, cell->group, cell->grade,
					 0};
		break;
	case WHY_TOO_FAR:
		change = (struct change){CHANGE_MAX_KM, NONE, NONE, NONE, 0, limit_of(metres)};
		break;
	case WHY_CAP:
		change.kind = CHANGE_CAP;
		break;
	case WHY_SHARE:
		change = (struct change){CHANGE_SHARE, NONE, NONE, cell->group, 0, NANO};
		break;
	default:
		break;
	}
	if (change.kind == CHANGE_SHARE && district->groups[cell->group].max_share == NOT_GIVEN)
		change.kind = CHANGE_NOTHING;
	return change;
}

/* --- unplaced pupils -------------------------------------------------------------------------- */

/* The nearest school of each reason. */
struct nearest_of {
	size_t school[WHY_COUNT];
	int64_t metres[WHY_COUNT];
	enum why most;        /* of those that may take them, as reasons are told; WHY_NO_GRADE: no
				 school may */
};

/* Whether a school that opens later brings a class in the grade. */
static bool brings_grade(const struct district *district, size_t school, int grade)
{
	for (size_t i = 0; i < district->n_later; i++)
		if (district->later[i].school == school && district->later[i].grade == grade)
			return district->later[i].sections > 0;
	return false;
}

/* Whether the school would have room for them if it were not for the rule: a change lifts one
 * only. */
static bool has_room(const struct gathering *gathering, const struct fellows *fellows,
		     const struct cell *cell, size_t school, enum why why)
{
	const struct whys *whys = gathering->whys;
	enum why room;

	if (why == WHY_OPENS_LATER)
		return brings_grade(gathering->district, school, cell->grade);
	if (why == WHY_NO_GRADE || why == WHY_NO_CLASS) /* which the change opens */
		return gathering->district->schools[school].open &&
		       gathering->plan->schools[school].assigned <=
		       whys->capacities.schools[school].spare - fellows->unit;
	if (!district_offering(gathering->district, school, cell->grade))
		return true; /* the rule is one that nothing lifts */
	room = why_room(fellows, school);
	return room == WHY_LET_IN || (why == WHY_HAS_NO_BEDS && room == WHY_BEDS_USED) ||
	       (why == WHY_HAS_NO_PLACES && room == WHY_PLACES_USED);
}

/* Whether the rules would let them in but for this one: a change lifts one only. */
static bool suits_else(const struct gathering *gathering, const struct cell *cell, size_t school,
		       enum why why)
{
	const struct district *district = gathering->district;
	const struct school *here = &district->schools[school];
	enum need need = district_need(district, cell->group, cell->grade);
	bool only = audit_has_only(district, cell);

	if ((here->kind == KIND_SPECIAL) != (need == NEED_SPECIAL) ||
	    (need == NEED_BOARDING && here->beds == 0 && why != WHY_HAS_NO_BEDS) ||
	    (need == NEED_INCLUSION && here->places == 0 && why != WHY_HAS_NO_PLACES) ||
	    (district->groups[cell->group].public_only && why != WHY_PRIVATE &&
	     here->ownership == OWNERSHIP_PRIVATE))
		return false;
	return why == WHY_NEVER || why == WHY_NOT_NAMED ||
	       audit_is_let(district, cell, school, only);
}

static void look_at_school(const struct gathering *gathering, const struct fellows *fellows,
			   const struct cell *cell, size_t school, struct nearest_of *nearest)
{
	int64_t metres = gathering->metres[school];
	enum why why = why_rules_at(fellows, school, metres, NULL);

	if (metres == UNREACHABLE)
		return;
	if (why == WHY_LET_IN) {
		why = why_room(fellows, school);
		if (why > nearest->most)
			nearest->most = why;
	} else if ((why != WHY_TOO_FAR && metres > fellows->choosing[0].most) ||
		   !has_room(gathering, fellows, cell, school, why) ||
		   !suits_else(gathering, cell, school, why)) {
		return;
	}
	if (nearest->school[why] == NONE || metres < nearest->metres[why]) {
		nearest->school[why] = school;
		nearest->metres[why] = metres;
	}
}

/* The reason at the nearest school that a change would open to them. */
static enum why nearest_lifted(const struct gathering *gathering, const struct cell *cell,
			       const struct nearest_of *nearest)
{
	enum why best = WHY_COUNT;

	for (enum why why = 0; why < WHY_FULL; why++) {
		if (nearest->school[why] == NONE ||
		    lifting(gathering->district, cell, why, 0, 0, 0).kind == CHANGE_NOTHING)
			continue;
		if (best == WHY_COUNT || nearest->metres[why] < nearest->metres[best])
			best = why;
	}
	return best;
}

/* Whether all of a grade has too few seats: then it does not matter which school is nearest. */
static bool grade_is_short(const struct gathering *gathering, int grade)
{
	for (size_t i = 0; i < gathering->floor->n_shortages; i++) {
		const struct floor_shortage *shortage = &gathering->floor->shortages[i];

		if (shortage->kind == FLOOR_DISTRICT && shortage->grade == grade &&
		    shortage->short_unplaced > 0 && !shortage->special)
			return true;
	}
	return false;
}

/* What the cause of a cell's unplaced pupils is told by. */
static struct finding cause_of(const struct gathering *gathering, const struct cell *cell,
			       const struct nearest_of *nearest)
{
	struct finding cause = {.kind = FINDING_NO_ROOM, .term = TERM_UNPLACED,
				.why = nearest->most, .grade = cell->grade, .zone = NONE,
				.group = NONE, .school = NONE};

	if (nearest->most < WHY_FULL) {
		cause.kind = FINDING_NO_SCHOOL;
		cause.why = nearest_lifted(gathering, cell, nearest);
		cause.group = cell->group;
		if (cause.why != WHY_COUNT && cause.why != WHY_PRIVATE &&
		    cause.why != WHY_TOO_FAR)
			cause.school = nearest->school[cause.why];
		if (cause.why == WHY_NOT_NAMED || cause.why == WHY_NEVER || cause.why == WHY_COUNT)
			cause.zone = cell->zone;
	} else if (nearest->most == WHY_SHARE || nearest->most == WHY_PLACES_USED ||
		   nearest->most == WHY_BEDS_USED) {
		cause.group = cell->group;
		cause.grade = 0;
	} else if (nearest->most < WHY_SHARE_LEFT && !grade_is_short(gathering, cell->grade)) {
		cause.school = nearest->school[nearest->most];
	}
	return cause;
}

/* Room first, at schools that may take them already; then rules. */
static void add_lifting(const struct district *district, const struct cell *cell,
			const struct nearest_of *nearest, int64_t pupils,
			struct shortage *shortage)
{
	for (int i = 0; i < WHY_SHARE_LEFT; i++) {
		enum why why = (enum why)((i + WHY_FULL) % WHY_SHARE_LEFT);
		struct change change = {.kind = CHANGE_NOTHING};

		if (nearest->school[why] != NONE)
			change = lifting(district, cell, why, nearest->school[why],
					 nearest->metres[why], pupils);
		if (change.kind != CHANGE_NOTHING)
			add_remedy(shortage, change);
	}
}

static void find_ways(struct gathering *gathering, size_t zone)
{
	if (gathering->zone == zone)
		return;
	gathering->zone = zone;
	for (size_t s = 0; s < gathering->district->n_schools; s++)
		gathering->metres[s] = distance_metres(gathering->plan->distances, zone, s);
}

static void add_unplaced(struct gathering *gathering, const struct placement *placement)
{
	const struct district *district = gathering->district;
	const struct cell *cell = &district->cells[placement->cell];
	struct nearest_of nearest = {.most = WHY_NO_GRADE};
	struct fellows fellows;
	struct finding cause;
	struct shortage *shortage;

	for (size_t i = 0; i < WHY_COUNT; i++)
		nearest.school[i] = NONE;
	find_ways(gathering, cell->zone);
	fellows_open(&fellows, gathering->whys, placement->cell, true);
	for (size_t s = 0; s < district->n_schools; s++)
		look_at_school(gathering, &fellows, cell, s, &nearest);
	fellows_close(&fellows);
	cause = cause_of(gathering, cell, &nearest);
	shortage = find_shortage(gathering, &cause);
	count_pupils(shortage, cell->zone, placement->pupils);
	if (shortage->finding.n_zones == 1 && cause.why != WHY_COUNT)
		shortage->finding.metres = nearest.metres[cause.why];
	if (nearest.most == WHY_WHOLE)
		add_remedy(shortage, (struct change){CHANGE_WHOLE_ZONES, NONE, NONE, NONE, 0, 0});
	add_lifting(district, cell, &nearest, placement->pupils, shortage);
}

static void gather_unplaced(struct gathering *gathering)
{
	size_t n_schools = gathering->district->n_schools, looks = 0;

	gathering->zone = NONE;
	gathering->metres = memory_array(n_schools, sizeof *gathering->metres);
	for (size_t i = 0; i < gathering->plan->n_placements && looks < SHORTAGE_LOOKS; i++)
		if (gathering->plan->placements[i].school == NONE) {
			add_unplaced(gathering, &gathering->plan->placements[i]);
			looks += n_schools;
		}
	memory_free(gathering->metres);
}

/* --- large classes ---------------------------------------------------------------------------- */

/* Pupils above all classes of a grade that are not large. */
static int64_t pupils_above(const struct gathering *gathering, int grade)
{
	const struct district *district = gathering->district;
	int64_t pupils = 0;

	for (size_t i = 0; i < district->n_offerings; i++) {
		const struct offering *offering = &district->offerings[i];
		int64_t above = gathering->plan->offerings[i].load -
				(district->settings.class_large - 1) * offering->sections;

		if (offering->grade == grade && above > 0)
			pupils += above;
	}
	return pupils;
}

/* The offering of a grade with the most large classes after (or like) the last one taken. */
static size_t next_largest(const struct gathering *gathering, int grade, const size_t *taken,
			   size_t n)
{
	const struct district *district = gathering->district;
	size_t best = NONE;

	for (size_t i = 0; i < district->n_offerings; i++) {
		int64_t large = gathering->plan->offerings[i].large_classes;
		bool free = true;

		for (size_t j = 0; j < n; j++)
			free &= taken[j] != i;
		if (!free || district->offerings[i].grade != grade || large == 0)
			continue;
		if (best == NONE || large > gathering->plan->offerings[best].large_classes)
			best = i;
	}
	return best;
}

/* Schools that open later and have the grade, those with most classes first. */
static void add_later(const struct gathering *gathering, int grade, struct shortage *shortage)
{
	const struct district *district = gathering->district;
	int64_t before = INT64_MAX;

	for (int kept = 0; kept < KEPT_LATER; kept++) {
		const struct offering *best = NULL;

		for (size_t i = 0; i < district->n_later; i++) {
			const struct offering *later = &district->later[i];

			if (later->grade == grade && later->sections < before &&
			    (!best || later->sections > best->sections))
				best = later;
		}
		if (!best || best->sections == 0)
			return;
		before = best->sections;
		add_remedy(shortage, (struct change){CHANGE_OPEN, best->school, NONE, NONE, 0, 0});
	}
}

static void gather_large(struct gathering *gathering, int grade)
{
	const struct district *district = gathering->district;
	struct finding cause = {.kind = FINDING_LARGE, .term = TERM_LARGE_CLASSES,
				.why = WHY_FULL, .grade = grade, .zone = NONE, .group = NONE,
				.school = NONE};
	struct shortage *shortage;
	size_t taken[KEPT_LARGE];

	for (size_t i = 0; i < district->n_offerings; i++)
		if (district->offerings[i].grade == grade)
			cause.count += gathering->plan->offerings[i].large_classes;
	if (cause.count == 0)
		return;
	shortage = find_shortage(gathering, &cause);
	for (size_t n = 0; n < KEPT_LARGE; n++) {
		taken[n] = next_largest(gathering, grade, taken, n);
		if (taken[n] == NONE)
			break;
		add_remedy(shortage, (struct change){CHANGE_SECTIONS,
						     district->offerings[taken[n]].school, NONE,
						     NONE, grade, pupils_above(gathering, grade)});
	}
	add_later(gathering, grade, shortage);
}

/* --- far pupils ------------------------------------------------------------------------------- */

/* Schools that open later, within the limit of the pupils of a cell: the nearest. */
static void add_later_near(const struct gathering *gathering, const struct cell *cell,
			   struct shortage *shortage)
{
	const struct district *district = gathering->district;
	int64_t least = INT64_MAX;
	size_t nearest = NONE;

	for (size_t i = 0; i < district->n_later; i++) {
		size_t school = district->later[i].school;
		int64_t metres;

		if (district->later[i].grade != cell->grade || district->later[i].sections == 0)
			continue;
		metres = distance_metres(gathering->plan->distances, cell->zone, school);
		if (metres < least) {
			least = metres;
			nearest = school;
		}
	}
	if (nearest != NONE && least <= audit_limit_metres(district, cell))
		add_remedy(shortage, (struct change){CHANGE_OPEN, nearest, NONE, NONE, 0, 0});
}

/* What keeps far pupils out of the school that they are nearest to; WHY_WORSE: not room. */
static enum why why_full(const struct gathering *gathering, size_t cell, size_t school)
{
	struct fellows fellows;
	enum why why;

	fellows_open(&fellows, gathering->whys, cell, true);
	why = why_room(&fellows, school);
	fellows_close(&fellows);
	return why == WHY_LET_IN ? WHY_WORSE : why;
}

static void add_far(struct gathering *gathering, const struct placement *placement)
{
	const struct district *district = gathering->district;
	const struct cell *cell = &district->cells[placement->cell];
	const struct nearest_school *near = &gathering->reference->nearest[placement->cell];
	bool own = district->groups[cell->group].limit_km != NOT_GIVEN;
	struct finding cause = {.kind = FINDING_FAR_FULL, .term = TERM_FAR, .why = WHY_FULL,
				.grade = cell->grade, .zone = NONE, .group = NONE,
				.school = near->school};
	struct shortage *shortage;

	if (near->metres > audit_limit_metres(district, cell)) {
		cause.kind = FINDING_FAR_ALL;
		cause.school = NONE;
		cause.group = own ? cell->group : NONE;
		cause.grade = own ? 0 : cell->grade <= LAST_PRIMARY ? FIRST_GRADE : LAST_GRADE;
	}
	if (cause.kind == FINDING_FAR_FULL)
		cause.why = why_full(gathering, placement->cell, near->school);
	if (cause.why == WHY_SHARE || cause.why == WHY_PLACES_USED || cause.why == WHY_BEDS_USED)
		cause.group = cell->group;
	shortage = find_shortage(gathering, &cause);
	count_pupils(shortage, cell->zone, placement->pupils);
	if (near->metres > shortage->finding.metres)
		shortage->finding.metres = near->metres;
	add_remedy(shortage, cause.kind == FINDING_FAR_ALL
				     ? (struct change){CHANGE_LIMIT, NONE, NONE, cause.group,
						       cause.grade, limit_of(near->metres)}
				     : lifting(district, cell, cause.why, near->school,
					       near->metres, placement->pupils));
	add_later_near(gathering, cell, shortage);
}

static void gather_far(struct gathering *gathering)
{
	const struct district *district = gathering->district;

	for (size_t i = 0; i < gathering->plan->n_placements; i++) {
		const struct placement *placement = &gathering->plan->placements[i];

		if (placement->school != NONE &&
		    plan_metres(gathering->plan, placement) >
			    audit_limit_metres(district, &district->cells[placement->cell]))
			add_far(gathering, placement);
	}
}

/* --- by arithmetic ---------------------------------------------------------------------------- */

static void gather_floor(struct gathering *gathering)
{
	for (size_t i = 0; i < gathering->floor->n_shortages; i++) {
		const struct floor_shortage *shortage = &gathering->floor->shortages[i];
		bool unplaced = shortage->short_unplaced > 0;
		struct finding cause = {
			.kind = FINDING_SEATS_SHORT,
			.term = unplaced ? TERM_UNPLACED : TERM_LARGE_CLASSES,
			.count = unplaced ? shortage->short_unplaced : shortage->short_large,
			.why = WHY_FULL, .grade = shortage->grade, .zone = NONE, .group = NONE,
			.school = i, .shortage = shortage};

		find_shortage(gathering, &cause)->finding.school = NONE;
	}
}

/* --- all of them ------------------------------------------------------------------------------ */

/* The first level that counts the term, or their number. */
static size_t level_of(const struct objective *objective, enum term term)
{
	size_t k = 0;

	while (k < objective->n_levels && objective->levels[k].factor[term] == 0)
		k++;
	return k;
}

static int compare_shortages(const void *a, const void *b, void *context)
{
	const struct finding *first = &((const struct shortage *)a)->finding;
	const struct finding *second = &((const struct shortage *)b)->finding;
	size_t one = level_of(context, first->term), two = level_of(context, second->term);

	if (one != two)
		return one < two ? -1 : 1;
	if ((first->kind == FINDING_SEATS_SHORT) != (second->kind == FINDING_SEATS_SHORT))
		return first->kind == FINDING_SEATS_SHORT ? 1 : -1;
	if (first->count != second->count)
		return first->count > second->count ? -1 : 1;
	if (first->kind != second->kind)
		return first->kind < second->kind ? -1 : 1;
	if (first->grade != second->grade)
		return first->grade < second->grade ? -1 : 1;
	if (first->zone != second->zone)
		return first->zone < second->zone ? -1 : 1;
	if (first->group != second->group)
		return first->group < second->group ? -1 : 1;
	return (first->school > second->school) - (first->school < second->school);
}

/* Rules, settings and schools that open come first, then the amounts that serve most pupils. */
static int compare_remedies(const void *a, const void *b, void *context)
{
	const struct change *first = a, *second = b;
	bool one = change_is_amount(first), two = change_is_amount(second);

	(void)context;
	if (one != two)
		return one ? 1 : -1;
	if (one && first->amount != second->amount)
		return first->amount > second->amount ? -1 : 1;
	if (first->kind != second->kind)
		return first->kind < second->kind ? -1 : 1;
	if (first->zone != second->zone)
		return first->zone < second->zone ? -1 : 1;
	if (first->group != second->group)
		return first->group < second->group ? -1 : 1;
	if (first->grade != second->grade)
		return first->grade < second->grade ? -1 : 1;
	return (first->school > second->school) - (first->school < second->school);
}

static void keep_best(struct shortage *shortage)
{
	memory_sort(shortage->remedies, shortage->n_remedies, sizeof *shortage->remedies,
		    compare_remedies, NULL);
	if (shortage->n_remedies > MOST_REMEDIES)
		shortage->n_remedies = MOST_REMEDIES;
}

void shortages_find(struct whys *whys, const struct reference *reference,
		    const struct floor *floor, struct shortages *shortages)
{
	struct gathering gathering = {.whys = whys, .district = whys->district,
				      .plan = whys->plan, .reference = reference, .floor = floor,
				      .shortages = shortages};
	struct objective objective = whys->district->settings.levels;

	*shortages = (struct shortages){NULL, 0, 0};
	gather_floor(&gathering);
	gather_unplaced(&gathering);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		gather_large(&gathering, g);
	gather_far(&gathering);
	for (size_t i = 0; i < shortages->n; i++)
		keep_best(&shortages->all[i]);
	memory_sort(shortages->all, shortages->n, sizeof *shortages->all, compare_shortages,
		    &objective);
}
