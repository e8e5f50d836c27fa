/* solver/commands/explain.c - `seatwise explain`: why a zone, a school or a child is as it is. */
#include <stdio.h>

#include "inputs/columns.h"
#include "inputs/pseudonym.h"
#include "models/plan_prices.h"
#include "models/reach.h"
#include "outputs/explain.h"
#include "solver/commands/plan_input.h"

struct explain {
	const struct options *options;
	struct diags *diags;
	struct plan_input input;
	struct plan plan;
	struct plan_prices prices;
	struct whys whys;
	size_t zone, school, group, student; /* what is asked about, or NONE */
	int grade;                   /* 0: all */
};

/* --- the question ---------------------------------------------------------------------------- */

static int check_question(const struct options *options, struct diags *diags)
{
	int asked = (options->zone != NULL) + (options->school != NULL) +
		    (options->student != NULL);

	if (asked != 1)
		return diag_error(diags, DIAG_USAGE, place_none(),
				  "explain: one of --zone ID, --school ID and --student ID is "
				  "needed");
	if (options->student && (options->grade || options->group))
		return diag_error(diags, DIAG_USAGE, place_none(),
				  "explain: --student goes without --grade and --group");
	return 0;
}

/* The index of an id; NONE where it is not asked about, and after an error. */
static size_t find(struct explain *explain, const char *what, const char *id,
		   size_t (*look_up)(const struct district *district, const char *id))
{
	size_t found = id ? look_up(&explain->input.district, id) : NONE;

	if (id && found == NONE)
		diag_error(explain->diags, DIAG_UNKNOWN_ID, place_none(),
			   "%s '%s' is not in the district", what, id);
	return found;
}

/* A child by its id, where children go by pseudonyms as well. */
static size_t find_child(struct explain *explain, const char *id)
{
	const struct district *district = &explain->input.district;
	struct pseudonym_key key;
	char text[PSEUDONYM_SIZE];

	if (!*district->settings.pseudonyms)
		return district_student(district, id);
	if (pseudonym_key_read(&key, district->settings.pseudonyms, explain->diags))
		return NONE;
	pseudonym_of(&key, id, text);
	return district_student(district, text);
}

static int read_question(struct explain *explain)
{
	const struct options *options = explain->options;

	explain->zone = find(explain, "zone", options->zone, district_zone);
	explain->school = find(explain, "school", options->school, district_school);
	explain->group = find(explain, "group", options->group, district_group);
	explain->student = options->student ? find_child(explain, options->student) : NONE;
	if (options->student && explain->student == NONE)
		diag_error(explain->diags, DIAG_UNKNOWN_ID, place_none(),
			   "--student: this child is not in the district");
	explain->grade = options->grade ? grade_of(options->grade) : 0;
	if (options->grade && explain->grade == 0)
		diag_error(explain->diags, DIAG_UNKNOWN_ID, place_none(),
			   "grade '%s' is not one from 1 to 9", options->grade);
	return explain->diags->errors > 0 ? -1 : 0;
}

/* --- the plan -------------------------------------------------------------------------------- */

#define CELL "zone '%s' grade %d group '%s'"

static const char *zone_id(const struct plan_input *input, size_t zone)
{
	return input->rest_opened.zones[zone].id;
}

static const char *group_id(const struct plan_input *input, size_t group)
{
	return input->rest_opened.groups[group].id;
}

/* A row as a placement; pupils that demand does not have belong to another district. */
static int take_row(struct explain *explain, size_t i, struct placement *made, size_t guess)
{
	struct plan_input *input = &explain->input;
	const struct audit_row *row = &input->rest.rows[i];
	struct cell key = audit_row_cell(row);
	size_t cell = audit_cell_near(&input->rest_opened, &key, guess);

	if (cell == NONE || row->pupils <= 0)
		return diag_error(explain->diags, DIAG_PLAN,
				  input->rest.where(input->rest.context, i),
				  CELL " has no such pupils", zone_id(input, row->zone),
				  row->grade, group_id(input, row->group));
	*made = (struct placement){cell, row->school, row->pupils};
	return 0;
}

