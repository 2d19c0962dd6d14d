# SPDX-License-Identifier: Apache-2.0
# Discrete berths: one candidate table; search on berth sequences, bound, proof.
libqwr_core_la_SOURCES += \
	lib/discrete/lanes.c \
	lib/discrete/lanes.h \
	lib/discrete/sequence.c \
	lib/discrete/sequence.h \
	lib/discrete/sequence_anneal.c \
	lib/discrete/sequence_anneal.h \
	lib/discrete/sequence_match.c \
	lib/discrete/sequence_ruin.c \
	lib/discrete/sequence_start.c \
	lib/discrete/sequence_state.c \
	lib/discrete/sequence_state.h \
	lib/discrete/sequence_walk.h
