#include "models/gmpl.h"

#include <stdlib.h>
#include <string.h>

#include "models/reach.h"
#include "models/rooms.h"

/* What the parts below write from. */
struct source {
	const struct district *district; /* offerings have their most sections */
	const struct rooms *rooms;
	const struct distances *distances;
	const struct capacities *capacities;
	const struct level_scale *levels;
};

/* How much of a text fits, cut between characters. */
static size_t fitting(const char *string)
{
	size_t length = strlen(string);

	if (length <= GMPL_TEXT)
		return length;
	for (length = GMPL_TEXT; length && ((unsigned char)string[length] & 0xC0) == 0x80;)
		length--;
	return length;
}

/* A quoted symbol: quotes doubled, control bytes (line breaks too) as '?'. */
static void add_quoted(struct text *text, const char *string)
{
	size_t length = fitting(string);

	text_add(text, "'");
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)string[i];

		if (byte == '\'')
			text_add(text, "''");
		else
			text_add_bytes(text, byte < 0x20 || byte == 0x7F ? "?" : string + i, 1);
	}
	text_add(text, "'");
}

/* One of the short names: letter and number, counted from 1. */
static void add_name(struct text *text, char letter, size_t index)
{
	text_printf(text, " %c%zu", letter, index + 1);
}

static void add_number(struct text *text, int64_t number)
{
	text_add(text, " ");
	text_add_count(text, number);
}

static void add_key(struct text *text, const struct cell *cell)
{
	add_name(text, 'z', cell->zone);
	add_number(text, cell->grade);
	add_name(text, 'g', cell->group);
}

static void write_settings(struct text *text, const struct source *source)
{
	const struct settings *settings = &source->district->settings;

	text_printf(text, "param class_max := %lld;\nparam class_large := %lld;\n"
			  "param class_oversized := %lld;\nparam whole_zones := %d;\n\n",
		    (long long)settings->class_max, (long long)settings->class_large,
		    (long long)settings->class_oversized, settings->whole_zones);
}

static void write_zones(struct text *text, const struct source *source)
{
	text_add(text, "param : ZONES : zone_id :=\n");
	for (size_t z = 0; z < source->district->n_zones; z++) {
		add_name(text, 'z', z);
		text_add(text, " ");
		add_quoted(text, source->district->zones[z].id);
		text_add(text, "\n");
	}
	text_add(text, ";\n\n");
}

static void write_schools(struct text *text, const struct source *source)
{
	text_add(text, "param : SCHOOLS : school_id beds places :=\n");
	for (size_t s = 0; s < source->district->n_schools; s++) {
		const struct school *school = &source->district->schools[s];

		add_name(text, 's', s);
		text_add(text, " ");
		add_quoted(text, school->id);
		add_number(text, school->beds);
		add_number(text, school->places);
		text_add(text, "\n");
	}
	text_add(text, ";\n\n");
}

