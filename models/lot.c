#include "models/lot.h"

#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>

_Static_assert(LOT_BYTES == SHA256_DIGEST_SIZE, "a lot is one digest");

void lot_draw(const char *seed, const char *student, struct lot *lot)
{
	struct sha256_ctx sha;

	sha256_init(&sha);
	sha256_update(&sha, strlen(seed), (const uint8_t *)seed);
	sha256_update(&sha, 1, (const uint8_t *)":");
	sha256_update(&sha, strlen(student), (const uint8_t *)student);
	sha256_digest(&sha, sizeof lot->bytes, lot->bytes);
}

/* --- counting round -------------------------------------------------------------------------- */

/* How many are left, in the manner of Fenwick (1994): node i sums the i & -i numbers up to i. */
struct circle {
	size_t *sums; /* n + 1 */
	size_t n, top; /* top: the greatest power of two up to n */
};

static void circle_open(struct circle *circle, size_t n)
{
	*circle = (struct circle){memory_array(n + 1, sizeof *circle->sums), n, 1};
	while (2 * circle->top <= n)
		circle->top *= 2;
	for (size_t i = 1; i <= n; i++)
		circle->sums[i] = i & -i;
}

/* Takes out the one before whom so many are left; returns its number, from 0. */
static size_t circle_take(struct circle *circle, size_t before)
{
	size_t at = 0, rest = before;

	for (size_t step = circle->top; step > 0; step /= 2)
		if (at + step <= circle->n && circle->sums[at + step] <= rest) {
			at += step;
			rest -= circle->sums[at];
		}
	for (size_t i = at + 1; i <= circle->n; i += i & -i)
		circle->sums[i]--;
	return at;
}

void lot_count_round(size_t n, int64_t start, int64_t interval, size_t *order)
{
	struct circle circle;
	size_t at = n > 0 ? (size_t)(start - 1) % n : 0;

	circle_open(&circle, n);
	for (size_t i = 0; i < n; i++) {
		size_t left = n - i - 1;

		order[i] = circle_take(&circle, at);
		if (left > 0)
			at = (at + (size_t)(interval - 1)) % left;
	}
	memory_free(circle.sums);
}

/* --- all lots -------------------------------------------------------------------------------- */

/* A place as a lot: its bytes, the highest first. */
static struct lot lot_of_place(uint64_t place)
{
	struct lot lot = {{0}};

	for (size_t i = 0; i < sizeof place; i++)
		lot.bytes[i] = (uint8_t)(place >> (8 * (sizeof place - 1 - i)));
	return lot;
}

static uint64_t place_of_lot(const struct lot *lot)
{
	uint64_t place = 0;

	for (size_t i = 0; i < sizeof place; i++)
		place = place << 8 | lot->bytes[i];
	return place;
}

void lot_write(const struct lots *lots, const struct lot *lot, char text[LOT_TEXT_SIZE])
{
	static const char digits[] = "0123456789abcdef";

	if (lots->digits > 0) {
		snprintf(text, LOT_TEXT_SIZE, "%0*llu", lots->digits,
			 (unsigned long long)place_of_lot(lot));
		return;
	}
	for (size_t i = 0; i < LOT_BYTES; i++) {
		text[2 * i] = digits[lot->bytes[i] >> 4];
		text[2 * i + 1] = digits[lot->bytes[i] & 15];
	}
	text[2 * LOT_BYTES] = '\0';
}

static int compare_lots(const void *a, const void *b, void *context)
{
	const struct lots *lots = context;
	size_t left = *(const size_t *)a, right = *(const size_t *)b;
	int order = memcmp(lots->of[left].bytes, lots->of[right].bytes, LOT_BYTES);

	return order ? order : (left > right) - (left < right);
}

static int digits_of(size_t n)
{
	int digits = 1;

	for (; n >= 10; n /= 10)
		digits++;
	return digits;
}

/* Twins have one number in the circle. */
static void count_round(const struct district *district, struct lots *made)
{
	const struct settings *settings = &district->settings;
	size_t *leads = memory_array(district->n_students, sizeof *leads), n = 0;
	size_t *order;

	for (size_t i = 0; i < district->n_students; i++)
		if (district->students[i].lead == i)
			leads[n++] = i;
	order = memory_array(n, sizeof *order);
	lot_count_round(n, settings->lottery_start, settings->lottery_interval, order);
	for (size_t i = 0; i < n; i++)
		made->of[leads[order[i]]] = lot_of_place(i + 1);
	made->digits = digits_of(n);
	memory_free(order);
	memory_free(leads);
}

static void draw(const struct district *district, struct lots *made)
{
	for (size_t i = 0; i < district->n_students; i++)
		if (district->students[i].lead == i)
			lot_draw(district->settings.seed, district->students[i].id, &made->of[i]);
	made->digits = 0;
}

void lots_make(struct arena *arena, const struct district *district, struct lots *made)
{
	size_t n = district->n_students;

	made->of = arena_array(arena, n, sizeof *made->of);
	made->order = arena_array(arena, n, sizeof *made->order);
	if (district->settings.lottery == LOTTERY_INTERVAL)
		count_round(district, made);
	else
		draw(district, made);
	for (size_t i = 0; i < n; i++) {
		made->of[i] = made->of[district->students[i].lead];
		made->order[i] = i;
	}
	memory_sort(made->order, n, sizeof *made->order, compare_lots, made);
}
