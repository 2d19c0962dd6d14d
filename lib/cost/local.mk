# SPDX-License-Identifier: Apache-2.0
# Sources of lib/cost: one file a line.

libqwr_core_la_SOURCES += \
    lib/cost/candidates.c \
    lib/cost/candidates.h \
    lib/cost/kernel_dispatch.c \
    lib/cost/pass.c \
    lib/cost/prices.c \
    lib/cost/prices.h

# The cost kernel: one file, built once for each instruction set into a library of its own, because
# only these objects may hold instructions the processor may lack.
kernel_cppflags = $(core_cppflags)
kernel_cflags = $(AM_CFLAGS) $(QWR_KERNEL_CFLAGS)

kernel_libs += libqwr_kernel_generic.la
noinst_LTLIBRARIES += libqwr_kernel_generic.la
libqwr_kernel_generic_la_SOURCES = lib/cost/kernel.c lib/cost/kernel.h lib/discrete/kernel.c lib/discrete/kernel.h
libqwr_kernel_generic_la_CPPFLAGS = $(kernel_cppflags) -DQWR_KERNEL_SUFFIX=generic
libqwr_kernel_generic_la_CFLAGS = $(kernel_cflags)

if QWR_AVX2
kernel_libs += libqwr_kernel_avx2.la
noinst_LTLIBRARIES += libqwr_kernel_avx2.la
libqwr_kernel_avx2_la_SOURCES = lib/cost/kernel.c lib/cost/kernel.h lib/discrete/kernel.c lib/discrete/kernel.h
libqwr_kernel_avx2_la_CPPFLAGS = $(kernel_cppflags) -DQWR_KERNEL_SUFFIX=avx2
libqwr_kernel_avx2_la_CFLAGS = $(kernel_cflags) $(QWR_AVX2_CFLAGS)
endif

if QWR_AVX512
kernel_libs += libqwr_kernel_avx512.la
noinst_LTLIBRARIES += libqwr_kernel_avx512.la
libqwr_kernel_avx512_la_SOURCES = lib/cost/kernel.c lib/cost/kernel.h lib/discrete/kernel.c lib/discrete/kernel.h
libqwr_kernel_avx512_la_CPPFLAGS = $(kernel_cppflags) -DQWR_KERNEL_SUFFIX=avx512
libqwr_kernel_avx512_la_CFLAGS = $(kernel_cflags) $(QWR_AVX512_CFLAGS)
endif