static int64_t common_divisor(int64_t a, int64_t b)
{
	while (b) {
		int64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* max_share as a fraction in lowest terms: 0.45 is 9 of 20. */
static void add_share(struct text *text, int64_t share)
{
	int64_t divisor = common_divisor(NANO, share);

	add_number(text, share / divisor);
	add_number(text, NANO / divisor);
}

/* The priority classes of the groups that have some. */
static void write_classes(struct text *text, const struct district *district)
{
	for (size_t g = 0; g < district->n_groups; g++) {
		bool any = false;

		for (size_t c = g + 1; c < district->n_groups; c++) {
			if (district_whole_group(district, c) != g)
				continue;
			if (!any)
				text_printf(text, "set CLASSES_OF[g%zu] := g%zu", g + 1, g + 1);
			any = true;
			add_name(text, 'g', c);
		}
		text_add(text, any ? ";\n" : "");
	}
}

static void write_groups(struct text *text, const struct source *source)
{
	text_add(text, "param : GROUPS : group_id share_max share_of :=\n");
	for (size_t g = 0; g < source->district->n_groups; g++) {
		const struct group *group = &source->district->groups[g];

		add_name(text, 'g', g);
		text_add(text, " ");
		add_quoted(text, group->id);
		add_share(text, group->max_share == NOT_GIVEN || group->part_of
					? NANO : group->max_share);
		text_add(text, "\n");
	}
	text_add(text, ";\n\n");
	write_classes(text, source->district);
	text_add(text, "set NEEDY :=");
	for (size_t g = 0; g < source->district->n_groups; g++)
		if (source->district->groups[g].need != NEED_NONE)
			add_name(text, 'g', g);
	text_add(text, ";\n\n");
}

/* The grades and groups with a need. */
static void write_need(struct text *text, const struct source *source, const char *set,
		       enum need need)
{
	struct cell cell = {0};

	text_printf(text, "set %s :=", set);
	for (cell.grade = FIRST_GRADE; cell.grade <= LAST_GRADE; cell.grade++)
		for (cell.group = 0; cell.group < source->district->n_groups; cell.group++)
			if (audit_need(source->district, &cell) == need)
				text_printf(text, " (%d,g%zu)", cell.grade, cell.group + 1);
	text_add(text, ";\n\n");
}

static void write_limits(struct text *text, const struct source *source)
{
	struct cell cell = {0};

	text_add(text, "param limit_m :=\n");
	for (cell.grade = FIRST_GRADE; cell.grade <= LAST_GRADE; cell.grade++)
		for (cell.group = 0; cell.group < source->district->n_groups; cell.group++) {
			int64_t limit = audit_limit_metres(source->district, &cell);

			if (limit != INT64_MAX)
				text_printf(text, " %d g%zu %lld\n", cell.grade, cell.group + 1,
					    (long long)limit);
		}
	text_add(text, ";\n\n");
}

static void write_offerings(struct text *text, const struct source *source)
{
	text_add(text, "param : OFFERINGS : sections stay class_size :=\n");
	for (size_t i = 0; i < source->district->n_offerings; i++) {
		const struct offering *offering = &source->district->offerings[i];

		add_name(text, 's', offering->school);
		add_number(text, offering->grade);
		add_number(text, offering->sections);
		add_number(text, offering->enrolled);
		add_number(text, offering->class_size);
		text_add(text, "\n");
	}
	text_add(text, ";\n\n");
}

/* Schools and grades whose sections are decided; nothing where there are none. */
static void write_rooms(struct text *text, const struct source *source)
{
	const struct rooms *rooms = source->rooms;

	if (rooms->n_decided == 0)
		return;
	text_add(text, "param : DIVIDED : rooms :=\n");
	for (size_t r = 0; r < rooms->n_schools; r++) {
		if (!rooms->schools[r].decided)
			continue;
		add_name(text, 's', rooms->schools[r].school);
		add_number(text, rooms->schools[r].total);
		text_add(text, "\n");
	}
	text_add(text, ";\n\nparam fewest :=\n");
	for (size_t r = 0; r < rooms->n_schools; r++) {
		const struct school *school =
			&source->district->schools[rooms->schools[r].school];

		for (size_t i = 0; rooms->schools[r].decided && i < school->n_offerings; i++) {
			size_t offering = school->first_offering + i;

			add_name(text, 's', rooms->schools[r].school);
			add_number(text, source->district->offerings[offering].grade);
			add_number(text, rooms->least[offering]);
			text_add(text, "\n");
		}
	}
	text_add(text, ";\n\n");
}

static void write_caps(struct text *text, const struct source *source)
{
	text_add(text, "param : CAPPED : spare :=\n");
	for (size_t s = 0; s < source->district->n_schools; s++) {
		int64_t spare = source->capacities->schools[s].spare;

		if (spare == INT64_MAX)
			continue;
		add_name(text, 's', s);
		add_number(text, spare);
		text_add(text, "\n");
	}
	text_add(text, ";\n\n");
}

static void write_cells(struct text *text, const struct source *source)
{
	text_add(text, "param : CELLS : pupils :=\n");
	for (size_t c = 0; c < source->district->n_cells; c++) {
		add_key(text, &source->district->cells[c]);
		add_number(text, source->district->cells[c].pupils);
		text_add(text, "\n");
	}
	text_add(text, ";\n\n");
}

static void write_eligible(struct text *text, const struct source *source)
{
	const struct district *district = source->district;
	bool *reach = memory_array(district->n_schools, sizeof *reach);

	for (size_t c = 0; c < district->n_cells; c++) {
		const struct cell *cell = &district->cells[c];

		text_printf(text, "set ELIGIBLE[z%zu,%d,g%zu] :=", cell->zone + 1, cell->grade,
			    cell->group + 1);
		audit_reach(district, source->distances, cell, reach);
		for (size_t s = 0; s < district->n_schools; s++)
			if (reach[s])
				add_name(text, 's', s);
		text_add(text, ";\n");
	}
	text_add(text, "\n");
	free(reach);
}

static void write_metres(struct text *text, const struct source *source)
{
	const struct distances *distances = source->distances;

	if (!distances->n_schools)
		return;
	text_add(text, "param metres :");
	for (size_t s = 0; s < distances->n_schools; s++)
		add_name(text, 's', s);
	text_add(text, " :=\n");
	for (size_t z = 0; z < distances->n_zones; z++) {
		add_name(text, 'z', z);
		for (size_t s = 0; s < distances->n_schools; s++) {
			int64_t metres = distance_metres(distances, z, s);

			if (metres == UNREACHABLE)
				text_add(text, " .");
			else
				add_number(text, metres);
		}
		text_add(text, "\n");
	}
	text_add(text, ";\n\n");
}

static void write_levels(struct text *text, const struct source *source)
{
	text_add(text, "param : LEVELS : level_terms level_digits of_oversized of_large of_far "
		       "of_over of_metre :=\n");
	for (size_t i = 0; i < source->district->settings.levels.n_levels; i++) {
		const struct level_scale *level = &source->levels[i];

		text_printf(text, " %zu ", i + 1);
		add_quoted(text, level->text);
		add_number(text, level->digits);
		add_number(text, level->oversized_classes);
		add_number(text, level->large_classes);
		add_number(text, level->far);
		add_number(text, level->over_standard);
		add_number(text, level->per_metre);
		text_add(text, "\n");
	}
	text_add(text, ";\n\n");
}

static void write_weights(struct text *text, const struct source *source)
{
	text_add(text, "param of_unplaced :=\n");
	for (size_t i = 0; i < source->district->settings.levels.n_levels; i++)
		for (size_t g = 0; g < source->district->n_groups; g++)
			if (source->levels[i].unplaced[g])
				text_printf(text, " %zu g%zu %lld\n", i + 1, g + 1,
					    (long long)source->levels[i].unplaced[g]);
	text_add(text, ";\n\n");
}

/* The ways of which groups do not count in a level. */
static void write_ways(struct text *text, const struct source *source)
{
	const struct district *district = source->district;

	text_add(text, "param ways_count :=\n");
	for (size_t i = 0; i < district->settings.levels.n_levels; i++)
		for (size_t g = 0; g < district->n_groups; g++)
			if (!level_counts(&source->levels[i], district->groups[g].priority))
				text_printf(text, " %zu g%zu 0\n", i + 1, g + 1);
	text_add(text, ";\n\n");
}

void gmpl_write(struct text *text, const struct district *district,
		const struct distances *distances, const struct capacities *capacities,
		const struct level_scale *levels)
{
	struct arena arena;
	struct rooms rooms;
	struct district view;
	struct source source = {&view, &rooms, distances, capacities, levels};

	arena_open(&arena);
	rooms_make(&arena, district, &rooms);
	rooms_most_view(&arena, &rooms, &view);
	text_add(text, "# Data for assignment.mod.\n\n");
	write_settings(text, &source);
	write_levels(text, &source);
	write_zones(text, &source);
	write_schools(text, &source);
	write_groups(text, &source);
	write_weights(text, &source);
	write_ways(text, &source);
	write_need(text, &source, "BOARDERS", NEED_BOARDING);
	write_need(text, &source, "INCLUDED", NEED_INCLUSION);
	write_limits(text, &source);
	write_offerings(text, &source);
	write_rooms(text, &source);
	write_caps(text, &source);
	write_cells(text, &source);
	write_eligible(text, &source);
	write_metres(text, &source);
	text_add(text, "end;\n");
	arena_close(&arena);
}

struct level_scale *gmpl_levels(struct arena *arena, const struct district *district,
				const struct distances *distances, struct diags *diags)
{
	return level_scales_make(arena, district, distances_longest(distances), diags);
}
