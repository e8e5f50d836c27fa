#include "outputs/csv_out.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "inputs/base/memory.h"
#include "outputs/figures.h"

/* The text of the file, ready for the next field. */
static struct text *next_field(struct csv_out *out)
{
	if (out->in_row)
		text_add_bytes(&out->file->text, ",", 1);
	out->in_row = true;
	return &out->file->text;
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

static bool needs_quotes(const char *field, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (field[i] == ',' || field[i] == '"' || field[i] == '\r' || field[i] == '\n')
			return true;
	return length > 0 && (is_blank(field[0]) || is_blank(field[length - 1]));
}

static void add_quoted(struct text *text, const char *field, size_t length)
{
	size_t size = csv_write2(NULL, 0, field, length, '"');
	char *quoted = memory_array(size, 1);

	csv_write2(quoted, size, field, length, '"');
	text_add_bytes(text, quoted, size);
	free(quoted);
}

void csv_out_text(struct csv_out *out, const char *field)
{
	struct text *text = next_field(out);
	size_t length = strlen(field);

	if (needs_quotes(field, length))
		add_quoted(text, field, length);
	else
		text_add_bytes(text, field, length);
}

void csv_out_count(struct csv_out *out, int64_t number)
{
	text_add_count(next_field(out), number);
}

void csv_out_real(struct csv_out *out, double number)
{
	text_add_real(next_field(out), number);
}

void csv_out_decimal(struct csv_out *out, int64_t value, int digits)
{
	text_add_decimal(next_field(out), value, digits, false);
}

void csv_out_thousandths(struct csv_out *out, int64_t number)
{
	text_add_decimal(next_field(out), number, 3, false);
}

void csv_out_ratio(struct csv_out *out, int64_t part, int64_t whole)
{
	csv_out_thousandths(out, thousandths(part, whole));
}

void csv_out_mean_km(struct csv_out *out, int64_t metres, int64_t pupils)
{
	csv_out_thousandths(out, mean_metres(metres, pupils));
}

void csv_out_end(struct csv_out *out)
{
	text_add_bytes(&out->file->text, "\n", 1);
	out->in_row = false;
	folder_file_drain(out->file);
}
