/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Terminals that differ in one thing, planned to a proof: a mirrored quay costs the same, a crane
 * or ten metres more never cost more, and what a proven plan does can be pinned, all or in part,
 * without costing more.
 */
#include "support/support.h"

#include <quaywright/check.h>
#include <quaywright/generate.h>
#include <quaywright/scenario.h>
#include <quaywright/solve.h>

enum { SEEDS = 5 };

static const struct {
    const char *profile;
    int64_t calls, days, quay_m;
} TERMINALS[] = {{"meisel-bierwirth", 4, 1, 600}, {"feeder", 5, 2, 500}};
enum { TERMINAL_COUNT = sizeof TERMINALS / sizeof TERMINALS[0] };

static qwr_scenario *generated(qwr_context *ctx, int i, uint64_t seed)
{
    qwr_generate_options g = qwr_generate_options_init();
    qwr_scenario *s = NULL;

    g.profile = TERMINALS[i].profile;
    g.calls = TERMINALS[i].calls;
    g.days = TERMINALS[i].days;
    g.quay_m = TERMINALS[i].quay_m;
    g.seed = seed;
    qwr_test_ok(ctx, qwr_generate(&s, ctx, &g));
    return s;
}

static qwr_scenario *changed(qwr_context *ctx, const qwr_scenario *s,
                             void (*change)(qwr_context *ctx, qwr_scenario_builder *b,
                                            const qwr_scenario *s, const qwr_plan *plan),
                             const qwr_plan *plan)
{
    qwr_scenario_builder *b = NULL;
    qwr_scenario *other = NULL;

    qwr_test_ok(ctx, qwr_scenario_thaw(&b, ctx, s));
    change(ctx, b, s, plan);
    qwr_test_ok(ctx, qwr_scenario_freeze(&other, b));
    qwr_scenario_builder_free(b);
    return other;
}

/* The plan, and its cost if it is proven to be the least, else -1. */
static int64_t least_mu(qwr_plan **plan, qwr_context *ctx, const qwr_scenario *s)
{
    qwr_solve_options o = qwr_solve_options_init();
    qwr_violations *found = NULL;

    o.deadline_ms = -1;
    o.work_limit = 5000;
    *plan = NULL;
    qwr_test_ok(ctx, qwr_solve(plan, ctx, s, &o, NULL));
    qwr_test_ok(ctx, qwr_plan_check(&found, ctx, s, *plan));
    const qwr_plan_quality *q = qwr_plan_get_quality(*plan);
    bool proven = q->outcome == QWR_OUTCOME_OPTIMAL && q->unplaced == 0;
    ck_assert(qwr_violations_count(found) == 0 || q->unplaced > 0);
    qwr_violations_free(found);
    return proven ? q->cost_mu : -1;
}

static void add_crane(qwr_context *ctx, qwr_scenario_builder *b, const qwr_scenario *s,
                      const qwr_plan *plan)
{
    qwr_crane crane =
        *qwr_scenario_crane(s, (qwr_crane_ix){(uint32_t)qwr_scenario_crane_count(s) - 1});

    (void)plan;
    crane.id = "MORE";
    crane.rail_order++;
    qwr_test_ok(ctx, qwr_scenario_add_crane(b, &crane, NULL));
}

static void add_metres(qwr_context *ctx, qwr_scenario_builder *b, const qwr_scenario *s,
                       const qwr_plan *plan)
{
    qwr_quay quay = *qwr_scenario_quay(s, (qwr_quay_ix){0});

    (void)plan;
    quay.length_mm += quay.grid_mm;
    qwr_test_ok(ctx, qwr_scenario_set_quay(b, (qwr_quay_ix){0}, &quay));
}

