# SPDX-License-Identifier: Apache-2.0
libqwr_core_la_SOURCES += \
    lib/generate/generate.h \
    lib/generate/generate.c \
    lib/generate/profiles.c \
    lib/generate/draw.c \
    lib/generate/sizes.c \
    lib/generate/sites.c \
    lib/generate/terminal.c \
    lib/generate/cranes.c \
    lib/generate/windows.c \
    lib/generate/traffic.c \
    lib/generate/calls.c \
    lib/generate/pins.c \
    lib/generate/bacap.c \
    lib/generate/bays.c \
    lib/generate/yard.c \
    lib/generate/fleet.c \
    lib/generate/past.c
