# SPDX-License-Identifier: Apache-2.0
# Modules that break the contract, one way each. Only tests load them.

mock_sources = tests/mock/mock.h \
    tests/mock/mock_bad_id.c \
    tests/mock/mock_bad_option.c \
    tests/mock/mock_crossing.c \
    tests/mock/mock_false_bound.c \
    tests/mock/mock_false_proof.c \
    tests/mock/mock_forecast_nan.c \
    tests/mock/mock_ignores_cancel.c \
    tests/mock/mock_illegal_plan.c \
    tests/mock/mock_infeasible_point.c \
    tests/mock/mock_late.c \
    tests/mock/mock_nan.c \
    tests/mock/mock_never_returns.c \
    tests/mock/mock_no_entry.c \
    tests/mock/mock_null_entry.c \
    tests/mock/mock_own_arrays.c \
    tests/mock/mock_past_the_end.c \
    tests/mock/mock_small_table.c \
    tests/mock/mock_two_tables.c \
    tests/mock/mock_weird_state.c \
    tests/mock/mock_weird_status.c \
    tests/mock/mock_wrong_abi.c \
    tests/mock/mock_wrong_bound.c \
    tests/mock/mock_wrong_objective.c \
    tests/mock/mock_wrong_size.c
EXTRA_DIST += $(mock_sources)

if QWR_SHARED
check_LTLIBRARIES += \
    tests/mock/mock_bad_id.la \
    tests/mock/mock_bad_option.la \
    tests/mock/mock_crossing.la \
    tests/mock/mock_false_bound.la \
    tests/mock/mock_false_proof.la \
    tests/mock/mock_forecast_nan.la \
    tests/mock/mock_ignores_cancel.la \
    tests/mock/mock_illegal_plan.la \
    tests/mock/mock_infeasible_point.la \
    tests/mock/mock_late.la \
    tests/mock/mock_nan.la \
    tests/mock/mock_never_returns.la \
    tests/mock/mock_no_entry.la \
    tests/mock/mock_null_entry.la \
    tests/mock/mock_own_arrays.la \
    tests/mock/mock_past_the_end.la \
    tests/mock/mock_small_table.la \
    tests/mock/mock_two_tables.la \
    tests/mock/mock_weird_state.la \
    tests/mock/mock_weird_status.la \
    tests/mock/mock_wrong_abi.la \
    tests/mock/mock_wrong_bound.la \
    tests/mock/mock_wrong_objective.la \
    tests/mock/mock_wrong_size.la

tests_mock_mock_bad_id_la_SOURCES = tests/mock/mock_bad_id.c
tests_mock_mock_bad_id_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_bad_id_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_bad_id_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_bad_option_la_SOURCES = tests/mock/mock_bad_option.c
tests_mock_mock_bad_option_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_bad_option_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_bad_option_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_crossing_la_SOURCES = tests/mock/mock_crossing.c
tests_mock_mock_crossing_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_crossing_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_crossing_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_false_bound_la_SOURCES = tests/mock/mock_false_bound.c
tests_mock_mock_false_bound_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_false_bound_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_false_bound_la_LDFLAGS = $(test_module_ldflags)
tests_mock_mock_false_proof_la_SOURCES = tests/mock/mock_false_proof.c
tests_mock_mock_false_proof_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_false_proof_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_false_proof_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_forecast_nan_la_SOURCES = tests/mock/mock_forecast_nan.c
tests_mock_mock_forecast_nan_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_forecast_nan_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_forecast_nan_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_ignores_cancel_la_SOURCES = tests/mock/mock_ignores_cancel.c
tests_mock_mock_ignores_cancel_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_ignores_cancel_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_ignores_cancel_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_illegal_plan_la_SOURCES = tests/mock/mock_illegal_plan.c
tests_mock_mock_illegal_plan_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_illegal_plan_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_illegal_plan_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_infeasible_point_la_SOURCES = tests/mock/mock_infeasible_point.c
tests_mock_mock_infeasible_point_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_infeasible_point_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_infeasible_point_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_late_la_SOURCES = tests/mock/mock_late.c
tests_mock_mock_late_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_late_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_late_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_nan_la_SOURCES = tests/mock/mock_nan.c
tests_mock_mock_nan_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_nan_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_nan_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_never_returns_la_SOURCES = tests/mock/mock_never_returns.c
tests_mock_mock_never_returns_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_never_returns_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_never_returns_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_no_entry_la_SOURCES = tests/mock/mock_no_entry.c
tests_mock_mock_no_entry_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_no_entry_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_no_entry_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_null_entry_la_SOURCES = tests/mock/mock_null_entry.c
tests_mock_mock_null_entry_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_null_entry_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_null_entry_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_own_arrays_la_SOURCES = tests/mock/mock_own_arrays.c
tests_mock_mock_own_arrays_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_own_arrays_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_own_arrays_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_past_the_end_la_SOURCES = tests/mock/mock_past_the_end.c
tests_mock_mock_past_the_end_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_past_the_end_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_past_the_end_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_small_table_la_SOURCES = tests/mock/mock_small_table.c
tests_mock_mock_small_table_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_small_table_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_small_table_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_two_tables_la_SOURCES = tests/mock/mock_two_tables.c
tests_mock_mock_two_tables_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_two_tables_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_two_tables_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_weird_state_la_SOURCES = tests/mock/mock_weird_state.c
tests_mock_mock_weird_state_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_weird_state_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_weird_state_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_weird_status_la_SOURCES = tests/mock/mock_weird_status.c
tests_mock_mock_weird_status_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_weird_status_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_weird_status_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_wrong_abi_la_SOURCES = tests/mock/mock_wrong_abi.c
tests_mock_mock_wrong_abi_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_wrong_abi_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_wrong_abi_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_wrong_bound_la_SOURCES = tests/mock/mock_wrong_bound.c
tests_mock_mock_wrong_bound_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_wrong_bound_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_wrong_bound_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_wrong_objective_la_SOURCES = tests/mock/mock_wrong_objective.c
tests_mock_mock_wrong_objective_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_wrong_objective_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_wrong_objective_la_LDFLAGS = $(test_module_ldflags)

tests_mock_mock_wrong_size_la_SOURCES = tests/mock/mock_wrong_size.c
tests_mock_mock_wrong_size_la_CPPFLAGS = $(module_cppflags)
tests_mock_mock_wrong_size_la_CFLAGS = $(AM_CFLAGS)
tests_mock_mock_wrong_size_la_LDFLAGS = $(test_module_ldflags)
endif
