# SPDX-License-Identifier: Apache-2.0
libqwr_core_la_SOURCES += \
    lib/forecast/forecast.h \
    lib/forecast/forecast.c \
    lib/forecast/job.c \
    lib/forecast/apply.c
