/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The last failure as data, and the exit codes: with --json it becomes the document on standard
 * output, unless a result is there already. Prints no sentence.
 */
#include "cli/failure.h"

#include <stdlib.h>
#include <string.h>

enum { CAUSES_MAX = 8 };

typedef struct cause_kept {
    char *message, *file;
    int64_t line;
} cause_kept;

/* The last failure, kept until another one or the end. */
static struct {
    int present;
    cli_exit code;
    char *status, *message, *file, *hint, *example;
    int64_t line;
    cause_kept cause[CAUSES_MAX];
    size_t causes;
} last;

static char *keep(const char *text)
{
    return text ? text_copy(text) : NULL;
}

static void forget(void)
{
    free(last.status);
    free(last.message);
    free(last.file);
    free(last.hint);
    free(last.example);
    for (size_t i = 0; i < last.causes; i++) {
        free(last.cause[i].message);
        free(last.cause[i].file);
    }
    memset(&last, 0, sizeof last);
}

static const cli_exit_info exits[] = {
    {CLI_OK, "ok", "it worked; for 'plan': every call has a place; for 'check': the plan is legal"},
    {CLI_USAGE, "usage", "the command line is wrong; nothing was read or written"},
    {CLI_BAD_INPUT, "bad-input",
     "an input file cannot be read or contradicts itself; the message names file and line, "
     "nothing was written"},
    {CLI_BROKEN, "broken",
     "'check', 'report', 'verify': the plan breaks a rule; 'verify': a proof does not hold, or the "
     "plan leaves calls out; 'plan': some calls have no place, the rest is "
     "planned and written; 'bench': an instance has no checked plan, a solution breaks a rule or "
     "claims "
     "another value; 'sweep': some runs failed, or a merge misses tasks"},
    {CLI_OUTPUT, "output", "output cannot be written"},
    {CLI_INTERNAL, "internal",
     "out of memory, or a plugin or a solver backend broke its contract, or this build lacks what "
     "was "
     "asked for"},
    {CLI_CANCELLED, "cancelled",
     "Ctrl-C: the best plan so far was written; of 'bench' and 'sweep' what was done is kept"},
};

const cli_exit_info *cli_exit_at(size_t i)
{
    return i < sizeof exits / sizeof *exits ? &exits[i] : NULL;
}

const char *cli_exit_name(cli_exit code)
{
    for (size_t i = 0; cli_exit_at(i); i++)
        if (exits[i].code == code)
            return exits[i].name;
    return "internal";
}

/* Keeps a sentence that has come with its own file, hint and example; each may be NULL. */
void failure_keep(cli_exit code, const char *status, const char *message, const char *file,
                  const char *hint, const char *example)
{
    forget();
    last.present = 1;
    last.code = code;
    last.status = keep(status);
    last.message = keep(message);
    last.file = keep(file);
    last.hint = keep(hint);
    last.example = keep(example);
}

static void put_causes(json_out *json)
{
    json_list(json, "causes");
    for (size_t i = 0; i < last.causes; i++) {
        json_object(json, NULL);
        json_string(json, "message", last.cause[i].message);
        json_string(json, "file", last.cause[i].file);
        if (last.cause[i].line > 0)
            json_int(json, "line", last.cause[i].line);
        else
            json_null(json, "line");
        json_object_end(json);
    }
    json_list_end(json);
}

void cli_failure_json(json_out *json, const char *key)
{
    if (!last.present) {
        json_null(json, key);
        return;
    }
    json_object(json, key);
    json_int(json, "code", last.code);
    json_string(json, "status", last.status);
    json_string(json, "message", last.message);
    json_string(json, "file", last.file);
    if (last.line > 0)
        json_int(json, "line", last.line);
    else
        json_null(json, "line");
    put_causes(json);
    json_string(json, "hint", last.hint);
    json_string(json, "example", last.example);
    json_object_end(json);
}

void cli_failure_done(cli_exit code, int as_json)
{
    if (as_json && code != CLI_OK && !cli_has_printed()) {
        json_out json = {0};
        if (!last.present)
            failure_keep(code, cli_exit_name(code), cli_exit_name(code), NULL, NULL, NULL);
        json_object(&json, NULL);
        cli_failure_json(&json, "error");
        json_object_end(&json);
        (void)cli_print(&json.text);
    }
    forget();
}

void failure_keep_causes(const qwr_context *ctx, int64_t line)
{
    size_t count = qwr_context_cause_count(ctx);
    last.line = line;
    for (size_t i = count > 0 ? count - 1 : 0; i-- > 0 && last.causes < CAUSES_MAX;) {
        const qwr_cause *cause = qwr_context_cause(ctx, i);
        if (cause)
            last.cause[last.causes++] = (cause_kept){
                .message = keep(cause->message), .file = keep(cause->file), .line = cause->line};
    }
}
