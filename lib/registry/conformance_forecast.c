/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The conformance suite of FORECAST plugins: rates that are finite, positive and ordered, written
 * within their arrays, the same every time. Says nothing about how good a forecast is.
 */
#include "registry/conformance.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ROWS   60
#define CALLS  5
#define GUARDS 4 /* entries after the last one, which nobody may write */
#define GUARD  1234.5

/** Owns everything the plugin's thread touches; strings are static. */
typedef struct trial {
    qwr_context *ctx;
    const qwr_plugin *plugin;
    qwr__host_data *host;
    uint32_t rows, calls;
    const char *service[ROWS], *vessel_class[ROWS];
    int64_t moves[ROWS], cranes[ROWS], work_s[ROWS];
    const char *call_id[CALLS], *call_service[CALLS], *call_class[CALLS];
    int64_t call_moves[CALLS];
    double mean[CALLS + GUARDS], quantile[CALLS * QWR_QUANTILE_COUNT + GUARDS];
    int64_t evidence[CALLS + GUARDS];
    uint32_t answered; /* call_count of the answer after predict */
} trial;

static void trial_free(void *arg)
{
    trial *t = arg;
    qwr__host_free(t->ctx, t->host);
    qwr__free(t->ctx, t);
}

/** History of two classes around 24 and 32 moves per crane-hour. */
static void fill_history(trial *t, uint32_t rows)
{
    t->rows = rows;
    for (uint32_t i = 0; i < rows; i++) {
        bool main_line = i % 3 == 0;
        int64_t rate = (main_line ? 32 : 24) + (int64_t)(qwr__random(5, 1, i) % 9) - 4;
        t->service[i] = i % 7 == 0 ? NULL : (main_line ? "east-west" : "coastal");
        t->vessel_class[i] = i % 11 == 0 ? NULL : (main_line ? "main" : "feeder");
        t->cranes[i] = main_line ? 4 : 2;
        t->moves[i] = (main_line ? 1500 : 300) + (int64_t)(qwr__random(5, 2, i) % 200);
        t->work_s[i] = t->moves[i] * 3600 / (rate * t->cranes[i]);
    }
}

/** Known class, known service, nothing known, a class never seen, a single move. */
static void fill_query(trial *t, uint32_t calls)
{
    static const char *const id[CALLS] = {"c1", "c2", "c3", "c4", "c5"};
    static const char *const service[CALLS] = {"east-west", "coastal", NULL, "polar", "coastal"};
    static const char *const class_of[CALLS] = {"main", NULL, NULL, "icebreaker", "feeder"};
    static const int64_t moves[CALLS] = {1600, 250, 700, 90, 1};
    t->calls = calls;
    for (uint32_t i = 0; i < calls; i++) {
        t->call_id[i] = id[i];
        t->call_service[i] = service[i];
        t->call_class[i] = class_of[i];
        t->call_moves[i] = moves[i];
    }
    for (size_t i = 0; i < sizeof t->mean / sizeof t->mean[0]; i++) {
        t->mean[i] = GUARD;
        t->evidence[i] = (int64_t)GUARD;
    }
    for (size_t i = 0; i < sizeof t->quantile / sizeof t->quantile[0]; i++)
        t->quantile[i] = GUARD;
}

/** On the plugin's thread: one life of an instance. */
static qwr_status trial_body(void *arg)
{
    trial *t = arg;
    void *instance = NULL;
    const qwr_forecast_functions *f = t->plugin->forecast;
    const qwr_history_view history = {.size = sizeof history,
                                      .row_count = t->rows,
                                      .service = t->service,
                                      .vessel_class = t->vessel_class,
                                      .moves = t->moves,
                                      .cranes = t->cranes,
                                      .work_s = t->work_s};
    const qwr_forecast_query query = {.size = sizeof query,
                                      .call_count = t->calls,
                                      .call_id = t->call_id,
                                      .service = t->call_service,
                                      .vessel_class = t->call_class,
                                      .moves = t->call_moves};
    qwr_forecast_answer answer = {.size = sizeof answer,
                                  .call_count = t->calls,
                                  .mean = t->mean,
                                  .quantile = t->quantile,
                                  .evidence = t->evidence};
    qwr_status status = qwr__plugin_status(f->create(&instance, &t->host->table));
    if (status != QWR_OK)
        return status;
    status = qwr__plugin_status(f->fit(instance, &history));
    if (status == QWR_OK)
        status = qwr__plugin_status(f->predict(instance, &query, &answer));
    f->destroy(instance);
    t->answered = answer.call_count;
    return status;
}

