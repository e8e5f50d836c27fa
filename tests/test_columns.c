/* A table's cells become values: grades, months, words, numbers, what is empty. */
#include "scratch_folder.h"

#include "inputs/columns.h"
#include "inputs/headings.h"

Test(columns, grades)
{
	static const struct {
		const char *text;
		int grade;
	} cases[] = {
		{"1", 1}, {"9", 9}, {"1年级", 1}, {"一", 1}, {"六年级", 6}, {"九", 9}, {"初一", 7},
		{"初三", 9},
		{"0", 0}, {"10", 0}, {"", 0}, {"年级", 0}, {"十", 0}, {"初四", 0}, {"1.0", 0}, {"-1", 0},
		{"一年级一年级一年级一年级", 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		cr_expect_eq(grade_of(cases[i].text), cases[i].grade, "'%s'", cases[i].text);
}

Test(columns, months)
{
	static const char *const good[] = {"2018-09", "0000-01", "9999-12"};
	static const char *const bad[] = {"", "2018", "2018-9", "2018-00", "2018-13", "2018-19",
		"2018-091",
					  "2018/09", "18-09", "2018-0x", "2018-09-01"};

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		cr_expect(month_valid(good[i]), "%s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		cr_expect_not(month_valid(bad[i]), "%s", bad[i]);
}

/* A table of one row: what its cells come to. */
struct sample_row {
	size_t row;
	const char *id, *text, *month;
	int64_t count, decimal;
	double real;
	int grade, word;
	struct grade_range grades;
};

#define AT(field) .offset = offsetof(struct sample_row, field)

static const struct column columns[] = {
	{"school", COLUMN_ID, true, AT(id)},
	{"name", COLUMN_TEXT, false, AT(text)},
	{"opens", COLUMN_MONTH, false, AT(month)},
	{"pupils", COLUMN_COUNT, false, AT(count), .least = 0, .most = 100, .fallback = -1},
	{"km", COLUMN_DECIMAL, false, AT(decimal), .least = 0, .most = 10, .fallback = 5},
	{"lon", COLUMN_REAL, false, AT(real), .least = -180, .most = 180},
	{"grade", COLUMN_GRADE, false, AT(grade)},
	{"rule", COLUMN_WORD, false, AT(word), .fallback = 9, .words = words_rule},
	{"grades", COLUMN_GRADES, false, AT(grades)},
	{"minutes", .type = COLUMN_IGNORED},
	{0},
};
static const struct table_spec spec = {"sample", columns, .row_size = sizeof(struct sample_row)};

/* Rows as text, and what is said; one of them. */
static void read_sample(const char *file, const char *want_said, struct sample_row *first)
{
	struct scratch scratch;
	struct arena arena;
	struct table table;
	int result;

	scratch_open(&scratch);
	arena_open(&arena);
	result = table_read(&table, &spec, scratch_text(&scratch, "t.csv", file), true, &arena,
			    &scratch.diags);
	cr_expect_str_eq(scratch_said(&scratch), want_said);
	cr_expect_eq(result, scratch.diags.errors ? -1 : 0);
	if (first && !result) {
		cr_assert_eq(table.n_rows, 1);
		*first = *(struct sample_row *)table_row(&table, 0);
		cr_expect_str_eq(first->id, "Ａ");    /* ids are never folded */
		cr_expect_str_eq(first->text, "a, b");
		cr_expect_str_eq(first->month, "2018-09");
	}
	table_close(&table);
	arena_close(&arena);
	scratch_close(&scratch);
}

Test(columns, cells_are_trimmed_folded_and_typed)
{
	struct sample_row row = {0};

	read_sample("年级范围,RULE,年级, 公里 ,人数,经度,启用时间,名称,学校编号,分钟\n"
		    "一-六年级,ＮＥＶＥＲ,初二,１.5,　42　,-104.5,２０１８-09,\"a, b\",Ａ,not read\n"
		    ",,,,,,,,,\n", "", &row);
	cr_expect_eq(row.row, 1);
	cr_expect_eq(row.count, 42);
	cr_expect_eq(row.decimal, 1500000000);
	cr_expect_eq(row.real, -104.5);
	cr_expect_eq(row.grade, 8);
	cr_expect_eq(row.word, 1);
	cr_expect(row.grades.first == 1 && row.grades.last == 6);
}

Test(columns, every_error_of_a_row_is_said)
{
	read_sample("school,pupils,km,lon,grade,rule,grades,opens\n"
		    ",1.5,11,x,0,maybe,6-1,2018\n",
		    "t.csv:2:1: error: school is empty [csv-value-empty]\n"
		    "t.csv:2:23: error: opens '2018' is not a month such as 2018-09 [csv-range]\n"
		    "t.csv:2:2: error: pupils '1.5' is not a whole number [csv-number]\n"
		    "t.csv:2:6: error: km '11' is outside the range 0..10 [csv-range]\n"
		    "t.csv:2:9: error: lon 'x' is not a number [csv-number]\n"
		    "t.csv:2:11: error: grade '0' is not a grade from 1 to 9 [csv-range]\n"
		    "t.csv:2:13: error: rule 'maybe' is not one of: only, never [csv-word]\n"
		    "t.csv:2:19: error: grades '6-1' is not a range of grades such as 1-6 "
		    "[csv-range]\n",
		    NULL);
}

Test(columns, headers)
{
	read_sample("school,color\nA,red\n",
		"t.csv:1:8: warning: column 'color' is not known and not "
		    "read [csv-column]\n", NULL);
	read_sample("name,学校,school\n,A,B\n", "t.csv:1:9: error: column school stands twice "
		    "[csv-header]\n", NULL);
	read_sample("name\nx\n", "t.csv:1:1: error: column school is missing [csv-column]\n", NULL);
	read_sample("school,name\nA\n",
		"t.csv:2:1: error: row has 1 fields, but the header has 2 columns "
		    "[csv-fields]\n", NULL);
	read_sample("", "t.csv:1:1: error: file is empty: a header is needed [csv-empty]\n", NULL);
}
