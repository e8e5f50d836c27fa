#include "solver/engines/mathprog.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "solver/engines/guard.h"

/* A malloc'ed path. */
static char *path_of(const char *folder, const char *name)
{
	struct text path = {0};

	text_printf(&path, "%s/%s", folder, name);
	return path.data;
}

static int make_folder(struct mathprog *files)
{
	const char *place = getenv("TMPDIR");

	files->folder = path_of(place && *place ? place : "/tmp", "seatwise-XXXXXX");
	if (mkdtemp(files->folder))
		return 0;
	free(files->folder);
	files->folder = NULL;
	return -1;
}

static int write_file(const char *path, const char *bytes, size_t size)
{
	FILE *file = fopen(path, "wx");
	size_t written;

	if (!file)
		return -1;
	written = fwrite(bytes, 1, size, file);
	return fclose(file) == 0 && written == size ? 0 : -1;
}

int mathprog_open(struct mathprog *files, const char *model, size_t size, const struct text *data,
		  struct diags *diags)
{
	memset(files, 0, sizeof *files);
	if (make_folder(files) == 0) {
		files->model = path_of(files->folder, "model.mod");
		files->data = path_of(files->folder, "data.dat");
		if (write_file(files->model, model, size) == 0 &&
		    write_file(files->data, data->data, data->length) == 0)
			return 0;
	}
	return diag_error(diags, DIAG_OUTPUT_WRITE, place_none(),
			  "cannot write the model to a temporary folder: %s", strerror(errno));
}

static void remove_file(char **path)
{
	if (!*path)
		return;
	unlink(*path);
	free(*path);
	*path = NULL;
}

void mathprog_close(struct mathprog *files)
{
	remove_file(&files->model);
	remove_file(&files->data);
	if (files->folder)
		rmdir(files->folder);
	free(files->folder);
	files->folder = NULL;
}

static int translate(glp_tran *translator, const struct mathprog *files)
{
	return glp_mpl_read_model(translator, files->model, 0) ||
	       glp_mpl_read_data(translator, files->data) ||
	       glp_mpl_generate(translator, NULL);
}

glp_prob *mathprog_build(struct mathprog *files, struct diags *diags)
{
	glp_tran *translator = glp_mpl_alloc_wksp();
	glp_prob *problem = NULL;

	if (translate(translator, files)) {
		diag_error(diags, DIAG_SOLVER, place_none(), "GLPK: %s", guard_said(2));
	} else {
		problem = glp_create_prob();
		glp_mpl_build_prob(translator, problem);
		glp_create_index(problem);
	}
	glp_mpl_free_wksp(translator);
	mathprog_close(files);
	return problem;
}
