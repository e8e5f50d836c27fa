#include "solver/worth.h"

#include "inputs/base/memory.h"
#include "solver/doctor.h"
#include "solver/prices.h"

enum { TRIAL_EFFORT = 500 }; /* networks that a class count may take in one trial */

/* A class within a group is no group that a planner knows: it is told as the group's. */
static void name_groups(const struct district *district, struct findings *findings)
{
	for (size_t i = 0; i < findings->n; i++) {
		struct finding *finding = &findings->all[i];

		if (finding->group != NONE) {
			finding->priority = district->groups[finding->group].priority;
			finding->group = district_whole_group(district, finding->group);
		}
		for (size_t c = 0; c < finding->n_cures; c++) {
			size_t *group = &finding->cures[c].change.group;

			if (*group != NONE)
				*group = district_whole_group(district, *group);
		}
	}
}

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
	name_groups(worth->program->district, &worth->findings);
	trials = trials / 2 + half;
	prices_make(arena, &base, worth->gains, &trials, &worth->prices);
	trial_base_close(&base);
	memory_free(shortages.all);
}
