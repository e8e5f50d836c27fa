#include "models/student_check.h"

#include <stdlib.h>
#include <string.h>

#include "models/lot.h"

/* Half of the third decimal, in nano-km; of a mean a unit of it. */
enum { KM_TOLERANCE = 500000, MEAN_TOLERANCE = 1000000, NANO_METRE = 1000000 };

struct checking_children {
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
	const struct student *student = &checking->district->students[child];
	const size_t *choices = checking->district->choices + student->first_choice;
	int64_t want = NOT_GIVEN;

	for (size_t i = student->n_choices; i-- > 0;)
		if (school != NONE && choices[i] == school)
			want = (int64_t)i + 1;
	if (row_of(checking, child)->rank != want)
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
	const struct audit_row *left = &((const struct count *)a)->of;
	const struct audit_row *right = &((const struct count *)b)->of;

	(void)context;
	if (left->zone != right->zone)
		return left->zone < right->zone ? -1 : 1;
	if (left->grade != right->grade)
		return left->grade - right->grade;
	if (left->group != right->group)
		return left->group < right->group ? -1 : 1;
	return (left->school > right->school) - (left->school < right->school);
}

static struct count count_of_child(const struct checking_children *checking, size_t child)
{
	const struct district *district = checking->district;
	const struct cell *cell = &district->cells[district->students[child].cell];
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

/* --- who of a cell goes where ---------------------------------------------------------------- */

/* A child in its cell's order of lots. */
struct lucky {
	size_t child, cell, school;
	int64_t metres;             /* INT64_MAX: unplaced */
	struct lot lot;
};

static int compare_lucky(const void *a, const void *b, void *context)
{
	const struct lucky *left = a, *right = b;

	(void)context;
	if (left->cell != right->cell)
		return left->cell < right->cell ? -1 : 1;
	return memcmp(left->lot.bytes, right->lot.bytes, LOT_BYTES);
}

/* Whether the school of the luckier one is not further; equally near ones go by id. */
static bool rightly(const struct lucky *luckier, const struct lucky *other)
{
	if (luckier->metres != other->metres)
		return luckier->metres < other->metres;
	return luckier->school <= other->school;
}

static void check_turns(const struct checking_children *checking)
{
	const struct district *district = checking->district;
	const struct student_file *students = &checking->file->students;
	struct lucky *all = memory_array(district->n_students, sizeof *all);
	size_t n = 0;

	for (size_t i = 0; i < district->n_students; i++) {
		struct lucky *one = &all[n];
		size_t school = students->school[i];

		if (students->row_of[i] == NONE)
			continue;
		*one = (struct lucky){.child = i, .cell = district->students[i].cell,
				      .school = school, .metres = INT64_MAX};
		if (school != NONE)
			one->metres = metres_to(checking, i, school);
		lot_draw(district->settings.seed, district->students[i].id, &one->lot);
		n++;
	}
	memory_sort(all, n, sizeof *all, compare_lucky, NULL);
	for (size_t i = 1; i < n; i++)
		if (all[i - 1].cell == all[i].cell && !rightly(&all[i - 1], &all[i]))
			wrong(checking, all[i].child, "school",
			      "a child alike with a lower lot goes to a school further off");
	free(all);
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
	const struct district *district = checking->district;
	size_t child = district_student(district, row->student);
	char text[LOT_TEXT_SIZE];
	struct lot lot;

	if (child == NONE) {
		wrong_lot(checking, row, "student", "this child is not in the district");
		return;
	}
	if (seen[child])
		wrong_lot(checking, row, "student", "this child stands twice");
	seen[child] = true;
	lot_draw(district->settings.seed, row->student, &lot);
	lot_write(&lot, text);
	if (strcmp(text, row->lot) != 0)
		wrong_lot(checking, row, "lot", "lot is not the one that the seed draws");
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

int student_check(const struct plan_file *file, const struct distances *distances,
		  struct diags *diags)
{
	struct checking_children checking = {file, file->district, distances, diags};
	size_t errors = diags->errors;

	check_counts(&checking);
	check_each(&checking);
	check_turns(&checking);
	check_lottery(&checking);
	return diags->errors > errors ? -1 : 0;
}
