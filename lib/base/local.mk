# SPDX-License-Identifier: Apache-2.0
# Floor 0.
libqwr_core_la_SOURCES += \
    lib/base/arith.c \
    lib/base/base.h \
    lib/base/clock.c \
    lib/base/context.c \
    lib/base/context_private.h \
    lib/base/cpu.c \
    lib/base/errors.c \
    lib/base/log.c \
    lib/base/memory.c \
    lib/base/number.c \
    lib/base/options.c \
    lib/base/rng.c \
    lib/base/status.c \
    lib/base/text.c \
    lib/base/utf8.c \
    lib/base/utf8.h
