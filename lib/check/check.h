/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside of the checker: what is known of the scenario (site), who lies where (board), the shape
 * of a rule, and how a finding becomes a sentence. Knows no optimiser and no file format.
 *
 * To add a rule: copy rule_TEMPLATE.c, list it in check.c, in local.mk and in tests/unit.
 */
#ifndef QWR_CHECK_H
#define QWR_CHECK_H

#include "base/base.h"

#include <quaywright/check.h>
#include <quaywright/plan.h>

/* --- arithmetic that cannot overflow: a stay may hold any number ----------------------------- */

__extension__ typedef __int128 qwr__wide;

/** The nearest int64_t. */
static inline int64_t qwr__clamp64(qwr__wide v)
{
    return v > INT64_MAX ? INT64_MAX : v < INT64_MIN ? INT64_MIN : (int64_t)v;
}

static inline int64_t qwr__sat_add(int64_t a, int64_t b)
{
    return qwr__clamp64((qwr__wide)a + b);
}

static inline int64_t qwr__sat_sub(int64_t a, int64_t b)
{
    return qwr__clamp64((qwr__wide)a - b);
}

static inline int64_t qwr__sat_distance(int64_t a, int64_t b)
{
    return a > b ? qwr__sat_sub(a, b) : qwr__sat_sub(b, a);
}

static inline int64_t qwr__larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static inline int64_t qwr__smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* --- the site: the scenario, sorted the way the rules ask for it ----------------------------- */

/** Rows of a table by the thing they belong to: rows[start[k]] .. rows[start[k + 1] - 1]. */
typedef struct qwr__group {
    uint32_t *start;
    uint32_t *rows;
} qwr__group;

/** A sortable pair: an instant (or position) and what happens there. */
typedef struct qwr__event {
    int64_t at;
    int64_t what;
} qwr__event;

typedef struct qwr__site {
    const qwr_scenario *scenario;
    const qwr_scenario_info *info;
    int64_t epoch_unix_s;
    uint32_t calls, quays, berths, cranes;
    const qwr_call **call;
    const qwr_crane **crane;
    qwr__group breaks, depths, closures, quay_cranes, places; /* the last by call, others by quay */
    qwr__group positions;   /* by quay; only `start` is used ... */
    qwr__event *position;   /* ... for this: at = mm, rising within a quay */
    qwr__group storms;      /* weather rows by quay; only `start` is used ... */
    qwr__event *storm;      /* ... for this: [at, what) in s, rising, merged */
    uint32_t *storm_count;  /* spans of a quay after merging */
    qwr__event *outage;     /* at = s, what = crane * 2 + (1: goes out, 0: is back) */
    uint32_t *outage_start; /* by quay, quays + 1 entries */
    qwr__event *tide;       /* at = s, what = level in mm */
    size_t tides;
    int64_t lowest_tide_mm;
    int64_t longest_turnaround_s;
    int64_t *shortest_s; /* by call; NULL unless the objective takes it off */
} qwr__site;

qwr_status qwr__site_init(qwr__site *site, qwr_context *ctx, const qwr_scenario *scenario);
void qwr__site_free(qwr__site *site, qwr_context *ctx);
void qwr__sort_events(qwr__event *events, size_t count);

/** Level at an instant, rounded down: as good as exact, for what it is compared with is whole. */
int64_t qwr__level_mm(const qwr__site *site, int64_t at_s);
/** Lowest level on the closed interval. */
int64_t qwr__lowest_level_mm(const qwr__site *site, int64_t from_s, int64_t to_s);
/** First and last instant of the closed interval at which the level is below `need_mm`. */
bool qwr__level_below(const qwr__site *site, int64_t from_s, int64_t to_s, int64_t need_mm,
                      int64_t *first_s, int64_t *last_s);

/* --- the board: all stays -------------------------------------------------------------------- */

/** So many cranes are held during [from_s, to_s). */
typedef struct qwr__step {
    int64_t from_s, to_s;
    int64_t cranes; /* 0 .. INT32_MAX */
} qwr__step;

