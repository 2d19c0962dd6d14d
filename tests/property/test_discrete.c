/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Discrete berths against their exact optimum on random tiny terminals. Each is a function of
 * (QWR_TEST_SEED, index); QWR_TEST_INSTANCES of them are tried, from QWR_TEST_FIRST on. A terminal
 * that shows a fault is written into the build folder, and the message names it.
 */
#include "discrete.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GENEROUS = 60000 };

typedef struct trial {
    qwr_context *one, *two; /**< a context with one thread, one with two */
    discrete_key key;
    uint32_t features;
    qwr_scenario *s;
    discrete_oracle *oracle;
    bool backend; /**< see has_backend() */
    bool patient; /**< see discrete_oracle */
    int most;     /**< calls that can be placed */
    int faults;
    char first[1200]; /**< the first terminal at fault */
    char fault[600];  /**< the first one; empty: none */
} trial;

static void blame(trial *t, const char *form, ...) __attribute__((format(printf, 2, 3)));
static void blame(trial *t, const char *form, ...)
{
    va_list list;
    if (t->fault[0])
        return;
    va_start(list, form);
    (void)vsnprintf(t->fault, sizeof t->fault, form, list);
    va_end(list);
}

/* Leaves a terminal at fault behind for whoever mends it, and says so; the first goes into the
 * message of the test. */
static void note_fault(trial *t)
{
    char name[96], features[400] = "", line[1200];
    if (!t->fault[0])
        return;
    for (int k = 0; k < DISCRETE_FEATURES; k++)
        if (t->features & 1U << k) {
            size_t used = strlen(features);
            (void)snprintf(features + used, sizeof features - used, " %s", discrete_feature(k));
        }
    (void)snprintf(name, sizeof name, "tests/property/discrete-%llu-%llu.xml",
                   (unsigned long long)t->key.seed, (unsigned long long)t->key.index);
    const char *path = qwr_test_build(name);
    qwr_test_ok(t->one, qwr_scenario_save(t->one, t->s, path));
    (void)snprintf(line, sizeof line, "seed %llu, terminal %llu (%s): %s; it lies in %s",
                   (unsigned long long)t->key.seed, (unsigned long long)t->key.index,
                   features[0] ? features + 1 : "plain", t->fault, path);
    (void)fprintf(stderr, "# %s\n", line);
    if (t->faults++ == 0)
        memcpy(t->first, line, sizeof t->first);
    t->fault[0] = '\0';
}

static qwr_plan *solve(qwr_context *ctx, const qwr_scenario *s, int64_t work, const qwr_plan *start)
{
    qwr_solve_options o = qwr_solve_options_init();
    qwr_plan *plan = NULL;
    o.deadline_ms = -1;
    o.work_limit = work;
    o.start = start;
    qwr_test_ok(ctx, qwr_solve(&plan, ctx, s, &o, NULL));
    return plan;
}

static int placed(const trial *t, const qwr_plan *plan, uint32_t *set)
{
    *set = 0;
    for (uint32_t i = 0; i < t->oracle->calls; i++)
        *set |= (uint32_t)(qwr_plan_stay(plan, (qwr_call_ix){i})->placed != 0) << i;
    return __builtin_popcount(*set);
}

/* --- what holds for every plan ------------------------------------------------------------------
 */

static void check_rules(trial *t, const qwr_plan *plan, const char *what)
{
    qwr_violations *found = NULL;
    const qwr_plan_quality *q = qwr_plan_get_quality(plan);
    qwr_test_ok(t->one, qwr_plan_check(&found, t->one, t->s, plan));
    for (size_t k = 0; k < qwr_violations_count(found); k++)
        if (strcmp(qwr_violations_get(found, k)->rule, "placed") != 0)
            blame(t, "%s: %s", what, qwr_violations_get(found, k)->sentence);
    if (qwr_violations_cost_mu(found) != q->cost_mu)
        blame(t, "%s: the plan says it costs %lld, the checker %lld", what, (long long)q->cost_mu,
              (long long)qwr_violations_cost_mu(found));
    qwr_violations_free(found);
}

