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
	SETTING_RIGHTS,  /* const char *, and the order read from it */
	SETTING_TEXT     /* const char *, as written */
};

enum distance_missing { DISTANCE_COMPUTE, DISTANCE_UNREACHABLE };
enum sections_setting { SECTIONS_FIXED, SECTIONS_FREE };
enum decide { DECIDE_OPTIMAL, DECIDE_FIRST_CHOICE, DECIDE_DEFERRED, DECIDE_COUNT };
enum right_key { KEY_LOT, KEY_POINTS, KEY_DISTANCE, KEY_RANK };
enum twins_setting { TWINS_SETTING_SKIP, TWINS_SETTING_EXPAND, TWINS_SETTING_SPLIT };
enum choice_seats { CHOICE_SEATS_STANDARD, CHOICE_SEATS_LARGE, CHOICE_SEATS_MAX };
enum lottery { LOTTERY_SHA256, LOTTERY_INTERVAL };
enum sectioning_setting { SECTIONING_LOT, SECTIONING_SERPENTINE };
enum twins_sections { TWINS_TOGETHER, TWINS_APART };

/* Most priority classes that named children may have. */
enum { MAX_PRIORITIES = 16 };

/* What gives a child a claim to one school. */
enum right { RIGHT_STAY, RIGHT_FEEDER, RIGHT_SIBLING, RIGHT_COUNT };

/* Whose claims come first; those that are not in it count nothing. */
struct right_order {
	size_t n;
	enum right order[RIGHT_COUNT];
};

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
	X(int64_t, forecast_until, COUNT, "forecast.until", "0", 0, 2200, \
	  "last year of a forecast; 0 = ten years on") \
	X(int64_t, warn_yellow, DECIMAL, "warn.yellow", "0.95", 0, 100, \
	  "pupils per seat from which a forecast warns: yellow") \
	X(int64_t, warn_orange, DECIMAL, "warn.orange", "1", 0, 100, "orange") \
	X(int64_t, warn_red, DECIMAL, "warn.red", "1.1", 0, 100, "red") \
	X(const char *, seed, TEXT, "seed", "", 0, 0, \
	  "what the lots of named children are drawn with: SHA-256 of seed:student") \
	X(const char *, pseudonyms, TEXT, "pseudonyms", "", 0, 0, \
	  "a file with a key: ids of children and households are replaced by pseudonyms, " \
	  "HMAC-SHA256 of the id, as soon as they are read") \
	X(int, lottery, WORD, "lottery", "sha256", 0, 0, \
	  "sha256: of seed:student | interval: children in the order of their ids are counted " \
	  "round, from lottery.start on, each lottery.interval-th who is left is next") \
	X(int64_t, lottery_start, COUNT, "lottery.start", "1", 1, 100000000, \
	  "where counting begins: the number of a child or of twins, from 1") \
	X(int64_t, lottery_interval, COUNT, "lottery.interval", "1", 1, 100000000, \
	  "how far it goes on from one to the next") \
	X(int, decide, WORD, "decide", "optimal", 0, 0, \
	  "optimal: by the objective | first-choice, deferred: children with choices are " \
	  "admitted by their rights, first choices first or by deferred acceptance; then the " \
	  "others are placed by the objective") \
	X(const char *, rights, RIGHTS, "rights", "stay; feeder; sibling", 0, 0, \
	  "whose claim to a school comes first, in this order: stay (current_school), feeder " \
	  "(feeder_school), sibling (a child of the household stays there); none: nobody's") \
	X(bool, classes, SWITCH, "classes", "yes", 0, 1, \
	  "priority classes of named children are levels: class 1 before class 2, and so on") \
	X(int, key, WORD, "key", "lot", 0, 0, \
	  "who comes first within a class: lot | points (most) | distance (nearest) | " \
	  "rank (least)") \
	X(int64_t, sibling_km, DECIMAL, "sibling_km", "0", 0, 1000, \
	  "so many km nearer a school counts where a child of the household stays: without the " \
	  "right, it is claimed where that makes it the nearest") \
	X(int, twins, WORD, "twins", "skip", 0, 0, \
	  "twins for whom one seat is left: skip | expand (by one) | split") \
	X(int, choice_seats, WORD, "choice_seats", "standard", 0, 0, \
	  "up to which class size choices and claims of siblings are admitted: standard | " \
	  "large (one below class_size.large) | max") \
	X(bool, fewer_envy, SWITCH, "fewer_envy", "no", 0, 1, \
	  "children whom the objective does not tell apart exchange seats by their choices, if " \
	  "fewer are then passed over by others with less right: no level changes") \
	X(int, sectioning, WORD, "sectioning", "lot", 0, 0, \
	  "how named children are dealt to classes: lot | serpentine (by score)") \
	X(int, twins_sections, WORD, "twins.sections", "together", 0, 0, \
	  "twins in one class or not: together | apart") \
	X(int64_t, inclusion_per_class, COUNT, "inclusion_per_class", "3", 0, 100000, \
	  "most children in inclusion in one class") \
	X(int64_t, suppress_below, COUNT, "suppress_below", "0", 0, 1000, \
	  "public_*.csv are written, in which no count from 1 up to one below this can be read; " \
	  "0 = they are not") \
	X(const char *, objective, LEVELS, "objective", \
	  "unplaced; oversized_classes; large_classes; far; travel_km + 3 over_standard", 0, 0, \
	  "levels in strict order, separated by ';'; a level is terms with factors joined by '+'")

struct settings {
#define X(ctype, field, type, key, fallback, least, most, help) ctype field;
	SETTINGS(X)
#undef X
	struct objective levels; /* the objective, read */
	struct right_order right_order; /* the rights, read */
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

/* How the setting writes it: "optimal", "first-choice", "deferred"; "stay", "feeder", "sibling". */
const char *decide_name(enum decide decide);
const char *right_name(enum right right);

#endif
