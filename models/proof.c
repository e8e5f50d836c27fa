#include "models/proof.h"

#include "inputs/base/memory.h"
#include "inputs/base/parallel.h"
#include "models/labels.h"

const char *proof_reason_text(enum proof_reason reason)
{
	static const char *const texts[] = {
		[PROOF_HOLDS] = "no plan is better",
		[PROOF_IMPROVABLE] = "a better plan exists, at least without the rules that tie "
				     "grades or groups together",
		[PROOF_ENVELOPE] = "a class count lies above its convex envelope",
		[PROOF_TOO_LARGE] = "the costs do not fit 64 bits",
	};

	return texts[reason];
}

/* The number in the objective of the network's level k; levels left out before it are proven. */
static struct proof_grade open_at(const struct residual *network, size_t k,
				  enum proof_reason reason)
{
	return (struct proof_grade){network->levels[k].level, reason};
}

/* --- what one more seat is worth -------------------------------------------------------------- */

void seat_gains_open(struct arena *arena, const struct district *district, struct seat_gains *gains)
{
	size_t n = district->n_offerings, n_levels = district->settings.levels.n_levels;

	gains->gain = arena_array(arena, n * n_levels, sizeof *gains->gain);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		gains->grades[g] = false;
	gains->known = arena_array(arena, n, sizeof *gains->known);
	gains->exact = arena_array(arena, n, sizeof *gains->exact);
}

/* A cycle through the new seat takes a pupil out somewhere and leads to it: that is the label. Or
 * it takes one who stays, as one pupil fewer at the offering itself, which no move can. */
static const int64_t *cheaper(const int64_t *label, const int64_t *fewer, size_t n_levels,
			      bool *negated)
{
	for (size_t k = 0; k < n_levels; k++)
		if (-label[k] != fewer[k]) {
			*negated = -label[k] > fewer[k];
			return *negated ? label : fewer;
		}
	*negated = false;
	return fewer;
}

/* Class counts are rounded where the gain has a part of a class; only a gain without any count in
 * it is surely attained. Levels that mix counts with something else are never sure. */
static bool attained(const struct level_cost *cost, int64_t gain)
{
	bool counts = cost->large || cost->oversized;

	return !counts || (gain == 0 && !cost->per_metre && !cost->far && !cost->over_standard);
}

/* Whether those who stay make large classes alone: a seat more may end one of these, which no move
 * of pupils does. Or they are above class_size.max: then it lets nobody in. */
static bool stay_count(const struct residual *network, size_t i)
{
	const struct district *district = network->plan->district;
	const struct offering *offering = &district->offerings[i];

	return offering->enrolled > (district->settings.class_large - 1) * offering->sections ||
	       offering->enrolled > district->settings.class_max * offering->sections;
}

static void take_gain(const struct residual *network, const int64_t *labels, size_t node,
		      struct seat_gains *gains)
{
	const struct residual_offering *here = &network->offerings[node];
	size_t n = network->n_levels, i = here->offering;
	size_t n_levels = network->plan->district->settings.levels.n_levels;
	bool negated;
	const int64_t *gain = cheaper(labels + node * n, here->cost_fewer, n, &negated);

	if (stay_count(network, i))
		return;
	gains->known[i] = gains->exact[i] = true;
	for (size_t k = 0; k < n; k++) {
		const struct level_cost *cost = &network->levels[k];
		int64_t scaled = negated ? -gain[k] : gain[k];

		gains->gain[i * n_levels + cost->level] =
			(audit_value)scaled * cost->divisor / network->scale;
		gains->exact[i] &= attained(cost, scaled);
	}
}

/* Nobody moves in a grade without pupils. */
static void take_resting(const struct residual *network, struct seat_gains *gains)
{
	int64_t *labels;

	if (!gains)
		return;
	gains->grades[network->grade] = true;
	labels = memory_array(residual_nodes(network) * network->n_levels, sizeof *labels);
	for (size_t i = 0; i < network->n_offerings; i++)
		take_gain(network, labels, i, gains);
	memory_free(labels);
}

/* The open level of the network's first `proven` levels; the gains where it is none. */
static size_t open_level(struct residual *network, size_t proven, struct seat_gains *gains)
{
	size_t nodes = residual_nodes(network), level;
	int64_t *labels = NULL;

	if (gains && proven == network->n_levels)
		labels = memory_array(nodes * proven, sizeof *labels);
	level = labels_open_level(network, proven, labels);
	for (size_t i = 0; labels && level == proven && i < network->n_offerings; i++)
		take_gain(network, labels, i, gains);
	if (labels && level == proven)
		gains->grades[network->grade] = true;
	memory_free(labels);
	return level;
}

static struct proof_grade prove(struct residual *network, struct seat_gains *gains)
{
	size_t n_levels = network->plan->district->settings.levels.n_levels;
	size_t proven = network->n_levels;
	struct proof_grade grade = {n_levels, PROOF_HOLDS};

	if (network->n_classes == 0) {
		take_resting(network, gains);
		return grade;
	}
	if (network->tight_levels < proven) {
		proven = network->tight_levels;
		grade = open_at(network, proven, PROOF_ENVELOPE);
	}
	if (network->fitting_levels < proven) {
		proven = network->fitting_levels;
		grade = open_at(network, proven, PROOF_TOO_LARGE);
	}
	while (proven > 0) {
		size_t level = open_level(network, proven, gains);

		if (level == proven)
			break;
		proven = level;
		grade = open_at(network, proven, PROOF_IMPROVABLE);
	}
	return grade;
}

static struct proof_grade prove_one(const struct audit_plan *plan, int grade,
				    struct seat_gains *gains)
{
	struct residual network;
	struct proof_grade made;

	residual_open(&network, plan, grade);
	made = prove(&network, gains);
	residual_close(&network);
	return made;
}

struct proof_grade proof_of_grade(const struct audit_plan *plan, int grade)
{
	return prove_one(plan, grade, NULL);
}

struct proving {
	const struct audit_plan *plan;
	struct seat_gains *gains;
	struct proof *made;
};

static void prove_grade(void *context, size_t i)
{
	const struct proving *proving = context;

	proving->made->grades[i] =
		prove_one(proving->plan, FIRST_GRADE + (int)i, proving->gains);
}

void proof_make(const struct audit_plan *plan, struct seat_gains *gains, struct proof *made)
{
	struct proving proving = {plan, gains, made};

	*made = (struct proof){.open_level = plan->district->settings.levels.n_levels};
	made->holds = true;
	parallel_for(N_GRADES, prove_grade, &proving);
	for (size_t i = 0; i < N_GRADES; i++) {
		if (made->grades[i].reason == PROOF_HOLDS)
			continue;
		made->holds = false;
		if (made->grades[i].open_level < made->open_level) {
			made->open_level = made->grades[i].open_level;
			made->reason = made->grades[i].reason;
		}
	}
}
