#include "models/proof.h"

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

static struct proof_grade prove(struct residual *network)
{
	size_t n_levels = network->plan->district->settings.levels.n_levels;
	size_t proven = network->n_levels;
	struct proof_grade grade = {n_levels, PROOF_HOLDS};

	if (network->n_classes == 0)
		return grade;
	if (network->tight_levels < proven) {
		proven = network->tight_levels;
		grade = open_at(network, proven, PROOF_ENVELOPE);
	}
	if (network->fitting_levels < proven) {
		proven = network->fitting_levels;
		grade = open_at(network, proven, PROOF_TOO_LARGE);
	}
	while (proven > 0) {
		size_t level = labels_open_level(network, proven);

		if (level == proven)
			break;
		proven = level;
		grade = open_at(network, proven, PROOF_IMPROVABLE);
	}
	return grade;
}

struct proof_grade proof_of_grade(const struct audit_plan *plan, int grade)
{
	struct residual network;
	struct proof_grade made;

	residual_open(&network, plan, grade);
	made = prove(&network);
	residual_close(&network);
	return made;
}

struct proving {
	const struct audit_plan *plan;
	struct proof *made;
};

static void prove_grade(void *context, size_t i)
{
	const struct proving *proving = context;

	proving->made->grades[i] = proof_of_grade(proving->plan, FIRST_GRADE + (int)i);
}

void proof_make(const struct audit_plan *plan, struct proof *made)
{
	struct proving proving = {plan, made};

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
