#include "models/plan_columns.h"

enum { MOST_SECTIONS = 100000, MOST_KM = 100000 };

#define AT(row, field) .offset = offsetof(struct row, field)
#define KNOWN(heading) {.name = heading, .type = COLUMN_IGNORED}
#define COUNT(heading, row, field, limit) \
	{heading, COLUMN_COUNT, true, AT(row, field), .most = limit}
#define KM(heading, row, field) {heading, COLUMN_DECIMAL, true, AT(row, field), .most = MOST_KM}
#define CELL_COLUMNS \
	{"zone", COLUMN_ID, true, AT(plan_row, zone)}, \
	{"grade", COLUMN_GRADE, true, AT(plan_row, grade)}, \
	{"group", COLUMN_ID, true, AT(plan_row, group)}, \
	{"pupils", COLUMN_COUNT, true, AT(plan_row, pupils), .least = -PLAN_MOST_PUPILS, \
	 .most = PLAN_MOST_PUPILS}

static const struct column assignment_columns[] = {
	CELL_COLUMNS,
	{"school", COLUMN_ID, true, AT(plan_row, school)},
	KM("km", plan_row, km),
	{0},
};

static const struct column unplaced_columns[] = {
	CELL_COLUMNS,
	{"reason", COLUMN_TEXT, true, AT(plan_row, reason)},
	{0},
};

static const struct column offering_columns[] = {
	{"school", COLUMN_ID, true, AT(plan_offering_row, school)},
	{"grade", COLUMN_GRADE, true, AT(plan_offering_row, grade)},
	COUNT("sections", plan_offering_row, sections, MOST_SECTIONS),
	COUNT("load", plan_offering_row, load, PLAN_MOST_PUPILS),
	COUNT("large_classes", plan_offering_row, large, MOST_SECTIONS),
	COUNT("oversized_classes", plan_offering_row, oversized, MOST_SECTIONS),
	KNOWN("enrolled"), KNOWN("assigned"), KNOWN("largest_class"), KNOWN("over_standard"),
	KNOWN("seat_price"),
	{0},
};

static const struct column group_columns[] = {
	{"group", COLUMN_ID, true, AT(plan_group_row, group)},
	COUNT("pupils", plan_group_row, pupils, PLAN_MOST_PUPILS),
	COUNT("placed", plan_group_row, placed, PLAN_MOST_PUPILS),
	COUNT("far", plan_group_row, far, PLAN_MOST_PUPILS),
	KM("mean_km", plan_group_row, mean_km),
	KM("p90", plan_group_row, p90),
	KNOWN("unplaced"), KNOWN("p50"), KNOWN("max_km"), KNOWN("in_public_share"),
	{0},
};

const struct table_spec plan_assignment_spec = {"assignment", assignment_columns,
						.row_size = sizeof(struct plan_row)};
const struct table_spec plan_unplaced_spec = {"unplaced", unplaced_columns,
					      .row_size = sizeof(struct plan_row)};
const struct table_spec plan_offering_spec = {"offerings", offering_columns,
					      .row_size = sizeof(struct plan_offering_row)};
const struct table_spec plan_group_spec = {"groups", group_columns,
					   .row_size = sizeof(struct plan_group_row)};
