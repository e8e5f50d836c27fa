/* solver/main.c - the command line: the only place that knows argv. */
#include <argp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inputs/base/memory.h"
#include "inputs/settings.h"
#include "solver/commands/commands.h"
#include "solver/stop.h"

const char *argp_program_version = "seatwise " SEATWISE_VERSION;

enum { MOST_ARGUMENTS = 2 };

struct command {
	int (*run)(const struct options *options, struct diags *diags);
	const char *name;
	enum argument arguments[MOST_ARGUMENTS];
	unsigned takes;
	const char *help;
};

static const struct command commands[] = {
#define X(function, name, first, second, takes, help) \
	{function, name, {ARGUMENT_##first, ARGUMENT_##second}, takes, help},
	COMMANDS(X)
#undef X
};

/* An option or an argument that is kept as it was given. */
struct field {
	const char *name;
	size_t offset;
};

#define FIELD(name, member) {name, offsetof(struct options, member)}

static const struct field arguments[] = {
	[ARGUMENT_DISTRICT] = FIELD("DISTRICT", district),
	[ARGUMENT_PLAN] = FIELD("PLAN", plan),
	[ARGUMENT_SECOND_PLAN] = FIELD("second PLAN", second_plan),
};

/* What parsing fills. */
struct line {
	const struct command *command;
	struct options options;
	struct override *overrides;
	size_t room;
	unsigned given;             /* TAKES_... of the options that came */
};

enum { KEY_OUT = 'o', KEY_SET = 's', KEY_ZONE = 256, KEY_SCHOOL, KEY_GRADE, KEY_GROUP, KEY_STUDENT,
       KEY_OPTIMAL, KEY_PSEUDONYMS, KEY_SETTINGS };

static const struct argp_option option_table[] = {
	{"out", KEY_OUT, "DIR", 0, "the folder to write; it must not exist yet", 0},
	{"set", KEY_SET, "KEY=VALUE", 0,
	 "a setting that wins over district.json's; may be repeated", 0},
	{"optimal", KEY_OPTIMAL, NULL, 0, "verify: also prove that no plan is better", 0},
	{"zone", KEY_ZONE, "ID", 0, "explain: where the pupils of a zone go, and why", 0},
	{"school", KEY_SCHOOL, "ID", 0, "explain: who fills a school, and who would like to", 0},
	{"grade", KEY_GRADE, "G", 0, "explain: in this grade only", 0},
	{"group", KEY_GROUP, "ID", 0, "explain: pupils of this group only", 0},
	{"student", KEY_STUDENT, "ID", 0, "explain: why a child by name goes where it goes", 0},
	{"pseudonyms", KEY_PSEUDONYMS, "KEYFILE", 0,
	 "replace ids of children by pseudonyms; the same as --set pseudonyms=KEYFILE", 0},
	{"settings", KEY_SETTINGS, NULL, 0, "list every setting and leave", 1},
	{0},
};

/* Options that are kept as they are given, and which commands take them. */
static const struct {
	int key;
	unsigned of;
	struct field field;
} kept[] = {
	{KEY_OUT, TAKES_OUT, FIELD("out", out)},
	{KEY_ZONE, TAKES_QUESTION, FIELD("zone", zone)},
	{KEY_SCHOOL, TAKES_QUESTION, FIELD("school", school)},
	{KEY_GRADE, TAKES_QUESTION, FIELD("grade", grade)},
	{KEY_GROUP, TAKES_QUESTION, FIELD("group", group)},
	{KEY_STUDENT, TAKES_QUESTION, FIELD("student", student)},
};

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static void list_settings(void)
{
	for (size_t i = 0; i < n_settings; i++)
		printf("%-22s %s%s%s\n", setting_table[i].key, setting_table[i].help,
		       *setting_table[i].fallback ? "; default " : "", setting_table[i].fallback);
}

static void add_override(struct line *line, const char *key, const char *value)
{
	line->overrides = memory_grow(line->overrides, &line->room, line->options.n_overrides + 1,
				      sizeof *line->overrides);
	line->overrides[line->options.n_overrides++] = (struct override){key, value};
	line->options.overrides = line->overrides;
}

static void take_override(struct line *line, char *text, struct argp_state *state)
{
	char *equals = strchr(text, '=');

	if (!equals)
		argp_error(state, "--set %s: KEY=VALUE is needed", text);
	*equals = '\0';
	add_override(line, text, equals + 1);
}

static const char **field_of(struct line *line, const struct field *field)
{
	return (const char **)(void *)((char *)&line->options + field->offset);
}

static void take_argument(struct line *line, const char *text, struct argp_state *state)
{
	unsigned at = state->arg_num;

	if (at == 0) {
		line->command = find_command(text);
		if (!line->command)
			argp_error(state, "there is no command '%s'", text);
	} else if (at <= MOST_ARGUMENTS && line->command->arguments[at - 1]) {
		*field_of(line, &arguments[line->command->arguments[at - 1]]) = text;
	} else {
		argp_error(state, "too many arguments at '%s'", text);
	}
}

/* Whether it is an option that is kept as given. */
static bool take_kept(struct line *line, int key, const char *text)
{
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		if (kept[i].key != key)
			continue;
		*field_of(line, &kept[i].field) = text;
		line->given |= kept[i].of;
		return true;
	}
	return false;
}

static void check_options(const struct line *line, struct argp_state *state)
{
	const struct command *command = line->command;
	unsigned stray = line->given & ~command->takes;

	if (stray & TAKES_OUT)
		argp_error(state, "%s: there is no --out", command->name);
	if (stray & TAKES_OPTIMAL)
		argp_error(state, "%s: there is no --optimal", command->name);
	if (stray & TAKES_QUESTION)
		argp_error(state, "%s: --zone, --school and the like are for explain",
			   command->name);
	if ((command->takes & NEEDS_OUT) && !line->options.out)
		argp_error(state, "%s: --out DIR is needed", command->name);
}

static void check_complete(struct line *line, struct argp_state *state)
{
	if (!line->command)
		argp_error(state, "a command is needed");
	for (size_t i = 0; i < MOST_ARGUMENTS; i++) {
		enum argument argument = line->command->arguments[i];

		if (argument && !*field_of(line, &arguments[argument]))
			argp_error(state, "%s: a %s folder is needed", line->command->name,
				   arguments[argument].name);
	}
	check_options(line, state);
}

static error_t take(int key, char *text, struct argp_state *state)
{
	struct line *line = state->input;

	if (take_kept(line, key, text))
		return 0;
	switch (key) {
	case KEY_SET:
		take_override(line, text, state);
		break;
	case KEY_PSEUDONYMS:
		add_override(line, "pseudonyms", text);
		break;
	case KEY_OPTIMAL:
		line->options.optimal = true;
		line->given |= TAKES_OPTIMAL;
		break;
	case KEY_SETTINGS:
		list_settings();
		exit(STATUS_DONE);
	case ARGP_KEY_ARG:
		take_argument(line, text, state);
		break;
	case ARGP_KEY_END:
		check_complete(line, state);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

/* The list of commands, in front of argp's list of options. */
static char *help_text(int key, const char *text, void *input)
{
	char *all = NULL;
	size_t length = 0;
	FILE *out;

	(void)input;
	if (key != ARGP_KEY_HELP_PRE_DOC || !(out = open_memstream(&all, &length)))
		return (char *)text;
	fputs("Decides, class by class, where every child goes to school.\n\nCommands:\n", out);
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		fprintf(out, "  %-8s %s\n", commands[i].name, commands[i].help);
	fclose(out);
	return all;
}

static const struct argp parser = {
	option_table, take, "COMMAND DISTRICT [PLAN]\nCOMMAND PLAN PLAN",
	"\v"
	"Exit status: 0 done; 1 done, but children are unplaced or a limit left a gap; 2 usage; "
	"3 input; 4 solver; 5 output.",
	NULL, help_text, NULL,
};

int main(int argc, char **argv)
{
	struct line line = {0};
	struct diags diags;
	int status;

	argp_err_exit_status = STATUS_USAGE;
	argp_parse(&parser, argc, argv, 0, NULL, &line);
	diag_open(&diags, stderr);
	stop_on_signals();
	status = line.command->run(&line.options, &diags);
	if (fflush(stdout) != 0 || ferror(stdout))
		status = STATUS_OUTPUT;
	free(line.overrides);
	return status;
}
