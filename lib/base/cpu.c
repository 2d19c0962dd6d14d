/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What this processor runs and how many threads a call may use. Must never ask the environment:
 * the options `simd` and `threads` of the context decide.
 */
#include "base/context_private.h"

#include <string.h>
#ifdef _OPENMP
#include <sched.h>
#include <unistd.h>
#endif

qwr__simd qwr__cpu_best(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq"))
        return QWR__SIMD_AVX512;
    if (__builtin_cpu_supports("avx2"))
        return QWR__SIMD_AVX2;
#endif
    return QWR__SIMD_GENERIC;
}

qwr__simd qwr__cpu_level(const qwr_context *ctx)
{
    qwr__simd best = qwr__cpu_best();
    qwr__simd wanted = best;
    const char *word = qwr__option_text(ctx, "simd");

    if (word != NULL && strcmp(word, "generic") == 0)
        wanted = QWR__SIMD_GENERIC;
    else if (word != NULL && strcmp(word, "avx2") == 0)
        wanted = QWR__SIMD_AVX2;
    return wanted < best ? wanted : best;
}

#ifdef _OPENMP
/* Enough for 16384 processors; the kernel refuses a set smaller than its own. */
static int processors(void)
{
    cpu_set_t sets[16];

    memset(sets, 0, sizeof sets);
    if (sched_getaffinity(0, sizeof sets, sets) == 0) {
        int count = CPU_COUNT_S(sizeof sets, sets);
        if (count > 0)
            return count;
    }
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 && online < 16384 ? (int)online : 1;
}

/* The process that loaded the library: written once, by the loader, before anything else runs. */
static pid_t loading_process;

__attribute__((constructor)) static void note_process(void)
{
    loading_process = getpid();
}

/*
 * libgomp hangs when a forked child enters a parallel region after its parent did. Whether the
 * parent did cannot be known for sure: the host may use OpenMP, too.
 */
static bool must_run_serially(const qwr_context *ctx)
{
    pid_t process = getpid();
    const char *word = qwr__option_text(ctx, "after_fork");

    return process != ctx->pid ||
           (process != loading_process && (word == NULL || strcmp(word, "threads") != 0));
}

int qwr__threads(const qwr_context *ctx)
{
    if (must_run_serially(ctx))
        return 1;
    int64_t wanted = qwr__option_int(ctx, "threads");
    return wanted > 0 ? (int)wanted : processors();
}
#else
int qwr__threads(const qwr_context *ctx)
{
    (void)ctx;
    return 1;
}
#endif
