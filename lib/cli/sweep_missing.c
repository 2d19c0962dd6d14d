/* SPDX-License-Identifier: Apache-2.0 */
/* quaywright sweep in a build without SQLite: says what is missing, and nothing else. */
#include "cli/sweep.h"

static cli_exit missing(void)
{
    return cli_fail_own(CLI_INTERNAL,
                        "this build has no 'sweep', because SQLite was not there: install "
                        "libsqlite3-dev, configure and build again");
}

cli_exit sweep_do_run(qwr_context *ctx, const args *a)
{
    (void)ctx;
    (void)a;
    return missing();
}

cli_exit sweep_do_merge(qwr_context *ctx, const args *a)
{
    return sweep_do_run(ctx, a);
}

cli_exit sweep_do_report(qwr_context *ctx, const args *a)
{
    return sweep_do_run(ctx, a);
}

cli_exit sweep_do_list(qwr_context *ctx, const args *a)
{
    return sweep_do_run(ctx, a);
}

cli_exit sweep_do_show(qwr_context *ctx, const args *a)
{
    return sweep_do_run(ctx, a);
}

cli_exit sweep_do_scenario(qwr_context *ctx, const args *a)
{
    return sweep_do_run(ctx, a);
}
