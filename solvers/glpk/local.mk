# SPDX-License-Identifier: GPL-3.0-or-later
# With GLPK linked in, this module is GPL-3+.

if QWR_GLPK
modules += solvers/glpk/qwr_glpk.la
module_ids += glpk
solvers_glpk_qwr_glpk_la_SOURCES = \
    solvers/glpk/backend.c \
    solvers/glpk/engine.c \
    solvers/glpk/engine.h
solvers_glpk_qwr_glpk_la_CPPFLAGS = $(module_cppflags) $(MODULE_ENTRY)glpk
solvers_glpk_qwr_glpk_la_CFLAGS = $(AM_CFLAGS)
solvers_glpk_qwr_glpk_la_LDFLAGS = $(module_ldflags)
solvers_glpk_qwr_glpk_la_LIBADD = $(GLPK_LIBS)
endif
