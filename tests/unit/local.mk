# SPDX-License-Identifier: Apache-2.0
# One program a room, test_<room>.c; each links all objects of the library.

check_PROGRAMS += tests/unit/test_support
tests_unit_test_support_SOURCES = tests/unit/test_support.c
tests_unit_test_support_LDADD = $(test_ldadd)

check_stage = tests/unit/check_stage.c tests/unit/check_stage.h
check_PROGRAMS += tests/unit/test_check_place
tests_unit_test_check_place_SOURCES = tests/unit/test_check_place.c $(check_stage)
tests_unit_test_check_place_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_bacap
tests_unit_test_bacap_SOURCES = tests/unit/test_bacap.c
tests_unit_test_bacap_LDADD = $(test_ldadd)

check_PROGRAMS += tests/unit/test_continuous
tests_unit_test_continuous_SOURCES = tests/unit/test_continuous.c
tests_unit_test_continuous_LDADD = $(test_ldadd)

check_PROGRAMS += tests/unit/test_crane_profile
tests_unit_test_crane_profile_SOURCES = tests/unit/test_crane_profile.c $(check_stage)
tests_unit_test_crane_profile_LDADD = $(test_ldadd)

check_PROGRAMS += tests/unit/test_check_work
tests_unit_test_check_work_SOURCES = tests/unit/test_check_work.c $(check_stage)
tests_unit_test_check_work_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_check_cost
tests_unit_test_check_cost_SOURCES = tests/unit/test_check_cost.c $(check_stage)
tests_unit_test_check_cost_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_check_try
tests_unit_test_check_try_SOURCES = tests/unit/test_check_try.c $(check_stage) lib/check/rule_TEMPLATE.c
tests_unit_test_check_try_LDADD = $(test_ldadd)

check_PROGRAMS += tests/unit/test_generate
tests_unit_test_generate_SOURCES = tests/unit/test_generate.c
tests_unit_test_generate_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_forecast
tests_unit_test_forecast_SOURCES = tests/unit/test_forecast.c
tests_unit_test_forecast_LDADD = $(test_ldadd)
if QWR_GSL
check_PROGRAMS += tests/unit/test_gsl_host
tests_unit_test_gsl_host_SOURCES = tests/unit/test_gsl_host.c $(gsl_handler)
tests_unit_test_gsl_host_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins/gsl
tests_unit_test_gsl_host_CFLAGS = $(AM_CFLAGS) $(GSL_CFLAGS)
tests_unit_test_gsl_host_LDADD = $(test_ldadd) $(GSL_LIBS)
endif

check_PROGRAMS += tests/unit/test_base tests/unit/test_base_options tests/unit/test_base_random \
    tests/unit/test_base_text
tests_unit_test_base_SOURCES = tests/unit/test_base.c
tests_unit_test_base_LDADD = $(test_ldadd)
tests_unit_test_base_options_SOURCES = tests/unit/test_base_options.c
tests_unit_test_base_options_LDADD = $(test_ldadd)
tests_unit_test_base_random_SOURCES = tests/unit/test_base_random.c
tests_unit_test_base_random_LDADD = $(test_ldadd)
tests_unit_test_base_text_SOURCES = tests/unit/test_base_text.c
tests_unit_test_base_text_LDADD = $(test_ldadd)

check_PROGRAMS += tests/unit/test_model tests/unit/test_model_faults tests/unit/test_model_plan
tests_unit_test_model_SOURCES = tests/unit/test_model.c tests/unit/model_world.c tests/unit/model_world.h
tests_unit_test_model_LDADD = $(test_ldadd)
tests_unit_test_model_faults_SOURCES = tests/unit/test_model_faults.c tests/unit/model_world.c \
    tests/unit/model_world.h
tests_unit_test_model_faults_LDADD = $(test_ldadd)
tests_unit_test_model_plan_SOURCES = tests/unit/test_model_plan.c tests/unit/model_world.c \
    tests/unit/model_world.h
tests_unit_test_model_plan_LDADD = $(test_ldadd)

check_PROGRAMS += tests/unit/test_certificate
tests_unit_test_certificate_SOURCES = tests/unit/test_certificate.c tests/unit/model_world.c \
    tests/unit/model_world.h
tests_unit_test_certificate_LDADD = $(test_ldadd)

check_PROGRAMS += tests/unit/test_verify tests/unit/test_verify_plans tests/unit/test_verify_set
tests_unit_test_verify_SOURCES = tests/unit/test_verify.c tests/unit/verify_world.c \
    tests/unit/verify_world.h
tests_unit_test_verify_LDADD = $(test_ldadd)
tests_unit_test_verify_plans_SOURCES = tests/unit/test_verify_plans.c tests/unit/verify_world.c \
    tests/unit/verify_world.h
tests_unit_test_verify_plans_LDADD = $(test_ldadd)
tests_unit_test_verify_set_SOURCES = tests/unit/test_verify_set.c tests/unit/verify_world.c \
    tests/unit/verify_world.h
tests_unit_test_verify_set_LDADD = $(test_ldadd)

check_PROGRAMS += tests/unit/test_model_edit
tests_unit_test_model_edit_SOURCES = tests/unit/test_model_edit.c tests/unit/model_world.c \
    tests/unit/model_world.h
tests_unit_test_model_edit_LDADD = $(test_ldadd)

check_PROGRAMS += tests/unit/test_diff
tests_unit_test_diff_SOURCES = tests/unit/test_diff.c tests/unit/model_world.c \
    tests/unit/model_world.h
tests_unit_test_diff_LDADD = $(test_ldadd)

