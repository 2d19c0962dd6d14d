# SPDX-License-Identifier: Apache-2.0
# Tests of the Python module, run by one script.

test_scripts += tests/python/pytest.sh
EXTRA_DIST += \
    tests/python/conftest.py \
    tests/python/tap_report.py \
    tests/python/test_binding.py \
    tests/python/test_builder.py \
    tests/python/test_certificate.py \
    tests/python/test_errors.py \
    tests/python/test_examples.py \
    tests/python/test_lifetime.py \
    tests/python/test_plan.py \
    tests/python/test_scenario.py \
    tests/python/test_session.py \
    tests/python/test_threads.py \
    tests/python/test_units.py \
    tests/python/test_vary.py
