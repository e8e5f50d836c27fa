/* solver/commands/forecast.c - `seatwise forecast`: pupils of the years to come against seats. */
#include <stdio.h>

#include "models/forecast.h"
#include "outputs/forecast_folder.h"
#include "outputs/folder.h"
#include "solver/commands/commands.h"

/* Sums over the areas: a year of a stage. */
static void print_year(const struct forecast *forecast, int64_t year, enum stage stage)
{
	int64_t pupils[OUTLOOKS] = {0}, seats = 0;
	enum basis basis = BASIS_COUNTED;

	for (size_t i = 0; i < forecast->n_balances; i++) {
		const struct seat_balance *balance = &forecast->balances[i];

		if (balance->year != year || balance->stage != stage)
			continue;
		for (int o = 0; o < OUTLOOKS; o++)
			pupils[o] += balance->pupils[o];
		seats += balance->seats;
		basis = balance->basis > basis ? balance->basis : basis;
	}
	printf("  %lld  %-7s %10lld %10lld %10lld %10lld %10lld  %s\n", (long long)year,
	       stage_name(stage), (long long)pupils[OUTLOOK_LOW],
	       (long long)pupils[OUTLOOK_MIDDLE], (long long)pupils[OUTLOOK_HIGH],
	       (long long)seats, (long long)(seats - pupils[OUTLOOK_MIDDLE]), basis_name(basis));
}

static const char *area_words(int area)
{
	return area == AREA_NONE ? "no area" : area_name(area);
}

/* When most pupils come, and how many seats stand empty after that. */
static void print_turns(const struct forecast *forecast)
{
	for (size_t i = 0; i < forecast->n_turns; i++) {
		const struct turn *turn = &forecast->turns[i];
		int64_t spare = turn->peak->seats - turn->peak->pupils[OUTLOOK_MIDDLE];

		printf("  %s, %s: most pupils in %lld (%lld, %lld seats %s), fewest after that in "
		       "%lld (%lld seats for %lld)\n", area_words(turn->area),
		       stage_name(turn->stage), (long long)turn->peak->year,
		       (long long)turn->peak->pupils[OUTLOOK_MIDDLE],
		       (long long)(spare < 0 ? -spare : spare), spare < 0 ? "short" : "spare",
		       (long long)turn->trough->year, (long long)turn->trough->seats,
		       (long long)turn->trough->pupils[OUTLOOK_MIDDLE]);
	}
}

static void print_summary(const struct forecast *forecast, const char *out)
{
	printf("%s, %lld to %lld\n  %-4s  %-7s %10s %10s %10s %10s %10s  %s\n",
	       forecast->district->name, (long long)forecast->first_year,
	       (long long)forecast->first_year + (long long)forecast->n_years - 1, "year", "stage",
	       "low", "pupils", "high", "seats", "spare", "rests on");
	for (size_t year = 0; year < forecast->n_years; year++)
		for (int stage = 0; stage < STAGES; stage++)
			print_year(forecast, forecast->first_year + (int64_t)year,
				   (enum stage)stage);
	print_turns(forecast);
	printf("forecast in %s\n", out);
}

int command_forecast(const struct options *options, struct diags *diags)
{
	struct district district;
	struct distances distances;
	struct forecast forecast;

	if (folder_check(options->out, diags))
		return (int)diags->status;
	if (district_read(&district, options->district, options->overrides, options->n_overrides,
			  diags) == 0) {
		distances_make(&district.arena, &district, &distances);
		if (forecast_make(&district.arena, &district, &distances, &forecast, diags) == 0 &&
		    forecast_folder_write(options->out, &forecast, diags) == 0)
			print_summary(&forecast, options->out);
	}
	district_close(&district);
	return (int)diags->status;
}
