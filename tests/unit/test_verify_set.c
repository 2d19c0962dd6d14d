/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The set of stays a replay works on: what splits by ranges of berths leave of it, which calls are
 * copies, which berths are alike, and what the order of copies takes out. By hand, on three berths
 * and a few hours.
 */
#include "check/certificate.h"
#include "verify_world.h"

#include <string.h>

enum { HOUR = 3600, BERTHS = 3 };

static qwr_context *ctx;
static qwr_scenario_builder *builder;
static qwr_scenario *scenario;
static qwr_certificate *certificate;
static qwr__stays stays;
static qwr__likes likes;
static qwr__stay_set set;

static void setup(void)
{
    static const char *const berths[BERTHS] = {"B0", "B1", "B2"};
    qwr_scenario_info info = qwr_scenario_info_init();
    qwr_quay quay = qwr_quay_init();
    ctx = qwr_test_context();
    scenario = NULL;
    certificate = NULL;
    stays = (qwr__stays){.ctx = NULL};
    likes = (qwr__likes){.stays = NULL};
    set = (qwr__stay_set){.stays = NULL};
    info.id = "set";
    info.epoch = "2026-01-01T00:00:00Z";
    info.step_s = HOUR;
    info.horizon_s = 6 * HOUR;
    info.objective = QWR_OBJECTIVE_FLOW_TIME;
    qwr_test_ok(ctx, qwr_scenario_builder_new(&builder, ctx, &info));
    quay.id = "Q";
    quay.layout = QWR_LAYOUT_DISCRETE;
    quay.length_mm = 3000;
    qwr_test_ok(ctx, qwr_scenario_add_quay(builder, &quay, NULL));
    for (uint32_t k = 0; k < BERTHS; k++) {
        qwr_berth berth = qwr_berth_init();
        berth.id = berths[k];
        berth.quay.v = 0;
        berth.from_mm = 1000 * (int64_t)k;
        berth.length_mm = 1000;
        qwr_test_ok(ctx, qwr_scenario_add_berth(builder, &berth, NULL));
    }
}

static void teardown(void)
{
    qwr__stay_set_free(&set);
    qwr__likes_free(&likes);
    qwr__stays_free(&stays);
    qwr_certificate_free(certificate);
    qwr_scenario_free(scenario);
    qwr_scenario_builder_free(builder);
    qwr_context_free(ctx);
}

static qwr_call call_of(const char *id, int64_t eta_s, int64_t work_s)
{
    qwr_call call = qwr_call_init();
    call.id = id;
    call.eta_s = eta_s;
    call.handling_s = work_s;
    call.loa_mm = 1000;
    call.min_cranes = call.max_cranes = 0;
    return call;
}

/** Adds a call; its work at each berth, in hours, if there is `hours`; 0: it may not lie there. */
static void add(qwr_call call, const int64_t *hours)
{
    qwr_call_ix ix;
    qwr_test_ok(ctx, qwr_scenario_add_call(builder, &call, &ix));
    for (uint32_t k = 0; hours != NULL && k < BERTHS; k++) {
        qwr_handling h = qwr_handling_init();
        h.call = ix;
        h.berth.v = k;
        h.handling_s = hours[k] > 0 ? hours[k] * HOUR : QWR_FORBIDDEN;
        qwr_test_ok(ctx, qwr_scenario_add_handling(builder, &h));
    }
}

static void make_set(void)
{
    qwr_test_ok(ctx, qwr_scenario_freeze(&scenario, builder));
    qwr_test_ok(ctx, qwr__stays_init(&stays, ctx, scenario));
    qwr_test_ok(ctx, qwr__likes_init(&likes, &stays));
    qwr_test_ok(ctx, qwr__stay_set_init(&set, &stays, &likes));
}

static qwr_certificate_step split_of(uint32_t call, uint32_t berth, uint32_t berth_last,
                                     int64_t from_h, int64_t to_h)
{
    qwr_certificate_step step = qwr_certificate_step_init();
    step.call.v = call;
    step.berth.v = berth;
    step.berth_last.v = berth_last;
    step.from_s = from_h * HOUR;
    step.to_s = to_h * HOUR;
    return step;
}

/** What is left of a call, as starts in hours by berth: "0123 - 4". */
static void left(uint32_t call, const char *expected)
{
    char text[64];
    size_t at = 0;
    for (uint32_t b = 0; b < BERTHS; b++) {
        size_t before = at;
        for (uint32_t r = stays.begin[b]; r < stays.begin[b + 1]; r++) {
            const qwr__stay_row *row = &stays.row[r];
            for (size_t cell = row->base; row->call == call && cell < row->base + row->count;
                 cell++)
                if ((set.alive[cell / 64] >> (cell % 64) & 1) != 0)
                    text[at++] = (char)('0' + row->first + (int)(cell - row->base));
        }
        if (at == before)
            text[at++] = '-';
        text[at++] = b + 1 < BERTHS ? ' ' : '\0';
    }
    ck_assert_str_eq(text, expected);
}

