/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The incremental checker against the check of whole plans, odd and hostile stays, the order of
 * reports, and what happens without memory.
 */
#include "check_stage.h"

#include "base/base.h"

#include <stdio.h>
#include <string.h>

enum { CALLS = 24, FOUND = 256 };

/** A small terminal in which random stays break nearly every rule now and then. */
static stage busy_terminal(void)
{
    stage s = stage_open();
    s.info.ukc_berth_mm = 500;
    s.info.channel_depth_mm = 12000;
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 900);
    qwr_quay_ix d = stage_quay(&s, "Q2", QWR_LAYOUT_DISCRETE, 600);
    qwr_berth berth = qwr_berth_init();
    berth.quay = d;
    for (int i = 0; i < 2; i++) {
        berth.id = i == 0 ? "B1" : "B2";
        berth.from_mm = i * 300 * METRE;
        berth.length_mm = 250 * METRE;
        berth.turnaround_s = i * HOUR;
        qwr_test_ok(s.ctx, qwr_scenario_add_berth(s.builder, &berth, NULL));
    }
    stage_cranes(&s, q, 5);
    stage_cranes(&s, d, 3);
    for (int i = 0; i < 20; i++)
        stage_tide(&s, 6 * i, i % 2 == 0 ? -300 : 900);
    for (int i = 0; i < CALLS; i++) {
        char id[16], vessel[24];
        snprintf(id, sizeof id, "C%02d", i);
        snprintf(vessel, sizeof vessel, "VESSEL %d", i);
        qwr_call call = stage_vessel(id, vessel);
        call.loa_mm = (120 + 10 * i) * METRE;
        call.eta_s = i * HOUR;
        call.draught_mm = 11000 + 40 * i;
        call.wait_mu_h = 1000 + i;
        call.stay_mu_h = 31;
        call.clearance_mm = 10 * METRE;
        call.latest_departure_s = (i + 40) * HOUR;
        call.moves = 100 + 10 * i;
        call.handling_s = i % 3 == 0 ? 2 * HOUR : QWR_UNSET;
        call.max_cranes = 4;
        stage_call(&s, &call);
    }
    qwr_window w = stage_window("W1", QWR_WINDOW_CLOSURE, 10, 20);
    w.quay = q;
    w.to_mm = 200 * METRE;
    stage_add_window(&s, &w);
    w = stage_window("W2", QWR_WINDOW_MAINTENANCE, 12, 30);
    w.crane.v = 1;
    stage_add_window(&s, &w);
    w = stage_window("W3", QWR_WINDOW_WEATHER, 14, 18);
    w.quay = q;
    stage_add_window(&s, &w);
    stage_freeze(&s);
    return s;
}

static qwr_stay random_stay(qwr__rng *rng)
{
    qwr_stay stay = qwr_stay_init();
    stay.placed = qwr__rng_below(rng, 10) > 0;
    stay.quay.v = (uint32_t)qwr__rng_below(rng, 2);
    if (stay.quay.v == 1) {
        stay.berth.v = (uint32_t)qwr__rng_below(rng, 2);
        stay.position_mm = stay.berth.v * 300 * METRE;
    } else {
        stay.position_mm = (int64_t)qwr__rng_below(rng, 80) * 10 * METRE;
    }
    stay.start_s = (int64_t)qwr__rng_below(rng, 60) * HOUR;
    stay.end_s = stay.start_s + (int64_t)qwr__rng_below(rng, 12) * HOUR;
    stay.cranes = (int64_t)qwr__rng_below(rng, 5);
    stay.cost_mu = (int64_t)qwr__rng_below(rng, 2);
    return stay;
}

/** A violation of the whole plan in which `call` takes part. */
static bool concerns(const stage *s, const qwr_violation *v, qwr_call_ix call)
{
    const qwr_stay *stay = qwr_plan_stay(s->plan, call);
    if (v->call.v == call.v)
        return true;
    if (strcmp(v->rule, "cranes") == 0)
        return stay->placed && stay->cranes > 0 && stay->start_s < stay->end_s &&
               stay->start_s < v->to_s && v->from_s < stay->end_s &&
               strcmp(qwr_scenario_quay(s->scenario, stay->quay)->id, v->resource) == 0;
    return v->call.v != QWR_NONE &&
           strcmp(v->resource, qwr_scenario_call(s->scenario, call)->id) == 0;
}

static bool same(const qwr_violation *a, const qwr_violation *b)
{
    return strcmp(a->rule, b->rule) == 0 && a->call.v == b->call.v && a->from_s == b->from_s &&
           a->to_s == b->to_s && a->amount == b->amount && strcmp(a->unit, b->unit) == 0 &&
           strcmp(a->resource, b->resource) == 0 && strcmp(a->sentence, b->sentence) == 0;
}

