# SPDX-License-Identifier: Apache-2.0
# Sources of lib/check: one file a line.

libqwr_core_la_SOURCES += \
    lib/check/board.c \
    lib/check/certificate.c \
    lib/check/certificate.h \
    lib/check/certificate_chains.c \
    lib/check/certificate_likes.c \
    lib/check/certificate_order.c \
    lib/check/certificate_set.c \
    lib/check/certificate_stays.c \
    lib/check/check.c \
    lib/check/check.h \
    lib/check/check_cost.c \
    lib/check/check_sort.h \
    lib/check/checker.c \
    lib/check/price.c \
    lib/check/rule_arrival.c \
    lib/check/rule_berth_busy.c \
    lib/check/rule_berth_window.c \
    lib/check/rule_break.c \
    lib/check/rule_channel.c \
    lib/check/rule_clearance.c \
    lib/check/rule_closure.c \
    lib/check/rule_cost.c \
    lib/check/rule_crane_count.c \
    lib/check/rule_crane_profile.c \
    lib/check/rule_crane_reach.c \
    lib/check/rule_cranes.c \
    lib/check/rule_departure.c \
    lib/check/rule_draught.c \
    lib/check/rule_forbidden.c \
    lib/check/rule_handling.c \
    lib/check/rule_length.c \
    lib/check/rule_overlap.c \
    lib/check/rule_pin.c \
    lib/check/rule_place.c \
    lib/check/rule_placed.c \
    lib/check/say.c \
    lib/check/site.c \
    lib/check/violations.c \
    lib/check/water.c
