/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of `help variables` and `help sweep-store`. */
#ifndef QWR_CLI_SWEEP_HELP_H
#define QWR_CLI_SWEEP_HELP_H

#include "cli/textbuf.h"

#include <quaywright/quaywright.h>

qwr_status sweep_help_variables(textbuf *out, qwr_context *ctx);
qwr_status sweep_help_store(textbuf *out, qwr_context *ctx);

#endif
