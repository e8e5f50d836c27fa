#include "inputs/base/memory.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inputs/base/diag.h"

static void out_of_memory(void)
{
	fputs("error: out of memory [memory]\n", stderr);
	_Exit(STATUS_SOLVER);
}

/* Zeroed bytes: where the system gives fresh pages, nobody clears them a second time. */
static void *checked_calloc(size_t size)
{
	void *memory = calloc(size ? size : 1, 1);

	if (!memory)
		out_of_memory();
	return memory;
}

/* count * size, refused when it does not fit. */
static size_t product(size_t count, size_t size)
{
	if (size && count > (size_t)PTRDIFF_MAX / size)
		out_of_memory();
	return count * size;
}

/* Memory of one calloc; what is given out stands behind the head, and no byte is given twice. */
struct chunk {
	struct chunk *before;
	size_t used, room;
	max_align_t bytes[];
};

enum { CHUNK = 1 << 16 };

void arena_open(struct arena *arena)
{
	arena->last = NULL;
}

void arena_close(struct arena *arena)
{
	while (arena->last) {
		struct chunk *before = arena->last->before;

		free(arena->last);
		arena->last = before;
	}
}

static void add_chunk(struct arena *arena, size_t room)
{
	struct chunk *chunk = checked_calloc(sizeof *chunk + room);

	*chunk = (struct chunk){arena->last, 0, room};
	arena->last = chunk;
}

/* Zeroed bytes that begin at a multiple of `alignment`, a power of two. */
static void *arena_bytes(struct arena *arena, size_t bytes, size_t alignment)
{
	struct chunk *chunk = arena->last;
	size_t start = chunk ? (chunk->used + alignment - 1) & ~(alignment - 1) : 0;

	if (!chunk || start > chunk->room || chunk->room - start < bytes) {
		add_chunk(arena, bytes > CHUNK ? bytes : CHUNK);
		chunk = arena->last;
		start = 0;
	}
	chunk->used = start + bytes;
	return (char *)chunk->bytes + start;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	return arena_bytes(arena, product(count, size), _Alignof(max_align_t));
}

char *arena_text(struct arena *arena, const char *text, size_t length)
{
	return memcpy(arena_bytes(arena, length + 1, 1), text, length);
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	char *text = NULL, *copy;

	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		out_of_memory();
	va_end(arguments);
	copy = arena_text(arena, text, strlen(text));
	free(text);
	return copy;
}

void *memory_array(size_t count, size_t size)
{
	return checked_calloc(product(count, size));
}

void memory_free(void *array)
{
	free(array);
}

void *memory_grow(void *array, size_t *room, size_t needed, size_t size)
{
	size_t more = *room ? *room : 16;

	if (needed <= *room)
		return array;
	while (more < needed)
		more = product(more, 2);
	array = realloc(array, product(more, size));
	if (!array)
		out_of_memory();
	*room = more;
	return array;
}

static bool sorted(const char *array, size_t count, size_t size, memory_compare *compare,
		   void *context)
{
	for (size_t i = 1; i < count; i++)
		if (compare(array + (i - 1) * size, array + i * size, context) > 0)
			return false;
	return true;
}

void memory_sort(void *array, size_t count, size_t size, memory_compare *compare, void *context)
{
	if (!sorted(array, count, size, compare, context))
		qsort_r(array, count, size, compare, context);
}
