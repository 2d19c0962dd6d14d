/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The difference of two plans: which stays moved, by how much, what it costs. Must never ask why.
 */
#include "diff/diff.h"
#include "model/profile.h"

#include <string.h>

#define WHERE "diff.plan"

typedef struct pair {
    const qwr_plan *before, *after;
    const qwr_scenario *old, *new;
    int64_t shift_s; /* what is added to an instant of the old scenario to tell it in the new one */
} pair;

static bool has_epoch(int64_t *unix_s, const qwr_scenario *scenario)
{
    const char *epoch = qwr_scenario_get_info(scenario)->epoch;

    return epoch != NULL && qwr__parse_time(unix_s, epoch);
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static const char *quay_id(const qwr_scenario *scenario, const qwr_stay *stay)
{
    const qwr_quay *quay = qwr_scenario_quay(scenario, stay->quay);

    return quay != NULL ? quay->id : NULL;
}

static const char *berth_id(const qwr_scenario *scenario, const qwr_stay *stay)
{
    const qwr_berth *berth = qwr_scenario_berth(scenario, stay->berth);

    return berth != NULL ? berth->id : NULL;
}

/* A plan made by anyone may hold any number; differences are told as far as 64 bits reach. */
static int64_t minus(int64_t a, int64_t b)
{
    int64_t difference;

    if (!__builtin_sub_overflow(a, b, &difference))
        return difference;
    return a < b ? INT64_MIN / 2 : INT64_MAX / 2;
}

static void compare_stays(qwr_change *c, const pair *p, const qwr_stay *a, const qwr_stay *b)
{
    bool same_quay = same_text(quay_id(p->old, a), quay_id(p->new, b));

    c->start_delta_s = minus(minus(b->start_s, a->start_s), p->shift_s);
    c->end_delta_s = minus(minus(b->end_s, a->end_s), p->shift_s);
    bool at_berths = berth_id(p->old, a) != NULL || berth_id(p->new, b) != NULL;
    c->position_delta_mm = same_quay && !at_berths ? minus(b->position_mm, a->position_mm) : 0;
    c->cranes_delta = minus(b->cranes, a->cranes);
    c->cost_delta_mu = minus(b->cost_mu, a->cost_mu);
    if (!same_quay || !same_text(berth_id(p->old, a), berth_id(p->new, b)))
        c->moved |= QWR_MOVED_PLACE;
    if (c->position_delta_mm != 0)
        c->moved |= QWR_MOVED_ALONG;
    if (c->start_delta_s != 0)
        c->moved |= QWR_MOVED_START;
    if (c->end_delta_s != 0)
        c->moved |= QWR_MOVED_END;
    /* Where the stay moves as a whole its profile moves with it. */
    if (c->cranes_delta != 0 || !qwr__same_cranes(a, b, minus(b->start_s, a->start_s)))
        c->moved |= QWR_MOVED_CRANES;
}

/* --- sentences -------------------------------------------------------------------------------- */

static void put_place(qwr__text *out, const qwr_scenario *scenario, const qwr_stay *stay)
{
    const char *berth = berth_id(scenario, stay), *quay = quay_id(scenario, stay);

    qwr__text_add(out, "%s", berth != NULL ? berth : quay != NULL ? quay : "nowhere");
    if (berth == NULL && quay != NULL && stay->position_mm != QWR_UNSET) {
        qwr__text_add(out, " at ");
        qwr__text_fixed(out, stay->position_mm, 3);
        qwr__text_add(out, " m");
    }
}

void qwr__diff_put_stay(qwr__text *out, const qwr_scenario *scenario, const qwr_stay *stay)
{
    put_place(out, scenario, stay);
    qwr__text_add(out, " from ");
    qwr__diff_put_time(out, scenario, stay->start_s);
    qwr__text_add(out, " to ");
    qwr__diff_put_time(out, scenario, stay->end_s);
    char counts[QWR__COUNTS_MAX];
    if (stay->cranes > 0)
        qwr__text_add(out, " with %s crane%s", qwr__crane_counts(counts, stay),
                      stay->cranes == 1 ? "" : "s");
}

static void put_cost(qwr__text *out, const pair *p, int64_t delta_mu)
{
    const qwr_scenario_info *info = qwr_scenario_get_info(p->new);

    if (delta_mu == 0)
        return;
    qwr__text_add(out, "; it costs ");
    qwr__text_fixed(out, qwr__magnitude(delta_mu), 3);
    qwr__text_add(out, "%s%s %s", info->currency != NULL ? " " : "",
                  info->currency != NULL ? info->currency : "", delta_mu > 0 ? "more" : "less");
}

static void put_moved_place(qwr__text *out, const pair *p, const qwr_change *c)
{
    if ((c->moved & (QWR_MOVED_PLACE | QWR_MOVED_ALONG)) == 0)
        return;
    qwr__text_add(out, ": from ");
    put_place(out, p->old, c->stay_before);
    qwr__text_add(out, " to ");
    put_place(out, p->new, c->stay_after);
    if (c->position_delta_mm != 0) {
        qwr__text_add(out, c->position_delta_mm > 0 ? " (+" : " (");
        qwr__text_fixed(out, c->position_delta_mm, 3);
        qwr__text_add(out, " m)");
    }
}

static void put_moved_time(qwr__text *out, const pair *p, const qwr_change *c, const char *before)
{
    if ((c->moved & QWR_MOVED_START) != 0) {
        qwr__text_add(out, "%sstarts ", before);
        qwr__diff_put_time(out, p->new, c->stay_after->start_s);
        qwr__text_add(out, ", ");
        qwr__diff_put_span(out, p->new, c->start_delta_s);
        qwr__text_add(out, c->start_delta_s > 0 ? " later" : " earlier");
    }
    /* A stay that merely shifts ends as much later as it starts. */
    if ((c->moved & QWR_MOVED_END) != 0 && c->end_delta_s != c->start_delta_s) {
        qwr__text_add(out, "%sleaves ", (c->moved & QWR_MOVED_START) != 0 ? ", " : before);
        qwr__diff_put_time(out, p->new, c->stay_after->end_s);
        qwr__text_add(out, ", ");
        qwr__diff_put_span(out, p->new, c->end_delta_s);
        qwr__text_add(out, c->end_delta_s > 0 ? " later" : " earlier");
    }
}

static void put_moved(qwr__text *out, const pair *p, const qwr_change *c)
{
    bool place = (c->moved & (QWR_MOVED_PLACE | QWR_MOVED_ALONG)) != 0;
    bool time = (c->moved & QWR_MOVED_START) != 0 ||
                ((c->moved & QWR_MOVED_END) != 0 && c->end_delta_s != c->start_delta_s);

    char before[QWR__COUNTS_MAX], after[QWR__COUNTS_MAX];
    qwr__text_add(out, place ? " moves" : "");
    put_moved_place(out, p, c);
    put_moved_time(out, p, c, place ? ", " : ": ");
    if ((c->moved & QWR_MOVED_CRANES) != 0)
        qwr__text_add(out, "%s%s crane%s instead of %s", place || time ? ", " : ": ",
                      qwr__crane_counts(after, c->stay_after),
                      c->stay_after->cranes == 1 ? "" : "s",
                      qwr__crane_counts(before, c->stay_before));
    put_cost(out, p, c->cost_delta_mu);
}

static void put_sentence(qwr__text *out, const pair *p, const qwr_change *c, const qwr_call *call)
{
    const char *reason = c->stay_after != NULL ? c->stay_after->reason : NULL;

    qwr__diff_put_call(out, call);
    switch (c->kind) {
    case QWR_CHANGE_MOVED:
        put_moved(out, p, c);
        return;
    case QWR_CHANGE_PLACED:
        qwr__text_add(out, " has a place now: ");
        qwr__diff_put_stay(out, p->new, c->stay_after);
        return;
    case QWR_CHANGE_LOST:
        qwr__text_add(out, " has no place any more%s%s", reason != NULL ? ": " : "",
                      reason != NULL ? reason : "");
        return;
    case QWR_CHANGE_ADDED:
        qwr__text_add(out, " is new: ");
        if (c->stay_after->placed)
            qwr__diff_put_stay(out, p->new, c->stay_after);
        else
            qwr__text_add(out, "it has no place%s%s", reason != NULL ? ": " : "",
                          reason != NULL ? reason : "");
        return;
    default:
        qwr__text_add(out, " does not call any more");
    }
}

/* --- pairs of stays --------------------------------------------------------------------------- */

static qwr_status add(qwr_diff *diff, const pair *p, qwr_change *c, const qwr_call *call)
{
    qwr__text sentence;

    c->entity = "stay";
    c->id = call->id;
    c->vessel = call->vessel;
    qwr__text_init(&sentence, diff->ctx);
    put_sentence(&sentence, p, c, call);
    return qwr__diff_add(diff, c, &sentence);
}

static qwr_status add_common(qwr_diff *diff, const pair *p, qwr_call_ix a, qwr_call_ix b)
{
    qwr_change c = {.stay_before = qwr_plan_stay(p->before, a),
                    .stay_after = qwr_plan_stay(p->after, b)};
    bool had = c.stay_before->placed != 0, has = c.stay_after->placed != 0;

    if (!had && !has)
        return QWR_OK;
    if (had && has) {
        diff->summary.common++;
        compare_stays(&c, p, c.stay_before, c.stay_after);
        if (c.moved == 0)
            return QWR_OK;
    } else {
        c.kind = has ? QWR_CHANGE_PLACED : QWR_CHANGE_LOST;
        c.cost_delta_mu = has ? c.stay_after->cost_mu : minus(0, c.stay_before->cost_mu);
    }
    return add(diff, p, &c, qwr_scenario_call(p->new, b));
}

static qwr_status add_one_sided(qwr_diff *diff, const pair *p, qwr_call_ix ix, bool added)
{
    const qwr_stay *stay = qwr_plan_stay(added ? p->after : p->before, ix);
    qwr_change c = {.kind = added ? QWR_CHANGE_ADDED : QWR_CHANGE_REMOVED,
                    .stay_before = added ? NULL : stay,
                    .stay_after = added ? stay : NULL,
                    .cost_delta_mu = added ? stay->cost_mu : minus(0, stay->cost_mu)};

    return add(diff, p, &c, qwr_scenario_call(added ? p->new : p->old, ix));
}

static qwr_status compare(qwr_diff *diff, const pair *p)
{
    for (uint32_t i = 0; i < qwr_scenario_call_count(p->old); i++) {
        qwr_call_ix a = {i};
        qwr_call_ix b = qwr_scenario_find_call(p->new, qwr_scenario_call(p->old, a)->id);
        QWR_TRY(b.v != QWR_NONE ? add_common(diff, p, a, b) : add_one_sided(diff, p, a, false));
    }
    for (uint32_t i = 0; i < qwr_scenario_call_count(p->new); i++)
        if (qwr_scenario_find_call(p->old, qwr_scenario_call(p->new, (qwr_call_ix){i})->id).v ==
            QWR_NONE)
            QWR_TRY(add_one_sided(diff, p, (qwr_call_ix){i}, true));
    qwr_diff_summary *s = &diff->summary;
    s->cost_delta_mu =
        minus(qwr_plan_get_quality(p->after)->cost_mu, qwr_plan_get_quality(p->before)->cost_mu);
    s->stability_milli = s->common > 0 ? (s->common - s->moved) * 1000 / s->common : 1000;
    return QWR_OK;
}

qwr_status qwr__plan_diff(qwr_diff **out, qwr_context *ctx, const qwr_plan *before,
                          const qwr_plan *after, int64_t shift_s)
{
    qwr_diff *diff = NULL;
    pair p = {.before = before,
              .after = after,
              .old = qwr_plan_scenario(before),
              .new = qwr_plan_scenario(after),
              .shift_s = shift_s};

    QWR_TRY(qwr__diff_new(&diff, ctx));
    qwr_status status = compare(diff, &p);
    if (status != QWR_OK) {
        qwr_diff_free(diff);
        return status;
    }
    *out = diff;
    return QWR_OK;
}

qwr_status qwr_plan_diff(qwr_diff **out, qwr_context *ctx, const qwr_plan *before,
                         const qwr_plan *after)
{
    int64_t old_s, new_s;

    if (out == NULL)
        return QWR_EINVAL;
    *out = NULL;
    if (ctx == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (before == NULL || after == NULL)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "a difference needs two plans");
    bool known =
        has_epoch(&old_s, qwr_plan_scenario(before)) && has_epoch(&new_s, qwr_plan_scenario(after));
    return qwr__plan_diff(out, ctx, before, after, known ? old_s - new_s : 0);
}
