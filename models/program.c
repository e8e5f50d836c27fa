#include "models/program.h"

#include "models/tiers.h"
#include "models/routes.h"

static void list_offerings(struct arena *arena, struct program *program)
{
	const struct district *district = program->district;
	size_t *schools[LAST_GRADE + 1];

	program->item_of = arena_array(arena, district->n_offerings, sizeof *program->item_of);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		program->offerings_of_grade[g] =
			arena_array(arena, district->n_schools, sizeof(size_t));
		schools[g] = arena_array(arena, district->n_schools, sizeof(size_t));
	}
	for (size_t i = 0; i < district->n_offerings; i++) {
		int grade = district->offerings[i].grade;
		size_t item = program->n_offerings_of_grade[grade]++;

		program->item_of[i] = item;
		program->offerings_of_grade[grade][item] = i;
		schools[grade][item] = district->offerings[i].school;
	}
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		places_make(arena, program->distances, schools[g],
			    program->n_offerings_of_grade[g], &program->places[g]);
}

/* Whether the group has a share that could bind. */
static bool shares(const struct district *district, size_t group)
{
	int64_t share = district->groups[district_whole_group(district, group)].max_share;

	return share != NOT_GIVEN && share < NANO;
}

bool program_goes_whole(const struct district *district, const struct cell *cell)
{
	return district->settings.whole_zones && district->groups[cell->group].need == NEED_NONE;
}

/* Whether access.csv has a rule for one group only in this zone. */
static bool tells_groups_apart(const struct district *district, size_t zone)
{
	for (size_t i = district->access_of_zone[zone]; i < district->access_of_zone[zone + 1]; i++)
		if (district->access[i].group != NONE)
			return true;
	return false;
}

bool program_alike(const struct district *district, const struct cell *a, const struct cell *b)
{
	const struct group *first = &district->groups[a->group];
	const struct group *second = &district->groups[b->group];

	if (program_goes_whole(district, a) || program_goes_whole(district, b))
		return program_goes_whole(district, a) && program_goes_whole(district, b);
	return !shares(district, a->group) && !shares(district, b->group) &&
	       !tells_groups_apart(district, a->zone) && first->priority == second->priority &&
	       first->public_only == second->public_only && first->weight == second->weight &&
	       district_need(district, a->group, a->grade) ==
		       district_need(district, b->group, b->grade) &&
	       district_limit(district, a->group, a->grade) ==
		       district_limit(district, b->group, b->grade);
}

static void add_member(struct program *program, struct batch *batch, size_t cell)
{
	const struct district *district = program->district;
	const struct cell *here = &district->cells[cell];

	program->members[batch->first_member + batch->n_members++] = cell;
	batch->counts_share |= shares(district, here->group);
	if (program_goes_whole(district, here))
		batch->size += here->pupils;
	else
		batch->units += here->pupils;
}

static void add_batch(struct program *program, size_t first_member, size_t cell)
{
	const struct district *district = program->district;
	const struct cell *here = &district->cells[cell];
	bool together = program_goes_whole(district, here);

	program->batches[program->n_batches++] = (struct batch){
		.zone = here->zone, .grade = here->grade, .units = together ? 1 : 0,
		.size = together ? 0 : 1, .first_member = first_member,
		.priority = district->groups[here->group].priority,
		.need = together ? NEED_NONE : district_need(district, here->group, here->grade),
	};
}

/* Batches of the cells first..end, all of one zone and grade. */
static void make_batches(struct program *program, size_t first, size_t end, bool *taken)
{
	const struct district *district = program->district;
	size_t at = first;

	for (size_t i = first; i < end; i++) {
		if (taken[i])
			continue;
		add_batch(program, at, i);
		for (size_t j = i; j < end; j++) {
			if (taken[j] || (j != i && !program_alike(district, &district->cells[i],
							  &district->cells[j])))
				continue;
			add_member(program, &program->batches[program->n_batches - 1], j);
			taken[j] = true;
			at++;
		}
	}
}

static void list_batches(struct arena *arena, struct program *program)
{
	const struct district *district = program->district;
	size_t n = district->n_cells, first = 0;
	bool *taken = arena_array(arena, n, sizeof *taken);

	program->batches = arena_array(arena, n, sizeof *program->batches);
	program->members = arena_array(arena, n, sizeof *program->members);
	for (size_t i = 1; i <= n; i++) {
		const struct cell *a = &district->cells[first];

		if (i < n && a->zone == district->cells[i].zone &&
		    a->grade == district->cells[i].grade)
			continue;
		make_batches(program, first, i, taken);
		first = i;
	}
	for (size_t i = 0; i < n; i++)
		program->grade_pupils[district->cells[i].grade] += district->cells[i].pupils;
}

