/* Children divided over the classes of a grade: by hand, and against every division there is. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "chance.h"

#include "inputs/district.h"
#include "models/sectioning.h"

enum { MOST = 128, LEVELS = 5 };

/* An intake with room for its children, and the sectioning made of it. */
struct sample {
	struct intake intake;
	struct section_child children[MOST];
	size_t section[MOST];
	struct balance balance, least;
};

/* So many boys of group 0 without scores, twins or needs, in the order of their lots. */
static void sample_open(struct sample *sample, size_t n_children, size_t n_sections)
{
	*sample = (struct sample){.intake = {.children = sample->children,
		.n_children = n_children, .n_groups = 1, .n_sections = n_sections,
		.inclusion_per_class = 3}};
	for (size_t i = 0; i < n_children; i++)
		sample->children[i] = (struct section_child){.sex = 1, .score = NOT_GIVEN,
							     .turn = i + 1, .twins = NONE};
}

static void sample_make(struct sample *sample)
{
	memset(sample->section, 0xee, sizeof sample->section);
	sectioning_make(&sample->intake, sample->section);
	section_balance(&sample->intake, sample->section, &sample->balance);
	section_balance_least(&sample->intake, &sample->least);
}

/* Who enters a class. */
static int64_t entering(const struct sample *sample, size_t section)
{
	int64_t n = 0;

	for (size_t i = 0; i < sample->intake.n_children; i++)
		n += sample->section[i] == section;
	return n;
}

static int64_t size_of(const struct sample *sample, size_t section)
{
	return section_begin(&sample->intake, section) + entering(sample, section);
}

static void expect_sections(const struct sample *sample, const char *expected)
{
	char text[MOST + 1] = "";

	for (size_t i = 0; i < sample->intake.n_children; i++)
		text[i] = (char)('A' + sample->section[i]);
	cr_expect_str_eq(text, expected);
}

/* --- sizes ----------------------------------------------------------------------------------- */

Test(sectioning, ninety_one_in_three_classes_are_31_30_30)
{
	struct sample sample;

	sample_open(&sample, 91, 3);
	sample_make(&sample);
	cr_expect_eq(size_of(&sample, 0), 31);
	cr_expect_eq(size_of(&sample, 1), 30);
	cr_expect_eq(size_of(&sample, 2), 30);
	cr_expect_eq(sample.balance.size_range, 1);
	cr_expect_eq(sample.least.size_range, 1);
}

Test(sectioning, those_who_stay_are_filled_up_from_the_smaller_classes)
{
	struct sample sample;

	sample_open(&sample, 4, 3);
	sample.intake.enrolled = 5; /* 2, 2, 1 */
	sample_make(&sample);
	cr_expect_eq(section_begin(&sample.intake, 1), 2);
	cr_expect_eq(section_begin(&sample.intake, 2), 1);
	for (size_t c = 0; c < 3; c++)
		cr_expect_eq(size_of(&sample, c), 3);
	cr_expect_eq(sample.balance.size_range, 0);
}

Test(sectioning, a_late_child_goes_to_the_smallest_class)
{
	struct sample sample;

	sample_open(&sample, 1, 3);
	sample.intake.enrolled = 89;
	sample_make(&sample);
	expect_sections(&sample, "C");
}

Test(sectioning, of_nobody_is_even)
{
	struct sample sample;

	sample_open(&sample, 0, 3);
	sample.intake.enrolled = 7;
	sample_make(&sample);
	cr_expect_eq(sample.balance.size_range, 1);
	cr_expect_eq(sample.least.size_range, 1);
	cr_expect_eq(sample.balance.sex_range, 0);
}

Test(sectioning, without_classes_gives_no_class)
{
	struct sample sample;

	sample_open(&sample, 2, 0);
	sample_make(&sample);
	cr_expect_eq(sample.section[0], NONE);
	cr_expect_eq(sample.section[1], NONE);
	cr_expect_eq(sample.least.inclusion_excess, 0);
}

Test(sectioning, one_class_takes_all_and_says_what_it_cannot_keep)
{
	struct sample sample;

	sample_open(&sample, 6, 1);
	sample.intake.twins = SECTION_TWINS_APART;
	for (size_t i = 0; i < 5; i++)
		sample.children[i].inclusion = true;
	sample.children[4].twins = sample.children[5].twins = 77;
	sample_make(&sample);
	expect_sections(&sample, "AAAAAA");
	cr_expect_eq(sample.balance.inclusion_excess, 2);
	cr_expect_eq(sample.least.inclusion_excess, 2);
	cr_expect_eq(sample.balance.twins_broken, 1);
	cr_expect_eq(sample.least.twins_broken, 1);
}

