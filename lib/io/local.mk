# SPDX-License-Identifier: Apache-2.0
# Sources of lib/io: one file a line.

libqwr_core_la_SOURCES += \
    lib/io/attr.c \
    lib/io/attr.h \
    lib/io/attr_spell.c \
    lib/io/certificate_read.c \
    lib/io/certificate_table.c \
    lib/io/certificate_table.h \
    lib/io/certificate_write.c \
    lib/io/csbap_text.c \
    lib/io/csv.c \
    lib/io/csv.h \
    lib/io/dbap.h \
    lib/io/dbap_lines.c \
    lib/io/dbap_text.c \
    lib/io/entity.c \
    lib/io/entity.h \
    lib/io/file.c \
    lib/io/format.c \
    lib/io/history_csv.c \
    lib/io/hybrid_json.c \
    lib/io/idmap.c \
    lib/io/idmap.h \
    lib/io/io.h \
    lib/io/json.c \
    lib/io/json.h \
    lib/io/milp.h \
    lib/io/milp_lp.c \
    lib/io/milp_mps.c \
    lib/io/milp_write.c \
    lib/io/plan_read.c \
    lib/io/profile.c \
    lib/io/plan_solution.c \
    lib/io/plan_solution.h \
    lib/io/plan_table.c \
    lib/io/plan_table.h \
    lib/io/plan_write.c \
    lib/io/scenario_table.c \
    lib/io/scenario_table.h \
    lib/io/scenario_write.c \
    lib/io/scenario_xml.c \
    lib/io/tidal_csv.c \
    lib/io/xml.c \
    lib/io/xml.h
