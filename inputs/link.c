#include "inputs/link_parts.h"

#include <stdlib.h>
#include <string.h>

#include "inputs/base/text.h"

/* The first 8 bytes, zeros behind a shorter text: in the order of strcmp. */
static uint64_t first_bytes(const char *id)
{
	uint64_t first = 0;

	for (int i = 0; i < 8; i++) {
		first = first << 8 | (unsigned char)*id;
		id += *id != '\0';
	}
	return first;
}

/* strcmp of the key's id and the id that begins with `first`. */
static int compare_key(const struct key *key, uint64_t first, const char *id)
{
	if (key->first != first)
		return key->first < first ? -1 : 1;
	return strcmp(key->row->id, id);
}

static int compare_keys(const void *a, const void *b, void *context)
{
	const struct key *left = a, *right = b;
	int order = compare_key(left, right->first, right->row->id);

	(void)context;
	return order ? order
		     : (left->row->row > right->row->row) - (left->row->row < right->row->row);
}

/* The rows of a table by id, malloc'ed. */
static struct key *sorted_keys(const struct table *table)
{
	struct key *keys = memory_array(table->n_rows, sizeof *keys);

	for (size_t i = 0; i < table->n_rows; i++) {
		const struct first_id *row = table_row(table, i);

		keys[i] = (struct key){first_bytes(row->id), row};
	}
	memory_sort(keys, table->n_rows, sizeof *keys, compare_keys, NULL);
	return keys;
}

/* The index of an id that begins with `first`, or NONE. */
static size_t find_key(const struct key *keys, size_t n, uint64_t first, const char *id)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_key(&keys[middle], first, id);

		if (order == 0)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NONE;
}

/* The rows of a table as pointers, malloc'ed, ordered by `compare`. */
static const void **sorted_rows(const struct table *table, memory_compare *compare)
{
	const void **rows = memory_array(table->n_rows, sizeof *rows);

	for (size_t i = 0; i < table->n_rows; i++)
		rows[i] = table_row(table, i);
	memory_sort(rows, table->n_rows, sizeof *rows, compare, NULL);
	return rows;
}

/* Rows come in the order of their ids: finding a place may mean reading the file again. */
struct place link_place(const struct linking *linking, const struct table *table, size_t row,
			const char *column)
{
	if (!diag_shows(linking->diags, table->file.path))
		return place_file(table->file.path);
	return table_place(table, row, column);
}

/* An error about an id, which is quoted unless it may be a child's. */
static void wrong_id(struct linking *linking, enum diag_code code, const struct table *table,
		     size_t row, const char *column, const char *id, const char *wrong)
{
	bool secret = table->spec->secret;

	linking->result = diag_error(linking->diags, code, link_place(linking, table, row, column),
				     "%s%s%s%s %s", column, secret ? "" : " '", secret ? "" : id,
				     secret ? "" : "'", wrong);
}

static void twice(struct linking *linking, const struct table *table, size_t row,
		  const char *column, const char *key)
{
	wrong_id(linking, DIAG_DUPLICATE, table, row, column, key, "stands twice");
}

/* Reports ids that stand twice in the first column. */
static void check_ids(struct linking *linking, const struct table *table, const struct key *keys)
{
	for (size_t i = 1; i < table->n_rows; i++) {
		const struct first_id *now = keys[i].row;

		if (compare_key(&keys[i - 1], keys[i].first, now->id) == 0)
			twice(linking, table, now->row, table->spec->columns[0].name, now->id);
	}
}

struct key *link_keys(struct linking *linking, const struct table *table)
{
	struct key *keys = sorted_keys(table);

	check_ids(linking, table, keys);
	return keys;
}

static void link_schools(struct linking *linking)
{
	struct district *district = linking->district;
	const struct table *table = &linking->tables->schools;
	struct key *keys = link_keys(linking, table);

	district->schools = arena_array(&district->arena, table->n_rows, sizeof *district->schools);
	district->n_schools = table->n_rows;
	for (size_t i = 0; i < table->n_rows; i++) {
		const struct school_row *row = (const void *)keys[i].row;

		district->schools[i] = (struct school){
			.id = row->school, .name = row->name, .lon = row->lon, .lat = row->lat,
			.opens = row->opens, .status = row->status, .ownership = row->ownership,
			.kind = row->kind, .first_grade = row->grades.first,
			.last_grade = row->grades.last, .classrooms = row->classrooms,
			.beds = row->beds, .places = row->places, .max_pupils = row->max_pupils,
			.land_m2 = row->land_m2, .floor_m2 = row->floor_m2,
			.open = strcmp(row->opens, district->settings.month) <= 0,
		};
	}
	free(keys);
}

