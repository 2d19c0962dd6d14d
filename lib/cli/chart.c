/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lays out and writes a chart. Colours are told apart by the colour-blind too (Okabe and Ito 2008),
 * and each curve has a dash of its own for print. Knows no benchmark.
 */
#include "cli/chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 920, LEFT = 70, TOP = 74, PLOT_WIDTH = 600, PLOT_HEIGHT = 330, LEGEND = 696 };
enum { BOTTOM = TOP + PLOT_HEIGHT, RIGHT = LEFT + PLOT_WIDTH, ZERO_STRIP = 26 };
enum { LEGEND_TOP = TOP + 30, LEGEND_ROW = 40, LEGEND_LETTERS = 24, COLOURS = 8, TICKS_MAX = 9 };

/* Plain classes, no variables: programs that put a picture into a paper know nothing else. */
#define LIGHT                                                                                      \
    ".bg{fill:#ffffff}.ti,.la,.nm{fill:#14202b}.su,.no,.xt,.yt,.lh{fill:#566573}.ti,.la.xt{fill:#" \
    "14202b}\n"                                                                                    \
    ".ax{stroke:#b9c3cc}.gr{stroke:#e6ebef}\n"                                                     \
    ".c0{stroke:#0072b2}.b0{fill:#0072b2}.c1{stroke:#c24700}.b1{fill:#c24700}.c2{stroke:#00805f}." \
    "b2{fill:#00805f}.c3{stroke:#a8327f}.b3{fill:#a8327f}\n"                                       \
    ".c4{stroke:#8a6400}.b4{fill:#8a6400}.c5{stroke:#2a8fc4}.b5{fill:#2a8fc4}.c6{stroke:#5a4fb0}." \
    "b6{fill:#5a4fb0}.c7{stroke:#3b4650}.b7{fill:#3b4650}\n"
#define DARK                                                                                       \
    ".bg{fill:#161d24}.ti,.la,.nm{fill:#e6edf3}.su,.no,.xt,.yt,.lh{fill:#9aa8b5}.ti,.la.xt{fill:#" \
    "e6edf3}\n"                                                                                    \
    ".ax{stroke:#4a5763}.gr{stroke:#27313a}\n"                                                     \
    ".c0{stroke:#5ab4ea}.b0{fill:#5ab4ea}.c1{stroke:#ff8a4c}.b1{fill:#ff8a4c}.c2{stroke:#4fd1a5}." \
    "b2{fill:#4fd1a5}.c3{stroke:#f08fca}.b3{fill:#f08fca}\n"                                       \
    ".c4{stroke:#e8b13a}.b4{fill:#e8b13a}.c5{stroke:#9fdcff}.b5{fill:#9fdcff}.c6{stroke:#b3a9ff}." \
    "b6{fill:#b3a9ff}.c7{stroke:#c3ccd4}.b7{fill:#c3ccd4}\n"

static const char style[] =
    "<style>\n"
    "text{font-family:system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,"
    "sans-serif;font-size:12px}\n"
    ".ti{font-size:17px;font-weight:650}.su,.la{font-size:12.5px}.no{font-size:11.5px}\n"
    ".xt{text-anchor:middle}.yt{text-anchor:end}.nm{font-weight:600}.ax{fill:none}\n"
    ".cu{fill:none;stroke-width:2.2;stroke-linejoin:round}.ba{stroke:none;opacity:.16}\n" LIGHT
    "@media (prefers-color-scheme:dark){\n" DARK "}\n</style>\n";

static const char *const dashes[COLOURS] = {"",    "8 3",  "2 3",     "9 3 2 3",
                                            "5 2", "12 4", "3 2 3 6", "1 3"};

/* Eight curves differ in both; the next eight have the same colours and other dashes. */
static const char *dash_of(size_t which)
{
    return dashes[(which + which / COLOURS * 3) % COLOURS];
}

/* --- numbers and texts --- */

static void escaped(textbuf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '&')
            textbuf_add(out, "&amp;");
        else if (c == '<')
            textbuf_add(out, "&lt;");
        else if (c == '>')
            textbuf_add(out, "&gt;");
        else if (c == '"')
            textbuf_add(out, "&quot;");
        else
            textbuf_bytes(out, c < 0x20 ? " " : &text[i], 1);
    }
}

