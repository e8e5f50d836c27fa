#include "outputs/student_rows.h"

#include "models/handout.h"

/* The place of a school among a child's choices, from 1; 0: it is none of them. */
static size_t rank_of(const struct district *district, const struct student *student,
		      size_t school)
{
	for (size_t i = 0; i < student->n_choices && school != NONE; i++)
		if (district->choices[student->first_choice + i] == school)
			return i + 1;
	return 0;
}

/* Where everybody at the nearest school would put the cell: one placement a cell. */
static const struct placement *nearest_of(const struct plan_output *output, size_t cell)
{
	return output->nearest ? &output->nearest->placements[cell] : NULL;
}

static void add_placed_reason(struct text *text, const struct plan_output *output,
			      const struct placement *placement)
{
	const struct placement *nearest = nearest_of(output, placement->cell);
	int64_t metres = plan_metres(output->plan, placement);

	if (!nearest || nearest->school == NONE) {
		text_add(text, "a school that may take the child");
	} else if (plan_metres(output->nearest, nearest) >= metres) {
		text_add(text, "no school that may take the child is nearer");
	} else {
		text_add(text, output->district->schools[nearest->school].id);
		text_add(text, " (");
		text_add_decimal(text, plan_metres(output->nearest, nearest), 3, false);
		text_add(text, " km) is nearer and may take the child, but with this school the "
			       "plan as a whole is better");
	}
}

/* One sentence: the lot where it decided, then the school. */
static void add_reason(struct text *text, const struct plan_output *output, size_t child)
{
	const struct handout *handout = output->handout;
	size_t at = handout->placement[child];
	const struct placement *placement = &output->plan->placements[at];
	size_t cell = placement->cell;

	if (handout->first[cell + 1] - handout->first[cell] > 1)
		text_printf(text, "place %zu of %lld by lot among children alike: ",
			    handout->turn[child],
			    (long long)output->district->cells[cell].pupils);
	if (placement->school == NONE)
		text_add(text, output->reasons[at]);
	else
		add_placed_reason(text, output, placement);
}

static void student_row(struct csv_out *out, const struct plan_output *output, size_t child,
			struct text *reason)
{
	const struct district *district = output->district;
	const struct student *student = &district->students[child];
	const struct placement *placement =
		&output->plan->placements[output->handout->placement[child]];
	bool placed = placement->school != NONE;
	size_t rank = rank_of(district, student, placement->school);

	csv_out_text(out, student->id);
	csv_out_text(out, placed ? district->schools[placement->school].id : "");
	csv_out_text(out, ""); /* the section: classes are not made up yet */
	if (placed)
		csv_out_thousandths(out, plan_metres(output->plan, placement));
	else
		csv_out_text(out, "");
	if (rank > 0)
		csv_out_count(out, (int64_t)rank);
	else
		csv_out_text(out, "");
	add_reason(reason, output, child);
	csv_out_text(out, reason->data);
	csv_out_end(out);
}

void student_rows(struct csv_out *out, const struct plan_output *output)
{
	struct text reason = {0};

	for (size_t i = 0; i < output->district->n_students; i++) {
		reason.length = 0;
		student_row(out, output, i, &reason);
	}
	text_free(&reason);
}

void lottery_rows(struct csv_out *out, const struct plan_output *output)
{
	const struct lots *lots = output->lots;

	for (size_t i = 0; i < output->district->n_students; i++) {
		char lot[LOT_TEXT_SIZE];

		lot_write(&lots->of[lots->order[i]], lot);
		csv_out_text(out, output->district->students[lots->order[i]].id);
		csv_out_text(out, lot);
		csv_out_end(out);
	}
}