static void compare(stage *s, qwr_call_ix call, const qwr_violation *tried, size_t count)
{
    size_t expected = 0;
    for (size_t i = 0; i < qwr_violations_count(s->found); i++) {
        const qwr_violation *v = qwr_violations_get(s->found, i);
        bool seen = false;
        if (!concerns(s, v, call))
            continue;
        for (size_t k = 0; k < count; k++)
            seen = seen || same(&tried[k], v);
        ck_assert_msg(seen, "only the check of the plan finds: %s", v->sentence);
        expected++;
    }
    ck_assert_uint_eq(count, expected);
}

START_TEST(a_try_finds_what_a_check_of_the_whole_plan_finds_about_the_call)
{
    enum { MOVES = 1500 };
    stage s = busy_terminal();
    qwr__rng rng = {7, 1, 0};
    qwr_checker *checker;
    qwr_violation found[FOUND];
    size_t count, total = 0;
    int64_t cost_mu;
    qwr_test_ok(s.ctx, qwr_checker_new(&checker, s.ctx, s.scenario, s.plan));
    for (int i = 0; i < MOVES; i++) {
        qwr_call_ix call = {(uint32_t)qwr__rng_below(&rng, CALLS)};
        qwr_stay stay = random_stay(&rng);
        qwr_test_ok(s.ctx, qwr_checker_try(checker, call, &stay, found, FOUND, &count, &cost_mu));
        stage_set(&s, call, &stay);
        stage_check(&s);
        ck_assert_uint_lt(count, FOUND);
        compare(&s, call, found, count);
        ck_assert_int_eq(cost_mu, qwr_violations_call_cost_mu(s.found, call));
        qwr_test_ok(s.ctx, qwr_checker_move(checker, call, &stay));
        total += count;
    }
    ck_assert_uint_gt(total, MOVES); /* the stays were bad enough to mean something */
    qwr_checker_free(checker);
    stage_close(&s);
}
END_TEST

START_TEST(a_try_changes_nothing)
{
    stage s = busy_terminal();
    qwr__rng rng = {9, 1, 0};
    qwr_checker *checker;
    qwr_violation found[FOUND];
    size_t before, after;
    for (uint32_t c = 0; c < CALLS; c++) {
        qwr_stay stay = random_stay(&rng);
        stage_set(&s, (qwr_call_ix){c}, &stay);
    }
    qwr_test_ok(s.ctx, qwr_checker_new(&checker, s.ctx, s.scenario, s.plan));
    for (uint32_t c = 0; c < CALLS; c++) {
        qwr_call_ix watched = {0}, call = {c};
        const qwr_stay *stay = qwr_plan_stay(s.plan, watched);
        qwr_stay other = random_stay(&rng);
        qwr_test_ok(s.ctx, qwr_checker_try(checker, watched, stay, found, FOUND, &before, NULL));
        qwr_test_ok(s.ctx, qwr_checker_try(checker, call, &other, NULL, 0, &after, NULL));
        qwr_test_ok(s.ctx, qwr_checker_try(checker, watched, stay, found, FOUND, &after, NULL));
        ck_assert_uint_eq(before, after);
    }
    qwr_checker_free(checker);
    stage_close(&s);
}
END_TEST

START_TEST(a_try_counts_what_does_not_fit_and_always_gives_a_sentence)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    enum { MANY = 700 };
    static qwr_violation found[MANY];
    for (int i = 0; i < MANY; i++) {
        char id[16], vessel[80];
        snprintf(id, sizeof id, "C%d", i);
        snprintf(vessel, sizeof vessel, "%060d", i);
        qwr_call call = stage_vessel(id, vessel);
        stage_call(&s, &call);
    }
    stage_freeze(&s);
    for (uint32_t c = 0; c < MANY; c++)
        stage_put(&s, (qwr_call_ix){c}, q, 0, 0, 2, 0);
    qwr_checker *checker;
    size_t count;
    qwr_stay stay = stage_stay(q, 0, 0, 2, 0);
    qwr_test_ok(s.ctx, qwr_checker_new(&checker, s.ctx, s.scenario, s.plan));
    qwr_test_ok(s.ctx, qwr_checker_try(checker, (qwr_call_ix){3}, &stay, found, 2, &count, NULL));
    ck_assert_uint_eq(count, MANY - 1);
    qwr_test_ok(s.ctx,
                qwr_checker_try(checker, (qwr_call_ix){3}, &stay, found, MANY, &count, NULL));
    for (size_t i = 0; i < count; i++)
        ck_assert_uint_gt(strlen(found[i].sentence), 10);
    qwr_checker_free(checker);
    stage_check(&s); /* a quarter of a million pairs: reported up to a limit */
    ck_assert_uint_gt(qwr_violations_count(s.found), MANY);
    stage_close(&s);
}
END_TEST

