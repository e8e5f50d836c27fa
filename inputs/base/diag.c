#include "inputs/base/diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *id;
	enum status status;
} codes[] = {
#define X(code, id, status) {id, status},
	DIAG_CODES(X)
#undef X
};

struct place place_file(const char *file)
{
	return (struct place){file, 0, 0};
}

struct place place_none(void)
{
	return (struct place){NULL, 0, 0};
}

void diag_open(struct diags *diags, FILE *out)
{
	*diags = (struct diags){.out = out};
}

const char *diag_id(enum diag_code code)
{
	return codes[code].id;
}

enum status diag_status(enum diag_code code)
{
	return codes[code].status;
}

static void print_place(FILE *out, struct place where)
{
	if (!where.file)
		return;
	fputs(where.file, out);
	if (where.line)
		fprintf(out, ":%zu", where.line);
	if (where.column)
		fprintf(out, ":%zu", where.column);
	fputs(": ", out);
}

static void print_line(FILE *out, struct place where, const char *kind, enum diag_code code,
		       const char *format, va_list arguments)
{
	char *text = NULL;

	if (vasprintf(&text, format, arguments) < 0)
		return;
	for (char *c = text; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = '?';
	print_place(out, where);
	fprintf(out, "%s: %s [%s]\n", kind, text, codes[code].id);
	free(text);
}

/* Whether one more error of this file is still to be printed; says so once when not. */
static int wanted(struct diags *diags, struct place where)
{
	if (!where.file)
		return 1;
	if (!diags->file || strcmp(diags->file, where.file) != 0) {
		diags->file = where.file;
		diags->in_file = 0;
	}
	if (++diags->in_file == DIAG_PER_FILE + 1 && diags->out)
		fprintf(diags->out, "%s: further errors of this file are not shown\n", where.file);
	return diags->in_file <= DIAG_PER_FILE;
}

bool diag_shows(const struct diags *diags, const char *file)
{
	return !diags->file || strcmp(diags->file, file) != 0 || diags->in_file < DIAG_PER_FILE;
}

int diag_error(struct diags *diags, enum diag_code code, struct place where,
	       const char *format, ...)
{
	va_list arguments;

	diags->errors++;
	if (codes[code].status > diags->status)
		diags->status = codes[code].status;
	if (!wanted(diags, where) || !diags->out)
		return -1;
	va_start(arguments, format);
	print_line(diags->out, where, "error", code, format, arguments);
	va_end(arguments);
	return -1;
}

void diag_warning(struct diags *diags, enum diag_code code, struct place where,
		  const char *format, ...)
{
	va_list arguments;

	diags->warnings++;
	if (!diags->out)
		return;
	va_start(arguments, format);
	print_line(diags->out, where, "warning", code, format, arguments);
	va_end(arguments);
}
