#include "inputs/columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "inputs/base/text.h"
#include "inputs/headings.h"

/* One field on its way into a row struct. */
struct field {
	struct table *table;
	const struct column *column;
	struct arena *arena;
	struct diags *diags;
	size_t row;
	const char *text;   /* trimmed, as written */
	const char *folded; /* NFKC, lower case; made when needed */
	const char **before; /* the column's last text, kept once where it repeats */
	void *target;
};

static struct place field_place(const struct field *field)
{
	return table_place(field->table, field->row, field->column->name);
}

/* How a message names the field: what stands in it is quoted only where it is no child's. */
static const char *named(const struct field *field)
{
	if (field->table->spec->secret)
		return field->column->name;
	return arena_printf(field->arena, "%s '%s'", field->column->name, field->text);
}

static int not_a_number(const struct field *field, const char *kind)
{
	return diag_error(field->diags, DIAG_CSV_NUMBER, field_place(field), "%s is not %s",
			  named(field), kind);
}

static int out_of_range(const struct field *field)
{
	return diag_error(field->diags, DIAG_CSV_RANGE, field_place(field),
			  "%s is outside the range %lld..%lld", named(field),
			  (long long)field->column->least, (long long)field->column->most);
}

static int read_count(const struct field *field)
{
	int64_t number;
	int result = number_count(field->folded, &number);

	if (result < 0)
		return not_a_number(field, "a whole number");
	if (result > 0 || number < field->column->least || number > field->column->most)
		return out_of_range(field);
	*(int64_t *)field->target = number;
	return 0;
}

static int read_decimal(const struct field *field)
{
	int64_t nano;
	int result = number_nano(field->folded, &nano);

	if (result < 0)
		return not_a_number(field, "a number");
	if (result > 0 || nano < field->column->least * NANO || nano > field->column->most * NANO)
		return out_of_range(field);
	*(int64_t *)field->target = nano;
	return 0;
}

static int read_real(const struct field *field)
{
	double number;
	int result = number_real(field->folded, &number);

	if (result < 0)
		return not_a_number(field, "a number");
	if (result > 0 || number < (double)field->column->least ||
	    number > (double)field->column->most)
		return out_of_range(field);
	*(double *)field->target = number;
	return 0;
}

/* Takes a suffix off a text, if it is there. */
static bool cut_suffix(char *text, const char *suffix)
{
	size_t length = strlen(text), cut = strlen(suffix);

	if (length <= cut || strcmp(text + length - cut, suffix) != 0)
		return false;
	text[length - cut] = '\0';
	return true;
}

