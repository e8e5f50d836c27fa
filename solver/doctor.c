#include "solver/doctor.h"

#include "inputs/base/memory.h"
#include "inputs/base/parallel.h"
#include "solver/progress.h"
#include "solver/stop.h"

enum {
	HALVINGS = 4,        /* of an amount, about */
	MOST_SECTIONS = 60,  /* that a cure may open in one grade of a school */
	STEP_SHARE = NANO / 100,
	STEP_KM = NANO / 10
};

struct doctoring {
	const struct trial_base *base;
	const struct shortages *shortages;
	struct finding *findings;
	bool *tried;          /* which the budget can pay for */
};

/* The first level that counts what the finding is about; n_levels: none does. */
static size_t level_of(const struct trial_base *base, const struct finding *finding)
{
	const struct objective *objective = &base->program->district->settings.levels;
	size_t k = 0;

	while (k < objective->n_levels && objective->levels[k].factor[finding->term] == 0)
		k++;
	return k;
}

static bool try_change(const struct trial_base *base, const struct change *change,
		       struct gain *gain)
{
	struct trial trial;
	bool done;

	trial_run(base, change, 1, &trial);
	done = !trial.failed;
	if (done)
		*gain = trial_gain(base, &trial);
	trial_close(&trial);
	return done;
}

/* --- as little as does ------------------------------------------------------------------------ */

/* A remedy's amounts: at `least` nothing is changed, `most` is as much as could help; a step is
 * what it may be cut down by. */
struct span {
	int64_t least, most, step;
};

static struct span span_of(const struct district *district, struct change *change)
{
	struct span span = {0, change->amount, 1};

	switch (change->kind) {
	case CHANGE_SECTIONS:
		span.most = (change->amount + district->settings.class_max - 1) /
			    district->settings.class_max;
		span.most = span.most < 1 ? 1 : span.most;
		span.most = span.most > MOST_SECTIONS ? MOST_SECTIONS : span.most;
		break;
	case CHANGE_BEDS:
	case CHANGE_PLACES:
	case CHANGE_CAP:
		break;
	case CHANGE_MAX_KM:
		span.least = district->settings.max_km;
		span.step = STEP_KM;
		break;
	case CHANGE_LIMIT:
		span.least = change_limit_now(district, change);
		span.step = STEP_KM;
		break;
	case CHANGE_SHARE:
		span.least = district->groups[change->group].max_share;
		span.step = STEP_SHARE;
		break;
	default:
		span.least = span.most;
	}
	change->amount = span.most;
	return span;
}

/* Whether less of a change gains as much as more of it, which is proven. Less never gains more, so
 * a plan that does is enough, proven or not. */
static bool as_good(const struct trial_base *base, const struct trial *trial,
		    const struct gain *most)
{
	for (size_t k = 0; k < most->level; k++)
		if (trial->value[k] != base->value[k])
			return false;
	return base->value[most->level] - trial->value[most->level] >= most->gain;
}

static bool does(const struct trial_base *base, const struct change *change,
		 const struct gain *most)
{
	struct trial trial;
	bool done;

	trial_run(base, change, 1, &trial);
	done = !trial.failed && as_good(base, &trial, most);
	trial_close(&trial);
	return done;
}

/* Halves what is between too little and enough; first of all one step less, for most amounts are
 * worked out to be just enough. */
static void shrink(const struct trial_base *base, struct span span, struct cure *cure)
{
	int64_t low = 0, high = (span.most - span.least + span.step - 1) / span.step;

	for (bool first = true; high - low > 1 && !stop_asked(); first = false) {
		struct change change = cure->change;
		int64_t middle = first ? high - 1 : low + (high - low) / 2;

		change.amount = span.least + middle * span.step;
		if (!does(base, &change, &cure->gain)) {
			low = middle;
			continue;
		}
		high = middle;
		cure->change = change;
		cure->gain.has_last = false; /* it is that of the larger amount */
	}
}

/* --- remedies --------------------------------------------------------------------------------- */

static bool better(const struct cure *a, const struct cure *b)
{
	if (a->gain.level != b->gain.level)
		return a->gain.level < b->gain.level;
	if (a->gain.exact != b->gain.exact)
		return a->gain.exact;
	if (a->gain.gain != b->gain.gain)
		return a->gain.gain > b->gain.gain;
	if (a->change.kind != b->change.kind)
		return a->change.kind < b->change.kind;
	return a->change.amount < b->change.amount;
}

