/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of `help TOPIC`. Knows the topics; the commands describe themselves. */
#ifndef QWR_CLI_HELP_TOPICS_H
#define QWR_CLI_HELP_TOPICS_H

#include "cli/textbuf.h"

#include <quaywright/quaywright.h>

typedef struct help_topic {
    const char *name;
    const char *sentence;                                /* for the overview */
    const char *text;                                    /* paragraphs; NULL: none */
    qwr_status (*print)(textbuf *out, qwr_context *ctx); /* what the library knows; NULL: nothing */
    int section;        /* of its manual page: 5, 7; 0: none, or that of the command of this name */
    const char *sample; /* a file of this format, for --sample; NULL: none */
    const char *example; /* lines that run; "# exit code N" follows where it is not 0; NULL: none */
} help_topic;

/** The i-th topic, NULL past the end. */
const help_topic *help_topic_at(size_t i);
const help_topic *help_topic_find(const char *name);

/* Topics of the file formats, in help_formats.c. */
extern const help_topic help_formats[];
extern const size_t help_format_count;

#endif
