/* inputs/twins.c - which children are one another's twins. */
#include <stdlib.h>
#include <string.h>

#include "inputs/link_parts.h"

/* Those who say that they are twins, sorted by household and grade, then by id. */
struct twins {
	const struct district *district;
	size_t *children, n;
};

static int entry_grade(const struct district *district, size_t child)
{
	return district_cell_of(district, child)->grade;
}

static int compare_families(const struct district *district, size_t a, size_t b)
{
	int order = strcmp(district->students[a].household, district->students[b].household);

	return order ? order : entry_grade(district, a) - entry_grade(district, b);
}

static int compare_twins(const void *a, const void *b, void *context)
{
	size_t left = *(const size_t *)a, right = *(const size_t *)b;
	int order = compare_families(context, left, right);

	return order ? order : (left > right) - (left < right);
}

static bool same_choices(const struct district *district, const struct student *a,
			 const struct student *b)
{
	const size_t *choices = district->choices;

	return a->n_choices == b->n_choices &&
	       (a->n_choices == 0 || memcmp(choices + a->first_choice, choices + b->first_choice,
					    a->n_choices * sizeof *choices) == 0);
}

/* Whether two children of a household and grade have the same claims, and can go together. */
static bool same_claims(const struct district *district, const struct student *a,
			const struct student *b)
{
	return a->cell == b->cell && a->priority == b->priority &&
	       a->current_school == b->current_school && a->feeder_school == b->feeder_school &&
	       same_choices(district, a, b);
}

static size_t row_number(const struct key *keys, size_t child)
{
	const struct student_row *row = (const void *)keys[child].row;

	return row->row;
}

/* The first in the file of those whom `wrong` marks, and how many there are. */
static void warn(struct linking *linking, const struct key *keys, const bool *wrong,
		 const char *what)
{
	size_t n = 0, first = NONE;

	for (size_t i = 0; i < linking->district->n_students; i++) {
		if (!wrong[i])
			continue;
		n++;
		if (first == NONE || row_number(keys, i) < row_number(keys, first))
			first = i;
	}
	if (n > 0)
		diag_warning(linking->diags, DIAG_STUDENT_TWIN,
			     table_place(&linking->tables->students, row_number(keys, first),
					 "twin"),
			     "%s (so %zu in all)", what, n);
}

/* The twins first..end of one family: those with other claims than the first go alone. */
static void lead_family(struct district *district, const struct twins *twins, size_t first,
			size_t end, bool *lone, bool *apart)
{
	size_t lead = twins->children[first];

	if (end - first == 1)
		lone[lead] = true;
	for (size_t i = first + 1; i < end; i++) {
		struct student *child = &district->students[twins->children[i]];

		if (same_claims(district, child, &district->students[lead]))
			child->lead = lead;
		else
			apart[twins->children[i]] = true;
	}
}

static struct twins list_twins(const struct district *district)
{
	struct twins twins = {district, NULL, 0};

	twins.children = memory_array(district->n_students, sizeof *twins.children);
	for (size_t i = 0; i < district->n_students; i++)
		if (district->students[i].twin && *district->students[i].household)
			twins.children[twins.n++] = i;
	return twins;
}

void link_twins(struct linking *linking, const struct key *keys)
{
	struct district *district = linking->district;
	struct twins twins = list_twins(district);
	bool *lone = memory_array(district->n_students, sizeof *lone);
	bool *apart = memory_array(district->n_students, sizeof *apart);
	size_t first = 0;

	for (size_t i = 0; i < district->n_students; i++)
		district->students[i].lead = i;
	if (district->n_cells == 0)
		twins.n = 0; /* of children with errors nothing is known */
	memory_sort(twins.children, twins.n, sizeof *twins.children, compare_twins, district);
	for (size_t i = 1; i <= twins.n; i++)
		if (i == twins.n || compare_families(district, twins.children[first],
						     twins.children[i]) != 0) {
			lead_family(district, &twins, first, i, lone, apart);
			first = i;
		}
	warn(linking, keys, lone, "no other twin has the same household and grade");
	warn(linking, keys, apart,
	     "twins differ in home, group, class, schools or choices: each goes its own way");
	free(lone);
	free(apart);
	free(twins.children);
}
