# SPDX-License-Identifier: Apache-2.0
# Discrete berths: one candidate table; search on berth sequences, bound, proof.
libqwr_core_la_SOURCES += \
	lib/discrete/lanes.c \
	lib/discrete/lanes.h
