#include "models/why.h"

#include "models/program.h"
#include "models/reach.h"

__extension__ typedef __int128 wide;

/* --- the plan -------------------------------------------------------------------------------- */

static void count_needs(struct whys *whys)
{
	const struct plan *plan = whys->plan;

	for (size_t i = 0; i < plan->n_placements; i++) {
		const struct placement *placement = &plan->placements[i];
		enum need need = NEED_NONE;

		if (placement->school != NONE)
			need = audit_need(whys->district, &whys->district->cells[placement->cell]);
		if (need == NEED_BOARDING)
			whys->boarders[placement->school] += placement->pupils;
		if (need == NEED_INCLUSION)
			whys->included[placement->school] += placement->pupils;
	}
}

void whys_open(struct whys *whys, struct arena *arena, const struct plan *plan,
	       const struct level_scale *levels)
{
	const struct district *district = plan->district;

	*whys = (struct whys){.plan = plan, .district = district, .levels = levels};
	whys->boarders = arena_array(arena, district->n_schools, sizeof *whys->boarders);
	whys->included = arena_array(arena, district->n_schools, sizeof *whys->included);
	choices_open(&whys->choices, district, plan->distances);
	capacities_make(arena, district, &whys->capacities);
	count_needs(whys);
}

void whys_close(struct whys *whys)
{
	choices_close(&whys->choices);
}

/* --- the pupils ------------------------------------------------------------------------------ */

static const struct cell *cell_at(const struct fellows *fellows, size_t i)
{
	return &fellows->whys->district->cells[fellows->cells[i]];
}

/* The first cell of the zone and grade of a cell. */
static size_t first_of_class(const struct district *district, size_t cell)
{
	const struct cell *cells = district->cells;

	while (cell > 0 && cells[cell - 1].zone == cells[cell].zone &&
	       cells[cell - 1].grade == cells[cell].grade)
		cell--;
	return cell;
}

static void find_cells(struct fellows *fellows, size_t cell, bool alone)
{
	const struct district *district = fellows->whys->district;
	const struct cell *like = &district->cells[cell];

	alone = alone && !program_goes_whole(district, like);
	for (size_t c = first_of_class(district, cell);
	     c < district->n_cells && district->cells[c].zone == like->zone &&
	     district->cells[c].grade == like->grade; c++) {
		if (c != cell && (alone || !program_alike(district, like, &district->cells[c])))
			continue;
		fellows->cells[fellows->n_cells++] = c;
		fellows->pupils += district->cells[c].pupils;
	}
}

static void add_use(struct fellows *fellows, size_t school, int64_t pupils)
{
	size_t at = fellows->n_uses;

	for (size_t i = 0; i < fellows->n_uses; i++)
		if (fellows->uses[i].school == school) {
			fellows->uses[i].pupils += pupils;
			return;
		}
	for (; at > 0 && fellows->uses[at - 1].school > school; at--)
		fellows->uses[at] = fellows->uses[at - 1];
	fellows->uses[at] = (struct use){school, pupils};
	fellows->n_uses++;
}

static void find_uses(struct fellows *fellows)
{
	const struct plan *plan = fellows->whys->plan;
	size_t room = 0;

	for (size_t i = 0; i < fellows->n_cells; i++) {
		size_t at = plan_first(plan, fellows->cells[i], 0);

		for (; at < plan->n_placements; at++) {
			if (plan->placements[at].cell != fellows->cells[i])
				break;
			fellows->uses = memory_grow(fellows->uses, &room, fellows->n_uses + 1,
						    sizeof *fellows->uses);
			add_use(fellows, plan->placements[at].school, plan->placements[at].pupils);
		}
	}
}

void fellows_open(struct fellows *fellows, struct whys *whys, size_t cell, bool alone)
{
	const struct district *district = whys->district;
	size_t n_levels = district->settings.levels.n_levels;

	*fellows = (struct fellows){.whys = whys};
	fellows->cells = memory_array(district->n_groups, sizeof *fellows->cells);
	find_cells(fellows, cell, alone);
	fellows->unit = program_goes_whole(district, &district->cells[cell]) ? fellows->pupils : 1;
	fellows->choosing = memory_array(fellows->n_cells, sizeof *fellows->choosing);
	for (size_t i = 0; i < fellows->n_cells; i++) {
		const struct cell *here = cell_at(fellows, i);

		fellows->choosing[i] = choice_of(choices_find(&whys->choices, here), here);
		fellows->choosing[i].most = choice_most(&fellows->choosing[i]);
	}
	find_uses(fellows);
	fellows->change = memory_array(n_levels, sizeof *fellows->change);
	fellows->least = memory_array(n_levels, sizeof *fellows->least);
}

