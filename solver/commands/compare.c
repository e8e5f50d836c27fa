/* solver/commands/compare.c - `seatwise compare`: what changes from one plan to another. */
#include <stdio.h>

#include "models/comparison.h"
#include "outputs/compare_folder.h"
#include "outputs/compare_text.h"
#include "solver/commands/commands.h"

static void print_comparison(const struct comparison *comparison, const char *out)
{
	struct text text = {0};

	compare_text(&text, comparison);
	fputs(text.data, stdout);
	text_free(&text);
	if (out)
		printf("\ntables in %s\n", out);
}

/* The order on the line is that of the two plans: the first is before, the second after. */
static void compare(const struct options *options, struct arena *arena, struct diags *diags)
{
	struct written_plan first, second;
	struct comparison comparison;
	int broken = written_plan_read(&first, options->plan, arena, diags);

	if (written_plan_read(&second, options->second_plan, arena, diags) == 0 && !broken) {
		comparison_make(arena, &first, &second, &comparison);
		if (!options->out || !compare_folder_write(options->out, &comparison, diags))
			print_comparison(&comparison, options->out);
	}
	written_plan_close(&first);
	written_plan_close(&second);
}

int command_compare(const struct options *options, struct diags *diags)
{
	struct arena arena;

	if (options->n_overrides > 0)
		diag_error(diags, DIAG_USAGE, place_none(),
			   "--set %s: compare takes the plans as they are",
			   options->overrides[0].key);
	else if (!options->out || folder_check(options->out, diags) == 0) {
		arena_open(&arena);
		compare(options, &arena, diags);
		arena_close(&arena);
	}
	return (int)diags->status;
}
