#include "outputs/input_hash.h"

#include <nettle/sha2.h>
#include <stdio.h>

#include "outputs/csv_out.h"

/* A canonical table on its way into the hash. */
struct digest {
	struct sha256_ctx sha;
	struct folder_file file; /* of no folder: just its text */
	struct csv_out out;
};

static void district_row(struct csv_out *out, const struct district *district)
{
	csv_out_text(out, district->name);
	csv_out_text(out, district->crs);
	csv_out_count(out, district->year);
}

static void school_row(struct csv_out *out, const struct district *district, size_t i)
{
	const struct school *school = &district->schools[i];

	csv_out_text(out, school->id);
	csv_out_text(out, school->name);
	csv_out_real(out, school->lon);
	csv_out_real(out, school->lat);
	csv_out_text(out, school->opens);
	csv_out_count(out, school->status);
	csv_out_count(out, school->ownership);
	csv_out_count(out, school->kind);
	csv_out_count(out, school->first_grade);
	csv_out_count(out, school->last_grade);
	csv_out_count(out, school->classrooms);
	csv_out_count(out, school->beds);
	csv_out_count(out, school->places);
	csv_out_count(out, school->max_pupils);
	csv_out_count(out, school->land_m2);
	csv_out_count(out, school->floor_m2);
}

static void zone_row(struct csv_out *out, const struct district *district, size_t i)
{
	const struct zone *zone = &district->zones[i];

	csv_out_text(out, zone->id);
	csv_out_text(out, zone->name);
	csv_out_text(out, zone->township);
	csv_out_real(out, zone->lon);
	csv_out_real(out, zone->lat);
	csv_out_count(out, zone->area);
}

static void group_row(struct csv_out *out, const struct district *district, size_t i)
{
	const struct group *group = &district->groups[i];

	csv_out_text(out, group->id);
	csv_out_text(out, group->label);
	csv_out_count(out, group->weight);
	csv_out_count(out, group->limit_km);
	csv_out_count(out, group->max_share);
	csv_out_count(out, group->need);
	csv_out_count(out, group->public_only);
}

static void offering_row(struct csv_out *out, const struct district *district, size_t i)
{
	const struct offering *offering = &district->offerings[i];
	int64_t standard = district_class_size(district, offering->grade);

	csv_out_text(out, district->schools[offering->school].id);
	csv_out_count(out, offering->grade);
	csv_out_count(out, offering->sections);
	csv_out_count(out, offering->enrolled);
	csv_out_count(out, offering->class_size == standard ? 0 : offering->class_size);
	if (offering->sections_max != NOT_GIVEN)
		csv_out_count(out, offering->sections_max);
}

static void cell_row(struct csv_out *out, const struct district *district, size_t i)
{
	const struct cell *cell = &district->cells[i];

	csv_out_text(out, district->zones[cell->zone].id);
	csv_out_count(out, cell->grade);
	csv_out_text(out, district->groups[cell->group].id);
	csv_out_count(out, cell->pupils);
}

static void school_column(struct csv_out *out, const struct district *district, size_t school)
{
	csv_out_text(out, school == NONE ? "" : district->schools[school].id);
}

static void access_row(struct csv_out *out, const struct district *district, size_t i)
{
	const struct access *access = &district->access[i];

	csv_out_text(out, district->zones[access->zone].id);
	school_column(out, district, access->school);
	csv_out_text(out, access->group == NONE ? "" : district->groups[access->group].id);
	csv_out_count(out, access->rule);
	csv_out_count(out, access->grade);
}

static void known_row(struct csv_out *out, const struct district *district, size_t i)
{
	const struct known_distance *known = &district->known[i];

	csv_out_text(out, district->zones[known->zone].id);
	csv_out_text(out, district->schools[known->school].id);
	csv_out_count(out, known->metres);
}

static void student_row(struct csv_out *out, const struct district *district, size_t i)
{
	const struct student *student = &district->students[i];

	csv_out_text(out, student->id);
	csv_out_count(out, (int64_t)student->cell);
	csv_out_text(out, student->household);
	csv_out_count(out, student->twin);
	csv_out_count(out, student->priority);
	csv_out_count(out, student->points);
	if (student->rank != NOT_GIVEN)
		csv_out_count(out, student->rank);
	if (student->sex != SEX_NOT_GIVEN)
		csv_out_count(out, student->sex);
	if (student->score != POINTS_NOT_GIVEN)
		csv_out_count(out, student->score);
	school_column(out, district, student->current_school);
	school_column(out, district, student->feeder_school);
	for (size_t k = 0; k < student->n_choices; k++)
		school_column(out, district, district->choices[student->first_choice + k]);
}

enum { CHUNK = 1 << 16 };

static void update(struct digest *digest, size_t least)
{
	struct text *text = &digest->file.text;

	if (text->length < least)
		return;
	sha256_update(&digest->sha, text->length, (const uint8_t *)text->data);
	text->length = 0;
}

/* A table: its name and number of rows, then the rows. */
static void add_table(struct digest *digest, const struct district *district, const char *name,
		      size_t n, void (*row)(struct csv_out *, const struct district *, size_t))
{
	csv_out_text(&digest->out, name);
	csv_out_count(&digest->out, (int64_t)n);
	csv_out_end(&digest->out);
	for (size_t i = 0; i < n; i++) {
		row(&digest->out, district, i);
		csv_out_end(&digest->out);
		update(digest, CHUNK);
	}
}

static void add_tables(struct digest *digest, const struct district *district)
{
	district_row(&digest->out, district);
	csv_out_end(&digest->out);
	add_table(digest, district, "schools", district->n_schools, school_row);
	add_table(digest, district, "zones", district->n_zones, zone_row);
	add_table(digest, district, "groups", district->n_groups, group_row);
	add_table(digest, district, "offerings", district->n_offerings, offering_row);
	add_table(digest, district, "demand", district->n_cells, cell_row);
	add_table(digest, district, "access", district->n_access, access_row);
	add_table(digest, district, "distances", district->n_known, known_row);
	if (district->n_students > 0)
		add_table(digest, district, "students", district->n_students, student_row);
	update(digest, 0);
}

void input_hash(const struct district *district, char hash[INPUT_HASH_SIZE])
{
	struct digest digest = {0};
	uint8_t bytes[SHA256_DIGEST_SIZE];

	digest.out.file = &digest.file;
	sha256_init(&digest.sha);
	add_tables(&digest, district);
	sha256_digest(&digest.sha, sizeof bytes, bytes);
	text_free(&digest.file.text);
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(hash + 2 * i, 3, "%02x", bytes[i]);
}
