#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What library code must not do, by its text: print, end the process, touch process-wide state,
# open files outside io, read the environment outside registry, use the stack without a bound.

. "${QWR_SRCDIR:-.}/tests/lint/lib.sh"

# The library proper and its modules; the tool may print and open the terminal.
library=$(sources lib plugins solvers | grep -v '^lib/cli/')
everything=$(sources lib plugins solvers examples)
start='(^|[^A-Za-z0-9_.>])'

# forbid NAME FILES FUNCTIONS: none of FUNCTIONS ('|' between them) is called in FILES.
forbid()
{
    # shellcheck disable=SC2086 # file names of the tree hold no spaces
    none "$1" "$(code_matches "$start($3)[ \t]*[(]" $2)"
}

# without FILES PATTERN: FILES whose path does not match.
without()
{
    printf '%s\n' "$1" | grep -Ev "$2"
}

forbid "the library prints nothing" "$library" \
    'printf|vprintf|puts|putchar|perror|psignal|fputs_unlocked|dprintf'
# shellcheck disable=SC2086
none "the library does not name stdout and stderr" \
    "$(code_matches "$start(stdout|stderr|STDOUT_FILENO|STDERR_FILENO)([^A-Za-z0-9_]|\$)" $library)"
forbid "the library does not end the process" "$library" \
    'abort|exit|_exit|_Exit|quick_exit|atexit|assert|__builtin_trap|raise|kill'
forbid "the library leaves signals and the locale alone" "$library" \
    'signal|sigaction|sigprocmask|pthread_sigmask|setlocale|uselocale|alarm|setitimer'
forbid "the library starts no process" "$library" 'system|popen|fork|vfork|posix_spawn|exec[lv][pe]*'
forbid "only lib/registry reads the environment" \
    "$(without "$library" '^lib/registry/')" 'getenv|secure_getenv|setenv|putenv|unsetenv'
forbid "only lib/io opens files" "$(without "$library" '^lib/io/')" \
    'fopen|fopen64|freopen|open|openat|creat|mkstemp|tmpfile|rename|fdopen'
forbid "nobody sets the number of OpenMP threads for the process" "$everything" \
    'omp_set_num_threads|omp_set_dynamic|omp_set_schedule'
forbid "nobody uses the stack without a bound" "$library" 'alloca|__builtin_alloca'
forbid "nobody writes text without a bound" "$everything" \
    'strcpy|strcat|sprintf|vsprintf|gets|strtok|stpcpy'
forbid "nobody reads numbers with the locale or without a check" "$library" \
    'atoi|atol|atoll|atof|strtod|strtof|sscanf|fscanf|scanf'
forbid "nobody uses random numbers of the C library" "$library" 'rand|srand|random|srandom|drand48'
# shellcheck disable=SC2086
none "no explicit OpenMP task and no combined 'for simd reduction'" \
    "$(code_matches 'pragma[ \t]+omp.*([ \t]task([ \t(]|$)|for[ \t]+simd.*reduction)' $everything)"
forbid "allocation goes through lib/base" \
    "$(without "$(sources lib | grep -v '^lib/cli/')" '^lib/base/(memory|context)[.]c$')" \
    'malloc|calloc|realloc|free|strdup|strndup|asprintf|vasprintf|aligned_alloc|posix_memalign'
# shellcheck disable=SC2046 # file names of the tree hold no spaces
none "no flag that breaks determinism" \
    "$(grep -nE -e '-ffast-math|-Ofast|-funsafe-math|-fassociative-math' configure.ac Makefile.am \
        build-aux/m4/quaywright.m4 $(find lib plugins solvers tests examples -name local.mk) 2>/dev/null)"
finish
