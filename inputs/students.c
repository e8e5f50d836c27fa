/* inputs/students.c - children by name: where they live, what they claim, the cells they make. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "inputs/base/text.h"
#include "inputs/link_parts.h"

/* A child as its row has it. */
struct child {
	struct student student;     /* its id and its choices' beginning come later */
	struct cell cell;           /* of 1 pupil; zone NONE: a home point, or an error */
	bool at_point;
};

/* The table on its way in. */
struct children {
	struct linking *linking;
	const struct table *table;
	struct child *of_row;       /* as the rows of the table */
	size_t *choices, n_choices, room; /* of all children; malloc'ed */
};

static void wrong(struct children *children, enum diag_code code, const struct student_row *row,
		  const char *column, const char *text)
{
	struct linking *linking = children->linking;

	linking->result = diag_error(linking->diags, code,
				     link_place(linking, children->table, row->row, column), "%s",
				     text);
}

/* --- one row --------------------------------------------------------------------------------- */

/* A child lives in a zone or at a point: with both, nobody could tell which of them holds. */
static void take_home(struct children *children, const struct student_row *row,
		      struct child *child)
{
	bool zone = *row->zone, lon = !isnan(row->lon), lat = !isnan(row->lat);

	child->cell.zone = NONE;
	if (zone && (lon || lat))
		wrong(children, DIAG_STUDENT_HOME, row, "zone",
		      "both a zone and a point are given: one of them is needed");
	else if (zone)
		child->cell.zone = link_zone(children->linking, children->table, row->row,
					     row->zone);
	else if (lon && lat)
		child->at_point = true;
	else if (lon || lat)
		wrong(children, DIAG_STUDENT_HOME, row, lon ? "lat" : "lon",
		      lon ? "lon is given without lat" : "lat is given without lon");
	else
		wrong(children, DIAG_STUDENT_HOME, row, "zone",
		      "neither a zone nor a point (lon and lat) is given");
}

/* The end of a choice: the separator may be full-width. */
static size_t choice_length(const char *text, size_t *separator)
{
	const char *wide = strstr(text, "；");
	size_t length = strcspn(text, ";");

	*separator = text[length] != '\0';
	if (wide && (size_t)(wide - text) < length) {
		length = (size_t)(wide - text);
		*separator = strlen("；");
	}
	return length;
}

static void add_choice(struct children *children, const struct student_row *row,
		       struct child *child, char *id)
{
	struct student *student = &child->student;
	size_t school;

	id = text_trim(id);
	if (!*id) {
		wrong(children, DIAG_STUDENT_CHOICES, row, "choices", "a choice is empty");
		return;
	}
	school = link_school(children->linking, children->table, row->row, "choices", id);
	for (size_t i = 0; i < student->n_choices && school != NONE; i++)
		if (children->choices[student->first_choice + i] == school) {
			wrong(children, DIAG_STUDENT_CHOICES, row, "choices",
			      "a school is chosen twice");
			return;
		}
	children->choices = memory_grow(children->choices, &children->room,
					children->n_choices + 1, sizeof *children->choices);
	children->choices[children->n_choices++] = school;
	student->n_choices++;
}

static void take_choices(struct children *children, const struct student_row *row,
			 struct child *child)
{
	size_t separator;

	child->student.first_choice = children->n_choices;
	for (const char *at = row->choices; *at;) {
		size_t length = choice_length(at, &separator);
		char *id = memory_array(length + 1, 1);

		memcpy(id, at, length);
		add_choice(children, row, child, id);
		free(id);
		at += length + separator;
	}
}

static size_t school_or_none(struct children *children, const struct student_row *row,
			     const char *column, const char *id)
{
	return *id ? link_school(children->linking, children->table, row->row, column, id) : NONE;
}

