/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of `help TOPIC`. Knows the topics; the commands describe themselves. */
#ifndef QWR_CLI_HELP_TOPICS_H
#define QWR_CLI_HELP_TOPICS_H

#include "cli/textbuf.h"

#include <quaywright/quaywright.h>

typedef struct help_topic {
    const char *name;
    const char *sentence;
    const char *text; /* NULL: `print` makes it */
    qwr_status (*print)(textbuf *out, qwr_context *ctx);
} help_topic;

/** The i-th topic, NULL past the end. */
const help_topic *help_topic_at(size_t i);

#endif
