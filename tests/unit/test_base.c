/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Context, causes, log, memory and processor of floor 0. Options, chance and text have programs of
 * their own. Knows no domain word.
 */
#include "base/base.h"
#include "support/support.h"

#include <quaywright/version.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static qwr_context *ctx;

static void setup(void)
{
    ctx = qwr_test_context();
}

static void teardown(void)
{
    qwr_context_free(ctx);
}

static const char *message(size_t i)
{
    const qwr_cause *cause = qwr_context_cause(ctx, i);

    return cause != NULL ? cause->message : "";
}

/* --- names and version --- */

START_TEST(every_status_outcome_and_stop_has_its_own_name)
{
    for (int i = 0; i <= QWR_ETOOBIG; i++)
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(qwr_status_name((qwr_status)i), qwr_status_name((qwr_status)j));
    ck_assert_str_eq(qwr_status_name(QWR_ENOMEM), "QWR_ENOMEM");
    ck_assert_str_eq(qwr_status_name((qwr_status)99), "QWR_STATUS_UNKNOWN");
    ck_assert_str_eq(qwr_outcome_name(QWR_OUTCOME_INFEASIBLE), "infeasible");
    ck_assert_str_eq(qwr_outcome_name((qwr_outcome)9), "unknown");
    ck_assert_str_eq(qwr_stop_name(QWR_STOP_LIMIT), "limit");
    ck_assert_str_eq(qwr_stop_name((qwr_stop)9), "unknown");
}
END_TEST

START_TEST(version_is_at_least_itself_and_not_a_later_one)
{
    ck_assert_str_eq(qwr_version(), QWR_VERSION);
    ck_assert(qwr_version_at_least(QWR_VERSION_MAJOR, QWR_VERSION_MINOR, QWR_VERSION_PATCH));
    ck_assert(!qwr_version_at_least(QWR_VERSION_MAJOR, QWR_VERSION_MINOR, QWR_VERSION_PATCH + 1));
    ck_assert(!qwr_version_at_least(QWR_VERSION_MAJOR, QWR_VERSION_MINOR + 1, 0));
    ck_assert(!qwr_version_at_least(QWR_VERSION_MAJOR + 1, 0, 0));
    ck_assert(qwr_version_at_least(-1, 99, 99));
}
END_TEST

/* --- context --- */

START_TEST(context_needs_all_three_hooks)
{
    qwr_test_allocator allocator;
    qwr_context *out = ctx;

    qwr_test_allocator_init(&allocator, 0, false);
    qwr_allocator hooks = allocator.hooks;
    hooks.resize = NULL;
    ck_assert_int_eq(qwr_context_new(&out, &hooks), QWR_EINVAL);
    ck_assert_ptr_null(out);
    ck_assert_int_eq(qwr_context_new(NULL, NULL), QWR_EINVAL);
}
END_TEST

START_TEST(hooks_beyond_the_callers_size_are_not_read)
{
    qwr_test_allocator allocator;
    qwr_context *out = ctx;

    qwr_test_allocator_init(&allocator, 0, false);
    qwr_allocator hooks = allocator.hooks;
    hooks.size = (uint32_t)offsetof(qwr_allocator, release);
    ck_assert_int_eq(qwr_context_new(&out, &hooks), QWR_EINVAL);
    ck_assert_ptr_null(out);
}
END_TEST

START_TEST(cancel_is_seen_until_it_is_reset)
{
    ck_assert(!qwr__cancelled(ctx));
    qwr_context_cancel(ctx);
    ck_assert(qwr__cancelled(ctx));
    ck_assert_int_eq(atomic_load(qwr__cancel_flag(ctx)), 1);
    qwr_context_cancel_reset(ctx);
    ck_assert(!qwr__cancelled(ctx));
    qwr_context_cancel(NULL);
}
END_TEST

static int released;

static void release_registry(qwr_context *owner, void *registry)
{
    ck_assert_ptr_nonnull(owner);
    released += *(int *)registry;
}

START_TEST(registry_slot_is_released_once_with_the_context)
{
    static int one = 1;
    static int ten = 10;
    qwr_context *other = qwr_test_context();

    released = 0;
    ck_assert_ptr_null(qwr__context_registry(other));
    qwr__context_set_registry(other, &one, release_registry);
    ck_assert_ptr_eq(qwr__context_registry(other), &one);
    qwr__context_set_registry(other, &ten, release_registry);
    ck_assert_int_eq(released, 1);
    qwr_context_free(other);
    ck_assert_int_eq(released, 11);
    qwr_context_free(NULL);
}
END_TEST

