# SPDX-License-Identifier: Apache-2.0
# How tests run: programs and scripts, all speaking TAP. Knows no single test.

TEST_EXTENSIONS = .sh .py
TESTS = $(check_PROGRAMS) $(test_scripts)
tap_driver = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(tap_driver)
SH_LOG_DRIVER = $(tap_driver)
SH_LOG_COMPILER = $(SHELL)
PY_LOG_DRIVER = $(tap_driver)
PY_LOG_COMPILER = $(PYTHON)
EXTRA_DIST += $(test_scripts) $(lint_scripts)

# Scripts get absolute paths: they may change folder. HARNESS_ACTIVE: a test program that printed all
# its results leaves the counting to the harness.
AM_TESTS_ENVIRONMENT = \
    QWR_SRCDIR='$(abs_top_srcdir)'; export QWR_SRCDIR; \
    QWR_BUILDDIR='$(abs_top_builddir)'; export QWR_BUILDDIR; \
    QWR_TOOL='$(abs_top_builddir)/quaywright'; export QWR_TOOL; \
    QWR_SHARED='$(qwr_shared)'; export QWR_SHARED; \
    QWR_SANITIZE='$(QWR_SANITIZE)'; export QWR_SANITIZE; \
    QWR_FUZZ='$(qwr_fuzz)'; export QWR_FUZZ; \
    QWR_BENCHMARKS="$${QWR_BENCHMARKS-$(abs_top_srcdir)/../shared/benchmarks}"; export QWR_BENCHMARKS; \
    QUAYWRIGHT_PLUGIN_PATH='$(plugin_path)'; export QUAYWRIGHT_PLUGIN_PATH; \
    CC='$(CC)'; export CC; \
    NM='$(NM)'; export NM; \
    PYTHON='$(PYTHON)'; export PYTHON; \
    LSAN_OPTIONS='suppressions=$(abs_top_srcdir)/tests/support/lsan.supp:print_suppressions=0'; \
    export LSAN_OPTIONS; \
    HARNESS_ACTIVE=1; export HARNESS_ACTIVE; $(no_fork)

if QWR_SHARED
qwr_shared = yes
else
qwr_shared = no
endif
if QWR_FUZZ
qwr_fuzz = yes
else
qwr_fuzz = no
endif
if QWR_NO_FORK
no_fork = CK_FORK=no; export CK_FORK;
else
no_fork =
endif

# Folders where libtool puts the modules it makes, ':' between them.
plugin_path = $(shell for m in $(modules); do \
    echo "$(abs_top_builddir)/$${m%/*}/.libs"; done | sort -u | tr '\n' ':' | sed 's/:$$//')

# For ./quickstart run, and for shells: QUAYWRIGHT_PLUGIN_PATH=$(make -s plugin-path)
.PHONY: plugin-path
plugin-path:
	@echo '$(plugin_path)'

include tests/support/local.mk
include tests/unit/local.mk
include tests/mock/local.mk
include tests/conformance/local.mk
include tests/browser/local.mk
include tests/cases/local.mk
include tests/golden/local.mk
include tests/property/local.mk
include tests/python/local.mk
include tests/fuzz/local.mk
include tests/bench/local.mk
include tests/install/local.mk
include tests/abi/local.mk
include tests/lint/local.mk

# --- goals for those who look for faults ------------------------------------------------------------

.PHONY: memcheck check-threads coverage-report fuzz-targets tests-built

# Two makes one after the other: side by side they would build the library twice over.
tests-built:
	$(MAKE) all
	$(MAKE) $(check_LTLIBRARIES) $(check_PROGRAMS)

# Test programs under valgrind. OpenMP's pools are "possibly lost" by design, so only definite leaks
# count; the processor level is what valgrind knows.
# Programs that run for minutes there are left out: whole searches, ten thousand cycles of a session,
# and each allocation of a report or a session failing in turn.
MEMCHECK_TESTS = $(filter-out tests/property/% tests/unit/test_report% tests/unit/test_session \
    tests/unit/test_session_threads,$(check_PROGRAMS))
memcheck: tests-built
	test -n '$(VALGRIND)' || { echo 'memcheck: valgrind is not installed' >&2; exit 1; }
	CK_FORK=no OMP_NUM_THREADS=1 CK_TIMEOUT_MULTIPLIER=30 QWR_MEMCHECK=yes \
	$(MAKE) check-TESTS TESTS='$(MEMCHECK_TESTS)' LOG_COMPILER='$(LIBTOOL) --mode=execute \
	    $(VALGRIND) -q --leak-check=full --errors-for-leak-kinds=definite \
	    --show-leak-kinds=definite \
	    --suppressions=$(abs_top_srcdir)/tests/support/valgrind.supp --keep-debuginfo=yes --error-exitcode=9'

# The tests that start threads, for a build with the thread sanitizer.
thread_tests =
check-threads: tests-built
	$(MAKE) check-TESTS TESTS='$(if $(thread_tests),$(thread_tests),$(check_PROGRAMS))'

coverage-report:
	cd $(abs_top_builddir) && gcovr --root $(abs_top_srcdir) --object-directory . \
	    --filter '$(abs_top_srcdir)/lib/' --filter '$(abs_top_srcdir)/plugins/' \
	    --filter '$(abs_top_srcdir)/solvers/' --exclude '.*/lib/cli/' --print-summary --sort-percentage .

fuzz-targets: $(fuzz_programs)
