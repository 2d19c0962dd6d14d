/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Forecasts of crane rates: what a plugin may answer, what becomes of the scenario, and how the
 * plugins of the tree learn. Loading and leaving plugins behind is tested with the registry.
 */
#include <config.h>

#include "support.h"

#include "forecast/forecast.h"
#include "registry/registry.h"

#include <math.h>
#include <string.h>

static qwr_context *ctx;

static void set_up(void)
{
    ctx = qwr_test_context();
}

static void tear_down(void)
{
    qwr_context_free(ctx);
}

/* --- a scenario: one quay, two cranes of 28 moves an hour, calls and history as wanted ----------
 */

static qwr_scenario_builder *start(qwr_context *own)
{
    qwr_scenario_info info = qwr_scenario_info_init();
    qwr_quay quay = qwr_quay_init();
    qwr_crane crane = qwr_crane_init();
    qwr_scenario_builder *builder = NULL;
    qwr_quay_ix quay_ix;

    info.id = "forecast-test";
    info.epoch = "2026-03-02T00:00:00Z";
    info.horizon_s = 10 * 86400;
    if (qwr_scenario_builder_new(&builder, own, &info) != QWR_OK)
        return NULL;
    quay.id = "Q1";
    quay.length_mm = 1000000;
    crane.rate_milli = 28000;
    crane.id = "QC1";
    crane.rail_order = 1;
    if (qwr_scenario_add_quay(builder, &quay, &quay_ix) == QWR_OK) {
        crane.quay = quay_ix;
        if (qwr_scenario_add_crane(builder, &crane, NULL) == QWR_OK)
            return builder;
    }
    qwr_scenario_builder_free(builder);
    return NULL;
}

static qwr_call call_named(const char *id, const char *vessel_class, const char *service)
{
    qwr_call call = qwr_call_init();

    call.id = id;
    call.vessel_class = vessel_class;
    call.service = service;
    call.loa_mm = 150000;
    call.eta_s = 0;
    call.moves = 300;
    return call;
}

static void add_call(qwr_scenario_builder *builder, const char *id, const char *vessel_class,
                     const char *service)
{
    const qwr_call call = call_named(id, vessel_class, service);

    qwr_test_ok(ctx, qwr_scenario_add_call(builder, &call, NULL));
}

/* `count` past calls of one crane at about `rate` moves an hour, scattered by a tenth. */
static void add_past(qwr_scenario_builder *builder, const char *vessel_class, const char *service,
                     int64_t rate, size_t count)
{
    static const int64_t milli[] = {1000, 900, 1100, 950, 1050, 980, 1020};

    for (size_t i = 0; i < count; i++) {
        qwr_history row = qwr_history_init();

        row.vessel_class = vessel_class;
        row.service = service;
        row.at_s = -(int64_t)(i + 1) * 7200;
        row.moves = 300;
        row.cranes = 1;
        row.work_s = 300 * 3600 * 1000 / (rate * milli[i % 7]);
        qwr_test_ok(ctx, qwr_scenario_add_history(builder, &row));
    }
}

static qwr_scenario *freeze(qwr_scenario_builder *builder)
{
    qwr_scenario *scenario = NULL;

    qwr_test_ok(ctx, qwr_scenario_freeze(&scenario, builder));
    qwr_scenario_builder_free(builder);
    return scenario;
}

static qwr_scenario *one_call(void)
{
    qwr_scenario_builder *builder = start(ctx);

    ck_assert_ptr_nonnull(builder);
    add_call(builder, "C1", "feeder", NULL);
    return freeze(builder);
}

/* --- a plugin that answers what the test wants ---------------------------------------------------
 */

static double answer_rate;    /* median; other quantiles lie a tenth apart */
static int answer_fault;      /* which rule to break */
static int32_t answer_status; /* of predict() */
enum {
    NO_FAULT,
    NAN_MEAN,
    INFINITE_QUANTILE,
    CROSSING,
    NEGATIVE_EVIDENCE,
    FORGETS,
    TOO_FAST,
    OTHER_COUNT
};

static const char no_state = 0;

static int32_t told_create(void **instance, const qwr_host *host)
{
    (void)host;
    *instance = (void *)(uintptr_t)&no_state;
    return 0;
}

static void told_destroy(void *instance)
{
    (void)instance;
}

