#include "models/scale.h"

#include <stdlib.h>

/* Products of two nano-numbers, whose units are 10^-18. */
__extension__ typedef __int128 wide;

enum { WIDE_DIGITS = 18, MOST_DIGITS = 12 };

/* The coefficients of a level in one row; those of `unplaced`, one a group, come after these. */
enum { PER_METRE, FAR, OVER_STANDARD, LARGE, OVERSIZED, FIRST_GROUP };

static size_t n_coefficients(const struct district *district)
{
	return FIRST_GROUP + district->n_groups;
}

/* Every coefficient in units of 10^-18. */
static void fine_coefficients(const struct district *district, const struct level *level,
			      wide *fine)
{
	const int64_t *factor = level->factor;

	fine[PER_METRE] = (wide)factor[TERM_TRAVEL_KM] * (NANO / 1000);
	fine[FAR] = (wide)factor[TERM_FAR] * NANO;
	fine[OVER_STANDARD] = (wide)factor[TERM_OVER_STANDARD] * NANO;
	fine[LARGE] = (wide)factor[TERM_LARGE_CLASSES] * NANO;
	fine[OVERSIZED] = (wide)factor[TERM_OVERSIZED_CLASSES] * NANO;
	for (size_t g = 0; g < district->n_groups; g++)
		if (level->priority == 0 || level->priority == district->groups[g].priority)
			fine[FIRST_GROUP + g] =
				(wide)factor[TERM_UNPLACED] * district->groups[g].weight;
		else
			fine[FIRST_GROUP + g] = 0;
}

static bool all_whole(const wide *fine, size_t n, wide unit)
{
	for (size_t i = 0; i < n; i++)
		if (fine[i] % unit)
			return false;
	return true;
}

/* The fewest digits that make all whole, and the unit that they stand for in 10^-18. */
static int fewest_digits(const wide *fine, size_t n, wide *unit)
{
	int digits = 0;

	for (*unit = (wide)NANO * NANO; digits < WIDE_DIGITS; digits++, *unit /= 10)
		if (all_whole(fine, n, *unit))
			break;
	return digits;
}

/* How often each coefficient may count at most, over the district. */
struct counts {
	wide pupils, load, sections, metres;
};

static struct counts most_counts(const struct district *district, int64_t longest)
{
	struct counts most = {.pupils = district_pupils(district)};

	most.load = most.pupils;
	for (size_t i = 0; i < district->n_offerings; i++) {
		most.load += district->offerings[i].enrolled;
		most.sections += district->offerings[i].sections;
	}
	most.metres = most.pupils * longest;
	return most;
}

/* Whether no plan's value reaches LEVEL_LIMIT. */
static bool level_fits(const wide *whole, size_t n, const struct counts *most)
{
	wide per_pupil = 0;

	for (size_t i = 0; i < n; i++)
		if (whole[i] >= LEVEL_LIMIT)
			return false;
	for (size_t i = FIRST_GROUP; i < n; i++)
		per_pupil = whole[i] > per_pupil ? whole[i] : per_pupil;
	return whole[PER_METRE] * most->metres + (whole[FAR] + per_pupil) * most->pupils +
	       whole[OVER_STANDARD] * most->load +
	       (whole[LARGE] + whole[OVERSIZED]) * most->sections < LEVEL_LIMIT;
}

static void take(struct arena *arena, const wide *whole, size_t n, struct level_scale *scale)
{
	scale->per_metre = (int64_t)whole[PER_METRE];
	scale->far = (int64_t)whole[FAR];
	scale->over_standard = (int64_t)whole[OVER_STANDARD];
	scale->large_classes = (int64_t)whole[LARGE];
	scale->oversized_classes = (int64_t)whole[OVERSIZED];
	scale->unplaced = arena_array(arena, n - FIRST_GROUP, sizeof *scale->unplaced);
	for (size_t i = FIRST_GROUP; i < n; i++)
		scale->unplaced[i - FIRST_GROUP] = (int64_t)whole[i];
}

/* One level, whose row of coefficients comes in 10^-18. Returns what it is too much of, or NULL. */
static const char *scale_make(struct arena *arena, wide *row, size_t n, const struct counts *most,
			      struct level_scale *scale)
{
	wide unit;
	int digits = fewest_digits(row, n, &unit);

	if (digits > MOST_DIGITS)
		return "fine";
	for (size_t i = 0; i < n; i++)
		row[i] /= unit;
	if (!level_fits(row, n, most))
		return "large";
	scale->digits = digits;
	take(arena, row, n, scale);
	return NULL;
}

struct level_scale *level_scales_make(struct arena *arena, const struct district *district,
				      int64_t longest, struct diags *diags)
{
	const struct objective *objective = &district->settings.levels;
	struct counts most = most_counts(district, longest);
	size_t n = n_coefficients(district);
	struct level_scale *scales = arena_array(arena, objective->n_levels, sizeof *scales);
	wide *row = memory_array(n, sizeof *row);
	const char *too = NULL;

	for (size_t i = 0; i < objective->n_levels && !too; i++) {
		const struct level *level = &objective->levels[i];

		fine_coefficients(district, level, row);
		scales[i].text = level->text;
		scales[i].priority = level->priority;
		too = scale_make(arena, row, n, &most, &scales[i]);
		if (too)
			diag_error(diags, DIAG_TOO_LARGE, place_none(),
				   "level '%s' is too %s to count exactly", level->text, too);
	}
	free(row);
	return too ? NULL : scales;
}
