#include "models/forecast.h"

#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide;

enum { TEN_YEARS = 10, MEAN_YEARS = 3, AFTER_AUGUST = 9 };

/* A forecast on its way: nano-pupils. */
struct making {
	struct arena *arena;
	const struct district *district;
	struct forecast *made;
	struct diags *diags;
	size_t n_zones, n_groups;
	size_t per_year;            /* zones x groups x grades */
	int64_t *exact;             /* n_years x per_year, of the outlook at hand */
	wide *births;               /* n_years x zones x groups: of the cohort, in thirds */
	bool *known;                /* n_years x groups: the cohort's births are known */
	bool *born;                 /* groups: with births */
};

static size_t place_of(const struct making *making, size_t zone, size_t group, int grade)
{
	return (zone * making->n_groups + group) * N_GRADES + (size_t)(grade - FIRST_GRADE);
}

static int64_t *exact_of(const struct making *making, size_t year, size_t zone, size_t group,
			 int grade)
{
	return &making->exact[year * making->per_year + place_of(making, zone, group, grade)];
}

int64_t forecast_pupils(const struct forecast *forecast, enum outlook outlook, size_t year,
			size_t zone, size_t group, int grade)
{
	const struct district *district = forecast->district;
	size_t n_zones = district->n_zones - district->n_homes;

	return forecast->pupils[outlook][((year * n_zones + zone) * district->n_groups + group) *
						 N_GRADES +
					 (size_t)(grade - FIRST_GRADE)];
}

/* --- births ---------------------------------------------------------------------------------- */

/* Adds a share (thirds) of births to the cohort that enters in a year. */
static void add_births(struct making *making, const struct births *births, int64_t entry,
		       int thirds)
{
	int64_t year = entry - making->made->first_year;

	if (year < 0 || year >= (int64_t)making->made->n_years)
		return;
	making->births[((size_t)year * making->n_zones + births->zone) * making->n_groups +
		       births->group] += (wide)births->births * thirds;
}

/* Whether the district has births of a group in a calendar year. */
static bool has_births(const struct district *district, size_t group, int64_t year)
{
	for (size_t i = 0; i < district->n_births; i++)
		if (district->births[i].group == group && district->births[i].year == year)
			return true;
	return false;
}

static void take_births(struct making *making)
{
	const struct district *district = making->district;
	size_t n_years = making->made->n_years;

	for (size_t i = 0; i < district->n_births; i++) {
		const struct births *births = &district->births[i];

		making->born[births->group] = true;
		if (births->month == 0) {
			add_births(making, births, births->year + 6, 2);
			add_births(making, births, births->year + 7, 1);
		} else {
			add_births(making, births,
				   births->year + (births->month < AFTER_AUGUST ? 6 : 7), 3);
		}
	}
	for (size_t year = 0; year < n_years; year++)
		for (size_t g = 0; g < making->n_groups; g++) {
			int64_t entry = making->made->first_year + (int64_t)year;

			making->known[year * making->n_groups + g] =
				has_births(district, g, entry - 6) &&
				has_births(district, g, entry - 7);
		}
}

/* --- ratios ---------------------------------------------------------------------------------- */

/* The row that speaks most closely of an area, group and grade, or NULL. */
static const struct progression *find_row(const struct district *district, int area, size_t group,
					  int grade, bool of_group)
{
	const struct progression *best = NULL;
	int closest = -1;

	for (size_t i = 0; i < district->n_progressions; i++) {
		const struct progression *row = &district->progressions[i];
		int close = 2 * (row->area != AREA_NONE) + (row->group != NONE);

		if (row->grade != grade || (row->area != AREA_NONE && row->area != area) ||
		    (row->group != NONE && row->group != group) ||
		    (of_group && row->group == NONE) || close < closest)
			continue;
		best = row;
		closest = close;
	}
	return best;
}

static int64_t ratio_of(const struct progression *row, enum outlook outlook)
{
	if (!row)
		return NANO;
	return outlook == OUTLOOK_LOW ? row->low : outlook == OUTLOOK_HIGH ? row->high : row->ratio;
}

