/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside of the report: the sheet (a plan as people read it), words for times and values, and the
 * canvas the diagram is drawn on. Reads scenario, plan and violations through the public headers.
 * Must never know how a plan was found, nor how long it took.
 */
#ifndef QWR_REPORT_H
#define QWR_REPORT_H

#include "base/base.h"
#include "model/profile.h"

#include <quaywright/report.h>

/* --- the sheet ------------------------------------------------------------------------------- */

typedef enum qwr__timeliness {
    QWR__ON_TIME = 0,
    QWR__TIGHT, /* on time with less than QWR__TIGHT_S to spare */
    QWR__LATE,
    QWR__UNPLACED
} qwr__timeliness;

/** Less than two hours before the desired departure is called tight. */
enum { QWR__TIGHT_S = 7200 };

/** One call as people see it. Times are held within a few years, so that sums cannot overflow. */
typedef struct qwr__visit {
    const qwr_call *call;
    const qwr_stay *stay;
    const qwr_quay *quay;   /* NULL: not placed, or nowhere */
    const qwr_berth *berth; /* NULL unless at a berth */
    qwr__timeliness timely;
    int64_t start_s, end_s, work_from_s, work_to_s, eta_s;
    int64_t due_s;          /* desired, else latest departure; QWR_UNSET: none */
    int64_t wait_s, late_s; /* 0 where not */
    int64_t cranes;         /* the most at a time */
    int64_t steady_cranes;  /* held all through the work */
    int64_t hull_from_mm, hull_to_mm;
    bool pinned;
} qwr__visit;

typedef struct qwr__sheet {
    qwr_context *ctx;
    const qwr_scenario *scenario;
    const qwr_scenario_info *info;
    const qwr_plan *plan;
    const qwr_plan_quality *quality;
    const qwr_violations *violations; /* NULL: not checked */
    qwr_kpi kpi;
    uint32_t calls;
    qwr__visit *visit; /* by call */
    uint32_t *order;   /* calls by start, then those without a place */
    int64_t epoch_unix_s;
    bool published;       /* times are told in units of the published set, not as dates */
    int64_t from_s, to_s; /* what the diagram shows */
    struct {
        bool due, cranes, moves, metres, lateness, waits, costs; /* some visit has one */
        bool names;                      /* some vessel is not just its id */
        bool closures, weather, outages; /* some window is of this kind */
        bool services, draughts, pins;
    } any;
} qwr__sheet;

qwr_status qwr__sheet_init(qwr__sheet *sheet, qwr_context *ctx, const qwr_plan *plan,
                           const qwr_violations *violations);
void qwr__sheet_free(qwr__sheet *sheet);

/** Violations besides calls without a place, which the report lists on their own. */
size_t qwr__sheet_broken(const qwr__sheet *sheet);
/** The i-th of those, or NULL. */
const qwr_violation *qwr__sheet_violation(const qwr__sheet *sheet, size_t i);

/** Held within +-2^40 s and mm: whatever a plan says, the report's arithmetic stays in range. */
int64_t qwr__tame(int64_t v);
/** a * b / c rounded to the nearest, c > 0; the nearest int64_t if it does not fit. */
int64_t qwr__ratio(int64_t a, int64_t b, int64_t c);

/** Hands the text to the caller, or tells why there is none. */
qwr_status qwr__text_give(char **out, qwr__text *text, const char *where);

/* --- words ----------------------------------------------------------------------------------- */

