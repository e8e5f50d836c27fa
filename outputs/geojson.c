#include "outputs/geojson.h"

#include <math.h>

#include "outputs/figures.h"
#include "outputs/json_text.h"
#include "outputs/zone_use.h"

enum { DEGREE_DIGITS = 6 };

static const char *const status_names[] = {"existing", "new"};
static const char *const ownership_names[] = {"public", "purchased", "private"};

/* The key of one more property, which needs no escapes. */
static struct text *add_key(struct text *text, const char *key)
{
	text_add(text, ",\"");
	text_add(text, key);
	text_add(text, "\":");
	return text;
}

static void add_string(struct text *text, const char *key, const char *value)
{
	json_add_string(add_key(text, key), value);
}

static void add_count(struct text *text, const char *key, int64_t value)
{
	text_add_count(add_key(text, key), value);
}

static void add_thousandths(struct text *text, const char *key, int64_t value)
{
	text_add_decimal(add_key(text, key), value, 3, false);
}

static void add_degrees(struct text *text, double degrees)
{
	text_add_decimal(text, llround(degrees * 1e6), DEGREE_DIGITS, true);
}

/* A feature up to and with its first properties: what it is, and its id. */
static void begin_feature(struct text *text, double lon, double lat, const char *what,
			  const char *id)
{
	text_add(text, "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[");
	add_degrees(text, lon);
	text_add(text, ",");
	add_degrees(text, lat);
	text_add(text, "]},\"properties\":{\"layer\":");
	json_add_string(text, what);
	add_string(text, what, id);
}

static void end_feature(struct folder_file *file, bool last)
{
	text_add(&file->text, last ? "}}\n" : "}},\n");
	folder_file_drain(file);
}

static void add_school(struct text *text, const struct school *school,
		       const struct school_figures *figures)
{
	const struct ways *ways = &figures->ways;

	begin_feature(text, school->lon, school->lat, "school", school->id);
	add_string(text, "name", school->name);
	text_add(add_key(text, "open"), school->open ? "true" : "false");
	add_string(text, "status", status_names[school->status]);
	add_string(text, "ownership", ownership_names[school->ownership]);
	add_count(text, "load", figures->load);
	add_count(text, "seats", figures->seats);
	add_thousandths(text, "utilisation", thousandths(figures->load, figures->seats));
	add_count(text, "large_classes", figures->large_classes);
	add_count(text, "largest_class", figures->largest_class);
	add_thousandths(text, "mean_km", mean_metres(ways->metres, ways->pupils));
}

static void add_zone(struct text *text, const struct zone *zone, const struct zone_use *use,
		     const char *schools)
{
	begin_feature(text, zone->lon, zone->lat, "zone", zone->id);
	add_string(text, "name", zone->name);
	add_string(text, "township", zone->township);
	add_count(text, "pupils", use->pupils);
	add_string(text, "schools", schools);
	add_thousandths(text, "mean_km", mean_metres(use->metres, use->placed));
}

static void add_zones(struct folder_file *file, const struct plan_output *output)
{
	const struct district *district = output->district;
	size_t n_zones = district->n_zones - district->n_homes; /* homes are on no map */
	const struct zone_use nobody = {0};
	struct zone_walk walk;
	struct zone_use use;
	struct text schools = {0};
	bool more;

	zone_walk_open(&walk, output->plan, false);
	more = zone_walk_next(&walk, &use);
	for (size_t z = 0; z < n_zones; z++) {
		bool inhabited = more && use.zone == z;

		schools.length = 0;
		text_add(&schools, "");
		if (inhabited)
			zone_use_schools(&walk, &use, &schools);
		add_zone(&file->text, &district->zones[z], inhabited ? &use : &nobody,
			 schools.data);
		end_feature(file, z + 1 == n_zones);
		if (inhabited)
			more = zone_walk_next(&walk, &use);
	}
	text_free(&schools);
	zone_walk_close(&walk);
}

void geojson_write(struct folder_file *file, const struct plan_output *output)
{
	const struct district *district = output->district;

	text_add(&file->text, "{\"type\":\"FeatureCollection\",\"features\":[\n");
	for (size_t s = 0; s < district->n_schools; s++) {
		add_school(&file->text, &district->schools[s], &output->plan->schools[s]);
		end_feature(file, s + 1 == district->n_schools &&
				    district->n_zones == district->n_homes);
	}
	add_zones(file, output);
	text_add(&file->text, "]}\n");
}