static void take_row(struct children *children, const struct student_row *row, struct child *child)
{
	struct student *student = &child->student;

	*student = (struct student){.id = row->student, .household = row->household,
				    .priority = row->priority, .points = row->points,
				    .score = row->score, .rank = row->rank, .sex = row->sex,
				    .twin = row->twin != 0};
	child->cell = (struct cell){NONE, NONE, row->grade, 1};
	take_home(children, row, child);
	child->cell.group = link_group(children->linking, children->table, row->row, row->group);
	if (student->twin && !*row->household)
		wrong(children, DIAG_STUDENT_TWIN, row, "twin", "a twin needs its household");
	student->current_school = school_or_none(children, row, "current_school",
						 row->current_school);
	student->feeder_school = school_or_none(children, row, "feeder_school",
						row->feeder_school);
	take_choices(children, row, child);
}

/* --- homes ----------------------------------------------------------------------------------- */

/* Where a child lives, which it may share with others. */
struct home {
	double lon, lat;
	size_t child;   /* in the order of ids */
	size_t number;  /* of those that live in one place the first has one, the others NONE */
};

static int compare_homes(const void *a, const void *b, void *context)
{
	const struct home *left = a, *right = b;

	(void)context;
	if (left->lon < right->lon || left->lon > right->lon)
		return left->lon < right->lon ? -1 : 1;
	if (left->lat < right->lat || left->lat > right->lat)
		return left->lat < right->lat ? -1 : 1;
	return (left->child > right->child) - (left->child < right->child);
}

static bool same_place(const struct home *a, const struct home *b)
{
	return !(a->lon < b->lon) && !(a->lon > b->lon) && !(a->lat < b->lat) &&
	       !(a->lat > b->lat);
}

static int compare_first_child(const void *a, const void *b, void *context)
{
	const struct home *left = a, *right = b;

	(void)context;
	return (left->child > right->child) - (left->child < right->child);
}

/* The name under which homes stand in tables must not be a zone's own. */
static void check_name(struct linking *linking)
{
	const struct table *zones = &linking->tables->zones;
	size_t zone = district_zone(linking->district, HOME_POINTS);

	if (zone == NONE)
		return;
	linking->result = diag_error(linking->diags, DIAG_DUPLICATE,
				     link_place(linking, zones, linking->zones[zone].row->row,
						"zone"),
				     "zone '%s' has the name under which children with a point of "
				     "their own stand", HOME_POINTS);
}

/* Behind the zones of zones.csv, a zone for each place. They have no name that a place could be
 * told by, and come in the order of their first child, which says nothing about the place. */
static void add_zones(struct district *district, const struct home *places, size_t n)
{
	struct zone *zones = arena_array(&district->arena, district->n_zones + n, sizeof *zones);

	if (district->n_zones > 0)
		memcpy(zones, district->zones, district->n_zones * sizeof *zones);
	for (size_t i = 0; i < n; i++)
		zones[district->n_zones + i] = (struct zone){HOME_POINTS, "", "", places[i].lon,
							     places[i].lat, AREA_NONE};
	district->zones = zones;
	district->n_zones += n;
	district->n_homes = n;
}

/* Leaves one home of each place, in the order of their first child; the children get the number of
 * their zone. `homes` is sorted by place. Returns how many are left. */
static size_t number_places(struct home *homes, size_t n, struct child *const *by_id,
			    size_t first_zone)
{
	struct home *places = memory_array(n, sizeof *places);
	size_t *place_of = memory_array(n, sizeof *place_of), *number = NULL, n_places = 0;

	for (size_t i = 0; i < n; i++) {
		if (i == 0 || !same_place(&homes[i - 1], &homes[i])) {
			places[n_places] = homes[i];
			places[n_places].number = n_places;
			n_places++;
		}
		place_of[i] = n_places - 1;
	}
	memory_sort(places, n_places, sizeof *places, compare_first_child, NULL);
	number = memory_array(n_places, sizeof *number);
	for (size_t p = 0; p < n_places; p++)
		number[places[p].number] = p;
	for (size_t i = 0; i < n; i++)
		by_id[homes[i].child]->cell.zone = first_zone + number[place_of[i]];
	memcpy(homes, places, n_places * sizeof *homes);
	free(number);
	free(place_of);
	free(places);
	return n_places;
}

