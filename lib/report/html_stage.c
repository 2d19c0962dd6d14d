/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The diagram in the page: tools, the charts one below the other on one scale of time, and help for
 * the keyboard. Without a script the charts stand as they are. Must never draw a thing itself.
 */
#include "report/crew.h"

static void put_tools(qwr__text *out, bool wide)
{
    qwr__text_add(
        out,
        "<div class=\"tools\" role=\"toolbar\" aria-label=\"Diagram\" hidden>"
        "<input id=\"find\" type=\"search\" placeholder=\"Find vessel, id, place\" "
        "aria-label=\"Find vessels by name, id, place or service\"/>"
        "<select id=\"service\" aria-label=\"Service\"><option value=\"\">All services</option>"
        "</select><span id=\"count\" role=\"status\"></span><span class=\"group\">"
        "<button id=\"left\" type=\"button\" aria-label=\"Earlier\">&#8592;</button>"
        "<button id=\"out\" type=\"button\" aria-label=\"Zoom out\">&#8722;</button>"
        "<button id=\"fit\" type=\"button\">Fit</button>"
        "<button id=\"in\" type=\"button\" aria-label=\"Zoom in\">+</button>"
        "<button id=\"right\" type=\"button\" aria-label=\"Later\">&#8594;</button></span>"
        "<span id=\"range\"></span><span class=\"space\"></span>"
        "<label><input type=\"checkbox\" data-show=\"paths\"/> Crane paths</label>"
        "<label><input type=\"checkbox\" data-show=\"cranes\"%s/> Cranes by name</label>"
        "<label><input type=\"checkbox\" data-show=\"use\" checked=\"checked\"/> Use</label>"
        "<label><input type=\"checkbox\" data-show=\"tide\" checked=\"checked\"/> Water</label>"
        "<label><input type=\"checkbox\" data-show=\"depth\" checked=\"checked\"/> Depth</label>"
        "<button id=\"keys\" class=\"one\" type=\"button\" aria-label=\"Keyboard help\">?</button>"
        "</div>\n",
        wide ? "" : " checked=\"checked\"");
}

static void put_help(qwr__text *out)
{
    static const char *const rows[][2] = {
        {"<kbd>+</kbd> <kbd>&#8722;</kbd>", "zoom in and out"},
        {"<kbd>&#8592;</kbd> <kbd>&#8594;</kbd>", "earlier, later"},
        {"<kbd>0</kbd>", "all of the time"},
        {"<kbd>Home</kbd> <kbd>End</kbd>", "to the begin, to the end"},
        {"<kbd>Tab</kbd>", "from vessel to vessel"},
        {"<kbd>Enter</kbd>", "to the row of the vessel in the table"},
        {"<kbd>/</kbd>", "find a vessel; <kbd>Enter</kbd> goes to the first"},
        {"<kbd>Esc</kbd>", "close what is open"},
        {"drag", "move through time"},
        {"<kbd>Ctrl</kbd> + wheel, pinch", "zoom where the pointer is"},
    };
    qwr__text_add(out, "<dialog id=\"help\" aria-labelledby=\"helph\"><h2 id=\"helph\">Keys of the "
                       "diagram</h2><table><tbody>\n");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        qwr__text_add(out, "<tr><td>%s</td><td>%s</td></tr>\n", rows[i][0], rows[i][1]);
    qwr__text_add(out, "</tbody></table><form method=\"dialog\"><button>Close</button></form>"
                       "</dialog>\n");
}

/** Where time lies on the charts: seconds of the clock, or of the published set. */
static void open_stage(qwr__text *out, const qwr__sheet *s)
{
    int64_t shift_s = s->published ? 0 : s->epoch_unix_s;
    qwr__text_add(out,
                  "<div id=\"over\" hidden aria-hidden=\"true\"><i></i></div>\n"
                  "<div id=\"stage\" tabindex=\"0\" role=\"group\" aria-label=\"Time-quay diagram: "
                  "plus and minus zoom, arrows move, 0 shows all, Tab goes from vessel to vessel, "
                  "question mark for help\" data-from=\"%lld\" data-to=\"%lld\" data-unit=\"%lld\" "
                  "data-left=\"%d\" data-width=\"%d\" data-right=\"%d\">\n",
                  (long long)(s->from_s + shift_s), (long long)(s->to_s + shift_s),
                  (long long)(s->published ? s->info->published_unit_s : 0), QWR__GUTTER_PX,
                  QWR__PAGE_PX, QWR__MARGIN_PX);
}

/** More lanes than fit on a screen begin hidden. */
static bool has_many_cranes(const qwr__sheet *s)
{
    enum { MANY = 24 };
    return qwr_scenario_crane_count(s->scenario) > MANY;
}

static qwr_status put_chart(qwr__text *out, const qwr__picture *p, qwr_chart kind)
{
    qwr__text chart;
    qwr__text_init(&chart, p->sheet->ctx);
    qwr_status status = qwr__draw_chart(&chart, p, kind);
    if (status == QWR_OK && chart.status != QWR_OK)
        out->status = chart.status;
    if (chart.length > 0) {
        qwr__text_add(out, "<div class=\"chart\" data-chart=\"%s\">", qwr_chart_name(kind));
        qwr__text_put(out, chart.data, chart.length);
        qwr__text_add(out, "</div>\n");
    }
    qwr__text_free(&chart);
    return status;
}

qwr_status qwr__page_stage(qwr__text *out, const qwr__picture *p)
{
    bool many = has_many_cranes(p->sheet);
    qwr__text_add(out,
                  "<section><h2>Time and quay<small>%s</small></h2><a class=\"skip\" "
                  "href=\"#calls\">Skip the diagram</a><div class=\"card\">\n",
                  p->delta != NULL ? "the second plan, with what it changes of the first"
                                   : "point at a vessel for its details");
    put_tools(out, many);
    open_stage(out, p->sheet);
    qwr__text_add(out,
                  "<svg class=\"diagram\" width=\"0\" height=\"0\" style=\"position:absolute\" "
                  "aria-hidden=\"true\">");
    qwr__draw_patterns(out);
    qwr__text_add(out, "</svg>\n");
    for (int k = 0; qwr_chart_name((qwr_chart)k) != NULL; k++)
        QWR_TRY(put_chart(out, p, (qwr_chart)k));
    qwr__text_add(out, "</div>\n<p class=\"hint\">Drag to move, <kbd>Ctrl</kbd> + wheel or pinch "
                       "to zoom, <kbd>Tab</kbd> from vessel to vessel, <kbd>?</kbd> for all "
                       "keys.</p></div></section>\n");
    put_help(out);
    return QWR_OK;
}
