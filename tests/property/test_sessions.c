/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random lives of sessions: whatever the news, every plan passes the checker, vessels alongside
 * stay where they are, and planning again without news never makes the plan worse. Work limits
 * only.
 */
#include "base/base.h"
#include "support/support.h"

#include <quaywright/check.h>
#include <quaywright/generate.h>
#include <quaywright/session.h>

#include <stdio.h>
#include <string.h>

enum { LIVES = 18, CYCLES = 8, HOUR = 3600 };

typedef struct life {
    qwr_context *ctx;
    qwr_session *session;
    qwr__rng rng;
    int64_t now_s;
    int news;
    char told[200]; /* the last news, for messages */
} life;

static int64_t below(life *l, int64_t n)
{
    return (int64_t)qwr__rng_below(&l->rng, (uint64_t)n);
}

static qwr_session_result plan(life *l, int64_t work)
{
    qwr_solve_options options = qwr_solve_options_init();
    qwr_session_result r = qwr_session_result_init();

    options.deadline_ms = -1;
    options.work_limit = work;
    options.solver = "none";
    qwr_test_ok(l->ctx, qwr_session_plan(&r, l->session, &options));
    return r;
}

static void passes_the_checker(const life *l, const qwr_session_result *r)
{
    qwr_violations *found = NULL;

    qwr_test_ok(l->ctx, qwr_plan_check(&found, l->ctx, r->scenario, r->plan));
    for (size_t i = 0; i < qwr_violations_count(found); i++)
        ck_assert_msg(strcmp(qwr_violations_get(found, i)->rule, "placed") == 0,
                      "life %llu, after %s: %s", (unsigned long long)l->rng.seed, l->told,
                      qwr_violations_get(found, i)->sentence);
    qwr_violations_free(found);
}

/* --- news ----------------------------------------------------------------------------------------
 */

static const qwr_call *any_call(life *l, const qwr_scenario *scenario)
{
    return qwr_scenario_call(
        scenario, (qwr_call_ix){(uint32_t)below(l, (int64_t)qwr_scenario_call_count(scenario))});
}

/* Alongside as planned, or somewhere near it, with or without a report of the work. */
static qwr_status berth(life *l, const qwr_session_result *r, const qwr_call *call)
{
    qwr_berthed told = qwr_berthed_init();
    const qwr_stay *stay = qwr_plan_stay(r->plan, qwr_scenario_find_call(r->scenario, call->id));

    if (!stay->placed)
        return QWR_OK;
    const qwr_berth *at = qwr_scenario_berth(r->scenario, stay->berth);
    told.quay = qwr_scenario_quay(r->scenario, stay->quay)->id;
    told.berth = at != NULL ? at->id : NULL;
    told.position_mm = stay->position_mm + (below(l, 3) == 0 ? below(l, 60000) - 30000 : 0);
    told.start_s = l->now_s - below(l, 8 * HOUR);
    if (below(l, 2))
        told.cranes = below(l, 5);
    if (below(l, 2))
        told.moves_done = below(l, 400);
    return qwr_session_set_berthed(l->session, call->id, &told);
}

static qwr_status close_some(life *l, const qwr_scenario *scenario, const char *id)
{
    const qwr_quay *quay = qwr_scenario_quay(scenario, (qwr_quay_ix){0});
    int64_t from_mm = below(l, quay->length_mm - 1);
    int64_t from_s = l->now_s + below(l, 30 * HOUR) - 5 * HOUR;

    return qwr_session_close_quay(l->session, id, quay->id, from_mm, QWR_UNSET, from_s,
                                  from_s + 1 + below(l, 20 * HOUR), "works");
}

static qwr_status crane_down(life *l, const qwr_scenario *scenario, const char *id)
{
    uint32_t k = (uint32_t)below(l, (int64_t)qwr_scenario_crane_count(scenario));
    int64_t from_s = l->now_s + below(l, 10 * HOUR) - 5 * HOUR;

    return qwr_session_crane_down(l->session, id,
                                  qwr_scenario_crane(scenario, (qwr_crane_ix){k})->id, from_s,
                                  from_s + 1 + below(l, 30 * HOUR), NULL);
}

static qwr_status come(life *l, const qwr_call *like)
{
    char id[32];
    qwr_call call = *like;

    (void)snprintf(id, sizeof id, "N%d", l->news);
    call.id = id;
    call.eta_s = l->now_s + below(l, 20 * HOUR);
    call.earliest_s = QWR_UNSET;
    call.desired_departure_s = QWR_UNSET;
    call.latest_departure_s = QWR_UNSET;
    call.moves = 50 + below(l, 500);
    return qwr_session_add_call(l->session, &call);
}

