/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Floor 5: the generator of realistic terminals. The profile tables, the scenario in the making,
 * and the steps that fill it. Knows the builder only; never files, plugins or plans.
 */
#ifndef QWR_GENERATE_H
#define QWR_GENERATE_H

#include "base/base.h"

#include <quaywright/generate.h>
#include <quaywright/scenario.h>

enum { QWR__CLASS_COUNT = 5, QWR__HARBOUR_QUAYS = 2, QWR__HOUR_S = 3600, QWR__DAY_S = 86400 };

/** A class of vessels. Ranges are inclusive; sources stand at the table. */
typedef struct qwr__vessel_class {
    const char *id;
    const char *code; /* two letters of its services */
    int64_t teu_min, teu_max;
    int64_t loa_min_m, loa_max_m;
    int64_t beam_min_dm, beam_max_dm;
    int64_t draught_min_dm, draught_max_dm;
    int64_t cranes_min, cranes_max;
    int64_t work_min_h, work_max_h; /* crane-hours */
    int64_t visits_a_week;          /* of one service */
    int64_t speedup_h, late_h;      /* money units an hour */
    int64_t past_latest;            /* money units, once */
    int64_t rate_milli;             /* what the past shows: moves per crane-hour x 1000 */
    int64_t hotel_w;                /* electric power alongside */
} qwr__vessel_class;

/** One of the two quays a profile has. length_m 0: it has only one. */
typedef struct qwr__quay_plan {
    qwr_layout layout;
    int64_t length_m, cranes;
    int64_t depth_dm[3]; /* first 30 %, the middle, last 50 % of its length */
    int64_t segment_m;   /* a break about every so many metres; 0: none */
    int64_t berth_m;     /* length of a berth when DISCRETE */
} qwr__quay_plan;

/** A profile. Sources stand at the table. */
typedef struct qwr__profile {
    const char *name, *sentence;
    int64_t calls, days, slack_days; /* calls in so many days; days after the last arrival */
    int64_t step_s, grid_mm;
    int64_t share_milli[QWR__CLASS_COUNT];
    qwr__quay_plan quay[QWR__HARBOUR_QUAYS];
    int64_t tide_mean_mm, tide_m2_mm, tide_s2_mm;
    int64_t channel_dm;
    int64_t crane_rate_min_milli, crane_rate_max_milli;
    int64_t wide_cranes_milli; /* share of cranes that serve every beam */
    int64_t deviation_work_ppm_m;
    int64_t hard_latest_h; /* > 0: latest departure is a rule, this long after the arrival */
    int64_t lognormal;     /* 1: lengths and work as measured at a feeder port */
    int64_t in_progress;   /* calls alongside at second 0 */
    int64_t bay_calls_milli;
    int64_t blocks, vehicles, column_m;
    int64_t history;
    bool published; /**< instances after a publication, made by bacap.c alone */
} qwr__profile;

/** A quay as built. */
typedef struct qwr__made_quay {
    qwr_quay_ix ix;
    qwr_layout layout;
    int64_t length_mm, grid_mm, cranes;
    int64_t depth_mm[3];    /* as in the profile */
    int64_t depth_at_mm[2]; /* where the middle and the last part begin */
    int64_t segment_mm;     /* distance between breaks; 0: none */
    uint32_t berth_count;
    int64_t berth_mm; /* length of each berth */
    qwr_berth_ix berth_first;
} qwr__made_quay;

/** One call in the making. */
typedef struct qwr__visit {
    uint32_t vessel_class; /* row of qwr__vessel_classes */
    uint32_t slot;         /* its place in the weekly pattern */
    uint32_t week;
    uint32_t service; /* number within its class, from 1; 0: none */
    int64_t eta_s;
} qwr__visit;

/** The scenario in the making. Zero it before use. */
typedef struct qwr__making {
    qwr_context *ctx;
    qwr_scenario_builder *builder;
    const qwr__profile *profile;
    uint64_t seed;
    const char *epoch;
    int64_t calls, days, vehicles, step_s, horizon_s;
    size_t quay_count;
    qwr__made_quay quay[QWR__HARBOUR_QUAYS];
    int64_t share_milli[QWR__CLASS_COUNT]; /* after classes that do not fit were left out */
    int64_t clearance_mm, ukc_berth_mm, ukc_channel_mm, channel_mm;
    int64_t low_water_mm, neap_high_mm;
    qwr__visit *visit;
    size_t visit_count;
} qwr__making;

