/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The test helpers themselves: an allocator that failed to fail would make every n-th-allocation
 * test pass. Knows no domain word.
 */
#include "support.h"

#include <stdlib.h>
#include <string.h>

START_TEST(allocator_refuses_the_asked_allocation_alone)
{
    qwr_test_allocator a;
    void *first, *third;

    qwr_test_allocator_init(&a, 2, false);
    first = a.hooks.alloc(a.hooks.payload, 8);
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_null(a.hooks.alloc(a.hooks.payload, 8));
    third = a.hooks.alloc(a.hooks.payload, 8);
    ck_assert_ptr_nonnull(third);
    ck_assert(atomic_load(&a.failed));
    ck_assert_int_eq(atomic_load(&a.live), 2);
    a.hooks.release(a.hooks.payload, first);
    a.hooks.release(a.hooks.payload, third);
    a.hooks.release(a.hooks.payload, NULL);
    ck_assert_int_eq(atomic_load(&a.live), 0);
}
END_TEST

START_TEST(allocator_refuses_all_later_ones_when_asked)
{
    qwr_test_allocator a;
    void *first;

    qwr_test_allocator_init(&a, 2, true);
    first = a.hooks.alloc(a.hooks.payload, 8);
    ck_assert_ptr_null(a.hooks.resize(a.hooks.payload, first, 16));
    ck_assert_ptr_null(a.hooks.alloc(a.hooks.payload, 8));
    ck_assert_int_eq(atomic_load(&a.live), 1);
    a.hooks.release(a.hooks.payload, first);
}
END_TEST

START_TEST(each_allocation_counts_what_a_context_needs)
{
    qwr_test_allocator a;
    qwr_context *ctx = NULL;

    qwr_test_allocator_init(&a, 0, false);
    ck_assert_int_eq(qwr_context_new(&ctx, &a.hooks), QWR_OK);
    qwr_context_free(ctx);
    ck_assert_int_gt(atomic_load(&a.count), 0);
    ck_assert_int_eq(atomic_load(&a.live), 0);
    ck_assert(!atomic_load(&a.failed));
}
END_TEST

START_TEST(files_come_back_as_written)
{
    const char *path = qwr_test_file("bytes");
    size_t length = 0;
    char *back;

    qwr_test_write(path, "a\0b\n", 4);
    back = qwr_test_read(path, &length);
    ck_assert_uint_eq(length, 4);
    ck_assert_int_eq(memcmp(back, "a\0b\n", 5), 0);
    free(back);
}
END_TEST

START_TEST(benchmark_that_is_not_there_is_null)
{
    ck_assert_ptr_null(qwr_test_benchmark("no/such/instance"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("support");
    TCase *tests = tcase_create("support");

    tcase_add_test(tests, allocator_refuses_the_asked_allocation_alone);
    tcase_add_test(tests, allocator_refuses_all_later_ones_when_asked);
    tcase_add_test(tests, each_allocation_counts_what_a_context_needs);
    tcase_add_test(tests, files_come_back_as_written);
    tcase_add_test(tests, benchmark_that_is_not_there_is_null);
    suite_add_tcase(suite, tests);
    return qwr_test_main(suite);
}
