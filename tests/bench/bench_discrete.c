/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The hot loops of discrete berths: candidates a second, how near that is to what the machine can
 * do, what a candidate costs as the instance grows, and what a second thread brings.
 *
 *   bench_discrete [CALLS]            everything; CALLS (60) is the smallest size
 *   bench_discrete --once NAME [LEVEL] the same work each time, for counting instructions
 *   bench_discrete --names            what NAME may be
 *   bench_discrete --build            which compiler built this, with which flags
 *
 * A new kernel is a row of `subjects`.
 */
#include "bench/limits.h"
#include "berth/berth.h"
#include "discrete/dense.h"

#include <quaywright/io.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BERTHS = 13, ROUNDS = 5, MOST_NODES = 2000000 };

/* A made-up instance and all that its kernels work on. */
typedef struct world {
    qwr_context *ctx;
    qwr_scenario *scenario;
    qwr__berth *berth;
    qwr__prices prices;
    qwr__pick *best;
    int64_t *limit;
    qwr__lanes lanes;
    qwr__rules rules;
    qwr__dense dense;
    qwr__graph graph; /**< of all candidates; left out where there are too many */
    int64_t *pi;
    int64_t candidates;
    int64_t steps;   /**< steps of a recurrence in one evaluation: ticks of all berths */
    int64_t outcome; /**< of the evaluations so far, to compare */
} world;

/* A kernel: evaluates every candidate `times` times. */
typedef struct subject {
    const char *name;
    qwr_status (*evaluate)(world *w, int times);
    int64_t (*steps)(const world *w); /**< of the innermost loop in an evaluation */
    double bytes;                     /**< that a step loads */
    bool recurrent;                   /**< a tick waits for the one before */
    bool wide;                        /**< steps go side by side in vectors */
    bool threads;                     /**< may use more than one */
} subject;

/* --- kernels --- */

/* Least reduced cost of every call, prices of cells and ticks given (lib/cost). */
static qwr_status price(world *w, int times)
{
    for (int k = 0; k < times; k++) {
        QWR_TRY(qwr__pass_min(w->best, &w->prices));
        w->outcome += w->best[0].reduced;
    }
    return QWR_OK;
}

/* Every candidate whose reduced cost is within a cost unit of its call's least one (lib/cost). */
static qwr_status picks(world *w, int times)
{
    const uint32_t calls = w->berth->problem->cand.view.call_count;
    QWR_TRY(qwr__pass_min(w->best, &w->prices));
    for (uint32_t i = 0; i < calls; i++)
        w->limit[i] = w->best[i].reduced + w->prices.unit;
    for (int k = 0; k < times; k++) {
        qwr__pick *list = NULL;
        size_t count = 0;
        QWR_TRY(qwr__pass_pick(&list, &count, (size_t)w->candidates, &w->prices, w->limit));
        w->outcome += (int64_t)count;
        qwr__free(w->ctx, list);
    }
    return QWR_OK;
}

/* The dual of "each call once": a cheapest path over time at each berth (lib/berth). A call makes
 * at most 30 evaluations, before it lowers its step. */
static qwr_status interval(world *w, int times)
{
    const int64_t calls = w->berth->problem->cand.view.call_count;
    while (times > 0) {
        int part = times < 30 ? times : 30;
        qwr__budget budget = {.deadline_us = -1, .work = part * calls};
        memset(w->berth->multiplier, 0, (size_t)calls * sizeof *w->berth->multiplier);
        QWR_TRY(qwr__berth_bound(w->berth, budget));
        times -= part;
    }
    w->outcome = w->berth->bound;
    return QWR_OK;
}

/* The same dual, jobs of equal length sharing a step, lanes side by side (lib/discrete/dense.c). */
static qwr_status dense(world *w, int times)
{
    for (int k = 0; k < times; k++)
        if (!qwr__dense_dual(&w->outcome, &w->dense, w->pi))
            return QWR_EUNSUPPORTED;
    return QWR_OK;
}

/* The same dual over a graph of single candidates, with the order of neighbours
 * (lib/discrete/paths.c). */
static qwr_status graph(world *w, int times)
{
    if (w->graph.count == 0)
        return QWR_EUNSUPPORTED;
    for (int k = 0; k < times; k++)
        w->outcome = qwr__graph_dual(&w->graph, w->pi);
    return QWR_OK;
}

static int64_t each_candidate(const world *w)
{
    return w->candidates;
}

static int64_t dense_steps(const world *w)
{
    return (int64_t)w->lanes.ticks * w->dense.channels * w->dense.blocks * QWR__DENSE_LANES;
}

