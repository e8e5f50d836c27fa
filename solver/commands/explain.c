#include "solver/commands/commands.h"
int command_explain(const struct options *options, struct diags *diags)
{
	(void)options;
	return (int)diags->status;
}
