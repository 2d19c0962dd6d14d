# SPDX-License-Identifier: Apache-2.0
# Sources of lib/registry: one file a line.

libqwr_core_la_SOURCES += \
    lib/registry/conformance.c \
    lib/registry/conformance.h \
    lib/registry/conformance_forecast.c \
    lib/registry/conformance_models.c \
    lib/registry/conformance_models.h \
    lib/registry/conformance_optimiser.c \
    lib/registry/conformance_solver.c \
    lib/registry/builtin.h \
    lib/registry/handshake.c \
    lib/registry/host.c \
    lib/registry/host.h \
    lib/registry/host_hooks.c \
    lib/registry/loader.c \
    lib/registry/milp.h \
    lib/registry/milp_check.c \
    lib/registry/milp_solve.c \
    lib/registry/private.h \
    lib/registry/registry.c \
    lib/registry/registry.h \
    lib/registry/run.c \
    lib/registry/static_modules.h
