/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The engine: the only one that knows the order of the stages. One deadline and one work limit are
 * shared out over them; the best plan so far is always at hand, and none leaves unchecked.
 */
#include "bacap/bacap.h"
#include "continuous/continuous.h"
#include "discrete/discrete.h"
#include "engine/run.h"
#include "forecast/forecast.h"
#include "registry/registry.h"

#include <string.h>

static const char WHERE[] = "engine";

/** Ten years: far from where microseconds overflow. */
#define MOST_DEADLINE_MS INT64_C(315360000000)

/** Without any limit the search ends after this much work. */
#define UNLIMITED_WORK 2000000

/** The first search only serves the bound, which needs some plan: it never takes longer. */
#define FIRST_SEARCH_US 100000

/** Of that first search at discrete berths, for each call. */
#define FIRST_CALL_US 60

/** More calls than this are many for branch and price. */
#define MANY_CALLS 100

/** Kept back from the deadline for making and checking the plan. */
#define CLOSING_US 15000

qwr_solve_options qwr_solve_options_init(void)
{
    return (qwr_solve_options){
        .size = sizeof(qwr_solve_options), .deadline_ms = 2000, .work_limit = -1, .seed = 1};
}

qwr_solve_stats qwr_solve_stats_init(void)
{
    qwr_solve_stats stats = {.size = sizeof(qwr_solve_stats), .first_plan_us = -1};
    return stats;
}

/* --- progress --- */

static void report(qwr__run *r)
{
    if (!r->options.progress)
        return;
    int64_t now = qwr__now_us() - r->begin_us, work = r->berth ? r->berth->work : 0;
    double fraction = 0;
    if (r->deadline_us >= 0 && r->deadline_us > r->begin_us)
        fraction = (double)now / (double)(r->deadline_us - r->begin_us);
    else if (r->work_limit > 0)
        fraction = (double)work / (double)r->work_limit;
    bool known = r->berth && r->berth->value != INT64_MAX;
    qwr_progress p = {.size = sizeof p,
                      .stage = r->stage,
                      .fraction = fraction > 1 ? 1 : fraction,
                      .elapsed_us = now,
                      .work = work,
                      .cost_mu = known ? qwr__berth_cost_mu(r->berth) : QWR_UNSET,
                      .bound_mu = known ? qwr__berth_bound_mu(r->berth) : QWR_UNSET,
                      .unplaced = known ? (int64_t)r->berth->hopeless + r->berth->unplaced : 0};
    r->options.progress(&p, r->options.payload);
}

static void on_news(void *payload)
{
    report(payload);
}

/* --- budgets --- */

static bool over(const qwr__run *r)
{
    return qwr__cancelled(r->ctx) || (r->deadline_us >= 0 && qwr__now_us() >= r->deadline_us) ||
           (r->work_limit >= 0 && r->berth->work >= r->work_limit) || r->berth->problem->thin ||
           qwr__berth_closed(r->berth);
}

/* `percent` of what is left. */
static qwr__budget share(const qwr__run *r, int percent)
{
    qwr__budget budget = {-1, -1};
    int64_t now = qwr__now_us();
    if (r->deadline_us >= 0)
        budget.deadline_us =
            now + (r->deadline_us > now ? r->deadline_us - now : 0) / 100 * percent;
    if (r->work_limit >= 0) {
        int64_t left = r->work_limit - r->berth->work;
        budget.work = left > 0 ? left * percent / 100 : 0;
        if (left > 0 && budget.work == 0)
            budget.work = 1;
    }
    return budget;
}

static qwr_stop stop_reason(const qwr__run *r)
{
    if (qwr__berth_closed(r->berth))
        return QWR_STOP_DONE;
    if (qwr__cancelled(r->ctx))
        return QWR_STOP_CANCEL;
    if (r->deadline_us >= 0 && qwr__now_us() >= r->deadline_us)
        return QWR_STOP_DEADLINE;
    return r->work_limit >= 0 && r->berth->work >= r->work_limit ? QWR_STOP_WORK : QWR_STOP_LIMIT;
}

