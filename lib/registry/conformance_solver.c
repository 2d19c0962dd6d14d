/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The conformance suite of solver backends: tiny models with known answers, limits, cancel, and the
 * life of instances. A backend may say "unknown" if it does not claim QWR_CAP_MIP; it may never be
 * wrong. Knows no backend.
 */
#include "registry/conformance.h"
#include "registry/conformance_models.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/** For messages: values here are whole or infinite. */
static int shown(double x)
{
    return x > 1e9 ? 1000000000 : x < -1e9 ? -1000000000 : (int)x;
}

/** An answer with room for every model here. */
typedef struct reply {
    qwr_milp_answer answer;
    double point[64];
    double dual[QWR__TINY_ROWS];
} reply;

/** Runs, then looks at the answer as qwr_milp_solve() would. */
static bool ask(qwr__conformance *c, reply *r, const qwr_milp_view *model,
                const qwr_milp_limits *limits, bool dual, const char *name)
{
    char why[300];
    double scratch[2 * QWR__TINY_ROWS];
    memset(r, 0, sizeof *r);
    r->answer = (qwr_milp_answer){
        .size = sizeof r->answer, .point = r->point, .dual = dual ? r->dual : NULL};
    qwr_status status = qwr__milp_run(&r->answer, c->ctx, c->plugin, model, limits);
    if (status != QWR_OK)
        return qwr__conform_status(c, status, name);
    status = qwr__milp_check_answer(&r->answer, model, limits, scratch, why, sizeof why);
    if (status != QWR_OK)
        return qwr__conform(c, false, name, "%s", why);
    return true;
}

static bool may_be_unknown(const qwr__conformance *c)
{
    return (c->plugin->capabilities & QWR_CAP_MIP) == 0;
}

static void check_known(qwr__conformance *c, const qwr__tiny *t)
{
    char name[120];
    qwr__sparse s;
    reply r;
    qwr_milp_limits limits = qwr__milp_no_limits();
    (void)snprintf(name, sizeof name, "solves %s", t->name);
    qwr__make_sparse(&s, t);
    if (!ask(c, &r, &s.view, &limits, false, name))
        return;
    bool unknown = r.answer.state == QWR_MILP_UNKNOWN && may_be_unknown(c);
    bool right = r.answer.state == t->state &&
                 (t->state != QWR_MILP_OPTIMAL || fabs(r.answer.objective - t->objective) < 1e-6);
    (void)qwr__conform(c, unknown || right, name, "state %d, objective %d; expected %d, %d",
                       (int)r.answer.state, shown(r.answer.objective), (int)t->state,
                       shown(t->objective));
}

static void check_start_and_cutoff(qwr__conformance *c)
{
    static const double start[] = {1, 0, 0, 1};
    qwr__sparse s;
    reply r;
    qwr_milp_limits limits = qwr__milp_no_limits();
    qwr__make_sparse(&s, &qwr__tiny_knapsack);
    s.view.start = start;
    if (ask(c, &r, &s.view, &limits, false, "takes a start point"))
        (void)qwr__conform(c,
                           (r.answer.state == QWR_MILP_UNKNOWN && may_be_unknown(c)) ||
                               (r.answer.state == QWR_MILP_OPTIMAL && r.answer.objective < -20.5),
                           "takes a start point", "it stopped at %d of -21",
                           shown(r.answer.objective));
    s.view.start = NULL;
    limits.cutoff = -20.5;
    if (ask(c, &r, &s.view, &limits, false, "finds the point below a cutoff"))
        (void)qwr__conform(c,
                           r.answer.state == QWR_MILP_OPTIMAL ||
                               (r.answer.state == QWR_MILP_UNKNOWN && may_be_unknown(c)),
                           "finds the point below a cutoff", "state %d", (int)r.answer.state);
    limits.cutoff = -21.0;
    if (ask(c, &r, &s.view, &limits, false, "finds no point where none is below the cutoff"))
        (void)qwr__conform(
            c, r.answer.state == QWR_MILP_UNKNOWN || r.answer.state == QWR_MILP_INFEASIBLE,
            "finds no point where none is below the cutoff", "state %d", (int)r.answer.state);
}