/* Whether the plan has each cell's pupils, no more and no fewer: else it is of other demand. */
static int check_pupils(struct explain *explain, const struct placement *placements, size_t n)
{
	const struct plan_input *input = &explain->input;
	const struct district *district = &input->rest_opened;
	int64_t *left = memory_array(district->n_cells, sizeof *left);
	int result = 0;

	for (size_t i = 0; i < n; i++)
		left[placements[i].cell] += placements[i].pupils;
	for (size_t c = 0; c < district->n_cells; c++) {
		const struct cell *cell = &district->cells[c];

		if (left[c] != cell->pupils)
			result = diag_error(explain->diags, DIAG_PLAN,
					    place_file(input->file.assignment.file.path),
					    CELL " has %lld pupils, but demand has %lld",
					    zone_id(input, cell->zone), cell->grade,
					    group_id(input, cell->group), (long long)left[c],
					    (long long)cell->pupils);
	}
	memory_free(left);
	return result;
}

static int take_rows(struct explain *explain)
{
	struct plan_input *input = &explain->input;
	size_t n = input->rest.n_rows, guess = 0;
	struct placement *placements = arena_array(&input->arena, n, sizeof *placements);

	for (size_t i = 0; i < n; i++) {
		if (take_row(explain, i, &placements[i], guess))
			return -1;
		guess = placements[i].cell;
	}
	if (check_pupils(explain, placements, n))
		return -1;
	plan_make(&input->arena, &input->rest_opened, &input->distances, placements, n,
		  &explain->plan);
	return 0;
}

/* What the plan says one more would change is so by its own settings only. */
static int read_prices(struct explain *explain)
{
	if (explain->options->n_overrides > 0)
		return 0;
	return plan_prices_read(&explain->prices, &explain->input.rest_opened,
				explain->options->plan, &explain->input.arena, explain->diags);
}

/* Answers are true of the plan as it is; that it breaks rules is for verify to say in full. */
static void warn_broken(struct explain *explain)
{
	struct plan_input *input = &explain->input;
	struct diags silent = {0};
	struct audit found;

	audit(&input->arena, &input->rest, &found, &silent);
	if (silent.errors > 0)
		diag_warning(explain->diags, DIAG_PLAN, place_file(input->summary.path),
			     "the plan breaks rules of this district: see 'seatwise verify'");
}

/* A plan without some of the children is none of this district. */
static int check_children(struct explain *explain)
{
	const struct plan_input *input = &explain->input;

	if (input->district.n_students == 0 || student_file_is_whole(&input->file.students))
		return 0;
	return diag_error(explain->diags, DIAG_PLAN,
			  place_file(input->file.students.students.file.path),
			  "some of the district's children are missing");
}

static int prepare(struct explain *explain)
{
	struct plan_input *input = &explain->input;
	const struct level_scale *levels;

	if (plan_input_read(input, explain->options, explain->diags) || read_question(explain) ||
	    check_children(explain) || take_rows(explain) || read_prices(explain))
		return -1;
	levels = level_scales_make(&input->arena, &input->rest_opened,
				   distances_longest(&input->distances), explain->diags);
	if (!levels)
		return -1;
	warn_broken(explain);
	whys_open(&explain->whys, &input->arena, &explain->plan, levels);
	return 0;
}

/* --- the answer ------------------------------------------------------------------------------ */

/* Whether a cell is asked about, and is not told together with one before it. */
static bool is_next(const struct explain *explain, const struct fellows *fellows, size_t c)
{
	const struct district *district = &explain->input.rest_opened;

	if (explain->group != NONE)
		return district_whole_group(district, district->cells[c].group) == explain->group;
	return fellows->cells[0] == c;
}

