# SPDX-License-Identifier: Apache-2.0
# What unit tests share.

check_LTLIBRARIES += tests/support/libqwr_test.la
tests_support_libqwr_test_la_SOURCES = \
    tests/support/allocator.c \
    tests/support/support.c \
    tests/support/support.h
EXTRA_DIST += tests/support/tap.sh tests/support/lsan.supp \
    tests/support/valgrind.supp
