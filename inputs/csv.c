#include "inputs/csv.h"

#include <csv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "inputs/base/text.h"
#include "inputs/encoding.h"

int csv_open(struct csv_file *file, const char *path, struct diags *diags)
{
	file->path = path;
	if (encoding_read(path, &file->text, &file->length, diags))
		return -1;
	file->mark = memory_array(1, sizeof *file->mark);
	return 0;
}

void csv_close(struct csv_file *file)
{
	free(file->text);
	free(file->mark);
	file->text = NULL;
	file->mark = NULL;
}

static void start_parser(struct csv_parser *parser)
{
	csv_init(parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
}

/* The fields of the row being read; their texts one after another in `cells`, each with its NUL,
 * which CSV_APPEND_NULL puts there. */
struct reading {
	struct text cells;
	size_t *starts, n_fields, room;
	char **fields;
	size_t fields_room;
	size_t row;
	csv_row *call;
	void *context;
	int stop;
};

static void on_field(void *data, size_t length, void *context)
{
	struct reading *reading = context;

	reading->starts = memory_grow(reading->starts, &reading->room, reading->n_fields + 1,
				      sizeof *reading->starts);
	reading->starts[reading->n_fields++] = reading->cells.length;
	text_add_bytes(&reading->cells, data, length + 1);
}

static bool blank(const struct reading *reading)
{
	return reading->n_fields == 1 && reading->fields[0][0] == '\0';
}

static void on_row(int terminator, void *context)
{
	struct reading *reading = context;

	(void)terminator;
	reading->fields = memory_grow(reading->fields, &reading->fields_room, reading->n_fields,
				      sizeof *reading->fields);
	for (size_t i = 0; i < reading->n_fields; i++)
		reading->fields[i] = text_trim(reading->cells.data + reading->starts[i]);
	if (!reading->stop && reading->n_fields > 0 && !(blank(reading) && reading->row > 0))
		reading->stop = reading->call(reading->context, reading->row, reading->fields,
					      reading->n_fields);
	reading->row++;
	reading->n_fields = 0;
	reading->cells.length = 0;
}

/* Follows the parser byte by byte, to know where each field begins. */
struct tracking {
	size_t row, field;
};

static void track_field(void *data, size_t length, void *context)
{
	(void)data;
	(void)length;
	((struct tracking *)context)->field++;
}

static void track_row(int terminator, void *context)
{
	struct tracking *tracking = context;

	(void)terminator;
	tracking->row++;
	tracking->field = 0;
}

/* Whether this byte only ends a line that a field or row has already ended. */
static bool between_rows(const struct tracking *tracking, char byte)
{
	return tracking->field == 0 && (byte == '\n' || byte == '\r');
}

/* Moves the mark on to a row that begins at the byte. */
static void move_mark(const struct csv_file *file, size_t row, size_t byte)
{
	struct csv_mark *mark = file->mark;

	mark->line += encoding_place(file->path, file->text + mark->start,
				     byte - mark->start).line - 1;
	mark->row = row;
	mark->start = byte;
}

/* The byte where the field begins; where the file ends or breaks before it, the last field's. Every
 * row finds the parser as it was at the first, so that the marked one serves as well. */
static size_t field_start(const struct csv_file *file, size_t row, size_t field)
{
	struct csv_parser parser;
	struct csv_mark *mark = file->mark;
	struct tracking now, before = {SIZE_MAX, 0};
	size_t start;

	if (mark->row > row)
		*mark = (struct csv_mark){0, 0, 0};
	now = (struct tracking){mark->row, 0};
	start = mark->start;
	start_parser(&parser);
	for (size_t i = start; i < file->length; i++) {
		bool begins = now.row != before.row || now.field != before.field;

		if (now.row > row) {
			start = mark->start;
			break;
		}
		if (begins && !between_rows(&now, file->text[i])) {
			start = i;
			if (now.field == 0)
				move_mark(file, now.row, i);
			before = now;
			if (now.row == row && now.field == field)
				break;
		}
		if (csv_parse(&parser, file->text + i, 1, track_field, track_row, &now) != 1)
			break;
	}
	csv_free(&parser);
	return start;
}

struct place csv_place(const struct csv_file *file, size_t row, size_t field)
{
	size_t byte = field_start(file, row, field), start = file->mark->start;
	struct place place = encoding_place(file->path, file->text + start, byte - start);

	place.line += file->mark->line;
	return place;
}

static int quote_error(const struct csv_file *file, bool open, struct diags *diags)
{
	struct place where = csv_place(file, SIZE_MAX, 0);

	if (open)
		return diag_error(diags, DIAG_CSV_QUOTE, where, "quote is never closed");
	return diag_error(diags, DIAG_CSV_QUOTE, where,
			  "quote inside a field (write it twice and the field in quotes)");
}

int csv_read(const struct csv_file *file, csv_row *row, void *context, struct diags *diags)
{
	struct csv_parser parser;
	struct reading reading = {.call = row, .context = context};
	size_t parsed;
	int result = 0;

	start_parser(&parser);
	parsed = csv_parse(&parser, file->text, file->length, on_field, on_row, &reading);
	if (parsed != file->length)
		result = quote_error(file, false, diags);
	else if (csv_fini(&parser, on_field, on_row, &reading))
		result = quote_error(file, true, diags);
	csv_free(&parser);
	text_free(&reading.cells);
	free(reading.starts);
	free(reading.fields);
	return result;
}