/* Every stay is one that the oracle knows too, and costs what it says there. */
static void check_stays(trial *t, const qwr_plan *plan, const char *what)
{
    for (uint32_t i = 0; i < t->oracle->calls; i++) {
        const qwr_stay *x = qwr_plan_stay(plan, (qwr_call_ix){i});
        int64_t tick = x->placed ? x->start_s / t->oracle->step_s : 0;
        const discrete_stay *own = x->placed ? &t->oracle->stay[i][x->berth.v][tick] : NULL;
        if (!own)
            continue;
        if (!own->legal || own->start_s != x->start_s || own->end_s > x->end_s)
            blame(t, "%s: call %u lies at berth %u from %lld s, by the definitions it may not",
                  what, i + 1, x->berth.v + 1, (long long)x->start_s);
        else if (own->end_s == x->end_s && own->cost_mu != x->cost_mu)
            blame(t, "%s: call %u costs %lld, by the definitions %lld", what, i + 1,
                  (long long)x->cost_mu, (long long)own->cost_mu);
    }
}

static void check_bound(trial *t, const qwr_plan *plan, const char *what)
{
    const qwr_plan_quality *q = qwr_plan_get_quality(plan);
    uint32_t set;
    int count = placed(t, plan, &set);
    int64_t least = discrete_oracle_least(t->oracle, count);
    if (count + q->unplaced != t->oracle->calls)
        blame(t, "%s: %d calls placed and %lld not, of %u", what, count, (long long)q->unplaced,
              t->oracle->calls);
    if (q->cost_mu < t->oracle->best[set])
        blame(t, "%s: cost %lld is below the optimum %lld", what, (long long)q->cost_mu,
              (long long)t->oracle->best[set]);
    if (q->bound_mu != QWR_UNSET && q->bound_mu > least)
        blame(t, "%s: bound %lld (%s) is above the optimum %lld of plans that place %d", what,
              (long long)q->bound_mu, q->proof, (long long)least, count);
    if (q->outcome == QWR_OUTCOME_OPTIMAL &&
        (q->unplaced > 0 || q->cost_mu != least || q->bound_mu != least))
        blame(t, "%s: cost %lld, bound %lld, said to be optimal; the optimum is %lld", what,
              (long long)q->cost_mu, (long long)q->bound_mu, (long long)least);
    if (q->outcome == QWR_OUTCOME_INFEASIBLE && t->most == (int)t->oracle->calls)
        blame(t, "%s: said to be infeasible, yet a plan places every call", what);
}

static void check_reasons(trial *t, const qwr_plan *plan, const char *what)
{
    for (uint32_t i = 0; i < t->oracle->calls; i++) {
        const qwr_stay *x = qwr_plan_stay(plan, (qwr_call_ix){i});
        if (!x->placed && (!x->reason || !x->reason[0]))
            blame(t, "%s: call %u has no place and no reason", what, i + 1);
    }
}

static void judge(trial *t, const qwr_plan *plan, const char *what)
{
    check_rules(t, plan, what);
    check_stays(t, plan, what);
    check_bound(t, plan, what);
    check_reasons(t, plan, what);
}

/* --- certificates -------------------------------------------------------------------------------
 */

static void check_certificate(trial *t, const qwr_plan *plan)
{
    const qwr_certificate *c = qwr_plan_certificate(plan);
    const qwr_plan_quality *q = qwr_plan_get_quality(plan);
    qwr_verdict v = qwr_verdict_init();
    if (!c)
        return;
    qwr_test_ok(t->one, qwr_certificate_verify(&v, t->one, t->s, c));
    if (!v.proved)
        blame(t, "the certificate of the bound %lld does not hold: %s", (long long)q->bound_mu,
              v.sentence);
    else if (q->unplaced == t->oracle->calls - (uint32_t)__builtin_popcount(t->oracle->hopeful) &&
             v.bound_mu < q->bound_mu)
        blame(t, "the certificate proves %lld, the plan says %lld", (long long)v.bound_mu,
              (long long)q->bound_mu);
}

/* --- runs ---------------------------------------------------------------------------------------
 */

/* Is there a backend that closes what bound and search leave open? */
static bool has_backend(qwr_context *ctx)
{
    qwr_plugin_info info = {.size = sizeof info};
    for (size_t k = 0; k < qwr_plugin_count(ctx); k++) {
        qwr_test_ok(ctx, qwr_plugin_get(&info, ctx, k));
        if (info.kind == QWR_PLUGIN_SOLVER && (!strcmp(info.id, "glpk") || !strcmp(info.id, "cbc")))
            return true;
    }
    return false;
}

