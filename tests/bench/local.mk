# SPDX-License-Identifier: Apache-2.0
# Programs that measure; built and run by hand. What they printed stands in RESULTS.md.

EXTRA_PROGRAMS += tests/bench/bench_check tests/bench/bench_limits tests/bench/bench_session
tests_bench_bench_check_SOURCES = tests/bench/bench_check.c
tests_bench_bench_check_LDADD = libqwr_core.la
tests_bench_bench_limits_SOURCES = tests/bench/bench_limits.c
tests_bench_bench_limits_CFLAGS = $(AM_CFLAGS) -O3
tests_bench_bench_limits_LDADD =
tests_bench_bench_session_SOURCES = tests/bench/bench_session.c
tests_bench_bench_session_LDADD = libqwr_core.la
EXTRA_DIST += tests/bench/RESULTS.md
