/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What this machine can do at most where the hot loops work: bytes a second loaded, time of a load
 * and of a step that needs the one before. Build and run by hand: make tests/bench/bench_limits &&
 * tests/bench/bench_limits
 */
#include "bench/limits.h"

#include <stdio.h>

int main(void)
{
    printf("first cache level, 16 KB: %7.1f GB/s\n", limits_load((size_t)16 << 10));
    printf("second level,    512 KB: %7.1f GB/s\n", limits_load((size_t)512 << 10));
    printf("memory,          512 MB: %7.1f GB/s\n", limits_load((size_t)512 << 20));
    printf("a load that waits for one, 16 KB: %7.2f ns\n", limits_latency((size_t)16 << 10));
    printf("                          512 KB: %7.2f ns\n", limits_latency((size_t)512 << 10));
    printf("                           64 MB: %7.2f ns\n", limits_latency((size_t)64 << 20));
    printf("x = min(x + a, b), waiting for x: %7.2f ns\n", limits_chain());
    printf("                     not waiting: %7.2f billion steps a second\n", limits_steps());
    printf("          side by side in vectors: %7.2f billion steps a second\n",
           limits_wide_steps());
    printf("vectors: %s\n", limits_level());
    return 0;
}
