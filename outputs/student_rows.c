#include "outputs/student_rows.h"

#include <string.h>

#include "outputs/student_reason.h"

/* A number, or nothing where it is 0. */
static void count_or_nothing(struct csv_out *out, int64_t number)
{
	if (number > 0)
		csv_out_count(out, number);
	else
		csv_out_text(out, "");
}

static const char *school_id(const struct plan_output *output, size_t school)
{
	return school != NONE ? output->district->schools[school].id : "";
}

static int64_t section_of(const struct plan_output *output, size_t child)
{
	size_t section = output->class_lists->section[child];

	return section != NONE ? (int64_t)section + 1 : 0;
}

static void way_of(struct csv_out *out, const struct plan_output *output, size_t child)
{
	const struct district *district = output->district;
	size_t school = output->enrolment->school[child];
	size_t zone = district_cell_of(district, child)->zone;

	if (school != NONE)
		csv_out_thousandths(out, distance_metres(output->distances, zone, school));
	else
		csv_out_text(out, "");
}

static struct reasoning reasoning_of(const struct plan_output *output)
{
	return (struct reasoning){output->enrolment, output->reasons};
}

void student_rows(struct csv_out *out, const struct plan_output *output)
{
	const struct district *district = output->district;
	struct reasoning reasoning = reasoning_of(output);
	struct text reason = {0};

	for (size_t i = 0; i < district->n_students; i++) {
		size_t school = output->enrolment->school[i];

		reason.length = 0;
		student_reason(&reason, &reasoning, i);
		csv_out_text(out, district->students[i].id);
		csv_out_text(out, school_id(output, school));
		count_or_nothing(out, section_of(output, i));
		way_of(out, output, i);
		count_or_nothing(out, (int64_t)district_choice(district, i, school));
		csv_out_text(out, reason.data);
		count_or_nothing(out, output->enrolment->nearness[i]);
		csv_out_end(out);
	}
	text_free(&reason);
}

void lottery_rows(struct csv_out *out, const struct plan_output *output)
{
	const struct lots *lots = &output->named->lots;

	for (size_t i = 0; i < output->district->n_students; i++) {
		char lot[LOT_TEXT_SIZE];

		lot_write(lots, &lots->of[lots->order[i]], lot);
		csv_out_text(out, output->district->students[lots->order[i]].id);
		csv_out_text(out, lot);
		csv_out_end(out);
	}
}

/* --- waiting lists --------------------------------------------------------------------------- */

void waiting_rows(struct csv_out *out, const struct plan_output *output)
{
	const struct enrolment *enrolment = output->enrolment;

	for (size_t i = 0; i < enrolment->wants.n; i++) {
		const struct waiting *waiting = &enrolment->waiting[i];

		csv_out_text(out, school_id(output, waiting->school));
		csv_out_count(out, waiting->grade);
		csv_out_count(out, (int64_t)enrolment->place[waiting->want]);
		csv_out_text(out, output->district->students[waiting->child].id);
		csv_out_text(out, want_name((enum want)enrolment->wants.why[waiting->want]));
		csv_out_end(out);
	}
}

/* --- notices --------------------------------------------------------------------------------- */

/* "S3:4;S7:12": the place in each waiting list. */
static void add_places(struct text *text, const struct plan_output *output, size_t child)
{
	const struct enrolment *enrolment = output->enrolment;
	size_t first = enrolment->wants.first[child], end = enrolment->wants.first[child + 1];

	for (size_t k = first; k < end; k++)
		text_printf(text, "%s%s:%zu", k > first ? ";" : "",
			    school_id(output, enrolment->wants.school[k]), enrolment->place[k]);
}

/* A name as a spreadsheet shows it: one that it would take for a formula is marked as text. */
static void name_of(struct csv_out *out, const char *name)
{
	struct text marked = {0};

	if (!*name || !strchr("=+-@\t\r", *name)) {
		csv_out_text(out, name);
		return;
	}
	text_printf(&marked, "'%s", name);
	csv_out_text(out, marked.data);
	text_free(&marked);
}

static void add_notice(struct text *notice, const struct plan_output *output,
		       const struct reasoning *reasoning, size_t child)
{
	const struct district *district = output->district;
	int grade = district_cell_of(district, child)->grade;
	size_t school = output->enrolment->school[child];

	if (school == NONE) {
		text_printf(notice, "No school has a seat for the child in grade %d yet: ", grade);
	} else {
		text_printf(notice, "The child has a seat in grade %d of school %s", grade,
			    district->schools[school].id);
		if (section_of(output, child) > 0)
			text_printf(notice, ", class %lld",
				    (long long)section_of(output, child));
		text_add(notice, ": ");
	}
	student_reason(notice, reasoning, child);
	text_add(notice, ".");
}

static void notice_row(struct csv_out *out, const struct plan_output *output,
		       const struct reasoning *reasoning, size_t child, struct text *text)
{
	const struct district *district = output->district;
	size_t school = output->enrolment->school[child];

	csv_out_text(out, district->students[child].id);
	csv_out_count(out, district_cell_of(district, child)->grade);
	csv_out_text(out, school_id(output, school));
	name_of(out, school != NONE ? district->schools[school].name : "");
	count_or_nothing(out, section_of(output, child));
	way_of(out, output, child);
	text->length = 0;
	text_add(text, "");
	add_places(text, output, child);
	csv_out_text(out, text->data);
	text->length = 0;
	add_notice(text, output, reasoning, child);
	csv_out_text(out, text->data);
	csv_out_end(out);
}

void notice_rows(struct csv_out *out, const struct plan_output *output)
{
	struct reasoning reasoning = reasoning_of(output);
	struct text text = {0};

	for (size_t i = 0; i < output->district->n_students; i++)
		notice_row(out, output, &reasoning, i, &text);
	text_free(&text);
}

/* --- ways to decide -------------------------------------------------------------------------- */

void way_rows(struct csv_out *out, const struct plan_output *output)
{
	for (size_t i = 0; i < output->n_ways; i++) {
		const struct decided_way *way = &output->ways[i];

		csv_out_text(out, decide_name(way->decide));
		csv_out_count(out, way->totals.placed);
		csv_out_count(out, way->totals.unplaced);
		csv_out_count(out, way->wishes.first);
		csv_out_count(out, way->wishes.other);
		csv_out_count(out, way->wishes.none);
		csv_out_mean_km(out, way->totals.ways.metres, way->totals.placed);
		csv_out_count(out, way->totals.oversized_classes);
		csv_out_count(out, way->totals.large_classes);
		csv_out_count(out, way->totals.far);
		csv_out_count(out, way->wishes.envy_pairs);
		csv_out_count(out, way->wishes.envious);
		csv_out_text(out, way->optimal ? "yes" : "no");
		csv_out_end(out);
	}
}
