/* SPDX-License-Identifier: Apache-2.0 */
/* What the tool runs on: processor model, processors, clocks. Knows nothing of plans. */
#ifndef QWR_CLI_MACHINE_H
#define QWR_CLI_MACHINE_H

#include <stddef.h>
#include <stdint.h>

#include <quaywright/quaywright.h>

/** Model of the processor, e.g. from /proc/cpuinfo. */
void machine_name(char *text, size_t capacity);
/** Processors this process may run on; at least 1. */
int machine_threads(void);
/** Threads a run of this context uses: its option, or machine_threads(). */
int machine_threads_of(const qwr_context *ctx);
/** The widest vector level of the processor: "generic", "avx2", "avx512". Static. */
const char *machine_simd(void);
/** Columns of the terminal behind a file descriptor; 0 if there is none. */
int machine_columns(int descriptor);
/** Clock that only rises, and processor time of all threads of the process. */
int64_t machine_wall_us(void);
int64_t machine_cpu_us(void);

#endif
