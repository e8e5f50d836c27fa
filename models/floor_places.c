#include <stdlib.h>
#include <string.h>

#include "models/choice.h"
#include "models/floor_parts.h"
#include "models/reach.h"

enum { WORD = 64, N_AREAS = AREA_RURAL + 1 };

/* Pupils whom rules of their place keep from some school, and the offerings any of them may reach:
 * a bit for each of the stream's. */
struct reach_set {
	int64_t pupils;
	uint64_t *bits;
};

/* A walk over a stream's cells, zone by zone and township by township. */
struct scan {
	struct floor_work *work;
	size_t stream, n_words;
	struct choices choices;
	uint64_t *suits[CHOICE_KINDS];  /* what suits a kind, wherever it lives; NULL: not asked */
	uint64_t *cell;                 /* what the cell at hand may reach */
	int64_t *only;                  /* of an item: pupils who may go nowhere else */
	size_t *listed;                 /* room for the stream's offerings */
	struct reach_set zone, township, areas[N_AREAS];
};

/* --- sets ------------------------------------------------------------------------------------ */

static void set_bit(uint64_t *bits, size_t i)
{
	bits[i / WORD] |= UINT64_C(1) << i % WORD;
}

static void clear_bit(uint64_t *bits, size_t i)
{
	bits[i / WORD] &= ~(UINT64_C(1) << i % WORD);
}

static void empty(const struct scan *scan, struct reach_set *set)
{
	set->pupils = 0;
	memset(set->bits, 0, scan->n_words * sizeof *set->bits);
}

static void join(const struct scan *scan, struct reach_set *set, int64_t pupils,
		 const uint64_t *bits)
{
	set->pupils += pupils;
	for (size_t i = 0; i < scan->n_words; i++)
		set->bits[i] |= bits[i];
}

/* --- what a cell may reach ------------------------------------------------------------------- */

static const uint64_t *suiting(struct scan *scan, const struct choice *choice, size_t kind)
{
	const struct district *district = scan->work->district;
	uint64_t *bits = scan->suits[kind];

	if (bits)
		return bits;
	bits = scan->suits[kind] = arena_array(&scan->choices.arena, scan->n_words, sizeof *bits);
	for (size_t i = 0; i < choice->n; i++)
		if (district->offerings[choice->offerings[i]].sections > 0)
			set_bit(bits, scan->work->item_of[choice->offerings[i]]);
	return bits;
}

/* A walk to all schools that one choice leaves. */
struct reaching {
	struct choosing choosing;
	struct scan *scan;
};

static bool within_most(void *context, size_t node, int64_t least)
{
	(void)node;
	return least <= ((const struct reaching *)context)->choosing.most;
}

static void reach(void *context, size_t item, int64_t metres)
{
	const struct reaching *reaching = context;
	const struct scan *scan = reaching->scan;
	size_t offering = reaching->choosing.choice->offerings[item];

	if (choice_takes(&reaching->choosing, item, metres))
		set_bit(scan->cell, scan->work->item_of[offering]);
}

/* Takes an offering out of the cell's where it is one of the stream's. */
static void close_offering(const struct scan *scan, size_t offering)
{
	const struct floor_work *work = scan->work;
	size_t item = offering == NONE ? NONE : work->item_of[offering];

	if (item < work->n_offerings[scan->stream] &&
	    work->offerings[scan->stream][item] == offering)
		clear_bit(scan->cell, item);
}

/* Without bounds on the way: what suits them, less what a `never` row of the zone takes out. */
static void take_out(struct scan *scan, const struct choosing *choosing, const uint64_t *suits)
{
	const struct district *district = scan->work->district;
	const struct cell *cell = choosing->cell;

	memcpy(scan->cell, suits, scan->n_words * sizeof *suits);
	for (size_t i = district->access_of_zone[cell->zone];
	     i < district->access_of_zone[cell->zone + 1]; i++) {
		size_t school = district->access[i].school;

		if (school != NONE && !audit_is_let(district, cell, school, false))
			close_offering(scan, audit_offering(district, school, cell->grade));
	}
}

/* Fills scan->cell; returns whether rules of its place keep the cell from a school that suits. */
static bool reach_of(struct scan *scan, const struct cell *cell)
{
	static const struct places_visitor visitor = {within_most, reach};
	const struct district *district = scan->work->district;
	const struct choice *choice = choices_find(&scan->choices, cell);
	const uint64_t *suits = suiting(scan, choice, choice_kind(district, cell));
	struct reaching reaching = {choice_of(choice, cell), scan};
	bool bounded = district->settings.distance_missing == DISTANCE_UNREACHABLE;

	reaching.choosing.most = choice_most(&reaching.choosing);
	bounded |= reaching.choosing.most < INT64_MAX;
	if (!bounded && !reaching.choosing.ruled)
		return false;
	if (bounded || reaching.choosing.only) {
		memset(scan->cell, 0, scan->n_words * sizeof *scan->cell);
		choice_walk(&reaching.choosing, &visitor, &reaching);
	} else {
		take_out(scan, &reaching.choosing, suits);
	}
	return memcmp(scan->cell, suits, scan->n_words * sizeof *suits) != 0;
}

/* --- judging --------------------------------------------------------------------------------- */

