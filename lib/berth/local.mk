# The berth stage: candidates, first plans, search, bounds, proof.
libqwr_core_la_SOURCES += \
	lib/berth/axis.c \
	lib/berth/berth.c \
	lib/berth/berth.h \
	lib/berth/board.c \
	lib/berth/board.h \
	lib/berth/bound.c \
	lib/berth/bound_interval.c \
	lib/berth/bound_price.c \
	lib/berth/certify.c \
	lib/berth/construct.c \
	lib/berth/construct.h \
	lib/berth/durations.c \
	lib/berth/formulate.c \
	lib/berth/formulate.h \
	lib/berth/generate.c \
	lib/berth/improve.c \
	lib/berth/maker.h \
	lib/berth/problem.c \
	lib/berth/problem.h \
	lib/berth/prove.c \
	lib/berth/result.c \
	lib/berth/search.c \
	lib/berth/search.h \
	lib/berth/sites.c \
	lib/berth/spans.c \
	lib/berth/spans.h \
	lib/berth/terms.c \
	lib/berth/varied.c \
	lib/berth/water.c \
	lib/berth/windows.c
