/* Numbers to and from text, folding, trimming: each table is read by one test. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "inputs/base/memory.h"
#include "inputs/base/text.h"

struct number_case {
	const char *text;
	int result;        /* 0 read, -1 no number, 1 out of range */
	int64_t value;
};

/* The largest int64 is 9223372036854775807. */
static const struct number_case nanos[] = {
	{"0", 0, 0}, {"1", 0, 1000000000}, {"-12", 0, INT64_C(-12000000000)},
	{"+3", 0, INT64_C(3000000000)},
	{"0.45", 0, 450000000}, {".5", 0, 500000000}, {"5.", 0, INT64_C(5000000000)},
	{"1.5e3", 0, INT64_C(1500000000000)}, {"1.5E-3", 0, 1500000},
	{"25e-1", 0, INT64_C(2500000000)},
	{"0.1234567899", 0, 123456789}, {"-0.0000000019", 0, -1}, {"1e-10", 0, 0},
	{"00.10", 0, 100000000},
	{"9223372036.854775807", 0, INT64_MAX}, {"9223372036.854775808", 1, 0}, {"1e309", 1, 0},
	{"1e99999999999999999999", 1, 0}, {"", -1, 0}, {".", -1, 0}, {"-", -1, 0}, {"e5", -1, 0},
	{"1e", -1, 0}, {"1e+", -1, 0}, {"nan", -1, 0}, {"inf", -1, 0}, {"0x10", -1, 0},
	{"12,5", -1, 0},
	{"1 2", -1, 0}, {" 1", -1, 0}, {"--1", -1, 0}, {"1.2.3", -1, 0},
};

static const struct number_case counts[] = {
	{"0", 0, 0}, {"007", 0, 7}, {"+5", 0, 5}, {"-5", 0, -5},
	{"9223372036854775807", 0, INT64_MAX},
	{"9223372036854775808", 1, 0}, {"1.0", -1, 0}, {"1e3", -1, 0}, {"5.", -1, 0}, {"", -1, 0},
	{"-", -1, 0}, {"0x1", -1, 0}, {"1,000", -1, 0}, {".5", -1, 0},
};

static void expect_numbers(const struct number_case *cases, size_t n,
			   int (*read)(const char *, int64_t *))
{
	for (size_t i = 0; i < n; i++) {
		int64_t value = 77;

		cr_expect_eq(read(cases[i].text, &value), cases[i].result, "'%s'", cases[i].text);
		cr_expect_eq(value, cases[i].result ? 77 : cases[i].value, "'%s' is %lld",
			     cases[i].text, (long long)value);
	}
}

Test(text, numbers_are_read_exactly)
{
	static const char *const no_reals[] = {"", "nan", "inf", "0x1p3", "1,5", "1e", " 1"};
	double real = 77;

	expect_numbers(nanos, sizeof nanos / sizeof *nanos, number_nano);
	expect_numbers(counts, sizeof counts / sizeof *counts, number_count);
	cr_expect(number_real("-104.25e0", &real) == 0 && real == -104.25);
	cr_expect(number_real("1e309", &real) == 1 && real == -104.25);
	for (size_t i = 0; i < sizeof no_reals / sizeof *no_reals; i++)
		cr_expect_eq(number_real(no_reals[i], &real), -1, "'%s'", no_reals[i]);
}

/* Short ones are computed, long ones are strtod's: both are the double nearest to the text, which is
 * what the compiler makes of it. */
Test(text, reals_are_the_nearest_double)
{
	static const struct {
		const char *text;
		double value;
	} cases[] = {
		{"104.98135", 104.98135}, {"-0.1", -0.1}, {"+30.7", 30.7}, {".3", .3}, {"5.", 5.},
		{"000000000000104.1", 104.1}, {"0.00000000000007", 0.00000000000007},
		{"999999999999999", 999999999999999.}, {"9007199254740993", 9007199254740993.},
		{"0.1234567890123456789", 0.1234567890123456789}, {"12.345e-1", 1.2345},
		{"1e22", 1e22},
	};
	double real = 77;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		cr_expect_eq(number_real(cases[i].text, &real), 0);
		cr_expect(real == cases[i].value, "'%s' is %.17g", cases[i].text, real);
	}
	cr_expect(number_real("-0", &real) == 0 && real == 0 && signbit(real));
}

