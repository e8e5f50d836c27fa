#include "inputs/base/memory.h"

#include <stdarg.h>
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

static void *checked_malloc(size_t size)
{
	void *memory = malloc(size ? size : 1);

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

/* Memory of one malloc; what is given out stands behind the head. */
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
	struct chunk *chunk = checked_malloc(sizeof *chunk + room);

	*chunk = (struct chunk){arena->last, 0, room};
	arena->last = chunk;
}

/* Bytes aligned for anything, not zeroed. */
static void *arena_bytes(struct arena *arena, size_t bytes)
{
	size_t aligned = (bytes + _Alignof(max_align_t) - 1) & ~(_Alignof(max_align_t) - 1);
	char *start;

	if (!arena->last || arena->last->room - arena->last->used < aligned)
		add_chunk(arena, aligned > CHUNK ? aligned : CHUNK);
	start = (char *)arena->last->bytes + arena->last->used;
	arena->last->used += aligned;
	return start;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	size_t bytes = product(count, size);

	return memset(arena_bytes(arena, bytes), 0, bytes);
}

char *arena_text(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_bytes(arena, length + 1);

	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
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
	size_t bytes = product(count, size);

	return memset(checked_malloc(bytes), 0, bytes);
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

void memory_sort(void *array, size_t count, size_t size, memory_compare *compare, void *context)
{
	if (count > 1)
		qsort_r(array, count, size, compare, context);
}
