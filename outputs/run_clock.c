#include "outputs/run_clock.h"

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

static double seconds_of(clockid_t id)
{
	struct timespec now;

	if (clock_gettime(id, &now) != 0)
		return 0;
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

struct moment moment_now(void)
{
	return (struct moment){seconds_of(CLOCK_MONOTONIC), seconds_of(CLOCK_PROCESS_CPUTIME_ID)};
}

void run_clock_start(struct run_clock *clock)
{
	*clock = (struct run_clock){.started = moment_now()};
	clock->last = clock->started;
}

void run_clock_stage(struct run_clock *clock, enum run_stage stage)
{
	struct moment now = moment_now();

	clock->stages[stage].wall += now.wall - clock->last.wall;
	clock->stages[stage].cpu += now.cpu - clock->last.cpu;
	clock->last = now;
}

const char *run_stage_key(enum run_stage stage)
{
	static const char *const keys[] = {
#define X(name, key) key,
		RUN_STAGES(X)
#undef X
	};

	return keys[stage];
}

/* ru_maxrss would also count the process that started this one, so /proc comes first. */
double run_peak_mb(void)
{
	FILE *status = fopen("/proc/self/status", "r");
	struct rusage usage;
	char line[256];
	long kib = 0;

	while (status && kib == 0 && fgets(line, sizeof line, status))
		if (sscanf(line, "VmHWM: %ld", &kib) != 1)
			kib = 0;
	if (status)
		fclose(status);
	if (kib == 0 && getrusage(RUSAGE_SELF, &usage) == 0)
		kib = usage.ru_maxrss;
	return (double)kib / 1024;
}
