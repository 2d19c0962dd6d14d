# SPDX-License-Identifier: Apache-2.0
# Templates: built and tested with the rest, not installed.

template_sources = \
    plugins/template/forecast_template.c \
    plugins/template/optimiser_template.c \
    plugins/template/solver_template.c
EXTRA_DIST += $(template_sources)

if QWR_SHARED
check_LTLIBRARIES += \
    plugins/template/forecast_template.la \
    plugins/template/optimiser_template.la \
    plugins/template/solver_template.la

plugins_template_forecast_template_la_SOURCES = plugins/template/forecast_template.c
plugins_template_forecast_template_la_CPPFLAGS = $(module_cppflags)
plugins_template_forecast_template_la_CFLAGS = $(AM_CFLAGS)
plugins_template_forecast_template_la_LDFLAGS = $(module_ldflags) -rpath /nowhere

plugins_template_optimiser_template_la_SOURCES = plugins/template/optimiser_template.c
plugins_template_optimiser_template_la_CPPFLAGS = $(module_cppflags)
plugins_template_optimiser_template_la_CFLAGS = $(AM_CFLAGS)
plugins_template_optimiser_template_la_LDFLAGS = $(module_ldflags) -rpath /nowhere

plugins_template_solver_template_la_SOURCES = plugins/template/solver_template.c
plugins_template_solver_template_la_CPPFLAGS = $(module_cppflags)
plugins_template_solver_template_la_CFLAGS = $(AM_CFLAGS)
plugins_template_solver_template_la_LDFLAGS = $(module_ldflags) -rpath /nowhere
endif
