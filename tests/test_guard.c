/* GLPK's aborts become diagnostics. */
#include <criterion/criterion.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "solver/engines/guard.h"

/* Diagnostics that land in a buffer. */
struct heard {
	struct diags diags;
	char *text;
	size_t length;
};

static void heard_open(struct heard *heard)
{
	memset(heard, 0, sizeof *heard);
	diag_open(&heard->diags, open_memstream(&heard->text, &heard->length));
}

static void heard_expect(struct heard *heard, size_t errors, const char *part)
{
	fflush(heard->diags.out);
	cr_assert_eq(heard->diags.errors, errors);
	if (part)
		cr_assert(strstr(heard->text, part), "no '%s' in: %s", part, heard->text);
	fclose(heard->diags.out);
	free(heard->text);
}

/* The optimum of max x, x <= 7. */
static int solve(void *context)
{
	glp_prob *problem = glp_create_prob();
	int code;

	glp_set_obj_dir(problem, GLP_MAX);
	glp_add_cols(problem, 1);
	guard_column_bounds(problem, 1, -(double)INFINITY, 7);
	guard_cost(problem, 1, 1);
	code = glp_simplex(problem, NULL);
	*(double *)context = glp_get_obj_val(problem);
	glp_delete_prob(problem);
	return code;
}

static int misuse(void *context)
{
	glp_prob *problem = glp_create_prob();

	glp_set_row_bnds(problem, *(int *)context, GLP_FX, 0, 0);
	glp_delete_prob(problem);
	return 0;
}

static int bound(void *context)
{
	glp_prob *problem = glp_create_prob();

	glp_add_cols(problem, 2);
	guard_column_bounds(problem, 2, 0, *(double *)context);
	glp_delete_prob(problem);
	return 0;
}

static int cost(void *context)
{
	glp_prob *problem = glp_create_prob();

	glp_add_cols(problem, 1);
	guard_cost(problem, 1, *(double *)context);
	glp_delete_prob(problem);
	return 0;
}

static int value(void *context)
{
	glp_prob *problem = glp_create_prob();
	int columns[] = {0, 1, 2};
	double values[] = {0, 1, *(double *)context};

	glp_add_rows(problem, 1);
	glp_add_cols(problem, 2);
	guard_row(problem, 1, 2, columns, values);
	glp_delete_prob(problem);
	return 0;
}

Test(guard, result_of_body)
{
	struct heard heard;
	double optimum = 0;

	heard_open(&heard);
	cr_assert_eq(guard_run(solve, &optimum, &heard.diags), 0);
	cr_assert_float_eq(optimum, 7, 0);
	heard_expect(&heard, 0, NULL);
}

Test(guard, misuse_is_an_error_each_time)
{
	struct heard heard;
	int row = 5;
	double optimum = 0;

	heard_open(&heard);
	cr_assert_eq(guard_run(misuse, &row, &heard.diags), -1);
	cr_assert_eq(guard_run(misuse, &row, &heard.diags), -1);
	cr_assert_eq(guard_run(solve, &optimum, &heard.diags), 0);
	cr_assert_float_eq(optimum, 7, 0);
	cr_assert_eq(heard.diags.status, STATUS_SOLVER);
	heard_expect(&heard, 2, "error: GLPK: glp_set_row_bnds: i = 5; row number out of range");
}

Test(guard, numbers_that_are_none)
{
	struct heard heard;
	double nan_number = NAN, infinite = INFINITY, minus = -(double)INFINITY, fine = 4;

	heard_open(&heard);
	cr_assert_eq(guard_run(bound, &nan_number, &heard.diags), -1);
	cr_assert_eq(guard_run(bound, &minus, &heard.diags), -1);
	cr_assert_eq(guard_run(cost, &nan_number, &heard.diags), -1);
	cr_assert_eq(guard_run(cost, &infinite, &heard.diags), -1);
	cr_assert_eq(guard_run(value, &nan_number, &heard.diags), -1);
	cr_assert_eq(guard_run(bound, &infinite, &heard.diags), 0, "no upper bound");
	cr_assert_eq(guard_run(bound, &fine, &heard.diags), 0);
	cr_assert_eq(guard_run(cost, &fine, &heard.diags), 0);
	cr_assert_eq(guard_run(value, &fine, &heard.diags), 0);
	heard_expect(&heard, 5, "column 2: bounds 0..nan are not numbers");
}

static int inside(void *context)
{
	int row = 5;

	return guard_run(misuse, &row, context);
}

Test(guard, bodies_do_not_nest)
{
	struct heard heard;

	heard_open(&heard);
	cr_assert_eq(guard_run(inside, &heard.diags, &heard.diags), -1);
	heard_expect(&heard, 1, "already running in this thread");
}

static int chatter(void *context)
{
	(void)context;
	glp_printf("one\ntwo\n");
	glp_printf("thr");
	glp_printf("ee\n%0400d", 4);
	cr_expect_str_eq(guard_said(0), "");
	cr_expect_eq(strlen(guard_said(1)), 255);
	cr_expect(strstr(guard_said(3), "two; three; 000") == guard_said(3));
	cr_expect(strstr(guard_said(9), "one; two; three; 000") == guard_said(9));
	return 0;
}

Test(guard, last_lines)
{
	struct heard heard;

	heard_open(&heard);
	cr_assert_eq(guard_run(chatter, NULL, &heard.diags), 0);
	heard_expect(&heard, 0, NULL);
}

static void *in_thread(void *context)
{
	struct diags diags;
	int row = 5;
	double optimum = 0;

	diag_open(&diags, NULL);
	for (int i = 0; i < 100; i++)
		if (guard_run(i % 2 ? misuse : solve, i % 2 ? (void *)&row : &optimum, &diags) !=
		    (i % 2 ? -1 : 0) || fabs(optimum - 7) > 0)
			*(int *)context = 1;
	return NULL;
}

Test(guard, threads)
{
	pthread_t threads[4];
	int wrong[4] = {0};

	for (int i = 0; i < 4; i++)
		cr_assert_eq(pthread_create(&threads[i], NULL, in_thread, &wrong[i]), 0);
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		cr_expect_eq(wrong[i], 0);
	}
}

Test(guard, meanings)
{
	cr_assert_str_eq(guard_code_text(0), "solved");
	cr_assert_str_eq(guard_code_text(GLP_ETMLIM), "the time limit was reached");
	cr_assert_str_eq(guard_code_text(-77), "unknown to this program");
	cr_assert_str_eq(guard_status_text(GLP_OPT), "optimal");
}