/* Half up. */
static int64_t times(wide pupils, int64_t ratio, int64_t divisor)
{
	wide product = pupils * ratio;

	return (int64_t)((2 * product + divisor) / (2 * (wide)divisor));
}

/* --- years ----------------------------------------------------------------------------------- */

static void first_year(struct making *making)
{
	const struct district *district = making->district;

	for (size_t c = 0; c < district->n_cells; c++) {
		const struct cell *cell = &district->cells[c];

		*exact_of(making, 0, cell->zone, cell->group, cell->grade) = cell->pupils * NANO;
	}
}

/* Grade 1 of a group with births. */
static int64_t from_births(const struct making *making, enum outlook outlook, size_t year,
			   size_t zone, size_t group)
{
	int area = making->district->zones[zone].area;
	wide thirds = making->births[(year * making->n_zones + zone) * making->n_groups + group];
	int64_t sum = 0;
	size_t n = 0;

	if (making->known[year * making->n_groups + group])
		return times(thirds * NANO,
			     ratio_of(find_row(making->district, area, group, 0, false), outlook),
			     3 * (int64_t)NANO);
	making->made->basis[year] = BASIS_ASSUMED;
	for (; n < MEAN_YEARS && n < year; n++)
		sum += *exact_of(making, year - 1 - n, zone, group, FIRST_GRADE);
	return times(sum, 1, (int64_t)n);
}

static void enter_born(struct making *making, enum outlook outlook, size_t year, size_t zone)
{
	for (size_t g = 0; g < making->n_groups; g++)
		if (making->born[g])
			*exact_of(making, year, zone, g, FIRST_GRADE) =
				from_births(making, outlook, year, zone, g);
}

/* Grade 1 of the groups without births: by their share, or as many as in the first year. */
static void enter_others(struct making *making, enum outlook outlook, size_t year, size_t zone)
{
	int area = making->district->zones[zone].area;
	int64_t born = 0;

	for (size_t g = 0; g < making->n_groups; g++)
		born += making->born[g] ? *exact_of(making, year, zone, g, FIRST_GRADE) : 0;
	for (size_t g = 0; g < making->n_groups; g++) {
		const struct progression *share = find_row(making->district, area, g, 0, true);

		if (making->born[g])
			continue;
		*exact_of(making, year, zone, g, FIRST_GRADE) =
			share ? times(born, ratio_of(share, outlook), NANO)
			      : *exact_of(making, 0, zone, g, FIRST_GRADE);
	}
}

static void move_up(struct making *making, enum outlook outlook, size_t year, size_t zone)
{
	int area = making->district->zones[zone].area;

	for (size_t g = 0; g < making->n_groups; g++)
		for (int grade = FIRST_GRADE; grade < LAST_GRADE; grade++)
			*exact_of(making, year, zone, g, grade + 1) = times(
				*exact_of(making, year - 1, zone, g, grade),
				ratio_of(find_row(making->district, area, g, grade, false),
					 outlook),
				NANO);
}

static void survive(struct making *making, enum outlook outlook)
{
	first_year(making);
	for (size_t year = 1; year < making->made->n_years; year++)
		for (size_t z = 0; z < making->n_zones; z++) {
			enter_born(making, outlook, year, z);
			enter_others(making, outlook, year, z);
			move_up(making, outlook, year, z);
		}
}

/* --- whole pupils ---------------------------------------------------------------------------- */

/* What is left of a zone's pupils when they are rounded down. */
struct remainder {
	int64_t part;
	size_t zone;
};

static int compare_remainders(const void *a, const void *b, void *context)
{
	const struct remainder *left = a, *right = b;

	(void)context;
	if (left->part != right->part)
		return left->part > right->part ? -1 : 1;
	return (left->zone > right->zone) - (left->zone < right->zone);
}

