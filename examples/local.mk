# SPDX-License-Identifier: Apache-2.0
# The examples, built as a user would: public headers and the shared library. tests/cases/examples.sh
# runs them; they are not tests themselves.

example_programs = examples/minimal examples/cancel examples/hosts/host
noinst_PROGRAMS += $(example_programs)
examples_minimal_SOURCES = examples/minimal.c
examples_minimal_CPPFLAGS = $(module_cppflags)
examples_minimal_LDADD = libquaywright.la
examples_cancel_SOURCES = examples/cancel.c
examples_cancel_CPPFLAGS = $(module_cppflags)
examples_cancel_LDADD = libquaywright.la
examples_hosts_host_SOURCES = examples/hosts/host.c
examples_hosts_host_CPPFLAGS = $(module_cppflags)
examples_hosts_host_LDADD = libquaywright.la
EXTRA_DIST += \
    examples/hosts/Host.java \
    examples/hosts/news.txt \
    examples/README.md \
    examples/what_if.sh \
    examples/mpi/sweep_mpi.c \
    examples/mpi/Makefile \
    examples/slurm/submit.sh \
    examples/slurm/sweep.sbatch \
    examples/slurm/merge.sbatch \
    examples/plugin/median.c \
    examples/plugin/Makefile
