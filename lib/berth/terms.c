/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cost terms: the definitions of <quaywright/entities.h> turned into a table over start ticks, a
 * table over end ticks and a constant per row, all whole multiples of one cost unit. Entries that
 * do not fit are cut down, never up, so that every bound made from the tables stays a bound.
 */
#include "berth/problem.h"

static const char WHERE[] = "berth.terms";

enum { TERM_RISING, TERM_FALLING, TERM_DISTANCE, TERM_LINE, TERM_STEP, TERM_FLAT };

/** rate_mu_h per hour past, before, off, or from ref_s; STEP: rate_mu_h once past ref_s; FLAT:
 * always. */
typedef struct term {
    int shape;
    int64_t rate_mu_h, ref_s;
} term;

typedef struct term_list {
    term start[4], end[4];
    int starts, ends;
} term_list;

int64_t qwr__gcd(int64_t a, int64_t b)
{
    if (a < 0)
        a = -a;
    if (b < 0)
        b = -b;
    while (b) {
        int64_t r = a % b;
        a = b;
        b = r;
    }
    return a;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}

static int64_t term_value(const term *x, int64_t at_s)
{
    int64_t d = at_s - x->ref_s;
    switch (x->shape) {
    case TERM_RISING:
        d = d > 0 ? d : 0;
        break;
    case TERM_FALLING:
        d = d < 0 ? -d : 0;
        break;
    case TERM_DISTANCE:
        d = d < 0 ? -d : d;
        break;
    case TERM_STEP:
        return d > 0 ? x->rate_mu_h : 0;
    case TERM_FLAT:
        return x->rate_mu_h;
    default:
        break;
    }
    int64_t v;
    if (!qwr__mul_div64(&v, x->rate_mu_h, d < 0 ? -d : d, 3600))
        return (int64_t)QWR__COST_LIMIT << 31;
    if (d >= 0)
        return v;
    return -v - (x->rate_mu_h * (-d) % 3600 != 0);
}

/** Shortest handling time over all berths, a berth without a row taking handling_s; 0 if there is
 * none. */
static int64_t shortest_handling(const qwr_scenario *s, uint32_t i)
{
    const qwr_call *c = qwr_scenario_call(s, (qwr_call_ix){i});
    int64_t least = INT64_MAX;
    size_t berths = qwr_scenario_berth_count(s);
    for (uint32_t b = 0; b < berths; b++) {
        int64_t h = qwr_scenario_handling_s(s, (qwr_call_ix){i}, (qwr_berth_ix){b});
        if (h == QWR_UNSET)
            h = c->handling_s;
        if (h != QWR_UNSET && h != QWR_FORBIDDEN && h < least)
            least = h;
    }
    if (berths == 0 && c->handling_s != QWR_UNSET)
        least = c->handling_s;
    return least == INT64_MAX ? 0 : least;
}

static void add(term *list, int *count, int shape, int64_t rate, int64_t ref_s)
{
    if (rate)
        list[(*count)++] = (term){shape, rate, ref_s};
}

/* What is taken off the flow of a call wherever it lies. It belongs to the tables, not to the plan
 * as a whole: where calls are left out, it decides which. */
static int64_t offset_mu(const qwr__problem *p, uint32_t call)
{
    const qwr_call *c = qwr_scenario_call(p->scenario, (qwr_call_ix){call});
    int64_t off = 0;
    if (p->info->offset != QWR_OFFSET_MIN_HANDLING ||
        !qwr__mul_div64(&off, c->weight_milli, shortest_handling(p->scenario, call), 3600))
        return 0;
    return -off;
}

static term_list terms_of(const qwr__problem *p, uint32_t call)
{
    const qwr_call *c = qwr_scenario_call(p->scenario, (qwr_call_ix){call});
    term_list t = {.starts = 0};
    int64_t unit = p->info->inclusive ? p->info->published_unit_s : 0;
    switch (p->info->objective) {
    case QWR_OBJECTIVE_FLOW_TIME:
        add(t.end, &t.ends, TERM_LINE, c->weight_milli, c->eta_s + unit);
        add(t.end, &t.ends, TERM_FLAT, offset_mu(p, call), 0);
        break;
    case QWR_OBJECTIVE_COMPLETION:
        add(t.end, &t.ends, TERM_LINE, c->weight_milli, unit);
        break;
    case QWR_OBJECTIVE_COST:
        add(t.start, &t.starts, TERM_RISING, c->wait_mu_h, c->eta_s);
        add(t.start, &t.starts, TERM_FALLING, c->speedup_mu_h, c->eta_s);
        if (c->base_start_s != QWR_UNSET)
            add(t.start, &t.starts, TERM_DISTANCE, c->change_start_mu_h, c->base_start_s);
        if (c->desired_departure_s != QWR_UNSET)
            add(t.end, &t.ends, TERM_RISING, c->late_mu_h, c->desired_departure_s);
        if (c->latest_is_soft && c->latest_departure_s != QWR_UNSET)
            add(t.end, &t.ends, TERM_STEP, c->past_latest_mu, c->latest_departure_s);
        break;
    case QWR_OBJECTIVE_MAKESPAN:
        break;
    }
    return t;
}

