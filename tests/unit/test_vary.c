/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Variations: what is parsed, what each variable does to a scenario, and that luck depends on what
 * it should. Knows no plan.
 */
#include "base/base.h"
#include "model_world.h"
#include "support/support.h"
#include "vary/vary.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static qwr_context *ctx;
static qwr_scenario *base;

static void setup(void)
{
    world w = world_good();

    ctx = qwr_test_context();
    w.history.eta_error_s = 1800;
    qwr_test_ok(ctx, world_freeze(&base, ctx, &w));
}

static void teardown(void)
{
    qwr_scenario_free(base);
    qwr_context_free(ctx);
}

static qwr_variation *parsed(const char *text)
{
    qwr_variation *v = NULL;

    qwr_test_ok(ctx, qwr_variation_parse(&v, ctx, text));
    return v;
}

/* The scenario at a level of one variation. */
static qwr_status try_varied(qwr_scenario **out, const char *text, size_t level, uint64_t seed,
                             uint64_t replication)
{
    qwr_variation *v = parsed(text);
    const qwr_variation *one = v;
    qwr_status status = qwr_scenario_vary(out, ctx, base, &one, &level, 1, seed, replication);

    qwr_variation_free(v);
    return status;
}

static qwr_scenario *varied(const char *text, size_t level)
{
    qwr_scenario *scenario = NULL;

    qwr_test_ok(ctx, try_varied(&scenario, text, level, 1, 0));
    return scenario;
}

static const qwr_call *call_of(const qwr_scenario *scenario, const char *id)
{
    const qwr_call *call = qwr_scenario_call(scenario, qwr_scenario_find_call(scenario, id));

    ck_assert_ptr_nonnull(call);
    return call;
}

/* --- parsing ---------------------------------------------------------------------------------- */

START_TEST(a_range_has_its_levels)
{
    qwr_variation *v = parsed("cranes.count=8..14/2");
    double value = 0;

    ck_assert_str_eq(qwr_variation_name(v), "cranes.count");
    ck_assert_str_eq(qwr_variation_operator(v), "=");
    ck_assert_uint_eq(qwr_variation_levels(v), 4);
    ck_assert_str_eq(qwr_variation_level_text(v, 3), "14");
    ck_assert_ptr_null(qwr_variation_level_text(v, 4));
    ck_assert_int_eq(qwr_variation_level_value(v, 1, &value), 1);
    ck_assert(value == 10);
    ck_assert_int_eq(qwr_variation_is_random(v), 0);
    qwr_variation_free(v);
}
END_TEST

START_TEST(levels_read_back_as_they_are_printed)
{
    static const char *const texts[] = {
        "calls.eta_shift=normal(0,3h),uniform(-30,90min),triangular(-1h,0h,36h),exponential(5s)",
        "calls.eta_shift=history(),spread(1.5)",
        "calls.moves*=lognormal(0,0.2),0.9,110%",
        "calls[service=North].rate+=-2.5..2.5/2.5",
        "tide.shift=-50cm,0,0.25m,1mm",
        "cranes.down=90s,1min,0h,2d",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        qwr_variation *v = parsed(texts[i]);
        for (size_t l = 0; l < qwr_variation_levels(v); l++) {
            char again[256];
            snprintf(again, sizeof again, "%s%s%s", qwr_variation_name(v),
                     qwr_variation_operator(v), qwr_variation_level_text(v, l));
            qwr_variation *w = parsed(again);
            ck_assert_str_eq(qwr_variation_level_text(w, 0), qwr_variation_level_text(v, l));
            ck_assert_str_eq(qwr_variation_name(w), qwr_variation_name(v));
            qwr_variation_free(w);
        }
        qwr_variation_free(v);
    }
}
END_TEST

START_TEST(numbers_without_a_unit_take_that_of_the_last_beside_them)
{
    qwr_variation *v = parsed("calls.eta_shift=0..90min/30min,2");

    ck_assert_uint_eq(qwr_variation_levels(v), 5);
    ck_assert_str_eq(qwr_variation_level_text(v, 1), "30min");
    ck_assert_str_eq(qwr_variation_level_text(v, 4), "2h");
    qwr_variation_free(v);
    v = parsed("calls.eta_shift=uniform(-30,30min)");
    ck_assert_str_eq(qwr_variation_level_text(v, 0), "uniform(-30min,30min)");
    ck_assert_int_eq(qwr_variation_is_random(v), 1);
    ck_assert_int_eq(qwr_variation_level_value(v, 0, &(double){0}), 0);
    qwr_variation_free(v);
}
END_TEST