static void link_zones(struct linking *linking)
{
	struct district *district = linking->district;
	const struct table *table = &linking->tables->zones;
	struct key *keys = link_keys(linking, table);

	district->zones = arena_array(&district->arena, table->n_rows, sizeof *district->zones);
	district->n_zones = table->n_rows;
	for (size_t i = 0; i < table->n_rows; i++) {
		const struct zone_row *row = (const void *)keys[i].row;

		district->zones[i] = (struct zone){row->zone, row->name, row->township, row->lon,
						   row->lat, row->area};
	}
	linking->zones = keys;
}

static void declared_groups(struct linking *linking)
{
	struct district *district = linking->district;
	const struct table *table = &linking->tables->groups;
	struct key *keys = link_keys(linking, table);

	district->groups = arena_array(&district->arena, table->n_rows, sizeof *district->groups);
	district->n_groups = table->n_rows;
	for (size_t i = 0; i < table->n_rows; i++) {
		const struct group_row *row = (const void *)keys[i].row;

		district->groups[i] = (struct group){
			.id = row->group, .label = row->label, .weight = row->weight,
			.limit_km = row->limit_km, .max_share = row->max_share,
			.need = row->needs, .public_only = row->public_only,
		};
	}
	free(keys);
}

/* Sorts ids and leaves each once; returns how many are left. */
static size_t distinct(const char **ids, size_t n)
{
	size_t kept = 0;

	memory_sort(ids, n, sizeof *ids, text_compare, NULL);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || strcmp(ids[kept - 1], ids[i]) != 0)
			ids[kept++] = ids[i];
	return kept;
}

/* The table that says who the pupils are. */
static const struct table *pupils_table(const struct linking *linking)
{
	const struct tables *tables = linking->tables;

	return tables->students.present ? &tables->students : &tables->demand;
}

static const char *group_of(const struct linking *linking, size_t i)
{
	const struct tables *tables = linking->tables;

	if (tables->students.present)
		return ((const struct student_row *)table_row(&tables->students, i))->group;
	return ((const struct demand_row *)table_row(&tables->demand, i))->group;
}

/* The groups that the pupils are of, sorted; malloc'ed. Where the room is full, what stands twice
 * goes first, and then at least half of it is free. */
static const char **named_groups(const struct linking *linking, size_t *n)
{
	size_t room = 16, n_rows = pupils_table(linking)->n_rows;
	const char **ids = memory_array(room, sizeof *ids), *before = NULL;

	*n = 0;
	for (size_t i = 0; i < n_rows; i++) {
		const char *id = group_of(linking, i);

		if (id == before)
			continue;
		if (*n == room) {
			*n = distinct(ids, *n);
			ids = memory_grow(ids, &room, 2 * *n + 1, sizeof *ids);
		}
		ids[(*n)++] = before = id;
	}
	*n = distinct(ids, *n);
	return ids;
}

/* Without groups.csv: the groups that pupils are of, with weight 1 and no rules. */
static void implied_groups(struct linking *linking)
{
	struct district *district = linking->district;
	struct arena *arena = &district->arena;
	const char **ids = named_groups(linking, &district->n_groups);

	district->groups = arena_array(arena, district->n_groups, sizeof *district->groups);
	for (size_t i = 0; i < district->n_groups; i++)
		district->groups[i] = (struct group){
			.id = arena_text(arena, ids[i], strlen(ids[i])), .label = "",
			.weight = NANO, .limit_km = NOT_GIVEN, .max_share = NOT_GIVEN};
	free(ids);
}

static void unknown(struct linking *linking, const struct table *table, size_t row,
		    const char *column, const char *id)
{
	wrong_id(linking, DIAG_UNKNOWN_ID, table, row, column, id,
		 "is not known: no such id in its table");
}