/* --- stages --- */

qwr__mark qwr__stage_begin(qwr__run *r, const char *stage)
{
    r->stage = stage;
    report(r);
    return (qwr__mark){qwr__now_us(), r->berth ? r->berth->work : 0};
}

void qwr__stage_end(qwr__run *r, qwr__mark m, int64_t items, qwr_stop stop)
{
    qwr_solve_stats *s = r->stats;
    int64_t now = qwr__now_us();
    bool has = r->berth && r->berth->value != INT64_MAX;
    qwr__log(r->ctx, QWR_LOG_INFO,
             "stage=%s elapsed_us=%lld work=%lld items=%lld cost_mu=%lld bound_mu=%lld stop=%s",
             r->stage, (long long)(now - m.at_us),
             (long long)((r->berth ? r->berth->work : 0) - m.work), (long long)items,
             (long long)(has ? qwr__berth_cost_mu(r->berth) : QWR_UNSET),
             (long long)(has ? qwr__berth_bound_mu(r->berth) : QWR_UNSET), qwr_stop_name(stop));
    if (s->stage_count >= sizeof s->stage / sizeof *s->stage)
        return;
    bool known = r->berth && r->berth->value != INT64_MAX;
    s->stage[s->stage_count++] =
        (qwr_stage_stats){.size = sizeof(qwr_stage_stats),
                          .stage = r->stage,
                          .elapsed_us = now - m.at_us,
                          .work = (r->berth ? r->berth->work : 0) - m.work,
                          .items = items,
                          .cost_mu = known ? qwr__berth_cost_mu(r->berth) : QWR_UNSET,
                          .bound_mu = known ? qwr__berth_bound_mu(r->berth) : QWR_UNSET,
                          .stop = stop};
}

static qwr_status forecast_stage(qwr__run *r)
{
    if (!r->options.forecast)
        return QWR_OK;
    qwr__mark m = qwr__stage_begin(r, "forecast");
    int64_t deadline = r->deadline_us < 0 ? -1 : r->begin_us + (r->deadline_us - r->begin_us) / 4;
    qwr_status status =
        qwr__forecast_apply(&r->forecasted, r->ctx, r->given, r->options.forecast, deadline);
    if (status == QWR_EPLUGIN) {
        /* A plugin that breaks its contract costs its forecast, not the plan. */
        qwr__log(r->ctx, QWR_LOG_WARNING, "stage=forecast plugin=%s status=QWR_EPLUGIN",
                 r->options.forecast);
        qwr__causes_clear(r->ctx);
        status = QWR_OK;
    }
    qwr__stage_end(r, m, (int64_t)qwr_scenario_history_count(r->given), QWR_STOP_DONE);
    return status;
}

/* `deadline_us`: when describing the candidates is given up (see qwr__problem_new). */
static qwr_status make_berth(qwr__run *r, bool thin, int64_t deadline_us)
{
    const qwr_scenario *s = r->forecasted ? r->forecasted : r->given;
    QWR_TRY(qwr__berth_new(&r->berth, r->ctx, s, r->options.seed, thin, deadline_us));
    r->berth->news = on_news;
    r->berth->news_payload = r;
    r->berth->budget = (qwr__budget){r->deadline_us, -1};
    return QWR_OK;
}

/* Is describing every candidate so much work that a first plan should not wait for it? */
static bool is_large(const qwr__run *r)
{
    size_t calls = qwr_scenario_call_count(r->given);
    int64_t metres = 0;
    for (uint32_t g = 0; g < qwr_scenario_quay_count(r->given); g++)
        metres += qwr_scenario_quay(r->given, (qwr_quay_ix){g})->length_mm / 1000;
    return calls >= 200 && metres >= 1000;
}