static void add_side(struct program *program, struct side_row row)
{
	program->sides[program->n_sides++] = row;
}

/* max_share = share / whole in lowest terms. */
static void add_share(struct program *program, size_t school, size_t group)
{
	int64_t share = program->district->groups[group].max_share, whole_nano = NANO;
	int64_t a = whole_nano, b = share;

	while (b) {
		int64_t rest = a % b;

		a = b;
		b = rest;
	}
	add_side(program, (struct side_row){SIDE_SHARE, school, group, 0, share / a,
					    whole_nano / a});
}

/* The side rows of one school that could bind. */
static void list_sides_of(struct program *program, size_t s, const struct school_cap *cap)
{
	const struct district *district = program->district;
	const struct school *school = &district->schools[s];
	int64_t seats = 0;

	for (size_t i = 0; i < school->n_offerings; i++)
		seats += program->seats[school->first_offering + i].spare;
	if (seats == 0)
		return;
	if (cap->spare < seats)
		add_side(program, (struct side_row){SIDE_CAP, s, NONE, cap->spare, 0, 0});
	if (school->beds > 0)
		add_side(program, (struct side_row){SIDE_BEDS, s, NONE, school->beds, 0, 0});
	if (school->places > 0)
		add_side(program, (struct side_row){SIDE_PLACES, s, NONE, school->places, 0, 0});
	for (size_t k = 0; k < district->n_groups; k++)
		if (!district->groups[k].part_of && shares(district, k))
			add_share(program, s, k);
}

static void list_sides(struct arena *arena, struct program *program,
		       const struct capacities *capacities)
{
	const struct district *district = program->district;

	program->sides = arena_array(arena, district->n_schools * (3 + district->n_groups),
				     sizeof *program->sides);
	program->sides_of_school = arena_array(arena, district->n_schools + 1, sizeof(size_t));
	for (size_t s = 0; s < district->n_schools; s++) {
		program->sides_of_school[s] = program->n_sides;
		list_sides_of(program, s, &capacities->schools[s]);
	}
	program->sides_of_school[district->n_schools] = program->n_sides;
}

/* Pupils who may still be sent to an offering: no more than its school takes, or its grade has. */
static int64_t spare_of(const struct program *program, const struct capacities *capacities,
			size_t i)
{
	const struct offering *offering = &program->district->offerings[i];
	int64_t spare = capacities->offerings[i].spare;
	int64_t cap = capacities->schools[offering->school].spare;
	int64_t demand = program->grade_pupils[offering->grade];

	if (cap < spare)
		spare = cap;
	return demand < spare ? demand : spare;
}

static void list_seats(struct arena *arena, struct program *program)
{
	const struct district *district = program->district;
	struct capacities capacities;

	capacities_make(arena, district, &capacities);
	program->seats = arena_array(arena, district->n_offerings, sizeof *program->seats);
	for (size_t i = 0; i < district->n_offerings; i++)
		tiers_make(district, i, spare_of(program, &capacities, i), &program->seats[i]);
	list_sides(arena, program, &capacities);
}

void program_with_seats(struct arena *arena, const struct program *base,
			const struct district *changed, struct program *program)
{
	*program = *base;
	program->district = changed;
	program->n_sides = 0;
	list_seats(arena, program);
}

void program_make(struct arena *arena, const struct district *district,
		  const struct distances *distances, const struct level_scale *levels,
		  struct program *program)
{
	*program = (struct program){.district = district, .distances = distances,
				    .levels = levels,
				    .n_levels = district->settings.levels.n_levels};
	list_offerings(arena, program);
	list_batches(arena, program);
	list_seats(arena, program);
}

int64_t program_arc_cost(const struct program *program, size_t level, size_t batch,
			 const struct arc *arc)
{
	const struct level_scale *scale = &program->levels[level];

	if (!level_counts(scale, program->batches[batch].priority))
		return 0;
	return scale->per_metre * arc->metres * program->batches[batch].size +
	       scale->far * arc->far;
}

