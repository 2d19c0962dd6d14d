/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Berths and cranes together where the crane count may vary over a stay (BACAP): a stay is a place,
 * a start, an end and a crane count for every period of the scenario that its work meets. Takes the
 * axis and the rules from the berth problem, and hands its plans and bounds back to the berth
 * stage.
 *
 * Money is in mu, work in units of (moves x 10^-3 per hour) x (efficiency x 10^-3) x seconds, so
 * that one second of q cranes does rate_milli * efficiency_milli(q) of it.
 */
#ifndef QWR_BACAP_BACAP_H
#define QWR_BACAP_BACAP_H

#include "berth/berth.h"

enum {
    QWR__BACAP_CRANES = 16,   /**< counts a call may choose from lie below it */
    QWR__BACAP_SEGMENTS = 250 /**< periods a stay may meet */
};

/** A place for a call: what a position does to cost, work, room and time. */
typedef struct qwr__place {
    int32_t cell, width;
    int32_t width_bound; /**< cells that are certainly needed: what bounds go by */
    int32_t tail;        /**< ticks the cells stay taken after the end */
    uint32_t window;     /**< which ticks allow the vessel to lie here */
    uint32_t gang;       /**< which cranes reach it */
    int64_t mu;          /**< cost of the place itself */
    int64_t need;        /**< work to be done here */
} qwr__place;

/** A call at one quay with one range of crane counts. */
typedef struct qwr__side {
    uint32_t call, quay;
    int32_t least, most;
    int64_t rate[QWR__BACAP_CRANES]; /**< work a second with so many cranes, rising */
    uint32_t first_place, end_place; /**< by rising mu, then need, then cell */
    int32_t shortest;                /**< ticks of its shortest stay, all cranes at work */
    int64_t least_need, most_need;   /**< over its places */
} qwr__side;

/** Everything that does not change while plans are made. */
typedef struct qwr__bacap_facts {
    qwr_context *ctx;
    const qwr__problem *problem;
    uint32_t calls, quays;
    int32_t ticks, words;
    int64_t step_s, period_s;
    qwr__side *side;
    uint32_t *side_begin; /**< [calls + 1] */
    qwr__place *place;
    size_t side_count, place_count, side_room, place_room;
    int32_t **bad; /**< [windows][ticks + 1] ticks before this one that do not allow a stay */
    size_t windows, window_room;
    int16_t **gang; /**< [gangs][ticks] cranes of the gang in service */
    uint64_t *gang_mask;
    uint32_t *gang_quay;
    size_t gangs, gang_room, gang_quay_room, mask_room;
    uint8_t *comes, *leaves; /**< [calls][ticks + 1] may start, may end there */
    int64_t *pause_s;        /**< [quays][ticks + 1] seconds of weather stops before this tick */
    int32_t *mooring, *unmooring; /**< [calls] in ticks */
    int32_t *period_end;          /**< [ticks + 1] first tick of the period after this tick's */
    bool exact;                   /**< costs in mu are exact: no table entry was cut down */
    bool whole;                   /**< no legal stay of a call is missing: bounds are bounds */
} qwr__bacap_facts;

/** A stretch of a stay's work inside one period. Ticks [from, to). */
typedef struct qwr__segment {
    int32_t from, to;
    int64_t work_s; /**< seconds that work is done in: without weather stops */
    int64_t paid_s; /**< seconds that cranes are held */
} qwr__segment;

/** A call on the board. place UINT32_MAX: nowhere. */
typedef struct qwr__berthing {
    uint32_t side, place;
    int32_t start, end;
    int64_t mu;
    int32_t segments;
    uint8_t cranes[QWR__BACAP_SEGMENTS];
} qwr__berthing;

/** A plan in the making. */
typedef struct qwr__field {
    const qwr__bacap_facts *facts;
    uint64_t *busy;      /**< [ticks][words] */
    int32_t *used;       /**< [quays][ticks] cranes held */
    qwr__berthing *stay; /**< [calls] */
    int64_t mu;
    uint32_t unplaced;
    uint64_t *mask; /**< [words] scratch */
} qwr__field;

