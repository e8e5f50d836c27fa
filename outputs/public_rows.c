#include "outputs/public_rows.h"

#include "models/suppression.h"

static void count_shown(struct csv_out *out, int64_t pupils, bool hidden)
{
	if (hidden)
		csv_out_text(out, "");
	else
		csv_out_count(out, pupils);
}

static const char *zone_name(const struct plan_output *output, size_t zone)
{
	return district_is_home(output->district, zone) ? HOME_POINTS
							: output->district->zones[zone].id;
}

static const char *school_name(const struct plan_output *output, size_t school)
{
	return school == NONE ? "" : output->district->schools[school].id;
}

void public_assignment_rows(struct csv_out *out, const struct plan_output *output)
{
	for (size_t i = 0; i < output->suppression->n_counts; i++) {
		const struct public_count *count = &output->suppression->counts[i];

		csv_out_text(out, zone_name(output, count->zone));
		csv_out_count(out, count->grade);
		csv_out_text(out, output->district->groups[count->group].id);
		csv_out_text(out, school_name(output, count->school));
		count_shown(out, count->pupils, count->hidden);
		csv_out_end(out);
	}
}

void public_zone_rows(struct csv_out *out, const struct plan_output *output)
{
	const struct public_totals *totals = &output->suppression->totals[TOTAL_ZONE_GRADE];

	for (size_t t = 0; t < totals->n; t++) {
		csv_out_text(out, zone_name(output, totals->all[t].first->zone));
		csv_out_count(out, totals->all[t].first->grade);
		count_shown(out, totals->all[t].pupils, totals->all[t].hidden);
		csv_out_end(out);
	}
}

/* Pupils of a group with or without a school: 0 of a total that is not there. */
static void of_group(struct csv_out *out, const struct plan_output *output, size_t group,
		     bool unplaced)
{
	const struct public_totals *totals = &output->suppression->totals[TOTAL_GROUP_PLACED];

	for (size_t t = 0; t < totals->n; t++) {
		const struct public_total *total = &totals->all[t];

		if (total->first->group != group || (total->first->school == NONE) != unplaced)
			continue;
		count_shown(out, total->pupils, total->hidden);
		return;
	}
	csv_out_count(out, 0);
}

void public_group_rows(struct csv_out *out, const struct plan_output *output)
{
	const struct public_totals *totals = &output->suppression->totals[TOTAL_GROUP];

	for (size_t t = 0; t < totals->n; t++) {
		size_t group = totals->all[t].first->group;

		csv_out_text(out, output->district->groups[group].id);
		count_shown(out, totals->all[t].pupils, totals->all[t].hidden);
		of_group(out, output, group, false);
		of_group(out, output, group, true);
		csv_out_end(out);
	}
}

void public_school_rows(struct csv_out *out, const struct plan_output *output)
{
	const struct public_totals *totals = &output->suppression->totals[TOTAL_SCHOOL];

	for (size_t t = 0; t < totals->n; t++) {
		const struct public_total *total = &totals->all[t];

		if (total->first->school == NONE)
			continue;
		csv_out_text(out, school_name(output, total->first->school));
		count_shown(out, total->pupils, total->hidden);
		csv_out_end(out);
	}
}