Test(sectioning, more_classes_than_children_hold_one_or_none)
{
	struct sample sample;

	sample_open(&sample, 3, 5);
	sample_make(&sample);
	for (size_t c = 0; c < 5; c++)
		cr_expect_leq(entering(&sample, c), 1);
	cr_expect_eq(sample.balance.size_range, 1);
}

/* --- scores ---------------------------------------------------------------------------------- */

/* 12 scores fall by equal steps: S order gives three classes 26 of 78 each, nothing to improve. */
Test(sectioning, serpentine_deals_scores_in_s_order)
{
	struct sample sample;

	sample_open(&sample, 12, 3);
	sample.intake.method = SECTION_SERPENTINE;
	for (size_t i = 0; i < 12; i++) {
		sample.children[i].score = 12 - (int64_t)i;
		sample.children[i].turn = i * 5 % 12; /* is not looked at */
	}
	sample_make(&sample);
	expect_sections(&sample, "ABCCBAABCCBA");
	cr_expect_eq(sample.balance.score_range, 0);
}

Test(sectioning, by_lot_looks_at_turns_and_not_at_scores)
{
	struct sample sample;

	sample_open(&sample, 6, 3);
	for (size_t i = 0; i < 6; i++) {
		sample.children[i].score = (int64_t)(i * i);
		sample.children[i].turn = (i + 2) % 6;
	}
	sample_make(&sample);
	expect_sections(&sample, "CCBAAB"); /* turns 2 3 4 5 0 1 */
}

Test(sectioning, children_without_a_score_come_after_the_others_by_lot)
{
	struct sample sample;

	sample_open(&sample, 6, 3);
	sample.intake.method = SECTION_SERPENTINE;
	for (size_t i = 0; i < 3; i++)
		sample.children[i].score = 90;
	sample_make(&sample);
	expect_sections(&sample, "ABCCBA");
}

static void give_scores(struct sample *sample, const int64_t *scores)
{
	sample->intake.method = SECTION_SERPENTINE;
	for (size_t i = 0; i < sample->intake.n_children; i++)
		sample->children[i].score = scores[i];
}

/* S order gives 20 + 8 + 6 and 12 + 10 + 4; 8 for 4 makes it 30 and 30. */
Test(sectioning, exchanges_bring_means_together)
{
	struct sample sample;

	sample_open(&sample, 6, 2);
	give_scores(&sample, (int64_t[]){20, 12, 10, 8, 6, 4});
	sample_make(&sample);
	expect_sections(&sample, "ABBBAA");
	cr_expect_eq(sample.balance.score_range, 0);
}

/* Four groups of one child: dealt in turn it is 10 + 1 and 9 + 0, and nobody has a like. */
Test(sectioning, unlike_children_are_exchanged_if_no_count_suffers)
{
	struct sample sample;

	sample_open(&sample, 4, 2);
	give_scores(&sample, (int64_t[]){10, 9, 1, 0});
	sample.intake.n_groups = 4;
	for (size_t i = 0; i < 4; i++)
		sample.children[i].group = i;
	sample_make(&sample);
	cr_expect_eq(sample.section[0], sample.section[3]);
	cr_expect_eq(sample.balance.score_range, 0);
}

/* A boy and a girl of each score: all high ones in one class would be evener, but for their sex. */
Test(sectioning, scores_never_cost_a_count)
{
	struct sample sample;

	sample_open(&sample, 4, 2);
	give_scores(&sample, (int64_t[]){10, 0, 10, 0});
	sample.children[2].sex = sample.children[3].sex = 2;
	sample.children[0].group = sample.children[2].group = 1; /* the high ones */
	sample.intake.n_groups = 2;
	sample.children[0].twins = sample.children[2].twins = 1;
	sample_make(&sample);
	cr_expect_eq(sample.section[0], sample.section[2]);
	cr_expect_eq(sample.balance.score_range, 10000);
}

