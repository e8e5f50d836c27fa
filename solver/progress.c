#include "solver/progress.h"

#include <stdio.h>
#include <unistd.h>

void progress(const char *what, int number)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r\033[K%s %d ...", what, number);
}

void progress_end(void)
{
	if (isatty(STDERR_FILENO))
		fputs("\r\033[K", stderr);
}
