/* scripts/bench/generate.c - writes a district of clustered towns as a folder of tables. */
#include "towns.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const group_names[] = {"resident", "migrant", "returning"};

/* Sections of one seat: caps on the pupils, to one. */
static const char whole_settings[] =
	", \"settings\": {\"whole_zones\": \"yes\", \"objective\": \"unplaced; travel_km\", "
	"\"class_size.max\": 1, \"class_size.primary\": 1}";

static void fail(const char *path)
{
	fprintf(stderr, "generate: '%s': %s\n", path, strerror(errno));
	exit(1);
}

static void write_place(FILE *out, struct towns_point place)
{
	fprintf(out, "%.5f,%.5f", place.lon / 1e5, place.lat / 1e5);
}

static void write_settings(FILE *out, const struct towns_district *d)
{
	fprintf(out, "{\"name\": \"%s\", \"year\": 2026, \"crs\": \"EPSG:4326\"%s}\n",
		d->spec.name, d->spec.slack > 0 ? whole_settings : "");
}

static void write_zones(FILE *out, const struct towns_district *d)
{
	fputs("zone,name,lon,lat\n", out);
	for (size_t z = 0; z < d->spec.n_zones; z++) {
		fprintf(out, "Z%07zu,Zone %zu,", z + 1, z + 1);
		write_place(out, d->zones[z]);
		fputc('\n', out);
	}
}

static void write_schools(FILE *out, const struct towns_district *d)
{
	fputs("school,name,lon,lat,grades\n", out);
	for (size_t s = 0; s < d->spec.n_schools; s++) {
		fprintf(out, "S%04zu,School %zu,", s + 1, s + 1);
		write_place(out, d->schools[s]);
		fputs(d->spec.n_grades == 1 ? ",1\n" : ",1-9\n", out);
	}
}

static void write_offerings(FILE *out, const struct towns_district *d)
{
	fputs("school,grade,sections\n", out);
	for (size_t s = 0; s < d->spec.n_schools; s++)
		for (size_t g = 0; g < d->spec.n_grades; g++)
			fprintf(out, "S%04zu,%zu,%d\n", s + 1, g + 1,
				d->sections[s * d->spec.n_grades + g]);
}

static void write_demand(FILE *out, const struct towns_district *d)
{
	fputs("zone,grade,group,pupils\n", out);
	for (size_t z = 0; z < d->spec.n_zones; z++)
		for (size_t g = 0; g < d->spec.n_grades; g++)
			for (size_t k = 0; k < d->spec.n_groups; k++)
				if (towns_pupils(d, z, g, k))
					fprintf(out, "Z%07zu,%zu,%s,%d\n", z + 1, g + 1,
						group_names[k], towns_pupils(d, z, g, k));
}

static const struct {
	const char *name;
	void (*write)(FILE *out, const struct towns_district *d);
} tables[] = {
	{"district.json", write_settings},     {"zones.csv", write_zones},
	{"schools.csv", write_schools},	       {"offerings.csv", write_offerings},
	{"demand.csv", write_demand},
};

static void write_table(const char *folder, size_t which, const struct towns_district *d)
{
	char path[4096];
	snprintf(path, sizeof(path), "%s/%s", folder, tables[which].name);
	FILE *out = fopen(path, "w");
	if (!out)
		fail(path);
	tables[which].write(out, d);
	int broken = ferror(out);
	if (fclose(out) || broken)
		fail(path);
}

int main(int argc, char **argv)
{
	struct towns_district d = towns_make(towns_spec(argc, argv, NULL));
	if (mkdir(argv[2], 0777) && errno != EEXIST)
		fail(argv[2]);
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		write_table(argv[2], i, &d);
	towns_free(&d);
	return 0;
}