int64_t fellows_at(const struct fellows *fellows, size_t school)
{
	for (size_t i = 0; i < fellows->n_uses; i++)
		if (fellows->uses[i].school == school)
			return fellows->uses[i].pupils;
	return 0;
}

void fellows_close(struct fellows *fellows)
{
	memory_free(fellows->cells);
	memory_free(fellows->choosing);
	memory_free(fellows->uses);
	memory_free(fellows->change);
	memory_free(fellows->least);
}

/* --- the rules ------------------------------------------------------------------------------- */

static bool rule_matches(const struct access *rule, const struct cell *cell)
{
	return (rule->grade == 0 || rule->grade == cell->grade) &&
	       (rule->group == NONE || rule->group == cell->group);
}

size_t why_never_line(const struct district *district, const struct cell *cell, size_t school)
{
	size_t line = 0;

	for (size_t i = district->access_of_zone[cell->zone];
	     i < district->access_of_zone[cell->zone + 1]; i++) {
		const struct access *rule = &district->access[i];

		if (rule->rule == RULE_NEVER && rule->school == school &&
		    rule_matches(rule, cell) && (line == 0 || rule->line < line))
			line = rule->line;
	}
	return line;
}

size_t why_only_lines(const struct district *district, const struct cell *cell, size_t *lines,
		      size_t room)
{
	size_t n = 0;

	for (size_t i = district->access_of_zone[cell->zone];
	     i < district->access_of_zone[cell->zone + 1]; i++) {
		const struct access *rule = &district->access[i];
		size_t at = n < room ? n : room, line = rule->line;

		if (rule->rule != RULE_ONLY || !rule_matches(rule, cell))
			continue;
		n++;
		for (; at > 0 && lines[at - 1] > line; at--)
			if (at < room)
				lines[at] = lines[at - 1];
		if (at < room)
			lines[at] = line;
	}
	return n;
}

/* What the school is and what they need, wherever they live. */
static enum why why_kind(const struct whys *whys, const struct cell *cell, size_t index)
{
	const struct school *school = &whys->district->schools[index];
	enum need need = audit_need(whys->district, cell);
	bool listed = school->first_grade > 0;

	if (listed && !school->open &&
	    (cell->grade < school->first_grade || cell->grade > school->last_grade))
		return WHY_NO_GRADE;
	if (!school->open)
		return WHY_OPENS_LATER;
	if (audit_offering(whys->district, index, cell->grade) == NONE)
		return WHY_NO_GRADE;
	if (school->kind == KIND_SPECIAL && need != NEED_SPECIAL)
		return WHY_SPECIAL_SCHOOL;
	if (school->kind != KIND_SPECIAL && need == NEED_SPECIAL)
		return WHY_NEEDS_SPECIAL;
	if (need == NEED_BOARDING && school->beds <= 0)
		return WHY_HAS_NO_BEDS;
	if (need == NEED_INCLUSION && school->places <= 0)
		return WHY_HAS_NO_PLACES;
	return audit_suits(whys->district, cell, index) ? WHY_LET_IN : WHY_PRIVATE;
}

static enum why why_cell(const struct whys *whys, const struct choosing *choosing, size_t school,
			 int64_t metres)
{
	const struct district *district = whys->district;
	const struct cell *cell = choosing->cell;
	enum why why = why_kind(whys, cell, school);

	if (why != WHY_LET_IN)
		return why;
	if (!audit_is_let(district, cell, school, choosing->only))
		return why_never_line(district, cell, school) > 0 ? WHY_NEVER : WHY_NOT_NAMED;
	if (metres == UNREACHABLE)
		return WHY_NO_WAY;
	if (district->offerings[audit_offering(district, school, cell->grade)].sections <= 0)
		return WHY_NO_CLASS;
	return metres > choosing->most ? WHY_TOO_FAR : WHY_LET_IN;
}

enum why why_rules(const struct fellows *fellows, size_t school, size_t *cell)
{
	return why_rules_at(fellows, school,
			    distance_metres(fellows->whys->plan->distances,
					    cell_at(fellows, 0)->zone, school), cell);
}

enum why why_rules_at(const struct fellows *fellows, size_t school, int64_t metres, size_t *cell)
{
	for (size_t i = 0; i < fellows->n_cells; i++) {
		enum why why = why_cell(fellows->whys, &fellows->choosing[i], school,
					metres);

		if (why == WHY_LET_IN)
			continue;
		if (cell)
			*cell = fellows->cells[i];
		return why;
	}
	return WHY_LET_IN;
}

