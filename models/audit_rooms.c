#include "models/audit_rooms.h"

#include <string.h>

#include "inputs/base/memory.h"
#include "models/reach.h"

const struct audit_where audit_nowhere = {DIAG_AUDIT, NULL, NULL};

/* --- judging --------------------------------------------------------------------------------- */

struct judging {
	const struct district *district, *opened;
	const struct audit_where *where;
	struct diags *diags;
	int result;
};

#define BROKEN(judging, offering, ...) \
	((judging)->result = diag_error((judging)->diags, (judging)->where->code, \
					place_of(judging, offering), __VA_ARGS__))

static struct place place_of(const struct judging *judging, size_t offering)
{
	const struct audit_where *where = judging->where;

	return where->place ? where->place(where->context, offering) : place_none();
}

/* Classes that hold those who stay, none larger than class_size.max. */
static int64_t needed(const struct judging *judging, size_t offering)
{
	int64_t most = judging->district->settings.class_max, classes = 0;
	int64_t stay = judging->district->offerings[offering].enrolled;

	classes = (stay + most - 1) / most;
	return classes;
}

/* The most classes that a grade may open; there is no more use for rooms than the school has. */
static int64_t allowed(const struct judging *judging, size_t offering, int64_t classrooms)
{
	int64_t most = judging->district->offerings[offering].sections_max;

	if (most == NOT_GIVEN || most > classrooms)
		most = classrooms;
	return most > needed(judging, offering) ? most : needed(judging, offering);
}

static void judge_grade(struct judging *judging, const struct school *school, size_t i)
{
	const struct offering *offering = &judging->opened->offerings[i];
	int64_t sections = offering->sections;

	if (sections < needed(judging, i))
		BROKEN(judging, i,
		       "school '%s' grade %d has %lld sections, but its %lld who stay need %lld",
		       school->id, offering->grade, (long long)sections,
		       (long long)offering->enrolled, (long long)needed(judging, i));
	else if (offering->sections_max != NOT_GIVEN && sections > offering->sections_max &&
		 sections > needed(judging, i))
		BROKEN(judging, i, "school '%s' grade %d has %lld sections, above its sections_max"
		       " %lld", school->id, offering->grade, (long long)sections,
		       (long long)offering->sections_max);
}

static void judge_free(struct judging *judging, const struct school *school)
{
	int64_t least = 0, most = 0, sections = 0, rooms = school->classrooms;
	size_t end = school->first_offering + school->n_offerings;

	for (size_t i = school->first_offering; i < end; i++) {
		judge_grade(judging, school, i);
		least += needed(judging, i);
		most += allowed(judging, i, school->classrooms);
		sections += judging->opened->offerings[i].sections;
	}
	rooms = rooms < most ? rooms : most;
	rooms = rooms > least ? rooms : least;
	if (sections != rooms)
		BROKEN(judging, school->first_offering,
		       "school '%s' has %lld sections in all, but should have %lld: it has %lld"
		       " classrooms", school->id, (long long)sections, (long long)rooms,
		       (long long)school->classrooms);
}

static void judge_fixed(struct judging *judging, const struct school *school)
{
	for (size_t i = school->first_offering; i < school->first_offering + school->n_offerings;
	     i++) {
		int64_t want = judging->district->offerings[i].sections;
		int64_t found = judging->opened->offerings[i].sections;

		if (found != want)
			BROKEN(judging, i,
			       "school '%s' grade %d has %lld sections, but should have %lld: it "
			       "has no classrooms to divide", school->id,
			       judging->district->offerings[i].grade, (long long)found,
			       (long long)want);
	}
}

int audit_rooms(const struct district *district, const struct district *opened,
		const struct audit_where *where, struct diags *diags)
{
	struct judging judging = {district, opened, where, diags, 0};

	if (district->settings.sections != SECTIONS_FREE)
		return 0;
	for (size_t s = 0; s < district->n_schools; s++) {
		const struct school *school = &district->schools[s];

		if (school->n_offerings == 0)
			continue;
		if (school->classrooms > 0)
			judge_free(&judging, school);
		else
			judge_fixed(&judging, school);
	}
	return judging.result;
}

/* --- reading --------------------------------------------------------------------------------- */

struct sections_row {
	size_t row;
	const char *school;
	int grade;
	int64_t sections;
};

#define AT(field) .offset = offsetof(struct sections_row, field)
#define KNOWN(heading) {.name = heading, .type = COLUMN_IGNORED}

static const struct column sections_columns[] = {
	{"school", COLUMN_ID, true, AT(school)},
	{"grade", COLUMN_GRADE, true, AT(grade)},
	{"sections", COLUMN_COUNT, true, AT(sections), .most = 100000},
	KNOWN("enrolled"), KNOWN("assigned"), KNOWN("load"), KNOWN("largest_class"),
	KNOWN("over_standard"), KNOWN("large_classes"), KNOWN("oversized_classes"),
	KNOWN("seat_price"),
	{0},
};

static const struct table_spec sections_spec = {"offerings", sections_columns,
						.row_size = sizeof(struct sections_row)};

static void take_row(struct rooms_file *file, const struct sections_row *row,
		     struct district *opened)
{
	size_t school = district_school(opened, row->school);
	size_t offering = school == NONE ? NONE : audit_offering(opened, school, row->grade);

	if (offering == NONE)
		return;
	file->row_of[offering] = row->row;
	opened->offerings[offering].sections = row->sections;
}

int rooms_file_read(struct rooms_file *file, const struct district *district, const char *folder,
		    struct arena *arena, struct district *opened, struct diags *diags)
{
	const char *path = arena_printf(arena, "%s/offerings.csv", folder);
	size_t n = district->n_offerings;
	int result;

	*file = (struct rooms_file){.row_of = memory_array(n, sizeof *file->row_of)};
	*opened = *district;
	arena_open(&opened->arena); /* a view owns nothing */
	opened->offerings = arena_array(arena, n, sizeof *opened->offerings);
	for (size_t i = 0; i < n; i++) {
		opened->offerings[i] = district->offerings[i];
		file->row_of[i] = NONE;
	}
	result = table_read(&file->table, &sections_spec, path, true, arena, diags);
	for (size_t i = 0; i < file->table.n_rows && result == 0; i++)
		take_row(file, table_row(&file->table, i), opened);
	return result;
}

void rooms_file_close(struct rooms_file *file)
{
	table_close(&file->table);
	memory_free(file->row_of);
}

struct place rooms_file_place(void *context, size_t offering)
{
	struct rooms_file *file = context;

	if (file->row_of[offering] == NONE)
		return place_file(file->table.file.path);
	return table_place(&file->table, file->row_of[offering], "sections");
}
