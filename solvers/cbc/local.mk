# SPDX-License-Identifier: Apache-2.0

if QWR_CBC
modules += solvers/cbc/qwr_cbc.la
module_ids += cbc
solvers_cbc_qwr_cbc_la_SOURCES = solvers/cbc/cbc.c
solvers_cbc_qwr_cbc_la_CPPFLAGS = $(module_cppflags) $(CBC_CFLAGS) $(MODULE_ENTRY)cbc
solvers_cbc_qwr_cbc_la_CFLAGS = $(AM_CFLAGS)
solvers_cbc_qwr_cbc_la_LDFLAGS = $(module_ldflags)
solvers_cbc_qwr_cbc_la_LIBADD = $(CBC_LIBS)
endif
