#include "solver/rooms_divide.h"

#include <string.h>

#include "inputs/base/memory.h"
#include "inputs/capacity.h"

enum { N_COSTS = 5 };

/* What a division costs, the first matters most. */
struct cost {
	int64_t of[N_COSTS];
};

static struct cost cost_of(const struct rooms *rooms, size_t offering, int64_t load, int64_t m)
{
	const struct settings *settings = &rooms->district->settings;
	int64_t size = rooms->district->offerings[offering].class_size;
	int64_t most = settings->class_max * m, taken = load < most ? load : most;

	return (struct cost){{
		load - taken,
		classes_of_at_least(taken, m, settings->class_oversized),
		classes_of_at_least(taken, m, settings->class_large),
		load > size * m ? load - size * m : 0,
		m > 0 ? load * load / m : 0,
	}};
}

static bool less(const struct cost *a, const struct cost *b)
{
	for (int i = 0; i < N_COSTS; i++)
		if (a->of[i] != b->of[i])
			return a->of[i] < b->of[i];
	return false;
}

/* best[g][n]: grades before g in n rooms; taken[g][n]: the rooms of grade g - 1 there, -1: no
 * division. */
struct table {
	const struct rooms *rooms;
	const int64_t *loads;
	size_t first, n_grades, width;
	struct cost *best;
	int64_t *taken;
};

/* Grade g of the school in m rooms on top of `used` by the grades before it. */
static void extend(struct table *table, size_t g, size_t used, int64_t m)
{
	size_t from = g * table->width + used, to = from + table->width + (size_t)m;
	size_t offering = table->first + g;
	struct cost cost = cost_of(table->rooms, offering, table->loads[offering], m);

	for (int i = 0; i < N_COSTS; i++)
		cost.of[i] += table->best[from].of[i];
	if (table->taken[to] >= 0 && !less(&cost, &table->best[to]))
		return;
	table->best[to] = cost;
	table->taken[to] = m;
}

static void fill(struct table *table)
{
	for (size_t g = 0; g < table->n_grades; g++) {
		const int64_t *least = table->rooms->least, *most = table->rooms->most;

		for (size_t used = 0; used < table->width; used++) {
			int64_t left = (int64_t)(table->width - 1 - used);

			if (table->taken[g * table->width + used] < 0)
				continue;
			for (int64_t m = least[table->first + g];
			     m <= most[table->first + g] && m <= left; m++)
				extend(table, g, used, m);
		}
	}
}

void rooms_divide(const struct rooms *rooms, size_t r, const int64_t *loads, int64_t *sections)
{
	const struct room_school *here = &rooms->schools[r];
	const struct school *school = &rooms->district->schools[here->school];
	struct table table = {.rooms = rooms, .loads = loads, .first = school->first_offering,
			      .n_grades = school->n_offerings,
			      .width = (size_t)here->total + 1};
	size_t cells, used = (size_t)here->total;

	if (!here->decided || here->total > ROOMS_DIVIDE_MOST)
		return;
	cells = (table.n_grades + 1) * table.width;
	table.best = memory_array(cells, sizeof *table.best);
	table.taken = memory_array(cells, sizeof *table.taken);
	memset(table.taken, 0xff, cells * sizeof *table.taken);
	table.taken[0] = 0;
	fill(&table);
	for (size_t g = table.n_grades; g-- > 0;) {
		int64_t m = table.taken[(g + 1) * table.width + used];

		sections[table.first + g] = m;
		used -= (size_t)m;
	}
	memory_free(table.best);
	memory_free(table.taken);
}
