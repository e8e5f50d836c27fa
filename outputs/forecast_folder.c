#include "outputs/forecast_folder.h"

#include <string.h>

#include "outputs/csv_out.h"

/* Writes the rows of one table. */
typedef void forecast_rows(struct csv_out *out, const struct forecast *forecast);

static void pupil_rows(struct csv_out *out, const struct forecast *forecast)
{
	const struct district *district = forecast->district;

	for (size_t year = 0; year < forecast->n_years; year++)
		for (size_t z = 0; z < district->n_zones; z++)
			for (int grade = FIRST_GRADE; grade <= LAST_GRADE; grade++)
				for (size_t g = 0; g < district->n_groups; g++) {
					int64_t pupils[OUTLOOKS];

					for (int o = 0; o < OUTLOOKS; o++)
						pupils[o] = forecast_pupils(forecast,
									    (enum outlook)o, year,
									    z, g, grade);
					if (pupils[OUTLOOK_HIGH] == 0)
						continue;
					csv_out_count(out, forecast->first_year + (int64_t)year);
					csv_out_text(out, district->zones[z].id);
					csv_out_count(out, grade);
					csv_out_text(out, district->groups[g].id);
					csv_out_count(out, pupils[OUTLOOK_MIDDLE]);
					csv_out_count(out, pupils[OUTLOOK_LOW]);
					csv_out_count(out, pupils[OUTLOOK_HIGH]);
					csv_out_end(out);
				}
}

static void balance_rows(struct csv_out *out, const struct forecast *forecast)
{
	for (size_t i = 0; i < forecast->n_balances; i++) {
		const struct seat_balance *balance = &forecast->balances[i];

		csv_out_count(out, balance->year);
		csv_out_text(out, area_name(balance->area));
		csv_out_text(out, stage_name(balance->stage));
		csv_out_count(out, balance->pupils[OUTLOOK_MIDDLE]);
		csv_out_count(out, balance->pupils[OUTLOOK_LOW]);
		csv_out_count(out, balance->pupils[OUTLOOK_HIGH]);
		csv_out_count(out, balance->seats);
		csv_out_count(out, balance->seats - balance->pupils[OUTLOOK_MIDDLE]);
		csv_out_text(out, warning_name(balance->warning));
		csv_out_text(out, basis_name(balance->basis));
		csv_out_end(out);
	}
}

static void turn_rows(struct csv_out *out, const struct forecast *forecast)
{
	for (size_t i = 0; i < forecast->n_turns; i++) {
		const struct turn *turn = &forecast->turns[i];
		const struct seat_balance *ends[] = {turn->peak, turn->trough};

		csv_out_text(out, area_name(turn->area));
		csv_out_text(out, stage_name(turn->stage));
		for (int k = 0; k < 2; k++) {
			csv_out_count(out, ends[k]->year);
			csv_out_count(out, ends[k]->pupils[OUTLOOK_MIDDLE]);
			csv_out_count(out, ends[k]->seats - ends[k]->pupils[OUTLOOK_MIDDLE]);
		}
		csv_out_end(out);
	}
}

static const struct {
	const char *file, *header;
	forecast_rows *rows;
} tables[] = {
	{"forecast.csv", "year,zone,grade,group,pupils,low,high", pupil_rows},
	{"balance.csv", "year,area,stage,pupils,low,high,seats,spare,warning,basis",
	 balance_rows},
	{"turns.csv", "area,stage,peak_year,peak_pupils,peak_spare,trough_year,trough_pupils,"
	 "trough_spare", turn_rows},
};

static void header_write(struct csv_out *out, const char *header)
{
	char name[32];

	for (const char *at = header; *at;) {
		size_t length = strcspn(at, ",");

		memcpy(name, at, length);
		name[length] = '\0';
		csv_out_text(out, name);
		at += length + (at[length] == ',');
	}
	csv_out_end(out);
}

static int write_tables(struct folder *folder, const struct forecast *forecast)
{
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		struct folder_file file;
		struct csv_out out = {.file = &file};

		if (folder_file_open(&file, folder, tables[i].file))
			return -1;
		header_write(&out, tables[i].header);
		tables[i].rows(&out, forecast);
		if (folder_file_close(&file))
			return -1;
	}
	return 0;
}

int forecast_folder_write(const char *path, const struct forecast *forecast, struct diags *diags)
{
	struct folder folder;

	if (folder_open(&folder, path, diags))
		return -1;
	return folder_finish(&folder, write_tables(&folder, forecast));
}
