#include "outputs/tables.h"

#include <string.h>

#include "outputs/public_rows.h"
#include "outputs/student_rows.h"

#define CAPACITY_TABLE \
	{"capacity.csv", "school,grade,sections,seats_standard,seats_large,seats_max,binding", \
	 capacity_rows}

const struct output_table plan_tables[] = {
	{"assignment.csv", "zone,grade,group,school,pupils,km", assignment_rows},
	{"unplaced.csv", "zone,grade,group,pupils,reason", unplaced_rows},
	{"offerings.csv", "school,grade,sections,enrolled,assigned,load,largest_class,"
	 "over_standard,large_classes,oversized_classes,seat_price", offering_rows},
	{"schools.csv", "school,load,seats,utilisation,mean_km,max_km,*share_,large_classes",
	 school_rows},
	{"zones.csv", "zone,grade,schools,pupils,mean_km,seat_price", zone_rows},
	{"groups.csv", "group,pupils,placed,unplaced,mean_km,p50,p90,max_km,far,in_public_share",
	 group_rows},
	{"prices.csv", "what,school,grade,level,terms,gain,last_level,certainty", price_rows},
	CAPACITY_TABLE,
	{"distance.csv", "zone,school,km", used_pair_rows},
	{NULL, NULL, NULL}
};

const struct output_table student_tables[] = {
	{"students.csv", "student,school,section,km,rank,reason,nearness", student_rows},
	{"lottery.csv", "student,lot", lottery_rows},
	{"waiting.csv", "school,grade,place,student,wants", waiting_rows},
	{"notices.csv", "student,grade,school,school_name,section,km,waiting,notice", notice_rows},
	{NULL, NULL, NULL}
};

const struct output_table way_tables[] = {
	{"ways.csv", "decide,placed,unplaced,first_choice,other_choice,no_choice,mean_km,"
	 "oversized_classes,large_classes,far,envy_pairs,envious,optimal", way_rows},
	{NULL, NULL, NULL}
};

const struct output_table public_tables[] = {
	{"public_assignment.csv", "zone,grade,group,school,pupils", public_assignment_rows},
	{"public_zones.csv", "zone,grade,pupils", public_zone_rows},
	{"public_groups.csv", "group,pupils,placed,unplaced", public_group_rows},
	{"public_schools.csv", "school,pupils", public_school_rows},
	{NULL, NULL, NULL}
};

const struct output_table matrix_tables[] = {
	CAPACITY_TABLE,
	{"distance.csv", "zone,school,km", pair_rows},
	{NULL, NULL, NULL}
};

/* One column, or one a group where its name begins with '*'. */
static void header_column(struct csv_out *out, const struct district *district, const char *name,
			  size_t length)
{
	bool starred = *name == '*';
	struct text column = {0};

	for (size_t g = 0; g < (starred ? district->n_groups : 1); g++) {
		column.length = 0;
		text_add_bytes(&column, name + starred, length - starred);
		if (starred)
			text_add(&column, district->groups[g].id);
		csv_out_text(out, column.data);
	}
	text_free(&column);
}

static void header_write(struct csv_out *out, const struct district *district, const char *header)
{
	for (const char *name = header; *name;) {
		size_t length = strcspn(name, ",");

		header_column(out, district, name, length);
		name += length + (name[length] == ',');
	}
	csv_out_end(out);
}

void table_write(const struct output_table *table, struct folder_file *file,
		 const struct plan_output *output)
{
	struct csv_out out = {.file = file};

	header_write(&out, output->district, table->header);
	table->rows(&out, output);
}

int tables_write(const struct output_table *tables, struct folder *folder,
		 const struct plan_output *output)
{
	for (; tables->file; tables++) {
		struct folder_file file;

		if (folder_file_open(&file, folder, tables->file))
			return -1;
		table_write(tables, &file, output);
		if (folder_file_close(&file))
			return -1;
	}
	return 0;
}