static int begins_letter(char c)
{
    return ((unsigned char)c & 0xC0u) != 0x80u; /* a byte that continues no UTF-8 character */
}

/* Bytes of the first `letters` characters. */
static size_t bytes_of(const char *text, size_t letters)
{
    size_t at = 0;
    for (size_t seen = 0; text[at]; at++) {
        seen += begins_letter(text[at]) ? 1 : 0;
        if (seen > letters)
            break;
    }
    return at;
}

/* At most `letters` characters: of a longer text the middle is cut, as names of one series of runs
 * differ at either end. */
static void escaped_short(textbuf *out, const char *text, size_t letters)
{
    size_t all = 0;
    for (size_t i = 0; text[i]; i++)
        all += begins_letter(text[i]) ? 1 : 0;
    if (all <= letters) {
        escaped(out, text, strlen(text));
        return;
    }
    const size_t tail = letters / 2;
    escaped(out, text, bytes_of(text, letters - tail - 1));
    textbuf_add(out, "…");
    text += bytes_of(text, all - tail);
    escaped(out, text, strlen(text));
}

/* "0.001", "10", "2 k", "5 M". */
static void tick_text(char *text, size_t capacity, double value)
{
    if (value >= 1e9)
        snprintf(text, capacity, "%.10g G", value / 1e9);
    else if (value >= 1e6)
        snprintf(text, capacity, "%.10g M", value / 1e6);
    else if (value >= 1e4)
        snprintf(text, capacity, "%.10g k", value / 1e3);
    else
        snprintf(text, capacity, "%.6g", value);
}

double chart_round(double value, double base, int up)
{
    double power = pow(base, floor(log(value) / log(base) + 1e-9));
    return up && power < value * (1 - 1e-9) ? power * base : power;
}

/* --- places --- */

static double share(const chart_axis *axis, double value)
{
    if (axis->scale == CHART_LINEAR)
        return (value - axis->from) / (axis->to - axis->from);
    return log(value / axis->from) / log(axis->to / axis->from);
}

static double clamped(double at)
{
    return at < 0 ? 0 : at > 1 ? 1 : at;
}

static double x_of(const chart *c, double value)
{
    if (c->x.scale != CHART_LINEAR && value <= c->x.from)
        return LEFT;
    return LEFT + PLOT_WIDTH * clamped(share(&c->x, value));
}

static double y_of(const chart *c, double value)
{
    const chart_axis *axis = &c->y;
    const double bottom = axis->scale == CHART_LOG0 ? BOTTOM - ZERO_STRIP : BOTTOM;
    if (axis->scale == CHART_LOG0 && value <= 0)
        return BOTTOM;
    if (axis->scale != CHART_LINEAR && value <= axis->from)
        return bottom;
    return bottom - (bottom - TOP) * clamped(share(axis, value));
}

/* --- axes --- */

typedef struct ticks {
    double at[64];
    size_t count;
} ticks;

/* 1, 2 or 5 times a power of ten, so that there are few enough. */
static void linear_ticks(ticks *t, const chart_axis *axis)
{
    static const double steps[] = {1, 2, 5, 10};
    double unit = pow(10, floor(log10((axis->to - axis->from) / TICKS_MAX)));
    double step = unit;
    for (size_t i = 0; i < 4 && (axis->to - axis->from) / step > TICKS_MAX; i++)
        step = unit * steps[i];
    for (double k = ceil(axis->from / step - 1e-9);
         k * step <= axis->to * (1 + 1e-9) && t->count < 64; k++)
        t->at[t->count++] = k * step + 0.0; /* not -0 */
}

/* Powers of two or ten; 1, 2 and 5 times those of ten where there are few. */
static void log_ticks(ticks *t, const chart_axis *axis)
{
    static const double between[] = {1, 2, 5};
    const double base = axis->doubling ? 2 : 10, powers = log(axis->to / axis->from) / log(base);
    const size_t parts = !axis->doubling && powers < 2.2 ? 3 : 1;
    double every = base;
    while (log(axis->to / axis->from) / log(every) > TICKS_MAX)
        every *= base;
    for (double at = chart_round(axis->from, base, 0); at <= axis->to * (1 + 1e-9); at *= every)
        for (size_t i = 0; i < parts && t->count < sizeof t->at / sizeof *t->at; i++)
            if (between[i] * at >= axis->from * (1 - 1e-9) &&
                between[i] * at <= axis->to * (1 + 1e-9))
                t->at[t->count++] = between[i] * at;
}

