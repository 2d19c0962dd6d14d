/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tool runs on: for benchmark rows, for `version`, for the width of lines. Knows nothing
 * of plans.
 */
#include "cli/machine.h"

#include "cli/number.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/utsname.h>
#include <time.h>

/* The text after the colon of the first "model name" line; 0 if there is none. */
static int model_line(char *text, size_t capacity)
{
    char line[256];
    int found = 0;
    FILE *file = fopen("/proc/cpuinfo", "r");
    if (!file)
        return 0;
    while (!found && fgets(line, sizeof line, file)) {
        const char *colon = strchr(line, ':');
        if (!colon || strncmp(line, "model name", 10) != 0)
            continue;
        colon += 1 + strspn(colon + 1, " \t");
        snprintf(text, capacity, "%.*s", (int)strcspn(colon, "\n"), colon);
        found = text[0] != '\0';
    }
    fclose(file);
    return found;
}

void machine_name(char *text, size_t capacity)
{
    struct utsname info;
    if (model_line(text, capacity))
        return;
    snprintf(text, capacity, "%s", uname(&info) == 0 ? info.machine : "unknown");
}

int machine_threads(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int count = CPU_COUNT(&set);
    return count > 0 ? count : 1;
}

int machine_threads_of(const qwr_context *ctx)
{
    int64_t threads = 0;
    const char *text = qwr_context_option(ctx, "threads");
    if (text && number_int(&threads, text) && threads > 0)
        return (int)threads;
    return machine_threads();
}

const char *machine_simd(void)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq"))
        return "avx512";
    if (__builtin_cpu_supports("avx2"))
        return "avx2";
#endif
    return "generic";
}

int machine_columns(int descriptor)
{
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static int64_t clock_us(clockid_t which)
{
    struct timespec now;
    if (clock_gettime(which, &now) != 0)
        return 0;
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t machine_wall_us(void)
{
    return clock_us(CLOCK_MONOTONIC);
}

int64_t machine_cpu_us(void)
{
    return clock_us(CLOCK_PROCESS_CPUTIME_ID);
}
