/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random numbers and hashes of floor 0: the same for ever, and without a pattern anybody would trip
 * over. Knows no domain word.
 */
#include "base/base.h"
#include "support/support.h"

#include <math.h>

START_TEST(random_numbers_depend_on_seed_stage_and_index_alone)
{
    qwr__rng rng = {.seed = 7, .stage = 3, .index = 0};

    for (uint64_t i = 0; i < 100; i++)
        ck_assert_uint_eq(qwr__rng_next(&rng), qwr__random(7, 3, i));
    ck_assert_uint_ne(qwr__random(7, 3, 0), qwr__random(3, 7, 0));
    ck_assert_uint_ne(qwr__random(7, 3, 0), qwr__random(7, 3, 1));
    ck_assert_uint_ne(qwr__random(0, 0, 0), 0);
}
END_TEST

/* Plans made with a seed must not change from one version to the next. */
START_TEST(random_numbers_stay_the_same_for_ever)
{
    ck_assert_uint_eq(qwr__random(0, 0, 0), UINT64_C(0x2b118da69ef1133c));
    ck_assert_uint_eq(qwr__random(1, 2, 3), UINT64_C(0xfa5b858e89e9a5c0));
}
END_TEST

/* 64 bins, 64000 draws: chi square has mean 63 and deviation 11. */
static double chi_square(uint64_t seed, uint64_t stage, unsigned shift, uint64_t stride)
{
    double counts[64] = {0};
    double sum = 0;

    for (uint64_t i = 0; i < 64000; i++)
        counts[(qwr__random(seed, stage, i * stride) >> shift) & 63]++;
    for (size_t b = 0; b < 64; b++)
        sum += (counts[b] - 1000) * (counts[b] - 1000) / 1000;
    return sum;
}

START_TEST(random_bits_are_uniform_in_every_place)
{
    for (unsigned shift = 0; shift <= 58; shift += 29) {
        ck_assert_double_lt(chi_square(1, 1, shift, 1), 120);
        ck_assert_double_gt(chi_square(1, 1, shift, 1), 25);
        ck_assert_double_lt(chi_square(1, 2, shift, 1ULL << 40), 120);
        ck_assert_double_lt(chi_square(1ULL << 63, 0, shift, 2), 120);
    }
}
END_TEST

START_TEST(neighbouring_streams_are_not_alike)
{
    uint64_t bits = 0;

    for (uint64_t i = 0; i < 10000; i++)
        bits += (uint64_t)__builtin_popcountll(qwr__random(5, i, 0) ^ qwr__random(5, i + 1, 0)) +
                (uint64_t)__builtin_popcountll(qwr__random(i, 5, 9) ^ qwr__random(i + 1, 5, 9));
    /* 20000 words of 64 bits, half of them different: 640000, deviation 566. */
    ck_assert_uint_gt(bits, 637000);
    ck_assert_uint_lt(bits, 643000);
}
END_TEST

START_TEST(random_below_and_unit_stay_in_their_range)
{
    qwr__rng rng = {.seed = 11, .stage = 1, .index = 0};
    int seen[6] = {0};
    double sum = 0;

    for (int i = 0; i < 6000; i++) {
        uint64_t below = qwr__rng_below(&rng, 6);
        ck_assert_uint_lt(below, 6);
        seen[below]++;
        double unit = qwr__rng_unit(&rng);
        ck_assert_double_ge(unit, 0.0);
        ck_assert_double_lt(unit, 1.0);
        sum += unit;
    }
    for (int i = 0; i < 6; i++)
        ck_assert_int_gt(seen[i], 850);
    ck_assert_double_lt(fabs(sum / 6000 - 0.5), 0.02);
    ck_assert_uint_eq(qwr__rng_below(&rng, 1), 0);
}
END_TEST

START_TEST(hash_is_fnv1a_and_can_be_continued)
{
    ck_assert_uint_eq(qwr__hash(0, "a", 1), UINT64_C(0xaf63dc4c8601ec8c));
    ck_assert_uint_eq(qwr__hash(0, "foobar", 6), UINT64_C(0x85944171f73967e8));
    ck_assert_uint_eq(qwr__hash(qwr__hash(0, "foo", 3), "bar", 3), qwr__hash(0, "foobar", 6));
    ck_assert_uint_ne(qwr__hash(0, "\0", 1), qwr__hash(0, "\0\0", 2));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base_random");
    TCase *chance = tcase_create("chance");

    tcase_add_test(chance, random_numbers_depend_on_seed_stage_and_index_alone);
    tcase_add_test(chance, random_numbers_stay_the_same_for_ever);
    tcase_add_test(chance, random_bits_are_uniform_in_every_place);
    tcase_add_test(chance, neighbouring_streams_are_not_alike);
    tcase_add_test(chance, random_below_and_unit_stay_in_their_range);
    tcase_add_test(chance, hash_is_fnv1a_and_can_be_continued);
    suite_add_tcase(suite, chance);
    return qwr_test_main(suite);
}
