#include "solver/engines/whole_bundle.h"
#include "solver/engines/whole_relax_parts.h"

#include <math.h>
#include <string.h>

#include "inputs/base/memory.h"
#include "solver/stop.h"

enum {
	FEW_ROUNDS = 100,     /* where more are allowed, the last bit of the bound counts */
	NULLS = 4,            /* steps in vain, one after the other, before they get shorter */
	TRIES = 6,            /* of much shorter steps in all */
	ROUGH_TRIES = 2
};

#define FIRST 100.0           /* of the first step: times the one that would close the gap */
#define SHORTER 0.7
#define MUCH_SHORTER 0.1      /* where the model hopes for nothing: the step is too long for it */
#define LONGER 1.6
#define SERIOUS 0.1           /* of what the model hoped for: from here on the prices are taken */
#define GOOD 0.4              /* of the same: from here on steps get longer */
#define HOPELESS 0.02         /* of the gap: a model that hopes for less is done with */
#define HOPELESS_AT_LAST 1e-4

struct climber {
	struct bundle *bundle;
	struct box *trial;
	struct chosen *seen;
	double step;
	int nulls, tries;
};

struct climber *climber_open(const struct relaxation *relaxation)
{
	struct climber *climber = memory_array(1, sizeof *climber);

	climber->bundle = bundle_open(relaxation);
	climber->trial = box_new(relaxation);
	climber->seen = chosen_new(relaxation);
	return climber;
}

void climber_close(struct climber *climber)
{
	if (!climber)
		return;
	bundle_close(climber->bundle);
	box_free(climber->trial);
	chosen_free(climber->seen);
	memory_free(climber);
}

static bool settled(const struct relaxation *relaxation, const struct chosen *chosen)
{
	for (size_t i = 0; i < relaxation->n_items; i++)
		if (chosen->missing[i])
			return false;
	return true;
}

/* The step along what is missing that would close the gap if nothing else were chosen (Polyak
 * 1969), and much more: the model knows better when it is too long. */
static double first_step(const struct relaxation *relaxation, const struct chosen *chosen,
			 double gap)
{
	double norm = 0;

	for (size_t i = 0; i < relaxation->n_items; i++)
		norm += (double)chosen->missing[i] * (double)chosen->missing[i] *
			(double)relaxation->items[i].size;
	return FIRST * fmax(1, gap) / fmax(1, norm);
}

static void keep(const struct relaxation *relaxation, const struct climber *climber,
		 struct box *box, struct chosen *chosen, int64_t value)
{
	box->bound = value;
	memcpy(box->price, climber->trial->price, relaxation->n_items * sizeof *box->price);
	memcpy(chosen->units, climber->seen->units, relaxation->n_pairs * sizeof *chosen->units);
	memcpy(chosen->missing, climber->seen->missing,
	       relaxation->n_items * sizeof *chosen->missing);
	memcpy(chosen->value, climber->seen->value,
	       (relaxation->n_stations + 1) * sizeof *chosen->value);
}

/* Judges the trial's prices by what the model hoped for, and the step with them. */
static void judge(const struct relaxation *relaxation, struct climber *climber, struct box *box,
		  struct chosen *chosen, double hope, int64_t value)
{
	double gain = (double)(value - box->bound);

	if (gain > 0 && gain >= SERIOUS * hope) {
		keep(relaxation, climber, box, chosen, value);
		climber->nulls = 0;
		if (gain > GOOD * hope)
			climber->step *= LONGER;
	} else if (++climber->nulls >= NULLS) {
		climber->nulls = 0;
		climber->step *= SHORTER;
	}
}

void relaxation_climb(struct relaxation *relaxation, struct box *box, int64_t most, int rounds,
		      struct chosen *chosen)
{
	struct climber *climber = relaxation->climber;
	bool exact = rounds > FEW_ROUNDS;
	double enough = exact ? HOPELESS_AT_LAST : HOPELESS, hope;
	int64_t value;

	box_copy(relaxation, climber->trial, box);
	value = relaxation_value(relaxation, climber->trial, climber->seen);
	keep(relaxation, climber, box, chosen, value);
	if (value > most || rounds == 0)
		return;
	bundle_begin(climber->bundle, box);
	bundle_add(climber->bundle, box, chosen);
	climber->step = first_step(relaxation, chosen, (double)(most - value));
	climber->nulls = 0;
	climber->tries = exact ? TRIES : ROUGH_TRIES;
	for (int i = 0; i < rounds && !settled(relaxation, chosen) && !stop_asked(); i++) {
		hope = bundle_next(climber->bundle, box, chosen, climber->step, exact,
				   climber->trial);
		if (hope < enough * (double)(most - box->bound)) {
			if (--climber->tries <= 0)
				break;
			climber->step *= MUCH_SHORTER;
			continue;
		}
		value = relaxation_value(relaxation, climber->trial, climber->seen);
		if (value > most || (value > box->bound && settled(relaxation, climber->seen))) {
			keep(relaxation, climber, box, chosen, value);
			break;
		}
		bundle_add(climber->bundle, climber->trial, climber->seen);
		judge(relaxation, climber, box, chosen, hope, value);
	}
}
