/* Every child at the nearest school: against a look at all pairs, and where seats are no object. */
#include "tests/drawn_district.h"
#include "tests/mixed_district.h"

#include "models/reach.h"
#include "models/reference.h"

enum { DISTRICTS = 200 };

/* The nearest of all schools that the audit lets the cell into, the first of equals. */
static struct nearest_school look_at_all(const struct district *district,
					 const struct distances *distances, const struct cell *cell)
{
	struct nearest_school best = {NONE, 0};
	bool *reach = memory_array(district->n_schools, sizeof *reach);

	audit_reach(district, distances, cell, reach);
	for (size_t s = 0; s < district->n_schools; s++) {
		int64_t metres = distance_metres(distances, cell->zone, s);

		if (reach[s] && (best.school == NONE || metres < best.metres))
			best = (struct nearest_school){s, metres};
	}
	free(reach);
	return best;
}

/* Every cell is at its nearest school, whole. Returns the cells that may go nowhere. */
static size_t expect_nearest(struct district *district, const struct distances *distances,
			     const char *which)
{
	struct reference reference;
	size_t nowhere = 0;

	reference_make(&district->arena, district, distances, &reference);
	cr_assert_eq(reference.plan.n_placements, district->n_cells, "%s", which);
	for (size_t c = 0; c < district->n_cells; c++) {
		const struct cell *cell = &district->cells[c];
		struct nearest_school want = look_at_all(district, distances, cell);
		const struct placement *placement = &reference.plan.placements[c];

		cr_assert_eq(reference.nearest[c].school, want.school, "%s, cell %zu", which, c);
		cr_assert_eq(reference.nearest[c].metres, want.metres, "%s, cell %zu", which, c);
		cr_assert_eq(placement->cell, c);
		cr_assert_eq(placement->school, want.school);
		cr_assert_eq(placement->pupils, cell->pupils);
		nowhere += want.school == NONE;
	}
	return nowhere;
}

Test(reference, is_the_nearest_of_all_pairs_under_every_rule)
{
	struct scratch scratch;
	size_t nowhere = 0, cells = 0;

	scratch_open(&scratch);
	for (uint64_t seed = 0; seed < DISTRICTS; seed++) {
		struct mixed mixed;
		struct district district;
		struct distances distances;

		mixed_draw(&mixed, seed);
		mixed_write_all(&mixed, &scratch);
		cr_assert_eq(district_read(&district, scratch.path, NULL, 0, &scratch.diags), 0);
		distances_make(&district.arena, &district, &distances);
		nowhere += expect_nearest(&district, &distances, scratch.path);
		cells += district.n_cells;
		district_close(&district);
	}
	scratch_close(&scratch);
	cr_assert(nowhere > cells / 20 && nowhere < cells / 2);
}

/* Enough schools for a tree with boxes; some stand at one place, so that the first by id counts. */
Test(reference, is_the_nearest_of_all_pairs_among_boxes)
{
	for (uint64_t seed = 0; seed < DISTRICTS; seed++) {
		struct drawn drawn = {0};
		char which[32];

		draw_district(&drawn, seed, "unplaced; travel_km");
		snprintf(which, sizeof which, "seed %d", (int)seed);
		expect_nearest(&drawn.small.district, &drawn.small.distances, which);
		small_close(&drawn.small);
	}
}

/* 200 pupils at one section of 65, a cap of 10 and no bed but one: all of them go there. */
Test(reference, seats_are_no_object)
{
	struct small small;
	struct reference reference;

	small_open(&small, 1, 2, 2);
	small_offering(&small, 0, 4, 1, 70);
	small_offering(&small, 1, 4, 9, 0);
	small_metres(&small, 0, 1, 1001);
	small_cell(&small, 0, 4, 0, 100);
	small_cell(&small, 0, 4, 1, 100);
	small.district.schools[0].max_pupils = 10;
	small.district.schools[0].beds = 1;
	small.district.groups[1].need = NEED_BOARDING;
	small.district.groups[1].max_share = NANO / 10;
	small_set(&small, "whole_zones", "yes");
	reference_make(&small.district.arena, &small.district, &small.distances, &reference);
	cr_assert_eq(reference.plan.totals.unplaced, 0);
	cr_assert_eq(reference.plan.offerings[0].load, 270);
	cr_assert_eq(reference.plan.totals.oversized_classes, 1);
	cr_assert_eq(reference.plan.totals.over_standard, 270 - 45);
	cr_assert_eq(reference.plan.totals.ways.metres, 200 * 1000);
	small_close(&small);
}

/* A zone's pupils go different ways even where whole_zones would keep them together; who has no
 * school stays behind. */
Test(reference, groups_of_a_zone_may_part)
{
	struct small small;
	struct reference reference;

	small_open(&small, 1, 2, 3);
	small_offering(&small, 0, 1, 1, 0);
	small_offering(&small, 1, 1, 1, 0);
	small_metres(&small, 0, 1, 2000);
	for (size_t g = 0; g < 3; g++)
		small_cell(&small, 0, 1, g, 10);
	small.district.schools[0].ownership = OWNERSHIP_PRIVATE;
	small.district.groups[1].public_only = true;
	small.district.groups[2].need = NEED_SPECIAL;
	small_set(&small, "whole_zones", "yes");
	reference_make(&small.district.arena, &small.district, &small.distances, &reference);
	cr_assert_eq(reference.nearest[0].school, 0);
	cr_assert_eq(reference.nearest[1].school, 1);
	cr_assert_eq(reference.nearest[2].school, NONE);
	cr_assert_eq(reference.plan.totals.unplaced, 10);
	cr_assert_eq(reference.plan.totals.ways.metres, 10 * 1000 + 10 * 2000);
	small_close(&small);
}