/** What a random stream is for: (purpose, number of the entity) key it. */
typedef enum qwr__purpose {
    QWR__DRAW_SLOT = 1,
    QWR__DRAW_CLASS,
    QWR__DRAW_VISIT,
    QWR__DRAW_EXTRA,
    QWR__DRAW_CALL,
    QWR__DRAW_BAYS,
    QWR__DRAW_CRANE,
    QWR__DRAW_TIDE,
    QWR__DRAW_WINDOW,
    QWR__DRAW_BLOCK,
    QWR__DRAW_VEHICLE,
    QWR__DRAW_TARIFF,
    QWR__DRAW_PAST,
    QWR__DRAW_SERVICE
} qwr__purpose;

/* profiles.c */
extern const qwr__vessel_class qwr__vessel_classes[QWR__CLASS_COUNT];
extern const qwr__profile qwr__profiles[];
extern const size_t qwr__profile_count;
const qwr__profile *qwr__profile_find(const char *name);
/** Work of q cranes in crane-hours x 1000: round(1000 q^0.9), q up to 9. */
int64_t qwr__crowd_milli(int64_t cranes);

/* draw.c */
qwr__rng qwr__draw(const qwr__making *m, qwr__purpose purpose, uint64_t index);
/** Uniform in [low, high]. */
int64_t qwr__draw_between(qwr__rng *rng, int64_t low, int64_t high);
int qwr__draw_chance(qwr__rng *rng, int64_t milli);
/** About normal, mean 0, spread 1, times 1000, within +-6000: whole numbers only. */
int64_t qwr__draw_normal_milli(qwr__rng *rng);
/** exp(mu + sigma z) rounded to a whole number; mu, sigma in thousandths. */
int64_t qwr__draw_lognormal(qwr__rng *rng, int64_t mu_milli, int64_t sigma_milli);
/** Erlang of order 2 with this mean, whole minutes. */
int64_t qwr__draw_erlang2_min(qwr__rng *rng, int64_t mean_min);
int64_t qwr__round_up(int64_t value, int64_t step);
int64_t qwr__round_down(int64_t value, int64_t step);

/* The steps, one file each: terminal, cranes, windows, traffic, calls, pins, sites, bays, yard, ...
 */
qwr_status qwr__make_quays(qwr__making *m);
qwr_status qwr__make_tide(qwr__making *m);
qwr_status qwr__make_tariff(qwr__making *m);
qwr_status qwr__make_cranes(qwr__making *m);
qwr_status qwr__make_windows(qwr__making *m);
qwr_status qwr__make_visits(qwr__making *m);
qwr_status qwr__make_calls(qwr__making *m);
/** Splits the moves of a call that was added over bays and hatches. */
qwr_status qwr__make_bays(qwr__making *m, qwr_call_ix ix, const qwr_call *call, int64_t moves);

/** What the calls under way at second 0 have taken of the main quay. */
typedef struct qwr__mooring {
    size_t taken;   /* calls placed so far */
    int64_t end_mm; /* the quay is free below this point */
    int64_t cranes_left;
} qwr__mooring;
qwr__mooring qwr__mooring_start(const qwr__making *m);
/** Turns `call` into one that lies alongside at second 0; 0 if there is no room for it. */
int qwr__pin_alongside(qwr__mooring *mooring, const qwr__making *m, qwr_call *call);
/** Pins one decision of a few later calls, and gives calls of the first day an announced berth. */
void qwr__pin_later(const qwr__making *m, size_t number, qwr_call *call);

/** Distance between admissible positions of a quay. */
int64_t qwr__site_step_mm(const qwr__made_quay *q);
/** Hull [position, position + loa) inside the quay, in one berth or over no break. */
int qwr__site_fits(const qwr__made_quay *q, int64_t position_mm, int64_t loa_mm);
int64_t qwr__site_depth_mm(const qwr__made_quay *q, int64_t position_mm, int64_t loa_mm);
/** Greatest depth the quay offers to a hull of this length; 0 if it fits nowhere. */
int64_t qwr__site_deepest_mm(const qwr__made_quay *q, int64_t loa_mm);
qwr_status qwr__make_yard(qwr__making *m);
qwr_status qwr__make_fleet(qwr__making *m, const qwr_node_ix *parking, size_t parking_count);
qwr_status qwr__make_past(qwr__making *m);

/** Everything of a profile with `published` set. bacap.c */
qwr_status qwr__make_bacap(qwr__making *m, const qwr_generate_options *o);

/** "NF03" and the like; "" for none. `text` holds at least 16 bytes. */
void qwr__service_name(char *text, size_t capacity, uint32_t vessel_class, uint32_t service);
/** An invented vessel name; `text` holds at least 48 bytes. */
void qwr__draw_vessel_name(char *text, size_t capacity, uint64_t number);

/* sizes.c: which classes this harbour can take, and how many calls fill it */
qwr_status qwr__fit_classes(qwr__making *m);
int64_t qwr__calls_for_use(const qwr__making *m, int64_t utilisation_milli);
/** Calls that a main quay with berths serves without long queues. */
int64_t qwr__calls_bearable(const qwr__making *m);

#endif
