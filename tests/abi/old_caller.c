/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program as it was compiled against version 0.1: it includes no header of ours but declares what
 * those of 0.1 said, sizes of structs included. Built and run against the library of today by
 * old_caller.sh. Must never be brought up to date.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct qwr_context qwr_context;
typedef struct qwr_scenario qwr_scenario;
typedef struct qwr_plan qwr_plan;
typedef struct qwr_violations qwr_violations;
typedef struct qwr_call_ix {
    uint32_t v;
} qwr_call_ix;
typedef struct qwr_quay_ix {
    uint32_t v;
} qwr_quay_ix;
typedef struct qwr_berth_ix {
    uint32_t v;
} qwr_berth_ix;

typedef struct qwr_allocator {
    uint32_t size;
    void *(*alloc)(void *payload, size_t bytes);
    void *(*resize)(void *payload, void *block, size_t bytes);
    void (*release)(void *payload, void *block);
    void *payload;
} qwr_allocator;

typedef struct qwr_generate_options {
    uint32_t size;
    const char *profile;
    uint64_t seed;
    int64_t calls, quay_m, cranes, days, vehicles, step_s, grid_mm;
    const char *layout, *epoch;
    int64_t utilisation_milli;
} qwr_generate_options;

typedef struct qwr_progress {
    uint32_t size;
    const char *stage;
    double fraction;
    int64_t elapsed_us, work, cost_mu, bound_mu, unplaced;
} qwr_progress;

typedef struct qwr_solve_options {
    uint32_t size;
    int64_t deadline_ms, work_limit;
    uint64_t seed;
    const char *solver, *optimisers, *forecast;
    const qwr_plan *start;
    const char *milp_file;
    void (*progress)(const qwr_progress *progress, void *payload);
    void *payload;
} qwr_solve_options;

typedef struct qwr_stage_stats {
    uint32_t size;
    const char *stage;
    int64_t elapsed_us, work, items, cost_mu, bound_mu;
    int stop;
} qwr_stage_stats;

typedef struct qwr_solve_stats {
    uint32_t size, stage_count;
    qwr_stage_stats stage[16];
    int64_t elapsed_us, first_plan_us, candidates, candidates_left, violations;
} qwr_solve_stats;

typedef struct qwr_stay {
    uint32_t size, placed;
    qwr_quay_ix quay;
    qwr_berth_ix berth;
    int64_t position_mm, start_s, end_s, cranes, rate_milli, cost_mu;
    const char *reason;
} qwr_stay;

typedef struct qwr_plan_quality {
    uint32_t size;
    int outcome, stop;
    int64_t cost_mu, bound_mu, unplaced, work;
    uint64_t seed, scenario_hash;
    const char *proof, *forecast;
} qwr_plan_quality;

typedef struct qwr_kpi {
    uint32_t size;
    int64_t calls, placed, on_time, late, gross_berth_s, wait_s, late_s, crane_work_s, moves;
    int64_t berth_use_milli, crane_use_milli, crane_density_milli, qcm_milli, deviation_mm;
    int64_t makespan_s;
} qwr_kpi;

/* What later versions return in a larger struct: a program linked in those days finds the old one.
 */
#define QWR_OF_0(name) __asm__(".symver " #name ", " #name "@QUAYWRIGHT_0")
QWR_OF_0(qwr_stay_init);
qwr_stay qwr_stay_init(void);

const char *qwr_version(void);
int qwr_version_at_least(int major, int minor, int patch);
int qwr_context_new(qwr_context **out, const qwr_allocator *allocator);
void qwr_context_free(qwr_context *ctx);
qwr_generate_options qwr_generate_options_init(void);
int qwr_generate(qwr_scenario **out, qwr_context *ctx, const qwr_generate_options *options);
size_t qwr_scenario_call_count(const qwr_scenario *scenario);
void qwr_scenario_free(qwr_scenario *scenario);
int qwr_solve(qwr_plan **out, qwr_context *ctx, const qwr_scenario *scenario,
              const qwr_solve_options *options, qwr_solve_stats *stats);
const qwr_stay *qwr_plan_stay(const qwr_plan *plan, qwr_call_ix call);
int qwr_plan_set_stay(qwr_plan *plan, qwr_call_ix call, const qwr_stay *stay);
const qwr_plan_quality *qwr_plan_get_quality(const qwr_plan *plan);
int qwr_plan_kpi(qwr_kpi *kpi, qwr_context *ctx, const qwr_plan *plan);
void qwr_plan_free(qwr_plan *plan);
int qwr_plan_check(qwr_violations **out, qwr_context *ctx, const qwr_scenario *scenario,
                   const qwr_plan *plan);