static void pin(qwr_context *ctx, qwr_scenario_builder *b, const qwr_scenario *s,
                const qwr_plan *plan, bool place, bool start)
{
    for (uint32_t i = 0; i < qwr_scenario_call_count(s); i++) {
        qwr_call c = *qwr_scenario_call(s, (qwr_call_ix){i});
        const qwr_stay *stay = qwr_plan_stay(plan, (qwr_call_ix){i});
        if (place) {
            c.pin_quay = stay->quay;
            c.pin_position_mm = stay->position_mm;
        }
        if (start)
            c.pin_start_s = stay->start_s;
        qwr_test_ok(ctx, qwr_scenario_set_call(b, (qwr_call_ix){i}, &c));
    }
}

static void pin_places(qwr_context *ctx, qwr_scenario_builder *b, const qwr_scenario *s,
                       const qwr_plan *plan)
{
    pin(ctx, b, s, plan, true, false);
}

static void pin_starts(qwr_context *ctx, qwr_scenario_builder *b, const qwr_scenario *s,
                       const qwr_plan *plan)
{
    pin(ctx, b, s, plan, false, true);
}

static void pin_both(qwr_context *ctx, qwr_scenario_builder *b, const qwr_scenario *s,
                     const qwr_plan *plan)
{
    pin(ctx, b, s, plan, true, true);
}

/* One end of the quay is the other. Only of quays of one depth, without breaks, reach and windows.
 */
static void mirror(qwr_context *ctx, qwr_scenario_builder *b, const qwr_scenario *s,
                   const qwr_plan *plan)
{
    int64_t length_mm = qwr_scenario_quay(s, (qwr_quay_ix){0})->length_mm;

    (void)plan;
    for (uint32_t i = 0; i < qwr_scenario_call_count(s); i++) {
        qwr_call c = *qwr_scenario_call(s, (qwr_call_ix){i});
        int64_t *const at[] = {&c.preferred_mm, &c.pin_position_mm, &c.base_position_mm};
        for (size_t k = 0; k < sizeof at / sizeof at[0]; k++)
            if (*at[k] != QWR_UNSET)
                *at[k] = length_mm - c.loa_mm - *at[k];
        qwr_test_ok(ctx, qwr_scenario_set_call(b, (qwr_call_ix){i}, &c));
    }
}

static const struct {
    void (*change)(qwr_context *ctx, qwr_scenario_builder *b, const qwr_scenario *s,
                   const qwr_plan *plan);
    bool same; /* the same cost, else none that is higher */
    int terminals;
} CHANGES[] = {
    {add_crane, false, TERMINAL_COUNT}, {add_metres, false, 1},           {pin_places, true, 1},
    {pin_starts, true, TERMINAL_COUNT}, {pin_both, true, TERMINAL_COUNT}, {mirror, true, 1}};
enum { CHANGE_COUNT = sizeof CHANGES / sizeof CHANGES[0] };

START_TEST(the_optimum_follows_the_terminal)
{
    qwr_context *ctx = qwr_test_context();
    int compared = 0;

    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        for (int i = 0; i < CHANGES[_i].terminals; i++) {
            qwr_scenario *s = generated(ctx, i, seed);
            qwr_plan *plan, *other_plan = NULL;
            int64_t mu = least_mu(&plan, ctx, s);
            if (mu >= 0) {
                qwr_scenario *other = changed(ctx, s, CHANGES[_i].change, plan);
                int64_t other_mu = least_mu(&other_plan, ctx, other);
                compared += other_mu >= 0;
                if (other_mu >= 0 && CHANGES[_i].same)
                    ck_assert_int_eq(other_mu, mu);
                ck_assert_int_le(other_mu, mu);
                qwr_plan_free(other_plan);
                qwr_scenario_free(other);
            }
            qwr_plan_free(plan);
            qwr_scenario_free(s);
        }
    ck_assert_msg(compared >= SEEDS / 2, "only %d pairs were proven", compared);
    qwr_context_free(ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("metamorphic");
    TCase *tc = tcase_create("metamorphic");

    tcase_set_timeout(tc, 300);
    tcase_add_loop_test(tc, the_optimum_follows_the_terminal, 0, CHANGE_COUNT);
    suite_add_tcase(suite, tc);
    return qwr_test_main(suite);
}
