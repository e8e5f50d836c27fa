#include "outputs/compare_folder.h"

#include "outputs/compare_figures.h"

/* --- rows ------------------------------------------------------------------------------------ */

static void kpi_column(struct csv_out *out, bool there, int64_t value, int digits)
{
	if (!there)
		csv_out_text(out, "");
	else if (digits)
		csv_out_thousandths(out, value);
	else
		csv_out_count(out, value);
}

static void kpi_rows(struct csv_out *out, const struct comparison *comparison)
{
	for (size_t i = 0; i < comparison->n_kpis; i++) {
		struct shown_kpi kpi = shown_kpi(&comparison->kpis[i]);

		csv_out_text(out, comparison->kpis[i].name);
		kpi_column(out, kpi.there[0], kpi.values[0], kpi.digits);
		kpi_column(out, kpi.there[1], kpi.values[1], kpi.digits);
		kpi_column(out, kpi.there[0] && kpi.there[1], kpi.values[1] - kpi.values[0],
			   kpi.digits);
		csv_out_end(out);
	}
}

static bool at_school(const struct plan_row *row)
{
	return row && row->school;
}

static void km_column(struct csv_out *out, const struct plan_row *row)
{
	if (at_school(row))
		csv_out_thousandths(out, shown_metres(row->km));
	else
		csv_out_text(out, "");
}

static void move_rows(struct csv_out *out, const struct comparison *comparison)
{
	for (size_t i = 0; i < comparison->n_moves; i++) {
		const struct pupil_move *move = &comparison->moves[i];
		const struct plan_row *cell = move->from ? move->from : move->to;

		csv_out_text(out, cell->zone);
		csv_out_count(out, cell->grade);
		csv_out_text(out, cell->group);
		csv_out_text(out, pupil_change_word(pupil_move_change(move)));
		csv_out_text(out, at_school(move->from) ? move->from->school : "");
		csv_out_text(out, at_school(move->to) ? move->to->school : "");
		csv_out_count(out, move->pupils);
		km_column(out, move->from);
		km_column(out, move->to);
		csv_out_end(out);
	}
}

static void both_counts(struct csv_out *out, int64_t first, int64_t second)
{
	csv_out_count(out, first);
	csv_out_count(out, second);
}

static void both_km(struct csv_out *out, int64_t first, int64_t second)
{
	csv_out_thousandths(out, shown_metres(first));
	csv_out_thousandths(out, shown_metres(second));
}

static void class_rows(struct csv_out *out, const struct comparison *comparison)
{
	for (size_t i = 0; i < comparison->n_offerings; i++) {
		const struct offering_change *offering = &comparison->offerings[i];
		const struct plan_offering_row *first = &offering->rows[0];
		const struct plan_offering_row *second = &offering->rows[1];

		csv_out_text(out, first->school);
		csv_out_count(out, first->grade);
		both_counts(out, first->sections, second->sections);
		both_counts(out, first->load, second->load);
		both_counts(out, first->large, second->large);
		both_counts(out, first->oversized, second->oversized);
		csv_out_text(out, class_change_word(offering->change));
		csv_out_end(out);
	}
}

static void group_rows(struct csv_out *out, const struct comparison *comparison)
{
	for (size_t i = 0; i < comparison->n_groups; i++) {
		const struct group_change *group = &comparison->groups[i];
		const struct plan_group_row *first = &group->rows[0], *second = &group->rows[1];

		csv_out_text(out, first->group);
		both_counts(out, first->pupils, second->pupils);
		both_counts(out, first->placed, second->placed);
		both_km(out, first->mean_km, second->mean_km);
		both_km(out, first->p90, second->p90);
		both_counts(out, first->far, second->far);
		csv_out_count(out, move_totals_moved(&group->totals));
		csv_out_end(out);
	}
}

/* --- tables ---------------------------------------------------------------------------------- */

const struct compare_table compare_tables[] = {
	{"kpis.csv", "kpi,first,second,difference", kpi_rows},
	{"moves.csv", "zone,grade,group,change,from,to,pupils,from_km,to_km", move_rows},
	{"classes.csv", "school,grade,sections_first,sections_second,load_first,load_second,"
	 "large_classes_first,large_classes_second,oversized_classes_first,"
	 "oversized_classes_second,change", class_rows},
	{"groups.csv", "group,pupils_first,pupils_second,placed_first,placed_second,"
	 "mean_km_first,mean_km_second,p90_first,p90_second,far_first,far_second,moved",
	 group_rows},
	{NULL, NULL, NULL}
};

void compare_table_write(const struct compare_table *table, struct folder_file *file,
			 const struct comparison *comparison)
{
	struct csv_out out = {.file = file};

	text_add(&file->text, table->header);
	csv_out_end(&out);
	table->rows(&out, comparison);
}

static int write_tables(struct folder *folder, const struct comparison *comparison)
{
	for (const struct compare_table *table = compare_tables; table->file; table++) {
		struct folder_file file;

		if (folder_file_open(&file, folder, table->file))
			return -1;
		compare_table_write(table, &file, comparison);
		if (folder_file_close(&file))
			return -1;
	}
	return 0;
}

int compare_folder_write(const char *path, const struct comparison *comparison,
			 struct diags *diags)
{
	struct folder folder;

	if (folder_open(&folder, path, diags))
		return -1;
	return folder_finish(&folder, write_tables(&folder, comparison));
}