/* --- causes and log --- */

START_TEST(causes_keep_order_file_and_line)
{
    ck_assert_int_eq(qwr__fail(ctx, QWR_EFORMAT, "io.csv", "calls.csv", 12, "bad %s", "eta"),
                     QWR_EFORMAT);
    ck_assert_int_eq(qwr__cause(ctx, QWR_EIO, "engine", "while %d", 7), QWR_EIO);
    ck_assert_uint_eq(qwr_context_cause_count(ctx), 2);
    const qwr_cause *inner = qwr_context_cause(ctx, 0);
    ck_assert_uint_eq(inner->size, sizeof *inner);
    ck_assert_int_eq(inner->status, QWR_EFORMAT);
    ck_assert_str_eq(inner->where, "io.csv");
    ck_assert_str_eq(inner->message, "bad eta");
    ck_assert_str_eq(inner->file, "calls.csv");
    ck_assert_int_eq(inner->line, 12);
    ck_assert_str_eq(message(1), "while 7");
    ck_assert_ptr_null(qwr_context_cause(ctx, 1)->file);
    ck_assert_ptr_null(qwr_context_cause(ctx, 2));
    qwr__causes_clear(ctx);
    ck_assert_uint_eq(qwr_context_cause_count(ctx), 0);
}
END_TEST

START_TEST(long_messages_are_cut_between_characters)
{
    char text[2000];

    /* 255 characters of two bytes fill 510 bytes; another would end at the 512th, the NUL's. */
    for (size_t i = 0; i + 1 < sizeof text; i += 2)
        memcpy(text + i, "\xC3\xA9", 2);
    text[sizeof text - 2] = '\0';
    qwr__fail(ctx, QWR_EINVAL, "here", text, 0, "%s", text);
    ck_assert_uint_eq(strlen(message(0)), 510);
    ck_assert_uint_eq(strlen(qwr_context_cause(ctx, 0)->file), 510);
    qwr__fail(ctx, QWR_EINVAL, "here", NULL, 0, "x%s", text);
    ck_assert_uint_eq(strlen(message(0)), 511);
}
END_TEST

START_TEST(full_chain_keeps_the_innermost_and_the_outermost)
{
    qwr__fail(ctx, QWR_EINVAL, "a", NULL, 0, "first");
    for (int i = 0; i < 50; i++)
        qwr__cause(ctx, QWR_EINVAL, "b", "cause %d", i);
    size_t count = qwr_context_cause_count(ctx);
    ck_assert_uint_ge(count, 4);
    ck_assert_uint_lt(count, 50);
    ck_assert_str_eq(message(0), "first");
    ck_assert_str_eq(message(1), "cause 0");
    ck_assert_str_eq(message(count - 1), "cause 49");
}
END_TEST

START_TEST(cause_may_quote_the_chain_it_replaces)
{
    qwr__fail(ctx, QWR_EINVAL, "a", "in.xml", 3, "inner");
    const qwr_cause *cause = qwr_context_cause(ctx, 0);
    qwr__fail(ctx, QWR_EIO, "b", cause->file, cause->line, "outer: %s", cause->message);
    ck_assert_str_eq(message(0), "outer: inner");
    ck_assert_str_eq(qwr_context_cause(ctx, 0)->file, "in.xml");
}
END_TEST

START_TEST(failing_without_a_context_still_gives_the_status)
{
    ck_assert_int_eq(qwr__fail(NULL, QWR_EIO, "a", NULL, 0, "x"), QWR_EIO);
    ck_assert_int_eq(qwr__cause(NULL, QWR_EIO, "a", "x"), QWR_EIO);
    ck_assert_uint_eq(qwr_context_cause_count(NULL), 0);
    ck_assert_ptr_null(qwr_context_cause(NULL, 0));
}
END_TEST

static void remember_line(qwr_log_level level, const char *line, void *payload)
{
    snprintf(payload, 64, "%d %s", (int)level, line);
}