static void link_homes(struct children *children, const struct key *keys,
		       struct child *const *by_id)
{
	struct linking *linking = children->linking;
	struct home *homes = memory_array(children->table->n_rows, sizeof *homes);
	size_t n = 0;

	for (size_t i = 0; i < children->table->n_rows; i++) {
		const struct student_row *row = (const void *)keys[i].row;

		if (by_id[i]->at_point)
			homes[n++] = (struct home){row->lon, row->lat, i, 0};
	}
	memory_sort(homes, n, sizeof *homes, compare_homes, NULL);
	if (n > 0) {
		check_name(linking);
		add_zones(linking->district, homes,
			  number_places(homes, n, by_id, linking->district->n_zones));
	}
	free(homes);
}

/* --- the whole table ------------------------------------------------------------------------- */

static int compare_cell_place(const void *cell, const void *of, void *context)
{
	const struct cell *left = cell, *right = of;

	(void)context;
	if (left->zone != right->zone)
		return left->zone < right->zone ? -1 : 1;
	if (left->grade != right->grade)
		return left->grade - right->grade;
	return (left->group > right->group) - (left->group < right->group);
}

static size_t cell_index(const struct district *district, const struct cell *cell)
{
	size_t low = 0, high = district->n_cells;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (compare_cell_place(cell, &district->cells[middle], NULL) < 0)
			high = middle;
		else
			low = middle;
	}
	return low;
}

/* Children whose zone or group is not known are errors, and in no cell. */
static void make_cells(struct linking *linking, struct child *const *by_id, size_t n)
{
	struct district *district = linking->district;
	struct cell *cells = memory_array(n, sizeof *cells);
	size_t placed = 0;

	for (size_t i = 0; i < n; i++)
		if (by_id[i]->cell.zone != NONE && by_id[i]->cell.group != NONE)
			cells[placed++] = by_id[i]->cell;
	district->n_cells = link_cells(cells, placed);
	district->cells = arena_array(&district->arena, district->n_cells, sizeof *cells);
	memcpy(district->cells, cells, district->n_cells * sizeof *cells);
	free(cells);
	district->students = arena_array(&district->arena, n, sizeof *district->students);
	district->n_students = n;
	for (size_t i = 0; i < n; i++) {
		district->students[i] = by_id[i]->student;
		district->students[i].cell = cell_index(district, &by_id[i]->cell);
	}
}

static void keep_choices(struct children *children)
{
	struct district *district = children->linking->district;

	district->choices = arena_array(&district->arena, children->n_choices,
					sizeof *district->choices);
	if (children->n_choices > 0)
		memcpy(district->choices, children->choices,
		       children->n_choices * sizeof *district->choices);
	free(children->choices);
}

void link_students(struct linking *linking)
{
	const struct table *table = &linking->tables->students;
	struct children children = {.linking = linking, .table = table};
	struct child **by_id = memory_array(table->n_rows, sizeof *by_id);
	struct key *keys = link_keys(linking, table);

	children.of_row = memory_array(table->n_rows, sizeof *children.of_row);
	for (size_t i = 0; i < table->n_rows; i++)
		take_row(&children, table_row(table, i), &children.of_row[i]);
	for (size_t i = 0; i < table->n_rows; i++)
		by_id[i] = &children.of_row[((const char *)keys[i].row - table->rows) /
					    (ptrdiff_t)sizeof(struct student_row)];
	link_homes(&children, keys, by_id);
	make_cells(linking, by_id, table->n_rows);
	keep_choices(&children);
	link_twins(linking, keys);
	free(keys);
	free(by_id);
	free(children.of_row);
}
