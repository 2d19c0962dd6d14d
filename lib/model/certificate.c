/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The certificate: a list of steps, each a vector of prices, a split or the end of a node. The
 * vectors lie one after the other in one block. Must never judge a step; that is the checker's
 * business, and a certificate that proves nothing is a legal noun.
 */
#include "model/certificate.h"
#include "model/scenario_private.h"

#include <string.h>

#define WHERE "model.certificate"

enum { UNIT_MAX = 1000000, CALLS_MAX = 200000 };

typedef enum kind { PRICES, SPLIT, END } kind;

/** One step; of prices only `from_s`, which is the number of the vector. */
typedef struct step {
    kind kind;
    uint32_t call, berth, berth_last;
    int64_t from_s, to_s;
} step;

struct qwr_certificate {
    qwr_context *ctx;
    qwr_certificate_info info;
    step *steps;
    size_t count, capacity;
    int64_t *prices; /**< [vectors * info.call_count] */
    size_t vectors, price_capacity;
};

qwr_certificate_info qwr_certificate_info_init(void)
{
    return (qwr_certificate_info){
        .size = sizeof(qwr_certificate_info), .price_unit = 1, .target_mu = QWR_UNSET};
}

qwr_certificate_step qwr_certificate_step_init(void)
{
    return (qwr_certificate_step){.size = sizeof(qwr_certificate_step),
                                  .call = {QWR_NONE},
                                  .berth = {QWR_NONE},
                                  .berth_last = {QWR_NONE},
                                  .from_s = QWR_UNSET,
                                  .to_s = QWR_UNSET};
}

qwr_verdict qwr_verdict_init(void)
{
    return (qwr_verdict){.size = sizeof(qwr_verdict), .bound_mu = QWR_UNSET};
}

static qwr_status check_info(qwr_context *ctx, const qwr_certificate_info *info)
{
    if (info->call_count < 1 || info->call_count > CALLS_MAX)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "a certificate is about 1 to %d calls, not %u", CALLS_MAX,
                         (unsigned)info->call_count);
    if (info->price_unit < 1 || info->price_unit > UNIT_MAX)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "price_unit is %lld; expected 1 to %d",
                         (long long)info->price_unit, UNIT_MAX);
    if (info->ordered > 1)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "ordered is %u; expected 0 or 1",
                         (unsigned)info->ordered);
    return QWR_OK;
}

