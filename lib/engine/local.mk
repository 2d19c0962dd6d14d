# SPDX-License-Identifier: Apache-2.0
# Sources of lib/engine: one file a line.

libqwr_core_la_SOURCES += \
    lib/engine/bench_kernel.c \
    lib/engine/builtin.c \
    lib/engine/engine.c \
    lib/engine/finish.c \
    lib/engine/run.h \
    lib/engine/session.c \
    lib/engine/session.h \
    lib/engine/session_facts.c \
    lib/engine/session_facts.h \
    lib/engine/session_news.c \
    lib/engine/session_outlook.c \
    lib/engine/session_plan.c \
    lib/engine/session_watch.c
