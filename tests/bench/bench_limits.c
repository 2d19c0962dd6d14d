/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What this machine can do at most where the cost kernel works: bytes a second loaded from the
 * first cache level and from memory, by plain vector sums. Build and run by hand: make
 * tests/bench/bench_limits && tests/bench/bench_limits
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SMALL = 4096, LANES = 16 };

static double now_s(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

#if defined(__x86_64__)
__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))
#endif
static uint32_t
sum_wide(const uint32_t *x, size_t count)
{
    uint32_t lane[8][LANES] = {{0}}, sum = 0;
    for (size_t k = 0; k + 8 * LANES <= count; k += 8 * LANES)
        for (int b = 0; b < 8; b++)
            for (int l = 0; l < LANES; l++)
                lane[b][l] += x[k + (size_t)(b * LANES + l)];
    for (int b = 0; b < 8; b++)
        for (int l = 0; l < LANES; l++)
            sum += lane[b][l];
    return sum;
}

/* Best of `rounds`, each `repeat` passes over `count` numbers: GB/s. */
static double rate(const uint32_t *x, size_t count, int repeat, int rounds)
{
    volatile uint32_t sink = 0;
    double best = 0;
    for (int r = 0; r < rounds; r++) {
        double begin = now_s();
        for (int k = 0; k < repeat; k++)
            sink = sink + sum_wide(x, count);
        double gb = (double)count * 4 * repeat / (now_s() - begin) * 1e-9;
        best = gb > best ? gb : best;
    }
    return best;
}

int main(void)
{
    size_t large = (size_t)1 << 27;
    uint32_t *x = aligned_alloc(64, large * sizeof *x);
    if (!x)
        return 1;
#if defined(__x86_64__)
    if (!__builtin_cpu_supports("avx512bw")) {
        printf("this bench needs AVX-512\n");
        free(x);
        return 0;
    }
#endif
    for (size_t k = 0; k < large; k++)
        x[k] = (uint32_t)k;
    printf("first cache level, 16 KB: %7.1f GB/s\n", rate(x, SMALL, 200000, 10));
    printf("second level,    512 KB: %7.1f GB/s\n", rate(x, 131072, 5000, 10));
    printf("memory,          512 MB: %7.1f GB/s\n", rate(x, large, 1, 5));
    free(x);
    return 0;
}
