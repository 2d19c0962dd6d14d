/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What else a call could do: every stay told is put into the plan and checked, and no cheaper legal
 * one is left untold.
 */
#include "support/support.h"

#include <quaywright/explain.h>
#include <quaywright/generate.h>
#include <quaywright/solve.h>

#include <string.h>

static const char *const PROFILES[] = {"feeder", "meisel-bierwirth"};
enum { PROFILE_COUNT = sizeof PROFILES / sizeof PROFILES[0] };

static void release(qwr_explanation *e, qwr_plan *plan, qwr_scenario *s)
{
    qwr_explanation_free(e);
    qwr_plan_free(plan);
    qwr_scenario_free(s);
}

static qwr_status make(qwr_scenario **s, qwr_plan **plan, qwr_context *ctx, const char *profile,
                       int64_t calls)
{
    qwr_generate_options g = qwr_generate_options_init();
    qwr_solve_options o = qwr_solve_options_init();
    qwr_status status;

    g.profile = profile;
    g.calls = calls;
    g.days = 2;
    g.seed = 3;
    o.deadline_ms = -1;
    o.work_limit = 3000;
    o.solver = "none";
    status = qwr_generate(s, ctx, &g);
    return status != QWR_OK ? status : qwr_solve(plan, ctx, *s, &o, NULL);
}

/* The plan with this stay in place of the call's: its cost, and how many rules it breaks. */
static int64_t cost_with(size_t *broken, qwr_context *ctx, const qwr_scenario *s,
                         const qwr_plan *plan, qwr_call_ix call, const qwr_stay *stay)
{
    qwr_plan *other = NULL;
    qwr_violations *found = NULL;
    int64_t cost_mu;

    qwr_test_ok(ctx, qwr_plan_copy(&other, ctx, plan));
    qwr_test_ok(ctx, qwr_plan_set_stay(other, call, stay));
    qwr_test_ok(ctx, qwr_plan_price(ctx, other)); /* else its old total would be wrong */
    qwr_test_ok(ctx, qwr_plan_check(&found, ctx, s, other));
    *broken = qwr_violations_count(found);
    cost_mu = qwr_violations_cost_mu(found);
    qwr_violations_free(found);
    qwr_plan_free(other);
    return cost_mu;
}

static bool same_group(const qwr_stay *a, const qwr_stay *b)
{
    return a->quay.v == b->quay.v && a->berth.v == b->berth.v && a->cranes == b->cranes;
}

/* Starts up to 30 steps either way, as long alongside: none that is legal is cheaper than told. */
static void nothing_cheaper_near(qwr_context *ctx, const qwr_scenario *s, const qwr_plan *plan,
                                 qwr_call_ix call, const qwr_explanation *e)
{
    const qwr_stay *now = qwr_plan_stay(plan, call);
    int64_t step_s = qwr_scenario_get_info(s)->step_s, least_mu = INT64_MAX;
    qwr_checker *checker = NULL;

    for (size_t i = qwr_explanation_count(e); i-- > 0;)
        if (qwr_explanation_get(e, i)->kind == QWR_ALTERNATIVE_FREE &&
            same_group(qwr_explanation_get(e, i)->stay, now))
            least_mu = qwr_explanation_get(e, i)->cost_delta_mu;
    qwr_test_ok(ctx, qwr_checker_new(&checker, ctx, s, plan));
    for (int64_t k = -30; k <= 30; k++) {
        qwr_stay stay = *now;
        size_t broken;
        int64_t cost_mu;
        stay.start_s += k * step_s;
        stay.end_s += k * step_s;
        if (k == 0)
            continue;
        qwr_test_ok(ctx, qwr_checker_try(checker, call, &stay, NULL, 0, &broken, &cost_mu));
        if (broken == 0)
            ck_assert_int_ge(cost_mu - now->cost_mu, least_mu);
    }
    qwr_checker_free(checker);
}