/* Lists a set's offerings, unless there are seats enough at standard size and below large. */
static size_t list_offerings(const struct scan *scan, const struct reach_set *set)
{
	const struct floor_work *work = scan->work;
	int64_t standard = 0, below_large = 0;
	size_t n = 0;

	for (size_t word = 0; word < scan->n_words; word++)
		for (uint64_t left = set->bits[word]; left; left &= left - 1) {
			size_t item = word * WORD + (size_t)__builtin_ctzll(left);
			size_t offering = work->offerings[scan->stream][item];

			scan->listed[n++] = offering;
			standard += work->seats[offering].standard;
			below_large += work->seats[offering].below_large;
			if (standard >= set->pupils && below_large >= set->pupils)
				return 0;
		}
	return n;
}

static void judge(const struct scan *scan, const struct reach_set *set, enum floor_place kind,
		  const char *id, const char *name)
{
	struct floor_shortage row = {.kind = kind, .id = id, .name = name, .pupils = set->pupils};
	size_t n = set->pupils > 0 ? list_offerings(scan, set) : 0;

	if (n > 0)
		floor_found_add(scan->work, scan->stream, &row, scan->listed, n);
}

/* The pupils who may go to this school only. */
static void judge_schools(const struct scan *scan)
{
	const struct floor_work *work = scan->work;

	for (size_t i = 0; i < work->n_offerings[scan->stream]; i++) {
		size_t offering = work->offerings[scan->stream][i];
		const struct school *school =
			&work->district->schools[work->district->offerings[offering].school];
		struct floor_shortage row = {.kind = FLOOR_SCHOOL, .id = school->id,
					     .name = school->name, .pupils = scan->only[i]};

		if (row.pupils > 0)
			floor_found_add(scan->work, scan->stream, &row, &offering, 1);
	}
}

/* Counts the pupils of the cell at hand where just one school is left. */
static void count_only(const struct scan *scan, int64_t pupils)
{
	size_t item = NONE;

	for (size_t word = 0; word < scan->n_words; word++) {
		uint64_t bits = scan->cell[word];

		if (bits == 0)
			continue;
		if (item != NONE || (bits & (bits - 1)) != 0)
			return;
		item = word * WORD + (size_t)__builtin_ctzll(bits);
	}
	if (item != NONE)
		scan->only[item] += pupils;
}

/* Whether two cells of a zone and grade reach the same schools: rules may name a group. */
static bool alike(const struct district *district, const struct cell *a, const struct cell *b)
{
	return district->access_of_zone[a->zone] == district->access_of_zone[a->zone + 1] &&
	       choice_kind(district, a) == choice_kind(district, b);
}

/* Takes a zone into its township and area. */
static void scan_zone(struct scan *scan, size_t z)
{
	const struct district *district = scan->work->district;
	const struct zone *zone = &district->zones[z];
	const struct cell *last = NULL; /* whose reach is at hand */
	bool kept = false;

	empty(scan, &scan->zone);
	for (size_t c = scan->work->first_cell[z]; c < scan->work->first_cell[z + 1]; c++) {
		const struct cell *cell = &district->cells[c];

		if (floor_stream_of(district, cell) != scan->stream ||
		    scan->work->reference->nearest[c].school == NONE)
			continue;
		if (!last || !alike(district, last, cell))
			kept = reach_of(scan, cell);
		last = cell;
		if (!kept)
			continue;
		join(scan, &scan->zone, cell->pupils, scan->cell);
		count_only(scan, cell->pupils);
	}
	if (scan->zone.pupils == 0)
		return;
	judge(scan, &scan->zone, FLOOR_ZONE, zone->id, zone->name);
	join(scan, &scan->township, scan->zone.pupils, scan->zone.bits);
	join(scan, &scan->areas[zone->area], scan->zone.pupils, scan->zone.bits);
}

static void scan_zones(struct scan *scan)
{
	const struct district *district = scan->work->district;

	for (size_t i = 0; i < district->n_zones; i++) {
		const char *township = district->zones[scan->work->zones[i]].township;

		scan_zone(scan, scan->work->zones[i]);
		if (i + 1 < district->n_zones &&
		    strcmp(township, district->zones[scan->work->zones[i + 1]].township) == 0)
			continue;
		if (*township)
			judge(scan, &scan->township, FLOOR_TOWNSHIP, township, township);
		empty(scan, &scan->township);
	}
}

static uint64_t *new_bits(struct scan *scan)
{
	return arena_array(&scan->choices.arena, scan->n_words, sizeof(uint64_t));
}

void floor_places_find(struct floor_work *work, size_t stream)
{
	static const char *const areas[N_AREAS] = {"", "urban", "town", "rural"};
	struct scan scan = {.work = work, .stream = stream};

	if (work->grades[stream].pupils == work->grades[stream].no_school)
		return;
	choices_open(&scan.choices, work->district, work->reference->distances);
	scan.n_words = (work->n_offerings[stream] + WORD - 1) / WORD;
	scan.only = arena_array(&scan.choices.arena, work->n_offerings[stream], sizeof *scan.only);
	scan.listed = arena_array(&scan.choices.arena, work->n_offerings[stream],
				  sizeof *scan.listed);
	scan.cell = new_bits(&scan);
	scan.zone.bits = new_bits(&scan);
	scan.township.bits = new_bits(&scan);
	for (int area = 0; area < N_AREAS; area++)
		scan.areas[area].bits = new_bits(&scan);
	scan_zones(&scan);
	for (int area = AREA_NONE + 1; area < N_AREAS; area++)
		judge(&scan, &scan.areas[area], FLOOR_AREA, areas[area], areas[area]);
	judge_schools(&scan);
	choices_close(&scan.choices);
}