/* Folds every value a term takes on the tick grid into g. */
static int64_t term_gcd(const qwr__problem *p, const term *x, int64_t g, int32_t first,
                        int32_t last, int64_t shift_s)
{
    if (x->shape == TERM_STEP || x->shape == TERM_FLAT)
        return qwr__gcd(g, x->rate_mu_h);
    int64_t per_step;
    if (!qwr__mul64(&per_step, x->rate_mu_h, p->step_s) || per_step % 3600 != 0) {
        for (int32_t t = first; t <= last && g != 1; t++)
            g = qwr__gcd(g, term_value(x, qwr__tick_s(p, t) + shift_s));
        return g;
    }
    g = qwr__gcd(g, per_step / 3600);
    /* One value either side of the reference point stands for all of them. */
    int64_t at = floor_div(x->ref_s - p->origin_s - shift_s, p->step_s);
    for (int64_t t = at; t <= at + 1; t++)
        g = qwr__gcd(g, term_value(x, qwr__tick_s(p, t) + shift_s));
    return g;
}

/* What rows can add: see qwr__terms_row_mu(). */
static int64_t row_gcd(const qwr__problem *p, const qwr_call *c, int64_t g)
{
    if (p->info->objective != QWR_OBJECTIVE_COST)
        return g;
    int64_t rates[] = {c->stay_mu_h, c->crane_mu_h};
    for (int k = 0; k < 2; k++) {
        int64_t per_step;
        if (!qwr__mul64(&per_step, rates[k], p->step_s) || per_step % 3600 != 0)
            return 1;
        g = qwr__gcd(g, per_step / 3600);
    }
    g = qwr__gcd(g, c->change_berth_mu);
    g = qwr__gcd(g, c->change_crane_mu);
    if (p->info->profile == QWR_PROFILE_VARYING)
        g = qwr__gcd(g, c->handover_mu);
    int64_t refs[] = {c->preferred_mm, c->base_position_mm};
    int64_t per_m[] = {c->deviation_mu_m, c->change_position_mu_m};
    for (int k = 0; k < 2; k++) {
        if (refs[k] == QWR_UNSET || per_m[k] == 0)
            continue;
        for (uint32_t cell = 0; cell < p->cand.view.cell_count && g != 1; cell++) {
            int64_t d = p->cell_mm[cell] - refs[k], v;
            g = qwr__gcd(g, qwr__mul_div64(&v, per_m[k], d < 0 ? -d : d, 1000) ? v : 1);
        }
    }
    return g;
}

static int64_t cost_unit(qwr__problem *p, int64_t g)
{
    for (uint32_t i = 0; i < p->cand.view.call_count && g != 1; i++) {
        const qwr_call *c = qwr_scenario_call(p->scenario, (qwr_call_ix){i});
        term_list t = terms_of(p, i);
        int32_t first = p->ready_tick[i], last = p->due_tick[i];
        for (int k = 0; k < t.starts; k++)
            g = term_gcd(p, &t.start[k], g, first, last, p->shift_s[i]);
        for (int k = 0; k < t.ends; k++)
            g = term_gcd(p, &t.end[k], g, first, last, 0);
        if (p->shift_s[i] == 0)
            g = row_gcd(p, c, g);
    }
    return g ? g : 1;
}

static void fill(qwr__problem *p, int32_t *table, const term *terms, int count, int32_t first,
                 int32_t last, int64_t shift_s)
{
    int64_t unit = p->cand.view.cost_unit_mu;
    for (int k = 0; k < count; k++) {
        const term *x = &terms[k];
        for (int32_t t = first; t <= last; t++) {
            int64_t mu = term_value(x, qwr__tick_s(p, t) + shift_s);
            int64_t units = table[t - first] + floor_div(mu, unit);
            if (units > QWR__COST_LIMIT || units < -QWR__COST_LIMIT || mu % unit != 0)
                p->clipped = true;
            if (units > QWR__COST_LIMIT)
                units = QWR__COST_LIMIT;
            if (units < -QWR__COST_LIMIT)
                units = -QWR__COST_LIMIT;
            table[t - first] = (int32_t)units;
        }
    }
}

static void fill_calls(qwr__problem *p)
{
    qwr__candidates *c = &p->cand;
    for (uint32_t i = 0; i < c->view.call_count; i++) {
        term_list t = terms_of(p, i);
        int32_t first = p->ready_tick[i], last = p->due_tick[i];
        int32_t *a = c->start_cost + c->call_start_offset[i],
                *b = c->end_cost + c->call_end_offset[i];
        fill(p, a, t.start, t.starts, first, last, p->shift_s[i]);
        fill(p, b, t.end, t.ends, first, last, 0);
        if (p->info->objective == QWR_OBJECTIVE_MAKESPAN)
            for (int32_t k = first; k <= last; k++)
                b[k - first] = k - first; /* tie-break: leave early */
    }
}