/* Whole pupils of a year, group and grade. */
static void round_zones(struct making *making, enum outlook outlook, size_t year, size_t group,
			int grade, struct remainder *remainders)
{
	int64_t *whole = making->made->pupils[outlook] + year * making->per_year;
	int64_t exact = 0, down = 0;

	for (size_t z = 0; z < making->n_zones; z++) {
		int64_t pupils = *exact_of(making, year, z, group, grade);

		whole[place_of(making, z, group, grade)] = pupils / NANO;
		remainders[z] = (struct remainder){pupils % NANO, z};
		exact += pupils;
		down += pupils / NANO;
	}
	memory_sort(remainders, making->n_zones, sizeof *remainders, compare_remainders, NULL);
	for (int64_t i = 0; i < times(exact, 1, NANO) - down; i++)
		whole[place_of(making, remainders[i].zone, group, grade)]++;
}

static void round_all(struct making *making, enum outlook outlook)
{
	struct remainder *remainders = memory_array(making->n_zones, sizeof *remainders);

	for (size_t year = 0; year < making->made->n_years; year++)
		for (size_t g = 0; g < making->n_groups; g++)
			for (int grade = FIRST_GRADE; grade <= LAST_GRADE; grade++)
				round_zones(making, outlook, year, g, grade, remainders);
	memory_free(remainders);
}

/* Remainders may go to other zones in another outlook: low and high give way to the middle. */
static void keep_order(struct making *making)
{
	struct forecast *made = making->made;

	for (size_t i = 0; i < made->n_years * making->per_year; i++) {
		int64_t pupils = made->pupils[OUTLOOK_MIDDLE][i];

		if (made->pupils[OUTLOOK_LOW][i] > pupils)
			made->pupils[OUTLOOK_LOW][i] = pupils;
		if (made->pupils[OUTLOOK_HIGH][i] < pupils)
			made->pupils[OUTLOOK_HIGH][i] = pupils;
	}
}

/* --- a forecast that is given ---------------------------------------------------------------- */

static void take_given(struct making *making)
{
	const struct district *district = making->district;

	for (size_t i = 0; i < district->n_futures; i++) {
		const struct future *future = &district->futures[i];
		size_t year = (size_t)(future->year - making->made->first_year);
		size_t at = year * making->per_year + place_of(making, future->cell.zone,
							       future->cell.group,
							       future->cell.grade);

		making->made->pupils[OUTLOOK_MIDDLE][at] = future->cell.pupils;
		making->made->pupils[OUTLOOK_LOW][at] = future->low;
		making->made->pupils[OUTLOOK_HIGH][at] = future->high;
	}
	for (size_t year = 0; year < making->made->n_years; year++)
		making->made->basis[year] = BASIS_GIVEN;
}

/* --- seats ----------------------------------------------------------------------------------- */

/* The area of the zone nearest to a school. */
static int area_of_school(const struct making *making, const struct distances *distances,
			  size_t school)
{
	int64_t nearest = INT64_MAX;
	int area = AREA_NONE;

	for (size_t z = 0; z < making->n_zones; z++) {
		int64_t metres = distance_metres(distances, z, school);

		if (metres == UNREACHABLE || metres >= nearest)
			continue;
		nearest = metres;
		area = making->district->zones[z].area;
	}
	return area;
}

static enum stage stage_of(int grade)
{
	return grade <= LAST_PRIMARY ? STAGE_PRIMARY : STAGE_JUNIOR;
}

/* Everything of one year, area by area. */
struct year_balance {
	struct seat_balance of[AREAS][STAGES];
};

static void add_seats(const struct making *making, const int *areas,
		      const struct offering *offerings, size_t n, const char *month,
		      struct year_balance *year)
{
	for (size_t i = 0; i < n; i++) {
		const struct offering *offering = &offerings[i];
		const char *opens = making->district->schools[offering->school].opens;
		int64_t seats = offering->sections * offering->class_size - offering->enrolled;

		if (strcmp(opens, month) <= 0 && seats > 0)
			year->of[areas[offering->school]][stage_of(offering->grade)].seats += seats;
	}
}