static ticks ticks_of(const chart_axis *axis)
{
    ticks t = {.count = 0};
    if (axis->scale == CHART_LINEAR)
        linear_ticks(&t, axis);
    else
        log_ticks(&t, axis);
    return t;
}

static void x_axis(textbuf *out, const chart *c)
{
    const ticks t = ticks_of(&c->x);
    char text[48];
    for (size_t i = 0; i < t.count; i++) {
        const double x = x_of(c, t.at[i]);
        tick_text(text, sizeof text, t.at[i]);
        textbuf_printf(out, "<line class=\"gr\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>", x,
                       TOP, x, BOTTOM);
        textbuf_printf(out, "<line class=\"ax\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>", x,
                       BOTTOM, x, BOTTOM + 5);
        textbuf_printf(out, "<text class=\"xt\" x=\"%.1f\" y=\"%d\">%s%s</text>\n", x, BOTTOM + 20,
                       text, c->x.unit ? c->x.unit : "");
    }
    textbuf_printf(out, "<text class=\"la xt\" x=\"%d\" y=\"%d\">", LEFT + PLOT_WIDTH / 2,
                   BOTTOM + 42);
    escaped(out, c->x.label, strlen(c->x.label));
    textbuf_add(out, "</text>\n");
}

static void y_tick(textbuf *out, const chart *c, double value)
{
    char text[48];
    const double y = y_of(c, value);
    tick_text(text, sizeof text, value);
    textbuf_printf(out, "<line class=\"gr\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>", LEFT, y,
                   RIGHT, y);
    textbuf_printf(out, "<line class=\"ax\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>",
                   LEFT - 5, y, LEFT, y);
    textbuf_printf(out, "<text class=\"yt\" x=\"%d\" y=\"%.1f\">%s%s</text>\n", LEFT - 9, y + 4,
                   text, c->y.unit ? c->y.unit : "");
}

static void y_axis(textbuf *out, const chart *c)
{
    const ticks t = ticks_of(&c->y);
    if (c->y.scale == CHART_LOG0)
        y_tick(out, c, 0);
    for (size_t i = 0; i < t.count; i++)
        y_tick(out, c, t.at[i]);
    textbuf_printf(out, "<text class=\"la xt\" transform=\"translate(18 %d) rotate(-90)\">",
                   TOP + PLOT_HEIGHT / 2);
    escaped(out, c->y.label, strlen(c->y.label));
    textbuf_add(out, "</text>\n");
}

/* The frame, open where the axis jumps from its least value to 0. */
static void frame(textbuf *out, const chart *c)
{
    textbuf_printf(out, "<path class=\"ax\" d=\"M%d %dV%dH%d\"/>\n", LEFT, TOP, BOTTOM, RIGHT);
    if (c->y.scale == CHART_LOG0)
        for (int k = 0; k < 2; k++)
            textbuf_printf(out, "<line class=\"ax\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n",
                           LEFT - 4, BOTTOM - 8 - 5 * k, LEFT + 4, BOTTOM - 12 - 5 * k);
}

/* --- curves --- */

/* A path in steps through a value of the points: 0 the curve, below it the lower edge of the band,
 * above it the upper one. Drawn only where it moves by a twentieth of a unit. */
static void steps(textbuf *out, const chart *c, const chart_series *s, int which)
{
    double drawn = 0;
    for (size_t i = 0; i < s->count; i++) {
        const chart_point *p = &s->point[i];
        const double x = x_of(c, p->x);
        const double y = y_of(c, which == 0 ? p->y : which < 0 ? p->low : p->high);
        const int moves = i == 0 || fabs(y - drawn) >= 0.05;
        if (i == 0)
            textbuf_printf(out, "M%.1f %.1f", x, y);
        else if (moves)
            textbuf_printf(out, "H%.1fV%.1f", x, y);
        else if (i + 1 == s->count)
            textbuf_printf(out, "H%.1f", x);
        drawn = moves ? y : drawn;
    }
}

