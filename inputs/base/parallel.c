#include "inputs/base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { MOST_THREADS = 64 };

struct loop {
	size_t n;
	atomic_size_t next;
	void (*work)(void *context, size_t i);
	void *context;
};

int parallel_threads(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	return cores < 1 ? 1 : cores > MOST_THREADS ? MOST_THREADS : (int)cores;
}

static void *run_some(void *context)
{
	struct loop *loop = context;
	size_t i;

	while ((i = atomic_fetch_add(&loop->next, 1)) < loop->n)
		loop->work(loop->context, i);
	return NULL;
}

void parallel_for(size_t n, void (*work)(void *context, size_t i), void *context)
{
	struct loop loop = {.n = n, .work = work, .context = context};
	pthread_t threads[MOST_THREADS];
	int wanted = parallel_threads(), started = 0;

	while (started + 1 < wanted && (size_t)started + 1 < n &&
	       pthread_create(&threads[started], NULL, run_some, &loop) == 0)
		started++;
	run_some(&loop);
	while (started > 0)
		pthread_join(threads[--started], NULL);
}
