#include "models/lot.h"

#include <nettle/sha2.h>
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

void lot_write(const struct lot *lot, char text[LOT_TEXT_SIZE])
{
	static const char digits[] = "0123456789abcdef";

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

void lots_make(struct arena *arena, const struct district *district, struct lots *made)
{
	size_t n = district->n_students;

	made->of = arena_array(arena, n, sizeof *made->of);
	made->order = arena_array(arena, n, sizeof *made->order);
	for (size_t i = 0; i < n; i++) {
		lot_draw(district->settings.seed, district->students[i].id, &made->of[i]);
		made->order[i] = i;
	}
	memory_sort(made->order, n, sizeof *made->order, compare_lots, made);
}
