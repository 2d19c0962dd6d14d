# SPDX-License-Identifier: Apache-2.0

modules += solvers/null/qwr_null.la
module_ids += null
solvers_null_qwr_null_la_SOURCES = solvers/null/null.c
solvers_null_qwr_null_la_CPPFLAGS = $(module_cppflags) $(MODULE_ENTRY)null
solvers_null_qwr_null_la_CFLAGS = $(AM_CFLAGS)
solvers_null_qwr_null_la_LDFLAGS = $(module_ldflags)
