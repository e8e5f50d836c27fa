/* outputs/summary.h - summary.json and run.json: what came out, and what it took. */
#ifndef SEATWISE_SUMMARY_H
#define SEATWISE_SUMMARY_H

#include "inputs/base/text.h"
#include "outputs/plan_output.h"

/*
 * Adds the text of summary.json: name, version, input_hash, status, levels, certificate, kpis and
 * every setting as used. Numbers are written exactly. A level's gap is (value - bound) /
 * max(1, |value|), rounded up to 6 decimals, so that 0 means proven.
 */
void summary_write(struct text *text, const struct plan_output *output);

/* Adds the text of run.json, the only file with clocks in it: seconds and cpu_seconds by stage and
 * in total, seconds by level, peak_mb, threads. */
void run_write(struct text *text, const struct plan_output *output);

#endif
