/* inputs/years.c - what is known of years to come: births, progressions, a forecast. */
#include <stdlib.h>
#include <string.h>

#include "inputs/link_parts.h"

static int by_size(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int by_number(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* --- births ---------------------------------------------------------------------------------- */

static int compare_births(const void *a, const void *b, void *context)
{
	const struct births *left = a, *right = b;
	int order = by_size(left->zone, right->zone);

	(void)context;
	if (order == 0)
		order = by_size(left->group, right->group);
	if (order == 0)
		order = by_number(left->year, right->year);
	return order ? order : by_number(left->month, right->month);
}

/* Rows of the same zone, group, year and month add up, as those of demand do. */
static void link_births(struct linking *linking)
{
	struct district *district = linking->district;
	const struct table *table = &linking->tables->births;
	struct births *all = arena_array(&district->arena, table->n_rows, sizeof *all);
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < table->n_rows; i++) {
		const struct births_row *row = table_row(table, i);
		struct births births = {link_zone(linking, table, row->row, row->zone),
					link_group(linking, table, row->row, row->group),
					row->year, row->month, row->births};

		if (births.zone != NONE && births.group != NONE)
			all[n++] = births;
	}
	memory_sort(all, n, sizeof *all, compare_births, NULL);
	for (size_t i = 0; i < n; i++)
		if (kept > 0 && compare_births(&all[kept - 1], &all[i], NULL) == 0)
			all[kept - 1].births += all[i].births;
		else
			all[kept++] = all[i];
	district->births = all;
	district->n_births = kept;
}

/* --- progressions ---------------------------------------------------------------------------- */

/* A progression with its row, so that one that stands twice can be shown. */
struct numbered {
	struct progression progression;
	size_t row;
};

static int compare_numbered(const void *a, const void *b, void *context)
{
	const struct progression *left = &((const struct numbered *)a)->progression;
	const struct progression *right = &((const struct numbered *)b)->progression;
	int order = left->area - right->area;

	(void)context;
	if (order == 0)
		order = by_size(left->group, right->group);
	if (order == 0)
		order = left->grade - right->grade;
	return order ? order : by_size(((const struct numbered *)a)->row,
				       ((const struct numbered *)b)->row);
}

static bool same_progression(const struct progression *a, const struct progression *b)
{
	return a->area == b->area && a->group == b->group && a->grade == b->grade;
}

/* The row's ratios; low and high are the ratio where they are not given. */
static struct progression progression_of(struct linking *linking,
					 const struct progression_row *row)
{
	const struct table *table = &linking->tables->progression;
	struct progression made = {row->area, NONE, (int)row->grade, row->ratio,
				   row->low == NOT_GIVEN ? row->ratio : row->low,
				   row->high == NOT_GIVEN ? row->ratio : row->high};

	if (*row->group)
		made.group = link_group(linking, table, row->row, row->group);
	if (made.low > made.ratio || made.ratio > made.high)
		linking->result = diag_error(linking->diags, DIAG_CSV_RANGE,
					     link_place(linking, table, row->row, "ratio"),
					     "ratio is not between low and high");
	return made;
}

static void link_progressions(struct linking *linking)
{
	struct district *district = linking->district;
	const struct table *table = &linking->tables->progression;
	struct numbered *all = memory_array(table->n_rows, sizeof *all);

	for (size_t i = 0; i < table->n_rows; i++) {
		const struct progression_row *row = table_row(table, i);

		all[i] = (struct numbered){progression_of(linking, row), row->row};
	}
	memory_sort(all, table->n_rows, sizeof *all, compare_numbered, NULL);
	district->progressions = arena_array(&district->arena, table->n_rows,
					     sizeof *district->progressions);
	for (size_t i = 0; i < table->n_rows; i++) {
		if (i > 0 && same_progression(&all[i - 1].progression, &all[i].progression))
			linking->result = diag_error(
				linking->diags, DIAG_DUPLICATE,
				link_place(linking, table, all[i].row, "grade"),
				"this area, group and grade stand twice");
		district->progressions[district->n_progressions++] = all[i].progression;
	}
	free(all);
}

/* --- a forecast ------------------------------------------------------------------------------ */

static int compare_futures(const void *a, const void *b, void *context)
{
	const struct future *left = a, *right = b;
	int order = by_number(left->year, right->year);

	(void)context;
	if (order == 0)
		order = by_size(left->cell.zone, right->cell.zone);
	if (order == 0)
		order = left->cell.grade - right->cell.grade;
	return order ? order : by_size(left->cell.group, right->cell.group);
}

static struct future future_of(struct linking *linking, const struct forecast_row *row)
{
	const struct table *table = &linking->tables->forecast;
	struct future made = {
		row->year, {link_zone(linking, table, row->row, row->zone),
			    link_group(linking, table, row->row, row->group), row->grade,
			    row->pupils},
		row->low == NOT_GIVEN ? row->pupils : row->low,
		row->high == NOT_GIVEN ? row->pupils : row->high};

	if (made.low > row->pupils || row->pupils > made.high)
		linking->result = diag_error(linking->diags, DIAG_CSV_RANGE,
					     link_place(linking, table, row->row, "pupils"),
					     "pupils are not between low and high");
	return made;
}

static void link_futures(struct linking *linking)
{
	struct district *district = linking->district;
	const struct table *table = &linking->tables->forecast;
	struct future *all = arena_array(&district->arena, table->n_rows, sizeof *all);
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < table->n_rows; i++) {
		struct future future = future_of(linking, table_row(table, i));

		if (future.cell.zone != NONE && future.cell.group != NONE)
			all[n++] = future;
	}
	memory_sort(all, n, sizeof *all, compare_futures, NULL);
	for (size_t i = 0; i < n; i++)
		if (kept > 0 && compare_futures(&all[kept - 1], &all[i], NULL) == 0) {
			all[kept - 1].cell.pupils += all[i].cell.pupils;
			all[kept - 1].low += all[i].low;
			all[kept - 1].high += all[i].high;
		} else {
			all[kept++] = all[i];
		}
	district->futures = all;
	district->n_futures = kept;
}

void link_years(struct linking *linking)
{
	link_births(linking);
	link_progressions(linking);
	link_futures(linking);
}