START_TEST(log_lines_above_the_level_are_dropped)
{
    char line[64] = "";

    qwr__log(ctx, QWR_LOG_WARNING, "silent=1");
    qwr_context_set_log(ctx, remember_line, QWR_LOG_INFO, line);
    qwr__log(ctx, QWR_LOG_DEBUG, "call=%s", "A");
    ck_assert_str_eq(line, "");
    qwr__log(ctx, QWR_LOG_INFO, "stage=%s n=%d", "berth", 3);
    ck_assert_str_eq(line, "2 stage=berth n=3");
    qwr_context_set_log(ctx, NULL, QWR_LOG_DEBUG, NULL);
    qwr__log(ctx, QWR_LOG_WARNING, "silent=1");
    ck_assert_str_eq(line, "2 stage=berth n=3");
}
END_TEST

START_TEST(new_context_survives_every_failing_allocation)
{
    for (long n = 1; n < 200; n++) {
        qwr_test_allocator allocator;
        qwr_context *out = ctx;
        qwr_test_allocator_init(&allocator, n, false);
        qwr_status status = qwr_context_new(&out, &allocator.hooks);
        if (status == QWR_OK) {
            ck_assert_int_gt(n, 10);
            qwr_context_free(out);
            ck_assert_int_eq(atomic_load(&allocator.live), 0);
            return;
        }
        ck_assert_int_eq(status, QWR_ENOMEM);
        ck_assert_ptr_null(out);
        ck_assert_int_eq(atomic_load(&allocator.live), 0);
    }
    ck_abort_msg("it never succeeded");
}
END_TEST

/* --- memory --- */

START_TEST(blocks_are_zeroed_and_overflow_is_refused)
{
    unsigned char *block = qwr__alloc(ctx, 100, 10);

    for (size_t i = 0; i < 1000; i++)
        ck_assert_uint_eq(block[i], 0);
    qwr__free(ctx, block);
    ck_assert_ptr_null(qwr__alloc(ctx, SIZE_MAX / 2, 3));
    ck_assert_ptr_null(qwr__alloc(ctx, (size_t)PTRDIFF_MAX + 1, 1));
    ck_assert_ptr_null(qwr__alloc(ctx, 0, 0));
    ck_assert_ptr_null(qwr__alloc_aligned(ctx, SIZE_MAX / 2, 3));
    ck_assert_ptr_null(qwr__alloc_aligned(ctx, (size_t)PTRDIFF_MAX, 1));
    block = qwr__alloc(ctx, 0, 8);
    ck_assert_ptr_nonnull(block);
    ck_assert_ptr_null(qwr__resize(ctx, block, SIZE_MAX, 2));
    qwr__free(ctx, block);
    qwr__free(ctx, NULL);
}
END_TEST

START_TEST(aligned_blocks_are_aligned_zeroed_and_freed)
{
    for (size_t n = 1; n < 300; n += 7) {
        unsigned char *block = qwr__alloc_aligned(ctx, n, 3);
        ck_assert_uint_eq((uintptr_t)block % 64, 0);
        for (size_t i = 0; i < 3 * n; i++)
            ck_assert_uint_eq(block[i], 0);
        memset(block, 0xFF, 3 * n);
        qwr__free_aligned(ctx, block);
    }
    qwr__free_aligned(ctx, NULL);
}
END_TEST

START_TEST(reserve_doubles_and_keeps_what_is_there)
{
    void *array = NULL;
    size_t capacity = 0;

    qwr_test_ok(ctx, qwr__reserve(ctx, &array, &capacity, 0, sizeof(int)));
    ck_assert_ptr_null(array);
    for (size_t i = 0; i < 1000; i++) {
        qwr_test_ok(ctx, qwr__reserve(ctx, &array, &capacity, i + 1, sizeof(int)));
        ((int *)array)[i] = (int)i;
    }
    ck_assert_uint_eq(capacity, 1024);
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(((int *)array)[i], i);
    ck_assert_int_eq(qwr__reserve(ctx, &array, &capacity, SIZE_MAX, sizeof(int)), QWR_ENOMEM);
    ck_assert_uint_eq(capacity, 1024);
    qwr__free(ctx, array);
}
END_TEST

/* --- processor --- */