Test(sectioning, mean_scores_are_compared_in_thousandths)
{
	struct sample sample;

	sample_open(&sample, 5, 3);
	sample.children[0].score = 10;
	sample.children[1].score = 11;
	sample.children[2].score = 11;
	sample.children[3].score = 20;
	memcpy(sample.section, (size_t[]){0, 0, 0, 1, 2}, 5 * sizeof(size_t));
	section_balance(&sample.intake, sample.section, &sample.balance);
	cr_expect_eq(sample.balance.score_range, 9333); /* 20 - 32 / 3; the third has none */
}

/* N^2 times the greatest score is 10^23. */
Test(sectioning, the_greatest_scores_do_not_overflow)
{
	enum { N = 10000 };
	struct section_child *children = calloc(N, sizeof *children);
	size_t *section = calloc(N, sizeof *section);
	struct intake intake = {children, N, 1, 20, 0, 3, SECTION_SERPENTINE,
				SECTION_TWINS_TOGETHER};
	struct balance balance;
	uint64_t state = 6;

	for (size_t i = 0; i < N; i++)
		children[i] = (struct section_child){
			1, 0, chance(&state, 1000000) * INT64_C(1000000000), false, i, NONE};
	sectioning_make(&intake, section);
	section_balance(&intake, section, &balance);
	cr_expect_lt(balance.score_range, INT64_C(1000000000000)); /* 10^-6 of the greatest */
	free(section);
	free(children);
}

/* --- sex, groups, inclusion ------------------------------------------------------------------ */

Test(sectioning, boys_girls_and_groups_are_spread)
{
	struct sample sample;

	sample_open(&sample, 100, 3);
	sample.intake.n_groups = 4;
	for (size_t i = 0; i < 100; i++) {
		sample.children[i].sex = i < 40 ? 1 : i < 85 ? 2 : 0;
		sample.children[i].group = i * i % 7 % 4;
	}
	sample_make(&sample);
	cr_expect_eq(sample.balance.size_range, 1);
	cr_expect_eq(sample.balance.sex_range, 1);
	cr_expect_eq(sample.balance.group_range, 1);
}

Test(sectioning, no_class_has_more_than_three_with_inclusion)
{
	struct sample sample;

	sample_open(&sample, 20, 3);
	for (size_t i = 0; i < 9; i++)
		sample.children[i].inclusion = true;
	sample_make(&sample);
	cr_expect_eq(sample.balance.inclusion_most, 3);
	cr_expect_eq(sample.balance.inclusion_excess, 0);
}

Test(sectioning, too_many_with_inclusion_are_spread_and_counted)
{
	struct sample sample;

	sample_open(&sample, 20, 3);
	for (size_t i = 0; i < 11; i++)
		sample.children[i].inclusion = true;
	sample_make(&sample);
	cr_expect_eq(sample.balance.inclusion_most, 4);
	cr_expect_eq(sample.balance.inclusion_excess, 2);
	cr_expect_eq(sample.least.inclusion_most, 4);
	cr_expect_eq(sample.least.inclusion_excess, 2);
}

/* --- twins ----------------------------------------------------------------------------------- */

/* By lot they would be in classes A and B, and like children are there to exchange. */
Test(sectioning, twins_stay_together_and_sizes_even)
{
	struct sample sample;

	sample_open(&sample, 91, 3);
	sample.children[0].twins = sample.children[1].twins = 5;
	sample.children[7].twins = sample.children[20].twins = sample.children[33].twins = 4;
	sample_make(&sample);
	cr_expect_eq(sample.section[0], sample.section[1]);
	cr_expect_eq(sample.section[7], sample.section[20]);
	cr_expect_eq(sample.section[7], sample.section[33]);
	cr_expect_eq(sample.balance.twins_broken, 0);
	cr_expect_eq(sample.balance.size_range, 1);
}

Test(sectioning, twins_go_apart)
{
	struct sample sample;

	sample_open(&sample, 12, 2);
	sample.intake.twins = SECTION_TWINS_APART;
	for (size_t i = 0; i < 12; i++)
		sample.children[i].twins = i / 2;
	sample_make(&sample);
	for (size_t i = 0; i < 12; i += 2)
		cr_expect_neq(sample.section[i], sample.section[i + 1]);
	cr_expect_eq(sample.balance.twins_broken, 0);
}

Test(sectioning, twins_in_classes_of_one_are_parted_and_counted)
{
	struct sample sample;

	sample_open(&sample, 3, 3);
	sample.children[0].twins = sample.children[2].twins = 0;
	sample_make(&sample);
	cr_expect_eq(sample.balance.size_range, 0);
	cr_expect_eq(sample.balance.twins_broken, 1);
	cr_expect_eq(sample.least.twins_broken, 1);
}

