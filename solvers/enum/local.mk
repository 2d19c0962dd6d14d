# SPDX-License-Identifier: Apache-2.0

modules += solvers/enum/qwr_enum.la
module_ids += enum
solvers_enum_qwr_enum_la_SOURCES = \
    solvers/enum/enum.c \
    solvers/enum/search.c \
    solvers/enum/search.h
solvers_enum_qwr_enum_la_CPPFLAGS = $(module_cppflags) $(MODULE_ENTRY)enum
solvers_enum_qwr_enum_la_CFLAGS = $(AM_CFLAGS)
solvers_enum_qwr_enum_la_LDFLAGS = $(module_ldflags)
