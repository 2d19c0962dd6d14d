# SPDX-License-Identifier: Apache-2.0
# Sources of lib/diff: one file a line.

libqwr_core_la_SOURCES += \
    lib/diff/diff.c \
    lib/diff/diff.h \
    lib/diff/diff_plan.c \
    lib/diff/diff_scenario.c
