#include "models/section_balance.h"

#include "inputs/base/memory.h"
#include "inputs/district.h"

__extension__ typedef __int128 wide;

/* The columns of a class: size, inclusion, one for each sex, one for each group. */
enum { SIZE, INCLUDED, SEXES, GROUPS = SEXES + SECTION_SEXES };

/* A child by its family, for counting. */
struct twin {
	size_t family, section;
};

/* The scores of a class. */
struct scores {
	int64_t n;
	wide sum;
};

int64_t section_begin(const struct intake *intake, size_t section)
{
	int64_t sections = (int64_t)intake->n_sections;

	return intake->enrolled / sections + ((int64_t)section < intake->enrolled % sections);
}

static int compare_twins(const void *a, const void *b, void *context)
{
	const struct twin *left = a, *right = b;

	(void)context;
	if (left->family != right->family)
		return left->family < right->family ? -1 : 1;
	return (left->section > right->section) - (left->section < right->section);
}

/* The children with twins by family, then by section; returns how many. The caller frees. */
static size_t list_twins(const struct intake *intake, const size_t *section, struct twin **twins)
{
	size_t n = 0;

	*twins = memory_array(intake->n_children, sizeof **twins);
	for (size_t i = 0; i < intake->n_children; i++)
		if (intake->children[i].twins != NONE)
			(*twins)[n++] = (struct twin){intake->children[i].twins,
						      section ? section[i] : 0};
	memory_sort(*twins, n, sizeof **twins, compare_twins, NULL);
	return n;
}

/* Twins that are neighbours in the list and in different classes, or in one, as the rule has it. */
static int64_t count_broken(const struct intake *intake, const size_t *section)
{
	bool together = intake->twins == SECTION_TWINS_TOGETHER;
	struct twin *twins;
	size_t n = list_twins(intake, section, &twins);
	int64_t broken = 0;

	for (size_t i = 1; i < n; i++)
		if (twins[i].family == twins[i - 1].family)
			broken += (twins[i].section != twins[i - 1].section) == together;
	memory_free(twins);
	return broken;
}

/* n_sections rows of columns; the caller frees. */
static int64_t *count_columns(const struct intake *intake, const size_t *section)
{
	size_t n_columns = GROUPS + intake->n_groups;
	int64_t *counts = memory_array(intake->n_sections * n_columns, sizeof *counts);

	for (size_t c = 0; c < intake->n_sections; c++)
		counts[c * n_columns + SIZE] = section_begin(intake, c);
	for (size_t i = 0; i < intake->n_children; i++) {
		const struct section_child *child = &intake->children[i];
		int64_t *row = counts + section[i] * n_columns;

		row[SIZE]++;
		row[INCLUDED] += child->inclusion;
		row[SEXES + child->sex]++;
		row[GROUPS + child->group]++;
	}
	return counts;
}

static int64_t column_most(const struct intake *intake, const int64_t *counts, size_t column)
{
	int64_t most = 0;

	for (size_t c = 0; c < intake->n_sections; c++) {
		int64_t count = counts[c * (GROUPS + intake->n_groups) + column];

		most = count > most ? count : most;
	}
	return most;
}

