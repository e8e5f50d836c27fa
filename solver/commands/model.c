/* solver/commands/model.c - `seatwise model`: the model and its data, for glpsol. */
#include "inputs/distance.h"
#include "models/assignment_mod.h"
#include "models/gmpl.h"
#include "models/named.h"
#include "outputs/folder.h"
#include "solver/commands/commands.h"

static const char readme[] =
	"assignment.mod states the model, district.dat holds the district. This minimises the\n"
	"first level of the objective:\n"
	"\n"
	"    glpsol -m assignment.mod -d district.dat\n"
	"\n"
	"It ends with a line `level 1 value V`. For the next level, say which one it is and what\n"
	"the levels before came to, in a file of its own. level-2.dat, when level 1 came to 7:\n"
	"\n"
	"    param level := 2;\n"
	"    param best := 1 7;\n"
	"    end;\n"
	"\n"
	"    glpsol -m assignment.mod -d district.dat -d level-2.dat\n"
	"\n"
	"level-3.dat then has `param best := 1 7 2 V;`, and so on. With `param show := 1;` the\n"
	"table of who goes where is printed as well. glpsol stops within 1e-7 of an optimum\n"
	"(relative), which is exact for levels that come to less than a million or so.\n";

static int write_readme(struct folder *folder)
{
	struct text text = {0};
	int result;

	text_add(&text, readme);
	result = folder_file(folder, "README.txt", &text);
	text_free(&text);
	return result;
}

static int write_model(struct folder *folder)
{
	struct text text = {0};
	int result;

	text_add_bytes(&text, assignment_mod, assignment_mod_size);
	result = folder_file(folder, "assignment.mod", &text);
	text_free(&text);
	return result;
}

static int write_folder(const char *path, const struct text *data, struct diags *diags)
{
	struct folder folder;

	if (folder_open(&folder, path, diags))
		return -1;
	return folder_finish(&folder, write_readme(&folder) || write_model(&folder) ||
				      folder_file(&folder, "district.dat", data));
}

static int write_district(struct district *district, const char *path, struct diags *diags)
{
	struct distances distances;
	struct capacities capacities;
	struct named named;
	struct level_scale *levels;
	struct text data = {0};
	int result;

	if (district->n_homes > 0)
		return diag_error(diags, DIAG_UNSUPPORTED, place_file(district->path),
				  "children have points of their own, and the model would tell how "
				  "far each lives from every school: give them zones");
	distances_make(&district->arena, district, &distances);
	named_make(&district->arena, district, &distances, &named);
	capacities_make(&district->arena, &named.rest.district, &capacities);
	levels = gmpl_levels(&district->arena, &named.rest.district, &distances, diags);
	if (!levels)
		return -1;
	gmpl_write(&data, &named.rest.district, &distances, &capacities, levels);
	result = write_folder(path, &data, diags);
	text_free(&data);
	return result;
}

int command_model(const struct options *options, struct diags *diags)
{
	struct district district;

	if (folder_check(options->out, diags))
		return (int)diags->status;
	if (district_read(&district, options->district, options->overrides, options->n_overrides,
			  diags) == 0)
		write_district(&district, options->out, diags);
	district_close(&district);
	return (int)diags->status;
}
