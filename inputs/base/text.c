#include "inputs/base/text.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "inputs/base/memory.h"

/* The bits of a double times a power of ten. */
__extension__ typedef unsigned __int128 wide;

void text_make_room(struct text *text, size_t more)
{
	text->data = memory_grow(text->data, &text->room, text->length + more + 1, 1);
}

void text_printf(struct text *text, const char *format, ...)
{
	va_list arguments;
	char *more = NULL;

	va_start(arguments, format);
	if (vasprintf(&more, format, arguments) >= 0)
		text_add(text, more);
	va_end(arguments);
	free(more);
}

void text_free(struct text *text)
{
	free(text->data);
	*text = (struct text){0};
}

void text_add_count(struct text *text, int64_t number)
{
	text_add_decimal(text, number, 0, false);
}

/* Written from its last digit to its first. */
void text_add_decimal(struct text *text, int64_t value, int digits, bool trim)
{
	char room[48], *end = room + sizeof room, *start = end;
	uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;

	for (; trim && digits > 0 && size % 10 == 0; digits--)
		size /= 10;
	for (int i = 0; i < digits; i++, size /= 10)
		*--start = (char)('0' + size % 10);
	if (digits > 0)
		*--start = '.';
	do
		*--start = (char)('0' + size % 10);
	while (size /= 10);
	if (value < 0)
		*--start = '-';
	text_add_bytes(text, start, (size_t)(end - start));
}

/*
 * size * 10^decimals, rounded, for 1 <= size < 1000: a double is a whole number of 53 bits over a
 * power of two, so whole numbers do. Exact halves go to the even digit, as printf's do.
 */
static int64_t seventeen_digits(double size, int decimals)
{
	int exponent;
	wide scaled = (wide)ldexp(frexp(size, &exponent), 53);
	int shift = 53 - exponent;
	wide half = (wide)1 << (shift - 1), rest;
	uint64_t digits;

	for (int i = 0; i < decimals; i++)
		scaled *= 10;
	digits = (uint64_t)(scaled >> shift);
	rest = scaled & (2 * half - 1);
	if (rest > half || (rest == half && digits % 2 == 1))
		digits++;
	return (int64_t)digits;
}

void text_add_real(struct text *text, double number)
{
	double size = fabs(number);
	int decimals = size < 10 ? 16 : size < 100 ? 15 : 14;
	int64_t digits;

	if (!(size >= 1 && size < 1000)) {
		text_printf(text, "%.17g", number);
		return;
	}
	digits = seventeen_digits(size, decimals);
	text_add_decimal(text, number < 0 ? -digits : digits, decimals, true);
}

int64_t round_ratio(int64_t numerator, int64_t denominator)
{
	int64_t whole = numerator / denominator, rest = numerator % denominator;

	return whole + (rest >= denominator - rest);
}

/* Where a number's parts stand in its text. */
struct shape {
	bool negative;
	const char *whole, *fraction;
	size_t n_whole, n_fraction;
	long exponent;
};

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static size_t digit_run(const char **text)
{
	size_t n = 0;

	for (; is_digit(**text); ++*text)
		n++;
	return n;
}

/* sign? digits? (. digits?)? (e sign? digits)? with at least one digit before the e. */
static bool number_shape(const char *text, struct shape *shape)
{
	*shape = (struct shape){.negative = *text == '-'};
	text += *text == '-' || *text == '+';
	shape->whole = text;
	shape->n_whole = digit_run(&text);
	shape->fraction = text + 1;
	if (*text == '.') {
		text++;
		shape->n_fraction = digit_run(&text);
	}
	if (shape->n_whole + shape->n_fraction == 0)
		return false;
	if (*text == 'e' || *text == 'E') {
		char *end;

		text++;
		if (!is_digit(text[*text == '-' || *text == '+']))
			return false;
		errno = 0;
		shape->exponent = strtol(text, &end, 10);
		text = end;
	}
	return *text == '\0';
}

/* The i-th digit counted from the first of the whole part, '0' beyond both ends. */
static int shape_digit(const struct shape *shape, long i)
{
	if (i < 0)
		return 0;
	if ((size_t)i < shape->n_whole)
		return shape->whole[i] - '0';
	i -= (long)shape->n_whole;
	return (size_t)i < shape->n_fraction ? shape->fraction[i] - '0' : 0;
}

