# SPDX-License-Identifier: Apache-2.0
# Fuzz targets: one file fuzz_<reader>.c with LLVMFuzzerTestOneInput(), its inputs in
# corpus/<reader>/. In a normal build main.c replays the corpus; with --enable-fuzz libFuzzer drives.

test_scripts += tests/fuzz/replay.sh
EXTRA_PROGRAMS += $(fuzz_programs)
CLEANFILES += $(fuzz_programs)
EXTRA_DIST += tests/fuzz/corpus tests/fuzz/main.c
tests/fuzz/replay.log: $(fuzz_programs)

if QWR_FUZZ
fuzz_main =
fuzz_ldadd = libqwr_core.la $(FUZZ_LDFLAGS)
else
fuzz_main = tests/fuzz/main.c
fuzz_ldadd = libqwr_core.la
endif

# To add a target, add three lines:
#   fuzz_programs += tests/fuzz/fuzz_<reader>
#   tests_fuzz_fuzz_<reader>_SOURCES = tests/fuzz/fuzz_<reader>.c $(fuzz_main)
#   tests_fuzz_fuzz_<reader>_LDADD = $(fuzz_ldadd)

fuzz_programs += tests/fuzz/fuzz_scenario_xml
tests_fuzz_fuzz_scenario_xml_SOURCES = tests/fuzz/fuzz_scenario_xml.c $(fuzz_main)
tests_fuzz_fuzz_scenario_xml_LDADD = $(fuzz_ldadd)
fuzz_programs += tests/fuzz/fuzz_dbap_text
tests_fuzz_fuzz_dbap_text_SOURCES = tests/fuzz/fuzz_dbap_text.c tests/fuzz/fuzz_instance.h $(fuzz_main)
tests_fuzz_fuzz_dbap_text_LDADD = $(fuzz_ldadd)
fuzz_programs += tests/fuzz/fuzz_hybrid_json
tests_fuzz_fuzz_hybrid_json_SOURCES = tests/fuzz/fuzz_hybrid_json.c tests/fuzz/fuzz_instance.h $(fuzz_main)
tests_fuzz_fuzz_hybrid_json_LDADD = $(fuzz_ldadd)
fuzz_programs += tests/fuzz/fuzz_csbap_text
tests_fuzz_fuzz_csbap_text_SOURCES = tests/fuzz/fuzz_csbap_text.c tests/fuzz/fuzz_instance.h $(fuzz_main)
tests_fuzz_fuzz_csbap_text_LDADD = $(fuzz_ldadd)
fuzz_programs += tests/fuzz/fuzz_tidal_csv
tests_fuzz_fuzz_tidal_csv_SOURCES = tests/fuzz/fuzz_tidal_csv.c tests/fuzz/fuzz_instance.h $(fuzz_main)
tests_fuzz_fuzz_tidal_csv_LDADD = $(fuzz_ldadd)
fuzz_programs += tests/fuzz/fuzz_history_csv
tests_fuzz_fuzz_history_csv_SOURCES = tests/fuzz/fuzz_history_csv.c $(fuzz_main)
tests_fuzz_fuzz_history_csv_LDADD = $(fuzz_ldadd)
fuzz_programs += tests/fuzz/fuzz_plan
tests_fuzz_fuzz_plan_SOURCES = tests/fuzz/fuzz_plan.c $(fuzz_main)
tests_fuzz_fuzz_plan_LDADD = $(fuzz_ldadd)
fuzz_programs += tests/fuzz/fuzz_variation
tests_fuzz_fuzz_variation_SOURCES = tests/fuzz/fuzz_variation.c $(fuzz_main)
tests_fuzz_fuzz_variation_LDADD = $(fuzz_ldadd)
fuzz_programs += tests/fuzz/fuzz_certificate
tests_fuzz_fuzz_certificate_SOURCES = tests/fuzz/fuzz_certificate.c $(fuzz_main)
tests_fuzz_fuzz_certificate_LDADD = $(fuzz_ldadd)
