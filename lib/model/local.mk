# SPDX-License-Identifier: Apache-2.0
# Floor 1. derived.c uses powl() and floorl(): the library needs -lm.
libqwr_core_la_SOURCES += \
    lib/model/certificate.c \
    lib/model/certificate.h \
    lib/model/derived.c \
    lib/model/init_0.c \
    lib/model/plan.c \
    lib/model/profile.c \
    lib/model/profile.h \
    lib/model/scenario_build.c \
    lib/model/scenario_edit.c \
    lib/model/scenario_epoch.c \
    lib/model/scenario_fields.c \
    lib/model/scenario_frame.c \
    lib/model/scenario_frame.h \
    lib/model/scenario_freeze.c \
    lib/model/scenario_hash.c \
    lib/model/scenario_init.c \
    lib/model/scenario_message.c \
    lib/model/scenario_private.h \
    lib/model/scenario_read.c \
    lib/model/scenario_tables.h \
    lib/model/scenario_validate_calls.c \
    lib/model/scenario_validate_fields.c \
    lib/model/scenario_validate_geometry.c \
    lib/model/scenario_validate_limits.c \
    lib/model/scenario_validate_precedence.c \
    lib/model/scenario_validate_terminal.c \
    lib/model/scenario_validate_time.c \
    lib/model/sort.c \
    lib/model/sort.h \
    lib/model/strings.c \
    lib/model/strings.h