/* --- splits --------------------------------------------------------------------------------- */

START_TEST(a_split_takes_the_berths_of_its_range_both_ends_included)
{
    qwr_certificate_step range = split_of(0, 1, 2, 1, 2),
                         any = split_of(0, QWR_NONE, QWR_NONE, 0, 0);
    add(call_of("V", 0, 3 * HOUR), NULL);
    make_set();
    left(0, "0123 0123 0123");
    qwr__stay_set_split(&set, &range, false);
    left(0, "- 12 12");
    ck_assert_uint_eq(set.of_call[0], 4);
    qwr__stay_set_put_back(&set, 0);
    qwr__stay_set_split(&set, &range, true);
    left(0, "0123 03 03");
    size_t trail = set.trail_count;
    qwr__stay_set_split(&set, &any, false);
    left(0, "0 0 0");
    qwr__stay_set_split(&set, &range, false);
    left(0, "- - -");
    ck_assert_uint_eq(set.bare, 1);
    qwr__stay_set_put_back(&set, trail);
    left(0, "0123 03 03");
    ck_assert_uint_eq(set.bare, 0);
    qwr__stay_set_put_back(&set, 0);
    left(0, "0123 0123 0123");
    ck_assert_uint_eq(set.of_call[0], 12);
}
END_TEST

START_TEST(a_range_of_berths_is_proved_by_what_lies_in_it)
{
    /* Three hours at B0, two at B1, one at B2. Not at B2 it costs 2000. */
    const int64_t hours[] = {3, 2, 1}, price[] = {2000};
    add(call_of("V", 0, HOUR), hours);
    make_set();
    certificate = verify_new(ctx, scenario, 0, 1, 1999);
    verify_split_range(certificate, 0, 0, 1, 0, 6 * HOUR);
    verify_prices(certificate, price);
    verify_end(certificate);
    qwr_verdict v = verify_ask(ctx, scenario, certificate);
    ck_assert_ptr_nonnull(strstr(v.sentence, "stops after step 3, before the end of 1 node"));
    qwr_certificate_free(certificate);
    /* One berth more, and the first node holds B2. */
    certificate = verify_new(ctx, scenario, 0, 1, 1999);
    verify_split_range(certificate, 0, 0, 2, 0, 6 * HOUR);
    verify_prices(certificate, price);
    verify_end(certificate);
    v = verify_ask(ctx, scenario, certificate);
    ck_assert_ptr_nonnull(strstr(v.sentence, "step 3 ends a node that is not closed"));
}
END_TEST

/* --- copies --------------------------------------------------------------------------------- */

START_TEST(copies_are_calls_with_the_same_stays_at_costs_one_constant_apart)
{
    const int64_t same[] = {1, 2, 0}, other[] = {1, 3, 0};
    qwr_call heavy = call_of("HEAVY", HOUR, HOUR), pin[3];
    heavy.weight_milli = 2000;
    add(call_of("A", HOUR, HOUR), same);
    add(heavy, same);                             /* dearer the later */
    add(call_of("B", HOUR - 600, HOUR), same);    /* always ten minutes dearer */
    add(call_of("OTHER", HOUR, HOUR), other);     /* as long at B0, longer at B1 */
    add(call_of("LATE", HOUR + 600, HOUR), same); /* may not begin at hour 1 */
    add(call_of("C", HOUR, HOUR), same);
    for (int k = 0; k < 3; k++) { /* one start each; the second takes longer */
        static const char *const ids[] = {"P", "LONG", "R"};
        pin[k] = call_of(ids[k], HOUR, k == 1 ? 2 * HOUR : HOUR);
        pin[k].pin_start_s = 2 * HOUR;
        add(pin[k], NULL);
    }
    make_set();
    const uint32_t next[] = {2, QWR_NONE, 5, QWR_NONE, QWR_NONE, QWR_NONE, 8, QWR_NONE, QWR_NONE};
    const uint32_t class[] = {0, 1, 0, 3, 4, 0, 6, 7, 6};
    for (uint32_t i = 0; i < 9; i++)
        ck_assert_msg(likes.next_copy[i] == next[i] && likes.class_of[i] == class[i], "call %u", i);
}
END_TEST

