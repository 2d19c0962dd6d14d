/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every command of the tool shares: its declaration, exit codes, the context, error messages,
 * output, and options that mean the same everywhere.
 */
#ifndef QWR_CLI_CLI_H
#define QWR_CLI_CLI_H

#include "cli/args.h"
#include "cli/json_out.h"
#include "cli/table.h"
#include "cli/textbuf.h"

#include <quaywright/quaywright.h>

/* Documented in `help exit-codes` and in the manual page. */
typedef enum cli_exit {
    CLI_OK = 0,
    CLI_USAGE = 1,     /* the command line is wrong */
    CLI_BAD_INPUT = 2, /* an input file cannot be read or contradicts itself */
    CLI_BROKEN = 3,    /* a plan breaks a rule, or leaves calls out; a proof fails */
    CLI_OUTPUT = 4,    /* output could not be written */
    CLI_INTERNAL = 5,  /* out of memory, a plugin or a backend broke its contract */
    CLI_CANCELLED = 130
} cli_exit;

/** One of the codes, as help and the manual page say it. */
typedef struct cli_exit_info {
    cli_exit code;
    const char *name; /* the status of a failure in JSON */
    const char *sentence;
} cli_exit_info;

/** The i-th code from the lowest on; NULL past the end. */
const cli_exit_info *cli_exit_at(size_t i);

/* What the tool was doing when a call failed; the same status means different things. */
typedef enum cli_phase { CLI_READING, CLI_WORKING, CLI_WRITING } cli_phase;

typedef struct cli_command {
    const char *name;
    const char *synopsis; /* what follows the name; may have several lines */
    const char *sentence; /* for the overview */
    size_t operands_min, operands_max;
    const arg_decl *options;
    size_t option_count;
    const char *example; /* lines that run; "# exit code N" follows where it is not 0 */
    const char *details; /* paragraphs after the options, or NULL */
    cli_exit (*run)(qwr_context *ctx, const args *a);
    /* Schemas of what --json prints, "plan", or "list=plugin-list check=plugin-check" where the
       first operand decides; NULL: no --json. Files of these names are in data/schema. */
    const char *schemas;
    /* Extensions of the files among its operands, "xml,json"; NULL: as the synopsis names them. */
    const char *files;
} cli_command;

extern const cli_command cmd_plan, cmd_check, cmd_verify, cmd_diff, cmd_explain, cmd_validate,
    cmd_convert, cmd_generate, cmd_report, cmd_bench, cmd_sweep, cmd_plugin, cmd_solver,
    cmd_version, cmd_help;

/** The i-th command in the order of the overview; NULL past the end. */
const cli_command *cli_command_at(size_t i);
const cli_command *cli_command_find(const char *name);
/** Prints what is wrong with the name of a command or topic, and the nearest one. */
cli_exit cli_unknown_command(const char *name);

/* Options of every command: last in each table of declarations, so many. */
enum { CLI_COMMON_COUNT = 3 };
#define CLI_COMMON_OPTIONS                                                                         \
    {.name = "option",                                                                             \
     .type = ARG_PAIR,                                                                             \
     .value = "NAME=VALUE",                                                                        \
     .sentence = "Set a declared option of the library or of a plugin, see 'quaywright help "      \
                 "options'; may be repeated"},                                                     \
        {.name = "verbose",                                                                        \
         .type = ARG_FLAG,                                                                         \
         .sentence = "Print the log of the library to standard error"},                            \
    {                                                                                              \
        .name = "help", .type = ARG_FLAG, .sentence = "Print this text"                            \
    }

/* Options of commands that compute. */
#define CLI_RUN_OPTIONS                                                                            \
    {.name = "threads",                                                                            \
     .type = ARG_INT,                                                                              \
     .value = "N",                                                                                 \
     .max = 1024,                                                                                  \
     .fallback = "0",                                                                              \
     .sentence = "Threads to use; 0: every processor the process may run on"},                     \
    {                                                                                              \
        .name = "simd", .type = ARG_WORD, .value = "LEVEL", .words = "auto|generic|avx2|avx512",   \
        .fallback = "auto", .sentence = "Vector instructions to use"                               \
    }

/** Applies --option, --verbose and, if the command declares them, --threads and --simd. */
cli_exit cli_apply_options(qwr_context *ctx, const args *a);

/*
 * Messages, in message.c. Each goes to standard error as sentences. The last one is also kept, and
 * with --json, if nothing else was printed, it becomes the document on standard output.
 */

/** Prints a wrong command line: the sentence, the example of the command, where to read on. */
cli_exit cli_usage(const char *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** As cli_usage(), for a first operand that must be one of `actions`. */
cli_exit cli_unknown_action(const cli_command *command, const char *action,
                            const char *const *actions, size_t count);

/** Prints the cause chain of the last failure and a hint; returns the exit code that fits. */
cli_exit cli_fail(qwr_context *ctx, qwr_status status, cli_phase phase, const char *file);

/** Prints a failure of the tool itself, such as a full memory. */
cli_exit cli_fail_own(cli_exit code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** An input that is not there or cannot be read (errno), with the nearest name in its folder. */
cli_exit cli_fail_missing(const char *path);

/** Puts the last failure into `json` as an object; null if there was none. */
void cli_failure_json(json_out *json, const char *key);
/** Ends the messages. If `as_json`, the code is not 0 and nothing was printed yet, the last failure
    becomes the document on standard output, {"error": ...}. */
void cli_failure_done(cli_exit code, int as_json);

/** Writes a text to standard output and frees it. */
cli_exit cli_print(textbuf *text);
/** Whether anything was written there so far. */
int cli_has_printed(void);

/** As cli_print(), and returns `code` if that worked. */
cli_exit cli_print_then(textbuf *text, cli_exit code);

/** Loads a scenario of any known format, with its history file if there is one (NULL: none). The
    path "-" is standard input, here and below. */
cli_exit cli_load_scenario(qwr_scenario **out, qwr_context *ctx, const char *path,
                           const char *history);
/** As above, and says which format it was. */
cli_exit cli_load_scenario_format(qwr_scenario **out, qwr_format *format, qwr_context *ctx,
                                  const char *path);
/** Loads a plan of this scenario. */
cli_exit cli_load_plan(qwr_plan **out, qwr_context *ctx, const qwr_scenario *scenario,
                       const char *path);

/** Reads a certificate of this scenario. */
cli_exit cli_load_certificate(qwr_certificate **out, qwr_context *ctx, const qwr_scenario *scenario,
                              const char *path);

/** Says on standard error how many rules a plan from a file breaks, if any, and what follows. */
cli_exit cli_warn_of_broken_rules(qwr_context *ctx, const qwr_plan *plan, const char *path,
                                  const char *consequence);

/** Ctrl-C asks `ctx` to come back with the best it has; a second one ends the process. */
void cli_cancel_on_interrupt(qwr_context *ctx);
int cli_interrupted(void);

#endif
