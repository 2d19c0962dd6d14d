/* SPDX-License-Identifier: Apache-2.0 */
/* The berth room's parts: tick intervals, the board, and that clipped or large costs stay honest.
 */
#include "berth/berth.h"
#include "berth/construct.h"
#include "engine/run.h"
#include "support/support.h"

#include <quaywright/quaywright.h>

#include <stdio.h>
#include <string.h>

static void expect_spans(const qwr__spans *s, const int32_t *pairs, size_t count)
{
    ck_assert_uint_eq(s->count, count);
    for (size_t k = 0; k < count; k++) {
        ck_assert_int_eq(s->at[k].first, pairs[2 * k]);
        ck_assert_int_eq(s->at[k].last, pairs[2 * k + 1]);
    }
}

START_TEST(cutting_a_span_in_the_middle_leaves_two)
{
    qwr_context *ctx = qwr_test_context();
    qwr__spans s = {.ctx = ctx};
    qwr_test_ok(ctx, qwr__spans_set(&s, 0, 20));
    qwr_test_ok(ctx, qwr__spans_cut(&s, 5, 7));
    expect_spans(&s, (int32_t[]){0, 4, 8, 20}, 2);
    qwr_test_ok(ctx, qwr__spans_cut(&s, 10, 10));
    expect_spans(&s, (int32_t[]){0, 4, 8, 9, 11, 20}, 3);
    qwr_test_ok(ctx, qwr__spans_cut(&s, 3, 12));
    expect_spans(&s, (int32_t[]){0, 2, 13, 20}, 2);
    qwr_test_ok(ctx, qwr__spans_cut(&s, -5, 100));
    expect_spans(&s, NULL, 0);
    qwr__spans_free(&s);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(random_cuts_agree_with_a_bitmap)
{
    qwr_context *ctx = qwr_test_context();
    for (uint64_t seed = 0; seed < 200; seed++) {
        qwr__spans s = {.ctx = ctx};
        qwr__rng rng = {.seed = seed, .stage = 3};
        bool map[64];
        memset(map, 1, sizeof map);
        qwr_test_ok(ctx, qwr__spans_set(&s, 0, 63));
        for (int k = 0; k < 6; k++) {
            int32_t first = (int32_t)qwr__rng_below(&rng, 64),
                    last = first + (int32_t)qwr__rng_below(&rng, 12);
            qwr_test_ok(ctx, qwr__spans_cut(&s, first, last));
            for (int32_t t = first; t <= last && t < 64; t++)
                map[t] = false;
        }
        for (int32_t t = 0; t < 64; t++) {
            bool in = false;
            for (size_t k = 0; k < s.count; k++)
                in = in || (s.at[k].first <= t && t <= s.at[k].last);
            ck_assert_int_eq(in, map[t]);
        }
        qwr__spans_free(&s);
    }
    qwr_context_free(ctx);
}
END_TEST

START_TEST(intersection_is_taken_at_the_offset)
{
    qwr_context *ctx = qwr_test_context();
    qwr__spans s = {.ctx = ctx}, keep = {.ctx = ctx}, scratch = {.ctx = ctx};
    qwr_test_ok(ctx, qwr__spans_set(&s, 0, 10));
    qwr_test_ok(ctx, qwr__spans_push(&keep, 4, 6));
    qwr_test_ok(ctx, qwr__spans_push(&keep, 9, 30));
    qwr_test_ok(ctx, qwr__spans_and(&s, &keep, 2, &scratch));
    expect_spans(&s, (int32_t[]){2, 4, 7, 10}, 2);
    qwr__spans_free(&s);
    qwr__spans_free(&keep);
    qwr__spans_free(&scratch);
    qwr_context_free(ctx);
}
END_TEST

static qwr_scenario *generated(qwr_context *ctx, const char *profile, uint64_t seed)
{
    qwr_generate_options o = qwr_generate_options_init();
    qwr_scenario *s = NULL;
    o.profile = profile;
    o.seed = seed;
    qwr_test_ok(ctx, qwr_generate(&s, ctx, &o));
    return s;
}

/* Cheapest free candidate by looking at every one. */
static int64_t plain_best(const qwr__board *b, uint32_t call)
{
    const qwr_problem_view *v = b->facts->view;
    int64_t best = v->unplaced_cost;
    for (uint32_t k = v->call_class_begin[call]; k < v->call_class_begin[call + 1]; k++)
        for (uint32_t r = v->class_row_begin[k]; r < v->class_row_begin[k + 1]; r++)
            for (int32_t t = v->row_first[r]; t <= v->row_last[r]; t++)
                if (qwr__candidate_cost(v, r, t) < best && qwr__board_free_at(b, k, r, t))
                    best = qwr__candidate_cost(v, r, t);
    return best;
}

START_TEST(the_board_finds_the_cheapest_free_candidate)
{
    static const char *const profiles[] = {"tiny", "feeder", "automated"};
    qwr_context *ctx = qwr_test_context();
    for (int p = 0; p < 3; p++) {
        qwr_scenario *s = generated(ctx, profiles[p], 4);
        qwr__berth *b = NULL;
        qwr_test_ok(ctx, qwr__berth_new(&b, ctx, s, 1, false, -1));
        qwr__board board;
        ck_assert_int_eq(qwr__board_init(&board, &b->facts), QWR_PLUGIN_OK);
        for (uint32_t i = 0; i < b->problem->cand.view.call_count; i++) {
            qwr__spot spot = qwr__board_best(&board, i, b->problem->cand.view.unplaced_cost, NULL);
            if (i < 14) /* looking at every candidate is slow: enough calls to fill the quay */
                ck_assert_int_eq(spot.cost, plain_best(&board, i));
            if (spot.row != UINT32_MAX)
                ck_assert(qwr__board_free_at(&board, spot.klass, spot.row, spot.start));
            qwr__board_put(&board, i, &spot);
        }
        qwr__board_free(&board);
        qwr__berth_free(b);
        qwr_scenario_free(s);
    }
    qwr_context_free(ctx);
}
END_TEST

START_TEST(lifting_and_putting_back_restores_the_board)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario *s = generated(ctx, "automated", 2);
    qwr__berth *b = NULL;
    qwr_test_ok(ctx, qwr__berth_new(&b, ctx, s, 1, false, -1));
    qwr_test_ok(ctx, qwr__berth_construct(b));
    qwr__board one, two;
    ck_assert_int_eq(qwr__board_init(&one, &b->facts), QWR_PLUGIN_OK);
    ck_assert_int_eq(qwr__board_init(&two, &b->facts), QWR_PLUGIN_OK);
    qwr_solution_view best = {.size = sizeof best,
                              .call_count = b->problem->cand.view.call_count,
                              .row = b->row,
                              .start = b->start};
    qwr__board_load(&one, &best);
    qwr__board_copy(&two, &one);
    for (uint32_t i = 0; i < best.call_count; i++) {
        qwr__spot spot = two.spot[i];
        qwr__board_lift(&two, i);
        qwr__board_put(&two, i, &spot);
    }
    size_t cells = (size_t)b->facts.words * b->problem->cand.view.tick_count;
    ck_assert_mem_eq(one.busy, two.busy, cells * sizeof *one.busy);
    ck_assert_int_eq(one.cost, two.cost);
    qwr__board_free(&one);
    qwr__board_free(&two);
    qwr__berth_free(b);
    qwr_scenario_free(s);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(an_illegal_solution_is_refused)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario *s = generated(ctx, "tiny", 4);
    qwr__berth *b = NULL;
    uint32_t row[8];
    int32_t start[8];
    qwr_test_ok(ctx, qwr__berth_new(&b, ctx, s, 1, false, -1));
    qwr_test_ok(ctx, qwr__berth_construct(b));
    uint32_t calls = b->problem->cand.view.call_count;
    ck_assert_uint_le(calls, 8);
    memcpy(row, b->row, calls * sizeof *row);
    memcpy(start, b->start, calls * sizeof *start);
    ck_assert_int_eq(qwr__berth_offer(b, row, start), 1);
    start[0] = b->problem->cand.view.row_last[row[0]] + 1; /* outside its row */
    ck_assert_int_lt(qwr__berth_offer(b, row, start), 0);
    memcpy(start, b->start, calls * sizeof *start);
    row[0] = row[1]; /* a row of another call */
    ck_assert_int_lt(qwr__berth_offer(b, row, start), 0);
    qwr__berth_free(b);
    qwr_scenario_free(s);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(a_certificate_is_evaluated_by_the_host_and_bad_ones_refused)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario *s = generated(ctx, "tiny", 4);
    qwr__berth *b = NULL;
    int64_t bound;
    qwr_test_ok(ctx, qwr__berth_new(&b, ctx, s, 1, false, -1));
    qwr_test_ok(ctx, qwr__berth_construct(b));
    const qwr_problem_view *v = &b->problem->cand.view;
    int32_t *cell = qwr__alloc(ctx, (size_t)v->cell_count * v->tick_count, sizeof *cell);
    int32_t *crane = qwr__alloc(ctx, (size_t)v->group_count * v->tick_count, sizeof *crane);
    qwr_bound_certificate c = {
        .size = sizeof c, .price_unit = 1, .cell_price = cell, .crane_price = crane};
    qwr_test_ok(ctx, qwr__price_evaluate(&bound, b, &c));
    ck_assert_int_gt(bound, 0);
    ck_assert_int_le(bound, b->value);
    cell[0] = -1;
    qwr_test_ok(ctx, qwr__price_evaluate(&bound, b, &c));
    ck_assert(bound == INT64_MIN);
    c.cell_price = NULL;
    qwr_test_ok(ctx, qwr__price_evaluate(&bound, b, &c));
    ck_assert(bound == INT64_MIN);
    qwr__free(ctx, cell);
    qwr__free(ctx, crane);
    qwr__berth_free(b);
    qwr_scenario_free(s);
    qwr_context_free(ctx);
}
END_TEST