static void add_pupils(const struct making *making, size_t index, struct year_balance *year)
{
	for (size_t z = 0; z < making->n_zones; z++)
		for (size_t g = 0; g < making->n_groups; g++)
			for (int grade = FIRST_GRADE; grade <= LAST_GRADE; grade++)
				for (int o = 0; o < OUTLOOKS; o++)
					year->of[making->district->zones[z].area][stage_of(grade)]
						.pupils[o] += forecast_pupils(
						making->made, (enum outlook)o, index, z, g, grade);
}

/* The weakest of what the grades of a stage rest on: its youngest came in some years ago. */
static enum basis basis_of(const struct forecast *made, size_t year, enum stage stage)
{
	size_t since = stage == STAGE_PRIMARY ? 0 : LAST_PRIMARY;
	enum basis weakest = BASIS_COUNTED;

	for (size_t ago = since; ago <= year && ago < since + LAST_PRIMARY; ago++)
		if (made->basis[year - ago] > weakest)
			weakest = made->basis[year - ago];
	return weakest;
}

static enum warning warning_of(const struct settings *settings, const struct seat_balance *balance)
{
	wide pupils = (wide)balance->pupils[OUTLOOK_MIDDLE] * NANO, seats = balance->seats;

	if (balance->pupils[OUTLOOK_MIDDLE] == 0)
		return WARNING_NONE;
	if (pupils >= seats * settings->warn_red)
		return WARNING_RED;
	if (pupils >= seats * settings->warn_orange)
		return WARNING_ORANGE;
	return pupils >= seats * settings->warn_yellow ? WARNING_YELLOW : WARNING_NONE;
}

static void keep_balances(struct making *making, size_t index, const struct year_balance *year)
{
	struct forecast *made = making->made;

	for (int area = 0; area < AREAS; area++)
		for (int stage = 0; stage < STAGES; stage++) {
			struct seat_balance balance = year->of[area][stage];

			if (balance.seats == 0 && balance.pupils[OUTLOOK_HIGH] == 0)
				continue;
			balance.year = made->first_year + (int64_t)index;
			balance.area = area;
			balance.stage = (enum stage)stage;
			balance.warning = warning_of(&making->district->settings, &balance);
			balance.basis = basis_of(made, index, (enum stage)stage);
			made->balances[made->n_balances++] = balance;
		}
}

static void make_balances(struct making *making, const struct distances *distances)
{
	const struct district *district = making->district;
	struct forecast *made = making->made;
	int *areas = memory_array(district->n_schools, sizeof *areas);

	for (size_t s = 0; s < district->n_schools; s++)
		areas[s] = area_of_school(making, distances, s);
	made->balances = arena_array(making->arena, made->n_years * AREAS * STAGES,
				     sizeof *made->balances);
	for (size_t index = 0; index < made->n_years; index++) {
		struct year_balance year = {0};
		const char *month = arena_printf(making->arena, "%04lld-09",
						 (long long)made->first_year + (long long)index);

		add_seats(making, areas, district->offerings, district->n_offerings, month, &year);
		add_seats(making, areas, district->later, district->n_later, month, &year);
		add_pupils(making, index, &year);
		keep_balances(making, index, &year);
	}
	memory_free(areas);
}

/* --- the peak and what comes after it -------------------------------------------------------- */

static const struct seat_balance *extreme(const struct forecast *made, int area, enum stage stage,
					  int64_t from, int sign)
{
	const struct seat_balance *best = NULL;

	for (size_t i = 0; i < made->n_balances; i++) {
		const struct seat_balance *here = &made->balances[i];

		if (here->area != area || here->stage != stage || here->year < from)
			continue;
		if (!best || sign * (here->pupils[OUTLOOK_MIDDLE] -
				     best->pupils[OUTLOOK_MIDDLE]) > 0)
			best = here;
	}
	return best;
}

