# SPDX-License-Identifier: Apache-2.0
EXTRA_PROGRAMS += tests/bench/bench_check
tests_bench_bench_check_SOURCES = tests/bench/bench_check.c
tests_bench_bench_check_LDADD = libqwr_core.la
