#include "models/floor.h"

#include <stdlib.h>
#include <string.h>

#include "inputs/base/parallel.h"
#include "models/floor_parts.h"
#include "models/reach.h"

static int64_t least_of(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t above_nought(int64_t number)
{
	return number > 0 ? number : 0;
}

size_t floor_stream_of(const struct district *district, const struct cell *cell)
{
	return 2 * (size_t)(cell->grade - FIRST_GRADE) +
	       (audit_need(district, cell) == NEED_SPECIAL);
}

static size_t stream_of_offering(const struct district *district, const struct offering *offering)
{
	return 2 * (size_t)(offering->grade - FIRST_GRADE) +
	       (district->schools[offering->school].kind == KIND_SPECIAL);
}

/* --- counting -------------------------------------------------------------------------------- */

static struct floor_seats seats_of(const struct floor_work *work, size_t i)
{
	const struct settings *settings = &work->district->settings;
	const struct offering *offering = &work->district->offerings[i];
	int64_t sections = offering->sections, stay = offering->enrolled;
	int64_t most = least_of(work->capacities->offerings[i].spare,
				work->capacities->schools[offering->school].spare);

	return (struct floor_seats){
		least_of(above_nought(sections * offering->class_size - stay), most),
		least_of(above_nought(sections * (settings->class_large - 1) - stay), most),
		least_of(above_nought(sections * (settings->class_oversized - 1) - stay), most),
		most};
}

static void add_seats(struct floor_seats *sum, const struct floor_seats *more)
{
	sum->standard += more->standard;
	sum->below_large += more->below_large;
	sum->below_oversized += more->below_oversized;
	sum->most += more->most;
}

/* What those who stay alone make of an offering. */
static void add_stay(const struct settings *settings, const struct offering *offering,
		     struct floor_grade *grade)
{
	int64_t stay = offering->enrolled, sections = offering->sections;

	grade->over_standard += above_nought(stay - sections * offering->class_size);
	grade->large_classes += classes_of_at_least(stay, sections, settings->class_large);
	grade->oversized_classes += classes_of_at_least(stay, sections, settings->class_oversized);
}

/* The bounds count those who stay, for the time being. */
static void count_offerings(struct arena *arena, struct floor_work *work)
{
	const struct district *district = work->district;

	work->seats = arena_array(arena, district->n_offerings, sizeof *work->seats);
	work->item_of = arena_array(arena, district->n_offerings, sizeof *work->item_of);
	for (size_t s = 0; s < N_STREAMS; s++)
		work->offerings[s] = arena_array(arena, district->n_schools, sizeof(size_t));
	for (size_t i = 0; i < district->n_offerings; i++) {
		const struct offering *offering = &district->offerings[i];
		size_t s = stream_of_offering(district, offering);

		work->seats[i] = seats_of(work, i);
		add_seats(&work->grades[s].seats, &work->seats[i]);
		add_stay(&district->settings, offering, &work->grades[s]);
		if (offering->sections == 0)
			continue;
		work->item_of[i] = work->n_offerings[s];
		work->offerings[s][work->n_offerings[s]++] = i;
	}
}

static void count_cells(struct floor_work *work)
{
	const struct district *district = work->district;

	for (size_t c = 0; c < district->n_cells; c++) {
		const struct cell *cell = &district->cells[c];
		const struct nearest_school *nearest = &work->reference->nearest[c];
		struct floor_grade *grade = &work->grades[floor_stream_of(district, cell)];

		grade->pupils += cell->pupils;
		if (nearest->school == NONE)
			grade->no_school += cell->pupils;
		else if (distance_beyond(nearest->metres,
					 district_limit(district, cell->group, cell->grade)))
			grade->far_at_nearest += cell->pupils;
	}
}

/* --- who must stay unplaced ------------------------------------------------------------------ */

static void count_seats(const struct floor_work *work, const size_t *offerings, size_t n,
			struct floor_set *set)
{
	struct floor_seats seats = {0};

	for (size_t i = 0; i < n; i++)
		add_seats(&seats, &work->seats[offerings[i]]);
	set->row.schools = (int64_t)n;
	set->row.seats_most = seats.most;
	set->row.seats_below_large = seats.below_large;
	set->row.short_unplaced = above_nought(set->row.pupils - seats.most);
	set->row.short_large = above_nought(set->row.pupils - seats.below_large);
	set->short_standard = above_nought(set->row.pupils - seats.standard);
}

void floor_found_add(struct floor_work *work, size_t stream, const struct floor_shortage *row,
		     const size_t *offerings, size_t n)
{
	struct floor_found *found = &work->found[stream];
	struct floor_set set = {.row = *row};
	size_t *copy;

	set.row.grade = work->grades[stream].grade;
	set.row.special = work->grades[stream].special;
	count_seats(work, offerings, n, &set);
	if (set.row.short_large == 0 && set.row.short_unplaced == 0 && set.short_standard == 0)
		return;
	copy = arena_array(&found->arena, n, sizeof *copy);
	for (size_t i = 0; i < n; i++)
		copy[i] = offerings[i];
	set.offerings = copy;
	found->sets = memory_grow(found->sets, &found->room, found->n + 1, sizeof *found->sets);
	found->sets[found->n++] = set;
	found->unplaced[row->kind] += set.row.short_unplaced;
}

static void find_of_district(struct floor_work *work, size_t stream)
{
	const struct floor_grade *grade = &work->grades[stream];
	struct floor_shortage row = {.kind = FLOOR_DISTRICT, .id = "", .name = "",
				     .pupils = grade->pupils - grade->no_school};

	floor_found_add(work, stream, &row, work->offerings[stream], work->n_offerings[stream]);
}

static bool has_place_rules(const struct district *district)
{
	return district->n_access > 0 || district->settings.max_km > 0 ||
	       district->settings.distance_missing == DISTANCE_UNREACHABLE;
}

static int by_township(const void *a, const void *b, void *context)
{
	const struct zone *zones = ((const struct floor_work *)context)->district->zones;
	size_t left = *(const size_t *)a, right = *(const size_t *)b;
	int order = strcmp(zones[left].township, zones[right].township);

	return order ? order : (left > right) - (left < right);
}

static void order_zones(struct arena *arena, struct floor_work *work)
{
	const struct district *district = work->district;
	size_t n = district->n_zones;

	work->zones = arena_array(arena, n, sizeof *work->zones);
	work->first_cell = arena_array(arena, n + 1, sizeof *work->first_cell);
	for (size_t z = 0; z < n; z++)
		work->zones[z] = z;
	memory_sort(work->zones, n, sizeof *work->zones, by_township, work);
	for (size_t c = 0; c < district->n_cells; c++)
		work->first_cell[district->cells[c].zone + 1]++;
	for (size_t z = 0; z < n; z++)
		work->first_cell[z + 1] += work->first_cell[z];
}

static void find_in_stream(void *context, size_t stream)
{
	floor_places_find(context, stream);
}

/* Pupils of different places are different pupils, so what disjoint places are short of adds up. */
static void count_unplaced(struct arena *arena, struct floor_work *work)
{
	for (size_t s = 0; s < N_STREAMS; s++)
		find_of_district(work, s);
	if (has_place_rules(work->district)) {
		order_zones(arena, work);
		parallel_for(N_STREAMS, find_in_stream, work);
	}
	for (size_t s = 0; s < N_STREAMS; s++) {
		struct floor_grade *grade = &work->grades[s];
		int64_t most = 0;

		for (int kind = 0; kind < FLOOR_PLACES; kind++)
			if (work->found[s].unplaced[kind] > most)
				most = work->found[s].unplaced[kind];
		grade->unplaced = grade->no_school + most;
	}
}

/* --- the bounds ------------------------------------------------------------------------------ */

/* No more pupils of all grades together than the schools' caps leave. */
static int64_t unplaced_of_all(const struct floor_work *work)
{
	const struct district *district = work->district;
	int64_t pupils = 0, no_school = 0, seats = 0;

	for (size_t s = 0; s < N_STREAMS; s++) {
		pupils += work->grades[s].pupils;
		no_school += work->grades[s].no_school;
	}
	for (size_t i = 0; i < district->n_schools; i++) {
		const struct school *school = &district->schools[i];
		int64_t here = 0;

		for (size_t j = 0; j < school->n_offerings; j++)
			here += work->seats[school->first_offering + j].most;
		seats += least_of(here, work->capacities->schools[i].spare);
	}
	return no_school + above_nought(pupils - no_school - seats);
}

static void bound_unplaced(struct floor_work *work, int64_t unplaced_most, struct floor *made)
{
	int64_t sum = 0, all = unplaced_of_all(work);

	for (size_t s = 0; s < N_STREAMS; s++)
		sum += work->grades[s].unplaced;
	made->unplaced = all > sum ? all : sum;
	work->slack = (unplaced_most > made->unplaced ? unplaced_most : made->unplaced) - sum;
}

/* A grade's own bounds; made->far and made->over_standard wait for the slack. */
static void bound_grade(struct floor_work *work, size_t s, struct floor *made)
{
	const struct settings *settings = &work->district->settings;
	struct floor_grade *grade = &work->grades[s];
	int64_t unplaced = grade->unplaced - grade->no_school, far, over;

	far = above_nought(grade->far_at_nearest - unplaced);
	over = above_nought(floor_over_standard(work, s) - unplaced);
	made->far += far;
	made->over_standard += over;
	grade->far = above_nought(far - work->slack);
	grade->over_standard += above_nought(over - work->slack);
	unplaced += work->slack;
	grade->large_classes += floor_classes(work, s, settings->class_large, unplaced);
	grade->oversized_classes += floor_classes(work, s, settings->class_oversized, unplaced);
	made->large_classes += grade->large_classes;
	made->oversized_classes += grade->oversized_classes;
}

/*
 * In every grade no fewer than grade->unplaced pupils are unplaced and, of all together, no more
 * than the slack besides. One pupil fewer makes one fewer far, or above the standard size, at most;
 * so the slack comes off the sum of the grades once. A class goes with the one pupil too many as
 * well, but the next may take ten: there each grade is given all of the slack.
 */
static void bound_all(struct floor_work *work, struct floor *made)
{
	int64_t stay = 0;

	for (size_t s = 0; s < N_STREAMS; s++) {
		stay += work->grades[s].over_standard;
		bound_grade(work, s, made);
	}
	made->far = above_nought(made->far - work->slack);
	made->over_standard = stay + above_nought(made->over_standard - work->slack);
	made->metres = floor_metres(work);
}

/* --- handing over ---------------------------------------------------------------------------- */

static void list_grades(struct arena *arena, const struct floor_work *work, struct floor *made)
{
	made->grades = arena_array(arena, N_STREAMS, sizeof *made->grades);
	for (size_t s = 0; s < N_STREAMS; s++)
		if (work->grades[s].pupils > 0 || work->n_offerings[s] > 0)
			made->grades[made->n_grades++] = work->grades[s];
}

static int compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int by_shortage(const void *a, const void *b, void *context)
{
	const struct floor_shortage *left = a, *right = b;
	int order = compare(right->short_unplaced, left->short_unplaced);

	(void)context;
	if (order == 0)
		order = compare(right->short_large, left->short_large);
	if (order == 0)
		order = compare(left->kind, right->kind);
	if (order == 0)
		order = compare(left->grade, right->grade);
	if (order == 0)
		order = compare(left->special, right->special);
	return order ? order : strcmp(left->id, right->id);
}

/* Seats at standard size are no shortage. */
static void list_shortages(struct arena *arena, struct floor_work *work, struct floor *made)
{
	size_t n = 0;

	for (size_t s = 0; s < N_STREAMS; s++)
		n += work->found[s].n;
	made->shortages = arena_array(arena, n, sizeof *made->shortages);
	for (size_t s = 0; s < N_STREAMS; s++)
		for (size_t i = 0; i < work->found[s].n; i++) {
			const struct floor_shortage *row = &work->found[s].sets[i].row;

			if (row->short_unplaced > 0 || row->short_large > 0)
				made->shortages[made->n_shortages++] = *row;
		}
	memory_sort(made->shortages, made->n_shortages, sizeof *made->shortages, by_shortage,
		    NULL);
}

static void work_open(struct floor_work *work, const struct reference *reference,
		      const struct capacities *capacities)
{
	*work = (struct floor_work){.reference = reference, .district = reference->district,
				    .capacities = capacities};
	for (size_t s = 0; s < N_STREAMS; s++) {
		work->grades[s].grade = (int)(s / 2) + FIRST_GRADE;
		work->grades[s].special = s % 2 == 1;
		arena_open(&work->found[s].arena);
	}
}

static void work_close(struct floor_work *work)
{
	for (size_t s = 0; s < N_STREAMS; s++) {
		memory_free(work->found[s].sets);
		arena_close(&work->found[s].arena);
	}
}

void floor_make(struct arena *arena, const struct reference *reference,
		const struct capacities *capacities, int64_t unplaced_most, struct floor *made)
{
	struct floor_work work;

	*made = (struct floor){0};
	work_open(&work, reference, capacities);
	count_offerings(arena, &work);
	count_cells(&work);
	count_unplaced(arena, &work);
	bound_unplaced(&work, unplaced_most, made);
	bound_all(&work, made);
	list_grades(arena, &work, made);
	list_shortages(arena, &work, made);
	work_close(&work);
}