START_TEST(calls_that_lie_nowhere_are_no_copies)
{
    const int64_t nowhere[] = {0, 0, 0};
    add(call_of("A", 0, HOUR), nowhere);
    add(call_of("B", 0, HOUR), nowhere);
    add(call_of("C", 0, HOUR), NULL);
    make_set();
    for (uint32_t i = 0; i < 3; i++)
        ck_assert_uint_eq(likes.next_copy[i], QWR_NONE);
    qwr__stay_set_tighten(&set);
    ck_assert_uint_eq(set.trail_count, 0);
    ck_assert_uint_eq(set.bare, 0);
}
END_TEST

/** A call that takes another time at each berth, so that no two of these are alike. */
static void add_odd_one(void)
{
    const int64_t hours[] = {1, 2, 3};
    add(call_of("ODD", 0, HOUR), hours);
}

START_TEST(berths_are_alike_if_they_are_so_for_every_call)
{
    const int64_t same[] = {1, 1, 1}, last[] = {2, 2, 0};
    add(call_of("A", 0, HOUR), same);
    add(call_of("B", 0, HOUR), last);
    make_set();
    ck_assert_uint_eq(likes.group_of[0], 0);
    ck_assert_uint_eq(likes.group_of[1], 0);
    ck_assert_uint_eq(likes.group_of[2], 2);
}
END_TEST

START_TEST(berths_that_differ_in_turnaround_are_not_alike)
{
    const int64_t same[] = {1, 1, 1};
    qwr_berth berth = qwr_berth_init();
    qwr_call call = call_of("A", 0, HOUR);
    berth.id = "B1";
    berth.quay.v = 0;
    berth.from_mm = 1000;
    berth.length_mm = 1000;
    berth.turnaround_s = HOUR;
    qwr_test_ok(ctx, qwr_scenario_set_berth(builder, (qwr_berth_ix){1}, &berth));
    add(call, same);
    make_set();
    for (uint32_t b = 0; b < BERTHS; b++)
        ck_assert_uint_eq(likes.group_of[b], b);
}
END_TEST

START_TEST(copies_at_like_berths_go_by_start_alone)
{
    qwr_certificate_step last = split_of(1, 0, 0, 0, 1), first = split_of(0, 1, 2, 2, 3);
    add(call_of("A", 0, 3 * HOUR), NULL);
    add(call_of("B", 0, 3 * HOUR), NULL);
    make_set();
    ck_assert_uint_eq(likes.group_of[2], 0);
    qwr__stay_set_split(&set, &last, false);
    qwr__stay_set_tighten(&set);
    left(1, "01 - -");
    left(0, "01 01 01");
    qwr__stay_set_put_back(&set, 0);
    qwr__stay_set_split(&set, &first, false);
    qwr__stay_set_tighten(&set);
    left(0, "- 23 23");
    left(1, "23 23 23");
}
END_TEST

START_TEST(equal_pairs_go_by_class_and_then_by_index)
{
    /* A and C are copies, X could also lie at B1: at B0 all are as good in any order. */
    const int64_t first[] = {1, 0, 0}, both[] = {1, 1, 0};
    const bool may[3][3] = {{false, true, true}, {false, false, false}, {false, true, false}};
    add(call_of("A", 0, HOUR), first);
    add(call_of("X", 0, HOUR), both);
    add(call_of("C", 0, HOUR), first);
    make_set();
    ck_assert_uint_eq(likes.class_of[2], 0);
    for (uint32_t i = 0; i < 3; i++)
        for (uint32_t j = 0; j < 3; j++) {
            const qwr__link now = {i, 1, 2}, next = {j, 2, 3}; /* rows of B0 by call */
            ck_assert_msg(qwr__may_follow(&likes, &now, &next) == may[i][j], "%u, then %u", i, j);
        }
}
END_TEST

START_TEST(the_lower_of_copies_comes_first_by_berth_and_start)
{
    qwr_certificate_step last = split_of(2, 0, 1, 0, 2), first = split_of(0, 1, 2, 2, 3);
    add(call_of("A", 0, 3 * HOUR), NULL);
    add(call_of("B", 0, 3 * HOUR), NULL);
    add(call_of("C", 0, 3 * HOUR), NULL);
    add_odd_one();
    make_set();
    qwr__stay_set_tighten(&set); /* all are alike: nothing falls away */
    ck_assert_uint_eq(set.trail_count, 0);
    /* C no later than B1 at 2: nor may A and B be; through B this reaches A. */
    qwr__stay_set_split(&set, &last, false);
    qwr__stay_set_tighten(&set);
    left(2, "012 012 -");
    left(1, "0123 012 -");
    left(0, "0123 012 -");
    /* A not before B1 at 2: nor may B and C, and there is nothing else left. */
    qwr__stay_set_split(&set, &first, false);
    qwr__stay_set_tighten(&set);
    left(0, "- 2 -");
    left(1, "- 2 -");
    left(2, "- 2 -");
    qwr__stay_set_put_back(&set, 0);
    left(0, "0123 0123 0123");
    left(1, "0123 0123 0123");
}
END_TEST