/* A large scenario gets its first plan from a part of its places and crane counts. */
static qwr_status draft_stage(qwr__run *r, qwr_plan **draft)
{
    if (!is_large(r))
        return QWR_OK;
    qwr__mark m = qwr__stage_begin(r, "draft");
    QWR_TRY(make_berth(r, true, -1));
    QWR_TRY(qwr__berth_construct(r->berth));
    r->stats->first_plan_us = qwr__now_us() - r->begin_us;
    qwr__stage_end(r, m, r->berth->problem->cand.view.row_count, QWR_STOP_DONE);
    return qwr__berth_plan(draft, r->berth);
}

static qwr_status construct_stage(qwr__run *r)
{
    qwr_plan *draft = NULL;
    QWR_TRY(draft_stage(r, &draft));
    qwr__berth *drafted = r->berth;
    qwr__mark m = qwr__stage_begin(r, "construct");
    r->berth = NULL;
    /* Only with a draft in hand may deadline or cancel cut the description of the candidates short.
     */
    int64_t give_up_us = r->deadline_us >= 0 ? r->deadline_us : INT64_MAX;
    qwr_status status = make_berth(r, false, draft ? give_up_us : -1);
    if (status == QWR_OK && r->berth->problem->cut) {
        qwr__berth_free(r->berth);
        r->berth = drafted;
        qwr_plan_free(draft);
        qwr__stage_end(r, m, 0, stop_reason(r));
        return QWR_OK;
    }
    qwr__berth_free(drafted);
    if (status == QWR_OK && draft)
        status = qwr__berth_start(r->berth, draft);
    qwr_plan_free(draft);
    QWR_TRY(status);
    if (r->options.start)
        QWR_TRY(qwr__berth_start(r->berth, r->options.start));
    QWR_TRY(qwr__berth_construct(r->berth));
    if (r->stats->first_plan_us < 0)
        r->stats->first_plan_us = qwr__now_us() - r->begin_us;
    r->stats->candidates = qwr__candidates_count(&r->berth->problem->cand);
    r->stats->candidates_left = r->stats->candidates;
    qwr__stage_end(r, m, r->stats->candidates, QWR_STOP_DONE);
    return QWR_OK;
}

static qwr_status improve_stage(qwr__run *r, const qwr_plugin *plugin, qwr__budget budget)
{
    if (over(r))
        return QWR_OK;
    qwr__mark m = qwr__stage_begin(r, plugin ? plugin->id : "search");
    QWR_TRY(qwr__berth_improve(r->berth, plugin, budget));
    qwr__stage_end(r, m, r->berth->problem->cand.view.row_count,
                   over(r) ? stop_reason(r) : QWR_STOP_DONE);
    return QWR_OK;
}

static qwr_status search_stage(qwr__run *r, int percent)
{
    return improve_stage(r, NULL, share(r, percent));
}

static qwr_status first_search_stage(qwr__run *r)
{
    qwr__budget budget = share(r, 5);
    int64_t most = qwr__now_us() + FIRST_SEARCH_US;
    if (budget.deadline_us > most)
        budget.deadline_us = most;
    return improve_stage(r, NULL, budget);
}

static qwr_status bound_stage(qwr__run *r, int percent)
{
    if (over(r))
        return QWR_OK;
    qwr__mark m = qwr__stage_begin(r, "bound");
    QWR_TRY(qwr__berth_bound(r->berth, share(r, percent)));
    qwr__stage_end(r, m, r->stats->candidates, over(r) ? stop_reason(r) : QWR_STOP_DONE);
    return QWR_OK;
}

static qwr_status proof_stage(qwr__run *r, int percent)
{
    qwr__proof_report proof;
    if (over(r))
        return QWR_OK;
    qwr__mark m = qwr__stage_begin(r, "milp");
    qwr_status status = qwr__berth_prove(&proof, r->berth, r->options.solver, r->options.milp_file,
                                         share(r, percent));
    if (status == QWR_ESOLVER || status == QWR_EPLUGIN) {
        /* The backend failed; the plan it was to improve is still good. */
        qwr__log(r->ctx, QWR_LOG_WARNING, "stage=milp status=%s", qwr_status_name(status));
        qwr__causes_clear(r->ctx);
        status = QWR_OK;
    }
    if (proof.candidates >= 0)
        r->stats->candidates_left = proof.candidates;
    qwr__stage_end(r, m, proof.nodes, proof.stop);
    return status;
}