/* The gap must close, but where the engine's tables hold prices cut down (very high ones, and those
 * of stays that begin off the step), and where more than a few calls fight over too little time. */
static bool must_close(const trial *t)
{
    return t->backend && !(t->features & (DISCRETE_DEAR | DISCRETE_PIN_OFF)) &&
           (t->oracle->calls < 9 || t->most == __builtin_popcount(t->oracle->hopeful));
}

/* With work to spare: everything above, and the gap closed. */
static void expect_proof(trial *t)
{
    qwr_plan *plan = solve(t->one, t->s, GENEROUS, NULL);
    const qwr_plan_quality *q = qwr_plan_get_quality(plan);
    uint32_t set;
    int count = placed(t, plan, &set);
    judge(t, plan, "with work to spare");
    check_certificate(t, plan);
    bool closed = q->bound_mu != QWR_UNSET && q->bound_mu == q->cost_mu;
    if (closed && count < t->most)
        blame(t, "with work to spare: %d calls placed, and no plan is said to be better; %d can be",
              count, t->most);
    if (!closed && must_close(t))
        blame(t, "with work to spare: cost %lld, bound %lld (%s), not proven",
              (long long)q->cost_mu, (long long)q->bound_mu, q->proof);
    qwr_plan_free(plan);
}

static void expect_sound_with_little_work(trial *t)
{
    static const int64_t limits[] = {1, 10, 100, 1000};
    char what[64];
    int64_t limit = limits[t->key.index % 4];
    qwr_plan *plan = solve(t->one, t->s, limit, NULL);
    (void)snprintf(what, sizeof what, "with a work limit of %lld", (long long)limit);
    judge(t, plan, what);
    check_certificate(t, plan);
    qwr_plan_free(plan);
}

static void expect_same_with_two_threads(trial *t)
{
    int64_t limit = t->key.index % 8 < 4 ? GENEROUS : 700;
    qwr_plan *a = solve(t->one, t->s, limit, NULL), *b = solve(t->two, t->s, limit, NULL);
    const qwr_plan_quality *qa = qwr_plan_get_quality(a), *qb = qwr_plan_get_quality(b);
    if (qwr_plan_hash(a) != qwr_plan_hash(b) || qa->bound_mu != qb->bound_mu ||
        qa->work != qb->work || qa->cost_mu != qb->cost_mu)
        blame(t, "with one thread cost %lld, bound %lld, work %lld; with two %lld, %lld, %lld",
              (long long)qa->cost_mu, (long long)qa->bound_mu, (long long)qa->work,
              (long long)qb->cost_mu, (long long)qb->bound_mu, (long long)qb->work);
    qwr_plan_free(a);
    qwr_plan_free(b);
}

static bool free_at(const discrete_oracle *o, const discrete_stay *const *taken,
                    const uint32_t *where, uint32_t i, uint32_t b, const discrete_stay *x)
{
    for (uint32_t k = 0; k < o->calls; k++)
        if (k != i && taken[k] && where[k] == b && taken[k]->from < x->free &&
            x->from < taken[k]->free)
            return false;
    return true;
}

/* A legal plan of no merit: in turn, every call takes the latest stay that is left. */
static qwr_plan *poor_plan(trial *t)
{
    const discrete_oracle *o = t->oracle;
    const discrete_stay *taken[DISCRETE_CALLS] = {NULL};
    uint32_t where[DISCRETE_CALLS] = {0};
    qwr_plan *plan = NULL;
    qwr_test_ok(t->one, qwr_plan_new(&plan, t->one, t->s));
    for (uint32_t i = 0; i < o->calls; i++) {
        qwr_stay stay = qwr_stay_init();
        for (uint32_t b = 0; b < o->berths; b++)
            for (int32_t k = o->ticks; k-- > 0 && !taken[i];)
                if (o->stay[i][b][k].legal && free_at(o, taken, where, i, b, &o->stay[i][b][k])) {
                    taken[i] = &o->stay[i][b][k];
                    where[i] = b;
                }
        if (!taken[i])
            continue;
        const qwr_berth *berth = qwr_scenario_berth(t->s, (qwr_berth_ix){where[i]});
        stay.placed = 1;
        stay.quay = berth->quay;
        stay.berth.v = where[i];
        stay.position_mm = berth->from_mm;
        stay.start_s = taken[i]->start_s;
        stay.end_s = taken[i]->end_s;
        stay.cranes = 0;
        qwr_test_ok(t->one, qwr_plan_set_stay(plan, (qwr_call_ix){i}, &stay));
    }
    qwr_test_ok(t->one, qwr_plan_price(t->one, plan));
    return plan;
}

