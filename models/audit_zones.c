#include "models/audit_zones.h"

#include <stdlib.h>
#include <string.h>

/* That some pupils of a zone and grade go to a school. */
struct use {
	size_t zone, school; /* zone: its index among the audit_zones */
};

static int compare_uses(const void *a, const void *b, void *context)
{
	const struct use *left = a, *right = b;

	(void)context;
	if (left->zone != right->zone)
		return left->zone < right->zone ? -1 : 1;
	return (left->school > right->school) - (left->school < right->school);
}

size_t audit_zone_find(const struct audit_zones *zones, size_t zone, int grade)
{
	size_t low = 0, high = zones->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct audit_zone *at = &zones->zones[middle];

		if (at->zone == zone && at->grade == grade)
			return middle;
		if (at->zone < zone || (at->zone == zone && at->grade < grade))
			low = middle + 1;
		else
			high = middle;
	}
	return NONE;
}

static void take_demand(const struct district *district, struct audit_zones *made)
{
	for (size_t c = 0; c < district->n_cells; c++) {
		const struct cell *cell = &district->cells[c];
		struct audit_zone *last = made->n ? &made->zones[made->n - 1] : NULL;

		if (district_is_home(district, cell->zone))
			break; /* homes come last, and zones.csv has none */
		if (!last || last->zone != cell->zone || last->grade != cell->grade) {
			last = &made->zones[made->n++];
			*last = (struct audit_zone){cell->zone, cell->grade, 0, 0, 0, ""};
		}
		last->pupils += cell->pupils;
	}
}

/* Adds up the placed rows; returns what is used where, sorted, malloc'ed. */
static struct use *take_rows(const struct audit_plan *plan, struct audit_zones *made, size_t *n)
{
	struct use *uses = memory_array(plan->n_rows, sizeof *uses);

	*n = 0;
	for (size_t i = 0; i < plan->n_rows; i++) {
		const struct audit_row *row = &plan->rows[i];
		size_t at = audit_zone_find(made, row->zone, row->grade);

		if (at == NONE || row->school == NONE)
			continue;
		made->zones[at].placed += row->pupils;
		made->zones[at].metres += row->pupils * audit_metres(plan, row);
		uses[(*n)++] = (struct use){at, row->school};
	}
	memory_sort(uses, *n, sizeof *uses, compare_uses, NULL);
	return uses;
}

void audit_zones_make(struct arena *arena, const struct audit_plan *plan, struct audit_zones *made)
{
	struct text list = {0};
	struct use *uses;
	size_t n;

	*made = (struct audit_zones){0};
	made->zones = arena_array(arena, plan->district->n_cells, sizeof *made->zones);
	take_demand(plan->district, made);
	uses = take_rows(plan, made, &n);
	for (size_t i = 0; i < n; i++) {
		bool last = i + 1 == n || uses[i + 1].zone != uses[i].zone;

		if (last || uses[i + 1].school != uses[i].school)
			text_printf(&list, "%s%s", list.length ? ";" : "",
				    plan->district->schools[uses[i].school].id);
		if (!last)
			continue;
		made->zones[uses[i].zone].schools = arena_text(arena, list.data, list.length);
		list.length = 0;
	}
	text_free(&list);
	free(uses);
}
