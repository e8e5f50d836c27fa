/* models/forecast.h - pupils of the years to come, by cohort survival, and the seats for them.
 *
 * A grade has what the grade below it had a year earlier, times a ratio (progression.csv; 1 where
 * no row speaks of it). Of the rows that do, one of the area and group goes before one of the area,
 * that before one of the group, that before one of neither. Grade 1 of a group with births: those
 * born from 1 September seven years before to 31 August six years before (Compulsory Education Law,
 * article 11: six years old by the end of August), times the ratio of grade 0; of a whole year's
 * births a third is born after August. A group without births has, where a row of grade 0 names it,
 * so many for each child of the other groups who enters grade 1 in the zone (the migrant share);
 * else as many as in the first year. */
#ifndef SEATWISE_FORECAST_H
#define SEATWISE_FORECAST_H

#include "inputs/distance.h"
#include "inputs/district.h"

enum outlook { OUTLOOK_MIDDLE, OUTLOOK_LOW, OUTLOOK_HIGH, OUTLOOKS };
enum stage { STAGE_PRIMARY, STAGE_JUNIOR, STAGES };
enum { AREAS = AREA_RURAL + 1 };

/* How a year's grade 1 is known. */
enum basis { BASIS_COUNTED, BASIS_BIRTHS, BASIS_ASSUMED, BASIS_GIVEN };

enum warning { WARNING_NONE, WARNING_YELLOW, WARNING_ORANGE, WARNING_RED };

/* Seats at standard size against pupils, of a year, area and stage. */
struct seat_balance {
	int64_t year, pupils[OUTLOOKS];
	int64_t seats;              /* of open schools, those who stay taken off */
	int area;
	enum stage stage;
	enum warning warning;       /* by the middle outlook */
	enum basis basis;           /* the weakest of what its pupils rest on */
};

/* Of an area and stage: when most pupils come, and the fewest after that. */
struct turn {
	int area;
	enum stage stage;
	const struct seat_balance *peak, *trough; /* the first of equals */
};

struct forecast {
	const struct district *district;
	int64_t first_year;
	size_t n_years;
	int64_t *pupils[OUTLOOKS];  /* by year, zone of zones.csv, group and grade */
	enum basis *basis;          /* n_years */
	struct seat_balance *balances; /* by year, area and stage; those with pupils or seats */
	struct turn *turns;         /* by area and stage */
	size_t n_balances, n_turns;
};

/*
 * In the arena. With forecast.csv its years are taken as they are. Else the first year is that of
 * the setting `month`, with the district's pupils, and the last one `forecast.until`. Whole pupils
 * are made of each year, grade and group by largest remainders over its zones (ties by zone), so
 * that the sum is the rounded one; low and high then give way to the middle where they cross it. A
 * school is of the area of the zone nearest to it.
 *
 *   returns  0, or -1 after an error: no year, or homes instead of zones
 *
 * Where births are not known for a year (both calendar years of the cohort must be there), grade 1
 * is the mean of the three years before it: BASIS_ASSUMED.
 */
int forecast_make(struct arena *arena, const struct district *district,
		  const struct distances *distances, struct forecast *made, struct diags *diags);

/* The pupils of a year (an index), zone, group and grade. */
int64_t forecast_pupils(const struct forecast *forecast, enum outlook outlook, size_t year,
			size_t zone, size_t group, int grade);

const char *warning_name(enum warning warning); /* "" of none */
const char *basis_name(enum basis basis);
const char *stage_name(enum stage stage);
const char *area_name(int area);                /* "" of none */

#endif
