/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every module of this build, templates included, passes the conformance suite of its kind. The
 * modules are those of the plugin path and of plugins/template.
 */
#include "support.h"

#include <quaywright/registry.h>

#include <stdio.h>
#include <string.h>

#define MODULES_MAX 64

static char path_of[MODULES_MAX][1024];
static int module_count;

static void add(const char *path)
{
    if (module_count < MODULES_MAX)
        (void)snprintf(path_of[module_count++], sizeof path_of[0], "%s", path);
}

/** Fills the table before tests fork: loads each module of the path once in a context of its own.
 */
static void collect(void)
{
    static const char *const templates[] = {"forecast", "optimiser", "solver"};
    qwr_context *ctx = NULL;
    if (qwr_context_new(&ctx, NULL) != QWR_OK)
        return;
    for (size_t i = 0; i < qwr_plugin_count(ctx); i++) {
        qwr_plugin_info info = {.size = sizeof info};
        if (qwr_plugin_get(&info, ctx, i) == QWR_OK && strcmp(info.path, "built-in") != 0)
            add(info.path);
    }
    qwr_context_free(ctx);
    for (size_t i = 0; i < sizeof templates / sizeof templates[0]; i++) {
        char relative[120];
        (void)snprintf(relative, sizeof relative, "plugins/template/.libs/%s_template.so",
                       templates[i]);
        add(qwr_test_build(relative));
    }
}

typedef struct report {
    int lines;
    char first[600];
} report;

static void each_line(int passed, const char *line, void *payload)
{
    report *r = payload;
    r->lines++;
    if (!passed && r->first[0] == '\0')
        (void)snprintf(r->first, sizeof r->first, "%s", line);
}

START_TEST(module_of_this_build_conforms)
{
    int failed = -1;
    report r = {0, ""};
    qwr_context *ctx = qwr_test_context();
    qwr_test_ok(ctx, qwr_plugin_conformance(&failed, ctx, path_of[_i], each_line, &r));
    ck_assert_msg(failed == 0, "%s: %s", path_of[_i], r.first);
    ck_assert_int_gt(r.lines, 4);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(every_module_was_looked_at)
{
    ck_assert_int_ge(module_count, 6); /* null, enum, swap and three templates at least */
    ck_assert_int_lt(module_count, MODULES_MAX);
}
END_TEST

/* The leak checker asks for this: CoinUtils, below CBC, forgets a block of its presolve. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libCoinUtils\n";
}

int main(void)
{
    collect();
    Suite *suite = suite_create("modules");
    TCase *tests = tcase_create("modules");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, every_module_was_looked_at);
    tcase_add_loop_test(tests, module_of_this_build_conforms, 0, module_count);
    suite_add_tcase(suite, tests);
    return qwr_test_main(suite);
}