Test(sectioning, three_twins_in_two_classes_cannot_all_be_apart)
{
	struct sample sample;

	sample_open(&sample, 4, 2);
	sample.intake.twins = SECTION_TWINS_APART;
	for (size_t i = 0; i < 3; i++)
		sample.children[i].twins = 9;
	sample_make(&sample);
	cr_expect_eq(sample.balance.twins_broken, 1);
	cr_expect_eq(sample.least.twins_broken, 1);
}

/* Three pairs in two classes of three: one pair must part, though a class could hold each. */
Test(sectioning, pairs_that_do_not_fit_cost_one)
{
	struct sample sample;

	sample_open(&sample, 6, 2);
	for (size_t i = 0; i < 6; i++)
		sample.children[i].twins = i / 2;
	sample_make(&sample);
	cr_expect_eq(sample.balance.size_range, 0);
	cr_expect_eq(sample.balance.twins_broken, 1);
	cr_expect_eq(sample.least.twins_broken, 0);
}

/* The twin who came in this intake without the other is a child like any. */
Test(sectioning, a_twin_alone_is_nothing_special)
{
	struct sample sample;

	sample_open(&sample, 6, 3);
	sample.children[1].twins = 3;
	sample_make(&sample);
	expect_sections(&sample, "ABCCBA");
}

/* --- by chance ------------------------------------------------------------------------------- */

static void draw_twins(struct sample *sample, uint64_t *state, int64_t pairs)
{
	int64_t n = (int64_t)sample->intake.n_children;

	for (int64_t family = 0; family < pairs && n > 1; family++) {
		struct section_child *one = &sample->children[chance(state, n)];
		struct section_child *other = &sample->children[chance(state, n)];

		if (one->twins == NONE)
			one->twins = (size_t)family;
		other->twins = one->twins;
	}
}

static void draw_sample(struct sample *sample, uint64_t *state, size_t n, size_t n_sections)
{
	int64_t needs = 2 + chance(state, 4), shift = chance(state, 100);

	sample_open(sample, n, n_sections);
	sample->intake.n_groups = (size_t)(1 + chance(state, 3));
	sample->intake.enrolled = chance(state, 6);
	sample->intake.inclusion_per_class = chance(state, 4);
	sample->intake.method = chance(state, 2) ? SECTION_SERPENTINE : SECTION_BY_LOT;
	sample->intake.twins = chance(state, 3) ? SECTION_TWINS_TOGETHER : SECTION_TWINS_APART;
	for (size_t i = 0; i < n; i++)
		sample->children[i] = (struct section_child){
			chance(state, 6) ? 1 + (int)chance(state, 2) : 0,
			(size_t)chance(state, (int64_t)sample->intake.n_groups),
			chance(state, 5) ? chance(state, 101) : NOT_GIVEN,
			chance(state, needs) == 0, (i * 37 + (size_t)shift) % 101, NONE};
	draw_twins(sample, state, chance(state, 4));
}

/* The levels, written from their definition. */
struct levels {
	int64_t size_range, of[LEVELS];
};

static int64_t square_sum(const struct sample *sample, int sex, size_t group)
{
	int64_t sum = 0;

	for (size_t c = 0; c < sample->intake.n_sections; c++) {
		int64_t n = 0;

		for (size_t i = 0; i < sample->intake.n_children; i++)
			n += sample->section[i] == c &&
				(sex == -1 ? sample->children[i].inclusion :
				 sex ? sample->children[i].sex == sex :
				 sample->children[i].group == group);
		sum += n * n;
	}
	return sum;
}

static struct levels judge(const struct sample *sample)
{
	struct balance balance;
	struct levels levels = {0};

	section_balance(&sample->intake, sample->section, &balance);
	levels.size_range = balance.size_range;
	levels.of[0] = balance.twins_broken;
	levels.of[1] = balance.inclusion_excess;
	levels.of[2] = square_sum(sample, -1, 0);
	levels.of[3] = square_sum(sample, 1, 0) + square_sum(sample, 2, 0);
	for (size_t g = 0; g < sample->intake.n_groups; g++)
		levels.of[4] += square_sum(sample, 0, g);
	return levels;
}