START_TEST(every_stay_told_is_as_told)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario *s = NULL;
    qwr_plan *plan = NULL;
    size_t broken, frees = 0, blocked = 0;

    qwr_test_ok(ctx, make(&s, &plan, ctx, PROFILES[_i], 8));
    bool constant = qwr_scenario_get_info(s)->profile == QWR_PROFILE_CONSTANT;
    bool optimal = qwr_plan_get_quality(plan)->outcome == QWR_OUTCOME_OPTIMAL;
    int64_t plan_mu = qwr_plan_get_quality(plan)->cost_mu;
    for (uint32_t c = 0; c < qwr_scenario_call_count(s); c++) {
        qwr_explanation *e = NULL;
        qwr_test_ok(ctx, qwr_plan_explain(&e, ctx, plan, (qwr_call_ix){c}));
        for (size_t i = 0; i < qwr_explanation_count(e); i++) {
            const qwr_alternative *a = qwr_explanation_get(e, i);
            int64_t cost_mu = cost_with(&broken, ctx, s, plan, (qwr_call_ix){c}, a->stay);
            ck_assert_int_eq(cost_mu - plan_mu, a->cost_delta_mu);
            ck_assert_str_ne(a->sentence, "");
            if (a->kind == QWR_ALTERNATIVE_FREE) {
                ck_assert_uint_eq(broken, 0);
                ck_assert(!optimal || a->cost_delta_mu >= 0);
                frees++;
            } else {
                ck_assert_uint_gt(broken, 0);
                ck_assert_uint_gt(a->obstacle_count, 0);
                ck_assert_ptr_nonnull(strstr(a->sentence, a->obstacle[0].sentence));
                ck_assert_int_lt(a->cost_delta_mu, 0);
                blocked++;
            }
        }
        if (constant)
            nothing_cheaper_near(ctx, s, plan, (qwr_call_ix){c}, e);
        qwr_explanation_free(e);
    }
    ck_assert_uint_gt(frees, 8);
    ck_assert(!constant || blocked > 0); /* varying counts leave constant ones nothing cheaper */
    qwr_plan_free(plan);
    qwr_scenario_free(s);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(a_call_without_a_place_is_told_where_there_is_room)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario *s = NULL;
    qwr_plan *plan = NULL;
    qwr_explanation *e = NULL;
    qwr_stay none = qwr_stay_init();
    size_t broken;

    qwr_test_ok(ctx, make(&s, &plan, ctx, PROFILES[0], 6));
    int64_t had_mu = qwr_plan_stay(plan, (qwr_call_ix){2})->cost_mu;
    qwr_test_ok(ctx, qwr_plan_set_stay(plan, (qwr_call_ix){2}, &none));
    qwr_test_ok(ctx, qwr_plan_explain(&e, ctx, plan, (qwr_call_ix){2}));
    const qwr_alternative *a = qwr_explanation_get(e, 0);
    ck_assert_int_eq(a->kind, QWR_ALTERNATIVE_FREE);
    ck_assert_int_eq(a->cost_delta_mu, a->stay->cost_mu);
    ck_assert_int_le(a->stay->cost_mu, had_mu); /* where it was is free */
    cost_with(&broken, ctx, s, plan, (qwr_call_ix){2}, a->stay);
    ck_assert_uint_eq(broken, 0);
    ck_assert_ptr_null(qwr_explanation_get(e, qwr_explanation_count(e)));
    release(e, plan, s);
    qwr_context_free(ctx);
}
END_TEST

/* The only call of a day, asking for more than there is; what it would have to give. */
static qwr_status impossible(qwr_explanation **e, qwr_context *ctx, qwr_scenario **s,
                             qwr_plan **plan, int64_t leave_s, int64_t draught_mm)
{
    qwr_generate_options g = qwr_generate_options_init();
    qwr_scenario_builder *b = NULL;
    qwr_scenario *day = NULL;
    qwr_status status;

    g.profile = "feeder";
    g.calls = 1;
    g.days = 1;
    g.step_s = 3600; /* few candidates: a look is quick */
    status = qwr_generate(&day, ctx, &g);
    if (status == QWR_OK)
        status = qwr_scenario_thaw(&b, ctx, day);
    if (status == QWR_OK) {
        qwr_call call = *qwr_scenario_call(day, (qwr_call_ix){0});
        call.latest_is_soft = 0;
        call.pin_start_s = call.pin_position_mm = call.pin_cranes = QWR_UNSET;
        call.pin_quay.v = QWR_NONE;
        call.desired_departure_s = QWR_UNSET;
        call.latest_departure_s = leave_s < 0 ? QWR_UNSET : call.eta_s + leave_s;
        call.draught_mm = draught_mm < 0 ? call.draught_mm : draught_mm;
        status = qwr_scenario_set_call(b, (qwr_call_ix){0}, &call);
    }
    if (status == QWR_OK)
        status = qwr_scenario_freeze(s, b);
    if (status == QWR_OK)
        status = qwr_plan_new(plan, ctx, *s);
    if (status == QWR_OK)
        status = qwr_plan_explain(e, ctx, *plan, (qwr_call_ix){0});
    qwr_scenario_builder_free(b);
    qwr_scenario_free(day);
    return status;
}

static const struct {
    int64_t leave_s, draught_mm;
    size_t count;
    const char *rule[2];
} ASKED[] = {{3600, -1, 1, {"departure", NULL}},
             {-1, 30000, 1, {"draught", NULL}},
             {3600, 30000, 2, {"draught", "departure"}},
             {-1, -1, 0, {NULL, NULL}}};
enum { ASKED_COUNT = sizeof ASKED / sizeof ASKED[0] };

