/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The registry: listing, finding, options, disabling; and the run of a plugin on its own thread,
 * with descriptors that live in this program. Loading of module files is tested with the mocks.
 */
#include "registry/registry.h"
#include "support.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static void pause_ms(long ms)
{
    const struct timespec span = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    (void)nanosleep(&span, NULL);
}

static int32_t create(void **instance, const qwr_host *host)
{
    *instance = (void *)(uintptr_t)host;
    return 0;
}

static void destroy(void *instance)
{
    (void)instance;
}

static int32_t solve(void *instance, const qwr_milp_view *model, const qwr_milp_limits *limits,
                     qwr_milp_answer *answer)
{
    (void)instance;
    (void)model;
    (void)limits;
    (void)answer;
    return 0;
}

static const char *engine(void)
{
    return "none";
}

static int32_t improve(void *instance, const qwr_problem_view *problem)
{
    (void)instance;
    (void)problem;
    return 0;
}

static const qwr_solver_functions solver = {sizeof solver, create, destroy, solve, engine};
static const qwr_optimiser_functions optimiser = {sizeof optimiser, create, destroy, improve};
static const qwr_plugin_option options[] = {{.size = sizeof(qwr_plugin_option),
                                             .name = "depth",
                                             .unit = "",
                                             .default_int = 3,
                                             .max_int = 9,
                                             .sentence = "How deep."},
                                            {.size = sizeof(qwr_plugin_option),
                                             .name = "way",
                                             .type = QWR_OPTION_WORD,
                                             .unit = "",
                                             .default_text = "left",
                                             .words = "left|right",
                                             .sentence = "Which way."}};

#define SOLVER(id_)                                                                                \
    {                                                                                              \
        .size = sizeof(qwr_plugin), .abi_major = QWR_PLUGIN_ABI_MAJOR, .kind = QWR_PLUGIN_SOLVER,  \
        .id = (id_), .version = "1", .summary = "A sentence.", .licence = "Apache-2.0",            \
        .option_count = 2, .options = options, .solver = &solver                                   \
    }
static const qwr_plugin pine = SOLVER("pine-test");
static const qwr_plugin oak = SOLVER("oak-test");
static const qwr_plugin other_oak = SOLVER("oak-test");
static const qwr_plugin birch = {.size = sizeof(qwr_plugin),
                                 .abi_major = QWR_PLUGIN_ABI_MAJOR,
                                 .kind = QWR_PLUGIN_OPTIMISER,
                                 .id = "zebra-wood-test",
                                 .version = "1",
                                 .summary = "A sentence.",
                                 .licence = "Apache-2.0",
                                 .optimiser = &optimiser};

/* --- the list --------------------------------------------------------------------------------- */

