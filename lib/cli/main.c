/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The command line tool: finds the command, parses its options, runs it. Knows no command but by
 * its declaration.
 */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static const cli_command *const commands[] = {
    &cmd_plan,     &cmd_check,   &cmd_verify,   &cmd_diff,    &cmd_explain,
    &cmd_validate, &cmd_convert, &cmd_generate, &cmd_report,  &cmd_bench,
    &cmd_sweep,    &cmd_plugin,  &cmd_solver,   &cmd_version, &cmd_help,
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

const cli_command *cli_command_at(size_t i)
{
    return i < COMMAND_COUNT ? commands[i] : NULL;
}

const cli_command *cli_command_find(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static cli_exit check_operands(const cli_command *command, const args *a)
{
    if (a->operand_count < command->operands_min)
        return cli_usage(command->name, "an argument is missing: quaywright %s %.*s", command->name,
                         (int)strcspn(command->synopsis, "\n"), command->synopsis);
    if (a->operand_count > command->operands_max)
        return cli_usage(command->name, "\"%s\" is one argument too many: quaywright %s %.*s",
                         a->operand[command->operands_max], command->name,
                         (int)strcspn(command->synopsis, "\n"), command->synopsis);
    return CLI_OK;
}

static cli_exit run(const cli_command *command, const args *a)
{
    qwr_context *ctx = NULL;
    qwr_status status = qwr_context_new(&ctx, NULL);
    if (status)
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    cli_exit code = cli_apply_options(ctx, a);
    if (code == CLI_OK)
        code = command->run(ctx, a);
    qwr_context_free(ctx);
    return code;
}

static cli_exit dispatch(const cli_command *command, int argc, char **argv)
{
    args a;
    textbuf problem = {0};
    cli_exit code;
    if (!args_parse(&a, command->name, command->options, command->option_count, argc, argv,
                    &problem)) {
        code = cli_usage(command->name, "%s", problem.data ? problem.data : "out of memory");
    } else if (args_given(&a, "help")) {
        char *name[] = {(char *)(uintptr_t)command->name};
        code = dispatch(&cmd_help, 1, name);
    } else {
        code = check_operands(command, &a);
        if (code == CLI_OK)
            code = run(command, &a);
    }
    args_free(&a);
    textbuf_free(&problem);
    return code;
}

/* Also where the command line is wrong, and so not parsed. */
static int wants_json(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--json") == 0)
            return 1;
    return 0;
}

static cli_exit choose(int argc, char **argv)
{
    const cli_command *command = &cmd_help;
    if (argc < 2) {
        dispatch(&cmd_help, 0, NULL);
        return CLI_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0)
        command = &cmd_version;
    else if (strcmp(argv[1], "--help") != 0 && strcmp(argv[1], "-h") != 0)
        command = cli_command_find(argv[1]);
    if (!command)
        return cli_unknown_command(argv[1]);
    return dispatch(command, argc - 2, argv + 2);
}

int main(int argc, char **argv)
{
    cli_exit code = choose(argc, argv);
    cli_failure_done(code, wants_json(argc, argv));
    return (int)code;
}
