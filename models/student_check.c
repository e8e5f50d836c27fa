#include "models/student_check.h"

#include <stdlib.h>
#include <string.h>

#include "models/class_lists.h"
#include "models/handout.h"

/* Half of the third decimal, in nano-km; of a mean a unit of it. */
enum { KM_TOLERANCE = 500000, MEAN_TOLERANCE = 1000000, NANO_METRE = 1000000 };

struct checking_children {
	struct arena *arena;
	const struct child_rules *rules;
	const struct plan_file *file;
	const struct district *district;
	const struct distances *distances;
	struct diags *diags;
};

static const struct plan_student_row *row_of(const struct checking_children *checking, size_t child)
{
	const struct student_file *students = &checking->file->students;

	return table_row(&students->students, students->row_of[child]);
}

static void wrong(const struct checking_children *checking, size_t child, const char *column,
		  const char *text)
{
	diag_error(checking->diags, DIAG_PLAN,
		   student_file_place(&checking->file->students.students,
				      row_of(checking, child)->row, column, checking->diags),
		   "%s", text);
}

/* --- one child ------------------------------------------------------------------------------- */

static int64_t metres_to(const struct checking_children *checking, size_t child, size_t school)
{
	const struct student *student = &checking->district->students[child];

	return distance_metres(checking->distances,
			       checking->district->cells[student->cell].zone, school);
}

static void check_km(const struct checking_children *checking, size_t child, size_t school)
{
	const struct plan_student_row *row = row_of(checking, child);
	int64_t off;

	if (school == NONE) {
		if (row->km != NOT_GIVEN)
			wrong(checking, child, "km", "km is given for a child without a school");
		return;
	}
	off = row->km - metres_to(checking, child, school) * NANO_METRE;
	if (row->km == NOT_GIVEN || off < -KM_TOLERANCE || off > KM_TOLERANCE)
		wrong(checking, child, "km", "km is not the way from this child to its school");
}

static void check_rank(const struct checking_children *checking, size_t child, size_t school)
{
	size_t place = district_choice(checking->district, child, school);

	if (row_of(checking, child)->rank != (place > 0 ? (int64_t)place : NOT_GIVEN))
		wrong(checking, child, "rank",
		      "rank is not the place of the school among the child's choices");
}

static void check_each(const struct checking_children *checking)
{
	for (size_t i = 0; i < checking->district->n_students; i++) {
		size_t school = checking->file->students.school[i];

		if (checking->file->students.row_of[i] == NONE)
			continue;
		check_km(checking, i, school);
		check_rank(checking, i, school);
	}
}

/* --- counts against the cells ---------------------------------------------------------------- */

/* Pupils of a cell at one school; all homes are one zone here, as in assignment.csv. */
struct count {
	struct audit_row of;
	int64_t children, written; /* by students.csv; by the tables of cells */
	int64_t metres;            /* of the children */
	int64_t km;                /* of homes: nano-km as written */
};

static int compare_counts(const void *a, const void *b, void *context)
{
	return audit_row_compare(&((const struct count *)a)->of, &((const struct count *)b)->of,
				 context);
}

static struct count count_of_child(const struct checking_children *checking, size_t child)
{
	const struct district *district = checking->district;
	const struct cell *cell = district_cell_of(district, child);
	size_t school = checking->file->students.school[child];
	size_t homes = district->n_zones - district->n_homes;
	int64_t metres = school == NONE ? 0 : metres_to(checking, child, school);

	return (struct count){{cell->zone < homes ? cell->zone : homes, cell->group, school,
			       cell->grade, 0}, 1, 0, metres, 0};
}

/* Everything that is to be the same from both sides, malloc'ed. */
static struct count *list_counts(const struct checking_children *checking, size_t *n)
{
	const struct plan_file *file = checking->file;
	size_t most = checking->district->n_students + file->n_tables + file->n_homes;
	struct count *counts = memory_array(most, sizeof *counts);

	*n = 0;
	for (size_t i = 0; i < checking->district->n_students; i++)
		if (file->students.row_of[i] != NONE)
			counts[(*n)++] = count_of_child(checking, i);
	for (size_t i = 0; i < file->n_tables; i++)
		counts[(*n)++] = (struct count){.of = file->rows[i],
						.written = file->rows[i].pupils};
	for (size_t i = 0; i < file->n_homes; i++)
		counts[(*n)++] = (struct count){.of = file->homes[i].row,
						.written = file->homes[i].row.pupils,
						.km = file->homes[i].km};
	memory_sort(counts, *n, sizeof *counts, compare_counts, NULL);
	return counts;
}