static void expect_no_worse_than(trial *t, const qwr_plan *start, int64_t limit, const char *what)
{
    qwr_plan *plan = solve(t->one, t->s, limit, start);
    const qwr_plan_quality *before = qwr_plan_get_quality(start), *now = qwr_plan_get_quality(plan);
    judge(t, plan, what);
    if (now->unplaced > before->unplaced ||
        (now->unplaced == before->unplaced && now->cost_mu > before->cost_mu))
        blame(t, "%s: %lld calls left out at %lld, the start had %lld at %lld", what,
              (long long)now->unplaced, (long long)now->cost_mu, (long long)before->unplaced,
              (long long)before->cost_mu);
    qwr_plan_free(plan);
}

static void expect_starts_taken(trial *t)
{
    qwr_plan *poor = poor_plan(t), *good = solve(t->one, t->s, 2000, NULL);
    check_rules(t, poor, "a plan made of the oracle's stays");
    expect_no_worse_than(t, poor, 1, "from a poor start, work limit 1");
    expect_no_worse_than(t, poor, 300, "from a poor start, work limit 300");
    expect_no_worse_than(t, good, 1, "from a good start, work limit 1");
    qwr_plan_free(poor);
    qwr_plan_free(good);
}

/* --- the sweep ----------------------------------------------------------------------------------
 */

static uint64_t number(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

typedef void (*trial_fn)(trial *t);

/* Every `stride`-th terminal goes through `fn`. */
static void sweep(trial *t, trial_fn fn, uint64_t stride)
{
    uint64_t count = number("QWR_TEST_INSTANCES", 1600), first = number("QWR_TEST_FIRST", 0);
    t->one = qwr_test_context();
    t->two = qwr_test_context();
    qwr_test_ok(t->one, qwr_context_set_option(t->one, "threads", "1"));
    qwr_test_ok(t->two, qwr_context_set_option(t->two, "threads", "2"));
    t->backend = has_backend(t->one);
    t->key.seed = number("QWR_TEST_SEED", 1);
    for (uint64_t k = 0; k < count; k += stride) {
        t->key.index = first + k;
        t->s = discrete_scenario(&t->features, t->one, t->key);
        t->oracle = discrete_oracle_new(t->s, t->patient);
        t->most = discrete_oracle_most(t->oracle);
        fn(t);
        note_fault(t);
        discrete_oracle_free(t->oracle);
        qwr_scenario_free(t->s);
    }
    qwr_context_free(t->one);
    qwr_context_free(t->two);
    ck_assert_msg(t->faults == 0, "%d terminals show a fault; the first: %s", t->faults, t->first);
}

START_TEST(plans_are_optimal_where_they_say_so_and_every_terminal_is_proven)
{
    trial t = {.patient = true};
    sweep(&t, expect_proof, 1);
}
END_TEST

START_TEST(bounds_hold_however_little_work_is_allowed)
{
    trial t = {.patient = true};
    sweep(&t, expect_sound_with_little_work, 1);
}
END_TEST

START_TEST(a_plan_to_start_from_is_never_made_worse)
{
    trial t = {.patient = true};
    sweep(&t, expect_starts_taken, 2);
}
END_TEST

START_TEST(two_threads_find_the_same_plan_and_bound)
{
    trial t = {.patient = true};
    sweep(&t, expect_same_with_two_threads, 3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("discrete");
    TCase *c = tcase_create("oracle");
    tcase_set_timeout(c, (double)number("QWR_TEST_TIMEOUT_S", 600));
    tcase_add_test(c, plans_are_optimal_where_they_say_so_and_every_terminal_is_proven);
    tcase_add_test(c, bounds_hold_however_little_work_is_allowed);
    tcase_add_test(c, a_plan_to_start_from_is_never_made_worse);
    tcase_add_test(c, two_threads_find_the_same_plan_and_bound);
    suite_add_tcase(suite, c);
    return qwr_test_main(suite);
}