qwr_status qwr_certificate_new(qwr_certificate **out, qwr_context *ctx,
                               const qwr_certificate_info *info)
{
    qwr_certificate_info ours = qwr_certificate_info_init();

    if (out == NULL)
        return QWR_EINVAL;
    *out = NULL;
    if (ctx == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    QWR_TRY(qwr__read_struct(ctx, WHERE, &ours, sizeof ours, info));
    QWR_TRY(check_info(ctx, &ours));
    qwr_certificate *c = qwr__alloc(ctx, 1, sizeof *c);
    if (c == NULL)
        return qwr__no_memory(ctx, WHERE);
    c->ctx = ctx;
    c->info = ours;
    *out = c;
    return QWR_OK;
}

void qwr_certificate_free(qwr_certificate *certificate)
{
    if (certificate == NULL)
        return;
    qwr__free(certificate->ctx, certificate->steps);
    qwr__free(certificate->ctx, certificate->prices);
    qwr__free(certificate->ctx, certificate);
}

static kind kind_of(const qwr_certificate_step *s)
{
    return s->price != NULL ? PRICES : s->call.v != QWR_NONE ? SPLIT : END;
}

static qwr_status check_end(const qwr_certificate *c, const qwr_certificate_step *s)
{
    if (s->berth.v != QWR_NONE || s->berth_last.v != QWR_NONE || s->from_s != QWR_UNSET ||
        s->to_s != QWR_UNSET)
        return qwr__fail(c->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "step %zu has no prices and splits by no call, but names a berth or a "
                         "start",
                         c->count + 1);
    return QWR_OK;
}

static qwr_status check_split(const qwr_certificate *c, const qwr_certificate_step *s)
{
    if (s->call.v >= c->info.call_count)
        return qwr__fail(c->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "step %zu splits by call number %u; the certificate is about %u calls",
                         c->count + 1, (unsigned)s->call.v, (unsigned)c->info.call_count);
    if (s->berth_last.v != QWR_NONE && (s->berth.v == QWR_NONE || s->berth.v > s->berth_last.v))
        return qwr__fail(c->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "step %zu splits by berths up to number %u, which do not begin there or "
                         "before",
                         c->count + 1, (unsigned)s->berth_last.v);
    if (s->from_s == QWR_UNSET || s->to_s == QWR_UNSET)
        return qwr__fail(c->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "step %zu is a split and needs both ends of its interval of starts",
                         c->count + 1);
    if (s->from_s > s->to_s)
        return qwr__fail(c->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "step %zu splits by starts from %lld to %lld, which is before",
                         c->count + 1, (long long)s->from_s, (long long)s->to_s);
    return QWR_OK;
}

/* Copies a vector behind the others; the step that points at it is not there yet. */
static qwr_status copy_prices(qwr_certificate *c, const int64_t *price)
{
    size_t used, needed, calls = c->info.call_count;

    if (__builtin_mul_overflow(c->vectors, calls, &used) ||
        __builtin_add_overflow(used, calls, &needed))
        return qwr__no_memory(c->ctx, WHERE);
    void *block = c->prices;
    QWR_TRY(qwr__reserve(c->ctx, &block, &c->price_capacity, needed, sizeof *c->prices));
    c->prices = block;
    memcpy(c->prices + used, price, calls * sizeof *price);
    return QWR_OK;
}

qwr_status qwr_certificate_add(qwr_certificate *certificate, const qwr_certificate_step *theirs)
{
    qwr_certificate_step ours = qwr_certificate_step_init();
    qwr_certificate *c = certificate;

    if (c == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(c->ctx);
    QWR_TRY(qwr__read_struct(c->ctx, WHERE, &ours, sizeof ours, theirs));
    step added = {.kind = kind_of(&ours)};
    if (added.kind == END)
        QWR_TRY(check_end(c, &ours));
    if (added.kind == SPLIT)
        QWR_TRY(check_split(c, &ours));
    void *block = c->steps;
    QWR_TRY(qwr__reserve(c->ctx, &block, &c->capacity, c->count + 1, sizeof *c->steps));
    c->steps = block;
    if (added.kind == PRICES) {
        QWR_TRY(copy_prices(c, ours.price));
        added.from_s = (int64_t)c->vectors++;
    } else {
        added.call = ours.call.v;
        added.berth = ours.berth.v;
        added.berth_last = ours.berth_last.v != QWR_NONE ? ours.berth_last.v : ours.berth.v;
        added.from_s = ours.from_s;
        added.to_s = ours.to_s;
    }
    c->steps[c->count++] = added;
    return QWR_OK;
}

const qwr_certificate_info *qwr_certificate_get_info(const qwr_certificate *certificate)
{
    return &certificate->info;
}

size_t qwr_certificate_count(const qwr_certificate *certificate)
{
    return certificate->count;
}

qwr_status qwr_certificate_get(qwr_certificate_step *out, const qwr_certificate *certificate,
                               size_t k)
{
    qwr_certificate_step ours = qwr_certificate_step_init();

    if (out == NULL || certificate == NULL || out->size < sizeof out->size ||
        k >= certificate->count)
        return QWR_EINVAL;
    const step *s = &certificate->steps[k];
    if (s->kind == PRICES) {
        ours.price = certificate->prices + (size_t)s->from_s * certificate->info.call_count;
    } else {
        ours.call.v = s->call;
        ours.berth.v = s->berth;
        ours.berth_last.v = s->berth_last;
        ours.from_s = s->from_s;
        ours.to_s = s->to_s;
    }
    ours.size = out->size < sizeof ours ? out->size : (uint32_t)sizeof ours;
    memcpy(out, &ours, ours.size);
    return QWR_OK;
}

qwr_status qwr__certificate_copy(qwr_certificate **out, qwr_context *ctx,
                                 const qwr_certificate *certificate)
{
    qwr_certificate *c = NULL;
    size_t prices = certificate->vectors * certificate->info.call_count;

    QWR_TRY(qwr_certificate_new(&c, ctx, &certificate->info));
    c->steps = qwr__alloc(ctx, certificate->count + 1, sizeof *c->steps);
    c->prices = qwr__alloc(ctx, prices + 1, sizeof *c->prices);
    if (c->steps == NULL || c->prices == NULL) {
        qwr_certificate_free(c);
        return qwr__no_memory(ctx, WHERE);
    }
    c->capacity = certificate->count + 1;
    c->price_capacity = prices + 1;
    if (certificate->count > 0)
        memcpy(c->steps, certificate->steps, certificate->count * sizeof *c->steps);
    if (prices > 0)
        memcpy(c->prices, certificate->prices, prices * sizeof *c->prices);
    c->count = certificate->count;
    c->vectors = certificate->vectors;
    *out = c;
    return QWR_OK;
}
