# SPDX-License-Identifier: Apache-2.0
# What the tree must look like. All but style.sh run in `make check`; `make lint` runs all.

lint_checks = \
    tests/lint/entry.sh \
    tests/lint/forbidden.sh \
    tests/lint/headers.sh \
    tests/lint/layers.sh \
    tests/lint/schema.sh \
    tests/lint/selftest.sh \
    tests/lint/symbols.sh \
    tests/lint/words.sh
test_scripts += $(lint_checks)
lint_scripts += $(lint_checks) tests/lint/style.sh
EXTRA_DIST += tests/lint/lib.sh tests/lint/public_names.awk tests/lint/cppcheck.txt tests/lint/words.txt

.PHONY: lint
lint: all
	$(MAKE) check-TESTS TESTS='$(lint_scripts)'
