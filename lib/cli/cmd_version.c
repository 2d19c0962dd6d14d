/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright version: what this build is, what it has loaded, and under which licence the process
 * as a whole is. Solves nothing.
 */
#include "cli/cli.h"

#include "cli/machine.h"

#include <string.h>

static int is_gpl(const qwr_plugin_info *info)
{
    return info->licence && strstr(info->licence, "GPL-") && !strstr(info->licence, "LGPL-");
}

/* Ids of the loaded modules that are GPL, separated by ", ". */
static size_t gpl_modules(textbuf *out, qwr_context *ctx)
{
    qwr_plugin_info info = {.size = sizeof info};
    size_t count = 0;
    for (size_t i = 0; qwr_plugin_get(&info, ctx, i) == QWR_OK; i++) {
        if (!is_gpl(&info))
            continue;
        textbuf_printf(out, "%s%s", count > 0 ? ", " : "", info.id);
        count++;
    }
    return count;
}

/* The level asked for, as far as the processor has it. */
static const char *simd_of(const qwr_context *ctx)
{
    const char *wanted = qwr_context_option(ctx, "simd"), *best = machine_simd();
    int lower = wanted && (strcmp(wanted, "generic") == 0 ||
                           (strcmp(wanted, "avx2") == 0 && strcmp(best, "avx512") == 0));
    return lower ? wanted : best;
}

static void print_modules(textbuf *out, qwr_context *ctx)
{
    static const char *const heading[] = {"module", "version", "licence", "about"};
    qwr_plugin_info info = {.size = sizeof info};
    table t;
    table_begin(&t, "llll", heading);
    for (size_t i = 0; qwr_plugin_get(&info, ctx, i) == QWR_OK; i++) {
        table_cell(&t, info.id);
        table_cell(&t, info.version);
        table_cell(&t, info.licence);
        table_cell(&t, info.summary);
    }
    table_print(out, &t, 2);
    table_free(&t);
}

static cli_exit print_text(qwr_context *ctx)
{
    textbuf out = {0}, modules = {0};
    char name[160];
    machine_name(name, sizeof name);
    textbuf_printf(&out, "quaywright %s (library %s)\n", QWR_VERSION, qwr_version());
    textbuf_printf(&out, "Vector instructions: %s; threads: %d; processor: %s\n\n", simd_of(ctx),
                   machine_threads_of(ctx), name);
    print_modules(&out, ctx);
    textbuf_add(&out, "\nLicence: the core is Apache-2.0. With the glpk module (or any module that "
                      "uses GSL) loaded, or in a\nstatic build that contains one, the process as "
                      "a whole is GPL-3.0-or-later.\n");
    if (gpl_modules(&modules, ctx) > 0)
        textbuf_printf(&out, "Loaded now: %s; this process as a whole is GPL-3.0-or-later.\n",
                       modules.data ? modules.data : "");
    else
        textbuf_add(&out, "None is loaded now; this process is under the licences listed above.\n");
    if (modules.failed)
        out.failed = 1;
    textbuf_free(&modules);
    return cli_print(&out);
}

static cli_exit print_json(qwr_context *ctx)
{
    json_out json = {0};
    textbuf modules = {0};
    char name[160];
    qwr_plugin_info info = {.size = sizeof info};
    machine_name(name, sizeof name);
    json_object(&json, NULL);
    json_string(&json, "version", QWR_VERSION);
    json_string(&json, "library_version", qwr_version());
    json_string(&json, "simd", simd_of(ctx));
    json_int(&json, "threads", machine_threads_of(ctx));
    json_string(&json, "processor", name);
    json_string(&json, "core_licence", "Apache-2.0");
    json_string(&json, "process_licence",
                gpl_modules(&modules, ctx) > 0 ? "GPL-3.0-or-later" : "Apache-2.0");
    textbuf_free(&modules);
    json_list(&json, "modules");
    for (size_t i = 0; qwr_plugin_get(&info, ctx, i) == QWR_OK; i++) {
        json_object(&json, NULL);
        json_string(&json, "id", info.id);
        json_string(&json, "version", info.version);
        json_string(&json, "licence", info.licence);
        json_string(&json, "summary", info.summary);
        json_object_end(&json);
    }
    json_list_end(&json);
    json_object_end(&json);
    return cli_print(&json.text);
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    qwr_status status = qwr_plugin_load_all(ctx);
    if (status)
        return cli_fail(ctx, status, CLI_WORKING, NULL);
    return args_given(a, "json") ? print_json(ctx) : print_text(ctx);
}

static const arg_decl options[] = {
    {.name = "json", .type = ARG_FLAG, .sentence = "Print JSON"},
    CLI_RUN_OPTIONS,
    CLI_COMMON_OPTIONS,
};

const cli_command cmd_version = {
    .name = "version",
    .synopsis = "[--json]",
    .sentence = "say what this build is, what is loaded, under which licence",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright version",
    .schemas = "version",
    .run = run,
};
