/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Charts and documents: time to the right, quay metres upwards, one panel a quay, below them what
 * else there is to see over time. A chart stands in the page, a document alone in a file.
 * Must never depend on anything but the plan and its scenario.
 */
#include "report/delta.h"

#include <string.h>

/** Pixels for the whole time: up to ten days on one screen, else six an hour. */
static int64_t time_width(const qwr__sheet *s)
{
    enum { SCREEN = 1180, MOST = 12000, SHORT_HOURS = 240 };
    int64_t unit_s = s->published ? s->info->published_unit_s : 3600;
    int64_t hours = qwr__ratio(s->to_s - s->from_s, 1, unit_s);
    int64_t px = hours <= SHORT_HOURS ? SCREEN : hours > MOST / 6 ? MOST : hours * 6;
    return px * QWR__PX;
}

void qwr__draw_patterns(qwr__text *out)
{
    static const struct {
        const char *id, *kind, *size;
    } hatches[] = {{"hc", "hz", "7"}, {"ho", "hl", "5"}, {"hm", "hz", "5"}};
    qwr__text_add(out, "<defs>");
    for (size_t i = 0; i < sizeof hatches / sizeof hatches[0]; i++)
        qwr__text_add(
            out,
            "<pattern id=\"%s\" width=\"%s\" height=\"%s\" patternUnits=\"userSpaceOnUse\" "
            "patternTransform=\"rotate(45)\"><line class=\"%s\" x1=\"0\" y1=\"0\" "
            "x2=\"0\" y2=\"%s\"/></pattern>",
            hatches[i].id, hatches[i].size, hatches[i].size, hatches[i].kind, hatches[i].size);
    qwr__text_add(out, "</defs>\n");
}

static void draw_title(qwr__canvas *c)
{
    const qwr_scenario_info *info = c->sheet->info;
    c->y += 12 * QWR__PX;
    qwr__draw_text(c, "hd1", 2 * QWR__PX, c->y + 8 * QWR__PX);
    qwr__text_xml(c->words, info->name != NULL ? info->name : info->id);
    qwr__text_add(c->words, "<tspan class=\"qi\" dx=\"10\">");
    qwr__text_add(c->words, "%s ", qwr__word_objective(c->sheet));
    qwr__text value;
    qwr__text_init(&value, c->sheet->ctx);
    qwr__word_value(&value, c->sheet, c->sheet->quality->cost_mu);
    qwr__text_add(&value, ", ");
    qwr__word_gap(&value, c->sheet);
    qwr__text_xml(c->words, value.data);
    if (value.status != QWR_OK)
        c->words->status = value.status;
    qwr__text_free(&value);
    qwr__text_add(c->words, "</tspan>");
    qwr__draw_text_end(c);
    c->y += 26 * QWR__PX;
}

/* --- charts ---------------------------------------------------------------------------------- */

static qwr_status draw_use(qwr__canvas *c, uint32_t quay)
{
    const qwr_quay *q = qwr_scenario_quay(c->sheet->scenario, (qwr_quay_ix){quay});
    qwr__draw_text(c, "qn", 2 * QWR__PX, c->y + 14 * QWR__PX);
    qwr__text_add(c->words, "Use of ");
    qwr__text_xml(c->words, q->name != NULL ? q->name : q->id);
    qwr__draw_text_end(c);
    c->y += 24 * QWR__PX;
    QWR_TRY(qwr__draw_metres_taken(c, quay));
    return qwr__draw_cranes(c, quay);
}

static qwr_status draw_chart(qwr__canvas *c, qwr_chart chart)
{
    size_t quays = qwr_scenario_quay_count(c->sheet->scenario);
    for (uint32_t q = 0; q < quays; q++) {
        if (chart == QWR_CHART_TIME_QUAY)
            qwr__draw_quay(c, q);
        else if (chart == QWR_CHART_CRANES && c->crews != NULL)
            qwr__draw_lanes(c, q);
        else if (chart == QWR_CHART_USE)
            QWR_TRY(draw_use(c, q));
        else if (chart == QWR_CHART_DEPTH)
            qwr__draw_depth(c, q);
    }
    if (chart == QWR_CHART_TIDE)
        qwr__draw_tide(c);
    return QWR_OK;
}

const char *qwr_chart_name(qwr_chart chart)
{
    static const char *const names[] = {"time-quay", "cranes", "use", "tide", "depth"};
    return (size_t)chart < sizeof names / sizeof names[0] ? names[chart] : NULL;
}

static const char *chart_label(qwr_chart chart)
{
    static const char *const labels[] = {"Time and quay", "Cranes by name", "Use of the quay",
                                         "Water level", "Depth along the quay"};
    return labels[chart];
}

/* --- the SVG element ------------------------------------------------------------------------- */

static void open_svg(qwr__text *out, const qwr__canvas *c, const char *label)
{
    /* Within HTML an SVG element needs no name space. */
    qwr__text_add(out, "<svg%s class=\"diagram\" width=\"",
                  c->in_page ? "" : " xmlns=\"http://www.w3.org/2000/svg\"");
    qwr__text_fixed(out, c->total_width, 1);
    qwr__text_add(out, "\" height=\"");
    qwr__text_fixed(out, c->y, 1);
    qwr__text_add(out, "\" viewBox=\"0 0 ");
    qwr__text_fixed(out, c->total_width, 1);
    qwr__text_add(out, " ");
    qwr__text_fixed(out, c->y, 1);
    qwr__text_add(out, "\" role=\"group\" aria-label=\"%s", label);
    if (!c->in_page) {
        const qwr_scenario_info *info = c->sheet->info;
        qwr__text_add(out, ", ");
        qwr__text_xml(out, info->name != NULL ? info->name : info->id);
    }
    qwr__text_add(out, "\">\n");
}