START_TEST(plugins_are_listed_by_kind_then_id)
{
    qwr_context *ctx = qwr_test_context();
    qwr_plugin_info last = {.size = sizeof last};
    size_t ours = 0;
    qwr_test_ok(ctx, qwr_plugin_register(ctx, &pine));
    qwr_test_ok(ctx, qwr_plugin_register(ctx, &birch));
    qwr_test_ok(ctx, qwr_plugin_register(ctx, &oak));
    for (size_t i = 0; i < qwr_plugin_count(ctx); i++) {
        qwr_plugin_info info = {.size = sizeof info};
        qwr_test_ok(ctx, qwr_plugin_get(&info, ctx, i));
        if (i > 0)
            ck_assert(last.kind < info.kind ||
                      (last.kind == info.kind && strcmp(last.id, info.id) < 0));
        if (strstr(info.id, "-test") != NULL) {
            ck_assert_str_eq(info.path, "built-in");
            ours++;
        }
        last = info;
    }
    ck_assert_uint_eq(ours, 3);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(plugin_past_the_end_is_not_found)
{
    qwr_context *ctx = qwr_test_context();
    qwr_plugin_info info = {.size = sizeof info};
    ck_assert_int_eq(qwr_plugin_get(&info, ctx, qwr_plugin_count(ctx)), QWR_ENOTFOUND);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(info_of_an_older_caller_is_filled_no_further_than_its_size)
{
    qwr_context *ctx = qwr_test_context();
    qwr_plugin_info info;
    memset(&info, 0x55, sizeof info);
    info.size = offsetof(qwr_plugin_info, summary);
    qwr_test_ok(ctx, qwr_plugin_register(ctx, &oak));
    qwr_test_ok(ctx, qwr_plugin_get(&info, ctx, 0));
    ck_assert_ptr_nonnull(info.id);
    ck_assert_uint_eq(info.disabled, 0x55555555u);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(same_descriptor_twice_is_one_plugin)
{
    qwr_context *ctx = qwr_test_context();
    qwr_test_ok(ctx, qwr_plugin_register(ctx, &oak));
    size_t count = qwr_plugin_count(ctx);
    qwr_test_ok(ctx, qwr_plugin_register(ctx, &oak));
    ck_assert_uint_eq(qwr_plugin_count(ctx), count);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(taken_id_is_refused_and_names_the_holder)
{
    qwr_context *ctx = qwr_test_context();
    qwr_test_ok(ctx, qwr_plugin_register(ctx, &oak));
    ck_assert_int_eq(qwr_plugin_register(ctx, &other_oak), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "\"oak-test\" is taken by built-in"));
    qwr_context_free(ctx);
}
END_TEST

START_TEST(broken_descriptor_is_not_registered)
{
    qwr_context *ctx = qwr_test_context();
    qwr_plugin broken = oak;
    broken.kind = 9;
    size_t count = qwr_plugin_count(ctx);
    ck_assert_int_eq(qwr_plugin_register(ctx, &broken), QWR_EPLUGIN);
    ck_assert_int_eq(qwr_plugin_register(ctx, NULL), QWR_EPLUGIN);
    ck_assert_uint_eq(qwr_plugin_count(ctx), count);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(unknown_id_names_the_nearest)
{
    qwr_context *ctx = qwr_test_context();
    qwr_test_ok(ctx, qwr_plugin_register(ctx, &oak));
    ck_assert_ptr_null(qwr__registry_find(ctx, QWR_PLUGIN_SOLVER, "oack-test"));
    ck_assert(qwr_test_cause_holds(ctx, "the nearest is \"oak-test\""));
    ck_assert_int_eq(qwr_context_cause(ctx, 0)->status, QWR_ENOTFOUND);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(id_of_another_kind_is_not_found)
{
    qwr_context *ctx = qwr_test_context();
    qwr_test_ok(ctx, qwr_plugin_register(ctx, &oak));
    ck_assert_ptr_null(qwr__registry_look(ctx, QWR_PLUGIN_FORECAST, "oak-test"));
    ck_assert_ptr_eq(qwr__registry_look(ctx, QWR_PLUGIN_SOLVER, "oak-test"), &oak);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(disabled_plugin_is_listed_with_its_first_reason_and_not_found)
{
    qwr_context *ctx = qwr_test_context();
    qwr_plugin_info info = {.size = sizeof info};
    qwr_test_ok(ctx, qwr_plugin_register(ctx, &oak));
    qwr__registry_disable(ctx, &oak, "it said NaN");
    qwr__registry_disable(ctx, &oak, "second reason");
    ck_assert_ptr_null(qwr__registry_find(ctx, QWR_PLUGIN_SOLVER, "oak-test"));
    ck_assert(qwr_test_cause_holds(ctx, "it said NaN"));
    for (size_t i = 0; i < qwr_plugin_count(ctx); i++) {
        qwr_test_ok(ctx, qwr_plugin_get(&info, ctx, i));
        if (strcmp(info.id, "oak-test") == 0)
            break;
    }
    ck_assert_uint_eq(info.disabled, 1);
    ck_assert_str_eq(info.reason, "it said NaN");
    qwr_context_free(ctx);
}
END_TEST

START_TEST(options_of_a_plugin_are_set_by_id_and_name)
{
    qwr_context *ctx = qwr_test_context();
    qwr__host_data *host = NULL;
    qwr_test_ok(ctx, qwr_plugin_register(ctx, &oak));
    ck_assert_str_eq(qwr_context_option(ctx, "oak-test.depth"), "3");
    qwr_test_ok(ctx, qwr_context_set_option(ctx, "oak-test.depth", "7"));
    ck_assert_int_eq(qwr_context_set_option(ctx, "oak-test.depth", "10"), QWR_EINVAL);
    qwr_test_ok(ctx, qwr_context_set_option(ctx, "oak-test.way", "right"));
    qwr_test_ok(ctx, qwr__host_new(&host, ctx, &oak, 1));
    ck_assert_int_eq(host->table.option_int(host->table.payload, "depth"), 7);
    ck_assert_str_eq(host->table.option_text(host->table.payload, "way"), "right");
    ck_assert_ptr_null(host->table.option_text(host->table.payload, "no"));
    qwr__host_free(ctx, host);
    qwr_context_free(ctx);
}
END_TEST

typedef struct log_record {
    char text[2000];
} log_record;

static void keep_log(qwr_log_level level, const char *message, void *payload)
{
    log_record *r = payload;
    (void)level;
    size_t used = strlen(r->text);
    (void)snprintf(r->text + used, sizeof r->text - used, "%s\n", message);
}

START_TEST(bad_module_of_the_search_path_is_logged_and_skipped)
{
    log_record record = {""};
    qwr_context *ctx = qwr_test_context();
    const char *path = qwr_test_file("broken.so");
    qwr_test_write(path, "not a module", 12);
    qwr_context_set_log(ctx, keep_log, QWR_LOG_WARNING, &record);
    qwr_test_ok(ctx, qwr_context_set_option(ctx, "plugin_path", qwr_test_folder()));
    qwr_test_ok(ctx, qwr_plugin_load_all(ctx));
    ck_assert_ptr_nonnull(strstr(record.text, "event=plugin_skipped"));
    ck_assert_ptr_nonnull(strstr(record.text, "broken.so"));
    ck_assert_uint_eq(qwr_context_cause_count(ctx), 0);
    ck_assert_int_eq(qwr_plugin_load(ctx, path), QWR_EIO);
    ck_assert_int_eq(qwr_plugin_load(ctx, ""), QWR_EINVAL);
    ck_assert_int_eq(qwr_plugin_load(ctx, "/no/such/module.so"), QWR_EIO);
    qwr_context_free(ctx);
}
END_TEST

static qwr_status register_all(qwr_context *ctx, void *payload)
{
    qwr__host_data *host = NULL;
    (void)payload;
    QWR_TRY(qwr_plugin_register(ctx, &pine));
    QWR_TRY(qwr_plugin_register(ctx, &oak));
    QWR_TRY(qwr__host_new(&host, ctx, &oak, 1));
    qwr__host_free(ctx, host);
    return QWR_OK;
}

START_TEST(registering_survives_every_failed_allocation)
{
    ck_assert_int_gt(qwr_test_each_allocation(register_all, NULL, 500), 5);
}
END_TEST

/* --- the host's memory -------------------------------------------------------------------------
 */

START_TEST(host_frees_what_the_plugin_forgot)
{
    qwr_test_allocator a;
    qwr_context *ctx = NULL;
    qwr__host_data *host = NULL;
    qwr_test_allocator_init(&a, 0, false);
    ck_assert_int_eq(qwr_context_new(&ctx, &a.hooks), QWR_OK);
    qwr_test_ok(ctx, qwr_plugin_register(ctx, &oak));
    qwr_test_ok(ctx, qwr__host_new(&host, ctx, &oak, 1));
    void *one = host->table.alloc(host->table.payload, 100);
    ck_assert_ptr_nonnull(one);
    ck_assert_ptr_nonnull(host->table.alloc(host->table.payload, 0));
    ck_assert_ptr_null(host->table.alloc(host->table.payload, SIZE_MAX));
    host->table.release(host->table.payload, one);
    host->table.release(host->table.payload, NULL);
    qwr__host_free(ctx, host);
    qwr_context_free(ctx);
    ck_assert_int_eq(atomic_load(&a.live), 0);
}
END_TEST

START_TEST(host_random_is_a_function_of_seed_stream_and_index)
{
    qwr_context *ctx = qwr_test_context();
    qwr__host_data *one = NULL;
    qwr__host_data *two = NULL;
    qwr_test_ok(ctx, qwr_plugin_register(ctx, &oak));
    qwr_test_ok(ctx, qwr__host_new(&one, ctx, &oak, 5));
    qwr_test_ok(ctx, qwr__host_new(&two, ctx, &oak, 6));
    uint64_t a = one->table.random(one->table.payload, 1, 2);
    ck_assert_uint_eq(a, one->table.random(one->table.payload, 1, 2));
    ck_assert_uint_ne(a, one->table.random(one->table.payload, 1, 3));
    ck_assert_uint_ne(a, two->table.random(two->table.payload, 1, 2));
    qwr__host_free(ctx, one);
    qwr__host_free(ctx, two);
    qwr_context_free(ctx);
}
END_TEST

/* --- runs --- */

typedef struct task {
    qwr__host_data *host;
    qwr_context *ctx;
    int *released;
    int sleep_ms;
    bool polls;
    qwr_status status;
    const char *sentence;
    int32_t saw_cancel;
} task;

static qwr_status task_body(void *arg)
{
    task *t = arg;
    const qwr_host *h = &t->host->table;
    for (int ms = 0; ms < t->sleep_ms; ms += 5) {
        if (t->polls && h->cancelled(h->payload)) {
            t->saw_cancel = 1;
            break;
        }
        pause_ms(5);
    }
    if (t->sentence != NULL)
        h->error(h->payload, t->sentence);
    return t->status;
}

static void task_release(void *arg)
{
    task *t = arg;
    if (t->released != NULL)
        (*t->released)++;
    qwr__host_free(t->ctx, t->host);
    qwr__free(t->ctx, t);
}

static task *task_new(qwr_context *ctx, int *released)
{
    task *t = qwr__alloc(ctx, 1, sizeof *t);
    ck_assert_ptr_nonnull(t);
    t->ctx = ctx;
    t->released = released;
    qwr_test_ok(ctx, qwr__host_new(&t->host, ctx, &oak, 1));
    return t;
}

static qwr_context *context_with_oak(void)
{
    qwr_context *ctx = qwr_test_context();
    qwr_test_ok(ctx, qwr_plugin_register(ctx, &oak));
    return ctx;
}

/** Waits, generously, until no thread is left behind. */
static size_t wait_for_stragglers(qwr_context *ctx)
{
    for (int i = 0; i < 2000 && qwr__registry_stragglers(ctx) > 0; i++)
        pause_ms(5);
    return qwr__registry_stragglers(ctx);
}

START_TEST(good_run_leaves_its_argument_to_the_caller)
{
    int released = 0;
    qwr_context *ctx = context_with_oak();
    task *t = task_new(ctx, &released);
    qwr_test_ok(ctx, qwr__plugin_run(ctx, &oak, -1, 1000, task_body, task_release, t));
    ck_assert_int_eq(released, 0);
    task_release(t);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(failed_run_takes_its_argument_and_gives_the_plugins_sentence)
{
    int released = 0;
    qwr_context *ctx = context_with_oak();
    task *t = task_new(ctx, &released);
    t->status = QWR_EUNSUPPORTED;
    t->sentence = "no such thing here";
    ck_assert_int_eq(qwr__plugin_run(ctx, &oak, -1, 1000, task_body, task_release, t),
                     QWR_EUNSUPPORTED);
    ck_assert_int_eq(released, 1);
    ck_assert(qwr_test_cause_holds(ctx, "oak-test: no such thing here"));
    ck_assert_ptr_nonnull(qwr__registry_look(ctx, QWR_PLUGIN_SOLVER, "oak-test"));
    qwr_context_free(ctx);
}
END_TEST

START_TEST(status_outside_the_contract_disables)
{
    qwr_context *ctx = context_with_oak();
    task *t = task_new(ctx, NULL);
    t->status = qwr__plugin_status(77);
    ck_assert_int_eq(qwr__plugin_run(ctx, &oak, -1, 1000, task_body, task_release, t), QWR_EPLUGIN);
    ck_assert_ptr_null(qwr__registry_look(ctx, QWR_PLUGIN_SOLVER, "oak-test"));
    qwr_context_free(ctx);
}
END_TEST

START_TEST(cancel_reaches_a_running_plugin)
{
    int released = 0;
    qwr_context *ctx = context_with_oak();
    task *t = task_new(ctx, &released);
    t->polls = true;
    t->sleep_ms = 20000;
    qwr_context_cancel(ctx);
    qwr_test_ok(ctx, qwr__plugin_run(ctx, &oak, -1, 5000000, task_body, task_release, t));
    ck_assert_int_eq(t->saw_cancel, 1);
    task_release(t);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(deadline_counts_as_cancelled_for_the_plugin)
{
    qwr_context *ctx = context_with_oak();
    task *t = task_new(ctx, NULL);
    t->polls = true;
    t->sleep_ms = 20000;
    qwr_test_ok(ctx, qwr__plugin_run(ctx, &oak, qwr__now_us() + 20000, 5000000, task_body,
                                     task_release, t));
    ck_assert_int_eq(t->saw_cancel, 1);
    task_release(t);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(late_plugin_is_left_behind_disabled_and_freed_when_it_comes_back)
{
    int released = 0;
    qwr_context *ctx = context_with_oak();
    task *t = task_new(ctx, &released);
    t->sleep_ms = 400;
    t->sentence = "a call from the past";
    ck_assert_int_eq(
        qwr__plugin_run(ctx, &oak, qwr__now_us() + 5000, 5000, task_body, task_release, t),
        QWR_EPLUGIN);
    ck_assert_int_eq(released, 0);
    ck_assert(qwr_test_cause_holds(ctx, "left behind"));
    ck_assert_uint_eq(qwr__registry_stragglers(ctx), 1);
    ck_assert_ptr_null(qwr__registry_look(ctx, QWR_PLUGIN_SOLVER, "oak-test"));
    ck_assert_uint_eq(wait_for_stragglers(ctx), 0);
    ck_assert_int_eq(released, 1);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(disabled_plugin_is_not_run)
{
    int released = 0;
    qwr_context *ctx = context_with_oak();
    task *t = task_new(ctx, &released);
    qwr__registry_disable(ctx, &oak, "it said NaN");
    ck_assert_int_eq(qwr__plugin_run(ctx, &oak, -1, 1000, task_body, task_release, t), QWR_EPLUGIN);
    ck_assert_int_eq(released, 1);
    ck_assert(qwr_test_cause_holds(ctx, "it said NaN"));
    qwr_context_free(ctx);
}
END_TEST

START_TEST(no_plugin_is_run_when_too_many_never_came_back)
{
    static const char *const id[QWR__STRAGGLER_LIMIT] = {"a-test", "b-test", "c-test", "d-test"};
    qwr_plugin slow[QWR__STRAGGLER_LIMIT];
    int released = 0;
    qwr_context *ctx = context_with_oak();
    for (int i = 0; i < QWR__STRAGGLER_LIMIT; i++) {
        slow[i] = oak;
        slow[i].id = id[i];
        qwr_test_ok(ctx, qwr_plugin_register(ctx, &slow[i]));
        task *t = task_new(ctx, &released);
        t->sleep_ms = 1500;
        ck_assert_int_eq(
            qwr__plugin_run(ctx, &slow[i], qwr__now_us(), 1000, task_body, task_release, t),
            QWR_EPLUGIN);
    }
    ck_assert_int_eq(
        qwr__plugin_run(ctx, &oak, -1, 1000, task_body, task_release, task_new(ctx, &released)),
        QWR_EPLUGIN);
    ck_assert(qwr_test_cause_holds(ctx, "have never come back"));
    ck_assert_uint_eq(wait_for_stragglers(ctx), 0);
    task *t = task_new(ctx, &released);
    qwr_test_ok(ctx, qwr__plugin_run(ctx, &oak, -1, 1000, task_body, task_release, t));
    task_release(t);
    ck_assert_int_eq(released, QWR__STRAGGLER_LIMIT + 2);
    qwr_context_free(ctx);
}
END_TEST

/* Memory that outlives the context, and that no leak checker counts. */
static _Alignas(64) char arena[1 << 20];
static atomic_size_t arena_used;

static void *arena_alloc(void *payload, size_t bytes)
{
    (void)payload;
    size_t at = atomic_fetch_add(&arena_used, (bytes + 63) / 64 * 64);
    return at + bytes <= sizeof arena ? arena + at : NULL;
}

static void *arena_resize(void *payload, void *block, size_t bytes)
{
    char *bigger = arena_alloc(payload, bytes);
    if (bigger != NULL && block != NULL) /* the old size is not known; copy what lies between */
        memmove(bigger, block,
                (size_t)(bigger - (char *)block) < bytes ? (size_t)(bigger - (char *)block)
                                                         : bytes);
    return bigger;
}

static void arena_release(void *payload, void *block)
{
    (void)payload;
    (void)block;
}

START_TEST(context_can_be_freed_while_a_plugin_is_still_out)
{
    const qwr_allocator hooks = {sizeof hooks, arena_alloc, arena_resize, arena_release, NULL};
    qwr_context *ctx = NULL;
    ck_assert_int_eq(qwr_context_new(&ctx, &hooks), QWR_OK);
    qwr_test_ok(ctx, qwr_plugin_register(ctx, &oak));
    task *t = task_new(ctx, NULL);
    t->sleep_ms = 200;
    t->sentence = "a call from the past";
    ck_assert_int_eq(qwr__plugin_run(ctx, &oak, qwr__now_us(), 1000, task_body, task_release, t),
                     QWR_EPLUGIN);
    qwr_context_free(ctx);
    pause_ms(400); /* what it still touches must not be gone */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("registry");
    TCase *list = tcase_create("list");
    tcase_add_test(list, plugins_are_listed_by_kind_then_id);
    tcase_add_test(list, plugin_past_the_end_is_not_found);
    tcase_add_test(list, info_of_an_older_caller_is_filled_no_further_than_its_size);
    tcase_add_test(list, same_descriptor_twice_is_one_plugin);
    tcase_add_test(list, taken_id_is_refused_and_names_the_holder);
    tcase_add_test(list, broken_descriptor_is_not_registered);
    tcase_add_test(list, unknown_id_names_the_nearest);
    tcase_add_test(list, id_of_another_kind_is_not_found);
    tcase_add_test(list, disabled_plugin_is_listed_with_its_first_reason_and_not_found);
    tcase_add_test(list, options_of_a_plugin_are_set_by_id_and_name);
    tcase_add_test(list, bad_module_of_the_search_path_is_logged_and_skipped);
    tcase_add_test(list, registering_survives_every_failed_allocation);
    tcase_add_test(list, host_frees_what_the_plugin_forgot);
    tcase_add_test(list, host_random_is_a_function_of_seed_stream_and_index);
    suite_add_tcase(suite, list);
    TCase *runs = tcase_create("runs");
    tcase_set_timeout(runs, 60);
    tcase_add_test(runs, good_run_leaves_its_argument_to_the_caller);
    tcase_add_test(runs, failed_run_takes_its_argument_and_gives_the_plugins_sentence);
    tcase_add_test(runs, status_outside_the_contract_disables);
    tcase_add_test(runs, cancel_reaches_a_running_plugin);
    tcase_add_test(runs, deadline_counts_as_cancelled_for_the_plugin);
    tcase_add_test(runs, late_plugin_is_left_behind_disabled_and_freed_when_it_comes_back);
    tcase_add_test(runs, disabled_plugin_is_not_run);
    tcase_add_test(runs, no_plugin_is_run_when_too_many_never_came_back);
    tcase_add_test(runs, context_can_be_freed_while_a_plugin_is_still_out);
    suite_add_tcase(suite, runs);
    return qwr_test_main(suite);
}
