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
    textbuf *log;              /* NULL: none; gets time_s,work,stage,value,bound */
    int64_t cost_mu, bound_mu; /* best complete plan and bound so far */
    int64_t value_us;          /* when that plan was found; -1: none so far */
} progress;

/** @param quiet 1: no bar. `name` and `log` are borrowed. */
progress progress_begin(const char *name, int quiet, textbuf *log);
/** The callback; `payload` is the progress. */
void progress_update(const qwr_progress *state, void *payload);
/**
 * The last word of a run: a row of stage "end", which says how long it took, and whatever the
 * callback has not told. Costs are QWR_UNSET if there is no complete plan, or no bound.
 */
void progress_finish(progress *p, int64_t elapsed_us, int64_t work, int64_t cost_mu,
                     int64_t bound_mu);
/** Takes the bar away. */
void progress_end(progress *p);

#endif
