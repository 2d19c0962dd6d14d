# SPDX-License-Identifier: Apache-2.0
# Modules on trial: ours must conform, the misbehaving ones must be caught. Both need module files.

if QWR_SHARED
check_PROGRAMS += tests/conformance/test_mocks tests/conformance/test_modules
tests_conformance_test_mocks_SOURCES = tests/conformance/test_mocks.c
tests_conformance_test_mocks_LDADD = $(test_ldadd)
tests_conformance_test_modules_SOURCES = tests/conformance/test_modules.c
tests_conformance_test_modules_LDADD = $(test_ldadd)
endif
