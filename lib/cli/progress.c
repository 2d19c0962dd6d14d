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
    progress p = {.name = name, .log = log, .cost_mu = QWR_UNSET, .bound_mu = QWR_UNSET};
    p.bar = !quiet && isatty(STDERR_FILENO);
    p.last_us = -REDRAW_US;
    if (log)
        textbuf_add(log, "time_s,work,value,bound\n");
    return p;
}

static void log_incumbent(progress *p, const qwr_progress *state)
{
    char value[32] = "", bound[32] = "";
    int64_t cost_mu = state->unplaced == 0 ? state->cost_mu : QWR_UNSET;
    if (cost_mu == p->cost_mu && state->bound_mu == p->bound_mu)
        return;
    p->cost_mu = cost_mu;
    p->bound_mu = state->bound_mu;
    if (cost_mu != QWR_UNSET)
        qwr_value_text(value, sizeof value, cost_mu);
    if (state->bound_mu != QWR_UNSET)
        qwr_value_text(bound, sizeof bound, state->bound_mu);
    textbuf_printf(p->log, "%.6f,%lld,%s,%s\n", (double)state->elapsed_us / 1e6,
                   (long long)state->work, value, bound);
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
    if (p->log)
        log_incumbent(p, state);
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
