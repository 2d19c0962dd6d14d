/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scenarios and plans from files, or from standard input where the path is "-". Pipes are read once
 * and kept, so that every command takes them. Solves nothing.
 */
#include "cli/cli.h"

#include "cli/files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* What comes through a pipe may be as large as the largest file the library reads. */
enum { STREAM_LIMIT_MIB = 1024 };

static const char *name_of(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

/* Standard input, a pipe or a device: all of it. */
static cli_exit read_stream(textbuf *out, const char *path)
{
    static int input_is_read;
    char block[16384];
    int is_input = strcmp(path, "-") == 0;
    if (is_input && input_is_read)
        return cli_fail_own(CLI_USAGE, "standard input holds one file: only one name may be -");
    input_is_read = input_is_read || is_input;
    FILE *file = is_input ? stdin : fopen(path, "rb");
    cli_exit code = CLI_OK;
    if (!file)
        return cli_fail_missing(path);
    for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0 && code == CLI_OK;) {
        textbuf_bytes(out, block, got);
        if (out->failed)
            code = cli_fail_own(CLI_INTERNAL, "out of memory");
        else if (out->length >> 20 >= STREAM_LIMIT_MIB)
            code = cli_fail_own(CLI_BAD_INPUT,
                                "%s holds more than %d MiB\n  hint: write it to a "
                                "file first",
                                name_of(path), STREAM_LIMIT_MIB);
    }
    if (code == CLI_OK && ferror(file))
        code = cli_fail_own(CLI_BAD_INPUT, "%s cannot be read: %s", name_of(path), strerror(errno));
    if (!is_input)
        fclose(file);
    return code;
}

static qwr_status load_builder(qwr_scenario_builder **out, qwr_context *ctx, const char *path,
                               const textbuf *stream)
{
    if (!path_is_stream(path))
        return qwr_scenario_builder_load(out, ctx, path, QWR_FORMAT_AUTO);
    return qwr_scenario_parse(out, ctx, stream->data ? stream->data : "", stream->length,
                              name_of(path), QWR_FORMAT_AUTO);
}

static cli_exit load(qwr_scenario **out, qwr_context *ctx, const char *path, const char *history,
                     const textbuf *stream)
{
    qwr_scenario_builder *builder = NULL;
    const char *file = name_of(path);
    qwr_status status = QWR_OK;
    if (!history && !path_is_stream(path)) {
        status = qwr_scenario_load(out, ctx, path, QWR_FORMAT_AUTO);
    } else {
        status = load_builder(&builder, ctx, path, stream);
        if (status == QWR_OK && history) {
            file = history;
            status = qwr_history_load(ctx, builder, history);
        }
        if (status == QWR_OK)
            status = qwr_scenario_freeze(out, builder);
    }
    cli_exit code = status ? cli_fail(ctx, status, CLI_READING, file) : CLI_OK;
    qwr_scenario_builder_free(builder);
    return code;
}

cli_exit cli_load_scenario(qwr_scenario **out, qwr_context *ctx, const char *path,
                           const char *history)
{
    textbuf stream = {0};
    cli_exit code = path_is_stream(path) ? read_stream(&stream, path) : CLI_OK;
    if (code == CLI_OK)
        code = load(out, ctx, path, history, &stream);
    textbuf_free(&stream);
    return code;
}

cli_exit cli_load_scenario_format(qwr_scenario **out, qwr_format *format, qwr_context *ctx,
                                  const char *path)
{
    textbuf stream = {0};
    cli_exit code = CLI_OK;
    *format = QWR_FORMAT_AUTO;
    if (path_is_stream(path)) {
        code = read_stream(&stream, path);
        if (code == CLI_OK)
            *format = qwr_format_of_text(stream.data ? stream.data : "", stream.length);
    } else {
        qwr_status status = qwr_format_detect(format, ctx, path);
        code = status ? cli_fail(ctx, status, CLI_READING, path) : CLI_OK;
    }
    if (code == CLI_OK)
        code = load(out, ctx, path, NULL, &stream);
    textbuf_free(&stream);
    return code;
}

cli_exit cli_load_plan(qwr_plan **out, qwr_context *ctx, const qwr_scenario *scenario,
                       const char *path)
{
    textbuf stream = {0};
    qwr_status status = QWR_OK;
    if (path_is_stream(path)) {
        cli_exit code = read_stream(&stream, path);
        if (code == CLI_OK)
            status = qwr_plan_parse(out, ctx, scenario, stream.data ? stream.data : "",
                                    stream.length, name_of(path), QWR_PLAN_AUTO);
        textbuf_free(&stream);
        if (code != CLI_OK)
            return code;
    } else {
        status = qwr_plan_load(out, ctx, scenario, path, QWR_PLAN_AUTO);
    }
    if (status)
        return cli_fail(ctx, status, CLI_READING, name_of(path));
    uint64_t made_for = qwr_plan_get_quality(*out)->scenario_hash; /* 0: the file does not say */
    if (made_for != 0 && made_for != qwr_scenario_hash(scenario))
        fprintf(stderr,
                "quaywright: warning: %s was made for another scenario than \"%s\", or before that "
                "was changed\n",
                name_of(path), qwr_scenario_get_info(scenario)->id);
    return CLI_OK;
}

cli_exit cli_load_certificate(qwr_certificate **out, qwr_context *ctx, const qwr_scenario *scenario,
                              const char *path)
{
    textbuf stream = {0};
    qwr_status status = QWR_OK;
    cli_exit code = CLI_OK;
    if (path_is_stream(path)) {
        code = read_stream(&stream, path);
        if (code == CLI_OK)
            status = qwr_certificate_parse(out, ctx, scenario, stream.data ? stream.data : "",
                                           stream.length, name_of(path));
        textbuf_free(&stream);
    } else {
        status = qwr_certificate_read(out, ctx, scenario, path);
    }
    return status ? cli_fail(ctx, status, CLI_READING, name_of(path)) : code;
}

cli_exit cli_warn_of_broken_rules(qwr_context *ctx, const qwr_plan *plan, const char *path,
                                  const char *consequence)
{
    qwr_violations *found = NULL;
    size_t broken = 0;
    qwr_status status = qwr_plan_check(&found, ctx, qwr_plan_scenario(plan), plan);
    if (status)
        return cli_fail(ctx, status, CLI_WORKING, NULL);
    for (size_t i = 0; i < qwr_violations_count(found); i++) {
        const char *rule = qwr_violations_get(found, i)->rule;
        broken += strcmp(rule, "placed") != 0 && strcmp(rule, "cost") != 0;
    }
    qwr_violations_free(found);
    if (broken > 0)
        fprintf(stderr, "quaywright: warning: %s breaks %zu rule%s%s\n", name_of(path), broken,
                broken == 1 ? "" : "s", consequence);
    return CLI_OK;
}