static int32_t told_fit(void *instance, const qwr_history_view *history)
{
    (void)instance;
    (void)history;
    return 0;
}

static int32_t told_predict(void *instance, const qwr_forecast_query *query,
                            qwr_forecast_answer *answer)
{
    (void)instance;
    for (uint32_t i = 0; i < query->call_count && answer_fault != FORGETS; i++) {
        double *quantile = &answer->quantile[i * QWR_QUANTILE_COUNT];

        answer->mean[i] = answer_fault == NAN_MEAN ? (double)NAN : answer_rate;
        answer->evidence[i] = answer_fault == NEGATIVE_EVIDENCE ? -3 : 12;
        for (int k = 0; k < QWR_QUANTILE_COUNT; k++)
            quantile[k] = answer_rate + (k - 4) * 0.1;
        if (answer_fault == INFINITE_QUANTILE)
            quantile[8] = (double)INFINITY;
        if (answer_fault == CROSSING)
            quantile[3] = quantile[4] + 1.0;
        if (answer_fault == TOO_FAST)
            quantile[8] = 1000.0;
    }
    if (answer_fault == OTHER_COUNT)
        answer->call_count++;
    return answer_status;
}

static const qwr_forecast_functions told_functions = {.size = sizeof(qwr_forecast_functions),
                                                      .create = told_create,
                                                      .destroy = told_destroy,
                                                      .fit = told_fit,
                                                      .predict = told_predict};
static const qwr_plugin told = {.size = sizeof(qwr_plugin),
                                .abi_major = QWR_PLUGIN_ABI_MAJOR,
                                .abi_minor = QWR_PLUGIN_ABI_MINOR,
                                .kind = QWR_PLUGIN_FORECAST,
                                .capabilities = QWR_CAP_HANDLING,
                                .id = "told",
                                .version = "1.0.0",
                                .summary = "Answers what a test tells it.",
                                .licence = "Apache-2.0",
                                .forecast = &told_functions};

static void tell(double rate, int fault, int32_t status)
{
    answer_rate = rate;
    answer_fault = fault;
    answer_status = status;
    qwr_test_ok(ctx, qwr_plugin_register(ctx, &told));
}

static int64_t rate_after(const qwr_scenario *scenario, uint32_t call)
{
    qwr_scenario *applied = NULL;
    int64_t rate;

    qwr_test_ok(ctx, qwr__forecast_apply(&applied, ctx, scenario, "told", -1));
    rate = qwr_scenario_call(applied, (qwr_call_ix){call})->rate_milli;
    qwr_scenario_free(applied);
    return rate;
}

/* --- what becomes of the scenario --- */

START_TEST(call_without_a_rate_gets_the_median)
{
    qwr_scenario *s = one_call();

    tell(31.25, NO_FAULT, 0);
    ck_assert_int_eq(rate_after(s, 0), 31250);
    qwr_scenario_free(s);
}
END_TEST

START_TEST(median_is_kept_within_half_to_twice_the_scenario)
{
    qwr_scenario *s = one_call();

    tell(90.0, NO_FAULT, 0);
    ck_assert_int_eq(rate_after(s, 0), 56000);
    answer_rate = 3.0;
    ck_assert_int_eq(rate_after(s, 0), 14000);
    qwr_scenario_free(s);
}
END_TEST

START_TEST(own_rate_and_fixed_handling_stay)
{
    qwr_scenario_builder *builder = start(ctx);
    qwr_call fixed = call_named("C1", "feeder", NULL), own = call_named("C2", "feeder", NULL);
    qwr_scenario *s;

    ck_assert_ptr_nonnull(builder);
    fixed.handling_s = 7200;
    own.rate_milli = 22000;
    qwr_test_ok(ctx, qwr_scenario_add_call(builder, &fixed, NULL));
    qwr_test_ok(ctx, qwr_scenario_add_call(builder, &own, NULL));
    s = freeze(builder);
    tell(30.0, NO_FAULT, 0);
    ck_assert_int_eq(rate_after(s, 0), QWR_UNSET);
    ck_assert_int_eq(rate_after(s, 1), 22000);
    qwr_scenario_free(s);
}
END_TEST