/* Most tables name the zones in their order: the one found last, or the next, needs no search. */
static size_t zone_of(struct linking *linking, const char *id)
{
	size_t n = linking->tables->zones.n_rows, zone = linking->zone;
	uint64_t first = first_bytes(id);

	for (; zone < n && zone <= linking->zone + 1; zone++)
		if (compare_key(&linking->zones[zone], first, id) == 0)
			return linking->zone = zone;
	zone = find_key(linking->zones, n, first, id);
	if (zone != NONE)
		linking->zone = zone;
	return zone;
}

size_t link_zone(struct linking *linking, const struct table *table, size_t row, const char *id)
{
	size_t zone = zone_of(linking, id);

	if (zone == NONE && linking->tables->zones.n_rows > 0 && !linking->tables->zones.broken)
		unknown(linking, table, row, "zone", id);
	return zone;
}

/* The ids of sites.csv, sorted. */
static void list_sites(struct linking *linking)
{
	const struct table *sites = &linking->tables->sites;

	linking->sites = memory_array(sites->n_rows, sizeof *linking->sites);
	for (size_t i = 0; i < sites->n_rows; i++)
		linking->sites[i] = ((const struct site_row *)table_row(sites, i))->site;
	memory_sort(linking->sites, sites->n_rows, sizeof *linking->sites, text_compare, NULL);
}

static int compare_site(const void *id, const void *site)
{
	return strcmp(id, *(const char *const *)site);
}

static bool is_site(const struct linking *linking, const char *id)
{
	return bsearch(id, linking->sites, linking->tables->sites.n_rows, sizeof *linking->sites,
		       compare_site) != NULL;
}

size_t link_school(struct linking *linking, const struct table *table, size_t row,
		   const char *column, const char *id)
{
	size_t school = district_school(linking->district, id);

	if (school == NONE && !is_site(linking, id) && !linking->tables->schools.broken &&
	    !linking->tables->sites.broken)
		unknown(linking, table, row, column, id);
	return school;
}

size_t link_group(struct linking *linking, const struct table *table, size_t row, const char *id)
{
	size_t group = district_group(linking->district, id);

	if (group == NONE && !linking->tables->groups.broken && !pupils_table(linking)->broken)
		unknown(linking, table, row, "group", id);
	return group;
}

static int compare_offering_rows(const void *a, const void *b, void *context)
{
	const struct offering_row *first = *(const struct offering_row *const *)a;
	const struct offering_row *second = *(const struct offering_row *const *)b;
	int order = strcmp(first->school, second->school);

	(void)context;
	if (!order)
		order = first->grade - second->grade;
	return order ? order : (first->row > second->row) - (first->row < second->row);
}

static void add_offering(struct district *district, size_t school, int grade,
			 const struct offering_row *row)
{
	struct school *here = &district->schools[school];
	struct offering offering = {
		school, grade, row->sections, row->enrolled,
		row->class_size == NOT_GIVEN ? district_class_size(district, grade)
					     : row->class_size,
		row->sections_max};

	if (!here->open) {
		district->later[district->n_later++] = offering;
		return;
	}
	if (here->n_offerings++ == 0)
		here->first_offering = district->n_offerings;
	here->enrolled += row->enrolled;
	district->offerings[district->n_offerings++] = offering;
}

/* Classrooms shared evenly over the grades, one more to each of the lowest for the remainder. */
static void share_classrooms(struct district *district, size_t school)
{
	struct school *here = &district->schools[school];
	int n = here->last_grade - here->first_grade + 1;

	if (here->first_grade == 0)
		return;
	here->shares = true;
	for (int i = 0; i < n; i++) {
		struct offering_row row = {.class_size = NOT_GIVEN,
					   .sections_max = NOT_GIVEN};

		row.sections = here->classrooms / n + (i < here->classrooms % n);
		add_offering(district, school, here->first_grade + i, &row);
	}
}

/* Reports offerings that stand twice, and unknown schools. */
static void check_offerings(struct linking *linking, const void **rows)
{
	const struct table *table = &linking->tables->offerings;

	for (size_t i = 0; i < table->n_rows; i++) {
		const struct offering_row *now = rows[i], *before = i ? rows[i - 1] : NULL;

		link_school(linking, table, now->row, "school", now->school);
		if (before && strcmp(before->school, now->school) == 0 &&
		    before->grade == now->grade)
			twice(linking, table, now->row, "school", now->school);
	}
}

