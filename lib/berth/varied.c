/* SPDX-License-Identifier: Apache-2.0 */
/* Plans whose crane counts vary over a stay: kept beside the solution in candidates. */
#include "berth/berth.h"

static const char WHERE[] = "berth.varied";

bool qwr__berth_varies(const qwr__berth *b)
{
    return b->problem->info->profile == QWR_PROFILE_VARYING;
}

qwr_status qwr__varied_new(qwr__varied **out, qwr_context *ctx, uint32_t calls)
{
    *out = NULL;
    qwr__varied *v = qwr__alloc(ctx, 1, sizeof *v);
    if (!v)
        return qwr__no_memory(ctx, WHERE);
    v->ctx = ctx;
    v->stay = qwr__alloc(ctx, (size_t)calls + 1, sizeof *v->stay);
    v->step = qwr__alloc(ctx, ((size_t)calls + 1) * QWR_CRANE_STEPS_MAX, sizeof *v->step);
    if (!v->stay || !v->step) {
        qwr__varied_free(v);
        return qwr__no_memory(ctx, WHERE);
    }
    for (uint32_t i = 0; i < calls; i++)
        v->stay[i] = qwr_stay_init();
    *out = v;
    return QWR_OK;
}

void qwr__varied_free(qwr__varied *v)
{
    if (!v)
        return;
    qwr__free(v->ctx, v->stay);
    qwr__free(v->ctx, v->step);
    qwr__free(v->ctx, v);
}

int32_t qwr__berth_take_varied(qwr__berth *b, qwr__varied *varied, int64_t value, uint32_t unplaced)
{
    if (value >= b->value) {
        qwr__varied_free(varied);
        return 1;
    }
    qwr__varied_free(b->varied);
    b->varied = varied;
    b->value = value;
    b->unplaced = unplaced;
    if (b->news)
        b->news(b->news_payload);
    return 0;
}