START_TEST(violations_are_ordered_by_rule_call_and_time)
{
    stage s = busy_terminal();
    qwr__rng rng = {5, 1, 0};
    for (uint32_t c = 0; c < CALLS; c++) {
        qwr_stay stay = random_stay(&rng);
        stage_set(&s, (qwr_call_ix){c}, &stay);
    }
    stage_check(&s);
    ck_assert_uint_gt(qwr_violations_count(s.found), CALLS);
    size_t rule = 0;
    for (size_t i = 0; i < qwr_violations_count(s.found); i++) {
        const qwr_violation *v = qwr_violations_get(s.found, i);
        const qwr_violation *before = i > 0 ? qwr_violations_get(s.found, i - 1) : NULL;
        bool same_rule = before != NULL && strcmp(before->rule, v->rule) == 0;
        while (rule < qwr_rule_count() && strcmp(qwr_rule_name(rule), v->rule) != 0)
            rule++;
        ck_assert_uint_lt(rule, qwr_rule_count());
        if (same_rule)
            ck_assert_uint_le(before->call.v, v->call.v);
        if (same_rule && before->call.v == v->call.v)
            ck_assert_int_le(before->from_s, v->from_s);
    }
    ck_assert_ptr_null(qwr_violations_get(s.found, qwr_violations_count(s.found)));
    stage_close(&s);
}
END_TEST

/* --- hostile stays --------------------------------------------------------------------------- */

static int64_t odd_number(qwr__rng *rng)
{
    static const int64_t odd[] = {INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX};
    uint64_t pick = qwr__rng_below(rng, 10);
    return pick < 7 ? odd[pick] : (int64_t)qwr__rng_next(rng);
}

static uint32_t odd_index(qwr__rng *rng)
{
    return qwr__rng_below(rng, 3) > 0 ? (uint32_t)qwr__rng_below(rng, 3)
                                      : (uint32_t)qwr__rng_next(rng);
}

START_TEST(garbage_stays_are_reported_and_never_crash)
{
    stage s = busy_terminal();
    qwr__rng rng = {11, 1, 0};
    qwr_checker *checker;
    qwr_violation found[8];
    size_t count;
    qwr_test_ok(s.ctx, qwr_checker_new(&checker, s.ctx, s.scenario, s.plan));
    for (int i = 0; i < 20000; i++) {
        qwr_call_ix call = {(uint32_t)qwr__rng_below(&rng, CALLS)};
        qwr_stay stay = qwr_stay_init();
        stay.placed = 1;
        stay.quay.v = odd_index(&rng);
        stay.berth.v = odd_index(&rng);
        stay.position_mm = odd_number(&rng);
        stay.start_s = odd_number(&rng);
        stay.end_s = odd_number(&rng);
        stay.cranes = odd_number(&rng);
        stay.rate_milli = odd_number(&rng);
        stay.cost_mu = odd_number(&rng);
        qwr_test_ok(s.ctx, qwr_checker_try(checker, call, &stay, found, 8, &count, NULL));
        ck_assert_uint_gt(count, 0);
        ck_assert_uint_gt(strlen(found[0].sentence), 10);
        qwr_test_ok(s.ctx, qwr_checker_move(checker, call, &stay));
        if (qwr_plan_set_stay(s.plan, call, &stay) == QWR_OK && i % 50 == 0)
            stage_check(&s);
    }
    qwr_checker_free(checker);
    stage_close(&s);
}
END_TEST

START_TEST(hostile_names_are_cut_between_characters)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    char name[2001];
    for (size_t i = 0; i < 2000; i += 2)
        memcpy(name + i, "\xc3\xa9", 2);
    name[2000] = '\0';
    name[0] = 'x'; /* so that characters begin at odd bytes */
    name[1] = 'y';
    qwr_call call = stage_vessel("C1", name + 1);
    qwr_call_ix c = stage_call(&s, &call);
    stage_freeze(&s);
    stage_put(&s, c, q, 900, 0, 2, 0);
    const char *sentence = stage_breaks(&s, "length")->sentence;
    ck_assert_uint_lt(strlen(sentence), 512);
    for (const char *p = sentence; *p != '\0'; p++)
        if (*p == '\xc3')
            ck_assert_int_eq(p[1], '\xa9');
    stage_close(&s);
}
END_TEST