static const subject subjects[] = {
    {.name = "price", .evaluate = price, .steps = each_candidate, .bytes = 32, .threads = true},
    {.name = "picks", .evaluate = picks, .steps = each_candidate, .bytes = 32, .threads = true},
    {.name = "interval",
     .evaluate = interval,
     .steps = each_candidate,
     .bytes = 16,
     .recurrent = true},
    {.name = "dense",
     .evaluate = dense,
     .steps = dense_steps,
     .bytes = 8,
     .recurrent = true,
     .wide = true},
    {.name = "graph", .evaluate = graph, .steps = each_candidate, .bytes = 48, .recurrent = true},
};
enum { SUBJECTS = sizeof subjects / sizeof *subjects };

/* --- the instance --- */

static int64_t draw(uint64_t stage, uint64_t index, int64_t from, int64_t to)
{
    return from + (int64_t)(qwr__random(1, stage, index) % (uint64_t)(to - from + 1));
}

/* In the published text format: arrivals over five sixths of the horizon, handling times of 8 to 40
 * times the berth's factor, a seventh of the pairs forbidden. */
static int write_instance(FILE *file, int calls, int64_t horizon)
{
    fprintf(file, "%d\n%d\n", calls, BERTHS);
    for (int i = 0; i < calls; i++)
        fprintf(file, "%" PRId64 " ", draw(1, (uint64_t)i, 0, horizon * 5 / 6));
    for (int k = 0; k < BERTHS; k++)
        fprintf(file, "%s0", k ? " " : "\n");
    for (int i = 0; i < calls; i++)
        for (int k = 0; k < BERTHS; k++) {
            int64_t factor = draw(2, (uint64_t)k, 1000, 1600), base = draw(3, (uint64_t)i, 8, 40);
            bool barred = k != i % BERTHS && draw(4, (uint64_t)(i * BERTHS + k), 0, 6) == 0;
            fprintf(file, "%s%" PRId64, k ? " " : "\n", barred ? 99999 : base * factor / 1000);
        }
    for (int k = 0; k < BERTHS + calls; k++)
        fprintf(file, "%s%" PRId64, k == 0 || k == BERTHS ? "\n" : " ", horizon);
    return fprintf(file, "\n");
}

static qwr_status load(world *w, int calls, int64_t horizon)
{
    char *text = NULL;
    size_t length = 0;
    qwr_scenario_builder *builder = NULL;
    FILE *file = open_memstream(&text, &length);
    if (!file)
        return QWR_ENOMEM;
    int written = write_instance(file, calls, horizon);
    qwr_status status = fclose(file) != 0 || written < 0 ? QWR_ENOMEM : QWR_OK;
    if (status == QWR_OK)
        status = qwr_scenario_parse(&builder, w->ctx, text, length, "made", QWR_FORMAT_DBAP_TEXT);
    if (status == QWR_OK)
        status = qwr_scenario_freeze(&w->scenario, builder);
    qwr_scenario_builder_free(builder);
    free(text);
    return status;
}

static qwr_status world_prices(world *w)
{
    const qwr__candidates *cand = &w->berth->problem->cand;
    const qwr_problem_view *v = &cand->view;
    QWR_TRY(qwr__prices_init(&w->prices, cand));
    for (size_t k = 0; k < (size_t)v->cell_count * v->tick_count; k++)
        w->prices.cell[k] = (int32_t)draw(5, k, 0, 7);
    return qwr__prices_sum(&w->prices);
}

/* Every candidate by (lane, start, rank). */
static qwr_status world_graph(world *w)
{
    const qwr__lanes *l = &w->lanes;
    uint32_t count = 0;
    if (w->candidates > MOST_NODES)
        return QWR_OK;
    qwr__choice *choice = calloc((size_t)w->candidates + 1, sizeof *choice);
    if (!choice)
        return QWR_ENOMEM;
    for (uint32_t x = 0; x < l->lanes; x++)
        for (int32_t t = 0; t < l->ticks; t++)
            for (uint32_t k = l->begin[x]; k < l->begin[x + 1]; k++) {
                uint32_t j = w->rules.order[k];
                if (t >= l->first[j] && t <= l->last[j] && count < w->candidates)
                    choice[count++] = (qwr__choice){j, t};
            }
    int32_t status = qwr__graph_init(&w->graph, &w->rules, choice, count, true);
    free(choice);
    return status == QWR_PLUGIN_OK ? QWR_OK : QWR_ENOMEM;
}

/* What the duals of lib/discrete work on. */
static qwr_status world_duals(world *w)
{
    const qwr_problem_view *v = &w->berth->problem->cand.view;
    w->pi = calloc(v->call_count, sizeof *w->pi);
    if (!w->pi)
        return QWR_ENOMEM;
    for (uint32_t i = 0; i < v->call_count; i++)
        w->pi[i] = QWR__DUAL_SCALE * draw(6, i, 20, 80);
    if (qwr__lanes_init(&w->lanes, &w->berth->host, v) != QWR_PLUGIN_OK ||
        qwr__rules_init(&w->rules, &w->lanes) != QWR_PLUGIN_OK ||
        qwr__dense_init(&w->dense, &w->rules) != QWR_PLUGIN_OK)
        return QWR_EUNSUPPORTED;
    return world_graph(w);
}

