# SPDX-License-Identifier: Apache-2.0
# Continuous and hybrid quays without shared cranes.
libqwr_core_la_SOURCES += \
	lib/continuous/continuous.c \
	lib/continuous/continuous.h \
	lib/continuous/cover.c \
	lib/continuous/cover.h \
	lib/continuous/decode.c \
	lib/continuous/decode.h \
	lib/continuous/exact.c \
	lib/continuous/exact.h \
	lib/continuous/labels.c \
	lib/continuous/labels.h \
	lib/continuous/latest.c \
	lib/continuous/latest.h \
	lib/continuous/list.c \
	lib/continuous/packing.c \
	lib/continuous/packing.h \
	lib/continuous/price.c \
	lib/continuous/price.h
