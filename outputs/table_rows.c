#include "outputs/table_rows.h"

#include "outputs/home_rows.h"
#include "outputs/zone_use.h"

static const char *group_id(const struct plan_output *output, size_t group)
{
	return output->district->groups[group].id;
}

static const char *school_id(const struct plan_output *output, size_t school)
{
	return output->district->schools[school].id;
}

static const char *zone_id(const struct plan_output *output, size_t zone)
{
	return output->district->zones[zone].id;
}

/* Whether the placement is of children at a point of their own, who are summed. */
static bool at_home_point(const struct plan_output *output, const struct placement *placement)
{
	return district_is_home(output->district, output->district->cells[placement->cell].zone);
}

/* zone, grade, group */
static void cell_columns(struct csv_out *out, const struct plan_output *output, size_t index)
{
	const struct cell *cell = &output->district->cells[index];

	csv_out_text(out, zone_id(output, cell->zone));
	csv_out_count(out, cell->grade);
	csv_out_text(out, group_id(output, cell->group));
}

void assignment_rows(struct csv_out *out, const struct plan_output *output)
{
	const struct plan *plan = output->plan;

	for (size_t i = 0; i < plan->n_placements; i++) {
		const struct placement *placement = &plan->placements[i];

		if (placement->school == NONE || at_home_point(output, placement))
			continue;
		cell_columns(out, output, placement->cell);
		csv_out_text(out, school_id(output, placement->school));
		csv_out_count(out, placement->pupils);
		csv_out_thousandths(out, plan_metres(plan, placement));
		csv_out_end(out);
	}
	home_assignment_rows(out, output);
}

void unplaced_rows(struct csv_out *out, const struct plan_output *output)
{
	const struct plan *plan = output->plan;

	for (size_t i = 0; i < plan->n_placements; i++) {
		if (plan->placements[i].school != NONE ||
		    at_home_point(output, &plan->placements[i]))
			continue;
		cell_columns(out, output, plan->placements[i].cell);
		csv_out_count(out, plan->placements[i].pupils);
		csv_out_text(out, output->reasons[i]);
		csv_out_end(out);
	}
	home_unplaced_rows(out, output);
}

static void price_column(struct csv_out *out, const struct plan_output *output, int64_t price)
{
	if (output->seat_price)
		csv_out_thousandths(out, price);
	else
		csv_out_text(out, "");
}

void offering_rows(struct csv_out *out, const struct plan_output *output)
{
	for (size_t i = 0; i < output->district->n_offerings; i++) {
		const struct offering *offering = &output->district->offerings[i];
		const struct offering_figures *figures = &output->plan->offerings[i];

		csv_out_text(out, school_id(output, offering->school));
		csv_out_count(out, offering->grade);
		csv_out_count(out, offering->sections);
		csv_out_count(out, offering->enrolled);
		csv_out_count(out, figures->assigned);
		csv_out_count(out, figures->load);
		csv_out_count(out, figures->largest_class);
		csv_out_count(out, figures->over_standard);
		csv_out_count(out, figures->large_classes);
		csv_out_count(out, figures->oversized_classes);
		price_column(out, output, output->seat_price ? output->seat_price[i] : 0);
		csv_out_end(out);
	}
}

void school_rows(struct csv_out *out, const struct plan_output *output)
{
	for (size_t s = 0; s < output->district->n_schools; s++) {
		const struct school_figures *school = &output->plan->schools[s];

		csv_out_text(out, school_id(output, s));
		csv_out_count(out, school->load);
		csv_out_count(out, school->seats);
		csv_out_ratio(out, school->load, school->seats);
		csv_out_mean_km(out, school->ways.metres, school->ways.pupils);
		csv_out_thousandths(out, school->ways.longest);
		for (size_t g = 0; g < output->district->n_groups; g++)
			csv_out_ratio(out, school->by_group[g], school->assigned);
		csv_out_count(out, school->large_classes);
		csv_out_end(out);
	}
}

/* The dearest seat of the grade at the schools in use. */
static int64_t dearest_seat(const struct plan_output *output, const struct zone_use *use)
{
	int64_t dearest = 0;

	for (size_t i = 0; i < use->n_schools && output->seat_price; i++) {
		const struct offering *offering =
			district_offering(output->district, use->schools[i], use->grade);
		int64_t price = 0;

		if (offering)
			price = output->seat_price[offering - output->district->offerings];
		dearest = price > dearest ? price : dearest;
	}
	return dearest;
}

