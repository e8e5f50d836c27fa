/* inputs/base/memory.h - arenas: what a run loads and builds is freed in one place. */
#ifndef SEATWISE_MEMORY_H
#define SEATWISE_MEMORY_H

#include <stddef.h>

struct chunk;

/* Memory that lives until arena_close. Not to be shared between threads. */
struct arena {
	struct chunk *last;
};

void arena_open(struct arena *arena);
void arena_close(struct arena *arena);

/* count elements of size bytes, zeroed; count 0 gives a valid pointer. Never returns NULL: a
 * process without memory says so and ends with STATUS_SOLVER. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A copy of length bytes of text, with a NUL behind it. */
char *arena_text(struct arena *arena, const char *text, size_t length);

/* printf into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* malloc'ed count elements of size bytes, zeroed; never NULL. The caller frees. */
void *memory_array(size_t count, size_t size);

/* Frees what memory_array or memory_grow gave; NULL is fine. */
void memory_free(void *array);

/* A malloc'ed array with room for at least `needed` elements: doubles *room as required and returns
 * the moved array. The caller frees. */
void *memory_grow(void *array, size_t *room, size_t needed, size_t size);

/*
 * Sorts count elements in place; compare must be a total order, so that equal input gives equal
 * output. Sorted input, as most tables are, costs one pass.
 */
typedef int memory_compare(const void *a, const void *b, void *context);
void memory_sort(void *array, size_t count, size_t size, memory_compare *compare, void *context);

#endif