static void judge_count(const struct checking_children *checking, const struct count *count)
{
	const struct district *district = checking->district;
	const struct audit_row *of = &count->of;
	const char *school = of->school == NONE ? "" : district->schools[of->school].id;
	const char *file = checking->file->students.students.file.path;
	bool home = district_is_home(district, of->zone);
	int64_t off = count->children > 0
			      ? count->km - count->metres * NANO_METRE / count->children : 0;

	if (count->children != count->written)
		diag_error(checking->diags, DIAG_PLAN, place_file(file),
			   "zone '%s' grade %d group '%s': %lld children go to school '%s', but "
			   "the cells have %lld", district->zones[of->zone].id, of->grade,
			   district->groups[of->group].id, (long long)count->children, school,
			   (long long)count->written);
	else if (home && (off < -MEAN_TOLERANCE || off > MEAN_TOLERANCE))
		diag_error(checking->diags, DIAG_PLAN,
			   place_file(checking->file->assignment.file.path),
			   "zone '%s' grade %d group '%s' school '%s': km is not the children's "
			   "mean", HOME_POINTS, of->grade, district->groups[of->group].id, school);
}

static void check_counts(const struct checking_children *checking)
{
	size_t n, kept = 0;
	struct count *counts = list_counts(checking, &n);

	for (size_t i = 0; i < n; i++)
		if (kept && compare_counts(&counts[kept - 1], &counts[i], NULL) == 0) {
			counts[kept - 1].children += counts[i].children;
			counts[kept - 1].written += counts[i].written;
			counts[kept - 1].metres += counts[i].metres;
			counts[kept - 1].km += counts[i].km;
		} else {
			counts[kept++] = counts[i];
		}
	for (size_t i = 0; i < kept; i++)
		judge_count(checking, &counts[i]);
	free(counts);
}

/* --- who goes where -------------------------------------------------------------------------- */

static void check_claims(const struct checking_children *checking)
{
	static const char *const texts[] = {
		[SETTLED_STAY] = "the child may stay at its current school, and goes elsewhere",
		[SETTLED_FEEDER] = "the child has a claim to its feeder school, and goes elsewhere",
		[SETTLED_SIBLING] = "the child has a claim to the school of its siblings, and goes "
				    "elsewhere",
		[SETTLED_CHOICE] = "the child is admitted at a school of its choice, and goes "
				   "elsewhere"};
	const struct settlement *settlement = &checking->rules->named->settlement;

	for (size_t i = 0; i < checking->district->n_students; i++) {
		size_t school = checking->file->students.school[i];

		if (settlement->school[i] != NONE && settlement->school[i] != school)
			wrong(checking, i, "school", texts[settlement->by[i]]);
	}
}

static bool twins_apart(const struct checking_children *checking, size_t child)
{
	const size_t *school = checking->file->students.school;

	return school[checking->rules->named->precedence.lead[child]] != school[child];
}

/* Whether the children have the seats that a handing out gives them. */
static bool same_seats(const struct checking_children *checking, const struct handout *handout)
{
	for (size_t i = 0; i < checking->district->n_students; i++)
		if (checking->rules->named->rest.cell[i] != NONE &&
		    handout->school[i] != checking->file->students.school[i])
			return false;
	return true;
}

/* Seats as they are handed out, or with the setting `fewer_envy` exchanged. */
static void make_handout(const struct checking_children *checking, struct handout *made)
{
	const struct rest *rest = &checking->rules->named->rest;
	struct plan plan;

	rest_plan_make(checking->arena, rest, checking->rules->rest_opened,
		       checking->file->students.school, &plan);
	if (checking->district->settings.fewer_envy) {
		handout_make(checking->arena, &plan, rest, true, made);
		if (same_seats(checking, made))
			return;
	}
	handout_make(checking->arena, &plan, rest, false, made);
}

static void check_seats(const struct checking_children *checking)
{
	bool together = checking->district->settings.sections != SECTIONS_FREE &&
			!checking->rules->twins_may_part;
	struct handout handout;

	make_handout(checking, &handout);
	for (size_t i = 0; i < checking->district->n_students; i++) {
		if (checking->rules->named->rest.cell[i] == NONE)
			continue;
		if (twins_apart(checking, i) && together)
			wrong(checking, i, "school", "twins go to different schools");
		else if (handout.school[i] != checking->file->students.school[i])
			wrong(checking, i, "school", "this seat is another child's by right, of "
						     "those who are alike");
	}
}