static void link_offerings(struct linking *linking)
{
	struct district *district = linking->district;
	const struct table *table = &linking->tables->offerings;
	const void **rows = sorted_rows(table, compare_offering_rows);
	size_t at = 0, most = table->n_rows + district->n_schools * N_GRADES;

	check_offerings(linking, rows);
	district->offerings = arena_array(&district->arena, most, sizeof *district->offerings);
	district->later = arena_array(&district->arena, most, sizeof *district->later);
	for (size_t s = 0; s < district->n_schools; s++) {
		const char *id = district->schools[s].id;
		size_t first;

		for (; at < table->n_rows; at++)
			if (strcmp(((const struct offering_row *)rows[at])->school, id) >= 0)
				break;
		for (first = at; at < table->n_rows; at++) {
			const struct offering_row *row = rows[at];

			if (strcmp(row->school, id) != 0)
				break;
			add_offering(district, s, row->grade, row);
		}
		if (first == at)
			share_classrooms(district, s);
	}
	free(rows);
}

static int compare_cells(const void *a, const void *b, void *context)
{
	const struct cell *first = a, *second = b;

	(void)context;
	if (first->zone != second->zone)
		return first->zone < second->zone ? -1 : 1;
	if (first->grade != second->grade)
		return first->grade - second->grade;
	if (first->group != second->group)
		return first->group < second->group ? -1 : 1;
	return (first->pupils > second->pupils) - (first->pupils < second->pupils);
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
	return a->zone == b->zone && a->grade == b->grade && a->group == b->group;
}

size_t link_cells(struct cell *cells, size_t n)
{
	size_t kept = 0;

	memory_sort(cells, n, sizeof *cells, compare_cells, NULL);
	for (size_t i = 0; i < n; i++)
		if (kept && same_cell(&cells[kept - 1], &cells[i]))
			cells[kept - 1].pupils += cells[i].pupils;
		else
			cells[kept++] = cells[i];
	return kept;
}

static void link_demand(struct linking *linking)
{
	struct district *district = linking->district;
	const struct table *table = &linking->tables->demand;
	struct cell *cells = arena_array(&district->arena, table->n_rows, sizeof *cells);
	size_t n = 0;

	for (size_t i = 0; i < table->n_rows; i++) {
		const struct demand_row *row = table_row(table, i);
		struct cell cell = {link_zone(linking, table, row->row, row->zone),
				    link_group(linking, table, row->row, row->group), row->grade,
				    row->pupils};

		if (cell.zone != NONE && cell.group != NONE && cell.pupils > 0)
			cells[n++] = cell;
	}
	district->cells = cells;
	district->n_cells = link_cells(cells, n);
}

static int compare_access(const void *a, const void *b, void *context)
{
	const struct access *first = a, *second = b;

	(void)context;
	if (first->zone != second->zone)
		return first->zone < second->zone ? -1 : 1;
	if (first->school != second->school)
		return first->school < second->school ? -1 : 1;
	if (first->group != second->group)
		return first->group < second->group ? -1 : 1;
	if (first->rule != second->rule)
		return first->rule - second->rule;
	if (first->grade != second->grade)
		return first->grade - second->grade;
	return (first->line > second->line) - (first->line < second->line);
}

static size_t count_lines(const struct csv_file *file)
{
	size_t n = file->length > 0 && file->text[file->length - 1] != '\n';

	for (const char *c = file->text; (c = strchr(c, '\n')); c++)
		n++;
	return n;
}

/* Whether every row is one line, as it is in most files: then no place need be looked for. */
static bool rows_are_lines(const struct table *table)
{
	return table->present && count_lines(&table->file) == table->n_rows + 1;
}

static struct access access_of(struct linking *linking, const struct access_row *row,
			       bool row_is_line)
{
	const struct table *table = &linking->tables->access;
	size_t group = *row->group ? link_group(linking, table, row->row, row->group) : NONE;
	size_t line = row_is_line ? row->row + 1 : table_place(table, row->row, "zone").line;

	return (struct access){link_zone(linking, table, row->row, row->zone),
			       link_school(linking, table, row->row, "school", row->school), group,
			       row->rule, row->grade, line};
}