static int64_t column_range(const struct intake *intake, const int64_t *counts, size_t column)
{
	int64_t most = column_most(intake, counts, column), least = most;

	for (size_t c = 0; c < intake->n_sections; c++) {
		int64_t count = counts[c * (GROUPS + intake->n_groups) + column];

		least = count < least ? count : least;
	}
	return most - least;
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void judge_columns(const struct intake *intake, const int64_t *counts,
			  struct balance *balance)
{
	balance->size_range = column_range(intake, counts, SIZE);
	balance->inclusion_most = column_most(intake, counts, INCLUDED);
	for (size_t c = 0; c < intake->n_sections; c++)
		balance->inclusion_excess += larger(0,
			counts[c * (GROUPS + intake->n_groups) + INCLUDED] -
			intake->inclusion_per_class);
	for (size_t sex = 1; sex < SECTION_SEXES; sex++)
		balance->sex_range = larger(balance->sex_range,
					    column_range(intake, counts, SEXES + sex));
	for (size_t g = 0; g < intake->n_groups; g++)
		balance->group_range = larger(balance->group_range,
					      column_range(intake, counts, GROUPS + g));
}

/* Thousandths by which the mean of one class is above the other's; a class has a score or more. */
static int64_t mean_above(const struct scores *high, const struct scores *low)
{
	return (int64_t)((high->sum * low->n - low->sum * high->n) * 1000 /
			 ((wide)high->n * low->n));
}

static bool mean_less(const struct scores *a, const struct scores *b)
{
	return a->sum * b->n < b->sum * a->n;
}

static int64_t score_range(const struct intake *intake, const size_t *section)
{
	struct scores *scores = memory_array(intake->n_sections, sizeof *scores);
	const struct scores *low = NULL, *high = NULL;
	int64_t range = 0;

	for (size_t i = 0; i < intake->n_children; i++)
		if (intake->children[i].score != NOT_GIVEN) {
			scores[section[i]].n++;
			scores[section[i]].sum += intake->children[i].score;
		}
	for (size_t c = 0; c < intake->n_sections; c++) {
		if (!scores[c].n)
			continue;
		if (!low || mean_less(&scores[c], low))
			low = &scores[c];
		if (!high || mean_less(high, &scores[c]))
			high = &scores[c];
	}
	if (low && high)
		range = mean_above(high, low);
	memory_free(scores);
	return range;
}

void section_balance(const struct intake *intake, const size_t *section, struct balance *balance)
{
	int64_t *counts;

	*balance = (struct balance){0};
	if (!intake->n_sections)
		return;
	counts = count_columns(intake, section);
	judge_columns(intake, counts, balance);
	balance->twins_broken = count_broken(intake, section);
	balance->score_range = score_range(intake, section);
	memory_free(counts);
}

/* What a family of `members` breaks at least, if `room` is the most that a class can take. */
static int64_t family_least(const struct intake *intake, int64_t members, int64_t room)
{
	if (intake->twins == SECTION_TWINS_TOGETHER)
		return (members - 1) / room;
	return larger(0, members - (int64_t)intake->n_sections);
}

static int64_t twins_least(const struct intake *intake)
{
	int64_t sections = (int64_t)intake->n_sections, least = 0;
	int64_t pupils = intake->enrolled + (int64_t)intake->n_children;
	int64_t room = (pupils + sections - 1) / sections - intake->enrolled / sections;
	struct twin *twins;
	size_t n = list_twins(intake, NULL, &twins);

	for (size_t i = 0, end; i < n; i = end) {
		for (end = i; end < n && twins[end].family == twins[i].family;)
			end++;
		least += family_least(intake, (int64_t)(end - i), room);
	}
	memory_free(twins);
	return least;
}

void section_balance_least(const struct intake *intake, struct balance *least)
{
	struct intake one = *intake;
	size_t *section = memory_array(intake->n_children, sizeof *section);
	int64_t *counts, sections = (int64_t)intake->n_sections;

	*least = (struct balance){0};
	if (!sections) {
		memory_free(section);
		return;
	}
	one.n_sections = 1;
	counts = count_columns(&one, section); /* of all children: a single class */
	least->size_range = counts[SIZE] % sections != 0;
	least->inclusion_most = (counts[INCLUDED] + sections - 1) / sections;
	least->inclusion_excess = larger(0, counts[INCLUDED] -
					 sections * intake->inclusion_per_class);
	for (size_t sex = 1; sex < SECTION_SEXES; sex++)
		least->sex_range |= counts[SEXES + sex] % sections != 0;
	for (size_t g = 0; g < intake->n_groups; g++)
		least->group_range |= counts[GROUPS + g] % sections != 0;
	least->twins_broken = twins_least(intake);
	memory_free(counts);
	memory_free(section);
}