/* Two vessels side by side on a long quay that has one crane: the search would never do that. */
START_TEST(a_faulty_solution_leaves_the_engine_without_the_stay_that_breaks_a_rule)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario_info info = qwr_scenario_info_init();
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *s = NULL;
    info.id = "one-crane";
    info.horizon_s = 86400;
    info.step_s = 3600;
    qwr_test_ok(ctx, qwr_scenario_builder_new(&builder, ctx, &info));
    qwr_quay quay = qwr_quay_init();
    quay.id = "Q";
    quay.length_mm = 600000;
    qwr_test_ok(ctx, qwr_scenario_add_quay(builder, &quay, NULL));
    qwr_crane crane = qwr_crane_init();
    crane.id = "K";
    crane.quay = (qwr_quay_ix){0};
    qwr_test_ok(ctx, qwr_scenario_add_crane(builder, &crane, NULL));
    for (int k = 0; k < 2; k++) {
        qwr_call c = qwr_call_init();
        c.id = k ? "V2" : "V1";
        c.loa_mm = 100000;
        c.eta_s = 0;
        c.moves = 100;
        c.wait_mu_h = 1000;
        c.preferred_quay = (qwr_quay_ix){0};
        c.preferred_mm = k * 300000;
        c.deviation_mu_m = 1;
        qwr_test_ok(ctx, qwr_scenario_add_call(builder, &c, NULL));
    }
    qwr_test_ok(ctx, qwr_scenario_freeze(&s, builder));
    qwr_solve_stats stats = qwr_solve_stats_init();
    qwr__run run = {.ctx = ctx, .given = s, .stats = &stats, .deadline_us = -1, .work_limit = -1};
    qwr_plan *plan = NULL;
    qwr_test_ok(ctx, qwr__berth_new(&run.berth, ctx, s, 1, false, -1));
    qwr_test_ok(ctx, qwr__berth_construct(run.berth));
    const qwr_problem_view *v = &run.berth->problem->cand.view;
    for (uint32_t i = 0; i < 2; i++) {
        run.berth->row[i] = v->class_row_begin[v->call_class_begin[i]]; /* at the preferred place */
        run.berth->start[i] = 0;
    }
    qwr_test_ok(ctx, qwr__run_finish(&plan, &run, QWR_STOP_DONE));
    ck_assert_int_eq(stats.violations, 1);
    ck_assert_int_eq(qwr_plan_get_quality(plan)->unplaced, 1);
    ck_assert_uint_eq(qwr_plan_stay(plan, (qwr_call_ix){0})->placed +
                          qwr_plan_stay(plan, (qwr_call_ix){1})->placed,
                      1);
    qwr_plan_free(plan);
    qwr__berth_free(run.berth);
    qwr_scenario_free(s);
    qwr_scenario_builder_free(builder);
    qwr_context_free(ctx);
}
END_TEST

