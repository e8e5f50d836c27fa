/* inputs/base/text.h - growing texts, numbers to and from text, folding. */
#ifndef SEATWISE_TEXT_H
#define SEATWISE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A growing text; zero it before use, text_free it after. data is NUL-terminated once anything
 * was added. */
struct text {
	char *data;
	size_t length, room;
};

/* Makes room for `more` bytes and a NUL behind the text. */
void text_make_room(struct text *text, size_t more);

static inline void text_add_bytes(struct text *text, const char *more, size_t length)
{
	if (text->room - text->length <= length)
		text_make_room(text, length);
	memcpy(text->data + text->length, more, length);
	text->length += length;
	text->data[text->length] = '\0';
}

static inline void text_add(struct text *text, const char *more)
{
	text_add_bytes(text, more, strlen(more));
}

void text_printf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_free(struct text *text);

/* A whole number in decimal digits. */
void text_add_count(struct text *text, int64_t number);

/*
 * value / 10^digits in exactly `digits` decimals, at most 20, e.g. (12345, 3) -> 12.345. With trim,
 * zeros at the end of the fraction (and then the point) are left out: (12500, 3) -> 12.5,
 * (2000, 3) -> 2.
 */
void text_add_decimal(struct text *text, int64_t value, int digits, bool trim);

/* A double in 17 significant digits, which tell any two apart: the bytes of printf's %.17g. */
void text_add_real(struct text *text, double number);

/* round half up of numerator / denominator to whole; denominator > 0, numerator >= 0. */
int64_t round_ratio(int64_t numerator, int64_t denominator);

/* The nano-units of a decimal number are 10^-9: what limits, weights and norms are kept in. */
#define NANO INT64_C(1000000000)

/*
 * Reads a decimal number such as -12, 0.45 or 1.5e3 into nano-units; digits beyond the ninth
 * decimal are cut off (which is exact for rounding half up to metres).
 *
 *   returns 0, or -1 when the text is not a number, or 1 when it is one out of int64's range.
 */
int number_nano(const char *text, int64_t *nano);

/* Reads a whole number of decimal digits with an optional sign; returns as number_nano. */
int number_count(const char *text, int64_t *number);

/* Reads a finite double written in decimal digits (no hex, inf or nan); returns as number_nano. */
int number_real(const char *text, double *number);

struct arena;

/* NFKC (so that full-width digits and letters become ASCII), lower case, trimmed. The text must be
 * valid UTF-8. */
char *text_fold(struct arena *arena, const char *text);

/* Trims Unicode white space at both ends, in place: moves *text and cuts the end. */
char *text_trim(char *text);

/* strcmp as a memory_compare of `const char *` elements. */
int text_compare(const void *a, const void *b, void *context);

#endif