/* instance.c */
/** May the room plan this problem? Fills `facts` if so; QWR_EUNSUPPORTED if not, or if the budget
 * does not last for that. */
qwr_status qwr__bacap_facts_init(qwr__bacap_facts *f, const qwr__berth *b);
void qwr__bacap_facts_free(qwr__bacap_facts *f);

/* segments.c */
/** Cuts the work of a stay [start, end) into its periods. Returns how many; 0: no work at all;
 * -1: more than QWR__BACAP_SEGMENTS. */
int32_t qwr__bacap_segments(qwr__segment *out, const qwr__bacap_facts *f, const qwr__side *side,
                            int32_t start, int32_t end);
/** The same for [start, end) when `count` segments of [start, end - 1) stand in `out`. */
int32_t qwr__bacap_extend(qwr__segment *out, int32_t count, const qwr__bacap_facts *f,
                          const qwr__side *side, int32_t start, int32_t end);
/** Fewest crane-seconds that do the work with at most `room` cranes in each segment: every count is
 * raised where that does most. False: it cannot be done. */
bool qwr__bacap_fill(uint8_t *cranes, const qwr__side *side, const qwr__segment *segment,
                     int32_t count, const int32_t *room, int64_t need);
/** Exact cost in mu of a stay with these cranes. */
int64_t qwr__bacap_mu(const qwr__bacap_facts *f, const qwr__berthing *stay);
/** Part of that cost that start and end decide. */
int64_t qwr__bacap_times_mu(const qwr__bacap_facts *f, uint32_t call, int32_t start, int32_t end);
/** Money for cranes held: crane_seconds of them. */
int64_t qwr__bacap_cranes_mu(const qwr__bacap_facts *f, uint32_t call, int64_t crane_seconds);

/* field.c */
qwr_status qwr__field_init(qwr__field *field, const qwr__bacap_facts *f);
void qwr__field_free(qwr__field *field);
void qwr__field_clear(qwr__field *field);
void qwr__field_copy(qwr__field *to, const qwr__field *from);
void qwr__field_put(qwr__field *field, const qwr__berthing *stay);
void qwr__field_lift(qwr__field *field, uint32_t call);
/** Is there room, and are there cranes, for this stay? */
bool qwr__field_free_at(const qwr__field *field, const qwr__berthing *stay);

/** Are the cells of the place free for a stay [start, end)? */
bool qwr__field_has_room(const qwr__field *field, const qwr__place *place, int32_t start,
                         int32_t end);
/** Gives the stay, whose place and times are set, the cranes it needs of those that are left.
 * False: there is no room, or there are too few. */
bool qwr__field_serve(const qwr__field *field, qwr__berthing *stay);

/** What a look for the cheapest stay leaves out. */
typedef struct qwr__look {
    int32_t first, last;         /**< starts outside are overlooked */
    int32_t end_first, end_last; /**< as are ends */
    uint64_t blink; /**< random bits: about every eighth pair of start and end is overlooked */
    const struct qwr__dual
        *dual;           /**< what cells and cranes are worth to the others; NULL: nothing */
    int64_t share_milli; /**< of those prices that counts */
} qwr__look;
/** Cheapest stay found for the call, cheaper than `limit`, prices that count included; place
 * UINT32_MAX: none. */
void qwr__field_best(qwr__berthing *best, const qwr__field *field, uint32_t call, int64_t limit,
                     const qwr__look *look);

/* search.c */
/** Ruin and recreate from `field`, which holds the best plan found when it ends. Prices of the
 * bound, if there are any, tell calls what others would give for their place. Every turn draws
 * numbers of its own. */
qwr_status qwr__bacap_search(qwr__field *field, qwr__berth *b, const struct qwr__dual *dual,
                             uint64_t turn);

/* bacap.c */
/**
 * Improves the berth stage's plan and bound by letting crane counts vary, within b's budget.
 * @param start a plan to start from where it is better; NULL: none.
 * QWR_EUNSUPPORTED: the room has nothing to do with this problem.
 */
qwr_status qwr__bacap_solve(qwr__berth *b, const qwr_plan *start, qwr__budget budget);

#endif
