#include "models/plan_prices.h"

#include "inputs/columns.h"

/* Whole units that a decimal may have in nano-units. */
#define MOST INT64_C(9000000000)

static const struct word whats[] = {
	{"seat", PRICED_SEAT}, {"section", PRICED_SECTION}, {"bed", PRICED_BED},
	{"inclusion_place", PRICED_PLACE}, {0},
};

static const struct word certainties[] = {
	{"exact", CERTAINTY_EXACT}, {"at_most", CERTAINTY_AT_MOST}, {0},
};

struct price_row {
	size_t row;
	const char *school, *terms;
	int what, certainty, grade;
	int64_t level, gain, last;
};

#define AT(field) .offset = offsetof(struct price_row, field)
#define KNOWN(heading) {.name = heading, .type = COLUMN_IGNORED}

static const struct column price_columns[] = {
	{"what", COLUMN_WORD, true, AT(what), .words = whats},
	{"school", COLUMN_ID, true, AT(school)},
	{"grade", COLUMN_GRADE, false, AT(grade)},
	{"level", COLUMN_COUNT, false, AT(level), .most = 1000},
	{"terms", COLUMN_TEXT, false, AT(terms)},
	{"gain", COLUMN_DECIMAL, false, AT(gain), .least = -MOST, .most = MOST},
	{"last_level", COLUMN_DECIMAL, false, AT(last), .least = -MOST, .most = MOST,
	 .fallback = PRICE_NOT_GIVEN},
	{"certainty", COLUMN_WORD, false, AT(certainty), .words = certainties,
	 .fallback = CERTAINTY_UNSAID},
	{0},
};

static const struct column seat_columns[] = {
	{"school", COLUMN_ID, true, AT(school)},
	{"grade", COLUMN_GRADE, true, AT(grade)},
	{"seat_price", COLUMN_DECIMAL, false, AT(last), .least = -MOST, .most = MOST,
	 .fallback = PRICE_NOT_GIVEN},
	KNOWN("sections"), KNOWN("enrolled"), KNOWN("assigned"), KNOWN("load"),
	KNOWN("largest_class"), KNOWN("over_standard"), KNOWN("large_classes"),
	KNOWN("oversized_classes"),
	{0},
};

static const struct table_spec price_spec = {"prices", price_columns,
					      .row_size = sizeof(struct price_row)};
static const struct table_spec seat_spec = {"offerings", seat_columns,
					      .row_size = sizeof(struct price_row)};

static int take_row(struct plan_prices *prices, const struct district *district,
		    const struct table *table, const struct price_row *row, struct diags *diags)
{
	size_t school = district_school(district, row->school);

	if (school == NONE)
		return diag_error(diags, DIAG_PLAN, table_place(table, row->row, "school"),
				  "school '%s' is not in the district", row->school);
	prices->prices[prices->n++] = (struct written_price){
		.what = row->what, .certainty = row->certainty, .school = school,
		.grade = row->grade, .level = row->level, .terms = row->terms, .gain = row->gain,
		.last = row->last};
	return 0;
}

static int take_table(struct plan_prices *prices, const struct district *district,
		      const struct table *table, struct arena *arena, struct diags *diags)
{
	int result = 0;

	prices->prices = arena_array(arena, table->n_rows, sizeof *prices->prices);
	for (size_t i = 0; i < table->n_rows; i++)
		if (take_row(prices, district, table, table_row(table, i), diags))
			result = -1;
	return result;
}

/* The prices of offerings.csv are of the last level. */
static void complete_seats(struct plan_prices *prices, const struct objective *objective)
{
	size_t kept = 0;

	for (size_t i = 0; i < prices->n; i++) {
		struct written_price price = prices->prices[i];

		if (price.last == PRICE_NOT_GIVEN)
			continue;
		price.level = price.last > 0 ? (int64_t)objective->n_levels : 0;
		price.gain = price.last;
		price.terms = objective->levels[objective->n_levels - 1].text;
		prices->prices[kept++] = price;
	}
	prices->n = kept;
}

static int read_seats(struct plan_prices *prices, const struct district *district,
		      const char *folder, struct arena *arena, struct diags *diags)
{
	const char *path = arena_printf(arena, "%s/offerings.csv", folder);
	struct table table;
	int result = table_read(&table, &seat_spec, path, false, arena, diags);

	if (result == 0 && table.present)
		result = take_table(prices, district, &table, arena, diags);
	if (result == 0)
		complete_seats(prices, &district->settings.levels);
	table_close(&table);
	return result;
}

int plan_prices_read(struct plan_prices *prices, const struct district *district,
		     const char *folder, struct arena *arena, struct diags *diags)
{
	const char *path = arena_printf(arena, "%s/prices.csv", folder);
	struct table table;
	bool present;
	int result;

	*prices = (struct plan_prices){0};
	result = table_read(&table, &price_spec, path, false, arena, diags);
	present = table.present;
	if (result == 0 && present)
		result = take_table(prices, district, &table, arena, diags);
	table_close(&table);
	return result || present ? result : read_seats(prices, district, folder, arena, diags);
}

const struct written_price *plan_price(const struct plan_prices *prices, enum priced what,
				       size_t school, int grade)
{
	for (size_t i = 0; i < prices->n; i++) {
		const struct written_price *price = &prices->prices[i];

		if (price->what == (int)what && price->school == school && price->grade == grade)
			return price;
	}
	return NULL;
}
