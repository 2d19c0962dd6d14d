# SPDX-License-Identifier: Apache-2.0
# Sources of lib/report: one file a line.

libqwr_core_la_SOURCES += \
    lib/report/crew.c \
    lib/report/crew.h \
    lib/report/crew_fill.c \
    lib/report/crew_search.c \
    lib/report/delta.c \
    lib/report/delta.h \
    lib/report/html_calls.c \
    lib/report/html_changes.c \
    lib/report/html_cranes.c \
    lib/report/html_stage.c \
    lib/report/html_tiles.c \
    lib/report/kpi.c \
    lib/report/report.h \
    lib/report/report_html.c \
    lib/report/report_svg.c \
    lib/report/report_text.c \
    lib/report/sheet.c \
    lib/report/svg_canvas.c \
    lib/report/svg_delta.c \
    lib/report/svg_depth.c \
    lib/report/svg_labels.c \
    lib/report/svg_lanes.c \
    lib/report/svg_quay.c \
    lib/report/svg_tide.c \
    lib/report/svg_use.c \
    lib/report/svg_vessels.c \
    lib/report/text.h \
    lib/report/text_calls.c \
    lib/report/text_lines.c \
    lib/report/words.c

# Style sheets and script of the page, as C strings.
report_assets = \
    lib/report/colours.css \
    lib/report/diagram.css \
    lib/report/page.css \
    lib/report/paint.js \
    lib/report/script.js
nodist_libqwr_core_la_SOURCES += lib/report/assets.c
CLEANFILES += lib/report/assets.c
EXTRA_DIST += lib/report/assets.awk $(report_assets)
lib/report/assets.c: $(report_assets) lib/report/assets.awk
	$(AM_V_GEN)$(MKDIR_P) lib/report && $(AWK) -f $(top_srcdir)/lib/report/assets.awk \
	    $(addprefix $(top_srcdir)/,$(report_assets)) > $@-tmp && mv $@-tmp $@