START_TEST(what_is_wrong_is_said_with_the_next_step)
{
    static const struct {
        const char *text, *part;
    } cases[] = {
        {"crane.count=8", "did you mean \"cranes.count\"? For example cranes.count=8..14"},
        {"xyzzy=8", "for example cranes.count"},
        {"cranes.count", "sets nothing"},
        {"=8", "sets nothing"},
        {"", "sets nothing"},
        {"cranes.count=", "a level is missing"},
        {"cranes.count=8,", "a level is missing"},
        {"cranes.count=8,,9", "a level is missing"},
        {"cranes.count=8,8", "given twice"},
        {"cranes.count=8..", "not a number"},
        {"cranes.count=14..8", "falls"},
        {"cranes.count=8..14/0", "step above 0"},
        {"cranes.rate*=0.9..1.1", "needs a step"},
        {"cranes.count=0..99999", "more than 10000 levels"},
        {"cranes.count=1.5", "finer than the smallest step here, 1"},
        {"cranes.count=8h", "takes plain numbers"},
        {"cranes.count=99999999999999", "not a number"},
        {"calls.eta_shift=3hours", "expected one of: s, min, h, d"},
        {"calls.eta_shift=norml(0,3h)", "did you mean \"normal\"?"},
        {"calls.eta_shift=normal(0)", "too few numbers; expected normal(MEAN,SD)"},
        {"calls.eta_shift=normal(0,1,2)", "too many numbers"},
        {"calls.eta_shift=normal(0,1,2,3)", "too many numbers"},
        {"calls.eta_shift=normal(0,-1)", "not negative"},
        {"calls.eta_shift=uniform(2,1)", "LOW is above HIGH"},
        {"calls.eta_shift=triangular(2,1,3)", "must rise"},
        {"calls.eta_shift=normal(0,3h", "parenthesis"},
        {"calls.eta_shift=lognormal(0,1)", "write it after *="},
        {"calls.moves*=lognormal(0,99)", "at most 20"},
        {"calls.moves=history()", "fits calls.eta_shift alone"},
        {"calls.eta_shift*=2", "does not take *="},
        {"calls[].moves=2", "empty brackets"},
        {"calls[A.moves=2", "no closing bracket"},
        {"calls[flag=A].moves=2", "cannot be selected by \"flag\""},
        {"quays[quay=A].depth=2", "cannot be selected by \"quay\""},
        {"tide[A].shift=2", "leave the brackets out"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        qwr_variation *v = NULL;
        ck_assert_msg(qwr_variation_parse(&v, ctx, cases[i].text) == QWR_EINVAL, "%s",
                      cases[i].text);
        ck_assert_ptr_null(v);
        ck_assert_msg(qwr_test_cause_holds(ctx, cases[i].part), "%s: %s", cases[i].text,
                      qwr_context_cause(ctx, 0)->message);
    }
    ck_assert_int_eq(qwr_variation_parse(NULL, ctx, "cranes.count=1"), QWR_EINVAL);
    ck_assert_int_eq(qwr_variation_parse(&(qwr_variation *){NULL}, ctx, NULL), QWR_EINVAL);
}
END_TEST

START_TEST(every_variable_has_a_sentence_and_an_example_that_parses)
{
    ck_assert_uint_gt(qwr_variation_variable_count(), 20);
    for (size_t i = 0; i < qwr_variation_variable_count(); i++) {
        qwr_variation *v = parsed(qwr_variation_variable_example(i));
        ck_assert_ptr_eq(v->variable, qwr__variable_at(i));
        ck_assert_uint_gt(strlen(qwr_variation_variable_sentence(i)), 10);
        qwr_variation_free(v);
    }
    ck_assert_ptr_null(qwr_variation_variable_name(qwr_variation_variable_count()));
}
END_TEST

/* --- terminal -------------------------------------------------------------------------------- */

START_TEST(cranes_are_copied_and_the_last_go_with_their_windows)
{
    qwr_scenario *more = varied("cranes.count=5", 0), *fewer = varied("cranes.count=1..3", 0);
    qwr_scenario *same = varied("cranes.count=3", 0), *none = varied("cranes.count=0", 0);
    qwr_crane_ix copy = qwr_scenario_find_crane(more, "K3+2");

    ck_assert_uint_eq(qwr_scenario_crane_count(more), 5);
    ck_assert_uint_ne(copy.v, QWR_NONE);
    ck_assert_int_eq(qwr_scenario_crane(more, copy)->rate_milli, 35000);
    ck_assert_int_eq(qwr_scenario_crane(more, copy)->rail_order, 4);
    ck_assert_uint_ne(qwr_scenario_find_crane(more, "K3+3").v, QWR_NONE);
    ck_assert_uint_eq(qwr_scenario_crane_count(fewer), 1);
    ck_assert_uint_ne(qwr_scenario_find_crane(fewer, "K1").v, QWR_NONE);
    ck_assert_uint_ne(qwr_scenario_find_window(fewer, "W2").v, QWR_NONE);
    ck_assert_uint_eq(qwr_scenario_find_window(none, "W2").v, QWR_NONE);
    ck_assert_uint_eq(qwr_scenario_hash(same), qwr_scenario_hash(base));
    qwr_scenario_free(more);
    qwr_scenario_free(fewer);
    qwr_scenario_free(same);
    qwr_scenario_free(none);
}
END_TEST

START_TEST(fields_are_set_added_and_multiplied_where_selected)
{
    qwr_scenario *set = varied("cranes[K2].rate=40", 0);
    qwr_scenario *add = varied("cranes[quay=Q1].rate+=-0.5", 0);
    qwr_scenario *multiply = varied("cranes.rate*=110%", 0);

    ck_assert_int_eq(qwr_scenario_crane(set, (qwr_crane_ix){0})->rate_milli, 25000);
    ck_assert_int_eq(qwr_scenario_crane(set, (qwr_crane_ix){1})->rate_milli, 40000);
    ck_assert_int_eq(qwr_scenario_crane(add, (qwr_crane_ix){2})->rate_milli, 34500);
    ck_assert_int_eq(qwr_scenario_crane(multiply, (qwr_crane_ix){0})->rate_milli, 27500);
    qwr_scenario_free(set);
    qwr_scenario_free(add);
    qwr_scenario_free(multiply);
}
END_TEST

START_TEST(water_windows_and_frame_vary)
{
    qwr_scenario *tide = varied("tide.shift=-0.5m", 0);
    qwr_scenario *gone = varied("windows[W1].present=0", 0);
    qwr_scenario *longer = varied("windows.length*=2", 0);
    qwr_scenario *later = varied("windows[quay=Q1].shift=1h", 0);
    qwr_scenario *storm = varied("weather.stop=4h", 0);
    qwr_scenario *horizon = varied("scenario.horizon+=1s", 0);
    const qwr_scenario_info *info = qwr_scenario_get_info(base);

    ck_assert_int_eq(qwr_scenario_tide(tide, 0)->level_mm, 500);
    ck_assert_int_eq(qwr_scenario_tide(tide, 1)->level_mm, 2500);
    ck_assert_uint_eq(qwr_scenario_window_count(gone), 3);
    ck_assert_uint_eq(qwr_scenario_find_window(gone, "W1").v, QWR_NONE);
    ck_assert_int_eq(qwr_scenario_window(longer, (qwr_window_ix){3})->to_s, 14400);
    ck_assert_int_eq(qwr_scenario_window(later, (qwr_window_ix){1})->from_s, 10800);
    ck_assert_int_eq(qwr_scenario_window(later, (qwr_window_ix){3})->from_s, 7200);
    ck_assert_uint_eq(qwr_scenario_window_count(storm), 7);
    ck_assert_int_eq(qwr_scenario_window(storm, (qwr_window_ix){4})->from_s,
                     qwr_scenario_window(storm, (qwr_window_ix){6})->from_s);
    ck_assert_int_eq(qwr_scenario_get_info(horizon)->horizon_s, info->horizon_s + info->step_s);
    qwr_scenario_free(tide);
    qwr_scenario_free(gone);
    qwr_scenario_free(longer);
    qwr_scenario_free(later);
    qwr_scenario_free(storm);
    qwr_scenario_free(horizon);
}
END_TEST

START_TEST(a_length_of_zero_adds_no_window)
{
    qwr_scenario *none = varied("cranes.down=0h,24h", 0), *down = varied("cranes.down=0h,24h", 1);
    qwr_scenario *closed = varied("quays[Q2].closed=6h", 0);

    ck_assert_uint_eq(qwr_scenario_hash(none), qwr_scenario_hash(base));
    ck_assert_uint_eq(qwr_scenario_window_count(down), 7);
    const qwr_window *w = qwr_scenario_window(down, (qwr_window_ix){4});
    ck_assert_int_eq(w->to_s - w->from_s, 86400);
    ck_assert_int_ge(w->from_s, 0);
    ck_assert_int_le(w->from_s, 7200);
    ck_assert_uint_eq(qwr_scenario_window_count(closed), 5);
    qwr_scenario_free(none);
    qwr_scenario_free(down);
    qwr_scenario_free(closed);
}
END_TEST

/* --- calls ----------------------------------------------------------------------------------- */

START_TEST(arrivals_shift_and_departures_stay)
{
    qwr_scenario *late = varied("calls[B].eta_shift=6h", 0);
    qwr_scenario *whole = varied("calls[service=North].shift=-30min", 0);

    ck_assert_int_eq(call_of(late, "B")->eta_s, 3600 + 21600);
    ck_assert_int_eq(call_of(late, "B")->desired_departure_s,
                     call_of(base, "B")->desired_departure_s);
    ck_assert_int_eq(call_of(late, "A")->eta_s, 0);
    ck_assert_int_eq(call_of(whole, "C")->eta_s, 7200 - 1800);
    qwr_scenario_free(late);
    qwr_scenario_free(whole);
}
END_TEST

START_TEST(work_varies_whatever_it_comes_from)
{
    qwr_scenario *moves = varied("calls.moves*=0.5", 0);
    qwr_scenario *handling = varied("calls.handling*=1.5", 0);

    ck_assert_int_eq(qwr_scenario_call_moves(moves, (qwr_call_ix){0}), 300);
    ck_assert_int_eq(qwr_scenario_call_moves(moves, (qwr_call_ix){1}), 45);
    ck_assert_int_eq(qwr_scenario_handling_s(handling, (qwr_call_ix){2}, (qwr_berth_ix){0}), 54000);
    ck_assert_int_eq(qwr_scenario_handling_s(handling, (qwr_call_ix){2}, (qwr_berth_ix){1}),
                     QWR_FORBIDDEN);
    qwr_scenario_free(moves);
    qwr_scenario_free(handling);
}
END_TEST

START_TEST(calls_are_repeated_or_the_last_go)
{
    qwr_scenario *more = varied("calls.count=5", 0), *fewer = varied("calls.count=1", 0);
    qwr_scenario *twice = varied("calls.count*=2", 0);

    ck_assert_uint_eq(qwr_scenario_call_count(more), 5);
    ck_assert_int_eq(call_of(more, "A+2")->eta_s, 1800);
    ck_assert_int_eq(call_of(more, "B+2")->eta_s, 5400);
    ck_assert_int_eq(call_of(more, "B+2")->moves, 90);
    ck_assert_uint_eq(qwr_scenario_call_count(fewer), 1);
    ck_assert_uint_ne(qwr_scenario_find_call(fewer, "A").v, QWR_NONE);
    ck_assert_uint_eq(qwr_scenario_task_count(fewer), 0);
    ck_assert_uint_eq(qwr_scenario_call_count(twice), 6);
    ck_assert_int_eq(
        qwr_scenario_handling_s(twice, qwr_scenario_find_call(twice, "C+2"), (qwr_berth_ix){0}),
        36000);
    qwr_scenario_free(more);
    qwr_scenario_free(fewer);
    qwr_scenario_free(twice);
}
END_TEST

START_TEST(what_was_varied_can_be_varied_again)
{
    qwr_scenario *once = varied("calls.count=5", 0), *twice = NULL;

    qwr_scenario_free(base);
    base = once;
    twice = varied("calls.count=10", 0);
    ck_assert_uint_eq(qwr_scenario_call_count(twice), 10);
    call_of(twice, "A+3");
    call_of(twice, "A+2+2");
    qwr_scenario_free(twice);
    twice = varied("cranes.down=1h", 0);
    qwr_scenario_free(base);
    base = twice;
    twice = varied("cranes.down=1h", 0);
    ck_assert_uint_ne(qwr_scenario_find_window(twice, "down-K1-2").v, QWR_NONE);
    qwr_scenario_free(twice);
}
END_TEST

START_TEST(pinned_calls_have_arrived)
{
    world w = world_good();
    qwr_scenario *own = NULL, *out = NULL;

    w.calls[0].pin_start_s = 0;
    qwr_test_ok(ctx, world_freeze(&own, ctx, &w));
    qwr_scenario_free(base);
    base = own;
    out = varied("calls.eta_shift=2h", 0);
    ck_assert_int_eq(call_of(out, "A")->eta_s, 0);
    ck_assert_int_eq(call_of(out, "B")->eta_s, 3600 + 7200);
    qwr_scenario_free(out);
    ck_assert_int_eq(try_varied(&out, "calls[A].eta_shift=2h", 0, 1, 0), QWR_ENOTFOUND);
    ck_assert(qwr_test_cause_holds(ctx, "take the pin away first, with calls.pinned=0"));
    out = varied("calls.pinned=0", 0);
    ck_assert_int_eq(call_of(out, "A")->pin_start_s, QWR_UNSET);
    qwr_scenario_free(out);
}
END_TEST

/* --- what names nothing, what is impossible -------------------------------------------------- */

START_TEST(a_variation_that_names_nothing_is_said)
{
    static const struct {
        const char *text, *part;
    } cases[] = {
        {"calls[AA].moves=5", "there is no call \"AA\"; did you mean \"A\"?"},
        {"calls[service=Nort].moves=5", "no call of service \"Nort\"; did you mean \"North\"?"},
        {"cranes[quay=Q9].count=5", "no crane at quay \"Q9\"; did you mean \"Q1\"?"},
        {"windows[nonesuch].present=0", "there is no window \"nonesuch\""},
        {"berths.depth+=1", "no value is given that it could change; set one with ="},
        {"calls.eta_shift=spread(1)", "has a spread of its arrival"},
        {"channel.depth*=2", "could change"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        qwr_scenario *out = NULL;
        ck_assert_msg(try_varied(&out, cases[i].text, 0, 1, 0) == QWR_ENOTFOUND, "%s",
                      cases[i].text);
        ck_assert_ptr_null(out);
        ck_assert_msg(qwr_test_cause_holds(ctx, cases[i].part), "%s: %s", cases[i].text,
                      qwr_context_cause(ctx, 0)->message);
    }
}
END_TEST

START_TEST(an_impossible_scenario_names_the_level)
{
    qwr_scenario *out = NULL;

    ck_assert_int_eq(try_varied(&out, "quays[Q1].length=500,0", 1, 1, 0), QWR_ESCENARIO);
    ck_assert(qwr_test_cause_holds(ctx, "quays[Q1].length=0m makes no valid scenario"));
    ck_assert_int_eq(try_varied(&out, "cranes.count+=-9", 0, 1, 0), QWR_ESCENARIO);
    ck_assert_int_eq(try_varied(&out, "calls.min_cranes=9", 0, 1, 0), QWR_ESCENARIO);
    ck_assert_int_eq(try_varied(&out, "calls.moves*=9000000", 0, 1, 0), QWR_ESCENARIO);
}
END_TEST

START_TEST(arguments_are_checked)
{
    qwr_variation *v = parsed("cranes.count=2");
    const qwr_variation *one = v, *nothing = NULL;
    qwr_scenario *out = NULL;
    size_t level = 1;

    ck_assert_int_eq(qwr_scenario_vary(&out, ctx, base, &one, &level, 1, 1, 0), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "there is no level 1"));
    ck_assert_int_eq(qwr_scenario_vary(&out, ctx, base, &nothing, &level, 1, 1, 0), QWR_EINVAL);
    ck_assert_int_eq(qwr_scenario_vary(&out, ctx, base, NULL, NULL, 1, 1, 0), QWR_EINVAL);
    ck_assert_int_eq(qwr_scenario_vary(&out, ctx, NULL, NULL, NULL, 0, 1, 0), QWR_EINVAL);
    qwr_test_ok(ctx, qwr_scenario_vary(&out, ctx, base, NULL, NULL, 0, 1, 0));
    ck_assert_uint_eq(qwr_scenario_hash(out), qwr_scenario_hash(base));
    qwr_scenario_free(out);
    qwr_variation_free(v);
    qwr_variation_free(NULL);
}
END_TEST

/* --- luck ------------------------------------------------------------------------------------ */

static int64_t shift_of(const char *text, size_t level, uint64_t seed, uint64_t replication,
                        const char *id)
{
    qwr_scenario *out = NULL;

    qwr_test_ok(ctx, try_varied(&out, text, level, seed, replication));
    int64_t shift_s = call_of(out, id)->eta_s - call_of(base, id)->eta_s;
    qwr_scenario_free(out);
    return shift_s;
}

START_TEST(the_same_replication_has_the_same_luck_at_every_level)
{
    const char *text = "calls.eta_shift=normal(0,30min),normal(0,60min)";

    for (uint64_t r = 0; r < 20; r++) {
        int64_t narrow = shift_of(text, 0, 5, r, "B"), wide = shift_of(text, 1, 5, r, "B");
        ck_assert_int_le(llabs(wide - 2 * narrow), 1);
        ck_assert_int_eq(narrow, shift_of("calls.eta_shift=normal(0,30min)", 0, 5, r, "B"));
    }
}
END_TEST

START_TEST(luck_differs_by_seed_replication_call_and_selection)
{
    const char *text = "calls.eta_shift=normal(0,1h)";
    int64_t shift = shift_of(text, 0, 5, 0, "B");

    ck_assert_int_ne(shift, 0);
    ck_assert_int_ne(shift, shift_of(text, 0, 6, 0, "B"));
    ck_assert_int_ne(shift, shift_of(text, 0, 5, 1, "B"));
    ck_assert_int_ne(shift, shift_of(text, 0, 5, 0, "C"));
    ck_assert_int_ne(shift, shift_of("calls[B].eta_shift=normal(0,1h)", 0, 5, 0, "B"));
}
END_TEST

/* Mean and spread of many draws, in seconds. */
static void moments(const char *text, double *mean, double *sd)
{
    enum { N = 2000 };
    qwr_variation *v = parsed(text);
    qwr_scenario_builder *builder = NULL;
    double sum = 0, squares = 0;

    qwr_test_ok(ctx, qwr_scenario_thaw(&builder, ctx, base));
    for (uint64_t r = 0; r < N; r++) {
        qwr__varying varying = {.ctx = ctx,
                                .builder = builder,
                                .variation = v,
                                .level = &v->level[0],
                                .seed = 3,
                                .replication = r};
        int64_t value;
        qwr_test_ok(ctx, qwr__vary_draw(&value, &varying, "B", 600));
        sum += (double)value;
        squares += (double)value * (double)value;
    }
    *mean = sum / N;
    *sd = sqrt(squares / N - *mean * *mean);
    qwr_scenario_builder_free(builder);
    qwr_variation_free(v);
}

START_TEST(distributions_have_their_mean_and_spread)
{
    static const struct {
        const char *text;
        double mean, sd;
    } cases[] = {
        {"calls.eta_shift=normal(1h,2h)", 3600, 7200},
        {"calls.eta_shift=uniform(-1h,3h)", 3600, 14400 / 3.4641016},
        {"calls.eta_shift=triangular(0h,1h,5h)", 7200, 3600 * 1.0801234},
        {"calls.eta_shift=exponential(2h)", 7200, 7200},
        {"calls.eta_shift=spread(2)", 0, 1200},
        {"calls.eta_shift=history()", 1800, 0},
        {"calls.moves*=lognormal(0,0.2)", 1e6 * 1.0202013, 1e6 * 0.2061},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double mean, sd;
        moments(cases[i].text, &mean, &sd);
        /* 5 standard errors of 2000 draws */
        ck_assert_msg(fabs(mean - cases[i].mean) <= 0.112 * cases[i].sd + 1, "%s: mean %g",
                      cases[i].text, mean);
        ck_assert_msg(fabs(sd - cases[i].sd) <= 0.12 * cases[i].sd + 1, "%s: sd %g", cases[i].text,
                      sd);
    }
}
END_TEST

START_TEST(normal_quantiles_are_those_of_the_tables)
{
    /* From tables with 12 digits and more. */
    ck_assert(fabs(qwr__normal_quantile(0.975) - 1.959963984540054) < 1e-13);
    ck_assert(fabs(qwr__normal_quantile(0.25) + 0.674489750196082) < 1e-13);
    ck_assert(fabs(qwr__normal_quantile(0.5)) < 1e-16);
    ck_assert(fabs(qwr__normal_quantile(0.001) + 3.090232306167813) < 1e-12);
    ck_assert(fabs(qwr__normal_quantile(1e-20) + 9.262340089798408) < 1e-11);
}
END_TEST

START_TEST(drawn_values_stay_in_the_range_of_their_field)
{
    qwr_scenario *out = NULL;

    for (uint64_t r = 0; r < 20; r++) {
        qwr_test_ok(ctx, try_varied(&out, "calls.moves*=normal(0,5)", 0, 1, r));
        qwr_scenario_free(out);
        qwr_test_ok(ctx, try_varied(&out, "cranes.rate=normal(0,5)", 0, 1, r));
        qwr_scenario_free(out);
        qwr_test_ok(ctx, try_varied(&out, "calls.eta_shift=normal(0,9000d)", 0, 1, r));
        qwr_scenario_free(out);
    }
}
END_TEST

/* --- memory ---------------------------------------------------------------------------------- */

static qwr_status allocating(qwr_context *own, void *payload)
{
    static const char *const texts[] = {
        "cranes.count=5",      "calls.count=5",         "calls.eta_shift=normal(0,1h)",
        "calls.handling*=1.1", "windows.length*=0,0.5", "tide.shift=1m",
        "cranes[K1].down=2h",  "calls.moves*=2",        "calls[nobody].moves=2"};
    const char *text = texts[*(const int *)payload];
    world w = world_good();
    qwr_scenario *from = NULL, *out = NULL;
    qwr_variation *v = NULL;
    const size_t level = 0;

    qwr_status status = world_freeze(&from, own, &w);
    if (status == QWR_OK)
        status = qwr_variation_parse(&v, own, text);
    const qwr_variation *one = v;
    if (status == QWR_OK)
        status = qwr_scenario_vary(&out, own, from, &one, &level, 1, 1, 0);
    ck_assert(status == QWR_OK || out == NULL);
    qwr_scenario_free(out);
    qwr_variation_free(v);
    qwr_scenario_free(from);
    return status == QWR_ENOTFOUND ? QWR_OK : status;
}

START_TEST(varying_survives_each_failing_allocation)
{
    int which = _i;

    ck_assert_int_gt(qwr_test_each_allocation(allocating, &which, 4000), 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("vary");
    TCase *tc = tcase_create("vary");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_range_has_its_levels);
    tcase_add_test(tc, levels_read_back_as_they_are_printed);
    tcase_add_test(tc, numbers_without_a_unit_take_that_of_the_last_beside_them);
    tcase_add_test(tc, what_is_wrong_is_said_with_the_next_step);
    tcase_add_test(tc, every_variable_has_a_sentence_and_an_example_that_parses);
    tcase_add_test(tc, cranes_are_copied_and_the_last_go_with_their_windows);
    tcase_add_test(tc, fields_are_set_added_and_multiplied_where_selected);
    tcase_add_test(tc, water_windows_and_frame_vary);
    tcase_add_test(tc, a_length_of_zero_adds_no_window);
    tcase_add_test(tc, arrivals_shift_and_departures_stay);
    tcase_add_test(tc, work_varies_whatever_it_comes_from);
    tcase_add_test(tc, calls_are_repeated_or_the_last_go);
    tcase_add_test(tc, what_was_varied_can_be_varied_again);
    tcase_add_test(tc, pinned_calls_have_arrived);
    tcase_add_test(tc, a_variation_that_names_nothing_is_said);
    tcase_add_test(tc, an_impossible_scenario_names_the_level);
    tcase_add_test(tc, arguments_are_checked);
    tcase_add_test(tc, the_same_replication_has_the_same_luck_at_every_level);
    tcase_add_test(tc, luck_differs_by_seed_replication_call_and_selection);
    tcase_add_test(tc, distributions_have_their_mean_and_spread);
    tcase_add_test(tc, normal_quantiles_are_those_of_the_tables);
    tcase_add_test(tc, drawn_values_stay_in_the_range_of_their_field);
    tcase_add_loop_test(tc, varying_survives_each_failing_allocation, 0, 9);
    suite_add_tcase(suite, tc);
    return qwr_test_main(suite);
}