/** "Mon 2 Mar 06:00", or the number of units in a published set. */
void qwr__word_time(qwr__text *out, const qwr__sheet *sheet, int64_t at_s);
/** "Mon 2 Mar", or the number of units. */
void qwr__word_date(qwr__text *out, const qwr__sheet *sheet, int64_t at_s);
/** As qwr__word_date() with the year. */
void qwr__word_full_date(qwr__text *out, const qwr__sheet *sheet, int64_t at_s);
/** Short, for narrow columns: "2 Mar 06:00", or the number of units. */
void qwr__word_moment(qwr__text *out, const qwr__sheet *sheet, int64_t at_s);
/** "3 h 20 min", or the number of units in a published set. */
void qwr__word_span(qwr__text *out, const qwr__sheet *sheet, int64_t seconds);
/** "1,234". */
void qwr__word_count(qwr__text *out, int64_t n);
/** value / 10^digits with thousands grouped: "1,234.5". */
void qwr__word_number(qwr__text *out, int64_t value, int digits);
/** Hours with one decimal from seconds. */
void qwr__word_hours(qwr__text *out, int64_t seconds);
/** Percent with one decimal from thousandths. */
void qwr__word_percent(qwr__text *out, int64_t milli);
/** Metres, trailing zeros cut. */
void qwr__word_metres(qwr__text *out, int64_t mm);
/** A value of the objective with its currency. */
void qwr__word_value(qwr__text *out, const qwr__sheet *sheet, int64_t mu);
/** What is measured: "Cost", "Flow time", ... Static. */
const char *qwr__word_objective(const qwr__sheet *sheet);
/** "proven optimal", "within 2.1 % of the best possible", ... */
void qwr__word_gap(qwr__text *out, const qwr__sheet *sheet);
/** Name of the vessel, else the call's id. Borrowed. */
const char *qwr__vessel_name(const qwr_call *call);
/** Id of the berth, else of the quay, else "". Borrowed. */
const char *qwr__place_name(const qwr__visit *v);
/** Lower-case word for a timeliness: on time, tight, late, no place. Static. */
const char *qwr__word_timeliness(qwr__timeliness timely);

/** "berth, start": what is pinned. */
void qwr__word_pins(qwr__text *out, const qwr_call *call);

/** Number of characters. */
size_t qwr__width(const char *utf8);

/** Which cranes could serve each stay, see crew.h. */
typedef struct qwr__crews qwr__crews;
/** What differs from another plan, see delta.h. */
typedef struct qwr__delta qwr__delta;

/* --- the canvas: lengths are tenths of a pixel ----------------------------------------------- */

typedef struct qwr__canvas {
    const qwr__sheet *sheet;
    qwr__text *out;      /* shapes: within a plot the page stretches them in time */
    qwr__text *words;    /* where text goes: `out`, or a layer of the plot that is not stretched */
    int64_t left, width; /* of the part that shows time */
    int64_t total_width; /* with the axis at the left and the depths at the right */
    int64_t y;           /* where the next panel begins */
    const qwr__crews *crews; /* NULL: cranes have no names here */
    const qwr__delta *delta; /* NULL: one plan alone */
    bool in_page;            /* tooltips are made by the page, from its table of calls */
    qwr__text fixed;         /* texts of the open plot ... */
    qwr__text labels;        /* ... and labels of its vessels, which the page fits anew */
    int64_t top, height;     /* of the open plot */
} qwr__canvas;

#define QWR__PX INT64_C(10)
enum { QWR__GUTTER_PX = 78, QWR__MARGIN_PX = 62 };

/** Place of an instant, held within the canvas. */
int64_t qwr__canvas_x(const qwr__canvas *c, int64_t at_s);
bool qwr__canvas_shows(const qwr__canvas *c, int64_t from_s, int64_t to_s);
void qwr__draw_rect(const qwr__canvas *c, const char *kind, int64_t x, int64_t y, int64_t width,
                    int64_t height);
/** A rectangle that tells the page of which call it is. */
void qwr__draw_bar(const qwr__canvas *c, const char *kind, uint32_t call, int64_t x, int64_t y,
                   int64_t width, int64_t height);
void qwr__draw_line(const qwr__canvas *c, const char *kind, int64_t x1, int64_t y1, int64_t x2,
                    int64_t y2);
/** Opens a text element at a place; write the escaped words, then close it. */
void qwr__draw_text(const qwr__canvas *c, const char *kind, int64_t x, int64_t y);
void qwr__draw_text_end(const qwr__canvas *c);
/** A whole text element with a static or foreign string, escaped. */
void qwr__draw_words(const qwr__canvas *c, const char *kind, int64_t x, int64_t y,
                     const char *words);

/** Lines of time behind a panel, and the dates above it if `labels`. */
void qwr__draw_time_grid(const qwr__canvas *c, int64_t top, int64_t bottom, bool labels);
/**
 * A part of the canvas in which x is time: shapes drawn until it closes are clipped to it, and may
 * be stretched by the page. `head`: height above `top` for the dates, 0 for none.
 */