static void link_access(struct linking *linking)
{
	struct district *district = linking->district;
	const struct table *table = &linking->tables->access;
	bool row_is_line = rows_are_lines(table);
	size_t n = 0, at = 0;

	district->access = arena_array(&district->arena, table->n_rows, sizeof *district->access);
	for (size_t i = 0; i < table->n_rows; i++) {
		district->access[n] = access_of(linking, table_row(table, i),
						row_is_line);
		n += district->access[n].zone != NONE;
	}
	district->n_access = n;
	memory_sort(district->access, n, sizeof *district->access, compare_access, NULL);
	district->access_of_zone = arena_array(&district->arena, district->n_zones + 1,
					       sizeof *district->access_of_zone);
	for (size_t z = 0; z <= district->n_zones; z++) {
		while (at < n && district->access[at].zone < z)
			at++;
		district->access_of_zone[z] = at;
	}
}

static int compare_distance_rows(const void *a, const void *b, void *context)
{
	const struct distance_row *first = *(const struct distance_row *const *)a;
	const struct distance_row *second = *(const struct distance_row *const *)b;
	int order = strcmp(first->zone, second->zone);

	(void)context;
	if (!order)
		order = strcmp(first->school, second->school);
	return order ? order : (first->row > second->row) - (first->row < second->row);
}

static void check_distance_pairs(struct linking *linking, const void **rows)
{
	const struct table *table = &linking->tables->distances;

	for (size_t i = 1; i < table->n_rows; i++) {
		const struct distance_row *before = rows[i - 1], *now = rows[i];

		if (strcmp(before->zone, now->zone) == 0 &&
		    strcmp(before->school, now->school) == 0)
			twice(linking, table, now->row, "zone", now->zone);
	}
}

/* Half up to whole metres. */
static int64_t metres_of(int64_t nano_km)
{
	return round_ratio(nano_km, NANO / 1000);
}

static void link_distances(struct linking *linking)
{
	struct district *district = linking->district;
	const struct table *table = &linking->tables->distances;
	const void **rows = sorted_rows(table, compare_distance_rows);

	check_distance_pairs(linking, rows);
	district->known = arena_array(&district->arena, table->n_rows, sizeof *district->known);
	for (size_t i = 0; i < table->n_rows; i++) {
		const struct distance_row *row = rows[i];
		struct known_distance known = {link_zone(linking, table, row->row, row->zone),
					       link_school(linking, table, row->row, "school",
							   row->school),
					       metres_of(row->km)};

		if (known.zone != NONE && known.school != NONE)
			district->known[district->n_known++] = known;
	}
	free(rows);
}

/* Whether a pupil needs a zone: all do, but children at a point of their own. */
static bool zones_needed(const struct linking *linking)
{
	const struct table *students = &linking->tables->students;

	for (size_t i = 0; i < students->n_rows; i++)
		if (*((const struct student_row *)table_row(students, i))->zone)
			return true;
	return !students->present && linking->tables->demand.n_rows > 0;
}

/* Demand needs zones: said once, where they should stand. */
static void check_zones_exist(struct linking *linking)
{
	const struct table *zones = &linking->tables->zones;

	if (zones->present && !zones->broken && zones->n_rows == 0 &&
	    zones_needed(linking))
		linking->result = diag_error(linking->diags, DIAG_TABLE_EMPTY,
					     (struct place){zones->file.path, 1, 1},
					     "there is no zone in it, but %s.csv has pupils",
					     pupils_table(linking)->spec->name);
}

int district_link(struct district *district, const struct tables *tables, struct diags *diags)
{
	struct linking linking = {.district = district, .tables = tables, .diags = diags};

	check_zones_exist(&linking);
	list_sites(&linking);
	link_schools(&linking);
	link_zones(&linking);
	if (tables->groups.present)
		declared_groups(&linking);
	else
		implied_groups(&linking);
	link_offerings(&linking);
	if (tables->students.present)
		link_students(&linking);
	else
		link_demand(&linking);
	link_access(&linking);
	link_distances(&linking);
	link_years(&linking);
	free(linking.zones);
	free(linking.sites);
	return linking.result;
}
