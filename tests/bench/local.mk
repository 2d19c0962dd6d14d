# SPDX-License-Identifier: Apache-2.0
# Programs that measure; built and run by hand. What they printed stands in RESULTS.md.

bench_programs = tests/bench/bench_check tests/bench/bench_discrete tests/bench/bench_limits \
    tests/bench/bench_session tests/bench/bench_python_c
EXTRA_PROGRAMS += $(bench_programs)
CLEANFILES += $(bench_programs)
tests_bench_bench_check_SOURCES = tests/bench/bench_check.c
tests_bench_bench_check_LDADD = libqwr_core.la
tests_bench_bench_discrete_SOURCES = tests/bench/bench_discrete.c $(limits)
tests_bench_bench_discrete_CPPFLAGS = $(AM_CPPFLAGS) -DBENCH_CFLAGS='"$(CFLAGS)"'
tests_bench_bench_discrete_LDADD = libqwr_core.la
limits = tests/bench/limits.c tests/bench/limits.h
tests_bench_bench_limits_SOURCES = tests/bench/bench_limits.c $(limits)
tests_bench_bench_limits_LDADD =
tests_bench_bench_session_SOURCES = tests/bench/bench_session.c
tests_bench_bench_session_LDADD = libqwr_core.la
EXTRA_DIST += tests/bench/RESULTS.md tests/bench/REPRODUCE.md tests/bench/reproduce.sh \
    tests/bench/claims.csv tests/bench/expected/cordeau-work.csv tests/bench/expected/quick.csv \
    tests/bench/expected/week.csv tests/bench/instances/quick-dbap.txt \
    tests/bench/instances/quick-hybrid.json tests/bench/instances/quick-profiles.xml tests/bench/dbap_text.py tests/bench/make_60x13.py \
    tests/bench/expected/60x13.sha256 tests/bench/bench_peers.py tests/bench/peer_models.py \
    tests/bench/check_peers.py \
    tests/bench/instructions.sh tests/bench/expected/instructions.csv $(bench_records)

# Plans below the best known values, and the proofs of their bounds.
bench_records = tests/bench/records/f200x15-01.csv \
    tests/bench/records/f200x15-01.xml \
    tests/bench/records/f250x20-01.csv \
    tests/bench/records/f250x20-01.xml \
    tests/bench/records/f250x20-02.csv \
    tests/bench/records/f250x20-02.xml \
    tests/bench/records/f250x20-03.csv \
    tests/bench/records/f250x20-03.xml \
    tests/bench/records/f250x20-04.csv \
    tests/bench/records/f250x20-04.xml \
    tests/bench/records/f55x10-02.csv \
    tests/bench/records/f55x10-02.xml \
    tests/bench/records/f55x10-03.csv \
    tests/bench/records/f55x10-03.xml \
    tests/bench/records/f55x5-02.csv \
    tests/bench/records/f55x5-02.xml \
    tests/bench/records/f55x7-03.csv \
    tests/bench/records/f55x7-03.xml \
    tests/bench/records/f55x7-04.csv \
    tests/bench/records/f55x7-04.xml \
    tests/bench/records/f60x5-05.csv \
    tests/bench/records/f60x5-05.xml \
    tests/bench/records/f60x7-01.csv \
    tests/bench/records/f60x7-01.xml \
    tests/bench/records/f60x7-02.csv \
    tests/bench/records/f60x7-02.xml \
    tests/bench/records/f60x7-03.csv \
    tests/bench/records/f60x7-03.xml \
    tests/bench/records/f60x7-04.csv \
    tests/bench/records/f60x7-04.xml \
    tests/bench/records/records.csv

# Instructions of the kernels; the test compares them, BENCH_FLAGS=--update keeps them.
tests/cases/bench_instructions.log: tests/bench/bench_discrete$(EXEEXT)
.PHONY: bench-instructions
bench-instructions: tests/bench/bench_discrete$(EXEEXT)
	QWR_BUILDDIR='$(abs_top_builddir)' $(SHELL) $(srcdir)/tests/bench/instructions.sh $(BENCH_FLAGS)

# Everything RESULTS.md claims, measured again; REPRODUCE.md says how to read it.
.PHONY: bench-results
bench-results: all $(bench_programs)
	QWR_TOOL='$(abs_top_builddir)/quaywright' QWR_BUILDDIR='$(abs_top_builddir)' \
	QUAYWRIGHT_PLUGIN_PATH='$(plugin_path)' PYTHON='$(PYTHON)' \
	    $(SHELL) $(srcdir)/tests/bench/reproduce.sh --out tests/bench/reproduced $(BENCH_FLAGS)

# Built by bench-python, which compares the Python module with C.
tests_bench_bench_python_c_SOURCES = tests/bench/bench_python_c.c
tests_bench_bench_python_c_CPPFLAGS = $(module_cppflags)
tests_bench_bench_python_c_LDADD = libquaywright.la
EXTRA_DIST += tests/bench/bench_python.py
.PHONY: bench-python
bench-python: all tests/bench/bench_python_c
	PYTHONPATH=lib/python/tree BENCH_C=tests/bench/bench_python_c \
	    QUAYWRIGHT_PLUGIN_PATH='$(plugin_path)' $(PYTHON) $(srcdir)/tests/bench/bench_python.py $(BENCH_ARGS)

# glpsol and cbc beside this tool on the same instances; by hand, takes hours. BENCH_PEERS names other
# instances, BENCH_FLAGS more options; bench_peers.py says which there are.
BENCH_PEERS = --bases "$$QWR_BENCHMARKS/cordeau_I2_reconstructed" --seeds 1..10 \
    "$$QWR_BENCHMARKS"/lallaruiz_2012/*-0[1-3].txt
.PHONY: bench-peers
bench-peers: all
	QWR_TOOL='$(abs_top_builddir)/quaywright' QUAYWRIGHT_PLUGIN_PATH='$(plugin_path)' \
	    $(PYTHON) $(srcdir)/tests/bench/bench_peers.py $(BENCH_PEERS) $(BENCH_FLAGS)