START_TEST(copies_that_cross_leave_a_call_bare)
{
    qwr_certificate_step last = split_of(1, 0, 0, 0, 6), first = split_of(0, 1, 2, 0, 6);
    add(call_of("A", 0, 3 * HOUR), NULL);
    add(call_of("B", 0, 3 * HOUR), NULL);
    add_odd_one();
    make_set();
    qwr__stay_set_split(&set, &last, false);
    qwr__stay_set_split(&set, &first, false);
    ck_assert_uint_eq(set.bare, 0);
    qwr__stay_set_tighten(&set);
    ck_assert_uint_gt(set.bare, 0);
    qwr__stay_set_put_back(&set, 0);
    ck_assert_uint_eq(set.bare, 0);
    left(0, "0123 0123 0123");
    left(1, "0123 0123 0123");
}
END_TEST

/** A and B may lie at B0 and B1; `odd` at B1 from hour 5 on, for 1000. All together cost 2000 or
 * 3000. Proves that they cannot if that call is at B0. */
static void at_the_first_berth(uint32_t call, bool odd, uint32_t ordered)
{
    const int64_t hours[] = {1, 1, 0}, second[] = {0, 1, 0}, price[] = {2000, 2000, 1000};
    if (scenario == NULL) {
        add(call_of("A", 0, HOUR), hours);
        add(call_of("B", 0, HOUR), hours);
        if (odd)
            add(call_of("ODD", 5 * HOUR, HOUR), second);
        make_set();
    }
    qwr_certificate_free(certificate);
    certificate = verify_new(ctx, scenario, ordered, 1, odd ? 3000 : 2000);
    verify_split_range(certificate, call, 0, 0, 0, 6 * HOUR);
    verify_prices(certificate, price);
    verify_end(certificate);
}

static void said(const char *part)
{
    qwr_verdict v = verify_ask(ctx, scenario, certificate);
    ck_assert_msg(strstr(v.sentence, part) != NULL, "%s", v.sentence);
}

START_TEST(ordered_certificates_go_by_copies)
{
    /* B at B0: then A, a copy with a lower index, is there too, and one has to wait. */
    at_the_first_berth(1, true, 1);
    said("stops after step 3, before the end of 1 node");
    at_the_first_berth(0, true, 1); /* the other way round there is no reason */
    said("step 3 ends a node that is not closed");
    at_the_first_berth(1, true, 0);
    said("step 3 ends a node that is not closed");
}
END_TEST

START_TEST(but_not_by_which_of_like_berths_they_are_at)
{
    at_the_first_berth(1, false, 1);
    said("step 3 ends a node that is not closed");
    at_the_first_berth(0, false, 1);
    said("step 3 ends a node that is not closed");
}
END_TEST

/* --- memory --------------------------------------------------------------------------------- */

static qwr_status verify_once(qwr_context *own, void *payload)
{
    qwr_verdict v = qwr_verdict_init();
    (void)payload;
    return qwr_certificate_verify(&v, own, scenario, certificate);
}

START_TEST(every_failed_allocation_is_survived)
{
    at_the_first_berth(1, true, 1);
    ck_assert_int_gt(qwr_test_each_allocation(verify_once, NULL, 2000), 20);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("verify set");
    TCase *c = tcase_create("set");

    tcase_add_checked_fixture(c, setup, teardown);
    suite_add_tcase(s, c);
    tcase_add_test(c, a_split_takes_the_berths_of_its_range_both_ends_included);
    tcase_add_test(c, a_range_of_berths_is_proved_by_what_lies_in_it);
    tcase_add_test(c, copies_are_calls_with_the_same_stays_at_costs_one_constant_apart);
    tcase_add_test(c, calls_that_lie_nowhere_are_no_copies);
    tcase_add_test(c, berths_are_alike_if_they_are_so_for_every_call);
    tcase_add_test(c, berths_that_differ_in_turnaround_are_not_alike);
    tcase_add_test(c, copies_at_like_berths_go_by_start_alone);
    tcase_add_test(c, equal_pairs_go_by_class_and_then_by_index);
    tcase_add_test(c, the_lower_of_copies_comes_first_by_berth_and_start);
    tcase_add_test(c, copies_that_cross_leave_a_call_bare);
    tcase_add_test(c, ordered_certificates_go_by_copies);
    tcase_add_test(c, but_not_by_which_of_like_berths_they_are_at);
    tcase_add_test(c, every_failed_allocation_is_survived);
    return qwr_test_main(s);
}
