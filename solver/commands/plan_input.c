#include "solver/commands/plan_input.h"

#include <string.h>

#include "outputs/input_hash.h"

/* The settings that the plan was made with, then those of the command line, which win. */
static struct override *all_overrides(struct plan_input *input, const struct options *options,
				      size_t *n)
{
	size_t n_own = input->summary.n_settings;
	struct override *all;

	*n = n_own + options->n_overrides;
	all = arena_array(&input->arena, *n, sizeof *all);
	for (size_t i = 0; i < n_own; i++)
		all[i] = input->summary.settings[i];
	for (size_t i = 0; i < options->n_overrides; i++)
		all[n_own + i] = options->overrides[i];
	return all;
}

static int read_rooms(struct plan_input *input, const char *folder, struct diags *diags)
{
	input->opened = input->district;
	arena_open(&input->opened.arena); /* a view owns nothing */
	if (input->district.settings.sections != SECTIONS_FREE)
		return 0;
	return rooms_file_read(&input->rooms, &input->district, folder, &input->arena,
			       &input->opened, diags);
}

/* A plan of other tables may still be right for these, so this is only a warning. */
static void judge_hash(const struct plan_input *input, struct diags *diags)
{
	char hash[INPUT_HASH_SIZE];

	input_hash(&input->district, hash);
	if (*input->summary.input_hash && strcmp(hash, input->summary.input_hash) != 0)
		diag_warning(diags, DIAG_PLAN, place_file(input->summary.path),
			     "the plan was made from other tables than these");
}

int plan_input_read(struct plan_input *input, const struct options *options, struct diags *diags)
{
	struct override *overrides;
	size_t n;

	*input = (struct plan_input){0};
	arena_open(&input->arena);
	if (plan_summary_read(&input->summary, options->plan, &input->arena, diags))
		return -1;
	overrides = all_overrides(input, options, &n);
	if (district_read(&input->district, options->district, overrides, n, diags) ||
	    read_rooms(input, options->plan, diags) ||
	    plan_file_read(&input->file, &input->district, options->plan, &input->arena, diags))
		return -1;
	judge_hash(input, diags);
	distances_make(&input->arena, &input->district, &input->distances);
	input->plan = (struct audit_plan){
		.district = &input->opened, .distances = &input->distances,
		.rows = input->file.rows, .n_rows = input->file.n_rows, .code = DIAG_PLAN,
		.where = plan_file_place, .context = &input->file};
	return 0;
}

void plan_input_close(struct plan_input *input)
{
	plan_file_close(&input->file);
	rooms_file_close(&input->rooms);
	if (input->district.path)
		district_close(&input->district);
	arena_close(&input->arena);
}
