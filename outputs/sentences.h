/* outputs/sentences.h - what answers are told with: names, ways, reasons and prices in words. */
#ifndef SEATWISE_SENTENCES_H
#define SEATWISE_SENTENCES_H

#include "inputs/base/text.h"
#include "models/plan_prices.h"
#include "models/why.h"

/* An answer on its way into a text; all borrowed. */
struct telling {
	struct text *text;
	const struct whys *whys;
	const struct plan_prices *prices;
};

/* "1 pupil", "2 pupils"; the plural ends in s, or in es after an s. */
void tell_count(const struct telling *telling, int64_t n, const char *noun);

/* "0.612 km" */
void tell_km(const struct telling *telling, int64_t metres);

/* A number in nano-units, in as few decimals as it needs. */
void tell_nano(const struct telling *telling, int64_t nano);

/* An id and, where it has one, a name; control bytes are shown as '?'. */
void tell_name(const struct telling *telling, const char *id, const char *name);
void tell_school(const struct telling *telling, size_t school);
void tell_zone(const struct telling *telling, size_t zone);

/* " (beyond the limit of 3 km)" where the way of these pupils is. */
void tell_far(const struct telling *telling, const struct fellows *fellows, int64_t metres);

/* The sizes of classes and the unit of prices, which the reasons do not repeat. */
void tell_terms(const struct telling *telling);

/* Whether all that is to say is that the school is further than those in use. */
bool only_further(const struct fellows *fellows, size_t school, const struct why_not *answer);

/* Why pupils whom the rules let in are, or are not, at a school. */
void tell_why(const struct telling *telling, const struct fellows *fellows, size_t school,
	      const struct why_not *answer);

/* A school that the rules keep them out of: its name, way, and what is its own in the reason. */
void tell_barred(const struct telling *telling, const struct fellows *fellows, size_t school,
		 int64_t metres, const struct why_not *answer);

/* The reason that barred schools have in common: "private, and ...". */
void tell_rule(const struct telling *telling, const struct fellows *fellows,
	       const struct why_not *answer);

/* A few words for a reason, where schools or pupils are counted by it. */
const char *why_words(enum why why);

/* "one more seat would save 0.84 of travel_km + 3 over_standard (exact)"; nothing where the price
 * is not known. Returns whether anything was told. */
bool tell_price(const struct telling *telling, enum priced what, size_t school, int grade);

#endif
