#include "solver/worth.h"

#include "inputs/base/memory.h"
#include "solver/doctor.h"
#include "solver/prices.h"

enum { TRIAL_EFFORT = 500 }; /* networks that a class count may take in one trial */

void worth_make(struct arena *arena, struct worth *worth)
{
	int64_t trials = worth->program->district->settings.trials, half = trials - trials / 2;
	struct shortages shortages;
	struct trial_base base;
	struct whys whys;

	whys_open(&whys, arena, worth->plan, worth->program->levels);
	shortages_find(&whys, worth->reference, worth->floor, &shortages);
	whys_close(&whys);
	trial_base_open(&base, worth->program, worth->solver, TRIAL_EFFORT);
	doctor(arena, &base, &shortages, &half, &worth->findings);
	trials = trials / 2 + half;
	prices_make(arena, &base, worth->gains, &trials, &worth->prices);
	trial_base_close(&base);
	memory_free(shortages.all);
}
