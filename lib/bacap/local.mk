# SPDX-License-Identifier: Apache-2.0
# Berths and cranes together where crane counts may vary over a stay.
libqwr_core_la_SOURCES += \
	lib/bacap/ascent.c \
	lib/bacap/bacap.c \
	lib/bacap/bacap.h \
	lib/bacap/field.c \
	lib/bacap/improve.c \
	lib/bacap/instance.c \
	lib/bacap/leaf.c \
	lib/bacap/node.c \
	lib/bacap/price.c \
	lib/bacap/price.h \
	lib/bacap/search.c \
	lib/bacap/segments.c \
	lib/bacap/tree.c \
	lib/bacap/tree.h
