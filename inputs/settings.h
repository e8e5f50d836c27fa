/* inputs/settings.h - every setting: one row of one table. */
#ifndef SEATWISE_SETTINGS_H
#define SEATWISE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inputs/base/memory.h"
#include "inputs/base/text.h"
#include "inputs/objective.h"

enum setting_type {
	SETTING_COUNT,   /* int64_t, whole */
	SETTING_DECIMAL, /* int64_t in nano-units */
	SETTING_SWITCH,  /* bool: yes/no, true/false, 1/0 */
	SETTING_WORD,    /* int: index into the words */
	SETTING_MONTH,   /* const char *: YYYY-MM */
	SETTING_LEVELS,  /* const char *, and the levels read from it */
	SETTING_TEXT     /* const char *, as written */
};

enum distance_missing { DISTANCE_COMPUTE, DISTANCE_UNREACHABLE };
enum sections_setting { SECTIONS_FIXED, SECTIONS_FREE };

/*
 * X(field, type, key, default, least, most, help). Least and most of a DECIMAL are in whole units.
 * The default is written as a user would write it; an empty one is filled in by the district.
 */
#define SETTINGS(X) \
	X(int64_t, class_primary, COUNT, "class_size.primary", "45", 1, 100000, \
	  "standard class size in grades 1-6 (pupils)") \
	X(int64_t, class_junior, COUNT, "class_size.junior", "50", 1, 100000, \
	  "standard class size in grades 7-9 (pupils)") \
	X(int64_t, class_large, COUNT, "class_size.large", "56", 1, 100000, \
	  "a class of this many pupils is large (da ban e)") \
	X(int64_t, class_oversized, COUNT, "class_size.oversized", "66", 1, 100000, \
	  "a class of this many pupils is oversized; at least class_size.large") \
	X(int64_t, class_max, COUNT, "class_size.max", "65", 1, 100000, \
	  "nobody is sent to make a class larger than this") \
	X(int64_t, limit_primary, DECIMAL, "limit_km.primary", "3", 0, 100000, \
	  "km beyond which a pupil of grades 1-6 is far, unless the group says otherwise") \
	X(int64_t, limit_junior, DECIMAL, "limit_km.junior", "5", 0, 100000, \
	  "km beyond which a pupil of grades 7-9 is far, unless the group says otherwise") \
	X(int64_t, norm_floor, DECIMAL, "norm.floor_m2", "0", 0, 1000, \
	  "floor area a pupil needs (m2); 0 = not applied") \
	X(int64_t, norm_land, DECIMAL, "norm.land_m2", "0", 0, 1000, \
	  "land a pupil needs (m2); 0 = not applied") \
	X(int64_t, detour, DECIMAL, "distance.detour", "1", 1, 100, \
	  "road km per straight-line km, for distances that are computed") \
	X(int, distance_missing, WORD, "distance.missing", "compute", 0, 0, \
	  "a pair missing from distances.csv: compute | unreachable") \
	X(int, sections, WORD, "sections", "fixed", 0, 0, \
	  "fixed: as offerings.csv has them | free: each school divides its classrooms over " \
	  "its grades as is best") \
	X(int64_t, max_km, DECIMAL, "max_km", "0", 0, 100000, \
	  "no day pupil goes further, unless there is no nearer eligible school; " \
	  "0 = no such rule") \
	X(bool, whole_zones, SWITCH, "whole_zones", "no", 0, 1, \
	  "all pupils of a zone and grade (whose groups have no needs) go to one school") \
	X(int64_t, budget, DECIMAL, "budget", "0", 0, 9000000000, \
	  "most that new builds may cost (site); 0 = no limit") \
	X(int64_t, time_limit, DECIMAL, "time_limit", "0", 0, 1000000, \
	  "seconds for the whole run, after which the best plan so far is written; 0 = no limit") \
	X(int64_t, gap, DECIMAL, "gap", "0", 0, 1, \
	  "a level that is proven to within this share of its value is good enough; 0 = optimum") \
	X(int64_t, trials, COUNT, "trials", "500", 0, 1000000, \
	  "how often a grade may be solved again for prices and findings (larger grades count " \
	  "more); 0 = never") \
	X(const char *, month, MONTH, "month", "", 0, 0, \
	  "schools that open later are closed; default: September of the district's year") \
	X(const char *, seed, TEXT, "seed", "", 0, 0, \
	  "what the lots of named children are drawn with: SHA-256 of seed:student") \
	X(const char *, objective, LEVELS, "objective", \
	  "unplaced; oversized_classes; large_classes; far; travel_km + 3 over_standard", 0, 0, \
	  "levels in strict order, separated by ';'; a level is terms with factors joined by '+'")

struct settings {
#define X(ctype, field, type, key, fallback, least, most, help) ctype field;
	SETTINGS(X)
#undef X
	struct objective levels; /* the objective, read */
};

struct setting {
	const char *key, *fallback, *help;
	enum setting_type type;
	int64_t least, most;
	size_t offset;
};

extern const struct setting setting_table[];
extern const size_t n_settings;

/* The row of a key, or NULL. */
const struct setting *setting_find(const char *key);

/* Every setting at its default. */
void settings_default(struct arena *arena, struct settings *settings);

/*
 * Reads a value as a user writes it. Returns NULL, or what is wrong (in the arena), and then leaves
 * the settings as they were.
 */
const char *setting_read(struct arena *arena, struct settings *settings,
			 const struct setting *setting, const char *value);

/* What contradicts what (in the arena), with the key in *key, or NULL. */
const char *settings_contradiction(struct arena *arena, const struct settings *settings,
				   const char **key);

/* The value as text that setting_read takes. */
void setting_write(struct text *text, const struct settings *settings,
		   const struct setting *setting);

#endif