int64_t program_unplaced_cost(const struct program *program, size_t level, size_t batch)
{
	const struct batch *here = &program->batches[batch];
	const int64_t *unplaced = program->levels[level].unplaced;
	const struct cell *cells = program->district->cells;
	const size_t *members = program->members + here->first_member;
	int64_t cost = 0;

	if (here->size == 1)
		return unplaced[cells[members[0]].group];
	for (size_t i = 0; i < here->n_members; i++)
		cost += unplaced[cells[members[i]].group] * cells[members[i]].pupils;
	return cost;
}

int64_t program_tier_cost(const struct program *program, size_t level, const struct tier *tier)
{
	const struct level_scale *scale = &program->levels[level];

	return scale->over_standard * tier->over_standard + scale->large_classes * tier->large +
	       scale->oversized_classes * tier->oversized;
}

int64_t program_constant(const struct program *program, size_t level, int grade)
{
	const struct level_scale *scale = &program->levels[level];
	int64_t constant = 0;

	for (size_t i = 0; i < program->n_offerings_of_grade[grade]; i++) {
		const struct seats *seats = &program->seats[program->offerings_of_grade[grade][i]];

		constant += scale->over_standard * seats->over_standard +
			    scale->large_classes * seats->large_classes +
			    scale->oversized_classes * seats->oversized_classes;
	}
	return constant;
}

/* Pupils of a group in one unit of a batch. */
static int64_t group_pupils(const struct program *program, const struct batch *batch, size_t group)
{
	int64_t pupils = 0;

	for (size_t i = 0; i < batch->n_members; i++) {
		const struct cell *cell =
			&program->district->cells[program->members[batch->first_member + i]];

		if (district_whole_group(program->district, cell->group) == group)
			pupils += batch->size == 1 ? 1 : cell->pupils;
	}
	return pupils;
}

int64_t program_side_coefficient(const struct program *program, const struct side_row *row,
				 size_t batch)
{
	const struct batch *here = &program->batches[batch];

	switch (row->kind) {
	case SIDE_CAP:
		return here->size;
	case SIDE_BEDS:
		return here->need == NEED_BOARDING ? here->size : 0;
	case SIDE_PLACES:
		return here->need == NEED_INCLUSION ? here->size : 0;
	case SIDE_SHARE:
		break;
	}
	return (here->counts_share ? group_pupils(program, here, row->group) * row->whole : 0) -
	       here->size * row->share;
}

bool program_level_matters(const struct program *program, size_t level, int grade)
{
	const struct level_scale *scale = &program->levels[level];

	if (scale->per_metre || scale->far)
		return true;
	for (size_t i = 0; i < program->n_batches; i++)
		if (program->batches[i].grade == grade &&
		    program_unplaced_cost(program, level, i))
			return true;
	for (size_t i = 0; i < program->n_offerings_of_grade[grade]; i++) {
		const struct seats *seats = &program->seats[program->offerings_of_grade[grade][i]];

		for (size_t j = 0; j < seats->n_tiers; j++)
			if (program_tier_cost(program, level, &seats->tiers[j]))
				return true;
	}
	return false;
}

static void warn_cell(const struct program *program, const struct cell *cell, struct diags *diags)
{
	const struct district *district = program->district;

	diag_warning(diags, DIAG_NO_SCHOOL, place_none(),
		     "zone %s, grade %d, group %s: no school may take its %lld pupils",
		     district->zones[cell->zone].id, cell->grade, district->groups[cell->group].id,
		     (long long)cell->pupils);
}

static bool has_way(const struct program *program, size_t batch)
{
	struct routes routes;
	struct arc arc;
	size_t n;

	routes_open(program, batch, &routes);
	n = routes_nearest(&routes, &arc, 1);
	routes_close(&routes);
	return n > 0;
}

int64_t program_warn_reachless(const struct program *program, struct diags *diags)
{
	enum { SHOWN = 10 };
	size_t cells = 0;
	int64_t pupils = 0;

	for (size_t b = 0; b < program->n_batches; b++) {
		const struct batch *batch = &program->batches[b];

		if (has_way(program, b))
			continue;
		for (size_t i = 0; i < batch->n_members; i++) {
			size_t cell = program->members[batch->first_member + i];

			pupils += program->district->cells[cell].pupils;
			if (cells++ < SHOWN)
				warn_cell(program, &program->district->cells[cell], diags);
		}
	}
	if (cells > SHOWN)
		diag_warning(diags, DIAG_NO_SCHOOL, place_none(),
			     "and %zu more cells that no school may take; %lld pupils in all",
			     cells - SHOWN, (long long)pupils);
	return pupils;
}
