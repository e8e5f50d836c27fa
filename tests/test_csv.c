/* Rows, fields and the places where they begin, as a spreadsheet's user would point at them. */
#include "scratch_folder.h"

#include "inputs/base/text.h"
#include "inputs/csv.h"

/* Writes every row as [field|field] with its number in front. */
static int list_row(void *context, size_t row, char **fields, size_t n_fields)
{
	text_printf(context, "%zu[", row);
	for (size_t i = 0; i < n_fields; i++)
		text_printf(context, "%s%s", i ? "|" : "", fields[i]);
	text_add(context, "]");
	return 0;
}

static const struct {
	const char *file, *rows, *said;
} readings[] = {
	{"a,b\n1,2\n", "0[a|b]1[1|2]", ""},
	{"a,b\r\n1,2\r\n", "0[a|b]1[1|2]", ""},
	{"a,b\n1,2", "0[a|b]1[1|2]", ""},
	{"\xef\xbb\xbf" "a\n1\n", "0[a]1[1]", ""},
	{" a , b \n\u3000x\u3000,\t\n", "0[a|b]1[x|]", ""},
	{"a,b\n\"x, y\",\"say \"\"no\"\"\"\n", "0[a|b]1[x, y|say \"no\"]", ""},
	{"a,b\n\"two\nlines\",2\n3,4\n", "0[a|b]1[two\nlines|2]2[3|4]", ""},
	{"a,b\n,\n", "0[a|b]1[|]", ""},
	{"", "", ""},
	{"a,b\nx,y\"z\n", "0[a|b]",
	 "t.csv:2:3: error: quote inside a field (write it twice and the field "
	 "in quotes) [csv-quote]\n"},
	{"a,b\n1,\"x\ny\n", "0[a|b]", "t.csv:2:3: error: quote is never closed [csv-quote]\n"},
	{"a,b\n\"x\"y,2\n", "0[a|b]",
	 "t.csv:2:1: error: quote inside a field (write it twice and the field "
	 "in quotes) [csv-quote]\n"},
};

Test(csv, rows_and_fields)
{
	for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
		struct scratch scratch;
		struct csv_file file;
		struct text rows = {0};
		int result;

		scratch_open(&scratch);
		cr_assert_eq(csv_open(&file, scratch_text(&scratch, "t.csv", readings[i].file),
				      &scratch.diags), 0);
		text_add(&rows, "");
		result = csv_read(&file, list_row, &rows, &scratch.diags);
		cr_expect_eq(result, *readings[i].said ? -1 : 0, "case %zu", i);
		cr_expect_str_eq(rows.data, readings[i].rows);
		cr_expect_str_eq(scratch_said(&scratch), readings[i].said);
		text_free(&rows);
		csv_close(&file);
		scratch_close(&scratch);
	}
}

/* A place is the same whatever was asked for before: rows 1 to 4 stand in lines 2, 4 (after an empty
 * one), 5 (with a line end in it) and 7. */
Test(csv, places_in_any_order)
{
	static const size_t line_of[] = {1, 2, 4, 5, 7};
	static const size_t asked[] = {4, 4, 1, 2, 0, 3, 4, 2};
	struct scratch scratch;
	struct csv_file file;

	scratch_open(&scratch);
	cr_assert_eq(csv_open(&file, scratch_text(&scratch, "t.csv", "a,b\nc,d\r\n\r\ne,f\n"
						  "\"g\nh\",i\nj,k\n"), &scratch.diags), 0);
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		struct place place = csv_place(&file, asked[i], i % 2);
		size_t line = line_of[asked[i]] + (asked[i] == 3 && i % 2);

		cr_expect(place.line == line, "asked %zu: line %zu", i, place.line);
		cr_expect(i % 2 || place.column == 1, "asked %zu: column %zu", i, place.column);
	}
	csv_close(&file);
	scratch_close(&scratch);
}

/* Blank lines are not rows, but they are lines; a column is a character. */
static const struct {
	const char *file;
	size_t row, field, line, column;
} places[] = {
	{"a,b\n1,2\n", 0, 0, 1, 1}, {"a,b\n1,2\n", 0, 1, 1, 3}, {"a,b\n1,2\n", 1, 1, 2, 3},
	{"a,b\r\n1,2\r\n3,4\r\n", 2, 1, 3, 3}, {"a,b\n\n\n1,2\n", 1, 0, 4, 1},
	{"a,b\r\n\r\n1,2\r\n", 1, 1, 3, 3}, {"a,b\n\"x, y\",2\n", 1, 0, 2, 1},
	{"a,b\n\"x, y\",2\n", 1, 1, 2, 8}, {"a,b\n\"x\ny\",2\n3,4\n", 1, 1, 3, 4},
	{"a,b\n\"x\ny\",2\n3,4\n", 2, 0, 4, 1}, {"a,b\n\"x\r\ny\",2\r\n3,4\r\n", 2, 1, 4, 3},
	{"学校,班数\n第一小学,6\n", 1, 1, 2, 6}, {"\xef\xbb\xbf" "a,b\n1,2\n", 0, 1, 1, 3},
	{"a,b\n1, 2\n", 1, 1, 2, 3}, {"a,b,c\n,,3\n", 1, 2, 2, 3},
};

Test(csv, a_place_is_where_the_field_begins)
{
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		struct scratch scratch;
		struct csv_file file;
		struct place place;

		scratch_open(&scratch);
		cr_assert_eq(csv_open(&file, scratch_text(&scratch, "t.csv", places[i].file),
				      &scratch.diags), 0);
		place = csv_place(&file, places[i].row, places[i].field);
		cr_expect(place.line == places[i].line && place.column == places[i].column,
			  "case %zu: %zu:%zu, not %zu:%zu", i, place.line, place.column,
			  places[i].line, places[i].column);
		csv_close(&file);
		scratch_close(&scratch);
	}
}
