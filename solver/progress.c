#include "solver/progress.h"

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "inputs/base/text.h"
#include "outputs/run_clock.h"

#define EVERY 0.2 /* seconds between two lines */

void progress(const char *what, int number)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r\033[K%s %d ...", what, number);
}

static void add_gap(struct text *line, int64_t value, int64_t bound)
{
	double gap = value > 0 ? (double)(value - bound) / (double)value : 0;

	text_printf(line, ", gap %.3f %%", 100 * gap);
}

static void print_level(int grade, const struct level_scale *level, int64_t value, int64_t bound)
{
	struct text line = {0};

	text_printf(&line, "\r\033[Kgrade %d: %s ", grade, level->text);
	if (value == INT64_MAX)
		text_add(&line, "-");
	else
		text_add_decimal(&line, value, level->digits, true);
	text_add(&line, ", bound ");
	text_add_decimal(&line, bound, level->digits, true);
	if (value != INT64_MAX)
		add_gap(&line, value, bound);
	fputs(line.data, stderr);
	text_free(&line);
}

void progress_level(int grade, const struct level_scale *level, int64_t value, int64_t bound)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static double last;

	if (!isatty(STDERR_FILENO))
		return;
	pthread_mutex_lock(&lock);
	if (moment_now().wall - last >= EVERY) {
		print_level(grade, level, value, bound);
		last = moment_now().wall;
	}
	pthread_mutex_unlock(&lock);
}

void progress_end(void)
{
	if (isatty(STDERR_FILENO))
		fputs("\r\033[K", stderr);
}