/* --- room ------------------------------------------------------------------------------------ */

/* Pupils of a group in one unit. Where several cells are one and single pupils move, their groups
 * have no max_share. */
static int64_t unit_of_group(const struct fellows *fellows, size_t group)
{
	for (size_t i = 0; i < fellows->n_cells; i++)
		if (district_whole_group(fellows->whys->district, cell_at(fellows, i)->group) ==
		    group)
			return fellows->unit == 1 ? 1 : cell_at(fellows, i)->pupils;
	return 0;
}

/* Whether a group's pupils at a school, with `more` of them among `all` more, exceed its share. */
static bool exceeds_share(const struct whys *whys, size_t school, size_t group, int64_t more,
			  int64_t all)
{
	const struct school_figures *figures = &whys->plan->schools[school];
	int64_t share = whys->district->groups[group].max_share;

	return share != NOT_GIVEN &&
	       (wide)(plan_of_group(whys->plan, school, group) + more) * NANO >
		       (wide)share * (figures->assigned + all);
}

static bool share_reached(const struct fellows *fellows, size_t school)
{
	for (size_t g = 0; g < fellows->whys->district->n_groups; g++) {
		int64_t more = fellows->whys->district->groups[g].part_of
				       ? 0 : unit_of_group(fellows, g);

		if (more > 0 && exceeds_share(fellows->whys, school, g, more, fellows->unit))
			return true;
	}
	return false;
}

enum why why_room(const struct fellows *fellows, size_t school)
{
	const struct whys *whys = fellows->whys;
	const struct school *here = &whys->district->schools[school];
	const struct cell *cell = cell_at(fellows, 0);
	size_t offering = audit_offering(whys->district, school, cell->grade);
	enum need need = fellows->unit == 1 ? audit_need(whys->district, cell) : NEED_NONE;
	int64_t room = whys->capacities.offerings[offering].spare -
		       whys->plan->offerings[offering].assigned;

	if (room < fellows->unit)
		return room > 0 ? WHY_WHOLE : WHY_FULL;
	if (whys->plan->schools[school].assigned >
	    whys->capacities.schools[school].spare - fellows->unit)
		return WHY_CAP;
	if (share_reached(fellows, school))
		return WHY_SHARE;
	if (need == NEED_INCLUSION && whys->included[school] >= here->places)
		return WHY_PLACES_USED;
	if (need == NEED_BOARDING && whys->boarders[school] >= here->beds)
		return WHY_BEDS_USED;
	return WHY_LET_IN;
}

/* --- what the objective says ----------------------------------------------------------------- */

/* What a school's grade counts. */
struct counts {
	int64_t over_standard, large, oversized;
};

static struct counts counts_at(const struct district *district, const struct offering *offering,
			       int64_t load)
{
	int64_t over = load - offering->sections * offering->class_size;

	return (struct counts){
		over > 0 ? over : 0,
		classes_of_at_least(load, offering->sections, district->settings.class_large),
		classes_of_at_least(load, offering->sections, district->settings.class_oversized)};
}

/* What is counted more in the grade of a school with so many more pupils (or fewer). */
static struct counts counted_more(const struct fellows *fellows, size_t school, int64_t more)
{
	const struct whys *whys = fellows->whys;
	size_t at = school == NONE ? NONE
				   : audit_offering(whys->district, school,
						    cell_at(fellows, 0)->grade);
	struct counts before, after;

	if (at == NONE)
		return (struct counts){0};
	before = counts_at(whys->district, &whys->district->offerings[at],
			   whys->plan->offerings[at].load);
	after = counts_at(whys->district, &whys->district->offerings[at],
			  whys->plan->offerings[at].load + more);
	return (struct counts){after.over_standard - before.over_standard,
			       after.large - before.large, after.oversized - before.oversized};
}

static int64_t metres_to(const struct fellows *fellows, size_t school)
{
	int64_t metres = UNREACHABLE;

	if (school != NONE)
		metres = distance_metres(fellows->whys->plan->distances,
					 cell_at(fellows, 0)->zone, school);
	return metres == UNREACHABLE ? 0 : metres;
}

/* Pupils of a unit who are far at so many metres. */
static int64_t far_at(const struct fellows *fellows, int64_t metres)
{
	int64_t far = 0;

	for (size_t i = 0; i < fellows->n_cells; i++)
		if (metres > audit_limit_metres(fellows->whys->district, cell_at(fellows, i)))
			far += fellows->unit == 1 ? 1 : cell_at(fellows, i)->pupils;
	return fellows->unit == 1 && far > 1 ? 1 : far;
}

