/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The time-quay diagram: time to the right, quay metres upwards, one panel a quay with its cranes
 * below, the tide at the bottom. Must never depend on anything but the plan and its scenario.
 */
#include "report/report.h"

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

static void draw_patterns(qwr__text *out)
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
    qwr__text_xml(c->out, info->name != NULL ? info->name : info->id);
    qwr__text_add(c->out, "<tspan class=\"qi\" dx=\"10\">");
    qwr__text_add(c->out, "%s ", qwr__word_objective(c->sheet));
    qwr__text value;
    qwr__text_init(&value, c->sheet->ctx);
    qwr__word_value(&value, c->sheet, c->sheet->quality->cost_mu);
    qwr__text_add(&value, ", ");
    qwr__word_gap(&value, c->sheet);
    qwr__text_xml(c->out, value.data);
    if (value.status != QWR_OK)
        c->out->status = value.status;
    qwr__text_free(&value);
    qwr__text_add(c->out, "</tspan>");
    qwr__draw_text_end(c);
    c->y += 26 * QWR__PX;
}

static qwr_status draw_panels(qwr__canvas *c)
{
    for (uint32_t q = 0; q < qwr_scenario_quay_count(c->sheet->scenario); q++) {
        qwr__draw_quay(c, q);
        QWR_TRY(qwr__draw_cranes(c, q));
        c->y += 12 * QWR__PX;
    }
    qwr__draw_tide(c);
    return QWR_OK;
}

static void open_svg(qwr__text *out, const qwr__canvas *c, bool alone)
{
    const qwr_scenario_info *info = c->sheet->info;
    qwr__text_add(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"diagram\" width=\"");
    qwr__text_fixed(out, c->total_width, 1);
    qwr__text_add(out, "\" height=\"");
    qwr__text_fixed(out, c->y, 1);
    qwr__text_add(out, "\" viewBox=\"0 0 ");
    qwr__text_fixed(out, c->total_width, 1);
    qwr__text_add(out, " ");
    qwr__text_fixed(out, c->y, 1);
    qwr__text_add(out, "\" role=\"group\" aria-label=\"Berth plan ");
    qwr__text_xml(out, info->name != NULL ? info->name : info->id);
    qwr__text_add(out, "\">\n");
    if (alone)
        qwr__text_add(out, "<style>%s%s</style>\n", qwr__style_colours, qwr__style_diagram);
    draw_patterns(out);
    if (alone)
        qwr__draw_rect(c, "bg", 0, 0, c->total_width, c->y);
}

qwr_status qwr__draw_diagram(qwr__text *out, const qwr__sheet *sheet, bool alone)
{
    qwr__text body;
    qwr__text_init(&body, sheet->ctx);
    qwr__canvas c = {.sheet = sheet, .out = &body, .left = QWR__GUTTER_PX * QWR__PX};
    c.width = time_width(sheet);
    c.total_width = c.left + c.width + QWR__MARGIN_PX * QWR__PX;
    if (alone)
        draw_title(&c);
    qwr_status status = draw_panels(&c);
    qwr__draw_legend(&c);
    if (status == QWR_OK && body.status != QWR_OK)
        out->status = body.status;
    /* The head tells the height, which is known only now. */
    if (status == QWR_OK && body.status == QWR_OK) {
        c.out = out;
        open_svg(out, &c, alone);
        qwr__text_put(out, body.data, body.length);
        qwr__text_add(out, "</svg>\n");
    }
    qwr__text_free(&body);
    return status;
}

qwr_status qwr_report_svg(char **svg, qwr_context *ctx, const qwr_plan *plan)
{
    qwr_status status;
    qwr__sheet sheet;
    qwr__text out;
    if (svg == NULL || ctx == NULL || plan == NULL)
        return QWR_EINVAL;
    *svg = NULL;
    qwr__causes_clear(ctx);
    qwr__text_init(&out, ctx);
    QWR_TRY_DONE(qwr__sheet_init(&sheet, ctx, plan, NULL));
    qwr__text_add(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    QWR_TRY_DONE(qwr__draw_diagram(&out, &sheet, true));
    status = qwr__text_give(svg, &out, "report.svg");
done:
    qwr__text_free(&out);
    qwr__sheet_free(&sheet);
    return status;
}