check_PROGRAMS += tests/unit/test_explain
tests_unit_test_explain_SOURCES = tests/unit/test_explain.c
tests_unit_test_explain_LDADD = $(test_ldadd)

check_PROGRAMS += tests/unit/test_metamorphic
tests_unit_test_metamorphic_SOURCES = tests/unit/test_metamorphic.c
tests_unit_test_metamorphic_LDADD = $(test_ldadd)

check_PROGRAMS += tests/unit/test_session
tests_unit_test_session_SOURCES = tests/unit/test_session.c tests/unit/session_port.h
tests_unit_test_session_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_session_lasting
tests_unit_test_session_lasting_SOURCES = tests/unit/test_session_lasting.c tests/unit/session_port.h
tests_unit_test_session_lasting_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_session_facts
tests_unit_test_session_facts_SOURCES = tests/unit/test_session_facts.c
tests_unit_test_session_facts_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_session_threads
tests_unit_test_session_threads_SOURCES = tests/unit/test_session_threads.c
tests_unit_test_session_threads_LDADD = $(test_ldadd)

check_PROGRAMS += tests/unit/test_io_xml
tests_unit_test_io_xml_SOURCES = tests/unit/test_io_xml.c
tests_unit_test_io_xml_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_io_xml_bad
tests_unit_test_io_xml_bad_SOURCES = tests/unit/test_io_xml_bad.c
tests_unit_test_io_xml_bad_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_io_formats
tests_unit_test_io_formats_SOURCES = tests/unit/test_io_formats.c
tests_unit_test_io_formats_LDADD = $(test_ldadd)

check_PROGRAMS += tests/unit/test_io_history
tests_unit_test_io_history_SOURCES = tests/unit/test_io_history.c
tests_unit_test_io_history_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_io_solution
tests_unit_test_io_solution_SOURCES = tests/unit/test_io_solution.c
tests_unit_test_io_solution_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_io_plan
tests_unit_test_io_plan_SOURCES = tests/unit/test_io_plan.c
tests_unit_test_io_plan_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_io_certificate
tests_unit_test_io_certificate_SOURCES = tests/unit/test_io_certificate.c
tests_unit_test_io_certificate_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_io_file
tests_unit_test_io_file_SOURCES = tests/unit/test_io_file.c
tests_unit_test_io_file_LDADD = $(test_ldadd)

check_PROGRAMS += tests/unit/test_handshake tests/unit/test_milp_check tests/unit/test_registry \
    tests/unit/test_solvers
tests_unit_test_handshake_SOURCES = tests/unit/test_handshake.c
tests_unit_test_handshake_LDADD = $(test_ldadd)
tests_unit_test_milp_check_SOURCES = tests/unit/test_milp_check.c
tests_unit_test_milp_check_LDADD = $(test_ldadd)
tests_unit_test_registry_SOURCES = tests/unit/test_registry.c
tests_unit_test_registry_LDADD = $(test_ldadd)
tests_unit_test_solvers_SOURCES = tests/unit/test_solvers.c
tests_unit_test_solvers_LDADD = $(test_ldadd)
if QWR_GLPK
if QWR_SHARED
check_PROGRAMS += tests/unit/test_glpk_engine
tests_unit_test_glpk_engine_SOURCES = tests/unit/test_glpk_engine.c solvers/glpk/engine.c
tests_unit_test_glpk_engine_LDADD = $(test_ldadd) $(GLPK_LIBS)
endif
endif

check_PROGRAMS += tests/unit/test_cost
tests_unit_test_cost_SOURCES = tests/unit/test_cost.c
tests_unit_test_cost_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_berth
tests_unit_test_berth_SOURCES = tests/unit/test_berth.c
tests_unit_test_berth_LDADD = $(test_ldadd)
discrete_world = tests/unit/discrete_world.c tests/unit/discrete_world.h
check_PROGRAMS += tests/unit/test_sequence
tests_unit_test_sequence_SOURCES = tests/unit/test_sequence.c $(discrete_world)
tests_unit_test_sequence_LDADD = $(test_ldadd)
discrete_table = tests/unit/discrete_replay.c tests/unit/discrete_table.c \
    tests/unit/discrete_table.h $(discrete_world)
check_PROGRAMS += tests/unit/test_discrete
tests_unit_test_discrete_SOURCES = tests/unit/test_discrete.c $(discrete_table)
tests_unit_test_discrete_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_discrete_proof
tests_unit_test_discrete_proof_SOURCES = tests/unit/test_discrete_proof.c $(discrete_table)
tests_unit_test_discrete_proof_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_discrete_lp
tests_unit_test_discrete_lp_SOURCES = tests/unit/test_discrete_lp.c $(discrete_world)
tests_unit_test_discrete_lp_LDADD = $(test_ldadd)

check_PROGRAMS += tests/unit/test_report
tests_unit_test_report_SOURCES = tests/unit/test_report.c $(check_stage)
tests_unit_test_report_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_report_crew
tests_unit_test_report_crew_SOURCES = tests/unit/test_report_crew.c $(check_stage)
tests_unit_test_report_crew_LDADD = $(test_ldadd)
check_PROGRAMS += tests/unit/test_report_pair
tests_unit_test_report_pair_SOURCES = tests/unit/test_report_pair.c $(check_stage)
tests_unit_test_report_pair_LDADD = $(test_ldadd)

check_PROGRAMS += tests/unit/test_vary
tests_unit_test_vary_SOURCES = tests/unit/test_vary.c tests/unit/model_world.c tests/unit/model_world.h
tests_unit_test_vary_LDADD = $(test_ldadd)