/* --- the relaxation and its multipliers --- */

/** The bound that the multipliers prove, whatever the backend says of them. */
static double bound_of(const double *dual, const qwr__tiny *t)
{
    double bound = t->offset;
    for (uint32_t i = 0; i < t->rows; i++)
        bound += dual[i] * (dual[i] > 0.0 ? t->row_lower[i] : t->row_upper[i]);
    for (uint32_t j = 0; j < t->columns; j++) {
        double reduced = t->cost[j];
        for (uint32_t i = 0; i < t->rows; i++)
            reduced -= dual[i] * t->a[i][j];
        if (fabs(reduced) > 1e-7)
            bound += reduced * (reduced > 0.0 ? t->lower[j] : t->upper[j]);
    }
    return bound;
}

static void check_duals(qwr__conformance *c)
{
    const char *name = "solves a relaxation with multipliers that prove its value";
    qwr__sparse s;
    reply r;
    qwr_milp_limits limits = qwr__milp_no_limits();
    if ((c->plugin->capabilities & QWR_CAP_DUALS) == 0)
        return;
    limits.relax = 1;
    qwr__make_sparse(&s, &qwr__tiny_relaxation);
    if (!ask(c, &r, &s.view, &limits, true, name))
        return;
    double bound = bound_of(r.dual, &qwr__tiny_relaxation);
    (void)qwr__conform(c,
                       r.answer.state == QWR_MILP_OPTIMAL &&
                           fabs(r.answer.objective - qwr__tiny_relaxation.objective) < 1e-6 &&
                           fabs(bound - qwr__tiny_relaxation.objective) < 1e-5,
                       name, "state %d, value %d, bound by multipliers %d; expected -36",
                       (int)r.answer.state, shown(r.answer.objective), shown(bound));
}

/* --- limits --- */

/** Lateness shows as a failed run: the grace is that of every run. */
static void check_limits(qwr__conformance *c)
{
    qwr__hard h;
    reply r;
    qwr_milp_limits limits = qwr__milp_no_limits();
    qwr__make_hard(&h);
    limits.deadline_us = 200000;
    const char *name = "comes back at the deadline";
    if (ask(c, &r, &h.view, &limits, false, name))
        (void)qwr__conform(c, true, name, "late");
    limits.deadline_us = 2000000;
    limits.node_limit = 5;
    name = "takes a node limit";
    if (ask(c, &r, &h.view, &limits, false, name))
        (void)qwr__conform(c, true, name, "late");
    /* A deadline too, because some engines cannot be stopped and what they leave behind must end.
     */
    limits = qwr__milp_no_limits();
    limits.deadline_us = 2000000;
    name = "comes back when cancelled";
    bool was_cancelled = qwr__cancelled(c->ctx);
    qwr_context_cancel(c->ctx);
    if (ask(c, &r, &h.view, &limits, false, name))
        (void)qwr__conform(c, true, name, "late");
    if (!was_cancelled)
        qwr_context_cancel_reset(c->ctx);
}

/* --- the life of instances --- */

#define LIVES 20

/** Owns everything the backend's thread touches. */
typedef struct lives {
    qwr_context *ctx;
    const qwr_plugin *plugin;
    qwr__host_data *host;
    qwr__sparse first, second;
    reply answer[4];
    qwr_milp_limits limits;
} lives;

static void lives_free(void *arg)
{
    lives *l = arg;
    qwr__host_free(l->ctx, l->host);
    qwr__free(l->ctx, l);
}

static qwr_status solve_on(lives *l, void *instance, const qwr__sparse *s, reply *r)
{
    memset(r, 0, sizeof *r);
    r->answer = (qwr_milp_answer){.size = sizeof r->answer,
                                  .objective = QWR_MILP_INFINITY,
                                  .bound = -QWR_MILP_INFINITY,
                                  .point = r->point};
    return qwr__plugin_status(l->plugin->solver->solve(instance, &s->view, &l->limits, &r->answer));
}