int grade_of(const char *folded)
{
	static const char *const digits[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
	static const char *const junior[] = {"初一", "初二", "初三"};
	char text[32];

	if (strlen(folded) >= sizeof text)
		return 0;
	strcpy(text, folded);
	cut_suffix(text, "年级");
	if (text[0] >= '1' && text[0] <= '9' && text[1] == '\0')
		return text[0] - '0';
	for (int i = 0; i < 9; i++)
		if (strcmp(text, digits[i]) == 0)
			return i + 1;
	for (int i = 0; i < 3; i++)
		if (strcmp(text, junior[i]) == 0)
			return i + 7;
	return 0;
}

static int read_grade(const struct field *field)
{
	int grade = grade_of(field->folded);

	if (!grade)
		return diag_error(field->diags, DIAG_CSV_RANGE, field_place(field),
				  "%s is not a grade from 1 to 9", named(field));
	*(int *)field->target = grade;
	return 0;
}

static int read_grades(const struct field *field)
{
	struct grade_range range = {0, 0};
	char *low = arena_text(field->arena, field->folded, strlen(field->folded));
	char *dash = strchr(low, '-');

	if (dash)
		*dash = '\0';
	range.first = grade_of(text_trim(low));
	range.last = dash ? grade_of(text_trim(dash + 1)) : range.first;
	if (!range.first || !range.last || range.first > range.last)
		return diag_error(field->diags, DIAG_CSV_RANGE, field_place(field),
				  "%s is not a range of grades such as 1-6", named(field));
	*(struct grade_range *)field->target = range;
	return 0;
}

bool month_valid(const char *text)
{
	for (int i = 0; i < 7; i++)
		if (i == 4 ? text[i] != '-' : text[i] < '0' || text[i] > '9')
			return false;
	return text[7] == '\0' && strncmp(text + 5, "01", 2) >= 0 &&
	       strncmp(text + 5, "12", 2) <= 0;
}

static int read_month(const struct field *field)
{
	if (!month_valid(field->folded))
		return diag_error(field->diags, DIAG_CSV_RANGE, field_place(field),
				  "%s is not a month such as 2018-09", named(field));
	*(const char **)field->target = arena_text(field->arena, field->folded, 7);
	return 0;
}

/* "ordinary, special" for the message. */
static const char *choices(const struct field *field)
{
	struct text list = {0};
	const char *copy;

	for (const struct word *word = field->column->words; word->text; word++) {
		if ((unsigned char)word->text[0] >= 0x80 || strcmp(word->text, "true") == 0 ||
		    strcmp(word->text, "false") == 0 || strlen(word->text) == 1)
			continue;
		text_printf(&list, "%s%s", list.length ? ", " : "", word->text);
	}
	copy = arena_text(field->arena, list.data, list.length);
	text_free(&list);
	return copy;
}

static int read_word(const struct field *field)
{
	for (const struct word *word = field->column->words; word->text; word++)
		if (strcmp(word->text, field->folded) == 0) {
			*(int *)field->target = word->value;
			return 0;
		}
	return diag_error(field->diags, DIAG_CSV_WORD, field_place(field),
			  "%s is not one of: %s", named(field), choices(field));
}

static int read_text(const struct field *field)
{
	bool id = field->column->type == COLUMN_ID;

	for (const char *c = field->text; *c && id; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			return diag_error(field->diags, DIAG_CONTROL_CHARACTER, field_place(field),
					  "%s has a control character in it", named(field));
	if (!*field->before || strcmp(*field->before, field->text) != 0)
		*field->before = arena_text(field->arena, field->text, strlen(field->text));
	*(const char **)field->target = *field->before;
	return 0;
}

static const struct {
	int (*read)(const struct field *field);
	bool folds;
} readers[] = {
	[COLUMN_ID] = {read_text, false},       [COLUMN_TEXT] = {read_text, false},
	[COLUMN_COUNT] = {read_count, true},    [COLUMN_DECIMAL] = {read_decimal, true},
	[COLUMN_REAL] = {read_real, true},      [COLUMN_GRADE] = {read_grade, true},
	[COLUMN_GRADES] = {read_grades, true},  [COLUMN_MONTH] = {read_month, true},
	[COLUMN_WORD] = {read_word, true},
};

static void put_fallback(const struct column *column, void *target)
{
	switch (column->type) {
	case COLUMN_ID:
	case COLUMN_TEXT:
	case COLUMN_MONTH:
		*(const char **)target = "";
		break;
	case COLUMN_COUNT:
	case COLUMN_DECIMAL:
		*(int64_t *)target = column->fallback;
		break;
	case COLUMN_WORD:
		*(int *)target = (int)column->fallback;
		break;
	case COLUMN_REAL:
		*(double *)target = NAN;
		break;
	default:
		break; /* rows begin zeroed */
	}
}

/* Whether folding would change nothing: ASCII without capitals, as nearly every number is. */
static bool is_folded(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0x80 || (*text >= 'A' && *text <= 'Z'))
			return false;
	return true;
}

static int read_field(struct field *field)
{
	if (!*field->text) {
		put_fallback(field->column, field->target);
		if (field->column->required)
			return diag_error(field->diags, DIAG_CSV_VALUE_EMPTY, field_place(field),
					  "%s is empty", field->column->name);
		return 0;
	}
	if (readers[field->column->type].folds)
		field->folded = is_folded(field->text) ? field->text
						       : text_fold(field->arena, field->text);
	return readers[field->column->type].read(field);
}

/* What reading a table carries from row to row. */
struct loading {
	struct table *table;
	struct arena *arena;
	struct diags *diags;
	size_t n_fields; /* of the header */
	const char *before[MAX_COLUMNS];
	int result;
};

static int find_column(const struct table_spec *spec, const char *heading)
{
	for (int i = 0; spec->columns[i].name; i++)
		if (strcmp(spec->columns[i].name, heading) == 0)
			return i;
	return -1;
}

/* A file without a header would show a child's row here: then the heading is not quoted. */
static void warn_heading(struct loading *loading, const char *heading, size_t i)
{
	struct place where = csv_place(&loading->table->file, 0, i);

	if (!*heading)
		return;
	if (loading->table->spec->secret)
		diag_warning(loading->diags, DIAG_CSV_COLUMN, where,
			     "column %zu is not known and not read", i + 1);
	else
		diag_warning(loading->diags, DIAG_CSV_COLUMN, where,
			     "column '%s' is not known and not read", heading);
}

static void take_heading(struct loading *loading, char **fields, size_t i)
{
	struct table *table = loading->table;
	const char *heading = heading_column(text_fold(loading->arena, fields[i]));
	int column = find_column(table->spec, heading);

	if (column < 0) {
		warn_heading(loading, fields[i], i);
		return;
	}
	if (table->field_of[column] >= 0)
		loading->result = diag_error(loading->diags, DIAG_CSV_HEADER,
					     csv_place(&table->file, 0, i),
					     "column %s stands twice", heading);
	table->field_of[column] = (int)i;
}

static int take_header(struct loading *loading, char **fields, size_t n_fields)
{
	struct table *table = loading->table;

	loading->n_fields = n_fields;
	for (size_t i = 0; i < n_fields; i++)
		take_heading(loading, fields, i);
	for (int i = 0; table->spec->columns[i].name; i++)
		if (table->spec->columns[i].required && table->field_of[i] < 0)
			loading->result = diag_error(loading->diags, DIAG_CSV_COLUMN,
						     csv_place(&table->file, 0, 0),
						     "column %s is missing",
						     table->spec->columns[i].name);
	return loading->result;
}

static void *new_row(struct table *table, size_t number)
{
	size_t size = table->spec->row_size;
	char *row;

	table->rows = memory_grow(table->rows, &table->room, table->n_rows + 1, size);
	row = table->rows + table->n_rows++ * size;
	memset(row, 0, size);
	memcpy(row, &number, sizeof number);
	return row;
}

static void take_row(struct loading *loading, size_t number, char **fields)
{
	struct table *table = loading->table;
	struct field field = {.table = table, .arena = loading->arena, .diags = loading->diags,
			      .row = number};
	char *row = new_row(table, number);
	bool bad = false;

	for (int i = 0; table->spec->columns[i].name; i++) {
		const struct column *column = &table->spec->columns[i];
		int at = table->field_of[i];

		if (column->type == COLUMN_IGNORED)
			continue;
		field.column = column;
		field.target = row + column->offset;
		field.before = &loading->before[i];
		if (at < 0) {
			put_fallback(column, field.target);
			continue;
		}
		field.text = fields[at];
		bad |= read_field(&field) != 0;
	}
	if (bad) {
		loading->result = -1;
		table->n_rows--;
	}
}

/* Whether all fields are empty: rows that spreadsheets leave at the end. */
static bool all_empty(char **fields, size_t n_fields)
{
	for (size_t i = 0; i < n_fields; i++)
		if (*fields[i])
			return false;
	return true;
}

static int on_table_row(void *context, size_t row, char **fields, size_t n_fields)
{
	struct loading *loading = context;

	if (row == 0)
		return take_header(loading, fields, n_fields);
	if (all_empty(fields, n_fields))
		return 0;
	if (n_fields != loading->n_fields)
		loading->result = diag_error(loading->diags, DIAG_CSV_FIELDS,
					     csv_place(&loading->table->file, row, 0),
					     "row has %zu fields, but the header has %zu columns",
					     n_fields, loading->n_fields);
	else
		take_row(loading, row, fields);
	return 0;
}

static int read_rows(struct table *table, const char *path, struct arena *arena,
		     struct diags *diags)
{
	struct loading loading = {.table = table, .arena = arena, .diags = diags};

	if (csv_open(&table->file, path, diags))
		return -1;
	if (csv_read(&table->file, on_table_row, &loading, diags))
		return -1;
	if (loading.n_fields == 0)
		return diag_error(diags, DIAG_CSV_EMPTY, (struct place){path, 1, 1},
				  "file is empty: a header is needed");
	return loading.result;
}

int table_read(struct table *table, const struct table_spec *spec, const char *path, bool needed,
	       struct arena *arena, struct diags *diags)
{
	*table = (struct table){.spec = spec};
	for (int i = 0; i < MAX_COLUMNS; i++)
		table->field_of[i] = -1;
	if (!needed && access(path, F_OK) != 0)
		return 0;
	table->present = true;
	table->broken = read_rows(table, path, arena, diags) != 0;
	return table->broken ? -1 : 0;
}

struct place table_place(const struct table *table, size_t row, const char *column)
{
	int i = find_column(table->spec, column);
	int at = i < 0 ? -1 : table->field_of[i];

	return csv_place(&table->file, row, at < 0 ? 0 : (size_t)at);
}

void table_close(struct table *table)
{
	csv_close(&table->file);
	free(table->rows);
	*table = (struct table){.spec = table->spec};
}
