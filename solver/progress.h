/* solver/progress.h - one line on a terminal that says what is being done; never into a pipe. */
#ifndef SEATWISE_PROGRESS_H
#define SEATWISE_PROGRESS_H

#include <stdint.h>

#include "models/scale.h"

/* Replaces the line by "what number". */
void progress(const char *what, int number);

/*
 * Replaces the line by how far a level of a grade is: its best value, proven bound and gap; at most
 * some times a second, so that it may be called as often as one likes, by any thread.
 *
 *   value  in the level's units; INT64_MAX: there is no plan yet
 */
void progress_level(int grade, const struct level_scale *level, int64_t value, int64_t bound);

/* Takes the line away. */
void progress_end(void);

#endif
