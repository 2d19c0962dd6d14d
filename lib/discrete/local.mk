# SPDX-License-Identifier: Apache-2.0
# Discrete berths: one candidate table; search on berth sequences, bound, proof.
libqwr_core_la_SOURCES += \
	lib/discrete/branch.c \
	lib/discrete/climb.c \
	lib/discrete/dense.c \
	lib/discrete/dense.h \
	lib/discrete/discrete.c \
	lib/discrete/discrete.h \
	lib/discrete/engine.h \
	lib/discrete/graph.c \
	lib/discrete/graph.h \
	lib/discrete/hunt.c \
	lib/discrete/kernel_dispatch.c \
	lib/discrete/lanes.c \
	lib/discrete/lanes.h \
	lib/discrete/ledger.c \
	lib/discrete/ledger.h \
	lib/discrete/lp.c \
	lib/discrete/lp.h \
	lib/discrete/master.c \
	lib/discrete/master.h \
	lib/discrete/mend.c \
	lib/discrete/mend.h \
	lib/discrete/paths.c \
	lib/discrete/root.c \
	lib/discrete/root.h \
	lib/discrete/rules.c \
	lib/discrete/sequence.c \
	lib/discrete/sequence.h \
	lib/discrete/sequence_anneal.c \
	lib/discrete/sequence_anneal.h \
	lib/discrete/sequence_match.c \
	lib/discrete/sequence_ruin.c \
	lib/discrete/sequence_start.c \
	lib/discrete/sequence_state.c \
	lib/discrete/sequence_state.h \
	lib/discrete/sequence_walk.h \
	lib/discrete/strong.c \
	lib/discrete/tree.c \
	lib/discrete/tree.h