/** A stay with what follows from it. Only `stay` and `placed` hold where it is not placed. */
typedef struct qwr__alongside {
    qwr_stay stay;
    bool placed;
    bool has_quay;  /* the quay exists */
    bool has_berth; /* ... is DISCRETE, and the berth exists and is one of its own */
    bool has_time;  /* start < end */
    int64_t hull_from_mm, hull_to_mm; /* never empty */
    int64_t work_from_s, work_to_s;   /* cranes are held in between; may be empty */
    int64_t cranes;                   /* the most; 0 .. INT32_MAX, so that sums fit */
    bool varies;                      /* it has a profile, and the scenario allows one */
    uint32_t steps;                   /* of the work interval; 1 unless it varies */
    qwr__step step[QWR_CRANE_STEPS_MAX];
} qwr__alongside;

typedef struct qwr__board {
    const qwr__site *site;
    qwr__alongside *along; /* by call */
    qwr__event *work;      /* what = qwr__work_what(); rising */
    size_t works;
    qwr__event *scratch; /* room for one more stay than `work` */
    uint32_t *active;
} qwr__board;

/* A crane event: a call takes so many cranes, or gives them back. */
static inline int64_t qwr__work_what(uint32_t call, bool takes, int64_t cranes)
{
    return ((int64_t)call << 32 | cranes) * 2 + takes;
}

static inline uint32_t qwr__work_call(const qwr__event *e)
{
    return (uint32_t)(e->what >> 33);
}

/** Cranes more (or, below 0, fewer) from this event on. */
static inline int64_t qwr__work_change(const qwr__event *e)
{
    int64_t cranes = e->what >> 1 & UINT32_MAX;
    return e->what & 1 ? cranes : -cranes;
}

qwr_status qwr__check_board_init(qwr__board *board, qwr_context *ctx, const qwr__site *site,
                                 const qwr_plan *plan);
void qwr__check_board_free(qwr__board *board, qwr_context *ctx);
/** Sees a stay of a call in the light of the site. `stay->size` may be smaller than ours. */
void qwr__alongside_set(qwr__alongside *along, const qwr__site *site, uint32_t call,
                        const qwr_stay *stay);
/** Puts a stay in the place of the call's old one. O(calls), allocates nothing. */
void qwr__check_board_put(qwr__board *board, uint32_t call, const qwr__alongside *along);
/** Copies into `scratch` the crane events of one quay; returns their number. */
size_t qwr__board_quay_work(qwr__board *board, uint32_t quay);

static inline bool qwr__has_place(const qwr__alongside *a)
{
    return a->placed && a->has_quay;
}

static inline bool qwr__meets(int64_t a_from, int64_t a_to, int64_t b_from, int64_t b_to)
{
    return a_from < b_to && b_from < a_to;
}

/** Quay of a stay that has one. */
const qwr_quay *qwr__quay_of(const qwr__site *site, const qwr__alongside *a);
/** Berth of a stay, or NULL. */
const qwr_berth *qwr__berth_of(const qwr__site *site, const qwr__alongside *a);

/* --- cost ------------------------------------------------------------------------------------ */

int64_t qwr__check_stay_cost(const qwr__site *site, uint32_t call, const qwr__alongside *along);
/** Cost of the plan; `call_cost_mu` (by call) is filled. */
int64_t qwr__check_plan_cost(const qwr__board *board, int64_t *call_cost_mu);

/* --- findings -------------------------------------------------------------------------------- */

typedef struct qwr__findings qwr__findings;

/**
 * One rule. Each hook may be NULL.
 *  own:  about one call alone.
 *  pair: about two placed calls of one quay whose stays meet in time, or nearly (turnaround).
 *  quay: about everything at a quay; `work` are its crane events in rising time. With `only` set,
 *        nothing is reported in which that call takes no part.
 *  plan: about what the plan claims as a whole.
 */
typedef struct qwr__rule {
    const char *name;
    const char *sentence;
    void (*own)(const qwr__board *board, uint32_t call, qwr__findings *out);
    void (*pair)(const qwr__board *board, uint32_t a, uint32_t b, qwr__findings *out);
    void (*quay)(const qwr__board *board, uint32_t quay, const qwr__event *work, size_t count,
                 uint32_t only, qwr__findings *out);
    void (*plan)(const qwr__board *board, const qwr_plan_quality *quality, int64_t cost_mu,
                 qwr__findings *out);
} qwr__rule;

extern const qwr__rule qwr__rule_placed, qwr__rule_place, qwr__rule_length, qwr__rule_break,
    qwr__rule_overlap, qwr__rule_clearance, qwr__rule_berth_busy, qwr__rule_draught,
    qwr__rule_channel, qwr__rule_closure, qwr__rule_berth_window, qwr__rule_arrival,
    qwr__rule_departure, qwr__rule_handling, qwr__rule_crane_count, qwr__rule_crane_profile,
    qwr__rule_cranes, qwr__rule_crane_reach, qwr__rule_forbidden, qwr__rule_pin, qwr__rule_cost;
