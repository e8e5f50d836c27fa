#include "models/tiers.h"

/* Loads at which what one more pupil adds changes, ascending. */
struct breaks {
	int64_t at[MAX_TIERS];
	size_t n;
};

static void add_break(struct breaks *breaks, int64_t low, int64_t at, int64_t high)
{
	size_t i = breaks->n;

	if (at <= low || at >= high)
		return;
	for (size_t j = 0; j < breaks->n; j++)
		if (breaks->at[j] == at)
			return;
	for (; i > 0 && breaks->at[i - 1] > at; i--)
		breaks->at[i] = breaks->at[i - 1];
	breaks->at[i] = at;
	breaks->n++;
}

static struct tier tier_at(const struct offering *offering, const struct settings *settings,
			   int64_t load, int64_t end)
{
	int64_t m = offering->sections;

	return (struct tier){
		.width = end - load,
		.over_standard = load >= offering->class_size * m,
		.large = load >= (settings->class_large - 1) * m &&
			 load < settings->class_large * m,
		.oversized = load >= (settings->class_oversized - 1) * m &&
			     load < settings->class_oversized * m,
	};
}

/* A switch at the last tier that counts, when a tier without it lies behind. */
static void add_switch(struct seats *seats, bool oversized)
{
	size_t last = MAX_TIERS;

	for (size_t i = 0; i < seats->n_tiers; i++)
		if (oversized ? seats->tiers[i].oversized : seats->tiers[i].large)
			last = i;
	if (last + 1 < seats->n_tiers)
		seats->switches[seats->n_switches++] = (struct class_switch){last, oversized};
}

void tiers_make(const struct district *district, size_t i, int64_t spare, struct seats *seats)
{
	const struct settings *settings = &district->settings;
	const struct offering *offering = &district->offerings[i];
	int64_t m = offering->sections, stay = offering->enrolled, end = stay + spare, load = stay;
	struct breaks breaks = {{0}, 0};

	add_break(&breaks, stay, offering->class_size * m, end);
	add_break(&breaks, stay, (settings->class_large - 1) * m, end);
	add_break(&breaks, stay, settings->class_large * m, end);
	add_break(&breaks, stay, (settings->class_oversized - 1) * m, end);
	add_break(&breaks, stay, settings->class_oversized * m, end);
	*seats = (struct seats){
		.spare = spare,
		.over_standard = stay > offering->class_size * m ?
				 stay - offering->class_size * m : 0,
		.large_classes = classes_of_at_least(stay, m, settings->class_large),
		.oversized_classes = classes_of_at_least(stay, m, settings->class_oversized),
	};
	for (size_t j = 0; j <= breaks.n && spare > 0; j++) {
		int64_t to = j < breaks.n ? breaks.at[j] : end;

		seats->tiers[seats->n_tiers++] = tier_at(offering, settings, load, to);
		load = to;
	}
	add_switch(seats, false);
	add_switch(seats, true);
}

struct envelope tiers_envelope(const struct district *district, size_t i,
			       const struct seats *seats, bool oversized)
{
	const struct settings *settings = &district->settings;
	const struct offering *offering = &district->offerings[i];
	int64_t least = oversized ? settings->class_oversized : settings->class_large;
	int64_t m = offering->sections, flat = (least - 1) * m - offering->enrolled;
	int64_t end = offering->enrolled + seats->spare;

	return (struct envelope){
		.start = flat > 0 ? flat : 0,
		.rise = classes_of_at_least(end, m, least) -
			classes_of_at_least(offering->enrolled, m, least),
	};
}