START_TEST(wrong_arguments_are_refused)
{
    stage s = busy_terminal(), t = busy_terminal();
    qwr_violations *v = NULL;
    qwr_checker *checker = NULL;
    qwr_stay stay = qwr_stay_init();
    size_t count;
    ck_assert_int_eq(qwr_plan_check(&v, s.ctx, t.scenario, s.plan), QWR_EINVAL);
    ck_assert_ptr_null(v);
    ck_assert_int_eq(qwr_checker_new(&checker, s.ctx, t.scenario, s.plan), QWR_EINVAL);
    ck_assert_ptr_null(checker);
    qwr_test_ok(s.ctx, qwr_checker_new(&checker, s.ctx, s.scenario, s.plan));
    ck_assert_int_eq(qwr_checker_try(checker, (qwr_call_ix){CALLS}, &stay, NULL, 0, &count, NULL),
                     QWR_EINVAL);
    ck_assert_int_eq(qwr_checker_try(checker, (qwr_call_ix){0}, &stay, NULL, 1, &count, NULL),
                     QWR_EINVAL);
    stay.size = 0;
    ck_assert_int_eq(qwr_checker_move(checker, (qwr_call_ix){0}, &stay), QWR_EINVAL);
    qwr_checker_free(checker);
    qwr_checker_free(NULL);
    qwr_violations_free(NULL);
    stage_close(&s);
    stage_close(&t);
}
END_TEST

START_TEST(every_rule_has_a_name_and_a_sentence)
{
    ck_assert_uint_eq(qwr_rule_count(), 21);
    for (size_t i = 0; i < qwr_rule_count(); i++) {
        ck_assert_uint_gt(strlen(qwr_rule_name(i)), 2);
        ck_assert_uint_gt(strlen(qwr_rule_sentence(i)), 10);
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(qwr_rule_name(i), qwr_rule_name(k));
    }
    ck_assert_ptr_null(qwr_rule_name(qwr_rule_count()));
    ck_assert_ptr_null(qwr_rule_sentence(qwr_rule_count()));
}
END_TEST

/* --- without memory -------------------------------------------------------------------------- */

/** The plan to check is made with memory of its own; only the checker runs short of it. */
static qwr_status check_short_of_memory(qwr_context *ctx, void *payload)
{
    const stage *s = payload;
    qwr_violations *v = NULL;
    qwr_status status = qwr_plan_check(&v, ctx, s->scenario, s->plan);
    ck_assert(status == QWR_OK ? v != NULL : v == NULL);
    qwr_violations_free(v);
    return status;
}

static qwr_status checker_short_of_memory(qwr_context *ctx, void *payload)
{
    const stage *s = payload;
    qwr_checker *checker = NULL;
    qwr_status status = qwr_checker_new(&checker, ctx, s->scenario, s->plan);
    ck_assert(status == QWR_OK ? checker != NULL : checker == NULL);
    qwr_checker_free(checker);
    return status;
}

START_TEST(a_failing_allocation_gives_no_memory_and_leaks_nothing)
{
    stage s = busy_terminal();
    qwr__rng rng = {3, 1, 0};
    for (uint32_t c = 0; c < CALLS; c++) {
        qwr_stay stay = random_stay(&rng);
        stage_set(&s, (qwr_call_ix){c}, &stay);
    }
    ck_assert_int_gt(qwr_test_each_allocation(check_short_of_memory, &s, 1000), 20);
    ck_assert_int_gt(qwr_test_each_allocation(checker_short_of_memory, &s, 1000), 20);
    stage_close(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("check: incremental and hostile");
    TCase *tries = tcase_create("try"), *odd = tcase_create("odd");
    tcase_set_timeout(tries, 60);
    tcase_set_timeout(odd, 60);
    tcase_add_test(tries, a_try_finds_what_a_check_of_the_whole_plan_finds_about_the_call);
    tcase_add_test(tries, a_try_changes_nothing);
    tcase_add_test(tries, a_try_counts_what_does_not_fit_and_always_gives_a_sentence);
    tcase_add_test(tries, violations_are_ordered_by_rule_call_and_time);
    tcase_add_test(odd, garbage_stays_are_reported_and_never_crash);
    tcase_add_test(odd, hostile_names_are_cut_between_characters);
    tcase_add_test(odd, wrong_arguments_are_refused);
    tcase_add_test(odd, every_rule_has_a_name_and_a_sentence);
    tcase_add_test(odd, a_failing_allocation_gives_no_memory_and_leaks_nothing);
    suite_add_tcase(suite, tries);
    suite_add_tcase(suite, odd);
    return qwr_test_main(suite);
}