static void make_turns(struct making *making)
{
	struct forecast *made = making->made;

	made->turns = arena_array(making->arena, AREAS * STAGES, sizeof *made->turns);
	for (int area = 0; area < AREAS; area++)
		for (int stage = 0; stage < STAGES; stage++) {
			struct turn turn = {area, (enum stage)stage, NULL, NULL};

			turn.peak = extreme(made, area, turn.stage, INT64_MIN, 1);
			if (!turn.peak)
				continue;
			turn.trough = extreme(made, area, turn.stage, turn.peak->year, -1);
			made->turns[made->n_turns++] = turn;
		}
}

/* --- all of it ------------------------------------------------------------------------------- */

static int find_years(struct making *making)
{
	const struct district *district = making->district;
	struct forecast *made = making->made;
	int64_t until = district->settings.forecast_until;

	if (district->n_homes > 0)
		return diag_error(making->diags, DIAG_UNSUPPORTED, place_file(district->path),
				  "children have points of their own, which no later year has: "
				  "give them zones");
	if (district->n_futures > 0) {
		made->first_year = district->futures[0].year;
		until = district->futures[district->n_futures - 1].year;
	} else {
		made->first_year = strtoll(district->settings.month, NULL, 10);
		if (made->first_year == 9999)
			return diag_error(making->diags, DIAG_SETTING_VALUE,
					  place_file(district->path),
					  "a forecast begins in a year: give `year` or `month` in "
					  "district.json");
		if (until == 0)
			until = made->first_year + TEN_YEARS;
	}
	if (until < made->first_year)
		return diag_error(making->diags, DIAG_SETTING_VALUE, place_file(district->path),
				  "forecast.until is before the first year, %lld",
				  (long long)made->first_year);
	made->n_years = (size_t)(until - made->first_year) + 1;
	return 0;
}

static void open_making(struct making *making)
{
	struct forecast *made = making->made;
	size_t n_years = made->n_years;

	making->n_zones = making->district->n_zones;
	making->n_groups = making->district->n_groups;
	making->per_year = making->n_zones * making->n_groups * N_GRADES;
	making->exact = memory_array(n_years * making->per_year, sizeof *making->exact);
	making->births = memory_array(n_years * making->n_zones * making->n_groups,
				      sizeof *making->births);
	making->known = memory_array(n_years * making->n_groups, sizeof *making->known);
	making->born = memory_array(making->n_groups, sizeof *making->born);
	made->basis = arena_array(making->arena, n_years, sizeof *made->basis);
	for (int o = 0; o < OUTLOOKS; o++)
		made->pupils[o] = arena_array(making->arena, n_years * making->per_year,
					      sizeof **made->pupils);
}

static void close_making(struct making *making)
{
	memory_free(making->exact);
	memory_free(making->births);
	memory_free(making->known);
	memory_free(making->born);
}

int forecast_make(struct arena *arena, const struct district *district,
		  const struct distances *distances, struct forecast *made, struct diags *diags)
{
	struct making making = {.arena = arena, .district = district, .made = made,
				.diags = diags};

	*made = (struct forecast){.district = district};
	if (find_years(&making))
		return -1;
	open_making(&making);
	if (district->n_futures > 0) {
		take_given(&making);
	} else {
		take_births(&making);
		for (size_t year = 1; year < made->n_years; year++)
			made->basis[year] = BASIS_BIRTHS;
		for (int o = 0; o < OUTLOOKS; o++) {
			survive(&making, (enum outlook)o);
			round_all(&making, (enum outlook)o);
		}
		keep_order(&making);
	}
	make_balances(&making, distances);
	make_turns(&making);
	close_making(&making);
	return 0;
}

/* --- names ----------------------------------------------------------------------------------- */

const char *warning_name(enum warning warning)
{
	static const char *const names[] = {"", "yellow", "orange", "red"};

	return names[warning];
}

const char *basis_name(enum basis basis)
{
	static const char *const names[] = {"counted", "births", "assumed", "given"};

	return names[basis];
}

const char *stage_name(enum stage stage)
{
	return stage == STAGE_PRIMARY ? "primary" : "junior";
}

const char *area_name(int area)
{
	static const char *const names[] = {"", "urban", "town", "rural"};

	return names[area];
}
