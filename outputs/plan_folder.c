#include "outputs/plan_folder.h"

#include "outputs/geojson.h"
#include "outputs/summary.h"
#include "outputs/tables.h"

static int write_map(struct folder *folder, const struct plan_output *output)
{
	struct folder_file file;

	if (folder_file_open(&file, folder, "map.geojson"))
		return -1;
	geojson_write(&file, output);
	return folder_file_close(&file);
}

/* A file whose text one function makes. */
static int write_text(struct folder *folder, const char *name, const struct plan_output *output,
		      void (*write)(struct text *, const struct plan_output *))
{
	struct text text = {0};
	int result;

	write(&text, output);
	result = folder_file(folder, name, &text);
	text_free(&text);
	return result;
}

static int write_files(struct folder *folder, const struct plan_output *output)
{
	if (tables_write(plan_tables, folder, output) ||
	    (output->named && tables_write(student_tables, folder, output)) ||
	    (output->suppression && tables_write(public_tables, folder, output)) ||
	    (output->n_ways > 0 && tables_write(way_tables, folder, output)) ||
	    write_map(folder, output) ||
	    write_text(folder, "summary.json", output, summary_write))
		return -1;
	run_clock_stage(output->clock, STAGE_WRITE);
	return write_text(folder, "run.json", output, run_write);
}

int plan_folder_write(const char *path, const struct plan_output *output, struct diags *diags)
{
	struct folder folder;

	if (folder_open(&folder, path, diags))
		return -1;
	return folder_finish(&folder, write_files(&folder, output));
}

int matrix_folder_write(const char *path, const struct plan_output *output, struct diags *diags)
{
	struct folder folder;

	if (folder_open(&folder, path, diags))
		return -1;
	return folder_finish(&folder, tables_write(matrix_tables, &folder, output));
}
