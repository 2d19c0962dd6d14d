/* SPDX-License-Identifier: Apache-2.0 */
/* The last failure, kept until another one or the end, for JSON. Prints no sentence. */
#ifndef QWR_CLI_FAILURE_H
#define QWR_CLI_FAILURE_H

#include "cli/cli.h"

/** Keeps a failure in place of the one before. Texts are copied; all but `message` may be NULL. */
void failure_keep(cli_exit code, const char *status, const char *message, const char *file,
                  const char *hint, const char *example);
/** Adds its line (0: none) and the causes of the context but the outermost, which is the message.
 */
void failure_keep_causes(const qwr_context *ctx, int64_t line);

/** The word for an exit code, as `help exit-codes` and the JSON have it. */
const char *cli_exit_name(cli_exit code);

#endif