/** `*ran`: status of the plugin. `*out` is NULL unless that is QWR_OK. */
static qwr_status run_trial(trial **out, qwr_status *ran, qwr__conformance *c, uint32_t rows,
                            uint32_t calls)
{
    *out = NULL;
    trial *t = qwr__alloc(c->ctx, 1, sizeof *t);
    if (t == NULL)
        return qwr__no_memory(c->ctx, "registry.conformance");
    t->ctx = c->ctx;
    t->plugin = c->plugin;
    fill_history(t, rows);
    fill_query(t, calls);
    qwr_status status = qwr__host_new(&t->host, c->ctx, c->plugin, 1);
    if (status != QWR_OK) {
        qwr__free(c->ctx, t);
        return status;
    }
    *ran = qwr__plugin_run(c->ctx, c->plugin, qwr__now_us() + 10000000, QWR__PLUGIN_GRACE_US,
                           trial_body, trial_free, t);
    if (*ran == QWR_OK)
        *out = t;
    return QWR_OK;
}

/** Empty when the answer is sound. */
static void look_at(const trial *t, char *why, size_t capacity)
{
    why[0] = '\0';
    for (uint32_t i = 0; i < t->calls; i++) {
        const double *q = &t->quantile[(size_t)i * QWR_QUANTILE_COUNT];
        if (!isfinite(t->mean[i]) || t->mean[i] <= 0.0)
            (void)snprintf(why, capacity, "the mean of call %u is not above zero", (unsigned)i);
        if (t->evidence[i] < 0 || t->evidence[i] > (int64_t)t->rows)
            (void)snprintf(why, capacity, "call %u rests on more rows than there are", (unsigned)i);
        for (int k = 0; k < QWR_QUANTILE_COUNT; k++)
            if (!isfinite(q[k]) || q[k] <= 0.0)
                (void)snprintf(why, capacity, "a quantile of call %u is not above zero",
                               (unsigned)i);
        for (int k = 1; k < QWR_QUANTILE_COUNT; k++)
            if (q[k] < q[k - 1])
                (void)snprintf(why, capacity, "the quantiles of call %u cross", (unsigned)i);
    }
}

static bool guards_stand(const trial *t)
{
    bool stand = t->answered == t->calls;
    for (size_t i = 0; i < GUARDS; i++)
        stand = stand && t->mean[t->calls + i] == GUARD &&
                t->evidence[t->calls + i] == (int64_t)GUARD &&
                t->quantile[(size_t)t->calls * QWR_QUANTILE_COUNT + i] == GUARD;
    return stand;
}

static qwr_status check_forecast(qwr__conformance *c)
{
    char why[200];
    trial *first = NULL;
    trial *second = NULL;
    qwr_status ran;
    QWR_TRY(run_trial(&first, &ran, c, ROWS, CALLS));
    if (!qwr__conform_status(c, ran, "fits a history and predicts") || first == NULL)
        return QWR_OK;
    look_at(first, why, sizeof why);
    (void)qwr__conform(c, why[0] == '\0', "gives finite positive rates and ordered quantiles", "%s",
                       why);
    (void)qwr__conform(c, guards_stand(first), "writes within its arrays", "it wrote past the end");
    qwr_status status = run_trial(&second, &ran, c, ROWS, CALLS);
    if (status == QWR_OK && second != NULL)
        (void)qwr__conform(
            c,
            memcmp(first->mean, second->mean, sizeof first->mean) == 0 &&
                memcmp(first->quantile, second->quantile, sizeof first->quantile) == 0 &&
                memcmp(first->evidence, second->evidence, sizeof first->evidence) == 0,
            "answers the same question the same way", "two runs differ");
    else if (status == QWR_OK)
        (void)qwr__conform_status(c, ran, "answers the same question the same way");
    if (second != NULL)
        trial_free(second);
    trial_free(first);
    return status;
}

static qwr_status check_empty(qwr__conformance *c)
{
    char why[200] = "";
    trial *t = NULL;
    qwr_status ran;
    const char *name = "meets an empty history with a prior or a sentence";
    QWR_TRY(run_trial(&t, &ran, c, 0, CALLS));
    if (t != NULL) {
        look_at(t, why, sizeof why);
        (void)qwr__conform(c, why[0] == '\0', name, "%s", why);
        trial_free(t);
    } else {
        const char *said = qwr__conform_cause(c, ran);
        (void)qwr__conform(c, ran != QWR_EPLUGIN && strstr(said, "without a sentence") == NULL,
                           name, "%s", said);
    }
    name = "predicts for no calls";
    QWR_TRY(run_trial(&t, &ran, c, ROWS, 0));
    if (t != NULL) {
        (void)qwr__conform(c, guards_stand(t), name, "it wrote past the end");
        trial_free(t);
    } else {
        (void)qwr__conform_status(c, ran, name);
    }
    return QWR_OK;
}

qwr_status qwr__conform_forecast(qwr__conformance *c)
{
    QWR_TRY(check_forecast(c));
    return check_empty(c);
}
