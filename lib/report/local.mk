# SPDX-License-Identifier: Apache-2.0
# Sources of lib/report: one file a line.

libqwr_core_la_SOURCES += \
    lib/report/html_calls.c \
    lib/report/html_tiles.c \
    lib/report/kpi.c \
    lib/report/report.h \
    lib/report/report_html.c \
    lib/report/report_svg.c \
    lib/report/report_text.c \
    lib/report/sheet.c \
    lib/report/style.c \
    lib/report/svg_canvas.c \
    lib/report/svg_cranes.c \
    lib/report/svg_quay.c \
    lib/report/svg_tide.c \
    lib/report/svg_vessels.c \
    lib/report/text.h \
    lib/report/text_calls.c \
    lib/report/text_lines.c \
    lib/report/words.c