/* Along the upper edge, back along the lower one: every point, so that both edges meet. */
static void band(textbuf *out, const chart *c, size_t which)
{
    const chart_series *s = &c->series[which];
    textbuf_printf(out, "<path class=\"ba b%zu\" d=\"", which % COLOURS);
    steps(out, c, s, 1);
    for (size_t i = s->count; i-- > 0;) {
        const double y = y_of(c, s->point[i].low);
        const double right = x_of(c, s->point[i + 1 < s->count ? i + 1 : i].x);
        if (i + 1 == s->count || fabs(y - y_of(c, s->point[i + 1].low)) >= 0.05)
            textbuf_printf(out, "L%.1f %.1f", right, y);
        if (i == 0 || fabs(y - y_of(c, s->point[i - 1].low)) >= 0.05)
            textbuf_printf(out, "L%.1f %.1f", x_of(c, s->point[i].x), y);
    }
    textbuf_add(out, "Z\"/>\n");
}

static void curve(textbuf *out, const chart *c, size_t which)
{
    const chart_series *s = &c->series[which];
    textbuf_printf(out, "<path class=\"cu c%zu\"", which % COLOURS);
    if (*dash_of(which))
        textbuf_printf(out, " stroke-dasharray=\"%s\"", dash_of(which));
    textbuf_add(out, " d=\"");
    steps(out, c, s, 0);
    textbuf_add(out, "\"><title>");
    escaped(out, s->name, strlen(s->name));
    textbuf_add(out, "</title></path>\n");
}

static void legend(textbuf *out, const chart *c)
{
    textbuf_printf(out, "<text class=\"lh\" x=\"%d\" y=\"%d\">", LEGEND, TOP + 8);
    escaped(out, c->legend, strlen(c->legend));
    textbuf_add(out, "</text>\n");
    for (size_t i = 0; i < c->count; i++) {
        const chart_series *s = &c->series[i];
        const int y = LEGEND_TOP + LEGEND_ROW * (int)i;
        textbuf_printf(out, "<path class=\"cu c%zu\"", i % COLOURS);
        if (*dash_of(i))
            textbuf_printf(out, " stroke-dasharray=\"%s\"", dash_of(i));
        textbuf_printf(out, " d=\"M%d %dh26\"/><text class=\"nm\" x=\"%d\" y=\"%d\">", LEGEND, y,
                       LEGEND + 34, y + 4);
        escaped_short(out, s->name, LEGEND_LETTERS);
        textbuf_add(out, "<title>");
        escaped(out, s->name, strlen(s->name));
        textbuf_add(out, "</title></text>\n");
        if (!s->note)
            continue;
        textbuf_printf(out, "<text class=\"no\" x=\"%d\" y=\"%d\">", LEGEND + 34, y + 19);
        escaped(out, s->note, strlen(s->note));
        textbuf_add(out, "</text>\n");
    }
}

static void head(textbuf *out, const chart *c, int height)
{
    textbuf_printf(out,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                   "viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"t d\">\n<title id=\"t\">",
                   WIDTH, height, WIDTH, height);
    escaped(out, c->title, strlen(c->title));
    textbuf_add(out, "</title>\n<desc id=\"d\">");
    escaped(out, c->about, strlen(c->about));
    textbuf_add(out, "</desc>\n");
    textbuf_add(out, style);
    textbuf_printf(out, "<rect class=\"bg\" width=\"%d\" height=\"%d\"/>\n", WIDTH, height);
    textbuf_printf(out, "<text class=\"ti\" x=\"%d\" y=\"30\">", LEFT - 48);
    escaped(out, c->title, strlen(c->title));
    textbuf_printf(out, "</text>\n<text class=\"su\" x=\"%d\" y=\"51\">", LEFT - 48);
    escaped(out, c->subtitle, strlen(c->subtitle));
    textbuf_add(out, "</text>\n");
}

void chart_svg(textbuf *out, const chart *c)
{
    const int legend_end = LEGEND_TOP + LEGEND_ROW * (int)c->count;
    const int height = legend_end > BOTTOM + 60 ? legend_end : BOTTOM + 60;
    head(out, c, height);
    x_axis(out, c);
    y_axis(out, c);
    for (size_t i = 0; i < c->count; i++)
        if (c->series[i].band && c->series[i].count > 0)
            band(out, c, i);
    frame(out, c);
    for (size_t i = c->count; i-- > 0;) /* the first lies on top */
        if (c->series[i].count > 0)
            curve(out, c, i);
    legend(out, c);
    textbuf_add(out, "</svg>\n");
}