static qwr_status plugin_stages(qwr__run *r)
{
    const char *at = r->options.optimisers;
    while (at && *at) {
        char id[64];
        size_t length = strcspn(at, ",");
        if (length >= sizeof id)
            return qwr__fail(r->ctx, QWR_ENOTFOUND, WHERE, NULL, 0,
                             "no optimiser has an id that long: %s", at);
        memcpy(id, at, length);
        id[length] = 0;
        at += length + (at[length] == ',');
        const qwr_plugin *plugin = qwr__registry_find(r->ctx, QWR_PLUGIN_OPTIMISER, id);
        if (!plugin)
            return qwr_context_cause(r->ctx, 0) ? qwr_context_cause(r->ctx, 0)->status
                                                : QWR_ENOTFOUND;
        QWR_TRY(improve_stage(r, plugin, share(r, 15)));
    }
    return QWR_OK;
}

/* Asks early whether the names given exist, before any work is done. */
static qwr_status check_names(qwr__run *r)
{
    const qwr_solve_options *o = &r->options;
    if (o->solver && strcmp(o->solver, "none") &&
        !qwr__registry_find(r->ctx, QWR_PLUGIN_SOLVER, o->solver))
        return QWR_ENOTFOUND;
    if (o->forecast && !qwr__registry_find(r->ctx, QWR_PLUGIN_FORECAST, o->forecast))
        return QWR_ENOTFOUND;
    if (o->start && qwr_plan_scenario(o->start) != r->given)
        return qwr__fail(r->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "the plan to start from belongs to another scenario");
    return QWR_OK;
}

/* Discrete berths: search and branch and price take turns, each going on where it stopped. Many
 * calls leave little hope of a proof: then search has more of the time. */
static qwr_status discrete_stages(qwr__run *r)
{
    static const int SEARCH[2][3] = {{5, 12, 25}, {5, 70, 50}},
                     BRANCH[2][3] = {{50, 65, 100}, {20, 50, 100}};
    int64_t calls = (int64_t)qwr_scenario_call_count(r->given);
    int many = calls > MANY_CALLS;
    for (int turn = 0; turn < 3; turn++) {
        qwr__budget budget = share(r, SEARCH[many][turn]);
        int64_t most = qwr__now_us() + FIRST_CALL_US * (many ? calls * 5 : calls);
        if (turn == 0 && budget.deadline_us > most)
            budget.deadline_us = most;
        QWR_TRY(improve_stage(r, NULL, budget));
        QWR_TRY(improve_stage(r, &qwr__branch_plugin, share(r, BRANCH[many][turn])));
        if (turn == 0)
            QWR_TRY(plugin_stages(r));
        if (r->berth->branch_done)
            break; /* proved, or beyond it: calls that cannot all be placed */
    }
    return QWR_OK;
}

/* The order of the berth stage's steps: short first, so that easy scenarios end early. */
/* Crane counts that may change during a stay: a plan with one count each is where they begin. The
 * search for it tries far more plans, so it has much of the time where there is much to try: many
 * calls, or starts and ends between the instants at which counts may change. */
static qwr_status varying_stages(qwr__run *r)
{
    const qwr_scenario_info *info = qwr_scenario_get_info(r->given);
    if (qwr_scenario_call_count(r->given) > MANY_CALLS || info->step_s < info->crane_period_s)
        QWR_TRY(search_stage(r, 50));
    else
        QWR_TRY(first_search_stage(r));
    if (over(r))
        return QWR_OK;
    qwr__mark m = qwr__stage_begin(r, "profiles");
    qwr_status status = qwr__bacap_solve(r->berth, r->options.start, share(r, 100));
    qwr__stage_end(r, m, r->stats->candidates, over(r) ? stop_reason(r) : QWR_STOP_DONE);
    return status == QWR_EUNSUPPORTED ? search_stage(r, 100) : status;
}

