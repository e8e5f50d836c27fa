#include "solver/stop.h"

#include <signal.h>
#include "outputs/run_clock.h"

#define DAY 86400.0

static volatile sig_atomic_t signalled;
static double deadline; /* of seconds_wall; 0 = none */

static void on_signal(int number)
{
	signalled = 1;
	signal(number, SIG_DFL);
}

void stop_on_signals(void)
{
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
}

void stop_after(double seconds)
{
	deadline = seconds > 0 ? moment_now().wall + seconds : 0;
}

double stop_seconds_left(void)
{
	double left;

	if (signalled)
		return 0;
	left = deadline > 0 ? deadline - moment_now().wall : DAY;
	return left > 0 ? left : 0;
}

bool stop_asked(void)
{
	return signalled || (deadline > 0 && moment_now().wall >= deadline);
}
