/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes certificates as XML, a step an element, in the order of the replay. Streams: a certificate
 * of a long search is large. Knows nothing of proofs.
 */
#include "io/certificate_table.h"
#include "io/io.h"
#include "io/plan_table.h"

#define WHERE "io.certificate_write"

typedef struct writer {
    qwr_context *ctx;
    const qwr_certificate *certificate;
    const qwr_scenario *scenario;
    qwr__out out;
} writer;

static void put_head(writer *w)
{
    const qwr_certificate_info *info = qwr_certificate_get_info(w->certificate);
    const qwr__certificate_head head = {.scenario = qwr_scenario_get_info(w->scenario)->id,
                                        .version = qwr_version(),
                                        .scenario_hash = info->scenario_hash,
                                        .calls = info->call_count,
                                        .price_unit = info->price_unit,
                                        .target_mu = info->target_mu,
                                        .ordered = info->ordered};
    qwr__text_add(&w->out.text,
                  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<certificate format=\"%s\"",
                  QWR__CERTIFICATE_FORMAT);
    qwr__plan_put_xml(&w->out.text, w->scenario, qwr__certificate_head_rows,
                      qwr__certificate_head_count, &head);
    qwr__text_add(&w->out.text, ">\n");
}

static void put_prices(writer *w, const int64_t *price)
{
    uint32_t calls = qwr_certificate_get_info(w->certificate)->call_count;
    qwr__text_add(&w->out.text, "  <prices values=\"");
    for (uint32_t i = 0; i < calls; i++)
        qwr__text_add(&w->out.text, "%s%lld", i > 0 ? " " : "", (long long)price[i]);
    qwr__text_add(&w->out.text, "\"/>\n");
}

static qwr_status put_split(writer *w, const qwr_certificate_step *step, size_t number)
{
    qwr__certificate_split split = {step->call, step->berth, step->berth_last, step->from_s,
                                    step->to_s};
    if (step->berth.v != QWR_NONE && step->berth_last.v >= qwr_scenario_berth_count(w->scenario))
        return qwr__fail(w->ctx, QWR_EINVAL, WHERE, w->out.path, 0,
                         "step %zu splits by berth number %u; the scenario has %zu", number,
                         (unsigned)step->berth_last.v, qwr_scenario_berth_count(w->scenario));
    if (step->berth_last.v == step->berth.v)
        split.berth_last.v = QWR_NONE;
    qwr__text_add(&w->out.text, "  <split");
    qwr__plan_put_xml(&w->out.text, w->scenario, qwr__certificate_split_rows,
                      qwr__certificate_split_count, &split);
    qwr__text_add(&w->out.text, "/>\n");
    return QWR_OK;
}

static qwr_status write_all(writer *w)
{
    put_head(w);
    for (size_t k = 0; k < qwr_certificate_count(w->certificate); k++) {
        qwr_certificate_step step = qwr_certificate_step_init();
        QWR_TRY(qwr_certificate_get(&step, w->certificate, k));
        if (step.price)
            put_prices(w, step.price);
        else if (step.call.v != QWR_NONE)
            QWR_TRY(put_split(w, &step, k + 1));
        else
            qwr__text_add(&w->out.text, "  <end/>\n");
        QWR_TRY(qwr__out_flush(&w->out));
    }
    qwr__text_add(&w->out.text, "</certificate>\n");
    return QWR_OK;
}

qwr_status qwr_certificate_write(qwr_context *ctx, const qwr_certificate *certificate,
                                 const qwr_scenario *scenario, const char *path)
{
    if (!ctx)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (!certificate || !scenario || !path)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, path, 0, "no certificate, scenario or path");
    const qwr_certificate_info *info = qwr_certificate_get_info(certificate);
    if (info->scenario_hash != qwr_scenario_hash(scenario) ||
        info->call_count != qwr_scenario_call_count(scenario))
        return qwr__fail(ctx, QWR_EINVAL, WHERE, path, 0,
                         "the certificate is about another scenario");
    writer w = {.ctx = ctx, .certificate = certificate, .scenario = scenario};
    qwr_status status = qwr__out_open(&w.out, ctx, path);
    if (status == QWR_OK)
        status = write_all(&w);
    return qwr__out_finish(&w.out, status);
}