/* --- classes --------------------------------------------------------------------------------- */

static void wrong_list(const struct checking_children *checking, const struct class_list *list,
		       const char *text)
{
	const struct offering *offering = &checking->rules->opened->offerings[list->offering];

	diag_error(checking->diags, DIAG_PLAN,
		   place_file(checking->file->students.students.file.path),
		   "school '%s' grade %d: %s",
		   checking->rules->opened->schools[offering->school].id, offering->grade, text);
}

/* Whether every child of a list has a class that there is. */
static bool has_classes(const struct checking_children *checking, const struct class_list *list)
{
	bool right = true;

	for (size_t k = 0; k < list->intake.n_children; k++) {
		int64_t section = row_of(checking, list->children[k])->section;

		if (section != NOT_GIVEN && section <= (int64_t)list->intake.n_sections)
			continue;
		wrong(checking, list->children[k], "section", "there is no such class");
		right = false;
	}
	return right;
}

/* The classes by their own measure, against those that are drawn anew. */
static void judge_list(const struct checking_children *checking, struct class_lists *anew,
		       struct class_lists *written, size_t i)
{
	const struct class_list *list = &anew->lists[i];
	struct balance best, found;
	size_t errors = checking->diags->errors;

	if (!has_classes(checking, list))
		return;
	for (size_t k = 0; k < list->intake.n_children; k++)
		written->section[list->children[k]] =
			(size_t)row_of(checking, list->children[k])->section - 1;
	class_list_balance(anew, i, &best);
	class_list_balance(written, i, &found);
	if (found.size_range > 1)
		wrong_list(checking, list, "classes differ by more than one pupil");
	if (found.inclusion_excess > best.inclusion_excess)
		wrong_list(checking, list, "a class has more inclusion children than it may");
	if (found.twins_broken > best.twins_broken)
		wrong_list(checking, list, "twins are in classes that twins.sections is against");
	for (size_t k = 0; k < list->intake.n_children && checking->diags->errors == errors; k++)
		if (anew->section[list->children[k]] != written->section[list->children[k]])
			wrong(checking, list->children[k], "section",
			      "this is not the class that is drawn for the child");
}

static void check_classes(const struct checking_children *checking)
{
	const struct child_rules *rules = checking->rules;
	struct class_lists anew, written;

	class_lists_make(checking->arena, &rules->named->precedence, rules->opened,
			 checking->file->students.school, &anew);
	written = anew;
	written.section = arena_array(checking->arena, checking->district->n_students,
				      sizeof *written.section);
	class_lists_divide(&anew);
	for (size_t i = 0; i < anew.n; i++)
		judge_list(checking, &anew, &written, i);
	for (size_t i = 0; i < checking->district->n_students; i++)
		if (anew.section[i] == NONE && row_of(checking, i)->section != NOT_GIVEN)
			wrong(checking, i, "section", "a class is given for a child without one");
}

/* --- what is told of it ---------------------------------------------------------------------- */

static void check_nearness(const struct checking_children *checking,
			   const struct enrolment *enrolment)
{
	for (size_t i = 0; i < checking->district->n_students; i++) {
		int64_t want = enrolment->nearness[i] > 0 ? enrolment->nearness[i] : NOT_GIVEN;

		if (row_of(checking, i)->nearness != want)
			wrong(checking, i, "nearness",
			      "nearness is not how many schools are as near, and one more");
	}
}

static bool same_waiting(const struct checking_children *checking,
			 const struct enrolment *enrolment, size_t i,
			 const struct plan_waiting_row *row)
{
	const struct waiting *waiting = &enrolment->waiting[i];
	const struct district *district = checking->district;

	return strcmp(row->school, district->schools[waiting->school].id) == 0 &&
	       row->grade == waiting->grade &&
	       row->place == (int64_t)enrolment->place[waiting->want] &&
	       strcmp(row->student, district->students[waiting->child].id) == 0 &&
	       strcmp(row->wants,
		      want_name((enum want)enrolment->wants.why[waiting->want])) == 0;
}