static void answer_cell(struct explain *explain, const struct telling *telling, size_t c)
{
	const struct cell *cell = &explain->input.rest_opened.cells[c];
	struct cell whole = *cell;
	struct fellows fellows;
	struct zone_answer answer;

	if (explain->grade > 0 && cell->grade != explain->grade)
		return;
	whole.group = district_whole_group(&explain->input.rest_opened, cell->group);
	fellows_open(&fellows, &explain->whys, c, explain->group != NONE);
	if (explain->student != NONE || is_next(explain, &fellows, c)) {
		zone_answer_make(&explain->input.arena, &fellows, &answer);
		text_add(telling->text, "\n");
		explain_fellows(telling, &fellows, &answer,
				plan_file_reason(&explain->input.file, &whole));
	}
	fellows_close(&fellows);
}

static void answer_zone(struct explain *explain, const struct telling *telling)
{
	const struct district *district = &explain->input.rest_opened;
	size_t before;

	text_add(telling->text, "Zone ");
	tell_zone(telling, explain->zone);
	text_add(telling->text, "\n");
	tell_terms(telling);
	before = telling->text->length;
	for (size_t c = 0; c < district->n_cells; c++)
		if (district->cells[c].zone == explain->zone)
			answer_cell(explain, telling, c);
	if (telling->text->length == before)
		text_add(telling->text, "\nIt has no such pupils.\n");
}

static void answer_school(struct explain *explain, const struct telling *telling)
{
	struct school_question question = {explain->school, explain->group, explain->grade};
	struct school_answer answer;

	school_answer_make(&explain->input.arena, &explain->whys, &question, &answer);
	explain_school(telling, &question, &answer);
}

/* Children who have their school by a claim or by choice are among those who stay. */
static void tell_settled(const struct explain *explain, const struct telling *telling)
{
	const struct district *district = &explain->input.district;
	const struct settlement *settlement = &explain->input.named.settlement;
	int64_t n = 0;

	for (size_t i = 0; i < district->n_students; i++)
		if (settlement->school[i] != NONE &&
		    (explain->zone == NONE ||
		     district_cell_of(district, i)->zone == explain->zone) &&
		    (explain->school == NONE || settlement->school[i] == explain->school))
			n++;
	if (n == 0)
		return;
	text_add(telling->text, "\n");
	tell_count(telling, n, "more pupil");
	text_add(telling->text, n == 1 ? " has a seat" : " have seats");
	text_add(telling->text, explain->school != NONE
					? " there by a claim or a choice, and count with those who "
					  "stay.\n"
					: " by a claim or a choice: see students.csv, or ask for "
					  "--student.\n");
}

static void answer_student(struct explain *explain, const struct telling *telling)
{
	struct plan_input *input = &explain->input;
	const struct student_file *file = &input->file.students;
	struct enrolment enrolment;
	struct plan plan;

	rest_whole_plan(&input->arena, &input->named.rest, &input->opened, file->school, &plan);
	enrolment_make(&input->arena, &input->named, &plan, file->school, &enrolment);
	explain_student(telling, &enrolment,
			table_row(&file->students, file->row_of[explain->student]),
			explain->student);
	if (input->named.rest.cell[explain->student] != NONE)
		answer_cell(explain, telling, input->named.rest.cell[explain->student]);
}

static void answer(struct explain *explain)
{
	struct text text = {0};
	struct telling telling = {&text, &explain->whys, &explain->prices};

	if (explain->student != NONE) {
		answer_student(explain, &telling);
	} else {
		if (explain->zone != NONE)
			answer_zone(explain, &telling);
		else
			answer_school(explain, &telling);
		tell_settled(explain, &telling);
	}
	fputs(text.data, stdout);
	text_free(&text);
}

int command_explain(const struct options *options, struct diags *diags)
{
	struct explain explain = {.options = options, .diags = diags};

	if (check_question(options, diags))
		return (int)diags->status;
	if (prepare(&explain) == 0) {
		answer(&explain);
		whys_close(&explain.whys);
	}
	plan_input_close(&explain.input);
	return (int)diags->status;
}
