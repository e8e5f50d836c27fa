/* outputs/run_clock.h - how long each stage of a run took, on the wall and in the processor. */
#ifndef SEATWISE_RUN_CLOCK_H
#define SEATWISE_RUN_CLOCK_H

/* X(STAGE, key in run.json) */
#define RUN_STAGES(X) \
	X(READ, "read") \
	X(MATRIX, "matrix") \
	X(SOLVE, "solve") \
	X(CERTIFY, "certify") \
	X(WORTH, "worth") \
	X(CHILDREN, "children") \
	X(WRITE, "write")

enum run_stage {
#define X(stage, key) STAGE_##stage,
	RUN_STAGES(X)
#undef X
	STAGE_COUNT
};

/* Seconds. */
struct moment {
	double wall, cpu;
};

struct run_clock {
	struct moment started, last;
	struct moment stages[STAGE_COUNT];
};

/* Seconds now, since moments that do not change within a run. */
struct moment moment_now(void);

/* The run begins. */
void run_clock_start(struct run_clock *clock);

/* What has passed since the start or the last call belongs to this stage. */
void run_clock_stage(struct run_clock *clock, enum run_stage stage);

/* The key of a stage in run.json. */
const char *run_stage_key(enum run_stage stage);

/* The most memory that this process has held, in MB of 2^20 bytes. */
double run_peak_mb(void);

#endif