static void check_waiting(const struct checking_children *checking,
			  const struct enrolment *enrolment)
{
	const struct table *table = &checking->file->students.waiting;

	if (table->n_rows != enrolment->wants.n)
		diag_error(checking->diags, DIAG_PLAN, place_file(table->file.path),
			   "%zu children wait, but %zu would rather be elsewhere", table->n_rows,
			   enrolment->wants.n);
	for (size_t i = 0; i < table->n_rows && i < enrolment->wants.n; i++) {
		const struct plan_waiting_row *row = table_row(table, i);

		if (same_waiting(checking, enrolment, i, row))
			continue;
		diag_error(checking->diags, DIAG_PLAN,
			   student_file_place(table, row->row, "place", checking->diags),
			   "this place in the waiting list is another child's");
		return; /* those after it are moved */
	}
}

static void check_notices(const struct checking_children *checking)
{
	const struct table *table = &checking->file->students.notices;
	const struct table *students = &checking->file->students.students;

	if (table->n_rows != students->n_rows)
		diag_error(checking->diags, DIAG_PLAN, place_file(table->file.path),
			   "there are %zu notices for %zu children", table->n_rows,
			   students->n_rows);
	for (size_t i = 0; i < table->n_rows && i < students->n_rows; i++) {
		const struct plan_notice_row *row = table_row(table, i);
		const struct plan_student_row *child = table_row(students, i);

		if (strcmp(row->student, child->student) != 0 ||
		    strcmp(row->school, child->school) != 0 || row->section != child->section)
			diag_error(checking->diags, DIAG_PLAN,
				   student_file_place(table, row->row, "school", checking->diags),
				   "the notice is not what students.csv says");
	}
}

/* --- the lottery ----------------------------------------------------------------------------- */

static void wrong_lot(const struct checking_children *checking, const struct plan_lot_row *row,
		      const char *column, const char *text)
{
	diag_error(checking->diags, DIAG_PLAN,
		   student_file_place(&checking->file->students.lottery, row->row, column,
				      checking->diags),
		   "%s", text);
}

/* Judges a row; `before` is the row before, or NULL. */
static void check_lot(const struct checking_children *checking, const struct plan_lot_row *row,
		      const struct plan_lot_row *before, bool *seen)
{
	const struct lots *lots = &checking->rules->named->lots;
	size_t child = district_student(checking->district, row->student);
	char text[LOT_TEXT_SIZE];

	if (child == NONE) {
		wrong_lot(checking, row, "student", "this child is not in the district");
		return;
	}
	if (seen[child])
		wrong_lot(checking, row, "student", "this child stands twice");
	seen[child] = true;
	lot_write(lots, &lots->of[child], text);
	if (strcmp(text, row->lot) != 0)
		wrong_lot(checking, row, "lot", "lot is not the one that is drawn");
	if (before && strcmp(before->lot, row->lot) > 0)
		wrong_lot(checking, row, "lot", "lot is lower than the one before");
}

static void check_lottery(const struct checking_children *checking)
{
	const struct table *lottery = &checking->file->students.lottery;
	size_t n = checking->district->n_students, missing = 0;
	bool *seen = memory_array(n, sizeof *seen);

	for (size_t i = 0; i < lottery->n_rows; i++)
		check_lot(checking, table_row(lottery, i),
			  i > 0 ? table_row(lottery, i - 1) : NULL, seen);
	for (size_t i = 0; i < n; i++)
		missing += !seen[i];
	if (missing > 0)
		diag_error(checking->diags, DIAG_PLAN, place_file(lottery->file.path),
			   "%zu of the district's %zu children have no lot", missing, n);
	free(seen);
}

int student_check(struct arena *arena, const struct child_rules *rules,
		  struct enrolment *enrolment, struct diags *diags)
{
	struct checking_children checking = {arena, rules, rules->file, rules->file->district,
					     rules->named->precedence.distances, diags};
	struct plan *plan = arena_array(arena, 1, sizeof *plan);
	size_t errors = diags->errors;

	check_counts(&checking);
	check_each(&checking);
	check_lottery(&checking);
	if (student_file_is_whole(&rules->file->students)) {
		check_claims(&checking);
		check_seats(&checking);
	}
	if (diags->errors == errors) {
		rest_whole_plan(arena, &rules->named->rest, rules->opened,
				rules->file->students.school, plan);
		enrolment_make(arena, rules->named, plan, rules->file->students.school, enrolment);
		check_classes(&checking);
		check_nearness(&checking, enrolment);
		check_waiting(&checking, enrolment);
		check_notices(&checking);
	}
	return diags->errors > errors ? -1 : 0;
}