START_TEST(quantiles_and_evidence_are_kept)
{
    qwr_scenario *s = one_call();
    qwr__forecast *f = NULL;

    tell(30.0, NO_FAULT, 0);
    qwr_test_ok(ctx, qwr__forecast_run(&f, ctx, s, "told", -1));
    ck_assert_uint_eq(qwr__forecast_count(f), 1);
    ck_assert_str_eq(qwr__forecast_plugin(f), "told");
    ck_assert_double_eq_tol(qwr__forecast_quantile(f, (qwr_call_ix){0}, 0), 29.6, 1e-9);
    ck_assert_double_eq_tol(qwr__forecast_mean(f, (qwr_call_ix){0}), 30.0, 1e-9);
    ck_assert_int_eq(qwr__forecast_evidence(f, (qwr_call_ix){0}), 12);
    ck_assert_double_eq(qwr__forecast_mean(f, (qwr_call_ix){1}), 0.0);
    qwr__forecast_free(f);
    qwr_scenario_free(s);
}
END_TEST

/* --- broken contracts --- */

static void expect_refusal(int fault, const char *words)
{
    qwr_scenario *s = one_call();
    qwr_scenario *applied = (qwr_scenario *)(uintptr_t)1;

    tell(30.0, fault, 0);
    ck_assert_int_eq(qwr__forecast_apply(&applied, ctx, s, "told", -1), QWR_EPLUGIN);
    ck_assert_ptr_null(applied);
    ck_assert_msg(qwr_test_cause_holds(ctx, words), "no cause holds '%s'", words);
    ck_assert_ptr_null(qwr__registry_look(ctx, QWR_PLUGIN_FORECAST, "told"));
    qwr_scenario_free(s);
}

START_TEST(mean_that_is_no_number_is_refused)
{
    expect_refusal(NAN_MEAN, "mean");
}
END_TEST

START_TEST(infinite_quantile_is_refused)
{
    expect_refusal(INFINITE_QUANTILE, "quantile 975");
}
END_TEST

START_TEST(crossing_quantiles_are_refused)
{
    expect_refusal(CROSSING, "lies below");
}
END_TEST

START_TEST(negative_evidence_is_refused)
{
    expect_refusal(NEGATIVE_EVIDENCE, "evidence");
}
END_TEST

START_TEST(answer_that_was_forgotten_is_refused)
{
    expect_refusal(FORGETS, "mean");
}
END_TEST

START_TEST(rate_no_crane_reaches_is_refused)
{
    expect_refusal(TOO_FAST, "between 0.5 and 250");
}
END_TEST

START_TEST(answer_for_another_number_of_calls_is_refused)
{
    expect_refusal(OTHER_COUNT, "asked were 1");
}
END_TEST

START_TEST(status_of_the_plugin_comes_through)
{
    qwr_scenario *s = one_call();
    qwr__forecast *f = NULL;

    tell(30.0, NO_FAULT, QWR_PLUGIN_EUNSUPPORTED);
    ck_assert_int_eq(qwr__forecast_run(&f, ctx, s, "told", -1), QWR_EUNSUPPORTED);
    ck_assert_ptr_null(f);
    qwr_scenario_free(s);
}
END_TEST

START_TEST(unknown_plugin_is_not_found)
{
    qwr_scenario *s = one_call();
    qwr__forecast *f = NULL;

    ck_assert_int_eq(qwr__forecast_run(&f, ctx, s, "tealeaves", -1), QWR_ENOTFOUND);
    ck_assert_ptr_null(f);
    qwr_scenario_free(s);
}
END_TEST

static qwr_status apply_told(qwr_context *failing, void *payload)
{
    const qwr_call call = call_named("C1", "feeder", "NF01");
    qwr_scenario_builder *builder = start(failing);
    qwr_scenario *s = NULL, *applied = NULL;
    qwr_status status = QWR_ENOMEM;

    (void)payload;
    if (builder == NULL)
        return QWR_ENOMEM;
    status = qwr_scenario_add_call(builder, &call, NULL);
    if (status == QWR_OK)
        status = qwr_scenario_freeze(&s, builder);
    if (status == QWR_OK)
        status = qwr_plugin_register(failing, &told);
    if (status == QWR_OK)
        status = qwr__forecast_apply(&applied, failing, s, "told", -1);
    qwr_scenario_free(applied);
    qwr_scenario_free(s);
    qwr_scenario_builder_free(builder);
    return status;
}

