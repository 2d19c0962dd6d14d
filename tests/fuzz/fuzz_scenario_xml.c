/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as scenario XML: refused, or read, frozen, written and read again with the same hash.
 * The file goes to the folder TMPDIR, or /tmp.
 */
#include <quaywright/io.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One file for each process, as libFuzzer may run several; gone at the end. */
static char path[4096];

static void remove_file(void)
{
    unlink(path);
}

static const char *file_path(void)
{
    if (path[0] == '\0') {
        const char *folder = getenv("TMPDIR");
        snprintf(path, sizeof path, "%s/qwr-fuzz-%ld.xml", folder ? folder : "/tmp",
                 (long)getpid());
        atexit(remove_file);
    }
    return path;
}

static void write_and_compare(qwr_context *ctx, const qwr_scenario *scenario)
{
    qwr_scenario *back = NULL;

    /* A text that XML cannot hold is the one reason not to write what was read. */
    if (qwr_scenario_save(ctx, scenario, file_path()) != QWR_OK)
        return;
    if (qwr_scenario_load(&back, ctx, file_path(), QWR_FORMAT_XML) != QWR_OK ||
        qwr_scenario_hash(back) != qwr_scenario_hash(scenario))
        __builtin_trap();
    qwr_scenario_free(back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    qwr_context *ctx = NULL;
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *scenario = NULL;

    if (qwr_context_new(&ctx, NULL) != QWR_OK)
        return 0;
    if (qwr_scenario_parse(&builder, ctx, (const char *)data, size, "fuzz.xml", QWR_FORMAT_XML) ==
            QWR_OK &&
        qwr_scenario_freeze(&scenario, builder) == QWR_OK)
        write_and_compare(ctx, scenario);
    qwr_scenario_free(scenario);
    qwr_scenario_builder_free(builder);
    qwr_context_free(ctx);
    return 0;
}
