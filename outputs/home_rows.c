#include "outputs/home_rows.h"

#include <stdlib.h>
#include <string.h>

/* Children of one grade and group at one school, or at none for one reason. */
struct home_sum {
	int grade;
	size_t group, school;
	const char *reason;
	int64_t pupils, metres;
};

static int compare_sums(const void *a, const void *b, void *context)
{
	const struct home_sum *left = a, *right = b;

	(void)context;
	if (left->grade != right->grade)
		return left->grade - right->grade;
	if (left->group != right->group)
		return left->group < right->group ? -1 : 1;
	if (left->school != right->school)
		return left->school < right->school ? -1 : 1;
	return strcmp(left->reason, right->reason);
}

/* Sums of the same kind are added up; returns how many are left. */
static size_t merge(struct home_sum *sums, size_t n)
{
	size_t kept = 0;

	memory_sort(sums, n, sizeof *sums, compare_sums, NULL);
	for (size_t i = 0; i < n; i++)
		if (kept && compare_sums(&sums[kept - 1], &sums[i], NULL) == 0) {
			sums[kept - 1].pupils += sums[i].pupils;
			sums[kept - 1].metres += sums[i].metres;
		} else {
			sums[kept++] = sums[i];
		}
	return kept;
}

/* The placed or the unplaced, malloc'ed. */
static struct home_sum *home_sums(const struct plan_output *output, bool placed, size_t *n)
{
	const struct plan *plan = output->plan;
	const struct district *district = output->district;
	struct home_sum *sums = memory_array(plan->n_placements, sizeof *sums);

	*n = 0;
	for (size_t i = 0; i < plan->n_placements; i++) {
		const struct placement *placement = &plan->placements[i];
		const struct cell *cell = &district->cells[placement->cell];

		if (!district_is_home(district, cell->zone) ||
		    (placement->school != NONE) != placed)
			continue;
		sums[(*n)++] = (struct home_sum){
			cell->grade, cell->group, placement->school,
			placed ? "" : output->reasons[i], placement->pupils,
			placement->pupils * plan_metres(plan, placement)};
	}
	*n = merge(sums, *n);
	return sums;
}

static void home_columns(struct csv_out *out, const struct plan_output *output,
			 const struct home_sum *sum)
{
	csv_out_text(out, HOME_POINTS);
	csv_out_count(out, sum->grade);
	csv_out_text(out, output->district->groups[sum->group].id);
}

void home_assignment_rows(struct csv_out *out, const struct plan_output *output)
{
	size_t n;
	struct home_sum *sums = home_sums(output, true, &n);

	for (size_t i = 0; i < n; i++) {
		home_columns(out, output, &sums[i]);
		csv_out_text(out, output->district->schools[sums[i].school].id);
		csv_out_count(out, sums[i].pupils);
		csv_out_mean_km(out, sums[i].metres, sums[i].pupils);
		csv_out_end(out);
	}
	free(sums);
}

void home_unplaced_rows(struct csv_out *out, const struct plan_output *output)
{
	size_t n;
	struct home_sum *sums = home_sums(output, false, &n);

	for (size_t i = 0; i < n; i++) {
		home_columns(out, output, &sums[i]);
		csv_out_count(out, sums[i].pupils);
		csv_out_text(out, sums[i].reason);
		csv_out_end(out);
	}
	free(sums);
}