/** All rules, in the order of reports. */
extern const qwr__rule *const qwr__rules[];

/** Seconds of work a stay must offer, standstills not counted; INT64_MAX: it is never done. */
int64_t qwr__check_work_s(const qwr__site *site, uint32_t call, const qwr__alongside *along);

void qwr__check_own(const qwr__board *board, uint32_t call, qwr__findings *out);
/** Both calls have a place at the same quay, and a time. */
void qwr__check_pair(const qwr__board *board, uint32_t a, uint32_t b, qwr__findings *out);
/** Uses the board's scratch. */
void qwr__check_quay(qwr__board *board, uint32_t quay, uint32_t only, qwr__findings *out);
qwr_status qwr__check_arguments(qwr_context *ctx, const qwr_scenario *scenario,
                                const qwr_plan *plan);

/** The hard facts of a finding. `resource` is copied where the violations may outlive the scenario.
 */
typedef struct qwr__fact {
    const qwr__rule *rule;
    uint32_t call;
    const char *resource;
    int64_t from_s, to_s, amount;
    const char *unit;
} qwr__fact;

/** A thing a sentence speaks of. */
typedef struct qwr__word {
    enum {
        QWR__WORD_TEXT,
        QWR__WORD_CALL,
        QWR__WORD_QUAY,
        QWR__WORD_BERTH,
        QWR__WORD_METRES,
        QWR__WORD_TIME,
        QWR__WORD_SPAN,
        QWR__WORD_NUMBER,
        QWR__WORD_MONEY
    } kind;
    int64_t value;
    const char *text;
} qwr__word;

#define QWR__TEXT(s)    ((qwr__word){QWR__WORD_TEXT, 0, (s)})
#define QWR__CALL(ix)   ((qwr__word){QWR__WORD_CALL, (ix), NULL})
#define QWR__QUAY(ix)   ((qwr__word){QWR__WORD_QUAY, (ix), NULL})
#define QWR__BERTH(ix)  ((qwr__word){QWR__WORD_BERTH, (ix), NULL})
#define QWR__METRES(mm) ((qwr__word){QWR__WORD_METRES, (mm), NULL})
#define QWR__TIME(s)    ((qwr__word){QWR__WORD_TIME, (s), NULL})
#define QWR__SPAN(s)    ((qwr__word){QWR__WORD_SPAN, (s), NULL})
#define QWR__NUMBER(n)  ((qwr__word){QWR__WORD_NUMBER, (n), NULL})
#define QWR__MONEY(mu)  ((qwr__word){QWR__WORD_MONEY, (mu), NULL})
#define QWR__WORDS(...) ((const qwr__word[]){__VA_ARGS__})

enum { QWR__SENTENCE_SIZE = 512 };

/** Writes `form` into `text`, each '@' replaced by the next word; cut to fit, always terminated. */
size_t qwr__say(char text[QWR__SENTENCE_SIZE], const qwr__site *site, const char *form,
                const qwr__word *words);

/** Reports a finding. Never fails: a lack of memory is kept and told at the end. */
void qwr__found(qwr__findings *out, const qwr__fact *fact, const char *form,
                const qwr__word *words);

/** Text that never moves, in pieces. */
typedef struct qwr__piece {
    struct qwr__piece *next;
    size_t used, size;
    char text[];
} qwr__piece;

typedef struct qwr__item {
    qwr_violation violation;
    size_t rule;
} qwr__item;

/** Where findings go: a growing list (ctx set), or an array and a buffer of fixed size (ctx NULL).
 */
struct qwr__findings {
    qwr_context *ctx;
    const qwr__site *site;
    qwr_status status;
    size_t count, limit; /* past `limit` nothing more is listed */
    qwr__item *items;
    size_t capacity;
    qwr__piece *pieces;
    qwr_violation *fixed;
    size_t fixed_capacity;
    char *buffer;
    size_t buffer_used, buffer_size;
};

struct qwr_violations {
    qwr_context *ctx;
    qwr__findings findings;
    int64_t cost_mu;
    int64_t *call_cost_mu;
    uint32_t calls;
};

/** Puts the findings into the order of reports. */
void qwr__findings_sort(qwr__findings *findings);

#endif