static void world_free(world *w)
{
    if (w->graph.rules)
        qwr__graph_free(&w->graph);
    qwr__dense_free(&w->dense);
    if (w->rules.l)
        qwr__rules_free(&w->rules);
    if (w->lanes.host)
        qwr__lanes_free(&w->lanes);
    free(w->pi);
    free(w->limit);
    free(w->best);
    qwr__prices_free(&w->prices);
    qwr__berth_free(w->berth);
    qwr_scenario_free(w->scenario);
    qwr_context_free(w->ctx);
    memset(w, 0, sizeof *w);
}

static qwr_status world_init(world *w, int calls, int64_t horizon, int threads, const char *level)
{
    char digits[16];
    memset(w, 0, sizeof *w);
    snprintf(digits, sizeof digits, "%d", threads);
    QWR_TRY(qwr_context_new(&w->ctx, NULL));
    QWR_TRY(qwr_context_set_option(w->ctx, "threads", digits));
    QWR_TRY(qwr_context_set_option(w->ctx, "simd", level));
    QWR_TRY(load(w, calls, horizon));
    QWR_TRY(qwr__berth_new(&w->berth, w->ctx, w->scenario, 1, false, -1));
    QWR_TRY(world_prices(w));
    const qwr_problem_view *v = &w->berth->problem->cand.view;
    w->best = calloc(v->call_count, sizeof *w->best);
    w->limit = calloc(v->call_count, sizeof *w->limit);
    if (!w->best || !w->limit)
        return QWR_ENOMEM;
    w->candidates = qwr__candidates_count(&w->berth->problem->cand);
    w->steps = (int64_t)v->cell_count * v->tick_count;
    return world_duals(w);
}

/* --- measuring --- */

/* Best seconds of processor time of an evaluation. */
static qwr_status cpu_seconds(double *best, const subject *s, world *w)
{
    int times = 1;
    *best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double begin = limits_now_s();
        QWR_TRY(s->evaluate(w, times));
        double each = (limits_now_s() - begin) / times;
        *best = round == 0 || each < *best ? each : *best;
        if (round == 0) /* a tenth of a second a round */
            times = each > 0.1 ? 1 : each > 1e-6 ? (int)(0.1 / each) + 1 : 100000;
    }
    return QWR_OK;
}

/* Best seconds of one evaluation on the clock: on a busy machine few find both processors free. */
static qwr_status wall_seconds(double *best, const subject *s, world *w)
{
    enum { TIMES = 100 };
    int64_t least_us = INT64_MAX;
    for (int k = 0; k < TIMES; k++) {
        int64_t begin_us = qwr__now_us();
        QWR_TRY(s->evaluate(w, 1));
        int64_t each_us = qwr__now_us() - begin_us;
        least_us = each_us < least_us ? each_us : least_us;
    }
    *best = (double)least_us * 1e-6;
    return QWR_OK;
}

typedef struct ceilings {
    double first, second; /**< @unit GB/s */
    double chain_ns;
    double steps, wide_steps; /**< @unit 1e9/s */
} ceilings;

static void print_limits(ceilings *c)
{
    *c = (ceilings){.first = limits_load((size_t)16 << 10),
                    .second = limits_load((size_t)512 << 10),
                    .chain_ns = limits_chain(),
                    .steps = limits_steps(),
                    .wide_steps = limits_wide_steps()};
    printf(
        "One thread of this machine, %s: loads %.0f GB/s from the first cache level, %.0f from "
        "the second;\na load that waits for another takes %.2f and %.2f ns; a step "
        "x = min(x + a, b) %.2f ns; %.2f billion\na second where none waits, %.1f side by side in "
        "vectors.\n\n",
        limits_level(), c->first, c->second, limits_latency((size_t)16 << 10),
        limits_latency((size_t)512 << 10), c->chain_ns, c->steps, c->wide_steps);
}

/* Shares of the ceilings; the largest of those that a kernel cannot get around binds it. */
static void print_row(const subject *s, const world *w, double each_s, const ceilings *c)
{
    const qwr_problem_view *v = &w->berth->problem->cand.view;
    const double rate = (double)w->candidates / each_s * 1e-9;
    const double steps = (double)s->steps(w) / each_s * 1e-9;
    const double most = s->wide ? c->wide_steps : c->steps;
    printf("%-10s %6u %6u %10" PRId64 " %10.1f %8.1f %7.3f %8.1f %6.1f", s->name, v->call_count,
           v->tick_count, w->candidates, each_s * 1e6, rate * 1e3, 1 / rate,
           100 * steps * s->bytes / c->first, 100 * steps * s->bytes / c->second);
    if (s->recurrent)
        printf(" %6.1f %6.1f", most > 0 ? 100 * steps / most : 0,
               100 * (double)w->steps * c->chain_ns * 1e-9 / each_s);
    printf("\n");
}