qwr_status qwr__terms_fill(qwr__problem *p)
{
    qwr__candidates *c = &p->cand;
    uint32_t calls = c->view.call_count;
    int32_t *end_count = qwr__alloc(p->ctx, (size_t)calls + 1, sizeof *end_count);
    if (!end_count)
        return qwr__no_memory(p->ctx, WHERE);
    for (uint32_t i = 0; i < calls; i++) {
        c->call_first_start[i] = c->call_first_end[i] = p->ready_tick[i];
        c->call_last_start[i] = p->due_tick[i];
        end_count[i] = p->due_tick[i] - p->ready_tick[i] + 1;
    }
    qwr_status status = qwr__candidates_tables(c, end_count);
    qwr__free(p->ctx, end_count);
    QWR_TRY(status);
    c->view.cost_unit_mu = p->info->objective == QWR_OBJECTIVE_MAKESPAN ? 1 : cost_unit(p, 0);
    fill_calls(p);
    return QWR_OK;
}

/* a * b / c rounded down, added to *sum; false on overflow. */
static bool add_part(int64_t *sum, int64_t a, int64_t b, int64_t c)
{
    int64_t v;
    return qwr__mul_div64(&v, a, b < 0 ? -b : b, c) && qwr__add64(sum, *sum, v);
}

bool qwr__terms_place_mu(int64_t *cost_mu, const qwr__problem *p, uint32_t call, uint32_t quay,
                         uint32_t berth, int64_t position_mm)
{
    const qwr_call *c = qwr_scenario_call(p->scenario, (qwr_call_ix){call});
    int64_t sum = 0;
    *cost_mu = 0;
    if (p->info->objective != QWR_OBJECTIVE_COST)
        return true;
    if (c->preferred_mm != QWR_UNSET && c->preferred_quay.v == quay &&
        !add_part(&sum, c->deviation_mu_m, position_mm - c->preferred_mm, 1000))
        return false;
    bool quay_differs = c->base_quay.v != QWR_NONE && c->base_quay.v != quay;
    bool berth_differs = c->base_berth.v != QWR_NONE && c->base_berth.v != berth;
    if (quay_differs || berth_differs) {
        if (!qwr__add64(&sum, sum, c->change_berth_mu))
            return false;
    } else if (c->base_position_mm != QWR_UNSET &&
               !add_part(&sum, c->change_position_mu_m, position_mm - c->base_position_mm, 1000)) {
        return false;
    }
    *cost_mu = sum;
    return true;
}

bool qwr__terms_row_mu(int64_t *cost_mu, const qwr__problem *p, uint32_t call, uint32_t quay,
                       uint32_t berth, int64_t position_mm, int64_t cranes, int64_t duration_ticks)
{
    const qwr_call *c = qwr_scenario_call(p->scenario, (qwr_call_ix){call});
    int64_t stay_s = duration_ticks * p->step_s - p->shift_s[call];
    int64_t work_s = stay_s - c->mooring_s - c->unmooring_s, sum, rate;
    *cost_mu = 0;
    if (p->info->objective != QWR_OBJECTIVE_COST)
        return true;
    if (!qwr__terms_place_mu(&sum, p, call, quay, berth, position_mm) ||
        !add_part(&sum, c->stay_mu_h, stay_s, 3600) || !qwr__mul64(&rate, c->crane_mu_h, cranes) ||
        !add_part(&sum, rate, work_s > 0 ? work_s : 0, 3600))
        return false;
    if (c->base_cranes != QWR_UNSET &&
        !add_part(&sum, c->change_crane_mu, cranes - c->base_cranes, 1))
        return false;
    *cost_mu = sum;
    return true;
}

bool qwr__terms_times_mu(int64_t *cost_mu, const qwr__problem *p, uint32_t call, int64_t start_s,
                         int64_t end_s)
{
    term_list t = terms_of(p, call);
    int64_t sum = 0;
    for (int k = 0; k < t.starts; k++)
        if (!qwr__add64(&sum, sum, term_value(&t.start[k], start_s)))
            return false;
    for (int k = 0; k < t.ends; k++)
        if (!qwr__add64(&sum, sum, term_value(&t.end[k], end_s)))
            return false;
    *cost_mu = sum;
    return true;
}

bool qwr__terms_stay_mu(int64_t *cost_mu, const qwr__problem *p, uint32_t call,
                        const qwr_stay *stay)
{
    /* Rows are counted in whole ticks; a pinned start inside its tick is taken off by the row term.
     */
    int64_t ticks = (stay->end_s - stay->start_s + p->shift_s[call]) / p->step_s, sum, times;
    if (!qwr__terms_row_mu(&sum, p, call, stay->quay.v, stay->berth.v, stay->position_mm,
                           stay->cranes, ticks))
        return false;
    if (!qwr__terms_times_mu(&times, p, call, stay->start_s, stay->end_s) ||
        !qwr__add64(&sum, sum, times))
        return false;
    *cost_mu = sum + p->constant_mu[call];
    return true;
}
