/* solver/stop.h - when to stop: a time limit, or Ctrl-C. The best plan so far is then written. */
#ifndef SEATWISE_STOP_H
#define SEATWISE_STOP_H

#include <stdbool.h>

/* From now on the first SIGINT or SIGTERM asks the run to stop; the second one ends it. */
void stop_on_signals(void);

/* Sets the wall-clock limit, in seconds from now; 0 = none. */
void stop_after(double seconds);

/* Whether the run should come to its end. */
bool stop_asked(void);

/* Seconds left before the limit, at least 0; a day where there is no limit. */
double stop_seconds_left(void);

#endif