START_TEST(every_failing_allocation_is_survived)
{
    answer_rate = 30.0;
    answer_fault = NO_FAULT;
    answer_status = 0;
    ck_assert_int_gt(qwr_test_each_allocation(apply_told, NULL, 20000), 20);
}
END_TEST

/* --- the plugins of the tree --- */

static const char *const learners[] = {"class-mean",
#ifdef QWR_HAVE_GSL
                                       "handling"
#endif
};
enum { LEARNERS = sizeof learners / sizeof learners[0] };

/* P50 of the first call. */
static double median_of(const qwr_scenario *s, const char *plugin, int64_t *evidence)
{
    qwr__forecast *f = NULL;
    double median;

    qwr_test_ok(ctx, qwr__forecast_run(&f, ctx, s, plugin, -1));
    median = qwr__forecast_quantile(f, (qwr_call_ix){0}, 4);
    if (evidence != NULL)
        *evidence = qwr__forecast_evidence(f, (qwr_call_ix){0});
    qwr__forecast_free(f);
    return median;
}

static qwr_scenario *with_past(const char *vessel_class, const char *service)
{
    qwr_scenario_builder *builder = start(ctx);

    ck_assert_ptr_nonnull(builder);
    add_call(builder, "C1", vessel_class, service);
    add_past(builder, "feeder", "NF01", 20, 40);
    add_past(builder, "ulcv", "UL01", 36, 40);
    return freeze(builder);
}

START_TEST(class_with_many_rows_is_learnt)
{
    qwr_scenario *slow = with_past("feeder", NULL), *fast = with_past("ulcv", NULL);
    int64_t evidence;

    ck_assert_double_eq_tol(median_of(slow, learners[_i], &evidence), 20.0, 1.2);
    ck_assert_int_eq(evidence, 40);
    ck_assert_double_eq_tol(median_of(fast, learners[_i], NULL), 36.0, 1.5);
    qwr_scenario_free(slow);
    qwr_scenario_free(fast);
}
END_TEST

START_TEST(unknown_class_lies_between_those_known)
{
    qwr_scenario *s = with_past("coaster", NULL);
    const double median = median_of(s, learners[_i], NULL);

    ck_assert_double_gt(median, 22.0);
    ck_assert_double_lt(median, 34.0);
    qwr_scenario_free(s);
}
END_TEST

START_TEST(no_history_gives_a_prior_without_evidence)
{
    qwr_scenario *s = one_call();
    int64_t evidence = -1;

    ck_assert_double_eq_tol(median_of(s, learners[_i], &evidence), 27.0, 1.0);
    ck_assert_int_eq(evidence, 0);
    qwr_scenario_free(s);
}
END_TEST

START_TEST(hindrance_of_several_cranes_is_taken_off)
{
    qwr_scenario_builder *builder = start(ctx);
    qwr_scenario *s;

    ck_assert_ptr_nonnull(builder);
    add_call(builder, "C1", "feeder", NULL);
    for (int i = 0; i < 50; i++) {
        qwr_history row = qwr_history_init();

        /* Four cranes do 4^0.9 = 3.482 times the work of one: 30 an hour alone. */
        row.vessel_class = "feeder";
        row.at_s = -7200 * (i + 1);
        row.moves = 1045 + i % 3;
        row.cranes = 4;
        row.work_s = 36000;
        qwr_test_ok(ctx, qwr_scenario_add_history(builder, &row));
    }
    s = freeze(builder);
    ck_assert_double_eq_tol(median_of(s, learners[_i], NULL), 30.0, 0.5);
    qwr_scenario_free(s);
}
END_TEST

START_TEST(rows_may_come_in_any_order)
{
    qwr_scenario_builder *one = start(ctx), *other = start(ctx);
    qwr_scenario *a, *b;

    add_call(one, "C1", "feeder", "NF01");
    add_past(one, "feeder", "NF01", 20, 30);
    add_past(one, "feeder", "NF02", 30, 30);
    add_call(other, "C1", "feeder", "NF01");
    add_past(other, "feeder", "NF02", 30, 30);
    add_past(other, "feeder", "NF01", 20, 30);
    a = freeze(one);
    b = freeze(other);
    ck_assert(median_of(a, learners[_i], NULL) == median_of(b, learners[_i], NULL));
    qwr_scenario_free(a);
    qwr_scenario_free(b);
}
END_TEST