/* Quays in metres without cranes: the room for them. *done: it has planned every call and told what
 * the least is, so that the rest of the time was its own. */
static qwr_status packing_stage(qwr__run *r, bool *done)
{
    *done = false;
    if (over(r))
        return QWR_OK;
    qwr__mark m = qwr__stage_begin(r, "packing");
    qwr_status status = qwr__continuous_solve(r->berth, share(r, r->options.optimisers ? 60 : 95));
    qwr__stage_end(r, m, r->stats->candidates, over(r) ? stop_reason(r) : QWR_STOP_DONE);
    *done = status == QWR_OK && r->berth->unplaced == 0 && r->berth->bound != INT64_MIN;
    return status == QWR_EUNSUPPORTED ? QWR_OK : status;
}

static qwr_status berth_stages(qwr__run *r)
{
    QWR_TRY(construct_stage(r));
    if (qwr__berth_varies(r->berth))
        return varying_stages(r);
    if (qwr__interval_applies(r->berth))
        QWR_TRY(discrete_stages(r));
    else {
        bool done;
        QWR_TRY(packing_stage(r, &done));
        if (done)
            return plugin_stages(r);
        QWR_TRY(first_search_stage(r));
    }
    QWR_TRY(bound_stage(r, 30));
    QWR_TRY(proof_stage(r, 40));
    if (!qwr__interval_applies(r->berth))
        QWR_TRY(plugin_stages(r));
    QWR_TRY(search_stage(r, 50));
    QWR_TRY(bound_stage(r, 20));
    QWR_TRY(proof_stage(r, 60));
    return search_stage(r, 100);
}

/* Copies as much of the caller's options as both sides know. */
static qwr_status take_options(qwr__run *r, const qwr_solve_options *options)
{
    r->options = qwr_solve_options_init();
    if (options) {
        size_t size = options->size < sizeof r->options ? options->size : sizeof r->options;
        if (size < offsetof(qwr_solve_options, seed))
            return qwr__fail(r->ctx, QWR_EINVAL, WHERE, NULL, 0,
                             "qwr_solve_options.size is not set");
        memcpy(&r->options, options, size);
    }
    r->deadline_us = -1;
    r->work_limit = r->options.work_limit;
    if (r->options.deadline_ms > MOST_DEADLINE_MS)
        return qwr__fail(r->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "deadline_ms %lld is more than ten years; a negative one stands for none",
                         (long long)r->options.deadline_ms);
    if (r->options.deadline_ms >= 0) {
        int64_t closing = r->options.deadline_ms * 1000 / 4;
        closing = closing < CLOSING_US ? closing : CLOSING_US;
        r->deadline_us = r->begin_us + r->options.deadline_ms * 1000 - closing;
    } else if (r->work_limit < 0) {
        r->work_limit = UNLIMITED_WORK;
    }
    return QWR_OK;
}

qwr_status qwr_solve(qwr_plan **out, qwr_context *ctx, const qwr_scenario *scenario,
                     const qwr_solve_options *options, qwr_solve_stats *stats)
{
    qwr_solve_stats own = qwr_solve_stats_init();
    qwr__run r = {
        .ctx = ctx, .given = scenario, .stats = &own, .begin_us = qwr__now_us(), .stage = "start"};
    if (out)
        *out = NULL;
    if (!out || !ctx || !scenario)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    qwr_status status = take_options(&r, options);
    if (status == QWR_OK)
        status = check_names(&r);
    if (status == QWR_OK)
        status = forecast_stage(&r);
    if (status == QWR_OK)
        status = berth_stages(&r);
    if (status == QWR_OK)
        status = qwr__run_finish(out, &r, stop_reason(&r));
    qwr__berth_free(r.berth);
    qwr_scenario_free(r.forecasted);
    own.elapsed_us = qwr__now_us() - r.begin_us;
    if (stats) {
        uint32_t size = stats->size < sizeof own ? stats->size : (uint32_t)sizeof own;
        memcpy(stats, &own, size);
        stats->size = size;
    }
    return status;
}