static qwr__canvas make_canvas(const qwr__picture *p, qwr__text *out, int64_t width, bool in_page)
{
    qwr__canvas c = {.sheet = p->sheet,
                     .crews = p->crews,
                     .delta = p->delta,
                     .out = out,
                     .words = out,
                     .left = QWR__GUTTER_PX * QWR__PX,
                     .width = width,
                     .in_page = in_page};
    c.total_width = c.left + c.width + QWR__MARGIN_PX * QWR__PX;
    return c;
}

qwr_status qwr__draw_chart(qwr__text *out, const qwr__picture *p, qwr_chart chart)
{
    qwr__text body;
    qwr__text_init(&body, p->sheet->ctx);
    qwr__canvas c = make_canvas(p, &body, QWR__PAGE_PX * QWR__PX, true);
    qwr_status status = draw_chart(&c, chart);
    if (chart == QWR_CHART_TIME_QUAY)
        qwr__draw_legend(&c);
    if (status == QWR_OK && body.status != QWR_OK)
        out->status = body.status;
    /* The head tells the height, which is known only now. */
    if (status == QWR_OK && body.status == QWR_OK && c.y > 0) {
        open_svg(out, &c, chart_label(chart));
        qwr__text_put(out, body.data, body.length);
        qwr__text_add(out, "</svg>\n");
    }
    qwr__text_free(&body);
    return status;
}

/** Charts one below the other, and the legend; `*drawn`: whether any has something to show. */
static qwr_status draw_charts(qwr__canvas *c, const qwr_chart *charts, size_t count, bool *drawn)
{
    int64_t from = c->y;
    for (size_t i = 0; i < count; i++)
        QWR_TRY(draw_chart(c, charts[i]));
    *drawn = c->y > from;
    if (charts[0] == QWR_CHART_TIME_QUAY || charts[0] == QWR_CHART_CRANES)
        qwr__draw_legend(c);
    return QWR_OK;
}

qwr_status qwr__draw_document(qwr__text *out, const qwr__picture *p, const qwr_chart *charts,
                              size_t count)
{
    qwr__text body;
    bool drawn = false;
    qwr__text_init(&body, p->sheet->ctx);
    qwr__canvas c = make_canvas(p, &body, time_width(p->sheet), false);
    draw_title(&c);
    qwr_status status = draw_charts(&c, charts, count, &drawn);
    if (status == QWR_OK && body.status != QWR_OK)
        out->status = body.status;
    if (status == QWR_OK && body.status == QWR_OK && drawn) {
        qwr__text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        open_svg(out, &c, count == 1 ? chart_label(charts[0]) : "Berth plan");
        qwr__text_add(out, "<style>%s%s</style>\n", qwr__asset_colours, qwr__asset_diagram);
        qwr__draw_patterns(out);
        c.out = out;
        qwr__draw_rect(&c, "bg", 0, 0, c.total_width, c.y);
        qwr__text_put(out, body.data, body.length);
        qwr__text_add(out, "</svg>\n");
    }
    qwr__text_free(&body);
    return status;
}

/* --- the calls ------------------------------------------------------------------------------- */

static qwr_status report_svg(char **svg, qwr_context *ctx, const qwr_plan *plan,
                             const qwr_chart *charts, size_t count)
{
    qwr_status status;
    qwr__sheet sheet;
    qwr__crews crews = {.ctx = ctx};
    qwr__text out;
    *svg = NULL;
    qwr__causes_clear(ctx);
    qwr__text_init(&out, ctx);
    QWR_TRY_DONE(qwr__sheet_init(&sheet, ctx, plan, NULL));
    if (charts[0] == QWR_CHART_CRANES)
        QWR_TRY_DONE(qwr__crews_init(&crews, &sheet));
    qwr__picture p = {.sheet = &sheet, .crews = crews.job != NULL ? &crews : NULL};
    QWR_TRY_DONE(qwr__draw_document(&out, &p, charts, count));
    status = qwr__text_give(svg, &out, "report.svg");
done:
    qwr__text_free(&out);
    qwr__crews_free(&crews);
    qwr__sheet_free(&sheet);
    return status;
}

qwr_status qwr_report_svg(char **svg, qwr_context *ctx, const qwr_plan *plan)
{
    static const qwr_chart charts[] = {QWR_CHART_TIME_QUAY, QWR_CHART_USE, QWR_CHART_TIDE};
    if (svg == NULL || ctx == NULL || plan == NULL)
        return QWR_EINVAL;
    return report_svg(svg, ctx, plan, charts, sizeof charts / sizeof charts[0]);
}

qwr_status qwr_report_chart(char **svg, qwr_context *ctx, const qwr_plan *plan, qwr_chart chart)
{
    if (svg == NULL || ctx == NULL || plan == NULL || qwr_chart_name(chart) == NULL)
        return QWR_EINVAL;
    return report_svg(svg, ctx, plan, &chart, 1);
}
