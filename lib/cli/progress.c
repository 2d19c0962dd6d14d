/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bar on standard error, never into a pipe or file, redrawn ten times a second at most; and the
 * incumbents of the run as CSV. Knows the progress callback alone.
 */
#include "cli/progress.h"

#include "cli/machine.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BAR_WIDTH = 24, REDRAW_US = 100000 };

progress progress_begin(const char *name, int quiet, textbuf *log)
{
    progress p = {
        .name = name, .log = log, .cost_mu = QWR_UNSET, .bound_mu = QWR_UNSET, .value_us = -1};
    p.bar = !quiet && isatty(STDERR_FILENO);
    p.last_us = -REDRAW_US;
    if (log)
        textbuf_add(log, "time_s,work,stage,value,bound\n");
    return p;
}

/* Whether there is news: a lower value, or a higher bound. Neither ever turns back in the log. */
static int is_better(progress *p, int64_t elapsed_us, int64_t cost_mu, int64_t bound_mu)
{
    int better = 0;
    if (cost_mu != QWR_UNSET && (p->cost_mu == QWR_UNSET || cost_mu < p->cost_mu)) {
        p->cost_mu = cost_mu;
        p->value_us = elapsed_us;
        better = 1;
    }
    if (bound_mu != QWR_UNSET && (p->bound_mu == QWR_UNSET || bound_mu > p->bound_mu)) {
        p->bound_mu = bound_mu;
        better = 1;
    }
    return better;
}

static void log_row(progress *p, int64_t elapsed_us, int64_t work, const char *stage)
{
    char value[32] = "", bound[32] = "";
    if (!p->log)
        return;
    if (p->cost_mu != QWR_UNSET)
        qwr_value_text(value, sizeof value, p->cost_mu);
    if (p->bound_mu != QWR_UNSET)
        qwr_value_text(bound, sizeof bound, p->bound_mu);
    textbuf_printf(p->log, "%.6f,%lld,%s,%s,%s\n", (double)elapsed_us / 1e6, (long long)work, stage,
                   value, bound);
}

/* The bound of a plan that leaves calls out is a bound for such plans only. */
static void note(progress *p, const qwr_progress *state)
{
    if (state->unplaced == 0 && is_better(p, state->elapsed_us, state->cost_mu, state->bound_mu))
        log_row(p, state->elapsed_us, state->work, state->stage ? state->stage : "");
}

void progress_finish(progress *p, int64_t elapsed_us, int64_t work, int64_t cost_mu,
                     int64_t bound_mu)
{
    is_better(p, elapsed_us, cost_mu, bound_mu);
    log_row(p, elapsed_us, work, "end");
}

/* Cuts a line to a width, not inside a UTF-8 character. */
static void cut(char *line, size_t columns)
{
    size_t at = 0, seen = 0;
    for (; line[at]; at++) {
        seen += ((unsigned char)line[at] & 0xC0u) != 0x80u ? 1 : 0;
        if (seen > columns)
            break;
    }
    line[at] = '\0';
}

static void draw(progress *p, const qwr_progress *state)
{
    char bar[BAR_WIDTH + 1], cost[32] = "-", bound[32] = "-", line[256];
    double share = state->fraction < 0 ? 0 : state->fraction > 1 ? 1 : state->fraction;
    memset(bar, '-', BAR_WIDTH);
    memset(bar, '#', (size_t)(share * BAR_WIDTH));
    bar[BAR_WIDTH] = '\0';
    if (state->cost_mu != QWR_UNSET)
        qwr_value_text(cost, sizeof cost, state->cost_mu);
    if (state->bound_mu != QWR_UNSET)
        qwr_value_text(bound, sizeof bound, state->bound_mu);
    int length = snprintf(line, sizeof line, "[%s] %3d %% %-9s cost %s bound %s", bar,
                          (int)(share * 100), state->stage ? state->stage : "", cost, bound);
    if (state->unplaced > 0 && length > 0 && (size_t)length < sizeof line)
        length += snprintf(line + length, sizeof line - (size_t)length, " without place %lld",
                           (long long)state->unplaced);
    if (p->name && length > 0 && (size_t)length < sizeof line)
        snprintf(line + length, sizeof line - (size_t)length, "  %s", p->name);
    /* A line that wraps could not be taken away again. */
    int columns = machine_columns(STDERR_FILENO);
    cut(line, columns > 20 ? (size_t)columns - 1 : 79);
    fprintf(stderr, "\r\033[K%s", line);
    fflush(stderr);
    p->drawn = 1;
}

void progress_update(const qwr_progress *state, void *payload)
{
    progress *p = payload;
    note(p, state);
    if (!p->bar || state->elapsed_us - p->last_us < REDRAW_US)
        return;
    p->last_us = state->elapsed_us;
    draw(p, state);
}

void progress_end(progress *p)
{
    if (p->drawn)
        fprintf(stderr, "\r\033[K");
    p->drawn = 0;
}
