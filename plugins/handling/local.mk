# SPDX-License-Identifier: GPL-3.0-or-later
# With GSL linked in, this module is GPL-3+.

if QWR_GSL
modules += plugins/handling/qwr_handling.la
module_ids += handling
plugins_handling_qwr_handling_la_SOURCES = \
    $(gsl_handler) \
    plugins/handling/handling.c \
    plugins/handling/handling.h \
    plugins/handling/model.c
plugins_handling_qwr_handling_la_CPPFLAGS = $(module_cppflags) $(GSL_CFLAGS) $(MODULE_ENTRY)handling
plugins_handling_qwr_handling_la_CFLAGS = $(AM_CFLAGS)
plugins_handling_qwr_handling_la_LDFLAGS = $(module_ldflags)
plugins_handling_qwr_handling_la_LIBADD = $(GSL_LIBS)
endif