/** Two instances in turn on one thread, each solving twice. */
static qwr_status alternate_body(void *arg)
{
    lives *l = arg;
    void *one = NULL;
    void *two = NULL;
    const qwr_solver_functions *f = l->plugin->solver;
    qwr_status status = qwr__plugin_status(f->create(&one, &l->host->table));
    if (status != QWR_OK)
        return status;
    status = qwr__plugin_status(f->create(&two, &l->host->table));
    if (status != QWR_OK) {
        f->destroy(one);
        return status;
    }
    const qwr__sparse *model[] = {&l->first, &l->second, &l->first, &l->second};
    for (int i = 0; i < 4 && status == QWR_OK; i++)
        status = solve_on(l, i % 2 == 0 ? one : two, model[i], &l->answer[i]);
    f->destroy(two);
    f->destroy(one);
    return status;
}

static qwr_status churn_body(void *arg)
{
    lives *l = arg;
    const qwr_solver_functions *f = l->plugin->solver;
    for (int i = 0; i < LIVES; i++) {
        void *instance = NULL;
        qwr_status status = qwr__plugin_status(f->create(&instance, &l->host->table));
        if (status != QWR_OK)
            return status;
        if (i % 2 == 1) /* half of them are freed unused */
            status = solve_on(l, instance, &l->first, &l->answer[0]);
        f->destroy(instance);
        if (status != QWR_OK)
            return status;
    }
    return QWR_OK;
}

static qwr_status run_lives(lives **out, qwr__conformance *c, qwr_status (*body)(void *arg),
                            const char *name)
{
    *out = NULL;
    lives *l = qwr__alloc(c->ctx, 1, sizeof *l);
    if (l == NULL)
        return qwr__no_memory(c->ctx, "registry.conformance");
    l->ctx = c->ctx;
    l->plugin = c->plugin;
    l->limits = qwr__milp_no_limits();
    qwr__make_sparse(&l->first, &qwr__tiny_knapsack);
    qwr__make_sparse(&l->second, &qwr__tiny_models[0]);
    qwr_status status = qwr__host_new(&l->host, c->ctx, c->plugin, 1);
    if (status != QWR_OK) {
        qwr__free(c->ctx, l);
        return status;
    }
    status = qwr__plugin_run(c->ctx, c->plugin, qwr__now_us() + 10000000, QWR__PLUGIN_GRACE_US,
                             body, lives_free, l);
    if (status == QWR_OK)
        *out = l;
    else
        (void)qwr__conform_status(c, status, name);
    return QWR_OK;
}

static qwr_status check_lives(qwr__conformance *c)
{
    lives *l = NULL;
    const char *name = "keeps two instances apart";
    QWR_TRY(run_lives(&l, c, alternate_body, name));
    if (l != NULL) {
        bool same = true;
        for (int i = 0; i < 2; i++)
            same = same && l->answer[i].answer.state == l->answer[i + 2].answer.state &&
                   fabs(l->answer[i].answer.objective - l->answer[i + 2].answer.objective) < 1e-9;
        (void)qwr__conform(c, same, name, "the same model got two answers");
        lives_free(l);
    }
    name = "creates and frees instances again and again";
    QWR_TRY(run_lives(&l, c, churn_body, name));
    if (l != NULL) {
        (void)qwr__conform(c, true, name, "failed");
        lives_free(l);
    }
    return QWR_OK;
}

qwr_status qwr__conform_solver(qwr__conformance *c)
{
    const char *engine = c->plugin->solver->engine();
    (void)qwr__conform(c, engine != NULL && engine[0] != '\0', "names its engine", "no name");
    check_known(c, &qwr__tiny_knapsack);
    for (size_t i = 0; i < qwr__tiny_model_count; i++)
        check_known(c, &qwr__tiny_models[i]);
    check_start_and_cutoff(c);
    check_duals(c);
    QWR_TRY(check_lives(c));
    check_limits(c);
    check_known(c, &qwr__tiny_knapsack); /* still sound after deadline and cancel */
    return QWR_OK;
}