START_TEST(simd_level_never_exceeds_the_processor)
{
    qwr__simd best = qwr__cpu_best();

    ck_assert_int_eq(qwr__cpu_level(ctx), best);
    qwr_test_ok(ctx, qwr_context_set_option(ctx, "simd", "generic"));
    ck_assert_int_eq(qwr__cpu_level(ctx), QWR__SIMD_GENERIC);
    qwr_test_ok(ctx, qwr_context_set_option(ctx, "simd", "avx2"));
    ck_assert_int_eq(qwr__cpu_level(ctx), best < QWR__SIMD_AVX2 ? best : QWR__SIMD_AVX2);
    qwr_test_ok(ctx, qwr_context_set_option(ctx, "simd", "avx512"));
    ck_assert_int_eq(qwr__cpu_level(ctx), best);
}
END_TEST

START_TEST(threads_follow_the_option_and_are_one_in_a_forked_child)
{
    int all = qwr__threads(ctx);
    int status;

    ck_assert_int_ge(all, 1);
    qwr_test_ok(ctx, qwr_context_set_option(ctx, "threads", "5"));
    ck_assert(qwr__threads(ctx) == 5 || (qwr__threads(ctx) == 1 && all == 1));
    pid_t child = fork();
    if (child == 0)
        _exit(qwr__threads(ctx));
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(WEXITSTATUS(status), 1);
}
END_TEST

/* A context made after the fork knows that the library was loaded before it. */
static int threads_in_a_child(const char *after_fork)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        qwr_context *own = NULL;
        if (qwr_context_new(&own, NULL) != QWR_OK ||
            qwr_context_set_option(own, "threads", "5") != QWR_OK ||
            (after_fork != NULL && qwr_context_set_option(own, "after_fork", after_fork) != QWR_OK))
            _exit(99);
        _exit(qwr__threads(own));
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return WEXITSTATUS(status);
}

START_TEST(new_contexts_in_a_forked_child_are_serial_unless_told_otherwise)
{
    qwr_test_ok(ctx, qwr_context_set_option(ctx, "threads", "5"));
    int here = qwr__threads(ctx); /* 1 without OpenMP */

    ck_assert_int_eq(threads_in_a_child(NULL), 1);
    ck_assert_int_eq(threads_in_a_child("serial"), 1);
    ck_assert_int_eq(threads_in_a_child("threads"), here);
}
END_TEST

START_TEST(clock_never_runs_backwards)
{
    int64_t last = qwr__now_us();

    for (int i = 0; i < 1000; i++) {
        int64_t now = qwr__now_us();
        ck_assert_int_ge(now, last);
        last = now;
    }
}
END_TEST

static Suite *base_suite(void)
{
    Suite *suite = suite_create("base");
    TCase *context = tcase_create("context");
    TCase *machine = tcase_create("machine");

    tcase_add_checked_fixture(context, setup, teardown);
    tcase_add_test(context, every_status_outcome_and_stop_has_its_own_name);
    tcase_add_test(context, version_is_at_least_itself_and_not_a_later_one);
    tcase_add_test(context, context_needs_all_three_hooks);
    tcase_add_test(context, hooks_beyond_the_callers_size_are_not_read);
    tcase_add_test(context, cancel_is_seen_until_it_is_reset);
    tcase_add_test(context, registry_slot_is_released_once_with_the_context);
    tcase_add_test(context, causes_keep_order_file_and_line);
    tcase_add_test(context, long_messages_are_cut_between_characters);
    tcase_add_test(context, full_chain_keeps_the_innermost_and_the_outermost);
    tcase_add_test(context, cause_may_quote_the_chain_it_replaces);
    tcase_add_test(context, failing_without_a_context_still_gives_the_status);
    tcase_add_test(context, log_lines_above_the_level_are_dropped);
    tcase_add_test(context, new_context_survives_every_failing_allocation);
    suite_add_tcase(suite, context);

    tcase_add_checked_fixture(machine, setup, teardown);
    tcase_add_test(machine, blocks_are_zeroed_and_overflow_is_refused);
    tcase_add_test(machine, aligned_blocks_are_aligned_zeroed_and_freed);
    tcase_add_test(machine, reserve_doubles_and_keeps_what_is_there);
    tcase_add_test(machine, simd_level_never_exceeds_the_processor);
    tcase_add_test(machine, threads_follow_the_option_and_are_one_in_a_forked_child);
    tcase_add_test(machine, new_contexts_in_a_forked_child_are_serial_unless_told_otherwise);
    tcase_add_test(machine, clock_never_runs_backwards);
    suite_add_tcase(suite, machine);

    return suite;
}

int main(void)
{
    return qwr_test_main(base_suite());
}
