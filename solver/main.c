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

struct command {
	int (*run)(const struct options *options, struct diags *diags);
	const char *name;
	enum arguments arguments;
	bool out;
	const char *help;
};

static const struct command commands[] = {
#define X(function, name, arguments, out, help) {function, name, arguments, out, help},
	COMMANDS(X)
#undef X
};

enum { MOST_ARGUMENTS = 2 };

/* A folder on the line: what it is called, and which of the options it is. */
struct argument {
	const char *name;
	size_t offset;
};

#define DISTRICT {"DISTRICT", offsetof(struct options, district)}
#define PLAN {"PLAN", offsetof(struct options, plan)}
#define SECOND_PLAN {"second PLAN", offsetof(struct options, second_plan)}

static const struct argument argument_lists[][MOST_ARGUMENTS] = {
	[ARGUMENTS_DISTRICT] = {DISTRICT},
	[ARGUMENTS_DISTRICT_PLAN] = {DISTRICT, PLAN},
	[ARGUMENTS_PLAN_PLAN] = {PLAN, SECOND_PLAN},
};

/* What parsing fills. */
struct line {
	const struct command *command;
	struct options options;
	struct override *overrides;
	size_t room;
};

enum { KEY_SET = 's', KEY_OUT = 'o', KEY_OPTIMAL = 256, KEY_SETTINGS };

static const struct argp_option option_table[] = {
	{"out", KEY_OUT, "DIR", 0, "the folder to write; it must not exist yet", 0},
	{"set", KEY_SET, "KEY=VALUE", 0,
	 "a setting that wins over district.json's; may be repeated", 0},
	{"optimal", KEY_OPTIMAL, NULL, 0, "verify: also prove that no plan is better", 0},
	{"settings", KEY_SETTINGS, NULL, 0, "list every setting and leave", 1},
	{0},
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

static void take_override(struct line *line, char *text, struct argp_state *state)
{
	char *equals = strchr(text, '=');

	if (!equals)
		argp_error(state, "--set %s: KEY=VALUE is needed", text);
	*equals = '\0';
	line->overrides = memory_grow(line->overrides, &line->room, line->options.n_overrides + 1,
				      sizeof *line->overrides);
	line->overrides[line->options.n_overrides++] = (struct override){text, equals + 1};
	line->options.overrides = line->overrides;
}

/* The i-th argument of a command, or NULL. */
static const struct argument *argument_at(const struct command *command, size_t i)
{
	const struct argument *list = argument_lists[command->arguments];

	return i < MOST_ARGUMENTS && list[i].name ? &list[i] : NULL;
}

static const char **argument_slot(struct options *options, const struct argument *argument)
{
	return (const char **)(void *)((char *)options + argument->offset);
}

static void take_argument(struct line *line, const char *text, struct argp_state *state)
{
	const struct argument *argument;

	if (state->arg_num == 0) {
		line->command = find_command(text);
		if (!line->command)
			argp_error(state, "there is no command '%s'", text);
		return;
	}
	argument = argument_at(line->command, state->arg_num - 1);
	if (!argument)
		argp_error(state, "too many arguments at '%s'", text);
	*argument_slot(&line->options, argument) = text;
}

static void check_complete(struct line *line, struct argp_state *state)
{
	const struct command *command = line->command;
	const struct argument *argument;

	if (!command)
		argp_error(state, "a command is needed");
	for (size_t i = 0; (argument = argument_at(command, i)); i++)
		if (!*argument_slot(&line->options, argument))
			argp_error(state, "%s: a %s folder is needed", command->name,
				   argument->name);
	if (command->out && !line->options.out)
		argp_error(state, "%s: --out DIR is needed", command->name);
}

static error_t take(int key, char *text, struct argp_state *state)
{
	struct line *line = state->input;

	switch (key) {
	case KEY_SET:
		take_override(line, text, state);
		break;
	case KEY_OUT:
		line->options.out = text;
		break;
	case KEY_OPTIMAL:
		line->options.optimal = true;
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
