/* inputs/base/parallel.h - the same work for many indices, on all cores. */
#ifndef SEATWISE_PARALLEL_H
#define SEATWISE_PARALLEL_H

#include <stddef.h>

/* How many threads parallel_for may use: the cores of the machine, at most 64. */
int parallel_threads(void);

/*
 * Calls work(context, i) once for every i < n, in any order, several at a time. Calls must not
 * share what they write; results then do not depend on the number of threads.
 */
void parallel_for(size_t n, void (*work)(void *context, size_t i), void *context);

#endif