static void zone_row(struct csv_out *out, const struct plan_output *output,
		     const struct zone_use *use, const char *schools)
{
	csv_out_text(out, zone_id(output, use->zone));
	csv_out_count(out, use->grade);
	csv_out_text(out, schools);
	csv_out_count(out, use->pupils);
	csv_out_mean_km(out, use->metres, use->placed);
	price_column(out, output, dearest_seat(output, use));
	csv_out_end(out);
}

void zone_rows(struct csv_out *out, const struct plan_output *output)
{
	struct zone_walk walk;
	struct zone_use use;
	struct text schools = {0};

	zone_walk_open(&walk, output->plan, true);
	while (zone_walk_next(&walk, &use) && !district_is_home(output->district, use.zone)) {
		schools.length = 0;
		text_add(&schools, "");
		zone_use_schools(&walk, &use, &schools);
		zone_row(out, output, &use, schools.data);
	}
	text_free(&schools);
	zone_walk_close(&walk);
}

void group_rows(struct csv_out *out, const struct plan_output *output)
{
	for (size_t g = 0; g < output->district->n_groups; g++) {
		const struct group_figures *group = &output->plan->groups[g];

		csv_out_text(out, group_id(output, g));
		csv_out_count(out, group->pupils);
		csv_out_count(out, group->placed);
		csv_out_count(out, group->unplaced);
		csv_out_mean_km(out, group->ways.metres, group->ways.pupils);
		csv_out_thousandths(out, group->ways.p50);
		csv_out_thousandths(out, group->ways.p90);
		csv_out_thousandths(out, group->ways.longest);
		csv_out_count(out, group->far);
		csv_out_ratio(out, group->in_public, group->placed);
		csv_out_end(out);
	}
}

/* level, terms, gain, last_level, certainty */
static void gain_columns(struct csv_out *out, const struct plan_output *output,
			 const struct gain *gain)
{
	const struct level_result *last = &output->levels[output->n_levels - 1];

	if (gain->level < output->n_levels) {
		const struct level_result *level = &output->levels[gain->level];

		csv_out_count(out, (int64_t)gain->level + 1);
		csv_out_text(out, level->terms);
		csv_out_decimal(out, gain->gain, level->digits);
	} else {
		csv_out_text(out, "");
		csv_out_text(out, "");
		csv_out_count(out, 0);
	}
	if (gain->has_last)
		csv_out_decimal(out, gain->last, last->digits);
	else
		csv_out_text(out, "");
	csv_out_text(out, gain->exact ? "exact" : "at_most");
}

void price_rows(struct csv_out *out, const struct plan_output *output)
{
	for (size_t i = 0; i < output->prices->n; i++) {
		const struct price *price = &output->prices->all[i];

		csv_out_text(out, price_name(price->what));
		csv_out_text(out, school_id(output, price->school));
		if (price->grade)
			csv_out_count(out, price->grade);
		else
			csv_out_text(out, "");
		gain_columns(out, output, &price->gain);
		csv_out_end(out);
	}
}

void capacity_rows(struct csv_out *out, const struct plan_output *output)
{
	for (size_t i = 0; i < output->district->n_offerings; i++) {
		const struct offering *offering = &output->district->offerings[i];
		const struct capacity *capacity = &output->capacities->offerings[i];
		const struct school_cap *cap = &output->capacities->schools[offering->school];

		csv_out_text(out, school_id(output, offering->school));
		csv_out_count(out, offering->grade);
		csv_out_count(out, offering->sections);
		csv_out_count(out, capacity->seats_standard);
		csv_out_count(out, capacity->seats_large);
		csv_out_count(out, capacity->seats_max);
		csv_out_text(out, binding_name(cap->binding));
		csv_out_end(out);
	}
}

static void pair_row(struct csv_out *out, const struct plan_output *output, size_t zone,
		     size_t school)
{
	int64_t metres = distance_metres(output->distances, zone, school);

	if (metres == UNREACHABLE)
		return;
	csv_out_text(out, zone_id(output, zone));
	csv_out_text(out, school_id(output, school));
	csv_out_thousandths(out, metres);
	csv_out_end(out);
}

void used_pair_rows(struct csv_out *out, const struct plan_output *output)
{
	struct zone_walk walk;
	struct zone_use use;

	zone_walk_open(&walk, output->plan, false);
	while (zone_walk_next(&walk, &use) && !district_is_home(output->district, use.zone))
		for (size_t i = 0; i < use.n_schools; i++)
			pair_row(out, output, use.zone, use.schools[i]);
	zone_walk_close(&walk);
}

void pair_rows(struct csv_out *out, const struct plan_output *output)
{
	for (size_t z = 0; z < output->district->n_zones - output->district->n_homes; z++)
		for (size_t s = 0; s < output->district->n_schools; s++)
			pair_row(out, output, z, s);
}
