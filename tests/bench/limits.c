/* SPDX-License-Identifier: Apache-2.0 */
/* Measures the ceilings of limits.h. */
#include "bench/limits.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { ROUNDS = 7, LINE = 64 };

typedef uint32_t (*sum_fn)(const uint32_t *x, size_t count);

double limits_now_s(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* --- loads --- */

/* Eight sums, enough that none waits for itself; as vector types, so that they stay in registers
 * whatever the compiler makes of loops. */
#define SUM(name, bytes, attributes)                                                               \
    attributes static uint32_t name(const uint32_t *x, size_t count)                               \
    {                                                                                              \
        typedef uint32_t wide __attribute__((vector_size(bytes)));                                 \
        wide a = {0}, b = a, c = a, d = a, e = a, f = a, g = a, h = a;                             \
        const size_t lanes = (bytes) / sizeof *x;                                                  \
        const wide *v = (const wide *)(const void *)x, *end = v + count / lanes;                   \
        for (; v < end; v += 8) {                                                                  \
            a += v[0], b += v[1], c += v[2], d += v[3];                                            \
            e += v[4], f += v[5], g += v[6], h += v[7];                                            \
        }                                                                                          \
        a += b + c + d + e + f + g + h;                                                            \
        uint32_t sum = 0;                                                                          \
        for (size_t l = 0; l < lanes; l++)                                                         \
            sum += a[l];                                                                           \
        return sum;                                                                                \
    }

SUM(sum_generic, 16, )
#if defined(__x86_64__)
SUM(sum_avx2, 32, __attribute__((target("avx2"))))
SUM(sum_avx512, 64, __attribute__((target("avx512f"))))
#endif

static sum_fn best_sum(const char **name)
{
#if defined(__x86_64__)
    *name = "avx512";
    if (__builtin_cpu_supports("avx512f"))
        return sum_avx512;
    *name = "avx2";
    if (__builtin_cpu_supports("avx2"))
        return sum_avx2;
#endif
    *name = "generic";
    return sum_generic;
}

const char *limits_level(void)
{
    const char *name;
    (void)best_sum(&name);
    return name;
}

double limits_load(size_t bytes)
{
    const char *name;
    const size_t count = bytes / sizeof(uint32_t), repeat = 1 + ((size_t)1 << 29) / bytes;
    sum_fn sum = best_sum(&name);
    volatile uint32_t sink = 0;
    double best = 0;
    uint32_t *x = aligned_alloc(LINE, bytes);
    if (!x)
        return 0;
    for (size_t k = 0; k < count; k++)
        x[k] = (uint32_t)k;
    for (int r = 0; r < ROUNDS; r++) {
        double begin = limits_now_s();
        for (size_t k = 0; k < repeat; k++)
            sink = sink + sum(x, count);
        double rate = (double)bytes * (double)repeat / (limits_now_s() - begin) * 1e-9;
        best = rate > best ? rate : best;
    }
    free(x);
    return best;
}

/* --- latency --- */

/* A cycle through all lines of the block in random order, after Sattolo. */
static void make_cycle(size_t *next, size_t lines)
{
    const size_t step = LINE / sizeof *next;
    uint64_t random = 1;
    for (size_t k = 0; k < lines; k++)
        next[k * step] = k * step;
    for (size_t k = lines - 1; k > 0; k--) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        size_t other = (size_t)((random >> 33) % k) * step, here = next[k * step];
        next[k * step] = next[other];
        next[other] = here;
    }
}

double limits_latency(size_t bytes)
{
    enum { LOADS = 2000000 };
    volatile size_t sink = 0;
    double best = 0;
    size_t *next = aligned_alloc(LINE, bytes), at = 0;
    if (!next)
        return 0;
    make_cycle(next, bytes / LINE);
    for (int r = 0; r < ROUNDS; r++) {
        double begin = limits_now_s();
        for (int k = 0; k < LOADS; k++)
            at = next[at];
        sink = sink + at;
        double ns = (limits_now_s() - begin) / LOADS * 1e9;
        best = best == 0 || ns < best ? ns : best;
    }
    free(next);
    return best;
}

/* --- steps of a recurrence --- */

enum { TABLE = 64, STEPS = 64 * 20000 };

