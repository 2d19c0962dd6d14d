/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bar on standard error while the library works, if that is a terminal, and the incumbents of
 * the run as CSV. Knows the progress callback alone.
 */
#ifndef QWR_CLI_PROGRESS_H
#define QWR_CLI_PROGRESS_H

#include "cli/textbuf.h"

#include <quaywright/quaywright.h>

typedef struct progress {
    int bar;                   /* 1: draw */
    int drawn;                 /* 1: a bar stands in the last line */
    const char *name;          /* of what is planned, after the bar */
    int64_t last_us;           /* when it was drawn */
    textbuf *log;              /* NULL: none; gets time_s,work,value,bound */
    int64_t cost_mu, bound_mu; /* as last logged */
} progress;

/** @param quiet 1: no bar. `name` and `log` are borrowed. */
progress progress_begin(const char *name, int quiet, textbuf *log);
/** The callback; `payload` is the progress. */
void progress_update(const qwr_progress *state, void *payload);
/** Takes the bar away. */
void progress_end(progress *p);

#endif
