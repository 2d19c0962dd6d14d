/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright bench --kernel: candidates a second of the cost kernel, for each vector level and
 * number of threads. Reads no instance.
 */
#include "cli/bench.h"

#include "cli/machine.h"

#include <stdio.h>

typedef struct measure {
    const char *level;
    int threads;
    double rate; /* candidates/s; negative: the processor lacks the level */
} measure;

static cli_exit print(const measure *all, size_t count, int as_json)
{
    static const char *const heading[] = {"simd", "threads", "candidates/s"};
    textbuf out = {0};
    json_out json = {0};
    char name[160];
    table t;
    machine_name(name, sizeof name);
    table_begin(&t, "lrr", heading);
    json_object(&json, NULL);
    json_string(&json, "machine", name);
    json_string(&json, "version", qwr_version());
    json_list(&json, "kernel");
    for (size_t i = 0; i < count; i++) {
        table_cell(&t, all[i].level);
        table_int(&t, all[i].threads);
        if (all[i].rate < 0)
            table_cell(&t, "not supported");
        else
            table_double(&t, all[i].rate, 0);
        json_object(&json, NULL);
        json_string(&json, "simd", all[i].level);
        json_int(&json, "threads", all[i].threads);
        if (all[i].rate < 0)
            json_null(&json, "candidates_per_s");
        else
            json_double(&json, "candidates_per_s", all[i].rate, 0);
        json_object_end(&json);
    }
    json_list_end(&json);
    json_object_end(&json);
    table_print(&out, &t, 0);
    textbuf_printf(&out, "\n%s, version %s\n", name, qwr_version());
    table_free(&t);
    cli_exit code = cli_print(as_json ? &json.text : &out);
    textbuf_free(&json.text);
    textbuf_free(&out);
    return code;
}

cli_exit bench_kernel(qwr_context *ctx, const args *a)
{
    enum { STEPS = 8 };
    static const char *const levels[] = {"generic", "avx2", "avx512"};
    measure all[3 * STEPS];
    size_t count = 0;
    int most = machine_threads_of(ctx);
    if (a->operand_count > 0)
        return cli_usage("bench", "--kernel takes no instances");
    for (size_t k = 0; k < sizeof levels / sizeof *levels; k++) {
        /* 1, 2, 4 ... and the most asked for */
        for (int threads = 1, steps = 0; steps < STEPS; steps++) {
            measure *m = &all[count++];
            *m = (measure){.level = levels[k], .threads = threads, .rate = -1};
            qwr_status status = qwr_bench_kernel(&m->rate, ctx, levels[k], threads);
            if (status == QWR_EUNSUPPORTED)
                m->rate = -1;
            else if (status)
                return cli_fail(ctx, status, CLI_WORKING, NULL);
            if (threads >= most || status == QWR_EUNSUPPORTED)
                break;
            threads = 2 * threads > most ? most : 2 * threads;
        }
    }
    return print(all, count, args_given(a, "json"));
}
