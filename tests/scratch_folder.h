/* tests/scratch_folder.h - a folder of files for one test, and what diagnostics say about it. */
#ifndef SEATWISE_SCRATCH_FOLDER_H
#define SEATWISE_SCRATCH_FOLDER_H

#include <criterion/criterion.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "inputs/base/diag.h"

struct scratch {
	char path[64], file[128]; /* the folder; the file written last */
	struct diags diags;
	FILE *out;
	char *said;               /* what the diagnostics printed, the folder's path left out */
	size_t length;
};

static inline void scratch_open(struct scratch *scratch)
{
	*scratch = (struct scratch){.path = "/tmp/seatwise-test-XXXXXX"};
	cr_assert_not_null(mkdtemp(scratch->path));
	scratch->out = open_memstream(&scratch->said, &scratch->length);
	diag_open(&scratch->diags, scratch->out);
}

static inline int scratch_remove(const char *path, const struct stat *status, int kind,
				 struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	return remove(path);
}

static inline void scratch_close(struct scratch *scratch)
{
	fclose(scratch->out);
	free(scratch->said);
	nftw(scratch->path, scratch_remove, 8, FTW_DEPTH | FTW_PHYS);
}

/* Writes a file; returns its path, valid until the next one. */
static inline const char *scratch_bytes(struct scratch *scratch, const char *name,
					const char *bytes, size_t length)
{
	FILE *file;

	snprintf(scratch->file, sizeof scratch->file, "%s/%s", scratch->path, name);
	file = fopen(scratch->file, "wb");
	cr_assert_not_null(file);
	cr_assert_eq(fwrite(bytes, 1, length, file), length);
	fclose(file);
	return scratch->file;
}

static inline const char *scratch_text(struct scratch *scratch, const char *name, const char *text)
{
	return scratch_bytes(scratch, name, text, strlen(text));
}

/* What was said since the last call, without the folder's path. */
static inline const char *scratch_said(struct scratch *scratch)
{
	static char text[4096];
	size_t n = strlen(scratch->path) + 1;
	char *out = text;

	fflush(scratch->out);
	for (const char *in = scratch->said; *in && out < text + sizeof text - 1;) {
		if (strncmp(in, scratch->path, n - 1) == 0 && in[n - 1] == '/')
			in += n;
		else
			*out++ = *in++;
	}
	*out = '\0';
	rewind(scratch->out);
	return text;
}

#endif
