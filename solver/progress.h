/* solver/progress.h - one line on a terminal that says what is being done; never into a pipe. */
#ifndef SEATWISE_PROGRESS_H
#define SEATWISE_PROGRESS_H

/* Replaces the line by "what number". */
void progress(const char *what, int number);

/* Takes the line away. */
void progress_end(void);

#endif