/* What suffices is given, and no second or centimetre less would do. */
static void just_enough(qwr_context *ctx, const qwr_conflict *f, int64_t leave_s,
                        int64_t draught_mm)
{
    bool deep = strcmp(f->rule, "draught") == 0;

    ck_assert_int_gt(f->amount, 0);
    for (int given = 0; given < 2; given++) {
        qwr_scenario *s = NULL;
        qwr_plan *plan = NULL;
        qwr_explanation *e = NULL;
        int64_t amount = f->amount - (given ? 0 : deep ? 10 : 1);
        qwr_test_ok(ctx, impossible(&e, ctx, &s, &plan, deep ? leave_s : leave_s + amount,
                                    deep ? draught_mm - amount : draught_mm));
        ck_assert_int_eq(qwr_explanation_count(e) > 0, given);
        release(e, plan, s);
    }
}

START_TEST(demands_in_conflict_and_what_they_have_to_give)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario *s = NULL;
    qwr_plan *plan = NULL;
    qwr_explanation *e = NULL;

    qwr_test_ok(ctx, impossible(&e, ctx, &s, &plan, ASKED[_i].leave_s, ASKED[_i].draught_mm));
    ck_assert_uint_eq(qwr_explanation_conflict_count(e), ASKED[_i].count);
    ck_assert_int_eq(qwr_explanation_count(e) == 0, ASKED[_i].count > 0);
    for (size_t i = 0; i < ASKED[_i].count; i++) {
        const qwr_conflict *f = qwr_explanation_conflict(e, i);
        bool known = false;
        for (size_t k = 0; k < ASKED[_i].count; k++)
            known = known || strcmp(f->rule, ASKED[_i].rule[k]) == 0;
        ck_assert_msg(known, "unexpected: %s", f->sentence);
        ck_assert_uint_eq(f->set, i);
        ck_assert_uint_eq(f->suffices, ASKED[_i].count == 1);
        if (f->suffices)
            just_enough(ctx, f, ASKED[_i].leave_s, ASKED[_i].draught_mm);
    }
    ck_assert_ptr_null(qwr_explanation_conflict(e, ASKED[_i].count));
    release(e, plan, s);
    qwr_context_free(ctx);
}
END_TEST

static qwr_status conflict_one(qwr_context *ctx, void *payload)
{
    qwr_scenario *s = NULL;
    qwr_plan *plan = NULL;
    qwr_explanation *e = NULL;
    qwr_status status = impossible(&e, ctx, &s, &plan, 3600, -1);

    (void)payload;
    release(e, plan, s);
    return status;
}

START_TEST(what_is_not_there_is_refused)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario *s = NULL;
    qwr_plan *plan = NULL;
    qwr_explanation *e = NULL;

    qwr_test_ok(ctx, make(&s, &plan, ctx, PROFILES[0], 6));
    ck_assert_int_eq(qwr_plan_explain(&e, ctx, plan, (qwr_call_ix){6}), QWR_EINVAL);
    ck_assert_ptr_null(e);
    ck_assert(qwr_test_cause_holds(ctx, "no such call"));
    ck_assert_int_eq(qwr_plan_explain(&e, ctx, NULL, (qwr_call_ix){0}), QWR_EINVAL);
    ck_assert_str_eq(qwr_alternative_kind_name(QWR_ALTERNATIVE_BLOCKED), "blocked");
    qwr_explanation_free(NULL);
    qwr_plan_free(plan);
    qwr_scenario_free(s);
    qwr_context_free(ctx);
}
END_TEST

static qwr_status explain_one(qwr_context *ctx, void *payload)
{
    qwr_scenario *s = NULL;
    qwr_plan *plan = NULL;
    qwr_explanation *e = NULL;
    qwr_generate_options g = qwr_generate_options_init();
    qwr_status status;

    (void)payload;
    g.profile = "feeder";
    g.calls = 2;
    g.days = 1;
    g.step_s = 3600;
    status = qwr_generate(&s, ctx, &g);
    if (status == QWR_OK)
        status = qwr_plan_new(&plan, ctx, s);
    if (status == QWR_OK)
        status = qwr_plan_explain(&e, ctx, plan, (qwr_call_ix){0});
    release(e, plan, s);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    ck_assert_int_gt(qwr_test_each_allocation(explain_one, NULL, 20000), 100);
    ck_assert_int_gt(qwr_test_each_allocation(conflict_one, NULL, 20000), 100);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("explain");
    TCase *tc = tcase_create("explain");

    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, every_stay_told_is_as_told, 0, PROFILE_COUNT);
    tcase_add_test(tc, a_call_without_a_place_is_told_where_there_is_room);
    tcase_add_loop_test(tc, demands_in_conflict_and_what_they_have_to_give, 0, ASKED_COUNT);
    tcase_add_test(tc, what_is_not_there_is_refused);
    tcase_add_test(tc, every_allocation_may_fail);
    suite_add_tcase(suite, tc);
    return qwr_test_main(suite);
}