static int64_t unplaced_cost(const struct fellows *fellows, const struct level_scale *level)
{
	int64_t cost = 0;

	for (size_t i = 0; i < fellows->n_cells; i++) {
		const struct cell *cell = cell_at(fellows, i);

		if (fellows->unit == 1)
			return level->unplaced[cell->group];
		cost += level->unplaced[cell->group] * cell->pupils;
	}
	return cost;
}

/* Fills `change` with what every level gains if a unit goes from one school to another. */
static void weigh(const struct fellows *fellows, size_t from, size_t to)
{
	const struct whys *whys = fellows->whys;
	struct counts here = counted_more(fellows, to, fellows->unit);
	struct counts there = counted_more(fellows, from, -fellows->unit);
	int64_t metres = (metres_to(fellows, to) - metres_to(fellows, from)) * fellows->unit;
	int64_t priority = whys->district->groups[cell_at(fellows, 0)->group].priority;
	int64_t far = far_at(fellows, metres_to(fellows, to));

	if (from != NONE)
		far -= far_at(fellows, metres_to(fellows, from));
	for (size_t k = 0; k < whys->district->settings.levels.n_levels; k++) {
		const struct level_scale *level = &whys->levels[k];

		fellows->change[k] =
			(level_counts(level, priority)
				 ? level->per_metre * metres + level->far * far : 0) +
			level->over_standard * (here.over_standard + there.over_standard) +
			level->large_classes * (here.large + there.large) +
			level->oversized_classes * (here.oversized + there.oversized) -
			(from == NONE ? unplaced_cost(fellows, level) : 0);
	}
}

/* The first level at which `change` differs from `other` (NULL: from zeros), or n_levels. */
static size_t first_difference(const struct fellows *fellows, const int64_t *other)
{
	size_t n = fellows->whys->district->settings.levels.n_levels, k = 0;

	while (k < n && fellows->change[k] == (other ? other[k] : 0))
		k++;
	return k;
}

/* Whether `change` is the better one of two. */
static bool changes_less(const struct fellows *fellows, const int64_t *other)
{
	size_t k = first_difference(fellows, other);

	return k < fellows->whys->district->settings.levels.n_levels &&
	       fellows->change[k] < other[k];
}

static bool leaves_share(const struct fellows *fellows, size_t from)
{
	for (size_t g = 0; from != NONE && g < fellows->whys->district->n_groups; g++)
		if (exceeds_share(fellows->whys, from, g, -unit_of_group(fellows, g),
				  -fellows->unit))
			return true;
	return false;
}

static enum why verdict(const struct fellows *fellows, struct why_move *move)
{
	size_t n = fellows->whys->district->settings.levels.n_levels;

	move->level = first_difference(fellows, NULL);
	if (move->level == n)
		return WHY_SAME;
	move->change = fellows->change[move->level];
	return move->change > 0 ? WHY_WORSE : WHY_BETTER;
}

/* Of the other schools in use the one from which a unit moves best. */
static enum why why_move(const struct fellows *fellows, size_t school, struct why_move *move)
{
	struct counts more = counted_more(fellows, school, fellows->unit);
	size_t n = fellows->whys->district->settings.levels.n_levels;
	enum why why = WHY_SHARE_LEFT;

	*move = (struct why_move){NONE, n, 0, more.over_standard, more.large, more.oversized};
	for (size_t i = 0; i < fellows->n_uses; i++) {
		size_t from = fellows->uses[i].school;

		if (from == school || leaves_share(fellows, from))
			continue;
		weigh(fellows, from, school);
		if (why != WHY_SHARE_LEFT && !changes_less(fellows, fellows->least))
			continue;
		for (size_t k = 0; k < n; k++)
			fellows->least[k] = fellows->change[k];
		move->from = from;
		why = verdict(fellows, move);
	}
	return why;
}

struct why_not why_no_more(const struct fellows *fellows, size_t school)
{
	struct why_not made = {.cell = fellows->cells[0]};

	made.why = why_rules(fellows, school, &made.cell);
	if (made.why == WHY_LET_IN)
		made.why = why_room(fellows, school);
	if (made.why == WHY_LET_IN)
		made.why = why_move(fellows, school, &made.move);
	return made;
}

struct why_not why_not(const struct fellows *fellows, size_t school)
{
	int64_t pupils = fellows_at(fellows, school);

	if (pupils == 0)
		return why_no_more(fellows, school);
	return (struct why_not){.why = WHY_TAKEN, .cell = fellows->cells[0], .pupils = pupils};
}
