# SPDX-License-Identifier: Apache-2.0
libqwr_core_la_SOURCES += \
    lib/vary/vary.h \
    lib/vary/variation.c \
    lib/vary/quantity.c \
    lib/vary/levels.c \
    lib/vary/variables.c \
    lib/vary/draw.c \
    lib/vary/select.c \
    lib/vary/apply.c \
    lib/vary/apply_calls.c \
    lib/vary/apply_terminal.c
