/* inputs/config.h - district.json: name, year, settings, file names; cJSON behind it. */
#ifndef SEATWISE_CONFIG_H
#define SEATWISE_CONFIG_H

#include "inputs/base/diag.h"
#include "inputs/base/memory.h"
#include "inputs/settings.h"

struct config {
	const char *folder, *path;   /* of the district; of its district.json */
	const char *name, *crs;
	int64_t year;                /* 0 = not given */
	struct settings settings;
	size_t n_files;
	struct override_file {
		const char *table, *file;
	} *files;                    /* "files": tables under other names */
};

/* Reads district.json in the folder; the settings begin at their defaults. Returns 0 or -1. */
int config_read(struct config *config, const char *folder, struct arena *arena,
		struct diags *diags);

/* The path of a table's file in the folder. */
const char *config_file(const struct config *config, struct arena *arena, const char *table);

#endif
