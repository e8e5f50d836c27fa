/* outputs/summary.h - summary.json and run.json: what came out, and what it took. */
#ifndef SEATWISE_SUMMARY_H
#define SEATWISE_SUMMARY_H

#include "inputs/base/text.h"
#include "outputs/plan_output.h"

/*
 * Adds the text of summary.json: name, version, input_hash, status, levels, certificate, kpis,
 * references where there are any, and every setting as used. Numbers are written exactly. A
 * level's gap is (value - bound) / max(1, |value|), rounded up to 6 decimals, so that 0 means
 * proven.
 *
 * references: `nearest`, the kpis with every child at the nearest school (models/reference.h);
 * `floor`, what no plan goes below that leaves as few unplaced, in the same rooms (models/floor.h).
 */
void summary_write(struct text *text, const struct plan_output *output);

/* Adds the text of run.json, the only file with clocks in it: seconds and cpu_seconds by stage and
 * in total, seconds by level, peak_mb, threads. */
void run_write(struct text *text, const struct plan_output *output);

#endif