/* One piece of news; what contradicts the scenario is refused, which is an answer too. */
static void tell(life *l, const qwr_session_result *r)
{
    static const char *const kinds[] = {"eta",        "berthed",    "berthed", "closure",
                                        "crane down", "a new call", "leaving", "announce"};
    const qwr_call *call = any_call(l, r->scenario);
    size_t kind = (size_t)below(l, 8);
    char id[32];
    qwr_status status = QWR_OK;

    (void)snprintf(id, sizeof id, "w%d", l->news++);
    (void)snprintf(l->told, sizeof l->told, "%s (%s)", kinds[kind], call->id);
    if (kind == 0)
        status = qwr_session_set_eta(l->session, call->id, l->now_s + below(l, 24 * HOUR));
    else if (kind <= 2)
        status = berth(l, r, call);
    else if (kind == 3)
        status = close_some(l, r->scenario, id);
    else if (kind == 4)
        status = crane_down(l, r->scenario, id);
    else if (kind == 5)
        status = come(l, call);
    else if (kind == 6 && qwr_scenario_call_count(r->scenario) > 3)
        status = qwr_session_remove_call(l->session, call->id);
    else if (kind == 7)
        status = qwr_session_announce(l->session);
    ck_assert_msg(status == QWR_OK || status == QWR_ESCENARIO || status == QWR_EINVAL ||
                      status == QWR_ENOTFOUND, /* left a moment ago */
                  "life %llu, %s: %s: %s", (unsigned long long)l->rng.seed, l->told,
                  qwr_status_name(status),
                  qwr_context_cause_count(l->ctx) ? qwr_context_cause(l->ctx, 0)->message : "");
}

/* --- what must hold
 * ------------------------------------------------------------------------------- */

static void never_worse_without_news(life *l, const qwr_session_result *before)
{
    int64_t cost = qwr_plan_get_quality(before->plan)->cost_mu;
    int64_t unplaced = qwr_plan_get_quality(before->plan)->unplaced;
    qwr_session_result again = plan(l, 300);
    const qwr_plan_quality *q = qwr_plan_get_quality(again.plan);

    passes_the_checker(l, &again);
    ck_assert_msg(q->unplaced < unplaced || (q->unplaced == unplaced && q->cost_mu <= cost),
                  "life %llu, after %s: %lld calls without a place at %lld, before %lld at %lld",
                  (unsigned long long)l->rng.seed, l->told, (long long)q->unplaced,
                  (long long)q->cost_mu, (long long)unplaced, (long long)cost);
}

static void live(life *l)
{
    qwr_session_result r = plan(l, 2000);

    for (int cycle = 0; cycle < CYCLES; cycle++) {
        l->now_s += below(l, 3 * HOUR);
        qwr_test_ok(l->ctx, qwr_session_set_now(l->session, l->now_s));
        for (int64_t n = below(l, 4); n > 0; n--)
            tell(l, &r);
        qwr_session_freeze_until(l->session,
                                 below(l, 3) == 0 ? l->now_s + below(l, 12 * HOUR) : QWR_UNSET);
        r = plan(l, 800);
        passes_the_checker(l, &r);
        never_worse_without_news(l, &r);
        if (below(l, 5) == 0 && l->now_s >= 2 * HOUR) {
            qwr_status status = qwr_session_roll(l->session, HOUR);
            ck_assert(status == QWR_OK || status == QWR_ESCENARIO);
            l->now_s -= status == QWR_OK ? HOUR : 0;
        }
        r = plan(l, 300);
        passes_the_checker(l, &r);
    }
}

START_TEST(plans_of_random_lives_are_legal_and_never_worse)
{
    static const char *const profiles[] = {"feeder", "medium", "tiny"};
    static const char *const layouts[] = {"continuous", "discrete", "hybrid"};
    qwr_generate_options options = qwr_generate_options_init();
    life l = {.ctx = qwr_test_context(), .rng = {(uint64_t)_i + 1, 77, 0}, .told = "the beginning"};
    qwr_scenario *scenario = NULL;

    options.profile = profiles[_i % 3];
    options.layout = layouts[_i / 3 % 3];
    options.seed = (uint64_t)_i + 1;
    options.calls = 5 + _i % 6;
    options.days = 3;
    qwr_test_ok(l.ctx, qwr_generate(&scenario, l.ctx, &options));
    qwr_test_ok(l.ctx, qwr_session_new(&l.session, l.ctx, scenario));
    qwr_scenario_free(scenario);
    live(&l);
    qwr_session_free(l.session);
    qwr_context_free(l.ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sessions");
    TCase *tc = tcase_create("lives");

    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, plans_of_random_lives_are_legal_and_never_worse, 0, LIVES);
    suite_add_tcase(suite, tc);
    return qwr_test_main(suite);
}
