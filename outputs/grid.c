#include "outputs/grid.h"

#include <utf8proc.h>

#include "outputs/figures.h"

static bool is_control(char byte)
{
	return (unsigned char)byte < 0x20 || byte == 0x7f;
}

void grid_text(struct grid *grid, const char *text)
{
	size_t begin = grid->cells.length;

	text_add(&grid->cells, text);
	for (char *c = grid->cells.data + begin; *c; c++)
		if (is_control(*c))
			*c = '?';
	text_add(&grid->cells, "\t");
}

void grid_header(struct grid *grid, const char *headings)
{
	for (const char *heading = headings; *heading;) {
		size_t length = strcspn(heading, ",");

		text_add_bytes(&grid->cells, heading, length);
		text_add(&grid->cells, "\t");
		heading += length + (heading[length] == ',');
	}
	grid_end(grid);
}

void grid_number(struct grid *grid, int64_t value, int digits)
{
	text_add_decimal(&grid->cells, value, digits, false);
	text_add(&grid->cells, "\t");
}

void grid_signed(struct grid *grid, int64_t value, int digits)
{
	if (value > 0)
		text_add(&grid->cells, "+");
	grid_number(grid, value, digits);
}

void grid_change(struct grid *grid, int64_t first, int64_t second, int digits)
{
	if (first != second) {
		text_add_decimal(&grid->cells, first, digits, false);
		text_add(&grid->cells, " -> ");
	}
	grid_number(grid, second, digits);
}

void grid_percent(struct grid *grid, int64_t part, int64_t whole)
{
	text_add_decimal(&grid->cells, thousandths(part, whole), 1, false);
	text_add(&grid->cells, " %\t");
}

void grid_end(struct grid *grid)
{
	text_add(&grid->cells, "\n");
}

/* Columns that so many bytes of UTF-8 take on a terminal. */
static size_t text_width(const char *text, size_t length)
{
	size_t width = 0;

	while (length > 0) {
		utf8proc_int32_t character;
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text,
						      (utf8proc_ssize_t)length, &character);

		width += n < 1 ? 1 : (size_t)utf8proc_charwidth(character);
		n = n < 1 ? 1 : n;
		text += n;
		length -= (size_t)n;
	}
	return width;
}

static void measure(const struct grid *grid, size_t widths[GRID_COLUMNS])
{
	size_t column = 0;

	for (const char *cell = grid->cells.data; *cell;) {
		size_t length, width;

		if (*cell == '\n') {
			column = 0;
			cell++;
			continue;
		}
		length = strcspn(cell, "\t");
		width = text_width(cell, length);
		if (width > widths[column])
			widths[column] = width;
		column++;
		cell += length + 1;
	}
}

static void add_spaces(struct text *out, size_t n)
{
	while (n-- > 0)
		text_add(out, " ");
}

/* Two spaces, and the cell at its end of the column's width; none behind the last. */
static void add_cell(struct text *out, const char *cell, size_t length, size_t width, char align,
		     bool last)
{
	size_t pad = width - text_width(cell, length);

	add_spaces(out, align == 'r' ? pad + 2 : 2);
	text_add_bytes(out, cell, length);
	if (align != 'r' && !last)
		add_spaces(out, pad);
}

void grid_print(struct grid *grid, struct text *out)
{
	size_t widths[GRID_COLUMNS] = {0}, column = 0;

	text_add(&grid->cells, "");
	measure(grid, widths);
	for (const char *cell = grid->cells.data; *cell;) {
		size_t length = strcspn(cell, "\t");

		if (*cell == '\n') {
			text_add(out, "\n");
			column = 0;
			cell++;
			continue;
		}
		add_cell(out, cell, length, widths[column], grid->align[column],
			 cell[length + 1] == '\n');
		column++;
		cell += length + 1;
	}
	text_free(&grid->cells);
}
