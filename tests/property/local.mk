# SPDX-License-Identifier: Apache-2.0
# Properties that hold for every terminal: against brute force, and from one terminal to another.

check_PROGRAMS += tests/property/test_optimum
tests_property_test_optimum_SOURCES = tests/property/test_optimum.c tests/property/tiny.c tests/property/tiny.h
tests_property_test_optimum_LDADD = $(test_ldadd)
check_PROGRAMS += tests/property/test_plans
tests_property_test_plans_SOURCES = tests/property/test_plans.c tests/property/tiny.c tests/property/tiny.h
tests_property_test_plans_LDADD = $(test_ldadd)

check_PROGRAMS += tests/property/test_sessions
tests_property_test_sessions_SOURCES = tests/property/test_sessions.c
tests_property_test_sessions_LDADD = $(test_ldadd)

check_PROGRAMS += tests/property/test_discrete
tests_property_test_discrete_SOURCES = tests/property/test_discrete.c \
    tests/property/discrete_make.c tests/property/discrete_oracle.c tests/property/discrete.h
tests_property_test_discrete_LDADD = $(test_ldadd)

check_PROGRAMS += tests/property/test_relations
tests_property_test_relations_SOURCES = tests/property/test_relations.c
tests_property_test_relations_LDADD = $(test_ldadd)
check_PROGRAMS += tests/property/test_discrete_cases
tests_property_test_discrete_cases_SOURCES = tests/property/test_discrete_cases.c \
    tests/property/discrete_oracle.c tests/property/discrete.h
tests_property_test_discrete_cases_LDADD = $(test_ldadd)