static bool has_glpk(qwr_context *ctx)
{
    qwr_plugin_info info = {.size = sizeof info};
    for (size_t k = 0; k < qwr_plugin_count(ctx); k++)
        if (qwr_plugin_get(&info, ctx, k) == QWR_OK && !strcmp(info.id, "glpk"))
            return true;
    return false;
}

/* The published instances with 25 vessels: every one proven with GLPK, at the published value. */
START_TEST(published_instances_of_25_vessels_are_proven)
{
    static const struct {
        const char *name;
        int64_t value;
    } known[] = {{"25x5-01", 759}, {"25x5-02", 964},  {"25x5-04", 688},  {"25x7-01", 657},
                 {"25x7-04", 648}, {"25x10-01", 713}, {"25x10-03", 761}, {"25x10-05", 840}};
    qwr_context *ctx = qwr_test_context();
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        char name[80];
        (void)snprintf(name, sizeof name, "cordeau_I2_reconstructed/%s.txt", known[k].name);
        const char *path = qwr_test_benchmark(name);
        if (!path || !has_glpk(ctx))
            break; /* the published sets are not part of the project, GLPK not of every build */
        qwr_scenario *s = NULL;
        qwr_plan *plan = NULL;
        qwr_solve_options o = qwr_solve_options_init();
        o.deadline_ms = -1;
        o.work_limit = 3000000;
        qwr_test_ok(ctx, qwr_scenario_load(&s, ctx, path, QWR_FORMAT_AUTO));
        qwr_test_ok(ctx, qwr_solve(&plan, ctx, s, &o, NULL));
        ck_assert_int_eq(qwr_plan_get_quality(plan)->outcome, QWR_OUTCOME_OPTIMAL);
        ck_assert_int_eq(qwr_plan_get_quality(plan)->cost_mu, known[k].value * 1000);
        qwr_plan_free(plan);
        qwr_scenario_free(s);
    }
    qwr_context_free(ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("berth");
    TCase *c = tcase_create("berth");
    tcase_set_timeout(c, 300);
    tcase_add_test(c, cutting_a_span_in_the_middle_leaves_two);
    tcase_add_test(c, random_cuts_agree_with_a_bitmap);
    tcase_add_test(c, intersection_is_taken_at_the_offset);
    tcase_add_test(c, the_board_finds_the_cheapest_free_candidate);
    tcase_add_test(c, lifting_and_putting_back_restores_the_board);
    tcase_add_test(c, an_illegal_solution_is_refused);
    tcase_add_test(c, a_certificate_is_evaluated_by_the_host_and_bad_ones_refused);
    tcase_add_test(c, a_faulty_solution_leaves_the_engine_without_the_stay_that_breaks_a_rule);
    tcase_add_test(c, published_instances_of_25_vessels_are_proven);
    suite_add_tcase(suite, c);
    return qwr_test_main(suite);
}