static void keep_cure(struct finding *finding, const struct cure *cure)
{
	size_t at = finding->n_cures;

	if (at == MOST_CURES) {
		if (!better(cure, &finding->cures[MOST_CURES - 1]))
			return;
		at--;
	} else {
		finding->n_cures++;
	}
	for (; at > 0 && better(cure, &finding->cures[at - 1]); at--)
		finding->cures[at] = finding->cures[at - 1];
	finding->cures[at] = *cure;
}

static void try_remedy(const struct trial_base *base, struct change change,
		       struct finding *finding)
{
	size_t level = level_of(base, finding);
	struct cure cure;

	span_of(base->program->district, &change); /* as much as could help */
	cure.change = change;
	if (stop_asked() || !try_change(base, &change, &cure.gain) || cure.gain.level > level ||
	    cure.gain.gain <= 0)
		return;
	keep_cure(finding, &cure);
}

/* The cures that are kept, as small as they may be; the least of equal ones comes first then. */
static void shrink_cures(const struct trial_base *base, const struct shortage *shortage,
			 struct finding *finding)
{
	struct finding shrunk = *finding;

	shrunk.n_cures = 0;
	for (size_t i = 0; i < finding->n_cures; i++) {
		struct cure *cure = &finding->cures[i];
		struct change most = cure->change;

		for (size_t j = 0; j < shortage->n_remedies; j++)
			if (change_alike(&shortage->remedies[j], &cure->change))
				most = shortage->remedies[j];
		if (cure->gain.exact) /* a mere bound hardly changes with the amount */
			shrink(base, span_of(base->program->district, &most), cure);
		keep_cure(&shrunk, cure);
	}
	*finding = shrunk;
}

static void cure_shortage(void *context, size_t i)
{
	struct doctoring *doctoring = context;
	const struct shortage *shortage = &doctoring->shortages->all[i];

	for (size_t j = 0; j < shortage->n_remedies && doctoring->tried[i]; j++)
		try_remedy(doctoring->base, shortage->remedies[j], &doctoring->findings[i]);
	shrink_cures(doctoring->base, shortage, &doctoring->findings[i]);
}

/* How often a remedy is tried, about: once, and where it is one of the best and has an amount, for
 * each halving. */
static int64_t trials_of(const struct change *change, size_t n_remedies)
{
	bool has_amount = change->amount > 1;

	return has_amount ? 1 + HALVINGS * MOST_CURES / (int64_t)(n_remedies + MOST_CURES - 1) : 1;
}

/* Marks the shortages that the budget can pay for, the gravest first; returns how many. */
static size_t choose(struct doctoring *doctoring, int64_t *budget)
{
	const struct trial_base *base = doctoring->base;
	size_t n = 0;

	for (size_t i = 0; i < doctoring->shortages->n; i++) {
		const struct shortage *shortage = &doctoring->shortages->all[i];
		int64_t cost = 0;

		for (size_t j = 0; j < shortage->n_remedies; j++)
			cost += trials_of(&shortage->remedies[j], shortage->n_remedies) *
				trial_cost(base, &shortage->remedies[j]);
		if (cost > *budget || cost == 0 ||
		    level_of(base, &shortage->finding) == base->program->n_levels)
			continue;
		*budget -= cost;
		doctoring->tried[i] = doctoring->findings[i].tried = true;
		n++;
	}
	return n;
}

void doctor(struct arena *arena, const struct trial_base *base, const struct shortages *shortages,
	    int64_t *budget, struct findings *findings)
{
	struct doctoring doctoring = {.base = base, .shortages = shortages};
	size_t n;

	doctoring.findings = arena_array(arena, shortages->n, sizeof *doctoring.findings);
	for (size_t i = 0; i < shortages->n; i++)
		doctoring.findings[i] = shortages->all[i].finding;
	doctoring.tried = memory_array(shortages->n, sizeof *doctoring.tried);
	n = choose(&doctoring, budget);
	if (n > 0)
		progress("findings: shortages", (int)n);
	parallel_for(shortages->n, cure_shortage, &doctoring);
	progress_end();
	memory_free(doctoring.tried);
	*findings = (struct findings){doctoring.findings, shortages->n};
}
