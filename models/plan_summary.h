/* models/plan_summary.h - summary.json of a plan read back; cJSON behind it. */
#ifndef SEATWISE_PLAN_SUMMARY_H
#define SEATWISE_PLAN_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>

#include "inputs/base/diag.h"
#include "inputs/base/memory.h"
#include "inputs/district.h"

struct plan_level {
	const char *terms;
	double value, bound;
};

/* A KPI as written. */
struct plan_kpi {
	const char *name;
	double value;
};

struct plan_summary {
	const char *path;
	const char *name;                /* the district's, "" where it has none */
	bool optimal;                    /* its status says so */
	bool pseudonyms;                 /* children go by pseudonyms */
	const char *input_hash;          /* "" where it has none */
	size_t n_settings, n_levels, n_kpis;
	struct override *settings;       /* as text that setting_read takes */
	struct plan_level *levels;
	struct plan_kpi *kpis;
};

/*
 * Reads the summary in the arena. What is not there, or not of its kind, is an error.
 *
 *   returns  0 or -1
 */
int plan_summary_read(struct plan_summary *summary, const char *folder, struct arena *arena,
		      struct diags *diags);

/* A KPI by name, or NULL. */
const double *plan_summary_kpi(const struct plan_summary *summary, const char *name);

/* A setting by key as it was used, "" where it is not set. */
const char *plan_summary_setting(const struct plan_summary *summary, const char *key);

/* The first level of these terms, or NULL. */
const struct plan_level *plan_summary_level(const struct plan_summary *summary, const char *terms);

#endif
