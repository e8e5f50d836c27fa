#include "models/sectioning.h"

#include "inputs/district.h"
#include "models/section_scores.h"

struct dealt {
	const struct intake *intake;
	struct section_member *members; /* n_children of the intake */
	struct section_kind *kinds;
	size_t n_kinds, n_families;
};

/*
 * Children in this order are dealt one by one to the classes in turn, 0 1 2 0 1 2: any stretch of
 * it gives every class the same number or one more. The order is boys, boys and girls and others
 * with inclusion, girls, others. All, inclusion, boys and girls are one stretch each, so all four
 * are as even as can be.
 */
static int stratum(const struct section_child *child)
{
	static const int plain[SECTION_SEXES] = {5, 0, 4}, inclusion[SECTION_SEXES] = {2, 1, 3};

	return child->inclusion ? inclusion[child->sex] : plain[child->sex];
}

/* --- families -------------------------------------------------------------------------------- */

static int compare_turns(const void *a, const void *b, void *context)
{
	const struct section_member *left = a, *right = b;

	(void)context;
	return (left->child->turn > right->child->turn) - (left->child->turn < right->child->turn);
}

/* By twins, then by turn; the context is the members. */
static int compare_twins(const void *a, const void *b, void *context)
{
	const struct section_member *members = context;
	size_t left = *(const size_t *)a, right = *(const size_t *)b;
	size_t left_twins = members[left].child->twins, right_twins = members[right].child->twins;

	if (left_twins != right_twins)
		return left_twins < right_twins ? -1 : 1;
	return (left > right) - (left < right);
}

/* Every child with twins among the members gets the index of the first of them as its family. */
static void join_families(struct section_member *members, size_t n)
{
	size_t *order = memory_array(n, sizeof *order), first = 0;

	for (size_t i = 0; i < n; i++)
		order[i] = i;
	memory_sort(order, n, sizeof *order, compare_twins, members);
	for (size_t i = 1; i < n; i++) {
		size_t twins = members[order[i]].child->twins;

		if (twins != members[order[first]].child->twins)
			first = i;
		else if (twins != NONE)
			members[order[first]].family = members[order[i]].family = order[first];
	}
	memory_free(order);
}

/* Families from 0, by their first member's turn: what the twins are called does not matter. */
static size_t number_families(struct section_member *members, size_t n)
{
	size_t n_families = 0;

	for (size_t i = 0; i < n; i++)
		if (members[i].family == i)
			members[i].family = n_families++;
		else if (members[i].family != NONE)
			members[i].family = members[members[i].family].family;
	return n_families;
}

/* --- kinds ----------------------------------------------------------------------------------- */

static int compare_members(const void *a, const void *b, void *context)
{
	const struct section_member *left = a, *right = b;
	const struct intake *intake = context;
	int stratum_left = stratum(left->child), stratum_right = stratum(right->child);

	if (stratum_left != stratum_right)
		return stratum_left < stratum_right ? -1 : 1;
	if (left->child->group != right->child->group)
		return left->child->group < right->child->group ? -1 : 1;
	if (left->family != right->family)
		return left->family < right->family ? -1 : 1;
	if (intake->method == SECTION_SERPENTINE && left->child->score != right->child->score)
		return left->child->score > right->child->score ? -1 : 1;
	return compare_turns(a, b, NULL);
}

static bool alike(const struct section_member *a, const struct section_member *b)
{
	return a->family == NONE && b->family == NONE && stratum(a->child) == stratum(b->child) &&
		a->child->group == b->child->group;
}

static void make_kinds(struct arena *arena, struct dealt *dealt)
{
	size_t n = dealt->intake->n_children;

	dealt->kinds = arena_array(arena, n, sizeof *dealt->kinds);
	for (size_t i = 0; i < n; i++) {
		struct section_member *member = &dealt->members[i];
		const struct section_child *child = member->child;

		if (!i || !alike(member, member - 1))
			dealt->kinds[dealt->n_kinds++] = (struct section_kind){
				child->inclusion, child->sex, child->group, member->family, {0}, 0};
		member->kind = dealt->n_kinds - 1;
	}
}

/* The children by kind, in the order in which they are dealt; in the arena. */
static void sort_children(struct arena *arena, const struct intake *intake, struct dealt *dealt)
{
	size_t n = intake->n_children;

	*dealt = (struct dealt){.intake = intake};
	dealt->members = arena_array(arena, n, sizeof *dealt->members);
	for (size_t i = 0; i < n; i++)
		dealt->members[i] = (struct section_member){&intake->children[i], i, NONE, 0, 0, 0};
	memory_sort(dealt->members, n, sizeof *dealt->members, compare_turns, NULL);
	join_families(dealt->members, n);
	dealt->n_families = number_families(dealt->members, n);
	memory_sort(dealt->members, n, sizeof *dealt->members, compare_members, (void *)intake);
	make_kinds(arena, dealt);
}

/* --- dealing --------------------------------------------------------------------------------- */

/* Those who stay have been dealt the first places. */
static void deal_in_turn(struct section_search *search, const struct dealt *dealt)
{
	size_t n_sections = dealt->intake->n_sections;
	size_t stay = (size_t)dealt->intake->enrolled % n_sections;

	for (size_t i = 0; i < dealt->intake->n_children; i++)
		section_search_put(search, dealt->members[i].kind, (stay + i) % n_sections);
}

/* The next class in S order that has a place of the kind left; takes it. */
static size_t take_place(const struct section_search *search, size_t kind, int64_t *left,
			 size_t *step)
{
	size_t n_sections = search->intake->n_sections;

	for (;;) {
		size_t at = *step < n_sections ? *step : 2 * n_sections - 1 - *step;

		*step = (*step + 1) % (2 * n_sections);
		if (left[at * search->n_kinds + kind]) {
			left[at * search->n_kinds + kind]--;
			return at;
		}
	}
}

/* The children of each kind into its places. */
static void hand_out(struct arena *arena, const struct section_search *search,
		     struct dealt *dealt)
{
	size_t n = search->intake->n_sections * search->n_kinds, step = 0;
	int64_t *left = arena_array(arena, n, sizeof *left);

	for (size_t i = 0; i < n; i++)
		left[i] = search->held[i];
	for (size_t i = 0; i < dealt->intake->n_children; i++) {
		struct section_member *member = &dealt->members[i];

		member->section = member->family == NONE ?
			take_place(search, member->kind, left, &step) :
			(size_t)search->place[member->kind];
	}
}

static void divide(struct arena *arena, const struct intake *intake, size_t *section)
{
	struct dealt dealt;
	struct section_search search;

	sort_children(arena, intake, &dealt);
	section_search_open(arena, intake, dealt.kinds, dealt.n_kinds, dealt.n_families, &search);
	deal_in_turn(&search, &dealt);
	section_search_run(&search);
	hand_out(arena, &search, &dealt);
	if (intake->method == SECTION_SERPENTINE)
		section_scores_even_out(&search, dealt.members, intake->n_children);
	for (size_t i = 0; i < intake->n_children; i++)
		section[dealt.members[i].input] = dealt.members[i].section;
}

void sectioning_make(const struct intake *intake, size_t *section)
{
	struct arena arena;

	if (!intake->n_sections) {
		for (size_t i = 0; i < intake->n_children; i++)
			section[i] = NONE;
		return;
	}
	arena_open(&arena);
	divide(&arena, intake, section);
	arena_close(&arena);
}
