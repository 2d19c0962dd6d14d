/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside of a diff: the growing list of changes and the words they are told in. Knows plans and
 * scenarios as nouns; must never judge which side is better.
 */
#ifndef QWR_DIFF_H
#define QWR_DIFF_H

#include "base/base.h"
#include "model/strings.h"

#include <quaywright/diff.h>

struct qwr_diff {
    qwr_context *ctx;
    qwr_change *changes;
    size_t count, capacity;
    qwr_diff_summary summary;
    qwr__strings strings; /* every text of every change */
};

/** As qwr_plan_diff() of two plans that are there; `shift_s` is added to instants of `before`. */
qwr_status qwr__plan_diff(qwr_diff **out, qwr_context *ctx, const qwr_plan *before,
                          const qwr_plan *after, int64_t shift_s);

/** An empty diff; free with qwr_diff_free(). */
qwr_status qwr__diff_new(qwr_diff **out, qwr_context *ctx);
/** Adds a change: its texts are copied, and `sentence` (freed here) becomes its sentence. */
qwr_status qwr__diff_add(qwr_diff *diff, const qwr_change *change, qwr__text *sentence);

/** |v|, held within 64 bits. */
int64_t qwr__magnitude(int64_t v);

/** "2026-03-02 06:00", "6 h" in a scenario without an epoch, the number of units in a published
 * set. */
void qwr__diff_put_time(qwr__text *out, const qwr_scenario *scenario, int64_t at_s);
/** "2 h 30 min", sign dropped. */
void qwr__diff_put_span(qwr__text *out, const qwr_scenario *scenario, int64_t seconds);
/** "B1 from 2026-03-02 06:00 to 2026-03-02 14:00 with 3 cranes". */
void qwr__diff_put_stay(qwr__text *out, const qwr_scenario *scenario, const qwr_stay *stay);
/** "EVER A (V1)", or the id alone. */
void qwr__diff_put_call(qwr__text *out, const qwr_call *call);

#endif