static qwr_status measure_size(int calls, int64_t horizon, const ceilings *c)
{
    world w;
    qwr_status status = world_init(&w, calls, horizon, 1, "auto");
    for (int k = 0; k < SUBJECTS && status == QWR_OK; k++) {
        double each_s;
        status = cpu_seconds(&each_s, &subjects[k], &w);
        if (status == QWR_OK)
            print_row(&subjects[k], &w, each_s, c);
        else if (status == QWR_EUNSUPPORTED)
            status = QWR_OK;
    }
    world_free(&w);
    return status;
}

static qwr_status measure_threads(int calls, int64_t horizon)
{
    qwr_status status = QWR_OK;
    for (int k = 0; k < SUBJECTS && status == QWR_OK; k++) {
        double each_s[2] = {0, 0};
        if (!subjects[k].threads)
            continue;
        for (int t = 0; t < 2 && status == QWR_OK; t++) {
            world w;
            status = world_init(&w, calls, horizon, t + 1, "auto");
            if (status == QWR_OK)
                status = wall_seconds(&each_s[t], &subjects[k], &w);
            world_free(&w);
        }
        if (status == QWR_OK)
            printf("%-10s %6d calls: %.1f us with one thread, %.1f with two, ratio %.2f\n",
                   subjects[k].name, calls, each_s[0] * 1e6, each_s[1] * 1e6,
                   each_s[0] / each_s[1]);
    }
    return status;
}

/* Candidates grow with calls x horizon, and both by the same factor keep the quay as busy. */
static qwr_status measure(int calls)
{
    static const double factor[] = {1, 3.1623, 10};
    ceilings c;
    print_limits(&c);
    printf("%-10s %6s %6s %10s %10s %8s %7s %8s %6s %6s %6s\n", "kernel", "calls", "ticks",
           "candidates", "us", "M/s", "ns each", "% first", "second", "steps", "wait");
    for (size_t k = 0; k < sizeof factor / sizeof *factor; k++)
        QWR_TRY(measure_size((int)(calls * factor[k]), (int64_t)(calls * 5 * factor[k]), &c));
    printf("\n"
           "In percent: bytes that the steps of the innermost loop need, if they came from the "
           "first cache\nlevel, or the second; those steps, if none waited; waiting, if each tick "
           "of a "
           "berth were one step\nthat waits for the one before.\n\n");
    return measure_threads(calls * 10, calls * 50);
}

/* --- the same work each time --- */

static qwr_status once(const char *name, const char *level)
{
    enum { CALLS = 40, HORIZON = 160, TIMES = 10 };
    world w;
    qwr_status status = world_init(&w, CALLS, HORIZON, 1, level);
    for (int k = 0; k < SUBJECTS && status == QWR_OK; k++)
        if (strcmp(subjects[k].name, name) == 0) {
            status = subjects[k].evaluate(&w, TIMES);
            printf("%" PRId64 "\n", w.outcome);
            world_free(&w);
            return status;
        }
    world_free(&w);
    fprintf(stderr, "bench_discrete: there is no kernel %s\n", name);
    return status == QWR_OK ? QWR_EINVAL : status;
}

/* The compiler and its flags: what counts of instructions depend on. */
static void print_build(void)
{
#if defined(__clang__)
    printf("clang-%d %s\n", __clang_major__, BENCH_CFLAGS);
#elif defined(__GNUC__)
    printf("gcc-%d %s\n", __GNUC__, BENCH_CFLAGS);
#else
    printf("unknown %s\n", BENCH_CFLAGS);
#endif
}

int main(int argc, char **argv)
{
    qwr_status status;
    const char *word = argc > 1 ? argv[1] : "";
    if (strcmp(word, "--build") == 0) {
        print_build();
        return 0;
    }
    if (strcmp(word, "--names") == 0) {
        for (int k = 0; k < SUBJECTS; k++)
            printf("%s\n", subjects[k].name);
        return 0;
    }
    if (strcmp(word, "--once") == 0 && argc > 2) {
        status = once(argv[2], argc > 3 ? argv[3] : "generic");
    } else {
        int calls = argc > 1 ? atoi(word) : 60;
        status = calls >= 10 && calls <= 1000 ? measure(calls) : QWR_EINVAL;
    }
    if (status)
        fprintf(stderr, "bench_discrete: %s\n", qwr_status_name(status));
    return status ? 1 : 0;
}