int number_nano(const char *text, int64_t *nano)
{
	struct shape shape;
	int64_t value = 0;
	long last;

	if (!number_shape(text, &shape))
		return -1;
	if (labs(shape.exponent) > 1000)
		return 1;
	last = (long)shape.n_whole + shape.exponent + 9;
	for (long i = 0; i < last; i++)
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, shape_digit(&shape, i), &value))
			return 1;
	*nano = shape.negative ? -value : value;
	return 0;
}

int number_count(const char *text, int64_t *number)
{
	struct shape shape;
	int64_t value = 0;

	if (!number_shape(text, &shape) || shape.n_whole == 0 ||
	    shape.whole[shape.n_whole] != '\0')
		return -1;
	for (size_t i = 0; i < shape.n_whole; i++)
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, shape_digit(&shape, (long)i), &value))
			return 1;
	*number = shape.negative ? -value : value;
	return 0;
}

/*
 * Numbers of at most 15 digits: digits and power of ten are doubles without error, so that their
 * quotient is the nearest double, which is what strtod gives (Clinger 1990). False for others.
 */
static bool short_real(const struct shape *shape, double *number)
{
	static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10,
					1e11, 1e12, 1e13, 1e14, 1e15};
	size_t n = shape->n_whole + shape->n_fraction;
	int64_t digits = 0;

	if (n > 15 || shape->exponent != 0)
		return false;
	for (size_t i = 0; i < n; i++)
		digits = 10 * digits + shape_digit(shape, (long)i);
	*number = (double)digits / powers[shape->n_fraction];
	if (shape->negative)
		*number = -*number;
	return true;
}

int number_real(const char *text, double *number)
{
	struct shape shape;
	double value;

	if (!number_shape(text, &shape))
		return -1;
	if (short_real(&shape, number))
		return 0;
	value = strtod(text, NULL); /* LC_NUMERIC stays "C": the program never changes it */
	if (!isfinite(value))
		return 1;
	*number = value;
	return 0;
}

static bool is_space(utf8proc_int32_t character)
{
	utf8proc_category_t category = utf8proc_category(character);

	return (character >= 9 && character <= 13) || category == UTF8PROC_CATEGORY_ZS ||
	       category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP ||
	       character == 0xfeff;
}

/* Bytes of the white space that the text begins with, 0 when it begins with none. */
static size_t leading_space(const char *text)
{
	utf8proc_int32_t character;
	utf8proc_ssize_t n;

	if (*text == '\0' || ((unsigned char)*text > 0x20 && (unsigned char)*text < 0x80))
		return 0;
	n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &character);
	return n > 0 && is_space(character) ? (size_t)n : 0;
}

/* The start of the last character of text[0..length). */
static size_t last_character(const char *text, size_t length)
{
	while (length > 0 && ((unsigned char)text[--length] & 0xc0) == 0x80)
		;
	return length;
}

char *text_trim(char *text)
{
	size_t n, length;

	while ((n = leading_space(text)))
		text += n;
	for (length = strlen(text); length > 0; length = n) {
		n = last_character(text, length);
		if (!leading_space(text + n))
			break;
		text[n] = '\0';
	}
	return text;
}

/* NFKC and lower case of text that has bytes beyond ASCII. */
static char *fold_unicode(struct arena *arena, const char *text)
{
	utf8proc_uint8_t *mapped = NULL;
	char *copy;

	if (utf8proc_map((const utf8proc_uint8_t *)text, 0, &mapped,
			 UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
				 UTF8PROC_CASEFOLD) < 0)
		return arena_text(arena, text, strlen(text));
	copy = arena_text(arena, (char *)mapped, strlen((char *)mapped));
	free(mapped);
	return copy;
}

char *text_fold(struct arena *arena, const char *text)
{
	bool ascii = true;
	char *copy;

	for (const char *c = text; *c; c++)
		ascii = ascii && (unsigned char)*c < 0x80;
	copy = ascii ? arena_text(arena, text, strlen(text)) : fold_unicode(arena, text);
	for (char *c = copy; *c; c++)
		*c = (char)((unsigned char)*c < 0x80 ? tolower((unsigned char)*c) : *c);
	return text_trim(copy);
}

int text_compare(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}