static bool lower(const struct levels *a, const struct levels *b)
{
	if (a->size_range != b->size_range)
		return a->size_range < b->size_range;
	for (size_t i = 0; i < LEVELS; i++)
		if (a->of[i] != b->of[i])
			return a->of[i] < b->of[i];
	return false;
}

static bool next_division(struct sample *sample)
{
	for (size_t i = 0; i < sample->intake.n_children; i++) {
		if (++sample->section[i] < sample->intake.n_sections)
			return true;
		sample->section[i] = 0;
	}
	return false;
}

static struct levels best_of_all(struct sample *sample)
{
	struct levels best, levels;

	memset(sample->section, 0, sizeof sample->section);
	best = judge(sample);
	while (next_division(sample)) {
		levels = judge(sample);
		if (lower(&levels, &best))
			best = levels;
	}
	return best;
}

Test(sectioning, of_few_children_is_the_best_of_all_divisions)
{
	uint64_t state = 1;

	for (int i = 0; i < 3000; i++) {
		struct sample sample;
		struct levels made, best;
		size_t n_sections = (size_t)(1 + chance(&state, 4));

		draw_sample(&sample, &state, (size_t)chance(&state, n_sections > 3 ? 7 : 8),
			    n_sections);
		sample_make(&sample);
		made = judge(&sample);
		best = best_of_all(&sample);
		cr_expect_eq(made.size_range, best.size_range);
		for (size_t l = 0; l < LEVELS; l++)
			cr_expect_eq(made.of[l], best.of[l], "case %d, level %zu", i, l);
	}
}

/* Who is moved with a family of three is three others: single exchanges would part it. */
Test(sectioning, of_triplets_is_the_best_of_all_divisions)
{
	uint64_t state = 7;

	for (int i = 0; i < 300; i++) {
		struct sample sample;
		struct levels made, best;

		draw_sample(&sample, &state, 9, 2);
		sample.intake.twins = SECTION_TWINS_TOGETHER;
		for (size_t c = 0; c < 9; c++)
			sample.children[c].twins = c < 6 ? c % 2 : NONE;
		sample_make(&sample);
		made = judge(&sample);
		best = best_of_all(&sample);
		cr_expect_not(lower(&best, &made), "case %d", i);
	}
}

static void shuffle(struct sample *sample, uint64_t *state, size_t *from)
{
	for (size_t i = 0; i < sample->intake.n_children; i++) {
		size_t j = (size_t)chance(state, (int64_t)i + 1);
		struct section_child child = sample->children[i];

		sample->children[i] = sample->children[j];
		sample->children[j] = child;
		from[i] = from[j];
		from[j] = i;
	}
}

/* Twins are also called by other numbers, in another order. */
Test(sectioning, does_not_depend_on_the_order_of_the_children)
{
	uint64_t state = 2;

	for (int i = 0; i < 300; i++) {
		struct sample sample, shuffled;
		size_t from[MOST];

		draw_sample(&sample, &state, (size_t)chance(&state, 100),
			    (size_t)(1 + chance(&state, 5)));
		draw_twins(&sample, &state, 6);
		shuffled = sample;
		shuffled.intake.children = shuffled.children;
		shuffle(&shuffled, &state, from);
		for (size_t c = 0; c < MOST; c++)
			if (shuffled.children[c].twins != NONE)
				shuffled.children[c].twins = 1000 - shuffled.children[c].twins;
		sample_make(&sample);
		sample_make(&shuffled);
		for (size_t c = 0; c < sample.intake.n_children; c++)
			cr_expect_eq(shuffled.section[c], sample.section[from[c]], "case %d", i);
	}
}

/* Sizes, inclusion and sex are exactly what arithmetic allows, if there are no twins. */
Test(sectioning, without_twins_reaches_the_least)
{
	uint64_t state = 3;

	for (int i = 0; i < 500; i++) {
		struct sample sample;

		draw_sample(&sample, &state, (size_t)chance(&state, 101),
			    (size_t)(1 + chance(&state, 9)));
		for (size_t c = 0; c < sample.intake.n_children; c++)
			sample.children[c].twins = NONE;
		sample_make(&sample);
		cr_expect_eq(sample.balance.size_range, sample.least.size_range);
		cr_expect_eq(sample.balance.twins_broken, 0);
		cr_expect_eq(sample.balance.inclusion_excess, sample.least.inclusion_excess);
		cr_expect_eq(sample.balance.inclusion_most, sample.least.inclusion_most);
		cr_expect_eq(sample.balance.sex_range, sample.least.sex_range);
		cr_expect_leq(sample.balance.group_range, sample.least.group_range + 1);
	}
}

