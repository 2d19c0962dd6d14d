# SPDX-License-Identifier: Apache-2.0
# Sources of lib/explain: one file a line.

libqwr_core_la_SOURCES += \
    lib/explain/conflict.c \
    lib/explain/explain.c \
    lib/explain/explain_private.h
