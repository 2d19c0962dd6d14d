/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one thread of this machine can do at most: the ceilings that hot loops are held against.
 * Each is the best of some rounds, in processor time, so that a busy machine does not spoil it.
 */
#ifndef QWR_BENCH_LIMITS_H
#define QWR_BENCH_LIMITS_H

#include <stddef.h>

/** Processor time of this thread. @unit s */
double limits_now_s(void);

/** The widest vectors that are used: avx512, avx2, generic. */
const char *limits_level(void);
/** Bytes a second that plain vector sums load from a block that is read over and over; 0: no
 * memory. @unit GB/s */
double limits_load(size_t bytes);
/** Time of a load whose address is the result of the load before; 0: no memory. @unit ns */
double limits_latency(size_t bytes);
/** Time of a step x = min(x + a, b) on 64-bit integers, which needs the step before. @unit ns */
double limits_chain(void);
/** Such steps a second when they do not need each other. @unit 1e9/s */
double limits_steps(void);
/** The same on 32-bit integers side by side in the widest vectors, all lanes counted; 0: not known
 * for this processor. @unit 1e9/s */
double limits_wide_steps(void);

#endif