Test(text, halves_round_up)
{
	static const int64_t cases[][3] = {
		{0, 2, 0}, {1, 2, 1}, {1, 3, 0}, {2, 3, 1}, {3, 2, 2}, {4, 3, 1}, {5, 3, 2},
		{499, 1000, 0},
		{500, 1000, 1}, {1499, 1000, 1}, {INT64_MAX, INT64_MAX, 1},
		{INT64_MAX - 1, INT64_MAX, 1},
		{INT64_MAX, 1, INT64_MAX},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		cr_expect_eq(round_ratio(cases[i][0], cases[i][1]), cases[i][2], "case %zu", i);
}

Test(text, decimals_are_written_exactly)
{
	static const struct {
		int64_t value;
		int digits;
		bool trim;
		const char *want;
	} cases[] = {
		{12345, 3, false, "12.345"}, {12500, 3, false, "12.500"}, {12500, 3, true, "12.5"},
		{2000, 3, true, "2"}, {2000, 3, false, "2.000"}, {7, 0, false, "7"},
		{0, 3, false, "0.000"},
		{0, 3, true, "0"}, {5, 3, false, "0.005"}, {-5, 3, false, "-0.005"},
		{-12340, 3, true, "-12.34"},
		{1000000001, 9, true, "1.000000001"},
		{-INT64_MAX, 0, false, "-9223372036854775807"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct text text = {0};

		text_add_decimal(&text, cases[i].value, cases[i].digits, cases[i].trim);
		cr_expect_str_eq(text.data, cases[i].want);
		text_free(&text);
	}
}

/* 2^-17 is 0.00000762939453125: 1 + 2^-17 and 1 + 3 * 2^-17 end in an exact half, which goes to the
 * even digit. The others are what %.17g prints. */
Test(text, reals_are_written_in_17_digits)
{
	static const struct {
		double value;
		const char *want;
	} cases[] = {
		{0, "0"}, {1, "1"}, {-1.5, "-1.5"}, {999.875, "999.875"}, {1000, "1000"}, {30, "30"},
		{1 + 0x1p-17, "1.0000076293945312"}, {1 + 0x3p-17, "1.0000228881835938"},
		{104.98135, "104.98135000000001"}, {30.55938, "30.559380000000001"},
		{0x1.3ffffffffffffp+3, "9.9999999999999982"}, {0.1, "0.10000000000000001"},
		{1e-7, "9.9999999999999995e-08"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct text text = {0};

		text_add_real(&text, cases[i].value);
		cr_expect_str_eq(text.data, cases[i].want);
		text_free(&text);
	}
}

/* U+3000 is the space of Chinese typing, U+00A0 that of web pages, U+FEFF a stray BOM. */
Test(text, white_space_goes_at_the_ends_only)
{
	static const char *const cases[][2] = {
		{"", ""}, {" \t\r\n", ""}, {" a b ", "a b"}, {"\u3000北 村\u3000", "北 村"},
		{"\u00a0x\u00a0", "x"}, {"\ufeffzone", "zone"}, {"村", "村"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[64];

		strcpy(text, cases[i][0]);
		cr_expect_str_eq(text_trim(text), cases[i][1], "case %zu", i);
	}
}

Test(text, folding)
{
	static const char *const cases[][2] = {
		{"Zone", "zone"}, {"１２．５", "12.5"}, {"ＡＢ－ｃ", "ab-c"}, {"　年级 ", "年级"}, {"ｶ", "カ"},
		{"１-６", "1-6"}, {"ÄÖ", "äö"}, {"", ""},
	};
	struct arena arena;

	arena_open(&arena);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		cr_expect_str_eq(text_fold(&arena, cases[i][0]), cases[i][1]);
	arena_close(&arena);
}
