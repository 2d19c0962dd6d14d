/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program outside the tree: sees what `make install` put there and nothing else. Plans the
 * scenario given as first argument with the modules in the folder given as second, checks the plan
 * with the checker, and says what it found.
 */
#include <quaywright/quaywright.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(const qwr_context *ctx, const char *what)
{
    fprintf(stderr, "consumer: %s\n", what);
    for (size_t i = 0; i < qwr_context_cause_count(ctx); i++)
        fprintf(stderr, "    %s\n", qwr_context_cause(ctx, i)->message);
    return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    qwr_solve_options options = qwr_solve_options_init();
    qwr_context *ctx = NULL;
    qwr_scenario *scenario = NULL;
    qwr_plan *plan = NULL;
    qwr_violations *violations = NULL;
    int result;

    if (argc != 3 || strcmp(qwr_version(), QWR_VERSION) != 0 ||
        qwr_context_new(&ctx, NULL) != QWR_OK)
        return EXIT_FAILURE;
    options.deadline_ms = 1000;
    if (qwr_context_set_option(ctx, "plugin_path", argv[2]) != QWR_OK)
        result = fail(ctx, "cannot set the plugin path");
    else if (qwr_plugin_count(ctx) == 0)
        result = fail(ctx, "no module found");
    else if (qwr_scenario_load(&scenario, ctx, argv[1], QWR_FORMAT_AUTO) != QWR_OK)
        result = fail(ctx, "cannot load the scenario");
    else if (qwr_solve(&plan, ctx, scenario, &options, NULL) != QWR_OK)
        result = fail(ctx, "cannot plan");
    else if (qwr_plan_check(&violations, ctx, scenario, plan) != QWR_OK)
        result = fail(ctx, "cannot check");
    else if (qwr_violations_count(violations) != 0)
        result = fail(ctx, qwr_violations_get(violations, 0)->sentence);
    else {
        printf("quaywright %s: %zu modules, cost %lld\n", qwr_version(), qwr_plugin_count(ctx),
               (long long)qwr_violations_cost_mu(violations));
        result = EXIT_SUCCESS;
    }
    qwr_violations_free(violations);
    qwr_plan_free(plan);
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
    return result;
}