static inline int64_t step(int64_t x, int64_t add, int64_t most)
{
    int64_t sum = x + add;
    return sum < most ? sum : most;
}

static int64_t one_chain(const int64_t *add, const int64_t *most)
{
    int64_t x = 0;
    for (int r = 0; r < STEPS / TABLE; r++)
        for (int k = 0; k < TABLE; k++)
            x = step(x, add[k], most[k]);
    return x;
}

static int64_t four_chains(const int64_t *add, const int64_t *most)
{
    int64_t x = 0, y = 1, z = 2, u = 3;
    for (int r = 0; r < STEPS / TABLE; r++)
        for (int k = 0; k < TABLE; k += 4) {
            x = step(x, add[k], most[k]);
            y = step(y, add[k + 1], most[k + 1]);
            z = step(z, add[k + 2], most[k + 2]);
            u = step(u, add[k + 3], most[k + 3]);
        }
    return x + y + z + u;
}

/* Best time of a step. */
static double step_ns(int64_t (*chains)(const int64_t *add, const int64_t *most))
{
    volatile int64_t sink = 0;
    int64_t add[TABLE], most[TABLE];
    double best = 0;
    for (int k = 0; k < TABLE; k++) {
        add[k] = (k * 37) % 11;
        most[k] = 1000 + (k * 53) % 97;
    }
    for (int r = 0; r < ROUNDS; r++) {
        double begin = limits_now_s();
        sink = sink + chains(add, most);
        double ns = (limits_now_s() - begin) / STEPS * 1e9;
        best = best == 0 || ns < best ? ns : best;
    }
    return best;
}

double limits_chain(void)
{
    return step_ns(one_chain);
}

double limits_steps(void)
{
    return 1 / step_ns(four_chains);
}

/* --- steps side by side --- */

#if defined(__x86_64__)
/* Eight chains hide the wait for x; b changes, so that nothing is known of it beforehand. */
#define WIDE_STEPS(name, attributes, type, set, add, min)                                          \
    attributes static int32_t name(int32_t seed)                                                   \
    {                                                                                              \
        type x[8], a = set(3), b = set(seed), sum = set(0);                                        \
        for (int c = 0; c < 8; c++)                                                                \
            x[c] = set(seed + c);                                                                  \
        for (int r = 0; r < STEPS / 8; r++) {                                                      \
            x[0] = min(add(x[0], a), b);                                                           \
            x[1] = min(add(x[1], a), b);                                                           \
            x[2] = min(add(x[2], a), b);                                                           \
            x[3] = min(add(x[3], a), b);                                                           \
            x[4] = min(add(x[4], a), b);                                                           \
            x[5] = min(add(x[5], a), b);                                                           \
            x[6] = min(add(x[6], a), b);                                                           \
            x[7] = min(add(x[7], a), b);                                                           \
        }                                                                                          \
        for (int c = 0; c < 8; c++)                                                                \
            sum = add(sum, x[c]);                                                                  \
        int32_t lane[sizeof(type) / sizeof(int32_t)];                                              \
        __builtin_memcpy(lane, &sum, sizeof sum);                                                  \
        return lane[0];                                                                            \
    }

WIDE_STEPS(wide_avx2, __attribute__((target("avx2"))), __m256i, _mm256_set1_epi32, _mm256_add_epi32,
           _mm256_min_epi32)
WIDE_STEPS(wide_avx512, __attribute__((target("avx512f"))), __m512i, _mm512_set1_epi32,
           _mm512_add_epi32, _mm512_min_epi32)
#endif

double limits_wide_steps(void)
{
#if defined(__x86_64__)
    const char *level = limits_level();
    const int lanes = level[3] == '5' ? 16 : 8;
    volatile int32_t sink = 0;
    double best = 0;
    if (level[0] != 'a')
        return 0;
    for (int r = 0; r < ROUNDS; r++) {
        double begin = limits_now_s();
        sink = sink + (lanes == 16 ? wide_avx512(r) : wide_avx2(r));
        double rate = (double)lanes * STEPS / (limits_now_s() - begin) * 1e-9;
        best = rate > best ? rate : best;
    }
    return best;
#else
    return 0;
#endif
}