void qwr__plot_open(qwr__canvas *c, int64_t top, int64_t height, int64_t head);
void qwr__plot_close(qwr__canvas *c);
/** Bands of weather across a panel of one quay. */
void qwr__draw_weather(const qwr__canvas *c, uint32_t quay, int64_t top, int64_t bottom);
/** Words of a window for its tooltip: reason and times. */
void qwr__draw_window_title(const qwr__canvas *c, const qwr_window *w);

/** Where the metres or berths of a quay lie on the canvas. */
typedef struct qwr__panel {
    qwr_quay_ix ix;
    const qwr_quay *quay;
    int64_t top, height;
    uint32_t berths;
    int64_t row_height; /* DISCRETE: one row a berth */
} qwr__panel;

/** Upper edge and height of the part [from, to) of the quay, or of a berth's row. */
void qwr__panel_span(const qwr__canvas *c, const qwr__panel *p, const qwr_berth *berth,
                     int64_t from_mm, int64_t to_mm, int64_t *top, int64_t *height);
void qwr__draw_quay(qwr__canvas *c, uint32_t quay);
/** A vessel on the canvas. */
typedef struct qwr__block {
    const qwr__visit *v;
    int64_t x, y, width, height;
} qwr__block;
void qwr__draw_vessels(qwr__canvas *c, const qwr__panel *p);
void qwr__draw_label(const qwr__canvas *c, const qwr__block *b);
/** Cranes held and fit for work over time; draws nothing where a quay has none and none is held. */
qwr_status qwr__draw_cranes(qwr__canvas *c, uint32_t quay);
/** Metres taken over time; draws nothing where hulls have no length. */
qwr_status qwr__draw_metres_taken(qwr__canvas *c, uint32_t quay);
/** Cranes by name over time; needs crews. */
void qwr__draw_lanes(qwr__canvas *c, uint32_t quay);
/** The way of each crane along the quay; nothing without crews. */
void qwr__draw_paths(const qwr__canvas *c, const qwr__panel *p);
/** Depth along a quay and the draughts there. */
void qwr__draw_depth(qwr__canvas *c, uint32_t quay);
/** Depth at a point, and where it may next change; rows override the quay, the least of them wins.
 */
int64_t qwr__depth_at(const qwr_scenario *s, uint32_t quay, int64_t at_mm, int64_t *until_mm);
void qwr__draw_tide(qwr__canvas *c);
void qwr__draw_legend(qwr__canvas *c);

/** What is drawn around a plan: its sheet, the names of cranes, changes from another plan. */
typedef struct qwr__picture {
    const qwr__sheet *sheet;
    const qwr__crews *crews; /* NULL: without */
    const qwr__delta *delta; /* NULL: without */
} qwr__picture;
/** One chart as an SVG element of the page; nothing where the plan has nothing to show there. */
qwr_status qwr__draw_chart(qwr__text *out, const qwr__picture *p, qwr_chart chart);
/** A document with a title of its own that holds these charts, one below the other. */
qwr_status qwr__draw_document(qwr__text *out, const qwr__picture *p, const qwr_chart *charts,
                              size_t count);
/** Hatches that every diagram of a page refers to. */
void qwr__draw_patterns(qwr__text *out);
/** Pixels that an hour-true diagram has in a page. */
enum { QWR__PAGE_PX = 1180 };
/** Colours as CSS variables, and the look of the diagram. Static. */
extern const char qwr__asset_colours[], qwr__asset_diagram[], qwr__asset_page[], qwr__asset_paint[],
    qwr__asset_script[];

/* --- parts of the page ----------------------------------------------------------------------- */

void qwr__page_tiles(qwr__text *out, const qwr__sheet *sheet);
void qwr__page_troubles(qwr__text *out, const qwr__sheet *sheet);
void qwr__page_calls(qwr__text *out, const qwr__picture *p);
/** The diagram with its tools. */
qwr_status qwr__page_stage(qwr__text *out, const qwr__picture *p);
/** Cranes one by one, with the vessels each could serve. */
void qwr__page_cranes(qwr__text *out, const qwr__picture *p);
/** Key figures; `before`: those of another plan beside them, NULL for none. */
void qwr__page_figures(qwr__text *out, const qwr__sheet *sheet, const qwr__sheet *before);
void qwr__page_provenance(qwr__text *out, const qwr__sheet *sheet);

#endif