/* Each class's sum of (score - mean of all) times the number of scores. */
static void deviations(const struct sample *sample, int64_t *sum, int64_t *n, int64_t *total)
{
	*n = *total = 0;
	for (size_t i = 0; i < sample->intake.n_children; i++)
		if (sample->children[i].score != NOT_GIVEN) {
			*total += sample->children[i].score;
			++*n;
		}
	for (size_t c = 0; c < sample->intake.n_sections; c++)
		sum[c] = 0;
	for (size_t i = 0; i < sample->intake.n_children; i++)
		if (sample->children[i].score != NOT_GIVEN)
			sum[sample->section[i]] += *n * sample->children[i].score - *total;
}

static bool like(const struct section_child *a, const struct section_child *b)
{
	return a->sex == b->sex && a->group == b->group && a->inclusion == b->inclusion &&
		a->twins == NONE && b->twins == NONE;
}

Test(sectioning, leaves_no_like_children_whose_exchange_helps)
{
	uint64_t state = 4;

	for (int i = 0; i < 200; i++) {
		int64_t sum[5], n, total;
		struct sample sample;

		draw_sample(&sample, &state, (size_t)chance(&state, 101),
			    (size_t)(1 + chance(&state, 5)));
		sample.intake.method = SECTION_SERPENTINE;
		sample_make(&sample);
		deviations(&sample, sum, &n, &total);
		for (size_t a = 0; a < sample.intake.n_children; a++)
			for (size_t b = 0; b < a; b++) {
				const struct section_child *one = &sample.children[a];
				const struct section_child *other = &sample.children[b];
				int64_t *of_a = &sum[sample.section[a]];
				int64_t *of_b = &sum[sample.section[b]], more;

				if (of_a == of_b || !like(one, other))
					continue;
				more = (other->score == NOT_GIVEN ? 0 : n * other->score - total) -
					(one->score == NOT_GIVEN ? 0 : n * one->score - total);
				cr_expect_geq((*of_a + more) * (*of_a + more) +
					      (*of_b - more) * (*of_b - more),
					      *of_a * *of_a + *of_b * *of_b, "case %d", i);
			}
	}
}

/* Twins in a full grade cost nothing: there are like children to exchange. */
Test(sectioning, of_a_full_grade_is_even_in_everything)
{
	uint64_t state = 5;

	for (int i = 0; i < 40; i++) {
		struct sample sample;

		draw_sample(&sample, &state, 120, 3);
		for (size_t c = 0; c < 120; c++)
			sample.children[c].turn = 7 * c % 121;
		sample_make(&sample);
		cr_expect_eq(sample.balance.size_range, sample.least.size_range);
		cr_expect_eq(sample.balance.twins_broken, sample.least.twins_broken);
		cr_expect_eq(sample.balance.inclusion_most, sample.least.inclusion_most);
		cr_expect_eq(sample.balance.sex_range, sample.least.sex_range);
		cr_expect_eq(sample.balance.group_range, sample.least.group_range);
		if (sample.intake.method == SECTION_SERPENTINE)
			cr_expect_leq(sample.balance.score_range, 100);
	}
}

/* Where more than half are twins, 12 of 200 are uneven; 66 if families could not move whole. */
Test(sectioning, of_many_twins_is_hardly_less_even)
{
	uint64_t state = 6;
	int uneven = 0;

	for (int i = 0; i < 200; i++) {
		struct sample sample;

		draw_sample(&sample, &state, 80, 4);
		sample.intake.n_groups = 4;
		sample.intake.twins = SECTION_TWINS_TOGETHER;
		for (size_t c = 0; c < 80; c++)
			sample.children[c].group = (size_t)chance(&state, 4);
		for (size_t c = 0; c < 48; c++)
			sample.children[c].twins = c / 2;
		sample_make(&sample);
		cr_expect_eq(sample.balance.size_range, sample.least.size_range);
		cr_expect_eq(sample.balance.twins_broken, 0);
		uneven += sample.balance.sex_range > sample.least.sex_range ||
			sample.balance.group_range > sample.least.group_range;
	}
	cr_expect_leq(uneven, 20);
}