#ifdef QWR_HAVE_GSL
static qwr_scenario *two_services(size_t own_rows)
{
    qwr_scenario_builder *builder = start(ctx);

    ck_assert_ptr_nonnull(builder);
    add_call(builder, "C1", "feeder", "NF09");
    add_past(builder, "feeder", "NF01", 24, 30);
    add_past(builder, "feeder", "NF02", 26, 30);
    add_past(builder, "feeder", "NF03", 28, 30);
    add_past(builder, "feeder", "NF09", 38, own_rows);
    return freeze(builder);
}

START_TEST(service_with_few_rows_is_drawn_to_its_class)
{
    qwr_scenario *none = two_services(0), *few = two_services(1), *many = two_services(60);
    int64_t evidence;
    const double class_level = median_of(none, "handling", NULL);
    const double drawn = median_of(few, "handling", &evidence);

    ck_assert_int_eq(evidence, 1);
    ck_assert_double_gt(drawn, class_level + 0.5);
    ck_assert_double_lt(drawn, 37.0);
    ck_assert_double_eq_tol(median_of(many, "handling", NULL), 38.0, 1.5);
    qwr_scenario_free(none);
    qwr_scenario_free(few);
    qwr_scenario_free(many);
}
END_TEST

static double width_of(const qwr_scenario *s)
{
    qwr__forecast *f = NULL;
    double width;

    qwr_test_ok(ctx, qwr__forecast_run(&f, ctx, s, "handling", -1));
    width = log(qwr__forecast_quantile(f, (qwr_call_ix){0}, 8) /
                qwr__forecast_quantile(f, (qwr_call_ix){0}, 0));
    qwr__forecast_free(f);
    return width;
}

START_TEST(doubt_about_a_service_widens_its_quantiles)
{
    qwr_scenario *few = two_services(1), *many = two_services(60);

    ck_assert_double_gt(width_of(few), 1.02 * width_of(many));
    qwr_scenario_free(few);
    qwr_scenario_free(many);
}
END_TEST
#endif

static void add_learning(TCase *tcase)
{
    tcase_add_loop_test(tcase, class_with_many_rows_is_learnt, 0, LEARNERS);
    tcase_add_loop_test(tcase, unknown_class_lies_between_those_known, 0, LEARNERS);
    tcase_add_loop_test(tcase, no_history_gives_a_prior_without_evidence, 0, LEARNERS);
    tcase_add_loop_test(tcase, hindrance_of_several_cranes_is_taken_off, 0, LEARNERS);
    tcase_add_loop_test(tcase, rows_may_come_in_any_order, 0, LEARNERS);
#ifdef QWR_HAVE_GSL
    tcase_add_test(tcase, service_with_few_rows_is_drawn_to_its_class);
    tcase_add_test(tcase, doubt_about_a_service_widens_its_quantiles);
#endif
}

int main(void)
{
    Suite *suite = suite_create("forecast");
    TCase *tcase = tcase_create("forecast");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, call_without_a_rate_gets_the_median);
    tcase_add_test(tcase, median_is_kept_within_half_to_twice_the_scenario);
    tcase_add_test(tcase, own_rate_and_fixed_handling_stay);
    tcase_add_test(tcase, quantiles_and_evidence_are_kept);
    tcase_add_test(tcase, mean_that_is_no_number_is_refused);
    tcase_add_test(tcase, infinite_quantile_is_refused);
    tcase_add_test(tcase, crossing_quantiles_are_refused);
    tcase_add_test(tcase, negative_evidence_is_refused);
    tcase_add_test(tcase, answer_that_was_forgotten_is_refused);
    tcase_add_test(tcase, rate_no_crane_reaches_is_refused);
    tcase_add_test(tcase, answer_for_another_number_of_calls_is_refused);
    tcase_add_test(tcase, status_of_the_plugin_comes_through);
    tcase_add_test(tcase, unknown_plugin_is_not_found);
    tcase_add_test(tcase, every_failing_allocation_is_survived);
    add_learning(tcase);
    suite_add_tcase(suite, tcase);
    return qwr_test_main(suite);
}