size_t qwr_violations_count(const qwr_violations *violations);
void qwr_violations_free(qwr_violations *violations);
int qwr_report_html(char **html, qwr_context *ctx, const qwr_plan *plan,
                    const qwr_violations *violations);
void qwr_text_free(qwr_context *ctx, char *text);

/* What a program may hand in or get back with room behind it that must stay untouched. */
typedef struct guarded_stats {
    qwr_solve_stats stats;
    uint64_t guard;
} guarded_stats;
typedef struct guarded_stay {
    qwr_stay stay;
    uint64_t guard;
} guarded_stay;
typedef struct guarded_kpi {
    qwr_kpi kpi;
    uint64_t guard;
} guarded_kpi;

static const uint64_t GUARD = UINT64_C(0x5a5a5a5a5a5a5a5a);
static int failures;
static long reports;

static void expect(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "not so: %s\n", what);
        failures++;
    }
}

static void *take(void *payload, size_t bytes)
{
    (void)payload;
    return malloc(bytes);
}

static void *grow(void *payload, void *block, size_t bytes)
{
    (void)payload;
    return realloc(block, bytes);
}

static void give(void *payload, void *block)
{
    (void)payload;
    free(block);
}

static void on_progress(const qwr_progress *progress, void *payload)
{
    (void)payload;
    expect(progress->size >= sizeof *progress, "progress tells at least what 0.1 knew");
    reports++;
}

static void defaults_of_then(void)
{
    guarded_stay g = {.guard = GUARD};
    volatile guarded_stay *seen = &g;

    g.stay = qwr_stay_init();
    expect(seen->guard == GUARD && seen->stay.size == sizeof(qwr_stay),
           "defaults keep to 0.1's size");
}

static void plan_and_judge(qwr_context *ctx, const qwr_scenario *scenario)
{
    qwr_solve_options options = {.size = sizeof options,
                                 .deadline_ms = -1,
                                 .work_limit = 5000,
                                 .seed = 1,
                                 .solver = "none",
                                 .progress = on_progress};
    guarded_stats g = {.stats = {.size = sizeof g.stats}, .guard = GUARD};
    guarded_kpi k = {.kpi = {.size = sizeof k.kpi}, .guard = GUARD};
    qwr_plan *plan = NULL;
    qwr_violations *found = NULL;
    char *html = NULL;

    expect(qwr_solve(&plan, ctx, scenario, &options, &g.stats) == 0, "a plan is made");
    if (!plan)
        return;
    expect(g.guard == GUARD && g.stats.size == sizeof g.stats, "stats keep to the size given");
    expect(g.stats.violations == 0 && g.stats.stage_count > 0, "stats are where they were");
    expect(reports > 0, "progress is reported");
    expect(qwr_plan_kpi(&k.kpi, ctx, plan) == 0 && k.guard == GUARD, "key figures keep theirs");
    expect(k.kpi.calls == (int64_t)qwr_scenario_call_count(scenario), "key figures are in place");
    expect(qwr_plan_get_quality(plan)->seed == 1, "the quality is where it was");
    expect(qwr_plan_get_quality(plan)->cost_mu > 0, "the cost is where it was");
    qwr_stay stay = *qwr_plan_stay(plan, (qwr_call_ix){0});
    stay.size = sizeof stay;
    expect(stay.placed == 1 && stay.end_s > stay.start_s, "a stay is where it was");
    expect(qwr_plan_set_stay(plan, (qwr_call_ix){0}, &stay) == 0, "an old stay is taken");
    expect(qwr_plan_check(&found, ctx, scenario, plan) == 0, "the plan is checked");
    expect(found && qwr_violations_count(found) == 0, "and breaks no rule");
    expect(qwr_report_html(&html, ctx, plan, found) == 0 && strstr(html, "</html>"), "reported");
    qwr_text_free(ctx, html);
    qwr_violations_free(found);
    qwr_plan_free(plan);
}

int main(void)
{
    qwr_allocator hooks = {sizeof hooks, take, grow, give, NULL};
    qwr_context *ctx = NULL;
    qwr_scenario *scenario = NULL;
    qwr_generate_options options;

    expect(qwr_version_at_least(0, 1, 0), "the library is at least 0.1");
    expect(!qwr_version_at_least(99, 0, 0), "and not version 99");
    if (qwr_context_new(&ctx, &hooks) != 0)
        return 1;
    defaults_of_then();
    options = qwr_generate_options_init();
    options.profile = "feeder";
    options.calls = 8;
    options.days = 2;
    expect(qwr_generate(&scenario, ctx, &options) == 0, "a terminal is made");
    if (scenario)
        plan_and_judge(ctx, scenario);
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
    if (failures == 0)
        printf("compiled against 0.1, run with %s\n", qwr_version());
    return failures != 0;
}
